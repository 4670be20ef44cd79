"""Moving a whole archive to another database: every table, row by row, whichever the two databases are.

While it is copied nobody may write to the archive, so the copy is of one moment. Rows that are there already stay, so a
copy that was cut short goes on where it was. The target says of itself that it is unfinished until every row has been
read back and found the same: no program opens it before.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    LargeBinary,
    and_,
    delete,
    func,
    insert,
    select,
    text,
    tuple_,
    update,
)

from tintuc_search.archive.database import Database
from tintuc_search.archive.locks import SqlLocks
from tintuc_search.archive.migrating import UNFINISHED, check_known, migrate, set_version, version
from tintuc_search.archive.schema import SCHEMA, metadata
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from sqlalchemy import ColumnElement, Connection, Table

BATCH = 500
"""Rows of one transaction."""
BATCH_BYTES = 16 << 20
"""Bytes of one transaction, where rows are large."""
LARGE_ROWS = 20
"""Rows fetched at once from a table that holds pages."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One table of a copy: its rows, how many of them had to be written, a sum over all of them."""

    table: str
    rows: int
    written: int
    checksum: str


def copy_archive(
    source: Database, url: str, on_progress: Callable[[int], None] = lambda _rows: None
) -> list[Moved]:
    """Copy the archive in ``source`` to the empty database at ``url``, or go on with a copy begun before.

    Args:
        source: an open archive; who wants to write to it meanwhile waits, and is told so in the end.
        url: SQLAlchemy's.
        on_progress: told of rows, each once when it is copied and once when it has been read back.

    Returns:
        Every table, found the same on both sides.

    Raises:
        ArchiveError: there is an archive at ``url`` already, another process copies to it, one of the two cannot be
            read or written, or rows came back otherwise. What was copied stays, and the next run goes on.
    """
    with closing(Database(url)) as target:
        if target.name == source.name:
            raise ArchiveError(f"{target.name}: is the archive that is to be copied")
        with SqlLocks(target).held({"copy"}) as taken:
            if taken:
                raise ArchiveError(f"{target.name}: another process is copying to it")
            with source.stopping_writers() as reading:
                return _copy_all(reading, target, on_progress)


def _copy_all(reading: Connection, target: Database, tell: Callable[[int], None]) -> list[Moved]:
    _begin(target)
    for table in reversed(metadata.sorted_tables):
        _remove_gone(reading, target, table)
    moved = [_copy(reading, target, table, tell) for table in metadata.sorted_tables]
    for each in moved:
        _check(target, each, tell)
    _finish(target)
    return moved


def rows_of(source: Database) -> int:
    """The rows of an archive, of all its tables."""
    with source.reading() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        )


def _begin(target: Database) -> None:
    """Make the tables, marked as unfinished at the same stroke, unless an earlier copy did."""
    with target.reading() as connection:
        found = version(connection)
    if found is None:
        migrate(target, then=UNFINISHED)
    elif found != UNFINISHED:
        check_known(found, target.name)
        raise ArchiveError(
            f"{target.name}: there is an archive already; a copy needs an empty database"
        )


def _finish(target: Database) -> None:
    """Let programs open the copy, and give numbers behind the highest ones copied."""
    with target.writing() as connection:
        if connection.dialect.name == "postgresql":
            for table in metadata.sorted_tables:
                number = table.autoincrement_column
                if number is None:
                    continue
                counter = func.pg_get_serial_sequence(table.name, number.name)
                following = func.coalesce(func.max(number), 0) + 1
                connection.execute(
                    select(func.setval(counter, select(following).scalar_subquery(), False))
                )
            connection.execute(text("ANALYZE"))
        set_version(connection, SCHEMA)


# --- rows ------------------------------------------------------------------------------------------


