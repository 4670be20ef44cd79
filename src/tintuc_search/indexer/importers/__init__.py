"""Importing: files and folders go in, articles come out and are stored.

``files`` finds the files, ``kinds`` recognises them by their content, ``jsonl`` and ``warcs`` read them,
``mirrors`` knows the address of a page from its folders, ``pages`` cleans one page, ``cleaners`` many in several
processes, ``run`` stores what they hold. What cannot be read is told with its place; the rest goes on.
"""

from tintuc_search.indexer.importers.base import Bad, Item, Skipped
from tintuc_search.indexer.importers.cleaners import Cleaners
from tintuc_search.indexer.importers.files import read, total_bytes
from tintuc_search.indexer.importers.run import ImportReport, import_paths

__all__ = [
    "Bad",
    "Cleaners",
    "ImportReport",
    "Item",
    "Skipped",
    "import_paths",
    "read",
    "total_bytes",
]
