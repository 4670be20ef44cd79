"""A bounded memory of what was made out of strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

V = TypeVar("V")


class Memo(dict[str, V]):
    """What ``make`` gives for every string asked lately: ``memo[key]``, made when missing.

    A few thousand syllables make up nearly all text, so a look into a dictionary is the fast path of
    indexing. When ``capacity`` keys are held it starts anew: a text of endless rare names must not fill the
    memory. Threads may share it; at worst one of them makes a value twice.
    """

    def __init__(self, make: Callable[[str], V], capacity: int) -> None:
        super().__init__()
        self._make = make
        self._capacity = capacity

    def __missing__(self, key: str) -> V:
        if len(self) >= self._capacity:
            self.clear()
        value = self[key] = self._make(key)
        return value
