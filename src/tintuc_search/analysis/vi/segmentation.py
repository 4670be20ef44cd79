"""Runs of syllables that are one word: ``thanh niên``, ``chính phủ``.

pyvi's model (a linear-chain CRF) labels each syllable as beginning a word or going on with one. Our own
tokens are given to it in place of the syllables that pyvi would cut, so its labels need no aligning.
Loading takes 2 to 5 s and 70 MB, so nothing is loaded before the first call.
"""

from __future__ import annotations

import re
import warnings
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, cast
from unicodedata import normalize

from tintuc_search.analysis.base import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.analysis.base import Token

    class _Tagger(Protocol):
        def __call__(self, pieces: list[str]) -> list[str]: ...


LONGEST_RUN = 250
"""Tokens labelled at once: longer paragraphs are cut there, for the model's memory grows with them."""

# Lone surrogates stay out: the model's library fails on them, and they are never part of a token.
_SIGNS = re.compile(r"\.\.\.|[^\w\s\ud800-\udfff]")
_GOES_ON = "I_W"


class Segmenter:
    """Finds words of several syllables; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tagger: _Tagger | None = None

    @property
    def fingerprint(self) -> str:
        """Changes with the model."""
        return f"pyvi{version('pyvi')}"

    def words(self, text: str, tokens: Sequence[Token]) -> list[Word]:
        """The words of two and more of ``tokens``, the tokens of ``text``."""
        return [word for run in _runs(text, tokens) for word in self._words_of_run(text, run)]

    def _words_of_run(self, text: str, run: Sequence[Token]) -> Iterator[Word]:
        pieces, places = _pieces(text, run)
        labels = self._label(pieces)
        going_on = {
            places[i] for i, label in enumerate(labels) if label == _GOES_ON and i in places
        }
        first = 0
        for i in range(1, len(run) + 1):
            if i < len(run) and i in going_on and _joins(text, run[i - 1], run[i]):
                continue
            if i - first > 1:
                yield _word(run[first:i])
            first = i

    def _label(self, pieces: list[str]) -> list[str]:
        # The tagger keeps the sentence that it works on, so one thread at a time.
        with self._lock:
            if self._tagger is None:
                self._tagger = _load()
            return self._tagger(pieces)


def _load() -> _Tagger:
    with warnings.catch_warnings():
        # pyvi holds old escapes and a model pickled by an older library; neither concerns our caller.
        warnings.simplefilter("ignore")
        from pyvi.ViTokenizer import ViTokenizer  # noqa: PLC0415 - loads the model, hence late

    def tag(pieces: list[str]) -> list[str]:
        features: Any = ViTokenizer.sent2features(pieces, False)
        return cast("list[str]", list(ViTokenizer.model.predict_single(features)))

    return tag


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Tokens of one line together, at most :data:`LONGEST_RUN` of them."""
    first = 0
    for i in range(1, len(tokens) + 1):
        if (
            i == len(tokens)
            or i - first == LONGEST_RUN
            or "\n" in text[tokens[i - 1].end : tokens[i].start]
        ):
            if i - first > 1:
                yield tokens[first:i]
            first = i


def _pieces(text: str, run: Sequence[Token]) -> tuple[list[str], dict[int, int]]:
    """What the model reads: tokens as written and the signs between, and which of them is which token."""
    pieces: list[str] = []
    places: dict[int, int] = {}
    end = run[0].start
    for place, token in enumerate(run):
        if token.start > end + 1:
            pieces += _SIGNS.findall(text[end : token.start])
        places[len(pieces)] = place
        pieces.append(normalize("NFC", text[token.start : token.end]))
        end = token.end
    return pieces, places


def _joins(text: str, left: Token, right: Token) -> bool:
    """Whether two tokens may be of one word: only space between, no number, no capital after small."""
    if not text[left.end : right.start].isspace():
        return False
    before, after = text[left.start], text[right.start]
    return not (before.isdigit() or after.isdigit() or (after.isupper() and before.islower()))


def _word(tokens: Sequence[Token]) -> Word:
    return Word("_".join([token.term for token in tokens]), tokens[0].position, len(tokens))
