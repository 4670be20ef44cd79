"""What `doctor` looks at: settings, archive, engine, index, how far the index is behind, and how the crawls go."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tintuc_search.article import format_time
from tintuc_search.cli.reporting import FLAGS
from tintuc_search.errors import TintucError
from tintuc_search.wiring.advice import advice, loops_advice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.archive.standings import Standing
    from tintuc_search.wiring import Parts

OVERDUE = timedelta(days=1)
"""How late a crawl is when nobody seems to run it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is as it should be, and what was seen or must be done."""

    subject: str
    good: bool
    text: str

    def to_json(self) -> dict[str, Any]:
        """The finding as plain data."""
        return asdict(self)


def examine(parts: Parts) -> Iterator[Finding]:
    """Look at every part; a part that fails is a finding and does not end the examination."""
    looks = (("settings", _settings), ("archive", _archive), ("engine", _engine), ("index", _index))
    for subject, look in looks:
        yield _finding(subject, look, parts)
    yield from _sources(parts)


def _finding(subject: str, look: Callable[[Parts], tuple[bool, str]], parts: Parts) -> Finding:
    try:
        return Finding(subject, *look(parts))
    except TintucError as error:
        return Finding(subject, good=False, text=str(error))


def _settings(parts: Parts) -> tuple[bool, str]:
    return True, f"home {parts.settings.home}"


def _engine(parts: Parts) -> tuple[bool, str]:
    engine = parts.settings.engine
    told = (engine, advice(engine, parts.present_archive.count()), loops_advice())
    return True, "; ".join(filter(None, told))


def _archive(parts: Parts) -> tuple[bool, str]:
    archive = parts.present_archive
    damage = archive.check()
    if damage:
        return False, f"{damage}; restore a backup"
    place = f", in {archive.name}" if archive.is_on_a_server else ""
    return True, f"{archive.count()} articles, change sequence {archive.latest()}{place}"


def _index(parts: Parts) -> tuple[bool, str]:
    parts.check_ready()
    parts.check_index()
    behind = parts.archive.latest() - parts.engine.mark()
    if behind < 0:
        return False, "newer than the archive; run `tintuc index --rebuild`"
    if behind:
        return False, f"{behind} changes behind the archive; run `tintuc index`"
    return True, f"{parts.engine.count()} articles, up to date"


def _sources(parts: Parts) -> Iterator[Finding]:
    """The file of sources, and each source that needs a look."""
    try:
        standings = parts.standings()
    except TintucError as error:
        yield Finding("sources", good=False, text=str(error))
        return
    crawled = [each for each in standings if each.listed and each.listed.enabled]
    if crawled and not parts.settings.contact:
        yield Finding(
            "sources", good=False, text="set `contact`, so that the sites know whom to complain to"
        )
    bad = [
        Finding("sources", good=False, text=text) for each in crawled if (text := _trouble(each))
    ]
    yield from bad
    if not bad:
        yield Finding("sources", good=True, text=f"{len(crawled)} crawled")


def _trouble(standing: Standing) -> str:
    """What is wrong with a source and what to do, empty if nothing is."""
    run = standing.newest
    if run is None:
        return ""
    if run.flag:
        return (
            f"{standing.key}: {FLAGS.get(run.flag, run.flag)} If that is right: "
            f"`tintuc sources accept {standing.key}`"
        )
    if run.reached_nothing:
        reasons = ", ".join(run.tally.get("failed", {}))
        return f"{standing.key}: nothing could be had in the newest crawl: {run.error or reasons}"
    if run.next_at and datetime.now(UTC) - run.next_at > OVERDUE:
        return (
            f"{standing.key}: was to be crawled on {format_time(run.next_at)}; "
            "is `tintuc run` or the timer running?"
        )
    return ""
