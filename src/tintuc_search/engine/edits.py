"""How many errors part one word from many others: all of them at once, column by column.

The optimal string alignment distance (Damerau 1964, as restricted by Oommen 1997): a letter added, dropped,
replaced, or two neighbours exchanged; no stretch is changed twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]


def letters_of(words: Sequence[str], width: int) -> Array:
    """The code points of words as uint32 ``[len(words), width]``, 0 behind a word's end; longer ones are cut."""
    padded = "".join(word[:width].ljust(width, "\0") for word in words)
    return np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), "<u4").reshape(-1, width)


def letter_sets(letters: Array) -> Array:
    """Which letters each row holds, a bit for each (uint32 ``[n]``); some letters share one."""
    bits = np.where(letters == 0, 0, np.uint32(1) << (letters & 31))
    sets: Array = np.bitwise_or.reduce(bits, axis=1).astype(np.uint32)
    return sets


def bits_of(sets: Array) -> Array:
    """How many bits each of ``sets`` (uint32 ``[n]``) has: pairs, fours, eights summed side by side (Warren 2002)."""
    pairs = sets - ((sets >> 1) & 0x55555555)
    fours = (pairs & 0x33333333) + ((pairs >> 2) & 0x33333333)
    counts: Array = (((fours + (fours >> 4)) & 0x0F0F0F0F) * np.uint32(0x01010101)) >> 24
    return counts


def distances(letters: Array, lengths: Array, word: str, most: int) -> Array:
    """The errors between ``word`` and each row, exact up to ``most``, anything above it beyond.

    Args:
        letters: code points, uint32 ``[n, width]``, as :func:`letters_of` makes them.
        lengths: the rows' lengths, ``[n]``, at most ``width``.
        word: what the rows are compared with.
        most: the errors beyond which a row is of no interest; cells further off the diagonal are left out.
    """
    count, width = letters.shape
    codes = [ord(char) for char in word]
    far = np.full(count, most + 1, np.uint8)
    older: list[Array] = []
    old = [np.full(count, min(j, most + 1), np.uint8) for j in range(width + 1)]
    for i, code in enumerate(codes, start=1):
        new = [far] * (width + 1)
        new[0] = np.full(count, min(i, most + 1), np.uint8)
        for j in range(max(1, i - most), min(width, i + most) + 1):
            other = letters[:, j - 1] != code
            best = np.minimum(old[j - 1] + other, np.minimum(old[j], new[j - 1]) + 1)
            if i > 1 and j > 1:
                swapped = (letters[:, j - 1] == codes[i - 2]) & (letters[:, j - 2] == code)
                best = np.where(swapped, np.minimum(best, older[j - 2] + 1), best)
            new[j] = best
        older, old = old, new
    return np.stack(old)[lengths, np.arange(count)]
