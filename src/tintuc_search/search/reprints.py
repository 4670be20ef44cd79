"""Who else prints an article's text: its cluster with the articles, and where they differ from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tintuc_search.article import format_time
from tintuc_search.reprints.comparing import compare
from tintuc_search.reprints.shingles import Shingler

if TYPE_CHECKING:
    from typing import Any

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import Archive, StoredArticle
    from tintuc_search.reprints.base import Reprints
    from tintuc_search.reprints.comparing import Comparison


MOST_COMPARED = 30
"""Members of a cluster, the earliest ones, that are compared with an article for one answer."""


@dataclass(frozen=True, slots=True)
class OtherPrint:
    """Another article of the cluster; ``comparison`` has the asked article first, this one second."""

    stored: StoredArticle
    original: bool
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Reprinted:
    """An article's cluster without itself, earliest first, 30 at most; ``original`` is the earliest one's id."""

    original: str
    others: tuple[OtherPrint, ...]


class ReprintFinder:
    """Reads clusters, and compares their texts as the archive holds them now."""

    def __init__(self, archive: Archive, reprints: Reprints | None, analyzer: Analyzer) -> None:
        self._archive = archive
        self._reprints = reprints
        self._shingler = Shingler(analyzer)

    def of(self, article_id: str) -> Reprinted | None:
        """The others that print the text of an article; None where there are none."""
        cluster = self._reprints.cluster_of(article_id) if self._reprints else None
        if cluster is None:
            return None
        members = (cluster.original, *(copy.id for copy in cluster.copies))
        ids = [each for each in members if each != article_id][:MOST_COMPARED]
        known = self._archive.get_many([*ids, article_id])
        own = known.pop(article_id, None)
        if own is None or not known:
            return None
        others = tuple(
            OtherPrint(
                known[each],
                each == cluster.original,
                compare(own.article, known[each].article, self._shingler),
            )
            for each in ids
            if each in known
        )
        return Reprinted(cluster.original, others)


def reprints_to_json(article_id: str, found: Reprinted | None) -> dict[str, Any]:
    """The answer of the API and of ``tintuc reprints ID --json``."""
    return {
        "id": article_id,
        "original": found.original if found else None,
        "reprints": [
            {
                "id": other.stored.id,
                "url": other.stored.article.url,
                "title": other.stored.article.title,
                "source": other.stored.article.source,
                "published_at": format_time(other.stored.article.published_at),
                "original": other.original,
                "share": round(other.comparison.share_of_second, 4),
                "share_of_this": round(other.comparison.share_of_first, 4),
                "only_here": list(other.comparison.only_first),
                "only_there": list(other.comparison.only_second),
            }
            for other in (found.others if found else ())
        ],
    }
