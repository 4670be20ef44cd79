"""What is known of one publisher's pages: one small TOML file each in ``publishers/``.

A profile never does the cleaning; it says where to look first. Where its selectors find nothing, the generic rules
decide. A redesign gives a profile another version, so that captures of the time before still parse: the newest one
stands at the top of the file, older ones in ``[[older]]`` tables with the last day that they held. What many papers
share, because one editorial system makes their pages, stands once, in ``publishers/families/``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tintuc_search.indexer.cleaning.selectors import compiled, select

if TYPE_CHECKING:
    from datetime import date

    from tintuc_search.indexer.cleaning.tree import Element

_FIELDS = ("title", "lead", "body", "author", "date", "section", "origin", "drop", "keep")
_FOLDER = files("tintuc_search.indexer.cleaning") / "publishers"


@dataclass(frozen=True, slots=True)
class Version:
    """The selectors by field, each tried in turn, that held up to the day ``until`` (None: they hold now).

    ``verified`` is the day (ISO) of the newest real page the selectors were seen to fit; empty where none was.
    """

    selectors: dict[str, tuple[str, ...]]
    verified: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One publisher: its ``name``, ``hosts`` and the versions of its pages, newest first.

    ``current`` is the version in use, the newest one if not chosen otherwise.
    """

    key: str
    name: str
    hosts: tuple[str, ...]
    versions: tuple[Version, ...]
    current: Version

    @property
    def verified(self) -> str:
        """The day of the newest real page that the version in use was seen to fit."""
        return self.current.verified

    @property
    def selectors(self) -> dict[str, tuple[str, ...]]:
        """The selectors of the version in use."""
        return self.current.selectors

    def of(self, field: str) -> tuple[str, ...]:
        """The selectors of a field, best first."""
        return self.current.selectors.get(field, ())

    def fitted(self, root: Element, seen: date | None) -> Profile:
        """The profile with the version that fits a page, seen on a day if that is known.

        The version of that day is tried first, then the others from the newest on; the first that finds a body is it.
        None finding one, the version of the day stays: its other selectors may still fit.
        """
        if len(self.versions) == 1:
            return self
        at_day = self._at(seen)
        for version in (at_day, *self.versions):
            if any(select(root, selector) for selector in version.selectors.get("body", ())):
                return replace(self, current=version)
        return replace(self, current=at_day)

    def _at(self, seen: date | None) -> Version:
        """The version that held on a day."""
        held = [each for each in self.versions if seen and each.until and seen <= each.until]
        return held[-1] if held else self.versions[0]


GENERIC = Profile("generic", "", (), (Version({}),), Version({}))
"""Knows nothing: for every publisher without a profile."""


@cache
def profiles() -> tuple[Profile, ...]:
    """All profiles, by key. Raises ValueError on a broken file or a host claimed twice."""
    found = [
        _profile(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in sorted(_FOLDER.iterdir(), key=lambda entry: entry.name)
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
    name, hosts = data.pop("name"), tuple(data.pop("hosts"))
    older = [_version(key, table) for table in data.pop("older", [])]
    versions = (_version(key, data), *older)
    days = [version.until for version in versions]
    known = [day for day in days[1:] if day is not None]
    if days[0] is not None or len(known) != len(older) or sorted(known, reverse=True) != known:
        raise ValueError(f"publishers/{key}.toml: older versions need days, the newest first")
    return Profile(key, name, hosts, versions, versions[0])


def _version(key: str, data: dict[str, Any]) -> Version:
    selectors = {field: tuple(data.pop(field)) for field in _FIELDS if field in data}
    for field, shared in _family(data.pop("family", "")).items():
        selectors[field] = tuple(dict.fromkeys((*selectors.get(field, ()), *shared)))
    for choices in selectors.values():
        for selector in choices:
            compiled(selector)
    version = Version(selectors, data.pop("verified", ""), data.pop("until", None))
    if data:
        raise ValueError(f"publishers/{key}.toml: unknown keys {sorted(data)}")
    return version


@cache
def _family(name: str) -> dict[str, tuple[str, ...]]:
    """What the pages of one editorial system share; nothing where none is named."""
    if not name:
        return {}
    data = tomllib.loads((_FOLDER / "families" / f"{name}.toml").read_text(encoding="utf-8"))
    if unknown := set(data) - set(_FIELDS):
        raise ValueError(f"publishers/families/{name}.toml: unknown keys {sorted(unknown)}")
    return {field: tuple(selectors) for field, selectors in data.items()}
