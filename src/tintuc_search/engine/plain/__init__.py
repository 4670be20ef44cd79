"""The loops of :mod:`~tintuc_search.engine.loops` in NumPy, for an installation that could not compile them."""
