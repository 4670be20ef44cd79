"""import and export of web captures on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captures import of_pages

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import CommandLine


def test_pages_go_out_as_a_capture_and_come_in_again(tintuc: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "in.warc.gz").write_bytes(of_pages(3).content)
    tintuc.run("import", str(tmp_path / "in.warc.gz"))
    file, folder = tmp_path / "out.warc", tmp_path / "folder"
    folder.mkdir()
    first = tintuc.run("export", "--warc", str(file))
    tintuc.run("export", "--warc", str(folder))
    copy = type(tintuc)(tmp_path / "copy")

    assert f"3 pages in {file}\n" == first.stdout
    assert 3 == copy.json("import", str(file))["new"]
    assert 3 == copy.json("import", str(folder))["unchanged"]
    assert 1 == len(list(folder.glob("tintuc-*.warc.gz")))


def test_import_counts_the_records_that_are_no_pages(tintuc: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "in.warc.gz").write_bytes(of_pages(3).content)
    output = tintuc.run("import", str(tmp_path / "in.warc.gz")).stdout
    report = tintuc.json("import", str(tmp_path / "in.warc.gz"))

    assert "records that are no pages: 3 request" in output
    assert ({"request": 3}, 0) == (report["passed_over"], report["skipped"])


def test_export_names_a_capture_that_cannot_be_written(filled: CommandLine, tmp_path: Path) -> None:
    result = filled.run("export", "--warc", str(tmp_path / "none" / "x.warc"), code=1)

    assert f"tintuc: {tmp_path / 'none' / 'x.warc'}" in result.stderr
