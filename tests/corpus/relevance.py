"""Ranks the judged queries over the sample archive, by the parts that the program itself runs on."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from corpus.judgments import GROUPS, judged_queries
from corpus.measures import MEASURES
from corpus.sample import PAGES, key_of
from patience import ENVIRONMENT
from tintuc_search.indexer.importers import import_paths
from tintuc_search.search.base import SearchQuery
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tintuc_search.archive.base import Archive
    from tintuc_search.search.service import SearchService

DEPTH = 20
"""How many results are looked at: the deepest that a measure does."""

ALL = "all"


def open_sample(home: Path, engine: str = "whoosh") -> Parts:
    """The parts over the sample archive and its index, newly made in ``home``."""
    parts = Parts(load(ENVIRONMENT, home=str(home), engine=engine))
    import_paths(parts.archive, [PAGES], batch=parts.settings.batch)
    parts.prepare_index()
    parts.index()
    return parts


def rankings(home: Path, engine: str = "whoosh") -> dict[str, list[str]]:
    """The keys of the first results by query id, of an archive and an index newly made in ``home``."""
    with open_sample(home, engine) as parts:
        keys = article_keys(parts.archive)
        return {query.id: _ranking(parts.search, query.text, keys) for query in judged_queries()}


def _ranking(service: SearchService, text: str, keys: Mapping[str, str]) -> list[str]:
    return [keys[hit.stored.id] for hit in service.search(SearchQuery(text, page_size=DEPTH)).hits]


def article_keys(archive: Archive) -> dict[str, str]:
    """Article keys by the archive's ids: told by the page as it came, however it was cleaned."""
    pages = {path.read_bytes(): path for path in PAGES.glob("*/*") if path.suffix != ".json"}
    found = ((stored.id, archive.raw(stored.id)) for stored in archive.everything())
    return {article_id: key_of(pages[raw.content]) for article_id, raw in found if raw}


def values(ranked: Mapping[str, list[str]]) -> dict[str, dict[str, float]]:
    """The mean of each measure over the queries of each group, and over all."""
    return {
        group: {name: fmean(_of_each(name, ranked, group)) for name in MEASURES}
        for group in (*GROUPS.values(), ALL)
    }


def _of_each(name: str, ranked: Mapping[str, list[str]], group: str) -> Iterator[float]:
    for query in judged_queries():
        if group in {query.group, ALL}:
            yield MEASURES[name](ranked[query.id], query.grades)
