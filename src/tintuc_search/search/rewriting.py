"""The query's text with other accents: what it was read as, and what else it could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.search.leaves import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tintuc_search.search.forms import ReadRun
    from tintuc_search.search.leaves import Run, Typed


def whole_readings(text: str, runs: Sequence[Run], found: Sequence[ReadRun]) -> list[str]:
    """The query's text in its likeliest readings, best first; empty where there is nothing to read.

    The first takes the best of every run; each further one changes a single run, the least costly first.
    """
    if not any(read.readings for read in found):
        return []
    best = [
        (run, read.readings[0].forms)
        for run, read in zip(runs, found, strict=True)
        if read.readings
    ]
    first = _rewritten(text, best)
    others: list[tuple[float, str]] = []
    for number, read in enumerate(read for read in found if read.readings):
        for reading in read.readings[1:]:
            changed = [*best[:number], (best[number][0], reading.forms), *best[number + 1 :]]
            others.append((read.readings[0].score - reading.score, _rewritten(text, changed)))
    texts = [first, *(other for _, other in sorted(others))]
    changed_only = [] if texts == [text] else texts
    return list(dict.fromkeys(changed_only))


def _rewritten(text: str, readings: Sequence[tuple[Run, tuple[str, ...]]]) -> str:
    """The query's text with every token in the form of a reading, capitals kept."""
    terms: dict[Typed, str] = {}
    for run, forms in readings:
        tokens = tokens_of(run)
        terms |= {
            token: form for token, form in zip(tokens, forms, strict=True) if token.term != form
        }
    return with_terms(text, terms)


def with_terms(text: str, terms: Mapping[Typed, str]) -> str:
    """The query's text with these tokens, in their order there, as other terms, capitals kept."""
    pieces: list[str] = []
    done = 0
    for token, term in terms.items():
        pieces += [text[done : token.start], like(text[token.start : token.end], term)]
        done = token.end
    return "".join((*pieces, text[done:]))


def like(typed: str, form: str) -> str:
    """``form`` with the capitals of ``typed``."""
    if typed.isupper() and len(typed) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if typed[:1].isupper() else form
