"""What comes out of reading files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tintuc_search.archive.base import Incoming, RawPage

if TYPE_CHECKING:
    from datetime import datetime

    from tintuc_search.article import Article
    from tintuc_search.indexer.importers.kinds import Kind


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is of no kind we read, or a record of a capture that is no page.

    ``reason`` says of a record why, in few words to count by; a file has none.
    """

    place: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """Something that should have held an article and does not: where, and why in one line."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a text as it was found, to be cleaned.

    ``url`` is its address if it states none, ``charset`` the one that an HTTP header declared. ``own_id`` is the id
    that we gave an article without address, out of our own export.
    """

    content: bytes
    kind: Kind
    place: str
    media_type: str
    url: str | None = None
    charset: str | None = None
    captured_at: datetime | None = None
    own_id: str | None = None

    def with_article(self, article: Article) -> Incoming:
        """What is to be stored, once the article on it is known."""
        if self.own_id is not None and article.url is None and article.source_id is None:
            article = replace(article, source_id=self.own_id)
        raw = RawPage(self.content, self.media_type)
        return Incoming(article, self.place, raw, from_file=True, captured_at=self.captured_at)


Item = Incoming | Skipped | Bad

Step = tuple[Item | Page | None, int]
"""What was found next, if anything, and how many bytes of the files were read for it."""
