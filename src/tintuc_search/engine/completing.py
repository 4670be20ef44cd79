"""What a word that is being typed can become: the port, and its table in the dictionary's file.

Names, compounds and titles are found by their folded beginnings. The table is ordered by size and then by
beginning: one look for each size, from the largest down, finds the best without reading the rest. The size of names and
compounds is the number of digits of their count to the base of four, so that a row is rewritten only when
a count becomes four times as large; that of titles is the year.

Names and titles stand among the counted terms, so that what is offered is as exact as the counts are:
``:person:nguyễn văn an`` and ``:title:2019:quốc_hội khai_mạc:article-id``, which no text can give.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tintuc_search.engine.base import Dictionary, KeywordField, Label, TextField
from tintuc_search.engine.database import select

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.engine.base import FieldText, IndexDocument

TABLE = "starts"
SCHEMA = """
CREATE TABLE IF NOT EXISTS starts (
    kind INTEGER NOT NULL, size INTEGER NOT NULL, start TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (kind, size, start, number)) WITHOUT ROWID;
"""
NAMES = (KeywordField.PERSON, KeywordField.ORGANISATION, KeywordField.PLACE)
"""The keywords whose names stand in the articles' text."""
LONGEST = 8
"""Words of a beginning that are kept."""
SEEN = 400
"""Rows of one size that are looked at; where there are more, the first in the alphabet."""
LEAST_OF_COMPOUND = 2
"""The least size of a compound (four articles): one of fewer may be a mistake of the segmenter."""
_SIGN = ":"
_TITLE = ":title:"
_LAST = "\U0010ffff"


class Kind(IntEnum):
    """What can be completed."""

    NAME = 1
    COMPOUND = 2
    TITLE = 3


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that begins as asked: ``text`` from there on, and in how many articles it stands.

    ``text`` is in terms: ``"phú trọng"`` of the name Nguyễn Phú Trọng. ``label`` is the whole name, ``document`` the
    id of a title's article.
    """

    text: str
    count: int
    label: Label | None = None
    document: str | None = None


class CompletingDictionary(Dictionary, Protocol):
    """A dictionary that completes."""

    def complete(
        self, kind: Kind, beginning: str, limit: int, fits: Callable[[str], bool]
    ) -> Sequence[Completion]:
        """What begins with the folded ``beginning`` and whose text ``fits``, the largest size first."""
        ...


class Start(NamedTuple):
    """A row that begins as asked: the beginning, the term it is of, in how many articles that is."""

    start: str
    term: str
    articles: int


def extra_terms(document: IndexDocument) -> Iterator[str]:
    """The terms that stand for a document's names and title."""
    for field in NAMES:
        for keyword in document.keywords.get(field, ()):
            yield _name_term(field, keyword)
    title = document.texts.get(TextField.TITLE)
    if title and title.terms:
        year = datetime.fromtimestamp(document.published or 0, UTC).year
        yield f"{_TITLE}{year}:{' '.join(_words(title))}:{document.id}"


def folding(labels: Iterable[Label], analyzer: Analyzer) -> Callable[[str], str]:
    """What folds a term: those of names by the ``labels``, others as the analyzer does."""
    names = {
        _name_term(label.field, label.id): label.name for label in labels if label.field in NAMES
    }

    def fold(term: str) -> str:
        name = names.get(term)
        return analyzer.fold(term) if name is None else _SIGN + analyzer.fold(analyzer.key(name))

    return fold


def name_of(term: str) -> tuple[KeywordField, str] | None:
    """The field and id of the name that a term stands for."""
    if not term.startswith(_SIGN) or term.startswith(_TITLE):
        return None
    field, _, keyword = term[1:].partition(":")
    return KeywordField(field), keyword


def title_of(term: str) -> tuple[str, str] | None:
    """The title, in words, and the document's id, where a term stands for one."""
    if not term.startswith(_TITLE):
        return None
    _, _, _, title, document = term.split(":", 4)
    return title, document


