"""How fast text is cut to syllables and words, beside pyvi in the same run, and whether the labels are pyvi's.

::

    python benchmarks/segmentation.py articles.jsonl.gz --limit 1000

Times are the process's own, the best of several runs after one to warm up; syllables are those of the analyzer.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
import tracemalloc
import warnings
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tintuc_search.analysis.vi import VietnameseAnalyzer
from tintuc_search.analysis.vi.segmentation.labelling import Labeller
from tintuc_search.analysis.vi.segmentation.model import load_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUNS = 5


def read_texts(path: Path) -> Iterator[str]:
    """Title, lead and body of every article of a JSONL file."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            yield "\n".join(item.get(name) or "" for name in ("title", "lead", "body"))


def seconds(call: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The shortest and the longest of several runs."""
    call()
    taken = []
    for _ in range(runs):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return min(taken), max(taken)


def report(label: str, taken: tuple[float, float], syllables: int, articles: int) -> None:
    """Print one line."""
    best, worst = taken
    print(
        f"{label:<38}{syllables / best:>12,.0f} syllables/s (worst run {syllables / worst:,.0f})"
        f"{best / articles * 1000:>8.2f} ms an article"
    )


def load_pyvi() -> Any:
    """The tokenizer of pyvi itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvi.ViTokenizer import ViTokenizer  # noqa: PLC0415 - it warns when imported
    return ViTokenizer


def load_own() -> Labeller:
    """Our labeller; prints what loading takes."""
    tracemalloc.start()
    load_model()
    print(f"{'model, memory':<38}{tracemalloc.get_traced_memory()[0] / 1e6:>12.1f} MB")
    tracemalloc.stop()
    load_model.cache_clear()
    began = time.process_time()
    labeller = Labeller(load_model())
    print(f"{'model, loading':<38}{(time.process_time() - began) * 1000:>12.0f} ms")
    return labeller


def compare_with_pyvi(texts: list[str], labeller: Labeller) -> None:
    """Label pyvi's own pieces both ways; print the speeds and how many labels differ."""
    pyvi = load_pyvi()
    pieces = [pyvi.sylabelize(text)[1] for text in texts]

    def by_pyvi() -> list[list[str]]:
        return [pyvi.model.predict_single(pyvi.sent2features(each, False)) for each in pieces]

    def by_us() -> list[list[bool]]:
        return [labeller.label(each) for each in pieces]

    count = sum(map(len, pieces))
    pairs = zip(by_pyvi(), by_us(), strict=True)
    differing = sum((one == "I_W") != two for row in pairs for one, two in zip(*row, strict=True))
    theirs, ours = seconds(by_pyvi, runs=2), seconds(by_us)
    report("labels by pyvi", theirs, count, len(texts))
    report("the same labels by us", ours, count, len(texts))
    print(f"{'as fast as pyvi':<38}{theirs[0] / ours[0]:>12.1f} times")
    print(f"{'labels that differ':<38}{differing:>12,} of {count:,}")


def measure_analysis(texts: list[str]) -> None:
    """The analyzer's own steps over whole articles."""
    analyzer = VietnameseAnalyzer()
    tokens = [analyzer.tokens(text) for text in texts]
    count = sum(map(len, tokens))

    def tokenise() -> None:
        for text in texts:
            analyzer.tokens(text)

    def words() -> None:
        for row in tokens:
            analyzer.words(row)

    def whole() -> None:
        for text in texts:
            row = analyzer.tokens(text)
            analyzer.words(row)
            for term in row.terms:
                analyzer.fold(term)

    report("tokens", seconds(tokenise), count, len(texts))
    report("words, mended", seconds(words), count, len(texts))
    report("tokens, words and folded forms", seconds(whole), count, len(texts))


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("articles", type=Path, help="a .jsonl or .jsonl.gz file")
    parser.add_argument("--limit", type=int, default=1000, help="read no more articles than this")
    given = parser.parse_args()

    texts = list(islice(read_texts(given.articles), given.limit))
    labeller = load_own()
    measure_analysis(texts)
    compare_with_pyvi(texts, labeller)


if __name__ == "__main__":
    main()
