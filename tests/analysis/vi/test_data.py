"""The tables are sorted, without repeats, and say what they are."""

from __future__ import annotations

import pytest

from tintuc_search.analysis.tables import read_table, table_text

PACKAGE = "tintuc_search.analysis.vi"


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("abbreviations.tsv", 4),
        ("confusions.tsv", 3),
        ("joining_words.tsv", 1),
        ("lookalikes.tsv", 3),
        ("numerals.tsv", 2),
        ("onsets.tsv", 2),
        ("ordinals.tsv", 2),
        ("rimes.tsv", 2),
        ("segmentation_classes.tsv", 2),
        ("segmentation_rules.tsv", 2),
    ],
)
def test_a_table_is_sorted_unique_and_has_a_head(name: str, columns: int) -> None:
    head = [line for line in table_text(PACKAGE, name).splitlines() if line.startswith("# ")]
    rows = read_table(PACKAGE, name)

    assert rows == sorted(set(rows))
    assert {len(row) for row in rows} == {columns}
    assert "Source:" in " ".join(head) or "Source of" in " ".join(head)
    assert "licence:" in " ".join(head)


def test_the_tone_letter_of_a_rime_is_one_of_its_vowels() -> None:
    assert all(
        rime[int(place)] in "aăâeêioôơuưy" for rime, place in read_table(PACKAGE, "rimes.tsv")
    )
