"""The command that asks: search."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tintuc_search.cli.common import Options, json_option, note, print_json
from tintuc_search.cli.explanations import hit_lines, query_lines
from tintuc_search.search.parameters import PARAMETERS, read_parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from tintuc_search.search.base import SearchAnswer, SearchHit

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def _endpoint_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command one option for every parameter of the search endpoint but ``q``."""
    for parameter in reversed(PARAMETERS):
        if parameter.name != "q":
            kind: dict[str, Any] = {"multiple": True, "metavar": "VALUE"}
            if parameter.switch:
                kind = {"is_flag": True, "callback": _turned_on}
            command = click.option(
                f"--{parameter.name.replace('_', '-')}",
                parameter.name,
                help=parameter.help,
                **kind,
            )(command)
    return command


def _turned_on(_context: click.Context, _option: click.Parameter, value: object) -> tuple[str, ...]:
    """The values of a switch as the endpoint takes them."""
    return ("true",) if value else ()


@click.command("search")
@click.argument("query")
@_endpoint_options
@json_option
@click.pass_obj
def search_command(
    options: Options, /, query: str, *, as_json: bool, **parameters: tuple[str, ...]
) -> None:
    """Search the archive for QUERY; `--json` prints what the API answers."""
    from tintuc_search.search.envelope import to_json

    given = {name: list(values) for name, values in parameters.items() if values}
    given.setdefault("highlight", ["true"])
    search = read_parameters({"q": [query], **given})
    with options.parts() as parts:
        parts.check_ready()
        answer = parts.search.search(search.query)
        if as_json:
            print_json(to_json(answer, fields=search.fields))
        else:
            _print_answer(answer)


def _print_answer(answer: SearchAnswer) -> None:
    for problem in answer.query.problems:
        note(problem.message)
    if answer.query.reading:
        click.echo(f"Đang tìm: {answer.query.reading}")
    for expansion in answer.query.expansions:
        click.echo(f"Tìm cả: {expansion.typed} = {', '.join(expansion.others)}")
    if answer.query.explanation:
        for line in query_lines(answer.query.explanation):
            click.echo(line)
    click.echo(f"{answer.total} kết quả, {answer.took_ms} ms")
    for number, hit in enumerate(answer.hits, start=1 + (answer.page - 1) * answer.page_size):
        _print_hit(number, hit)


def _print_hit(number: int, hit: SearchHit) -> None:
    article = hit.stored.article
    date = f"{article.published_at:%d/%m/%Y}" if article.published_at else ""
    about = " · ".join(part for part in (article.source, date, hit.stored.id) if part)
    click.echo(f"\n{number}. {article.title}\n   {about}")
    for highlight in hit.highlights:
        if highlight.field != "title":
            click.echo(f"   {_marked(highlight.text, highlight.spans)}")
    if hit.explanation:
        for line in hit_lines(hit.explanation):
            click.echo(f"   {line}")


def _marked(text: str, spans: Any) -> str:
    """``text`` with its matches in bold on a terminal, as it is elsewhere."""
    if not sys.stdout.isatty():
        return text
    for span in reversed(spans):
        text = f"{text[: span.start]}{BOLD}{text[span.start : span.end]}{PLAIN}{text[span.end :]}"
    return text
