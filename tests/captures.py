"""WARC files made by warcio, as crawlers write them, of pages of the sample archive."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGES = sorted((Path(__file__).parents[1] / "corpus" / "pages" / "baolamhai").glob("*.html"))
DATE = "2019-05-02T03:04:05Z"
URL = "https://kho.example/bai-{}.html"


@dataclass
class Capture:
    """A WARC file in the making."""

    packed: bool = True
    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    offsets: list[int] = field(default_factory=list)
    """Where each record begins."""

    def __post_init__(self) -> None:
        self.writer = WARCWriter(self.buffer, gzip=self.packed, warc_version="1.1")

    def add(self, kind: str, url: str, block: bytes = b"", **more: str) -> None:
        """A record of any kind; ``more`` are headers of the record, ``type`` its content type."""
        self.offsets.append(self.buffer.tell())
        headers = {"WARC-Date": more.pop("date", DATE)}
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(block),
            length=len(block),
            warc_content_type=more.pop("type", ""),
            warc_headers_dict=headers,
        )
        self.writer.write_record(record)

    def answer(
        self,
        url: str,
        body: bytes,
        *headers: tuple[str, str],
        status: str = "200 OK",
        content_type: str = "text/html; charset=utf-8",
        date: str = DATE,
    ) -> None:
        """An HTTP answer."""
        self.offsets.append(self.buffer.tell())
        http = StatusAndHeaders(status, [("Content-Type", content_type), *headers], "HTTP/1.1")
        record = self.writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": date},
        )
        self.writer.write_record(record)

    @property
    def content(self) -> bytes:
        """The file so far."""
        return self.buffer.getvalue()


def without_address(page: bytes) -> bytes:
    """A page that does not state its own address."""
    return page.replace(b'rel="canonical"', b'rel="x"').replace(b"og:url", b"og:x")


def of_pages(count: int, *, packed: bool = True) -> Capture:
    """So many pages without an address of their own, and one request in front of each."""
    capture = Capture(packed=packed)
    for number in range(count):
        page = without_address(PAGES[number % len(PAGES)].read_bytes())
        capture.add("request", URL.format(number), b"GET / HTTP/1.1\r\n\r\n")
        capture.answer(URL.format(number), page)
    return capture


def chunked(body: bytes, size: int = 1000) -> bytes:
    """``body`` as a server sends it whose length it does not know."""
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def gzipped(body: bytes) -> bytes:
    """``body`` as one gzip member."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()
