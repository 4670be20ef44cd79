"""Articles of the sample archive with their entities marked by reading: ``corpus/entities``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from corpus.sample import CORPUS, samples

if TYPE_CHECKING:
    from pathlib import Path

ENTITIES = CORPUS / "entities"

Marks = dict[str, list[dict[str, Any]]]
"""Persons, organisations, places, documents, roles and quotes, as ``tintuc entities`` prints them."""


@dataclass(frozen=True)
class Marked:
    """An article's text (title, lead and paragraphs as lines, NFC) and what a reader marked in it."""

    id: str
    text: str
    marks: Marks


@cache
def marked() -> tuple[Marked, ...]:
    """Every marked article, in the order of ``gold.jsonl``."""
    known = texts()
    return tuple(
        Marked(line["id"], known[line["id"]], _marks(line))
        for line in json_lines(ENTITIES / "gold.jsonl")
    )


def texts() -> dict[str, str]:
    """Texts by id: pages by their key, and those that were written for this alone."""
    pages = {sample.key: page_text(sample.fields) for sample in samples()}
    return pages | {line["id"]: normalize("NFC", line["text"]) for line in extra_articles()}


def page_text(fields: dict[str, Any]) -> str:
    """Title, lead and paragraphs of a page as lines."""
    lines = (fields["title"], fields["lead"] or "", *fields["paragraphs"])
    return normalize("NFC", "\n".join(lines))


def extra_articles() -> list[dict[str, Any]]:
    """The lines of ``articles.jsonl``: ``id``, ``notice``, ``text``."""
    return json_lines(ENTITIES / "articles.jsonl")


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_marked(articles: Path, gold: Path) -> tuple[Marked, ...]:
    """Articles marked elsewhere: a file of ``id`` and ``text`` and one of marks, line by line."""
    pairs = zip(json_lines(articles), json_lines(gold), strict=True)
    return tuple(
        Marked(line["id"], normalize("NFC", line["text"]), _marks(marks)) for line, marks in pairs
    )


def _marks(line: dict[str, Any]) -> Marks:
    return {kind: line[kind] for kind in line if kind != "id"}
