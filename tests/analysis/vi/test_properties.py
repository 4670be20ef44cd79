"""What holds for every text, however odd."""

from __future__ import annotations

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.vi import VietnameseAnalyzer

ANALYZER = VietnameseAnalyzer()

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzAĂĐƠƯQ"
MARKED = "áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵÁẾỢỦ"
SIGNS = " \n.,-/'’_%“”\u0301\u0300\u0302\u031b\u0323\u200b\u00ad0123456789аоΟðƣ²Ｄ"
VIETNAMESE = st.text(st.sampled_from(LETTERS + MARKED + SIGNS), max_size=40)
ANY = st.one_of(VIETNAMESE, st.text(max_size=30))


def terms(text: str) -> list[str]:
    return [token.term for token in ANALYZER.tokens(text)]


@given(ANY)
def test_every_token_cuts_a_piece_that_gives_the_same_term_alone(text: str) -> None:
    end = 0
    for token in ANALYZER.tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert terms(text[token.start : token.end]) == [token.term]
        end = token.end


@given(ANY)
def test_terms_alone_are_those_of_the_tokens(text: str) -> None:
    """And so are those of the spans."""
    assert terms(text) == list(ANALYZER.terms(text))
    assert terms(text) == [term for term, _, _ in ANALYZER.spans(text)]


@given(st.lists(ANY, max_size=4))
def test_lines_cut_together_give_the_tokens_that_each_gives_alone(lines: list[str]) -> None:
    whole = ANALYZER.tokens("\n".join(lines))
    expected: list[tuple[str, int, int]] = []
    begin = 0
    for line in lines:
        expected += [
            (term, begin + start, begin + end) for term, start, end, _ in ANALYZER.tokens(line)
        ]
        begin += len(line) + 1

    assert [token[:3] for token in whole] == expected


@given(ANY, st.integers(0, 9), st.integers(0, 9))
def test_gaps_and_pieces_make_up_the_text_and_a_part_of_the_tokens_keeps_its_places(
    text: str, first: int, after: int
) -> None:
    tokens = ANALYZER.tokens(text)
    rest = text[tokens.ends[-1] :] if tokens else text
    both = zip(tokens.gaps, tokens.written, strict=True)

    assert "".join(gap + piece for gap, piece in both) + rest == text
    assert [token[:3] for token in tokens.part(first, after)] == [
        token[:3] for token in tokens[first:after]
    ]
    assert [token.position for token in tokens[first:]] == list(range(len(tokens)))[first:]


@given(ANY)
def test_the_terms_analysed_again_are_the_same_terms(text: str) -> None:
    once = terms(text)

    assert terms(" ".join(once)) == once


@given(ANY)
def test_every_unicode_form_gives_the_same_terms(text: str) -> None:
    assert terms(normalize("NFC", text)) == terms(normalize("NFD", text)) == terms(text)


@given(
    st.lists(st.tuples(st.sampled_from(LETTERS + MARKED + " .,-/1234"), st.booleans()), max_size=40)
)
def test_text_of_mixed_forms_gives_the_terms_of_either(letters: list[tuple[str, bool]]) -> None:
    text = "".join(letter for letter, _ in letters)
    mixed = "".join(normalize("NFD", letter) if apart else letter for letter, apart in letters)

    assert terms(mixed) == terms(text)


@given(VIETNAMESE)
def test_case_does_not_matter(text: str) -> None:
    assert terms(text.upper()) == terms(text.lower())


@given(ANY)
def test_no_term_is_empty_or_holds_a_space_or_underscore(text: str) -> None:
    for term in terms(text):
        assert term
        assert not set(term) & set(" _\n")


@given(ANY)
def test_folding_a_folded_term_changes_nothing(text: str) -> None:
    for term in terms(text):
        folded = ANALYZER.fold(term)
        assert ANALYZER.fold(folded) == folded
        assert not ANALYZER.is_marked(folded)
