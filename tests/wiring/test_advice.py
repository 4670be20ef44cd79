"""Which engine is advised for an archive."""

from __future__ import annotations

import pytest

from tintuc_search.engine import loops
from tintuc_search.settings import ENGINES as KNOWN
from tintuc_search.wiring.advice import ENGINES, advice, advised, loops_advice


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


@pytest.mark.parametrize(("compiled", "told"), [(True, ""), (False, "install gcc and Python's")])
def test_loops_that_are_not_compiled_are_told(
    monkeypatch: pytest.MonkeyPatch, told: str, *, compiled: bool
) -> None:
    monkeypatch.setattr(loops, "COMPILED", compiled)

    assert told in loops_advice()
    assert bool(told) == bool(loops_advice())


def test_every_engine_of_the_settings_is_known() -> None:
    assert {each.engine for each in ENGINES} == set(KNOWN)
