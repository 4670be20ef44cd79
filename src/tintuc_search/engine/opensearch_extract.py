"""Fetching, of every document that is to be scored, only the terms that the query asks for.

A document's packed terms and positions are some 6 KB, two hundred of them more than matching costs to read out, send
and take apart. A script on the node picks out the terms that are asked for, and gives them in the same form.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from tintuc_search.engine.base import HasKeyword, WeightedTerm
from tintuc_search.engine.opensearch_schema import PACKED
from tintuc_search.engine.opensearch_terms import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.engine.base import SearchRequest

PICKED = "picked"
_SCRIPT = """
long at(byte[] from, int i) {
    return (from[i] & 255L) | (from[i + 1] & 255L) << 8 | (from[i + 2] & 255L) << 16
        | (from[i + 3] & 255L) << 24 | (from[i + 4] & 255L) << 32 | (from[i + 5] & 255L) << 40
        | (from[i + 6] & 255L) << 48 | (from[i + 7] & 255L) << 56;
}
int small(byte[] from, int i, int size) {
    int low = (from[i] & 255) | (from[i + 1] & 255) << 8;
    return size == 2 ? low : low | (from[i + 2] & 255) << 16 | (from[i + 3] & 255) << 24;
}
int copy(byte[] from, int i, int count, byte[] to, int j) {
    for (int k = 0; k < count; ++k) { to[j + k] = from[i + k]; }
    return j + count;
}
def packed = doc[params.field].value;
byte[] from = packed.bytes;
int start = packed.offset;
int end = start + packed.length;
List terms = params.terms;
int wanted = terms.size();
int size = (int) at(from, start + 8);
int held = (int) at(from, start + 16);
int numbers = start + 72;
int counts = numbers + 8 * held;
int places = counts + size * held;
int[] rows = new int[wanted];
int[] begins = new int[wanted];
int found = 0;
int taken = 0;
int before = 0;
int next = 0;
for (int i = 0; i < held; ++i) {
    if (next == wanted && !params.keywords) { break; }
    int count = small(from, counts + size * i, size);
    if (next < wanted) {
        long term = at(from, numbers + 8 * i);
        while (next < wanted && ((Number) terms.get(next)).longValue() < term) { ++next; }
        if (next < wanted && ((Number) terms.get(next)).longValue() == term) {
            rows[found] = i;
            begins[found] = before;
            ++found;
            taken += count;
            ++next;
        }
    }
    before += count;
}
int rest = params.keywords ? places + size * before : end;
byte[] to = new byte[72 + (8 + size) * found + size * taken + end - rest];
copy(from, start, 72, to, 0);
for (int k = 0; k < 8; ++k) { to[16 + k] = (byte) ((found >> (k < 4 ? 8 * k : 31)) & 255); }
int out = 72;
for (int i = 0; i < found; ++i) { out = copy(from, numbers + 8 * rows[i], 8, to, out); }
for (int i = 0; i < found; ++i) { out = copy(from, counts + size * rows[i], size, to, out); }
for (int i = 0; i < found; ++i) {
    int count = small(from, counts + size * rows[i], size);
    out = copy(from, places + size * begins[i], size * count, to, out);
}
copy(from, rest, end - rest, to, out);
return Base64.getEncoder().encodeToString(to);
"""
"""In Painless. Its loops may run a million times in all; the longest is as long as a document."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The ``numbers`` of the terms that scoring a request asks for, and whether it asks for keywords."""

    numbers: frozenset[int]
    keywords: bool

    def field(self) -> dict[str, Any]:
        """What picks it out of each hit, for a search's ``script_fields``."""
        params = {"field": PACKED, "terms": sorted(self.numbers), "keywords": self.keywords}
        return {PICKED: {"script": {"lang": "painless", "source": _SCRIPT, "params": params}}}


def asked(request: SearchRequest) -> Asked:
    """What scoring a request asks for."""
    found = [*_within(request.query), *_within(request.demoted), *_within(request.stretches)]
    return Asked(
        frozenset(number(each.term) for each in found if isinstance(each, WeightedTerm)),
        any(isinstance(each, HasKeyword) for each in found),
    )


def _within(node: Any) -> Iterator[WeightedTerm | HasKeyword]:
    """All terms and keywords in a node of a query, whatever its kind."""
    if isinstance(node, WeightedTerm | HasKeyword):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from _within(each)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _within(getattr(node, field.name))
