"""import, index, export, search: from a file to a result and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import CommandLine


def test_import_counts_what_it_did_and_a_second_time_changes_nothing(
    tintuc: CommandLine, dump: Path
) -> None:
    first, second = tintuc.json("import", str(dump)), tintuc.json("import", str(dump))

    assert (3, 0) == (first["new"], first["unchanged"])
    assert (0, 0, 3) == (second["new"], second["changed"], second["unchanged"])


def test_import_reports_a_bad_line_with_its_place_and_goes_on(
    tintuc: CommandLine, dump: Path
) -> None:
    dump.write_text(
        '{"title": "Một"}\n{"title": \n{"lead": "không đề"}\n{"title": "Hai"}\n', "utf-8"
    )
    report = tintuc.json("import", str(dump))

    assert report["new"] == 2
    assert [f"{dump}:2", f"{dump}:3"] == [bad["place"] for bad in report["bad"]]


def test_import_fails_where_nothing_could_be_imported(tintuc: CommandLine, tmp_path: Path) -> None:
    result = tintuc.run("import", str(tmp_path / "nowhere"), code=1)

    assert "nowhere: there is no such file" in result.stderr


def test_an_empty_folder_has_nothing_to_import_and_is_no_failure(
    tintuc: CommandLine, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()

    assert "nothing to import" in tintuc.run("import", str(inbox)).stderr
    assert tintuc.json("import", str(inbox))["new"] == 0


def test_a_folder_without_one_article_is_a_failure(tintuc: CommandLine, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "notes.toml").write_text("a = 1\n")
    tintuc.run("import", str(inbox), code=1)
    (inbox / "bad.jsonl").write_text('{"title":\n')
    tintuc.run("import", str(inbox), code=1)


def test_articles_that_were_taken_down_are_no_failure(filled: CommandLine, dump: Path) -> None:
    only = dump.with_name("only.jsonl")
    only.write_text(dump.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    filled.run("remove", "a-1")

    assert filled.json("import", str(only))["removed"] == 1


def test_import_skips_files_of_unknown_kind_in_a_folder(tintuc: CommandLine, dump: Path) -> None:
    (dump.parent / "notes.toml").write_text("a = 1\n")
    report = tintuc.json("import", str(dump.parent))

    assert report["skipped"] >= 1
    assert report["bad"] == []


def test_index_takes_up_only_what_changed(filled: CommandLine, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"title": "Bài thứ tư", "body": "Nội dung."}\n', "utf-8")
    filled.run("import", str(more))

    assert filled.json("index")["indexed"] == 1
    assert filled.json("index")["indexed"] == 0
    assert filled.json("index", "--rebuild")["indexed"] == 4


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("cai cach hanh chinh", ["Hội nghị bàn về cải cách hành chính ở Bình Lâm"]),
        ("hòa nhịp", ["Đoàn thanh niên hoà nhịp cùng chuyển đổi số"]),
        ('tác giả:"minh khoi"', ["Thanh tra đất đai tại Sơn Giang"]),
        ("đoàn từ:2019 đến:2019", ["Thanh tra đất đai tại Sơn Giang"]),
        ("voi trời", []),
    ],
)
def test_search_finds(filled: CommandLine, query: str, titles: list[str]) -> None:
    assert titles == [
        hit["title"] for hit in filled.json("search", query, "--match", "all")["results"]
    ]


def test_search_prints_the_envelope_with_highlights(filled: CommandLine) -> None:
    answer = filled.json("search", "đinh khắc vỹ", "--facet", "source,person")
    highlight = next(h for h in answer["results"][0]["highlights"] if h["spans"])
    span = highlight["spans"][0]

    assert highlight["text"][span["start"] : span["end"]] == "Đinh Khắc Vỹ"
    assert "<mark>Đinh Khắc Vỹ</mark>" in highlight["html"]
    source = {"value": "Báo Lâm Hải", "id": "báo lâm hải", "count": 1, "entities": []}
    assert [source] == answer["facets"]["source"]


def test_search_shows_results_to_people(filled: CommandLine) -> None:
    output = filled.run("search", "thanh tra").stdout

    assert "1. Thanh tra đất đai tại Sơn Giang" in output


def test_a_parameter_that_cannot_be_used_is_named(filled: CommandLine) -> None:
    assert "page_size" in filled.run("search", "x", "--page-size", "many", code=1).stderr


def test_search_explains(filled: CommandLine) -> None:
    """The query and every score, as lines and in the envelope; the words after the option are the query still."""
    lines = filled.run("search", "--explain", "thanh tra tin").stdout.splitlines()
    envelope = filled.json("search", "thanh tra", "--explain")

    assert any(line.startswith("Từ thanh: thanh 1,00") for line in lines)
    assert any(line.strip().startswith("Điểm ") for line in lines)
    assert any("thanh: tiêu đề " in line and "(×1)" in line for line in lines)
    assert "tree" in envelope["query"]["explanation"]
    assert all("parts" in result["explanation"] for result in envelope["results"])
    assert "Điểm" not in filled.run("search", "thanh tra").stdout


def test_search_without_an_index_says_what_makes_it(tintuc: CommandLine) -> None:
    assert "`tintuc index`" in tintuc.run("search", "x", code=1).stderr


def test_search_in_a_damaged_index_says_what_rebuilds_it(filled: CommandLine) -> None:
    for path in (filled.home / "index" / "whoosh").glob("*.seg"):
        path.write_bytes(path.read_bytes()[:100])

    assert "tintuc index --rebuild" in filled.run("search", "đoàn", code=1).stderr
    filled.run("index", "--rebuild")
    assert filled.json("search", "đoàn")["total"] > 0


def test_a_folder_that_cannot_be_written_is_named_in_one_line(
    tintuc: CommandLine, dump: Path
) -> None:
    tintuc.run("import", str(dump))
    (tintuc.home / "index").write_text("in the way")
    result = tintuc.run("index", code=1)

    assert str(tintuc.home / "index") in result.stderr
    assert 1 == result.stderr.count("\n")


def test_export_names_a_file_that_cannot_be_written(filled: CommandLine, tmp_path: Path) -> None:
    result = filled.run("export", "--output", str(tmp_path / "none" / "x"), code=1)

    assert "tintuc: " + str(tmp_path / "none" / "x") in result.stderr


def test_an_index_of_another_analyzer_is_refused(filled: CommandLine) -> None:
    (filled.home / "index" / "whoosh" / "analyzer.txt").write_text("vi0")

    assert "tintuc index --rebuild" in filled.run("search", "đoàn", code=1).stderr


def test_what_is_exported_can_be_imported_elsewhere(filled: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    filled.run("export", "--output", str(file))
    copy = type(filled)(tmp_path / "copy")

    assert copy.json("import", str(file))["new"] == 3
    assert filled.json("import", str(file))["unchanged"] == 3
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {"a-1", "a-2"} < {line["id"] for line in lines}


def test_search_says_what_else_it_looked_for_unless_told_not_to(filled: CommandLine) -> None:
    assert "Tìm cả: ĐTN = Đoàn Thanh niên" in filled.run("search", "ĐTN").stdout
    assert "Tìm cả" not in filled.run("search", "ĐTN", "--abbreviations", "off").stdout
    assert [] == filled.json("search", "ĐTN", "--abbreviations", "off")["results"]
