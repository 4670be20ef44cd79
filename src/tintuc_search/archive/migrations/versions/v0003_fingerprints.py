"""Fingerprints that pass over what no reader sees; else every article would have changed at its next sighting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tintuc_search.archive.codec import decode
from tintuc_search.archive.identity import fingerprint_of

revision = "0003"
down_revision = "0002"

BATCH = 500

revisions = sa.table(
    "revisions",
    sa.column("article_id", sa.String),
    sa.column("number", sa.Integer),
    sa.column("fingerprint", sa.String),
    sa.column("content", sa.Text),
)


def upgrade() -> None:
    """Work out every revision's fingerprint anew, some at a time."""
    connection = op.get_bind()
    key = sa.tuple_(revisions.c.article_id, revisions.c.number)
    query = (
        sa.select(revisions.c.article_id, revisions.c.number, revisions.c.content)
        .order_by(revisions.c.article_id, revisions.c.number)
        .limit(BATCH)
    )
    change = (
        sa.update(revisions)
        .where(
            revisions.c.article_id == sa.bindparam("for_id"),
            revisions.c.number == sa.bindparam("for_number"),
        )
        .values(fingerprint=sa.bindparam("new"))
    )
    rows = connection.execute(query).all()
    while rows:
        connection.execute(
            change,
            [
                {"for_id": row[0], "for_number": row[1], "new": fingerprint_of(decode(row[2]))}
                for row in rows
            ],
        )
        last = sa.tuple_(rows[-1][0], rows[-1][1])
        rows = connection.execute(query.where(key > last)).all()
