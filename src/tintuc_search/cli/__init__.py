"""The command line: parse, call, print.

Every command gets one :class:`~tintuc_search.wiring.Parts`; a
:class:`~tintuc_search.errors.TintucError` becomes its exit code and one line on standard error.
"""

from __future__ import annotations

import click

from tintuc_search import __version__
from tintuc_search.cli.common import ErrorsAsLines, Options
from tintuc_search.cli.crawling import crawl_command, run_command
from tintuc_search.cli.indexing import export_command, import_command, index_command
from tintuc_search.cli.keeping import (
    backup_command,
    doctor_command,
    remove_command,
    restore_command,
)
from tintuc_search.cli.moving import archive_group
from tintuc_search.cli.reprinting import reprints_command
from tintuc_search.cli.revising import revisions_command
from tintuc_search.cli.searching import search_command
from tintuc_search.cli.serving import serve_command
from tintuc_search.cli.sources import sources_command
from tintuc_search.cli.texts import analyze_command, clean_command, entities_command

__all__ = ["main"]


@click.group(cls=ErrorsAsLines, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tintuc")
@click.option("--home", metavar="FOLDER", help="Folder of the archive and the index (TINTUC_HOME).")
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    """Search a Vietnamese news archive."""
    context.obj = Options(home)


for command in (
    import_command,
    index_command,
    crawl_command,
    run_command,
    sources_command,
    search_command,
    serve_command,
    clean_command,
    analyze_command,
    entities_command,
    revisions_command,
    reprints_command,
    remove_command,
    export_command,
    backup_command,
    restore_command,
    archive_group,
    doctor_command,
):
    main.add_command(command)
