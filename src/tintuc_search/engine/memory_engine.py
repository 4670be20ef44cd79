"""The engine in memory: plain lists under the same evaluator, for tests and small collections."""

from __future__ import annotations

from collections import defaultdict
from threading import Lock
from typing import TYPE_CHECKING, Self
from uuid import uuid4

import numpy as np

from tintuc_search.engine.base import KeywordField
from tintuc_search.engine.evaluation import evaluate
from tintuc_search.engine.postings import (
    NO_OCCURRENCES,
    NO_POSTINGS,
    Inverted,
    Occurrences,
    Postings,
    invert,
)
from tintuc_search.engine.snapshot import UNDATED, Documents, Keywords, Vocabulary
from tintuc_search.errors import IndexLocked
from tintuc_search.ranking import RANKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from tintuc_search.engine.base import IndexDocument, SearchRequest, SearchResult
    from tintuc_search.engine.postings import Array
    from tintuc_search.ranking import Ranking


class MemorySnapshot:
    """One state of a :class:`MemoryEngine`: a snapshot made from plain lists."""

    def __init__(
        self, stored: Mapping[str, tuple[IndexDocument, Inverted]], ranking: Ranking = RANKING
    ) -> None:
        documents = [document for document, _ in stored.values()]
        inverted = [texts for _, texts in stored.values()]
        self._terms: defaultdict[str, list[tuple[int, int, list[int]]]] = defaultdict(list)
        for number, texts in enumerate(inverted):
            for term, (packed, positions) in texts.terms.items():
                self._terms[term].append((number, packed, positions))
        dates = [UNDATED if doc.published is None else doc.published for doc in documents]
        self.documents = Documents(
            ids=[document.id for document in documents],
            lengths=np.array([t.lengths for t in inverted], np.int64).reshape(-1, 3),
            borders=np.array([t.borders for t in inverted], np.int64).reshape(-1, 2),
            published=np.array(dates, np.int64),
            live=np.ones(len(documents), bool),
            ranking=ranking,
        )
        self._keywords = {field: _keywords(documents, field) for field in KeywordField}

    def postings(self, term: str) -> Postings:
        """The term's postings."""
        rows = self._terms.get(term)
        if rows is None:
            return NO_POSTINGS
        return Postings(
            np.array([number for number, _, _ in rows], np.int32),
            np.array([packed for _, packed, _ in rows], np.uint32),
        )

    def occurrences(self, term: str) -> Occurrences:
        """The term's postings with positions."""
        rows = self._terms.get(term)
        if rows is None:
            return NO_OCCURRENCES
        return Occurrences(
            np.array([number for number, _, _ in rows], np.int32),
            np.cumsum([0, *(len(positions) for _, _, positions in rows)]),
            np.array([place for _, _, positions in rows for place in positions], np.int32),
        )

    def occurrences_in(
        self,
        terms: Sequence[str],
        docs: Array,  # noqa: ARG002 - all are read at once
    ) -> Sequence[Occurrences]:
        """The same of each; those in more documents do no harm."""
        return [self.occurrences(term) for term in terms]

    def keywords(self, field: KeywordField) -> Keywords:
        """The keywords of one field."""
        return self._keywords[field]


def _keywords(documents: list[IndexDocument], field: KeywordField) -> Keywords:
    vocabulary = Vocabulary()
    pairs = [
        (number, vocabulary.number(keyword))
        for number, document in enumerate(documents)
        for keyword in document.keywords.get(field, ())
    ]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return Keywords(table[:, 0], table[:, 1], vocabulary)


class MemoryEngine:
    """An index that lives and dies with its process; implements :class:`~.base.Engine`."""

    def __init__(self, ranking: Ranking = RANKING) -> None:
        self._writing = Lock()
        self._ranking = ranking
        self.rebuild()

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer from the newest committed state."""
        return evaluate(self._snapshot, request)

    def mark(self) -> int:
        """The mark of the newest commit."""
        return self._mark

    def generation(self) -> str:
        """Changes with every commit."""
        return self._generation

    def count(self) -> int:
        """The number of documents."""
        return len(self._stored)

    def writer(self, *, wait: float = 0.0) -> MemoryWriter:
        """Open the one writing transaction."""
        if not self._writing.acquire(timeout=max(wait, 0.0)):
            raise IndexLocked(
                "the index in memory is being written by another part of this process"
            )
        return MemoryWriter(self, dict(self._stored), self._writing)

    def rebuild(self) -> None:
        """Forget everything."""
        self.publish({}, 0)

    def publish(self, stored: dict[str, tuple[IndexDocument, Inverted]], mark: int) -> None:
        """Take the writer's documents as the newest state."""
        self._snapshot = MemorySnapshot(stored, self._ranking)
        self._stored, self._mark, self._generation = stored, mark, uuid4().hex

    def close(self) -> None:
        """Nothing to release."""


class MemoryWriter:
    """One writing transaction of a :class:`MemoryEngine`."""

    def __init__(
        self,
        engine: MemoryEngine,
        stored: dict[str, tuple[IndexDocument, Inverted]],
        writing: Lock,
    ) -> None:
        self._engine, self._stored, self._writing = engine, stored, writing

    def add(self, document: IndexDocument) -> None:
        """Store a document in place of any of the same id."""
        self._stored[document.id] = (document, invert(document))

    def delete(self, document_id: str) -> None:
        """Forget a document; not an error if there is none."""
        self._stored.pop(document_id, None)

    def commit(self, mark: int) -> None:
        """Make all of it visible at once."""
        self._engine.publish(dict(self._stored), mark)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writing.release()
