"""The marked articles keep to what the corpus's README says of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpus.entity_scores import NAMED
from corpus.marked import ENTITIES, Marked, extra_articles, marked
from corpus.sample import PAGES, Sample, runs, samples
from corpus.test_corpus import LONGEST_SHARED_RUN, NOTICE, politicians

EVERY_MARK = ('"', "'", "“", "”", "«", "„")


def by_id(article: Marked) -> str:
    return article.id


def test_at_least_sixty_articles_of_the_pages_are_marked_and_some_beside() -> None:
    ids = [article.id for article in marked()]
    assert len(ids) == len(set(ids))
    assert sum((PAGES / f"{id_}.json").exists() for id_ in ids) >= 60
    assert {line["id"] for line in extra_articles()} <= set(ids)


@pytest.mark.parametrize("article", marked(), ids=by_id)
def test_what_is_marked_stands_in_the_text(article: Marked) -> None:
    marks = article.marks
    assert list(marks) == [*NAMED, "roles", "quotes"]
    for kind in NAMED:
        names = [entity["name"] for entity in marks[kind]]
        assert len(names) == len(set(names))
        for entity in marks[kind]:
            assert list(entity) == ["name", "mentions"]
            assert entity["mentions"]
            assert [m for m in entity["mentions"] if m not in article.text] == []
    persons = {person["name"] for person in marks["persons"]}
    for role in marks["roles"]:
        assert list(role) == ["person", "role", "former"]
        assert role["person"] in persons
    for quote in marks["quotes"]:
        assert list(quote) == ["speaker", "quote", "kind"]
        assert quote["kind"] in {"direct", "indirect"}
        assert quote["quote"] in article.text


@pytest.mark.parametrize("article", marked(), ids=by_id)
def test_speakers_are_named_or_are_titles_of_the_text(article: Marked) -> None:
    entities = ("persons", "organisations", "places")
    names = {entity["name"] for kind in entities for entity in article.marks[kind]}
    speakers = {quote["speaker"] for quote in article.marks["quotes"]} - names
    assert [s for s in speakers if s.casefold() not in article.text.casefold()] == []


def test_words_marked_as_direct_stand_in_marks_of_quotation() -> None:
    signs = set()
    for article in marked():
        for quote in article.marks["quotes"]:
            at = article.text.index(quote["quote"])
            if quote["kind"] == "direct":
                before = article.text[:at].rstrip()[-1]
                assert before in EVERY_MARK, quote
                signs.add(before)
    assert signs >= {'"', "'", "“", "«", "„"}


def test_every_extra_article_says_that_it_is_invented() -> None:
    lines = extra_articles()
    assert all(list(line) == ["id", "notice", "text"] for line in lines)
    assert all(NOTICE in line["notice"] for line in lines)


def test_no_extra_article_names_a_real_politician() -> None:
    text = (ENTITIES / "articles.jsonl").read_text("utf-8")
    assert re.findall(politicians(), text) == []


def test_no_extra_article_shares_a_run_of_eight_syllables_with_another() -> None:
    length = LONGEST_SHARED_RUN + 1
    seen = {run for sample in samples() for run in runs(sample, length)}
    for line in extra_articles():
        own = runs(_as_sample(line["id"], line["text"]), length)
        assert own & seen == set()
        seen |= own


def _as_sample(id_: str, text: str) -> Sample:
    title, *paragraphs = text.splitlines()
    fields = {"title": title, "lead": "", "paragraphs": paragraphs, "captions": [], "tables": []}
    return Sample(id_, fields)


def test_both_files_are_one_object_a_line_in_nfc() -> None:
    for name in ("articles.jsonl", "gold.jsonl"):
        for line in Path(ENTITIES / name).read_text("utf-8").splitlines():
            assert line == json.dumps(json.loads(line), ensure_ascii=False)
