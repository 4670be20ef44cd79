"""The sample archive keeps to what its README says of it."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from corpus.sample import (
    CORPUS,
    PAGES,
    REVISED,
    Sample,
    articles,
    pages,
    reprints,
    runs,
    samples,
    site,
    visible,
)
from tintuc_search.article import parse_time

LONGEST_SHARED_RUN = 7
NOTICE = "bài viết và nhân vật hư cấu"
KEYS = [
    *("url", "title", "lead", "paragraphs", "captions", "tables"),
    *("published_at", "updated_at", "authors", "origin", "source", "section"),
]
HOST = re.compile(r"\bhttps?:\\?/\\?/([^/\s\"'<>()\\&?#:]+)")


def by_key(sample: Sample) -> str:
    return sample.key


def by_name(path: Path) -> str:
    return path.relative_to(CORPUS).as_posix()


def test_there_are_at_least_eighty_articles_of_six_sites_and_three_plain_texts() -> None:
    assert len(articles()) >= 80
    sites = {site(sample) for sample in articles() if sample.fields["url"]}
    assert len(sites - {REVISED, "hostile"}) >= 6
    assert len(list((PAGES / "vanban").glob("*.txt"))) >= 3


def test_they_tell_of_ten_years() -> None:
    times = [parse_time(sample.fields["published_at"]) for sample in articles()]
    years = {moment.year for moment in times if moment}
    assert set(range(2014, 2024)) <= years


def test_one_address_has_three_states() -> None:
    states = [sample for sample in samples() if site(sample) == REVISED]
    assert len({sample.fields["url"] for sample in states}) == 1
    assert len({json.dumps(sample.fields) for sample in states}) == len(states) == 3


def test_no_two_other_articles_have_one_address() -> None:
    addresses = [s.fields["url"] for s in articles() if s.fields["url"]]
    assert sorted(addresses) == sorted(set(addresses))


@pytest.mark.parametrize("sample", samples(), ids=by_key)
def test_expected_json_holds_every_key_in_order_and_text_in_nfc(sample: Sample) -> None:
    assert list(sample.fields) == KEYS
    assert sample.fields["title"]
    assert sample.fields["paragraphs"]
    for text in (*sample.texts, *sample.fields["authors"]):
        assert text == unicodedata.normalize("NFC", " ".join(text.split()))
    for key in ("published_at", "updated_at"):
        assert sample.fields[key] is None or sample.fields[key].endswith("+07:00")


@pytest.mark.parametrize("sample", samples(), ids=by_key)
def test_every_expected_json_has_its_page(sample: Sample) -> None:
    ending = ".html" if sample.fields["url"] else ".txt"
    assert (PAGES / f"{sample.key}{ending}").exists()


def test_no_two_articles_share_a_run_of_eight_syllables() -> None:
    """Every article is written by itself; reprints on purpose stand in ``reprints.tsv``."""
    holders = defaultdict(set)
    for sample in articles():
        for run in runs(sample, LONGEST_SHARED_RUN + 1):
            holders[run].add(sample.key)
    shared = {
        " ".join(run): pair
        for run, keys in holders.items()
        for pair in itertools.combinations(sorted(keys), 2)
        if frozenset(pair) not in reprints()
    }
    assert shared == {}


def test_reprints_do_print_the_same_text() -> None:
    by = {sample.key: sample for sample in articles()}
    for first, second in map(sorted, reprints()):
        shared = runs(by[first], 8) & runs(by[second], 8)
        assert len(shared) > len(runs(by[first], 8)) / 2


@pytest.mark.parametrize("page", pages(), ids=by_name)
def test_every_page_says_that_it_is_invented(page: Path) -> None:
    assert NOTICE in visible(page) or NOTICE in page.read_text("utf-8")


@pytest.mark.parametrize("page", pages(), ids=by_name)
def test_every_host_belongs_to_no_one(page: Path) -> None:
    """Addresses of the standards that markup names (schema.org, w3.org) are names, not hosts to visit."""
    hosts = set(HOST.findall(visible(page) + page.read_bytes().decode("utf-8", "ignore")))
    assert {host for host in hosts if not host.endswith(".example")} <= {
        *("api.w.org", "gmpg.org", "ogp.me", "purl.org", "schema.org", "www.w3.org")
    }


def politicians() -> re.Pattern[str]:
    """Finds the names of real politicians."""
    lines = Path(__file__).with_name("real_politicians.tsv").read_text("utf-8").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    assert names == sorted(set(names))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def test_no_page_names_a_real_politician() -> None:
    texts = {by_name(page): visible(page) for page in (*pages(), *PAGES.glob("*/*.txt"))}
    texts |= {sample.key: "\n".join(sample.texts) for sample in samples()}
    found = {where: politicians().findall(text) for where, text in texts.items()}
    assert {where: names for where, names in found.items() if names} == {}
