"""What one crawl of one source did, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(slots=True)
class Tally:
    """Counts of one run over one source; filled while it goes on.

    ``fetched`` counts answers with a body, ``not_modified`` those without (304), ``listings`` the sitemaps, feeds and
    section pages among them. ``recognised`` articles were ``new``, ``changed``, ``unchanged`` or ``removed`` (taken
    down before); ``refused`` pages hold none, ``refused_before`` of them held none the last time either. ``gone``
    articles answered 404 or 410. ``failed`` says why by count. ``syllables`` is the length of the recognised bodies,
    ``bytes`` what came over the wire. ``left`` addresses wait for the next run.
    """

    fetched: int = 0
    not_modified: int = 0
    listings: int = 0
    recognised: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: int = 0
    refused_before: int = 0
    gone: int = 0
    bytes: int = 0
    syllables: int = 0
    left: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[str, Any]:
        """All counts by name, ``failed`` as a mapping."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        return plain | {"failed": dict(self.failed)}
