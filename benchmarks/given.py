"""What the benchmarks are given: articles (JSONL), queries (TSV), and the parts of the program over them."""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article, parse_time
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BATCH = 200


def arguments(description: str | None) -> argparse.Namespace:
    """The arguments that every benchmark takes: the articles, the queries, where to keep the index."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("articles", type=Path, help="JSONL, maybe .gz: id, title, lead, body, …")
    parser.add_argument(
        "queries", type=Path, help="TSV of known items: id of an article, its title"
    )
    parser.add_argument("--home", type=Path, help="keep archive and index here, use what is there")
    parser.add_argument("--limit", type=int, help="take only so many queries")
    given = parser.parse_args()
    given.home = given.home or Path(tempfile.mkdtemp(prefix="tintuc-bench-"))
    return given


def read_queries(path: Path, limit: int | None) -> list[tuple[str, str]]:
    """``(id, title)`` of every known item."""
    lines = path.read_text("utf-8").splitlines()[:limit]
    rows = (line.split("\t") for line in lines if line.strip())
    return [(row[0], normalize("NFC", row[1])) for row in rows]


def open_parts(home: Path, articles: Path, *, body_only: bool) -> Parts:
    """The parts over an archive of the articles, filled and indexed where it is empty.

    With ``body_only`` neither title nor lead is there to be found, so that a title is a fair query.
    """
    parts = Parts(load(home=str(home)))
    lines = read_lines(articles) if parts.archive.count() == 0 else iter(())
    fill(parts, lines, body_only=body_only)
    return parts


def fill(parts: Parts, lines: Iterable[dict[str, Any]], *, body_only: bool) -> None:
    """Put articles, as objects of the import format, into the archive, and index what is new."""
    if not parts.index_exists():
        parts.clear_index()
    articles = (incoming(line, body_only=body_only) for line in lines)
    while batch := list(islice(articles, BATCH)):
        parts.archive.put(batch)
    began = time.perf_counter()
    report = parts.index()
    if report.indexed:
        seconds = time.perf_counter() - began
        print(f"indexed {report.indexed} articles in {seconds:.0f} s", flush=True)


def own_ids(parts: Parts) -> dict[str, str]:
    """The id of each article at its source, by the id that it got in the archive."""
    return {stored.id: stored.article.source_id or "" for stored in parts.archive.everything()}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a file, one after the other, in NFC."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(normalize("NFC", line))


def incoming(item: dict[str, Any], *, body_only: bool) -> Incoming:
    """An article as the archive takes it in."""
    paragraphs = (text.strip() for text in (item.get("body") or "").split("\n"))
    article = Article(
        title=(item.get("title") or "").strip(),
        lead=(item.get("lead") or "").strip(),
        paragraphs=tuple(text for text in paragraphs if text),
        published_at=parse_time(item.get("published_at")),
        authors=tuple(item.get("authors") or ()),
        source=item.get("source"),
        source_id=item["id"],
        section=item.get("section"),
    )
    if body_only:
        article = replace(article, title="—", lead="")
    return Incoming(article, article.source_id or "")
