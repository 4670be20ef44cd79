"""Takes the page out of an HTTP answer: chunks joined, packing undone, never more than it may hold."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from warcio.bufferedreaders import ChunkedDataReader

from tintuc_search.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 10 << 20
"""Of one page, unpacked; a larger one is refused without being held in memory."""

OUR_IDS = "urn:tintuc:"
"""Begins the address under which we write a page that has none: the archive's id follows."""

HTML = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_IN_ADDRESSES = "%:/?#[]@!$&'()*+,;=~"
_NONE = {"", "identity", "none", "utf-8"}


def media_type(content_type: str) -> str:
    """The media type of a ``Content-Type``, in lower case, without its parameters."""
    return content_type.split(";", 1)[0].strip().lower()


def charset(content_type: str) -> str | None:
    """The charset that a ``Content-Type`` declares."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def is_web_address(url: str | None) -> bool:
    """Whether ``url`` is one that a browser goes to."""
    return (url or "").lower().startswith(("http://", "https://"))


def as_uri(address: str) -> str:
    """``address`` with what no address may hold, such as a space or a line's end, escaped."""
    return quote(address, safe=_IN_ADDRESSES, errors="replace")


def check_size(size: int) -> None:
    """Raise BadInput where ``size`` bytes are more than a page may hold."""
    if size > MOST_BYTES:
        raise BadInput(f"larger than {MOST_BYTES >> 20} MB")


def undo_transfer(body: bytes, encoding: str) -> bytes:
    """``body`` with its chunks joined; as it is where the header says so and the body is not chunked."""
    if encoding.strip().lower() != "chunked":
        return body
    joined: bytes = ChunkedDataReader(io.BytesIO(body)).read()
    return joined


def undo_content(body: bytes, encodings: str) -> bytes:
    """``body`` unpacked; as it is where the capture has unpacked it already and kept the header.

    Raises:
        BadInput: it is packed in a way that is not known, or damaged, or becomes too large.
    """
    for encoding in reversed(encodings.lower().split(",")):
        name = encoding.strip()
        if name in _NONE or body.lstrip()[:1] == b"<":
            continue
        unpack = _UNPACK.get(name)
        if unpack is None:
            raise BadInput(f"its content encoding {name[:40]!r} cannot be undone")
        body = unpack(body)
    return body


def _gunzip(body: bytes) -> bytes:
    return _inflate(body, 16 + zlib.MAX_WBITS) if body.startswith(b"\x1f\x8b") else body


def _inflate_any(body: bytes) -> bytes:
    """Some servers send ``deflate`` without the header that the standard asks for."""
    try:
        return _inflate(body, zlib.MAX_WBITS)
    except _NotPacked:
        return _inflate(body, -zlib.MAX_WBITS)


class _NotPacked(BadInput):
    """The body does not unpack."""


def _inflate(body: bytes, window: int) -> bytes:
    """What is there of a body that is cut off is taken: browsers do so too."""
    unpacker = zlib.decompressobj(window)
    try:
        content = unpacker.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise _NotPacked(f"its content encoding is damaged: {error}") from None
    check_size(len(content))
    return content


_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate_any,
}
