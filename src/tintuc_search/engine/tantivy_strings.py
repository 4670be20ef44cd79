"""Files of strings that only grow, one a line as JSON: the ids and keywords that an index has met.

A string's number is its line. A commit says how far each file belongs to it, and the checksum up to there; what
lies beyond was written by a transaction that did not end, and is written over.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from tintuc_search.engine.snapshot import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NEWLINE = ord("\n")
_DECODER = json.JSONDecoder()  # without what json.loads finds out about bytes


class Extent(NamedTuple):
    """How far a file belongs to a commit: bytes, and their checksum."""

    size: int = 0
    checksum: int = 0


class ReadStrings(Sequence[str]):
    """One file of strings as searches read it: its bytes, a tenth of the memory that the strings would take.

    Safe for threads: a string keeps its place whatever is read after it.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._extent = path, Extent()
        self._held = (b"", np.empty(0, np.int64))  # all lines, and where each ends

    def read_to(self, extent: Extent) -> None:
        """Read on to the end of a commit; raises as :meth:`StringFile.read_to`."""
        if extent == self._extent:
            return
        data = self._held[0] + _read_on(self._path, self._extent, extent)
        self._held = (data, np.flatnonzero(np.frombuffer(data, np.uint8) == _NEWLINE))
        self._extent = extent

    @property
    def ids(self) -> Sequence[str]:
        """The strings by number."""
        return self

    def find(self, keyword: str) -> int | None:
        """The number of a string, None for an unknown one."""
        data, ends = self._held
        line, at = json.dumps(keyword).encode() + b"\n", -1
        while (at := data.find(line, at + 1)) >= 0:
            if at == 0 or data[at - 1] == _NEWLINE:  # else it is the end of another string
                return int(np.searchsorted(ends, at))
        return None

    def __len__(self) -> int:
        return len(self._held[1])

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...

    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return list(self)[number]
        data, ends = self._held
        begin = int(ends[number - 1]) + 1 if number else 0
        string: str = _DECODER.raw_decode(data[begin : ends[number]].decode("ascii"))[0]
        return string

    def __iter__(self) -> Iterator[str]:
        return iter(_strings(self._held[0]))


class StringFile:
    """One file of strings as the writer reads it up to a commit and adds to it."""

    def __init__(self, path: Path) -> None:
        self.strings = Vocabulary()
        self.extent = Extent()
        self._path = path
        self._new: list[str] = []

    def read_to(self, extent: Extent) -> None:
        """Read on to the end of a commit.

        Raises:
            FileNotFoundError: there is no such file.
            ValueError: the file does not hold what was committed.
        """
        if extent == self.extent:
            return
        data = _read_on(self._path, self.extent, extent)
        for string in _strings(data):
            self.strings.number(string)
        self.extent = extent

    def number(self, string: str) -> int:
        """The string's number; a new one gets the next, to be written by :meth:`write`."""
        known = self.strings.numbers.get(string)
        if known is None:
            self._new.append(string)
            known = self.strings.number(string)
        return known

    def all_numbers(self, strings: Iterable[str]) -> list[int]:
        """The number of each string, as :meth:`number` gives it."""
        strings, numbers = tuple(strings), self.strings.numbers
        try:
            return [numbers[string] for string in strings]
        except KeyError:
            return [self.number(string) for string in strings]

    def write(self) -> None:
        """Write the new strings, so that they stay even if the machine stops."""
        if not self._new:
            return
        data = b"".join(json.dumps(string).encode() + b"\n" for string in self._new)
        with self._path.open("r+b" if self._path.exists() else "w+b") as file:
            file.seek(self.extent.size)
            file.write(data)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        self.extent = Extent(self.extent.size + len(data), zlib.crc32(data, self.extent.checksum))
        self._new = []


def _read_on(path: Path, read: Extent, extent: Extent) -> bytes:
    """What a file holds from one commit's end to another's."""
    with path.open("rb") as file:
        file.seek(read.size)
        data = file.read(max(extent.size - read.size, 0))
    if (read.size + len(data), zlib.crc32(data, read.checksum)) != extent:
        raise ValueError(f"{path.name} does not agree with its checksum")
    return data


def _strings(lines: bytes) -> list[str]:
    strings: list[str] = json.loads(b"[" + b",".join(lines.splitlines()) + b"]")
    return strings
