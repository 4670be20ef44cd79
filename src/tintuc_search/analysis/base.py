"""What a token and an analyzer are, whatever the language."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, Protocol, overload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Token(NamedTuple):
    """One syllable (or number, abbreviation, foreign word) of a text.

    ``text[start:end]`` of the analysed text, in code points, is what the reader sees. ``term`` is the
    form that the index holds: NFC, lower case, one spelling out of those that count as equal with
    tones kept. ``position`` counts tokens from 0 in the text.
    """

    term: str
    start: int
    end: int
    position: int


class Tokens(Sequence[Token]):
    """The tokens of a text in order, held by columns: an article has six hundred, and few are looked at alone.

    ``terms``, ``starts`` and ``ends`` are those of :class:`Token`; ``written`` is each as it stands in the
    text, ``gaps`` what stands before it, as far as the token before it or the beginning of the text.
    """

    __slots__ = ("ends", "gaps", "starts", "terms", "written")

    def __init__(
        self,
        terms: list[str],
        starts: list[int],
        ends: list[int],
        written: list[str],
        gaps: list[str],
    ) -> None:
        self.terms, self.starts, self.ends = terms, starts, ends
        self.written, self.gaps = written, gaps

    def part(self, first: int, after: int) -> Tokens:
        """Those from ``first`` to before ``after``, with positions from 0; offsets and gaps as they are."""
        columns = (self.terms, self.starts, self.ends, self.written, self.gaps)
        return Tokens(*(column[first:after] for column in columns))  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self.terms, self.starts, self.ends, count())

    @overload
    def __getitem__(self, at: int) -> Token: ...

    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...

    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        """The token at a position, or those of a slice, with their positions in all."""
        if isinstance(at, slice):
            return [self[position] for position in range(*at.indices(len(self)))]
        position = range(len(self))[at]
        return Token(self.terms[position], self.starts[position], self.ends[position], position)


class Word(NamedTuple):
    """A run of two or more tokens that the segmenter took as one word.

    ``term`` joins the tokens' terms with ``_``, which no token holds: ``thanh_niên``. ``first`` is the
    position of its first token, ``length`` the number of tokens.
    """

    term: str
    first: int
    length: int


class Use(StrEnum):
    """How surely an abbreviation stands for a full form."""

    MAIN = "main"  # nearly always
    OTHER = "other"  # sometimes
    BESIDE = "beside"  # an ordinary word too; an abbreviation only beside certain words


class Abbreviation(NamedTuple):
    """An abbreviation and one of the full forms that it stands for.

    ``before`` and ``behind`` are terms that, standing next to it, tell this meaning from its others.
    """

    short: str
    full: str
    use: Use = Use.MAIN
    before: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()


Slots = tuple[tuple[str, ...], ...]
"""A row of places, each with the terms that may stand there."""


class Rewriting(NamedTuple):
    """Another way to write the terms from ``first`` to before ``last``: a number, a date, an abbreviation's dots.

    ``before`` are the terms in front of them without which it would mean something else: "12" is "XII" only
    behind "khóa". ``text`` is it as people write it; ``rule`` is ``numeral``, ``date`` or ``dotted``.
    """

    first: int
    last: int
    slots: Slots
    text: str
    rule: str
    before: tuple[str, ...] = ()


class Keystrokes(NamedTuple):
    """A term read as keys: the way of typing, the term that its keys give, whether that is telling.

    Keys directly behind the letter that they change ("dd", "oo", "uw") stand in few words of other languages; keys
    of tones end many.
    """

    method: str
    term: str
    telling: bool


class Analyzer(Protocol):
    """Turns text into tokens; all knowledge of the language sits behind this."""

    def tokens(self, text: str) -> Tokens:
        """All tokens of ``text`` in order. Cheap: loads no model."""
        ...

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """``(term, start, end)`` of every token in order."""
        ...

    def terms(self, text: str) -> Sequence[str]:
        """The term of every token in order: twice as fast, for whoever asks for nothing else."""
        ...

    def words(self, tokens: Tokens) -> Sequence[Word]:
        """The words of several syllables that ``tokens`` make, in order. Loads the segmentation model."""
        ...

    def fold(self, term: str) -> str:
        """``term`` without any mark, ``đ`` as ``d``: ``"đường"`` → ``"duong"``; keeps ``_``."""
        ...

    def is_marked(self, term: str) -> bool:
        """Whether ``term`` carries any Vietnamese mark (``đ`` counts)."""
        ...

    def split_tone(self, term: str) -> tuple[str, str]:
        """The letters of a term in NFC without its tone, and the tone: ``"đường"`` → ``"đương"`` and a grave."""
        ...

    def agrees(self, typed: str, form: str) -> bool:
        """Whether ``form`` has every mark of ``typed``, and maybe more: "quôc" and "quốc", "dang" and "đảng"."""
        ...

    def begins(self, typed: str, word: str) -> bool:
        """Whether ``word`` can come of what was typed by more letters and more marks: "quô" begins "quốc"."""
        ...

    def keystrokes(self, term: str) -> Sequence[Keystrokes]:
        """What ``term`` would be if it was typed for a keyboard program that was switched off."""
        ...

    def key(self, name: str) -> str:
        """The key under which spellings of one name are equal with tones kept.

        ``"Đảng uỷ Khối"``, ``"ĐẢNG ỦY KHỐI"`` and their NFD forms give ``"đảng ủy khối"``: the terms
        of the name's tokens joined by single spaces.
        """
        ...

    def slips(self, term: str) -> Mapping[str, float]:
        """The terms that ``term`` may have been meant as, and how unlikely each slip is (natural logarithm)."""
        ...

    def confusions(self, term: str) -> Mapping[str, float]:
        """Those of them that sound much like it, which is a word itself: ``"kỹ"`` and ``"kỷ"``."""
        ...

    @property
    def abbreviations(self) -> Sequence[Abbreviation]:
        """The abbreviations that are known whatever an archive holds."""
        ...

    def rewritings(self, terms: Sequence[str], joined: Sequence[bool]) -> Iterator[Rewriting]:
        """Other ways to write numbers and dates; ``joined[i]``: only one sign before ``terms[i]``."""
        ...

    def definitions(self, text: str) -> Iterator[tuple[str, str]]:
        """The abbreviations that ``text`` explains, "Ủy ban Kiểm tra (UBKT)": each and its full form."""
        ...

    @property
    def fingerprint(self) -> str:
        """A short string that changes whenever the same text could give other terms."""
        ...
