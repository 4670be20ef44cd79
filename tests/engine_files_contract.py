"""The contract of engines whose index is files in a folder: other processes, damage, places without an index."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine_samples import document, fill, found, phrase, term
from tintuc_search.engine.base import AllOf
from tintuc_search.errors import IndexLocked, IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TESTS = Path(__file__).parent
REBUILD = "tintuc index --rebuild"


class FilesContract:
    """Subclasses name the class ``opens``, and its ``module``, for a process that opens it by itself."""

    opens: Any
    module: str

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Any]:
        """An empty index."""
        engine = self.opens(tmp_path / "index")
        engine.rebuild()
        yield engine
        engine.close()

    def test_a_small_cache_gives_the_same_answers(self, tmp_path: Path) -> None:
        engine = self.opens(tmp_path / "small", cache_bytes=2000)
        engine.rebuild()
        for i in range(30):
            fill(engine, document(str(i), " ".join(f"t{j}" for j in range(i + 1))))
        for i in range(30):
            assert 30 - i == len(found(engine, term(f"t{i}")))
            assert 30 - i - 1 == len(found(engine, phrase(f"t{i} t{i + 1}")))

        engine.close()

    def test_the_refusal_names_the_process_that_writes(self, engine: Any) -> None:
        other = self.opens(engine.path)
        with engine.writer() as writer:
            with pytest.raises(IndexLocked, match=f"process {os.getpid()} .since 2"):
                other.writer()
            with pytest.raises(IndexLocked):
                other.rebuild()
            writer.commit(1)
        other.close()

    def test_another_engine_sees_a_commit_and_a_rebuild(self, engine: Any) -> None:
        other = self.opens(engine.path)
        fill(engine, document("1", "một"), mark=3)
        assert ({"1"}, 3) == (found(other, term("một")), other.mark())
        engine.rebuild()
        assert (set(), 0) == (found(other, term("một")), other.mark())
        other.close()

    def test_a_killed_writer_leaves_a_whole_index_and_no_lock(self, engine: Any) -> None:
        """At whatever moment it is killed: the mark, the count and the documents fit together."""
        chance = random.Random(7)  # noqa: S311 - to be repeatable
        for _ in range(4):
            code = (
                "from crashing_writer import write;"
                f"from {self.module} import {self.opens.__name__} as opens;"
                f"write({str(engine.path)!r}, opens)"
            )
            process = subprocess.Popen(  # noqa: S603 - our own code
                [sys.executable, "-c", code],
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
            )
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * 0.3)
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()

            mark = engine.mark()
            assert 5 * mark == engine.count() == len(found(engine, term("chung")))
            with engine.writer() as writer:
                writer.commit(mark)
        assert engine.mark() > 0

    def test_many_threads_get_the_same_answers(self, engine: Any) -> None:
        for i in range(20):
            fill(engine, document(str(i), " ".join(f"t{j}" for j in range(i + 1))))
        wrong: list[int] = []

        def search() -> None:
            counts = [len(found(engine, phrase(f"t0 t{i}", 30))) for i in range(1, 20)]
            wrong.extend(i for i, count in enumerate(counts, 1) if count != 20 - i)

        threads = [threading.Thread(target=search) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [] == wrong


def for_files(pattern: str, change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    """Damage to the files of a pattern: what ``change`` makes of them, gone where that is None."""

    def harm(path: Path) -> None:
        for file in path.glob(pattern):
            changed = change(file.read_bytes())
            file.unlink() if changed is None else file.write_bytes(changed)

    return harm


def gone(_: bytes) -> None:
    """Nothing is left."""


def halved(whole: bytes) -> bytes:
    """The first half is left."""
    return whole[: len(whole) // 2]


def emptied(_: bytes) -> bytes:
    """An empty file is left."""
    return b""


def garbled(whole: bytes) -> bytes:
    """As much noise as there was content."""
    return random.Random(1).randbytes(len(whole))  # noqa: S311


def check_damage(engine: Any, harm: Callable[[Path], None]) -> None:
    """A damaged index says how to make it anew, and that does."""
    engine.close()
    harm(engine.path)
    with pytest.raises(IndexUnusable, match=REBUILD):
        found(engine, term("một"))
    with pytest.raises(IndexUnusable, match=REBUILD):
        engine.writer()
    engine.rebuild()
    fill(engine, document("1", "ba"))

    assert {"1"} == found(engine, AllOf(()))


def check_place(engine: Any, *, kept: Path | None = None) -> None:
    """A place without an index says how to make one, and that leaves what is of others, as ``kept``."""
    for asked in (engine.mark, engine.count, engine.generation, engine.writer):
        with pytest.raises(IndexUnusable, match=REBUILD):
            asked()
    engine.rebuild()
    fill(engine, document("1", "một"))

    assert {"1"} == found(engine, term("một"))
    assert kept is None or kept.exists()
    engine.close()
