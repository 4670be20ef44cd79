"""What Alembic runs first: it migrates over the connection, and in the transaction, that it is given."""

from __future__ import annotations

from alembic import context

from tintuc_search.archive.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
