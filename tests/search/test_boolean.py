"""AND, OR, NOT and parentheses find what set algebra says, however they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.asking import ask, names
from search.collection import ARTICLES
from tintuc_search.search.base import Match

if TYPE_CHECKING:
    from tintuc_search.search.service import SearchService

WORDS = ("hội", "quốc", "ngân", "đảng", "thư", "chính", "=đang", "ruộ*", '"cử tri"', "nguồn:Báo*")
EVERYTHING = frozenset(ARTICLES)


@dataclass(frozen=True)
class Expression:
    """A query without parentheses that it does not need, and how tightly it binds: 0 OR, 1 AND, 2 alone."""

    text: str
    found: frozenset[str]
    binds: int = 2

    def within(self, binds: int) -> str:
        return self.text if self.binds >= binds else f"({self.text})"


def found(service: SearchService, text: str, match: Match = Match.ALL) -> frozenset[str]:
    return frozenset(names(ask(service, text, match=match, page_size=50)))


@st.composite
def expressions(draw: st.DrawFn, service: SearchService, depth: int = 3) -> Expression:
    kind = draw(st.sampled_from(("word", "and", "or", "not"))) if depth else "word"
    if kind == "word":
        word = draw(st.sampled_from(WORDS))
        return Expression(word, found(service, word))
    one = draw(expressions(service, depth - 1))
    if kind == "not":
        sign = draw(st.sampled_from(("-", "NOT ", "KHÔNG ")))
        inner = one.within(2)
        bare = f"({inner})" if inner.startswith("-") else inner  # "--" is a dash
        return Expression(f"{sign}{bare}", EVERYTHING - one.found)
    other = draw(expressions(service, depth - 1))
    if kind == "and":
        joint = draw(st.sampled_from((" ", " AND ", " VÀ ", " && ")))
        return Expression(
            f"{one.within(1)}{joint}{other.within(1)}", one.found & other.found, binds=1
        )
    joint = draw(st.sampled_from((" OR ", " HOẶC ", " | ", " || ")))
    return Expression(f"{one.within(0)}{joint}{other.within(0)}", one.found | other.found, binds=0)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_operators_are_set_algebra(service: SearchService, data: st.DataObject) -> None:
    expression = data.draw(expressions(service))

    assert expression.found == found(service, expression.text)


@pytest.mark.parametrize("match", list(Match))
@pytest.mark.parametrize(
    ("query", "same_as"),
    [
        ("-hội", "NOT hội"),
        ("-(hội OR đảng)", "-hội -đảng"),
        ("-(hội quốc)", "-hội OR -quốc"),
        ("-(-hội)", "NOT NOT hội"),
        ('-nguồn:"Báo Núi Hồng"', 'nguồn:(-"Báo Núi Hồng")'),
    ],
)
def test_queries_that_only_exclude_are_everything_else(
    service: SearchService, query: str, same_as: str, match: Match
) -> None:
    assert found(service, same_as, match) == found(service, query, match)
    assert EVERYTHING > found(service, query, match)


@pytest.mark.parametrize("match", list(Match))
def test_what_is_excluded_stays_out(service: SearchService, match: Match) -> None:
    with_it = found(service, "hội", Match.ALL)

    assert EVERYTHING - with_it == found(service, "-hội", match)
    assert not with_it & found(service, "đảng thư chính -hội", match)
    assert not with_it & found(service, "đảng thư chính -(hội OR đảng)", match)
