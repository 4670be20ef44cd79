"""Commands about the sources: list them, find the feeds of a new one, accept a changed one, show past crawls."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from tintuc_search.cli.common import Options, json_option, note, print_json
from tintuc_search.cli.reporting import FLAGS, print_run

if TYPE_CHECKING:
    from tintuc_search.archive.standings import Standing
    from tintuc_search.indexer.crawl.found import Discovery


@click.group("sources", invoke_without_command=True)
@json_option
@click.pass_obj
@click.pass_context
def sources_command(context: click.Context, options: Options, *, as_json: bool) -> None:
    """List what is crawled: when last, when next, and what is wrong."""
    if context.invoked_subcommand is not None:
        return
    with options.parts() as parts:
        standings = parts.standings()
        path = parts.sources_path
    if as_json:
        print_json([each.to_json(runs=False) for each in standings])
        return
    for each in standings:
        _print_standing(each)
    if not standings:
        note(f"{path} names no source; `tintuc sources add https://…` finds the feeds of a site")


def _print_standing(standing: Standing) -> None:
    from tintuc_search.article import format_time

    run = standing.newest
    last = format_time(run.ended_at) if run else "never"
    click.echo(f"{standing.key}: {standing.name}; {standing.state.value}")
    click.echo(f"  last {last}, next {format_time(standing.next_at) or 'none'}")
    if run and run.error:
        click.echo(f"  {run.error}")
    if run and run.flag:
        click.echo(f"  !! {FLAGS.get(run.flag, run.flag)}")


@sources_command.command("add")
@click.argument("url", metavar="URL")
@click.option("--keep", is_flag=True, help="Write the table into sources.toml.")
@click.option("--key", help="The table's name; made from the host unless given.")
@click.option("--private", is_flag=True, help="The site is in a private network.")
@click.option(
    "--delay",
    type=click.FloatRange(0, 60),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Least time between two requests.",
)
@json_option
@click.pass_obj
def add_command(
    options: Options,
    url: str,
    *,
    keep: bool,
    key: str | None,
    private: bool,
    delay: float,
    as_json: bool,
) -> None:
    """Look for the sitemaps and feeds of the site at URL and print a table of them for the file of sources.

    Asks for what robots.txt names, what the page links to and what lies at the usual places, as politely as a crawl.
    """
    from tintuc_search.indexer.crawl.discovery import discover, key_for, suggest
    from tintuc_search.indexer.crawl.sources_file import append_source, as_toml, check_new

    pause = timedelta(seconds=delay)
    with options.parts() as parts:
        path = parts.sources_path
        if key is not None:
            check_new(path, key)  # before the site is asked
        found = discover(url, contact=parts.settings.contact, delay=pause, private=private)
        chosen = key or key_for(found.url)
        table = as_toml(chosen, suggest(found, delay=pause, private=private))
    if not as_json:
        _print_found(found)
        click.echo(table, nl=False)
    if keep:
        append_source(path, table, chosen)
    if as_json:
        print_json(_discovery_json(found, chosen, table, kept=keep))
    else:
        note(f"written to {path}" if keep else f"put this into {path}, or run again with --keep")


def _print_found(found: Discovery) -> None:
    for each in found.lists:
        newest = each.to_json()["newest_at"]
        told = f", newest {newest}" if newest else ""
        title = f" “{each.title}”" if each.title else ""
        note(f"{each.kind.value}: {each.url}{title}: {each.entries} addresses{told}")
    if not found.worth_keeping():
        note("no sitemap and no feed was found; the page itself is the start point")


def _discovery_json(found: Discovery, key: str, table: str, *, kept: bool) -> dict[str, Any]:
    return {
        "url": found.url,
        "key": key,
        "name": found.name,
        "asked": found.asked,
        "found": [each.to_json() for each in found.lists],
        "table": table,
        "kept": kept,
    }


@sources_command.command("accept")
@click.argument("keys", metavar="SOURCE...", nargs=-1, required=True)
@click.pass_obj
def accept_command(options: Options, keys: tuple[str, ...]) -> None:
    """Take what SOURCE gives now as right, and its flag away.

    Later crawls are compared with those from now on.
    """
    with options.parts() as parts:
        for key in keys:
            parts.present_archive.runs.accept(key)


@sources_command.command("runs")
@click.argument("keys", metavar="[SOURCE]...", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 1_000), default=10, show_default=True)
@json_option
@click.pass_obj
def runs_command(options: Options, keys: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Show the newest crawls of SOURCE, or of all: what each fetched, and what failed and why."""
    with options.parts() as parts:
        recent = parts.present_archive.runs.recent(limit, keys)
    runs = [run for found in recent.values() for run in found]
    if as_json:
        print_json([run.to_json() for run in runs])
        return
    for run in runs:
        print_run(run)
