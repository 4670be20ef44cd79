"""The raw pages are written so that others can check them and we can read them back."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import TYPE_CHECKING

import pytest
from warcio.archiveiterator import ArchiveIterator

from captures import PAGES, URL, Capture, without_address
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming, RawPage
from tintuc_search.article import Article
from tintuc_search.indexer.importers import import_paths
from tintuc_search.indexer.warc.writing import export_warc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tintuc_search.archive.base import Archive
    from tintuc_search.archive.store import SqlArchive

SENTENCE = "Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước và sửa đường."
TEXT = f"Xã Đồng Dao ra quân dọn kênh\n\n08:15 12/03/2021\n\n{SENTENCE} {SENTENCE}\n\n{SENTENCE}\n"
OLD_PAGE = f"<html><body><h1>Xã Đồng Dao</h1>{'<p>Đoàn kiểm tra về làm việc với xã.</p>' * 9}"


@pytest.fixture
def archive(url: str, tmp_path: Path) -> Iterator[SqlArchive]:
    """Pages with and without address, one of two revisions, a saved text, one in an old encoding."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, path in enumerate(PAGES[:4]):
        (folder / f"{number}.html").write_bytes(path.read_bytes())
    (folder / "nameless.html").write_bytes(without_address(PAGES[4].read_bytes()))
    (folder / "saved.txt").write_text(TEXT, "utf-8")
    capture = Capture()
    page = without_address(PAGES[5].read_bytes())
    capture.answer(URL.format(1), page, date="2019-05-02T03:04:05Z")
    changed = page.replace(b"<p>", "<p>Bản sửa: ".encode())
    capture.answer(URL.format(1), changed, date="2019-05-03T03:04:05.678Z")
    capture.answer(
        "https://kho.example/đại hội", OLD_PAGE.encode("cp1258", "replace"),
        content_type="text/html; charset=windows-1258",
    )  # fmt: skip
    (folder / "z.warc.gz").write_bytes(capture.content)
    opened = open_archive(url)
    report = import_paths(opened, [folder])
    assert (8, 1, ()) == (report.new, report.changed, report.bad)
    yield opened
    opened.close()


def state(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """All that the archive knows of every article, but for our ids as own ids of nameless articles."""
    return {
        stored.id: [
            (
                revision.article.fingerprint() if revision.article.url else revision.article.body,
                revision.first_seen,
                archive.raw(stored.id, revision.number),
            )
            for revision in archive.revisions(stored.id)
        ]
        for stored in archive.everything()
    }


@pytest.mark.parametrize("name", ["out.warc", "out.warc.gz"])
def test_an_export_read_back_gives_the_same_archive(
    archive: SqlArchive, tmp_path: Path, name: str
) -> None:
    count = export_warc(archive, tmp_path / name)
    second = open_archive(f"sqlite:///{tmp_path / 'b.sqlite'}")
    report = import_paths(second, [tmp_path / name])

    assert 9 == count
    assert ((), {"warcinfo": 1}) == (report.bad, report.passed_over)
    assert state(archive) == state(second)
    second.close()


def test_an_export_read_back_into_its_own_archive_changes_nothing(
    archive: SqlArchive, tmp_path: Path
) -> None:
    before = state(archive)
    export_warc(archive, tmp_path / "out.warc.gz")
    report = import_paths(archive, [tmp_path / "out.warc.gz"])

    assert (0, 0, 9) == (report.new, report.changed, report.unchanged)
    assert before == state(archive)


def test_other_tools_can_check_every_page(archive: SqlArchive, tmp_path: Path) -> None:
    export_warc(archive, tmp_path / "out.warc.gz")
    content = (tmp_path / "out.warc.gz").read_bytes()
    about, *records = [
        (record.rec_headers, record.content_stream().read(), record.digest_checker.passed)
        for record in ArchiveIterator(io.BytesIO(content), check_digests=True)
    ]
    assert "warcinfo" == about[0].get_header("WARC-Type")
    for headers, page, passed in records:
        digest = base64.b32encode(hashlib.sha1(page).digest()).decode()  # noqa: S324 - the format's
        assert passed
        assert "WARC/1.1" == headers.protocol
        assert "resource" == headers.get_header("WARC-Type")
        assert f"sha1:{digest}" == headers.get_header("WARC-Payload-Digest")
    dates = {headers.get_header("WARC-Date") for headers, _, _ in records}
    addresses = {headers.get_header("WARC-Target-URI") for headers, _, _ in records}
    assert {"2019-05-02T03:04:05.000000Z", "2019-05-03T03:04:05.678000Z"} < dates
    assert "https://kho.example/%C4%91%E1%BA%A1i%20h%E1%BB%99i" in addresses


def test_an_address_cannot_add_headers(tmp_path: Path) -> None:
    archive = open_archive(f"sqlite:///{tmp_path / 'a.sqlite'}")
    url = "https://kho.example/a\r\nWARC-Type: response\r\n\r\n"
    archive.put([Incoming(Article("Tin", url=url), "x", RawPage(b"<p>"))])
    export_warc(archive, tmp_path / "out.warc")
    archive.close()

    assert b"\r\nWARC-Type: response" not in (tmp_path / "out.warc").read_bytes()


def test_an_export_that_fails_leaves_what_was_there(
    archive: SqlArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.warc").write_bytes(b"before")
    monkeypatch.setattr(archive, "raw", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        export_warc(archive, tmp_path / "out.warc")

    assert b"before" == (tmp_path / "out.warc").read_bytes()
    assert [] == list(tmp_path.glob("*.part"))
