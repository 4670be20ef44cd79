"""Commands that fill the archive from sites: crawl, run, sources."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tintuc_search.cli.common import Options, json_option, note, print_json
from tintuc_search.cli.reporting import print_run, run_lines
from tintuc_search.errors import TintucError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tintuc_search.archive.runs import Run
    from tintuc_search.indexer.crawl.sources import Source
    from tintuc_search.indexer.pipeline import IndexReport
    from tintuc_search.wiring import Parts

FLAGGED = 4
"""Exit code where a source gives no articles any more, or half of their text."""
log = logging.getLogger(__name__)
warc_option = click.option(
    "--warc",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Keep what is fetched as WARC 1.1 in this folder.",
)


@click.command("crawl")
@click.argument("keys", metavar="[SOURCE]...", nargs=-1)
@click.option("--due", is_flag=True, help="Only sources whose time has come.")
@warc_option
@json_option
@click.pass_obj
@click.pass_context
def crawl_command(
    context: click.Context,
    options: Options,
    keys: tuple[str, ...],
    *,
    due: bool,
    warc: Path | None,
    as_json: bool,
) -> None:
    """Fetch what is new and changed from the sources of sources.toml, or from the ones named.

    Ends with 0 if all went well, 1 if no source could be reached, 4 if a source gives no articles any more.
    """
    from tintuc_search.indexer.crawl.schedule import is_due

    with options.parts() as parts:
        sources = parts.sources(keys)
        if due:
            newest, now = parts.archive.runs.newest(), datetime.now(UTC)
            sources = tuple(each for each in sources if is_due(each, newest.get(each.key), now))
        runs = _crawl(parts, sources, warc, due=due) if sources else []
    if as_json:
        print_json([run.to_json() for run in runs])
    else:
        for run in runs:
            print_run(run)
        if not runs and due:
            click.echo("no source is due")
        elif not runs:
            note("there is no source to crawl; see `tintuc sources add`")
    context.exit(_exit_code(runs))


@click.command("run")
@warc_option
@click.pass_obj
def run_command(options: Options, warc: Path | None) -> None:
    """Crawl every source when its time has come and keep the index up to date, until stopped."""
    from tintuc_search.indexer.crawl.crawling import Crawls, run
    from tintuc_search.indexer.crawl.schedule import Recorder, Schedule, SourcesInForce

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    with options.parts() as parts:
        settings, archive = parts.settings, parts.archive
        sources = SourcesInForce(parts.sources)

        async def main(crawls: Crawls) -> None:
            async def index() -> None:
                report = await asyncio.to_thread(_index_in_use, parts, crawls.stop.is_set)
                log.info("%s indexed, %s searchable", report.indexed, report.documents)

            keep = timedelta(days=settings.run_days)
            recorder = Recorder(crawls, archive.runs, archive.locks, keep)
            newest = archive.runs.newest
            schedule = Schedule(recorder, sources, newest, index, stop=crawls.stop, on_run=_log_run)
            await schedule.run()

        log.info("%s sources in %s", len(sources.now), parts.sources_path)
        run(lambda: Crawls(archive.frontier, settings.contact, warc), main, lambda: sources.now)


def _index_in_use(parts: Parts, stop: Callable[[], bool]) -> IndexReport:
    """Update the index that is in use by now: another may have been built since the last time.

    Told to ``stop``, it still indexes what was stored; reprints can wait for the next run.
    """
    current = parts.now()
    try:
        return current.index(stop_finding=stop)
    finally:
        current.close_index()


def _log_run(run: Run) -> None:
    for level, line in run_lines(run):
        log.log(level, "%s", line)


def _crawl(parts: Parts, sources: Sequence[Source], warc: Path | None, *, due: bool) -> list[Run]:
    """Crawl what no other process crawls; the runs. Raises TintucError where nothing is left."""
    from tintuc_search.indexer.crawl.crawling import Crawls, run
    from tintuc_search.indexer.crawl.schedule import Recorder

    settings, archive = parts.settings, parts.archive
    runs: list[Run] = []
    elsewhere: set[str] = set()

    async def main(crawls: Crawls) -> None:
        keep = timedelta(days=settings.run_days)
        recorder = Recorder(crawls, archive.runs, archive.locks, keep)
        runs.extend(await recorder.crawl_all(sources, due=due))
        elsewhere.update(recorder.elsewhere)

    run(lambda: Crawls(archive.frontier, settings.contact, warc), main, lambda: sources)
    if elsewhere:
        told = (
            f"{', '.join(sorted(elsewhere))}: another process is crawling the same source or host"
        )
        if len(elsewhere) == len(sources):
            raise TintucError(f"{told}; try again when it has ended")
        note(told)
    return runs


def _exit_code(runs: Sequence[Run]) -> int:
    if any(run.flag for run in runs):
        return FLAGGED
    return 1 if runs and all(run.reached_nothing for run in runs) else 0
