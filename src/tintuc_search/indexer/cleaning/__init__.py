"""Cleaning: a page or a saved text goes in, an :class:`~tintuc_search.article.Article` comes out.

Each file is one piece of the way; :mod:`~tintuc_search.indexer.cleaning.html` puts them in order:

``encoding`` bytes → text · ``markup``, ``soup`` text → tree · ``metadata`` what the page says of itself,
by ``structured`` data too ·
``headline`` · ``furniture`` menus, related links, comments go · ``body`` the element with the text ·
``content`` paragraphs, captions, tables, signature · ``lead`` · ``window`` what is near enough to speak of the
article · ``when``, ``datelines``, ``dates`` · ``bylines``, ``authors``, ``credits`` · ``outlet`` paper and
section · ``refusal`` pages that are no article ·
``paging`` articles of several pages. ``text_form`` reads saved plain texts.

What is known of words and markup is data (``data/``), what is known of one publisher is a profile (``publishers/``).
"""

from tintuc_search.indexer.cleaning.html import clean_html
from tintuc_search.indexer.cleaning.paging import first_page, further_pages, join_pages
from tintuc_search.indexer.cleaning.text_form import clean_text

__all__ = ["clean_html", "clean_text", "first_page", "further_pages", "join_pages"]
