"""Transactions that end badly, what they leave behind, and the right to write."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from engine_samples import document, fill, found, ranked, term
from tintuc_search.engine.base import AllOf, HasKeyword, KeywordField
from tintuc_search.engine.opensearch_engine import OpenSearchEngine
from tintuc_search.errors import IndexLocked, IndexUnusable

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event
    from typing import Any

NEWS = 40


def _write_and_wait(urls: tuple[str, ...], index: str, sent: Event) -> None:
    """Replace and delete much, send all of it, and never commit."""
    engine = OpenSearchEngine(urls, index)
    writer = engine.writer()
    for number in range(NEWS):
        writer.add(document(f"{number}", "dở dang"))
    for number in range(NEWS, 2 * NEWS):
        writer.delete(f"{number}")
    writer._flush()
    sent.set()
    signal.pause()


def stored(engine: OpenSearchEngine) -> int:
    """How many documents the index really holds, those that nobody sees with them."""
    engine._connection.call("POST", f"/{engine.index}/_refresh")
    count: int = engine._connection.call("GET", f"/{engine.index}/_count")["count"]
    return count - 1  # the state


@pytest.mark.parametrize("commits", [0, 1])
def test_a_writer_that_is_killed_leaves_the_old_state_and_nothing_else(
    opensearch: OpenSearchEngine, commits: int
) -> None:
    fill(opensearch, *(document(f"{i}", "cũ") for i in range(2 * NEWS)), mark=5)
    spawn = multiprocessing.get_context("spawn")
    sent = spawn.Event()
    process = spawn.Process(
        target=_write_and_wait, args=(opensearch.access.urls, opensearch.index, sent)
    )
    process.start()
    assert sent.wait(120)
    opensearch._connection.call("POST", f"/{opensearch.index}/_refresh")
    assert 2 * NEWS == len(found(opensearch, term("cũ")))
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()

    for _ in range(commits):
        fill(opensearch, mark=6)

    assert {f"{i}" for i in range(2 * NEWS)} == found(opensearch, term("cũ"))
    assert set() == found(opensearch, term("dở"))
    assert 5 + commits == opensearch.mark()
    if commits:
        assert 2 * NEWS == stored(opensearch)


def test_what_a_commit_replaced_is_removed_by_a_later_one(opensearch_urls: list[str]) -> None:
    with closing(OpenSearchEngine(opensearch_urls, "test-kept", kept_seconds=0)) as engine:
        engine.rebuild()
        for mark in range(4):
            fill(engine, *(document(f"{i}", f"lần {mark}") for i in range(10)), mark=mark)
        assert 10 == engine.count() < stored(engine) <= 20
        engine.remove()
        with pytest.raises(IndexUnusable, match="no index"):
            engine.mark()


@pytest.mark.parametrize("replaced", ["0", "1"])
@pytest.mark.parametrize("unknowing", [False, True])
@pytest.mark.parametrize("kept_seconds", [0.0, 60.0])
def test_a_writer_whose_right_was_taken_commits_nothing(
    opensearch: OpenSearchEngine,
    monkeypatch: pytest.MonkeyPatch,
    *,
    replaced: str,
    unknowing: bool,
    kept_seconds: float,
) -> None:
    monkeypatch.setattr(opensearch, "_kept", kept_seconds)
    fill(opensearch, document("0", "cũ"), document("1", "cũ"), mark=1)
    with opensearch.writer() as slow:
        slow.add(document("3", "mới"))
        slow._flush()
        _let_expire(opensearch)
        fill(opensearch, document("1", "khác"), document("2", "khác"), mark=2)
        slow.add(document(replaced, "mới"))
        if unknowing:  # it was told too late, between its looking and its writing
            monkeypatch.setattr(slow._lease, "check", lambda: None)
        with pytest.raises(IndexLocked, match=r"lost to another|taken over|another writer"):
            slow.commit(3)
    fill(opensearch, document("4", "khác"), mark=2)

    assert {"0"} == found(opensearch, term("cũ"))
    assert {"1", "2", "4"} == found(opensearch, term("khác"))
    assert set() == found(opensearch, term("mới"))
    assert 2 == opensearch.mark()


def _let_expire(engine: OpenSearchEngine) -> None:
    """Make the right to write as old as if its holder had said nothing for long."""
    found = engine._connection.call("GET", f"/{engine.index}/_doc/state")
    body = found["_source"]
    body["state"]["owner"]["until"] = 0.0
    engine._connection.call("PUT", f"/{found['_index']}/_doc/state", body)


def test_an_article_that_cannot_be_stored_is_named_and_the_others_wait(
    opensearch: OpenSearchEngine,
) -> None:
    """A keyword of more bytes than Lucene takes."""
    fill(opensearch, document("1", "cũ"), mark=1)
    bad = document("bad", "mới", section=("x" * 40_000,))
    with pytest.raises(IndexUnusable, match=r"cannot store article bad: .*immense term"):
        fill(opensearch, document("good", "mới"), bad, mark=2)

    assert {"1"} == found(opensearch, AllOf(()))
    assert 1 == opensearch.mark() == stored(opensearch)


def test_odd_terms_and_ids_are_stored_and_found(opensearch: OpenSearchEngine) -> None:
    odd = ["a|b", "|", "x" * 300, "\u3000", "a\u00a0b", "_unmarked"]
    ids = ["/", "..", "é" * 300, "a b", "*"]
    for document_id, name in zip(ids, odd, strict=False):
        fill(opensearch, document(document_id, body=name, source=(document_id,)))

    for document_id in ids:
        source = HasKeyword(KeywordField.SOURCE, frozenset({document_id}))
        assert {document_id} == found(opensearch, source)
    assert {"/"} == found(opensearch, term("a|b"))
    assert {"é" * 300} == found(opensearch, term("x" * 300))


def test_searches_find_an_index_all_the_time_while_it_is_made_anew(
    opensearch: OpenSearchEngine,
) -> None:
    fill(opensearch, document("1", "một"))
    seen: list[list[str]] = []
    errors: list[Exception] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            try:
                seen.append(ranked(opensearch, term("một")))
            except IndexUnusable as error:
                errors.append(error)

    reader = threading.Thread(target=search)
    reader.start()
    for _ in range(4):
        opensearch.rebuild()
        fill(opensearch, document("1", "một"))
    done.set()
    reader.join()

    assert [] == errors
    assert ["1"] in seen
    assert {(), ("1",)} >= {tuple(ids) for ids in seen}


def test_an_index_of_that_name_that_is_none_of_ours_is_refused_and_replaced(
    opensearch: OpenSearchEngine,
) -> None:
    opensearch.remove()
    opensearch._connection.call("PUT", f"/{opensearch.index}")
    with pytest.raises(IndexUnusable, match="--rebuild"):
        opensearch.mark()
    opensearch.rebuild()

    assert 0 == opensearch.count()


def test_the_template_says_shards_and_replicas(opensearch: OpenSearchEngine) -> None:
    settings: dict[str, Any] = opensearch._connection.call("GET", f"/{opensearch.index}/_settings")
    index = next(iter(settings.values()))["settings"]["index"]

    assert ("2", "1", "-1") == (
        index["number_of_shards"],
        index["number_of_replicas"],
        index["refresh_interval"],
    )
    assert "analysis" in json.dumps(
        opensearch._connection.call("GET", f"/_index_template/{opensearch.index}")
    )
