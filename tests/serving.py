"""The real server as a process of its own: ``tintuc serve`` on a free port, stopped at the end."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from patience import ENVIRONMENT, SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

PORTS = (20_000, 32_000)
"""Below the ports that Linux, macOS and BSD give to those who connect."""
TINTUC = Path(sys.executable).with_name("tintuc")


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address, its process, the file of all that it writes."""

    address: str
    process: subprocess.Popen[bytes]
    output: Path


def run_tintuc(home: Path, *arguments: str) -> str:
    """Run one command of the real command line; its standard output."""
    done = subprocess.run(  # noqa: S603 - our own program
        [TINTUC, "--home", str(home), *arguments],
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def serving(home: Path, output: Path, *arguments: str) -> Iterator[Served]:
    """Serve the archive in ``home`` until the block ends."""
    port = _free_port()
    command = [str(TINTUC), "--home", str(home), "serve", "--port", str(port), *arguments]
    with output.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, env=_environment(), stdout=stream, stderr=subprocess.STDOUT
        )
    served = Served(f"http://127.0.0.1:{port}", process, output)
    try:
        _wait(served)
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    """Ours, with the settings of the tests in place of those of whoever runs them."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TINTUC_")}
    return ours | ENVIRONMENT


def _free_port() -> int:
    """A port that nobody listens on.

    Not one that the system picks: those it also gives to whoever connects while our server is still starting.
    """
    while True:
        port = random.randrange(*PORTS)  # noqa: S311 - no secret
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _wait(served: Served) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            with urlopen(f"{served.address}/static/icon.svg"):  # noqa: S310 - our own address
                return
        except URLError:
            written = served.output.read_text("utf-8", "replace")
            assert served.process.poll() is None, f"the server ended: {written}"
            assert time.monotonic() < deadline, f"no answer in time: {written}"
            time.sleep(0.1)
