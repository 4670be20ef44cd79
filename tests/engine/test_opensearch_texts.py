"""What is sent of a text to OpenSearch, made by arrays and the short way, is what the plain way gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine.base import FieldText, IndexDocument, TextField
from tintuc_search.engine.opensearch_packing import gather
from tintuc_search.engine.opensearch_terms import _placed_anywhere, number, placed
from tintuc_search.engine.postings import TEXT_FIELDS, frequencies, invert, pack_frequencies

TERMS = ["quốc", "hội", "a", "a|b", "hai ba", "", "x_y"]


@st.composite
def texts(draw: st.DrawFn) -> FieldText:
    """Terms that rise as an analyzer's do; words anywhere, at places where no term is and the same one twice too."""
    terms = draw(st.lists(st.sampled_from(TERMS), max_size=9))
    steps = draw(st.lists(st.integers(1, 4), min_size=len(terms), max_size=len(terms)))
    positions = tuple(sum(steps[: i + 1]) - 1 for i in range(len(terms)))
    places = st.integers(0, 40) if not positions else st.sampled_from(positions) | st.just(40)
    words = draw(st.lists(st.tuples(st.sampled_from([*TERMS, "quốc_hội"]), places), max_size=4))
    return FieldText(tuple(terms), positions, tuple(words))


@given(texts())
def test_terms_stand_at_their_places_whichever_way_they_are_written(text: FieldText) -> None:
    assert _placed_anywhere(text) == placed(text)


@given(st.lists(texts(), min_size=3, max_size=3))
def test_gathered_terms_are_those_of_other_engines(three: list[FieldText]) -> None:
    document = IndexDocument("1", dict(zip(TextField, three, strict=True)))
    inverted = invert(document)

    gathered = gather(document)
    ends = gathered.counts.cumsum().tolist()
    positions = gathered.positions.tolist()
    packed = pack_frequencies(gathered.frequencies)

    assert sorted(map(number, inverted.terms)) == gathered.numbers.tolist()
    assert set(inverted.terms) == set(gathered.terms)
    assert (inverted.lengths, inverted.borders) == gathered.extent
    for row, term in enumerate(gathered.terms):
        frequency, places = inverted.terms[term]
        begin = ends[row - 1] if row else 0
        assert places == positions[begin : ends[row]]
        assert frequency == packed[row]
    assert (len(gathered.terms), len(TEXT_FIELDS)) == gathered.frequencies.shape
    assert frequencies(packed).sum() == gathered.counts.sum()
