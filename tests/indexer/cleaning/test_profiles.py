"""Profiles are well-formed, found by host, and only point; selectors match as CSS does."""

from __future__ import annotations

from datetime import date

import pytest

from tintuc_search.indexer.cleaning.markup import parse
from tintuc_search.indexer.cleaning.profiles import Profile, profile_for, profiles
from tintuc_search.indexer.cleaning.selectors import compiled, select

TREE = parse(
    '<div id="a" class="x y"><p class="x" data-role="sapo">1</p><span><p>2</p></span></div><p type="RelatedBox">3</p>'
).root


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.key)
def test_a_profile_names_its_paper_where_it_looks_and_the_day_it_was_seen_to_fit(
    profile: Profile,
) -> None:
    assert profile.name
    assert profile.hosts
    assert {"title", "lead", "body"} <= set(profile.selectors)
    assert profile.verified == "" or date.fromisoformat(profile.verified) > date(2020, 1, 1)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://vnexpress.net/a.html", "vnexpress"),
        ("https://www.tuoitre.vn/a.htm", "tuoitre"),
        ("https://m.dantri.com.vn/a.htm", "dantri"),
        ("https://congnghe.tuoitre.vn/a.htm", "tuoitre"),
        ("https://nottuoitre.vn/", "generic"),
        ("http://[", "generic"),
        (None, "generic"),
    ],
)
def test_the_profile_is_found_by_host(url: str | None, key: str) -> None:
    assert profile_for(url).key == key


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        ("p", ["1", "2", "3"]),
        ("p.x", ["1"]),
        ("#a p", ["1", "2"]),
        ("#a > p", ["1"]),
        (".x.y > span p", ["2"]),
        ("[data-role=sapo]", ["1"]),
        ('p[type*="Related"], [data-role]', ["1", "3"]),
        ("h1", []),
    ],
)
def test_a_selector_matches_as_in_css(selector: str, texts: list[str]) -> None:
    assert [element.text() for element in select(TREE, selector)] == texts


@pytest.mark.parametrize("selector", ["", "p >", "p:has(a)", "a+b", "p[", "x.1|"])
def test_a_selector_beyond_the_supported_part_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="not a selector"):
        compiled(selector)
