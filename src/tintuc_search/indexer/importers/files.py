"""Finds the files of an import and reads each by its kind."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from tintuc_search.errors import BadInput
from tintuc_search.indexer.importers.base import Bad, Page, Skipped
from tintuc_search.indexer.importers.cleaners import Cleaning
from tintuc_search.indexer.importers.jsonl import read_lines
from tintuc_search.indexer.importers.kinds import HEAD, Kind, kind_by_mark, kind_of
from tintuc_search.indexer.importers.mirrors import address_of
from tintuc_search.indexer.importers.pages import MOST_BYTES, clean
from tintuc_search.indexer.importers.warcs import read_wacz, read_warc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tintuc_search.article import Article
    from tintuc_search.indexer.importers.base import Item, Step

_GZIP = b"\x1f\x8b"
_FEW = 64
_MEDIA_TYPES = {Kind.HTML: "text/html", Kind.TEXT: "text/plain"}


def read(paths: Iterable[Path]) -> Iterator[Item]:
    """Everything that files and folders hold, in the order of their names, pages cleaned, in constant memory.

    A folder is read with all folders below it; links to folders are not followed. A file in a folder that is of
    no known kind is skipped; one that was named itself is bad.
    """
    return (item for item, _ in Cleaning().items(read_steps(paths)) if item is not None)


def read_steps(paths: Iterable[Path]) -> Iterator[Step]:
    """The same, pages as they are; the bytes add up to :func:`total_bytes`."""
    for file, root in _files(paths):
        size, done = _size(file), 0
        url = address_of(file, root) if root else None
        for found, at in read_file(file, named=root is None, url=url):
            yield found, max(at - done, 0)
            done = max(at, done)
        if done < size:
            yield None, size - done


def total_bytes(paths: Iterable[Path]) -> int:
    """The size of all files that :func:`read` would look at."""
    return sum(_size(file) for file, _ in _files(paths))


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, Path | None]]:
    """Every file, and the folder that was named, if not the file itself was."""
    for path in paths:
        if path.is_dir():
            yield from ((file, path) for file in _below(path))
        else:
            yield path, None


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield Path(parent, name)


def read_file(
    path: Path, *, named: bool, url: str | None = None
) -> Iterator[tuple[Item | Page, int]]:
    """Everything that one file holds, each with how many bytes of the file were read by then.

    ``named`` says that the user named it, not its folder; ``url`` is the address of a page that states none.
    """
    place = str(path)
    if not path.is_file():
        # A pipe or a device would be waited for without end.
        if named or not path.exists():
            yield Bad(place, "there is no such file" if not path.exists() else "not a file"), 0
        else:
            yield Skipped(place), 0
        return
    try:
        with path.open("rb") as file:
            for item in _read_stream(file, place, url, named=named):
                yield item, file.tell()
    except OSError as error:
        yield Bad(place, error.strerror or str(error)), 0


def _read_stream(
    file: io.BufferedReader, place: str, url: str | None, *, named: bool
) -> Iterator[Item | Page]:
    beginning = file.peek()
    if kind_by_mark(_beginning(beginning)) is Kind.WARC:
        yield from read_warc(file, place)
        return
    packed = beginning[:2] == _GZIP
    stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if packed else file
    try:
        head = _head(stream)
    except (EOFError, OSError, zlib.error) as error:
        yield Bad(place, f"the file is cut off or damaged: {error}")
        return
    kind = kind_of(head)
    if kind is None:
        yield Bad(place, "of no known kind") if named else Skipped(place)
        return
    file.seek(0)
    stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if packed else file
    if kind is Kind.WACZ:
        yield from read_wacz(stream, place, named=named)
        return
    if kind is Kind.JSONL:
        yield from read_lines(stream, place)
        return
    try:
        content = stream.read(MOST_BYTES + 1)
    except (EOFError, OSError, zlib.error) as error:
        yield Bad(place, f"the file is cut off or damaged: {error}")
        return
    yield Page(content, kind, place, _MEDIA_TYPES[kind], url)


def _beginning(raw: bytes) -> bytes:
    """The first bytes, unpacked, of a file that begins with ``raw``, whatever comes behind them."""
    if not raw.startswith(_GZIP):
        return raw[:_FEW]
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(raw, _FEW)
    except zlib.error:
        return b""


def _head(stream: IO[bytes]) -> bytes:
    """The first bytes; of a packed file that is cut off, those that can be had."""
    head = b""
    while len(head) < HEAD:
        try:
            more = stream.read(min(HEAD - len(head), 1024))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            if head:
                break
            raise
        if not more:
            break
        head += more
    return head


def clean_file(path: Path, url: str | None = None) -> Article:
    """The one article in a page or text file, ``-`` for standard input.

    Raises:
        NotAnArticle: there is none.
        BadInput: the file cannot be read, or is neither a page nor a text.
    """
    place = str(path)
    try:
        content = os.fdopen(0, "rb", closefd=False).read() if place == "-" else path.read_bytes()
        if content.startswith(_GZIP):
            content = gzip.GzipFile(fileobj=io.BytesIO(content)).read(MOST_BYTES + 1)
    except (EOFError, OSError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(reason, place) from error
    kind = kind_of(content[:HEAD])
    if kind not in {Kind.HTML, Kind.TEXT}:
        raise BadInput("neither a page nor a text", place)
    return clean(content, kind, place, url)
