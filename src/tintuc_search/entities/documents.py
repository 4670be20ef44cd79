"""Documents: laws by their subject, decrees and directives by their number, treaties by their names.

They are found on their own, beside the other kinds: ``Luật Công an nhân dân`` names a law, no body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from tintuc_search.analysis.vi.spelling import is_syllable
from tintuc_search.entities.base import Entity, Kind, Mention
from tintuc_search.entities.places import begins_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.entities.issuers import Issuers
    from tintuc_search.entities.tables import Tables
    from tintuc_search.entities.units import Units

FARTHEST_ORDINAL = 9
LONGEST_SUBJECT = 14
LONGEST_WORD = 3
SHORTEST_SUBJECT = 5
"""So many syllables tell what a treaty without any name in it is about."""
_SIGN = r"[A-ZĐ][\wĐđ]*"
_NUMBER = re.compile(
    rf"""\s*(\d+[a-zA-Z]?                                   # 100, 30a
        (?:\s?/\s?\d{{4}}(?!\d))?                           # /2019
        (?:(?:\s?/\s?|[-–]){_SIGN}(?:\s?[-/–&]\s?{_SIGN})*  # /NĐ-CP, -CT/TW
          |\s?[-–]\s?{_SIGN}\s?/\s?{_SIGN})?)                # as the press spaces it: - CT / TW
    """,
    re.VERBOSE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ANYTHING = ("",)
_ORDINAL = re.compile(r"\d{1,2}|[IVX]+", re.IGNORECASE)


Key = tuple[str, ...]


class DocumentMatch(NamedTuple):
    """A name from unit ``first`` to ``after``, which ends at ``end`` in the text; ``key`` of spellings."""

    first: int
    after: int
    end: int
    key: Key


class Documents:
    """Finds documents; holds nothing between texts."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._heads = tables.documents
        self._words = tables.document_words
        self._begins: dict[str, set[str]] = {}
        for first, *second in self._heads.beginnings():
            self._begins.setdefault(first, set()).update(second or _ANYTHING)
        self._ordinals = tables.part("ordinal")
        self._omitted = tables.part("omitted")
        self._joints = tables.part("joint") | tables.part("within-treaty")
        self._before = tables.part("before-law")
        self._after_name = tables.part("after-name")
        self._after_number = tables.part("after-number")

    def find(self, units: Units, issuers: Issuers) -> tuple[Entity, ...]:
        """The documents that the text names, in the order of their first mention."""
        groups: dict[Key, list[DocumentMatch]] = {}
        aliases: dict[str, Key] = {}
        for match in self._matches(units):
            key = aliases.get(match.key[-1], match.key)
            groups.setdefault(key, []).append(match)
            alias = _alias(units, match)
            if alias:
                aliases.setdefault(alias, key)
        _join_beginnings(groups)
        entities = [
            issuers.noted(units, _entity(units, matches), [match.after for match in matches])
            for matches in groups.values()
        ]
        return tuple(sorted(entities, key=lambda entity: entity.mentions[0].start))

    def _matches(self, units: Units) -> Iterator[DocumentMatch]:
        free, terms, begins = 0, units.terms, self._begins
        candidates = [i for i, term in enumerate(terms[:-1]) if term in begins]
        for i in candidates:
            seconds = begins[terms[i]]
            if i >= free and (terms[i + 1] in seconds or "" in seconds):
                match = self._match(units, i)
                if match:
                    yield match
                    free = match.after

    def _match(self, units: Units, i: int) -> DocumentMatch | None:
        head = self._heads.longest(units, i)
        if not head or head[0] >= units.count or self._is_inside_other(units, i):
            return None
        after, kind = head
        if kind in {"number", "count"}:
            return self._numbered(units, i, after, kind) or self._of_meeting(units, i, after)
        found = {
            "law": self._law,
            "treaty": self._treaty,
            "constitution": self._constitution,
            "charter": self._charter,
        }.get(kind)
        end = found(units, i, after) if found else None
        return None if end is None else self._made(units, i, self._with_year(units, end))

    def _is_inside_other(self, units: Units, i: int) -> bool:
        """``kỷ luật Đảng``; ``Tổ chức Hiệp ước Bắc Đại Tây Dương``, a body."""
        if i == 0 or not units.spaced[i]:
            return False
        if not units.caps[i] and units.terms[i - 1] in self._before:
            return True
        bodies = (self._tables.organisations.longest(units, k) for k in range(max(0, i - 2), i))
        return any(body is not None and body[0] > i for body in bodies)

    def _made(self, units: Units, first: int, after: int, end: int | None = None) -> DocumentMatch:
        terms = [term for term in units.terms[first:after] if term not in self._omitted]
        stop = end or units.ends[after - 1]
        if "(" in units.text[units.starts[first] : stop] and units.text[stop : stop + 1] == ")":
            stop += 1
        return DocumentMatch(first, after, stop, tuple(terms))

    def _numbered(self, units: Units, i: int, after: int, kind: str) -> DocumentMatch | None:
        """``Nghị định 100/2019/NĐ-CP``, ``kết luận số 63``; not ``quy định 15 lĩnh vực``."""
        sure = units.terms[after] == "số" and units.spaced[after]
        number = _NUMBER.match(units.text, units.ends[after if sure else after - 1])
        if not number or "\n" in number[0]:
            return None
        end = next(
            (k for k in range(after, units.count) if units.starts[k] >= number.end()), units.count
        )
        alone = number[1].isdigit()
        if kind == "count" and not sure and alone and not self._is_alone(units, end, number[1]):
            return None
        return self._made(units, i, end, number.end())

    def _is_alone(self, units: Units, end: int, number: str) -> bool:
        """Whether ``number`` is no year, and counts nothing that stands at ``end``."""
        if len(number) == 1 or _YEAR.fullmatch(number):
            return False
        if units.text[units.ends[end - 1] : units.ends[end - 1] + 1] in {"%", ","}:
            return False
        if end >= units.count or not units.spaced[end] or units.caps[end]:
            return True
        return units.terms[end] in self._after_number

    def _of_meeting(self, units: Units, i: int, after: int) -> DocumentMatch | None:
        """``Nghị quyết Trung ương 4 khóa XII``, ``nghị quyết đại hội Đảng bộ thành phố lần thứ 15``."""
        meeting = self._words.longest(units, after) if units.spaced[after] else None
        if units.terms[i : i + 2] != ["nghị", "quyết"] or not meeting or meeting[1] != "meeting":
            return None
        end = self._ordinal(units, meeting[0])
        if end and end < units.count and units.terms[end] == "khóa":
            end = self._ordinal(units, end + 1, farthest=1) or end
        return self._made(units, i, end) if end else None

    def _ordinal(self, units: Units, k: int, *, farthest: int = FARTHEST_ORDINAL) -> int | None:
        """Behind the number, Arabic or Roman, that follows in the same phrase."""
        for at in range(k, min(k + farthest, units.count)):
            if not (units.spaced[at] or units.gaps[at] == " (") or not self._is_of_name(units, at):
                return None
            written = units.text[units.starts[at] : units.ends[at]]
            if _ORDINAL.fullmatch(written) and (written.isdigit() or written.isupper()):
                return at + 1
        return None

    def _is_of_name(self, units: Units, k: int) -> bool:
        """Whether a unit could be of a meeting's name: ``Đảng bộ thành phố lần thứ``; not ``đã đề nghị``."""
        if units.is_name(k) or units.is_inside(k) or units.terms[k] in self._ordinals:
            return True
        tables = self._tables
        return any(
            k < found[0]
            for first in range(max(0, k - LONGEST_WORD), k + 1)
            for found in (
                self._words.longest(units, first),
                tables.heads.longest(units, first),
                tables.organisations.longest(units, first),
                tables.classifiers.longest(units, first),
                self._noun(units, first),
            )
            if found
        )

    def _noun(self, units: Units, k: int) -> tuple[int, str] | None:
        word = self._tables.words.longest(units, k)
        return word if word and word[1] != "verb" else None

    def _law(self, units: Units, i: int, after: int) -> int | None:
        """``Luật Đất đai``, ``luật giao thông đường bộ``: a known subject; with a capital any."""
        if not units.spaced[after]:
            return None
        known = self._tables.laws.longest(units, after, strict=False)
        if known and (units.caps[i] or units.caps[after]) and not units.is_inside(after):
            return known[0]
        if not units.caps[after] or after in units.full_forms:
            return None
        return self._capital_subject(units, after)

    def _capital_subject(self, units: Units, k: int) -> int | None:
        """Where a subject that no list holds ends: its words, the first begun with a capital."""
        words = self._tables.words
        first = words.longest(units, k)
        if first is None:
            return None
        end = first[0]
        while end < units.count and units.spaced[end]:
            step = words.longest(units, end)
            if step is None or step[1] == "verb":
                break
            end = step[0]
        return end

    def _treaty(self, units: Units, i: int, after: int) -> int | None:
        """``Hiệp định Paris``, ``Công ước Liên Hợp Quốc về Luật Biển``: it holds a capital."""
        end = last = after
        while end < units.count and end - after < LONGEST_SUBJECT:
            step = self._treaty_step(units, end, first=end == after)
            if step is None:
                break
            end = step
            if units.terms[end - 1] not in self._joints:
                last = end
        capital = any(units.caps[after:last])
        long = units.caps[i] and not begins_sentence(units, i) and last - after >= SHORTEST_SUBJECT
        return last if last > after and (capital or long) else None

    def _treaty_step(self, units: Units, k: int, *, first: bool) -> int | None:
        hyphen = units.gaps[k] in {" - ", "-", " – "} and units.caps[k] and not first
        if not (units.spaced[k] or hyphen):
            return None
        for phrases in (self._tables.places, self._tables.organisations):
            named = phrases.longest(units, k, strict=False)
            if named and any(units.caps[k : named[0]]):
                return named[0]
        subject = self._words.longest(units, k)
        if subject and subject[1] == "subject":
            return subject[0]
        word = self._tables.words.longest(units, k)
        if word and units.caps[k]:
            return word[0]
        return k + 1 if units.caps[k] and not self._is_half(units, k) else None

    def _is_half(self, units: Units, k: int) -> bool:
        """Whether a word that no list holds goes on small: ``Đạo luật Bảo toàn``."""
        small = k + 1
        if not is_syllable(units.terms[k]) or small >= units.count or not units.spaced[small]:
            return False
        return not units.caps[small] and units.terms[small] not in self._after_name

    def _constitution(self, units: Units, i: int, after: int) -> int | None:
        """``Hiến pháp``, ``hiến pháp Mỹ``."""
        country = self._tables.places.longest(units, after) if units.spaced[after] else None
        if country and country[1] == "country" and units.caps[after]:
            return country[0]
        return after if units.caps[i] else None

    def _charter(self, units: Units, i: int, after: int) -> int | None:
        """``Điều lệ Đảng``, ``điều lệ CPC``."""
        if not units.spaced[after]:
            return None
        body = self._tables.organisations.longest(units, after) or self._tables.brands.longest(
            units, after
        )
        if body and (units.caps[i] or units.caps[after]):
            return body[0]
        return after + 1 if units.upper[after] and units.is_acronym(after) else None

    def _with_year(self, units: Units, end: int) -> int:
        """Behind the year of a law: ``Luật Đất đai năm 2013``, ``Hiến pháp 2013``."""
        year = end + 1 if end < units.count and units.terms[end] == "năm" else end
        if year >= units.count or not (units.spaced[end] and units.spaced[year]):
            return end
        return year + 1 if _YEAR.fullmatch(units.terms[year]) else end


