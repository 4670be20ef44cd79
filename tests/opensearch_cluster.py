"""A real OpenSearch cluster of three nodes on loopback, each its own Java process, for the tests of its engine.

Its files come from Maven Central once and are kept in the user's cache folder. The nodes end with the last process
that uses them, however that ends (``opensearch_node.py``).
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

from filelock import FileLock

import opensearch_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIST = Path(__file__).with_name("opensearch_jars.tsv")
REPOSITORY = "https://repo1.maven.org/maven2/"
NODES = 3
OLDEST_JAVA = 17
_FILES = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "tintuc-search"
_PATIENCE = 180.0
_ATTEMPTS = 3


class NotHereError(Exception):
    """What the cluster needs is not to be had; says what to install."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node: where it answers, and its process."""

    url: str
    process: int


def files() -> Path:
    """The folder of the Java archives, fetched where they are not there yet."""
    wanted = [
        line.split("\t")
        for line in LIST.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    digest = hashlib.sha256(LIST.read_bytes()).hexdigest()[:12]
    folder = _FILES / f"opensearch-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "fetching.lock"):
        missing = [row for row in wanted if not (folder / Path(row[0]).name).exists()]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda row: _fetch(folder, *row), missing))
    return folder


def _fetch(folder: Path, path: str, digest: str) -> None:
    target = folder / Path(path).name
    try:
        with urlopen(REPOSITORY + path, timeout=60) as answer:  # noqa: S310 - a fixed https address
            data = answer.read()
    except (URLError, OSError) as error:
        raise NotHereError(
            f"OpenSearch cannot be tested: {REPOSITORY}{path} cannot be fetched ({error})"
        ) from error
    assert hashlib.sha256(data).hexdigest() == digest, path
    part = target.with_suffix(".part")
    part.write_bytes(data)
    part.rename(target)


def java() -> str:
    """The Java program, new enough."""
    found = shutil.which("java")
    if found:
        said = subprocess.run(  # noqa: S603
            [found, "-version"], capture_output=True, text=True, check=False
        )
        version = re.search(r'version "(\d+)', said.stderr)
        if version and int(version[1]) >= OLDEST_JAVA:
            return found
    raise NotHereError(
        f"OpenSearch cannot be tested: it needs Java {OLDEST_JAVA} or newer "
        "(apt-get install openjdk-17-jre-headless)"
    )


class Cluster:
    """The nodes in ``folder``; started at once, stopped by :meth:`stop`.

    ``options`` are Java's, ``settings`` lines of ``opensearch.yml``.
    """

    def __init__(
        self,
        folder: Path,
        nodes: int = NODES,
        options: Sequence[str] = (),
        settings: Sequence[str] = (),
    ) -> None:
        self.nodes: list[Node] = []
        self._killed: set[int] = set()
        program, archives = java(), files()
        folder.mkdir(parents=True, exist_ok=True)
        self.held = folder / "held"
        self._hold = opensearch_node.hold(self.held)
        for attempt in range(_ATTEMPTS):
            home = folder / f"cluster{attempt}"
            try:
                self.nodes = []
                for node in _start(program, archives, home, nodes, options, settings, self.held):
                    self.nodes.append(node)
                _wait_for(self.nodes)
            except RuntimeError:
                self.stop()
                if attempt == _ATTEMPTS - 1:
                    raise
            else:
                return

    @property
    def urls(self) -> list[str]:
        """Where the nodes answer."""
        return [node.url for node in self.nodes]

    def kill(self, number: int) -> None:
        """End one node without a word."""
        self._killed.add(number)
        _end(self.nodes[number].process)

    def stop(self) -> None:
        """End all nodes."""
        for number, node in enumerate(self.nodes):
            if number not in self._killed:  # its number may be another process's by now
                _end(node.process)


