"""The command that shows who prints the same text: reprints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tintuc_search.cli.common import Options, json_option, print_json

if TYPE_CHECKING:
    from tintuc_search.search.reprints import OtherPrint
    from tintuc_search.wiring import Parts


@click.command("reprints")
@click.argument("article_id", metavar="[ID]", required=False)
@json_option
@click.pass_obj
def reprints_command(options: Options, article_id: str | None, *, as_json: bool) -> None:
    """List articles that print the same text, or the copies of one with what differs."""
    with options.parts() as parts:
        parts.check_ready()
        if article_id is None:
            _all(parts, as_json=as_json)
        else:
            _one(parts, article_id, as_json=as_json)


def _all(parts: Parts, *, as_json: bool) -> None:
    clusters = list(parts.reprints.clusters())
    if as_json:
        print_json(
            [
                {
                    "original": cluster.original,
                    "copies": [
                        {
                            "id": copy.id,
                            "share": round(copy.share, 4),
                            "of_original": round(copy.of_original, 4),
                        }
                        for copy in cluster.copies
                    ],
                }
                for cluster in clusters
            ]
        )
        return
    for cluster in clusters:
        click.echo(cluster.original)
        for copy in cluster.copies:
            click.echo(
                f"  {copy.id}  {copy.share:.0%} of it, {copy.of_original:.0%} of the original"
            )


def _one(parts: Parts, article_id: str, *, as_json: bool) -> None:
    from tintuc_search.errors import NotFound
    from tintuc_search.search.reprints import reprints_to_json

    if parts.present_archive.get(article_id) is None:
        raise NotFound(f"there is no article {article_id}")
    found = parts.search.reprints(article_id)
    if as_json:
        print_json(reprints_to_json(article_id, found))
        return
    if found is None:
        click.echo("no other article prints this text")
        return
    for other in found.others:
        _print_other(other)


def _print_other(other: OtherPrint) -> None:
    article, comparison = other.stored.article, other.comparison
    about = " · ".join(part for part in (article.source, other.stored.id) if part)
    first = " (earliest)" if other.original else ""
    click.echo(f"{article.title}{first}\n   {about}")
    click.echo(
        f"   {comparison.share_of_second:.0%} of its text, {comparison.share_of_first:.0%} of this one's"
    )
    for sign, paragraphs in (("-", comparison.only_first), ("+", comparison.only_second)):
        for paragraph in paragraphs:
            click.echo(f"   {sign} {paragraph}")
