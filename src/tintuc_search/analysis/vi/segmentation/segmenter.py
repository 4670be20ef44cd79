"""The words of a text: its tokens labelled by the model, mended by the rules."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version
from operator import attrgetter
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

    from tintuc_search.analysis.base import Tokens
    from tintuc_search.analysis.vi.segmentation.units import Unit

_SYLLABLE = attrgetter("syllable")


class Segmenter:
    """Finds words of several syllables; safe to share between threads. Loads nothing before the first."""

    def __init__(self, *, mended: bool = True) -> None:
        """``mended``: by pyvi's word list and the rules; else the words are as the model has them."""
        self._mended = mended

    @property
    def fingerprint(self) -> str:
        """Changes with the model."""
        return f"pyvi{version('pyvi')}"

    def words(self, tokens: Tokens) -> list[Word]:
        """The words of two and more of ``tokens``."""
        words: list[Word] = []
        terms = tokens.terms
        for units, numbers in self._loaded.reader.lines(tokens):
            for first, last in self._spans(units):
                begin, length = numbers[first], last - first
                words.append(Word("_".join(terms[begin : begin + length]), begin, length))
        return words

    def _spans(self, units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
        loaded = self._loaded
        joined = loaded.labeller.going_on(list(map(_SYLLABLE, units)))
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
