"""What a process that answers searches does before the first one comes."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

from tintuc_search.errors import TintucError
from tintuc_search.search.base import SearchQuery

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.engine.base import KeywordField
    from tintuc_search.wiring import Parts

_QUERIES = ("chính phủ", "chinh phu")
"""What is typed with marks and without needs different parts of what lies beside an index."""
log = logging.getLogger(__name__)


def warm(parts: Parts, facets: Iterable[KeywordField]) -> None:
    """Search, counting ``facets``, so that nobody has to wait for what is read once, and keep it from the collector.

    The collector of cycles looked through all of it, up to a tenth of a second in the midst of somebody's search.
    An index that cannot be searched is told of when somebody searches it.
    """
    try:
        for text in _QUERIES:
            parts.search.search(SearchQuery(text, facets=dict.fromkeys(facets, 1), highlight=True))
    except TintucError as error:
        log.debug("no search before the first: %s", error)
    gc.collect()
    gc.freeze()
