"""How fast an archive stores and reads on SQLite and on a PostgreSQL server, side by side in one run.

::

    python -m benchmarks.archive_rates articles.jsonl.gz --limit 5000 --url postgresql:///empty

The databases take turns batch by batch, so that whatever else the machine does meets all of them.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.indexing import read_articles

from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming, RawPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tintuc_search.archive.store import SqlArchive

BATCH = 200
PAGE_BYTES = 40_000
"""About what a page of a paper's site has around its text."""


def incoming(paths: Path, limit: int) -> Iterator[Incoming]:
    """Articles with a page each, as a crawl stores them."""
    for number, article in enumerate(itertools.islice(read_articles(paths), limit)):
        page = (article.text + f"<div class='{number}'>").encode()
        page *= max(1, PAGE_BYTES // len(page))
        yield Incoming(article, f"x:{number}", RawPage(page))


def measure(archives: dict[str, SqlArchive], batches: Sequence[Sequence[Incoming]]) -> None:
    """Print articles a second for each kind of work and each archive."""
    ids: dict[str, list[str]] = {}

    def put(name: str, batch: Sequence[Incoming]) -> None:
        ids[name] = [each for each, _ in archives[name].put(batch)]

    def put_singly(name: str, batch: Sequence[Incoming]) -> None:
        for each in batch:
            archives[name].put([each])

    kinds: dict[str, Callable[[str, Sequence[Incoming]], object]] = {
        "put, new": put,
        "get_many": lambda name, _batch: archives[name].get_many(ids[name]),
        "put again, unchanged": put,
        "put again, one a transaction": put_singly,
    }
    seconds: Counter[tuple[str, str]] = Counter()
    articles = 0
    for batch in batches:
        articles += len(batch)
        for name in archives:
            for kind, work in kinds.items():
                began = time.perf_counter()
                work(name, batch)
                seconds[kind, name] += time.perf_counter() - began  # type: ignore[assignment]
    for name, archive in archives.items():
        began, mark = time.perf_counter(), 0
        while changes := archive.changes(mark, BATCH):
            mark = changes[-1].sequence
        seconds["changes, all", name] = time.perf_counter() - began  # type: ignore[assignment]
    print(f"{articles} articles a second:", *archives, sep="\t")
    for kind in (*kinds, "changes, all"):
        print(kind, *(f"{articles / seconds[kind, name]:.0f}" for name in archives), sep="\t")


def main() -> None:
    """Parse the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jsonl", type=Path)
    parser.add_argument("--limit", type=int, default=5000)
    parser.add_argument("--url", action="append", default=[], help="of an empty database")
    given = parser.parse_args()
    batches = list(batched(incoming(given.jsonl, given.limit)))
    with ExitStack() as left:
        folder = left.enter_context(tempfile.TemporaryDirectory(prefix="tintuc-bench-"))
        urls = {"sqlite": f"sqlite:///{folder}/archive.sqlite"}
        urls |= {urlsplit(url).scheme: url for url in given.url}
        archives = {
            name: left.enter_context(closing(open_archive(url))) for name, url in urls.items()
        }
        measure(archives, batches)


def batched(articles: Iterator[Incoming]) -> Iterator[list[Incoming]]:
    """Lists of :data:`BATCH`, the last one shorter."""
    while batch := list(itertools.islice(articles, BATCH)):
        yield batch


if __name__ == "__main__":
    main()
