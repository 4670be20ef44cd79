"""What a view needs of the program, and how it gets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from tintuc_search.archive.base import Archive
    from tintuc_search.archive.standings import Standing
    from tintuc_search.catalogue.base import Catalogue
    from tintuc_search.search.service import SearchService
    from tintuc_search.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that the views call; ``quotations`` searches what the articles quote.

    ``status`` gives every source with so many of its newest runs, and whether the file of sources could be read.
    """

    settings: Settings
    search: SearchService
    quotations: SearchService
    archive: Archive
    catalogue: Catalogue
    status: Callable[[int], tuple[tuple[Standing, ...], bool]]


def services() -> Services:
    """The services of the application that answers the present request."""
    return cast("Services", current_app.extensions["tintuc"])
