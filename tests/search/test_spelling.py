"""What a misspelt query is asked about, and that it is never replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.asking import ask, codes, marked, names
from tintuc_search.engine.base import FieldText, IndexDocument, TextField
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.query.parser import parse
from tintuc_search.search.base import Match
from tintuc_search.search.leaves import find_leaves, find_runs
from tintuc_search.search.lookup import Lookup
from tintuc_search.search.spelling import Speller

if TYPE_CHECKING:
    from tintuc_search.analysis.vi import VietnameseAnalyzer
    from tintuc_search.search.service import SearchService


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("quốc hổi", "quốc hội"),
        ("Quốc Hổi", "Quốc Hội"),
        ("QUỐC HỔI", "QUỐC HỘI"),
        ("qốuc hội", "quốc hội"),
        ("qốc hội", "quốc hội"),
        ("cữ tri", "cử tri"),
        ("cong tac thư vein", "cong tac thư viện"),  # a slip and no marks
        ("ngâng sách", "ngân sách"),
        ('"quốc hổi" nguồn:"Báo Sông Lam" -ruộng', '"quốc hội" nguồn:"Báo Sông Lam" -ruộng'),
        ("quốc hội -hổi", None),  # what shall not match is not corrected
        ("quốc hội", None),
        ("tổng bí thư", None),
        ("quoc hoi", None),  # its marks are left to the reading
        ("hổ* hội", None),  # a sign says which forms are meant
        ("hổi~1 hội", None),
        ("hội =hổi", None),
        ("qqqqqq", None),
        ("nguồn:hổi", None),
        ("", None),
    ],
)
def test_asks_whether_another_spelling_was_meant(
    service: SearchService, query: str, suggestion: str | None
) -> None:
    assert suggestion == ask(service, query).query.suggestion


def test_a_suggestion_finds_as_many_as_it_says_and_more_than_the_query(
    service: SearchService,
) -> None:
    for query in ("quốc hổi", "ngâng sách bầu cử", "cữ tri cả nước"):
        answer = ask(service, query)
        assert answer.query.suggestion is not None
        meant = ask(service, answer.query.suggestion, match=Match.ALL)

        assert answer.query.suggestion_total == meant.total > 0


def test_the_query_is_searched_as_typed(service: SearchService) -> None:
    answer = ask(service, "ngâng sách", match=Match.ALL)

    assert [] == names(answer)
    assert "ngâng sách" == answer.query.understood
    assert "ngân sách" == answer.query.suggestion


@pytest.mark.parametrize("match", [Match.AUTO, Match.ANY])
def test_where_not_all_must_match_an_unknown_word_is_looked_for_as_meant_and_told(
    service: SearchService, match: Match
) -> None:
    answer = ask(service, "thủy lợỉ hòa bìhn", match=match)

    assert "thuy-loi" == names(answer)[0]
    assert ["otherAccents", "spelledAs"] == codes(answer)
    first, second = answer.query.problems
    assert "lợỉ" == answer.query.text[first.start : first.end]
    assert "bìhn" == answer.query.text[second.start : second.end]
    assert "thủy lợỉ hòa bìhn" == answer.query.understood
    assert "Hòa Bình" in " ".join(marked(answer))
    assert answer.query.relaxed is None


def test_the_article_is_marked_as_its_result_was(service: SearchService) -> None:
    query = "hòa bìhn"
    answer = ask(service, query)
    article = service.article(answer.hits[0].stored.id, query)

    assert article is not None
    assert ["Hòa Bình"] == [article.title.text[s.start : s.end] for s in article.title.spans]


def test_fewer_words_than_meant_are_told(service: SearchService) -> None:
    answer = ask(service, "thủy lơji ngân")

    assert (2, 3) == answer.query.relaxed
    assert ["spelledAs"] == codes(answer)


def test_a_word_without_marks_is_known_by_all_its_forms(analyzer: VietnameseAnalyzer) -> None:
    """However rare its form without any is: "bo" in one article of a thousand, "bộ" in half of them."""
    dictionary = SqliteDictionary(":memory:", analyzer)
    dictionary.clear()
    documents = [_document(f"{n}", "bộ") for n in range(500)]
    dictionary.apply([*documents, _document("bare", "bo")], [], [])
    parsed = parse("bo")
    runs = find_runs(parsed.text, find_leaves(parsed.text, parsed.root, analyzer))
    speller = Speller(Lookup(dictionary), analyzer, lambda _: 0)
    found = speller.corrections(parsed.text, runs, documents=1001)
    dictionary.close()

    assert () == found


def _document(name: str, term: str) -> IndexDocument:
    return IndexDocument(name, {TextField.BODY: FieldText((term,), (0,))})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["quốc", "hổi", "hcính", '"', "-", "sách", "ngâng", "x", ":"])))
def test_no_suggestion_is_the_query_itself(service: SearchService, words: list[str]) -> None:
    text = " ".join(words)

    assert text != ask(service, text).query.suggestion
