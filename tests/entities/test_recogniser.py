"""What holds for every text, and what comes out."""

from __future__ import annotations

import json
import re
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from entities.recognised import RECOGNISER, mentions
from tintuc_search.entities import ArticleEntities, Recogniser

WORDS = (
    "Nghị quyết số 05 - CT / TW Luật Đất đai 2013 Hiệp định khóa XII Trung ương "
    "ông bà Thủ tướng Bí thư UBND HĐND TP.HCM TP tỉnh Quảng Nam Bộ Công an Y tế Lê Văn Thử Kim Mok - un và , . ( ) "
    "VEC Trung ương T.Ư Đoàn Đảng ủy Khối các cơ quan Donald Trump xã phường 9 đường sông Anh Mỹ Ban Văn phòng "
    'của : Ảnh " “ ” báo Công ty TNHH HOÀ Hoà \n \u0301 \u200b \ud83c đ Đ. X.HIẾU GD-ĐT & -'
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join)
)
TEXT = "Ông Lê Văn Thử, Bí thư Tỉnh ủy Cà Mau, đến Huế.\nUBND TP.HCM mời ông Thử."


@settings(deadline=None)
@given(TEXTS)
def test_no_text_makes_it_raise_and_offsets_cut_names(text: str) -> None:
    found = RECOGNISER.recognise(text)
    for entity in (*found.persons, *found.organisations, *found.places, *found.documents):
        assert entity.name == normalize("NFC", entity.name).strip()
        assert entity.mentions
        for mention in entity.mentions:
            assert 0 <= mention.start < mention.end <= len(text)
            assert text[mention.start].isalnum()


@settings(deadline=None)
@given(TEXTS)
def test_no_kind_holds_a_name_twice(text: str) -> None:
    found = RECOGNISER.recognise(text)
    for entities in (found.persons, found.places):
        keys = [RECOGNISER.key(entity.name) for entity in entities]
        assert len(keys) == len(set(keys))


def test_a_decomposed_text_gives_the_same_names_with_its_own_offsets() -> None:
    text = normalize("NFD", TEXT)
    composed, decomposed = RECOGNISER.recognise(TEXT), RECOGNISER.recognise(text)
    names = [entity.name for entity in composed.persons + composed.organisations]

    assert [entity.name for entity in decomposed.persons + decomposed.organisations] == names
    assert mentions(text, decomposed.persons[0]) == [
        normalize("NFD", "Lê Văn Thử"),
        normalize("NFD", "Thử"),
    ]


def test_the_json_has_every_kind_and_offsets() -> None:
    found = RECOGNISER.recognise(TEXT).to_json()
    start = TEXT.index("Lê Văn Thử")

    assert list(found) == ["persons", "organisations", "places", "documents", "roles", "quotes"]
    assert found["persons"][0]["name"] == "Lê Văn Thử"
    assert found["persons"][0]["mentions"][0] == {"start": start, "end": start + len("Lê Văn Thử")}
    assert json.loads(json.dumps(found)) == found


def test_an_empty_text_has_no_entities() -> None:
    assert RECOGNISER.recognise("") == RECOGNISER.recognise(" \n…") == ArticleEntities()


def test_the_fingerprint_names_code_lists_and_analyzer() -> None:
    assert re.fullmatch(r"ent\d+-[0-9a-f]{12}-vi\d+-.*", Recogniser().fingerprint)
