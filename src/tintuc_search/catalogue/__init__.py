"""Who is meant, over the whole archive: one entity, one id, whatever an article calls it.

What each article names goes in (:mod:`~tintuc_search.entities`), and is kept as it was found; the entities are
made of that alone, whatever the order it came in. So an editor's file can join and part them without any
article being read again.

================== =========================================================================
``base.py``        what comes out, and the two ports: to fill, to read
``keys.py``        the key that spellings of a name share, and the id made of it
``evidence.py``    what is kept of an article
``offices.py``     what an office tells of its holder: line of work, area, level
``namesakes.py``   people of one name kept apart
``edits.py``       the editor's file
``tables.py``      the tables in SQLite, ``recording.py`` fills them from articles
``grouping.py``    which names are names of one
``documents.py``   which document a short form means
``drafts.py``      entities in the making
``settling.py``    entities made of the names that changed
``ordering.py``    the offices of a person over time
``relations.py``   how much more often than by chance two are named together
``rows.py``        entries out of the tables
``places.py``      the administrative divisions of a place, before and after 2025
``lookup.py``      lists, entities, what an article names
``store.py``       all of it together
================== =========================================================================
"""
