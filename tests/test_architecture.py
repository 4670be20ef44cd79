"""Which part may import which, and where each library may be imported: read off the syntax trees."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "tintuc_search"
PLAIN = {"article", "errors", "ranking"}
"""What every part may import."""

MAY_IMPORT: dict[str, set[str]] = {
    "article": set(),
    "errors": set(),
    "ranking": set(),
    "settings": set(),
    "analysis": set(),
    "entities": {"analysis"},
    "query": {"analysis"},
    "archive": set(),
    "engine": {"query", "analysis"},
    "reprints": {"archive", "analysis", "engine.database"},
    "search": {
        *("query", "engine.base", "engine.completing", "archive", "analysis"),
        *("reprints.base", "reprints.comparing", "reprints.shingles", "quotations.base"),
        *("catalogue.base", "entities.base", "entities.numbers", "entities.terms"),
    },
    "quotations": {"engine.base", "engine.database"},
    "catalogue": {"entities", "analysis", "archive", "engine.database"},
    "indexer": {
        "archive",
        "analysis",
        "entities",
        "engine.base",
        "engine.slots",
        "settings",
        "catalogue.base",
        "quotations.base",
    },
    # The port's names (fields, sorts) are in the pages' addresses too.
    "web": {"search", "archive", "settings", "engine.base", "catalogue.base", "entities.base"},
    "wiring": {
        *("analysis", "archive", "catalogue", "engine", "entities", "indexer"),
        *("quotations", "reprints", "search", "settings", "web"),
    },
    "cli": {"wiring", "settings", "search", "archive", "indexer", "web", "analysis", "entities"},
    "": set(),
}

LIBRARY_AT: dict[str, str | tuple[str, ...]] = {
    "alembic": "archive/",
    "bs4": "indexer/cleaning/",
    "charset_normalizer": "indexer/cleaning/",
    "click": "cli/",
    "datasketch": "reprints/",
    "extruct": "indexer/cleaning/",
    "feedparser": "indexer/crawl/",
    "filelock": "",
    "flask": "web/",
    "gunicorn": "web/",
    "jinja2": "web/",
    "lxml": "indexer/",
    "numpy": ("engine/", "reprints/"),
    "opensearchpy": "engine/opensearch_",
    "pyvi": "analysis/vi/segmentation/",
    "scrapy": "indexer/crawl/",
    "sqlalchemy": "archive/",
    "tantivy": "engine/tantivy_",
    "twisted": "indexer/crawl/",
    "w3lib": "indexer/crawl/",
    "zope": "indexer/crawl/",
    "warcio": "indexer/warc/",
    "werkzeug": "web/",
    "whoosh": "engine/whoosh_",
}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


@cache
def imported(path: Path) -> frozenset[str]:
    """Every module that a file imports, by its full dotted name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            module = node.module or ""
            names.add(module)
            names.update(f"{module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def part_of(path: Path) -> str:
    relative = path.relative_to(SOURCE).with_suffix("")
    return "" if relative.name == "__init__" and len(relative.parts) == 1 else relative.parts[0]


def allowed(part: str, target: str) -> bool:
    """Whether ``part`` may import ``target``, a name below the package."""
    return any(
        target == name or target.startswith(f"{name}.")
        for name in MAY_IMPORT[part] | PLAIN | {part}
    )


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_in_the_decided_direction_only(path: Path) -> None:
    own = {
        name.removeprefix("tintuc_search.") for name in imported(path) if "tintuc_search." in name
    }
    targets = {name for name in own if not _is_member(name)}

    assert set() == {name for name in targets if not allowed(part_of(path), name)}


def _is_member(name: str) -> bool:
    """Whether the dotted name is something inside a module, not a module or package itself."""
    if name == "__version__":
        return True
    path = SOURCE.joinpath(*name.split("."))
    return not (path.is_dir() or path.with_suffix(".py").is_file())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_library_is_imported_in_one_place_only(path: Path) -> None:
    relative = str(path.relative_to(SOURCE))
    libraries = {name.split(".")[0] for name in imported(path)}
    misplaced = {
        library
        for library, place in LIBRARY_AT.items()
        if library in libraries and not relative.startswith(place)
    }

    assert set() == misplaced


def test_every_part_is_in_the_table() -> None:
    assert {part_of(path) for path in modules()} <= set(MAY_IMPORT)


def test_no_module_grows_past_what_one_reader_can_hold() -> None:
    long = {str(path) for path in modules() if len(path.read_text("utf-8").splitlines()) > 400}

    assert set() == long
