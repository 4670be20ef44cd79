"""The weights in a model file of CRFsuite, read without CRFsuite.

The layout is that of ``crf1d_model.c`` and ``cqdb.c`` in CRFsuite 0.12, all numbers little-endian::

    header     "lCRF", size, "FOMC", version 100, three counts, offsets of the five parts below
    features   "FEAT", size, count; each: kind, source, target, weight (a double)
    labels     "CQDB", a head of 2,072 bytes; each: number, length, name with a zero behind
    attributes the same
    references of labels and of attributes to features: not needed here
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"lCRF"

_HEADER = Struct("<4sI4s9I")
_CHUNK = Struct("<4sII")
_FEATURE = Struct("<IIId")
_QUARK = Struct("<II")
_QUARKS_HEAD = 24 + 256 * 8
_OF_ATTRIBUTE = 0


class Weights(NamedTuple):
    """``states``: by attribute and label; ``transitions``: by label and the next label."""

    states: dict[tuple[str, str], float]
    transitions: dict[tuple[str, str], float]


def read_weights(data: bytes) -> Weights:
    """All weights of a linear-chain model. Raises ValueError or struct.error for anything else."""
    magic, _, kind, version, _, labels, attributes, *offsets = _HEADER.unpack_from(data)
    if (magic, kind, version) != (MAGIC, b"FOMC", 100):
        raise ValueError("not a CRFsuite model of version 100")
    label = dict(_quarks(data, offsets[1], labels))
    attribute = dict(_quarks(data, offsets[2], attributes))
    weights = Weights({}, {})
    for kind, source, target, weight in _features(data, offsets[0]):
        if kind == _OF_ATTRIBUTE:
            weights.states[attribute[source], label[target]] = weight
        else:
            weights.transitions[label[source], label[target]] = weight
    return weights


def _features(data: bytes, offset: int) -> Iterator[tuple[int, int, int, float]]:
    chunk, _, count = _CHUNK.unpack_from(data, offset)
    if chunk != b"FEAT":
        raise ValueError("no features where the header says")
    first = offset + _CHUNK.size
    return _FEATURE.iter_unpack(data[first : first + count * _FEATURE.size])


def _quarks(data: bytes, offset: int, count: int) -> Iterator[tuple[int, str]]:
    place = offset + _QUARKS_HEAD
    for _ in range(count):
        number, length = _QUARK.unpack_from(data, place)
        place += _QUARK.size
        yield number, data[place : place + length - 1].decode()
        place += length
