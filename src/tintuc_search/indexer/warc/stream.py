"""The bytes of a WARC file, unpacked, and where in the file each record begins."""

from __future__ import annotations

import zlib
from typing import IO

BLOCK = 1 << 16
MOST_HEADERS = 1 << 20
"""Bytes that the headers of one record may take."""

_GZIP = b"\x1f\x8b"
_ANY_GZIP = 16 + zlib.MAX_WBITS


class Damaged(Exception):  # noqa: N818 - says what is wrong, as the program's other errors do
    """The file cannot be read further.

    Args:
        reason: what is wrong, in one line.
        offset: where the record begins in which it is wrong.
    """

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


class RecordStream:
    """Reads a file that is plain, or packed with one gzip member for each record (or fewer), block by block.

    Unlike a reader that hands on what it can make of damaged data, it raises :class:`Damaged`.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._raw = file.read(BLOCK)
        self._raw_end = len(self._raw)
        self._packed = self._raw.startswith(_GZIP)
        self._member: zlib._Decompress | None = None
        self._member_at = 0
        self._block = b""
        self._at = 0
        self._headers_left = MOST_HEADERS
        self.offset = 0
        """Where the current record begins: its gzip member in a packed file, else its first byte."""

    def begin(self) -> bool:
        """Go to the next record, over the blank lines before it; False at the end of the file."""
        while True:
            while self._at < len(self._block) and self._block[self._at] in b"\r\n":
                self._at += 1
            if self._at < len(self._block):
                break
            if not self._fill():
                return False
        self.offset = self._here()
        self._headers_left = MOST_HEADERS
        return True

    def read(self, size: int) -> bytes:
        """At least one byte and at most ``size`` of them; none at the end of the file."""
        if self._at >= len(self._block) and not self._fill():
            return b""
        found = self._block[self._at : self._at + size]
        self._at += len(found)
        return found

    def readline(self, size: int = MOST_HEADERS) -> bytes:
        """A line of headers with its end, or as much of it as ``size`` and the file allow."""
        line = b""
        while len(line) < size and not line.endswith(b"\n"):
            if self._at >= len(self._block) and not self._fill():
                break
            end = self._block.find(b"\n", self._at) + 1 or len(self._block)
            line += self.read(min(end - self._at, size - len(line)))
            if len(line) > self._headers_left:
                raise Damaged(f"headers of more than {MOST_HEADERS >> 20} MB", self.offset)
        self._headers_left -= len(line)
        return line

    def _here(self) -> int:
        if self._packed:
            return self._member_at
        return self._raw_end - len(self._block) + self._at

    def _fill(self) -> bool:
        """Take up the next block, which is of one gzip member only."""
        self._block = self._unpack() if self._packed else self._take_raw()
        self._at = 0
        return bool(self._block)

    def _take_raw(self) -> bytes:
        raw, self._raw = self._raw, b""
        if not raw:
            raw = self._file.read(BLOCK)
            self._raw_end += len(raw)
        return raw

    def _unpack(self) -> bytes:
        while True:
            raw = self._take_raw()
            if self._member is None:
                if not raw:
                    return b""
                self._member_at = self._raw_end - len(raw)
                self._member = zlib.decompressobj(_ANY_GZIP)
            member = self._member
            try:
                block = member.decompress(raw, BLOCK)
            except zlib.error as error:
                raise Damaged(str(error), self._member_at) from None
            self._raw = member.unconsumed_tail
            if member.eof:
                self._raw, self._member = member.unused_data, None
            elif not raw and not block:
                raise Damaged("the last record is not whole", self._member_at)
            if block:
                return block
