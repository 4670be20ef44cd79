"""How fast the Whoosh engine writes and answers.

    python benchmarks/engine_speed.py ARTICLES.jsonl[.gz] [--count 3000] [--batch 200] [--words]

Prints one line for each measure: articles a second for writing, and for each kind of query the median and
the 95th percentile in milliseconds, once with an empty cache of postings and once with a full one. Keyword
ids are drawn at random, 20 an article, so that facets have something to count.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.engine.base import (
    PARAGRAPH_GAP,
    AllOf,
    AnyOf,
    FieldText,
    IndexDocument,
    Interval,
    KeywordField,
    MostOf,
    Phrase,
    SearchRequest,
    Terms,
    TextField,
    WeightedTerm,
)
from tintuc_search.engine.whoosh_engine import WhooshEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tintuc_search.engine.base import QueryNode

DRAWN = {  # field: how many ids an article has, how many there are
    KeywordField.SOURCE: (1, 20),
    KeywordField.SECTION: (1, 30),
    KeywordField.AUTHOR: (1, 500),
    KeywordField.PERSON: (8, 5000),
    KeywordField.ORGANISATION: (6, 3000),
    KeywordField.PLACE: (3, 800),
}
QUERIES = 200


def field_text(
    analyzer: VietnameseAnalyzer, paragraphs: Sequence[str], *, words: bool
) -> FieldText:
    """Analyse the paragraphs of one field."""
    terms: list[str] = []
    positions: list[int] = []
    found: list[tuple[str, int]] = []
    begin = 0
    for paragraph in paragraphs:
        tokens = analyzer.tokens(paragraph)
        terms += tokens.terms
        positions += range(begin, begin + len(tokens))
        if words:
            found += [(w.term, begin + w.first) for w in analyzer.words(tokens)]
        begin += len(tokens) + PARAGRAPH_GAP
    return FieldText(tuple(terms), tuple(positions), tuple(found))


def read(path: Path, count: int, *, words: bool) -> Iterator[IndexDocument]:
    """Read and analyse the first ``count`` articles."""
    analyzer, chance = VietnameseAnalyzer(), random.Random(5)  # noqa: S311 - to be repeatable
    unpack = gzip.open if path.suffix == ".gz" else open
    with unpack(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, count)):
            article = json.loads(line)
            paragraphs = {
                TextField.TITLE: [article["title"]],
                TextField.LEAD: [article.get("lead") or ""],
                TextField.BODY: article["body"].split("\n"),
            }
            date = article.get("published_at")
            yield IndexDocument(
                id=str(number),
                texts={
                    field: field_text(analyzer, text, words=words)
                    for field, text in paragraphs.items()
                },
                published=int(datetime.fromisoformat(date).timestamp()) if date else None,
                keywords={
                    field: tuple({f"{int(of * chance.random() ** 3)}" for _ in range(each)})
                    for field, (each, of) in DRAWN.items()
                },
            )


def write(engine: WhooshEngine, documents: Sequence[IndexDocument], batch: int) -> None:
    """Index the documents in transactions of ``batch`` and print how fast that went."""
    begin, used, longest = time.perf_counter(), time.process_time(), 0.0
    for first in range(0, len(documents), batch):
        with engine.writer() as writer:
            for document in documents[first : first + batch]:
                writer.add(document)
            before = time.perf_counter()
            writer.commit(first)
            longest = max(longest, time.perf_counter() - before)
    seconds, used = time.perf_counter() - begin, time.process_time() - used
    size = sum(file.stat().st_size for file in engine.path.iterdir()) / 1e6
    print(
        f"write: {len(documents) / seconds:.0f} articles/s, {1e3 * used / len(documents):.1f} ms of "
        f"processor each, longest commit {longest:.1f} s, {size:.0f} MB, "
        f"{len(list(engine.path.glob('*.seg')))} segments"
    )


def term(name: str) -> Terms:
    """One plain term."""
    return Terms((WeightedTerm(name),))


KINDS: dict[str, Callable[[tuple[str, ...]], QueryNode]] = {
    "all of 4 syllables": lambda title: AllOf(tuple(map(term, title[:4]))),
    "any of a title": lambda title: AnyOf(tuple(map(term, title))),
    "most of a title": lambda title: MostOf(tuple(map(term, title))),
    "phrase of 3": lambda title: Phrase(tuple((WeightedTerm(name),) for name in title[:3])),
    "4 within 10": lambda title: Phrase(tuple((WeightedTerm(name),) for name in title[:4]), slop=6),
}


def measure(engine: WhooshEngine, requests: Sequence[SearchRequest]) -> str:
    """Answer the requests; the median and 95th percentile in milliseconds."""
    times = []
    for request in requests:
        begin = time.perf_counter()
        engine.search(request)
        times.append(1e3 * (time.perf_counter() - begin))
    times.sort()
    return f"{times[len(times) // 2]:7.2f} /{times[int(len(times) * 0.95)]:7.2f}"


def search(path: Path, documents: Sequence[IndexDocument]) -> None:
    """Print how fast each kind of query is answered."""
    chance = random.Random(3)  # noqa: S311 - to be repeatable
    titles = [document.texts[TextField.TITLE].terms for document in documents]
    titles = chance.sample([title for title in titles if len(title) > 3], QUERIES)
    for name, make in KINDS.items():
        for counted in (False, True):
            requests = [
                SearchRequest(
                    make(title),
                    facets=dict.fromkeys(DRAWN, 20) if counted else {},
                    histogram=Interval.MONTH if counted else None,
                )
                for title in titles
            ]
            engine = WhooshEngine(path)
            begin = time.perf_counter()
            engine.search(requests[0])
            first = 1e3 * (time.perf_counter() - begin)
            cold, warm = measure(engine, requests), measure(engine, requests)
            engine.close()
            with_facets = "with 6 facets and months" if counted else ""
            print(f"{name:19} first {first:4.0f}  cold {cold}  warm {warm}  {with_facets}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--words", action="store_true", help="index the segmenter's words too")
    options = parser.parse_args()
    documents = list(read(options.path, options.count, words=options.words))
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        engine.rebuild()
        write(engine, documents, options.batch)
        engine.close()
        search(Path(folder), documents)


if __name__ == "__main__":
    main()
