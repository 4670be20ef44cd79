"""What a look at a site gave: its sitemaps and feeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tintuc_search.article import format_time

if TYPE_CHECKING:
    from datetime import datetime

    from tintuc_search.indexer.crawl.listings import ListingKind


def plain(text: str) -> str:
    r"""A text of somebody's page in one line, without signs that a terminal would obey.

    >>> plain("Tin\n mới\x1b[2J")
    'Tin mới[2J'
    """
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


@dataclass(frozen=True, slots=True)
class FoundList:
    """A sitemap or feed that could be read: how many addresses it names, and the newest time it states."""

    url: str
    kind: ListingKind
    entries: int
    newest_at: datetime | None
    title: str = ""

    def to_json(self) -> dict[str, Any]:
        """The list as plain data."""
        return {
            "url": self.url,
            "kind": self.kind.value,
            "entries": self.entries,
            "newest_at": format_time(self.newest_at),
            "title": self.title,
        }


@dataclass(slots=True)
class Discovery:
    """What was found of a site.

    ``url`` is where its page was in the end, ``name`` what the page calls the site, ``in_index`` the sitemaps that a
    found index names, ``asked`` the number of requests, ``trouble`` why the page could not be had (empty: it could).
    """

    url: str
    name: str = ""
    lists: list[FoundList] = field(default_factory=list)
    in_index: set[str] = field(default_factory=set)
    asked: int = 0
    trouble: str = ""
    error: BaseException | None = None
    """An error in our own program."""

    def worth_keeping(self) -> list[FoundList]:
        """The lists that name anything, without the sitemaps that a found index leads to anyway."""
        return [each for each in self.lists if each.entries and each.url not in self.in_index]
