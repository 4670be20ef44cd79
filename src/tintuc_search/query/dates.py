"""Reads the dates of a query: ``31/5/2019``, ``tháng 3/2022``, ``quý 1 2020``, ``hôm qua``, ``2019..2021``.

What can be written is data (``data/dates.toml``); a template becomes a pattern over the text without marks.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from tintuc_search.query.calendar import Days, Unit, last, relative, stated
from tintuc_search.query.words import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    Meaning = Callable[[Mapping[str, str], date], Days]

_SEPARATOR = r"\s*[/.\-]\s*"
# Space, or where letters and digits meet.
_JOINT = r"(?:\s+|(?<=[0-9])(?=[^\W\d])|(?<=[^\W\d])(?=[0-9]))"
_NUMBERS = {"d": "[0-9]{1,2}", "m": "[0-9]{1,2}", "n": "[0-9]{1,4}", "q": "[1-4]", "y": "[0-9]{4}"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PIECE = re.compile(r"\{(\w+)\}|(/)|([^{}/]+)")
_END = r"(?=$|[\s()|,;\"“”„‟«»＂])"


class Period(NamedTuple):
    """What a date in a query spans, and where it ends in the text.

    ``since`` or ``until`` is None where a range is open; ``turned`` says that its ends were the wrong way round.
    """

    since: date | None
    until: date | None
    end: int
    ranged: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Template:
    """One way to write a period, and what it means."""

    pattern: re.Pattern[str]
    meaning: Meaning


class DateReader:
    """Reads dates anywhere in one text; ``today`` is the day that "hôm nay" means."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today

    def read(self, start: int) -> Period | None:
        """Read the date or range that begins at ``start``; None if there is none or it is impossible."""
        _, places = self._folded
        at = bisect_left(places, start)
        found = self._range(at) or self._single(at, _END)
        return found and found._replace(end=places[found.end])

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The text in small letters without marks, and where each of its letters stands in the text."""
        letters = [(char, i) for i, c in enumerate(self._text) for char in unmarked(c.lower())]
        return "".join(char for char, _ in letters), [*(i for _, i in letters), len(self._text)]

    def _range(self, at: int) -> Period | None:
        """Two dates with dots or a dash between, or one with dots before or behind."""
        folded, _ = self._folded
        joints = _joints()
        first = self._single(at, f"(?={joints.between.pattern})")
        if first is None:
            before = joints.before.match(folded, at)
            second = before and self._single(before.end(), _END)
            return second and second._replace(since=None, ranged=True)
        between = joints.between.match(folded, first.end)
        second = between and self._single(between.end(), _END)
        if second:
            return _spanning(first, second)
        behind = joints.behind.match(folded, first.end)
        return behind and Period(first.since, None, behind.end(), ranged=True)

    def _single(self, at: int, following: str) -> Period | None:
        """The longest single date at ``at`` of the folded text; ``end`` counts there."""
        folded, _ = self._folded
        best: Period | None = None
        for template in _templates(following):
            found = template.pattern.match(folded, at)
            if found is None or (best is not None and found.end() <= best.end):
                continue
            try:
                best = Period(*template.meaning(found.groupdict(), self._today), found.end())
            except (ValueError, OverflowError):  # 31/2/2019
                continue
        return best


def _spanning(first: Period, second: Period) -> Period:
    """From the beginning of the one to the end of the other, whichever is earlier."""
    early, late = sorted((first, second), key=lambda period: period[:2])
    return Period(early.since, late.until, second.end, ranged=True, turned=early is not first)


@cache
def table() -> dict[str, Any]:
    """The words and templates of dates."""
    text = resources.files(__package__).joinpath("data/dates.toml").read_text("utf-8")
    return tomllib.loads(text)


def spellings(entry: Mapping[str, list[str]]) -> list[str]:
    """The templates of an entry in both languages."""
    return [*entry["vi"], *entry["en"]]


class _Joints(NamedTuple):
    """What joins the ends of a range, and what stands before or behind a single one."""

    between: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _joints() -> _Joints:
    dots, dash = ("|".join(map(re.escape, table()["between"][kind])) for kind in ("dots", "dash"))
    # A dash has space on both sides or none: "2019 -họp" excludes a word.
    between = rf"(?:\s*(?:{dots})\s*|(?:{dash})|\s+(?:{dash})\s+)"
    patterns = between, rf"(?:{dots})\s*", f"(?:{dots}){_END}"
    return _Joints(*map(re.compile, patterns))


@cache
def first_words() -> frozenset[str]:
    """The words, without marks, that a date can begin with, where it does not begin with a number."""
    written = " ".join([*(template for template, _ in _meanings()), *_months()])
    return frozenset(re.findall(r"[a-z]+", unmarked(re.sub(r"\{\w+\}", "", written))))


@cache
def _templates(following: str) -> tuple[_Template, ...]:
    return tuple(
        _Template(re.compile(_pattern(template) + following), meaning)
        for template, meaning in _meanings()
    )


def _meanings() -> Iterator[tuple[str, Meaning]]:
    dates = table()
    for unit, steps in dates["relative"].items():
        for step, entry in steps.items():
            for template in spellings(entry):
                yield template, partial(_relative, Unit(unit), int(step))
    for unit, entry in dates["last"].items():
        for template in spellings(entry):
            yield template, partial(_last, Unit(unit))
    for entry in dates["stated"].values():
        for template in spellings(entry):
            yield template, _stated


def _relative(unit: Unit, steps: int, _: Mapping[str, str], today: date) -> Days:
    return relative(unit, steps, today)


def _last(unit: Unit, found: Mapping[str, str], today: date) -> Days:
    return last(unit, int(found["n"]), today)


def _stated(found: Mapping[str, str], _: date) -> Days:
    month = found.get("m") or found.get("number")
    if name := found.get("name"):
        month = str(_months()[re.sub(r"\s+", " ", name)])
    quarter = found.get("q") or _ROMAN.get(found.get("roman", ""), 0)
    day = found.get("d")
    return stated(
        int(found["y"]), int(month) if month else None, int(day) if day else None, int(quarter)
    )


@cache
def _months() -> dict[str, int]:
    """The number of a month by its name without marks."""
    return {
        unmarked(name): int(number) for number, names in table()["months"].items() for name in names
    }


def _pattern(template: str) -> str:
    """A pattern over text without marks."""
    words = unmarked(template).split()
    pieces = ["".join(map(_piece, _PIECE.finditer(word.removesuffix("?")))) for word in words]
    return (
        "".join(
            (f"(?:{piece}{_JOINT})?" if word.endswith("?") else piece + _JOINT)
            for word, piece in zip(words[:-1], pieces[:-1], strict=True)
        )
        + pieces[-1]
    )


def _piece(piece: re.Match[str]) -> str:
    name, separator, letters = piece.groups()
    if separator:
        return _SEPARATOR
    if letters:
        return re.escape(letters)
    if name == "month":
        names = "|".join(n.replace(" ", r"\s+") for n in sorted(_months(), key=len, reverse=True))
        return rf"(?:thang{_JOINT}(?P<number>[0-9]{{1,2}})|(?P<name>{names}))"
    if name == "roman":
        return rf"(?P<roman>{'|'.join(sorted(_ROMAN, key=len, reverse=True))})"
    return f"(?P<{name}>{_NUMBERS[name]})"
