"""What the machine has for worker processes: processors and memory."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ANALYSIS_BYTES = 120 << 20
CLEANING_BYTES = 100 << 20
"""What to keep free for one worker process: twice the memory of its own (RssAnon) that was measured on real articles
and pages."""

_PROCESS = Path("/proc")
_GROUPS = Path("/sys/fs/cgroup")

log = logging.getLogger(__name__)


def processes(asked: int, each: int) -> int:
    """How many worker processes to have: as many as asked for, or (0) one for each processor.

    At most so many as have room in the memory that is available, where one takes ``each`` bytes; at least one.
    """
    wanted = asked or cores()
    memory = available_memory()
    room = wanted if memory is None else max(memory // each, 1)
    if room < wanted:
        log.warning("there is memory for %s processes, not for %s", room, wanted)
    return min(wanted, room)


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def available_memory(process: Path = _PROCESS, groups: Path = _GROUPS) -> int | None:
    """Bytes that can be taken without swapping, by machine and control groups; None where that cannot be told."""
    told = re.search(r"^MemAvailable: +([0-9]+) kB$", _read(process / "meminfo"), re.MULTILINE)
    limits = [int(told[1]) * 1024] if told else []
    for line in _read(process / "self/cgroup").splitlines():
        _, kind, path = line.split(":", 2)
        if kind in _FILES:
            most, taken, files = _FILES[kind]
            limits += _rooms(groups / kind, path, most, taken, files)
    return min(limits, default=None)


_FILES = {
    "": ("memory.max", "memory.current", "inactive_file"),
    "memory": ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
}
"""By the name of the hierarchy (version 2 has none): the bound, what is taken, and what of it is given back at need."""


def _rooms(root: Path, path: str, most: str, taken: str, files: str) -> Iterator[int]:
    """What a control group and those above it leave, where they set a bound; one in a container may be the root."""
    parts = [part for part in path.split("/") if part]
    for count in range(len(parts) + 1):
        group = root.joinpath(*parts[:count])
        bound, used = _read(group / most).strip(), _read(group / taken).strip()
        if bound.isdecimal() and used.isdecimal():  # "max" is no bound
            back = re.search(rf"^{files} ([0-9]+)$", _read(group / "memory.stat"), re.MULTILINE)
            yield max(int(bound) - int(used) + (int(back[1]) if back else 0), 0)


def _read(path: Path) -> str:
    """A small file's text; empty where it cannot be had."""
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
