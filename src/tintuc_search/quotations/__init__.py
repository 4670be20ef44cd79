"""Quotations: who says which words in which article, searchable one by one.

An engine of their own holds their words, one document for each; :mod:`~tintuc_search.quotations.store` beside it
says what each is. :mod:`~tintuc_search.quotations.writing` writes both.
"""
