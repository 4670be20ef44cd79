"""What a Tantivy index holds of an article: one field for each part of its text, and fields of numbers.

tantivy-py gives back neither positions nor whole columns, but positions are what Tantivy packs best. So every
number of a document (lengths, date, keywords) is written as a position of one term, and all documents' numbers
are read as one list of positions. Texts are numbers' plain counterpart: written in slots (``slots``) and split by
Tantivy at blanks, which leaves out the fillers and counts their places.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from tantivy import (
    Document,
    Filter,
    PreTokenizedString,
    SchemaBuilder,
    TextAnalyzerBuilder,
    Token,
    Tokenizer,
)

from tintuc_search.engine.base import KeywordField
from tintuc_search.engine.postings import TEXT_FIELDS, measure
from tintuc_search.engine.slots import FILLER, SLOTS, in_slots
from tintuc_search.engine.snapshot import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tantivy import Index, IndexWriter, Schema

    from tintuc_search.engine.base import FieldText, IndexDocument
    from tintuc_search.engine.postings import Array

SCHEMA_VERSION = 1
"""Rises whenever an index written before can no longer be read."""

ID, ROW, STATE = "id", "row", "state"
_TOKENIZER = "slots"
NUMBER = "#"
"""The one term of a field of numbers."""
_PARTS = ((42, 22), (21, 21), (0, 21))  # how 64 bits are cut into three numbers: shift, bits
_SIGN = 1 << 63


class Row(NamedTuple):
    """The numbers of all documents that are articles, by document.

    ``docs`` int64 ``[n]``; ``ids`` int64 ``[n]``, the number of each one's id; ``lengths`` int64 ``[n, 3]``,
    ``borders`` int64 ``[n, 2]``, ``published`` int64 ``[n]`` as in :class:`~.snapshot.Documents`.
    """

    docs: Array
    ids: Array
    lengths: Array
    borders: Array
    published: Array


def make_schema() -> Schema:
    """Make the schema of a new index."""
    builder = SchemaBuilder()
    builder.add_text_field(ID, tokenizer_name="raw", index_option="basic")
    for name in (ROW, STATE, *KeywordField):
        builder.add_text_field(str(name), tokenizer_name="raw", index_option="position")
    for name in TEXT_FIELDS:
        builder.add_text_field(str(name), tokenizer_name=_TOKENIZER, index_option="position")
    return builder.build()


def open_writer(index: Index, heap: int, threads: int) -> IndexWriter:
    """Open Tantivy's writer of an index that has our schema."""
    # Tantivy's own reader would watch the folder, and touch it, for as long as the index is open.
    index.config_reader("manual")
    fillers = Filter.custom_stopword([FILLER])
    index.register_tokenizer(
        _TOKENIZER, TextAnalyzerBuilder(Tokenizer.whitespace()).filter(fillers).build()
    )
    return index.writer(heap, threads)


def numbers(values: Iterable[int]) -> PreTokenizedString:
    """Write numbers (from 0 on, below 2^32 together) so that they are the steps from position to position."""
    return _at(accumulate(values))


def numbered(codes: Iterable[int]) -> PreTokenizedString:
    """Write the numbers of a field's keywords, in any order."""
    return _at(sorted(set(codes)))


def _at(positions: Iterable[int]) -> PreTokenizedString:
    return PreTokenizedString("", [Token(NUMBER, at, 0, 0) for at in positions])


def cut(value: int) -> tuple[int, ...]:
    """Cut a signed number of 64 bits into parts that fit among others."""
    if not -_SIGN <= value < _SIGN:
        raise OverflowError(f"{value} does not fit into 64 bits")
    return tuple((value + _SIGN) >> shift & (1 << bits) - 1 for shift, bits in _PARTS)


def uncut(parts: Array) -> Array:
    """Put together what :func:`cut` made: int64 ``[n, 3]`` to int64 ``[n]``."""
    whole = np.zeros(len(parts), np.uint64)
    for column, (shift, _) in enumerate(_PARTS):
        whole |= parts[:, column].astype(np.uint64) << np.uint64(shift)
    signed: Array = (whole ^ np.uint64(_SIGN)).view(np.int64)
    return signed


def to_document(
    document: IndexDocument, number: int, keywords: Mapping[KeywordField, PreTokenizedString]
) -> Document:
    """Make what Tantivy's writer takes.

    Args:
        document: the article.
        number: the number of its id.
        keywords: its keywords, as :func:`numbered` writes them.
    """
    published = UNDATED if document.published is None else document.published
    extent = measure(document)
    written = Document()
    written.add_text(ID, document.id)
    written.add_pre_tokenized_text(
        ROW, numbers((number, *extent.lengths, *extent.borders, *cut(published)))
    )
    for field, codes in keywords.items():
        written.add_pre_tokenized_text(field, codes)
    for name, text in document.texts.items():
        slots = in_slots(text)
        if slots is not None:
            written.add_text(name, slots)
        elif text.end:
            written.add_pre_tokenized_text(name, _as_tokens(text))
    return written


def read_row(docs: Array, steps: Array) -> Row:
    """Read the numbers of articles: their documents (int64 ``[n]``), and all their numbers in a row."""
    table = steps.reshape(len(docs), 9)
    return Row(docs, table[:, 0], table[:, 1:4], table[:, 4:6], uncut(table[:, 6:]))


def _as_tokens(text: FieldText) -> PreTokenizedString:
    placed = [(at * SLOTS, term) for term, at in zip(text.terms, text.positions, strict=True)]
    placed += [(at * SLOTS + 1, word) for word, at in text.words]
    return PreTokenizedString("", [Token(term, at, 0, 0) for at, term in sorted(placed)])
