"""The parameters of the search endpoint: the one table and the one reader of API, page, command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from tintuc_search.article import VIETNAM, parse_time
from tintuc_search.engine.base import Interval, KeywordField, Sort
from tintuc_search.errors import BadRequest
from tintuc_search.query.calendar import stated
from tintuc_search.search.base import DEEPEST, Match, SearchQuery

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

RESULT_FIELDS = (
    *("id", "url", "title", "lead", "published_at", "authors", "source", "section"),
    *("gone_at", "score", "highlights", "quotations"),
)
"""What a result holds, in the order of the envelope."""
FACET_SIZE = 10
"""How many values a facet counts."""

_TRUTH = {"true": True, "1": True, "yes": True, "on": True}
_TRUTH |= {"false": False, "0": False, "no": False, "off": False}
_ITEM = re.compile(r'\s*(?:"([^"]*)"|([^,]*?))\s*(?:,|$)')
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_LOST_PLUS = re.compile(r" (?=[0-9]{2}:?[0-9]{2}$)")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's name, its help in English and Vietnamese, and whether it takes several values.

    A ``switch`` is turned on by its name alone on the command line.

    Several values are given by repeating the parameter or with commas; one that holds a comma itself stands in
    double quotation marks.
    """

    name: str
    help: str
    help_vi: str
    several: bool = False
    switch: bool = False


def _keyword_parameters() -> tuple[Parameter, ...]:
    fields = [(field.value, field.value.replace("_", " ")) for field in KeywordField]
    return tuple(
        Parameter(
            prefix + name,
            f"{verb} {label}: ids or names; several are joined by or",
            f"{verb_vi} {label}: mã hoặc tên; nhiều giá trị là hoặc",
            several=True,
        )
        for prefix, verb, verb_vi in (
            ("", "only this", "chỉ"),
            ("exclude_", "not this", "trừ"),
        )
        for name, label in fields
    )


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("q", "the query", "câu tìm kiếm"),
    Parameter(
        "match",
        "which words must match: auto (all, else as many as possible), all, any (each is optional, in phrases too)",
        "những từ nào phải khớp: auto (tất cả, nếu không có thì nhiều nhất có thể), all, any",
    ),
    Parameter(
        "abbreviations",
        "off to look for abbreviations and full forms as typed only (on by default)",
        "off để chỉ tìm chữ viết tắt và dạng đầy đủ đúng như đã gõ (mặc định là on)",
    ),
    Parameter(
        "from_date",
        "published from this day or moment on (ISO 8601; a date is the day in Vietnam)",
        "đăng từ ngày hoặc thời điểm này (ISO 8601; ngày theo giờ Việt Nam)",
    ),
    Parameter(
        "to_date",
        "published up to and on this day, or up to this moment",
        "đăng đến hết ngày này hoặc đến thời điểm này",
    ),
    *_keyword_parameters(),
    Parameter(
        "sort",
        "relevance, recent (relevance and age mixed), newest or oldest; relevance by default, newest without a query",
        "relevance (liên quan), newest (mới nhất) hoặc oldest (cũ nhất)",
    ),
    Parameter("page", "the page, from 1", "trang, từ 1"),
    Parameter("page_size", "results a page, 1 to 100", "số kết quả mỗi trang, 1 đến 100"),
    Parameter(
        "cursor",
        "in place of page: * to begin, then each answer's next_cursor",
        "thay cho page: * để bắt đầu, sau đó là next_cursor của câu trả lời trước",
    ),
    Parameter("facet", "fields to count values of", "các trường cần đếm giá trị", several=True),
    Parameter(
        "histogram",
        "count results by day, week, month or year",
        "đếm kết quả theo ngày (day), tuần (week), tháng (month), năm (year)",
    ),
    Parameter("highlight", "true to mark matches", "true để đánh dấu từ khớp"),
    Parameter("highlight_count", "passages a result, 1 to 10", "số đoạn mỗi kết quả, 1 đến 10"),
    Parameter(
        "highlight_length",
        "characters a passage, 40 to 1000",
        "số ký tự mỗi đoạn, 40 đến 1000",
    ),
    Parameter(
        "explain",
        "true to say how the query was run and what every score is made of",
        "true để biết câu tìm đã được chạy thế nào, mỗi điểm số gồm những gì",
        switch=True,
    ),
    Parameter(
        "fields",
        f"what a result holds, out of: {', '.join(RESULT_FIELDS)}",
        f"những gì một kết quả chứa, trong: {', '.join(RESULT_FIELDS)}",
        several=True,
    ),
)
"""Every parameter that there is, in the order of the documentation."""

_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


@dataclass(frozen=True, slots=True)
class SearchParameters:
    """The parameters as read: the search, and what each result shall hold (None: everything)."""

    query: SearchQuery
    fields: tuple[str, ...] | None = None


