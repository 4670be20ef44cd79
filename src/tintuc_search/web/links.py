"""Addresses: the whole state of a page is in its URL, and every control is a link that changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PAGING = frozenset({"page", "cursor"})
"""Parameters that a changed search must not keep."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that differ from the present one by some parameters.

    Args:
        path: the page that the links lead to.
        pairs: the present parameters, in order, those with empty values left out.
    """

    path: str
    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, path: str, pairs: Iterable[tuple[str, str]]) -> Links:
        """The links of a request's parameters."""
        return cls(path, tuple((name, value) for name, value in pairs if value.strip()))

    def set(self, /, **values: str | int | None) -> str:
        """With the given parameters in place of theirs, from the first page on; None drops one."""
        return self._with(self._first_page(), values)

    def here_with(self, /, **values: str | int | None) -> str:
        """With the given parameters in place of theirs, on the same page of results; None drops one."""
        return self._with(self.pairs, values)

    def add(self, name: str, value: str) -> str:
        """With one more value of a parameter, from the first page on."""
        return self._address([*self._first_page(), (name, value)])

    def drop(self, name: str, value: str) -> str:
        """Without one value of a parameter, from the first page on."""
        return self._address([pair for pair in self._first_page() if pair != (name, value)])

    def to(self, path: str) -> str:
        """Another page with all the present parameters, the page number too."""
        return Links(path, self.pairs).here()

    def here(self) -> str:
        """The present address."""
        return self._address(list(self.pairs))

    def hidden(self, *without: str) -> Iterator[tuple[str, str]]:
        """The parameters that a form must carry on, less those that it sets itself."""
        return ((name, value) for name, value in self._first_page() if name not in without)

    def values(self, name: str) -> list[str]:
        """The present values of a parameter."""
        return [value for known, value in self.pairs if known == name]

    def _with(
        self, pairs: Iterable[tuple[str, str]], values: Mapping[str, str | int | None]
    ) -> str:
        kept = [(name, value) for name, value in pairs if name not in values]
        added = [(name, str(value)) for name, value in values.items() if value is not None]
        return self._address(kept + added)

    def _first_page(self) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] not in PAGING]

    def _address(self, pairs: list[tuple[str, str]]) -> str:
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path
