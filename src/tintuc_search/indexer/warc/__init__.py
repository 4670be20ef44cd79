"""WARC, the web archives' own file format: reading what others captured, writing what is stored.

``stream`` unpacks a file and knows where its records begin · ``records`` reads one record after the other ·
``http`` takes the page out of an HTTP answer · ``writing`` writes pages.

A file may be of any size and broken anywhere: no more than one page and one block are in memory, and the first
damage ends the file with :class:`~tintuc_search.indexer.warc.stream.Damaged`.
"""

from tintuc_search.indexer.warc.records import Record, read_records
from tintuc_search.indexer.warc.stream import Damaged

__all__ = ["Damaged", "Record", "read_records"]
