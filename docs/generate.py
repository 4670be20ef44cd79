"""Write the generated parts of the documentation: settings, commands, parameters.

``python docs/generate.py`` rewrites what stands between ``<!-- name -->`` and ``<!-- end name -->``;
``tests/test_docs.py`` fails where that would change anything.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tintuc_search.cli import main
from tintuc_search.query.dates import table as date_table
from tintuc_search.query.words import table as word_table
from tintuc_search.search.parameters import PARAMETERS
from tintuc_search.settings import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

DOCS = Path(__file__).parent


def settings() -> Iterator[str]:
    """The table of settings."""
    yield "| setting | default | |"
    yield "|---|---|---|"
    for name, default, text in table():
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        yield f"| `{name}` | {f'`{shown}`' if shown else ''} | {text} |"


def commands() -> Iterator[str]:
    """The table of commands with their options."""
    yield "| command | |"
    yield "|---|---|"
    for name, command in sorted(_with_subcommands(main.commands)):
        usage = " ".join(_usage(parameter) for parameter in command.params)
        if name == "search":
            switches = " ".join(f"[--{each.name}]" for each in PARAMETERS if each.switch)
            usage = f"QUERY [--json] {switches} [--NAME VALUE for every other parameter of the API]"
        yield f"| `tintuc {name} {usage}`".rstrip() + f" | {command.get_short_help_str(100)} |"


def _with_subcommands(commands: Mapping[str, click.Command]) -> Iterator[tuple[str, click.Command]]:
    for name, command in commands.items():
        yield name, command
        if isinstance(command, click.Group):
            for below, inner in command.commands.items():
                yield f"{name} {below}", inner


def _usage(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(click.Context(click.Command("x")))
    option = max(parameter.opts, key=len)
    value = "" if getattr(parameter, "is_flag", False) else f" {(parameter.name or '').upper()}"
    return f"[{option}{value}]"


def parameters() -> Iterator[str]:
    """The table of the search endpoint's parameters."""
    yield "| parameter | |"
    yield "|---|---|"
    for parameter in PARAMETERS:
        yield f"| `{parameter.name}` | {parameter.help} |"


def operators() -> Iterator[str]:
    """The operators that are written as words."""
    yield "| | |"
    yield "|---|---|"
    for operator in ("and", "or", "not"):
        yield f"| {operator.upper()} | {_spelt(word_table()['operators'][operator])} |"


def fields() -> Iterator[str]:
    """The names of fields and of the bounds of dates, in both languages."""
    yield "| Tiếng Việt | English |"
    yield "|---|---|"
    for kind in ("fields", "dates"):
        for names in word_table()[kind].values():
            yield f"| {_spelt(names['vi'], ':')} | {_spelt(names['en'], ':')} |"


def date_words() -> Iterator[str]:
    """The dates and date words, in both languages."""
    yield "| Tiếng Việt | English |"
    yield "|---|---|"
    dates = date_table()
    entries = [
        *(entry for unit in dates["relative"].values() for entry in unit.values()),
        *dates["last"].values(),
        *dates["stated"].values(),
    ]
    for entry in entries:
        vietnamese, english = (
            _spelt(example(template, language) for template in entry[language])
            for language in ("vi", "en")
        )
        yield f"| {vietnamese} | {english} |"


def months() -> Iterator[str]:
    """The names of the months."""
    yield "| | |"
    yield "|---|---|"
    for number, names in date_table()["months"].items():
        yield f"| {number} | {_spelt(names)} |"


def example(template: str, language: str) -> str:
    """A template of a date with something in place of its placeholders."""
    month = {"vi": "tháng 5", "en": "may"}[language]
    values = {"d": 31, "m": 5, "month": month, "n": 7, "q": 1, "roman": "I", "y": 2019}
    return template.replace("?", "").format(**values)


def _spelt(words: Iterable[str], behind: str = "") -> str:
    return ", ".join(f"`{word}{behind}`" for word in words)


LANGUAGE = {
    "operators": operators,
    "fields": fields,
    "dates": date_words,
    "months": months,
}
GENERATED: dict[str, dict[str, Callable[[], Iterator[str]]]] = {
    "operators.md": {"settings": settings, "commands": commands},
    "api.md": {"parameters": parameters},
    "query-language.md": LANGUAGE,
    "tim-kiem.md": LANGUAGE,
}


def generate(page: str) -> str:
    """The text of a page with its generated parts as they should be."""
    text = (DOCS / page).read_text("utf-8")
    for name, lines in GENERATED[page].items():
        start, end = f"<!-- {name} -->", f"<!-- end {name} -->"
        body = "\n".join((start, "", *lines(), "", end))
        text = re.sub(f"{start}.*?{end}", lambda _m, body=body: body, text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    for page_name in GENERATED:
        (DOCS / page_name).write_text(generate(page_name), "utf-8")
