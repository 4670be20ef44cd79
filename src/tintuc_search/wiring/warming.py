"""What a process that answers searches does before the first one comes."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

from tintuc_search.engine.base import KeywordField
from tintuc_search.errors import TintucError
from tintuc_search.search.base import SearchQuery

if TYPE_CHECKING:
    from tintuc_search.wiring import Parts

_QUERIES = ("chính phủ", "chinh phu")
"""What is typed with marks and without needs different parts of what lies beside an index."""
_FACETS = dict.fromkeys(KeywordField, 1)

log = logging.getLogger(__name__)


def warm(parts: Parts) -> None:
    """Search, so that nobody has to wait for what is read once, and leave it out of the search for cycles.

    The collector of cycles looked through all of it, up to a tenth of a second in the midst of somebody's search.
    An index that cannot be searched is told of when somebody searches it.
    """
    try:
        for text in _QUERIES:
            parts.search.search(SearchQuery(text, facets=_FACETS, highlight=True))
    except TintucError as error:
        log.debug("no search before the first: %s", error)
    gc.collect()
    gc.freeze()
