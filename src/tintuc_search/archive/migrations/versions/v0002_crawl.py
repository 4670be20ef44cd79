"""The crawler's frontier and runs, and when an article's page was gone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.String(100).with_variant(sa.String(100, collation="C"), "postgresql")


def upgrade() -> None:
    """Add two tables and one column."""
    op.add_column("articles", sa.Column("gone_at", sa.BigInteger))
    op.create_table(
        "addresses",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("depth", sa.Integer, nullable=False),
        sa.Column("found_at", sa.BigInteger, nullable=False),
        sa.Column("stated_at", sa.BigInteger),
        sa.Column("visited_at", sa.BigInteger),
        sa.Column("next_at", sa.BigInteger),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("article_id", ID),
        sa.Column("content", sa.String(40)),
        sa.Column("reason", sa.Text),
    )
    op.create_index("addresses_due", "addresses", ["source", "next_at"])
    op.create_index("addresses_content", "addresses", ["source", "content"])
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger, nullable=False),
        sa.Column("next_at", sa.BigInteger),
        sa.Column("tally", sa.Text, nullable=False),
        sa.Column("flag", sa.Text),
        sa.Column("error", sa.Text),
    )
    op.create_index("runs_source", "runs", ["source", "started_at"])
