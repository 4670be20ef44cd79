"""Each rule mends what it says, and is needed for it."""

from __future__ import annotations

import pytest

from tintuc_search.analysis.tables import read_table
from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.analysis.vi.segmentation import Segmenter
from tintuc_search.analysis.vi.segmentation.rules import CLASSES, PACKAGE, RULES

ANALYZER = VietnameseAnalyzer()
ROWS = read_table(PACKAGE, RULES)


def segmented(segmenter: Segmenter, text: str) -> str:
    """``text`` with ``_`` in place of the spaces within words."""
    tokens = ANALYZER.tokens(text)
    within = {
        tokens[place].end
        for word in segmenter.words(tokens)
        for place in range(word.first, word.first + word.length - 1)
    }
    return "".join("_" if place in within else char for place, char in enumerate(text))


@pytest.mark.parametrize(("pattern", "example"), ROWS)
def test_a_rule_mends_its_example(pattern: str, example: str) -> None:
    assert segmented(Segmenter(), example.replace("_", " ")) == example, pattern


@pytest.mark.parametrize(("pattern", "example"), ROWS)
def test_the_model_alone_gets_the_example_wrong(pattern: str, example: str) -> None:
    assert segmented(Segmenter(mended=False), example.replace("_", " ")) != example, pattern


def test_every_class_that_a_pattern_names_has_members() -> None:
    classes = {f"<{name}>" for name, _ in read_table(PACKAGE, CLASSES)}
    named = {
        part for pattern, _ in ROWS for part in pattern.replace("_", " ").split() if part[0] == "<"
    }

    assert named - {"<abbreviation>", "<name>"} == classes
