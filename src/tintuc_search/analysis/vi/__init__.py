"""Everything Vietnamese about text: one file per piece, put together in ``analyzer.py``.

==================== ========================================================================
``syllables.py``      the tokenizer: where each syllable, number, abbreviation begins and ends
``letters.py``        which characters are one letter: Unicode forms, widths, look-alikes
``spelling.py``       which spellings are one syllable: tone placement, i and y
``normalisation.py``  the filter made of both: a piece of text to its term
``folding.py``        a term without its marks
``marks.py``          which words what was typed with some marks missing can be
``segmentation/``     runs of syllables that are one word (the only place that knows pyvi)
``abbreviations.py``  what the abbreviations of state and party stand for
``definitions.py``    the abbreviations that a text explains: "Ủy ban Kiểm tra (UBKT)"
``numerals.py``       numbers written otherwise: "khóa XII", "khóa 12"; abbreviations with dots
``dates.py``          dates written otherwise: "30/4", "ngày 30 tháng 4"
``keystrokes.py``     what Telex and VNI keystrokes give: "toongr", "tong63"
``slips.py``          what a misspelt word may have been meant as
==================== ========================================================================
"""

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer

__all__ = ["VietnameseAnalyzer"]
