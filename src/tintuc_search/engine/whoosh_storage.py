"""Whoosh's folder of files, with a remedy for what it leaves open when it meets a damaged one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage

if TYPE_CHECKING:
    from collections.abc import Iterator


class CarefulStorage(FileStorage):  # type: ignore[misc]
    """A folder of files; not to be shared between threads while :meth:`closing` lasts."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._opened: list[Any] = []

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file for reading, and remember it."""
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    @contextmanager
    def closing(self) -> Iterator[CarefulStorage]:
        """Close the files opened in the block, if it raises; they stay open otherwise."""
        self._opened = []
        try:
            yield self
        except BaseException:
            for file in self._opened:
                if not file.is_closed:
                    file.close()
            raise
        finally:
            self._opened = []
