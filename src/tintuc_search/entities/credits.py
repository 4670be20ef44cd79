"""Names of those who took or made a picture, told beside it: ``Ảnh: Văn A - Văn B``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tintuc_search.entities.base import Entity

_WORD = re.compile(r"[^\s,/&]+|[,/&]")
_JOINTS = frozenset(["-", "–", "—", ",", "/", "&", "và"])
_ENDS = ".;)\n"
LONGEST = 100
"""A credit has no more letters than these; a caption may."""


class Credits:
    """Finds credits by the words that begin one."""

    def __init__(self, words: Iterable[str]) -> None:
        begun = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
        self._begin = re.compile(rf"(?<!\w)(?:{begun})(?:[ ]\w+){{0,2}}[ ]?:[ ]?", re.IGNORECASE)

    def marked(self, text: str, persons: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The same persons, those whom only credits name marked."""
        found = [(begin, _end(text, begin)) for begin in self._beginnings(text)]
        if not found:
            return persons
        return tuple(
            replace(person, is_credit=True) if _is_within(person, found) else person
            for person in persons
        )

    def _beginnings(self, text: str) -> Iterator[int]:
        """Where the names of each credit begin, behind its colon; only lines that hold one are looked at."""
        behind = 0
        while (colon := text.find(":", behind)) >= 0:
            line = text.rfind("\n", behind, colon) + 1
            if match := self._begin.search(text, max(behind, line), colon + 2):
                yield match.end()
            behind = colon + 1


def _is_within(person: Entity, spans: list[tuple[int, int]]) -> bool:
    return all(
        any(start <= mention.start and mention.end <= end for start, end in spans)
        for mention in person.mentions
    )


def _end(text: str, start: int) -> int:
    """Where the names behind a credit's colon end; ``start`` where a sentence goes on, as in a caption."""
    end = start
    for word in _WORD.finditer(text, start, start + LONGEST):
        if "\n" in text[end : word.start()] or ")" in text[end : word.start()]:
            break
        written = word[0].strip("()")
        if not (written in _JOINTS or written[:1].isupper()):
            return start
        end = word.end()
        if word[0][-1] in _ENDS:
            break
    return end
