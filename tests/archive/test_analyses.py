"""Analyses kept beside the articles: replaced, passed over, and gone with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.archive.analyses import KeptAnalysis
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article

if TYPE_CHECKING:
    from tintuc_search.archive.store import SqlArchive


def put(archive: SqlArchive, *ids: str) -> None:
    archive.put([Incoming(Article(f"Tin {each}", source_id=each), each) for each in ids])


def test_what_is_kept_is_given_back_and_replaced(archive: SqlArchive) -> None:
    put(archive, "1", "2", "3")
    first, second = KeptAnalysis("1", "a", b"\0x"), KeptAnalysis("2", "a", b"y")
    archive.analyses.keep([first, second])
    newer = KeptAnalysis("2", "b", b"z")
    archive.analyses.keep([newer])

    assert archive.analyses.of(["1", "2", "3", "4"]) == {"1": first, "2": newer}


def test_an_article_that_is_taken_down_takes_its_analysis_along(archive: SqlArchive) -> None:
    put(archive, "1", "2")
    archive.analyses.keep([KeptAnalysis("1", "a", b"x"), KeptAnalysis("2", "a", b"y")])
    archive.remove("1")

    assert set(archive.analyses.of(["1", "2"])) == {"2"}


def test_nothing_is_kept_of_articles_that_are_not_there(archive: SqlArchive) -> None:
    put(archive, "1", "2")
    archive.remove("1")
    archive.analyses.keep([KeptAnalysis(each, "a", b"x") for each in ("1", "2", "3")])
    archive.analyses.keep([])

    assert set(archive.analyses.of(["1", "2", "3"])) == {"2"}
