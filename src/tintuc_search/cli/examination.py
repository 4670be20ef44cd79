"""What `doctor` looks at: settings, archive, index, and how far the index is behind."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tintuc_search.errors import TintucError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.wiring import Parts


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is as it should be, and what was seen or must be done."""

    subject: str
    good: bool
    text: str

    def to_json(self) -> dict[str, Any]:
        """The finding as plain data."""
        return asdict(self)


def examine(parts: Parts) -> Iterator[Finding]:
    """Look at every part; a part that fails is a finding and does not end the examination."""
    for subject, look in (("settings", _settings), ("archive", _archive), ("index", _index)):
        yield _finding(subject, look, parts)


def _finding(subject: str, look: Callable[[Parts], tuple[bool, str]], parts: Parts) -> Finding:
    try:
        return Finding(subject, *look(parts))
    except TintucError as error:
        return Finding(subject, good=False, text=str(error))


def _settings(parts: Parts) -> tuple[bool, str]:
    settings = parts.settings
    return True, f"home {settings.home}, engine {settings.engine}"


def _archive(parts: Parts) -> tuple[bool, str]:
    archive = parts.present_archive
    damage = archive.check()
    if damage:
        return False, f"{damage}; restore a backup"
    return True, f"{archive.count()} articles, change sequence {archive.latest()}"


def _index(parts: Parts) -> tuple[bool, str]:
    parts.check_ready()
    parts.check_index()
    behind = parts.archive.latest() - parts.engine.mark()
    if behind < 0:
        return False, "newer than the archive; run `tintuc index --rebuild`"
    if behind:
        return False, f"{behind} changes behind the archive; run `tintuc index`"
    return True, f"{parts.engine.count()} articles, up to date"
