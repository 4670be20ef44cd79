"""How queries are written for OpenSearch, where that decides how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_samples import phrase, term
from tintuc_search.engine.base import AllOf, AnyOf, Prefer, Synonyms, TextField
from tintuc_search.engine.opensearch_query import Scoring
from tintuc_search.ranking import RANKING

if TYPE_CHECKING:
    from tintuc_search.engine.base import Leaf, QueryNode

TITLE = frozenset({TextField.TITLE})


class _AllAlike:
    """Words that are all as rare."""

    def of_leaf(self, leaf: Leaf) -> float:  # noqa: ARG002
        return 1.0

    def of_term(self, term: str) -> float:  # noqa: ARG002
        return 1.0


@pytest.mark.parametrize(
    ("required", "optional", "is_one"),
    [
        (AnyOf((term("quốc"), term("hội"))), term("quốc_hội"), True),
        (AnyOf((term("quốc"), term("họp"))), term("quốc_hội"), True),
        (AnyOf((term("quốc"), term("hội"))), term("hội"), True),
        (AnyOf((term("quốc"), term("hội"))), AllOf((term("họp"), term("hội"))), True),
        (AnyOf((Synonyms((term("qh"), term("quốc"))), term("họp"))), term("quốc_hội"), True),
        (AnyOf((term("họp"), term("bàn"))), term("quốc_hội"), False),
        (AnyOf((term("quốc", fields=TITLE),)), term("quốc_hội"), False),
        (AnyOf((term("quốc"),)), term("quốc_hội", fields=TITLE), True),
        (AnyOf((term("quốc"),)), term("quốc_hội", "họp"), False),
        (AnyOf((term("quốc"),)), AllOf((term("họp"),)), False),
        (AnyOf((term("quốc"),)), phrase("quốc hội"), False),
        (AnyOf((term("unmarked"), term(""))), term("_unmarked"), False),
        (AllOf((term("quốc"), term("hội"))), term("quốc_hội"), False),
        (term("quốc"), term("quốc_hội"), False),
    ],
)
def test_words_are_one_disjunction_with_what_raises_their_rank_where_that_implies_one_of_them(
    required: QueryNode, optional: QueryNode, *, is_one: bool
) -> None:
    """A term stands wherever a word that it is part of does, in the same field."""
    written = Scoring(_AllAlike(), RANKING).query(Prefer(required, (optional,)))["bool"]

    assert is_one == ("must" not in written)
