"""Articles on the same matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.asking import ask, names

if TYPE_CHECKING:
    from tintuc_search.search.service import SearchService


def related(service: SearchService, query: str, limit: int = 5) -> list[str]:
    """The names of the articles related to the first that a query finds."""
    first = ask(service, query).hits[0]
    found = service.related(first.stored.id, limit)
    assert found is not None
    return [str(hit.stored.article.url).rsplit("/", 1)[-1] for hit in found]


def test_those_on_the_same_matter_come_first(service: SearchService) -> None:
    found = related(service, '"Chính phủ họp phiên thường kỳ"')

    assert "quoc-hoi" == found[0]
    assert "khong-dau" not in found


def test_the_article_itself_is_left_out(service: SearchService) -> None:
    for name in ("quoc-hoi", "tong-ket", "dai"):
        first = next(h for h in ask(service).hits if str(h.stored.article.url).endswith(name))
        found = service.related(first.stored.id)

        assert found is not None
        assert first.stored.id not in [hit.stored.id for hit in found]


def test_there_are_no_more_than_asked_for_and_the_best_first(service: SearchService) -> None:
    assert len(related(service, "quốc hội", 1)) <= 1
    first = ask(service, "quốc hội").hits[0]
    found = service.related(first.stored.id) or ()

    assert found
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_no_article_has_no_related_ones(service: SearchService) -> None:
    assert service.related("không có") is None
    assert names(ask(service, "quốc hội"))
