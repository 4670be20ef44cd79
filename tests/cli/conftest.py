"""A home folder with a few invented articles, and the command line to ask about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from patience import ENVIRONMENT
from tintuc_search.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LINES = [
    {
        "id": "a-1",
        "title": "Hội nghị bàn về cải cách hành chính ở Bình Lâm",
        "lead": "Ông Đinh Khắc Vỹ chủ trì hội nghị sáng 12/3.",
        "body": "Hội nghị bàn cách rút ngắn thời gian trả hồ sơ.\nĐại biểu đề nghị bỏ ba loại giấy tờ.",
        "published_at": "2021-03-12T08:00:00+07:00",
        "authors": ["Hà Vân"],
        "source": "Báo Lâm Hải",
        "section": "Chính trị",
    },
    {
        "id": "a-2",
        "title": "Thanh tra đất đai tại Sơn Giang",
        "body": "Đoàn thanh tra làm việc hai tuần tại thành phố Giang Bình.",
        "published_at": "2019-05-02",
        "authors": ["Lưu Bách", "Minh Khôi"],
        "source": "Thời Sự Online",
    },
    {"title": "Đoàn thanh niên hoà nhịp cùng chuyển đổi số", "body": "Mùa hè này có 40 tổ."},
]


@dataclass
class CommandLine:
    """Runs commands over one home folder."""

    home: Path

    def run(self, *arguments: str, code: int = 0, given: str | None = None) -> Result:
        """The command's result; fails the test where it ends with another code."""
        command = ["--home", str(self.home), *arguments]
        result = CliRunner(env=ENVIRONMENT).invoke(
            main, command, input=given, catch_exceptions=False
        )
        assert code == result.exit_code, result.output
        return result

    def json(self, *arguments: str, code: int = 0) -> Any:
        """What a command writes to standard output, which must be one JSON document."""
        return json.loads(self.run(*arguments, "--json", code=code).stdout)


@pytest.fixture
def tintuc(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "home")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES), "utf-8")
    return path


@pytest.fixture
def filled(tintuc: CommandLine, dump: Path) -> CommandLine:
    tintuc.run("import", str(dump))
    tintuc.run("index")
    return tintuc
