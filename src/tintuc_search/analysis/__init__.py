"""From text to the terms that an index holds and a query asks for.

Four words, each defined by what it takes and what it gives:

token
    One piece of a text with its place: :class:`~tintuc_search.analysis.base.Token`.
tokenizer
    Takes a text, gives its pieces in order, as they stand there, with their offsets
    (``vi/syllables.py``).
filter
    Takes one piece, gives one: :func:`~tintuc_search.analysis.vi.normalisation.normalise` makes the
    term of a piece, :func:`~tintuc_search.analysis.vi.folding.fold` takes a term's marks away.
analyzer
    Takes a text, gives tokens: a tokenizer and its filters put together behind
    :class:`~tintuc_search.analysis.base.Analyzer`. All other parts of the program know this alone.

>>> from tintuc_search.analysis.vi import VietnameseAnalyzer
>>> analyzer = VietnameseAnalyzer()
>>> [token.term for token in analyzer.tokens("Đảng uỷ Khối: chỉ thị 05-CT/TW")]
['đảng', 'ủy', 'khối', 'chỉ', 'thị', '05', 'ct', 'tw']
>>> analyzer.fold("đảng")
'dang'

``base.py`` holds the language-neutral contract, ``tables.py`` reads word lists, ``vi/`` holds everything
Vietnamese. Both sides, index and query, use the same analyzer; a term that went through once comes out
of a second pass unchanged.
"""

from tintuc_search.analysis.base import Analyzer, Token, Word

__all__ = ["Analyzer", "Token", "Word"]
