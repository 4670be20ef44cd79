"""The documentation against the program: links, commands, settings, parameters, routes."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tintuc_search.cli import main
from tintuc_search.query import dates as query_dates
from tintuc_search.query import words
from tintuc_search.query.parser import parse
from tintuc_search.query.render import render
from tintuc_search.settings import table
from tintuc_search.web import api, pages

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")])
LANGUAGE_PAGES = {"tim-kiem.md": "vi", "query-language.md": "en"}
"""The pages on the query language, and what each is written in."""
ROUTE = re.compile(r"@blueprint\.get\(\"([^\"]+)\"\)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def with_id(route: str) -> str:
    """``/articles/<article_id>`` as the documentation writes it: ``/articles/{id}``."""
    return re.sub(r"<\w+>", "{id}", route)


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]

    assert [] == [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", ["operators.md", "api.md", *LANGUAGE_PAGES])
def test_generated_tables_are_up_to_date(page: str) -> None:
    """``make docs`` rewrites them."""
    assert generator().generate(page) == (ROOT / "docs" / page).read_text("utf-8")


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_every_word_of_the_query_language_is_documented(page: str) -> None:
    """In both languages on both pages: operators, fields, dates, months."""
    shown = set(re.findall(r"`([^`]+)`", (ROOT / "docs" / page).read_text("utf-8")))
    names, dates = words.table(), query_dates.table()
    operators = [word for kind in ("and", "or", "not") for word in names["operators"][kind]]
    fields = [
        f"{name}:"
        for kind in ("fields", "dates")
        for languages in names[kind].values()
        for spelt in languages.values()
        for name in spelt
    ]
    entries = [
        *(entry for unit in dates["relative"].values() for entry in unit.values()),
        *dates["last"].values(),
        *dates["stated"].values(),
    ]
    example = generator().example
    templates = [
        example(template, language)
        for entry in entries
        for language in entry
        for template in entry[language]
    ]
    months = [name for spelt in dates["months"].values() for name in spelt]

    assert operators
    assert fields
    assert templates
    assert set() == {*operators, *fields, *templates, *months} - shown
    assert not [t for t in templates if parse(f"ngày:{t}").problems]


@pytest.mark.parametrize(("page", "language"), LANGUAGE_PAGES.items())
def test_every_example_of_the_query_language_is_read_without_a_problem(
    page: str, language: str
) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    rows = re.findall(r"^\| `([^|]*)` \|", text.replace(r"\|", "¦"), flags=re.MULTILINE)
    examples = [query.replace("¦", "|") for row in rows for query in row.split("`, `")]
    queries = [
        query for query in examples if not query.startswith("\\") and not query.endswith(":")
    ]

    assert len(queries) > 20
    assert [] == [query for query in queries if parse(query).problems]
    assert all(render(parse(query).root, language) for query in queries)


def test_both_pages_on_the_query_language_show_the_same() -> None:
    """The same number of examples and the same generated tables."""
    first, second = (
        (ROOT / "docs" / page).read_text("utf-8").split("## ") for page in LANGUAGE_PAGES
    )

    assert [part.count("\n| ") for part in first] == [part.count("\n| ") for part in second]


def test_every_command_and_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operators.md").read_text("utf-8")
    names = [name for name, _ in generator()._with_subcommands(main.commands)]

    assert "sources add" in names
    assert [] == [name for name in names if f"`tintuc {name}" not in text]
    assert [] == [name for name, _, _ in table() if f"`{name}`" not in text]


def test_every_route_of_the_api_is_documented() -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    source = Path(api.__file__).read_text("utf-8")
    routes = ROUTE.findall(source)

    assert routes
    assert [] == [route for route in routes if "GET /api/v1" + with_id(route) not in text]


def test_every_page_is_documented() -> None:
    text = (ROOT / "docs" / "operators.md").read_text("utf-8")
    source = Path(pages.__file__).read_text("utf-8")

    routes = ROUTE.findall(source)

    assert routes
    assert [] == [route for route in routes if f"`{with_id(route)}`" not in text]


def test_readmes_in_both_languages_show_the_same_commands() -> None:
    shown = [
        [
            line.split("#")[0].strip()
            for line in page.read_text("utf-8").splitlines()
            if line.startswith((".venv/bin", "make ", "curl "))
        ]
        for page in (ROOT / "README.md", ROOT / "README.vi.md")
    ]

    assert shown[0] == shown[1]
    assert shown[0]
