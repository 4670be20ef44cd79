"""The part of the contract about why a document scores what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_samples import ask, document, fill, phrase, term
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    Prefer,
    Sort,
    Stretch,
    Synonyms,
    TextField,
    WeightedTerm,
)

if TYPE_CHECKING:
    from typing import Any

    from tintuc_search.engine.base import Engine, Explanation, Hit, QueryNode

NEAR = (Stretch(((WeightedTerm("a"),), (WeightedTerm("b"),))),)


def explained(hit: Hit) -> Explanation:
    """The explanation of a hit, which there must be."""
    assert hit.explanation is not None
    return hit.explanation


def only(engine: Engine, query: QueryNode, **options: Any) -> Hit:
    """The first hit, explained."""
    return ask(engine, query, explain=True, **options).hits[0]


def summed(explanation: Explanation) -> float:
    """All that the parts of an explanation give."""
    closeness = explanation.closeness
    return sum(each.score for each in explanation.contributions) + (
        closeness.score if closeness else 0.0
    )


class Explaining:
    """The parts of a score are what it was made of."""

    def test_nothing_is_explained_unless_asked_for(self, engine: Engine) -> None:
        fill(engine, document("1", body="a"))

        assert ask(engine, term("a")).hits[0].explanation is None

    def test_every_leaf_that_gave_something_is_named_in_the_querys_order(
        self, engine: Engine
    ) -> None:
        fill(engine, document("1", body="a b x"), document("2", body="y"))
        ways = Synonyms((term("x"), phrase("y z")))
        query = Prefer(AllOf((term("a"), AnyOf((ways, term("q"))))), (phrase("a b"),))

        leaves = [each.leaf for each in explained(only(engine, query)).contributions]

        assert [term("a"), ways, phrase("a b")] == leaves

    def test_frequencies_count_by_weight_and_field(self, engine: Engine) -> None:
        fill(engine, document("1", "a b", "b", "a a c"), document("2", body="x"))

        (part,) = explained(only(engine, term("a", "b^0.5"))).contributions

        assert {
            TextField.TITLE: 1.5,
            TextField.LEAD: 0.5,
            TextField.BODY: 2.0,
        } == part.frequencies

    def test_fields_share_a_score_by_what_an_occurrence_counts_in_them(
        self, engine: Engine
    ) -> None:
        fill(engine, document("1", "a", "x", "a"), document("2", body="x"))

        hit = only(engine, term("a"))
        (part,) = explained(hit).contributions

        assert {TextField.TITLE, TextField.BODY} == part.fields.keys()
        assert part.fields[TextField.TITLE] > part.fields[TextField.BODY] > 0
        assert pytest.approx(hit.score, abs=1e-9) == sum(part.fields.values())

    def test_a_boost_is_no_rarity(self, engine: Engine) -> None:
        fill(engine, document("1", body="a"), document("2", body="x"))

        (plain,) = explained(only(engine, term("a"))).contributions
        (twice,) = explained(only(engine, term("a", boost=2.0))).contributions

        assert plain.rarity == twice.rarity > 0
        assert 2 * plain.score == twice.score

    def test_what_excludes_or_counts_nothing_is_no_part(self, engine: Engine) -> None:
        fill(engine, document("1", body="a b"), document("2", body="c"))
        query = AllOf((term("a"), term("b", boost=0.0), Except(term("c"))))

        assert [term("a")] == [each.leaf for each in explained(only(engine, query)).contributions]

    def test_nearness_is_taken_apart(self, engine: Engine) -> None:
        fill(engine, document("1", body="a b"), document("2", body="b x a"))
        words = AnyOf((term("a"), term("b")))

        first, second = (
            explained(hit).closeness
            for hit in ask(engine, words, stretches=NEAR, explain=True).hits
        )

        assert first is not None
        assert second is not None
        assert first.pairs > second.pairs == 0
        assert first.opening == second.opening > 0
        assert first.window == second.window > 0

    def test_by_date_no_nearness_is_looked_at(self, engine: Engine) -> None:
        fill(engine, document("1", body="a b", published=0))

        hit = only(engine, term("a"), stretches=NEAR, sort=Sort.NEWEST)

        assert explained(hit).closeness is None
        assert pytest.approx(hit.score, abs=1e-9) == summed(explained(hit))

    def test_age_lessens_every_part(self, engine: Engine) -> None:
        year = 365 * 24 * 3600
        fill(
            engine,
            document("new", body="a b", published=9 * year),
            document("old", body="a b", published=0),
        )

        new, old = ask(engine, term("a"), stretches=NEAR, sort=Sort.RECENT, explain=True).hits
        age = explained(old).recency

        assert 1.0 == explained(new).recency > age > 0
        assert [pytest.approx(each.score * age) for each in explained(new).contributions] == [
            each.score for each in explained(old).contributions
        ]
        assert pytest.approx(old.score, abs=1e-9) == summed(explained(old))

    def test_what_is_demoted_says_so(self, engine: Engine) -> None:
        fill(engine, document("1", body="a b"), document("2", body="a b c"))

        first, last = ask(engine, term("a"), stretches=NEAR, demoted=term("c"), explain=True).hits

        assert 1.0 == explained(first).demotion > explained(last).demotion > 0
        assert 1.0 == explained(last).recency
        assert pytest.approx(last.score, abs=1e-9) == summed(explained(last))
