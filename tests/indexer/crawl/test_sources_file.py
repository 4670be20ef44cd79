"""The file of sources: what it may hold, and that every mistake is told with its place."""

from __future__ import annotations

import json
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.errors import BadInput, NotFound
from tintuc_search.indexer.crawl.discovery import key_for
from tintuc_search.indexer.crawl.sources import Source
from tintuc_search.indexer.crawl.sources_file import (
    append_source,
    as_toml,
    check_new,
    choose,
    read_sources,
)

GOOD = '[a]\nname = "A"\nfeeds = ["https://a.example/rss"]\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, "utf-8")
    return path


def test_all_keys_are_read(tmp_path: Path) -> None:
    text = r"""
[lam-hai]
name = "Báo Lâm Hải"
sitemaps = ["https://lamhai.example/sitemap.xml"]
feeds = ["https://lamhai.example/rss"]
sections = ["https://lamhai.example/chinh-tri"]
articles = ['-\d+\.html$']
exclude = ['^/video/']
follow = ['trang-\d+$']
depth = 3
keep_sections = ["Chính trị"]
every = "30m"
refresh = "14d"
delay = 2.5
most_pages = 50
private = true
enabled = false
"""
    expected = Source(
        key="lam-hai",
        name="Báo Lâm Hải",
        sitemaps=("https://lamhai.example/sitemap.xml",),
        feeds=("https://lamhai.example/rss",),
        sections=("https://lamhai.example/chinh-tri",),
        articles=(r"-\d+\.html$",),
        exclude=("^/video/",),
        follow=(r"trang-\d+$",),
        depth=3,
        keep_sections=("Chính trị",),
        every=timedelta(minutes=30),
        refresh=timedelta(days=14),
        delay=timedelta(seconds=2.5),
        most_pages=50,
        private=True,
        enabled=False,
    )

    assert read_sources(write(tmp_path, text)) == (expected,)
    assert read_sources(tmp_path / "none.toml") == ()


@pytest.mark.parametrize(
    ("line", "place", "told"),
    [
        ('namen = "A"', "[a]", "there is no key 'namen'"),
        ("name = 3", "[a] name", "must be a text"),
        ('name = " "', "[a] name", "must be a text"),
        ('feeds = "https://a.example"', "[a] feeds", "must be a list of texts"),
        ("feeds = [1]", "[a] feeds", "must be a list of texts"),
        ("feeds = []", "[a]", "needs a start point"),
        ('feeds = ["ftp://a.example/rss"]', "[a] feeds", "no web address: 'ftp://a.example/rss'"),
        ('feeds = ["https://u:p@a.example/"]', "[a] feeds", "no web address"),
        ('feeds = ["https://a.example:99999/"]', "[a] feeds", "no web address"),
        ('feeds = ["/rss"]', "[a] feeds", "no web address"),
        ("articles = ['(']", "[a] articles", "no regular expression: '('"),
        ("follow = ['*']", "[a] follow", "no regular expression: '*'"),
        ('every = "hôm nào"', "[a] every", "must be a time such as 30s"),
        ('every = "10s"', "[a] every", "must be at least 60 s"),
        ("every = true", "[a] every", "must be a time"),
        ("delay = -1", "[a] delay", "must be at least 0 s"),
        ("delay = inf", "[a] delay", "must be at least 0 s"),
        ("delay = nan", "[a] delay", "must be at least 0 s"),
        ("depth = 1.5", "[a] depth", "must be a whole number from 0 on"),
        ("depth = true", "[a] depth", "must be a whole number"),
        ("most_pages = 0", "[a] most_pages", "must be a whole number from 1 on"),
        ("private = 1", "[a] private", "must be true or false"),
        ('profile = "khong-co"', "[a] profile", "there is no profile 'khong-co'"),
    ],
)
def test_every_mistake_is_told_with_file_table_and_key(
    tmp_path: Path, line: str, place: str, told: str
) -> None:
    key = line.split(" ", maxsplit=1)[0]
    kept = [old for old in GOOD.splitlines() if not old.startswith(f"{key} ")]
    path = write(tmp_path, "\n".join((*kept, line)))
    with pytest.raises(BadInput) as error:
        read_sources(path)

    assert str(error.value).startswith(f"{path}: {place}: {told}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a", "Expected"),
        (GOOD + GOOD, "twice"),
        ('name = "A"', "must be a table"),
        ('[A]\nname = "A"', "small letters"),
        ('["có dấu"]\nname = "A"', "small letters"),
        ('[a]\nfeeds = ["https://a.example/rss"]', "'name' is missing"),
    ],
)
def test_a_file_that_is_no_list_of_sources_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(BadInput, match=str(path)) as error:
        read_sources(path)

    assert told in str(error.value)


def test_sources_are_chosen_by_key(tmp_path: Path) -> None:
    second = '[b]\nname = "B"\nfeeds = ["https://b.example/rss"]\nenabled = false\n'
    path = write(tmp_path, GOOD + second)
    sources = read_sources(path)

    assert [each.key for each in choose(sources, (), path)] == ["a"]
    assert [each.key for each in choose(sources, ("b", "a", "b"), path)] == ["b", "a"]
    with pytest.raises(NotFound, match="there is no source 'c'; there are: a, b"):
        choose(sources, ("c",), path)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(values=st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True), TEXT | st.lists(TEXT)))
def test_whatever_is_written_is_read_back(values: dict[str, Any]) -> None:
    assert tomllib.loads(as_toml("a-1", values)) == {"a-1": values}


def test_a_table_that_would_break_the_file_leaves_it_as_it_was(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    for text in ("[b", "[b]\nname = 3", '[b]\nname = "không nơi bắt đầu"'):
        with pytest.raises(BadInput):
            append_source(path, text, "b")
        assert path.read_text("utf-8") == GOOD
    assert [each.name for each in tmp_path.iterdir()] == ["sources.toml"]
    with pytest.raises(BadInput, match="there is a source 'a' already"):
        append_source(path, GOOD, "a")
    with pytest.raises(BadInput, match="small letters"):
        check_new(path, json.dumps("a"))


@given(host=st.from_regex(r"[a-z0-9\u00e0-\u1ef9.-]{1,80}", fullmatch=True))
def test_a_key_made_of_any_host_can_be_used(host: str) -> None:
    check_new(Path("/nowhere/sources.toml"), key_for(f"https://{host}/"))
