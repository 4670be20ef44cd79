"""Engines: what stores analysed articles and finds them again.

:mod:`~tintuc_search.engine.base` is the port, what every engine takes and gives. The evaluator
(:mod:`~tintuc_search.engine.evaluation`) answers a request on arrays of one index state, a
:class:`~tintuc_search.engine.snapshot.Snapshot`; an engine is what makes such states and keeps them:
``memory_engine`` from plain lists, ``whoosh_engine`` from Whoosh's files.
"""
