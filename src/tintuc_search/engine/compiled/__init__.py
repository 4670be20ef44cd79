"""The loops of :mod:`~tintuc_search.engine.loops` in Cython, compiled on installation where there is a compiler.

Each module does what that of the same name in :mod:`~tintuc_search.engine.plain` does, whose docstrings say what that
is. An array of another type than is described there raises TypeError. Sums are made in the same order as there, so
that a score is the same to the last bit.
"""
