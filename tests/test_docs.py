"""The documentation against the program: links, commands, settings, parameters, routes."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tintuc_search.cli import main
from tintuc_search.settings import table
from tintuc_search.web import api, pages

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")])
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


@pytest.mark.parametrize("page", ["operators.md", "api.md"])
def test_generated_tables_are_up_to_date(page: str) -> None:
    """``make docs`` rewrites them."""
    assert generator().generate(page) == (ROOT / "docs" / page).read_text("utf-8")


def test_every_command_and_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operators.md").read_text("utf-8")

    assert [] == [name for name in main.commands if f"`tintuc {name}" not in text]
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
