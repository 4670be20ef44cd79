"""Engines used plainly, as most programs use them: one analyzer of their own, two text fields, the best ten.

Each is filled with lower-cased words of title and text, and asked for all words of a query, for any, or for a phrase.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from typing import TYPE_CHECKING, Any, Protocol

import tantivy
from opensearchpy import OpenSearch, helpers
from whoosh import fields, index, qparser, scoring

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tintuc_search.article import Article

TOP = 10
_WORD = re.compile(r"\w+")


class Peer(Protocol):
    """An engine used plainly."""

    name: str
    most: int
    """The largest number of articles that it is given: some take an hour for more."""

    def fill(self, articles: Iterable[Article]) -> None:
        """Index the articles, and be done with writing."""
        ...

    def search(self, words: list[str], operator: str) -> int:
        """How many of the best ten there are for ``all`` or ``any`` words, or the ``phrase``."""
        ...


def words_of(text: str) -> list[str]:
    """The lower-cased words of a text."""
    return _WORD.findall(text.lower())


def _body(article: Article) -> str:
    return "\n".join((article.lead, *article.paragraphs))


class Fts5:
    """SQLite's full-text table, ranked by its bm25()."""

    name, most = "SQLite FTS5", 10**9

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.sqlite")

    def fill(self, articles: Iterable[Article]) -> None:
        """Index the articles, and be done with writing."""
        self._connection.execute(
            'CREATE VIRTUAL TABLE a USING fts5(title, body, tokenize="unicode61 remove_diacritics 0")'
        )
        self._connection.executemany(
            "INSERT INTO a VALUES (?, ?)", ((each.title, _body(each)) for each in articles)
        )
        self._connection.commit()

    def search(self, words: list[str], operator: str) -> int:
        """How many of the best ten there are for ``all`` or ``any`` words, or the ``phrase``."""
        quoted = [f'"{word}"' for word in words]
        joined = {"all": " AND ".join(quoted), "any": " OR ".join(quoted)}
        asked = joined.get(operator, f'"{" ".join(words)}"')
        question = "SELECT rowid FROM a WHERE a MATCH ? ORDER BY bm25(a) LIMIT ?"
        return len(self._connection.execute(question, (asked, TOP)).fetchall())


class PlainWhoosh:
    """Whoosh with its own searcher and BM25F."""

    name, most = "Whoosh", 100_000

    def __init__(self, folder: Path) -> None:
        (folder / "whoosh").mkdir()
        analyzer = fields.analysis.RegexTokenizer(r"\w+") | fields.analysis.LowercaseFilter()
        schema = fields.Schema(
            title=fields.TEXT(analyzer=analyzer), body=fields.TEXT(analyzer=analyzer)
        )
        self._index = index.create_in(folder / "whoosh", schema)
        self._parsers = {
            name: qparser.MultifieldParser(["title", "body"], schema, group=group)
            for name, group in (("all", qparser.AndGroup), ("any", qparser.OrGroup))
        }
        self._searcher: Any = None

    def fill(self, articles: Iterable[Article]) -> None:
        """Index the articles, and be done with writing."""
        writer = self._index.writer(limitmb=256)
        for each in articles:
            writer.add_document(title=each.title, body=_body(each))
        writer.commit()
        self._searcher = self._index.searcher(weighting=scoring.BM25F())

    def search(self, words: list[str], operator: str) -> int:
        """How many of the best ten there are for ``all`` or ``any`` words, or the ``phrase``."""
        text = f'"{" ".join(words)}"' if operator == "phrase" else " ".join(words)
        query = self._parsers["all" if operator == "phrase" else operator].parse(text)
        return len(self._searcher.search(query, limit=TOP))


class PlainTantivy:
    """Tantivy with its own query parser."""

    name, most = "Tantivy", 10**9

    def __init__(self, folder: Path) -> None:
        (folder / "tantivy").mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", tokenizer_name="default")
        builder.add_text_field("body", tokenizer_name="default")
        self._index = tantivy.Index(builder.build(), path=str(folder / "tantivy"))
        self._searcher: Any = None

    def fill(self, articles: Iterable[Article]) -> None:
        """Index the articles, and be done with writing."""
        writer = self._index.writer(256_000_000, 1)
        for each in articles:
            writer.add_document(tantivy.Document(title=each.title, body=_body(each)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, words: list[str], operator: str) -> int:
        """How many of the best ten there are for ``all`` or ``any`` words, or the ``phrase``."""
        joined = {"all": " ".join(f"+{word}" for word in words), "any": " ".join(words)}
        text = joined.get(operator, f'"{" ".join(words)}"')
        query = self._index.parse_query(text, ["title", "body"])
        return len(self._searcher.search(query, TOP).hits)


class PlainOpenSearch:
    """An index of OpenSearch with its standard analyzer, one shard, asked by ``multi_match``."""

    name, most = "OpenSearch", 10**9

    def __init__(self, url: str) -> None:
        self._client: Any = OpenSearch(url)
        self._index = f"plain-{time.time_ns()}"
        text = {"type": "text", "analyzer": "standard"}
        self._client.indices.create(
            index=self._index,
            body={
                "settings": {"number_of_shards": 1, "number_of_replicas": 0},
                "mappings": {"properties": {"title": text, "body": text}},
            },
        )

    def fill(self, articles: Iterable[Article]) -> None:
        """Index the articles, and be done with writing."""
        actions = (
            {"_index": self._index, "title": each.title, "body": _body(each)} for each in articles
        )
        for done, _ in helpers.streaming_bulk(self._client, actions, chunk_size=500):
            if not done:
                raise RuntimeError("an article was refused")
        self._client.indices.refresh(index=self._index)

    def search(self, words: list[str], operator: str) -> int:
        """How many of the best ten there are for ``all`` or ``any`` words, or the ``phrase``."""
        match: dict[str, Any] = {"query": " ".join(words), "fields": ["title", "body"]}
        if operator == "phrase":
            match["type"] = "phrase"
        else:
            match |= {"type": "cross_fields", "operator": {"all": "and", "any": "or"}[operator]}
        found = self._client.search(
            index=self._index, body={"query": {"multi_match": match}, "size": TOP, "_source": False}
        )
        return len(found["hits"]["hits"])

    def close(self) -> None:
        """Delete the index."""
        with contextlib.suppress(Exception):
            self._client.indices.delete(index=self._index)
