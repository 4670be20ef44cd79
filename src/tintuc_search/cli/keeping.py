"""Commands that look after what is stored: remove, backup, restore, doctor."""

from __future__ import annotations

from pathlib import Path

import click

from tintuc_search.cli.common import Options, json_option, note, print_json


@click.command("remove")
@click.argument("article_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--reason", default="", help="Kept with the tombstone.")
@click.pass_obj
def remove_command(options: Options, article_ids: tuple[str, ...], reason: str) -> None:
    """Take articles down: from archive, raw pages and index.

    A tombstone stays, so that a new import does not bring them back.
    """
    from tintuc_search.errors import NotFound

    unknown: list[NotFound] = []
    with options.parts() as parts:
        for article_id in article_ids:
            try:
                parts.present_archive.remove(article_id, reason)
            except NotFound as error:
                unknown.append(error)
            else:
                click.echo(f"{article_id} removed from the archive")
        # An unknown id among them must not leave the others in the index.
        if parts.index_exists():
            parts.index()
            click.echo("the index is up to date")
    if unknown:
        raise NotFound("; ".join(map(str, unknown)))


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup_command(options: Options, file: Path) -> None:
    """Copy the archive to a new FILE, consistent while others write.

    The index is not in it: it is rebuilt from the archive.
    """
    with options.parts() as parts:
        parts.present_archive.backup(file)
        click.echo(f"{parts.archive.count()} articles in {file}")


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the archive that is there.")
@click.pass_obj
def restore_command(options: Options, file: Path, *, force: bool) -> None:
    """Make FILE, written by `backup`, the archive, and rebuild the index."""
    with options.parts() as parts:
        parts.restore(file, force=force)
        parts.clear_index()
        report = parts.index()
        click.echo(f"{parts.archive.count()} articles restored, {report.indexed} indexed")


@click.command("doctor")
@json_option
@click.pass_obj
@click.pass_context
def doctor_command(context: click.Context, options: Options, *, as_json: bool) -> None:
    """Check settings, archive and index; exit code 1 where something must be done."""
    from tintuc_search.cli.examination import examine

    with options.parts() as parts:
        findings = list(examine(parts))
    if as_json:
        print_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{'ok' if finding.good else '!!':<4}{finding.subject:<10}{finding.text}")
    if not all(finding.good for finding in findings):
        note("something must be done, see the lines marked !!")
        context.exit(1)
