# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""What leaves score, added up by document, and which documents that leaves in the race: see ``plain/scores.py``."""

cimport numpy as cnp
from libc.stdint cimport int32_t, int64_t, uint8_t, uint64_t

import numpy as np

from tintuc_search.engine.compiled.common cimport (
    bits_in, data, empty, gallop, lowest, number_at, optional_data, unsigned_data
)

cnp.import_array()

cdef enum:
    FIELDS = 3

ctypedef fused real:
    float
    double


cdef struct Set:
    # a DocSet: numbers, or bits with a count before every word
    const int32_t* docs
    const uint64_t* words
    const int32_t* before
    Py_ssize_t count


cdef Set opened(docs) except *:
    cdef Set held
    cdef cnp.ndarray docs_, words_, before_
    held.count = len(docs)
    held.docs, held.words, held.before = NULL, NULL, NULL
    if docs.listed is not None:
        docs_ = docs.listed
        held.docs = <const int32_t*>data(docs_, cnp.NPY_INT32)
    else:
        words_, before_ = docs.words, docs.before
        held.words = <const uint64_t*>data(words_, cnp.NPY_UINT64)
        held.before = <const int32_t*>data(before_, cnp.NPY_INT32)
    return held


cdef inline double share(const double* counts, const double* norm, double k1) noexcept nogil:
    """What part of a weight frequencies give, in title, lead, body: 0 to 1."""
    cdef double total = counts[0] * norm[0] + counts[1] * norm[1]
    total = total + counts[2] * norm[2]
    return total / (k1 + total)


cdef inline uint8_t level(double part, int most) noexcept nogil:
    """A share in steps, rounded up."""
    cdef int steps = <int>(part * most)
    return <uint8_t>(steps + (steps < part * most))


def levels(docs, coded, documents, int most):
    """The shares of all documents of a leaf in steps of ``1 / most``, rounded up."""
    cdef cnp.ndarray kinds = coded.kinds, codes = coded.codes, norms = documents.norms
    cdef double k1 = documents.ranking.k1
    cdef Set held = opened(docs)
    cdef Py_ssize_t size = held.count, n = 0, i
    cdef cnp.ndarray into_ = empty(size, cnp.NPY_UINT8)
    cdef uint8_t* into = <uint8_t*>data(into_, cnp.NPY_UINT8)
    cdef const double* kind = <const double*>data(kinds, cnp.NPY_DOUBLE)
    cdef const double* norm = <const double*>data(norms, cnp.NPY_DOUBLE)
    cdef const void* code = unsigned_data(codes)
    cdef int width = cnp.PyArray_ITEMSIZE(codes)
    cdef uint64_t left
    cdef Py_ssize_t doc
    with nogil:
        if held.docs != NULL:
            for n in range(size):
                into[n] = level(
                    share(kind + FIELDS * number_at(code, width, n), norm + FIELDS * held.docs[n], k1), most
                )
        else:
            i = 0
            while n < size:
                left = held.words[i]
                while left:
                    doc = 64 * i + lowest(left)
                    into[n] = level(
                        share(kind + FIELDS * number_at(code, width, n), norm + FIELDS * doc, k1), most
                    )
                    n += 1
                    left &= left - 1
                i += 1
    return into_


def add_rough(cnp.ndarray sums, docs, cnp.ndarray levels, cnp.ndarray steps, gate):
    """Add ``steps[levels]`` to the sums of a leaf's documents."""
    cdef Set held = opened(docs)
    cdef Py_ssize_t size = held.count, n = 0, i = 0
    cdef float* sum = <float*>data(sums, cnp.NPY_FLOAT)
    cdef const uint8_t* level = <const uint8_t*>data(levels, cnp.NPY_UINT8)
    cdef const float* step = <const float*>data(steps, cnp.NPY_FLOAT)
    cdef const uint8_t* passed = <const uint8_t*>optional_data(gate, cnp.NPY_BOOL)
    cdef uint64_t left
    cdef Py_ssize_t doc
    with nogil:
        if held.docs != NULL:
            for n in range(size):
                doc = held.docs[n]
                if passed == NULL or passed[doc]:
                    sum[doc] += step[level[n]]
        else:
            while n < size:
                left = held.words[i]
                while left:
                    doc = 64 * i + lowest(left)
                    if passed == NULL or passed[doc]:
                        sum[doc] += step[level[n]]
                    n += 1
                    left &= left - 1
                i += 1


