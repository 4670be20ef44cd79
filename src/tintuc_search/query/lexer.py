"""Cuts the text of a query into lexemes: words, phrases, operators, parentheses, prefixes, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from tintuc_search.query.dates import DateReader
from tintuc_search.query.problems import problem
from tintuc_search.query.signs import Signed, read_phrase, read_word
from tintuc_search.query.words import DatePrefix, Operator, words

if TYPE_CHECKING:
    from datetime import date

    from tintuc_search.query.dates import Period
    from tintuc_search.query.tree import FieldName, Problem

QUOTES = '"“”„‟«»＂'
"""Any of these opens a phrase and any closes it: people mix them."""
LONGEST_MODEL = 4
"""Letters of a model ("MiG -21"), behind which a minus sign before a number excludes nothing."""
MAX_SLOP = 15
"""Below the gap between two paragraphs, so that no phrase runs over one."""

_SINGLE = re.compile(rf"['‘]([^'‘’{QUOTES}]+)['’](?=$|[\s()|~])")
_SLOP = re.compile(r"~([0-9]{0,9})")
_RUN = re.compile(rf"(?:\\[^\s]|(?!&&)[^\s()|{QUOTES}])+")
_NAME = re.compile(r"[^:\\]+(?=:)")
_UNKNOWN = re.compile(r"[^\W\d_]{2,}:(?=\w|$)")
_PLACES_BEFORE_MINUS = " ()|\t\n\r"


class Kind(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    DATE = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


_OPERATORS = {Operator.AND: Kind.AND, Operator.OR: Kind.OR, Operator.NOT: Kind.NOT}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query; ``text`` is a word's or phrase's own, else what was typed."""

    kind: Kind
    text: str
    start: int
    end: int
    slop: int = 0
    field: FieldName | None = None
    since: date | None = None
    until: date | None = None
    literal: bool = False  # holds a backslash, so it names nothing
    exact: bool = False
    prefix: bool = False
    fuzzy: int = 0


