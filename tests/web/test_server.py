"""The server as operators run it: what it writes down, what it answers to the malformed, how it ends."""

from __future__ import annotations

import http.client
import json
import socket
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

from serving import serving
from tintuc_search.errors import SettingsError
from tintuc_search.settings import Settings
from tintuc_search.web.server import options, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from serving import Served
    from tintuc_search.wiring import Parts

CANARY = "chimhoàngyến"
CODED = quote(CANARY)


@pytest.fixture(scope="module")
def served(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    output = tmp_path_factory.mktemp("served") / "output.txt"
    with serving(parts.settings.home, output, "--workers", "1") as running:
        yield running


def get(served: Served, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def send(served: Served, raw: bytes) -> bytes:
    """What the server answers to bytes that no browser would send."""
    host, port = urlsplit(served.address).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_search_is_answered_and_nowhere_written_down(served: Served) -> None:
    status, body = get(
        served, f"/?q=ng%C3%A2n+s%C3%A1ch+{CODED}", Referer=f"http://x.example/?q={CODED}"
    )
    assert 200 == status
    assert CANARY in body.decode()
    status, body = get(served, f"/api/v1/search?q={CODED}&sort={CODED}")
    assert (400, "sort") == (status, json.loads(body)["parameter"])
    # Answered by the server itself: a line that is no request, one that is too long.
    assert b" 400 " in send(served, f"GET /?q={CODED} {CANARY} HTTP/1.1\r\n\r\n".encode())
    assert 414 == get(served, f"/?q={CODED}{'a' * 9000}")[0]

    written = served.output.read_text("utf-8")
    assert '"GET / HTTP/1.1" 200' in written
    assert CANARY not in written
    assert CODED not in written


def test_the_page_and_its_parts_are_served(served: Served) -> None:
    for path in (
        "/",
        "/static/style.css",
        "/static/search.css",
        "/static/keys.js",
        "/static/complete.js",
    ):
        assert 200 == get(served, path)[0]


def test_only_where_asked_for_is_the_query_in_the_access_log() -> None:
    assert "%(r)s" not in options(Settings())["access_log_format"]
    assert "%(r)s" in options(Settings(log_queries=True))["access_log_format"]


def test_an_ipv6_address_is_written_in_brackets() -> None:
    assert "[::1]:8000" == options(Settings(host="::1"))["bind"]


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1"])
def test_an_address_that_cannot_be_listened_on_is_named_in_one_line(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"^cannot listen on {host} port {port}: .+"):
            serve(Settings(host=host, port=port), pytest.fail, on_address=pytest.fail)


def test_told_to_stop_it_stops(parts: Parts, tmp_path: Path) -> None:
    with serving(parts.settings.home, tmp_path / "output.txt", "--workers", "1") as running:
        assert running.process.poll() is None

    assert 0 == running.process.returncode
