"""The model's labels mended: by the shapes of neighbours, by pyvi's word list, by the rules."""

from __future__ import annotations

from itertools import compress, count
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.segmentation.rules import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from tintuc_search.analysis.vi.segmentation.rules import Rule
    from tintuc_search.analysis.vi.segmentation.units import Unit

_PAIR = 2


def spans(joined: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First unit and the one behind the last of every word of two units and more."""
    first = last = -1
    for i in list(compress(count(), joined)):  # now: some are parted while these are read
        if i != last:
            if first >= 0:
                yield first, last
            first = i - 1
        last = i + 1
    if first >= 0:
        yield first, last


def keep_apart(units: Sequence[Unit], joined: list[bool]) -> None:
    """No word holds a sign or a number, or a capital behind a small letter."""
    joined[0] = False
    for i in list(compress(count(), joined)):
        before, unit = units[i - 1], units[i]
        joined[i] = unit.joins and before.joins and not (unit.capital and before.small)


def part_pairs(
    units: Sequence[Unit], joined: list[bool], longer: AbstractSet[tuple[str, ...]]
) -> None:
    """A word that no list has, but each pair of which is listed, is these pairs.

    The model runs ``cơ quan chức năng`` and ``vi phạm pháp luật`` together.
    """
    for first, last in [span for span in spans(joined) if span[1] - span[0] > _PAIR]:
        syllables = [unit.syllable for unit in units[first:last]]
        pairs = list(zip(syllables[::_PAIR], syllables[1::_PAIR], strict=False))
        if (
            len(pairs) * _PAIR == len(syllables)
            and all(right.small in left.pairs for left, right in pairs)
            and tuple(syllable.small for syllable in syllables) not in longer
        ):
            joined[first + _PAIR : last : _PAIR] = [False] * (len(pairs) - 1)


def apply_rules(units: Sequence[Unit], joined: list[bool]) -> None:
    """From left to right, the longest rule that fits; none begins within the reach of another."""
    free = 0
    for i in [i for i, unit in enumerate(units) if unit.rules]:
        if i < free:
            continue
        for rule in units[i].rules:
            if _fits(rule, units, joined, i):
                free = i + len(rule.elements)
                joined[i:free] = rule.joints
                joined[free : free + 1] = [False] * (free < len(joined))
                break


def _fits(rule: Rule, units: Sequence[Unit], joined: Sequence[bool], first: int) -> bool:
    last = first + len(rule.elements)
    if last > len(units):
        return False
    place = first  # the first element fits: the rule is one of that unit's
    for element in rule.elements[1:]:
        place += 1
        if element not in units[place].elements:
            return False
    return not (rule.elements[-1] == NAME and _goes_on(units, joined, last))


def _goes_on(units: Sequence[Unit], joined: Sequence[bool], last: int) -> bool:
    """Whether a listed word with a small letter second runs over the end: ``Đinh Thanh | niên``."""
    if last == len(units) or not joined[last]:
        return False
    syllable, following = units[last - 1].syllable, units[last]
    return following.small and following.syllable.small in syllable.pairs
