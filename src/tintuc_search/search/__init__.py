"""The search service: takes a :class:`~tintuc_search.search.base.SearchQuery`, gives a ``SearchAnswer``.

One service for pages, API and command line, so that the same question has the same answer everywhere.

================== ==========================================================================
``base.py``          what is asked and what is answered
``parameters.py``    the parameters of the search endpoint: one table, one reader
``service.py``       the service: plans, asks the engine, fetches, marks, counts
``running.py``       a plan put to the engine, loosened where nothing matches it all
``planner.py``       what a query asks for, prefers, marks and was understood as
``leaves.py``        the words and phrases of a query, and which stand side by side
``lookup.py``        the dictionary, with what was asked before remembered
``forms.py``         the terms that each typed syllable stands for, with weights; likely readings
``equivalents.py``   what the words can also be written as: abbreviations, numerals, dates
``abbreviations.py`` which abbreviations and full forms stand in a query
``abbreviating.py``  the alternatives that they make
``alternatives.py``  what an alternative is, and how much it counts
``standins.py``      what leaves stand as, out of the alternatives
``compounds.py``     the words of several syllables that a row of terms forms
``rewriting.py``     the query's text in a reading
``nodes.py``         the tree as nodes that an engine takes
``keystrokes.py``    words typed in Telex or VNI, as they were meant
``wildcards.py``     what words with a sign stand for: ``=đảng``, ``tham*``, ``Nguyen~``
``filters.py``       ids, names and days as nodes that restrict
``marking.py``       finds in a text what the query looked for
``highlights.py``    the passages that show it best, and the whole article
``completion.py``    what a query that is being typed can become
``helping.py``       words taken as they may have been meant, and what helps a search on
``spelling.py``      what a query was meant to say, where it seems misspelt
``obstacles.py``     which part of a search that finds nothing is to blame
``related.py``       the articles most like one
``explaining.py``    why results score what they do, in the words that were typed
``explanation.py``   what is told of that; ``explanation_json.py`` writes it
``envelope.py``      the answer as the endpoint's JSON
================== ==========================================================================
"""
