"""Which addresses a link may lead to."""

from __future__ import annotations

import pytest

from tintuc_search.web.formats import web_address


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://bao.example/bai-1.html", True),
        ("http://bao.example:8080/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//bao.example/x", False),
        ("https:///x", False),
        ("http://[::1", False),
        ("", False),
        (None, False),
    ],
)
def test_only_http_addresses_with_a_host_become_links(url: str | None, link: bool) -> None:
    assert (web_address(url) == url and bool(url)) is link