@dataclass(slots=True)
class Lexer:
    """Reads one query from left to right; ``today`` is what "hôm nay" means in it."""

    text: str
    today: date
    lexemes: list[Lexeme] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    at: int = 0
    _dates: DateReader = field(init=False)

    def read(self) -> list[Lexeme]:
        """All lexemes in order; what is wrong is in ``problems``."""
        self._dates = DateReader(self.text, self.today)
        capitals = not any(char.islower() for char in self.text)
        while self.at < len(self.text):
            if self.text[self.at].isspace():
                self.at += 1
            elif not (self._mark() or self._quoted()):
                self._run(capitals=capitals)
        return self.lexemes

    def _add(self, kind: Kind, end: int) -> bool:
        self.lexemes.append(Lexeme(kind, self.text[self.at : end], self.at, end))
        self.at = end
        return True

    def _add_signed(self, lexeme: Lexeme, signed: Signed) -> None:
        """Take a word or phrase, and tell what of its signs made no sense."""
        start, end = lexeme.start, lexeme.end
        self.at = end
        value = self.text[start:end]
        self.problems += [
            problem(code, start, end, value=value, **more) for code, more in signed.problems
        ]
        if signed.text or lexeme.kind is Kind.PHRASE:
            self.lexemes.append(
                replace(
                    lexeme,
                    text=signed.text,
                    exact=signed.exact,
                    prefix=signed.prefix,
                    fuzzy=signed.fuzzy,
                )
            )

    def _mark(self) -> bool:
        """Take a parenthesis, ``|``, ``&&``, or a sign directly before what it governs."""
        text, at = self.text, self.at
        char, following = text[at], text[at + 1 : at + 2]
        if char in "()":
            return self._add(Kind.OPEN if char == "(" else Kind.CLOSE, at + 1)
        if char == "|":
            return self._add(Kind.OR, at + (2 if following == "|" else 1))
        if text.startswith("&&", at):
            return self._add(Kind.AND, at + 2)
        free = at == 0 or text[at - 1] in _PLACES_BEFORE_MINUS
        if char in "-+" and free and following.strip() and following not in ("-", "+", ")", "|"):
            if char == "-" and not (following.isdecimal() and self._model()):
                return self._add(Kind.NOT, at + 1)
            self.at += 1  # every word must match as it is
            return True
        return False

    def _model(self) -> bool:
        """Whether the word before is a model's letters, of which the number is parted: "S -400", "MiG -21"."""
        before = self.lexemes[-1] if self.lexemes else None
        if before is None or before.kind is not Kind.WORD or len(before.text) > LONGEST_MODEL:
            return False
        capitals = sum(char.isupper() for char in before.text)
        return capitals > 1 or before.text.isupper()

    def _quoted(self) -> bool:
        """Take a phrase, with ``=`` before it too; a mark that is never closed is left out."""
        text, at = self.text, self.at + self.text.startswith("=", self.at)
        if text.startswith(("'", "‘"), at):
            found = _SINGLE.match(text, at)
            if found is None or not (at == 0 or text[at - 1] in " (:|-="):
                return False
            return self._phrase(found[1], found.end(), exact=at > self.at)
        if not text.startswith(tuple(QUOTES), at):
            return False
        end = next((i for i in range(at + 1, len(text)) if text[i] in QUOTES), None)
        if end is None:
            self.problems.append(problem("unclosedQuote", at, at + 1))
            self.at = at + 1
            return True
        return self._phrase(text[at + 1 : end], end + 1, exact=at > self.at)

    def _phrase(self, inner: str, end: int, *, exact: bool) -> bool:
        slop, found = 0, _SLOP.match(self.text, end)
        if found:
            slop, end = int(found[1] or 0), found.end()
        if slop > MAX_SLOP:
            self.problems.append(problem("proximityTooLarge", self.at, end, limit=MAX_SLOP))
        phrase = Lexeme(Kind.PHRASE, inner, self.at, end, min(slop, MAX_SLOP))
        self._add_signed(phrase, read_phrase(inner, exact=exact))
        return True

    def _run(self, *, capitals: bool) -> None:
        """Take a word, an operator written as a word, or a prefix with its colon."""
        found = _RUN.match(self.text, self.at)
        raw = found[0] if found else self.text[self.at]
        if self._prefix(raw):
            return
        literal = "\\" in raw
        operator = None if literal else words().operator(raw, capitals=capitals)
        end = self.at + len(raw)
        if operator is not None:
            self._add(_OPERATORS[operator], end)
            return
        if not literal and _UNKNOWN.match(raw) and not self.text[end : end + 1].isspace():
            name = raw[: raw.index(":") + 1]
            if len(raw) > len(name) or self.text[end : end + 1] in {*QUOTES, "("} - {""}:
                self.problems.append(problem("unknownField", self.at, end, value=name))
        self._add_signed(Lexeme(Kind.WORD, raw, self.at, end, literal=literal), read_word(raw))

    def _prefix(self, raw: str) -> bool:
        """Take a field's or date's name, whose first syllables may already stand as words before."""
        found = _NAME.match(raw)
        if found is None:
            return False
        colon = self.at + found.end()
        for taken in range(min(2, self._words_before()), -1, -1):
            start = self.lexemes[-taken].start if taken else self.at
            prefix = words().prefix(self.text[start:colon])
            if prefix is None:
                continue
            if isinstance(prefix, DatePrefix):
                return self._date(prefix, start, colon, taken)
            spaced = self.text[colon + 1 : colon + 2].isspace()
            if spaced and self._words_before() > taken:
                value = self.text[start : colon + 1]
                self.problems.append(problem("fieldAsWord", start, colon + 1, value=value))
                return False
            del self.lexemes[len(self.lexemes) - taken :]
            name = self.text[start : colon + 1]
            self.lexemes.append(Lexeme(Kind.FIELD, name, start, colon + 1, field=prefix))
            self.at = colon + 1
            return True
        return False

    def _words_before(self) -> int:
        """How many of the last lexemes are plain words that could belong to a name."""
        count = 0
        for lexeme in reversed(self.lexemes):
            if lexeme.kind is not Kind.WORD or lexeme.literal:
                break
            count += 1
        return count

    def _date(self, prefix: DatePrefix, start: int, colon: int, taken: int) -> bool:
        begin = colon + 1 + len(self.text[colon + 1 :]) - len(self.text[colon + 1 :].lstrip())
        period = self._period(begin)
        if period is None and begin > colon + 1 and self._words_before() > taken:
            return False  # "Mỗi ngày: …" is a sentence, not a date
        del self.lexemes[len(self.lexemes) - taken :]
        run = _RUN.match(self.text, begin)
        end = period.end if period else run.end() if run else colon + 1
        typed = self.text[start:end]
        self.at = end
        if period is None:
            self.problems.append(problem("badDate", start, end, value=typed))
            return True
        if period.turned:
            self.problems.append(problem("reversedDates", start, end, value=typed))
        since = None if prefix is DatePrefix.TO and not period.ranged else period.since
        until = None if prefix is DatePrefix.FROM and not period.ranged else period.until
        self.lexemes.append(Lexeme(Kind.DATE, typed, start, end, since=since, until=until))
        return True

    def _period(self, begin: int) -> Period | None:
        """The date at ``begin``, between quotation marks or parentheses too."""
        opening = self.text[begin : begin + 1]
        closing = QUOTES if opening and opening in QUOTES else ")" if opening == "(" else ""
        period = self._dates.read(begin + len(closing and opening))
        if period is None or not closing:
            return period
        end = period.end
        return period._replace(end=end + 1) if self.text[end : end + 1] in [*closing] else None
