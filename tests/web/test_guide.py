"""The page that explains how to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tintuc_search.query.parser import parse
from tintuc_search.query.render import render
from tintuc_search.web.guide import guide
from tintuc_search.web.language import LANGUAGES
from web_pages import address, parameters, read, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_can_be_clicked_and_is_read_without_a_problem(
    client: FlaskClient, language: str
) -> None:
    page = read(client.get(f"/tro-giup?lang={language}"))
    links = page.select(".help dt a")

    assert len(links) == len(guide(language)) > 10
    for link in links:
        query = words(link)
        assert parameters(address(link)) == [("lang", language), ("q", query)]
        assert not parse(query).problems
        assert client.get(address(link)).status_code == 200


def test_both_languages_show_the_same_queries() -> None:
    """Row by row, whatever the language of field names; this week is the same in both."""
    first, second = (
        [render(parse(query).root) for query, _ in guide(language)] for language in LANGUAGES
    )

    assert first == second


@pytest.mark.parametrize(("path", "text"), [("/", "Mọi cách viết"), ("/?q=(quốc", "Cách tìm")])
def test_it_is_linked_where_it_is_needed(client: FlaskClient, path: str, text: str) -> None:
    page = read(client.get(path))
    links = [link for link in page.select("main a") if words(link) == text]

    assert ["/tro-giup"] == [address(link) for link in links]


def test_it_speaks_the_language_that_was_chosen(client: FlaskClient) -> None:
    assert "How to search" == words(read(client.get("/tro-giup?lang=en")).h1)
    assert "Cách tìm" == words(read(client.get("/tro-giup")).h1)
