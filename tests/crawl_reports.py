"""Reports of crawls that never were, of invented papers: every state that a source may be in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tintuc_search.archive.runs import Run
from tintuc_search.settings import Settings
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = """
[lamhai]
name = "Báo Lâm Hải"
feeds = ["https://lamhai.example/rss"]

[thoisu]
name = "Thời Sự Online"
feeds = ["https://thoisu.example/rss"]

[xaydung]
name = "Tạp chí Xây dựng Đảng, Sơn Giang"
feeds = ["https://xaydung.example/rss"]

[moi]
name = "Báo mới thêm"
feeds = ["https://moi.example/rss"]

[tat]
name = "Báo đã tắt"
feeds = ["https://tat.example/rss"]
enabled = false
"""
DAY = timedelta(days=1)


def note_crawls(home: Path) -> None:
    """Write ``sources.toml`` and several runs of its sources."""
    (home / "sources.toml").write_text(SOURCES, "utf-8")
    with Parts(Settings(home=home)) as parts:
        for number in range(12):
            _note(
                parts, "lamhai", number, failed={"HTTP 500": 3, "robots.txt": 1} if number else {}
            )
            _note(parts, "thoisu", number, flag="noArticles" if number > 9 else None)
        _note(parts, "xaydung", 1, error="no space left on device: " + "x" * 80)
        _note(parts, "cu", 1)


def _note(
    parts: Parts,
    source: str,
    number: int,
    *,
    flag: str | None = None,
    error: str | None = None,
    **counts: Any,
) -> None:
    started = datetime(2024, 3, 1, 8, tzinfo=UTC) + number * timedelta(hours=1)
    ended = started + timedelta(minutes=4)
    tally = {"fetched": 1_320 + number, "not_modified": 40, "new": number, "refused": 2} | counts
    run = Run(source, started, ended, started + timedelta(hours=1), tally, flag, error)
    parts.archive.runs.add(run, started - DAY)
