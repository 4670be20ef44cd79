"""Writing and merging Whoosh segments a term at a time.

Whoosh merges by putting every posting of the old segments into the pool of the new one and sorting it again;
here the old segments' terms, which are sorted already, are merged, and their postings joined as arrays.
"""

from __future__ import annotations

from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.writing import SegmentWriter

from tintuc_search.engine.whoosh_codec import Block, block_of, read_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.reading import SegmentReader

    from tintuc_search.engine.postings import Array
    from tintuc_search.engine.whoosh_codec import Numbers

_Entry = tuple[tuple[str, bytes], Block]
"""Field and term, and the term's postings in one source."""

_GONE = np.uint32(0xFFFFFFFF)


class MergingWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of segments, which merges others into its own without taking them apart."""

    def __init__(self, index: Any, **options: Any) -> None:
        super().__init__(index, _lk=False, **options)
        self._merged: list[tuple[SegmentReader, Array]] = []

    def add_reader(self, reader: SegmentReader) -> None:
        """Merge a segment into the new one; its reader must stay open until the commit."""
        columns = {
            name: reader.column_reader(name, translate=False)
            for name, field in self.schema.items()
            if field.column_type and reader.has_column(name)
        }
        renumbered = np.full(reader.doc_count_all(), _GONE, np.uint32)
        for old in reader.all_doc_ids():
            renumbered[old] = self.docnum
            self.perdocwriter.start_doc(self.docnum)
            for name, column in columns.items():
                self.perdocwriter.add_column_value(name, self.schema[name].column_type, column[old])
            self.perdocwriter.finish_doc()
            self.docnum += 1
        self._merged.append((reader, renumbered))
        self._added = True

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        sources = [_gathered(self.pool.iter_postings())]
        sources += [_stored(reader, renumbered) for reader, renumbered in self._merged]
        by_term = groupby(merge(*sources, key=itemgetter(0)), itemgetter(0))
        writer = self.fieldwriter
        for name, terms in groupby(by_term, lambda entry: entry[0][0]):
            writer.start_field(name, self.schema[name])
            for (_, term), entries in terms:
                writer.start_term(term)
                writer.add_block(_joined([block for _, block in entries]))
                writer.finish_term()
            writer.finish_field()
        writer.close()
        for reader, _ in self._merged:
            reader.close()


def _gathered(items: Any) -> Iterator[_Entry]:
    """The new documents' postings, which the pool gives sorted."""
    for term, postings in groupby(items, itemgetter(0, 1)):
        _, _, docs, weights, values = zip(*postings, strict=True)
        yield term, block_of(list(docs), list(weights), list(values))


def _stored(reader: SegmentReader, renumbered: Array) -> Iterator[_Entry]:
    """A segment's postings with the new numbers of its documents, the deleted ones left out."""
    terms = reader._terms  # noqa: SLF001 - the public postings() gives them one by one
    numbers = renumbered.tolist()
    whole = bool(np.all(renumbered != _GONE))
    for term, info in terms.items():
        block = read_block(terms._postfile, info.extent()[0])  # noqa: SLF001
        docs: Numbers = (
            [numbers[doc] for doc in block.docs]
            if isinstance(block.docs, list)
            else renumbered[block.docs]
        )
        block = Block(docs, block.weights, block.counts, block.positions)
        if not whole:
            block = _without_deleted(block)
        if len(block.docs):
            yield term, block


def _without_deleted(block: Block) -> Block:
    kept = np.asarray(block.docs, np.uint32) != _GONE
    if np.all(kept):
        return block
    counts = np.asarray(block.counts, np.uint32)
    return Block(
        np.asarray(block.docs, np.uint32)[kept],
        np.asarray(block.weights, np.uint32)[kept],
        counts[kept],
        np.asarray(block.positions, np.uint32)[np.repeat(kept, counts)],
    )


def _joined(blocks: list[Block]) -> Block:
    if len(blocks) == 1:
        return blocks[0]
    return Block(
        *(_chained([getattr(block, name) for block in blocks]) for name in Block.__slots__)
    )


def _chained(parts: list[Numbers]) -> Numbers:
    if all(isinstance(part, list) for part in parts):
        return [number for part in parts for number in part]
    return np.concatenate([np.asarray(part, np.uint32) for part in parts])
