"""Pages are read in whatever character set they are, and whatever they claim."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.indexer.cleaning import legacy
from tintuc_search.indexer.cleaning.encoding import decode

TEXT = (
    "Sáng nay, Ủy ban nhân dân tỉnh họp với các sở về việc thực hiện nghị quyết của Đảng bộ, "
    "đã có nhiều ý kiến của người dân được đại biểu nêu tại hội nghị."
)
LETTERS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = ["đ", *(unicodedata.normalize("NFC", a + b) for a in LETTERS for b in TONES)]


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_is_recognised_with_and_without_a_mark(name: str) -> None:
    page = f"<html><body><p>{TEXT}</p></body></html>"
    assert TEXT in decode(page.encode(name))


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii", "no-such-charset"])
def test_valid_utf_8_is_utf_8_whatever_is_declared(declared: str) -> None:
    assert decode(TEXT.encode(), declared) == TEXT


def test_one_bad_byte_does_not_make_utf_8_something_else() -> None:
    content = (TEXT * 5).encode() + b"\xff" + TEXT.encode()
    assert decode(content).startswith(TEXT)


def test_windows_1258_with_its_marks_behind_the_letters_is_composed() -> None:
    letters = "".join(_marked_1258(character) for character in TEXT)
    assert decode(letters.encode("cp1258"), "windows-1258") == TEXT
    assert decode(letters.encode("cp1258")) == TEXT


def _marked_1258(character: str) -> str:
    """A letter as windows-1258 has it: whole, or with its tone as a character behind it."""
    try:
        character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        return _toned(parts)
    return character


def _toned(parts: str) -> str:
    tone = next(mark for mark in parts if mark in TONES[1:])
    return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone


@pytest.mark.parametrize("name", ["tcvn3", "viscii", "vps", "vni"])
def test_text_of_before_unicode_is_recognised_in_bytes(name: str) -> None:
    assert decode(legacy.text_as_bytes(legacy.write(TEXT, name))) == TEXT


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("tcvn3", "§¹i héi §¶ng", "Đại hội Đảng"),
        ("vni", "Ñaïi hoäi Ñaûng boä", "Đại hội Đảng bộ"),
        ("viscii", "ÐÕi hµi", "Đại hội"),
        ("utf-8 read twice", "Ä\x90áº¡i há»™i", "Đại hội"),
    ],
)
def test_known_strings_are_read(name: str, written: str, meant: str) -> None:
    assert legacy.read(written, name) == meant


@pytest.mark.parametrize("name", ["tcvn3", "viscii", "vps", "vni"])
@given(letters=st.lists(st.sampled_from(SMALL)))
def test_small_letters_survive_a_round_trip(name: str, letters: list[str]) -> None:
    """Joined by hyphens, since VNI writes a letter and its mark as two characters."""
    text = "-".join(letters)
    assert legacy.read(legacy.write(text, name), name) == text


def test_a_page_in_a_legacy_font_served_as_utf_8_is_repaired() -> None:
    written = legacy.write(TEXT, "tcvn3")
    assert decode(written.encode()) == TEXT


def test_a_page_in_another_language_is_left_alone() -> None:
    text = "Le Président a reçu les députés à l'Élysée, où ils ont été accueillis très chaleureusement."
    assert decode(text.encode()) == text


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "utf-8", "tcvn3", "windows-1258", "hex", "undefined"]),
)
def test_any_bytes_are_decoded_without_an_error(content: bytes, declared: str | None) -> None:
    assert isinstance(decode(content, declared), str)
