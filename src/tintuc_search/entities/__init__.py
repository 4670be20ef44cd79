"""Whom and what an article speaks of, who holds which office, and who is quoted with what words.

A text goes in, :class:`~tintuc_search.entities.base.ArticleEntities` come out; rules over the shape of
names and lists in ``data/``, no model. An article's own words decide: ``ông Phong`` is the Lê Quốc
Phong whom it named, ``UBND tỉnh`` the one whose province it named.

>>> from tintuc_search.entities import Recogniser
>>> found = Recogniser().recognise("Bộ trưởng Bộ Công an Lê Văn Thử làm việc tại Quảng Ninh.")
>>> [entity.name for entity in (*found.persons, *found.organisations, *found.places)]
['Lê Văn Thử', 'Bộ Công an', 'Quảng Ninh']

==================== =====================================================================
``base.py``          what comes out
``tables.py``        the lists of ``data/``, ready to be looked up
``units.py``         the text as a row of terms, abbreviations read out
``places.py``        a place that begins at a unit
``organisations.py`` an organisation that begins at a unit
``persons.py``       a person whose name begins at a unit
``evidence.py``      person or place, where the shape of a name allows both
``finders.py``       the three together, and which to ask at a term
``reading.py``       goes through a line and asks them
``bylines.py``       lines that hold nothing but the writers' names, ``credits.py`` who took a picture
``scanner.py``       goes through the lines; ``scan.py`` is what it gives
``groups.py``        names under the key that spellings of one name share
``foreigners.py``    foreign names no list holds, told by what stands around
``people.py``        which names of persons are one
``bodies.py``        which names of organisations are one, ``areas.py`` of which area
``known_areas.py``   areas of bodies, found by their bare names
``joining.py``       the entities made of all that
``divisions.py``     the provinces, districts and communes before and after 2025
``provinces.py``     of which province a body or place is whose name does not say so
``naming.py``        a body's name with its province
``documents.py``     laws, decrees, treaties, found beside all that
``terms.py``         the terms of offices
``numbers.py``       the numbers of documents, ``issuers.py`` who issued one, and when
``cast.py``          who is named at which unit, once all that is known
``offices.py``       offices that the text names, ``roles.py`` whose they are, ``wordings.py`` how they are told
``marks.py``         what stands in quotation marks
``sentences.py``     where sentences begin
``passage.py``       a text with its names, sentences and marks
``bearers.py``       whom a title without a name means
``genders.py``       whom a pronoun can mean, ``antecedents.py`` whom it does
``speakers.py``      who the subject of a verb of speech is
``sayings.py``       verbs of speech with their speakers
``clauses.py``       where the words said begin behind such a verb
``quotes.py``        who said what, made of all that
``recogniser.py``    all of it together
==================== =====================================================================
"""

from tintuc_search.entities.base import ArticleEntities, Entity, Mention
from tintuc_search.entities.recogniser import Recogniser

__all__ = ["ArticleEntities", "Entity", "Mention", "Recogniser"]
