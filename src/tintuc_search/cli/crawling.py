"""Commands that fill the archive from sites: crawl, run, sources."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tintuc_search.cli.common import Options, json_option, note, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.archive.runs import Run
    from tintuc_search.indexer.crawl.sources import Source
    from tintuc_search.wiring import Parts

FLAGGED = 4
"""Exit code where a source gives no articles any more, or half of their text."""
FLAGS = {
    "noArticles": "pages, but hardly an article recognised: has its markup changed?",
    "shorterTexts": "articles half as long as before: has its markup changed?",
}
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
    from tintuc_search.indexer.crawl.lock import crawling_alone
    from tintuc_search.indexer.crawl.schedule import is_due

    with options.parts() as parts, crawling_alone(parts.settings.home):
        sources = parts.sources(keys)
        if due:
            newest, now = parts.archive.runs.newest(), datetime.now(UTC)
            sources = tuple(each for each in sources if is_due(each, newest.get(each.key), now))
        runs = _crawl(parts, sources, warc) if sources else []
    if as_json:
        print_json([run_json(run) for run in runs])
    else:
        for run in runs:
            _print_run(run)
        if not runs:
            note(
                "no source is due"
                if due
                else "there is no source to crawl; see `tintuc sources add`"
            )
    context.exit(_exit_code(runs))


@click.command("run")
@warc_option
@click.pass_obj
def run_command(options: Options, warc: Path | None) -> None:
    """Crawl every source when its time has come and keep the index up to date, until stopped."""
    from tintuc_search.indexer.crawl.crawling import Crawls, run
    from tintuc_search.indexer.crawl.lock import crawling_alone
    from tintuc_search.indexer.crawl.schedule import Recorder, Schedule

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    with options.parts() as parts, crawling_alone(parts.settings.home):
        settings = parts.settings

        async def main(crawls: Crawls) -> None:
            indexing = asyncio.Lock()

            async def index() -> None:
                async with indexing:
                    report = await asyncio.to_thread(parts.index)
                log.info("%s indexed, %s searchable", report.indexed, report.documents)

            recorder = Recorder(crawls, parts.archive.runs, timedelta(days=settings.run_days))
            schedule = Schedule(
                recorder, parts.sources, parts.archive.runs.newest, index, crawls.stop
            )
            await schedule.run()

        run(lambda: Crawls(parts.archive.frontier, settings.contact, warc), main, parts.sources)


def _crawl(parts: Parts, sources: Sequence[Source], warc: Path | None) -> list[Run]:
    from tintuc_search.indexer.crawl.crawling import Crawls, run
    from tintuc_search.indexer.crawl.schedule import Recorder

    settings = parts.settings
    runs: list[Run] = []

    async def main(crawls: Crawls) -> None:
        recorder = Recorder(crawls, parts.archive.runs, timedelta(days=settings.run_days))
        runs.extend(await recorder.crawl_all(sources))

    run(lambda: Crawls(parts.archive.frontier, settings.contact, warc), main, lambda: sources)
    return runs


def _exit_code(runs: Sequence[Run]) -> int:
    if any(run.flag for run in runs):
        return FLAGGED
    reached = [run for run in runs if run.tally.get("fetched") or run.tally.get("not_modified")]
    return 1 if runs and not reached else 0


def run_json(run: Run) -> dict[str, Any]:
    """A run as JSON."""
    from tintuc_search.article import format_time

    return {
        "source": run.source,
        "started_at": format_time(run.started_at),
        "ended_at": format_time(run.ended_at),
        "next_at": format_time(run.next_at),
        "flag": run.flag,
        "error": run.error,
        **run.tally,
    }


def _print_run(run: Run) -> None:
    from tintuc_search.article import format_time

    tally = run.tally
    words = ("fetched", "not_modified", "new", "changed", "unchanged", "refused", "gone")
    counts = ", ".join(f"{tally.get(word, 0)} {word.replace('_', ' ')}" for word in words)
    click.echo(f"{run.source}: {counts}; next {format_time(run.next_at)}")
    for reason, count in sorted(tally.get("failed", {}).items()):
        click.echo(f"  failed {count} times: {reason}")
    if tally.get("left"):
        click.echo(f"  {tally['left']} addresses wait for the next run")
    if run.error:
        note(f"{run.source}: {run.error}")
    if run.flag:
        note(f"!! {run.source}: {FLAGS[run.flag]}")
