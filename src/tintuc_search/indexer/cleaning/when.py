"""Decides when an article was published and last changed, among all the dates a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from tintuc_search.indexer.cleaning import dates
from tintuc_search.indexer.cleaning.furniture import is_end, is_related_heading
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.resources import pattern
from tintuc_search.indexer.cleaning.selectors import select
from tintuc_search.indexer.cleaning.text import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from datetime import datetime

    from tintuc_search.indexer.cleaning.blocks import Block
    from tintuc_search.indexer.cleaning.dates import Moment
    from tintuc_search.indexer.cleaning.metadata import Metadata
    from tintuc_search.indexer.cleaning.profiles import Profile
    from tintuc_search.indexer.cleaning.tree import Element

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "pubdate", "publishdate", "publish-date", "datepublished",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "sailthru.date", "parsely-pub-date", "article.published", "its_publication", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "lastmod", "last-modified", "datemodified", "dcterms.modified",
    "dc.date.modified", "its_lastmodified",
)  # fmt: skip
_LONGEST_LINE = 160
_MOST_MARKED = 300
"""Elements marked as dates that are looked at: no article has more, readers' comments may."""
_BEFORE, _BEHIND = 12, 12
"""How many blocks before and behind the headline a date line may stand."""
_FOOT = 12
_NEAR = 25
"""In elements: what belongs to the headline stands this near before it, or so near behind the text."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where an article stands among a page's elements, by their order: its headline, where its text begins and ends."""

    title: int
    start: int
    end: int

    def holds(self, order: int, *, sure: bool = False) -> bool:
        """Whether an element is near enough to the headline, or to the end, to speak of the article."""
        if sure:
            return self.title - 4 * _NEAR <= order <= self.end + 4 * _NEAR
        return self.title - _NEAR <= order <= max(self.start, self.title + _FOOT) or (
            self.end - 1 <= order <= self.end + _FOOT
        )

    def holds_byline(self, order: int) -> bool:
        """Whether an element may name the article's author: from just before the headline to just behind the text."""
        return self.title - _FOOT <= order <= self.end + _NEAR

    def distance(self, order: int) -> float:
        """How far an element is from the headline; before it counts double."""
        return float(order - self.title) if order >= self.title else (self.title - order) * 2.0


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
    printed, printed_update = _printed(blocks, window)
    published = _agree(stated or marked, printed) if stated or marked else printed
    if stated and marked and not stated.timed:
        published = marked
    changed = (
        _first(_metadata_texts(metadata, "dateModified", _UPDATED))
        or marked_update
        or printed_update
    )
    if published is None and changed is not None:
        published, changed = changed, None
    if published is None or changed is None or changed.at <= published.at:
        return Times(published.at if published else None)
    return Times(published.at, changed.at)


def _agree(sure: Moment | None, printed: Moment | None) -> Moment | None:
    """What is stated, unless the printed line knows better.

    It does where only a day is stated, and where Vietnam's time was stated as if it were UTC: then the page prints
    the same clock seven hours off.
    """
    if sure is None or printed is None or not printed.timed:
        return sure
    if not sure.timed or (sure.at.hour, sure.at.minute, sure.at.second) == (0, 0, 0):
        return printed if abs(printed.at - sure.at) < timedelta(days=1) else sure
    if sure.at - printed.at.replace(second=sure.at.second) == timedelta(hours=7):
        return printed
    return sure


def _metadata_texts(metadata: Metadata, key: str, names: tuple[str, ...]) -> Iterator[str]:
    yield metadata.text(key)
    for name in names:
        yield from metadata.meta.get(name, ())


def _first(texts: Iterator[str]) -> Moment | None:
    return next((moment for text in texts if text and (moment := dates.parse(text))), None)


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
        if kind == "updated" or _label("updated").match(element.text(_LONGEST_LINE)):
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
        if kind and window.holds(element.order, sure=kind == "sure"):
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
            element.text(_LONGEST_LINE),
        )
        if text and (moment := dates.parse(text))
    ]
    return next((moment for moment in moments if moment.timed), moments[0] if moments else None)


def _printed(blocks: list[Block], window: Window) -> tuple[Moment | None, Moment | None]:
    """The published and the updated date as lines beside the headline or at the foot print them."""
    published: list[tuple[float, Moment]] = []
    updated: Moment | None = None
    for block, distance in _places(blocks, window):
        if len(block.text) > _LONGEST_LINE or block.link_share > 0.5 or _is_clock(block):  # noqa: PLR2004
            continue
        for label, moment in _labelled(block.text):
            if label == "updated":
                updated = updated or moment
            elif label == "published" or _is_mostly_date(block.text, moment):
                weight = distance - 3 * moment.timed - 4 * (label == "published")
                published.append((weight, moment))
    best = min(published, key=lambda pair: pair[0])[1] if published else None
    return best, updated


def _places(blocks: list[Block], window: Window) -> Iterator[tuple[Block, float]]:
    """The lines where dates stand, with a distance from the headline; before it is less likely than behind it."""
    title_at = next(
        (place for place, block in enumerate(blocks) if block.element.order >= window.title), 0
    )
    for place in range(max(0, title_at - _BEFORE), title_at):
        yield blocks[place], (title_at - place) * 1.5
    for place in range(title_at, len(blocks)):
        order = blocks[place].element.order
        behind = order > window.end
        if order > window.end + _FOOT or (behind and _begins_furniture(blocks[place])):
            break
        if place - title_at <= _BEHIND:
            yield blocks[place], float(place - title_at)
        elif order >= window.end - _FOOT:
            yield blocks[place], 30.0 + place - title_at


def _begins_furniture(block: Block) -> bool:
    return is_end(block.text) or is_related_heading(block.text) or not block.element.attached


def _labelled(text: str) -> Iterator[tuple[str, Moment]]:
    """The dates of a line with the label before each: "published", "updated" or none."""
    text = fold(text)
    position = 0
    for moment in dates.find(text):
        before = text[position : moment.start]
        position = moment.end
        if _label("updated").search(before):
            yield "updated", moment
        elif _label("published").search(before):
            yield "published", moment
        else:
            yield "", moment


@cache
def _label(key: str) -> re.Pattern[str]:
    return pattern("dates", key, r"(?:WORDS)\s*(?:lúc|ngày|vào|on)?\s*[:,|-]?[\s\w,]{0,14}$")


def _is_mostly_date(text: str, moment: Moment) -> bool:
    """A line of its own, not a sentence that mentions a date."""
    rest = text[: moment.start] + text[moment.end :]
    return sum(character.isalpha() for character in rest) <= 40  # noqa: PLR2004 - weekday, zone, author, views


def _is_clock(block: Block) -> bool:
    """Today's date, which many pages show at the top."""
    if block.text.casefold().startswith("hôm nay"):
        return True
    labels = [
        block.hinted,
        block.element.label,
        *(node.label for node in islice(block.element.ancestors(), 2)),
    ]
    return any(hints_at(label, "clock") for label in labels)
