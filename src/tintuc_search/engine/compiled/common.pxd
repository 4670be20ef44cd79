# cython: language_level=3
"""What the compiled loops share."""

cimport numpy as cnp
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t

cdef extern from *:
    int bits_in "__builtin_popcountll"(unsigned long long) noexcept nogil
    int lowest "__builtin_ctzll"(unsigned long long) noexcept nogil


cdef inline void* data(cnp.ndarray array, int kind) except NULL:
    """The numbers of an array of one kind; raises TypeError for another, or where they do not lie side by side."""
    if cnp.PyArray_TYPE(array) != kind or not cnp.PyArray_IS_C_CONTIGUOUS(array):
        raise TypeError(f"an array of {array.dtype}, or with gaps, not of type number {kind}")
    return cnp.PyArray_DATA(array)


cdef inline cnp.ndarray empty(cnp.npy_intp size, int kind):
    """An array of one kind whose numbers are still to be written."""
    return cnp.PyArray_EMPTY(1, &size, kind, 0)


cdef inline cnp.ndarray zeros(cnp.npy_intp size, int kind):
    """An array of one kind of nothing but zeros."""
    return cnp.PyArray_ZEROS(1, &size, kind, 0)


cdef inline void* optional_data(array, int kind) except? NULL:
    """The same, and nothing of None."""
    if array is None:
        return NULL
    return data(<cnp.ndarray?>array, kind)


cdef inline const void* unsigned_data(cnp.ndarray array) except NULL:
    """The same of unsigned numbers of any width."""
    cdef int kind = cnp.PyArray_TYPE(array)
    if kind != cnp.NPY_UINT8 and kind != cnp.NPY_UINT16:
        return data(array, cnp.NPY_UINT32)
    return data(array, kind)


cdef inline uint32_t number_at(const void* data, int size, Py_ssize_t at) noexcept nogil:
    """One of unsigned numbers of ``size`` bytes each."""
    if size == 1:
        return (<const uint8_t*>data)[at]
    if size == 2:
        return (<const uint16_t*>data)[at]
    return (<const uint32_t*>data)[at]


cdef inline Py_ssize_t gallop(
    const int32_t* docs, Py_ssize_t size, Py_ssize_t low, int64_t doc
) noexcept nogil:
    """The first place from ``low`` on where ``docs`` (rising) are not below ``doc``: near by, most likely."""
    cdef Py_ssize_t gap = 1, high, middle
    while low + gap <= size and docs[low + gap - 1] < doc:
        low += gap
        gap *= 2
    high = min(low + gap - 1, size)
    while low < high:
        middle = (low + high) // 2
        if docs[middle] < doc:
            low = middle + 1
        else:
            high = middle
    return low
