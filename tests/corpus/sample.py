"""The sample archive as tests read it: its pages, and the JSON that cleaning each must give."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[2] / "corpus"
PAGES = CORPUS / "pages"
REVISED = "thoisu-sua"
"""The folder that holds one article in several states."""

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Sample:
    """One article of the sample archive; ``key`` is ``site/slug``, the path under ``pages`` without its ending."""

    key: str
    fields: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        """Every text that a reader sees in the article itself, one by one."""
        cells = [cell for table in self.fields["tables"] for row in table for cell in row]
        passages = self.fields["paragraphs"] + self.fields["captions"] + cells
        return [self.fields["title"], self.fields["lead"] or "", *passages]


@cache
def samples() -> tuple[Sample, ...]:
    """Every article with its expected JSON, by key; each revision of an article is one."""
    return tuple(
        Sample(
            path.relative_to(PAGES).with_suffix("").as_posix(), json.loads(path.read_text("utf-8"))
        )
        for path in sorted(PAGES.glob("*/*.json"))
    )


def articles() -> tuple[Sample, ...]:
    """Every article once: of the revisions of one address the newest."""
    return tuple(s for s in samples() if site(s) != REVISED or s.key == newest_revision())


def newest_revision() -> str:
    """The key of the last state of the article that stands in several."""
    return max(s.key for s in samples() if site(s) == REVISED)


def key_of(page: Path) -> str:
    """The key of the article on a page; its AMP and mobile variants have the same."""
    return page.relative_to(PAGES).with_name(page.name.split(".")[0]).as_posix()


def site(sample: Sample) -> str:
    """The folder of the site that an article stands in."""
    return sample.key.split("/")[0]


def pages() -> list[Path]:
    """Every page as served: articles, their variants, and pages that are no article."""
    return sorted((*PAGES.glob("*/*.html"), *(CORPUS / "not-articles").glob("*.html")))


@cache
def visible(page: Path) -> str:
    """A page's text without tags, in NFC, whatever encoding and entities it is written with."""
    text = html.unescape(TAG.sub(" ", _decode(page.read_bytes())))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _decode(content: bytes) -> str:
    if content.startswith(b"\xff\xfe"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("windows-1258")


def syllables(text: str) -> list[str]:
    """The runs of letters and numbers, case folded: ``"UBND tỉnh, 05-CT/TW"`` → ubnd tỉnh 05 ct tw."""
    return [word.casefold() for word in WORD.findall(unicodedata.normalize("NFC", text))]


def runs(sample: Sample, length: int) -> set[tuple[str, ...]]:
    """Every run of ``length`` syllables that stands within one text of the article."""
    found = set()
    for text in sample.texts:
        words = syllables(text)
        found |= {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
    return found


def reprints() -> set[frozenset[str]]:
    """The pairs of keys that print the same text on purpose."""
    lines = (CORPUS / "reprints.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {frozenset(name.removesuffix(".html") for name in row) for row in rows}
