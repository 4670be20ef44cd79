"""Where the indexes lie, and which of them is searched.

Every index has a folder of its own under ``index/`` in the home folder, with its dictionary, entities and reprints.
An engine's first lies in the folder of its name; one that is built beside gets a number (``tantivy-2``). The file
``in-use.json`` says which folder is searched with which engine, and whose index is searched where the settings name no
engine. It is replaced in one step: whoever looks sees the old index or the new one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tintuc_search.settings import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "in-use.json"


@dataclass(frozen=True, slots=True)
class InUse:
    """What the file says: an engine, and the folder's name of each that has a numbered one."""

    engine: str = ENGINES[0]
    folders: Mapping[str, str] = field(default_factory=dict)


class Places:
    """The folder ``index`` in ``home``; nothing is made in it until something is put into use."""

    def __init__(self, home: Path) -> None:
        self.root = home / "index"
        self._file = self.root / FILE

    def state(self) -> tuple[int, ...]:
        """Another one whenever another index may be in use; costs one look at a file."""
        try:
            status = os.stat(self._file)  # noqa: PTH116 - called for every request
        except OSError:
            return ()
        return (status.st_ino, status.st_mtime_ns, status.st_size)

    def in_use(self) -> InUse:
        """What is searched; a file that is missing or of no use says as much as on the first day."""
        try:
            plain: Any = json.loads(self._file.read_text("utf-8"))
            folders = {
                engine: name
                for engine, name in plain["folders"].items()
                if engine in ENGINES and _is_of(name, engine)
            }
            return InUse(plain["engine"] if plain["engine"] in ENGINES else ENGINES[0], folders)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return InUse()

    def folder(self, engine: str) -> Path:
        """The folder that is searched with an engine; it need not be there."""
        return self.root / self.in_use().folders.get(engine, engine)

    def new(self, engine: str) -> Path:
        """A folder to build another index in; it is not there yet."""
        taken = [int(each.name.removeprefix(f"{engine}-")) for each in self.built(engine)]
        return self.root / f"{engine}-{max(taken, default=1) + 1}"

    def built(self, engine: str) -> Iterator[Path]:
        """The numbered folders of an engine, in use or not."""
        if self.root.is_dir():
            yield from (each for each in self.root.iterdir() if _is_of(each.name, engine))

    def all(self) -> Iterator[Path]:
        """The folders of all indexes."""
        for engine in ENGINES:
            if (self.root / engine).is_dir():
                yield self.root / engine
            yield from self.built(engine)

    def use(self, engine: str, folder: Path) -> None:
        """Have the index in ``folder`` searched from now on, also where the settings name no engine."""
        folders = {**self.in_use().folders, engine: folder.name}
        text = json.dumps({"engine": engine, "folders": folders})
        aside = self._file.with_suffix(".new")
        with aside.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(self._file)


def _is_of(name: object, engine: str) -> bool:
    """Whether a folder's name is the engine's with a number."""
    return isinstance(name, str) and name.removeprefix(f"{engine}-").isdecimal()
