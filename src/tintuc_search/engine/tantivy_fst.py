"""Looking up a term's number in a Tantivy term dictionary, a finite state transducer.

The bytes are those of the Rust crate ``tantivy-fst``, a fork of ``fst`` (raw/node.rs says how a node is laid
out): a node is read backwards from its address, its last byte; the numbers along a term's way add up to the
term's number in the order of all terms of the field.
"""

from __future__ import annotations

from typing import NamedTuple

_COMMON_INPUTS = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHGW"
"""The bytes that have a number below 64 of their own, which stands in the node's last byte, from 1 on."""

_ONE_NEXT, _ONE = 0b11, 0b10  # kinds of node with one way on; all else is any number of them
_INDEXED_FROM = 32  # nodes with more ways on have a table of 256 bytes
_INDEXED_SINCE = 2  # version of the format
_END = 0  # address of the node that is final and has no way on
_FOOTER = 16  # number of terms, address of the root


class _Node(NamedTuple):
    """Where the parts of a node with any number of ways on lie, all counted from the whole's beginning."""

    final: bool
    ways: int
    inputs: int
    address_size: int
    number_size: int
    end: int
    """Where the numbers begin, the ways' in reverse order; the final one stands before them."""


class TermNumbers:
    """Maps a field's terms to their numbers.

    Args:
        data: the whole of the transducer, read as it is asked for.
    """

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._version = int.from_bytes(data[:8], "little")
        self._root = int.from_bytes(data[-8:], "little")
        if self._root != _END and self._root != len(data) - _FOOTER - 1:
            raise ValueError("a term dictionary does not end with its root")

    def get(self, term: bytes) -> int | None:
        """The term's number, None for an unknown term."""
        address, total = self._root, 0
        for byte in term:
            step = self._step(address, byte)
            if step is None:
                return None
            address, number = step
            total += number
        final = self._final_number(address)
        return None if final is None else total + final

    def _step(self, address: int, byte: int) -> tuple[int, int] | None:
        """Where a byte leads from a node, and the number on the way."""
        if address == _END:
            return None
        state = self._data[address]
        kind = state >> 6
        if kind not in {_ONE_NEXT, _ONE}:
            return self._step_any(address, byte)
        common = state & 0b111111
        at = address if common else address - 1  # one more byte names the input that is not common
        if byte != (_COMMON_INPUTS[common - 1] if common else self._data[at]):
            return None
        if kind == _ONE_NEXT:
            return at - 1, 0
        at -= 1
        address_size, number_size = divmod(self._data[at], 16)
        end = at - address_size - number_size
        return (
            self._address(at - address_size, address_size, end),
            self._number(end, number_size),
        )

    def _step_any(self, address: int, byte: int) -> tuple[int, int] | None:
        node = self._node(address)
        way = self._way(node, byte)
        if way is None:
            return None
        addresses = node.inputs - (way + 1) * node.address_size
        numbers = node.inputs - node.ways * node.address_size - (way + 1) * node.number_size
        return (
            self._address(addresses, node.address_size, node.end),
            self._number(numbers, node.number_size),
        )

    def _node(self, address: int) -> _Node:
        state = self._data[address]
        ways = state & 0b111111
        at = address - 1
        if not ways:
            ways = self._data[at]
            ways = 256 if ways == 1 else ways  # 1 would have stood in the state
            at -= 1
        address_size, number_size = divmod(self._data[at], 16)
        if self._version >= _INDEXED_SINCE and ways > _INDEXED_FROM:
            at -= 256
        inputs = at - ways
        final = bool(state & 0b1000000)
        end = inputs - ways * (address_size + number_size) - (number_size if final else 0)
        return _Node(final, ways, inputs, address_size, number_size, end)

    def _way(self, node: _Node, byte: int) -> int | None:
        """Which way on a byte takes; the inputs are in reverse order."""
        found = bytes(self._data[node.inputs : node.inputs + node.ways]).find(byte)
        return None if found < 0 else node.ways - found - 1

    def _final_number(self, address: int) -> int | None:
        """What a term that ends in a node adds to its number, None where none ends."""
        if address == _END:
            return 0
        if self._data[address] >> 6 in {_ONE_NEXT, _ONE}:
            return None
        node = self._node(address)
        return self._number(node.end, node.number_size) if node.final else None

    def _address(self, at: int, size: int, end: int) -> int:
        distance = self._number(at, size)
        return _END if distance == 0 else end - distance

    def _number(self, at: int, size: int) -> int:
        return int.from_bytes(self._data[at : at + size], "little")
