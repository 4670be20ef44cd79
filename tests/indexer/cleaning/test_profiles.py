"""Profiles are well-formed, found by host, and only point; selectors match as CSS does."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tintuc_search.indexer.cleaning import clean_html
from tintuc_search.indexer.cleaning.markup import parse
from tintuc_search.indexer.cleaning.profiles import (
    Profile,
    Version,
    profile_for,
    profile_named,
    profiles,
)
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
    for version in profile.versions:
        assert {"title", "body"} <= set(version.selectors)
        assert version.verified == "" or date.fromisoformat(version.verified) > date(2020, 1, 1)


VERSIONS = [
    pytest.param(profile, version, id=f"{profile.key}-{version.until or 'now'}")
    for profile in profiles()
    for version in profile.versions
]
LINE = "Sáng 12/3, đoàn giám sát của huyện Bình Lâm làm việc với xã Đồng Dao về nước sạch, ghi nhận ba xóm còn thiếu. "


def element(selector: str, inner: str) -> str:
    """Markup that a selector fits, around ``inner``."""
    for step in reversed(re.split(r"\s*>\s*|\s+", selector)):
        name = re.match(r"[a-z][a-z0-9]*", step)
        classes = " ".join(re.findall(r"\.([\w-]+)", step))
        ids = "".join(f' id="{found}"' for found in re.findall(r"#([\w-]+)", step))
        attributes = "".join(
            f' {key}="{value}"' for key, value in re.findall(r"\[([\w-]+)=\"?([^\]\"]+)", step)
        )
        tag = name[0] if name else "div"
        inner = f'<{tag} class="{classes}"{ids}{attributes}>{inner}</{tag}>'
    return inner


@pytest.mark.parametrize(("profile", "version"), VERSIONS)
@pytest.mark.parametrize("dated", [True, False])
def test_a_page_of_every_version_gives_its_article(
    profile: Profile, version: Version, *, dated: bool
) -> None:
    """The page is made from the selectors, with a box of other news that is longer than the article."""
    title, lead = (
        "Ba xóm của xã Đồng Dao chờ nước sạch",
        "Một chương trình chậm hai năm của huyện Bình Lâm.",
    )
    body = element(version.selectors["body"][0], f"<p>{LINE}</p><p>{LINE * 2}</p><p>Hết.</p>")
    shown = element(version.selectors["title"][0], title)
    if "lead" in version.selectors:
        shown += element(version.selectors["lead"][0], lead)
    others = "".join(f"<p>{LINE.replace('Đồng Dao', f'số {n}')}</p>" for n in range(6))
    page = f"<html><head><title>{title}</title></head><body><div>{shown}{body}</div><aside>{others}</aside></body>"
    article = clean_html(
        page.encode(),
        url=f"https://{profile.hosts[0]}/a-123456.html",
        seen=version.until if dated else None,
    )
    assert article.title == title
    assert article.paragraphs[0] == LINE.strip()
    assert len(article.paragraphs) == 3
    assert article.source == profile.name
    if "lead" in version.selectors:
        assert article.lead == lead


def test_the_version_of_a_captures_day_is_taken_even_where_a_newer_one_would_fit_too() -> None:
    profile = profile_named("nhandan")
    both = "<div class=detail-content-body><p>a</p></div><div class=item-content><p>b</p></div>"
    root = parse(both).root
    assert profile.fitted(root, date(2019, 5, 1)).of("body") == (".item-content",)
    assert profile.fitted(root, date(2021, 5, 1)).of("body") == (".detail-content-body",)
    assert profile.fitted(root, None).of("body") == (".detail-content-body",)
    assert profile.fitted(parse("<p>a").root, None) == profile


def test_enough_political_papers_have_a_profile() -> None:
    assert len(profiles()) >= 35
    assert sum(bool(profile.verified) for profile in profiles()) == 9


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
