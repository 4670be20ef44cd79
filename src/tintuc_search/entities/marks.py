"""What stands in quotation marks."""

from __future__ import annotations

import re

_MARKS = re.compile('["“”„‟«»]')
_SINGLE = re.compile(r"(?<![\w’'])(?:'(?!\w*')|‘)\s?([^'‘’\n\"“”]{12,}?)\s?['’](?!\w)")
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_BEHIND = frozenset(",.;:!?-–—)…")
_PAIRS = frozenset([2, 4, 6])
LONGEST = 4000
"""A quotation longer than so many code points has lost its closing mark."""


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans between marks, in order; those within one, and those of one over paragraphs, are one."""
    spans: list[tuple[int, int]] = []
    marks = [(found.start(), found.group()) for found in _MARKS.finditer(text)]
    opened, inner = -1, 0
    for k, (at, sign) in enumerate(marks):
        if at - opened > LONGEST:
            opened = -1
        if opened >= 0 and not inner and _is_straight_inner(text, opened, at):
            inner = 1
        elif not _opens(text, at, sign, is_open=opened >= 0):
            if opened >= 0 and not inner:
                spans.append((opened + 1, at))
                opened = -1
            inner = max(0, inner - 1)
        elif opened < 0:
            opened, inner = at, 0
        elif not _begins_line(text, at):
            if _is_inner(marks[k:], inner + 1):
                inner += 1
            else:
                opened, inner = at, 0
    spans = [stripped for span in spans if (stripped := _strip(text, *span))]
    return sorted([*spans, *_single(text, spans)])


def _is_straight_inner(text: str, opened: int, at: int) -> bool:
    """``Nói: "một "hai" ba"``: no sign of a closing mark, and two more in the line."""
    if text[at] != '"' or text[opened] != '"' or _closes(text, at) or _begins_line(text, at):
        return False
    if not (_begins_line(text, opened) or _is_behind_colon(text, opened)):
        return False
    end = text.find("\n", at, at + LONGEST)
    return text.count('"', at + 1, end if end >= 0 else at + LONGEST) in _PAIRS


def _is_inner(marks: list[tuple[int, str]], depth: int) -> bool:
    """Whether from an opening mark on as many closing ones follow as are open then."""
    first = marks[0][0]
    for at, sign in marks:
        if at - first > LONGEST:
            return False
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth == 0:
            return True
    return False


def _opens(text: str, at: int, sign: str, *, is_open: bool) -> bool:
    """Curly marks say it; straight ones by turns, at the beginning of a line and behind a colon."""
    if sign in _OPENING or sign in _CLOSING:
        return sign in _OPENING
    if _begins_line(text, at) or _is_behind_colon(text, at):
        return True
    return not is_open and not _closes(text, at)


def _closes(text: str, at: int) -> bool:
    """Whether a sign that only stands behind a closing mark follows, or the end of the line."""
    behind = text[at + 1 : at + 3].lstrip(" ")
    return not behind or behind[0] == "\n" or behind[0] in _BEHIND


def _begins_line(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(" ")
    return before.endswith("\n") or (not before and at < 3)  # noqa: PLR2004


def _is_behind_colon(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at].rstrip().endswith(":")


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
