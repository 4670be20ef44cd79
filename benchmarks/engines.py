"""One archive on every engine, side by side: how fast it is filled and asked, in how much memory.

Prints one table for each size: articles a second from the archive to searchable (analysis and entities counted) for
the first engine, and from kept analyses, beside the index in use, for the others and then for the first again; the
search service with highlights and five facets, cold (a new process) and warm, and the engine's part of its best ten
without facets, in milliseconds, p50 / p95; a process's private memory after all of that (mapped files apart). Below,
the same queries on engines used plainly, in the same run.

    python -m benchmarks.engines news.jsonl.gz known-items.tsv --sizes 10000 20000 --engines whoosh tantivy
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from benchmarks.given import BATCH, incoming, read_lines, read_queries
from benchmarks.peers import Fts5, PlainOpenSearch, PlainTantivy, PlainWhoosh, words_of

from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from benchmarks.peers import Peer

    from tintuc_search.article import Article

SHORT = 4
QUERIES = 100
COMMON = (
    *("chính phủ", "quốc hội", "trung ương đảng", "tổng bí thư", "chủ tịch nước", "thủ tướng"),
    *("hội đồng nhân dân", "ủy ban nhân dân", "xây dựng đảng", "kinh tế xã hội"),
)
PEERS = ("fts5", "tantivy", "whoosh", "opensearch")
Times = dict[str, list[float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="JSONL, maybe .gz: id, title, lead, body, …")
    parser.add_argument("queries", type=Path, help="TSV: id of an article, its title")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000], help="numbers of articles")
    parser.add_argument("--engines", nargs="+", default=["whoosh", "tantivy"])
    parser.add_argument("--home", type=Path, help="keep archives and indexes here, use those there")
    parser.add_argument("--opensearch", help="the URL of a cluster, for the plain one too")
    parser.add_argument(
        "--peers",
        nargs="*",
        choices=PEERS,
        default=PEERS,
        help="the engines used plainly; none where no name follows",
    )
    given = parser.parse_args()
    home = given.home or Path(tempfile.mkdtemp(prefix="tintuc-bench-"))
    asked = kinds([title for _, title in read_queries(given.queries, QUERIES)])
    for size in given.sizes:
        print(f"\n## {size} articles\n", flush=True)
        place = home / str(size)
        for engine in (*given.engines, given.engines[0]):
            rate = _filled(place, given.articles, size, engine, given.opensearch)
            _report(engine, rate, _asked(place, engine, asked, given.opensearch))
        if given.peers:
            _peers(home / str(size), asked, size, given.opensearch, given.peers)


def kinds(titles: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The queries of each kind, with the operator that says the same to an engine used plainly."""
    words = [words_of(title) for title in titles]
    short = [" ".join(each[:SHORT]) for each in words if len(each) >= SHORT]
    return {
        "short, all": [(text, "all") for text in short],
        "short, any": [(text, "any") for text in short],
        "title, any": [(" ".join(each), "any") for each in words if each],
        "common, all": [(text, "all") for text in COMMON],
        "common, any": [(text, "any") for text in COMMON],
        "common, phrase": [(text, "phrase") for text in COMMON],
        "short, phrase": [(text, "phrase") for text in short],
    }


def settings_of(home: Path, engine: str, cluster: str | None) -> dict[str, Any]:
    """What the settings of an archive and an engine are."""
    found: dict[str, Any] = {"home": str(home), "engine": engine}
    if cluster:
        # Archives measured on one cluster must not take each other's indexes for their own.
        place = crc32(str(home.resolve()).encode())
        found |= {"opensearch_urls": cluster, "opensearch_replicas": "0"}
        found["opensearch_prefix"] = f"bench-{place:08x}"
    return found


def _filled(home: Path, articles: Path, size: int, engine: str, cluster: str | None) -> str:
    """Fill archive and index; articles a second, from the archive the first time, then from kept analyses."""
    what = "from kept analyses" if (home / "index").exists() else "from the archive"
    with Parts(load(**settings_of(home, engine, cluster))) as parts:
        if parts.archive.count() == 0:
            lines = (incoming(line, body_only=False) for line in islice(read_lines(articles), size))
            while batch := list(islice(lines, BATCH)):
                parts.archive.put(batch)
        began = time.perf_counter()
        if what == "from the archive":
            parts.prepare_index()
            parts.index()
            parts.places.use(engine, parts.folder)  # the others take over from it what they can
        else:
            with parts.rebuilding() as new:
                new.parts.index(known=new.known)
                new.switch()
            if not new.known:  # the same engine's index is in use: nothing is taken over from it
                what += ", all counted anew"
        rate = size / (time.perf_counter() - began)
    return f"{rate:.0f} articles/s {what}"


def _asked(
    home: Path, engine: str, asked: Mapping[str, Sequence[tuple[str, str]]], cluster: str | None
) -> dict[str, Any]:
    """What a new process measures; see ``benchmarks/asking.py``."""
    task = {"settings": settings_of(home, engine, cluster), "asked": asked}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.asking"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _report(engine: str, rate: str, found: Mapping[str, Any]) -> None:
    print(f"{engine}: {rate}; {found['memory']:.0f} MB private")
    print(f"  {'':16}{'service cold':>16}{'warm':>14}{'engine, ten':>16}")
    for kind, times in found["times"].items():
        cold, warm, alone = (_shown(times[name]) for name in ("cold", "warm", "engine"))
        print(f"  {kind:16}{cold:>16}{warm:>14}{alone:>16}")
    every = {
        name: [t for times in found["times"].values() for t in times[name]]
        for name in ("cold", "warm", "engine")
    }
    cold, warm, alone = (_shown(every[name]) for name in ("cold", "warm", "engine"))
    print(f"  {'all kinds':16}{cold:>16}{warm:>14}{alone:>16}", flush=True)


def _peers(
    home: Path,
    asked: Mapping[str, Sequence[tuple[str, str]]],
    size: int,
    cluster: str | None,
    names: Sequence[str],
) -> None:
    with tempfile.TemporaryDirectory() as place, Parts(load(home=str(home))) as parts:
        folder = Path(place)
        makers: dict[str, Callable[[], Peer]] = {
            "fts5": lambda: Fts5(folder),
            "tantivy": lambda: PlainTantivy(folder),
            "whoosh": lambda: PlainWhoosh(folder),
        }
        if cluster:
            makers["opensearch"] = lambda: PlainOpenSearch(cluster)
        for name in names:
            if name not in makers:
                continue
            peer = makers[name]()
            if size > peer.most:
                print(f"{peer.name}, plain: not with more than {peer.most} articles")
                continue
            began = time.perf_counter()
            peer.fill(_articles(parts))
            rate = size / (time.perf_counter() - began)
            shown = []
            for kind, queries in asked.items():
                times = []
                for text, operator in queries:
                    begin = time.perf_counter()
                    peer.search(words_of(text), operator)
                    times.append(1000 * (time.perf_counter() - begin))
                shown.append(f"{kind} {_shown(times)}")
            print(f"{peer.name}, plain: {rate:.0f} articles/s; {'; '.join(shown)}", flush=True)
            if isinstance(peer, PlainOpenSearch):
                peer.close()


def _articles(parts: Parts) -> Iterator[Article]:
    return (stored.article for stored in parts.archive.everything())


def _shown(times: Sequence[float]) -> str:
    """Median and 95th percentile."""
    ordered = sorted(times)
    p50, p95 = ordered[len(ordered) // 2], ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return f"{p50:.1f} / {p95:.1f}"


if __name__ == "__main__":
    main()
