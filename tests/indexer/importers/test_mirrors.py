"""A page that states no address has the one from which wget fetched it."""

from __future__ import annotations

from pathlib import Path

import pytest

from captures import PAGES, without_address
from tintuc_search.archive.base import Incoming
from tintuc_search.indexer.importers import read
from tintuc_search.indexer.importers.mirrors import address_of

ADDRESSES = {
    "m/bao.example/a.html": "https://bao.example/a.html",
    "m/Bao.Example/tin/a.html": "https://bao.example/tin/a.html",
    "m/bao.example:8080/a.html": "https://bao.example:8080/a.html",
    "m/bao.example+8080/a.html": "https://bao.example:8080/a.html",
    "m/http/bao.example/a.html": "http://bao.example/a.html",
    "m/https/bao.example/a.html": "https://bao.example/a.html",
    "m/bao.example/index.html": "https://bao.example/",
    "m/bao.example/tin/index.html?p=2": "https://bao.example/tin/?p=2",
    "m/bao.example/tin.php?id=3&x=đ": "https://bao.example/tin.php?id=3&x=%C4%91",
    "m/bao.example/tin%20m%E1%BB%9Bi.html": "https://bao.example/tin%20m%E1%BB%9Bi.html",
    "m/bao.example/đại hội.html": "https://bao.example/%C4%91%E1%BA%A1i%20h%E1%BB%99i.html",
    "m/bao.example/\udcff.html": "https://bao.example/%FF.html",
    "m/sub.bao.com.vn/a.html": "https://sub.bao.com.vn/a.html",
    "m/a.html": None,
    "m/bao.example": None,
    "m/2021.05/a.html": None,
    "m/bai-viet.old/a.html": None,
    "m/tin_files.html/a.html": None,
    "m/-x.example/a.html": None,
    "m/tin/bao.example/a.html": None,
    "m/ftp/bao.example/a.html": None,
}


@pytest.mark.parametrize("path", sorted(ADDRESSES))
def test_the_path_of_a_mirror_is_an_address(path: str) -> None:
    assert ADDRESSES[path] == address_of(Path(path), Path("m"))


@pytest.mark.parametrize("root", ["kho/bao.example", "kho/bao.example/", "https/bao.example"])
def test_the_host_may_be_the_folder_that_was_named(root: str) -> None:
    assert "https://bao.example/tin/a" == address_of(Path(root, "tin", "a"), Path(root))


def test_the_working_folder_may_be_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bao.example").mkdir()
    monkeypatch.chdir(tmp_path / "bao.example")

    assert "https://bao.example/a" == address_of(Path("a"), Path())


def test_only_a_page_that_states_no_address_takes_it_from_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "bao.example" / "tin"
    folder.mkdir(parents=True)
    (folder / "a.html").write_bytes(without_address(PAGES[0].read_bytes()))
    (folder / "b.html").write_bytes(PAGES[1].read_bytes())
    first, second = (item for item in read([tmp_path]) if isinstance(item, Incoming))

    assert "https://bao.example/tin/a.html" == first.article.url
    assert second.article.url is not None
    assert "bao.example" not in second.article.url.split("/")
