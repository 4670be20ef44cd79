"""People of one name, kept apart where their offices do not meet.

What each article tells of a bearer of the name is one item. Items that share a named body, an area or two people
named beside are of one person. Such groups are put together again, first those of several lines of work, then the
largest, unless something speaks against it: another line of work, another commune or district, or another province
held in the same years. Without a proof of difference they stay one; and one article or two are no proof against
somebody of whom many tell, unless they name a body or area of their own, and nobody whom those many name beside. The
outcome hangs on the set of items alone, never on their order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tintuc_search.catalogue.offices import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FEW, _MUCH, _SEVERAL = 2, 4, 2
"""So few articles, so many times as many; so many people named beside, or one of so many, prove one bearer of these."""
_FAR = 20
"""So many times as many articles need another line of work beside another area."""
_BESIDE = 12
"""Of a list of a hundred names no more than these are paired."""


@dataclass(frozen=True, slots=True)
class Item:
    """What an article tells of a bearer of a name, by keys.

    ``lines``, ``areas``, ``bodies`` and ``offices`` are of the offices held, by now or before; ``persons`` and
    ``places`` are named beside. ``shown`` gives areas, bodies and offices as written, by key. ``published`` in
    seconds. ``unit`` is the article's number, for the caller.
    """

    article: str
    unit: int
    published: int | None
    offices: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    areas: frozenset[tuple[str, Level]] = frozenset()
    bodies: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    shown: frozenset[tuple[str, str]] = frozenset()

    @property
    def tells(self) -> bool:
        """Whether it tells anything of the office."""
        return bool(self.lines or self.areas or self.bodies)


@dataclass(slots=True)
class Bearer:
    """One person: the items, and what they tell together; ``note`` tells them from their namesakes."""

    items: list[Item] = field(default_factory=list)
    offices: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    areas: Counter[tuple[str, Level]] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    persons: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    shown: Counter[tuple[str, str]] = field(default_factory=Counter)
    note: str = ""

    def take(self, items: Iterable[Item]) -> None:
        """Count items in."""
        for item in items:
            self.items.append(item)
            for name in ("offices", "lines", "areas", "bodies", "persons", "places", "shown"):
                getattr(self, name).update(getattr(item, name))

    @property
    def articles(self) -> list[str]:
        """The articles that tell of the bearer, the earliest first, those without a date last."""
        ordered = sorted(
            self.items, key=lambda i: (i.published is None, i.published or 0, i.article)
        )
        return [item.article for item in ordered]

    @property
    def years(self) -> tuple[int, int] | None:
        """The times of the first and the last dated item."""
        dated = [item.published for item in self.items if item.published is not None]
        return (min(dated), max(dated)) if dated else None


def part(items: Sequence[Item]) -> list[Bearer]:
    """The bearers of a name, the one that most articles tell of first; at least one for any item."""
    ordered = sorted(items, key=lambda item: item.article)
    bearers: list[Bearer] = []
    for group in _groups([item for item in ordered if item.tells]):
        whole = Bearer()
        whole.take(group)
        fitting = [bearer for bearer in bearers if not differ(bearer, whole)]
        if fitting:
            _nearest(fitting, whole).take(group)
        else:
            bearers.append(whole)
    bearers = _without_weak(bearers)
    if not bearers:
        bearers.append(Bearer())
    silent = []
    for item in ordered:
        if not item.tells:
            alone = Bearer()
            alone.take([item])
            silent.append((_nearest(bearers, alone), item))
    for bearer, item in silent:  # after all are chosen, so that none draws another
        bearer.take([item])
    return _noted(bearers)


def _without_weak(bearers: list[Bearer]) -> list[Bearer]:
    """The bearers of whom enough is told; what is told of the others goes to the one of whom much more is."""
    ordered = sorted(bearers, key=_rank)
    kept: list[Bearer] = []
    for bearer in ordered:
        larger = [each for each in kept if _is_weak(bearer, each)]
        if larger:
            larger[0].take(bearer.items)
        else:
            kept.append(bearer)
    return kept


def _is_weak(small: Bearer, large: Bearer) -> bool:
    """Whether so little speaks for a bearer of a few articles that they can be another's."""
    if len(small.items) > _FEW or len(large.items) < _MUCH * len(small.items):
        return False
    if not (small.bodies or small.areas):
        return True
    # An area alone may be misread.
    far = len(large.items) >= _FAR * len(small.items)
    if far and not (small.lines and small.lines.keys().isdisjoint(large.lines)):
        return True
    beside = small.persons.keys() & large.persons.keys()
    return len(beside) >= _SEVERAL or (bool(beside) and _MUCH * len(beside) >= len(small.persons))


