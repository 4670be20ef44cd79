"""Which engine is advised for an archive."""

from __future__ import annotations

import pytest

from tintuc_search.settings import ENGINES as KNOWN
from tintuc_search.wiring.advice import ENGINES, advice, advised


@pytest.mark.parametrize(
    ("articles", "engine"),
    [
        (0, "whoosh"),
        (20_000, "whoosh"),
        (20_001, "tantivy"),
        (5_000_000, "tantivy"),
        (5_000_001, "opensearch"),
    ],
)
def test_each_size_has_its_engine(articles: int, engine: str) -> None:
    assert advised(articles).engine == engine


@pytest.mark.parametrize(
    ("engine", "articles", "told"),
    [
        ("whoosh", 20_000, ""),
        ("tantivy", 10, ""),
        ("opensearch", 10, ""),
        ("whoosh", 100_000, "`tintuc index --engine tantivy --rebuild`"),
        ("whoosh", 9_000_000, "`tintuc index --engine opensearch --rebuild`"),
        ("tantivy", 9_000_000, "several machines"),
    ],
)
def test_only_a_greater_engine_is_advised_with_what_it_gains(
    engine: str, articles: int, told: str
) -> None:
    said = advice(engine, articles)

    assert told in said
    assert bool(told) == bool(said)


def test_every_engine_of_the_settings_is_known() -> None:
    assert {each.engine for each in ENGINES} == set(KNOWN)
