"""The part of the contract about what comes back: scores, filters, counts, pages."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from engine_samples import ask, document, fill, found, phrase, ranked, term
from tintuc_search.article import VIETNAM
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Bar,
    Except,
    FacetCount,
    HasId,
    HasKeyword,
    Interval,
    KeywordField,
    Published,
    Sort,
    Synonyms,
)
from tintuc_search.errors import BadRequest

if TYPE_CHECKING:
    from tintuc_search.engine.base import Engine


def at(moment: str) -> int:
    """Seconds since 1970 UTC of a moment by Vietnam's clock."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=VIETNAM).timestamp())


class Scoring:
    """How documents rank."""

    def test_a_title_counts_more_than_a_lead_and_a_lead_more_than_a_body(
        self, engine: Engine
    ) -> None:
        fill(
            engine,
            document("1body", "a b", "c d", "thuế e"),
            document("2lead", "a b", "thuế d", "f e"),
            document("3title", "thuế b", "c d", "f e"),
        )

        assert ["3title", "2lead", "1body"] == ranked(engine, term("thuế"))

    def test_a_rare_term_counts_more_than_a_common_one(self, engine: Engine) -> None:
        fill(
            engine,
            document("common", body="tỉnh x"),
            document("rare", body="biên x"),
            *(document(f"filler{i}", body="tỉnh x") for i in range(3)),
        )

        assert "rare" == ranked(engine, AnyOf((term("tỉnh"), term("biên"))))[0]

    def test_equivalent_terms_score_as_one_term_by_weight(self, engine: Engine) -> None:
        fill(
            engine,
            document("folded", body="tinh x"),
            document("typed", body="tỉnh x"),
            document("other", body="y x"),
        )

        assert ["typed", "folded"] == ranked(engine, term("tỉnh", "tinh^0.5"))

    def test_synonyms_of_one_term_each_score_as_those_terms(self, engine: Engine) -> None:
        fill(engine, document("a", body="x y y"), document("b", "y"), document("c", body="z"))
        apart = Synonyms((term("x"), term("y^0.5"), phrase("y^0.5")), 2.0)

        assert ask(engine, term("x", "y^0.5", boost=2.0)).hits == (
            ask(engine, Synonyms(apart.leaves[:2], 2.0)).hits
        )
        assert {"a", "b"} == found(engine, apart)

    def test_a_document_with_both_synonyms_scores_less_than_both_scores(
        self, engine: Engine
    ) -> None:
        fill(
            engine,
            document("both", body="x y z"),
            document("first", body="x a a"),
            document("second", body="a y z"),
            document("none", body="a a a"),
        )
        scores = {
            hit.id: hit.score for hit in ask(engine, Synonyms((term("x"), phrase("y^0.8 z")))).hits
        }

        assert scores["first"] > scores["second"] > 0.0
        assert scores["first"] < scores["both"] < scores["first"] + scores["second"]

    def test_a_boost_multiplies_the_score(self, engine: Engine) -> None:
        fill(engine, document("1", body="tỉnh"), document("2", body="x"))
        plain, boosted = (
            ask(engine, term("tỉnh", boost=boost)).hits[0].score for boost in (1.0, 2.5)
        )

        assert pytest.approx(2.5 * plain) == boosted

    def test_filters_and_keywords_score_nothing(self, engine: Engine) -> None:
        fill(engine, document("1", body="tỉnh", published=5, source=("s",)))
        silent = (
            HasKeyword(KeywordField.SOURCE, frozenset({"s"})),
            Published(0, 9),
            HasId(frozenset("1")),
        )

        alone = ask(engine, term("tỉnh")).hits

        assert alone == ask(engine, AllOf((term("tỉnh"), *silent))).hits
        assert alone == ask(engine, term("tỉnh"), filters=(term("tỉnh"), *silent)).hits

    def test_equal_scores_are_ordered_by_id(self, engine: Engine) -> None:
        fill(engine, *(document(i, body="tỉnh") for i in ("c", "a", "d", "b")))

        assert ["a", "b", "c", "d"] == ranked(engine, term("tỉnh"))

    def test_deleted_documents_do_not_change_scores(self, engine: Engine) -> None:
        kept = [document("1", "thuế", body="x y"), document("2", body="thuế z")]
        fill(engine, *kept)
        before = ask(engine, term("thuế")).hits
        fill(engine, *(document(f"gone{i}", body="thuế " * 9) for i in range(5)))
        with engine.writer() as writer:
            for i in range(5):
                writer.delete(f"gone{i}")
            writer.commit(2)

        assert before == ask(engine, term("thuế")).hits

    @pytest.mark.parametrize("times", [5_000, 20_000])
    def test_a_term_that_stands_thousands_of_times_is_found_and_ranks_first(
        self, engine: Engine, times: int
    ) -> None:
        fill(engine, document("many", "a " * times, "a " * times, "a " * times), document("1", "b"))

        assert {"many"} == found(engine, term("a"))
        assert {"many"} == found(engine, phrase("a a a"))
        assert 0 < ask(engine, term("a")).hits[0].score < sys.float_info.max


