"""Explanations as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.search.explanation import Branch, HitExplanation, Part, QueryExplanation

FORMS = 6
"""Forms of a word shown at most."""
KINDS = {
    "word": "",
    "phrase": "",
    "otherForms": "dạng khác của",
    "unmarked": "không dấu:",
    "compound": "từ ghép",
    "asTyped": "đúng như gõ:",
    "all": "mọi phần:",
    "any": "một trong các phần:",
    "most": "nhiều phần nhất:",
    "not": "trừ:",
    "prefer": "phần đầu phải có, các phần sau thêm điểm:",
}
FIELDS = {"title": "tiêu đề", "lead": "tóm tắt", "body": "thân bài"}


def query_lines(told: QueryExplanation) -> Iterator[str]:
    """How a query was run: each word with its forms, each other writing with its rule, the tree."""
    for token in told.tokens:
        forms = [f"{form.term} {_number(form.weight)}" for form in token.forms[:FORMS]]
        more = ["…"] if len(token.forms) > FORMS else []
        yield f"Từ {token.text}: {', '.join([*forms, *more])}"
    for each in told.alternatives:
        yield f"Cách viết khác: {each.text} = {each.other} ({each.rule}, {_number(each.weight)})"
    if told.compounds:
        yield f"Từ ghép: {', '.join(told.compounds)}"
    yield from _tree(told.tree, 0)


def hit_lines(told: HitExplanation) -> Iterator[str]:
    """What a result's score is made of, a part a line."""
    told = told.undemoted()
    yield f"Điểm {_number(told.score)}:"
    for part in told.parts:
        if part.fields:
            yield f"  {_number(part.score)}  {_named(part.kind.value, part.text)}: {_shares(part)}"
    if told.nearness:
        near = told.nearness
        for score, name in (
            (near.pairs, "từ đứng cạnh nhau"),
            (near.opening, "từ ở mở đầu bài"),
            (near.window, "các từ gần nhau"),
        ):
            if score:
                yield f"  {_number(score)}  {name}"
    if told.recency < 1.0:
        yield f"  mọi phần đã nhân với {_number(told.recency)} vì tuổi của bài"
    if told.demotion < 1.0:
        yield "  trên đây là điểm trước khi xếp bài viết không dấu sau các bài khác"


def _tree(branch: Branch, depth: int) -> Iterator[str]:
    text = branch.text
    inside = f" [{', '.join(FIELDS[name] for name in branch.fields)}]" if branch.fields else ""
    if branch.kind.value == "keyword":
        text = f"{branch.text} = {' | '.join(form.term for form in branch.forms)}"
    if text or branch.children:
        yield f"{'  ' * depth}{_named(branch.kind.value, text)}{inside}"
    for child in branch.children:
        yield from _tree(child, depth + 1)


def _named(kind: str, text: str) -> str:
    return " ".join(part for part in (KINDS.get(kind, ""), text) if part)


def _shares(part: Part) -> str:
    return " · ".join(
        f"{FIELDS[name]} {_number(score)} (×{part.frequencies[name]:g})".replace(".", ",")
        for name, score in part.fields.items()
    )


def _number(value: float) -> str:
    """Two digits behind the comma."""
    return f"{value:.2f}".replace(".", ",")
