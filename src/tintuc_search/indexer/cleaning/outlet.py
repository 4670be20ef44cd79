"""The paper, the section and the address of an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from tintuc_search.indexer.cleaning.labels import hints_at
from tintuc_search.indexer.cleaning.profiles import host_of
from tintuc_search.indexer.cleaning.resources import word_set
from tintuc_search.indexer.cleaning.selectors import select
from tintuc_search.indexer.cleaning.text import comparable, fold

if TYPE_CHECKING:
    from tintuc_search.indexer.cleaning.metadata import Metadata
    from tintuc_search.indexer.cleaning.profiles import Profile
    from tintuc_search.indexer.cleaning.tree import Element

_LONGEST_SECTION = 60
_LINE = 300
_LONGEST_NAME = 200
_MOST_CRUMBS = 100
_SHORTEST_NAME = 5
_HEADER = 150
_SEPARATOR = re.compile(r"\s*[»›>/|→•]+\s*")


def find_url(metadata: Metadata, given: str | None) -> str | None:
    """The address the page calls its own; relative ones are resolved against the one it was fetched from."""
    for stated in (metadata.canonical, metadata.first("og:url"), given or ""):
        try:
            address = urljoin(given or "", stated.strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        # A canonical address that is the home page is a mistake of the site's makers.
        if (
            parts.scheme in ("http", "https")
            and parts.hostname
            and (parts.path.strip("/") or parts.query or stated == given)
        ):
            return fold(address)
    return given


def find_source(
    root: Element, metadata: Metadata, profile: Profile, url: str | None, title: str
) -> str | None:
    """The paper's name: from its profile, the metadata, behind the headline in ``title``, the logo, or its host."""
    if profile.name:
        return profile.name
    stated = metadata.first("og:site_name", "application-name") or next(
        iter(metadata.names("publisher")), ""
    )
    if stated:
        return stated
    return (
        _behind_title(metadata.page_title, title)
        or _of_logo(root, metadata)
        or host_of(url)
        or None
    )


def _behind_title(page_title: str, title: str) -> str:
    """What stands behind the headline: "Lá phiếu đầu tiên - Tuổi Trẻ" → "Tuổi Trẻ"."""
    if title and page_title.startswith(title):
        return re.sub(r"^\W+", "", page_title[len(title) :])
    return ""


def _of_logo(root: Element, metadata: Metadata) -> str:
    """The name in the logo's alternative text, if the page's title or footer has it too; small letters preferred."""
    elsewhere = comparable(metadata.page_title)
    for element in root.tree.named.get("img", ()):
        alt = fold(element.get("alt")[:_LONGEST_NAME])
        if len(comparable(alt)) < _SHORTEST_NAME:
            continue
        if alt.isupper() and (found := _in_small_letters(alt, root.text())):
            return found
        if comparable(alt) in elsewhere:
            return alt
        if element.order > _HEADER:
            break
    return ""


def _in_small_letters(name: str, text: str) -> str:
    """The first place where a text has a name in capitals otherwise: "TUỔI TRẺ" → "Tuổi Trẻ"."""
    found = re.search(rf"(?!{re.escape(name)})(?i:{re.escape(name)})", text)
    return found[0] if found else ""


def find_section(root: Element, metadata: Metadata, profile: Profile, title: str) -> str | None:
    """The section (rubric): where the metadata name it, else the last of the breadcrumbs that is one."""
    for selector in profile.of("section"):
        for element in select(root, selector):
            if (text := element.text(_LONGEST_SECTION)) and len(text) <= _LONGEST_SECTION:
                return text
    stated = metadata.text("articleSection") or metadata.first("article:section")
    if stated and _is_section(stated, title):
        return stated
    for crumbs in (metadata.crumbs, *_shown(root)):
        sections = [crumb for crumb in crumbs if _is_section(crumb, title)]
        if sections:
            return sections[-1]
    return None


def _is_section(text: str, title: str) -> bool:
    if not 2 <= len(text) <= _LONGEST_SECTION or not any(character.isalpha() for character in text):  # noqa: PLR2004
        return False
    if text.startswith(("/", "http")):  # in microdata a link's value is its address
        return False
    key = comparable(text)
    return fold(text).casefold() not in word_set("sections", "home") and not comparable(
        title
    ).startswith(key[:40])


def _shown(root: Element) -> list[list[str]]:
    """Breadcrumbs as the page shows them, those marked as such first."""
    found: list[tuple[int, list[str]]] = []
    for element in root.elements():
        if len(found) >= _MOST_CRUMBS:
            break
        label = f"{element.label} {element.get('itemtype')}"
        category = element.get("rel").startswith("category")
        if not category and not hints_at(label, "section") and "breadcrumb" not in label.lower():
            continue
        if element.name in ("body", "html") or len(text := element.text(_LINE)) > _LINE:
            continue
        linked = [element] if element.name == "a" else element.links(_MOST_CRUMBS)
        links = [link.text(_LINE) for link in linked]
        last = _SEPARATOR.split(text)[-1]
        crumbs = list(
            dict.fromkeys(
                [*links, last] if last not in links and not text.endswith(tuple(links)) else links
            )
        )
        found.append((0 if "crumb" in label.lower() else 1, crumbs or [text]))
    return [crumbs for _, crumbs in sorted(found, key=lambda pair: pair[0])]
