"""The composition root: from settings to the parts of the program, each made when first asked for.

The only module that knows which class stands behind which protocol.
"""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING, Self

from tintuc_search.engine.base import AllOf, KeywordField, SearchRequest
from tintuc_search.errors import ArchiveError, BadInput, IndexUnusable
from tintuc_search.wiring.engines import ARTICLES, QUOTATIONS, open_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType
    from wsgiref.types import WSGIApplication

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.runs import Run
    from tintuc_search.archive.standings import Listed, Standing
    from tintuc_search.archive.store import SqlArchive
    from tintuc_search.catalogue.store import SqliteCatalogue
    from tintuc_search.engine.base import Engine
    from tintuc_search.engine.completing import CompletingDictionary
    from tintuc_search.entities import Recogniser
    from tintuc_search.indexer.crawl.sources import Source
    from tintuc_search.indexer.pipeline import IndexReport
    from tintuc_search.quotations.store import SqliteQuotations
    from tintuc_search.quotations.writing import QuotationIndex
    from tintuc_search.reprints.store import SqliteReprints
    from tintuc_search.search.service import SearchService
    from tintuc_search.settings import Settings
    from tintuc_search.web import Services

log = logging.getLogger(__name__)


CLOSED = (
    *("catalogue", "quotations", "quotation_engine", "reprints", "dictionary", "engine"),
    "archive",
)
"""The parts to be closed, in this order."""


