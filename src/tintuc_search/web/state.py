"""What a view needs of the program, and how it gets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from tintuc_search.archive.base import Archive
    from tintuc_search.search.service import SearchService
    from tintuc_search.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that the views call."""

    settings: Settings
    search: SearchService
    archive: Archive


def services() -> Services:
    """The services of the application that answers the present request."""
    return cast("Services", current_app.extensions["tintuc"])
