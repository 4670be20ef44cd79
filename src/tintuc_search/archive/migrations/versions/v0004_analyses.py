"""What was made of articles by analysing them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.String(100).with_variant(sa.String(100, collation="C"), "postgresql")


def upgrade() -> None:
    """Add one table, empty: the next runs of indexing fill it."""
    op.create_table(
        "analyses",
        sa.Column("article_id", ID, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
