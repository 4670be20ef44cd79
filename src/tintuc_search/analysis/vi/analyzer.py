"""The Vietnamese analyzer: the tokenizer and the filters of this folder, put together."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from tintuc_search.analysis.base import Tokens
from tintuc_search.analysis.memo import Memo
from tintuc_search.analysis.tables import digest_tables
from tintuc_search.analysis.vi.abbreviations import known_abbreviations
from tintuc_search.analysis.vi.dates import date_rewritings
from tintuc_search.analysis.vi.definitions import find_definitions
from tintuc_search.analysis.vi.folding import fold, is_marked
from tintuc_search.analysis.vi.keystrokes import decode
from tintuc_search.analysis.vi.marks import agrees, begins
from tintuc_search.analysis.vi.normalisation import TermMemo
from tintuc_search.analysis.vi.numerals import dotless, numeral_rewritings
from tintuc_search.analysis.vi.segmentation import Segmenter
from tintuc_search.analysis.vi.slips import confusions, slips
from tintuc_search.analysis.vi.spelling import split_tone
from tintuc_search.analysis.vi.syllables import parted, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tintuc_search.analysis.base import Abbreviation, Keystrokes, Rewriting, Word

VERSION = 3
"""To be raised with every change of code in this folder that gives some text other terms."""

KEYS = 1 << 14
"""Names whose keys are kept ready, for the press names the same ones again and again; some 4 MB."""
LONGEST_KEPT = 100
"""Characters of a name whose key is kept."""
TABLES = (
    "lookalikes.tsv",
    "onsets.tsv",
    "rimes.tsv",
    "segmentation_classes.tsv",
    "segmentation_rules.tsv",
)
"""What some text's terms depend on."""


class VietnameseAnalyzer:
    """Implements :class:`~tintuc_search.analysis.base.Analyzer`; one is enough, threads may share it.

    1. ``syllables``: cut the text into pieces with offsets.
    2. ``letters``: one form of each letter, lower case.
    3. ``spelling``: one spelling of each syllable, tones kept.
    4. ``segmentation``: on request, words of several syllables.
    5. ``folding``: on request, a term without marks.
    """

    def __init__(self) -> None:
        self._terms = TermMemo()
        self._keys = Memo(lambda name: " ".join(self.terms(name)), KEYS)
        self._segmenter = Segmenter()

    def tokens(self, text: str) -> Tokens:
        """All tokens of ``text`` in order."""
        parts = parted(text)
        ends = list(accumulate(map(len, parts)))
        written = parts[1::2]
        terms = list(map(self._terms.__getitem__, written))
        return Tokens(terms, ends[:-1:2], ends[1::2], written, parts[:-1:2])

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """``(term, start, end)`` of every token of ``text`` in order."""
        tokens = self.tokens(text)
        return zip(tokens.terms, tokens.starts, tokens.ends, strict=True)

    def terms(self, text: str) -> list[str]:
        """The term of every token of ``text`` in order."""
        return list(map(self._terms.__getitem__, pieces(text)))

    def words(self, tokens: Tokens) -> list[Word]:
        """The words of several syllables that ``tokens`` make, in order."""
        return self._segmenter.words(tokens)

    def fold(self, term: str) -> str:
        """``term`` without any mark."""
        return fold(term)

    def is_marked(self, term: str) -> bool:
        """Whether ``term`` carries any Vietnamese mark."""
        return is_marked(term)

    def split_tone(self, term: str) -> tuple[str, str]:
        """The letters of a term without its tone, and the tone."""
        return split_tone(term)

    def agrees(self, typed: str, form: str) -> bool:
        """Whether ``form`` has every mark of ``typed``, and maybe more."""
        return agrees(typed, form)

    def begins(self, typed: str, word: str) -> bool:
        """Whether ``word`` can come of what was typed by more letters and more marks."""
        return begins(typed, word)

    def keystrokes(self, term: str) -> list[Keystrokes]:
        """What ``term`` would be if it was typed in Telex or VNI with the keyboard program off."""
        return decode(term)

    def key(self, name: str) -> str:
        """The terms of ``name`` joined by single spaces."""
        return self._keys[name] if len(name) < LONGEST_KEPT else " ".join(self.terms(name))

    @property
    def abbreviations(self) -> Sequence[Abbreviation]:
        """The abbreviations of ``abbreviations.tsv``."""
        return known_abbreviations()

    def rewritings(self, terms: Sequence[str], joined: Sequence[bool]) -> Iterator[Rewriting]:
        """Other ways to write the dates, numerals and dotted abbreviations among ``terms``."""
        yield from date_rewritings(terms, joined)
        yield from numeral_rewritings(terms)
        yield from dotless(terms)

    def definitions(self, text: str) -> Iterator[tuple[str, str]]:
        """The abbreviations that ``text`` explains in brackets."""
        yield from find_definitions(text)

    def slips(self, term: str) -> Mapping[str, float]:
        """The terms that ``term`` may have been meant as, and how unlikely each slip is."""
        return slips(term)

    def confusions(self, term: str) -> Mapping[str, float]:
        """Those of them that sound much like it."""
        return confusions(term)

    @cached_property
    def fingerprint(self) -> str:
        """Version of the code, digest of the tables, version of the segmentation model."""
        return f"vi{VERSION}-{digest_tables(__package__, *TABLES)}-{self._segmenter.fingerprint}"
