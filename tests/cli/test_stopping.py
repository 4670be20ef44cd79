"""A signal ends indexing at the next commit, a second one at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from patience import SECONDS
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.cli.stopping import stopping
from tintuc_search.settings import load
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from pathlib import Path

MANY = 3_000


def test_the_first_signal_is_a_wish_and_the_second_an_end() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stopping() as stop:
        assert not stop.asked()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.asked()
        assert stop.exit_code == 130
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_indexing_ends_at_a_commit_and_the_next_run_goes_on(
    tmp_path: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-c", "from tintuc_search.cli import main; main()"]
    command += ["--home", str(tmp_path), "index"]
    environment = os.environ | {"TINTUC_BATCH": "5"}
    with closing(open_archive(f"sqlite:///{tmp_path / 'archive.sqlite'}")) as archive:
        archive.put([Incoming(Article(f"Họp lần {n}", source_id=str(n)), "x") for n in range(MANY)])
        with subprocess.Popen(  # noqa: S603
            [*command, "--processes", "2"], env=environment, stderr=subprocess.PIPE, text=True
        ) as process:
            end = time.monotonic() + SECONDS
            while not archive.analyses.of(["0"]) and time.monotonic() < end:
                time.sleep(0.01)
            process.send_signal(number)
            _, told = process.communicate()
        assert process.returncode == 128 + number
        assert "the next run goes on from here" in told
    with Parts(load({}, home=str(tmp_path))) as parts:
        parts.check_ready()
        done = parts.engine.count()
        assert 0 < done == parts.engine.mark() < MANY
        assert parts.quotation_engine.mark() == done
