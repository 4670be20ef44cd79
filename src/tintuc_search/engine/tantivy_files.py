"""The files of a Tantivy index as bytes: what a commit consists of, and each file's parts by field.

Files are mapped, so that all processes on a machine share one copy, and read as they are needed.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tintuc_search.engine.tantivy_bits import read_vint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tintuc_search.engine.postings import Array

META_FILE = "meta.json"
FORMAT = 7
"""The version of Tantivy's index format that is read here."""

_FOOTER = struct.Struct("<II")  # size of the JSON before it, a magic number
_MAGIC = 1337
_FIELD = struct.Struct("<I")
_CHUNK = 1 << 24  # bytes; a checksum is made of so many at a time


class SegmentMeta(NamedTuple):
    """A segment of a commit: its name, its number of documents, and the file of those that are deleted."""

    name: str
    size: int
    deletions: str | None


@dataclass(frozen=True, slots=True)
class Meta:
    """A commit: its segments, and the numbers of the fields by name."""

    segments: tuple[SegmentMeta, ...]
    fields: Mapping[str, int]


class Stamp(NamedTuple):
    """What tells one version of the file of the commit from every other."""

    inode: int
    changed: int
    size: int


def stamp(path: Path) -> Stamp:
    """The stamp of the newest commit in a folder; raises FileNotFoundError if there is none."""
    status = (path / META_FILE).stat()
    return Stamp(status.st_ino, status.st_mtime_ns, status.st_size)


def read_meta(path: Path) -> Meta:
    """The newest commit in a folder."""
    meta = json.loads((path / META_FILE).read_bytes())
    return Meta(
        tuple(_segment(each) for each in meta["segments"]),
        {field["name"]: number for number, field in enumerate(meta["schema"])},
    )


def _segment(meta: Mapping[str, object]) -> SegmentMeta:
    name = str(meta["segment_id"]).replace("-", "")
    size, deletes = meta["max_doc"], meta["deletes"]
    if not isinstance(size, int):
        raise TypeError(f"a segment of {size} documents")
    deletions = f"{name}.{deletes['opstamp']}.del" if isinstance(deletes, dict) else None
    return SegmentMeta(name, size, deletions)


def open_file(path: Path) -> memoryview:
    """Map a file and check it against its checksum; what comes back is without the footer.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged, or of a format that is not read here.
    """
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    size, magic = _FOOTER.unpack(whole[-_FOOTER.size :])
    content = len(whole) - _FOOTER.size - size
    if magic != _MAGIC or content < 0:
        raise ValueError(f"{path.name} does not end as a file of Tantivy does")
    footer = json.loads(bytes(whole[content : -_FOOTER.size]))
    version = footer["version"]["index_format_version"]
    if version != FORMAT:
        raise ValueError(f"{path.name} is of format {version}, not {FORMAT}")
    data = whole[:content]
    checksum = 0
    for begin in range(0, content, _CHUNK):
        checksum = zlib.crc32(data[begin : begin + _CHUNK], checksum)
    if checksum != footer["crc"]:
        raise ValueError(f"{path.name} does not agree with its checksum")
    return data


def fields_of(data: memoryview) -> dict[int, slice]:
    """Where the parts of a file lie by field number."""
    (size,) = _FIELD.unpack(data[-_FIELD.size :])
    end = len(data) - _FIELD.size - size
    count, at = read_vint(data, end)
    begins: list[tuple[int, int]] = []
    begin = 0
    for _ in range(count):
        step, at = read_vint(data, at)
        (field,) = _FIELD.unpack_from(data, at)
        _, at = read_vint(data, at + _FIELD.size)
        begin += step
        begins.append((field, begin))
    ends = [*(begin for _, begin in begins[1:]), end]
    return {field: slice(begin, stop) for (field, begin), stop in zip(begins, ends, strict=True)}


def read_alive(data: memoryview, size: int) -> Array:
    """The documents that are not deleted: bool ``[size]``."""
    words = np.frombuffer(data, np.uint8, offset=_FIELD.size)
    return np.unpackbits(words, count=size, bitorder="little").astype(bool)
