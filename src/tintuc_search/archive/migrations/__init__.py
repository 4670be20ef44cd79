"""The steps by which older archives become new ones; Alembic runs them when an archive is opened."""
