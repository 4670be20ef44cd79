"""Gunicorn's settings, the same as ``tintuc serve`` uses."""

from tintuc_search.settings import load
from tintuc_search.web.server import options

globals().update(options(load()))
