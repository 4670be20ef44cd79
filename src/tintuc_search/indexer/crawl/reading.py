"""What an answer is: a list to follow, an article to keep, a copy, nothing."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy.http import HtmlResponse, TextResponse
from scrapy.linkextractors import LinkExtractor
from w3lib.encoding import http_content_type_encoding

from tintuc_search.archive.base import Incoming, Outcome, RawPage
from tintuc_search.archive.frontier import key_of
from tintuc_search.archive.frontier_base import Found, Kind, State, Visit
from tintuc_search.archive.urls import without_tracking
from tintuc_search.errors import BadInput, NotAnArticle
from tintuc_search.indexer.cleaning import clean_html, further_pages, join_pages
from tintuc_search.indexer.crawl.listings import read_listing
from tintuc_search.indexer.crawl.politeness import Held, RobotsUnavailable
from tintuc_search.indexer.crawl.timing import LONGEST_LIST, next_list, next_look, next_try

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.http import Response

    from tintuc_search.archive.frontier_base import Address, Frontier
    from tintuc_search.article import Article
    from tintuc_search.indexer.crawl.links import Links
    from tintuc_search.indexer.crawl.sources import Source
    from tintuc_search.indexer.crawl.tally import Tally

MOST_LINKS = 2_000
"""Links of one section page that are looked at."""
MOST_VALIDATOR = 1_000
"""Characters of an ETag or a Last-Modified that are kept."""
_OK, _NOT_MODIFIED, _GONE, _ERROR = 200, 304, {404, 410}, 400
_REFUSED_AGAIN = timedelta(days=1)
_LINKS = LinkExtractor(tags=("a", "area"), attrs=("href",), strip=True)

log = logging.getLogger(__name__)


class Reader:
    """Reads the answers of one source into the frontier, counting."""

    def __init__(self, source: Source, links: Links, frontier: Frontier, tally: Tally) -> None:
        self._source = source
        self._links = links
        self._frontier = frontier
        self._tally = tally

    def pages_of(self, address: Address, response: Response) -> tuple[str, ...]:
        """The further pages of an article whose first one this is."""
        if address.kind is not Kind.PAGE or response.status != _OK or not _is_text(response):
            return ()
        pages = further_pages(response.body, response.url)
        return pages if all(map(self._links.may_visit, pages)) else ()

    def read(
        self, address: Address, response: Response, more: Sequence[Response | None] = ()
    ) -> None:
        """Store what an answer says; ``more`` are the article's further pages, None for one that cannot be had."""
        at = datetime.now(UTC)
        if response.status == _NOT_MODIFIED:
            self._tally.not_modified += 1
            known = address.article_id or address.kind is not Kind.PAGE
            state = State.READ if known else State.REFUSED  # back, where it was gone or failed
            self._store(address, at, state, self._again(address, at, same=True), same=True)
            return
        if response.status in _GONE and address.kind is Kind.PAGE:
            self._tally.gone += 1
            following = next_look(address.found_at, at, self._source.refresh)
            self._store(address, at, State.GONE, following, status=response.status)
            return
        if response.status >= _ERROR:
            self.fail(address, f"HTTP {response.status}", None, status=response.status)
            return
        self._tally.fetched += 1
        if address.kind is Kind.LISTING:
            self._read_listing(address, response, at)
        elif address.kind is Kind.SECTION:
            self._read_section(address, response, at)
        else:
            self._read_page(address, response, at, more)

    def fail(
        self, address: Address, reason: str, error: BaseException | None, status: int | None = None
    ) -> None:
        """Store that there was no usable answer; it is tried again later."""
        at = datetime.now(UTC)
        self._tally.failed[reason] += 1
        following = next_try(address.tries + 1, at)
        if isinstance(error, Held):
            following = at + timedelta(seconds=error.seconds)
        elif isinstance(error, RobotsUnavailable) and following is None:
            following = at + self._source.every
        if following is None and address.kind is not Kind.PAGE:
            following = at + LONGEST_LIST
        tried = not isinstance(error, (Held, RobotsUnavailable))
        self._store(address, at, State.FAILED, following, status=status, reason=reason, tried=tried)

    def _read_listing(self, address: Address, response: Response, at: datetime) -> None:
        self._tally.listings += 1
        try:
            listing = read_listing(response.body, response.url)
        except BadInput as error:
            self.fail(address, "unreadable list", error, status=response.status)
            log.warning("%s", error)
            return
        found = list(self._links.of_listing(listing, address.depth))
        self._keep(address, response, at, State.READ, found=found)

    def _read_section(self, address: Address, response: Response, at: datetime) -> None:
        self._tally.listings += 1
        if not isinstance(response, HtmlResponse):
            self.fail(address, "no HTML", None, status=response.status)
            return
        urls = [link.url for link in _LINKS.extract_links(response)[:MOST_LINKS]]
        found = list(self._links.of_section(urls, address.depth))
        self._keep(address, response, at, State.READ, found=found)

    def _read_page(
        self, address: Address, response: Response, at: datetime, more: Sequence[Response | None]
    ) -> None:
        if not _is_text(response):
            self._refuse(address, response, at, "no HTML")
            return
        try:
            article = self._clean(response)
        except NotAnArticle as error:
            self._refuse(address, response, at, str(error).removeprefix(f"{response.url}: "))
            return
        except BadInput as error:
            self._tally.failed["unreadable page"] += 1
            self._refuse(address, response, at, str(error))
            return
        try:
            pages = [self._clean(each) for each in more if each is not None and each.status == _OK]
        except BadInput:
            pages = []
        if len(pages) < len(more):
            # Half an article would be a new text at the next visit.
            self.fail(address, "a further page is missing", None, status=response.status)
            return
        self._tally.recognised += 1
        article = join_pages(article, pages)
        self._tally.syllables += len(article.body.split())
        parts = tuple(each.url for each in more if each is not None)
        self._take(address, response, at, article, parts)

    def _take(
        self,
        address: Address,
        response: Response,
        at: datetime,
        article: Article,
        parts: tuple[str, ...],
    ) -> None:
        """Store an article, unless it is left out or lives elsewhere."""
        if self._is_left_out(article):
            self._keep(address, response, at, State.REFUSED, reason=f"section {article.section}")
            return
        if (other := self._other_address(article, response.url)) is not None:
            self._keep(address, response, at, State.COPY, found=[Found(other, depth=address.depth)])
            return
        media_type = (_header(response, "Content-Type") or "text/html").partition(";")[0].strip()
        raw = RawPage(response.body, media_type or "text/html")
        incoming = Incoming(article, response.url, raw)
        text = "\n".join((article.title, article.lead, *article.paragraphs))
        more: dict[str, Any] = {"incoming": incoming, "text": text, "parts": parts}
        if parts:  # a first page that has not changed says nothing of those behind it
            more |= {"etag": None, "last_modified": None}
        self._count(self._keep(address, response, at, State.READ, **more))

    def _clean(self, response: Response) -> Article:
        return clean_html(
            response.body,
            url=without_tracking(response.url),
            declared_charset=http_content_type_encoding(_header(response, "Content-Type")),
            place=response.url,
            profile=self._source.profile,
        )

    def _is_left_out(self, article: Article) -> bool:
        kept = {each.casefold() for each in self._source.keep_sections}
        return bool(kept) and (article.section or "").casefold() not in kept

    def _other_address(self, article: Article, url: str) -> str | None:
        """The address that a page calls its own, if it is another one of this source."""
        own = article.url
        if own is None or key_of(own) in (None, key_of(url)):
            return None
        # A home page as everybody's canonical address is a mistake of the site.
        is_home = not own.split("//", 1)[-1].partition("/")[2].strip("/")
        if is_home or not (self._links.may_visit(own) and self._links.is_article(own)):
            return None
        # Two pages that each name the other would both be copies, and the article nowhere.
        return None if self._frontier.state(self._source.key, own) is State.COPY else own

    def _refuse(self, address: Address, response: Response, at: datetime, reason: str) -> None:
        self._tally.refused += 1
        self._tally.refused_before += address.state is State.REFUSED
        following = max(at + _REFUSED_AGAIN, at + (at - address.found_at))
        within = following - address.found_at <= self._source.refresh
        self._store(
            address,
            at,
            State.REFUSED,
            following if within else None,
            status=response.status,
            reason=reason,
            final=response.url,
            **_validators(response),
        )

    def _keep(
        self, address: Address, response: Response, at: datetime, state: State, **more: Any
    ) -> Outcome | None:
        following = None if state is State.COPY else self._again(address, at, same=False)
        told = {"status": response.status, "final": response.url, **_validators(response)}
        return self._store(address, at, state, following, **(told | more))

    def _again(self, address: Address, at: datetime, *, same: bool) -> datetime | None:
        if address.kind is Kind.PAGE:
            return next_look(address.found_at, at, self._source.refresh)
        return next_list(address.visited_at, at, self._source.every, same=same)

    def _store(
        self,
        address: Address,
        at: datetime,
        state: State,
        following: datetime | None,
        **more: Any,
    ) -> Outcome | None:
        return self._frontier.record(Visit(address, at, state, following, **more))

    def _count(self, outcome: Outcome | None) -> None:
        tally = self._tally
        tally.new += outcome is Outcome.NEW
        tally.changed += outcome is Outcome.CHANGED
        tally.unchanged += outcome in (Outcome.UNCHANGED, None)
        tally.removed += outcome is Outcome.REMOVED


def _validators(response: Response) -> dict[str, str | None]:
    stated = {
        "etag": _header(response, "ETag"),
        "last_modified": _header(response, "Last-Modified"),
    }
    # They are sent back with every request, and servers take no headers of any length.
    return {
        name: value if value and len(value) <= MOST_VALIDATOR else None
        for name, value in stated.items()
    }


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value else None


def _is_text(response: Response) -> bool:
    return isinstance(response, TextResponse)
