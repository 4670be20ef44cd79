"""Where an article stands among a page's elements: what is near it may speak of it."""

from __future__ import annotations

from dataclasses import dataclass

_FOOT = 12
_NEAR = 25
"""In elements: what belongs to the headline stands this near before it, or so near behind the text."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where an article stands among a page's elements, by their order: its headline, where its text begins and ends."""

    title: int
    start: int
    end: int

    def holds(self, order: int, *, sure: bool = False) -> bool:
        """Whether an element is near enough to the headline, or to the end, to speak of the article."""
        if sure:
            return self.title - 4 * _NEAR <= order <= self.end + 4 * _NEAR
        return self.title - _NEAR <= order <= max(self.start, self.title + _FOOT) or (
            self.end - 1 <= order <= self.end + _FOOT
        )

    def holds_byline(self, order: int) -> bool:
        """Whether an element may name the article's author: from just before the headline to just behind the text."""
        return self.title - _FOOT <= order <= self.end + _NEAR

    def distance(self, order: int) -> float:
        """How far an element is from the headline; before it counts double."""
        return float(order - self.title) if order >= self.title else (self.title - order) * 2.0
