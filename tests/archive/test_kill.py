"""Killed at any moment, a process leaves whole batches behind and nothing else."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tintuc_search.archive import open_archive

PUT_FOR_EVER = """
import itertools, sys
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming, RawPage
from tintuc_search.article import Article

archive = open_archive(sys.argv[1])
for batch in itertools.count():
    text = f"Đợt {batch}. " * 400
    archive.put([
        Incoming(
            Article(f"Tin {batch}-{n}", source_id=f"{batch % 5}-{n}", paragraphs=(text, str(n))),
            "x",
            RawPage(f"<p>{text}{n}".encode()),
        )
        for n in range(30)
    ])
    if batch == 3:
        print("running", flush=True)
    if batch % 7 == 6:
        try:
            archive.remove(f"{batch % 5}-0")
        except Exception as error:
            assert "there is no article" in str(error)
"""


@pytest.mark.parametrize("delay", [0.0, 0.04, 0.15])
def test_a_killed_process_leaves_no_half_batch(url: str, delay: float) -> None:
    command = [sys.executable, "-c", PUT_FOR_EVER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == "running\n"
        time.sleep(delay)
        process.kill()
    assert process.returncode == -9

    archive = open_archive(url)
    assert archive.check() is None
    newest: dict[str, set[str]] = {}
    for stored in archive.everything():
        batch, number = stored.article.title.removeprefix("Tin ").split("-")
        numbers = [revision.number for revision in archive.revisions(stored.id)]
        raw = archive.raw(stored.id)
        assert stored.article.paragraphs[1] == number
        assert numbers == list(range(1, stored.revision + 1))
        assert raw is not None
        assert raw.content.decode().endswith(number)
        newest.setdefault(stored.id.split("-", maxsplit=1)[0], set()).add(batch)
    assert all(len(batches) == 1 for batches in newest.values())
    sequences = [change.sequence for change in archive.changes(0, 10_000)]
    assert max(sequences) == archive.latest()
    archive.close()
