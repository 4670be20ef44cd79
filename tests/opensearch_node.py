"""Runs a program that lives no longer than the processes that use it, however these end.

    python opensearch_node.py HELD PROGRAM ARGUMENT…

becomes the program itself. Who uses it holds a shared lock on the file HELD, which the system frees at a user's death;
a process beside the program kills it once nobody holds one any more. (The kernel's own signal at a parent's death is
sent when the *thread* ends that started the child.)
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import sys
from pathlib import Path

PAUSE_SECONDS = 0.5


def hold(held: Path) -> int:
    """Be a user of what is run with this file until the descriptor that is returned is closed."""
    descriptor = os.open(held, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def main(held: str, program: str, *arguments: str) -> None:
    """Start the watcher, and become the program."""
    process = os.pidfd_open(os.getpid())  # which no other process will ever be meant by
    if os.fork() == 0:
        watch(process, Path(held))
        os._exit(0)
    os.execv(program, [program, *arguments])  # noqa: S606


def watch(process: int, held: Path) -> None:
    """Wait for the end of a process, given by its descriptor, or of all that use it."""
    os.setsid()
    descriptor = os.open(held, os.O_RDWR)
    while not select.select([process], [], [], PAUSE_SECONDS)[0]:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        signal.pidfd_send_signal(process, signal.SIGKILL)
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
