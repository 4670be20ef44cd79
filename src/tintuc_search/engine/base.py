"""The port: what an engine takes and gives, and nothing of how it does it.

An engine stores :class:`IndexDocument`s, whose terms our analyzer made, and answers
:class:`SearchRequest`s, whose terms our query planner chose. It knows no Vietnamese: no folding, no
prefix, no fuzzy matching; those were expanded into plain weighted terms before it sees them, which is
what makes the engines agree. There is no raw escape.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, Self

# The parts of the port that have files of their own.
from tintuc_search.engine.dictionary_base import Dictionary as Dictionary  # noqa: PLC0414
from tintuc_search.engine.dictionary_base import DictionaryEntry as DictionaryEntry  # noqa: PLC0414
from tintuc_search.engine.dictionary_base import Label as Label  # noqa: PLC0414
from tintuc_search.engine.dictionary_base import Vocabulary as Vocabulary  # noqa: PLC0414
from tintuc_search.engine.dictionary_base import Way as Way  # noqa: PLC0414
from tintuc_search.engine.document_base import JOINT as JOINT  # noqa: PLC0414
from tintuc_search.engine.document_base import PARAGRAPH_GAP as PARAGRAPH_GAP  # noqa: PLC0414
from tintuc_search.engine.document_base import UNMARKED_WORD as UNMARKED_WORD  # noqa: PLC0414
from tintuc_search.engine.document_base import FieldText as FieldText  # noqa: PLC0414
from tintuc_search.engine.document_base import IndexDocument as IndexDocument  # noqa: PLC0414
from tintuc_search.engine.document_base import KeywordField as KeywordField  # noqa: PLC0414
from tintuc_search.engine.document_base import TextField as TextField  # noqa: PLC0414
from tintuc_search.engine.explanation import Closeness as Closeness  # noqa: PLC0414
from tintuc_search.engine.explanation import Contribution as Contribution  # noqa: PLC0414
from tintuc_search.engine.explanation import Explanation as Explanation  # noqa: PLC0414, TC001

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType


class Sort(StrEnum):
    """The orders of a result; equal ones are ordered by id."""

    RELEVANCE = "relevance"
    RECENT = "recent"  # relevance, lessened by age
    NEWEST = "newest"
    OLDEST = "oldest"

    @property
    def by_score(self) -> bool:
        """Whether the score decides."""
        return self in {Sort.RELEVANCE, Sort.RECENT}


class Interval(StrEnum):
    """The widths of a date histogram's bars, in Vietnam's calendar; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


# --- what is written ---------------------------------------------------------------------------


