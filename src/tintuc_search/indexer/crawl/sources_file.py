"""Reads and writes ``sources.toml``, the list of what is crawled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tintuc_search.archive.urls import canonical
from tintuc_search.errors import BadInput, NotFound
from tintuc_search.indexer.cleaning.profiles import profiles
from tintuc_search.indexer.crawl.guard import may_fetch
from tintuc_search.indexer.crawl.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILE = "sources.toml"
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KEY_RULE = "a source's name in the file is of small letters, digits and hyphens"
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d)")
_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_URLS = ("sitemaps", "feeds", "sections")
_PATTERNS = ("articles", "exclude", "follow")
_LISTS = (*_URLS, *_PATTERNS, "keep_sections")
_DURATIONS = {"every": 60.0, "refresh": 0.0, "delay": 0.0}
"""Fields that are times, with the least seconds that they may be."""
_WHOLE = {"depth": 0, "most_pages": 1}


def read_sources(path: Path) -> tuple[Source, ...]:
    """All sources of a file, by key; none where there is no file.

    Raises:
        BadInput: names file, table and key of the first mistake.
    """
    try:
        with path.open("rb") as stream:
            tables = tomllib.load(stream)
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(str(error), str(path)) from error
    return tuple(_source(key, tables[key], str(path)) for key in sorted(tables))


def choose(sources: Iterable[Source], keys: Iterable[str], path: Path) -> tuple[Source, ...]:
    """The sources of these keys, or all that are enabled where none is given. Raises NotFound."""
    by_key = {source.key: source for source in sources}
    wanted = tuple(dict.fromkeys(keys))
    for key in wanted:
        if key not in by_key:
            known = ", ".join(by_key) or "none"
            raise NotFound(f"{path}: there is no source {key!r}; there are: {known}")
    if wanted:
        return tuple(by_key[key] for key in wanted)
    return tuple(source for source in by_key.values() if source.enabled)


def check_new(path: Path, key: str) -> None:
    """Raise BadInput unless a table may be named ``key`` and there is none of that name yet."""
    if not _KEY.fullmatch(key):
        raise BadInput(_KEY_RULE, key)
    if any(source.key == key for source in read_sources(path)):
        raise BadInput(f"there is a source {key!r} already", str(path))


def append_source(path: Path, text: str, key: str) -> None:
    """Write one more table behind what a file holds; comments and other tables stay as they are.

    Raises:
        BadInput: there is a table of that name already, or the file would be broken by it.
    """
    check_new(path, key)
    old = path.read_text("utf-8") if path.exists() else ""
    new = f"{old.rstrip()}\n\n{text}" if old.strip() else text
    part = path.with_name(f"{path.name}.part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(new, "utf-8")
        read_sources(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _source(key: str, table: Any, path: str) -> Source:
    place = f"{path}: [{key}]"
    if not _KEY.fullmatch(key):
        raise BadInput(_KEY_RULE, place)
    if not isinstance(table, dict):
        raise BadInput("must be a table", place)
    known = {field.name: field.default for field in fields(Source) if field.name != "key"}
    for name in table:
        if name not in known:
            raise BadInput(f"there is no key {name!r}; there are: {', '.join(known)}", place)
    values = {name: _value(name, value, f"{place} {name}") for name, value in table.items()}
    if missing := [
        name for name, default in known.items() if default is MISSING and name not in values
    ]:
        raise BadInput(f"{missing[0]!r} is missing", place)
    if not any(values.get(name) for name in _URLS):
        raise BadInput(f"needs a start point: one of {', '.join(_URLS)}", place)
    return Source(key=key, **values)


def _value(name: str, value: Any, place: str) -> Any:
    if name in _LISTS:
        return _strings(name, value, place)
    if name in _DURATIONS:
        return _duration(value, place, _DURATIONS[name])
    if name in _WHOLE:
        if type(value) is not int or value < _WHOLE[name]:
            raise BadInput(f"must be a whole number from {_WHOLE[name]} on, not {value!r}", place)
        return value
    if name in {"private", "enabled"}:
        if not isinstance(value, bool):
            raise BadInput(f"must be true or false, not {value!r}", place)
        return value
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"must be a text, not {value!r}", place)
    if name == "profile" and value not in {profile.key for profile in profiles()}:
        raise BadInput(f"there is no profile {value!r}", place)
    return value


def _strings(name: str, value: Any, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise BadInput(f"must be a list of texts, not {value!r}", place)
    for each in value:
        if name in _URLS and not (may_fetch(each) and canonical(each)):
            raise BadInput(f"no web address: {each!r}", place)
        if name in _PATTERNS:
            try:
                re.compile(each)
            except re.error as error:
                raise BadInput(f"no regular expression: {each!r}: {error}", place) from None
    return tuple(value)


def _duration(value: Any, place: str, least: float) -> timedelta:
    """A number of seconds, or a text such as ``30s``, ``15m``, ``2h``, ``7d``."""
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    number = type(value) in {int, float}
    if not found and not number:
        raise BadInput(f"must be a time such as 30s, 15m, 2h or 7d, not {value!r}", place)
    seconds = float(found[1]) * _UNITS[found[2]] if found else float(value)
    if not least <= seconds <= 36_500 * _UNITS["d"]:
        raise BadInput(f"must be at least {least:g} s, not {value!r}", place)
    return timedelta(seconds=seconds)


def as_toml(key: str, values: Mapping[str, Any]) -> str:
    """One table of the file; ``values`` are texts, numbers, truth values and lists of texts."""
    lines = [f"[{key}]"]
    for name, value in values.items():
        if isinstance(value, (list, tuple)):
            inner = "".join(f"  {_quoted(each)},\n" for each in value)
            lines.append(f"{name} = [\n{inner}]" if value else f"{name} = []")
        elif isinstance(value, bool):
            lines.append(f"{name} = {str(value).lower()}")
        else:
            lines.append(f"{name} = {value if isinstance(value, int) else _quoted(value)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    escaped = "".join(
        f"\\u{ord(sign):04x}" if ord(sign) < 0x20 or ord(sign) == 0x7F else sign  # noqa: PLR2004 - controls
        for sign in text.replace("\\", "\\\\").replace('"', '\\"')
    )
    return f'"{escaped}"'
