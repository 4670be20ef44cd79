"""What each crawl of a source did, kept for the reports and to see when a source stops giving articles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, select

from tintuc_search.archive.schema import runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tintuc_search.archive.database import Database


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of one source: when, what in numbers (``tally``), when next.

    ``flag`` says in one word that its yield collapsed (``noArticles``, ``shorterTexts``), ``error`` why it ended early.
    """

    source: str
    started_at: datetime
    ended_at: datetime
    next_at: datetime | None
    tally: Mapping[str, Any]
    flag: str | None = None
    error: str | None = None


class SqlRuns:
    """The runs in an archive's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, run: Run, keep_after: datetime) -> None:
        """Store a run; runs that ended before ``keep_after`` go, a source's newest excepted."""
        newest = select(func.max(runs.c.id)).group_by(runs.c.source)
        with self._database.writing() as connection:
            connection.execute(
                insert(runs).values(
                    source=run.source,
                    started_at=run.started_at,
                    ended_at=run.ended_at,
                    next_at=run.next_at,
                    tally=json.dumps(dict(run.tally), sort_keys=True),
                    flag=run.flag,
                    error=run.error,
                )
            )
            connection.execute(
                delete(runs).where(and_(runs.c.ended_at < keep_after, runs.c.id.not_in(newest)))
            )

    def newest(self) -> dict[str, Run]:
        """The newest run of every source."""
        ids = select(func.max(runs.c.id)).group_by(runs.c.source)
        with self._database.reading() as connection:
            rows = connection.execute(select(runs).where(runs.c.id.in_(ids))).all()
        return {row.source: _run(row) for row in rows}

    def of(self, source: str, limit: int) -> Sequence[Run]:
        """The newest runs of a source, newest first."""
        query = select(runs).where(runs.c.source == source).order_by(runs.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [_run(row) for row in connection.execute(query)]


def _run(row: Any) -> Run:
    return Run(
        row.source,
        row.started_at,
        row.ended_at,
        row.next_at,
        json.loads(row.tally),
        row.flag,
        row.error,
    )
