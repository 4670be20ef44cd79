"""The nodes of the tests' cluster live no longer than the test run, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import opensearch_cluster
import opensearch_node

SECONDS = 60.0
START = """
import sys, threading, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from opensearch_cluster import Cluster

def start():
    cluster = Cluster(Path(sys.argv[2]), nodes=1, options=["-XX:TieredStopAtLevel=1"])
    print(cluster.nodes[0].process, flush=True)
    kept.append(cluster)

kept = []
thread = threading.Thread(target=start)
thread.start()
thread.join()
time.sleep(600)
"""


def ended(process: int) -> bool:
    """Whether a process has ended, waiting a while for it."""
    until = time.monotonic() + SECONDS
    while opensearch_cluster._alive(process):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.usefixtures("opensearch_here")
def test_a_node_outlives_the_thread_that_started_it_but_not_a_killed_process(
    tmp_path: Path,
) -> None:
    here = str(Path(opensearch_cluster.__file__).parent)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", START, here, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        node = int(starter.stdout.readline())
        time.sleep(3 * opensearch_node.PAUSE_SECONDS)
        assert opensearch_cluster._alive(node)
        starter.kill()

    assert ended(node)


def test_what_is_run_lives_as_long_as_its_last_user(tmp_path: Path) -> None:
    held = tmp_path / "held"
    first, second = opensearch_node.hold(held), opensearch_node.hold(held)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, opensearch_node.__file__, str(held), "/bin/sleep", "600"]
    ) as running:
        os.close(first)
        time.sleep(3 * opensearch_node.PAUSE_SECONDS)
        assert running.poll() is None
        os.close(second)
        assert -signal.SIGKILL == running.wait(SECONDS)
