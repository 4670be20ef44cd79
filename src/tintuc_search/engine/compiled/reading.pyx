# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Reading the positions of terms in some documents: see ``plain/reading.py``.

A file may be damaged, so where anything is read of one is checked; arrays of postings are our own.
"""

cimport numpy as cnp
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t

from tintuc_search.engine.compiled.common cimport data, empty, gallop, number_at, unsigned_data

import numpy as np

cnp.import_array()

cdef enum:
    STEP = 16
    BLOCK = 128
    FIELDS = 3
    SLOTS = 2
    LANES = 4
    WORD = 32
    WORDS_BYTES = 16

cdef int[3] SHIFTS = [19, 12, 0]
cdef uint32_t[3] LIMITS = [31, 127, 4095]


cdef inline uint32_t word_at(const uint8_t* data) noexcept nogil:
    """Four bytes, the lowest first."""
    return data[0] | <uint32_t>data[1] << 8 | <uint32_t>data[2] << 16 | <uint32_t>data[3] << 24


cdef struct Steps:
    # where one term's steps from position to position lie
    const int64_t* begins
    const int64_t* widths
    const int64_t* firsts
    const int64_t* ends
    const int64_t* after
    const int32_t* rests
    Py_ssize_t blocks, left


cdef int decoded(
    const Steps* steps, Py_ssize_t which, int64_t begin, uint32_t count,
    const uint8_t* file, Py_ssize_t size, int64_t shift, int32_t* into,
) except -1 nogil:
    """The positions of one list from ``begin`` on: their steps added up, moved by ``shift``."""
    cdef int64_t number, block, at, low, high, place, bits, width, sum = 0
    cdef uint64_t pair
    cdef uint32_t i
    for i in range(count):
        number = begin + i
        block = steps.firsts[which] + number // BLOCK
        if block < steps.ends[which]:
            if block < 0 or block >= steps.blocks:
                raise ValueError("a block of positions that is not there")
            width = steps.widths[block]
            if width:
                place = number % BLOCK
                bits = place // LANES * width
                at = steps.begins[block] + place % LANES * LANES
                low = at + bits // WORD * WORDS_BYTES
                high = at + min(bits // WORD + 1, width - 1) * WORDS_BYTES
                if at < 0 or high + 4 > size or width > WORD:  # the low word is not behind the high one
                    raise ValueError("positions beyond the end of their file")
                pair = <uint64_t>word_at(file + high) << WORD | word_at(file + low)
                sum += pair >> (bits % WORD) & ((<uint64_t>1 << width) - 1)
        else:
            at = steps.after[which] + number - (steps.ends[which] - steps.firsts[which]) * BLOCK
            if at < 0 or at >= steps.left:
                raise ValueError("a term has fewer positions than occurrences")
            sum += steps.rests[at]
        into[i] = <int32_t>(sum // SLOTS + shift)
    return 0


def read_some(terms, cnp.ndarray wanted, list files, cnp.ndarray borders):
    """Read the positions of terms in some documents."""
    return [positions_in(term, wanted, files, borders) for term in terms]


cdef tuple positions_in(known, cnp.ndarray wanted, list files, cnp.ndarray borders):
    """The same of one term."""
    postings, places = known.postings, known.places
    cdef cnp.ndarray steps_ = postings.steps, marks_ = postings.marks
    cdef cnp.ndarray table_ = postings.table, codes_ = postings.codes
    cdef cnp.ndarray sums_ = known.sums, firsts_ = known.firsts, origins_ = known.origins
    cdef cnp.ndarray begins_ = places.begins, widths_ = places.widths, rests_ = places.rests
    cdef cnp.ndarray list_firsts_ = places.firsts, list_ends_ = places.ends, after_ = places.after
    cdef const void* steps = unsigned_data(steps_)
    cdef const void* codes = unsigned_data(codes_)
    cdef int step_size = cnp.PyArray_ITEMSIZE(steps_), code_size = cnp.PyArray_ITEMSIZE(codes_)
    cdef const int32_t* marks = <const int32_t*>data(marks_, cnp.NPY_INT32)
    cdef const uint32_t* table = <const uint32_t*>data(table_, cnp.NPY_UINT32)
    cdef const uint32_t* sums = <const uint32_t*>data(sums_, cnp.NPY_UINT32)
    cdef const int64_t* firsts = <const int64_t*>data(firsts_, cnp.NPY_INT64)
    cdef const int64_t* origins = <const int64_t*>data(origins_, cnp.NPY_INT64)
    cdef const int64_t* border = <const int64_t*>data(borders, cnp.NPY_INT64)
    cdef const int32_t* docs = <const int32_t*>data(wanted, cnp.NPY_INT32)
    cdef Py_ssize_t size = cnp.PyArray_SIZE(steps_), count = cnp.PyArray_SIZE(wanted)
    cdef Py_ssize_t blocks = cnp.PyArray_SIZE(marks_), last_segment = cnp.PyArray_SIZE(firsts_) - 2
    cdef Steps lists
    lists.begins = <const int64_t*>data(begins_, cnp.NPY_INT64)
    lists.widths = <const int64_t*>data(widths_, cnp.NPY_INT64)
    lists.firsts = <const int64_t*>data(list_firsts_, cnp.NPY_INT64)
    lists.ends = <const int64_t*>data(list_ends_, cnp.NPY_INT64)
    lists.after = <const int64_t*>data(after_, cnp.NPY_INT64)
    lists.rests = <const int32_t*>data(rests_, cnp.NPY_INT32)
    lists.blocks, lists.left = cnp.PyArray_SIZE(begins_), cnp.PyArray_SIZE(rests_)

    cdef cnp.ndarray held_ = empty(count, cnp.NPY_INT32)
    cdef cnp.ndarray starts_ = empty(count + 1, cnp.NPY_INT64)
    cdef cnp.ndarray found_ = empty(4 * count, cnp.NPY_INT64)
    cdef int32_t* held = <int32_t*>data(held_, cnp.NPY_INT32)
    cdef int64_t* starts = <int64_t*>data(starts_, cnp.NPY_INT64)
    cdef int64_t* found = <int64_t*>data(found_, cnp.NPY_INT64)  # begins in title, lead, body; packed frequencies
    cdef Py_ssize_t i, n = 0, low = 0, at, end, segment = 0
    cdef int32_t doc, here
    cdef int64_t[3] before
    cdef uint32_t packed, frequency
    cdef int field
    starts[0] = 0
    for i in range(count):
        doc = docs[i]
        low = gallop(marks, blocks, low, doc) - 1  # the last mark before the document
        at = low * STEP
        end = min(at + STEP, size)
        here = marks[low]
        for field in range(FIELDS):
            before[field] = sums[low * FIELDS + field]
        while at < end:
            here += number_at(steps, step_size, at)
            if here >= doc:
                break
            packed = table[number_at(codes, code_size, at)]
            for field in range(FIELDS):
                before[field] += packed >> SHIFTS[field] & LIMITS[field]
            at += 1
        if at == end or here != doc:
            continue
        while segment < last_segment and firsts[segment + 1] <= at:
            segment += 1
        packed = table[number_at(codes, code_size, at)]
        held[n] = doc
        starts[n + 1] = starts[n]
        for field in range(FIELDS):
            found[4 * n + field] = before[field] - origins[segment * FIELDS + field]
            starts[n + 1] += packed >> SHIFTS[field] & LIMITS[field]
        found[4 * n + 3] = <int64_t>segment << 32 | packed
        n += 1

    cdef cnp.ndarray positions_ = empty(starts[n], cnp.NPY_INT32)
    cdef int32_t* positions = <int32_t*>data(positions_, cnp.NPY_INT32)
    cdef cnp.ndarray file
    cdef int64_t shift, into
    for i in range(n):
        segment = found[4 * i + 3] >> 32
        packed = <uint32_t>found[4 * i + 3]
        file = files[segment]
        into = starts[i]
        for field in range(FIELDS):
            frequency = packed >> SHIFTS[field] & LIMITS[field]
            if not frequency:
                continue
            shift = border[2 * held[i] + field - 1] if field else 0
            decoded(
                &lists, segment * FIELDS + field, found[4 * i + field], frequency,
                <const uint8_t*>data(file, cnp.NPY_UINT8), cnp.PyArray_SIZE(file), shift, positions + into,
            )
            into += frequency
    return held_[:n], starts_[: n + 1], positions_
