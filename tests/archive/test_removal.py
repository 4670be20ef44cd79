"""What was taken down is gone from the files, not only from the answers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming, RawPage
from tintuc_search.article import Article

if TYPE_CHECKING:
    from pathlib import Path


def marked(number: int, version: int, length: int) -> Incoming:
    """An article that says its own number all over."""
    mark = f"@{number}@"
    text = tuple(f"Đoạn {mark} phiên bản {version}." for _ in range(length))
    article = Article(
        f"Tin {mark}",
        url=f"https://baolamhai.example/{mark}.htm",
        paragraphs=text,
        source=f"Báo {mark}",
        section=mark,
    )
    # Incompressible, so that the mark stays readable in the stored page.
    return Incoming(article, f"{mark}.txt", RawPage(random.Random(number).randbytes(length * 50)))  # noqa: S311


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_a_removed_article_is_gone_from_every_file(tmp_path: Path) -> None:
    """Small and large texts: whole in one page of the file, over many, moved when pages were split."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.sqlite'}")
    lengths = [1 + number * 7 % 120 for number in range(400)]
    ids = {}
    for version in (1, 2):
        for start in range(0, 400, 37):
            numbers = range(start, min(start + 37, 400))
            batch = [marked(number, version, lengths[number]) for number in numbers]
            for number, (article_id, _) in zip(numbers, archive.put(batch), strict=True):
                ids[number] = article_id
    assert b"@3@" in files(tmp_path)

    gone = range(3, 400, 3)
    for number in gone:
        archive.remove(ids[number], "theo yêu cầu")

    left = files(tmp_path)
    assert [] == [number for number in gone if f"@{number}@".encode() in left]
    pages = [random.Random(number).randbytes(40) for number in gone]  # noqa: S311
    assert not any(page in left for page in pages)
    assert b"@1@" in left
    assert archive.check() is None
    archive.close()


def test_a_reader_that_is_open_does_not_keep_removed_text(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'archive.sqlite'}"
    archive, reader = open_archive(url), open_archive(url)
    [(article_id, _)] = archive.put([marked(7, 1, 50)])
    assert reader.get(article_id) is not None

    archive.remove(article_id)

    assert b"@7@" not in files(tmp_path)
    assert reader.get(article_id) is None
    reader.close()
    archive.close()
