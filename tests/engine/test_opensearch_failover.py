"""A cluster that loses a node while it is written and searched, and one that takes little at once."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from engine_samples import add_all, ask, document, fill, found, term
from opensearch_cluster import Cluster
from tintuc_search.engine.base import AllOf
from tintuc_search.engine.opensearch_connection import Access, Connection
from tintuc_search.engine.opensearch_engine import OpenSearchEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENT = 120.0
"""Seconds in which a busy machine finds a new master."""
LIMIT = 400_000
"""Bytes of writes that a node takes at once."""
ROUNDS, EACH = 12, 25


@pytest.fixture(scope="module")
def cluster(
    opensearch_here: None,  # noqa: ARG001 - it looks first
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cluster]:
    """A cluster of three nodes of its own, whose nodes take 400 kB of writes at once."""
    folder: Path = tmp_path_factory.mktemp("failover")
    started = Cluster(
        folder,
        options=["-XX:TieredStopAtLevel=1"],
        settings=[f"indexing_pressure.memory.limit: {LIMIT}b"],
    )
    yield started
    started.stop()


@pytest.fixture
def engine(cluster: Cluster) -> Iterator[OpenSearchEngine]:
    """An empty index whose shards and copies lie on all three nodes."""
    access = Access(tuple(cluster.urls), patience=PATIENT, reading=PATIENT)
    with closing(OpenSearchEngine(access, "articles", shards=3, replicas=1)) as engine:
        engine.rebuild()
        engine._connection.call("GET", "/_cluster/health", None, {"wait_for_status": "green"})
        yield engine


def test_what_is_refused_for_now_is_sent_again_in_smaller_portions(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is stored, though the cluster refused what came at once."""
    portions: list[int] = []
    call = Connection.call

    def measure(
        self: Connection, method: str, path: str, *rest: object, **options: object
    ) -> object:
        if path.endswith("_bulk"):
            portions.append(len(str(rest[0])))
        return call(self, method, path, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Connection, "call", measure)
    fill(engine, *(document(f"{i}", body=f"chung số {i} " * 400) for i in range(100)))

    assert 100 == len(found(engine, term("chung")))
    assert portions[0] > LIMIT > max(portions[-3:])


def test_a_node_that_is_killed_loses_no_acknowledged_article_and_stops_no_search(
    cluster: Cluster, engine: OpenSearchEngine
) -> None:
    acknowledged: set[str] = set()
    seen: list[tuple[int, int]] = []
    errors: list[Exception] = []
    killed, done = threading.Event(), threading.Event()

    def search() -> None:
        while not done.is_set():
            least = len(acknowledged)
            try:
                seen.append((least, ask(engine, term("chung"), limit=1).total))
            except Exception as error:  # noqa: BLE001 - any is one too many
                errors.append(error)
                return

    readers = [threading.Thread(target=search) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for mark in range(1, ROUNDS + 1):
            documents = [document(f"{mark}-{i}", "chung", body=f"số {i}") for i in range(EACH)]
            with engine.writer(wait=PATIENT) as writer:
                add_all(writer, documents[:10])
                writer._flush()
                if mark == ROUNDS // 2:
                    cluster.kill(master(cluster, engine))
                    killed.set()
                add_all(writer, documents[10:])
                writer.commit(mark)
            acknowledged.update(each.id for each in documents)
    finally:
        done.set()
        for reader in readers:
            reader.join()

    assert killed.is_set()
    assert [] == errors
    assert acknowledged == found(engine, AllOf(()))
    assert (ROUNDS * EACH, ROUNDS) == (engine.count(), engine.mark())
    assert all(least <= total and total % EACH == 0 for least, total in seen)


def master(cluster: Cluster, engine: OpenSearchEngine) -> int:
    """The number of the node that leads the cluster, whose loss is the worst."""
    leader = engine._connection.call("GET", "/_cluster/state/cluster_manager_node")
    nodes = engine._connection.call("GET", "/_nodes/http")["nodes"]
    address = nodes[leader["cluster_manager_node"]]["http"]["publish_address"]
    return cluster.urls.index(f"http://{address}")
