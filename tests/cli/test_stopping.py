"""A signal ends importing and indexing where nothing is lost, a second one at once."""

from __future__ import annotations

import json
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
    from collections.abc import Iterator
    from pathlib import Path

MANY = 3_000
PAGES = 600
TINTUC = [sys.executable, "-c", "from tintuc_search.cli import main; main()"]


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """SIGINT as Python has it, also where whoever started the tests had it ignored, as shells do behind ``&``."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
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
    command = [*TINTUC, "--home", str(tmp_path), "index"]
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


@pytest.mark.parametrize("processes", ["1", "2"])
def test_an_import_that_is_ended_keeps_what_it_stored_and_the_next_run_has_the_rest(
    tmp_path: Path, processes: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = (
        "<p>Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước.</p>"
        * 3
    )
    for number in range(PAGES):
        head = f'<link rel="canonical" href="https://bao.example/{number}">'
        page = f"<html><head>{head}</head><body><h1>Xã còn {number} xóm chờ nước</h1>{text}</body></html>"
        (folder / f"{number:04}.html").write_text(page, "utf-8")
    command = [*TINTUC, "--home", str(tmp_path), "import", "--processes", processes, "--json"]
    environment = os.environ | {"TINTUC_BATCH": "5"}
    with closing(open_archive(f"sqlite:///{tmp_path / 'archive.sqlite'}")) as archive:
        with subprocess.Popen(  # noqa: S603
            [*command, str(folder)], env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            end = time.monotonic() + SECONDS
            while not archive.count() and time.monotonic() < end:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            report = json.loads(process.communicate()[0])
        assert process.returncode == 128 + signal.SIGINT
        assert report["stopped"]
        assert 0 < archive.count() == report["new"] < PAGES
        rest = json.loads(subprocess.check_output([*command, str(folder)], text=True))  # noqa: S603
        assert (PAGES - report["new"], report["new"]) == (rest["new"], rest["unchanged"])
        assert archive.count() == archive.latest() == PAGES
