"""The tables of the catalogue, in SQLite.

``names``, ``articles``, ``mentions`` and ``held`` keep what articles name, as it was found; ``mentions.entity``,
``entities``, ``aliases`` and ``redirects`` are made of that, and are right again whenever no name is ``dirty``.
"""

from __future__ import annotations

VERSION = 2
SCHEMA = """
CREATE TABLE IF NOT EXISTS names (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, note TEXT NOT NULL, spelling TEXT NOT NULL,
    indexed TEXT NOT NULL, canonical TEXT NOT NULL, folded TEXT NOT NULL, short TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0, dirty INTEGER NOT NULL DEFAULT 1, UNIQUE (text, kind, note));
CREATE INDEX IF NOT EXISTS names_by_canonical ON names (canonical);
CREATE INDEX IF NOT EXISTS names_by_short ON names (short) WHERE short <> '';
CREATE INDEX IF NOT EXISTS names_dirty ON names (dirty) WHERE dirty;
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, published INTEGER, revision INTEGER NOT NULL,
    named BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS mentions (
    article INTEGER NOT NULL, name INTEGER NOT NULL, times INTEGER NOT NULL, published INTEGER, entity INTEGER,
    PRIMARY KEY (article, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mentions_by_name ON mentions (name, entity);
CREATE INDEX IF NOT EXISTS mentions_by_entity ON mentions (entity, published, times);
CREATE TABLE IF NOT EXISTS held (
    name INTEGER NOT NULL, article INTEGER NOT NULL, office TEXT NOT NULL, key TEXT NOT NULL,
    body INTEGER, former INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS held_by_name ON held (name, article);
CREATE INDEX IF NOT EXISTS held_by_article ON held (article);
CREATE TABLE IF NOT EXISTS entities (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, root TEXT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, articles INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0, first INTEGER, last INTEGER);
CREATE INDEX IF NOT EXISTS entities_by_root ON entities (kind, root);
CREATE INDEX IF NOT EXISTS entities_by_articles ON entities (articles DESC, name, id);
CREATE TABLE IF NOT EXISTS aliases (
    entity INTEGER NOT NULL, text TEXT NOT NULL, spelling TEXT NOT NULL, indexed TEXT NOT NULL,
    canonical TEXT NOT NULL, folded TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (entity, text, canonical)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS aliases_by_indexed ON aliases (indexed);
CREATE INDEX IF NOT EXISTS aliases_by_canonical ON aliases (canonical);
CREATE TABLE IF NOT EXISTS redirects (id TEXT PRIMARY KEY, entity INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS redirects_by_entity ON redirects (entity);
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
TABLES = (
    "names",
    "articles",
    "mentions",
    "held",
    "entities",
    "aliases",
    "redirects",
    "state",
)