class IndexWriter(Protocol):
    """One open writing transaction; leaving the ``with`` block without ``commit`` discards it."""

    def add(self, document: IndexDocument) -> None:
        """Store a document in place of any of the same id."""
        ...

    def delete(self, document_id: str) -> None:
        """Forget a document; not an error if there is none."""
        ...

    def commit(self, mark: int) -> None:
        """Make all of it visible at once, and remember ``mark`` (the archive's change sequence)."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


# --- what is asked -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term and how much an occurrence of it counts (1.0 for the form that was typed)."""

    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Terms:
    """Documents that hold any of ``terms`` in any of ``fields``.

    Scored as one pseudo-term: its frequency in a field is the weighted sum of the terms', its document
    frequency the number of documents that match. ``boost`` multiplies the score.
    """

    terms: tuple[WeightedTerm, ...]
    fields: frozenset[TextField] = frozenset(TextField)
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents where the slots' terms stand side by side in order, with ``slop`` positions to spare.

    With ``slop`` 0 slot ``i`` stands exactly ``i`` positions after slot 0. Otherwise all slots stand, in any
    order, within ``len(slots) + slop`` positions. Scored as one term whose frequency is the number of such
    places, each weighted by the product of its terms' weights.
    """

    slots: tuple[tuple[WeightedTerm, ...], ...]
    slop: int = 0
    fields: frozenset[TextField] = frozenset(TextField)
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Documents that match any of ``leaves``, ways to write one thing ("UBND", "ủy ban nhân dân").

    Scored as one pseudo-term like :class:`Terms`; the leaves' own boosts do not count.
    """

    leaves: tuple[Terms | Phrase, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Documents that match every child; scores add up. No children: every document."""

    children: tuple[QueryNode, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents that match at least one child; scores add up. No children: no document."""

    children: tuple[QueryNode, ...]


@dataclass(frozen=True, slots=True)
class MostOf:
    """Documents that match as many of the children as any document does (at least one).

    "Any document" means any that the request's filters and the rest of the query let through.
    """

    children: tuple[QueryNode, ...]


@dataclass(frozen=True, slots=True)
class Except:
    """Documents that the child does not match; scores nothing."""

    child: QueryNode


@dataclass(frozen=True, slots=True)
class Prefer:
    """Documents that ``required`` matches; those that match ``optional`` too score more."""

    required: QueryNode
    optional: tuple[QueryNode, ...]


@dataclass(frozen=True, slots=True)
class HasKeyword:
    """Documents that hold any of ``ids`` in ``field``; scores nothing."""

    field: KeywordField
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class HasId:
    """Documents whose own id is any of ``ids``, some ten thousand at most; scores nothing."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Published:
    """Documents published from ``since`` to ``until``, both inclusive, seconds since 1970 UTC."""

    since: int | None = None
    until: int | None = None


Leaf = Terms | Phrase | Synonyms
"""What is looked for in texts and scored as one term."""
QueryNode = Leaf | AllOf | AnyOf | MostOf | Except | Prefer | HasKeyword | HasId | Published


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand side by side in a query: the terms that each can be, in order, and where they count."""

    slots: tuple[tuple[WeightedTerm, ...], ...]
    fields: frozenset[TextField] = frozenset(TextField)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to match, how to order, which part to return, what to count.

    ``filters`` restrict without scoring; facets and histogram count what query and filters leave.
    ``facets`` maps a field to how many values to return, by falling count, then id. ``cursor`` is ``""``
    to begin or a ``next_cursor``; with it ``offset`` is ignored. ``stretches`` are the words whose nearness raises
    the best documents, in an order by relevance; what ``demoted`` matches comes after all else there. ``seconds``
    is the time after which the engine cuts work off and says so in the result's ``cuts``. With ``explain`` every hit
    says what its score is made of.
    """

    query: QueryNode
    filters: tuple[QueryNode, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    cursor: str | None = None
    facets: Mapping[KeywordField, int] = field(default_factory=dict)
    histogram: Interval | None = None
    seconds: float = 2.0
    demoted: QueryNode | None = None
    explain: bool = False


# --- what comes back ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A matching document's id, its score (0.0 and up; comparable within one result), and why, where asked for."""

    id: str
    score: float
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many matching documents hold an id."""

    id: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a date histogram: its first day (ISO, Vietnam's calendar) and how many documents."""

    start: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a request.

    ``total`` is exact unless ``cuts`` is not empty. ``matched`` is the number of :class:`MostOf` children that
    the documents matched, where the query held one. ``histogram`` leaves empty bars out. ``cuts`` names,
    in words for a log, what the time limit cut off.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[KeywordField, tuple[FacetCount, ...]] = field(default_factory=dict)
    histogram: tuple[Bar, ...] = ()
    next_cursor: str | None = None
    matched: int | None = None
    cuts: tuple[str, ...] = ()


class Engine(Protocol):
    """An index that can be written by one process and searched by many at once.

    Every method may raise :class:`~tintuc_search.errors.IndexUnusable`; ``writer`` also
    :class:`~tintuc_search.errors.IndexLocked`.
    """

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer from the newest committed state."""
        ...

    def mark(self) -> int:
        """The archive change sequence of the newest commit, 0 for an empty index."""
        ...

    def generation(self) -> str:
        """A string that changes with every commit; fit for an ETag."""
        ...

    def count(self) -> int:
        """The number of documents."""
        ...

    def writer(self, *, wait: float = 0.0) -> IndexWriter:
        """Open the one writing transaction, waiting up to ``wait`` seconds for another to end."""
        ...

    def rebuild(self) -> None:
        """Make the index empty and of the present schema, whatever was there."""
        ...

    def close(self) -> None:
        """Release files and memory."""
        ...
