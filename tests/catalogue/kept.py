"""Invented articles for a catalogue; every part of it, and what recognises names in them, is the real one."""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.archive.base import StoredArticle
from tintuc_search.article import Article, parse_time
from tintuc_search.catalogue.store import SqliteCatalogue
from tintuc_search.entities import Recogniser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tintuc_search.entities.base import ArticleEntities

ANALYZER = VietnameseAnalyzer()
RECOGNISER = Recogniser()
SEEN = parse_time("2024-01-01T00:00:00")


def article(number: str, text: str, day: str = "2020-05-01", revision: int = 1) -> StoredArticle:
    """An article of one paragraph."""
    assert SEEN is not None
    return StoredArticle(
        id=number,
        article=Article("Tin", paragraphs=(text,), published_at=parse_time(f"{day}T08:00:00")),
        revision=revision,
        sequence=1,
        first_seen=SEEN,
        last_seen=SEEN,
    )


ARTICLES = (
    article("1", "Ông Đặng Văn Quyến, Bí thư Đảng ủy xã Nậm Lìn, họp ở Mường Tạc.", "2018-01-05"),
    article("2", "Bí thư Đảng ủy xã Nậm Lìn Đặng Văn Quyến gặp bà Phan Thị Lụa.", "2019-03-01"),
    article(
        "3", "Thẩm phán Đặng Văn Quyến tuyên án bị cáo Trịnh Công Bách tại Hà Nội.", "2020-07-01"
    ),
    article("4", "Thẩm phán Đặng Văn Quyến xử phúc thẩm ở Hải Phòng.", "2021-02-01"),
    article("5", "UBND TP.HCM và T.Ư Đoàn ký kết. Bà Phan Thị Lụa dự.", "2021-06-01"),
    article(
        "6", "Ủy ban nhân dân Thành phố Hồ Chí Minh làm việc với Trung ương Đoàn.", "2022-01-01"
    ),
    article("7", "Tổng thống Brandt Olsen Kvist thăm Hà Nội. Ông Kvist phát biểu.", "2022-03-01"),
    article("8", "Ông Đặng Văn Quyến trồng cây.", "2022-05-01"),
)
"""Two people of one name, a body under several, a foreigner."""


def recognised(stored: StoredArticle) -> tuple[StoredArticle, ArticleEntities]:
    """An article with what it names."""
    return stored, RECOGNISER.recognise(stored.article.text)


@contextmanager
def catalogue(
    path: Path | str = ":memory:", edits: Path | None = None, at_once: int = 3
) -> Iterator[SqliteCatalogue]:
    """An empty catalogue, which settles ``at_once`` keys in one transaction: many, even of a few articles."""
    made = SqliteCatalogue(path, edits, lambda: RECOGNISER, ANALYZER, at_once=at_once)
    with closing(made):
        made.clear()
        yield made


def put(made: SqliteCatalogue, *stored: StoredArticle) -> None:
    """Keep what articles name, and settle."""
    made.apply([recognised(each) for each in stored], [])
    made.settle()


def all_of(made: SqliteCatalogue) -> list[object]:
    """All that can be read of a catalogue, entity by entity, but for the order of equals."""
    _, found = made.entities(limit=10_000)
    return sorted((made.entity(entry.id) for entry in found), key=repr)


def titles(made: SqliteCatalogue, text: str = "") -> Sequence[str]:
    """The titles of the entities found."""
    return [entry.title for entry in made.entities(text, limit=1000)[1]]


def as_text(value: object) -> str:
    """A value to be compared and shown."""
    return json.dumps(value, ensure_ascii=False, default=repr)
