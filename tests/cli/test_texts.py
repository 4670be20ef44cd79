"""clean, analyze, entities: one text, nothing stored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import CommandLine

BODY = (
    "Hội nghị bàn về việc rút ngắn thời gian trả hồ sơ cho người dân ở các xã miền núi của tỉnh. "
    * 3
)
PAGE = f"""<html><head><title>Hội nghị ở Bình Lâm</title></head><body><h1>Hội nghị ở Bình Lâm</h1>
<p class="date">09:49 31/05/2019</p><div class="content"><p>{BODY}</p><p>{BODY}</p></div></body></html>"""
KEYS = [
    *("url", "title", "lead", "paragraphs", "captions", "tables", "published_at", "updated_at"),
    *("authors", "origin", "source", "section"),
]


def test_clean_prints_the_article_with_every_key(tintuc: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text(PAGE, "utf-8")
    article = tintuc.json("clean", str(page))

    assert KEYS == list(article)
    assert ("Hội nghị ở Bình Lâm", 2) == (article["title"], len(article["paragraphs"]))
    assert article["published_at"] == "2019-05-31T09:49:00+07:00"
    assert "Hội nghị ở Bình Lâm" in tintuc.run("clean", str(page)).stdout


def test_clean_ends_with_3_and_one_line_for_a_page_that_is_no_article(
    tintuc: CommandLine, tmp_path: Path
) -> None:
    page = tmp_path / "list"
    page.write_text("<html><body>" + "<li><a href=/a>Tin một ngày mới</a></li>" * 80 + "</html>")
    result = tintuc.run("clean", str(page), "--json", code=3)

    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert str(page) in result.stderr


def test_clean_names_a_file_that_cannot_be_read(tintuc: CommandLine, tmp_path: Path) -> None:
    assert "nowhere" in tintuc.run("clean", str(tmp_path / "nowhere"), code=1).stderr


def test_analyze_shows_tokens_and_words(tintuc: CommandLine) -> None:
    answer = tintuc.json("analyze", "Đoàn thanh niên hoà bình")

    assert ["đoàn", "thanh", "niên", "hòa", "bình"] == [token["term"] for token in answer["tokens"]]
    assert {"term": "thanh_niên", "first": 1, "length": 2} in answer["words"]
    assert answer["tokens"][0] | {"folded": "doan", "start": 0, "end": 4} == answer["tokens"][0]


def test_entities_of_a_page(tintuc: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text(
        PAGE.replace(BODY, f"Ông Đinh Khắc Vỹ, Chủ tịch HĐND tỉnh Bình Lâm, nói. {BODY}")
    )
    found = tintuc.json("entities", str(page))

    assert ["Đinh Khắc Vỹ"] == [person["name"] for person in found["persons"]]
    assert {"persons", "organisations", "places", "documents", "roles", "quotes"} == set(found)
    assert {
        "person": "Đinh Khắc Vỹ",
        "role": "Chủ tịch HĐND tỉnh Bình Lâm",
        "former": False,
    } in found["roles"]


def test_entities_in_words_tell_offices_and_who_said_what(
    tintuc: CommandLine, tmp_path: Path
) -> None:
    page = tmp_path / "page"
    said = "Ông Đinh Khắc Vỹ, nguyên Chủ tịch HĐND tỉnh Bình Lâm, nói: “Việc này phải làm ngay”."
    page.write_text(PAGE.replace(BODY, f"{said} {BODY}"))
    shown = [
        " ".join(line.split()) for line in tintuc.run("entities", str(page)).stdout.splitlines()
    ]

    assert "role Đinh Khắc Vỹ: Chủ tịch HĐND tỉnh Bình Lâm (nguyên)" in shown
    assert "direct Đinh Khắc Vỹ: Việc này phải làm ngay" in shown


def test_entities_of_lines_come_one_a_line_in_order(tintuc: CommandLine, tmp_path: Path) -> None:
    text = "Ông Đinh Khắc Vỹ đến Hà Nội."
    file = tmp_path / "lines"
    file.write_text(
        json.dumps({"id": "x", "text": text}) + "\n" + json.dumps({"title": "Tin", "body": text}),
        "utf-8",
    )
    lines = [
        json.loads(line)
        for line in tintuc.run("entities", str(file), "--jsonl").stdout.splitlines()
    ]

    assert ["x", None] == [line.get("id") for line in lines]
    for line, whole in zip(lines, (text, f"Tin\n\n{text}"), strict=True):
        mention = line["persons"][0]["mentions"][0]
        assert whole[mention["start"] : mention["end"]] == "Đinh Khắc Vỹ"


@pytest.mark.parametrize("line", ["{", "[1]", '{"id": 1}', '{"text": 5}'])
def test_a_bad_line_of_entities_is_named(tintuc: CommandLine, tmp_path: Path, line: str) -> None:
    file = tmp_path / "lines"
    file.write_text(f'{{"text": "a"}}\n{line}\n')

    assert f"{file}:2:" in tintuc.run("entities", str(file), "--jsonl", code=1).stderr
