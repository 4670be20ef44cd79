"""The production server: gunicorn with several processes, each with threads."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

from tintuc_search.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

    from tintuc_search.settings import Settings

THREADS = 4
ADDRESS_ONLY = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(M)sms'
"""An access line without the query string and the referrer: nobody's searches are written down."""
WITH_QUERY = '%(h)s %(t)s "%(r)s" %(s)s %(b)s %(M)sms'


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn without its command line and configuration files."""

    def __init__(self, options: dict[str, Any], factory: Callable[[], WSGIApplication]) -> None:
        self._options = options
        self._factory = factory
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:  # older versions lack what newer ones must be told
                self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """Make the application; gunicorn calls it in each process after the fork."""
        return self._factory()


def options(settings: Settings) -> dict[str, Any]:
    """The server's options by the settings."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 30,
        "graceful_timeout": 10,
        "keepalive": 5,
        # The longest line gunicorn allows: some 900 accented letters, each nine characters once encoded.
        "limit_request_line": 8190,
        "accesslog": "-",
        "access_log_format": WITH_QUERY if settings.log_queries else ADDRESS_ONLY,
        # A warning of gunicorn quotes requests that it cannot read.
        "loglevel": "warning" if settings.log_queries else "error",
        "proc_name": "tintuc",
        # A socket in the user's home by which others could steer the server: nothing here needs it.
        "control_socket_disable": True,
    }


def serve(
    settings: Settings,
    factory: Callable[[], WSGIApplication],
    on_address: Callable[[str], None],
) -> None:
    """Serve until told to stop.

    Args:
        settings: host, port, number of processes, what may be logged.
        factory: makes the application; called once in each process.
        on_address: told the address when it is free to be listened on.

    Raises:
        SettingsError: the address cannot be listened on.
    """
    _check_address(settings.host, settings.port)
    given = options(settings)
    on_address(f"http://{given['bind']}")
    _Server(given, factory).run()


def _check_address(host: str, port: int) -> None:
    """Listen for a moment: gunicorn would try again for seconds and say so in a dozen lines."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(f"cannot listen on {host} port {port}: {reason}") from error
