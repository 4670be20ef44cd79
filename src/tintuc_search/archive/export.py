"""Articles as the lines of JSON that an import reads.

Reading a line back gives the same article under the same id. Only an article that has neither address
nor own id comes back with our id as its own, because nothing else would name it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tintuc_search.article import format_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.archive.base import Archive, StoredArticle


def export_lines(archive: Archive) -> Iterator[dict[str, Any]]:
    """Every article as a line for import, in the order of their ids."""
    for stored in archive.everything():
        yield to_line(stored)


def to_line(stored: StoredArticle) -> dict[str, Any]:
    """An article as a line for import; empty fields are left out.

    ``id`` is the archive's. ``source_id`` is there, perhaps null, where the article's own id at its source is
    another one than that.
    """
    article = stored.article
    line: dict[str, Any] = {"id": stored.id}
    if article.source_id != stored.id and (article.source_id or article.url):
        line["source_id"] = article.source_id
    optional = {
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "body": article.body,
        "captions": list(article.captions),
        "tables": [[list(row) for row in table] for table in article.tables],
        "published_at": format_time(article.published_at),
        "updated_at": format_time(article.updated_at),
        "authors": list(article.authors),
        "origin": article.origin,
        "source": article.source,
        "section": article.section,
    }
    return line | {name: value for name, value in optional.items() if value or name == "title"}
