"""Commands that fill and empty the archive and the index: import, index, export."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from tintuc_search.cli.common import Options, json_option, note, print_json
from tintuc_search.cli.progress import phases
from tintuc_search.cli.stopping import stopping

if TYPE_CHECKING:
    from tintuc_search.cli.stopping import Stop
    from tintuc_search.indexer.importers import ImportReport
    from tintuc_search.indexer.pipeline import IndexReport
    from tintuc_search.wiring import Parts

PATHS = click.Path(path_type=Path)
BAD_SHOWN = 20


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="Processes that clean pages; as many as there are processors if not given.",
)
@json_option
@click.pass_obj
@click.pass_context
def import_command(
    context: click.Context,
    options: Options,
    paths: tuple[Path, ...],
    processes: int | None,
    *,
    as_json: bool,
) -> None:
    """Import articles from files or folders: HTML, text, JSONL, WARC (each also gzipped), WACZ.

    Ends with 0 when anything was imported or unchanged, or nothing was there; 1 when nothing could be imported.
    Ctrl-C and SIGTERM end it once what is cleaned is stored (exit code 130, 143).
    """
    from tintuc_search.indexer.importers import import_paths, total_bytes

    with (
        options.parts(import_processes=processes) as parts,
        phases() as progress,
        stopping() as stop,
    ):
        report = import_paths(
            parts.archive,
            paths,
            batch=parts.settings.batch,
            cleaners=parts.cleaners,
            on_progress=progress("import", total_bytes(paths)),
            stop=stop.asked,
        )
    if as_json:
        print_json(_report_json(report))
    else:
        _print_report(report)
    if report.stopped:
        context.exit(stop.exit_code)
    context.exit(0 if _did_something(report) or not _had_something(report) else 1)


def _did_something(report: ImportReport) -> bool:
    """Whether anything is stored, or stays taken down, that the files hold."""
    return bool(report.new or report.changed or report.unchanged or report.removed)


def _had_something(report: ImportReport) -> bool:
    """Whether the folders held anything that could not be imported; an empty one is no failure."""
    return bool(report.bad or report.skipped or report.passed_over)


def _report_json(report: ImportReport) -> dict[str, object]:
    plain = asdict(report)
    plain["bad"] = [{"place": place, "reason": reason} for place, reason in report.bad]
    return plain


def _print_report(report: ImportReport) -> None:
    for place, reason in report.bad[:BAD_SHOWN]:
        note(f"{place}: {reason}")
    if len(report.bad) > BAD_SHOWN:
        note(f"… and {len(report.bad) - BAD_SHOWN} more")
    if report.stopped:
        note("stopped before the end; run it again for the rest")
    elif not _did_something(report) and not _had_something(report):
        note("there was nothing to import")
    click.echo(
        f"{report.new} new, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.removed} taken down before, {len(report.bad)} bad, {report.skipped} skipped"
    )
    if report.passed_over:
        counts = ", ".join(f"{count} {what}" for what, count in report.passed_over.items())
        click.echo(f"records that are no pages: {counts}")


@click.command("index")
@click.option("--engine", help="The engine whose index is meant.")
@click.option(
    "--rebuild", is_flag=True, help="Build a new index beside the one in use, then search that one."
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="Processes that analyse articles; as many as there are processors if not given.",
)
@click.option(
    "--only-analyse",
    is_flag=True,
    help="Write no index; analyse what no other process is at, for those that write one.",
)
@json_option
@click.pass_obj
@click.pass_context
def index_command(
    context: click.Context,
    options: Options,
    engine: str | None,
    processes: int | None,
    *,
    rebuild: bool,
    only_analyse: bool,
    as_json: bool,
) -> None:
    """Bring the index up to date with the archive; several processes share the work.

    Ctrl-C and SIGTERM end it at the next commit or batch (exit code 130, 143); what was done stays, the next run goes
    on.
    """
    with options.parts(engine=engine, index_processes=processes) as parts, stopping() as stop:
        if only_analyse:
            _analyse(context, parts, stop, as_json=as_json)
        report = (_rebuild if rebuild else _update)(parts, stop)
    if as_json:
        print_json(asdict(report))
    else:
        _print_index_report(report)
    context.exit(stop.exit_code if report.stopped else 0)


def _analyse(context: click.Context, parts: Parts, stop: Stop, *, as_json: bool) -> NoReturn:
    analysed = parts.analyse(stop.asked)
    if as_json:
        print_json({"analysed": analysed, "stopped": stop.asked()})
    else:
        click.echo(f"{analysed} analysed")
    context.exit(stop.exit_code if stop.asked() else 0)


def _update(parts: Parts, stop: Stop) -> IndexReport:
    parts.prepare_index()
    return _index(parts, stop)


def _rebuild(parts: Parts, stop: Stop) -> IndexReport:
    with parts.rebuilding() as new:
        report = _index(new.parts, stop, new.known)
        if not report.stopped:
            new.switch()
    return report


def _index(parts: Parts, stop: Stop, known: int = 0) -> IndexReport:
    latest = parts.archive.latest()
    with phases() as progress:
        update = progress("index", latest - parts.engine.mark())
        update(0, 0)
        finding = progress("reprints", latest - parts.reprints.mark())
        return parts.index(update, stop.asked, known, on_finding=finding)


def _print_index_report(report: IndexReport) -> None:
    if report.failed:
        note(f"could not be analysed: {', '.join(report.failed[:BAD_SHOWN])}")
    if len(report.failed) > BAD_SHOWN:
        note(f"… and {len(report.failed) - BAD_SHOWN} more")
    rate = f", {report.indexed / report.seconds:.0f} articles/s" if report.seconds > 1 else ""
    click.echo(
        f"{report.indexed} indexed, {report.deleted} deleted, {len(report.failed)} failed, "
        f"in {report.seconds:.1f} s{rate}; {report.documents} articles searchable"
    )
    if report.stopped:
        note("stopped before the end; the next run goes on from here")


@click.command("export")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), default="-"
)
@click.option(
    "--warc",
    type=PATHS,
    help="Write the raw pages of all revisions instead, as WARC 1.1, to this file or into this folder.",
)
@click.pass_obj
def export_command(options: Options, output: Path, warc: Path | None) -> None:
    """Write every article as a line of JSON, or every raw page as WARC; `import` reads both."""
    from tintuc_search.archive.export import export_lines

    if warc is not None:
        _export_warc(options, warc)
        return
    with options.parts() as parts:
        archive = parts.present_archive
        with click.open_file(str(output), "w", encoding="utf-8") as stream:
            for line in export_lines(archive):
                stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def _export_warc(options: Options, target: Path) -> None:
    """Write to ``target``, or to a new file named by the time if that is a folder."""
    from tintuc_search.indexer.warc.writing import export_warc

    if target.is_dir():
        target /= f"tintuc-{datetime.now(UTC):%Y%m%d%H%M%S}.warc.gz"
    with options.parts() as parts:
        count = export_warc(parts.present_archive, target)
    click.echo(f"{count} pages in {target}")
