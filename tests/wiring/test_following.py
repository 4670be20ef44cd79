"""A running web application goes over to an index that was built beside its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from patience import SECONDS
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article
from tintuc_search.settings import load
from tintuc_search.wiring import Parts, engines, make_app, rebuilding
from tintuc_search.wiring.places import Places

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tintuc_search.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setitem(engines.OPENERS, "tantivy", engines.OPENERS["whoosh"])
    monkeypatch.setattr(rebuilding, "GRACE_SECONDS", 0.0)
    settings = load({}, home=str(tmp_path), query_seconds=SECONDS)
    with Parts(settings) as parts:
        parts.archive.put([Incoming(Article("Họp tổ ở Nậm Lìn", source_id="1"), "x")])
        parts.index()
        parts.archive.put([Incoming(Article("Họp xã ở Nậm Lìn", source_id="2"), "x")])
    return settings


def total(app: Flask) -> int:
    answer = app.test_client().get("/api/v1/search?q=họp")
    assert answer.status_code == 200
    return int(answer.get_json()["total"])


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_requests_are_answered_from_the_old_index_until_the_new_one_is_complete(
    settings: Settings, engine: str
) -> None:
    app = cast("Flask", make_app(settings))
    assert total(app) == 1
    with (
        Parts(load({}, home=str(settings.home), engine=engine)) as parts,
        parts.rebuilding() as new,
    ):
        new.parts.index(known=new.known)
        assert total(app) == 1
        new.switch()

    assert total(app) == 2
    assert app.test_client().get("/api/v1/entities").status_code == 200
    assert total(app) == 2


def test_an_index_that_cannot_be_used_is_not_gone_over_to(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = cast("Flask", make_app(settings))
    assert total(app) == 1
    Places(settings.home).use("whoosh", settings.home / "index" / "whoosh-7")

    assert total(app) == 1
    assert "whoosh-7: there is no index yet" in caplog.text
