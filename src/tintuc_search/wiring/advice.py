"""Which engine suits an archive of a size, what another would gain, and whether the loops are compiled.

``docs/scale.md`` shows what ``benchmarks/engines.py`` measured: up to the first bound both file engines cost the
same to ask, and Tantivy is written five times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass

from tintuc_search.engine import loops


@dataclass(frozen=True, slots=True)
class Suits:
    """An engine, the largest number of articles that it is advised for, and what a change to it gains."""

    engine: str
    articles: int
    gain: str


ENGINES = (
    Suits("whoosh", 20_000, "nothing more to install"),
    Suits("tantivy", 5_000_000, "an index written five times as fast from kept analyses"),
    Suits("opensearch", 10**12, "several machines: shards, copies, indexers side by side"),
)
"""The engines, the one for the smallest archives first."""


def advised(articles: int) -> Suits:
    """The first engine that suits so many articles."""
    return next(each for each in ENGINES if articles <= each.articles)


def advice(engine: str, articles: int) -> str:
    """What to say of the engine in use; empty where it suits, or a greater one than is needed is in use.

    >>> advice("whoosh", 4000), advice("opensearch", 4000)
    ('', '')
    >>> advice("whoosh", 400_000).split(";")[0]
    'tantivy suits 400000 articles better: an index written five times as fast from kept analyses'
    """
    best = advised(articles)
    order = [each.engine for each in ENGINES]
    if order.index(engine) >= order.index(best.engine):
        return ""
    return (
        f"{best.engine} suits {articles} articles better: {best.gain}; "
        f"`tintuc index --engine {best.engine} --rebuild`"
    )


def loops_advice() -> str:
    """What to say where the loops of the engines run in NumPy; empty where they are compiled."""
    if loops.COMPILED:
        return ""
    return (
        "its loops are not compiled, it takes more than twice as long: install gcc and Python's "
        "headers (python3-dev), then install tintuc-search again"
    )
