"""Any number of processes cleans the same, whatever the pages; one that ends or hangs costs the page it was at."""

from __future__ import annotations

import gzip
import shutil
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import cleaning_workers
from tintuc_search.archive import open_archive
from tintuc_search.errors import AnalysisError
from tintuc_search.indexer.importers import Cleaners, cleaners, import_paths, total_bytes
from tintuc_search.indexer.importers.base import Bad, Page, Skipped
from tintuc_search.indexer.importers.cleaners import Cleaning
from tintuc_search.indexer.importers.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.archive.store import SqlArchive
    from tintuc_search.indexer.importers import ImportReport
    from tintuc_search.indexer.importers.base import Step

CORPUS = Path(__file__).parents[3] / "corpus"
SENTENCE = "Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước và sửa đường."


def page(number: int, order: str = "") -> str:
    return (
        f'<html><head><link rel="canonical" href="https://bao.example/{number}"></head><body>{order}'
        f"<h1>Xã Đồng Dao còn {number} xóm chờ nước</h1>"
        + f"<p>{SENTENCE}</p>" * 3
        + "</body></html>"
    )


def several(**given: Any) -> Cleaners:
    usual: dict[str, Any] = {"count": 3, "least": 1, "make": cleaning_workers.make_obedient}
    return Cleaners(**(usual | given))


def write(folder: Path, count: int, orders: dict[int, str] | None = None) -> list[Path]:
    paths = [folder / f"{number:03}.html" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(page(number, (orders or {}).get(number, "")), "utf-8")
    return paths


def told(report: ImportReport) -> dict[str, str]:
    return dict(report.bad)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Everything that an import may meet: the sample pages, broken and hostile ones, no articles, lines, rubbish."""
    folder = tmp_path / "in"
    shutil.copytree(CORPUS / "pages", folder / "pages")
    shutil.copytree(CORPUS / "not-articles", folder / "not-articles")
    write(folder, 3)
    (folder / "001b.jsonl").write_text('{"title": "Một"}\n{oops\n{"title": "Hai"}\n', "utf-8")
    (folder / "002b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "003.html.gz").write_bytes(gzip.compress(page(3).encode())[:-30])
    (folder / "004.html").write_text(
        page(1).replace("chờ nước", "có nước"), "utf-8"
    )  # another state of 001
    return folder


def imported(
    folder: Path, home: Path, processes: Cleaners | None
) -> tuple[Any, ImportReport, list[int]]:
    """What an archive holds after an import, in the order of its changes; the report; the progress."""
    steps: list[int] = []
    with closing(open_archive(f"sqlite:///{home}")) as archive:
        report = import_paths(
            archive,
            [folder],
            batch=7,
            cleaners=processes,
            on_progress=lambda size, _: steps.append(size),
        )
        contents = [
            (
                change.sequence,
                [
                    (revision.article, archive.raw(change.id, revision.number))
                    for revision in archive.revisions(change.id)
                ],
            )
            for change in archive.changes(0, 10_000)
        ]
    return contents, report, steps


def test_one_process_and_three_make_the_same_archive_and_report(
    mixed: Path, tmp_path: Path
) -> None:
    one, three = (
        imported(mixed, tmp_path / f"{count}.sqlite", Cleaners(count, least=5)) for count in (1, 3)
    )

    assert one[0] == three[0]
    assert asdict(one[1]) == asdict(three[1])
    assert one[1].new > 100
    assert one[1].changed >= 1
    assert len(one[1].bad) > 5
    assert sum(one[2]) == sum(three[2]) == total_bytes([mixed])


@pytest.mark.parametrize(
    ("order", "bad", "reason"),
    [
        ("<!--fail-->", {3, 4, 39}, "cannot be cleaned: ValueError: as told"),
        ("<!--crash-->", {3, 4, 39}, "cannot be cleaned: its process ended with code 7"),
        ("<!--die-->", {3}, "cannot be cleaned: its process ended with code -9"),
        ("<!--hang-->", {5}, "cannot be cleaned: it took too long"),
    ],
)
def test_a_page_that_fails_crashes_or_hangs_is_told_and_the_rest_goes_on(
    tmp_path: Path, archive: SqlArchive, order: str, bad: set[int], reason: str
) -> None:
    paths = write(tmp_path, 40, dict.fromkeys(bad, order))

    report = import_paths(archive, paths, cleaners=several(seconds=20.0))

    assert {str(paths[number]): reason for number in bad} == told(report)
    assert report.new == archive.count() == 40 - len(bad)


def test_a_process_that_was_killed_is_no_fault_of_its_page(
    tmp_path: Path, archive: SqlArchive
) -> None:
    note = tmp_path / "killed"
    paths = write(tmp_path, 20, {5: f"<!--die once {note}-->"})

    report = import_paths(archive, paths, cleaners=several())

    assert note.exists()
    assert (20, ()) == (report.new, report.bad)


def test_a_page_that_breaks_the_cleaner_is_told_in_one_process_too(
    tmp_path: Path, archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(tmp_path, 3, {1: "<!--fail-->"})
    monkeypatch.setattr(cleaners, "clean_page", cleaning_workers.make_obedient())

    report = import_paths(archive, paths)

    assert {str(paths[1]): "cannot be cleaned: ValueError: as told"} == told(report)
    assert report.new == 2


def test_few_pages_start_no_process(tmp_path: Path, archive: SqlArchive) -> None:
    paths = write(tmp_path, 4)
    (tmp_path / "a.jsonl").write_text('{"title": "Một"}\n', "utf-8")
    mix = [paths[0], tmp_path / "a.jsonl", *paths[1:]]

    report = import_paths(
        archive, mix, cleaners=several(least=5, make=cleaning_workers.make_nothing)
    )

    assert report.new == 5


def test_where_no_process_can_be_started_no_page_is_given_up(
    tmp_path: Path, archive: SqlArchive
) -> None:
    with pytest.raises(AnalysisError, match="no process for cleaning can be started"):
        import_paths(
            archive, write(tmp_path, 5), cleaners=several(make=cleaning_workers.make_nothing)
        )

    assert archive.count() == 0


def test_what_waits_is_bounded_by_number_and_by_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaners, "AHEAD_BYTES", 100_000)
    monkeypatch.setattr(cleaners, "AHEAD_STEPS", 20)
    read: list[int] = []

    def steps() -> Iterator[Step]:
        for number in range(60):
            content = page(number).encode() + b" " * (30_000 if number < 30 else 0)
            read.append(len(content))
            yield Page(content, Kind.HTML, str(number), "text/html"), 1
            yield (Skipped(str(number), "request") if number % 2 else Bad(str(number), "x")), 1

    given = 0
    for _item, size in Cleaning(several()).items(steps()):
        given += size
        taken = (given + 1) // 2
        # What is given on may have been taken out with its whole group.
        assert len(read) * 2 - given <= 20 + 2 * cleaners.GROUP_PAGES
        assert sum(read[taken:]) <= 100_000 + (cleaners.GROUP_PAGES + 1) * 31_000
    assert given == 120
