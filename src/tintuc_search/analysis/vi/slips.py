"""What a misspelt word may have been meant as: slips of the ear and of the hand.

The ear confuses parts of a syllable that sound alike (``confusions.tsv``), the hand swaps two letters, leaves one out,
strikes one too many or another one, or puts another tone. A slip is taken back on the letters without the tone, which
stays where a syllable's tone belongs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from tintuc_search.analysis.tables import read_table
from tintuc_search.analysis.vi.spelling import (
    TONES,
    put_together,
    split_letters,
    split_tone,
    take_apart,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CONFUSED, TONE, SWAPPED, STRUCK = 2.0, 2.5, 2.5, 4.0
"""How unlikely each kind of slip is: a natural logarithm, chosen by hand; letters can be struck in many ways."""
LONGEST = 14
"""Letters of a word beyond which it is left alone."""
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_FOREIGN = "abcdefghijklmnopqrstuvwxyz"
_PLAIN = re.compile(f"[{_FOREIGN}]+")
_NAMES = {"hỏi": "\u0309", "ngã": "\u0303", "nặng": "\u0323"}
_TONES = ("", *sorted(TONES))


def _pairs(part: str) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, one, other in read_table(__package__, "confusions.tsv"):
        if name == part:
            found[one].append(other)
            found[other].append(one)
    return found


_ONSETS, _RIMES, _CODAS = _pairs("onset"), _pairs("rime"), _pairs("coda")
_CONFUSED_TONES = {
    _NAMES[one]: [_NAMES[other] for other in others] for one, others in _pairs("tone").items()
}


@lru_cache(maxsize=1 << 10)
def slips(term: str) -> dict[str, float]:
    """The terms that ``term`` may have been meant as, and how unlikely the slip is (natural logarithm).

    >>> slips("kỹ")["kỷ"], slips("sử")["xử"], slips("hcính")["chính"], "trump" in slips("trupm")
    (2.0, 2.0, 2.5, True)
    """
    return _cheapest(term, (*_sound_alike(term), *_struck(term)))


@lru_cache(maxsize=1 << 12)
def confusions(term: str) -> dict[str, float]:
    """Those of the slips that sound much like ``term``, such as another tone."""
    return _cheapest(term, _sound_alike(term))


def _cheapest(term: str, found: Iterable[tuple[str, float]]) -> dict[str, float]:
    costs: dict[str, float] = {}
    for meant, cost in found:
        if meant != term:
            costs[meant] = min(cost, costs.get(meant, cost))
    return costs


def _sound_alike(term: str) -> Iterator[tuple[str, float]]:
    """The syllables that a syllable may be confused with, and those of other tones."""
    parts = take_apart(term)
    if parts is None:
        return
    onset, rime, tone = parts
    changed = [(other, rime, tone) for other in _ONSETS.get(onset, ())]
    changed += [(onset, other, tone) for other in (*_RIMES.get(rime, ()), *_other_codas(rime))]
    changed += [(onset, rime, other) for other in _CONFUSED_TONES.get(tone, ())]
    yield from ((meant, CONFUSED) for each in changed if (meant := put_together(*each)))
    for other in _TONES:
        if (meant := put_together(onset, rime, other)) and other != tone:
            yield meant, TONE


def _other_codas(rime: str) -> Iterator[str]:
    for coda, others in _CODAS.items():
        if rime.endswith(coda) and (coda != "n" or not rime.endswith("ng")):
            yield from (rime[: -len(coda)] + other for other in others)


def _struck(term: str) -> Iterator[tuple[str, float]]:
    """The words that slips of the hand turn into ``term``."""
    if not 1 < len(term) <= LONGEST or not term.isalpha():
        return
    letters, tone = split_tone(term)
    plain = not tone and _PLAIN.fullmatch(letters) and split_letters(letters) is None
    alphabet = "".join(dict.fromkeys(_LETTERS + _FOREIGN)) if plain else _LETTERS
    for meant, cost in _edits(letters, alphabet):
        if plain and _PLAIN.fullmatch(meant):
            yield meant, cost
        parts = split_letters(meant)
        for other in ((tone,) if tone else _TONES) if parts else ():
            if parts and (whole := put_together(*parts, other)):
                yield whole, cost if other == tone else cost + TONE / 2


def _edits(letters: str, alphabet: str) -> Iterator[tuple[str, float]]:
    """Everything at one edit (Damerau's) from the letters."""
    cuts = [(letters[:at], letters[at:]) for at in range(len(letters) + 1)]
    for before, after in cuts:
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:], SWAPPED
        if after:
            yield before + after[1:], STRUCK
        for letter in alphabet:
            yield before + letter + after, STRUCK
            if after:
                yield before + letter + after[1:], STRUCK
