"""Writes the raw pages of the archive as WARC 1.1, so that a capture can be proved and read elsewhere.

The archive keeps pages, not the HTTP answers around them. So a page is a ``resource`` record, which states an address,
a time and the bytes, and not a ``response`` with headers that nobody received.
"""

from __future__ import annotations

import io
import os
from contextlib import suppress
from datetime import UTC
from typing import IO, TYPE_CHECKING

from warcio.warcwriter import WARCWriter

from tintuc_search import __version__
from tintuc_search.errors import NotFound
from tintuc_search.indexer.warc.http import OUR_IDS, as_uri, is_web_address

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tintuc_search.archive.base import Archive, RawPage, Revision


def export_warc(archive: Archive, file: Path) -> int:
    """Write every stored page, of all revisions, to ``file``, and return how many; packed if its name ends in ``.gz``.

    The file appears when it is whole.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as stream:
            count = _write(archive, stream, file.name)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return count


def id_of(url: str | None) -> str | None:
    """The archive's id in an address that :func:`export_warc` gave for want of another."""
    given, _, own = (url or "").partition(OUR_IDS)
    return own if own and not given else None


def _write(archive: Archive, stream: IO[bytes], name: str) -> int:
    writer = WARCWriter(stream, gzip=name.endswith(".gz"), warc_version="1.1")
    about = {
        "software": f"tintuc-search/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    writer.write_record(writer.create_warcinfo_record(name, about))
    count = 0
    for stored in archive.everything():
        with suppress(NotFound):  # taken down by another process in this moment
            for revision in archive.revisions(stored.id):
                page = archive.raw(stored.id, revision.number)
                if page is not None:
                    _write_page(writer, stored.id, revision, page)
                    count += 1
    return count


def _write_page(writer: WARCWriter, article_id: str, revision: Revision, page: RawPage) -> None:
    url = revision.article.url
    record = writer.create_warc_record(
        as_uri(url if url and is_web_address(url) else f"{OUR_IDS}{article_id}"),
        "resource",
        payload=io.BytesIO(page.content),
        length=len(page.content),
        warc_content_type=page.media_type,
        warc_headers_dict={"WARC-Date": _warc_date(revision.first_seen)},
    )
    writer.write_record(record)


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
