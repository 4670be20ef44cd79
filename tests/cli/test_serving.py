"""serve: what keeps it from starting is told in one line, before any process is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.conftest import CommandLine


def test_without_an_index_it_says_what_makes_it(tintuc: CommandLine) -> None:
    assert "`tintuc index` makes it" in tintuc.run("serve", code=1).stderr


def test_an_archive_that_cannot_be_read_is_named(filled: CommandLine) -> None:
    archive = filled.home / "archive.sqlite"
    archive.write_bytes(archive.read_bytes()[:5000])
    result = filled.run("serve", "--port", "0", code=1)

    assert result.stderr.startswith(f"tintuc: {archive}: ")
    assert 1 == result.stderr.count("\n")
