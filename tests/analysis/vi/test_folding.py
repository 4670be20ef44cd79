from __future__ import annotations

import pytest

from tintuc_search.analysis.vi.folding import fold, is_marked


@pytest.mark.parametrize(
    ("term", "folded", "marked"),
    [
        ("đường", "duong", True),
        ("đ", "d", True),
        ("thanh_niên", "thanh_nien", True),
        ("quốc", "quoc", True),
        ("ơ", "o", True),
        ("ă", "a", True),
        ("t.ư", "t.u", True),
        ("tổng", "tong", True),
        ("hội", "hoi", True),
        ("covid", "covid", False),
        ("2019", "2019", False),
        ("müller", "muller", False),
        ("москва", "москва", False),
    ],
)
def test_a_term_without_its_marks(term: str, folded: str, marked: bool) -> None:
    assert fold(term) == folded
    assert is_marked(term) is marked
