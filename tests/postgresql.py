"""A real PostgreSQL server for the tests, from the system's own package: a throw-away cluster on a Unix socket.

All workers of a test run share one. A keeper, a process of its own, ends it and takes its files away when the last of
them is gone, however it ended: each holds a lock that the system frees.

Started as ``python postgresql.py FOLDER USERS`` this file is the keeper.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGED = Path("/usr/lib/postgresql")
"""Where Debian puts the programs that only a server's keeper needs."""
OWNER = "tintuc"
ACCOUNT = "postgres"
"""Debian's account for servers, which refuse to run as root."""
MISSING = "PostgreSQL is not installed here: apt-get install postgresql"


def find_programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, the newest version's; None where there is none."""
    packaged = sorted(PACKAGED.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = shutil.which("initdb") or (packaged[-1] if packaged else None)
    return None if found is None else Path(found).parent


class Cluster:
    """A cluster of databases and its server, run as an unprivileged user where we are root.

    Args:
        folder: of its own, short enough for the name of a socket; made, and removed, by whoever calls.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._as: dict[str, Any] = (
            {} if os.getuid() else {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
        )

    def make(self) -> None:
        """Make the files; texts sort the Vietnamese way, as on many a real server."""
        if self._as:
            shutil.chown(self.folder, ACCOUNT, ACCOUNT)
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        options += ["--locale-provider=icu", "--icu-locale=vi", f"--username={OWNER}"]
        done = subprocess.run(  # noqa: S603 - a program of the system
            [self._program("initdb"), *options, "-D", self.folder / "data"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **self._as,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self, **more: object) -> None:
        """Start the server, with ``more`` settings, and wait until it answers."""
        settings: dict[str, object] = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
        }
        settings |= {"fsync": "off", "max_connections": 200, "log_min_messages": "fatal"}
        settings |= more
        given = [f"--{name}={value}" for name, value in settings.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [self._program("postgres"), "-D", self.folder / "data", *given],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as,
            )
        while True:
            with suppress(psycopg.OperationalError):
                self.execute("SELECT 1")
                return
            assert self._process.poll() is None, (self.folder / "log").read_text("utf-8")
            time.sleep(0.05)

    def stop(self, number: int = signal.SIGQUIT) -> None:
        """End the server; at once, unless told otherwise."""
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait()

    def url(self, database: str, user: str = OWNER) -> str:
        """SQLAlchemy's URL of a database."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside of transactions."""
        with psycopg.connect(
            host=str(self.folder), user=OWNER, dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new, empty database, which goes at the end with all that is connected to it."""
        name = f"t{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @staticmethod
    def _program(name: str) -> Path:
        folder = find_programs()
        assert folder is not None, MISSING
        return folder / name


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """A running cluster that nobody else uses."""
    folder = Path(tempfile.mkdtemp(prefix="tintuc-pg-"))
    cluster = Cluster(folder)
    try:
        cluster.make()
        cluster.start()
        yield cluster
        cluster.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def shared_cluster(meeting: Path) -> Iterator[Cluster]:
    """The running cluster of all processes that meet in the folder ``meeting``, made by the first."""
    users, place = meeting / "postgresql.users", meeting / "postgresql.place"
    with users.open("a") as lock:
        with FileLock(meeting / "postgresql.start"):
            fcntl.flock(lock, fcntl.LOCK_SH)  # waits for the keeper of an earlier one
            if not place.exists():
                _start_keeper(users, place)
        yield Cluster(Path(place.read_text("utf-8")))


def _start_keeper(users: Path, place: Path) -> None:
    folder = tempfile.mkdtemp(prefix="tintuc-pg-")
    keeper = subprocess.Popen(  # noqa: S603 - this file
        [sys.executable, __file__, folder, users, place],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert keeper.stdout is not None
    with keeper.stdout as told:
        assert told.readline() == b"ready\n", "the server did not start"
    keeper.returncode = 0  # nobody waits for it: it ends after us
    place.write_text(folder, "utf-8")


def _keep(folder: Path, users: Path, place: Path) -> None:
    """Run a cluster until nobody holds the lock on ``users`` any more."""
    cluster = Cluster(folder)
    try:
        cluster.make()
        cluster.start()
        os.write(1, b"ready\n")
        os.close(1)
        with users.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            place.unlink(missing_ok=True)
            cluster.stop()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    _keep(*map(Path, sys.argv[1:]))
