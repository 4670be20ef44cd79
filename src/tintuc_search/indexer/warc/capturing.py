"""Writes HTTP exchanges as WARC 1.1 files: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/.

A file ends in ``.open`` while it is written and loses that when it is closed. Each record is a gzip member of its own,
so what a killed process leaves behind can be read up to its last whole record.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tintuc_search import __version__
from tintuc_search.indexer.warc.http import as_uri

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LARGEST = 1 << 30
"""Bytes of a file before the next one is begun."""
OPEN = ".open"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the answer to it; the headers as pairs, the body put together from its chunks."""

    url: str
    method: str
    asked: Sequence[tuple[str, str]]
    status: int
    answered: Sequence[tuple[str, str]]
    body: bytes
    ip_address: str | None = None


class CaptureWriter:
    """Writes into ``folder``, files named after ``name``, the time and the process."""

    def __init__(self, folder: Path, name: str, largest: int = LARGEST) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._name = name
        self._largest = largest
        self._count = 0
        self._path: Path | None = None
        self._stream: IO[bytes] | None = None
        self._writer: WARCWriter | None = None

    def write(self, exchange: Exchange) -> None:
        """Write one exchange: a ``response`` record and the ``request`` that it answers."""
        writer = self._open()
        url, body, status = exchange.url, exchange.body, exchange.status
        moment = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        about = {"WARC-Date": moment} | (
            {"WARC-IP-Address": exchange.ip_address} if exchange.ip_address else {}
        )
        # The body has been put together from its chunks; its length is told anew.
        kept = [pair for pair in exchange.answered if pair[0].lower() not in _HOP_BY_HOP]
        answer = writer.create_warc_record(
            as_uri(url),
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            warc_headers_dict=dict(about),
            http_headers=StatusAndHeaders(
                f"{status} {responses.get(status, '')}".strip(),
                [*kept, ("Content-Length", str(len(body)))],
                protocol="HTTP/1.1",
            ),
        )
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        request = writer.create_warc_record(
            as_uri(url),
            "request",
            payload=io.BytesIO(b""),
            length=0,
            warc_headers_dict={"WARC-Date": moment},
            http_headers=StatusAndHeaders(
                f"{exchange.method} {target} HTTP/1.1",
                [
                    ("Host", parts.netloc),
                    *(pair for pair in exchange.asked if pair[0].lower() != "host"),
                ],
                is_http_request=True,
            ),
        )
        writer.write_request_response_pair(request, answer)
        assert self._stream is not None  # noqa: S101 - _open made it
        self._stream.flush()
        if self._stream.tell() >= self._largest:
            self.close()

    def close(self) -> None:
        """End the file that is open."""
        if self._stream is None or self._path is None:
            return
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._path.rename(self._path.with_name(self._path.name.removesuffix(OPEN)))
        self._stream = self._writer = self._path = None

    def _open(self) -> WARCWriter:
        if self._writer is None:
            self._count += 1
            now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            name = f"{self._name}-{now}-{os.getpid()}-{self._count:03}.warc.gz"
            self._path = self._folder / (name + OPEN)
            self._stream = self._path.open("xb")
            self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
            about = {"software": f"tintuc-search/{__version__}", "format": "WARC File Format 1.1"}
            self._writer.write_record(self._writer.create_warcinfo_record(name, about))
        return self._writer


_HOP_BY_HOP = frozenset({"content-length", "transfer-encoding", "connection", "keep-alive"})
