"""Which article an incoming one is: the keys it is known by, and the id it gets if it is new.

A key says that two incoming articles are the same one: the canonical address; the source with its own
id; and, where there is neither, the source with the place, or with the file's name and the same content
(a folder that was moved). Keys are kept hashed, because they outlive an article that was taken down.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from tintuc_search.archive.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.article import Article

OWN_ID = re.compile(r"(?=[A-Za-z0-9._-]{1,64}\Z)[A-Za-z0-9_][A-Za-z0-9._-]*")
"""An own id that is fit to be ours: never ``.`` or ``..``, which addresses swallow, nor one like an option."""

ID_LENGTH = 16
KEY_LENGTH = 40


def keys(article: Article, place: str) -> tuple[str, ...]:
    """The keys of ``article``, the one to trust most first; never empty.

    An own id without a source tells articles apart only where they have no address: every list begins with 1.
    """
    by_url = url_key(article.url)
    url = by_url is not None
    source = article.source or ""
    found = [by_url] if by_url else []
    if article.source_id and (source or not url):
        found.append(_key("own", source, article.source_id))
    if not found:
        found.append(_key("place", source, place))
        found.append(_key("copy", source, _file_name(place), fingerprint_of(article)))
    return tuple(found)


def url_key(url: str | None) -> str | None:
    """The key of the article at ``url``, whichever of its addresses that is; None where it is no web address."""
    address = canonical(url)
    return _key("url", address) if address else None


def fingerprint_of(article: Article) -> str:
    """The article's fingerprint, the same for all addresses of one page."""
    return replace(article, url=canonical(article.url) or article.url).fingerprint()


def given_id_key(article: Article, article_id: str) -> str | None:
    """The key of an article by the id that we gave it, for want of any of its own; None where it has one.

    An export names such an article by our id; read back, that must find it, not make a second one.
    """
    return None if canonical(article.url) else _key("given", article.source or "", article_id)


def seen_key(fingerprint: str, place: str, content: bytes) -> str:
    """The key of one reading: this text, from a file or line of this name, out of these bytes."""
    return _key("seen", _file_name(place), fingerprint, hashlib.sha256(content).hexdigest())


def candidate_ids(article: Article, place: str) -> Iterator[str]:
    """Ids for a new article, best first, without end; the first that no other article has is its id.

    Hashed ids are 16 hexadecimal characters of SHA-256.
    """
    url = canonical(article.url)
    source = article.source or ""
    if url:
        yield _digest(url)[:ID_LENGTH]
        stem: tuple[str, ...] = (url,)
    elif own := article.source_id:
        stem = (source, own)
        if OWN_ID.fullmatch(own):
            yield own
            yield f"{own}-{_digest(source)[:6]}"
    else:
        yield _digest(source, _file_name(place))[:ID_LENGTH]
        stem = (source, place)
    yield _digest(*stem)[:ID_LENGTH]
    for number in count(2):
        yield _digest(*stem, str(number))[:ID_LENGTH]


def _file_name(place: str) -> str:
    return re.split(r"[/\\]", place)[-1]


def _key(kind: str, *parts: str) -> str:
    return f"{kind}:{_digest(*parts)[:KEY_LENGTH]}"


def _digest(*parts: str) -> str:
    # A unit separator keeps ("ab", "c") and ("a", "bc") apart.
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
