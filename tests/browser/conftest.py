"""A real Chromium before a real ``tintuc serve`` over the sample archive, imported by the real command line.

Every page of every test is watched: a request to another host, a script error, a breach of the content security
policy or a dialog fails the test.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from crawl_reports import note_crawls
from patience import SECONDS
from serving import run_tintuc, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from browsing import Visit

CORPUS = Path(__file__).parents[2] / "corpus" / "pages"
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MISSING = "THE PAGES ARE NOT TESTED IN A BROWSER: install {} and run again"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        pytest.skip(MISSING.format("Chromium (Debian: apt install chromium)"))
    api = pytest.importorskip(
        "playwright.sync_api", reason=MISSING.format("playwright (pip install playwright)")
    )
    with api.sync_playwright() as playwright:
        api.expect.set_options(timeout=SECONDS * 1000)
        launched = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - none is served where there is no browser
    """Where the sample archive is served."""
    home = tmp_path_factory.mktemp("browser")
    run_tintuc(home, "import", str(CORPUS))
    run_tintuc(home, "index")
    note_crawls(home)
    with serving(home, home / "output.txt") as served:
        yield served.address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open windows whose every page is watched."""
    seen: list[str] = []
    contexts = []

    def open_window(**options: Any) -> Page:
        context = browser.new_context(base_url=address, **options)
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        page = context.new_page()
        _watch(page, urlsplit(address).netloc, seen)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert [] == seen


def _watch(page: Page, host: str, seen: list[str]) -> None:
    """Write down whatever must not happen on a page."""

    def request(url: str) -> None:
        if urlsplit(url).netloc != host:
            seen.append(f"request to {url}")

    def said(kind: str, text: str) -> None:
        # An error page is an answer of 400 or above, which Chromium notes.
        if kind in {"error", "warning"} and not text.startswith(
            "Failed to load resource: the server"
        ):
            seen.append(f"console: {text}")

    def dialog(opened: Any) -> None:
        seen.append(f"dialog: {opened.message}")
        opened.dismiss()

    page.on("request", lambda sent: request(sent.url))
    page.on("console", lambda message: said(message.type, message.text))
    page.on("pageerror", lambda error: seen.append(f"script error: {error}"))
    page.on("dialog", dialog)