class Parts:
    """The parts of the program by one set of settings; a context manager that closes them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def analyzer(self) -> Analyzer:
        """What turns text into tokens."""
        from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer

        return VietnameseAnalyzer()

    @cached_property
    def recogniser(self) -> Recogniser:
        """What names people, organisations and places."""
        from tintuc_search.entities import Recogniser

        return Recogniser()

    @cached_property
    def archive(self) -> SqlArchive:
        """The record of truth, made and migrated where needed."""
        from tintuc_search.archive import open_archive

        return open_archive(self.settings.archive)

    @property
    def present_archive(self) -> SqlArchive:
        """The archive, for what has no use for a new one: raises ArchiveError where there is none yet."""
        from tintuc_search.archive import check_present

        check_present(self.settings.archive)
        return self.archive

    @cached_property
    def engine(self) -> Engine:
        """The index of articles."""
        return self._open(ARTICLES)

    def _open(self, name: str) -> Engine:
        return open_engine(self.settings, self.settings.index_path, name, self.analyzer.fingerprint)

    @cached_property
    def dictionary(self) -> CompletingDictionary:
        """The terms and names beside the index."""
        from tintuc_search.engine.dictionary import SqliteDictionary

        return SqliteDictionary(self.settings.index_path / "dictionary.sqlite", self.analyzer)

    @cached_property
    def reprints(self) -> SqliteReprints:
        """The clusters of articles that print the same text."""
        from tintuc_search.reprints.store import SqliteReprints

        return SqliteReprints(self._reprints_path)

    @cached_property
    def catalogue(self) -> SqliteCatalogue:
        """The entities beside the index."""
        from tintuc_search.catalogue.store import SqliteCatalogue

        return SqliteCatalogue(
            self.settings.index_path / "entities.sqlite",
            self.settings.home / "entities.toml",
            lambda: self.recogniser,
            self.analyzer,
        )

    @cached_property
    def quotations(self) -> SqliteQuotations:
        """What each quotation of the index of quotations is."""
        from tintuc_search.quotations.store import SqliteQuotations

        return SqliteQuotations(self._quotations_path)

    @cached_property
    def quotation_engine(self) -> Engine:
        """The index of quotations."""
        return self._open(QUOTATIONS)

    @property
    def quotation_index(self) -> QuotationIndex:
        """What writes quotations."""
        from tintuc_search.quotations.writing import QuotationIndex

        return QuotationIndex(self.quotation_engine, self.quotations)

    @cached_property
    def search(self) -> SearchService:
        """The one service that pages, API and command line call."""
        from tintuc_search.search.service import SearchService

        return SearchService(
            self.archive,
            self.engine,
            self.dictionary,
            self.analyzer,
            reprints=self.reprints,
            quotations=(self.quotation_engine, self.quotations),
            entities=self.catalogue,
            seconds=self.settings.query_seconds,
        )

    @cached_property
    def quotation_search(self) -> SearchService:
        """The same over what the articles quote."""
        from tintuc_search.search.service import SearchService

        return SearchService.of_quotations(
            self.archive,
            self.quotation_engine,
            self.quotations,
            self.dictionary,
            self.analyzer,
            entities=self.catalogue,
            seconds=self.settings.query_seconds,
        )

    @cached_property
    def services(self) -> Services:
        """What the pages and the API call."""
        from tintuc_search.web import Services

        return Services(
            self.settings,
            self.search,
            self.quotation_search,
            self.archive,
            self.catalogue,
            self.status,
        )

    @property
    def sources_path(self) -> Path:
        """The file that says what is crawled."""
        return self.settings.home / "sources.toml"

    def sources(self, keys: Sequence[str] = ()) -> tuple[Source, ...]:
        """The sources of these keys, or all that are enabled."""
        from tintuc_search.indexer.crawl.sources_file import choose, read_sources

        return choose(read_sources(self.sources_path), keys, self.sources_path)

    def standings(self, runs: int = 1) -> tuple[Standing, ...]:
        """How each source stands, with its newest ``runs``; no archive is made for that.

        Raises:
            BadInput: the file of sources cannot be used.
        """
        from tintuc_search.archive.standings import standings

        return standings(self._listed(), self._recent(runs))

    def status(self, runs: int) -> tuple[tuple[Standing, ...], bool]:
        """How each source stands as far as can be told, and whether the file of sources could be read."""
        from tintuc_search.archive.standings import standings

        try:
            return self.standings(runs), True
        except BadInput as error:
            log.error("%s", error)  # noqa: TRY400 - one line
            return standings((), self._recent(runs)), False

    def _listed(self) -> list[Listed]:
        from tintuc_search.archive.standings import Listed
        from tintuc_search.indexer.crawl.sources_file import read_sources

        return [
            Listed(each.key, each.name, each.enabled) for each in read_sources(self.sources_path)
        ]

    def _recent(self, runs: int) -> dict[str, Sequence[Run]]:
        from tintuc_search.archive import is_missing

        known = "archive" in self.__dict__ or not is_missing(self.settings.archive)
        return self.archive.runs.recent(runs) if known else {}

    def prepare_index(self) -> None:
        """Make the index if there is none yet; raise IndexUnusable if the one there cannot be used."""
        if not self.index_exists():
            self.clear_index()
        elif not self._reprints_path.exists():
            self.reprints.clear()  # of an index made before there were any
        if not self._quotations_path.exists():
            self.quotation_index.clear()
        self.check_ready()

    def index(self, on_progress: Callable[[int], None] | None = None) -> IndexReport:
        """Bring the index up to date with the archive, making it if there is none yet."""
        from tintuc_search.indexer.pipeline import index_changes

        self.prepare_index()
        report = index_changes(
            self.archive,
            self.engine,
            self.dictionary,
            self.analyzer,
            self.recogniser,
            catalogue=self.catalogue,
            quotations=self.quotation_index,
            batch=self.settings.batch,
            wait=self.settings.lock_wait,
            on_progress=on_progress,
        )
        self._find_reprints()
        return report

    def _find_reprints(self) -> None:
        from tintuc_search.reprints.finding import find_reprints

        find_reprints(self.archive, self.reprints, self.analyzer)

    def index_exists(self) -> bool:
        """Whether there is anything in the index's folder."""
        return self.settings.index_path.exists()

    def check_ready(self) -> None:
        """Raise IndexUnusable unless the index can be searched."""
        if not self.index_exists():
            raise IndexUnusable(
                f"{self.settings.index_path}: there is no index yet; `tintuc index` makes it"
            )
        self.engine.mark()
        self.dictionary.entry("")
        self.reprints.mark()
        self.quotation_engine.mark()
        self.quotations.check()
        self.catalogue.generation()
        fingerprint = _read(self._fingerprint_path)
        if fingerprint is None:
            raise IndexUnusable(
                f"the index {self.settings.index_path} was never finished; "
                "`tintuc index --rebuild` makes it anew"
            )
        if fingerprint != self.analyzer.fingerprint:
            raise IndexUnusable(
                f"the index {self.settings.index_path} holds the terms of another version of the "
                "analyzer; `tintuc index --rebuild` makes it anew"
            )

    def check_index(self) -> None:
        """Read through the index; raise IndexUnusable where it is damaged."""
        everything = SearchRequest(AllOf(()), facets=dict.fromkeys(KeywordField, 1))
        found = self.engine.search(everything).total
        if found != self.engine.count():
            raise IndexUnusable(
                f"the index {self.settings.index_path} is damaged: {found} of {self.engine.count()} "
                "articles can be read; `tintuc index --rebuild` makes it anew"
            )

    def clear_index(self) -> None:
        """Make index, dictionary, reprints and entities empty, whatever state they are in."""
        self.engine.rebuild()
        self.dictionary.clear()
        self.reprints.clear()
        self.catalogue.clear()
        self.quotation_index.clear()
        # Written last: an index whose making was cut short has none, and is refused.
        self._fingerprint_path.write_text(self.analyzer.fingerprint, "utf-8")

    @property
    def _reprints_path(self) -> Path:
        return self.settings.index_path / "reprints.sqlite"

    @property
    def _quotations_path(self) -> Path:
        return self.settings.index_path / "quotations.sqlite"

    @property
    def _fingerprint_path(self) -> Path:
        return self.settings.index_path / "analyzer.txt"

    def restore(self, file: Path, *, force: bool) -> None:
        """Make a backup the archive; the index, which knows another one, is refused until it is made anew."""
        from tintuc_search.archive import restore

        known = _read(self._fingerprint_path)
        # Before, not after: a process killed in between must not leave an index of another archive in use.
        self._fingerprint_path.unlink(missing_ok=True)
        try:
            restore(file, self.settings.archive, force=force)
        except ArchiveError:  # nothing has been changed
            if known is not None:
                self._fingerprint_path.write_text(known, "utf-8")
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in CLOSED:
            # What was never asked for was never made.
            if name in self.__dict__:
                self.__dict__.pop(name).close()


def _read(path: Path) -> str | None:
    """A small file's text, or None where it cannot be had."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def make_app(settings: Settings) -> WSGIApplication:
    """A web application over parts of its own, which live as long as the process."""
    from tintuc_search.web import create_app

    return create_app(Parts(settings).services)
