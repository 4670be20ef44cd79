# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Places of words in some documents, and what those gain by them: see ``plain/near.py``."""

cimport numpy as cnp
from libc.stdint cimport int32_t, int64_t
from libc.string cimport memmove

from tintuc_search.engine.compiled.common cimport data, empty, gallop, zeros

import numpy as np

cnp.import_array()

cdef enum:
    SHIFT = 32
    FIELDS = 3
cdef int64_t POSITION = (<int64_t>1 << SHIFT) - 1


cdef inline const int64_t* longs(cnp.ndarray array) except NULL:
    return <const int64_t*>data(array, cnp.NPY_INT64)


cdef inline int field_of(int64_t place, const int64_t* borders) noexcept nogil:
    """The column (0 title, 1 lead, 2 body) in which a place lies; ``borders`` are by row."""
    cdef int64_t row = place >> SHIFT, position = place & POSITION
    return (position >= borders[2 * row]) + (position >= borders[2 * row + 1])


def places(list occurrences, cnp.ndarray docs):
    """Where a word stands in ``docs``, in any of its forms."""
    cdef const int64_t* wanted = longs(docs)
    cdef Py_ssize_t count = cnp.PyArray_SIZE(docs)
    cdef Py_ssize_t most = 0
    cdef cnp.ndarray held_, starts_, positions_, result
    for each in occurrences:
        positions_ = each.positions
        most += cnp.PyArray_SIZE(positions_)
    result = empty(most, cnp.NPY_INT64)
    cdef int64_t* into = <int64_t*>data(result, cnp.NPY_INT64)
    cdef const int32_t* held
    cdef const int64_t* starts
    cdef const int32_t* positions
    cdef Py_ssize_t n = 0, size, at, low, begin
    cdef int64_t row, doc
    for each in occurrences:
        held_, starts_, positions_ = each.docs, each.starts, each.positions
        held = <const int32_t*>data(held_, cnp.NPY_INT32)
        starts = longs(starts_)
        positions = <const int32_t*>data(positions_, cnp.NPY_INT32)
        size = cnp.PyArray_SIZE(held_)
        begin, low = n, 0
        for row in range(count):
            doc = wanted[row]
            low = gallop(held, size, low, doc)
            if low == size:
                break
            if held[low] == doc:
                if (
                    starts[low] < 0 or starts[low + 1] > cnp.PyArray_SIZE(positions_)
                    or starts[low + 1] - starts[low] > most - n
                ):
                    raise IndexError("positions beyond those that were read")
                for at in range(starts[low], starts[low + 1]):
                    into[n] = row << SHIFT | positions[at]
                    n += 1
        if begin and n > begin:
            n = merged(into, begin, n)
    return result[:n]


cdef Py_ssize_t merged(int64_t* places, Py_ssize_t middle, Py_ssize_t end):
    """Merge two rising runs that lie one behind the other, each number once; how many there are."""
    cdef Py_ssize_t n = end - middle, first = 0, second = 0, at = 0
    cdef cnp.ndarray copy_ = empty(middle, cnp.NPY_INT64)
    cdef int64_t* copy = <int64_t*>data(copy_, cnp.NPY_INT64)
    memmove(copy, places, middle * sizeof(int64_t))
    cdef int64_t* other = places + middle
    while first < middle and second < n:  # never writes beyond what it has read of the second
        if copy[first] < other[second]:
            places[at] = copy[first]
            first += 1
        elif copy[first] > other[second]:
            places[at] = other[second]
            second += 1
        else:
            places[at] = copy[first]
            first += 1
            second += 1
        at += 1
    if first < middle:
        memmove(places + at, copy + first, (middle - first) * sizeof(int64_t))
        at += middle - first
    elif second < n:
        memmove(places + at, other + second, (n - second) * sizeof(int64_t))
        at += n - second
    return at


def pair(cnp.ndarray before, cnp.ndarray after, cnp.ndarray borders, cnp.ndarray norms, ranking):
    """Score two words that stand side by side, before their rarity."""
    cdef Py_ssize_t rows = cnp.PyArray_DIM(borders, 0)
    cdef cnp.ndarray counts_ = zeros(rows * FIELDS, cnp.NPY_INT64)
    cdef cnp.ndarray scores_ = empty(rows, cnp.NPY_DOUBLE)
    cdef int64_t* counts = <int64_t*>data(counts_, cnp.NPY_INT64)
    cdef double* scores = <double*>data(scores_, cnp.NPY_DOUBLE)
    cdef const int64_t* a = longs(before)
    cdef const int64_t* b = longs(after)
    cdef const int64_t* border = longs(borders)
    cdef const double* norm = <const double*>data(norms, cnp.NPY_DOUBLE)
    cdef Py_ssize_t n = cnp.PyArray_SIZE(before), m = cnp.PyArray_SIZE(after), i = 0, j = 0, row
    cdef int64_t following, holding = 0
    cdef double total, k1 = ranking.k1
    while i < n and j < m:
        following = a[i] + 1
        if b[j] < following:
            j += 1
        elif b[j] > following:
            i += 1
        else:
            counts[(following >> SHIFT) * FIELDS + field_of(following, border)] += 1
            i += 1
            j += 1
    for row in range(rows):
        holding += counts[3 * row] + counts[3 * row + 1] + counts[3 * row + 2] > 0
        total = counts[3 * row] * norm[3 * row] + counts[3 * row + 1] * norm[3 * row + 1]
        total = total + counts[3 * row + 2] * norm[3 * row + 2]
        scores[row] = total / (k1 + total)
    return scores_, holding


