"""How fast articles are imported and indexed, stage by stage, and what memory and disk they take.

::

    python benchmarks/indexing.py articles.jsonl.gz --limit 2000
    python benchmarks/indexing.py articles.jsonl --profile indexing.prof

Times are the process's own (one core, whatever else the machine does); peak memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import resource
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article, parse_time
from tintuc_search.engine.dictionary import SqliteDictionary
from tintuc_search.engine.whoosh_engine import WhooshEngine
from tintuc_search.entities import ArticleEntities
from tintuc_search.entities import Recogniser as Entities
from tintuc_search.indexer.pipeline import COMMIT_ARTICLES, index_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.archive.store import SqlArchive
    from tintuc_search.indexer.documents import Recogniser


class Stages:
    """Processor seconds by stage; time spent in a stage within another counts for the inner one."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._open: list[str] = []
        self._since = time.process_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside to ``name``."""
        self._switch()
        self._open.append(name)
        yield
        self._switch()
        self._open.pop()

    def _switch(self) -> None:
        now = time.process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now


class Timed:
    """Stands for ``inner`` and times the methods named in ``stages``."""

    def __init__(self, inner: Any, watch: Stages, stages: dict[str, str]) -> None:
        self._inner, self._watch, self._stages = inner, watch, stages

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        stage = self._stages.get(name)
        if stage is None:
            return found
        timed = self._timed(found, stage)
        self.__dict__[name] = timed  # the next call goes straight to it
        return timed

    def _timed(self, method: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def call(*args: Any, **given: Any) -> Any:
            with self._watch.stage(stage):
                return method(*args, **given)

        return call


class TimedEngine(Timed):
    """An engine whose writers are timed too."""

    @contextmanager
    def writer(self, *, wait: float = 0.0) -> Iterator[Any]:
        """Open the writing transaction, timed."""
        with self._inner.writer(wait=wait) as writer:
            stages = {"add": "engine add", "delete": "engine add", "commit": "engine commit"}
            yield Timed(writer, self._watch, stages)


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a JSONL file in the form that ``tintuc import`` reads."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            plain = json.loads(line)
            yield Article(
                title=plain["title"],
                url=plain.get("url"),
                lead=plain.get("lead") or "",
                paragraphs=tuple(filter(None, (plain.get("body") or "").split("\n"))),
                published_at=parse_time(plain.get("published_at")),
                authors=tuple(plain.get("authors") or ()),
                source=plain.get("source"),
                source_id=plain.get("id"),
                section=plain.get("section"),
            )


def fill(archive: SqlArchive, articles: list[Article], batch: int) -> None:
    """Put all articles into the archive."""
    for start in range(0, len(articles), batch):
        archive.put([Incoming(each, "benchmark") for each in articles[start : start + batch]])


def megabytes(path: Path) -> float:
    """The size of a folder, or of a file and those named after it."""
    found = path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.name}*")
    return sum(each.stat().st_size for each in found if each.is_file()) / 1e6


def peak_megabytes() -> float:
    """The most memory that the process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(label: str, seconds: float, articles: int) -> None:
    """Print one stage."""
    print(f"{label:<28}{seconds:>9.2f} s{articles / max(seconds, 1e-9):>10.0f} articles/s")


class NoNames:
    """A recogniser that finds nothing, to measure the rest alone."""

    def recognise(self, text: str, *_: object) -> ArticleEntities:  # noqa: ARG002 - a recogniser's signature
        """Find nothing."""
        return ArticleEntities()


def measure(
    home: Path, articles: list[Article], recogniser: Recogniser, batch: int, commit_articles: int
) -> None:
    """Import, import again, index; print what each took."""
    watch = Stages()
    archive = open_archive(f"sqlite:///{home / 'archive.sqlite'}")
    for label in ("import, all new", "import, all unchanged"):
        with watch.stage(label):
            fill(archive, articles, batch)
        line(label, watch.seconds.pop(label), len(articles))
    print(f"{'peak memory':<28}{peak_megabytes():>9.0f} MB")

    analyzer = Timed(
        VietnameseAnalyzer(), watch, {"tokens": "tokens", "words": "words", "key": "keyword ids"}
    )
    engine = WhooshEngine(home / "index")
    dictionary = SqliteDictionary(home / "index" / "dictionary.sqlite", VietnameseAnalyzer())
    engine.rebuild()
    dictionary.clear()
    with watch.stage("documents and the rest"):
        parts: list[Any] = [
            Timed(archive, watch, {"changes": "archive changes"}),
            TimedEngine(engine, watch, {}),
            Timed(dictionary, watch, {"apply": "dictionary"}),
            analyzer,
            Timed(recogniser, watch, {"recognise": "entities"}),
        ]
        report = index_changes(
            *parts,
            batch=batch,
            commit_articles=commit_articles,
        )
    for stage, seconds in watch.seconds.most_common():
        line(f"  {stage}", seconds, report.indexed)
    line("index, processor time", sum(watch.seconds.values()), report.indexed)
    line("index, wall time", report.seconds, report.indexed)
    print(f"{'peak memory':<28}{peak_megabytes():>9.0f} MB")
    print(f"{'archive':<28}{megabytes(home / 'archive.sqlite'):>9.1f} MB")
    print(f"{'index with dictionary':<28}{megabytes(home / 'index'):>9.1f} MB")
    dictionary.close()
    engine.close()
    archive.close()


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("articles", type=Path, help="a .jsonl or .jsonl.gz file")
    parser.add_argument("--limit", type=int, help="read no more articles than this")
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--commit-articles", type=int, default=COMMIT_ARTICLES)
    parser.add_argument("--without-entities", action="store_true", help="find no names")
    parser.add_argument("--profile", type=Path, help="write a cProfile there (slows all down)")
    given = parser.parse_args()

    articles = list(islice(read_articles(given.articles), given.limit))
    syllables = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {syllables / max(len(articles), 1):.0f} syllables each")
    with tempfile.TemporaryDirectory() as folder:
        profile = cProfile.Profile() if given.profile else None
        recogniser = NoNames() if given.without_entities else Entities()
        run = (Path(folder), articles, recogniser, given.batch, given.commit_articles)
        if profile:
            profile.runcall(measure, *run)
            profile.dump_stats(given.profile)
        else:
            measure(*run)


if __name__ == "__main__":
    main()
