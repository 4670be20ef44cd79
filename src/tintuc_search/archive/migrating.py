"""Bringing an archive's tables up to date when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from tintuc_search.archive.schema import SCHEMA, VERSION_TABLE
from tintuc_search.errors import ArchiveError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from tintuc_search.archive.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
COPYING = "copying"
UNFINISHED = f"{COPYING} {SCHEMA}"
"""What stands in place of the schema while an archive is being copied into a database."""


def migrate(database: Database, *, then: str = SCHEMA) -> None:
    """Run what migrations are missing; safe in several processes at once.

    ``then`` is what stands as the schema of a new archive afterwards: :data:`UNFINISHED` keeps programs from it.

    Raises:
        ArchiveError: the tables are another program's, or newer than this program.
    """
    with database.reading() as connection:
        if version(connection) == SCHEMA:
            return
    with database.migrating() as connection:
        # Another process may have been first while this one waited.
        found = version(connection)
        if found == SCHEMA:
            return
        check_known(found, database.name)
        if found is None and database.is_foreign(connection):
            raise ArchiveError(f"{database.name}: is another program's database, no archive")
        _upgrade(connection)
        if then != SCHEMA:
            set_version(connection, then)


def set_version(connection: Connection, found: str) -> None:
    """Write down which schema a database has."""
    statement = text(f"UPDATE {VERSION_TABLE} SET version_num = :found")  # noqa: S608 - a constant
    connection.execute(statement, {"found": found})


def version(connection: Connection) -> str | None:
    """The schema of a database, None where it holds no archive yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(
        text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608 - a constant
    ).scalar()
    return found


def check_known(found: str | None, name: str) -> None:
    """Raise ArchiveError where ``found`` is a schema that this program has never heard of."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - needed on the first opening only

    if found is not None and found.startswith(COPYING):
        again = "again" if found == UNFINISHED else "anew into an empty database"
        raise ArchiveError(
            f"{name}: holds a copy of an archive that was not finished; run `tintuc archive copy` {again}"
        )
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if found is not None and found not in known:
        raise ArchiveError(
            f"{name}: has schema {found}, newer than this program's {SCHEMA}; install a newer tintuc-search"
        )


def make_config() -> Config:
    """Alembic's configuration, without a file."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415

    config = make_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
