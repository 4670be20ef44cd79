"""What is known of one publisher's pages: one small TOML file each in ``publishers/``.

A profile never does the cleaning; it says where to look first. Where its selectors find nothing (an older layout), the
generic rules decide.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from tintuc_search.indexer.cleaning.selectors import compiled

_FIELDS = ("title", "lead", "body", "author", "date", "section", "origin", "drop", "keep")


@dataclass(frozen=True, slots=True)
class Profile:
    """One publisher: its ``name``, ``hosts`` and selectors by field, each tried in turn.

    ``verified`` is the day (ISO) of the newest real page the selectors were seen to fit; empty where none was.
    """

    key: str
    name: str
    hosts: tuple[str, ...]
    verified: str
    selectors: dict[str, tuple[str, ...]]

    def of(self, field: str) -> tuple[str, ...]:
        """The selectors of a field, best first."""
        return self.selectors.get(field, ())


GENERIC = Profile("generic", "", (), "", {})
"""Knows nothing: for every publisher without a profile."""


@cache
def profiles() -> tuple[Profile, ...]:
    """All profiles, by key. Raises ValueError on a broken file or a host claimed twice."""
    folder = files("tintuc_search.indexer.cleaning") / "publishers"
    found = [
        _profile(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    ]
    hosts = [host for profile in found for host in profile.hosts]
    if twice := {host for host in hosts if hosts.count(host) > 1}:
        raise ValueError(f"hosts claimed by two profiles: {sorted(twice)}")
    return tuple(found)


def profile_for(url: str | None) -> Profile:
    """The profile of an address's publisher; a subdomain belongs to its publisher unless it has a profile itself."""
    host = host_of(url)
    while host:
        for profile in profiles():
            if host in profile.hosts:
                return profile
        host = host.partition(".")[2]
    return GENERIC


def profile_named(key: str) -> Profile:
    """The profile of this key. Raises KeyError."""
    return {profile.key: profile for profile in profiles()}[key]


def host_of(url: str | None) -> str:
    """The host of an address without "www." and "m.", empty if it has none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def _profile(key: str, data: dict[str, Any]) -> Profile:
    selectors = {field: tuple(data.pop(field)) for field in _FIELDS if field in data}
    for choices in selectors.values():
        for selector in choices:
            compiled(selector)
    profile = Profile(
        key, data.pop("name"), tuple(data.pop("hosts")), data.pop("verified", ""), selectors
    )
    if data:
        raise ValueError(f"publishers/{key}.toml: unknown keys {sorted(data)}")
    return profile
