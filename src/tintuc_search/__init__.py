"""A search engine over a Vietnamese political news archive.

The way of an article: ``indexer`` cleans a page into an :class:`~tintuc_search.article.Article`,
``archive`` keeps it with every revision, ``analysis`` turns its text into tokens, ``entities`` names
whom and what it speaks of, ``engine`` holds the index made of both, ``search`` answers queries, and
``web`` and ``cli`` show the answers. ``wiring`` puts them together.
"""

__version__ = "0.1.0"
