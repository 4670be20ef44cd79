"""Which id an article gets, and when two incoming articles are one."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given

from archive.strategies import ARTICLES, PATIENT
from tintuc_search.archive.identity import candidate_ids, keys
from tintuc_search.article import Article

URL = "https://baolamhai.example/tin-1.htm"


@pytest.mark.parametrize(
    ("article", "place", "expected"),
    [
        (Article("A", url=URL), "x", "b5a93fedd71c13a8"),
        (Article("A", url=f"{URL}/amp?utm_source=x", source_id="7"), "y", "b5a93fedd71c13a8"),
        (Article("A", source_id="train-000083"), "x", "train-000083"),
        (Article("A", source_id="_7.b-C"), "x", "_7.b-C"),
        (Article("A", url="N/A", source_id="7"), "x", "7"),
        (Article("A", source_id="x" * 64), "x", "x" * 64),
    ],
)
def test_the_address_names_an_article_before_its_own_id(
    article: Article, place: str, expected: str
) -> None:
    assert next(candidate_ids(article, place)) == expected


@pytest.mark.parametrize("own", ["..", ".", "-x", "a b", "số 8", "x" * 65, "a/b", "7\n"])
def test_an_own_id_that_is_unfit_for_addresses_and_commands_is_hashed(own: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", next(candidate_ids(Article("A", source_id=own), "x")))


def test_a_taken_own_id_is_told_apart_by_its_source() -> None:
    first, second = islice(candidate_ids(Article("A", source="Lâm Hải", source_id="7"), "x"), 2)

    assert first == "7"
    assert re.fullmatch("7-[0-9a-f]{6}", second)


def test_a_file_keeps_its_id_when_its_folder_moves() -> None:
    article = Article("A", source="Lâm Hải")

    assert next(candidate_ids(article, "/old/1.txt")) == next(candidate_ids(article, "new/1.txt"))


@PATIENT
@given(ARTICLES)
def test_candidates_are_different_and_fit_for_addresses(article: Article) -> None:
    found = list(islice(candidate_ids(article, "tin/1.txt"), 6))

    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,70}", each) for each in found)
    assert len(set(found)) >= 5


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Article("A", url=URL), Article("B", url=f"{URL}#x"), True),
        (
            Article("A", url=URL, source="S", source_id="7"),
            Article("B", source="S", source_id="7"),
            True,
        ),
        (Article("A", source="S", source_id="7"), Article("A", source="T", source_id="7"), False),
        (Article("A", url=URL, source_id="1"), Article("A", url=f"{URL}l", source_id="1"), False),
        (Article("A", source_id="1"), Article("B", source_id="1"), True),
    ],
)
def test_articles_are_one_where_address_or_source_and_own_id_agree(
    one: Article, other: Article, same: bool
) -> None:
    assert bool(set(keys(one, "x")) & set(keys(other, "y"))) is same


@pytest.mark.parametrize(
    ("one", "place", "other", "other_place", "same"),
    [
        (Article("A"), "tin/1.txt", Article("B"), "tin/1.txt", True),
        (Article("A"), "tin/1.txt", Article("A"), "/mnt/tin/1.txt", True),
        (Article("A"), "05/1.txt", Article("B"), "06/1.txt", False),
        (Article("A"), "tin/1.txt", Article("A"), "tin/2.txt", False),
        (Article("A", source="S"), "tin/1.txt", Article("A", source="T"), "tin/1.txt", False),
    ],
)
def test_articles_without_names_are_one_by_place_or_by_file_name_and_content(
    one: Article, place: str, other: Article, other_place: str, same: bool
) -> None:
    assert bool(set(keys(one, place)) & set(keys(other, other_place))) is same
