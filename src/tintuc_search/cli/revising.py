"""The command that shows what an article said when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tintuc_search.cli.common import Options, json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tintuc_search.archive.base import Revision
    from tintuc_search.archive.changes import Difference, Line

MARKS = {"kept": "{}", "out": "[-{}-]", "in": "[+{}+]", "moved": "[~{}~]"}
COLOURS = {"out": "red", "in": "green", "moved": "blue"}


@click.command("revisions")
@click.argument("article_id", metavar="ID")
@click.option(
    "--from", "older", type=int, metavar="N", help="Show what changed from this revision …"
)
@click.option(
    "--to", "newer", type=int, metavar="N", help="… to this one; the newest if not given."
)
@json_option
@click.pass_obj
def revisions_command(
    options: Options, article_id: str, older: int | None, newer: int | None, *, as_json: bool
) -> None:
    """Show every text that an article has had, or what changed between two of them, word by word."""
    from tintuc_search.archive.changes import compared, differences

    with options.parts() as parts:
        archive = parts.present_archive
        revisions = archive.revisions(article_id)
        stored = archive.get(article_id)
    if older is None and newer is None:
        _list(revisions, stored.gone_at if stored else None, as_json=as_json)
        return
    after = _numbered(revisions, newer or len(revisions), article_id)
    before = _numbered(revisions, older or max(1, after.number - 1), article_id)
    if as_json:
        print_json(compared(article_id, before, after))
        return
    found = differences(before.article, after.article)
    for each in found:
        click.echo(f"{each.field}:")
        for line in each.lines:
            click.echo(f"  {_marked(line)}")
    if not found:
        click.echo("no difference")


def _list(revisions: Sequence[Revision], gone_at: datetime | None, *, as_json: bool) -> None:
    from tintuc_search.archive.changes import edits
    from tintuc_search.article import format_time

    if as_json:
        print_json(
            [
                {
                    "revision": revision.number,
                    "first_seen": format_time(revision.first_seen),
                    "last_seen": format_time(revision.last_seen),
                    "title": revision.article.title,
                    "lead": revision.article.lead,
                    "paragraphs": list(revision.article.paragraphs),
                }
                for revision in revisions
            ]
        )
        return
    changed = {edit.number: edit.differences for edit in edits(revisions)}
    for revision in revisions:
        click.echo(
            f"{revision.number:>3}  {format_time(revision.first_seen)} – "
            f"{format_time(revision.last_seen)}  {revision.article.title}"
        )
        if told := ", ".join(map(_told, changed.get(revision.number, ()))):
            click.echo(f"     {told}")
    if gone_at:
        click.echo(f"gone since {format_time(gone_at)}")


def _told(difference: Difference) -> str:
    """What changed in a field, in few words: ``body 2 changed, 1 in``."""
    kinds = [_kind(line) for line in difference.lines]
    counts = (f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    return f"{difference.field} {', '.join(counts)}"


def _kind(line: Line) -> str:
    """Whether a line was changed, taken out, put in or moved."""
    kinds = {piece.kind for piece in line}
    return kinds.pop() if len(kinds) == 1 else "changed"


def _marked(line: Line) -> str:
    return "".join(
        click.style(MARKS[piece.kind].format(piece.text), fg=COLOURS.get(piece.kind))
        for piece in line
    )


def _numbered(revisions: Sequence[Revision], number: int, article_id: str) -> Revision:
    from tintuc_search.errors import NotFound

    for revision in revisions:
        if revision.number == number:
            return revision
    raise NotFound(f"there is no revision {number} of an article {article_id}")
