"""The part of CSS selectors that publisher profiles need, matched on the cleaner's own tree.

``tag``, ``#id``, ``.class``, ``[attribute]``, ``[attribute=value]``, ``[attribute*=part]``, joined to compounds; a
space for "somewhere within", ``>`` for "child of", commas between alternatives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tintuc_search.indexer.cleaning.tree import Element, Tree

_PART = re.compile(
    r"""(?P<tag>[a-zA-Z][\w-]*|\*)|\#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"""
    r"""|\[(?P<name>[\w:-]+)(?:(?P<op>\*?=)["']?(?P<value>[^"'\]]*)["']?)?\]"""
)


@dataclass(frozen=True, slots=True)
class Compound:
    """One element's conditions; ``child`` if its left neighbour must be its parent and not any ancestor."""

    tag: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]
    child: bool = False

    def fits(self, element: Element) -> bool:
        """Whether an element meets all of them."""
        if self.tag not in ("", "*", element.name) or not self.classes.issubset(element.classes):
            return False
        return all(_attribute_fits(element, *condition) for condition in self.attributes)


def _attribute_fits(element: Element, name: str, operator: str, value: str) -> bool:
    if name not in element.attrs:
        return False
    actual = element.attrs[name]
    return not operator or (value in actual if operator == "*=" else value == actual)


@cache
def compiled(selector: str) -> tuple[tuple[Compound, ...], ...]:
    """Parse a selector into alternatives of compounds. Raises ValueError on anything beyond the supported part."""
    return tuple(_chain(alternative.strip()) for alternative in selector.split(","))


def _chain(text: str) -> tuple[Compound, ...]:
    chain: list[Compound] = []
    child = False
    for word in text.replace(">", " > ").split():
        if word == ">":
            child = True
            continue
        chain.append(_compound(word, child=child))
        child = False
    if not chain or child:
        raise ValueError(f"not a selector: {text!r}")
    return tuple(chain)


def _compound(word: str, *, child: bool) -> Compound:
    tag, classes, attributes, position = "", set(), [], 0
    while position < len(word):
        part = _PART.match(word, position)
        if part is None or (part["tag"] and position):
            raise ValueError(f"not a selector: {word!r}")
        if part["tag"]:
            tag = part["tag"].lower()
        elif part["class"]:
            classes.add(part["class"])
        elif part["id"]:
            attributes.append(("id", "=", part["id"]))
        else:
            attributes.append((part["name"], part["op"] or "", part["value"] or ""))
        position = part.end()
    return Compound(tag, frozenset(classes), tuple(attributes), child)


def select(root: Element, selector: str, *, detached: bool = False) -> list[Element]:
    """All elements within ``root`` that are meant by a selector, in document order.

    With ``detached`` also those that were taken out of the tree.
    """
    chains = compiled(selector)
    found = {
        element.order: element
        for chain in chains
        for element in _candidates(root.tree, chain[-1])
        if root.order <= element.order <= root.end
        and (detached or element.attached)
        and _chain_fits(element, chain)
    }
    return [found[order] for order in sorted(found)]


def _candidates(tree: Tree, last: Compound) -> list[Element]:
    """The elements that may meet a chain's last compound: few, where it names a class, an attribute or a tag."""
    if last.classes:
        return min((tree.classed.get(name, []) for name in last.classes), key=len)
    if last.attributes:
        return tree.having.get(last.attributes[0][0], [])
    return tree.nodes if last.tag in ("", "*") else tree.named.get(last.tag, [])


def _chain_fits(element: Element, chain: tuple[Compound, ...]) -> bool:
    if not chain[-1].fits(element):
        return False
    if len(chain) == 1:
        return True
    rest = chain[:-1]
    if chain[-1].child:
        return element.parent is not None and _chain_fits(element.parent, rest)
    return any(_chain_fits(ancestor, rest) for ancestor in element.ancestors())
