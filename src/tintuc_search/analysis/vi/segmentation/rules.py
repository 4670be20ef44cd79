"""What the model gets wrong on political text, as rows of ``segmentation_rules.tsv``.

A pattern is a row of elements; ``_`` between two says one word, a space says two. Where a pattern stands in
a text with only spaces between, its words are exactly these, whatever the model says inside and at both
ends. An element is a syllable in any spelling, written with a capital where the text must have one, or a
class:

================== ==================================================================================
``<abbreviation>`` two and more letters, all capital or with dots: ``UBND``, ``T.Ư``, ``XII``
``<name>``         a Vietnamese syllable with a capital; at the end, none that begins a listed word
``<…>``            any other: the syllables that ``segmentation_classes.tsv`` gives it, as written there
================== ==================================================================================
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.analysis.tables import read_table
from tintuc_search.analysis.vi.spelling import is_syllable

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGE = "tintuc_search.analysis.vi"
RULES, CLASSES = "segmentation_rules.tsv", "segmentation_classes.tsv"
ABBREVIATION, NAME = "<abbreviation>", "<name>"

_ELEMENT = re.compile(r"<[^>]+>|[^ _]+")


class Rule(NamedTuple):
    """``joints[i]``: whether element i belongs to the word of the one before it; the first never does."""

    elements: tuple[str, ...]
    joints: tuple[bool, ...]


class Rules:
    """All rules, found by the element that they begin with."""

    def __init__(self, respell: Callable[[str], str]) -> None:
        self._beginning: dict[str, list[Rule]] = {}
        for pattern, _ in read_table(PACKAGE, RULES):
            rule = _parse(pattern, respell)
            self._beginning.setdefault(rule.elements[0], []).append(rule)
        self._classes: dict[str, set[str]] = {}
        for name, member in read_table(PACKAGE, CLASSES):
            self._classes.setdefault(member, set()).add(f"<{name}>")

    def elements(self, shape: str, small: str) -> frozenset[str]:
        """All elements that a syllable written ``shape`` is an instance of; ``small``: its respelling."""
        found = {small, *self._classes.get(shape, ())}
        if shape[0].isupper():
            found.add(small.capitalize())
        if len(shape) > 1 and (shape.isupper() or "." in shape):
            found.add(ABBREVIATION)
        elif shape.istitle() and is_syllable(small):
            found.add(NAME)
        return frozenset(found)

    def beginning(self, elements: frozenset[str]) -> tuple[Rule, ...]:
        """The rules that such a syllable can begin, the longest first."""
        found = [rule for element in elements for rule in self._beginning.get(element, ())]
        return tuple(sorted(found, key=lambda rule: (-len(rule.elements), rule)))


def _parse(pattern: str, respell: Callable[[str], str]) -> Rule:
    elements = [match.group() for match in _ELEMENT.finditer(pattern)]
    joints = [pattern[match.start() - 1] == "_" for match in list(_ELEMENT.finditer(pattern))[1:]]
    return Rule(tuple(_spell(element, respell) for element in elements), (False, *joints))


def _spell(element: str, respell: Callable[[str], str]) -> str:
    if element.startswith("<"):
        return element
    spelt = respell(element.lower())
    return spelt.capitalize() if element[0].isupper() else spelt