def _copy(
    reading: Connection, target: Database, table: Table, tell: Callable[[int], None]
) -> Moved:
    total = _Sum()
    written = 0
    with closing(_batches(reading, table)) as batches:
        for batch in batches:
            with target.writing() as writing:
                written += _put(writing, table, batch)
            total.add(batch)
            tell(len(batch))
    return Moved(table.name, total.rows, written, total.text)


def _put(writing: Connection, table: Table, batch: Sequence[Row]) -> int:
    """Make the target's rows of these keys the same as these; how many were not."""
    names = [column.name for column in table.columns]
    keys = [_key(table, row) for row in batch]
    query = select(table).where(_among(table, keys))
    there = {_key(table, row): tuple(row) for row in writing.execute(query)}
    new = [row for key, row in zip(keys, batch, strict=True) if key not in there]
    other = [
        row for key, row in zip(keys, batch, strict=True) if key in there and row != there[key]
    ]
    if new:
        writing.execute(insert(table), [dict(zip(names, row, strict=True)) for row in new])
    for row in other:
        values = dict(zip(names, row, strict=True))
        writing.execute(update(table).where(_among(table, [_key(table, row)])).values(values))
    return len(new) + len(other)


def _remove_gone(reading: Connection, target: Database, table: Table) -> None:
    """Remove rows that an earlier run copied and that are no longer in the archive."""
    own = list(table.primary_key)
    with target.reading() as connection:
        copied = [tuple(row) for row in connection.execute(select(*own))]
    for start in range(0, len(copied), BATCH):
        keys = copied[start : start + BATCH]
        there = {tuple(row) for row in reading.execute(select(*own).where(_among(table, keys)))}
        if gone := [key for key in keys if key not in there]:
            with target.writing() as writing:
                writing.execute(delete(table).where(_among(table, gone)))


def _check(target: Database, moved: Moved, tell: Callable[[int], None]) -> None:
    """Read back what was copied and compare it with what was read first."""
    total = _Sum()
    table = metadata.tables[moved.table]
    with target.reading() as connection, closing(_batches(connection, table)) as batches:
        for batch in batches:
            total.add(batch)
            tell(len(batch))
    if (total.rows, total.text) != (moved.rows, moved.checksum):
        raise ArchiveError(
            f"{target.name}: the table {moved.table} is not the same: {moved.rows} rows with the sum "
            f"{moved.checksum[:12]} were copied, {total.rows} with {total.text[:12]} came back"
        )


class _Sum:
    """Counts rows, and sums them up so that their order does not matter: databases sort texts differently."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, batch: Sequence[Row]) -> None:
        for row in batch:
            digest = hashlib.blake2b(repr(row).encode(), digest_size=32).digest()
            self._sum = (self._sum + int.from_bytes(digest, "big")) % (1 << 256)
        self.rows += len(batch)

    @property
    def text(self) -> str:
        return f"{self._sum:064x}"


def _batches(connection: Connection, table: Table) -> Generator[Sequence[Row]]:
    """All rows of a table, as they come, bounded in number and bytes."""
    large = any(isinstance(column.type, LargeBinary) for column in table.columns)
    options = {"stream_results": True, "yield_per": LARGE_ROWS if large else BATCH}
    batch: list[Row] = []
    size = 0
    with connection.execute(select(table), execution_options=options) as rows:
        for found in rows:
            row = tuple(found)
            batch.append(row)
            size += sum(len(value) for value in row if isinstance(value, bytes | str))
            if len(batch) >= BATCH or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _key(table: Table, row: Sequence[Any]) -> Row:
    return tuple(
        value for column, value in zip(table.columns, row, strict=True) if column.primary_key
    )


def _among(table: Table, keys: Sequence[Row]) -> ColumnElement[bool]:
    own = list(table.primary_key)
    if len(keys) == 1:
        return and_(*(column == value for column, value in zip(own, keys[0], strict=True)))
    if len(own) == 1:
        return own[0].in_([key[0] for key in keys])
    return tuple_(*own).in_(keys)
