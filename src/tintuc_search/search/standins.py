"""What the words and phrases of a query can stand as in a text, out of the alternatives for their tokens.

A single word is looked for as each whole alternative of a span that it belongs to. A phrase, or a word of
several tokens ("05-CT/TW"), is looked for with any of its spans replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.engine.base import Phrase, Synonyms, Terms, WeightedTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tintuc_search.engine.base import Leaf, TextField
    from tintuc_search.search.alternatives import Alternative, WeightedSlots
    from tintuc_search.search.forms import ReadRun, Slot
    from tintuc_search.search.leaves import Place, Run

WAYS = 16
"""Ways to write one phrase at most, those with the fewest spans replaced."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """What may stand in place of a leaf, or of several words of its run.

    ``first`` to before ``last`` are the tokens of the run that it stands for, those around it that it needs included.
    """

    slots: WeightedSlots
    first: int
    last: int


def stand_ins(
    runs: Sequence[Run],
    found: Sequence[ReadRun],
    alternatives: Sequence[Sequence[Alternative]],
) -> tuple[dict[Place, tuple[StandIn, ...]], list[Place]]:
    """The stand-ins of every leaf that has any, by its place in the query; and the phrases that have too many."""
    by_place: dict[Place, tuple[StandIn, ...]] = {}
    cut: list[Place] = []
    for run, read, several in zip(runs, found, alternatives, strict=True):
        first = 0
        for leaf in run if several else ():
            last = first + len(leaf.tokens)
            place = leaf.node.start, leaf.node.end
            whole = _whole(several, first, last) if last - first else ()
            ways = _replaced(read.slots, several, first, last) if last - first > 1 else []
            if len(ways) > WAYS:
                cut.append(place)
            every = (*whole, *(StandIn(slots, first, last) for slots in ways[:WAYS]))
            if every:
                by_place[place] = tuple(dict.fromkeys(every))
            first = last
    return by_place, cut


def _whole(several: Iterable[Alternative], first: int, last: int) -> Iterator[StandIn]:
    """The alternatives that stand for the whole leaf and maybe its neighbours."""
    for each in several:
        if each.first <= first and last <= each.last:
            before = tuple((WeightedTerm(term),) for term in each.before)
            behind = tuple((WeightedTerm(term),) for term in each.behind)
            begin = max(each.first - len(before), 0)
            yield StandIn((*before, *each.weighted(), *behind), begin, each.last + len(behind))


def _replaced(
    slots: Sequence[Slot], several: Sequence[Alternative], first: int, last: int
) -> list[WeightedSlots]:
    """The leaf's slots with any of its spans replaced, the fewest replaced first; at most one too many."""
    inside = [
        each
        for each in several
        if first <= each.first
        and each.last <= last
        and (each.first, each.last) != (first, last)
        and _holds(slots[each.last : last], each.behind)
    ]
    ways: dict[int, list[tuple[int, WeightedSlots]]] = {at: [] for at in range(first, last + 1)}
    ways[first] = [(0, ())]
    for at in range(first, last):
        ways[at] = sorted(ways[at], key=lambda way: way[0])[: WAYS + 2]
        for count, before in ways[at]:
            ways[at + 1].append((count, (*before, slots[at].forms)))
            for each in inside:
                needed = len(each.before)
                if each.first == at and _matches(before[len(before) - needed :], each.before):
                    ways[each.last].append((count + 1, (*before, *each.weighted())))
    done = sorted(ways[last], key=lambda way: way[0])
    return [way for count, way in done if count][: WAYS + 1]


def _holds(slots: Sequence[Slot], terms: Sequence[str]) -> bool:
    return _matches([slot.forms for slot in slots[: len(terms)]], terms)


def _matches(slots: Sequence[tuple[WeightedTerm, ...]], terms: Sequence[str]) -> bool:
    """Whether the slots are as many as the terms, and each may be its term."""
    return len(slots) == len(terms) and all(
        any(form.term == term for form in slot) for slot, term in zip(slots, terms, strict=True)
    )


def with_stand_ins(
    node: Terms | Phrase, others: Iterable[StandIn], fields: frozenset[TextField]
) -> Leaf:
    """A leaf's node that its stand-ins satisfy too."""
    leaves: list[Terms | Phrase] = [node]
    slop = node.slop if isinstance(node, Phrase) else 0
    for other in others:
        if len(other.slots) > 1:
            leaves.append(Phrase(other.slots, slop, fields))
        elif isinstance(leaves[0], Terms):
            first = leaves[0]
            known = {form.term for form in first.terms}
            more = tuple(form for form in other.slots[0] if form.term not in known)
            leaves[0] = Terms((*first.terms, *more), fields, first.boost)
        else:
            leaves.append(Terms(other.slots[0], fields))
    return leaves[0] if len(leaves) == 1 else Synonyms(tuple(dict.fromkeys(leaves)))