class Filters:
    """Keywords, dates, facets and histogram."""

    @pytest.fixture
    def dated(self, engine: Engine) -> Engine:
        fill(
            engine,
            document(
                "1", "tỉnh", published=at("2019-12-31T23:59:59"), source=("s",), person=("p", "q")
            ),
            document(
                "2", "tỉnh", published=at("2020-01-01T00:00:00"), source=("s",), person=("q",)
            ),
            document("3", "tỉnh", published=at("2020-01-06T06:00:00"), source=("t",)),
            document("4", "huyện", source=("t",), place=("đà nẵng",)),
        )
        return engine

    @pytest.mark.parametrize(
        ("field", "ids", "expected"),
        [
            (KeywordField.SOURCE, {"s"}, {"1", "2"}),
            (KeywordField.PERSON, {"p", "q"}, {"1", "2"}),
            (KeywordField.PERSON, {"p"}, {"1"}),
            (KeywordField.PLACE, {"đà nẵng"}, {"4"}),
            (KeywordField.PLACE, {"s"}, set()),
            (KeywordField.AUTHOR, set(), set()),
        ],
    )
    def test_a_keyword_is_found_in_its_field(
        self, dated: Engine, field: KeywordField, ids: set[str], expected: set[str]
    ) -> None:
        assert expected == found(dated, HasKeyword(field, frozenset(ids)))

    @pytest.mark.parametrize(
        ("ids", "expected"),
        [
            ({"1"}, {"1"}),
            ({"4", "2", "không có"}, {"2", "4"}),
            ({""}, set()),
            (set(), set()),
            ({f"{number}" for number in range(20_000)}, {"1", "2", "3", "4"}),
        ],
    )
    def test_documents_are_found_by_their_ids(
        self, dated: Engine, ids: set[str], expected: set[str]
    ) -> None:
        assert expected == found(dated, HasId(frozenset(ids)))

    @pytest.mark.parametrize(
        ("dates", "expected"),
        [
            (Published(at("2020-01-01T00:00:00"), at("2020-01-06T06:00:00")), {"2", "3"}),
            (Published(until=at("2019-12-31T23:59:59")), {"1"}),
            (Published(since=at("2020-01-01T00:00:01")), {"3"}),
            (Published(), {"1", "2", "3"}),
            (Published(9, 0), set()),
            (Published(-(10**30), 10**30), {"1", "2", "3"}),
            (Published(10**30, None), set()),
        ],
    )
    def test_a_date_range_holds_both_ends_and_nothing_undated(
        self, dated: Engine, dates: Published, expected: set[str]
    ) -> None:
        assert expected == found(dated, dates)

    def test_facets_count_what_query_and_filters_leave(self, dated: Engine) -> None:
        result = ask(
            dated,
            term("tỉnh"),
            filters=(Except(HasKeyword(KeywordField.PERSON, frozenset({"p"}))),),
            facets={KeywordField.SOURCE: 5, KeywordField.PERSON: 5, KeywordField.SECTION: 5},
            limit=1,
        )

        assert {
            KeywordField.SOURCE: (FacetCount("s", 1), FacetCount("t", 1)),
            KeywordField.PERSON: (FacetCount("q", 1),),
            KeywordField.SECTION: (),
        } == result.facets

    def test_facets_give_the_most_frequent_then_the_smallest_ids(self, engine: Engine) -> None:
        fill(
            engine,
            document("1", person=("d", "b", "a", "c")),
            document("2", person=("c", "d")),
        )
        facets = ask(engine, AllOf(()), facets={KeywordField.PERSON: 3}).facets

        assert (FacetCount("c", 2), FacetCount("d", 2), FacetCount("a", 1)) == facets[
            KeywordField.PERSON
        ]

    @pytest.mark.parametrize(
        ("interval", "bars"),
        [
            (Interval.DAY, [("2019-12-31", 1), ("2020-01-01", 1), ("2020-01-06", 1)]),
            (Interval.WEEK, [("2019-12-30", 2), ("2020-01-06", 1)]),
            (Interval.MONTH, [("2019-12-01", 1), ("2020-01-01", 2)]),
            (Interval.YEAR, [("2019-01-01", 1), ("2020-01-01", 2)]),
        ],
    )
    def test_a_histogram_counts_in_vietnams_calendar(
        self, dated: Engine, interval: Interval, bars: list[tuple[str, int]]
    ) -> None:
        result = ask(dated, AllOf(()), histogram=interval)

        assert tuple(Bar(start, count) for start, count in bars) == result.histogram


