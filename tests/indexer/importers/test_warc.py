"""Captures: their pages are imported, what else they hold is counted, damage costs only what follows it."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from captures import PAGES, URL, Capture, chunked, gzipped, of_pages, without_address
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming
from tintuc_search.indexer.importers import Bad, Skipped, import_paths, read
from tintuc_search.indexer.importers.kinds import Kind, kind_of
from tintuc_search.indexer.warc.http import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from tintuc_search.indexer.importers import Item

PAGE = without_address(PAGES[0].read_bytes())
LATIN = (
    "<html><body><h1>Xã Đồng Dao ra quân</h1>"
    + "<p>Đoàn kiểm tra của huyện về làm việc với xã.</p>" * 6
)

SAVED = f"Xã Đồng Dao ra quân dọn kênh\n\n08:15 12/03/2021\n\n{'Đoàn kiểm tra của huyện làm việc với xã. ' * 5}\n"


def items_of(content: bytes, folder: Path) -> list[Item]:
    path = folder / "a"
    path.write_bytes(content)
    return list(read([path]))


def pages_of(items: list[Item]) -> list[Incoming]:
    return [item for item in items if isinstance(item, Incoming)]


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_capture_are_imported_under_the_address_captured(
    tmp_path: Path, packed: bool
) -> None:
    capture = of_pages(3, packed=packed)
    items = items_of(capture.content, tmp_path)

    assert [URL.format(n) for n in range(3)] == [page.article.url for page in pages_of(items)]
    assert [f"{tmp_path / 'a'}@{at}" for at in capture.offsets] == [item.place for item in items]
    first = pages_of(items)[0]
    assert first.raw is not None
    assert (PAGE, "text/html; charset=utf-8") == (first.raw.content, first.raw.media_type)


def test_a_capture_packed_as_one_piece_is_read_too(tmp_path: Path) -> None:
    content = gzip.compress(of_pages(3, packed=False).content)

    assert 3 == len(pages_of(items_of(content, tmp_path)))


def test_the_address_that_a_page_states_wins(tmp_path: Path) -> None:
    capture = Capture()
    capture.answer("https://m.kho.example/x?y=1", PAGES[0].read_bytes())
    (page,) = pages_of(items_of(capture.content, tmp_path))

    assert page.article.url is not None
    assert "kho.example" not in page.article.url


def test_what_is_no_page_is_counted_by_what_it_is(tmp_path: Path) -> None:
    capture = Capture()
    url = URL.format(1)
    capture.add("warcinfo", "", b"software: x\r\n")
    capture.add("request", url, b"GET / HTTP/1.1\r\n\r\n")
    capture.add("metadata", url, b"via: x\r\n")
    capture.add("revisit", url, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    capture.add("response", "dns:kho.example", b"20190502\nkho.example.", type="text/dns")
    capture.add("resource", "urn:pageinfo", b"{}", type="application/json")
    capture.add("resource", f"urn:text:{url}", SAVED.encode(), type="text/plain")
    capture.add("resource", url, SAVED.encode(), type="text/plain")
    capture.answer(url, PAGE, status="404 Not Found")
    capture.answer(url, b"", ("Location", "/"), status="301 Moved")
    capture.answer(url, b"\x89PNG", content_type="image/png")
    capture.answer(url, PAGE)
    (tmp_path / "a").write_bytes(capture.content)
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.sqlite'}")
    report = import_paths(archive, [tmp_path / "a"])
    archive.close()

    assert (1, 0, ()) == (report.new, report.skipped, report.bad)
    assert report.passed_over == {
        "metadata": 1, "no web address": 2, "not HTML": 2, "not HTTP": 1, "request": 1, "revisit": 1,
        "status 301": 1, "status 404": 1, "warcinfo": 1,
    }  # fmt: skip


DEFLATE = zlib.compress(PAGE)
ENCODED = {
    "gzip": (gzipped(PAGE), [("Content-Encoding", "gzip")]),
    "x-gzip in capitals": (gzipped(PAGE), [("content-encoding", "X-GZIP")]),
    "deflate": (DEFLATE, [("Content-Encoding", "deflate")]),
    "deflate without its header": (DEFLATE[2:-4], [("Content-Encoding", "deflate")]),
    "twice": (gzipped(DEFLATE), [("Content-Encoding", "deflate, gzip")]),
    "chunked": (chunked(PAGE), [("Transfer-Encoding", "chunked")]),
    "chunked and packed": (
        chunked(gzipped(PAGE), 77),
        [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
    ),
    "undone by the crawler, headers kept": (
        PAGE,
        [("Transfer-Encoding", "chunked"), ("Content-Encoding", "br")],
    ),
}


@pytest.mark.parametrize("name", sorted(ENCODED))
def test_what_a_server_did_for_the_way_is_undone(tmp_path: Path, name: str) -> None:
    body, headers = ENCODED[name]
    capture = Capture()
    capture.answer(URL.format(1), body, *headers)
    (page,) = pages_of(items_of(capture.content, tmp_path))

    assert page.raw is not None
    assert PAGE == page.raw.content


def test_an_encoding_that_cannot_be_undone_is_bad_and_the_rest_goes_on(tmp_path: Path) -> None:
    capture = Capture()
    capture.answer(URL.format(1), b"\x1b\xff\x00", ("Content-Encoding", "br"))
    capture.answer(URL.format(2), b"\x1f\x8b\xff\x00", ("Content-Encoding", "gzip"))
    capture.answer(URL.format(3), PAGE)
    first, second, third = items_of(capture.content, tmp_path)

    assert isinstance(first, Bad)
    assert "'br'" in first.reason
    assert isinstance(second, Bad)
    assert "content encoding is damaged" in second.reason
    assert isinstance(third, Incoming)


@pytest.mark.parametrize("charset", ["windows-1258", "utf-16-le"])
def test_the_charset_of_the_answer_reads_a_page_that_states_none(
    tmp_path: Path, charset: str
) -> None:
    content = LATIN.encode(charset, "replace")
    capture = Capture()
    capture.answer(URL.format(1), content, content_type=f"text/html; charset={charset}")
    (page,) = pages_of(items_of(capture.content, tmp_path))

    assert content.decode(charset).split("<h1>")[1].split("</h1>")[0] == page.article.title
    assert page.raw is not None
    assert f"text/html; charset={charset}" == page.raw.media_type


def too_large() -> dict[str, tuple[bytes, list[tuple[str, str]]]]:
    """Pages over the limit: as they are, and packed a thousandfold."""
    size = 20 * MOST_BYTES
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
    return {
        "plain": (b"<p>" + b" " * MOST_BYTES, []),
        "bomb": (bomb, [("Content-Encoding", "gzip")]),
    }


@pytest.mark.parametrize("name", ["plain", "bomb"])
def test_a_page_too_large_is_bad_with_its_place_and_the_rest_goes_on(
    tmp_path: Path, name: str
) -> None:
    body, headers = too_large()[name]
    capture = Capture()
    capture.answer(URL.format(1), PAGE)
    capture.answer(URL.format(2), body, *headers)
    capture.answer(URL.format(3), PAGE)
    first, bad, last = items_of(capture.content, tmp_path)

    assert isinstance(bad, Bad)
    assert f"{tmp_path / 'a'}@{capture.offsets[1]}" == bad.place
    assert "larger than 10 MB" in bad.reason
    assert isinstance(first, Incoming)
    assert isinstance(last, Incoming)


def test_a_capture_is_read_in_constant_memory(tmp_path: Path) -> None:
    """Sixty megabytes of records, one of them a picture of forty, take the memory of a few pages."""
    path = tmp_path / "a"
    capture = Capture()
    capture.answer(URL.format(0), bytes(40 << 20), content_type="image/png")
    for number in range(20):
        capture.answer(URL.format(number), bytes(1 << 20), content_type="text/css")
    capture.answer(URL.format(21), PAGE)
    path.write_bytes(capture.content)
    del capture
    tracemalloc.start()
    count = sum(isinstance(item, Incoming) for item in read([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert 1 == count
    assert peak < 8 << 20


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_before_a_cut_are_kept_and_the_other_files_read(
    tmp_path: Path, packed: bool
) -> None:
    capture = of_pages(4, packed=packed)
    last = capture.offsets[-1]
    (tmp_path / "a.warc").write_bytes(capture.content[: last + 700])
    (tmp_path / "b.warc").write_bytes(of_pages(2).content)
    items = list(read([tmp_path]))
    (bad,) = [item for item in items if isinstance(item, Bad)]

    assert 3 + 2 == len(pages_of(items))
    assert f"{tmp_path / 'a.warc'}@{last}" == bad.place
    assert "cut off or damaged here" in bad.reason
    assert "\n" not in bad.reason


BROKEN = {
    "no record": b"WARC/1.1\r\n" + b"x" * 100,
    "no length": b"WARC/1.1\r\nWARC-Type: response\r\n\r\n",
    "a length that is none": b"WARC/1.1\r\nContent-Length: -5\r\n\r\n",
    "a length beyond all bounds": b"WARC/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "a header without end": b"WARC/1.1\r\nX: " + b"y" * (3 << 20),
    "headers without end": b"WARC/1.1\r\n" + b"X: y\r\n" * (1 << 19),
    "an unknown version": b"WARC/7\r\nContent-Length: 0\r\n\r\n",
    "something after a record": b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\nhello\r\n",
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_record_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    *_, bad = items_of(of_pages(1, packed=False).content + BROKEN[name], tmp_path)

    assert isinstance(bad, Bad)
    assert len(bad.reason) < 200


SOUND = {packed: of_pages(3, packed=packed) for packed in (True, False)}


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    packed=st.booleans(),
    cut=st.none() | st.floats(0, 1),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=9)), max_size=4),
)  # fmt: skip
def test_no_damage_raises_and_the_pages_before_it_are_kept(
    tmp_path_factory: pytest.TempPathFactory,
    packed: bool,
    cut: float | None,
    changes: list[tuple[float, bytes]],
) -> None:
    capture = SOUND[packed]
    content = bytearray(capture.content)
    end = len(content) if cut is None else int(cut * len(content))
    first = end
    for where, new in changes:
        at = int(where * len(content))
        first = min(first, at)
        content[at : at + len(new)] = new
    bounds = [*capture.offsets[1:], len(capture.content)]
    sound = sum(bound <= first for bound in bounds)
    items = items_of(bytes(content[:end]), tmp_path_factory.mktemp("a"))

    kinds = [type(item) for item in items[:sound]]
    assert ([Skipped, Incoming] * 3)[:sound] == kinds


def wacz(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def test_a_wacz_gives_the_pages_of_all_its_captures(tmp_path: Path) -> None:
    capture = of_pages(2)
    content = wacz(
        **{
            "datapackage.json": b"{}",
            "archive/b.warc": of_pages(1, packed=False).content,
            "archive/a.warc.gz": capture.content,
            "indexes/index.cdx.gz": b"x",
        }
    )
    pages = pages_of(items_of(content, tmp_path))

    assert 3 == len(pages)
    assert f"{tmp_path / 'a'}/archive/a.warc.gz@{capture.offsets[1]}" == pages[0].place


def test_a_damaged_capture_in_a_wacz_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(
        wacz(**{f"archive/{name}.warc.gz": of_pages(2).content for name in ("a", "b")})
    )
    content[3000:3009] = b"damaged!!"
    items = items_of(bytes(content), tmp_path)

    assert 2 <= len(pages_of(items)) < 4
    assert [Bad] == [type(item) for item in items if isinstance(item, Bad)]


@pytest.mark.parametrize("cut", [30, 3000, -30])
def test_a_wacz_cut_off_is_bad(tmp_path: Path, cut: int) -> None:
    content = wacz(**{"archive/a.warc.gz": of_pages(2).content})

    assert [Bad] == [type(item) for item in items_of(content[:cut], tmp_path)]


def test_another_zip_file_is_skipped_in_a_folder_and_bad_if_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(wacz(**{"word/document.xml": b"<p>"}))

    assert [Skipped] == [type(item) for item in read([tmp_path])]
    assert [Bad] == [type(item) for item in read([tmp_path / "a.docx"])]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", Kind.WARC),
        (b"WARC/1.1\r\n", Kind.WARC),
        (b"PK\x03\x04\x14\x00", Kind.WACZ),
        (b"warc files are useful\n", None),
        (b"filedesc://x.arc 0.0.0.0 2019 text/plain 76\n", None),
        (PAGE, Kind.HTML),
    ],
)
def test_a_capture_is_known_by_its_content(head: bytes, kind: Kind | None) -> None:
    assert kind is kind_of(head)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2019-05-02T03:04:05Z", "2019-05-02T03:04:05+00:00"),
        ("2019-05-02T03:04:05.123456789Z", "2019-05-02T03:04:05.123456+00:00"),
        ("2019-05-02", "2019-05-02T00:00:00+00:00"),
        ("0001-01-01T00:00:00+14:00", None),
        ("hôm qua", None),
    ],
)
def test_the_time_of_the_capture_is_kept(tmp_path: Path, date: str, expected: str | None) -> None:
    capture = Capture()
    capture.answer(URL.format(1), PAGE, date=date)
    (page,) = pages_of(items_of(capture.content, tmp_path))

    assert expected == (page.captured_at and page.captured_at.isoformat())