def opening(list words, list rarities, cnp.ndarray begins, cnp.ndarray lengths):
    """Score the words in what belongs to the opening, times the share of words there."""
    cdef Py_ssize_t rows = cnp.PyArray_SIZE(begins)
    cdef cnp.ndarray scores_ = zeros(rows, cnp.NPY_DOUBLE)
    cdef cnp.ndarray found_ = zeros(rows, cnp.NPY_DOUBLE)
    cdef double* scores = <double*>data(scores_, cnp.NPY_DOUBLE)
    cdef double* found = <double*>data(found_, cnp.NPY_DOUBLE)
    cdef const int64_t* begin = longs(begins)
    cdef const int64_t* early = longs(lengths)
    cdef const int64_t* at
    cdef cnp.ndarray word
    cdef double rarity, count
    cdef int64_t offset, row
    cdef Py_ssize_t i, size, which, shares = max(len(words), 1)
    for which in range(len(words)):
        word, rarity = words[which], rarities[which]
        at, size, i = longs(word), cnp.PyArray_SIZE(word), 0
        while i < size:
            row, count = at[i] >> SHIFT, 0.0
            while i < size and at[i] >> SHIFT == row:
                offset = (at[i] & POSITION) - begin[row]
                if 0 <= offset < early[row]:
                    count += 1.0
                i += 1
            if count > 0.0:
                scores[row] += rarity * count / (1.0 + count)
                found[row] += 1.0
    for row in range(rows):
        scores[row] = scores[row] * found[row] / shares
    return scores_


def window(list words, Py_ssize_t size, int64_t width):
    """The largest number of different words within a window."""
    cdef Py_ssize_t total = 0, at = 0, behind = 0
    cdef cnp.ndarray most_ = zeros(size, cnp.NPY_DOUBLE)
    cdef double* most = <double*>data(most_, cnp.NPY_DOUBLE)
    cdef cnp.ndarray word, seen_ = zeros(len(words), cnp.NPY_INT64)
    cdef int64_t* seen = <int64_t*>data(seen_, cnp.NPY_INT64)  # how often each word stands in the window
    cdef Py_ssize_t which, different = 0
    cdef int64_t row
    for word in words:
        total += cnp.PyArray_SIZE(word)
    cdef cnp.ndarray place_ = empty(total, cnp.NPY_INT64)
    cdef cnp.ndarray of_ = empty(total, cnp.NPY_INT64)
    cdef int64_t* place = <int64_t*>data(place_, cnp.NPY_INT64)
    cdef int64_t* of = <int64_t*>data(of_, cnp.NPY_INT64)
    ordered(words, place, of)
    for at in range(total):
        while place[at] - place[behind] >= width:
            seen[of[behind]] -= 1
            different -= seen[of[behind]] == 0
            behind += 1
        seen[of[at]] += 1
        different += seen[of[at]] == 1
        row = place[at] >> SHIFT
        if different > most[row]:
            most[row] = different
    return most_


cdef int ordered(list words, int64_t* place, int64_t* of) except -1:
    """All places of the words, rising, and of which word each is."""
    cdef Py_ssize_t count = len(words)
    cdef cnp.ndarray word
    cdef cnp.ndarray next_ = empty(count, cnp.NPY_INT64)
    cdef cnp.ndarray at_ = empty(count, cnp.NPY_INT64)
    cdef cnp.ndarray end_ = empty(count, cnp.NPY_INT64)
    cdef cnp.ndarray which_ = empty(count, cnp.NPY_INT64)
    cdef int64_t* next = <int64_t*>data(next_, cnp.NPY_INT64)
    cdef const int64_t** at = <const int64_t**>cnp.PyArray_DATA(at_)
    cdef const int64_t** end = <const int64_t**>cnp.PyArray_DATA(end_)
    cdef int64_t* which = <int64_t*>data(which_, cnp.NPY_INT64)
    cdef Py_ssize_t i, left = 0, least, n = 0
    for i in range(count):
        word = words[i]
        if cnp.PyArray_SIZE(word):
            at[left], which[left] = longs(word), i
            end[left], next[left] = at[left] + cnp.PyArray_SIZE(word), at[left][0]
            left += 1
    while left:
        least = 0
        for i in range(1, left):
            if next[i] < next[least]:
                least = i
        place[n], of[n] = next[least], which[least]
        n += 1
        at[least] += 1
        if at[least] < end[least]:
            next[least] = at[least][0]
        else:
            left -= 1
            at[least], end[least], next[least], which[least] = at[left], end[left], next[left], which[left]
    return 0
