"""Saying that an index cannot be used, and how to make it anew."""

from __future__ import annotations

from contextlib import contextmanager
from errno import EACCES, EDQUOT, EMFILE, ENFILE, ENOMEM, ENOSPC, EPERM, EROFS
from typing import TYPE_CHECKING

from tintuc_search.errors import IndexUnusable, TintucError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REBUILD = "rebuild it with: tintuc index --rebuild"
_NOT_DAMAGE = {EACCES, EDQUOT, EMFILE, ENFILE, ENOMEM, ENOSPC, EPERM, EROFS}


@contextmanager
def damage_reported(path: Path) -> Iterator[None]:
    """Turn whatever a library raises over unreadable files into IndexUnusable.

    Whoosh and Tantivy have no class for it: a damaged file shows as almost any exception of unpickling,
    unpacking or seeking.
    """
    try:
        yield
    except (TintucError, FileNotFoundError):
        raise
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"
        if isinstance(error, OSError) and error.errno in _NOT_DAMAGE:
            raise IndexUnusable(f"the index {path} cannot be used: {detail}") from error
        raise IndexUnusable(f"the index {path} is damaged ({detail}); {REBUILD}") from error
