"""Archives to test on: SQLite, and PostgreSQL where ``TINTUC_TEST_POSTGRESQL`` gives the URL of an empty database."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from tintuc_search.archive import open_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.archive.store import SqlArchive

POSTGRESQL = os.environ.get("TINTUC_TEST_POSTGRESQL", "")


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an archive that does not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'archive.sqlite'}"
    engine = create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRESQL


@pytest.fixture
def archive(url: str) -> Iterator[SqlArchive]:
    opened = open_archive(url)
    yield opened
    opened.close()
