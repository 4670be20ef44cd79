"""pyvi's model, read from the files of the installed package; its tokenizer is never imported.

The model is a linear-chain CRF with two labels: a syllable begins a word or goes on with one. With two
labels only differences count, so every weight here is a *margin*: that for going on less that for beginning.
"""

from __future__ import annotations

import pickletools
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from struct import error as StructError  # noqa: N812 - an exception under the name of a function
from typing import TYPE_CHECKING

from tintuc_search.analysis.vi.segmentation.crfsuite import MAGIC, Weights, read_weights
from tintuc_search.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

BEGINS, GOES_ON = "B_W", "I_W"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """pyvi's word list: which syllables may follow one within a word, all in small letters."""

    pairs: Mapping[str, frozenset[str]]
    triples: Mapping[str, frozenset[tuple[str, str]]]
    longer: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Model:
    """All that a label depends on.

    ``own``, ``to_next`` and ``to_previous`` hold what a small-letter syllable adds to its own margin and
    to those of its neighbours; ``flags`` the margins of the other features, under pyvi's names for them;
    ``transitions`` the weights from one label to the next.
    """

    own: Mapping[str, float]
    to_next: Mapping[str, float]
    to_previous: Mapping[str, float]
    flags: Mapping[str, float]
    transitions: Mapping[tuple[str, str], float]
    lexicon: Lexicon


@cache
def load_model() -> Model:
    """The model of the installed pyvi; some 50 ms once, 6 MB. Raises BadInput when it cannot be read."""
    folder = files("pyvi") / "models"
    weights = _read(folder / "pyvi3.pkl")
    words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    margins = {
        attribute: weights.states.get((attribute, GOES_ON), 0.0)
        - weights.states.get((attribute, BEGINS), 0.0)
        for attribute, _ in weights.states
    }
    return Model(
        own=_take(margins, "word.lower():"),
        to_next=_take(margins, "-1:word.lower():"),
        to_previous=_take(margins, "+1:word.lower():"),
        flags={name: margin for name, margin in margins.items() if name.endswith(("()", "bias"))},
        transitions=weights.transitions,
        lexicon=make_lexicon(tuple(word.split(" ")) for word in words),
    )


def make_lexicon(words: Iterable[tuple[str, ...]]) -> Lexicon:
    """The lexicon of ``words``, each a tuple of its syllables."""
    pairs: dict[str, set[str]] = {}
    triples: dict[str, set[tuple[str, str]]] = {}
    longer: set[tuple[str, ...]] = set()
    for word in words:
        match word:
            case (first, second):
                pairs.setdefault(first, set()).add(second)
            case (first, second, third):
                triples.setdefault(first, set()).add((second, third))
            case (_, _, _, _, *_):
                longer.add(word)
    return Lexicon(
        {first: frozenset(seconds) for first, seconds in pairs.items()},
        {first: frozenset(rests) for first, rests in triples.items()},
        frozenset(longer),
    )


def _read(file: Traversable) -> Weights:
    """The weights in a pickled model: its one string that is a CRFsuite file, the rest left alone.

    Unpickling would import scikit-learn and its CRF package, and write a temporary file.
    """
    try:
        strings = (value for _, value, _ in pickletools.genops(file.read_bytes()))
        model = next(
            value
            for value in strings
            if isinstance(value, str) and value.startswith(MAGIC.decode())
        )
        return read_weights(model.encode("latin-1"))
    except (OSError, StopIteration, ValueError, KeyError, StructError) as error:
        message = "the installed pyvi has no segmentation model that can be read"
        raise BadInput(message, str(file)) from error


def _take(margins: Mapping[str, float], prefix: str) -> dict[str, float]:
    """The margins of the attributes that begin with ``prefix``, by what comes behind it."""
    length = len(prefix)
    return {name[length:]: margin for name, margin in margins.items() if name.startswith(prefix)}
