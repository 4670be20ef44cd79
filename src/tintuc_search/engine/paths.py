"""The likeliest ways through a row of choices: a beam search from left to right.

Of all ways that end in the same two terms only a few can be among the best in the end, so no more are kept;
and of all ways together :data:`BEAM`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tintuc_search.engine.base import Way
from tintuc_search.engine.grams import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.engine.language import Language
    from tintuc_search.engine.postings import Array

BEAM = 48


def likeliest(language: Language, choices: Sequence[Sequence[int]], most: int) -> list[Way]:
    """The likeliest ways, best first, at most ``most``.

    Args:
        language: how likely a term is behind two others.
        choices: the numbers of the terms to choose from at each place, at least one each.
        most: how many ways to return.
    """
    # Queries begin anywhere in a sentence, so what paragraphs begin with tells nothing.
    before = last = np.full(1, NOTHING, np.uint64)
    scores = np.zeros(1)
    chosen: list[tuple[Array, Array]] = []  # by place: the way it goes on from, the choice taken
    for numbers in choices:
        terms = np.array(numbers, np.uint64)
        every = scores[:, None] + np.log(language.likelihoods(before, last, terms))
        kept = _kept(every, last, most)
        origins, taken = np.divmod(kept, len(terms))
        chosen.append((origins, taken))
        before, last, scores = last[origins], terms[taken], every.ravel()[kept]
    return [
        Way(_followed(chosen, way), float(scores[way])) for way in range(min(most, len(scores)))
    ]


def _kept(every: Array, last: Array, most: int) -> Array:
    """The places in ``every`` (raveled) of the ways to go on with, best first."""
    flat = every.ravel()
    order = np.argsort(-flat, kind="stable")[: 4 * BEAM]
    origins, taken = np.divmod(order, every.shape[1])
    states = (last[origins] << np.uint64(32)) | taken.astype(np.uint64)
    by_state = np.argsort(states, kind="stable")
    grouped = states[by_state]
    places = np.arange(len(order))
    begins = np.ones(len(order), bool)
    begins[1:] = grouped[1:] != grouped[:-1]
    rank = np.empty(len(order), np.int64)
    rank[by_state] = places - np.maximum.accumulate(np.where(begins, places, 0))
    return order[rank < most][:BEAM]


def _followed(chosen: Sequence[tuple[Array, Array]], way: int) -> tuple[int, ...]:
    """Which choice a way takes at each place, read from its end."""
    taken: list[int] = []
    for origins, choices in reversed(chosen):
        taken.append(int(choices[way]))
        way = int(origins[way])
    return tuple(reversed(taken))
