"""Strings are found in their file's bytes by number, and numbers by string."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.engine.tantivy_strings import Extent, ReadStrings, StringFile

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ODD = ["b", 'a"b', "", "\n", "đ", 'đ"b', '"', "\\", '\\"b', "ab", 'x\n"b']


@given(st.lists(st.sampled_from(ODD) | st.text(max_size=4), unique=True, max_size=12), st.data())
def test_what_was_written_is_found(
    tmp_path_factory: pytest.TempPathFactory, strings: list[str], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("strings") / "x.strings"
    written, read = StringFile(path), ReadStrings(path)
    cut = data.draw(st.integers(0, len(strings)))
    for part in (strings[:cut], strings[cut:]):
        for string in part:
            written.number(string)
        written.write()
        read.read_to(written.extent)

    assert strings == list(read) == [read[number] for number in range(len(read))]
    assert list(range(len(strings))) == [read.find(string) for string in strings]
    assert all(read.find(string) is None for string in ODD if string not in strings)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    read = ReadStrings(tmp_path / "none")
    read.read_to(Extent())

    assert [] == list(read)
    assert read.find("a") is None
