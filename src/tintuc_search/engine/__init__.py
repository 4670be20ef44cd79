"""Engines: what stores analysed articles and finds them again.

:mod:`~tintuc_search.engine.base` is the port, what every engine takes and gives. The evaluator
(:mod:`~tintuc_search.engine.evaluation`) answers a request on arrays of one index state, a
:class:`~tintuc_search.engine.snapshot.Snapshot`; an engine is what makes such states and keeps them:
``memory_engine`` from plain lists, ``whoosh_engine`` from Whoosh's files.

============== ==============================================================================================
the port        ``base``, ``dictionary_base``, ``completing``, ``explanation``; ``slots``, a text as one string
evaluation      ``snapshot`` ``postings`` ``loading`` ``matching`` ``phrases`` ``leaves`` ``scoring`` ``nearness``
                ``ordering`` ``counting`` ``explaining``
engines         ``memory_engine``; ``whoosh_engine`` with all the ``whoosh_…``
the dictionary  ``dictionary`` ``database`` ``dictionary_lookup`` ``document_counts`` ``definitions``
its language    ``grams`` ``tallies`` ``language`` ``language_files`` ``paths``
its vocabulary  ``vocabulary`` ``edits``
============== ==============================================================================================
"""
