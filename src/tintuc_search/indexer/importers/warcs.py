"""Reads the pages of web captures: WARC files, and WACZ files that hold them."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from tintuc_search.errors import BadInput
from tintuc_search.indexer.importers.base import Bad, Page, Skipped
from tintuc_search.indexer.importers.kinds import Kind
from tintuc_search.indexer.warc import Damaged, read_records
from tintuc_search.indexer.warc.http import charset, is_web_address, media_type
from tintuc_search.indexer.warc.writing import id_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.indexer.importers.base import Item
    from tintuc_search.indexer.warc import Record

_IN_WACZ = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def read_warc(file: IO[bytes], place: str) -> Iterator[Item | Page]:
    """Every page of a WARC file; each is told by the byte of the file at which its record begins.

    Where the file is damaged its reading ends; what came before is kept.
    """
    try:
        for record in read_records(file):
            yield _found(record, f"{place}@{record.offset}")
    except Damaged as error:
        yield Bad(f"{place}@{error.offset}", f"the file is cut off or damaged here: {error}")


def read_wacz(file: IO[bytes], place: str, *, named: bool) -> Iterator[Item | Page]:
    """Every page of the WARC files in a zip file, in the order of their names."""
    try:
        with zipfile.ZipFile(file) as packed:
            members = sorted(name for name in packed.namelist() if _IN_WACZ.fullmatch(name))
            if not members:
                yield Bad(place, "of no known kind") if named else Skipped(place)
            for name in members:
                yield from _read_member(packed, name, f"{place}/{name}")
    except _ZIP_ERRORS as error:
        yield Bad(place, f"the file is cut off or damaged: {error}")


def _read_member(packed: zipfile.ZipFile, name: str, place: str) -> Iterator[Item | Page]:
    try:
        with packed.open(name) as member:
            yield from read_warc(member, place)
    except _ZIP_ERRORS as error:
        yield Bad(place, f"the file is cut off or damaged: {error}")


def _found(record: Record, here: str) -> Item | Page:
    if reason := record.passed_over:
        return Skipped(here, reason)
    declared = charset(record.content_type)
    try:
        content = record.content()
    except BadInput as error:
        return Bad(here, str(error).removeprefix(f"{here}: "))
    return Page(
        content,
        Kind.TEXT if media_type(record.content_type) == "text/plain" else Kind.HTML,
        here,
        _stored_type(record.content_type, declared),
        url=record.url if is_web_address(record.url) else None,
        charset=declared,
        captured_at=record.captured_at,
        own_id=id_of(record.url),
    )


def _stored_type(content_type: str, declared: str | None) -> str:
    found = media_type(content_type)
    return f"{found}; charset={declared}" if declared else found
