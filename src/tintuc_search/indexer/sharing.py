"""Several processes analyse the articles of one archive: each takes blocks of changes that nobody else is at.

What takes time is analysing, and an analysis is kept with its article, so one process writes an index and the others
analyse ahead of it. A block is claimed by a lock that its holder's death frees: whoever comes next finds what was kept
and does the rest. Who writes may pass from one to another at any commit, for each of them can do both.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tintuc_search.archive.analyses import KeptAnalysis
from tintuc_search.indexer.kept import version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tintuc_search.archive.analyses import SqlAnalyses
    from tintuc_search.archive.base import Archive, Change, StoredArticle
    from tintuc_search.archive.locks_base import Locks


@dataclass(slots=True)
class Claims:
    """The blocks that this process analyses; the same one may be claimed several times and is then freed as often.

    A block is of all changes whose sequence, from 1, has the same quotient by ``size``. Some hundred articles take a
    second to analyse, many times the cost of a lock.

    Args:
        locks: over all processes that share the archive.
        made_by: whose analyses are meant: programs that analyse otherwise do not keep each other from anything, nor
            do those that have another size.
        size: of a block.
    """

    locks: Locks
    made_by: str
    size: int
    _held: dict[int, list[ExitStack]] = field(default_factory=dict)

    def block_of(self, change: Change) -> int:
        """The block that a change belongs to."""
        return (change.sequence - 1) // self.size

    def first_block(self, changes: Sequence[Change]) -> Sequence[Change]:
        """The first of these changes, with those that follow it in its block."""
        return [change for change in changes if self.block_of(change) == self.block_of(changes[0])]

    def claim(self, block: int) -> bool:
        """Take a block, unless another process has it."""
        if held := self._held.get(block):
            held.append(ExitStack())
            return True
        left = ExitStack()
        name = f"analysis:{self.made_by}:{self.size}:{block}"
        if left.enter_context(self.locks.held({name})):
            left.close()
            return False
        self._held[block] = [left]
        return True

    def release(self, block: int) -> None:
        """Give back what was claimed once."""
        held = self._held[block]
        held.pop().close()
        if not held:
            del self._held[block]

    def close(self) -> None:
        """Give back everything."""
        while self._held:
            self.release(next(iter(self._held)))


class Helper:
    """Analyses blocks for whoever writes an index.

    Args:
        archive: where the changes are.
        analyses: where analyses are kept.
        claims: which blocks are whose; these belong to the helper alone.
        analyse: what articles are analysed by: their analyses, packed, in order; None where one cannot be analysed.
    """

    def __init__(
        self,
        archive: Archive,
        analyses: SqlAnalyses,
        claims: Claims,
        analyse: Callable[[Sequence[StoredArticle]], Iterable[bytes | None]],
    ) -> None:
        self._archive, self._analyses = archive, analyses
        self._claims, self._analyse = claims, analyse

    def help(
        self, after: int, stop: Callable[[], bool] = lambda: False, most: int | None = None
    ) -> tuple[int, int]:
        """Analyse what follows the change ``after`` and nobody analyses.

        ``stop`` is asked before each block whether to end; ``most`` is how many articles are enough.

        Returns:
            How many articles were analysed, and the last change that was looked at.

        Raises:
            ArchiveError: the archive cannot be read or written.
        """
        done, mark = 0, after
        while not stop() and (most is None or done < most):
            changes = self._archive.changes(mark, self._claims.size)
            if not changes:
                break
            changes = self._claims.first_block(changes)
            mark = changes[-1].sequence
            done += self._help_with(changes)
        return done, mark

    def _help_with(self, changes: Sequence[Change]) -> int:
        block = self._claims.block_of(changes[0])
        if not self._claims.claim(block):
            return 0
        try:
            # Looked for under the claim: whoever had it until now may have kept them.
            missing = self._missing([each.stored for each in changes if each.stored is not None])
            packed = self._analyse([stored for stored, _ in missing]) if missing else ()
            kept = [
                KeptAnalysis(stored.id, version, content)
                for (stored, version), content in zip(missing, packed, strict=True)
                if content is not None  # who writes says why
            ]
            self._analyses.keep(kept)
            return len(kept)
        finally:
            self._claims.release(block)

    def _missing(self, articles: Sequence[StoredArticle]) -> list[tuple[StoredArticle, str]]:
        """The articles without a kept analysis of their present text, with the version that it will have."""
        versions = [version_of(each, self._claims.made_by) for each in articles]
        kept = self._analyses.versions([each.id for each in articles])
        return [
            (each, version)
            for each, version in zip(articles, versions, strict=True)
            if kept.get(each.id) != version
        ]
