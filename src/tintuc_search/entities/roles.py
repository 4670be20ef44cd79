"""Who holds which office: titles in front, appositions, lists, appointments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from tintuc_search.entities.base import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.entities.cast import Named
    from tintuc_search.entities.offices import Office
    from tintuc_search.entities.passage import Passage
    from tintuc_search.entities.tables import Phrases, Tables
    from tintuc_search.entities.units import Units

LONGEST_BRACKET = 14
LONGEST_AGE = 5
FARTHEST_SUBJECT = 45
_APPOSITIONS = frozenset([",", "-", "–", "—", "("])
_ASIDE = frozenset(["", ")", ",", "-", "–"])
_LINKS = frozenset([",", ";", "-", "–"])


class Held(NamedTuple):
    """``person`` holds or held ``office``."""

    person: str
    office: Office
    former: bool


class Roles:
    """Gives the offices of one text to the persons it names."""

    def __init__(self, tables: Tables, passage: Passage) -> None:
        self._units, self._cast = passage.units, passage.cast
        self._sentences = passage.sentences
        words = tables.offices
        self._appointed, self._ended, self._also = words["appointed"], words["ended"], words["also"]
        self._ages = tables.part("age")
        self._relations, self._groups = words["relation"], tables.speech["group"]
        self._addresses, self._titles = tables.speech["pronoun"], tables.titles
        self._toward, self._as = words["toward"], words["as"]
        self._lists, self._between = words["list"], words["between"]

    def assign(self, offices: list[Office]) -> list[Held]:
        """The offices with a holder, in the order of the text."""
        held: list[Held] = []
        for chain in self._chains(offices):
            held.extend(self._assign(chain))
        return held

    def _chains(self, offices: list[Office]) -> Iterator[list[Office]]:
        """Offices side by side, but for a comma or ``kiêm``."""
        chain: list[Office] = []
        for office in offices:
            if chain and not self._is_linked(chain[-1].after, office.begin):
                yield chain
                chain = []
            chain.append(office)
        if chain:
            yield chain

    def _is_linked(self, after: int, begin: int) -> bool:
        gap = self._units.gaps[after].strip() if after < self._units.count else "."
        if after == begin:
            return gap in _LINKS
        if "\n" in gap or (gap and gap != ","):
            return False
        also = self._also.longest(self._units, after)
        return (also is not None and also[0] == begin) or (
            begin - after == 1 and self._units.terms[after] == "và"
        )

    def _assign(self, chain: list[Office]) -> Iterator[Held]:
        front, former = self._front(chain[0].begin), False
        dismissed = self._dismissed(chain)
        if dismissed:
            yield from dismissed
            return
        several = self._several(chain[0]) if len(chain) == 1 and not front else []
        if several:
            yield from (Held(one.name, chain[0], chain[0].former) for one in several)
            return
        aside = front is None and self._begins_clause(chain[0].begin)
        behind = self._behind(chain[-1].after, aside=aside)
        if behind and self._is_relation(chain[0].begin):
            return
        if not front and (not behind or len(chain) > 1):
            front, former = self._appointee(chain[0].begin)
            if front and behind:
                yield Held(front.name, chain[0], former)
                chain, front, former = chain[1:], None, False
        first_behind = self._first_of_behind(chain, front is not None) if behind else len(chain)
        for k, office in enumerate(chain):
            former = former or office.former
            named = behind if k >= first_behind else front
            if named:
                yield Held(named.name, office, former or office.former)

    def _dismissed(self, chain: list[Office]) -> list[Held]:
        """``cách chức Huyện ủy viên đối với ông Lê Văn Thử``, ``miễn nhiệm Chủ tịch: ông Thử``."""
        units, after = self._units, chain[-1].after
        if after >= units.count or self._ends_with(self._ended, chain[0].begin) is None:
            return []
        toward = self._toward.longest(units, after)
        if not toward and ":" not in units.gaps[after]:
            return []
        k = toward[0] if toward else after
        address = self._addresses.longest(units, k)
        named = self._cast.at.get(address[0] if address else k)
        if named is None or named.kind is not Kind.PERSON:
            return []
        return [Held(named.name, office, former=True) for office in chain]

    def _several(self, office: Office) -> list[Named]:
        """``hai phó bí thư là ông Thử và bà Mẫu``, ``5 phó chủ tịch, gồm: …``: two persons or more."""
        units, begin = self._units, office.begin
        counted = begin > 0 and units.terms[begin - 1].isdigit()
        if not counted and self._ends_with(self._groups, begin) is None:
            return []
        lists = self._lists.longest(units, office.after)
        persons: list[Named] = []
        k = lists[0] if lists else units.count
        while k < units.count and units.gaps[k].strip() in {"", ",", ":", ";"}:
            named = self._cast.at.get(k)
            if named and named.kind is Kind.PERSON:
                persons.append(named)
                k = named.after
                continue
            word = self._between.longest(units, k)
            if not word:
                break
            k = word[0]
        return persons if len(persons) > 1 else []

    def _begins_clause(self, i: int) -> bool:
        on = self._ends_with(self._as, i)
        if on is None and i and self._units.terms[i - 1] == "vị":
            i -= 1
        i = i if on is None else on
        return i == self._sentences.start(i) or not self._units.spaced[i]

    def _is_relation(self, begin: int) -> bool:
        """``con gái Tổng thống Mỹ``: somebody else than the one who is named behind it."""
        return self._ends_with(self._relations, begin) is not None

    def _first_of_behind(self, chain: list[Office], has_front: bool) -> int:
        """Which offices of a chain are those of the person behind it: all up to an ``và``."""
        k = len(chain) - 1
        if has_front:
            return k
        while k > 0 and self._units.terms[chain[k - 1].after] != "và":
            k -= 1
        return k

    def _behind(self, after: int, *, aside: bool) -> Named | None:
        """The person right behind an office: ``Chủ tịch X Lê Văn Thử``; ``aside``: ``…, ông Thử``."""
        units = self._units
        after = self._behind_bracket(after)
        named = self._cast.at.get(after)
        if after < units.count and named and named.kind is Kind.PERSON:
            return named if units.spaced[after] or units.gaps[after] == ") " else None
        address = self._addresses.longest(units, after)
        if not address and aside:
            address = self._titles.longest(units, after)
        if not address or units.gaps[after].strip() not in (_ASIDE if aside else {"", ")"}):
            return self._after_is(after)
        named = self._cast.at.get(address[0])
        return named if named and named.kind is Kind.PERSON else None

    def _behind_bracket(self, after: int) -> int:
        """``cục trưởng Cục Mẫu (Bộ X) Lê Văn Thử``: behind the bracket, if one begins at ``after``."""
        units = self._units
        if after < units.count and units.gaps[after] == " (":
            for k in range(after + 1, min(after + LONGEST_BRACKET, units.count)):
                if ")" in units.gaps[k]:
                    return k if units.gaps[k] == ") " else after
        return after

    def _after_is(self, after: int) -> Named | None:
        """``Bí thư Tỉnh ủy là ông Lê Văn Thử``."""
        units = self._units
        if after >= units.count or units.terms[after] != "là" or not units.spaced[after]:
            return None
        address = self._addresses.longest(units, after + 1)
        named = self._cast.at.get(address[0] if address else after + 1)
        return named if named and named.kind is Kind.PERSON else None

    def _front(self, begin: int) -> Named | None:
        """The person right in front of an office, behind a comma, dash or bracket."""
        units = self._units
        if begin == 0 or begin >= units.count:
            return None
        if units.gaps[begin].strip()[-1:] not in _APPOSITIONS and ")" not in units.gaps[begin]:
            return None
        named = self._cast.ending.get(begin)
        if named is None and ")" in units.gaps[begin]:
            named = self._before_bracket(begin)
        if named is None:
            named = self._cast.ending.get(self._before_age(begin))
        return named if named and named.kind is Kind.PERSON else None

    def _before_age(self, i: int) -> int:
        """``ông Lê Văn Thử, 51 tuổi, chủ tịch``, ``…, sinh năm 1958, …``: where the name ends."""
        for k in range(i - 1, max(0, i - LONGEST_AGE - 1), -1):
            if "," in self._units.gaps[k]:
                words = [term for term in self._units.terms[k:i] if not term.isdigit()]
                age = len(words) < i - k and set(words) <= self._ages
                return k if age else i
        return i

    def _before_bracket(self, i: int) -> Named | None:
        """``ông Lê Văn Thử (SN 1961), chủ tịch``: whose bracket closes in front of ``i``."""
        for k in range(i - 1, max(0, i - LONGEST_BRACKET), -1):
            if "(" in self._units.gaps[k]:
                return self._cast.ending.get(k)
        return None

    def _appointee(self, begin: int) -> tuple[Named | None, bool]:
        """Who is appointed, behind a verb of that: the person named last in the sentence, or before."""
        former = self._ends_with(self._ended, begin)
        verb = former if former is not None else self._ends_with(self._appointed, begin)
        if verb is None or self._ends_with(self._groups, verb) is not None:
            return None, False
        start = max(self._sentences.start(verb), verb - FARTHEST_SUBJECT)
        named = self._cast.person_within(start, verb)
        if named is None and any(
            self._addresses.longest(self._units, i) for i in range(start, verb)
        ):
            named = self._cast.last_person(start)
        return named, former is not None

    def _ends_with(self, phrases: Phrases[str], end: int) -> int | None:
        for first in range(max(0, end - 6), end):
            found = phrases.longest(self._units, first)
            if found and found[0] == end:
                return first
        return None


def written(units: Units, first: int, after: int) -> str:
    """Units ``first`` to ``after`` as the text writes them, NFC, spaces single."""
    words = units.text[units.starts[first] : units.ends[after - 1]]
    return normalize("NFC", " ".join(words.split()))