def _alias(units: Units, match: DocumentMatch) -> str:
    """The abbreviation in brackets behind a name: ``Hiệp định Đối tác Mẫu (MPA)``."""
    k = match.after
    if k >= units.count or units.gaps[k].strip() != "(" or not units.is_acronym(k):
        return ""
    return units.terms[k] if units.text[units.ends[k] : units.ends[k] + 1] == ")" else ""


def _join_beginnings(groups: dict[Key, list[DocumentMatch]]) -> None:
    """``Chỉ thị 05`` is ``Chỉ thị 05-CT/TW``, ``Luật Đất đai`` is ``Luật Đất đai 2013``, if just one is."""
    for key in sorted(groups, key=len):
        longer = [other for other in groups if len(other) > len(key) and other[: len(key)] == key]
        if len(longer) == 1 or (longer and key[-1].isdigit()):
            groups[longer[0]].extend(groups.pop(key))


def _entity(units: Units, matches: list[DocumentMatch]) -> Entity:
    fullest = max(matches, key=lambda match: (len(match.key), units.caps[match.first]))
    written = units.text[units.starts[fullest.first] : fullest.end]
    name = normalize("NFC", " ".join(written.split()))
    places = sorted({(units.starts[match.first], match.end) for match in matches})
    return Entity(Kind.DOCUMENT, name, tuple(Mention(start, end) for start, end in places))
