"""The search service: takes a :class:`~tintuc_search.search.base.SearchQuery`, gives a ``SearchAnswer``.

One service for pages, API and command line, so that the same question has the same answer everywhere.

================== ==========================================================================
``parameters.py``    the parameters of the search endpoint: one table, one reader
``service.py``       the service: plans, asks the engine, fetches, marks, counts
``planner.py``       syntax tree → engine nodes, and the marker that highlights them
``forms.py``         the terms that one typed syllable means, each with a weight
``reading.py``       the likeliest accents of a query typed without any
``filters.py``       ids and names → the engine's filters
``highlights.py``    passages of an article with the matched words marked
``envelope.py``      the answer as the endpoint's JSON
================== ==========================================================================
"""
