"""The query language: takes the text of a query, gives a syntax tree and a list of problems.

Knows no engine and no analysis. Reading never fails: what cannot be understood is left out, or taken as
plain words, and named with its place.

* words are joined by AND; ``OR``, ``HOẶC`` or ``|`` between them by OR
* ``"chính phủ"`` is a phrase, in any quotation marks; ``"chính phủ"~5`` allows five words in between
* ``tham*`` is the beginning of a word, also of a phrase's last; ``Nguyen~`` and ``Nguyen~2`` are similar words
* ``=từ``, ``="hội nghị"`` are this form only
* ``-từ``, ``NOT từ``, ``KHÔNG từ`` exclude
* ``tác giả:Minh``, ``source:"Báo Mới"``, ``tiêu đề:(quốc hội)`` look into one field
* ``từ:31/5/2019``, ``đến:hôm qua``, ``ngày:quý 1 2020``, ``ngày:2018..2019`` bound the date of publication
* a backslash makes the character behind it an ordinary one

NOT binds closest, then AND, then OR; parentheses group.

>>> from tintuc_search.query.parser import parse
>>> from tintuc_search.query.render import render
>>> tree = parse("tac gia:Minh HOẶC “chính phủ” KHÔNG họp").root
>>> render(tree)
'tác giả:Minh OR "chính phủ" -họp'
"""
