"""``tintuc reprints`` over a small archive with one report printed twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import CommandLine

BODY = [
    "Sáng nay, Hội đồng nhân dân tỉnh Lâm Hải khai mạc kỳ họp giữa năm để bàn về ngân sách và đầu tư công.",
    "Ông Đinh Khắc Vỹ nói rằng các xã miền núi cần thêm tiền làm đường, xây trường và sửa trạm y tế đã cũ.",
    "Nhiều đại biểu đồng tình, nhưng đề nghị ủy ban công khai danh mục dự án trước khi biểu quyết.",
]
ADDED = "Kỳ họp được truyền hình trực tiếp để cử tri theo dõi qua tổng đài của tỉnh."


@pytest.fixture
def reprinted(tintuc: CommandLine, tmp_path: Path) -> CommandLine:
    lines = [
        {
            "id": "som",
            "title": "Khai mạc kỳ họp",
            "body": "\n".join(BODY),
            "published_at": "2021-03-01",
        },
        {
            "id": "muon",
            "title": "Bàn ngân sách",
            "body": "\n".join([*BODY, ADDED]),
            "published_at": "2021-03-02",
        },
        {"id": "khac", "title": "Tin khác", "body": ADDED, "published_at": "2021-03-03"},
    ]
    path = tmp_path / "reprints.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    tintuc.run("import", str(path))
    tintuc.run("index")
    return tintuc


def test_all_clusters_are_listed(reprinted: CommandLine) -> None:
    (cluster,) = reprinted.json("reprints")
    (copy,) = cluster["copies"]
    lines = reprinted.run("reprints").stdout.splitlines()

    assert ("som", "muon", 1.0) == (cluster["original"], copy["id"], copy["of_original"])
    assert 0.7 < copy["share"] < 0.9
    assert ["som", f"  muon  {copy['share']:.0%} of it, 100% of the original"] == lines


def test_the_copies_of_one_are_shown_with_what_differs(reprinted: CommandLine) -> None:
    found = reprinted.json("reprints", "muon")
    (other,) = found["reprints"]

    assert ("muon", "som") == (found["id"], found["original"])
    assert ("som", True, 1.0) == (other["id"], other["original"], other["share"])
    assert ([ADDED], []) == (other["only_here"], other["only_there"])
    assert f"- {ADDED}" in reprinted.run("reprints", "muon").stdout


def test_an_article_without_copies_says_so(reprinted: CommandLine) -> None:
    assert {"id": "khac", "original": None, "reprints": []} == reprinted.json("reprints", "khac")
    assert "no other article" in reprinted.run("reprints", "khac").stdout


def test_an_unknown_article_is_named(reprinted: CommandLine) -> None:
    assert "there is no article nope" in reprinted.run("reprints", "nope", code=1).output


def test_a_removed_article_leaves_its_cluster(reprinted: CommandLine) -> None:
    reprinted.run("remove", "som")

    assert [] == reprinted.json("reprints")


def test_an_index_made_before_there_were_reprints_gets_them(reprinted: CommandLine) -> None:
    for path in (reprinted.home / "index").rglob("reprints.sqlite*"):
        path.unlink()
    reprinted.run("index")

    assert 1 == len(reprinted.json("reprints"))