class Paging:
    """Orders, pages and cursors."""

    @pytest.fixture
    def ordered(self, engine: Engine) -> Engine:
        fill(
            engine,
            document("old", "tỉnh", published=-5),
            document("undated2", "tỉnh"),
            document("new2", "tỉnh", published=9),
            document("new1", "tỉnh tỉnh", published=9),
            document("undated1", "tỉnh x"),
        )
        return engine

    def test_newest_and_oldest_both_leave_the_undated_for_last(self, ordered: Engine) -> None:
        newest = ranked(ordered, term("tỉnh"), sort=Sort.NEWEST)
        oldest = ranked(ordered, term("tỉnh"), sort=Sort.OLDEST)

        assert ["new1", "new2", "old", "undated1", "undated2"] == newest
        assert ["old", "new1", "new2", "undated1", "undated2"] == oldest

    def test_hits_have_the_same_scores_in_every_order_that_does_not_mix_in_their_age(
        self, ordered: Engine
    ) -> None:
        scores = [
            {(hit.id, hit.score) for hit in ask(ordered, term("tỉnh"), sort=sort).hits}
            for sort in (Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST)
        ]

        assert scores[0] == scores[1] == scores[2]

    def test_offset_and_limit_cut_a_page_and_leave_the_total(self, ordered: Engine) -> None:
        result = ask(ordered, AllOf(()), sort=Sort.OLDEST, offset=1, limit=2)

        assert ["new1", "new2"] == [hit.id for hit in result.hits]
        assert 5 == result.total

    @pytest.mark.parametrize(("offset", "limit"), [(5, 2), (0, 0), (99, 9), (0, -1)])
    def test_a_page_outside_is_empty(self, ordered: Engine, offset: int, limit: int) -> None:
        result = ask(ordered, AllOf(()), offset=offset, limit=limit)

        assert ((), 5, None) == (result.hits, result.total, result.next_cursor)

    @pytest.mark.parametrize("sort", Sort)
    @pytest.mark.parametrize("limit", [1, 2, 5])
    def test_cursors_walk_through_everything_once(
        self, ordered: Engine, sort: Sort, limit: int
    ) -> None:
        walked, cursor = [], ""
        while True:
            result = ask(ordered, term("tỉnh"), sort=sort, limit=limit, cursor=cursor, offset=3)
            walked += [hit.id for hit in result.hits]
            if result.next_cursor is None:
                break
            cursor = result.next_cursor

        assert ranked(ordered, term("tỉnh"), sort=sort) == walked

    @pytest.mark.parametrize("sort", Sort)
    def test_a_cursor_goes_on_where_it_was_after_documents_came(
        self, ordered: Engine, sort: Sort
    ) -> None:
        before = ranked(ordered, term("tỉnh"), sort=sort)
        cursor = ask(ordered, term("tỉnh"), sort=sort, limit=2).next_cursor
        fill(
            ordered,
            document("aaa", "tỉnh tỉnh tỉnh", published=10**6 if sort is Sort.NEWEST else -(10**6)),
            *(document(f"other{i}", "x y z") for i in range(9)),
        )

        assert before[2:] == ranked(ordered, term("tỉnh"), sort=sort, cursor=cursor)

    @pytest.mark.parametrize("sort", Sort)
    def test_a_cursor_outlives_its_document(self, ordered: Engine, sort: Sort) -> None:
        before = ranked(ordered, AllOf(()), sort=sort)
        cursor = ask(ordered, AllOf(()), sort=sort, limit=2).next_cursor
        with ordered.writer() as writer:
            writer.delete(before[1])
            writer.commit(2)

        assert before[2:] == ranked(ordered, AllOf(()), sort=sort, cursor=cursor)

    @pytest.mark.parametrize(
        "cursor",
        ["*", "x", "é", "bnVsbA", "W10", "WyJuZXdlc3QiLDEsMV0", "WyJuZXdlc3QiLDFlOTk5LCJhIl0"],
    )
    def test_a_cursor_that_no_search_gave_is_a_bad_request(
        self, ordered: Engine, cursor: str
    ) -> None:
        with pytest.raises(BadRequest, match="cursor"):
            ask(ordered, term("tỉnh"), sort=Sort.NEWEST, cursor=cursor)

    def test_a_cursor_of_another_order_is_a_bad_request(self, ordered: Engine) -> None:
        cursor = ask(ordered, term("tỉnh"), limit=1).next_cursor

        with pytest.raises(BadRequest, match="newest"):
            ask(ordered, term("tỉnh"), sort=Sort.NEWEST, cursor=cursor)
