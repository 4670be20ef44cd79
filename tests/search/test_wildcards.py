"""Beginnings, similar words and exact forms: query → names of articles and marked words, over every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search.asking import ask, codes, marked, names
from search.collection import ARTICLES
from tintuc_search.query.parser import parse
from tintuc_search.search import filters
from tintuc_search.search.base import Match
from tintuc_search.search.forms import FORMS_A_QUERY
from tintuc_search.search.lookup import Lookup
from tintuc_search.search.planner import Planner

if TYPE_CHECKING:
    from tintuc_search.analysis.vi import VietnameseAnalyzer
    from tintuc_search.engine.base import Dictionary
    from tintuc_search.search.service import SearchService


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # A beginning; unmarked it begins every accented form, marked it is kept.
        ("trìn*", {"quoc-hoi", "thuy-loi"}),
        ("ruộ*", {"thuy-loi"}),
        ("ruo*", {"thuy-loi"}),
        ("ruô*", {"thuy-loi"}),  # the tone may still come
        ("ruồ*", set()),
        ("đả*", {"tong-bi-thu"}),
        ("li*", {"thuy-loi"}),  # "lí" is "lý"
        ("thuỷ lợ*", {"thuy-loi"}),
        ('"thủy lợ*"', {"thuy-loi"}),
        ('"lợi thủ*"', set()),
        ('"công lợ*"~3', {"thuy-loi"}),
        ("tiêu đề:lợ*", {"thuy-loi"}),
        ("tóm tắt:lợ*", set()),
        ("-(hộ* OR tri*)", {"tong-bi-thu"}),
        ("20*", {"dai"}),
        ("05-CT/T*", set()),
        ("chỉ thị số 05-C*", set()),  # too short: the whole word
        ("05-CT/TW*", {"chinh-phu"}),
        # Similar words: an error in the letters, wrong marks.
        ("nghij~", {"tong-ket"}),
        ("khaii~", {"quoc-hoi"}),
        ("kahi~", {"quoc-hoi"}),
        ("ruộgn~", {"thuy-loi"}),
        ("ruồng~", {"thuy-loi"}),
        ("rruồngg~", set()),
        ("rruộngg~2", {"thuy-loi"}),
        ("-ruồng~ thủy", set()),
        # This form only.
        ("=đang", {"thuy-loi"}),
        ("=quoc", {"khong-dau"}),
        ("=quốc", {"quoc-hoi", "chinh-phu"}),
        ('="quốc hội"', {"quoc-hoi"}),
        ('="quoc hoi"', {"khong-dau"}),
        ("=hoà bình", {"thuy-loi"}),  # one word, two places of the tone mark
        ("=quôc", set()),
        ("quốc -=quốc", {"khong-dau"}),
        # Names.
        ("tác giả:Trần*", {"quoc-hoi", "tong-bi-thu"}),
        ("tác giả:tran va*", {"quoc-hoi", "tong-bi-thu"}),
        ('tác giả:"Trần Văn*"', {"quoc-hoi", "tong-bi-thu"}),
        ("tác giả:(Lê* OR Trần*)", {"quoc-hoi", "tong-bi-thu", "chinh-phu"}),
        ("tác giả:Trân*", set()),
        ('nguồn:="Bao Nui Hong"', set()),
        ('nguồn:="báo núi hồng"', {"tong-bi-thu", "tong-ket", "thuy-loi"}),
        ("-nguồn:Báo*", {"khong-dau"}),
    ],
)
def test_finds(service: SearchService, query: str, found: set[str]) -> None:
    answer = ask(service, query)

    assert found == (set(names(answer)) if answer.query.relaxed is None else set())


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ruộ*", {"ruộng"}),
        ('"thủy lợ*"', {"thủy lợi"}),
        ("ruộgn~", {"ruộng"}),
        ("=đang", {"đang", "Đang"}),
        ("tổng trọ*", {"Tổng", "trọng"}),
    ],
)
def test_marks_every_form_that_was_asked_for(
    service: SearchService, query: str, words: set[str]
) -> None:
    assert words <= set(marked(ask(service, query)))


def test_a_beginning_marks_several_forms_in_one_article(service: SearchService) -> None:
    """Where a plain word marks the form that was most likely meant."""
    assert {"Lý", "lợi"} <= set(marked(ask(service, "lý* lợ*")))
    assert len({word.lower() for word in marked(ask(service, "th*"))}) > 5


def test_the_form_as_typed_ranks_first(service: SearchService) -> None:
    assert names(ask(service, "đang~"))[0] == "thuy-loi"
    assert names(ask(service, "đảng~"))[0] == "tong-bi-thu"


def test_other_words_are_read_as_without_the_sign(service: SearchService) -> None:
    assert ask(service, "tong bi th*").query.reading == "tổng bí th*"
    assert ask(service, "ngan sach ruo*").query.understood == "ngan sach ruo*"


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ("=quốc hộ* nghị~", []),
        ("tác giả:Trần~", ["noSuchValue", "noFuzzyName"]),
        ("tác giả:Xyz*", ["noSuchValue"]),
        ("c* ~ =", ["prefixTooShort", "straySign", "straySign"]),
        (" ".join(["th*"] * 40), ["tooManyForms"] * 40),
    ],
)
def test_names_problems(service: SearchService, query: str, problems: list[str]) -> None:
    assert sorted(problems) == sorted(codes(ask(service, query)))


def test_too_many_names_are_told(service: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "NAMES", 1)
    answer = ask(service, "nguồn:Báo*")

    assert ["tooManyNames"] == codes(answer)
    assert {hit.stored.article.source for hit in answer.hits} == {"Báo Núi Hồng"}


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize(
    "query", ["th*", " ".join(["th*"] * 40), "hoi hop " * 10 + "th* ch~ ng* " * 6, "hội th*"]
)
def test_the_number_of_forms_has_a_bound(
    dictionary: Dictionary, analyzer: VietnameseAnalyzer, query: str
) -> None:
    """Each form without marks of articles written without any counts once more."""
    plan = Planner(Lookup(dictionary), analyzer).plan(parse(query), Match.ALL, len(ARTICLES))
    forms = sum(len(slot) for unit in plan.units for slot in unit.slots)

    assert 0 < forms <= 2 * FORMS_A_QUERY
    assert forms <= FORMS_A_QUERY or not query.isascii()


def test_an_unknown_exact_form_is_not_rewritten(service: SearchService) -> None:
    assert ask(service, "=hổi quốc hổi").query.alternatives == ("=hổi quốc hội",)
