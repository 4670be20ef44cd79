"""Runs of syllables that are one word: ``thanh niên``, ``chính phủ``; the only place that knows pyvi.

================== ========================================================================================
``crfsuite.py``    reads the weights in a model file of CRFsuite
``model.py``       pyvi's model and word list, from the files of the installed package
``labelling.py``   which syllables go on with a word: Viterbi's search, the same labels as pyvi's
``respelling.py``  in front: one spelling for the model, whichever of equal ones the text has
``units.py``       in front: tokens and signs of a line as the model and the rules read them
``rules.py``       behind: the table of what the model gets wrong
``mending.py``     behind: labels mended by shapes, word list and rules
``segmenter.py``   the words of a text, put together
================== ========================================================================================

Our own tokens are given to the model in place of the syllables that pyvi would cut, so its labels need no
aligning.
"""

from tintuc_search.analysis.vi.segmentation.segmenter import Segmenter

__all__ = ["Segmenter"]
