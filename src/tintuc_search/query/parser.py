"""Reads the text of a query into a syntax tree; never fails, says what it did not take as written.

``query := all ("OR" all)*``, ``all := item ("AND"? item)*``, ``item := "NOT"* part``,
``part := word | phrase | date | field part | "(" query ")"``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tintuc_search.article import VIETNAM
from tintuc_search.query.lexer import Kind, Lexeme, Lexer
from tintuc_search.query.problems import problem
from tintuc_search.query.tree import (
    AndNode,
    DateNode,
    FieldNode,
    Node,
    NotNode,
    OrNode,
    ParsedQuery,
    PhraseNode,
    Problem,
    WordNode,
)

MAX_WORDS = 40
MAX_DEPTH = 20
MAX_LENGTH = 2000


def parse(text: str, today: date | None = None) -> ParsedQuery:
    """Read a query; at most 2,000 characters, 40 words and 20 nested parentheses of it.

    ``today`` is the day that "hôm nay" means: the present one in Vietnam where it is not given.
    """
    lexer = Lexer(text[:MAX_LENGTH], today or datetime.now(VIETNAM).date())
    problems = lexer.problems
    lexemes = _limit_words(_balance(lexer.read(), problems), problems)
    if len(text) > MAX_LENGTH:
        problems.append(problem("tooLong", MAX_LENGTH, len(text), limit=MAX_LENGTH))
    root = _Parser(lexemes, problems).query()
    return ParsedQuery(text, root, tuple(sorted(problems, key=lambda p: (p.start, p.end))))


def _balance(lexemes: list[Lexeme], problems: list[Problem]) -> list[Lexeme]:
    """Drop parentheses without a partner and pairs nested too deep."""
    open_at: list[int] = []
    dropped: set[int] = set()
    deep: list[Lexeme] = []
    for index, lexeme in enumerate(lexemes):
        if lexeme.kind is Kind.OPEN:
            open_at.append(index)
        elif lexeme.kind is Kind.CLOSE:
            if not open_at:
                dropped.add(index)
                problems.append(problem("unclosedGroup", lexeme.start, lexeme.end))
                continue
            opened = open_at.pop()
            if len(open_at) >= MAX_DEPTH:
                dropped |= {opened, index}
                deep.append(lexemes[opened])
    for index in open_at:
        dropped.add(index)
        problems.append(problem("unclosedGroup", lexemes[index].start, lexemes[index].end))
    if deep:
        start, end = min(d.start for d in deep), max(d.end for d in deep)
        problems.append(problem("nestedTooDeep", start, end, limit=MAX_DEPTH))
    return [lexeme for index, lexeme in enumerate(lexemes) if index not in dropped]


def _limit_words(lexemes: list[Lexeme], problems: list[Problem]) -> list[Lexeme]:
    """Keep the first words, those of phrases counted, and everything that is no word."""
    left = MAX_WORDS
    kept: list[Lexeme] = []
    cut: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind not in {Kind.WORD, Kind.PHRASE}:
            kept.append(lexeme)
            continue
        typed = lexeme.text.split() if lexeme.kind is Kind.PHRASE else [lexeme.text]
        if len(typed) > left:
            cut.append(lexeme)
            if lexeme.kind is Kind.PHRASE and left:
                kept.append(replace(lexeme, text=" ".join(typed[:left]), prefix=False))
            left = 0
            continue
        left -= len(typed)
        kept.append(lexeme)
    if cut:
        problems.append(problem("tooManyWords", cut[0].start, cut[-1].end, limit=MAX_WORDS))
    return kept


@dataclass(slots=True)
class _Parser:
    """A recursive descent over balanced lexemes."""

    lexemes: list[Lexeme]
    problems: list[Problem]
    at: int = 0
    inside: list[Lexeme] = field(default_factory=list)  # the fields around the part being read

    def query(self) -> Node | None:
        """Parts joined by OR, up to the end or the closing parenthesis."""
        children: list[Node] = []
        joint: Lexeme | None = None
        while True:
            child = self._all()
            if child is None and (joint or self._is(Kind.OR)):
                self._dangling(joint or self.lexemes[self.at])
            if child is not None:
                children.extend(child.children if isinstance(child, OrNode) else (child,))
            if not self._is(Kind.OR):
                return _joined(OrNode, children)
            joint = self._take()

    def _all(self) -> Node | None:
        children: list[Node] = []
        joint: Lexeme | None = None
        while self.at < len(self.lexemes) and not self._is(Kind.OR, Kind.CLOSE):
            if self._is(Kind.AND):
                if joint or not children:
                    self._dangling(self.lexemes[self.at])
                joint = self._take()
                continue
            child = self._item()
            if child is not None:
                children.extend(child.children if isinstance(child, AndNode) else (child,))
            joint = None
        if joint and children:
            self._dangling(joint)
        return _joined(AndNode, children)

    def _item(self) -> Node | None:
        negative, sign = False, None
        while self._is(Kind.NOT):
            negative, sign = not negative, self._take()
        if sign and (self.at >= len(self.lexemes) or self._is(Kind.AND, Kind.OR, Kind.CLOSE)):
            self._dangling(sign)
            return None
        part = self._part()
        if not negative or part is None:
            return part
        return part.child if isinstance(part, NotNode) else NotNode(part)

    def _part(self) -> Node | None:
        lexeme = self._take()
        if lexeme.kind is Kind.OPEN:
            return self._group(lexeme)
        if lexeme.kind is Kind.FIELD:
            return self._field(lexeme)
        if lexeme.kind is Kind.DATE:
            return self._date(lexeme)
        if lexeme.kind is Kind.WORD:
            return WordNode(
                lexeme.text,
                lexeme.start,
                lexeme.end,
                exact=lexeme.exact,
                prefix=lexeme.prefix,
                fuzzy=lexeme.fuzzy,
            )
        if not lexeme.text:
            self.problems.append(problem("emptyPhrase", lexeme.start, lexeme.end))
            return None
        return PhraseNode(
            lexeme.text,
            lexeme.start,
            lexeme.end,
            lexeme.slop,
            exact=lexeme.exact,
            prefix=lexeme.prefix,
        )

    def _group(self, opening: Lexeme) -> Node | None:
        empty = self._is(Kind.CLOSE)
        inner = self.query()
        closing = self._take()
        if empty:
            self.problems.append(problem("emptyGroup", opening.start, closing.end))
        return inner

    def _field(self, name: Lexeme) -> Node | None:
        if self.inside:
            self.problems.append(problem("nestedField", name.start, name.end, value=name.text))
        if not self._is(Kind.WORD, Kind.PHRASE, Kind.OPEN):
            value = name.text
            self.problems.append(problem("fieldWithoutValue", name.start, name.end, value=value))
            return None
        self.inside.append(name)
        child = self._part()
        end = self.lexemes[self.at - 1].end
        self.inside.pop()
        if child is None or self.inside or name.field is None:
            return child
        return FieldNode(name.field, child, name.start, end)

    def _date(self, lexeme: Lexeme) -> Node | None:
        if self.inside:
            self.problems.append(problem("dateInField", lexeme.start, lexeme.end))
            return None
        return DateNode(lexeme.since, lexeme.until, lexeme.start, lexeme.end)

    def _is(self, *kinds: Kind) -> bool:
        return self.at < len(self.lexemes) and self.lexemes[self.at].kind in kinds

    def _take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def _dangling(self, lexeme: Lexeme) -> None:
        start, end = lexeme.start, lexeme.end
        self.problems.append(problem("danglingOperator", start, end, value=lexeme.text))


def _joined(kind: type[AndNode | OrNode], children: list[Node]) -> Node | None:
    if len(children) > 1:
        return kind(tuple(children))
    return children[0] if children else None
