"""The composition root: the parts of the program over one index, and what is done with all of them together."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from tintuc_search.engine.base import AllOf, KeywordField, SearchRequest
from tintuc_search.errors import ArchiveError, IndexUnusable
from tintuc_search.wiring.analysis import code_digest, make_analysis
from tintuc_search.wiring.machine import ANALYSIS_BYTES, CLEANING_BYTES, processes
from tintuc_search.wiring.making import SHARED, Made, one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from wsgiref.types import WSGIApplication

    from tintuc_search.indexer.analysing import Keeping
    from tintuc_search.indexer.importers import Cleaners
    from tintuc_search.indexer.pipeline import IndexReport
    from tintuc_search.indexer.workers import Processes
    from tintuc_search.settings import Settings
    from tintuc_search.wiring.rebuilding import Rebuild

FOR_EVER = -1.0
FINGERPRINT = "analyzer.txt"
"""In an index's folder: whose terms it holds."""


class Parts(Made):
    """All parts over the index in use, or the one in a folder; a context manager that closes them."""

    def prepare_index(self) -> None:
        """Make the index if there is none yet; raise IndexUnusable if the one there cannot be used."""
        with one_at_a_time(self.folder, self.settings.lock_wait):
            if not self.index_exists():
                self.clear_index()
            elif not self._reprints_path.exists():
                self.reprints.clear()  # of an index made before there were any
            if not self._quotations_path.exists():
                self.quotation_index.clear()
        self.check_ready()

    def index(
        self,
        on_progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        known: int = 0,
        *,
        on_finding: Callable[[int, int], None] | None = None,
        stop_finding: Callable[[], bool] | None = None,
    ) -> IndexReport:
        """Bring the index up to date with the archive, making it if there is none yet; then find reprints.

        ``on_progress`` is told by how much the index's mark has risen and how many changes that were; ``stop`` is
        asked after each batch whether to end; dictionary and entities are complete up to the change ``known``.
        ``on_finding`` is the same for reprints, ``stop_finding`` what is asked there, if it is not ``stop``.
        """
        from tintuc_search.wiring.beside import Told, find_beside

        self.prepare_index()
        if not self.is_made_by_us():
            self._maker_path.unlink(missing_ok=True)  # from now on it is of several
        with ExitStack() as left:
            before = self.reprints.mark()
            beside = find_beside(self)
            if beside is not None:
                left.enter_context(beside)
            report = self._index_changes(on_progress, stop, known)
            if report.stopped:
                return report
            if beside is not None:
                told = Told(before, on_finding)
                beside.wait(lambda: told.tell(self.reprints.mark()), stop_finding or stop)
        if self.find_reprints(on_finding, stop_finding or stop):
            return report
        return replace(report, stopped=True)

    def _index_changes(
        self, on_progress: Callable[[int, int], None] | None, stop: Callable[[], bool], known: int
    ) -> IndexReport:
        from tintuc_search.indexer.pipeline import index_changes

        return index_changes(
            self.archive,
            self.engine,
            self.dictionary,
            self.analyzer,
            self.recogniser,
            catalogue=self.catalogue,
            quotations=self.quotation_index,
            keeping=self._keeping,
            processes=self._analysts,
            known=known,
            batch=self.settings.batch,
            wait=self.settings.lock_wait,
            on_progress=on_progress,
            stop=stop,
        )

    def rebuilding(self) -> AbstractContextManager[Rebuild]:
        """An index to be built beside the one in use."""
        from tintuc_search.wiring.rebuilding import rebuilding

        return rebuilding(self.settings, Parts)

    @property
    def _keeping(self) -> Keeping:
        from tintuc_search.indexer.analysing import Keeping
        from tintuc_search.indexer.sharing import Claims

        claims = Claims(self.archive.locks, self.made_by, self.settings.batch)
        return Keeping(self.archive.analyses, self.made_by, claims)

    @cached_property
    def _analysts(self) -> Processes | None:
        """The processes that analyse; None where one alone can."""
        from tintuc_search.indexer.workers import Processes

        count = processes(self.settings.index_processes, ANALYSIS_BYTES)
        return Processes(make_analysis, count) if count > 1 else None

    @property
    def has_processes(self) -> bool:
        """Whether there is more than one processor, with memory, to work on."""
        return self._analysts is not None

    @property
    def cleaners(self) -> Cleaners:
        """The processes that clean what is imported."""
        from tintuc_search.indexer.importers import Cleaners

        return Cleaners(processes(self.settings.import_processes, CLEANING_BYTES))

    @cached_property
    def made_by(self) -> str:
        """Changes whenever the analysis of some article could."""
        return f"{code_digest()}-{self.analyzer.fingerprint}"

    def is_made_by_us(self) -> bool:
        """Whether all that the index holds is of the present analysis."""
        return _read(self._maker_path) == self.made_by

    def find_reprints(
        self,
        on_progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Bring the clusters up to date; False where that was stopped before it was through."""
        from tintuc_search.reprints.finding import find_reprints

        with one_at_a_time(self._reprints_path, FOR_EVER):
            return find_reprints(
                self.archive, self.reprints, self.analyzer, on_progress=on_progress, stop=stop
            )

    def analyse(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Analyse what nobody has analysed, for those who write an index; how many articles it was."""
        from tintuc_search.indexer.analysing import Analyst

        with Analyst(
            self.archive,
            self.analyzer,
            self.recogniser,
            batch=self.settings.batch,
            keeping=self._keeping,
            processes=self._analysts,
        ) as analyst:
            return analyst.help(0, stop)

    def index_exists(self) -> bool:
        """Whether there is anything in the index's folder."""
        return self.folder.exists()

    def check_ready(self) -> None:
        """Raise IndexUnusable unless the index can be searched."""
        if not self.index_exists():
            raise IndexUnusable(f"{self.folder}: there is no index yet; `tintuc index` makes it")
        self.engine.mark()
        self.dictionary.entry("")
        self.reprints.mark()
        self.quotation_engine.mark()
        self.quotations.check()
        self.catalogue.generation()
        fingerprint = _read(self._fingerprint_path)
        if fingerprint is None:
            raise IndexUnusable(
                f"the index {self.folder} was never finished; "
                "`tintuc index --rebuild` makes it anew"
            )
        if fingerprint != self.analyzer.fingerprint:
            raise IndexUnusable(
                f"the index {self.folder} holds the terms of another version of the "
                "analyzer; `tintuc index --rebuild` makes it anew"
            )

    def check_index(self) -> None:
        """Read through the index; raise IndexUnusable where it is damaged."""
        everything = SearchRequest(AllOf(()), facets=dict.fromkeys(KeywordField, 1))
        found = self.engine.search(everything).total
        if found != self.engine.count():
            raise IndexUnusable(
                f"the index {self.folder} is damaged: {found} of {self.engine.count()} "
                "articles can be read; `tintuc index --rebuild` makes it anew"
            )

    def clear_index(self) -> None:
        """Make index, dictionary, reprints and entities empty, whatever state they are in."""
        self.engine.rebuild()
        self.dictionary.clear()
        self.reprints.clear()
        self.catalogue.clear()
        self.quotation_index.clear()
        self._maker_path.write_text(self.made_by, "utf-8")
        # Written last: an index whose making was cut short has none, and is refused.
        self._fingerprint_path.write_text(self.analyzer.fingerprint, "utf-8")

    @property
    def _fingerprint_path(self) -> Path:
        return self.folder / FINGERPRINT

    @property
    def _maker_path(self) -> Path:
        return self.folder / "made-by.txt"

    def restore(self, file: Path, *, force: bool) -> None:
        """Make a backup the archive; the index, which knows another one, is refused until it is made anew."""
        from tintuc_search.archive import restore

        # Before, not after: a process killed in between must not leave an index of another archive in use.
        known = {path: _read(path) for path in self._fingerprints()}
        for path in known:
            path.unlink(missing_ok=True)
        try:
            restore(file, self.settings.archive, force=force)
        except ArchiveError:  # nothing has been changed
            for path, text in known.items():
                if text is not None:
                    path.write_text(text, "utf-8")
            raise

    def _fingerprints(self) -> list[Path]:
        """Those of all engines' indexes: none of them knows another archive."""
        return [each / FINGERPRINT for each in self.places.all() if (each / FINGERPRINT).exists()]

    def now(self) -> Parts:
        """The parts over the index that is in use now, with the archive and the analysis of these."""
        parts = Parts(self.asked)
        for name in SHARED:
            if name in self.__dict__:
                parts.__dict__[name] = self.__dict__[name]
        return parts


def _read(path: Path) -> str | None:
    """A small file's text, or None where it cannot be had."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def make_app(settings: Settings) -> WSGIApplication:
    """A web application over parts of its own, which live as long as the process."""
    from tintuc_search.web import create_app
    from tintuc_search.web.filters import SHOWN
    from tintuc_search.web.following import follow
    from tintuc_search.wiring.following import Follower
    from tintuc_search.wiring.warming import warm

    parts = Parts(settings)
    app = create_app(parts.services)
    follow(app, Follower(parts).look)
    warm(parts, SHOWN)
    return app
