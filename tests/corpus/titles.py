"""Looks every article of the sample archive up by its title, typed in several ways, among the bodies alone."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING
from unicodedata import normalize

from corpus.measures import reciprocal_rank
from corpus.sample import articles
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.search.base import Match, SearchQuery
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import Archive

WRITTEN, UNMARKED, HALF = "as written", "unmarked", "every second word unmarked"
Typed = dict[str, dict[str, tuple[list[str], str]]]
"""By way of typing and key of the article: the keys found, best first, and the reading taken."""


def typed_titles(home: Path) -> Typed:
    """What the titles find in an archive and an index newly made in ``home``."""
    with Parts(load({}, home=str(home))) as parts:
        for sample in articles():
            article = Article(
                title="—",
                paragraphs=tuple(sample.fields["paragraphs"]),
                source_id=sample.key,
            )
            parts.archive.put([Incoming(article, sample.key)])
        parts.prepare_index()
        parts.index()
        keys = own_keys(parts.archive)
        return {name: _found(way, parts, keys) for name, way in _ways(parts.analyzer).items()}


def own_keys(archive: Archive) -> dict[str, str]:
    """Article keys by the archive's ids."""
    return {stored.id: stored.article.source_id or "" for stored in archive.everything()}


def titles() -> dict[str, str]:
    """The titles by key."""
    return {sample.key: normalize("NFC", sample.fields["title"]) for sample in articles()}


def _ways(analyzer: Analyzer) -> dict[str, Callable[[str], str]]:
    key, fold = analyzer.key, analyzer.fold

    def half(title: str) -> str:
        words = key(title).split()
        return " ".join(fold(word) if place % 2 else word for place, word in enumerate(words))

    return {WRITTEN: key, UNMARKED: lambda title: fold(key(title)), HALF: half}


def _found(
    way: Callable[[str], str], parts: Parts, keys: Mapping[str, str]
) -> dict[str, tuple[list[str], str]]:
    found = {}
    for wanted, title in titles().items():
        text = way(title)
        answer = parts.search.search(SearchQuery(text, match=Match.ANY))
        ranking = [keys[hit.stored.id] for hit in answer.hits]
        found[wanted] = ranking, parts.analyzer.key(answer.query.reading or text)
    return found


def values(typed: Typed) -> dict[str, dict[str, float]]:
    """MRR@10 by way of typing, and the share of syllables that readings of unmarked titles get right."""
    reached = {
        name: {"mrr@10": fmean(reciprocal_rank(row, {key: 2}) for key, (row, _) in found.items())}
        for name, found in typed.items()
    }
    pairs = [
        (written.split(), typed[UNMARKED][key][1].split())
        for key, (_, written) in typed[WRITTEN].items()
    ]
    right = sum(a == b for title, read in pairs for a, b in zip(title, read, strict=True))
    reached[UNMARKED]["syllables"] = right / sum(len(title) for title, _ in pairs)
    return reached
