"""What was learnt of an archive's language, kept as files beside the dictionary.

Merging the counts takes a quarter of a second for eight thousand articles and two seconds for a hundred thousand. So
whoever wrote them merges them once, and every process that reads maps the same files into its memory. They are
derived: files that are missing, old or unreadable are as good as none.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "language-"
ARRAYS = ("pairs_keys", "pairs_sums", "triples_keys", "triples_sums", "shares")


class LanguageFiles:
    """The files of one dictionary, in its folder; a state is the numbers of the segments that were merged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, state: tuple[int, ...]) -> Language | None:
        """What is kept of a state, None if there is nothing of use."""
        folder = self._of(state)
        try:
            mapped = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
            # As plain arrays of the same memory: a slice of a memmap takes ten times as long.
            return Language.of({name: np.asarray(array) for name, array in mapped.items()})
        except (OSError, ValueError, EOFError):
            return None

    def write(self, state: tuple[int, ...], language: Language) -> None:
        """Keep what was learnt, in place of what is kept of other states."""
        made = Path(mkdtemp(prefix=f".{_PREFIX}", dir=self._folder))
        try:
            for name, array in language.arrays.items():
                np.save(made / f"{name}.npy", array)
            # mkdtemp makes a folder for its owner alone; who may read the dictionary may read this.
            made.chmod(self._folder.stat().st_mode & 0o777)
            shutil.rmtree(self._of(state), ignore_errors=True)  # it was of no use
            with suppress(OSError):  # another process was as fast
                made.replace(self._of(state))
        finally:
            shutil.rmtree(made, ignore_errors=True)
        self._remove_all_but(self._of(state))

    def clear(self) -> None:
        """Keep nothing."""
        self._remove_all_but(None)

    def _of(self, state: tuple[int, ...]) -> Path:
        digest = sha256(repr(state).encode()).hexdigest()[:16]
        return self._folder / f"{_PREFIX}{digest}"

    def _remove_all_but(self, kept: Path | None) -> None:
        for folder in self._kept():
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _kept(self) -> Iterator[Path]:
        yield from self._folder.glob(f"{_PREFIX}*")
