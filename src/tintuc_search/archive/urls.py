"""One address for all the addresses under which one article is reached.

The mobile page, the AMP page, the link shared on Facebook or Zalo and the plain one must name one
article, so :func:`canonical` drops what only says how a reader came, and keeps what says where to.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

HOST_PREFIXES = ("www.", "m.", "amp.")
TRACKING_PREFIXES = ("utm_", "fb_", "vn_", "zalo_", "_hs")
TRACKING = frozenset(
    {
        "_ga",
        "_gl",
        "amp",
        "dclid",
        "fbclid",
        "gbraid",
        "gclid",
        "gidzl",
        "igshid",
        "mc_cid",
        "mc_eid",
        "msclkid",
        "outputtype",
        "ttclid",
        "twclid",
        "wbraid",
        "yclid",
        "zarsrc",
    }
)
"""Query parameters (lower case) that say where a reader came from or which dress the page wears."""

UNRESERVED = re.compile(r"%(2D|2E|5F|7E|3[0-9]|[46][1-9A-F]|[57][0-9A])", re.IGNORECASE)
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
HOST = re.compile(r"[^\s/?#@:\[\]%]+\.[^\s/?#@:\[\]%]+")


def canonical(url: str | None) -> str | None:
    """The one address of the article at ``url``, or None if that is no web address.

    >>> canonical("http://m.baochinhphu.vn:80/tin-1.htm/amp?utm_source=zalo&b=2&a=1#top")
    'https://baochinhphu.vn/tin-1.htm?a=1&b=2'
    """
    text = unicodedata.normalize("NFC", url or "").strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"}:
        return None
    host = _host(parts.hostname or "")
    if not host:
        return None
    place = host if port in {None, 80, 443} else f"{host}:{port}"
    query = _query(parts.query)
    return f"https://{place}{_path(parts.path)}" + (f"?{query}" if query else "")


def without_tracking(url: str) -> str:
    """``url`` without the parameters that say how a reader came; everything else as it is.

    >>> without_tracking("http://www.baomoi.example/tin-1.html?id=5&utm_source=rss")
    'http://www.baomoi.example/tin-1.html?id=5'
    """
    head, mark, query = url.partition("?")
    kept = [pair for pair in query.split("&") if not _is_tracking(pair.partition("=")[0])]
    return head + mark + "&".join(kept) if mark and kept else head


def _is_tracking(name: str) -> bool:
    return name.lower() in TRACKING or name.lower().startswith(TRACKING_PREFIXES)


def _host(host: str) -> str | None:
    """``host`` without the names of its mobile and AMP twins; a prefix is kept where it is the site's own name."""
    host = unicodedata.normalize("NFC", host.lower()).strip(".")
    while (prefix := host.split(".", 1)[0] + ".") in HOST_PREFIXES:
        rest = host.removeprefix(prefix).lstrip(".")
        if "." not in rest:
            break
        host = rest
    return host if HOST.fullmatch(host) or host == "localhost" else None


def _path(path: str) -> str:
    """``path`` in one spelling of its escapes, without trailing slash and ``/amp``."""
    path = BARE_PERCENT.sub("%25", path)
    path = UNRESERVED.sub(lambda found: unquote(found[0]), path)
    path = ESCAPE.sub(lambda found: found[0].upper(), path)
    path = quote(path, safe="/%:@!$&'()*+,;=~-._", errors="replace")
    while path.endswith("/") or path.lower().endswith("/amp"):
        path = path[:-1] if path.endswith("/") else path[:-4]
    return path


def _query(query: str) -> str:
    """The parameters that matter, sorted."""
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, errors="replace")
        if not _is_tracking(name)
    ]
    return urlencode(sorted(kept), errors="replace")