def allot(items: Sequence[Item], parts: Sequence[Part]) -> list[Bearer]:
    """The bearers that an editor parted: each item to the first part that fits, others to the nearest."""
    bearers = [Bearer(note=part.note) for part in parts]
    rest = []
    for item in sorted(items, key=lambda item: item.article):
        fitting = (n for n, part in enumerate(parts) if part.fits(item))
        number = next(fitting, None)
        if number is None:
            rest.append(item)
        else:
            bearers[number].take([item])
    for item in rest:
        alone = Bearer()
        alone.take([item])
        _nearest(bearers, alone).take([item])
    return sorted((bearer for bearer in bearers if bearer.items), key=_rank)


class Part(Protocol):
    """A bearer as an editor tells it from others."""

    @property
    def note(self) -> str:
        """What is shown beside the name."""
        ...

    def fits(self, item: Item) -> bool:
        """Whether an item tells of this bearer."""
        ...


def _noted(bearers: list[Bearer]) -> list[Bearer]:
    """Largest first, each of several with a note of its own: a province, another area, a body, an office."""
    ordered = sorted(bearers, key=_rank)
    taken: set[str] = set()
    for number, bearer in enumerate(ordered, start=1):
        if len(ordered) > 1:
            free = (key for key in _telling(bearer) if key not in taken)
            key = next(free, "")
            taken.add(key)
            bearer.note = _written(bearer, key) if key else str(number)
    return ordered


def _telling(bearer: Bearer) -> Iterable[str]:
    areas = sorted(bearer.areas.items(), key=lambda area: (-area[0][1], -area[1], area[0]))
    yield from (name for (name, _), _ in areas)
    for counts in (bearer.bodies, bearer.offices):
        yield from (key for key, _ in sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _written(bearer: Bearer, key: str) -> str:
    forms = [(count, text) for (known, text), count in bearer.shown.items() if known == key]
    return max(forms)[1] if forms else key


def _rank(bearer: Bearer) -> tuple[int, str]:
    return -len(bearer.items), _first_article(bearer.items)


def differ(one: Bearer, other: Bearer) -> bool:
    """Whether what is told of two speaks against their being one person."""
    if one.lines and other.lines and not one.lines.keys() & other.lines.keys():
        return True
    if not one.areas or not other.areas:
        return False
    if {name for name, _ in one.areas} & {name for name, _ in other.areas}:
        return False
    if _names_area(one, other) or _names_area(other, one):
        return False
    lowest = min(level for _, level in (*one.areas, *other.areas))
    # From one province to the next is a career, but not to and fro.
    return lowest < Level.PROVINCE or _meet_in_time(one, other)


def _names_area(one: Bearer, other: Bearer) -> bool:
    return any(name in other.places for name, _ in one.areas)


def _meet_in_time(one: Bearer, other: Bearer) -> bool:
    years = one.years, other.years
    if years[0] is None or years[1] is None:
        return False
    return years[0][0] < years[1][1] and years[1][0] < years[0][1]


def _nearest(bearers: Sequence[Bearer], whole: Bearer) -> Bearer:
    """The one that shares most; of those that share as much the first."""
    return max(bearers, key=lambda bearer: _shared(bearer, whole))


def _shared(one: Bearer, other: Bearer) -> int:
    kinds = ("offices", "persons", "places")
    return sum(len(getattr(one, kind).keys() & getattr(other, kind).keys()) for kind in kinds)


def _groups(items: Sequence[Item]) -> list[list[Item]]:
    """Items that are surely of one person together, in the order in which they are looked at."""
    parent = list(range(len(items)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    holders: dict[tuple[str, object], int] = {}
    for i, item in enumerate(items):
        for proof in _proofs(item):
            parent[root(i)] = root(holders.setdefault(proof, i))
    groups: dict[int, list[Item]] = {}
    for i, item in enumerate(items):
        groups.setdefault(root(i), []).append(item)
    return sorted(groups.values(), key=_group_rank)


def _group_rank(group: Sequence[Item]) -> tuple[int, int, str]:
    """First who has held offices of several lines: it shows that one person did."""
    lines = {line for item in group for line in item.lines}
    return -len(lines), -len(group), _first_article(group)


def _proofs(item: Item) -> Iterable[tuple[str, object]]:
    yield from (("body", body) for body in item.bodies)
    yield from (("area", name) for name, _ in item.areas)
    # Two people named beside both prove one bearer; a single one may be a head of state.
    beside = sorted(item.persons)[:_BESIDE]
    for n, person in enumerate(beside):
        yield from (("persons", (person, other)) for other in beside[n + 1 :])


def _first_article(items: Iterable[Item]) -> str:
    return min((item.article for item in items), default="")
