"""Which names only the credit of a picture tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tintuc_search.entities.base import Entity, Kind, Mention
from tintuc_search.entities.credits import Credits

CREDITS = Credits(["ảnh", "đồ họa", "nguồn ảnh"])


def marked(text: str, *names: str) -> list[str]:
    """The names that are marked, each as it first stands in the text."""
    at = [(text.index(name), name) for name in names]
    persons = tuple(Entity(Kind.PERSON, n, (Mention(i, i + len(n)),)) for i, n in at)
    return [person.name for person in CREDITS.marked(text, persons) if person.is_credit]


@pytest.mark.parametrize(
    "text",
    [
        "Hà Vân họp. Ảnh: An Mẫu; đồ họa: Bảo Mẫu.\nTrời mưa.",
        "Lúc 8:30 Hà Vân họp.\nẢnh: An Mẫu.\nĐồ họa: Bảo Mẫu.",
        "Hà Vân họp: ảnh tư liệu : An Mẫu. Nguồn ảnh:Bảo Mẫu",
    ],
)
def test_every_credit_is_found_whatever_colons_stand_before_it(text: str) -> None:
    assert marked(text, "Hà Vân", "An Mẫu", "Bảo Mẫu") == ["An Mẫu", "Bảo Mẫu"]


@given(
    st.lists(st.sampled_from(["ảnh", "Nguồn", "đồ họa", "8", " ", " ", ":", ".", "\n"])).map(
        "".join
    )
)
def test_looking_at_lines_with_colons_finds_what_looking_at_all_finds(text: str) -> None:
    everywhere = [match.end() for match in CREDITS._begin.finditer(text)]

    assert list(CREDITS._beginnings(text)) == everywhere
