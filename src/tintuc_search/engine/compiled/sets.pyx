# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Documents as numbers, marks and bits, and frequencies by their kind: see ``plain/sets.py``."""

cimport numpy as cnp
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t

import numpy as np

from tintuc_search.engine.compiled.common cimport (
    bits_in, data, empty, lowest, number_at, unsigned_data, zeros
)
from tintuc_search.engine.plain import sets as plain
from tintuc_search.engine.postings import Kinds

cnp.import_array()

cdef enum:
    SMALL = 65536
    SPACE = 1048576
cdef uint32_t WIDE = 7 << 19 | 31 << 12 | 255  # the bits of packed frequencies that have room in 16

narrowed = plain.narrowed


def numbers(cnp.ndarray mask):
    """Where ``mask`` is true."""
    cdef const uint8_t* marked = <const uint8_t*>data(mask, cnp.NPY_BOOL)
    cdef Py_ssize_t size = cnp.PyArray_SIZE(mask), n = 0, i
    cdef cnp.ndarray into_ = empty(size, cnp.NPY_INT64)
    cdef int64_t* into = <int64_t*>data(into_, cnp.NPY_INT64)
    for i in range(size):
        into[n] = i
        n += marked[i]
    return into_[:n].copy() if n * 2 < size else into_[:n]


def numbers_of_bits(cnp.ndarray words, Py_ssize_t count):
    """The places of the ``count`` bits that are set in ``words``."""
    cdef const uint64_t* word = <const uint64_t*>data(words, cnp.NPY_UINT64)
    cdef Py_ssize_t n = 0, i
    cdef cnp.ndarray into_ = empty(count, cnp.NPY_INT32)
    cdef int32_t* into = <int32_t*>data(into_, cnp.NPY_INT32)
    cdef uint64_t left
    for i in range(cnp.PyArray_SIZE(words)):
        left = word[i]
        while left:
            into[n] = <int32_t>(64 * i + lowest(left))
            n += 1
            left &= left - 1
    return into_


def marked(cnp.ndarray docs, Py_ssize_t size):
    """Mark documents among ``size``."""
    cdef Py_ssize_t i
    cdef cnp.ndarray held_ = zeros(size, cnp.NPY_BOOL)
    cdef uint8_t* held = <uint8_t*>data(held_, cnp.NPY_BOOL)
    cdef bint wide = cnp.PyArray_ITEMSIZE(docs) == sizeof(int64_t)
    cdef const void* given = data(docs, cnp.NPY_INT64 if wide else cnp.NPY_INT32)
    cdef int64_t doc
    for i in range(cnp.PyArray_SIZE(docs)):
        doc = (<const int64_t*>given)[i] if wide else (<const int32_t*>given)[i]
        if doc < 0 or doc >= size:  # from a damaged file
            raise IndexError(f"document {doc} of {size}")
        held[doc] = 1
    return held_


def bits(cnp.ndarray docs, Py_ssize_t size):
    """Documents as bits of as many words as ``size`` need."""
    cdef Py_ssize_t words = (size + 63) // 64, i
    cdef cnp.ndarray into_ = zeros(words, cnp.NPY_UINT64)
    cdef cnp.ndarray before_ = empty(words, cnp.NPY_INT32)
    cdef uint64_t* into = <uint64_t*>data(into_, cnp.NPY_UINT64)
    cdef int32_t* before = <int32_t*>data(before_, cnp.NPY_INT32)
    cdef const int32_t* doc = <const int32_t*>data(docs, cnp.NPY_INT32)
    cdef int32_t count = 0
    for i in range(cnp.PyArray_SIZE(docs)):
        if doc[i] < 0 or doc[i] >= size:  # from a damaged file
            raise IndexError(f"document {doc[i]} of {size}")
        into[doc[i] >> 6] |= <uint64_t>1 << (doc[i] & 63)
    for i in range(words):
        before[i] = count
        count += bits_in(into[i])
    return into_, before_


def decoded(cnp.ndarray steps):
    """Add up steps from document to document, the first from -1."""
    cdef const void* step = unsigned_data(steps)
    cdef int width = cnp.PyArray_ITEMSIZE(steps)
    cdef Py_ssize_t size = cnp.PyArray_SIZE(steps), i
    cdef cnp.ndarray into_ = empty(size, cnp.NPY_INT32)
    cdef int32_t* into = <int32_t*>data(into_, cnp.NPY_INT32)
    cdef int32_t doc = -1
    for i in range(size):
        doc += number_at(step, width, i)
        into[i] = doc
    return into_


