"""What a quotation is, and the ports to read and write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from tintuc_search.engine.base import IndexDocument


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that somebody says in an article.

    They are ``text[start:end]`` of the article's ``revision`` (code points; the text is title, lead and
    paragraphs as lines). ``kind`` is ``direct`` or ``indirect``, ``speaker`` a name as the article writes
    it most fully, or a title where it names nobody. ``number`` counts from 0 within the article.
    """

    article: str
    number: int
    revision: int
    start: int
    end: int
    kind: str
    speaker: str

    @property
    def id(self) -> str:
        """The id of the quotation, that of its document too: ``ARTICLE.3``."""
        return f"{self.article}.{self.number}"


def article_of(quotation_id: str) -> str:
    """The id of the article that a quotation stands in."""
    return quotation_id.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Quoted:
    """All that one article quotes: the quotations, and for each the document that an engine finds it by."""

    article: str
    quotations: tuple[Quotation, ...] = ()
    documents: tuple[IndexDocument, ...] = ()


class Quotations(Protocol):
    """What is asked about quotations that an engine found."""

    def of(self, ids: Iterable[str]) -> Mapping[str, Quotation]:
        """The quotations of these ids; one that is there no more is left out."""
        ...

    def within(self, articles: Iterable[str]) -> Sequence[Quotation]:
        """All that articles quote, in the order of their ids and texts."""
        ...


class QuotationWriter(Protocol):
    """One open transaction; leaving it without ``commit`` discards it."""

    def apply(self, quoted: Iterable[Quoted], deleted: Iterable[str]) -> None:
        """Write what articles quote in place of what was there of them; of those ``deleted`` nothing stays."""
        ...

    def commit(self, mark: int) -> None:
        """Make all of it visible, and remember ``mark`` (the archive's change sequence)."""
        ...


class QuotationStore(Protocol):
    """What a run of indexing needs."""

    def mark(self) -> int:
        """The change sequence up to which the archive has been seen."""
        ...

    def clear(self) -> None:
        """Forget everything, whatever state it is in."""
        ...

    def writer(self, *, wait: float = 0.0) -> AbstractContextManager[QuotationWriter]:
        """Open the one transaction, waiting up to ``wait`` seconds for another to end; raises IndexLocked."""
        ...
