"""No more worker processes than processors, or than there is memory for, whoever bounds it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tintuc_search.wiring import machine

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1 << 20


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


MEMINFO = {"proc/meminfo": "MemTotal: 9000000 kB\nMemAvailable:    4096000 kB\nSwapTotal: 0 kB\n"}


@pytest.mark.parametrize(
    ("files", "megabytes"),
    [
        ({}, None),
        (MEMINFO, 4000),
        (
            MEMINFO
            | {
                "proc/self/cgroup": "0::/a.slice/b.scope\n",
                "groups/memory.max": "max\n",
                "groups/memory.current": "5000000000\n",
                "groups/a.slice/memory.max": str(700 * MEGABYTE),
                "groups/a.slice/memory.current": str(300 * MEGABYTE),
                "groups/a.slice/memory.stat": f"anon 5\ninactive_file {100 * MEGABYTE}\nfile 3\n",
                "groups/a.slice/b.scope/memory.max": "max\n",
                "groups/a.slice/b.scope/memory.current": "1\n",
            },
            500,
        ),
        (
            MEMINFO
            | {
                "proc/self/cgroup": "4:memory:/x\n1:cpu:/\n0::/\n",
                "groups/memory/memory.limit_in_bytes": "9223372036854771712\n",
                "groups/memory/memory.usage_in_bytes": "1\n",
                "groups/memory/x/memory.limit_in_bytes": str(64 * MEGABYTE),
                "groups/memory/x/memory.usage_in_bytes": str(80 * MEGABYTE),
            },
            0,
        ),
        # A container sees its own group as the root, whatever its path is called outside.
        (
            {
                "proc/self/cgroup": "0::/../other\n",
                "groups/memory.max": str(50 * MEGABYTE),
                "groups/memory.current": str(20 * MEGABYTE),
            },
            30,
        ),
    ],
)
def test_available_memory_is_what_machine_and_control_groups_leave(
    tmp_path: Path, files: dict[str, str], megabytes: int | None
) -> None:
    write(tmp_path, files)

    found = machine.available_memory(tmp_path / "proc", tmp_path / "groups")

    assert found == (None if megabytes is None else megabytes * MEGABYTE)


@pytest.mark.parametrize(
    ("asked", "memory", "count"),
    [(0, None, 8), (3, None, 3), (0, 1000, 8), (0, 500, 5), (6, 250, 2), (1, 10, 1), (4, 0, 1)],
)
def test_memory_bounds_the_number_of_processes_and_one_is_always_left(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    asked: int,
    memory: int | None,
    count: int,
) -> None:
    monkeypatch.setattr(machine, "cores", lambda: 8)
    monkeypatch.setattr(
        machine, "available_memory", lambda: None if memory is None else memory * MEGABYTE
    )
    caplog.set_level(logging.WARNING)

    assert machine.processes(asked, 100 * MEGABYTE) == count
    assert bool(caplog.records) == (count < (asked or 8))


def test_this_machine_has_processors_and_its_memory_can_be_told() -> None:
    available = machine.available_memory()

    assert machine.cores() >= 1
    assert available is None or 0 < available
