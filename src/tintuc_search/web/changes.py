"""What changed from one revision of an article to the next, word by word.

The lines of title, lead and body are compared first; a line that took another's place is then compared by words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tintuc_search.archive.base import Revision

LONGEST = 4_000
"""Code points of a line up to which words are compared; the time grows with their square."""
_PIECE = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a changed line: ``kept``, ``out`` (taken out) or ``in`` (put in)."""

    kind: str
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A revision, and the lines in which it differs from the one before."""

    number: int
    first_seen: datetime
    last_seen: datetime
    lines: tuple[Line, ...] = ()


def edits(revisions: Sequence[Revision]) -> list[Edit]:
    """All revisions of an article, oldest first; nothing where there is only one."""
    if len(revisions) < 2:  # noqa: PLR2004 - a change needs two
        return []
    first = revisions[0]
    found = [Edit(first.number, first.first_seen, first.last_seen)]
    for old, new in pairwise(revisions):
        lines = changed_lines(old.article.text.split("\n"), new.article.text.split("\n"))
        found.append(Edit(new.number, new.first_seen, new.last_seen, tuple(lines)))
    return found


def changed_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """The lines that differ, each with what was taken out and put in.

    >>> [[(piece.kind, piece.text) for piece in line] for line in changed_lines(["có 3 xã"], ["có 4 xã"])]
    [[('kept', 'có '), ('out', '3'), ('in', '4'), ('kept', ' xã')]]
    """
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for before, after in zip_longest(old[a:b], new[c:d], fillvalue=""):
            line = tuple(_compare(before, after))
            if line:
                yield line


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
