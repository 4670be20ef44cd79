"""Articles as the archive stores them: clean text, written as one JSON object each."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import fields, replace
from typing import Any

from tintuc_search.article import Article, format_time, parse_time

NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
"""What no database takes: NUL, and half a surrogate pair."""

_STRINGS = {str}
TIMES = ("published_at", "updated_at")


def clean(article: Article) -> Article:
    """``article`` in NFC, with U+FFFD for what cannot be stored; the same object where it is so already."""
    text = "\x1f".join(_strings(_plain(article)))
    if unicodedata.is_normalized("NFC", text) and not NOT_STORABLE.search(text):
        return article
    return replace(
        article,
        **{name: _clean(value) for name, value in _plain(article).items() if name not in TIMES},
    )


def encode(article: Article) -> str:
    """``article`` as JSON; empty fields are left out."""
    plain = _plain(article)
    for name in TIMES:
        plain[name] = format_time(plain[name])
    filled = {name: value for name, value in plain.items() if value not in (None, "", ())}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Article:
    """The article that :func:`encode` wrote."""
    plain: dict[str, Any] = json.loads(text)
    for name in TIMES:
        if name in plain:
            plain[name] = parse_time(plain[name])
    return Article(**{name: _tuples(value) for name, value in {"title": "", **plain}.items()})


def _plain(article: Article) -> dict[str, Any]:
    return {field.name: getattr(article, field.name) for field in fields(article)}


def _strings(value: Any) -> list[str]:
    """Every string in ``value``, however deep."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return (
        [text for part in parts for text in _strings(part)]
        if isinstance(value, dict | tuple)
        else []
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", NOT_STORABLE.sub("\ufffd", value))
    return tuple(_clean(part) for part in value) if isinstance(value, tuple) else value


def _tuples(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if set(map(type, value)) <= _STRINGS:  # nearly always, and told without a loop
        return tuple(value)
    return tuple(map(_tuples, value))