def _start(  # noqa: PLR0917 - one caller
    program: str,
    archives: Path,
    home: Path,
    count: int,
    options: Sequence[str],
    settings: Sequence[str],
    held: Path,
) -> Iterator[Node]:
    """Start the nodes of one cluster."""
    transport = [_free_port(20_000, 30_000) for _ in range(count)]
    seeds = json.dumps([f"127.0.0.1:{port}" for port in transport])
    for number, port in enumerate(transport):
        node = home / f"node{number}"
        (node / "config").mkdir(parents=True)
        (node / "config" / "opensearch.yml").write_text(
            f"network.host: 127.0.0.1\ntransport.port: {port}\n"
            f"discovery.seed_hosts: {seeds}\ncluster.initial_cluster_manager_nodes: {seeds}\n"
            "cluster.routing.allocation.disk.threshold_enabled: false\n"
            # A node that is killed is noticed soon.
            "cluster.fault_detection.follower_check.interval: 500ms\n"
            "cluster.fault_detection.leader_check.interval: 500ms\n"
            + "".join(f"{line}\n" for line in settings),
            "utf-8",
        )
        # The runner looks for a free port from here on, up to 9299.
        http = _free_port(5_000, 9_000)
        arguments = [
            *(sys.executable, opensearch_node.__file__, str(held)),
            *(program, "-Xmx512m", "-Xms256m", "-XX:+UseSerialGC", *options),
            *("-cp", f"{archives}/*", "org.codelibs.opensearch.runner.OpenSearchRunner"),
            *("-numOfNode", "1", "-basePath", str(node), "-confPath", str(node / "config")),
            *("-clusterName", home.parent.name, "-baseHttpPort", str(http - 1)),
        ]
        with (node / "output.txt").open("wb") as output:
            process = subprocess.Popen(  # noqa: S603
                arguments, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        url = f"http://127.0.0.1:{_said_port(node / 'output.txt', process)}"
        yield Node(url, process.pid)
        process.returncode = 0  # others may end it; nobody waits for it here


def _said_port(output: Path, process: subprocess.Popen[bytes]) -> int:
    """The port that a node says it listens on."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        said = re.search(r"HTTP Port: +(\d+)", output.read_text("utf-8", "replace"))
        if said:
            return int(said[1])
        time.sleep(0.1)
    raise RuntimeError(f"a node did not start:\n{output.read_text('utf-8', 'replace')[-2000:]}")


def _wait_for(nodes: Sequence[Node]) -> None:
    """Wait until all nodes are one cluster."""
    until = time.monotonic() + _PATIENCE
    health = f"/_cluster/health?wait_for_nodes={len(nodes)}&timeout=30s"
    waiting = list(nodes)
    while waiting and time.monotonic() < until:
        if not all(_alive(node.process) for node in nodes):
            raise RuntimeError("a node ended at its start")
        try:
            with urlopen(waiting[0].url + health, timeout=40) as answer:  # noqa: S310
                if json.load(answer)["number_of_nodes"] == len(nodes):
                    waiting.pop(0)
                    continue
        except (URLError, OSError, ValueError):
            pass
        time.sleep(0.3)
    if waiting:
        raise RuntimeError("the nodes did not find each other")


def _free_port(low: int, high: int) -> int:
    """A port that nobody listens on, outside of those that the system gives to connections."""
    while True:
        port = random.randrange(low, high)  # noqa: S311
        with closing(socket.socket()) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def _alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1][:3]
    except OSError:
        return False


def _end(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
    try:
        os.waitpid(process, 0)  # where it is a child of ours
    except ChildProcessError:
        while _alive(process):
            time.sleep(0.05)


class SharedCluster:
    """One cluster for all processes of a test run: the first starts it, the last stops it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._users = folder / "users.json"
        self._lock = FileLock(folder / "users.lock")
        with self._lock:
            known = self._read()
            if not known:
                place = folder / f"shared-{time.time_ns()}"
                started = Cluster(place, options=["-XX:TieredStopAtLevel=1"])
                known = {
                    "urls": started.urls,
                    "processes": [node.process for node in started.nodes],
                    "held": str(started.held),
                    "users": [],
                }
            opensearch_node.hold(Path(known["held"]))
            known["users"].append(os.getpid())
            self._users.write_text(json.dumps(known), "utf-8")
        self.urls: list[str] = known["urls"]

    def leave(self) -> None:
        """End the use; the last one ends the cluster."""
        with self._lock:
            known = self._read()
            known["users"].remove(os.getpid())
            if any(_alive(user) for user in known["users"]):
                self._users.write_text(json.dumps(known), "utf-8")
                return
            for process in known["processes"]:
                _end(process)
            self._users.unlink()

    def _read(self) -> Any:
        return json.loads(self._users.read_text("utf-8")) if self._users.exists() else {}
