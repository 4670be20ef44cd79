"""Building an index beside the one in use, and having it searched once it is complete.

Until then nothing that searches notices anything. Killed half-way, the old index goes on serving, and the next
rebuild goes on with the new one where it is of the same analysis, or begins anew.

Dictionary, entities and reprints are the same whatever the engine. Where the index of another engine is in use and
whole, and was made by the same analysis, they are copied from there, and the archive is read for the engine alone.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from tintuc_search.errors import IndexLocked, IndexUnusable
from tintuc_search.wiring.engines import INDEXES, KeptElsewhere, open_engine
from tintuc_search.wiring.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tintuc_search.settings import Settings
    from tintuc_search.wiring import Parts

LOCK = "rebuild.lock"
NOTE = "building.json"
"""In the folder of an index that is being built: of which analysis it is, and what it took over."""
SHARED = ("dictionary.sqlite", "entities.sqlite", "reprints.sqlite")
GRACE_SECONDS = 2.0
"""How long the old index stays, for the searches that were under way at the switch."""


class Rebuild:
    """An index being built in a folder of its own.

    ``parts`` are the parts of the program over it, ``known`` the change up to which dictionary and entities are
    complete already.
    """

    def __init__(self, settings: Settings, places: Places, parts: Parts, known: int) -> None:
        self._settings, self._places = settings, places
        self.parts, self.known = parts, known

    def switch(self) -> None:
        """Have the new index searched; then remove the engine's old one, after a while."""
        old = self._places.folder(self._settings.engine)
        self._places.use(self._settings.engine, self.parts.folder)
        (self.parts.folder / NOTE).unlink(missing_ok=True)
        if old.exists() and old != self.parts.folder:
            time.sleep(GRACE_SECONDS)
            remove_index(self._settings, old)


@contextmanager
def rebuilding(
    settings: Settings, make_parts: Callable[[Settings, Path], Parts]
) -> Iterator[Rebuild]:
    """Build beside; one process at a time.

    Args:
        settings: name the engine whose index is built.
        make_parts: gives the parts over an index in a folder.

    Raises:
        IndexLocked: another process is building.
    """
    places = Places(settings.home)
    places.root.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(places.root / LOCK).acquire(timeout=settings.lock_wait)
    except Timeout:
        raise IndexLocked(f"another process is building an index in {places.root}") from None
    with lock:
        folder = _unfinished(places, settings, make_parts) or places.new(settings.engine)
        with make_parts(settings, folder) as parts:
            known = _read_note(folder).get("known")
            if not isinstance(known, int):
                parts.clear_index()
                known = _take_over(places, settings, parts, make_parts)
                _write_note(parts, known)
            yield Rebuild(settings, places, parts, known)


def remove_index(settings: Settings, folder: Path) -> None:
    """Remove an index with all that lies beside it, also what the engine keeps elsewhere."""
    for name in INDEXES:
        with closing(open_engine(settings, folder, name, "")) as engine:
            if isinstance(engine, KeptElsewhere):
                engine.remove()
    shutil.rmtree(folder)


def _unfinished(
    places: Places, settings: Settings, make_parts: Callable[[Settings, Path], Parts]
) -> Path | None:
    """The folder of a rebuild that was cut off and can go on; others that are not in use are removed."""
    found = None
    for folder in list(places.built(settings.engine)):
        if folder == places.folder(settings.engine):
            continue
        with make_parts(settings, folder) as parts:
            if found is None and _can_go_on(parts):
                found = folder
                continue
        remove_index(settings, folder)
    return found


def _can_go_on(parts: Parts) -> bool:
    if _read_note(parts.folder).get("made_by") != parts.made_by:
        return False
    try:
        parts.check_ready()
    except IndexUnusable:
        return False
    return True


def _take_over(
    places: Places,
    settings: Settings,
    parts: Parts,
    make_parts: Callable[[Settings, Path], Parts],
) -> int:
    """Copy what does not depend on the engine; up to which change it is complete, 0 where nothing was copied."""
    other = places.in_use().engine
    if other == settings.engine or not places.folder(other).is_dir():
        return 0
    with make_parts(replace(settings, engine=other), places.folder(other)) as old:
        try:
            old.check_ready()
            known = old.engine.mark()  # before the files: these are written first, and may be ahead
            if not old.is_made_by_us() or known > parts.archive.latest():
                return 0
            for name in SHARED:
                _copy(old.folder / name, parts.folder / name)
            parts.check_ready()
        except (IndexUnusable, sqlite3.Error, OSError):
            parts.clear_index()
            return 0
    return known


def _copy(source: Path, target: Path) -> None:
    """Copy an SQLite file that others may be writing over one that nobody has open."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        found = old.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        old.backup(new)


def _read_note(folder: Path) -> dict[str, object]:
    try:
        note = json.loads((folder / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _write_note(parts: Parts, known: int) -> None:
    """Written last: a folder without it is begun anew."""
    aside = parts.folder / f"{NOTE}.new"
    aside.write_text(json.dumps({"made_by": parts.made_by, "known": known}), "utf-8")
    aside.replace(parts.folder / NOTE)
