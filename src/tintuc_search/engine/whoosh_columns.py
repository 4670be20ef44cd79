"""Two kinds of Whoosh column that are read whole, as arrays: rows of numbers, and tuples of strings.

Whoosh's own columns are read a document at a time in Python; these are one compressed block each.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.columns import Column, ColumnReader, ColumnWriter

if TYPE_CHECKING:
    from tintuc_search.engine.postings import Array

_LEVEL = 3


class RowColumn(Column):  # type: ignore[misc]
    """A column of rows of ``width`` 64-bit integers; a document's value is a tuple of them."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._default = (0,) * width

    def writer(self, dbfile: Any) -> _Writer:
        """Open the column for writing."""
        return _RowWriter(dbfile, self._default)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> RowReader:
        """Open the column for reading."""
        return RowReader(dbfile, basepos, length, doccount, self.width)


class StringsColumn(Column):  # type: ignore[misc]
    """A column whose value for a document is a tuple of strings."""

    _default: tuple[str, ...] = ()

    def writer(self, dbfile: Any) -> _Writer:
        """Open the column for writing."""
        return _StringsWriter(dbfile, self._default)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> StringsReader:
        """Open the column for reading."""
        return StringsReader(dbfile, basepos, length, doccount)


class _Writer(ColumnWriter):  # type: ignore[misc]
    """Keeps the values of a segment's documents until the segment is finished."""

    def __init__(self, dbfile: Any, default: tuple[Any, ...]) -> None:
        super().__init__(dbfile)
        self._default = default
        self._values: list[tuple[Any, ...]] = []

    def add(self, docnum: int, value: tuple[Any, ...]) -> None:
        """Set a document's value; those left out before it get the default."""
        self._values += [self._default] * (docnum - len(self._values))
        self._values.append(tuple(value))

    def finish(self, doccount: int) -> None:
        """Write all values."""
        self._values += [self._default] * (doccount - len(self._values))
        self._dbfile.write(zlib.compress(self._encoded(), _LEVEL))

    def _encoded(self) -> bytes:
        raise NotImplementedError


class _RowWriter(_Writer):
    def _encoded(self) -> bytes:
        return np.array(self._values, "<i8").tobytes()


class _StringsWriter(_Writer):
    """Writes the different strings as JSON, then how many each document has, then their numbers."""

    def _encoded(self) -> bytes:
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(s, len(numbers)) for value in self._values for s in value]
        strings = json.dumps(list(numbers)).encode()
        counts = [len(value) for value in self._values]
        head = np.array([len(strings), len(counts), len(codes)], "<i8")
        return b"".join(
            (
                head.tobytes(),
                strings,
                np.array(counts, "<i4").tobytes(),
                np.array(codes, "<i4").tobytes(),
            )
        )


class _Reader(ColumnReader):  # type: ignore[misc]
    def _decoded(self) -> bytes:
        return zlib.decompress(self._dbfile.get(self._basepos, self._length))

    def sort_key(self, docnum: int) -> Any:
        """What orders documents by this column."""
        return self[docnum]


class RowReader(_Reader):
    """Reads a :class:`RowColumn`; ``table`` is int64 ``[documents, width]``."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, width: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self.table: Array = np.frombuffer(self._decoded(), "<i8").reshape(doccount, width)

    def __getitem__(self, docnum: int) -> tuple[int, ...]:
        return tuple(self.table[docnum].tolist())


class StringsReader(_Reader):
    """Reads a :class:`StringsColumn`.

    ``strings`` are the different ones; document ``i`` has ``codes[starts[i]:starts[i + 1]]`` of them.
    """

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        data = self._decoded()
        size, rows, pairs = np.frombuffer(data, "<i8", 3).tolist()
        self.strings: list[str] = json.loads(data[24 : 24 + size])
        counts = np.frombuffer(data, "<i4", rows, 24 + size)
        self.codes: Array = np.frombuffer(data, "<i4", pairs, 24 + size + 4 * rows)
        self.starts: Array = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])

    def __getitem__(self, docnum: int) -> tuple[str, ...]:
        begin, end = self.starts[docnum], self.starts[docnum + 1]
        return tuple(self.strings[code] for code in self.codes[begin:end].tolist())
