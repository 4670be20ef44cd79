"""Reads a WARC file record by record."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from warcio.limitreader import LimitReader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from tintuc_search.indexer.warc import http
from tintuc_search.indexer.warc.stream import BLOCK, Damaged, RecordStream

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"]
_LENGTH = re.compile(r"[0-9]{1,18}")
_STATUS = re.compile(r"[1-5][0-9]{2}\b")
_TYPES = {"warcinfo", "request", "metadata", "revisit", "conversion", "continuation"}
"""Types of records that hold no page as it came."""
_OK = "200"


class Record:
    """One record, whose body can be read once, before the next record is asked for.

    Args:
        headers: of the record.
        body: the stream behind them, as long as the record.
        offset: where the record begins in the file.
    """

    def __init__(self, headers: Any, body: LimitReader, offset: int) -> None:
        self.offset = offset
        self._headers = headers
        self._body = body
        self._type = self._header("WARC-Type").lower()
        self._http = self._http_headers()

    @property
    def url(self) -> str | None:
        """The address that was captured; some write it in angle brackets, some leave letters unescaped."""
        return http.as_uri(self._header("WARC-Target-URI").strip("<>")) or None

    @property
    def captured_at(self) -> datetime | None:
        """When it was captured."""
        try:
            found = datetime.fromisoformat(self._header("WARC-Date"))
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (OverflowError, ValueError):
            return None

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` of what was captured, with its parameters."""
        if self._http is None:
            return self._header("Content-Type")
        return self._http.get_header("Content-Type") or ""

    @property
    def passed_over(self) -> str | None:
        """Why this is no page, as few words to count by, or None where it is one."""
        if self._type not in {"response", "resource"}:
            return self._type if self._type in _TYPES else "other record"
        if self._type == "response" and self._http is None:
            return "not HTTP"
        if self._http is not None and not self._http.statusline.startswith(_OK):
            status = _STATUS.match(self._http.statusline)
            return f"status {status[0]}" if status else "no status"
        if not http.is_web_address(self.url) and not self._is_ours():
            return "no web address"
        return None if self._is_page() else "not HTML"

    def content(self) -> bytes:
        """The page, byte for byte as its server made it, before it was packed for the way.

        Raises:
            BadInput: it is too large, or packed in a way that cannot be undone.
            Damaged: the file ends before the record does.
        """
        http.check_size(self._body.limit)
        body = b"".join(self._blocks())
        if self._http is None:
            return body
        body = http.undo_transfer(body, self._http.get_header("Transfer-Encoding") or "")
        return http.undo_content(body, self._http.get_header("Content-Encoding") or "")

    def skip(self) -> None:
        """Go to the record's end."""
        for _ in self._blocks():
            pass

    def _blocks(self) -> Iterator[bytes]:
        while self._body.limit > 0:
            block = self._body.read(BLOCK)
            if not block:
                raise Damaged(f"{self._body.limit} bytes of the record are missing", self.offset)
            yield block

    def _is_page(self) -> bool:
        found = http.media_type(self.content_type)
        return found in http.HTML or (found == "text/plain" and self._is_ours())

    def _is_ours(self) -> bool:
        """Whether we wrote it, of an article without address; crawlers keep texts of their own making so too."""
        return self._type == "resource" and (self.url or "").startswith(http.OUR_IDS)

    def _header(self, name: str) -> str:
        return (self._headers.get_header(name) or "").strip()

    def _http_headers(self) -> Any:
        is_http = http.media_type(self._header("Content-Type")) == "application/http"
        if self._type != "response" or not is_http:
            return None
        try:
            return StatusAndHeadersParser([], verify=False).parse(self._body)
        except EOFError:
            return None


def read_records(file: IO[bytes]) -> Iterator[Record]:
    """Every record of a WARC file, packed or not, in order and constant memory.

    Raises:
        Damaged: the file cannot be read further.
    """
    stream = RecordStream(file)
    while stream.begin():
        record = _next(stream)
        yield record
        record.skip()


def _next(stream: RecordStream) -> Record:
    try:
        headers = StatusAndHeadersParser(_VERSIONS).parse(stream)
    except (EOFError, StatusAndHeadersParserException):
        raise Damaged("here should begin a record, and none does", stream.offset) from None
    length = (headers.get_header("Content-Length") or "").strip()
    if not _LENGTH.fullmatch(length):
        raise Damaged("the record does not say how long it is", stream.offset)
    return Record(headers, LimitReader(stream, int(length)), stream.offset)
