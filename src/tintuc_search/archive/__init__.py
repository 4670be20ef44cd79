"""The record of truth: every article, each of its texts, the pages they came from, and what changed when.

Takes :class:`~tintuc_search.archive.base.Incoming` articles; gives stored ones, their revisions, raw
pages and a strictly rising change sequence, by which an index knows what it has yet to read.
:func:`open_archive` opens one from an SQLAlchemy URL: SQLite, or PostgreSQL where several machines write.
The database library is loaded when an archive is opened, not with this package: cleaning a page needs
the names in :mod:`~tintuc_search.archive.base` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from tintuc_search.archive.store import SqlArchive


def open_archive(url: str) -> SqlArchive:
    """Open the archive at an SQLAlchemy URL, making or migrating it where needed.

    Raises:
        ArchiveError: it cannot be opened, is no archive, or has a newer schema than this program.
    """
    from tintuc_search.archive.store import SqlArchive  # noqa: PLC0415

    return SqlArchive(url)


def is_missing(url: str) -> bool:
    """Whether opening the archive would make an empty one."""
    from tintuc_search.archive.database import is_missing as missing  # noqa: PLC0415

    return missing(url)


def check_present(url: str) -> None:
    """Raise ArchiveError where opening the archive would make an empty one."""
    if is_missing(url):
        raise ArchiveError(f"{url}: there is no archive yet; `tintuc import` makes it")


def restore(source: Path, url: str, *, force: bool = False) -> None:
    """Make the backup ``source`` the archive at ``url``; what is there goes only with ``force``.

    The index has to be rebuilt afterwards, because change sequences may repeat.

    Raises:
        ArchiveError: the backup is damaged or newer than this program, there is an archive already, or it is in
            use; nothing has been changed then.
    """
    from tintuc_search.archive.copies import restore as restore_copy  # noqa: PLC0415

    restore_copy(source, url, force=force)
