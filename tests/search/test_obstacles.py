"""What is said of a search that finds nothing: the part that is to blame, and what there is without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from search.asking import ask
from tintuc_search.engine.base import KeywordField
from tintuc_search.search.base import Match, SearchQuery

if TYPE_CHECKING:
    from typing import Any

    from tintuc_search.search.service import SearchService

SOURCE = KeywordField.SOURCE


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("quốc hội bóng", [("word", "bóng")]),
        ("quốc hội bóng đá", []),  # each alone keeps everything out
        ('"quốc hội" nguồn:"Báo Lạ"', [("filter", 'nguồn:"Báo Lạ"')]),
        ("quốc hội từ:2025", [("date", "từ:2025-01-01")]),
        ("công trình thủy lợi -xã", [("filter", "-xã")]),
        ("tiêu đề:ruộng thủy lợi", [("word", "tiêu đề:ruộng")]),
        ("qqq", []),  # without it nothing is asked for
        ("quốc hội", []),  # something was found
        ("(thủy OR lợi) (qqq OR www)", [("word", "qqq OR www")]),
    ],
)
def test_names_the_part_of_the_query(
    service: SearchService, query: str, found: list[tuple[str, str]]
) -> None:
    answer = ask(service, query, match=Match.ALL)

    assert found == [(part.kind, part.value) for part in answer.query.obstacles]


@pytest.mark.parametrize(
    ("given", "kind", "value", "parameter"),
    [
        ({"include": {SOURCE: ("Báo Lạ",)}}, "filter", "Báo Lạ", "source"),
        ({"exclude": {SOURCE: ("Báo Núi Hồng",)}}, "filter", "Báo Núi Hồng", "exclude_source"),
        ({"since": datetime(2030, 1, 1, tzinfo=UTC)}, "date", "01/01/2030 – …", "from_date"),
    ],
)
def test_names_the_parameter(
    service: SearchService, given: dict[str, Any], kind: str, value: str, parameter: str
) -> None:
    query = replace(SearchQuery("thủy lợi"), **given)
    (only,) = service.search(query).query.obstacles

    assert (kind, value, parameter) == (only.kind, only.value, only.parameter)
    assert only.without == ask(service, "thủy lợi").total


def test_one_of_several_values_is_dropped_alone(service: SearchService) -> None:
    """Two values of one field are joined by or, so neither alone keeps anything out."""
    query = SearchQuery("thủy lợi", include={SOURCE: ("Báo Lạ", "Báo Khác")})

    assert () == service.search(query).query.obstacles


def test_the_query_without_the_part_finds_what_was_promised(service: SearchService) -> None:
    query = '"Tổng Bí thư" thủy (lễ OR họp) -qqq đến:2022'
    obstacles = ask(service, query, match=Match.ALL).query.obstacles

    assert ["thủy"] == [part.value for part in obstacles]
    for part in obstacles:
        assert part.text is not None
        assert part.without == ask(service, part.text, match=Match.ALL).total
        assert "thủy" == query[part.start : part.end]


def test_the_most_harmful_part_comes_first(service: SearchService) -> None:
    """Without one word four articles, without the other one."""
    obstacles = ask(service, "ngân thủy", match=Match.ALL).query.obstacles

    assert ["thủy", "ngân"] == [part.value for part in obstacles]
    assert [part.without for part in obstacles] == sorted(
        (part.without for part in obstacles), reverse=True
    )
