"""The command that answers browsers and programs: serve."""

from __future__ import annotations

import click

from tintuc_search.cli.common import Options, note


@click.command("serve")
@click.option("--host", help="Address to listen on; only this machine reaches the default.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer.")
@click.pass_obj
def serve_command(
    options: Options, host: str | None, port: int | None, workers: int | None
) -> None:
    """Serve the search page and the JSON API."""
    from tintuc_search.web.server import serve
    from tintuc_search.wiring import make_app

    with options.parts(host=host, port=port, workers=workers) as parts:
        parts.check_ready()
        parts.archive.latest()  # one line here for an archive that cannot be read, not one from each process
        settings = parts.settings
    # Closed before the processes are forked: no database connection may be shared between them.
    serve(settings, lambda: make_app(settings), on_address=note)
