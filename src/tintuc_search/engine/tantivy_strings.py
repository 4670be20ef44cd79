"""Files of strings that only grow, one a line as JSON: the ids and keywords that an index has met.

A string's number is its line. A commit says how far each file belongs to it, and the checksum up to there; what
lies beyond was written by a transaction that did not end, and is written over.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.engine.snapshot import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Extent(NamedTuple):
    """How far a file belongs to a commit: bytes, and their checksum."""

    size: int = 0
    checksum: int = 0


class StringFile:
    """One file of strings, read up to a commit, and added to by the writer."""

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
        with self._path.open("rb") as file:
            file.seek(self.extent.size)
            data = file.read(max(extent.size - self.extent.size, 0))
        checksum = zlib.crc32(data, self.extent.checksum)
        if (self.extent.size + len(data), checksum) != extent:
            raise ValueError(f"{self._path.name} does not agree with its checksum")
        for string in json.loads(b"[" + b",".join(data.splitlines()) + b"]"):
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
