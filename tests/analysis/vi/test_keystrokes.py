from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.analysis.vi.folding import is_marked
from tintuc_search.analysis.vi.keystrokes import decode
from tintuc_search.analysis.vi.spelling import is_syllable


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        # Telex: marks directly behind their letter, or at the end
        ("toongr", ["tổng"]),
        ("toorng", ["tổng"]),
        ("tongor", ["tổng"]),
        ("bis", ["bí"]),
        ("thuw", ["thư"]),
        ("thw", ["thư"]),
        ("tw", ["tư"]),
        ("ddoanf", ["đoàn"]),
        ("nguoiwf", ["người"]),
        ("nieen", ["niên"]),
        ("nuwowcs", ["nước"]),
        ("nuowcs", ["nước"]),
        ("nuocws", ["nước"]),
        ("dduwowngf", ["đường"]),
        ("thuowr", ["thuở"]),
        ("quowr", ["quở"]),
        ("quoocs", ["quốc"]),
        ("quyeets", ["quyết"]),
        ("tieengs", ["tiếng"]),
        ("nghieeng", ["nghiêng"]),
        ("hoaf", ["hòa"]),
        ("kis", ["ký"]),
        ("xax", ["xã"]),
        ("sawps", ["sắp"]),
        ("giaf", ["già"]),
        ("gif", ["gì"]),
        # VNI
        ("tong63", ["tổng"]),
        ("to6ng3", ["tổng"]),
        ("tong3", ["tỏng"]),
        ("bi1", ["bí"]),
        ("thu7", ["thư"]),
        ("d9oan2", ["đoàn"]),
        ("doan92", ["đoàn"]),
        ("nuoc71", ["nước"]),
        ("nu7o7c1", ["nước"]),
        ("nguoi72", ["người"]),
        ("tha8ng1", ["thắng"]),
        # neither
        ("tong", []),
        ("covid19", []),
        ("dad", []),
        ("did", []),
        ("g7", []),
        ("g20", []),
        ("b52", []),
        ("su30", []),
        ("mi8", []),
        ("f16", []),
        ("2019", []),
        ("w", ["ư"]),
        ("wto", []),
        ("www", []),
        ("trump", []),
        ("obama", []),
        ("asean", []),
        ("news", []),
        ("covid", []),
        ("press", []),
        ("tổngr", []),
        ("t.ư", []),
        ("", []),
    ],
)
def test_keys_give_the_syllable_that_a_keyboard_program_would(
    keys: str, expected: list[str]
) -> None:
    assert expected == [found.term for found in decode(keys)]


def test_says_the_way_of_typing_and_whether_the_keys_are_telling() -> None:
    assert [("Telex", "tổng", True)] == decode("toongr")
    assert [("Telex", "công", False)] == decode("congo")
    assert [("VNI", "bí", False)] == decode("bi1")


@given(st.text("abcdeghiklmnopqrstuvwxy123456789fj", max_size=14))
def test_whatever_keys_give_is_a_syllable_with_marks(keys: str) -> None:
    for found in decode(keys):
        assert is_syllable(found.term)
        assert is_marked(found.term)
