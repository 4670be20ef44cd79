"""Reading pages as a reader does: results, links, forms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from bs4 import Tag
    from werkzeug.test import TestResponse


def read(response: TestResponse, status: int = 200) -> BeautifulSoup:
    """The page of a response, which must have the given status and be HTML."""
    assert response.status_code == status, response.text[:500]
    assert response.mimetype == "text/html"
    return BeautifulSoup(response.text, "lxml")


def words(tag: Tag | None) -> str:
    """The text of a part of a page, single spaces; the part must be there."""
    assert tag is not None
    return " ".join(tag.get_text().split())


def address(tag: Tag | None) -> str:
    """Where a link leads."""
    assert tag is not None
    return str(tag["href"])


def parameters(link: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(link).query, keep_blank_values=True)


def result_ids(page: BeautifulSoup) -> list[str]:
    """The ids of the results, in order."""
    return [urlsplit(address(link)).path.split("/")[-1] for link in page.select(".hit h2 a")]


def facet(page: BeautifulSoup, name: str) -> dict[str, tuple[str, str]]:
    """The values of a facet: name → (count, where a click leads), in the order of the page."""
    heading = page.find(id=f"facet-{name}")
    assert heading is not None
    assert heading.parent is not None
    return {
        words(row.select_one("[lang=vi]")): (
            words(row.select_one(".count")),
            address(row.select_one(".value")),
        )
        for row in heading.parent.select("li")
    }


def chip_texts(page: BeautifulSoup) -> list[str]:
    return [words(chip) for chip in page.select(".chips a:not(.clear)")]
