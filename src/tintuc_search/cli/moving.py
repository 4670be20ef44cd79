"""Commands about the archive as a whole: archive copy."""

from __future__ import annotations

from dataclasses import asdict

import click

from tintuc_search.cli.common import Options, json_option, print_json, progress


@click.group("archive")
def archive_group() -> None:
    """Move the archive."""


@archive_group.command("copy")
@click.argument("url")
@json_option
@click.pass_obj
def copy_command(options: Options, url: str, *, as_json: bool) -> None:
    """Copy all of the archive to the empty database at URL, such as postgresql:///tintuc, and compare every row.

    Run again after an interruption, it goes on. Nothing can write to the archive meanwhile; searching goes on. Then set
    `archive_url` to URL.
    """
    with options.parts() as parts:
        archive = parts.present_archive
        with progress("copy", 2 * archive.rows()) as update:
            moved = archive.copy_to(url, update)
    if as_json:
        print_json([asdict(each) for each in moved])
        return
    for each in moved:
        click.echo(f"{each.table:<14}{each.rows:>12} rows, {each.written} written, {each.checksum}")
    click.echo("every row was read back and is the same")
