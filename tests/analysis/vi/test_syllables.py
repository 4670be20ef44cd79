"""Where pieces begin and end, and which terms they give, as tables."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from tintuc_search.analysis.vi import VietnameseAnalyzer

ANALYZER = VietnameseAnalyzer()

TERMS = [
    ("", ""),
    ("ʼ", "ʼ"),
    (" \n\t…–“”%", ""),
    ("Quốc hội họp.", "quốc hội họp"),
    ("Ban Bí thư T.Ư Đoàn", "ban bí thư t.ư đoàn"),
    ("v.v...", "v.v"),
    ("TP.HCM", "tp hcm"),
    ("TP. HCM", "tp hcm"),
    ("TP HCM", "tp hcm"),
    ("PGS.TS.", "pgs ts"),
    ("Chỉ thị 05-CT/TW", "chỉ thị 05 ct tw"),
    ("Nghị định 100/2019/NĐ-CP", "nghị định 100 2019 nđ cp"),
    ("31/5/2019", "31 5 2019"),
    ("31.5.2019", "31 5 2019"),
    ("30.4", "30 4"),
    ("công nghiệp 4.0", "công nghiệp 4 0"),
    ("1.000.000", "1000000"),
    ("1,000,000", "1000000"),
    ("1000000", "1000000"),
    ("20.000đ", "20000 đ"),
    ("1.234,5 tỉ", "1234,5 tỷ"),
    ("tăng 3,5%", "tăng 3,5"),
    ("điều 1,2,3,4", "điều 1 2 3 4"),
    ("2016,2017", "2016 2017"),
    ("192.168.1.200", "192 168 1 200"),
    ("9h30", "9h30"),
    ("Covid-19", "covid 19"),
    ("H'Hen Niê", "hhen niê"),
    ("Côte d’Ivoire", "côte divoire"),
    ("'tự do'", "tự do"),
    ("R&D", "r d"),
    ("thanh_niên", "thanh niên"),
    ("x_", "x"),
    ("ÐẢNG ỦY", "đảng ủy"),
    ("Ðảng uỷ", "đảng ủy"),
    ("Ｄân　ｃｈủ", "dân chủ"),
    ("Trung ƣơng", "trung ương"),
    ("COVІD", "covid"),
    ("Нà Nội", "hà nội"),
    ("Москва", "москва"),
    ("100 m²", "100 m2"),
    ("Hà\u00adNội", "hànội"),
    ("Quốc\u200b hội", "quốc hội"),
    ("\ufeffQu\u200bốc", "quốc"),
    ("Hòa, HOÀ", "hòa hòa"),
    ("U.S.", "u.s"),
    ("A.Ban", "a ban"),
]

CUTS = [
    ("Ban T.Ư.", ["Ban", "T.Ư"]),
    ("H'Hen (H'Hen)", ["H'Hen", "H'Hen"]),
    ("Quốc\u200b hội", ["Quốc", "hội"]),
    (normalize("NFD", "Đảng uỷ"), [normalize("NFD", "Đảng"), normalize("NFD", "uỷ")]),
    ("\u0301Đảng\u0301, ê\u0301", ["Đảng\u0301", "ê\u0301"]),
    ("Qu\u200b\u1ed1c", ["Qu\u200b\u1ed1c"]),
]


@pytest.mark.parametrize(("text", "terms"), TERMS)
def test_a_text_gives_these_terms(text: str, terms: str) -> None:
    assert " ".join(token.term for token in ANALYZER.tokens(text)) == terms


@pytest.mark.parametrize(("text", "pieces"), CUTS)
def test_offsets_cut_what_the_reader_sees(text: str, pieces: list[str]) -> None:
    assert [text[token.start : token.end] for token in ANALYZER.tokens(text)] == pieces


def test_positions_count_from_nought_without_gaps() -> None:
    assert [token.position for token in ANALYZER.tokens("Một, hai – ba.")] == [0, 1, 2]


def test_spans_are_the_tokens_without_positions() -> None:
    text = "Chỉ thị 05-CT/TW của Bộ Chính trị"

    assert list(ANALYZER.spans(text)) == [token[:3] for token in ANALYZER.tokens(text)]
