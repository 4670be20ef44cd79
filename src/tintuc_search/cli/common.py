"""What the commands share: settings on demand, errors as lines, JSON on standard output."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from tintuc_search.errors import TintucError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.wiring import Parts


@dataclass(frozen=True, slots=True)
class Options:
    """What was given before the command's name."""

    home: str | None

    @contextmanager
    def parts(self, **overrides: str | float | bool | None) -> Iterator[Parts]:
        """The parts of the program by the settings in force; closed when the block ends."""
        from tintuc_search.settings import load
        from tintuc_search.wiring import Parts

        with Parts(load(None, home=self.home, **overrides)) as parts:
            yield parts


class ErrorsAsLines(click.Group):
    """A group whose commands end with one line and an exit code where the user can do something."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the user can mend is printed, a reader that closed its pipe is no error."""
        try:
            return super().invoke(ctx)
        except TintucError as error:
            click.echo(f"tintuc: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # What is still buffered would raise again when Python flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            # A disk that is full, a folder that cannot be written: nothing that a stack of calls explains.
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"tintuc: {place}{error.strerror or error}", err=True)
            ctx.exit(1)


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Write one JSON document to standard output."
)


def print_json(value: Any) -> None:
    """Write one JSON document, Vietnamese letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def note(line: str) -> None:
    """Tell the user something that is not the command's result."""
    click.echo(line, err=True)


@contextmanager
def progress(label: str, total: int) -> Iterator[Any]:
    """A bar on a terminal, nothing elsewhere; call the yielded ``update(n)``."""
    if not sys.stderr.isatty():
        yield lambda _n: None
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update
