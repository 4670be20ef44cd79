"""The words of a text: its tokens labelled by the model, mended by the rules."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

from tintuc_search.analysis.base import Word
from tintuc_search.analysis.vi.segmentation.labelling import Labeller
from tintuc_search.analysis.vi.segmentation.mending import (
    apply_rules,
    keep_apart,
    part_pairs,
    spans,
)
from tintuc_search.analysis.vi.segmentation.model import load_model
from tintuc_search.analysis.vi.segmentation.respelling import Respelling
from tintuc_search.analysis.vi.segmentation.rules import Rules
from tintuc_search.analysis.vi.segmentation.units import UnitReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.analysis.base import Token
    from tintuc_search.analysis.vi.segmentation.units import Unit


class Segmenter:
    """Finds words of several syllables; safe to share between threads. Loads nothing before the first."""

    def __init__(self, *, mended: bool = True) -> None:
        """``mended``: by pyvi's word list and the rules; else the words are as the model has them."""
        self._mended = mended

    @property
    def fingerprint(self) -> str:
        """Changes with the model."""
        return f"pyvi{version('pyvi')}"

    def words(self, text: str, tokens: Sequence[Token]) -> list[Word]:
        """The words of two and more of ``tokens``, the tokens of ``text``."""
        words: list[Word] = []
        for units, numbers in self._loaded.reader.lines(text, tokens):
            for first, last in self._spans(units):
                number = numbers[first]
                run = tokens[number : number + last - first]
                term = "_".join([token.term for token in run])
                words.append(Word(term, run[0].position, last - first))
        return words

    def _spans(self, units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
        loaded = self._loaded
        joined = loaded.labeller.going_on([unit.syllable for unit in units])
        keep_apart(units, joined)
        if self._mended:
            part_pairs(units, joined, loaded.longer)
            apply_rules(units, joined)
        return spans(joined)

    @cached_property
    def _loaded(self) -> _Loaded:
        return _Loaded()


class _Loaded:
    """Model, spellings and rules: two threads that come first together load them twice, at worst."""

    def __init__(self) -> None:
        plain = load_model()
        respell = Respelling(plain)
        model = respell.model(plain)
        self.longer = model.lexicon.longer
        self.labeller = Labeller(model)
        self.reader = UnitReader(self.labeller, respell, Rules(respell))
