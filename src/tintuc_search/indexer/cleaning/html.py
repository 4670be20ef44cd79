"""A page's bytes → the article on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.article import Article
from tintuc_search.errors import BadInput, NotAnArticle
from tintuc_search.indexer.cleaning import furniture
from tintuc_search.indexer.cleaning.blocks import Block, Kind, blocks_of
from tintuc_search.indexer.cleaning.body import find_body, points, score
from tintuc_search.indexer.cleaning.bylines import find_byline
from tintuc_search.indexer.cleaning.content import Content, signature, sort_blocks
from tintuc_search.indexer.cleaning.encoding import decode
from tintuc_search.indexer.cleaning.headline import find_title
from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.lead import find_marked, is_lead_block, without_mark
from tintuc_search.indexer.cleaning.markup import parse
from tintuc_search.indexer.cleaning.metadata import Metadata, collect
from tintuc_search.indexer.cleaning.outlet import find_section, find_source, find_url
from tintuc_search.indexer.cleaning.profiles import GENERIC, Profile, profile_for, profile_named
from tintuc_search.indexer.cleaning.refusal import reason_to_refuse
from tintuc_search.indexer.cleaning.text import opens_with, same_words
from tintuc_search.indexer.cleaning.tree import BLOCKS
from tintuc_search.indexer.cleaning.when import find_times
from tintuc_search.indexer.cleaning.window import Window

if TYPE_CHECKING:
    from datetime import date

    from tintuc_search.indexer.cleaning.authors import Byline
    from tintuc_search.indexer.cleaning.tree import Element


def clean_html(
    content: bytes,
    *,
    url: str | None = None,
    declared_charset: str | None = None,
    place: str | None = None,
    profile: str | None = None,
    seen: date | None = None,
) -> Article:
    """Find the article on a page.

    Args:
        content: the page as it came.
        url: where it was fetched from; the page's own canonical address wins, this one resolves it.
        declared_charset: the charset of the HTTP header.
        place: named in errors; the address if not given.
        profile: the key of the publisher's profile where the address does not tell it.
        seen: the day on which the page was so, if not lately: papers change their pages.

    Raises:
        NotAnArticle: the page is a list, a home page, a search, a gallery or an error page.
        BadInput: nothing can be made of it.
    """
    named = profile_named(profile) if profile else None
    return _clean(content, url, declared_charset, place or url, named, seen=seen)


def clean_without_profile(
    content: bytes, *, url: str | None = None, place: str | None = None
) -> Article:
    """The same by the generic rules alone, to measure them."""
    return _clean(content, url, None, place or url, GENERIC)


def _clean(
    content: bytes,
    url: str | None,
    charset: str | None,
    place: str | None,
    profile: Profile | None,
    *,
    seen: date | None = None,
) -> Article:
    if not content.strip():
        raise BadInput("the page is empty", place)
    try:
        return _Cleaner(decode(content[:_LARGEST], charset), url, profile, seen).article(place)
    except RecursionError:
        raise BadInput("the page is nested too deeply", place) from None


_LARGEST = 20_000_000
"""Bytes of a page that are read; what follows is left out. Pages of some megabytes hold pictures in attributes."""
_BEHIND = 3


class _Cleaner:
    """One page on its way; the steps in their order."""

    def __init__(
        self, text: str, url: str | None, profile: Profile | None, seen: date | None
    ) -> None:
        page = parse(text)
        self.root = page.root
        self.metadata: Metadata = collect(page)
        self.url = find_url(self.metadata, url)
        self.profile = (profile or profile_for(self.url)).fitted(self.root, seen)
        self.title, self.title_element = find_title(self.root, self.metadata, self.profile)
        self.source = find_source(self.root, self.metadata, self.profile, self.url, self.title)
        self.section = find_section(self.root, self.metadata, self.profile, self.title)

    def article(self, place: str | None) -> Article:
        everything = blocks_of(self.root)
        score(self.root.tree, everything)
        pruned = furniture.prune(self.root, self.profile)
        blocks = self._left(everything, pruned)
        body = find_body(self.root, blocks, self.title_element, self.profile)
        if body is None:
            raise NotAnArticle("no running text was found", place)
        running = [
            block.element.order for block in blocks if block.element.within(body) and points(block)
        ]
        last = running[1] if len(running) > 1 else body.order
        marked = find_marked(self.root, self.profile, body, self.title_element, last)
        inside = self._inside(blocks, body, marked)
        content = sort_blocks(inside, self._site_names())
        content.captions[:0] = self._captions_above(blocks, inside)
        if not content.foot.authors:
            content.foot = self._signature_behind(blocks, inside) or content.foot
        lead = self._lead(marked, content)
        window = self._window(body, content)
        times = find_times(self.root, everything, window, self.metadata, self.profile)
        if reason := reason_to_refuse(
            self.title,
            content,
            section=self.section,
            lead=lead,
            metadata=self.metadata,
            page_blocks=everything,
            url=self.url,
            dated=times.published is not None,
        ):
            raise NotAnArticle(f"no article: {reason}", place)
        byline = find_byline(
            self.root,
            content.foot,
            self.metadata,
            self.profile,
            window=window,
            site_names=self._site_names(),
        )
        return Article(
            title=self.title,
            url=self.url,
            lead=lead,
            paragraphs=tuple(block.text for block in content.paragraphs),
            captions=tuple(content.captions),
            tables=tuple(content.tables),
            published_at=times.published,
            updated_at=times.updated,
            authors=byline.authors,
            origin=byline.origin,
            source=self.source,
            section=self.section,
        )

    def _left(self, blocks: list[Block], pruned: list[Element]) -> list[Block]:
        """The blocks of the pruned tree; read anew only where a part within a line was taken out."""
        if any(element.name not in BLOCKS for element in pruned):
            return blocks_of(self.root)
        return [block for block in blocks if block.element.within(self.root)]

    def _site_names(self) -> tuple[str, ...]:
        stated = (self.metadata.first("og:site_name"), *self.metadata.names("publisher"))
        return tuple(name for name in (self.source, *stated) if name)

    def _window(self, body: Element, content: Content) -> Window:
        orders = [block.element.order for block in content.paragraphs]
        start, end = (orders[0], max(orders)) if orders else (body.order, body.order)
        return Window(
            self.title_element.order if self.title_element is not None else start, start, end
        )

    def _inside(self, blocks: list[Block], body: Element, marked: Element | None) -> list[Block]:
        """The article's blocks: in its element, behind the headline, without the lead that stands apart."""
        found = [block for block in blocks if block.element.within(body)]
        title_at = self._title_at(found)
        found = found[title_at + 1 :]
        if marked is not None:
            lead = marked.text()
            found = [
                block
                for block in found
                if not block.element.within(marked) and not same_words(block.text, lead)
            ]
        while found and self._is_above_text(found[0]):
            found = found[1:]
        return found

    def _captions_above(self, blocks: list[Block], inside: list[Block]) -> list[str]:
        """Captions of pictures between the headline and the article's element."""
        first = next(
            (place for place, block in enumerate(blocks) if inside and block is inside[0]), 0
        )
        above = blocks[self._title_at(blocks) + 1 : first] if self._title_at(blocks) >= 0 else []
        return [block.text for block in above if block.text and block.kind is Kind.CAPTION]

    def _signature_behind(self, blocks: list[Block], inside: list[Block]) -> Byline | None:
        """The signature that stands behind the article's element, right-aligned, bold or called so."""
        last = next(
            (place for place, block in enumerate(blocks) if inside and block is inside[-1]),
            len(blocks),
        )
        for block in blocks[last + 1 : last + 1 + _BEHIND]:
            if hints_at(block.hinted, "origin") or hints_at(block.element.label, "origin"):
                continue
            set_apart = block.right or block.all_bold or block.hinted
            if (
                set_apart
                and (found := signature(block, self._site_names(), last=True))
                and found.authors
            ):
                return found
        return None

    def _is_above_text(self, block: Block) -> bool:
        """Date, section, author and tools between headline and text."""
        if not block.text or block.kind is Kind.TABLE:
            return False
        return (
            same_words(block.text, self.section or "-")
            or same_words(block.text, self.title)
            or furniture.is_date_line(block.text)
            or (signature(block, self._site_names()) is not None)
        )

    def _lead(self, marked: Element | None, content: Content) -> str:
        if marked is not None:
            return without_mark(marked.text(), self.source)
        first = content.paragraphs[0] if content.paragraphs else None
        following = content.paragraphs[1] if len(content.paragraphs) > 1 else None
        if first is not None and is_lead_block(first, following, self.metadata, self.source):
            content.paragraphs.pop(0)
            return without_mark(first.text, self.source)
        return ""

    def _title_at(self, blocks: list[Block]) -> int:
        """The place of the headline among blocks, -1 if it is none of them."""
        title = self.title_element
        for number, block in enumerate(blocks):
            if (
                title is None
                or block.element.within(title)
                or title.within(block.element)  # an inline element is the headline
            ) and opens_with(block.text, self.title):
                return number
        return -1
