"""The number that a document is known by."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d+[\w.-]*(?:\s-\s\w+)?(?:\s?/\s?[^\W_][\w-]*(?:\s-\s[^\W\d_]+)*)+")


def known_by(name: str) -> str:
    """A document's number where it has one, else its name: its kind and subject are told in many ways.

    >>> known_by("Chỉ thị số 05-CT/TW của Bộ Chính trị"), known_by("Luật Đất đai")
    ('05-CT/TW', 'Luật Đất đai')
    """
    number = _NUMBER.search(name)
    return "".join(number[0].split()) if number else name
