"""How well entities are found, how fast, and how much memory the dictionaries take.

::

    python -m benchmarks.entities                                over the marked articles of the sample archive
    python -m benchmarks.entities articles.jsonl gold.jsonl      over others: lines of id and text, lines of marks

Precision, recall and F1 by kind are over all articles (``tests/corpus/entity_scores.py``). Speed is of one core, by
the process's own time, the best of several runs, with dictionaries loaded; an article is 550 syllables. Memory is
what the process holds more of once the recogniser is made and has read a first text; Linux only.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corpus.entity_scores import scores
from corpus.marked import marked, read_marked
from tintuc_search.entities import Recogniser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.marked import Marked

RUNS = 5
ARTICLE = 550
"""Syllables of an article of usual length."""
RESIDENT = Path("/proc/self/statm")


def resident() -> float | None:
    """The megabytes that the process holds in memory, ``None`` where the system does not say."""
    if not RESIDENT.exists():
        return None
    pages = int(RESIDENT.read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def load() -> Recogniser:
    """A recogniser that has read a first text; prints what it takes."""
    before, began = resident(), time.process_time()
    recogniser = Recogniser()
    recogniser.recognise("Bộ trưởng Bộ Công an Lê Văn Thử làm việc tại Quảng Ninh.")
    taken, after = time.process_time() - began, resident()
    print(f"{'dictionaries, loading':<26}{taken * 1000:>8.0f} ms")
    if before is not None and after is not None:
        print(f"{'dictionaries, memory':<26}{after - before:>8.1f} MB")
    return recogniser


def report_speed(recogniser: Recogniser, articles: Sequence[Marked]) -> None:
    """Print how many articles of usual length one core reads in a second."""
    syllables = sum(len(article.text.split()) for article in articles)
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        for article in articles:
            recogniser.recognise(article.text)
        taken.append(time.process_time() - began)
    best, worst = (syllables / ARTICLE / seconds for seconds in (min(taken), max(taken)))
    print(f"{'speed':<26}{best:>8.0f} articles of {ARTICLE} syllables/s (worst run {worst:.0f})")


def report_scores(recogniser: Recogniser, articles: Sequence[Marked]) -> None:
    """Print the table."""
    print(f"{f'{len(articles)} articles':<16}precision  recall     F1   marked  found  right")
    for kind, score in scores(articles, recogniser).items():
        shares = f"{score.precision:>9.3f}{score.recall:>8.3f}{score.f1:>7.3f}"
        print(f"{kind:<16}{shares}{score.marked:>9}{score.found:>7}{score.right:>7}")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("articles", type=Path, nargs="?", help="a .jsonl file: id and text a line")
    parser.add_argument("gold", type=Path, nargs="?", help="a .jsonl file: the marks of each")
    given = parser.parse_args()
    if (given.articles is None) != (given.gold is None):
        parser.error("articles and gold belong together")

    recogniser = load()
    articles = read_marked(given.articles, given.gold) if given.articles else marked()
    report_scores(recogniser, articles)
    report_speed(recogniser, articles)


if __name__ == "__main__":
    main()