def beginnings(words: Sequence[str]) -> list[str]:
    """What can be completed to the words: those from each of them on, a space between all syllables."""
    return [" ".join(words[at : at + LONGEST]).replace("_", " ") for at in range(len(words))]


def renew_starts(
    connection: sqlite3.Connection,
    counts: Mapping[int, tuple[int, int]],
    new: Mapping[int, tuple[str, str]],
) -> None:
    """Bring the table up to date after counts of terms were changed.

    Args:
        connection: to the dictionary's file.
        counts: by the number of a term, from what to what its count was changed.
        new: terms that need no look into the file, and their folded forms, by number.
    """
    sizes = {
        number: (before, after)
        for number, (old, new) in counts.items()
        if (before := _size(old)) != (after := _size(new))
    }
    gone: list[tuple[int, int, str, int]] = []
    come: list[tuple[int, int, str, int]] = []
    question = "SELECT number, term, folded FROM terms WHERE number IN"
    stored = select(connection, question, [number for number in sizes if number not in new])
    told = ((number, *new[number]) for number in sizes if number in new)
    for number, term, folded in chain(stored, told):
        kind, (before, after) = _sized(term, *sizes[number])
        starts = _starts(kind, folded) if before or after else []
        gone += [(kind, before, start, number) for start in starts if before]
        come += [(kind, after, start, number) for start in starts if after]
    connection.executemany(
        "DELETE FROM starts WHERE kind = ? AND size = ? AND start = ? AND number = ?", gone
    )
    connection.executemany("INSERT OR IGNORE INTO starts VALUES (?, ?, ?, ?)", sorted(come))


def find_starts(
    connection: sqlite3.Connection, kind: Kind, beginning: str
) -> Iterator[list[Start]]:
    """The rows that begin with ``beginning``, size by size, the largest first."""
    size = _LARGEST
    while size := _next_size(connection, kind, size):
        rows = connection.execute(
            "SELECT start, term, count FROM starts JOIN terms USING (number) "
            "WHERE kind = ? AND size = ? AND start >= ? AND start < ? LIMIT ?",
            (kind, size, beginning, beginning + _LAST, SEEN),
        )
        yield [Start(*row) for row in rows]


_LARGEST = 1 << 20


def _next_size(connection: sqlite3.Connection, kind: Kind, size: int) -> int:
    row = connection.execute(
        "SELECT max(size) FROM starts WHERE kind = ? AND size < ?", (kind, size)
    ).fetchone()
    return row[0] or 0


def _words(text: FieldText) -> list[str]:
    """The words of a text in order, those of one syllable too."""
    compounds = {first: word for word, first in text.words}
    words: list[str] = []
    behind = 0
    for term, position in zip(text.terms, text.positions, strict=True):
        if position >= behind:
            words.append(compounds.get(position, term))
            behind = position + words[-1].count("_") + 1
    return words


def _name_term(field: KeywordField, keyword: str) -> str:
    return f"{_SIGN}{field.value}:{keyword}"


def _sized(term: str, before: int, after: int) -> tuple[Kind, tuple[int, int]]:
    """The kind of a term, and its sizes before and after a change; 0 where it is not offered."""
    if term.startswith(_TITLE):
        year = int(term.split(":", 3)[2])
        return Kind.TITLE, (year if before else 0, year if after else 0)
    if term.startswith(_SIGN):
        return Kind.NAME, (before, after)
    least = LEAST_OF_COMPOUND if "_" in term[1:] else _LARGEST
    return Kind.COMPOUND, (before if before >= least else 0, after if after >= least else 0)


def _size(count: int) -> int:
    return (max(count, 0).bit_length() + 1) // 2


def _starts(kind: Kind, folded: str) -> list[str]:
    """Where a term can begin: names and titles with each of their words."""
    match kind:
        case Kind.NAME:
            return beginnings(folded.removeprefix(_SIGN).split())
        case Kind.TITLE:
            return beginnings(folded.split(":", 4)[3].split())
        case Kind.COMPOUND:
            return [folded.replace("_", " ")]
