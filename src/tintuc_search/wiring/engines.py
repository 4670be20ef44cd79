"""Opening the engine that the settings name: one function for each, which alone knows its class.

The libraries of an engine are imported when it is opened, so that nobody needs those of the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from tintuc_search.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import ModuleType

    from tintuc_search.engine.base import Engine
    from tintuc_search.settings import Settings

MEGABYTE = 1 << 20
ARTICLES, QUOTATIONS = "articles", "quotations"
INDEXES = (ARTICLES, QUOTATIONS)
"""The names of the indexes. The articles' is the index's own folder, every other has a place of its own in it."""
OTHERS_SHARE = 4
"""One part in so many of the memory for postings goes to an index other than that of the articles."""


@runtime_checkable
class KeptElsewhere(Protocol):
    """An engine whose index is not in the folder: that must be told when the index is of no use any more."""

    def remove(self) -> None:
        """Remove the index; not an error if there is none."""
        ...


def open_engine(settings: Settings, folder: Path, name: str, fingerprint: str) -> Engine:
    """The engine of the settings over one index.

    Args:
        settings: say which engine, and all that it needs.
        folder: of the index of articles and of what lies beside it.
        name: one of :data:`INDEXES`.
        fingerprint: of the analyzer whose terms the index holds.

    Raises:
        SettingsError: what the engine needs is not installed; says how to install it.
    """
    return OPENERS[settings.engine](settings, folder, name, fingerprint)


def place_of(folder: Path, name: str) -> Path:
    """The folder of one index: that of the articles is ``folder`` itself, another is a folder in it."""
    return folder if name == ARTICLES else folder / name


def _whoosh(settings: Settings, folder: Path, name: str, _fingerprint: str) -> Engine:
    from tintuc_search.engine.whoosh_engine import WhooshEngine

    cache = settings.cache_mb * MEGABYTE // (1 if name == ARTICLES else OTHERS_SHARE)
    return WhooshEngine(place_of(folder, name), cache_bytes=cache)


def _tantivy(settings: Settings, folder: Path, name: str, _fingerprint: str) -> Engine:
    module = _module("tantivy")
    engine: Engine = module.TantivyEngine(
        place_of(folder, name), cache_bytes=settings.cache_mb * MEGABYTE
    )
    return engine


def _opensearch(settings: Settings, folder: Path, name: str, fingerprint: str) -> Engine:
    module = _module("opensearch")
    engine: Engine = module.OpenSearchEngine(
        module.Access(
            tuple(url.strip() for url in settings.opensearch_urls.split(",") if url.strip()),
            user=settings.opensearch_user,
            password=settings.opensearch_password,
            api_key=settings.opensearch_api_key,
            ca=settings.opensearch_ca,
        ),
        # The folder's name changes with every index that is built beside the running one.
        f"{settings.opensearch_prefix}-{folder.name}-{name}",
        fingerprint=fingerprint,
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
        refresh_seconds=settings.opensearch_refresh,
    )
    return engine


def _module(engine: str) -> ModuleType:
    """The engine's module; what it needs is an extra of the package of the same name."""
    try:
        return import_module(f"tintuc_search.engine.{engine}_engine")
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"engine {engine} needs {error.name}, which is not installed: "
            f"pip install 'tintuc-search[{engine}]'"
        ) from error


OPENERS: Mapping[str, Callable[[Settings, Path, str, str], Engine]] = {
    "whoosh": _whoosh,
    "tantivy": _tantivy,
    "opensearch": _opensearch,
}
