"""Keeping the clusters in step with the archive: whatever changed since their own mark.

Every batch is one transaction with its mark, so a run that is killed leaves the state after its last batch. What
is found depends on what the archive holds, not on the order it came in: pairs are a matter of two texts,
clusters of pairs and times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tintuc_search.reprints.comparing import shares
from tintuc_search.reprints.shingles import SHORTEST, Shingler
from tintuc_search.reprints.signatures import Signer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import Archive, Change, StoredArticle
    from tintuc_search.reprints.shingles import Shingles
    from tintuc_search.reprints.store import SqliteReprints, Writing

VERSION = 1
"""To be raised with every change of code in this folder that finds other pairs."""
BATCH = 1000
"""Changes in one transaction. Bands come in no order, so each transaction touches pages all over the file."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def find_reprints(
    archive: Archive,
    reprints: SqliteReprints,
    analyzer: Analyzer,
    *,
    batch: int = BATCH,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Bring the clusters up to date with the archive, anew where they are of another version or archive.

    False where it was stopped before it was through; the next run goes on.

    Args:
        archive: the record of truth.
        reprints: the clusters, made at least once by ``clear``.
        analyzer: what turns text into terms.
        batch: changes in one transaction.
        on_progress: told at the beginning, if there is anything to do, and after each batch by how much the mark has
            risen towards ``archive.latest()``, and how many changes that were.
        stop: asked after each batch whether to end.

    Raises:
        IndexUnusable: the file of reprints cannot be used.
        ArchiveError: the archive cannot be read.
    """
    made_by = f"{VERSION}-{analyzer.fingerprint}"
    if reprints.mark() > archive.latest() or reprints.made_by() not in {"", made_by}:
        reprints.clear()
    shingler, signer = Shingler(analyzer), Signer()
    if on_progress and reprints.mark() < archive.latest():
        on_progress(0, 0)
    while True:
        with reprints.writing() as writing:
            # Read under the lock: another process may have gone on.
            mark = writing.mark()
            changes = archive.changes(mark, batch)
            if not changes:
                return True
            _Batch(archive, writing, shingler, signer).take(changes)
            writing.finish(changes[-1].sequence, made_by)
        if on_progress:
            on_progress(changes[-1].sequence - mark, len(changes))
        if stop() and changes[-1].sequence < archive.latest():
            return False


@dataclass(slots=True)
class _Batch:
    archive: Archive
    writing: Writing
    shingler: Shingler
    signer: Signer
    texts: dict[str, Shingles] = field(default_factory=dict)

    def take(self, changes: Sequence[Change]) -> None:
        """Replace what is known of the articles that changed."""
        touched = self.writing.forget([change.id for change in changes])
        stored = [change.stored for change in changes if change.stored is not None]
        self.texts = {each.id: self.shingler.article(each.article) for each in stored}
        told = [each for each in stored if self.texts[each.id].syllables >= SHORTEST]
        bands = self.signer.bands([self.texts[each.id] for each in told])
        numbers, candidates = self.writing.add([(each.id, moment_of(each)) for each in told], bands)
        pairs = list(self._verified(numbers, candidates))
        self.writing.pair(pairs)
        self.writing.cluster({*touched, *(number for a, b, _, _ in pairs for number in (a, b))})

    def _verified(
        self, numbers: Mapping[str, int], candidates: Mapping[int, set[int]]
    ) -> Iterator[tuple[int, int, float, float]]:
        """The candidates that print the same text, each pair once, with the part that each shares."""
        ids = self.writing.ids({other for others in candidates.values() for other in others})
        for article_id, number in numbers.items():
            others = candidates.get(number, ())
            known = self._read([ids[each] for each in others])
            for other in others:
                # One that left the archive since is told of by a later change.
                theirs = known.get(ids[other])
                found = theirs and shares(self.texts[article_id], theirs)
                if found:
                    yield number, other, *found

    def _read(self, ids: Sequence[str]) -> dict[str, Shingles]:
        """The shingles of articles; those of the batch are at hand, the others are read as they are now."""
        missing = [each for each in ids if each not in self.texts]
        known = {each: self.texts[each] for each in ids if each in self.texts}
        for article_id, stored in self.archive.get_many(missing).items():
            known[article_id] = self.shingler.article(stored.article)
        return known


def moment_of(stored: StoredArticle) -> int:
    """When an article was printed, or else first seen, in microseconds since 1970."""
    return ((stored.article.published_at or stored.first_seen) - _EPOCH) // timedelta(
        microseconds=1
    )
