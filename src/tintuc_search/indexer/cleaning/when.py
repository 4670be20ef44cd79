"""Decides when an article was published and last changed, among all the dates a page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning import dates
from tintuc_search.indexer.cleaning.datelines import (
    LONGEST_LINE,
    date_label,
    printed_times,
    stands_above,
)
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.selectors import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tintuc_search.indexer.cleaning.blocks import Block
    from tintuc_search.indexer.cleaning.dates import Moment
    from tintuc_search.indexer.cleaning.metadata import Metadata
    from tintuc_search.indexer.cleaning.profiles import Profile
    from tintuc_search.indexer.cleaning.tree import Element
    from tintuc_search.indexer.cleaning.window import Window

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "pubdate", "publishdate", "publish-date", "datepublished",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "sailthru.date", "parsely-pub-date", "article.published", "its_publication", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "lastmod", "last-modified", "datemodified", "dcterms.modified",
    "dc.date.modified", "its_lastmodified",
)  # fmt: skip
_MOST_MARKED = 300
"""Elements marked as dates that are looked at: no article has more, readers' comments may."""


_VIETNAM_OFF = timedelta(hours=7)


@dataclass(slots=True)
class Times:
    """When an article was published and last changed."""

    published: datetime | None = None
    updated: datetime | None = None


def find_times(
    root: Element,
    blocks: list[Block],
    window: Window,
    metadata: Metadata,
    profile: Profile,
) -> Times:
    """Weigh what is stated for machines, marked up, and printed beside the headline or at the foot.

    ``blocks`` are all of the page's, in document order, those that were taken out of the tree among them.
    """
    stated = _first(_metadata_texts(metadata, "datePublished", _PUBLISHED))
    marked, marked_update = _marked(root, profile, window)
    printed, printed_update = printed_times(blocks, window)
    if stated and marked and not stated.timed:
        stated = marked
    others = _moments(_metadata_texts(metadata, "datePublished", _PUBLISHED))
    shift = _shift(stated, others, [moment for moment in (marked, printed) if moment])
    published = _agree(_moved(stated, shift) or marked, printed)
    stated_update = _first(_metadata_texts(metadata, "dateModified", _UPDATED))
    changed = _moved(stated_update, shift) or marked_update or printed_update
    if published is None and changed is not None:
        published, changed = changed, None
    if published is None or changed is None or changed.at <= published.at:
        return Times(published.at if published else None)
    return Times(published.at, changed.at)


def _shift(stated: Moment | None, others: Iterable[Moment], shown: list[Moment]) -> timedelta:
    """How far off a page's times for machines are: seven hours where Vietnam's time was stated as UTC, or the reverse.

    Then the page shows the same clock seven hours off. Where it shows none, two statements of one clock, in UTC and in
    Vietnam's zone, mean Vietnam's.
    """
    if stated is None or not stated.timed:
        return timedelta()
    off = [_minute(moment) - _minute(stated) for moment in shown if moment.timed]
    if timedelta() in off:
        return timedelta()
    earlier = (_minute(moment) - _minute(stated) for moment in others if moment.timed)
    if -_VIETNAM_OFF in off or (not off and -_VIETNAM_OFF in earlier):
        return -_VIETNAM_OFF
    return _VIETNAM_OFF if _VIETNAM_OFF in off else timedelta()


def _minute(moment: Moment) -> datetime:
    return moment.at.replace(second=0, microsecond=0)


def _moved(moment: Moment | None, shift: timedelta) -> Moment | None:
    return replace(moment, at=moment.at + shift) if moment and moment.timed else moment


def _agree(sure: Moment | None, printed: Moment | None) -> Moment | None:
    """What is stated, unless only a day is and the printed line has the time of that day."""
    if sure is None or printed is None or not printed.timed:
        return sure or printed
    if not sure.timed or (sure.at.hour, sure.at.minute, sure.at.second) == (0, 0, 0):
        return printed if abs(printed.at - sure.at) < timedelta(days=1) else sure
    return sure


def _metadata_texts(metadata: Metadata, key: str, names: tuple[str, ...]) -> Iterator[str]:
    yield metadata.text(key)
    for name in names:
        yield from metadata.meta.get(name, ())


def _first(texts: Iterator[str]) -> Moment | None:
    return next(_moments(texts), None)


def _moments(texts: Iterator[str]) -> Iterator[Moment]:
    return (moment for text in texts if text and (moment := dates.parse(text)))


def _marked(root: Element, profile: Profile, window: Window) -> tuple[Moment | None, Moment | None]:
    """The dates in elements that a profile or microdata name, or of ``time`` and the like nearest to the headline."""
    for selector in profile.of("date"):
        for element in select(root, selector, detached=True)[:_MOST_MARKED]:
            if moment := _of_element(element):
                return moment, None
    published: list[tuple[float, Moment]] = []
    updated: Moment | None = None
    for element, kind in islice(_dated(root.tree.nodes, window), _MOST_MARKED):
        moment = _of_element(element)
        if moment is None:
            continue
        if kind == "updated" or date_label("updated").match(element.text(LONGEST_LINE)):
            updated = updated or moment
        else:
            published.append((window.distance(element.order) - 1000 * (kind == "sure"), moment))
    return (min(published, key=lambda pair: pair[0])[1] if published else None), updated


def _dated(elements: list[Element], window: Window) -> Iterator[tuple[Element, str]]:
    """The elements that may hold the article's date, each with its kind."""
    for element in elements:
        if element.order > window.end and not element.attached:
            continue
        kind = _kind_of_date(element)
        if not kind or not window.holds(element.order, sure=kind == "sure"):
            continue
        if kind == "sure" or not stands_above(element, window):
            yield element, kind


def _kind_of_date(element: Element) -> str:
    """Whether it is "sure" to be the time of publication, "updated", "likely", or no date: ""."""
    item = element.get("itemprop").lower()
    if "datepublished" in item or element.get("data-role") == "publishdate":
        return "sure"
    if "datemodified" in item or (element.name == "time" and "updated" in element.classes):
        return "updated"
    if element.name in ("meta", "body", "html") or hints_at(element.label, "clock"):
        return ""
    return (
        "likely"
        if element.name == "time"
        or (hints_at(element.label, "date") and "title" in element.attrs)
        or (element.name == "abbr" and "published" in element.classes)
        else ""
    )


def _of_element(element: Element) -> Moment | None:
    moments = [
        moment
        for text in (
            element.get("datetime"),
            element.get("content"),
            element.get("title"),
            element.text(LONGEST_LINE),
        )
        if text and (moment := dates.parse(text))
    ]
    return next((moment for moment in moments if moment.timed), moments[0] if moments else None)
