"""Engines: what stores analysed articles and finds them again.

:mod:`~tintuc_search.engine.base` is the port, what every engine takes and gives. The evaluator
(:mod:`~tintuc_search.engine.evaluation`) answers a request on arrays of one index state, a
:class:`~tintuc_search.engine.snapshot.Snapshot`; an engine is what makes such states and keeps them:
``memory_engine`` from plain lists, ``whoosh_engine`` and ``tantivy_engine`` from these libraries' files.
``opensearch_engine`` has a cluster match and count, and scores what that puts first.

============== ==============================================================================================
the port        ``base``, ``dictionary_base``, ``completing``, ``explanation``; ``slots``, a text as one string
evaluation      ``snapshot`` ``postings`` ``loading`` ``matching`` ``phrases`` ``leaves`` ``scoring`` ``best``
                ``nearness`` ``ordering`` ``counting`` ``explaining``
engines         ``memory_engine``; ``whoosh_engine``, ``tantivy_engine`` and ``opensearch_engine``, each with all the
                ``whoosh_…``, ``tantivy_…`` and ``opensearch_…``; ``compact`` packs postings away
the dictionary  ``dictionary`` ``database`` ``dictionary_lookup`` ``document_counts`` ``definitions``
its language    ``grams`` ``tallies`` ``language`` ``language_files`` ``paths``
its vocabulary  ``vocabulary`` ``edits``
============== ==============================================================================================
"""
