"""What changed from one revision of an article to another, field by field and word by word.

Lines (paragraphs, captions, rows of tables) are compared first; one that was only moved is said to be so, one that took
another's place is compared by words. A word is a syllable or a sign: a changed accent marks the syllable.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from tintuc_search.article import format_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tintuc_search.archive.base import Revision
    from tintuc_search.article import Article

LONGEST = 4_000
"""Code points of a line up to which words are compared; the time grows with their square."""
MOST_LINES = 2_000
"""Lines of a field up to which lines are compared, for the same reason."""
MOST_PAIRED = 50
"""Lines that changed side by side up to which each is set against the one most like it."""
ALIKE = 0.4
"""Share of common words from which on a line is the other one, changed."""
_PIECE = re.compile(r"\s+|\d+(?:[.,/]\d+)+|\w+|[^\w\s]")

FIELDS = ("title", "lead", "body", "captions", "tables")
"""Fields with text; the others are details."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a changed line: ``kept``, ``out`` (taken out), ``in`` (put in) or ``moved`` (stood elsewhere)."""

    kind: str
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines of one field in which two texts differ, in the order of the newer one."""

    field: str
    lines: tuple[Line, ...]

    def to_json(self) -> dict[str, Any]:
        """The difference as plain data."""
        return {
            "field": self.field,
            "lines": [
                [{"kind": piece.kind, "text": piece.text} for piece in line] for line in self.lines
            ],
        }


@dataclass(frozen=True, slots=True)
class Edit:
    """A revision, and the fields in which it differs from the one before."""

    number: int
    first_seen: datetime
    last_seen: datetime
    differences: tuple[Difference, ...] = ()


def edits(revisions: Sequence[Revision]) -> list[Edit]:
    """All revisions of an article, oldest first, each against the one before; nothing where there is only one."""
    if len(revisions) < 2:  # noqa: PLR2004 - a change needs two
        return []
    found = []
    before = revisions[0]
    for revision in revisions:
        changed = differences(before.article, revision.article)
        found.append(Edit(revision.number, revision.first_seen, revision.last_seen, changed))
        before = revision
    return found


def differences(old: Article, new: Article) -> tuple[Difference, ...]:
    """The fields in which two texts of an article differ, those that differ only, text before details."""
    before, after = _lines_of(old), _lines_of(new)
    found = (
        Difference(field, tuple(changed_lines(before[field], after[field]))) for field in before
    )
    return tuple(each for each in found if each.lines)


def compared(article_id: str, older: Revision, newer: Revision) -> dict[str, Any]:
    """What changed from one revision to another, as plain data: the answer of the API and of the command line."""
    found = differences(older.article, newer.article)
    return {
        "id": article_id,
        "from": older.number,
        "to": newer.number,
        "differences": [each.to_json() for each in found],
    }


def _lines_of(article: Article) -> dict[str, Sequence[str]]:
    """Every field as lines."""
    times = {"published_at": article.published_at, "updated_at": article.updated_at}
    return {
        "title": [article.title],
        "lead": [article.lead] if article.lead else [],
        "body": article.paragraphs,
        "captions": article.captions,
        "tables": [" | ".join(row) for table in article.tables for row in table],
        "authors": article.authors,
        "origin": [article.origin] if article.origin else [],
        "section": [article.section] if article.section else [],
        "source": [article.source] if article.source else [],
        **{name: [time] for name, moment in times.items() if (time := format_time(moment))},
        **{name: [] for name, moment in times.items() if not moment},
    }


def changed_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """The lines that differ, each with what was taken out and put in.

    >>> [[(piece.kind, piece.text) for piece in line] for line in changed_lines(["có 3 xã"], ["có 4 xã"])]
    [[('kept', 'có '), ('out', '3'), ('in', '4'), ('kept', ' xã')]]
    """
    old, new = _bounded(old), _bounded(new)
    steps = [
        step
        for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    gone = Counter(line for _, a, b, _, _ in steps for line in old[a:b])
    come = Counter(line for _, _, _, c, d in steps for line in new[c:d])
    moved = gone & come
    left = Counter(moved)  # their old places are passed over
    for _, a, b, c, d in steps:
        before = []
        for line in old[a:b]:
            if left[line]:
                left[line] -= 1
            else:
                before.append(line)
        for out, put in _paired(before, new[c:d], moved):
            if put and moved[put] and not out:
                moved[put] -= 1
                yield (Piece("moved", put),)
            elif compared := tuple(_compare(out, put)):
                yield compared


def _bounded(lines: Sequence[str]) -> list[str]:
    """Lines as a list; behind the first two thousand they are one."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    return [*lines[:MOST_LINES], "\n".join(lines[MOST_LINES:])]


def _paired(
    old: Sequence[str], new: Sequence[str], moved: Counter[str]
) -> Iterator[tuple[str, str]]:
    """Old and new lines in order, each beside the one that it became; an empty text stands for none."""
    if len(old) == len(new) == 1 and not moved[new[0]]:
        yield old[0], new[0]  # one for one, however little they share
        return
    place = 0
    for put in new:
        partner = None if moved[put] else _most_alike(old, place, put)
        if partner is None:
            yield "", put
            continue
        for line in old[place:partner]:
            yield line, ""
        yield old[partner], put
        place = partner + 1
    for line in old[place:]:
        yield line, ""


def _most_alike(old: Sequence[str], start: int, put: str) -> int | None:
    """The old line from ``start`` on that has most words in common with ``put``; None where all have few."""
    words = Counter(put.split())
    best, found = ALIKE, None
    for place in range(start, min(len(old), start + MOST_PAIRED)):
        other = Counter(old[place].split())
        share = 2 * (words & other).total() / max(1, words.total() + other.total())
        if share > best:
            best, found = share, place
    return found


def _compare(old: str, new: str) -> Iterator[Piece]:
    if not old or not new or max(len(old), len(new)) > LONGEST:
        return _exchanged(old, new)
    return _by_words(_PIECE.findall(old), _PIECE.findall(new))


def _by_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Words that changed side by side are one change: a space alone between two does not part them."""
    out, put = "", ""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal" and (before.strip() or not (out or put)):
            yield from _exchanged(out, put)
            yield Piece("kept", before)
            out, put = "", ""
        else:
            out, put = out + before, put + after
    yield from _exchanged(out, put)


def _exchanged(out: str, put: str) -> Iterator[Piece]:
    return (Piece(kind, text) for kind, text in (("out", out), ("in", put)) if text)
