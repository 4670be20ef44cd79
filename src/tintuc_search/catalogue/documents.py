"""Which document a short form means: ``Nghị quyết 18`` of an article that gives neither issuer nor year.

Numbers begin anew every year or term, and every body has its own. So a short form is the full one that other articles
name at about the same time, if there is just one; else it stays a document of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.entities.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tintuc_search.entities.numbers import DocumentNumber

NEAR = 90 * 86_400
"""So many seconds before and after a full form a short one means it."""


class Named(NamedTuple):
    """That an article (its number) names a form at a time of publication, in seconds; None where it has no date."""

    article: int
    published: int | None


@dataclass(frozen=True, slots=True)
class Form:
    """A way to name a document: key, an example of the name, the note that its articles give it, where it is named."""

    key: str
    name: str
    note: str
    named: Sequence[Named]

    @property
    def number(self) -> DocumentNumber | None:
        """The parts of its number."""
        return number_of(self.name)

    @property
    def fullness(self) -> int:
        """0 for kind and number alone, 1 with issuer or year, 2 with abbreviations, 3 with these and the year."""
        number = self.number
        if number is None or not (number.code or number.year):
            return int(bool(self.note))
        return 2 + bool(number.is_dated or self.note or number.is_local)


@dataclass(slots=True)
class _Times:
    """When full forms are named, in order."""

    rows: list[tuple[int, str]] = field(default_factory=list)

    def near(self, moment: int, allowed: frozenset[str]) -> set[str]:
        """The allowed keys named about that time."""
        start = bisect_left(self.rows, (moment - NEAR, ""))
        end = bisect_left(self.rows, (moment + NEAR + 1, ""))
        return {key for _, key in self.rows[start:end] if key in allowed}


def allot(forms: Iterable[Form]) -> Mapping[str, Mapping[int, str]]:
    """By key of a short form, which of its articles mean which fuller one, by key; the others mean it itself.

    ``forms`` are all of one kind and number.
    """
    ordered = sorted(forms, key=lambda form: (-form.fullness, form.key))
    allotted: dict[str, dict[int, str]] = {}
    times: dict[int, _Times] = {}
    for fullness in (3, 2, 1, 0):
        known = _Times(sorted(row for above in times.values() for row in above.rows))
        for form in ordered:
            if form.fullness == fullness:
                allowed = frozenset(f.key for f in ordered if _may_mean(form, f))
                allotted[form.key] = {
                    named.article: near.pop()
                    for named in form.named
                    if named.published is not None
                    and len(near := known.near(named.published, allowed)) == 1
                }
                if fullness:
                    times.setdefault(fullness, _Times()).rows += [
                        (named.published, allotted[form.key].get(named.article, form.key))
                        for named in form.named
                        if named.published is not None
                    ]
    return {key: articles for key, articles in allotted.items() if articles}


def _may_mean(short: Form, full: Form) -> bool:
    """Whether a form can be short for a fuller one: the same abbreviations, or none and an issuer that these allow."""
    one, other = short.number, full.number
    if one is None or other is None or full.fullness <= short.fullness:
        return False
    if one.code:
        return one.code == other.code
    if not short.note:
        return True
    return short.note in {other.year, full.note} or other.may_be_of(short.note)
