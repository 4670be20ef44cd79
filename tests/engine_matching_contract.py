"""The part of the contract about which documents a query finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine_samples import ask, document, fill, found, phrase, ranked, term
from tintuc_search.engine.base import (
    AllOf,
    AnyOf,
    Except,
    MostOf,
    Phrase,
    Prefer,
    Synonyms,
    Terms,
    TextField,
)

if TYPE_CHECKING:
    from tintuc_search.engine.base import Engine, QueryNode

TITLE, LEAD, BODY = ({field} for field in TextField)


class Matching:
    """Which documents a query finds."""

    @pytest.fixture
    def assembly(self, engine: Engine) -> Engine:
        fill(
            engine,
            document("1", "quốc_hội họp", "phiên đầu", "đại biểu quốc_hội thảo luận | hội trường"),
            document("2", "hội nghị quốc tế", "", "đại biểu bàn về hội_nhập | quốc gia"),
            document("3", "", "tỉnh họp bàn", "biểu quyết"),
            document("4"),
        )
        return engine

    def test_a_term_is_found_in_any_field(self, assembly: Engine) -> None:
        assert {"1", "3"} == found(assembly, term("họp"))

    @pytest.mark.parametrize(
        ("fields", "ids"),
        [(TITLE, {"1"}), (LEAD, {"3"}), (BODY, set()), (TITLE | LEAD, {"1", "3"})],
    )
    def test_a_term_is_found_in_the_named_fields_only(
        self, assembly: Engine, fields: set[TextField], ids: set[str]
    ) -> None:
        assert ids == found(assembly, term("họp", fields=fields))

    def test_any_of_the_equivalent_terms_will_do(self, assembly: Engine) -> None:
        assert {"1", "2"} == found(assembly, term("trường", "tế"))

    def test_a_word_term_is_found_where_the_segmenter_made_the_word(self, assembly: Engine) -> None:
        assert {"1"} == found(assembly, term("quốc_hội"))

    @pytest.mark.parametrize("query", [term("lạ"), term(), term(""), term("\ud800"), phrase("lạ")])
    def test_unknown_terms_match_nothing(self, assembly: Engine, query: Terms) -> None:
        assert set() == found(assembly, query)

    def test_all_of_needs_every_child(self, assembly: Engine) -> None:
        assert {"2", "3"} == found(assembly, AllOf((term("biểu"), term("bàn"))))

    def test_all_of_nothing_is_every_document(self, assembly: Engine) -> None:
        assert {"1", "2", "3", "4"} == found(assembly, AllOf(()))

    def test_any_of_needs_one_child(self, assembly: Engine) -> None:
        assert {"2", "3"} == found(assembly, AnyOf((term("tế"), term("tỉnh"))))

    def test_any_of_nothing_is_no_document(self, assembly: Engine) -> None:
        assert set() == found(assembly, AnyOf(()))

    def test_any_of_the_synonyms_will_do_words_and_phrases_alike(self, assembly: Engine) -> None:
        query = Synonyms((term("bàn"), phrase("hội trường"), phrase("quốc nghị")))

        assert {"1", "2", "3"} == found(assembly, query)
        assert {"4"} == found(assembly, Except(query))

    def test_no_synonym_is_no_document(self, assembly: Engine) -> None:
        assert set() == found(assembly, Synonyms(()))

    def test_most_of_counts_synonyms_once(self, assembly: Engine) -> None:
        both = Synonyms((term("họp"), phrase("biểu quyết")))

        assert 1 == ask(assembly, MostOf((both, term("lạ")))).matched

    def test_except_leaves_the_others(self, assembly: Engine) -> None:
        assert {"3", "4"} == found(assembly, Except(term("quốc")))

    def test_prefer_matches_what_is_required_and_ranks_by_what_is_not(
        self, assembly: Engine
    ) -> None:
        query = Prefer(term("biểu"), (term("quyết"), term("trường")))

        assert {"1", "2", "3"} == found(assembly, query)
        assert "2" == ranked(assembly, query)[-1]

    @pytest.mark.parametrize(
        ("optional", "ids"),
        [
            ((term("quốc_hội"),), {"1", "2"}),
            ((term("biểu"), AllOf((term("quyết"), term("họp")))), {"1", "2"}),
            ((term("quốc_hội", fields=BODY), phrase("họp bàn")), {"1", "2"}),
        ],
    )
    def test_what_only_raises_the_rank_of_any_of_some_words_adds_no_document(
        self, assembly: Engine, optional: tuple[QueryNode, ...], ids: set[str]
    ) -> None:
        required = AnyOf((term("quốc", fields=TITLE), term("lạ")))

        assert ids == found(assembly, Prefer(required, optional))
        assert "1" == ranked(assembly, Prefer(required, optional))[0]

    def test_most_of_matches_the_largest_number_that_any_document_matches(
        self, assembly: Engine
    ) -> None:
        result = ask(assembly, MostOf((term("biểu"), term("quyết"), term("họp"), term("lạ"))))

        assert ["3"] == [hit.id for hit in result.hits]
        assert 3 == result.matched

    def test_most_of_counts_only_what_filters_and_the_rest_of_the_query_let_through(
        self, assembly: Engine
    ) -> None:
        most = MostOf((term("biểu"), term("quyết"), term("họp")))

        assert {"1"} == found(assembly, most, filters=(term("quốc"),))
        assert {"2"} == found(assembly, AllOf((most, term("tế"))))
        assert 1 == ask(assembly, AllOf((most, term("tế")))).matched

    def test_most_of_unknown_terms_matches_nothing(self, assembly: Engine) -> None:
        result = ask(assembly, MostOf((term("lạ"), term("lắm"))))

        assert (0, 0) == (result.total, result.matched)

    def test_matched_is_none_without_a_most_of(self, assembly: Engine) -> None:
        assert ask(assembly, term("họp")).matched is None


class Phrases:
    """Which documents a phrase finds."""

    @pytest.fixture
    def sentences(self, engine: Engine) -> Engine:
        fill(
            engine,
            document("a", "nhân dân", "hà nội", "xây dựng đảng | vững mạnh"),
            document("b", "hà", "nội", "đảng xây dựng"),
            document("c", "", "", "xây a b dựng c đảng đảng x x x x x x x x x x x xây"),
            document("d", "", "", "hòa bình và hoà bình", source=("s",)),
        )
        return engine

    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            (phrase("xây dựng"), {"a", "b"}),
            (phrase("dựng xây"), set()),
            (phrase("hà nội"), {"a"}),  # not from a title into a lead
            (phrase("đảng vững"), set()),  # not over the end of a paragraph
            (phrase("xây dựng đảng"), {"a"}),
            (phrase("xây/đảng xây/dựng"), {"a", "b"}),
            (phrase("đảng đảng"), {"c"}),
            (phrase("hà nội", fields=TITLE), set()),
            (phrase("hà nội", fields=LEAD), {"a"}),
            (phrase("hà nội", fields=LEAD | TITLE), {"a"}),
            (phrase("nội"), {"a", "b"}),
            (phrase(""), set()),
        ],
    )
    def test_slots_stand_side_by_side_in_one_field(
        self, sentences: Engine, query: Phrase, ids: set[str]
    ) -> None:
        assert ids == found(sentences, query)

    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            (phrase("đảng xây", 1), {"a", "b"}),
            (phrase("xây dựng", 1), {"a", "b"}),
            (phrase("xây dựng", 2), {"a", "b", "c"}),
            (phrase("đảng dựng xây", 0), set()),
            (phrase("đảng dựng xây", 2), {"a", "b"}),
            (phrase("đảng dựng xây", 3), {"a", "b", "c"}),
            (phrase("hà nội", 500), {"a"}),  # never into another field
            (phrase("đảng đảng", 5), {"c"}),  # twice the same word is twice there
            (phrase("nhân nhân", 5), set()),
        ],
    )
    def test_slop_gives_room_and_frees_the_order(
        self, sentences: Engine, query: Phrase, ids: set[str]
    ) -> None:
        assert ids == found(sentences, query)

    def test_more_places_score_more(self, engine: Engine) -> None:
        fill(
            engine,
            document("one", body="xây dựng đường x x"),
            document("two", body="xây dựng xây dựng x"),
            document("none", body="x x x x x"),
        )

        assert ["two", "one"] == ranked(engine, phrase("xây dựng"))

    def test_a_place_counts_as_much_as_its_terms_weigh(self, engine: Engine) -> None:
        fill(engine, document("light", body="hoà bình"), document("heavy", body="hòa bình"))

        assert ["heavy", "light"] == ranked(engine, phrase("hòa/hoà^0.5 bình"))