def read_parameters(given: Mapping[str, Sequence[str]]) -> SearchParameters:
    """Read the parameters of a request; values that are empty count as not given.

    Raises:
        BadRequest: names the parameter; ``parameterUnknown`` or ``parameterInvalid``.
    """
    _refuse_unknown(given, _BY_NAME)
    reader = _Reader(given)
    since, until = reader.moment("from_date", last=False), reader.moment("to_date", last=True)
    if since and until and since > until:
        raise BadRequest("ends before from_date begins", "to_date")
    text, page, size = reader.query(), reader.number("page", 1, 1), reader.number("page_size", 20)
    cursor = reader.one("cursor")
    if page * size > DEEPEST and cursor is None:
        raise BadRequest(f"only {DEEPEST} results can be paged through; use cursor=*", "page")
    query = SearchQuery(
        text=text,
        match=reader.choice("match", Match) or Match.AUTO,
        abbreviations=reader.truth("abbreviations", default=True),
        since=since,
        until=until,
        include=reader.keywords(""),
        exclude=reader.keywords("exclude_"),
        sort=reader.choice("sort", Sort) or (Sort.RELEVANCE if text else Sort.NEWEST),
        page=page,
        page_size=size,
        cursor=cursor,
        facets=dict.fromkeys(reader.choices("facet", KeywordField), FACET_SIZE),
        histogram=reader.choice("histogram", Interval),
        highlight=reader.truth("highlight"),
        highlight_count=reader.number("highlight_count", 3, 1, 10),
        highlight_length=reader.number("highlight_length", 240, 40, 1000),
        explain=reader.truth("explain"),
    )
    return SearchParameters(query, reader.fields())


def read_text_and_limit(given: Mapping[str, Sequence[str]]) -> tuple[str, int]:
    """The ``q`` and ``limit`` of a request for completions; ``limit`` is 8 unless given.

    Raises:
        BadRequest: names the parameter.
    """
    _refuse_unknown(given, {"q", "limit"})
    reader = _Reader(given)
    return reader.query(), reader.number("limit", 8, 1, 20)


def read_limit(given: Mapping[str, Sequence[str]]) -> int:
    """The ``limit`` of a request for related articles, 5 unless given.

    Raises:
        BadRequest: names the parameter.
    """
    _refuse_unknown(given, {"limit"})
    return _Reader(given).number("limit", 5, 1, 20)


def _refuse_unknown(given: Iterable[str], known: Container[str]) -> None:
    for name in given:
        if name not in known:
            raise BadRequest("there is no such parameter", name, "parameterUnknown")


@dataclass(frozen=True, slots=True)
class _Reader:
    given: Mapping[str, Sequence[str]]

    def query(self) -> str:
        return self.one("q") or ""

    def one(self, name: str) -> str | None:
        values = [value for value in self.given.get(name, ()) if value.strip()]
        if len(values) > 1:
            raise BadRequest("takes one value, not several", name)
        return values[0] if name == "q" and values else values[0].strip() if values else None

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a parameter in order, without repeats."""
        found = [
            (quoted or plain).strip()
            for value in self.given.get(name, ())
            for quoted, plain in _ITEM.findall(value)
        ]
        return tuple(dict.fromkeys(value for value in found if value))

    def number(self, name: str, default: int, least: int = 1, most: int | None = 100) -> int:
        value = self.one(name)
        if name == "page":
            most = None
        if value is None:
            return default
        # Longer numbers are out of every range, and slow to read.
        number = int(value) if re.fullmatch(r"[0-9]{1,9}", value) else -1
        if number < least or (most is not None and number > most):
            span = f"from {least} to {most}" if most else f"from {least} on"
            raise BadRequest(f"must be a whole number {span}, not {value[:40]!r}", name)
        return number

    def choice(self, name: str, kind: type[Choice]) -> Choice | None:
        value = self.one(name)
        return None if value is None else _chosen(name, value, kind)

    def choices(self, name: str, kind: type[Choice]) -> tuple[Choice, ...]:
        return tuple(_chosen(name, value, kind) for value in self.several(name))

    def truth(self, name: str, *, default: bool = False) -> bool:
        value = self.one(name)
        if value is not None and value.lower() not in _TRUTH:
            raise BadRequest(f"must be true or false, not {value[:40]!r}", name)
        return default if value is None else _TRUTH[value.lower()]

    def keywords(self, prefix: str) -> dict[KeywordField, tuple[str, ...]]:
        stated = {field: self.several(prefix + field.value) for field in KeywordField}
        return {field: values for field, values in stated.items() if values}

    def fields(self) -> tuple[str, ...] | None:
        asked = self.several("fields")
        for name in asked:
            if name not in RESULT_FIELDS:
                known = ", ".join(RESULT_FIELDS)
                raise BadRequest(f"must be out of {known}, not {name[:40]!r}", "fields")
        return tuple(name for name in RESULT_FIELDS if name in asked) or None

    def moment(self, name: str, *, last: bool) -> datetime | None:
        """The moment; a date, month or year alone is its first or last second in Vietnam."""
        value = self.one(name)
        if value is None:
            return None
        moment = _moment(value, last=last)
        if moment is None:
            raise BadRequest(f"must be a date such as 2019-05-31, not {value[:40]!r}", name)
        return moment


def _chosen(name: str, value: str, kind: type[Choice]) -> Choice:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(kind)
        raise BadRequest(f"must be one of {known}, not {value[:40]!r}", name) from None


def _moment(value: str, *, last: bool) -> datetime | None:
    if _DAY.fullmatch(value):
        try:
            days = stated(*map(int, value.split("-")))
        except ValueError:
            return None
        day, hour = (days[1], time.max) if last else (days[0], time.min)
        return datetime.combine(day, hour, VIETNAM)
    try:
        return parse_time(_LOST_PLUS.sub("+", value))
    except ValueError:
        return None