cdef void add(
    real* sums, const Set* held, const int64_t* docs, Py_ssize_t count, const uint8_t* gate,
    const double* kinds, const void* codes, int width, double weight, const double* norms, double k1,
) noexcept nogil:
    cdef Py_ssize_t i, row = 0, low = 0, size = held.count
    cdef int64_t doc
    cdef uint64_t word, bit
    for i in range(count):
        doc = docs[i]
        if gate != NULL and not gate[doc]:
            continue
        if held.words != NULL:
            word = held.words[doc >> 6]
            bit = <uint64_t>1 << (doc & 63)
            if not word & bit:
                continue
            row = held.before[doc >> 6] + bits_in(word & (bit - 1))
        else:
            low = gallop(held.docs, size, low, doc)
            if low == size:
                return
            if held.docs[low] != doc:
                continue
            row = low
        sums[doc] += <real>(
            weight * share(kinds + FIELDS * number_at(codes, width, row), norms + FIELDS * doc, k1)
        )


def add_scores(cnp.ndarray sums, found, cnp.ndarray docs, gate, documents):
    """Add what a leaf scores to the sums of those of ``docs`` that it holds."""
    cdef cnp.ndarray norms = documents.norms
    cdef double k1 = documents.ranking.k1
    cdef Set held = opened(found.docs)
    coded = found.coded
    cdef cnp.ndarray kinds = coded.kinds, codes = coded.codes
    cdef const uint8_t* passed = <const uint8_t*>optional_data(gate, cnp.NPY_BOOL)
    cdef const int64_t* doc = <const int64_t*>data(docs, cnp.NPY_INT64)
    cdef const double* kind = <const double*>data(kinds, cnp.NPY_DOUBLE)
    cdef const double* norm = <const double*>data(norms, cnp.NPY_DOUBLE)
    cdef const void* code = unsigned_data(codes)
    cdef int width = cnp.PyArray_ITEMSIZE(codes), single = cnp.PyArray_TYPE(sums) == cnp.NPY_FLOAT
    cdef void* sum = data(sums, cnp.NPY_FLOAT if single else cnp.NPY_DOUBLE)
    cdef Py_ssize_t count = cnp.PyArray_SIZE(docs)
    cdef double weight = found.weight
    with nogil:
        if single:
            add[float](<float*>sum, &held, doc, count, passed, kind, code, width, weight, norm, k1)
        else:
            add[double](<double*>sum, &held, doc, count, passed, kind, code, width, weight, norm, k1)


cdef inline double weighed(const float* sums, const double* weights, float more, int64_t doc) noexcept nogil:
    cdef float sum = sums[doc] + more
    return sum if weights == NULL else sum * weights[doc]


def threshold(cnp.ndarray sums, cnp.ndarray docs, weights, double bound, Py_ssize_t count):
    """The ``count``-th largest of the weighed sums of ``docs``, if it is above ``bound``."""
    cdef const float* sum = <const float*>data(sums, cnp.NPY_FLOAT)
    cdef const int64_t* doc = <const int64_t*>data(docs, cnp.NPY_INT64)
    cdef const double* weight = <const double*>optional_data(weights, cnp.NPY_DOUBLE)
    cdef cnp.ndarray heap_ = empty(count, cnp.NPY_DOUBLE)
    cdef double* heap = <double*>data(heap_, cnp.NPY_DOUBLE)  # the smallest first
    cdef Py_ssize_t held = 0, i, at, child, every = cnp.PyArray_SIZE(docs)
    cdef double value, floor = bound
    with nogil:
        for i in range(every):
            value = weighed(sum, weight, 0.0, doc[i])
            if value <= floor:
                continue
            if held < count:
                at = held
                held += 1
                while at and heap[(at - 1) // 2] > value:
                    heap[at] = heap[(at - 1) // 2]
                    at = (at - 1) // 2
            else:
                at = 0
                while True:
                    child = 2 * at + 1
                    if child >= count:
                        break
                    if child + 1 < count and heap[child + 1] < heap[child]:
                        child += 1
                    if heap[child] >= value:
                        break
                    heap[at] = heap[child]
                    at = child
            heap[at] = value
            if held == count:
                floor = heap[0]
    return heap[0] if held == count else None


def reaching(cnp.ndarray sums, cnp.ndarray docs, weights, float left, double bound):
    """Those of ``docs`` whose sums, with ``left`` added and then weighed, are at least ``bound``."""
    cdef const float* sum = <const float*>data(sums, cnp.NPY_FLOAT)
    cdef const int64_t* doc = <const int64_t*>data(docs, cnp.NPY_INT64)
    cdef const double* weight = <const double*>optional_data(weights, cnp.NPY_DOUBLE)
    cdef Py_ssize_t size = cnp.PyArray_SIZE(docs), n = 0, i
    cdef cnp.ndarray into_ = empty(size, cnp.NPY_INT64)
    cdef int64_t* into = <int64_t*>data(into_, cnp.NPY_INT64)
    with nogil:
        for i in range(size):
            into[n] = doc[i]
            n += weighed(sum, weight, left, doc[i]) >= bound
    return into_[:n]
