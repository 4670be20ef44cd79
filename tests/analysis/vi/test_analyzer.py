from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tintuc_search.analysis.vi import VietnameseAnalyzer, analyzer
from tintuc_search.analysis.vi.normalisation import TermMemo

if TYPE_CHECKING:
    from tintuc_search.analysis import Analyzer

ANALYZER: Analyzer = VietnameseAnalyzer()


@pytest.mark.parametrize(
    "spelling",
    ["Đảng uỷ Khối", "ĐẢNG ỦY KHỐI", "Đảng  ủy\u00a0khối", "«Ðảng Uỷ» khối", "Đảng u\u0309y Khối"],
)
def test_spellings_of_one_name_have_one_key(spelling: str) -> None:
    assert ANALYZER.key(spelling) == "đảng ủy khối"


def test_the_fingerprint_names_code_tables_and_model() -> None:
    assert re.fullmatch(r"vi\d+-[0-9a-f]{12}-pyvi[\d.]+", ANALYZER.fingerprint)


def test_the_fingerprint_changes_with_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = VietnameseAnalyzer().fingerprint
    monkeypatch.setattr(analyzer, "VERSION", analyzer.VERSION + 1)

    assert VietnameseAnalyzer().fingerprint != before


def test_the_memo_starts_anew_when_full() -> None:
    memo = TermMemo(capacity=2)

    assert [memo[raw] for raw in ("Hoà", "Mĩ", "Ủy", "Hoà")] == ["hòa", "mỹ", "ủy", "hòa"]
    assert len(memo) <= 2
