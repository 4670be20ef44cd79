"""Measures what cleaning makes of the sample pages, by site, without any profile."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.sample import CORPUS, PAGES, WORD
from tintuc_search.article import Article, format_time
from tintuc_search.errors import NotAnArticle
from tintuc_search.indexer.cleaning import clean_text
from tintuc_search.indexer.cleaning.html import clean_without_profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from corpus.floors import Values

NOT_ARTICLES = CORPUS / "not-articles"
_EQUAL = ("url", "title", "lead", "published_at", "updated_at", "authors", "origin", "section")


def pages() -> list[Path]:
    """Every page and text of the sample archive that must give an article."""
    return sorted([*PAGES.glob("*/*.html"), *PAGES.glob("*/*.txt")])


def expected(page: Path) -> dict[str, Any]:
    """What cleaning a page must give; its AMP and mobile variants the same."""
    stem = page.name.removesuffix(".html").removesuffix(".txt")
    stem = stem.removesuffix(".amp").removesuffix(".m")
    fields: dict[str, Any] = json.loads((page.parent / f"{stem}.json").read_text("utf-8"))
    return fields


@cache
def cleaned(page: Path) -> Article:
    """The article that cleaning finds on a page."""
    content = page.read_bytes()
    if page.suffix == ".txt":
        return clean_text(content.decode("utf-8"), str(page))
    return clean_without_profile(content, place=str(page))


def measure(article: Article, fields: dict[str, Any]) -> dict[str, float]:
    """1 or 0 for each field; for the paragraphs the F1 of their words, and whether both ends are right."""
    got = _as_expected(article)
    found = {name: float(got[name] == (fields[name] or _EMPTY.get(name))) for name in _EQUAL}
    found["source"] = float(got["source"] == fields["source"])
    found["captions"] = float(got["captions"] == fields["captions"])
    found["tables"] = float(got["tables"] == fields["tables"])
    paragraphs = fields["paragraphs"]
    found["paragraphs"] = f1(article.paragraphs, paragraphs)
    found["first"] = float(article.paragraphs[:1] == tuple(paragraphs[:1]))
    found["last"] = float(article.paragraphs[-1:] == tuple(paragraphs[-1:]))
    return found


_EMPTY: dict[str, Any] = {"lead": "", "authors": []}


def _as_expected(article: Article) -> dict[str, Any]:
    return {
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "published_at": format_time(article.published_at),
        "updated_at": format_time(article.updated_at),
        "authors": list(article.authors),
        "origin": article.origin,
        "section": article.section,
        "source": article.source,
        "captions": list(article.captions),
        "tables": [[list(row) for row in table] for table in article.tables],
    }


def f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    """The harmonic mean of precision and recall over words, each as often as it stands there."""
    one, other = _words(found), _words(wanted)
    common = sum((one & other).values())
    total = sum(one.values()) + sum(other.values())
    return 2 * common / total if total else 1.0


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in WORD.findall(text))


def reached() -> Values:
    """The mean of each measure by site, and over all; a page that is refused has 0 in each."""
    rows: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for page in pages():
        fields = expected(page)
        try:
            row = measure(cleaned(page), fields)
        except NotAnArticle:
            row = dict.fromkeys(measure(Article(title="-"), fields), 0.0)
        rows[page.parent.name].append(row)
        rows["all"].append(row)
    return {site: _means(found) for site, found in rows.items()}


def _means(rows: list[dict[str, float]]) -> dict[str, float]:
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}
