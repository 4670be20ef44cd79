"""Keeps what is fetched as WARC 1.1 while crawling: request and answer, so that a capture can be proved later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals

from tintuc_search.indexer.warc.capturing import CaptureWriter, Exchange

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Recording:
    """A downloader middleware next to the network; one file for each source and run, split where it grows large."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._writer: CaptureWriter | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes its parts."""
        own = cls(crawler)
        crawler.signals.connect(own.spider_closed, signal=signals.spider_closed)
        return own

    def process_response(self, request: Request, response: Response) -> Response:
        """Write down one exchange."""
        if self._writer is None:
            key = getattr(getattr(self._crawler.spider, "source", None), "key", "crawl")
            self._writer = CaptureWriter(Path(self._crawler.settings["TINTUC_WARC"]), key)
        self._writer.write(
            Exchange(
                request.url,
                request.method,
                _pairs(request.headers),
                response.status,
                _pairs(response.headers),
                response.body,
                str(response.ip_address) if response.ip_address else None,
            )
        )
        return response

    def spider_closed(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()


def _pairs(headers: dict[bytes, list[bytes]]) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]
