"""One spelling for the model, whichever of equal ones a text has: ``hòa bình`` is cut like ``hoà bình``.

pyvi's word list has the newer tone placement only, so in the spelling of the press the model misses these
words; and it has both ``lí do`` and ``lý do``, but weights for ``lý`` alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.segmentation.model import Lexicon, make_lexicon
from tintuc_search.analysis.vi.spelling import unify_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.analysis.vi.segmentation.model import Model

# Only these syllables have a second spelling: tones on a glide and main vowel, an open i or y.
_SPELT_TWICE = re.compile("[oòóỏõọ][aàáảãạeèéẻẽẹ]$|[uùúủũụ][yỳýỷỹỵ]|[iìíỉĩị]$|[yỳýỷỹỵ]$")


class Respelling:
    """Maps each small-letter syllable to the spelling that the model knows best."""

    def __init__(self, model: Model) -> None:
        self._known = {
            unify_spelling(syllable): syllable
            for syllable in sorted(
                filter(_SPELT_TWICE.search, _syllables(model.lexicon)),
                key=lambda syllable: (_weights(model, syllable), syllable),
            )
        }

    def __call__(self, syllable: str) -> str:
        """The spelling that the model knows best; the syllable itself where there is none."""
        if not _SPELT_TWICE.search(syllable):
            return syllable
        canonical = unify_spelling(syllable)
        return self._known.get(canonical, canonical)

    def model(self, model: Model) -> Model:
        """The model with its word list in these spellings."""
        words = (tuple(map(self, word)) for word in _words(model.lexicon))
        return replace(model, lexicon=make_lexicon(words))


def _weights(model: Model, syllable: str) -> int:
    return sum(syllable in part for part in (model.own, model.to_next, model.to_previous))


def _syllables(lexicon: Lexicon) -> set[str]:
    return {syllable for word in _words(lexicon) for syllable in word}


def _words(lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """All words of the lexicon."""
    for first, seconds in lexicon.pairs.items():
        yield from ((first, second) for second in seconds)
    for first, rests in lexicon.triples.items():
        yield from ((first, *rest) for rest in rests)
    yield from lexicon.longer
