"""The front end: pages for readers, a JSON API for programs.

Both read the same parameters and call the same :class:`~tintuc_search.search.service.SearchService`;
neither knows what engine answers.
"""

from __future__ import annotations

from tintuc_search.web.app import create_app
from tintuc_search.web.state import Services

__all__ = ["Services", "create_app"]
