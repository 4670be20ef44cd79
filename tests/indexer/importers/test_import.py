"""Files and folders are read by their content; what is bad is told with its place and the rest goes on."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from tintuc_search.archive.base import Incoming
from tintuc_search.article import format_time
from tintuc_search.indexer.importers import Bad, Skipped, import_paths, read, total_bytes
from tintuc_search.indexer.importers.jsonl import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tintuc_search.archive.base import Outcome
    from tintuc_search.archive.store import SqlArchive

SENTENCE = "Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước và sửa đường."
PAGE = (
    '<html><head><link rel="canonical" href="https://bao.example/{0}"></head>'
    "<body><h1>Xã Đồng Dao còn {0} xóm chờ nước</h1>" + f"<p>{SENTENCE}</p>" * 3 + "</body></html>"
)
TEXT = f"Xã Đồng Dao ra quân dọn kênh\n\n08:15 12/03/2021\n\n{SENTENCE} {SENTENCE}\n\n{SENTENCE}\n"
LINE = {
    "id": 7, "url": "https://bao.example/7", "title": "Tiêu đề", "lead": "Mở đầu.", "body": "Một.\n\nHai.",
    "published_at": "2021-03-12T08:05:00Z", "authors": ["Hà Vân"], "source": "Báo Thử", "section": "Xã hội",
    "captions": ["Ảnh."], "tables": [[["a", "b"]]], "origin": "TTXVN", "updated_at": "2021-03-12T10:00:00",
}  # fmt: skip


def lines(*objects: object) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects).encode()


def one(path: Path) -> Incoming:
    (item,) = read([path])
    assert isinstance(item, Incoming)
    return item


def test_a_line_gives_every_field(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(lines(LINE))
    article = one(path).article
    assert (article.title, article.lead, article.paragraphs) == (
        "Tiêu đề",
        "Mở đầu.",
        ("Một.", "Hai."),
    )
    assert format_time(article.published_at) == "2021-03-12T15:05:00+07:00"
    assert format_time(article.updated_at) == "2021-03-12T10:00:00+07:00"
    assert (article.authors, article.origin, article.source_id) == (("Hà Vân",), "TTXVN", "7")
    assert (article.captions, article.tables) == (("Ảnh.",), ((("a", "b"),),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.jsonl", "a"])
def test_a_page_is_a_page_whatever_its_name_and_encoding(
    tmp_path: Path, name: str, encoding: str
) -> None:
    path = tmp_path / name
    path.write_bytes(PAGE.format(3).encode(encoding))
    item = one(path)
    assert item.article.title == "Xã Đồng Dao còn 3 xóm chờ nước"
    assert item.raw is not None
    assert (item.raw.content, item.raw.media_type) == (path.read_bytes(), "text/html")


def test_a_saved_text_keeps_its_raw_form(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(TEXT, "utf-8")
    item = one(path)
    assert format_time(item.article.published_at) == "2021-03-12T08:15:00+07:00"
    assert item.raw is not None
    assert item.raw.media_type == "text/plain"


OTHERS = {
    "pretty.json": json.dumps(LINE, indent=2).encode(),
    "table.tsv": "từ\tnghĩa\nđảng\tđảng\nủy\tủy\n".encode() * 30,
    "settings.toml": b'[server]\nport = 1\nhost = "a"\n' * 20,
    "README.md": f"# Kho mẫu\n\n{SENTENCE}\n\n- [một](a)\n- [hai](b)\n".encode(),
    "page.mhtml": b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><body>",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "empty": b"",
}


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_another_kind_of_file_is_skipped_in_a_folder_and_bad_if_named(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(OTHERS[name])
    assert [type(item) for item in read([tmp_path])] == [Skipped]
    assert [type(item) for item in read([path])] == [Bad]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{broken", "not JSON"),
        (b"[1]", "not a JSON object"),
        (lines({"lead": "x"}), "title"),
        (lines({"title": "  "}), "title"),
        (lines({"title": 3}), "title must be a string"),
        (lines({"title": "a", "authors": [1]}), "authors must be a list of strings"),
        (lines({"title": "a", "published_at": "12/3/2021"}), "published_at must be ISO 8601"),
        (lines({"title": "a", "published_at": "0001-01-01T00:00:00"}), None),
        (lines({"title": "a", "published_at": "0001-01-01T00:00:00+14:00"}), "published_at must"),
        (lines({"title": "a", "updated_at": "9999-12-31T23:59:59-12:00"}), "updated_at must"),
        (b'{"title": "\xff"}', "not UTF-8"),
        (b'{"title": "' + b"x" * MOST_BYTES + b'"}', "longer than 10 MB"),
        (b"[" * 100_000, "not JSON"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(
    tmp_path: Path, line: bytes, reason: str | None
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        lines({"title": "Một"}) + line.rstrip(b"\n") + b"\n\n" + lines({"title": "Hai"})
    )
    first, second, third = read([path])
    assert isinstance(first, Incoming)
    if reason is not None:
        assert isinstance(second, Bad)
        assert second.place == f"{path}:2"
        assert reason in second.reason
    assert isinstance(third, Incoming)
    assert third.place == f"{path}:4"


def test_the_lines_before_a_cut_in_a_packed_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a"
    packed = gzip.compress(lines(*({"title": f"Tin {n} {n * n * 7919}"} for n in range(20_000))))
    path.write_bytes(packed[: len(packed) // 2])
    items = list(read([path]))
    assert sum(isinstance(item, Incoming) for item in items) > 1000
    assert isinstance(items[-1], Bad)
    assert "cut off" in items[-1].reason
    assert all(isinstance(item, Incoming) for item in items[:-2])


def test_a_folder_is_read_by_name_and_a_loop_of_links_ends(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.html").write_text(PAGE.format(name), "utf-8")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found = [item.article.url for item in read([tmp_path]) if isinstance(item, Incoming)]
    assert found == ["https://bao.example/a", "https://bao.example/b"]


def test_what_is_not_there_is_bad(tmp_path: Path) -> None:
    assert [type(item) for item in read([tmp_path / "none"])] == [Bad]


def test_an_import_counts_what_became_of_everything(tmp_path: Path, archive: SqlArchive) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format(1), "utf-8")
    (folder / "b.jsonl").write_bytes(lines(LINE) + b"{oops\n")
    (folder / "c.png").write_bytes(OTHERS["picture.png"])
    told: list[tuple[int, int]] = []
    report = import_paths(archive, [folder], batch=1, on_progress=lambda *step: told.append(step))
    assert (report.new, report.skipped) == (2, 1)
    assert (sum(size for size, _ in told), sum(count for _, count in told)) == (
        total_bytes([folder]),
        2,
    )
    assert [place for place, _ in report.bad] == [f"{folder / 'b.jsonl'}:2"]
    again = import_paths(archive, [folder])
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_two_states_of_one_article_are_imported_once_however_often(
    tmp_path: Path, archive: SqlArchive
) -> None:
    for name, heading in (("1.html", "Bản đầu"), ("2.html", "Bản sửa")):
        page = PAGE.format("tin").replace("còn", heading)
        (tmp_path / name).write_text(page, "utf-8")
    (tmp_path / "3.jsonl").write_bytes(lines(LINE, LINE | {"body": "Ba."}))
    first, *more = (import_paths(archive, [tmp_path]) for _ in range(3))
    assert (first.new, first.changed) == (2, 2)
    assert {(0, 0, 4)} == {(report.new, report.changed, report.unchanged) for report in more}
    assert {2} == {stored.revision for stored in archive.everything()}


class _Interrupted:
    """An archive whose user presses Ctrl-C at the second batch."""

    def __init__(self, archive: SqlArchive) -> None:
        self.archive, self.batches = archive, 0

    def put(self, batch: Sequence[Incoming]) -> Sequence[tuple[str, Outcome]]:
        self.batches += 1
        if self.batches > 1:
            raise KeyboardInterrupt
        return self.archive.put(batch)


def test_an_interruption_leaves_the_finished_batches_stored(
    tmp_path: Path, archive: SqlArchive
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        lines(*({"title": f"Tin {n}", "url": f"https://bao.example/{n}"} for n in range(5)))
    )
    with pytest.raises(KeyboardInterrupt):
        import_paths(_Interrupted(archive), [path], batch=2)  # type: ignore[arg-type]
    assert archive.count() == 2
    assert import_paths(archive, [path]).new == 3
