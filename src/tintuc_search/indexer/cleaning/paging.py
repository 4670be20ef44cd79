"""Articles printed on several pages: where the others are, and how they become one."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tintuc_search.indexer.cleaning.encoding import decode
from tintuc_search.indexer.cleaning.markup import parse
from tintuc_search.indexer.cleaning.text import comparable, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.article import Article

MOST_PAGES = 20
_HEAD = 200_000
_LONGEST_LINK = 40
_LARGEST = 20_000_000
_PARAMETER = re.compile(r"(?:page|trang|p|pg|paged)", re.IGNORECASE)
_IN_PATH = re.compile(
    r"(?:[-_/](?:trang|page|p)[-_/]?|/)(\d{1,2})(?=(?:\.\w{3,5})?/?$)", re.IGNORECASE
)
"""The number of a page at the end of a path: ``-trang-2.html``, ``-p2.htm``, ``/page/2``, ``/2``."""
_SHOWN = re.compile(
    r"(?:trang\s*)?(\d{1,2})|(?:trang\s+)?(?:sau|tiếp|kế tiếp|tiếp theo)\s*[»›→>]*|[»›→>]+",
    re.IGNORECASE,
)
"""What a link to another page of an article says: its number, or that it goes on."""
_NEXT = re.compile(r"<link\b[^>]{0,300}\brel=[\"']?next\b[^>]{0,300}>", re.IGNORECASE)
_HREF = re.compile(r"\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_SURE_PARAMETER = re.compile(r"(?:page|trang|pg|paged)", re.IGNORECASE)
_SURE_IN_PATH = re.compile(
    r"(?:[-_/](?:trang|page)[-_/]?|-p)(\d{1,2})(?=(?:\.\w{3,5})?/?$)", re.IGNORECASE
)
_HINT = re.compile(rb"(?i)trang|page|rel=.?next|[-_/]p?2[./\"'?]|[?&]p=")


def further_pages(content: bytes, url: str) -> tuple[str, ...]:
    """The addresses of an article's second and further pages, in order; none where it has one page.

    Only links that say a page's number, or that the text goes on, and whose address is the article's own but for that
    number are taken: at most 20, without a gap from the second page on.

    Args:
        content: the article's first page.
        url: its address.
    """
    if not _HINT.search(content):
        return ()
    stem, number = split_page(url)
    if number is not None and number > 1:
        return ()
    text = decode(content[:_LARGEST], None)
    found: dict[int, str] = {}
    for href in _links(text):
        try:
            address = urljoin(url, href)
            other, page = split_page(address)
        except ValueError:
            continue
        if page is not None and page > 1 and other == stem:
            found.setdefault(page, address.partition("#")[0])
    pages = []
    for page in range(2, MOST_PAGES + 1):
        if page not in found:
            break
        pages.append(found[page])
    return tuple(pages)


def _links(text: str) -> Iterator[str]:
    """Where the links lead that say a page's number or that the text goes on."""
    for link in _NEXT.finditer(text[:_HEAD]):  # the tree knows no such element
        if stated := _HREF.search(link[0]):
            yield unescape(stated[1])
    for element in parse(text).root.elements():
        href = element.get("href").strip() if element.name == "a" else ""
        if href and (
            "next" in element.get("rel").lower().split()
            or _SHOWN.fullmatch(fold(element.text(_LONGEST_LINK)))
        ):
            yield href


def first_page(url: str) -> str | None:
    """The address of the article of which ``url`` is surely a further page; None where it is not.

    >>> first_page("https://baomoi.example/tin/cau-moi-123.html?trang=2")
    'https://baomoi.example/tin/cau-moi-123.html'
    """
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (name, value)
        for name, value in query
        if not (_SURE_PARAMETER.fullmatch(name) and value.isdecimal())
    ]
    if len(kept) < len(query):
        return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))
    if found := _SURE_IN_PATH.search(parts.path):
        path = parts.path[: found.start()] + parts.path[found.end() :]
        return urlunsplit(parts._replace(path=path, fragment=""))
    return None


def split_page(url: str) -> tuple[tuple[str, str, str], int | None]:
    """An address without the number of its page, and that number, None where there is none.

    >>> split_page("https://baomoi.example/tin/cau-moi-123.html?trang=2")
    (('baomoi.example', '/tin/cau-moi-123.html', ''), 2)
    >>> split_page("https://baomoi.example/tin/cau-moi-123-p2.html")
    (('baomoi.example', '/tin/cau-moi-123.html', ''), 2)
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [value for name, value in query if _PARAMETER.fullmatch(name) and value.isdecimal()]
    rest = urlencode(
        sorted((name, value) for name, value in query if not _PARAMETER.fullmatch(name))
    )
    if numbers and len(numbers[0]) < 3:  # noqa: PLR2004 - no article has a hundred pages
        return (host, parts.path.rstrip("/"), rest), int(numbers[0])
    if found := _IN_PATH.search(parts.path):
        path = parts.path[: found.start()] + parts.path[found.end() :]
        return (host, path.rstrip("/"), rest), int(found[1])
    return (host, parts.path.rstrip("/"), rest), None


def join_pages(first: Article, following: Sequence[Article]) -> Article:
    """One article of its pages in order: what each repeats of those before (lead, paragraphs, byline) stands once."""
    said = {comparable(text) for text in (first.title, first.lead, *first.paragraphs)}
    paragraphs, captions, tables = list(first.paragraphs), list(first.captions), list(first.tables)
    for page in following:
        new = (text for text in (page.lead, *page.paragraphs) if comparable(text) not in said)
        paragraphs.extend(filter(None, new))
        said |= {comparable(text) for text in page.paragraphs}
        captions += [caption for caption in page.captions if caption not in captions]
        tables += [table for table in page.tables if table not in tables]
    last = [page.authors for page in following if page.authors]
    times = [page.updated_at for page in (first, *following) if page.updated_at]
    return replace(
        first,
        paragraphs=tuple(paragraphs),
        captions=tuple(captions),
        tables=tuple(tables),
        authors=first.authors or (last[-1] if last else ()),
        origin=first.origin or next((page.origin for page in following if page.origin), None),
        updated_at=max(times, default=None),
    )
