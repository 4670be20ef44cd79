"""Reaching a cluster: TLS, accounts, keys, and what is said where it cannot be reached."""

from __future__ import annotations

import logging
from base64 import b64encode
from contextlib import closing
from socket import socket
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from engine_samples import document, fill, found, term
from opensearch_proxy import make_certificate, proxy
from tintuc_search.engine.opensearch_connection import Access
from tintuc_search.engine.opensearch_engine import OpenSearchEngine
from tintuc_search.errors import IndexUnusable, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

BASIC = "Basic " + b64encode("biên:mật mã".encode()).decode()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate that no system trusts."""
    return make_certificate(tmp_path)


@pytest.mark.parametrize(
    ("sent", "account"),
    [
        (BASIC, {"user": "biên", "password": "mật mã"}),
        ("ApiKey a2V5OmtleQ==", {"api_key": "a2V5OmtleQ=="}),
    ],
)
def test_a_cluster_behind_tls_and_an_account_is_written_and_searched(
    opensearch: OpenSearchEngine, certificate: Path, sent: str, account: dict[str, Any]
) -> None:
    node = opensearch.access.urls[0]
    with proxy(node, certificate, sent) as url:
        access = Access((url,), ca=str(certificate), **account)
        with closing(OpenSearchEngine(access, opensearch.index)) as engine:
            fill(engine, document("1", "một"))

    assert {"1"} == found(opensearch, term("một"))


def test_a_wrong_password_is_told_from_a_missing_cluster(
    opensearch: OpenSearchEngine, certificate: Path
) -> None:
    with proxy(opensearch.access.urls[0], certificate, BASIC) as url:
        access = Access((url,), ca=str(certificate), user="biên", password="khác")  # noqa: S106
        with (
            closing(OpenSearchEngine(access, opensearch.index)) as engine,
            pytest.raises(IndexUnusable, match=r"refuses us \(401\).*opensearch_password"),
        ):
            engine.mark()


def test_a_writer_is_patient_with_a_cluster_that_is_too_busy_to_be_asked(
    opensearch: OpenSearchEngine, certificate: Path
) -> None:
    """As patient as with one that is too busy to store anything, not as with a reader's search."""
    fill(opensearch, document("1", "cũ"))
    until = 0.0
    refusals: list[str] = []

    def refused(path: str) -> bool:
        busy = "/_search" in path and monotonic() < until
        refusals.extend([path] * busy)
        return busy

    with proxy(opensearch.access.urls[0], certificate, BASIC, refused) as url:
        access = Access((url,), "biên", "mật mã", ca=str(certificate), reading=0.2, patience=60.0)
        with (
            closing(OpenSearchEngine(access, opensearch.index)) as engine,
            engine.writer() as writer,
        ):
            until = monotonic() + 2.0
            writer.add(document("1", "mới"))
            writer.commit(2)

    assert len(refusals) > 2
    assert {"1"} == found(opensearch, term("mới"))
    assert set() == found(opensearch, term("cũ"))


def test_a_certificate_that_is_not_trusted_is_refused(
    opensearch: OpenSearchEngine, certificate: Path
) -> None:
    with (
        proxy(opensearch.access.urls[0], certificate, BASIC) as url,
        closing(OpenSearchEngine([url], opensearch.index)) as engine,
        pytest.raises(IndexUnusable, match=r"cannot be reached.*(?i:certificate)"),
    ):
        engine.mark()


def test_a_cluster_that_does_not_answer_is_named_in_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with closing(socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with closing(OpenSearchEngine([url], "articles")) as engine, caplog.at_level(logging.INFO):
            for ask in (engine.mark, engine.count, engine.writer, engine.rebuild):
                with pytest.raises(IndexUnusable, match=f"OpenSearch at {url} cannot") as raised:
                    ask()
                assert "\n" not in str(raised.value)

    assert not [record for record in caplog.records if record.name == "opensearch"]


@pytest.mark.parametrize(
    ("access", "said"),
    [
        (Access(("127.0.0.1:9200",)), "opensearch_urls: '127.0.0.1:9200'"),
        (Access(("ftp://127.0.0.1",)), "opensearch_urls: 'ftp://127.0.0.1'"),
        (Access(()), "opensearch_urls names no address"),
        (Access(("https://127.0.0.1",), ca="/no/such/file"), "opensearch_ca: .*/no/such/file"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(access: Access, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        OpenSearchEngine(access, "articles")


def test_an_index_that_is_not_there_or_of_another_analyzer_says_how_to_make_it_anew(
    opensearch: OpenSearchEngine,
) -> None:
    urls = opensearch.access.urls
    with (
        closing(OpenSearchEngine(urls, "no-such-index")) as missing,
        pytest.raises(IndexUnusable, match=r"no index no-such-index.*tintuc index --rebuild"),
    ):
        missing.mark()
    with (
        closing(OpenSearchEngine(urls, opensearch.index, fingerprint="v2")) as other,
        pytest.raises(IndexUnusable, match=r"another version of the analyzer.*--rebuild"),
    ):
        other.writer()
