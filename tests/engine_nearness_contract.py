"""The part of the contract about where words stand, and about age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_samples import ask, document, fill, ranked, term, weighted
from tintuc_search.engine.base import AnyOf, Sort, Stretch, TextField
from tintuc_search.ranking import RANKING

if TYPE_CHECKING:
    from tintuc_search.engine.base import Engine

DAY = 24 * 3600
FILLER = "x " * (max(RANKING.opening_syllables, RANKING.window_syllables) + 20)
"""More words than count as near, or as early."""


def stretch(written: str, *fields: TextField) -> Stretch:
    """Words side by side; ``hoà/hòa`` has two terms."""
    slots = tuple(tuple(weighted(form) for form in slot.split("/")) for slot in written.split())
    return Stretch(slots, frozenset(fields or TextField))


class Nearness:
    """Of documents that hold the same words as often, those rank first where the words belong together."""

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            ("quốc hội y z", "quốc y hội z"),  # side by side
            ("quốc hội y z", "hội quốc y z"),  # in order
            (f"quốc y hội {FILLER}", f"quốc {FILLER} hội y"),  # within a window
            (f"y quốc hội {FILLER}", f"{FILLER} y quốc hội"),  # in the opening
        ],
    )
    def test_words_that_stand_together_in_order_and_early_rank_first(
        self, engine: Engine, better: str, worse: str
    ) -> None:
        # The worse one has the id that comes first among equals.
        fill(engine, document("1worse", body=worse), document("2better", body=better))
        words = AnyOf((term("quốc"), term("hội")))

        assert ["1worse", "2better"] == ranked(engine, words)
        assert ["2better", "1worse"] == ranked(engine, words, stretches=(stretch("quốc hội"),))

    def test_any_form_of_a_word_will_do(self, engine: Engine) -> None:
        fill(engine, document("1", body="hoà y bình z"), document("2", body="y hòa bình z"))
        words = AnyOf((term("hoà", "hòa"), term("bình")))

        assert ["2", "1"] == ranked(engine, words, stretches=(stretch("hoà/hòa bình"),))

    def test_only_the_stretchs_fields_count(self, engine: Engine) -> None:
        fill(engine, document("1", "a b"), document("2", "b a"))

        def scores(field: TextField) -> list[float]:
            near = (stretch("a b", field),)
            return [hit.score for hit in ask(engine, AnyOf((term("a"),)), stretches=near).hits]

        title, body = scores(TextField.TITLE), scores(TextField.BODY)
        assert title[0] > title[1]
        assert body[0] == body[1]

    def test_no_document_matches_or_loses_by_it(self, engine: Engine) -> None:
        fill(engine, document("1", body="a c b"), document("2", body="a"), document("3", body="b"))
        plain = {hit.id: hit.score for hit in ask(engine, term("a")).hits}
        near = {
            hit.id: hit.score for hit in ask(engine, term("a"), stretches=(stretch("a b"),)).hits
        }

        assert plain.keys() == near.keys()
        assert all(near[document_id] >= score for document_id, score in plain.items())

    def test_unknown_and_empty_words_do_no_harm(self, engine: Engine) -> None:
        fill(engine, document("1", body="a b"))
        odd = (stretch("q"), stretch("a q a a"), Stretch(()), Stretch(((),)))

        assert ["1"] == ranked(engine, term("a"), stretches=odd)

    def test_pages_and_cursors_agree_with_the_whole(self, engine: Engine) -> None:
        bodies = ["a b", "b a", "a x b", "a", "b", f"{FILLER} a b", "a b a b", "x x a"]
        fill(engine, *(document(f"{i}", body=body) for i, body in enumerate(bodies)))
        words, near = AnyOf((term("a"), term("b"))), (stretch("a b"),)
        whole = ranked(engine, words, stretches=near)

        paged = [
            document_id
            for offset in range(0, len(whole), 3)
            for document_id in ranked(engine, words, stretches=near, offset=offset, limit=3)
        ]
        followed: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            result = ask(engine, words, stretches=near, limit=3, cursor=cursor)
            followed += [hit.id for hit in result.hits]
            cursor = result.next_cursor

        assert len(bodies) == len(whole)
        assert whole == paged == followed


class Recency:
    """The order that mixes relevance and age."""

    def test_of_equals_the_newer_comes_first_and_the_undated_last(self, engine: Engine) -> None:
        fill(
            engine,
            document("1undated", body="a"),
            document("2old", body="a", published=0),
            document("3new", body="a", published=900 * DAY),
        )

        assert ["3new", "2old", "1undated"] == ranked(engine, term("a"), sort=Sort.RECENT)

    def test_a_little_age_does_not_outweigh_relevance(self, engine: Engine) -> None:
        fill(
            engine,
            document("best", "a", body="a a a", published=99 * DAY),
            document("new", body="x x x x a", published=100 * DAY),
        )

        assert ["best", "new"] == ranked(engine, term("a"), sort=Sort.RECENT)
        assert ["best", "new"] == ranked(engine, term("a"))

    def test_great_age_does(self, engine: Engine) -> None:
        fill(
            engine,
            document("best", body="a a", published=0),
            document("new", body="a x", published=9000 * DAY),
        )

        assert ["new", "best"] == ranked(engine, term("a"), sort=Sort.RECENT)
        assert ["best", "new"] == ranked(engine, term("a"))


class Demotion:
    """What comes after all else in an order by relevance."""

    def test_what_is_demoted_comes_last_however_well_it_matches(self, engine: Engine) -> None:
        fill(
            engine,
            document("1good", "a", body="a a a"),
            document("2demoted", "a a b", body="a b a b"),
            document("3poor", body="x x x x a"),
        )
        near = (stretch("a"),)

        assert ["1good", "3poor", "2demoted"] == ranked(
            engine, term("a"), stretches=near, demoted=term("b")
        )
        assert "3poor" == ranked(engine, term("a"), stretches=near)[-1]

    def test_dates_order_as_ever(self, engine: Engine) -> None:
        fill(
            engine,
            document("old", body="a", published=0),
            document("new", body="a b", published=9 * DAY),
        )

        assert ["new", "old"] == ranked(engine, term("a"), sort=Sort.NEWEST, demoted=term("b"))
