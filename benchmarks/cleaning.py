"""How much of an article's text the cleaner finds, and how fast, beside other extractors in the same run.

Pages come from a folder of HTML pages with a JSON file beside each. Two forms are known: the sample archive's (the
expected ``paragraphs``), and one that names the ``body_selector`` of the body and the ``signature_line_in_body``; there
the expected body is the first such node without figures, captions, tables, related boxes, scripts and signature, and
text boxes (``[type=content]``) may be in or out, whichever fits better. Body F1 is over the multiset of syllables.

Then the pages a second by the clock, by one process and by as many as there are processors, their start among it, in
turns; each page as often as it takes to make four hundred.

    python -m benchmarks.cleaning corpus/pages
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning import clean_html
from tintuc_search.indexer.cleaning.html import clean_without_profile
from tintuc_search.indexer.importers.base import Page as Found
from tintuc_search.indexer.importers.cleaners import Cleaners, Cleaning
from tintuc_search.indexer.importers.kinds import Kind
from tintuc_search.wiring.machine import CLEANING_BYTES, processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tintuc_search.article import Article

PAGES = 400
_DROPPED = (
    "figure, figcaption, table, script, style, iframe, video, ins, noscript, zone, [type=RelatedOneNews], "
    "[type=RelatedNewsBox], [type=Photo], .tplCaption, .box-tinlienquanv2, .readmore-body-box, .tindnd, "
    "#listNewsInContent, .chisochungkhoan, .link-source-wrapper, .kbwscwlrl, .kbwscwlrl-content, .article-relate, "
    ".inner-article, .MASTERCMS_TPL_TABLE, .detail-cover"
)
_BOXES = "[type=content]"


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the bodies that count as right, and its other expected fields where stated."""

    name: str
    content: bytes
    url: str | None
    bodies: tuple[Counter[str], ...]
    expected: dict[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "pages", type=Path, nargs="+", help="folders of HTML pages with JSON beside"
    )
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    for folder in given.pages:
        pages = list(read_pages(folder))
        size = sum(len(page.content) for page in pages) // len(pages) // 1000
        print(f"{folder}: {len(pages)} pages of {size} KB on the average")
        print(f"{'':18}{'body F1':>9}{'worst':>8}{'pages/s':>10}")
        for name, extract in extractors():
            scores = [score(extract(page.content, page.url), page) for page in pages]
            rate = pages_a_second(extract, pages, given.rounds)
            print(f"{name:18}{statistics.mean(scores):9.4f}{min(scores):8.3f}{rate:10.1f}")
        rates: dict[int, list[float]] = {}
        for _ in range(given.rounds):
            for count in sorted({1, processes(0, CLEANING_BYTES)}):
                rates.setdefault(count, []).append(pages_a_second_by(count, pages))
        for count, found in rates.items():
            told = f"{count} process" + "es" * (count > 1)
            print(f"{told:18}{'':17}{statistics.median(found):10.1f}")


def read_pages(folder: Path) -> Iterator[Page]:
    """Every page below a folder that has its JSON beside."""
    for file in sorted(folder.rglob("*.html")):
        about = file.with_suffix(".json")
        if not about.exists():
            continue
        expected = json.loads(about.read_text("utf-8"))
        content = file.read_bytes()
        if "body_selector" in expected:
            bodies = tuple(_selected(content, expected))
            yield Page(file.name, content, expected["url"], bodies, expected)
        else:
            body = Counter(syllables("\n".join(expected["paragraphs"])))
            yield Page(file.name, content, None, (body,), expected)


def _selected(content: bytes, expected: dict[str, Any]) -> Iterator[Counter[str]]:
    for boxes in (False, True):
        soup = BeautifulSoup(content, "lxml")
        body = soup.select_one(expected["body_selector"])
        assert body is not None, expected["url"]
        for node in body.select(_DROPPED if boxes else f"{_DROPPED}, {_BOXES}"):
            node.decompose()
        text = body.get_text("\n", strip=True)
        signature = expected.get("signature_line_in_body")
        if signature:
            text = text.removesuffix(signature)
        yield Counter(syllables(text))


def syllables(text: str) -> list[str]:
    """The syllables of a text, without the signs around them."""
    words = (word.strip(".,;:!?\"'“”‘’()[]…–-").casefold() for word in text.split())
    return [word for word in words if word]


def score(text: str, page: Page) -> float:
    """The best F1 of a text over the bodies that count as right."""
    found = Counter(syllables(text))
    return max(_f1(found, body) for body in page.bodies)


def _f1(found: Counter[str], body: Counter[str]) -> float:
    common = (found & body).total()
    return 2 * common / (found.total() + body.total()) if common else 0.0


def pages_a_second(
    extract: Callable[[bytes, str | None], str], pages: list[Page], rounds: int
) -> float:
    """The median over some rounds, by CPU time; the first one loads what is loaded once."""
    rates = []
    for _ in range(rounds + 1):
        began = time.process_time()
        for page in pages:
            extract(page.content, page.url)
        rates.append(len(pages) / (time.process_time() - began))
    return statistics.median(rates[1:])


def pages_a_second_by(count: int, pages: list[Page]) -> float:
    """The rate of so many processes, by the clock."""
    times = -(-PAGES // len(pages))
    steps = [
        (Found(page.content, Kind.HTML, page.name, "text/html", page.url), 0) for page in pages
    ] * times
    began = time.perf_counter()
    done = sum(1 for _ in Cleaning(Cleaners(count)).items(steps))
    return done / (time.perf_counter() - began)


def extractors() -> Iterator[tuple[str, Callable[[bytes, str | None], str]]]:
    """Ours, with and without profiles, and others that are installed."""
    yield "tintuc-search", _ours
    yield "  without profile", _without_profile
    for name, make in (("trafilatura", _trafilatura), ("newspaper4k", _newspaper)):
        try:
            yield name, make()
        except ImportError:
            print(f"{name:14} not installed")
    yield "get_text", lambda content, _url: BeautifulSoup(content, "lxml").get_text("\n")


def _body(clean: Callable[[], Article]) -> str:
    try:
        return clean().body
    except BadInput:
        return ""


def _ours(content: bytes, url: str | None) -> str:
    return _body(lambda: clean_html(content, url=url, place="page"))


def _without_profile(content: bytes, url: str | None) -> str:
    return _body(lambda: clean_without_profile(content, url=url, place="page"))


def _trafilatura() -> Callable[[bytes, str | None], str]:
    trafilatura: Any = import_module("trafilatura")

    def extract(content: bytes, url: str | None) -> str:
        found = trafilatura.bare_extraction(
            content, url=url, with_metadata=True, include_comments=False, include_tables=False
        )
        return (found.text or "") if found is not None else ""

    return extract


def _newspaper() -> Callable[[bytes, str | None], str]:
    newspaper: Any = import_module("newspaper")

    def extract(content: bytes, url: str | None) -> str:
        article = newspaper.Article(
            url or "https://paper.example/a.html", language="vi", fetch_images=False
        )
        article.download(input_html=content.decode("utf-8", "replace"))
        article.parse()
        return str(article.text)

    return extract


if __name__ == "__main__":
    main()
