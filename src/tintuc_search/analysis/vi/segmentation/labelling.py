"""Which syllables go on with the word before them: the likeliest labels under the model.

The features are those of pyvi's ``ViTokenizer.word2features``. What a syllable adds by itself is summed
once and kept, so a text costs a few additions a syllable.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.analysis.memo import Memo
from tintuc_search.analysis.vi.segmentation.model import BEGINS, GOES_ON

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tintuc_search.analysis.vi.segmentation.model import Model

CAPACITY = 1 << 16
"""Syllables kept ready; some 20 MB when full, which takes the rare names of a hundred thousand articles."""

_NO_PAIRS: frozenset[str] = frozenset()
_NO_TRIPLES: frozenset[tuple[str, str]] = frozenset()


class Syllable(NamedTuple):
    """What a syllable (or sign) adds to margins, and what follows it in listed words."""

    own: float
    to_next: float
    to_previous: float
    small: str
    pairs: frozenset[str]
    triples: frozenset[tuple[str, str]]


class Labeller:
    """Labels texts by a model; holds no state of a text, so threads may share it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._plain = Memo(lambda piece: self.syllable(piece, piece.lower()), CAPACITY)
        flag, weight = model.flags, model.transitions
        self._pair = flag["-1:word.bi_gram()"], flag["+1:word.bi_gram()"]
        self._triple = flag["-2:word.tri_gram()"], flag["+2:word.tri_gram()"]
        self._to_begin = weight[BEGINS, BEGINS], weight[GOES_ON, BEGINS]
        self._to_go_on = weight[BEGINS, GOES_ON], weight[GOES_ON, GOES_ON]

    def label(self, pieces: Iterable[str]) -> list[bool]:
        """Whether each of ``pieces``, in NFC, goes on with a word: exactly pyvi's labels for them."""
        syllables = self._plain
        return self.going_on([syllables[piece] for piece in pieces])

    def syllable(self, shape: str, small: str) -> Syllable:
        """A syllable with the capitals of ``shape`` and the letters of ``small``."""
        model, flag = self._model, self._model.flags
        title, upper = shape.istitle(), shape.isupper()
        key = small.partition("\0")[0]  # as far as CRFsuite, in C, reads a name
        own = flag["bias"] + title * flag["word.istitle()"] + upper * flag["word.isupper()"]
        after = title * flag["-1:word.istitle()"] + upper * flag["-1:word.isupper()"]
        before = title * flag["+1:word.istitle()"] + upper * flag["+1:word.isupper()"]
        return Syllable(
            own + shape.isdigit() * flag["word.isdigit()"] + model.own.get(key, 0.0),
            after + model.to_next.get(key, 0.0),
            before + model.to_previous.get(key, 0.0),
            small,
            model.lexicon.pairs.get(small, _NO_PAIRS),
            model.lexicon.triples.get(small, _NO_TRIPLES),
        )

    def going_on(self, syllables: Sequence[Syllable]) -> list[bool]:
        """Viterbi's search. With two labels, one number carries it: by how much going on leads."""
        if not syllables:
            return []
        from_begin, from_go_on = self._to_begin, self._to_go_on
        to_begin_0, to_begin_1 = from_begin
        to_go_on_0, to_go_on_1 = from_go_on
        # Above these leads, the best way to the next label comes from going on.
        begin_above, go_on_above = to_begin_0 - to_begin_1, to_go_on_0 - to_go_on_1
        scores = self._scores(syllables)
        lead = scores[0]
        leads = [lead]
        for score in islice(scores, 1, None):
            lead = (
                score
                + (lead + to_go_on_1 if lead > go_on_above else to_go_on_0)
                - (lead + to_begin_1 if lead > begin_above else to_begin_0)
            )
            leads.append(lead)
        label, labels = leads.pop() > 0, []
        labels.append(label)
        for lead in reversed(leads):
            label = lead > (go_on_above if label else begin_above)
            labels.append(label)
        labels.reverse()
        return labels

    def _scores(self, syllables: Sequence[Syllable]) -> list[float]:
        """The margin of each syllable by its features, without the labels beside it."""
        pair_after, pair_before = self._pair
        scores: list[float] = []
        begun: list[int] = []
        score, pairs, carried = 0.0, _NO_PAIRS, 0.0
        for own, to_next, to_previous, small, following, triples in syllables:
            if triples:
                begun.append(len(scores))
            if small in pairs:
                scores.append(score + to_previous + pair_before)
                score = own + carried + pair_after
            else:
                scores.append(score + to_previous)
                score = own + carried
            pairs, carried = following, to_next
        scores.append(score)
        del scores[0]  # what the first syllable told of the one before it, which is none
        self._add_triples(syllables, begun, scores)
        return scores

    def _add_triples(
        self, syllables: Sequence[Syllable], begun: Iterable[int], scores: list[float]
    ) -> None:
        """Add what the listed words of three tell, that begin with one of the syllables ``begun``."""
        triple_after, triple_before = self._triple
        last = len(syllables) - 2
        for first in begun:
            if first < last:
                rest = syllables[first + 1].small, syllables[first + 2].small
                if rest in syllables[first].triples:
                    scores[first] += triple_before
                    scores[first + 2] += triple_after
