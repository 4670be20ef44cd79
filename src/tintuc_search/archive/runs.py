"""What each crawl of a source did, kept for the reports and to see when a source stops giving articles."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, select, update

from tintuc_search.archive.schema import runs
from tintuc_search.article import format_time
from tintuc_search.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from tintuc_search.archive.database import Database

ACCEPTED = "accepted"
"""The count of a run that an operator found right: what came before it is no measure any more."""


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

    @property
    def reached_nothing(self) -> bool:
        """Whether it ended early, or not one request was answered as it should be."""
        answers = self.tally.get("fetched", 0) + self.tally.get("not_modified", 0)
        return bool(self.error) or (not answers and bool(self.tally.get("failed")))

    def to_json(self) -> dict[str, Any]:
        """The run as plain data, the counts beside the rest."""
        return {
            "source": self.source,
            "started_at": format_time(self.started_at),
            "ended_at": format_time(self.ended_at),
            "next_at": format_time(self.next_at),
            "flag": self.flag,
            "error": self.error,
            **self.tally,
        }


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
                    tally=_written(run.tally),
                    flag=run.flag,
                    error=run.error,
                )
            )
            connection.execute(
                delete(runs).where(and_(runs.c.ended_at < keep_after, runs.c.id.not_in(newest)))
            )

    def accept(self, source: str) -> None:
        """Take the flag from a source, and make its newest run the last one that later ones are not compared with.

        Raises:
            NotFound: the source was never crawled.
        """
        newest = select(runs).where(runs.c.source == source).order_by(runs.c.id.desc()).limit(1)
        with self._database.writing() as connection:
            row = connection.execute(newest).first()
            if row is None:
                raise NotFound(f"{source}: was never crawled")
            tally = _written({**json.loads(row.tally), ACCEPTED: True})
            connection.execute(
                update(runs).where(runs.c.id == row.id).values(flag=None, tally=tally)
            )

    def newest(self) -> dict[str, Run]:
        """The newest run of every source."""
        return {source: found[0] for source, found in self.recent(1).items()}

    def recent(self, limit: int, sources: Iterable[str] = ()) -> dict[str, Sequence[Run]]:
        """The newest runs of each of these sources, or of all, newest first, at most ``limit`` a source."""
        place = func.row_number().over(partition_by=runs.c.source, order_by=runs.c.id.desc())
        numbered = select(runs, place.label("place"))
        if keys := tuple(sources):
            numbered = numbered.where(runs.c.source.in_(keys))
        inner = numbered.subquery()
        query = (
            select(inner).where(inner.c.place <= limit).order_by(inner.c.source, inner.c.id.desc())
        )
        found: dict[str, list[Run]] = defaultdict(list)
        with self._database.reading() as connection:
            for row in connection.execute(query):
                found[row.source].append(_run(row))
        return dict(found)

    def of(self, source: str, limit: int, *, sound: bool = False) -> Sequence[Run]:
        """The newest runs of a source, newest first; ``sound``: only those without a flag."""
        query = select(runs).where(runs.c.source == source).order_by(runs.c.id.desc()).limit(limit)
        if sound:
            query = query.where(runs.c.flag.is_(None))
        with self._database.reading() as connection:
            return [_run(row) for row in connection.execute(query)]


def _written(tally: Mapping[str, Any]) -> str:
    return json.dumps(dict(tally), sort_keys=True)


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
