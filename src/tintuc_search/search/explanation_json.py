"""Explanations as the search endpoint's JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tintuc_search.engine.base import WeightedTerm
    from tintuc_search.search.explanation import Branch, HitExplanation, QueryExplanation


def query_explanation(told: QueryExplanation) -> dict[str, Any]:
    """How a query was run."""
    return {
        "tokens": [
            {
                "start": token.start,
                "end": token.end,
                "text": token.text,
                "term": token.term,
                "forms": _weighted(token.forms),
            }
            for token in told.tokens
        ],
        "alternatives": [
            {
                "start": each.start,
                "end": each.end,
                "text": each.text,
                "as": each.other,
                "rule": each.rule,
                "weight": each.weight,
            }
            for each in told.alternatives
        ],
        "compounds": list(told.compounds),
        "tree": _branch(told.tree),
    }


def hit_explanation(told: HitExplanation) -> dict[str, Any]:
    """What a result's score is made of."""
    parts = [
        {
            "kind": part.kind.value,
            "text": part.text,
            "score": part.score,
            "fields": {name.value: score for name, score in part.fields.items()},
            "frequency": {name.value: count for name, count in part.frequencies.items()},
            "rarity": part.rarity,
            "boost": part.boost,
        }
        for part in told.parts
    ]
    return {
        "score": told.score,
        "parts": parts,
        "nearness": told.nearness and asdict(told.nearness),
        "recency": told.recency,
        "demotion": told.demotion,
    }


def _branch(branch: Branch) -> dict[str, Any]:
    """A node with what it has."""
    told = {
        "text": branch.text,
        "forms": _weighted(branch.forms),
        "fields": list(branch.fields),
        "children": [_branch(child) for child in branch.children],
    }
    return {"kind": branch.kind.value} | {name: value for name, value in told.items() if value}


def _weighted(forms: Iterable[WeightedTerm]) -> list[dict[str, Any]]:
    return [{"term": form.term, "weight": form.weight} for form in forms]
