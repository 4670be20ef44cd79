"""What stands in quotation marks."""

from __future__ import annotations

import re

MARKS = re.compile('["“”„‟«»]')
_SINGLE = re.compile(r"(?<![\w’'])(?:'(?!\w*')|‘)\s?([^'‘’\n\"“”]{12,}?)\s?['’](?!\w)")
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_BEHIND = frozenset(",.;:!?-–—)…")
LONGEST = 4000
"""A quotation longer than so many code points has lost its closing mark."""


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans between marks, in order; paragraphs of one quotation that each begin with one are one."""
    spans: list[tuple[int, int]] = []
    opened = -1
    for found in MARKS.finditer(text):
        at = found.start()
        if opened >= 0 and at - opened > LONGEST:
            opened = -1
        if _opens(text, at, opened):
            if opened < 0 or not _begins_line(text, at):
                opened = at
        elif opened >= 0:
            spans.append((opened + 1, at))
            opened = -1
    spans = [stripped for span in spans if (stripped := _strip(text, *span))]
    return sorted([*spans, *_single(text, spans)])


def _opens(text: str, at: int, opened: int) -> bool:
    sign = text[at]
    if sign in _OPENING or sign in _CLOSING:
        return sign in _OPENING
    if _begins_line(text, at):
        return True
    before = text[max(0, at - 2) : at].strip()
    if opened < 0:
        return not _closes(text, at) or before.endswith(":")
    return before.endswith(":")


def _closes(text: str, at: int) -> bool:
    """A sign that only follows a closing mark, or a word right before and none right behind."""
    behind = text[at + 1 : at + 3].lstrip(" ")
    return not behind or behind[0] == "\n" or behind[0] in _BEHIND


def _begins_line(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(" ")
    return at == 0 or before.endswith("\n") or not text[:at].strip()


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return (start, end) if start < end else None


def _single(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if "'" not in text and "‘" not in text:
        return []
    found = [match.span(1) for match in _SINGLE.finditer(text)]
    return [one for one in found if not any(s < one[1] and one[0] < e for s, e in spans)]
