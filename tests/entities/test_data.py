"""The lists are sorted, without repeats, in NFC, and say what they are."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from tintuc_search.analysis.tables import read_table, table_text
from tintuc_search.entities.tables import FILES

PACKAGE = "tintuc_search.entities"


@pytest.mark.parametrize("name", FILES)
def test_a_list_is_sorted_unique_and_has_a_head(name: str) -> None:
    text = table_text(PACKAGE, name)
    head = [line for line in text.splitlines() if line.startswith("# ")]
    lines = text.splitlines()[len(head) :]

    assert lines == sorted(set(lines))
    assert text == normalize("NFC", text)
    assert len({len(row) for row in read_table(PACKAGE, name)}) == 1
    assert any(line.startswith("# Source: ") and "licence: " in line for line in head)
    assert any("Column" in line for line in head)