def kinds_of(cnp.ndarray packed):
    """Find the different ones of packed frequencies, numbered as they first appear."""
    cdef const uint32_t* given = <const uint32_t*>data(packed, cnp.NPY_UINT32)
    cdef Py_ssize_t size = cnp.PyArray_SIZE(packed), i, n = 0
    cdef cnp.ndarray table_ = zeros(SMALL, cnp.NPY_INT32)
    cdef cnp.ndarray codes_ = empty(size, cnp.NPY_UINT32)
    cdef cnp.ndarray kinds_ = empty(SMALL, cnp.NPY_UINT32)
    cdef int32_t* table = <int32_t*>data(table_, cnp.NPY_INT32)
    cdef uint32_t* codes = <uint32_t*>data(codes_, cnp.NPY_UINT32)
    cdef uint32_t* kinds = <uint32_t*>data(kinds_, cnp.NPY_UINT32)
    cdef uint32_t small
    for i in range(size):
        if given[i] & ~WIDE:  # a frequency that few have: those are looked for by sorting
            return plain.kinds_of(packed)
        small = (given[i] >> 19 & 7) << 13 | (given[i] >> 12 & 31) << 8 | given[i] & 255
        if not table[small]:
            kinds[n] = given[i]
            n += 1
            table[small] = n
        codes[i] = table[small] - 1
    return Kinds(kinds_[:n].copy(), narrowed(codes_, n))


def combined(cnp.ndarray of, cnp.ndarray docs, cnp.ndarray codes, Py_ssize_t before, Py_ssize_t kinds):
    """Number anew the combinations of what each document had so far with what it has now."""
    if before * kinds > SPACE:
        return plain.combined(of, docs, codes, before, kinds)
    cdef int32_t* had = <int32_t*>data(of, cnp.NPY_INT32)
    cdef const int32_t* doc = <const int32_t*>data(docs, cnp.NPY_INT32)
    cdef const void* code = unsigned_data(codes)
    cdef int width = cnp.PyArray_ITEMSIZE(codes)
    cdef Py_ssize_t space = before * kinds, size = cnp.PyArray_SIZE(docs), i, n = 0
    cdef cnp.ndarray table_ = zeros(space, cnp.NPY_INT32)
    cdef int32_t* table = <int32_t*>data(table_, cnp.NPY_INT32)
    cdef cnp.ndarray made_ = empty(2 * min(size, space), cnp.NPY_INT64)
    cdef int64_t* made = <int64_t*>data(made_, cnp.NPY_INT64)
    cdef int64_t key
    cdef uint32_t now
    with nogil:
        for i in range(size):
            now = number_at(code, width, i)
            key = had[doc[i]] * kinds + now
            if not table[key]:
                made[2 * n], made[2 * n + 1] = had[doc[i]], now
                table[key] = before + n
                n += 1
            had[doc[i]] = table[key]
    return made_[: 2 * n].reshape(n, 2)


def renumbered(cnp.ndarray of, Py_ssize_t kinds):
    """The documents that have a number above 0, and new numbers for theirs."""
    cdef const int32_t* had = <const int32_t*>data(of, cnp.NPY_INT32)
    cdef Py_ssize_t size = cnp.PyArray_SIZE(of), i, n = 0, m = 0
    cdef cnp.ndarray table_ = zeros(kinds, cnp.NPY_INT32)
    cdef cnp.ndarray left_ = empty(kinds, cnp.NPY_INT64)
    cdef cnp.ndarray docs_ = empty(size, cnp.NPY_INT32)
    cdef cnp.ndarray codes_ = empty(size, cnp.NPY_UINT32)
    cdef int32_t* table = <int32_t*>data(table_, cnp.NPY_INT32)
    cdef int64_t* left = <int64_t*>data(left_, cnp.NPY_INT64)
    cdef int32_t* docs = <int32_t*>data(docs_, cnp.NPY_INT32)
    cdef uint32_t* codes = <uint32_t*>data(codes_, cnp.NPY_UINT32)
    with nogil:
        for i in range(size):
            if not had[i]:
                continue
            if not table[had[i]]:
                left[m] = had[i]
                m += 1
                table[had[i]] = m
            docs[n] = i
            codes[n] = table[had[i]] - 1
            n += 1
    return docs_[:n].copy(), narrowed(codes_[:n], m), left_[:m]
