"""How the catalogue of entities grows: time, memory and disk after so many articles, and for a few more on top.

::

    python -m benchmarks.catalogue articles.jsonl.gz --sizes 1000 2000 4000

Times are the process's own (one core, whatever else the machine does), without recognition; memory is the process's
greatest until then, lists and recogniser among it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import tempfile
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive.base import StoredArticle
from tintuc_search.article import Article, parse_time
from tintuc_search.catalogue.store import SqliteCatalogue
from tintuc_search.entities import Recogniser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.entities import ArticleEntities

BATCH = 500
FEW = 20
NOW = datetime(2026, 1, 1, tzinfo=UTC)

Named = tuple[StoredArticle, "ArticleEntities"]


def read(path: Path, recogniser: Recogniser) -> Iterator[Named]:
    """The articles of a file of import lines, with what they name; their texts are let go."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
        for number, line in enumerate(lines):
            given = json.loads(line)
            text = "\n".join((given["title"], given.get("lead") or "", given["body"]))
            article = Article(given["title"], published_at=parse_time(given.get("published_at")))
            name = str(given.get("id", number))
            yield (
                StoredArticle(name, article, 1, number, NOW, NOW),
                recogniser.recognise(text),
            )


def measure(
    catalogue: SqliteCatalogue, file: Path, named: Iterator[Named], sizes: Sequence[int]
) -> None:
    """Fill a catalogue up to each size, settle it, and tell what that took."""
    print("articles  entities  apply s  settle s  few more s  peak MB  file MB")
    count, apply, settle = 0, 0.0, 0.0
    for size in sizes:
        while count < size and (batch := list(islice(named, min(BATCH, size - count)))):
            begun = time.process_time()
            catalogue.apply(batch, [])
            apply += time.process_time() - begun
            count += len(batch)
        settle += _settled(catalogue)
        few = list(islice(named, FEW))
        count += len(few)
        catalogue.apply(few, [])
        again = _settled(catalogue)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        entities, _ = catalogue.entities(limit=1)
        disk = file.stat().st_size / 1e6
        print(
            f"{count:8,} {entities:9,} {apply:8.1f} {settle:9.1f} {again:11.2f} {peak:8.0f} {disk:8.1f}",
            flush=True,
        )


def _settled(catalogue: SqliteCatalogue) -> float:
    begun = time.process_time()
    catalogue.settle()
    return time.process_time() - begun


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 4000])
    asked = parser.parse_args()
    recogniser = Recogniser()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "entities.sqlite")
        catalogue = SqliteCatalogue(file, None, lambda: recogniser, VietnameseAnalyzer())
        catalogue.clear()
        measure(catalogue, file, read(asked.articles, recogniser), asked.sizes)
        catalogue.close()


if __name__ == "__main__":
    main()
