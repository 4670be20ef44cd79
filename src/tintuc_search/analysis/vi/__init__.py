"""Everything Vietnamese about text: one file per piece, put together in ``analyzer.py``.

==================== ========================================================================
``syllables.py``      the tokenizer: where each syllable, number, abbreviation begins and ends
``letters.py``        which characters are one letter: Unicode forms, widths, look-alikes
``spelling.py``       which spellings are one syllable: tone placement, i and y
``normalisation.py``  the filter made of both: a piece of text to its term
``folding.py``        a term without its marks
``segmentation/``     runs of syllables that are one word (the only place that knows pyvi)
==================== ========================================================================
"""

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer

__all__ = ["VietnameseAnalyzer"]
