"""Cleans what a file or a record holds: a page or a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning import clean_html, clean_text
from tintuc_search.indexer.cleaning.encoding import decode
from tintuc_search.indexer.importers.base import Bad
from tintuc_search.indexer.importers.kinds import Kind

if TYPE_CHECKING:
    from datetime import date

    from tintuc_search.article import Article
    from tintuc_search.indexer.importers.base import Page

MOST_BYTES = 64 << 20


def clean(
    content: bytes,
    kind: Kind,
    place: str,
    url: str | None = None,
    charset: str | None = None,
    *,
    seen: date | None = None,
) -> Article:
    """The article on a page or in a text; ``charset`` is the one that an HTTP header declared, ``seen`` the day of it.

    Raises:
        NotAnArticle: there is none.
        BadInput: nothing can be made of the content.
    """
    if len(content) > MOST_BYTES:
        raise BadInput(f"larger than {MOST_BYTES >> 20} MB", place)
    if kind is Kind.HTML:
        return clean_html(content, url=url, declared_charset=charset, place=place, seen=seen)
    return clean_text(decode(content, charset), place=place)


def clean_page(page: Page) -> Article | Bad:
    """The article on a page, or why there is none."""
    seen = page.captured_at.date() if page.captured_at else None
    try:
        return clean(page.content, page.kind, page.place, page.url, page.charset, seen=seen)
    except BadInput as error:
        return Bad(page.place, str(error).removeprefix(f"{page.place}: "))
