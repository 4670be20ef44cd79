"""The WSGI application for a server that is started by something else than ``tintuc serve``."""

from tintuc_search.settings import load
from tintuc_search.wiring import make_app

app = make_app(load())
