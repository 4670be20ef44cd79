"""The parts of the program, each made when first asked for: the only place that knows which class stands for which."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from tintuc_search.errors import BadInput, IndexLocked
from tintuc_search.wiring.engines import ARTICLES, QUOTATIONS, open_engine
from tintuc_search.wiring.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.runs import Run
    from tintuc_search.archive.standings import Listed, Standing
    from tintuc_search.archive.store import SqlArchive
    from tintuc_search.catalogue.store import SqliteCatalogue
    from tintuc_search.engine.base import Engine
    from tintuc_search.engine.completing import CompletingDictionary
    from tintuc_search.entities import Recogniser
    from tintuc_search.indexer.crawl.sources import Source
    from tintuc_search.quotations.store import SqliteQuotations
    from tintuc_search.quotations.writing import QuotationIndex
    from tintuc_search.reprints.store import SqliteReprints
    from tintuc_search.search.service import SearchService
    from tintuc_search.settings import Settings
    from tintuc_search.web import Services

log = logging.getLogger(__name__)

OF_INDEX = ("catalogue", "quotations", "quotation_engine", "reprints", "dictionary", "engine")
"""The parts that belong to one index, in the order in which they are closed."""
SHARED = ("archive", "analyzer", "recogniser")
"""Those that do not."""


@contextmanager
def one_at_a_time(folder: Path, seconds: float) -> Iterator[None]:
    """Be the only process that makes the index in ``folder``, or does what needs no two of them.

    Raises:
        IndexLocked: another process did so for ``seconds``.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=seconds):
            yield
    except Timeout:
        raise IndexLocked(f"another process is making the index {folder}") from None


class Made:
    """The parts of the program by one set of settings; a context manager that closes them.

    Over the index in use, or the one in ``folder``; ``settings`` name its engine, whoever chose it.
    """

    def __init__(self, settings: Settings, folder: Path | None = None) -> None:
        self.places = Places(settings.home)
        self.asked = settings
        self.settings = replace(settings, engine=settings.engine or self.places.in_use().engine)
        self.folder = folder or self.places.folder(self.settings.engine)

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
        return open_engine(self.settings, self.folder, ARTICLES, self.analyzer.fingerprint)

    @cached_property
    def dictionary(self) -> CompletingDictionary:
        """The terms and names beside the index."""
        from tintuc_search.engine.dictionary import SqliteDictionary

        return SqliteDictionary(self.folder / "dictionary.sqlite", self.analyzer)

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
            self.folder / "entities.sqlite",
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
        return open_engine(self.settings, self.folder, QUOTATIONS, self.analyzer.fingerprint)

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

    @property
    def _reprints_path(self) -> Path:
        return self.folder / "reprints.sqlite"

    @property
    def _quotations_path(self) -> Path:
        return self.folder / "quotations.sqlite"

    def close_index(self) -> None:
        """Close what belongs to the index; the archive stays open."""
        for name in OF_INDEX:
            # What was never asked for was never made.
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close_index()
        if "archive" in self.__dict__:
            self.__dict__.pop("archive").close()
