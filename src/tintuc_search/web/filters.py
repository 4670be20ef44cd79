"""The filters of a search page: what is in force, and what can be chosen, each as a link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tintuc_search.article import VIETNAM
from tintuc_search.engine.base import KeywordField
from tintuc_search.search.parameters import FACET_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tintuc_search.catalogue.base import EntityEntry
    from tintuc_search.search.base import FacetValue, SearchQuery
    from tintuc_search.search.service import SearchService
    from tintuc_search.web.links import Links

SHOWN = (
    *(KeywordField.SOURCE, KeywordField.PERSON, KeywordField.ORGANISATION, KeywordField.PLACE),
    *(KeywordField.DOCUMENT, KeywordField.OFFICE, KeywordField.SPEAKER),
    *(KeywordField.AUTHOR, KeywordField.SECTION),
)
"""The fields in the order of the page."""
ONE_OF_MANY = (KeywordField.SOURCE, KeywordField.AUTHOR, KeywordField.SECTION)
"""Fields of which an article has one value as a rule: choosing one leaves no other to choose, unless the
values are counted without that choice."""
EXCLUDE = "exclude_"
QUOTE = '"'
DATES = ("from_date", "to_date")
ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: which, its value, whether it excludes, the address without it."""

    name: str
    value: str
    without: str
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet.

    ``count`` is None where the results hold none of it. ``state`` is ``on`` (chosen), ``out`` (excluded) or empty;
    ``address`` changes that, ``exclude`` leads to the results without the value.
    """

    name: str
    count: int | None
    state: str
    address: str
    exclude: str | None = None


def written(value: str, identifier: str | None = None) -> str:
    """A value as it must stand in a list parameter, where a comma parts values.

    What holds a comma stands in quotation marks, and cannot hold any itself; names are found without theirs too.

    >>> written("Hà Vân"), written("Đảng ủy, UBND xã"), written('Báo "A", Huế', "báo a huế")
    ('Hà Vân', '"Đảng ủy, UBND xã"', 'báo a huế')
    """
    if "," not in value:
        return value
    if '"' in value and identifier and "," not in identifier:
        return identifier
    return f'"{value.replace(QUOTE, " ")}"'


def one_pair_a_value(
    pairs: Iterable[tuple[str, str]], query: SearchQuery
) -> Iterator[tuple[str, str]]:
    """The parameters of an address with lists taken apart, so that each value can be dropped by itself."""
    lists = {field.value: query.include.get(field, ()) for field in KeywordField}
    lists |= {EXCLUDE + field.value: query.exclude.get(field, ()) for field in KeywordField}
    done: set[str] = set()
    for name, value in pairs:
        if name not in lists:
            yield name, value
        elif name not in done:
            yield from ((name, written(item)) for item in lists[name])
            done.add(name)


def names_of_entities(
    query: SearchQuery, entry: Callable[[str], EntityEntry | None]
) -> dict[str, str]:
    """How to show the values of filters that are ids of entities; ``entry`` knows these."""
    given = {value for each in (query.include, query.exclude) for v in each.values() for value in v}
    found = {value: entry(value) for value in given}
    return {value: known.title for value, known in found.items() if known}


def chips(links: Links, query: SearchQuery, names: Mapping[str, str]) -> list[Chip]:
    """The filters in force, the dates as one; ``names`` shows ids of entities and of articles."""
    found = [
        Chip(
            field.value,
            names.get(value, value),
            links.drop(prefix + field.value, written(value)),
            bool(prefix),
        )
        for prefix, given in (("", query.include), (EXCLUDE, query.exclude))
        for field, values in given.items()
        for value in values
    ]
    if query.article is not None:
        title = names.get(query.article, query.article)
        found.append(Chip("in_article", title, links.set(**{ARTICLE: None})))
    if query.since or query.until:
        days = f"{_day(query.since)} – {_day(query.until)}".strip()
        found.append(Chip("date_range", days, links.set(from_date=None, to_date=None)))
    return found


def without_filters(links: Links) -> str:
    """The address of the same search without any filter."""
    names = [field.value for field in KeywordField]
    return links.set(
        **dict.fromkeys((*names, *(EXCLUDE + name for name in names), *DATES, ARTICLE))
    )


def facet_values(
    service: SearchService,
    query: SearchQuery,
    counted: Mapping[KeywordField, Sequence[FacetValue]],
) -> dict[KeywordField, Sequence[FacetValue]]:
    """The values to choose from: those counted in the results, or without the choice made among them."""
    values = dict(counted)
    for field in ONE_OF_MANY:
        if field in query.include:
            others = {name: given for name, given in query.include.items() if name != field}
            wider = replace(
                query,
                include=others,
                facets={field: FACET_SIZE},
                histogram=None,
                highlight=False,
                page=1,
                page_size=1,
                cursor=None,
            )
            values[field] = service.search(wider).facets.get(field, ())
    return values


def choices(
    field: KeywordField,
    values: Sequence[FacetValue],
    query: SearchQuery,
    links: Links,
    names: Mapping[str, str],
) -> list[Choice]:
    """The values of a facet: the chosen ones on top, the excluded ones last; ``names`` shows ids of entities."""
    chosen, excluded = query.include.get(field, ()), query.exclude.get(field, ())
    counts = {name: value.count for value in values for name in _names(value)}
    on = [
        Choice(
            names.get(name, name),
            counts.get(_key(name)),
            "on",
            links.drop(field.value, written(name)),
        )
        for name in chosen
    ]
    out = [
        Choice(names.get(name, name), None, "out", links.drop(EXCLUDE + field.value, written(name)))
        for name in excluded
    ]
    taken = {_key(name) for name in (*chosen, *excluded)}
    left = [value for value in values if not taken & set(_names(value))]
    return [*on, *(_open(field, value, links) for value in left[: FACET_SIZE - len(on)]), *out]


def _open(field: KeywordField, value: FacetValue, links: Links) -> Choice:
    stated = written(value.value, value.id)
    return Choice(
        value.value,
        value.count,
        "",
        links.add(field.value, stated),
        links.add(EXCLUDE + field.value, stated),
    )


def _names(value: FacetValue) -> tuple[str, ...]:
    return _key(value.value), _key(value.id), *value.entities


def _key(name: str) -> str:
    return name.casefold()


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}" if moment else "…"
