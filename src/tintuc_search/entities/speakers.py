"""Who says it: the subject of each verb of speech, and whom ``theo`` names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tintuc_search.entities.antecedents import Antecedents
from tintuc_search.entities.base import Kind
from tintuc_search.entities.bearers import Bearers
from tintuc_search.entities.roles import written

if TYPE_CHECKING:
    from tintuc_search.entities.cast import Named
    from tintuc_search.entities.offices import Office
    from tintuc_search.entities.passage import Passage
    from tintuc_search.entities.roles import Held
    from tintuc_search.entities.tables import Phrases, Tables

LONGEST_WORD = 3
FARTHEST_PERSON = 30
"""So many units may be put in between a person and the verb."""
_ASIDE = frozenset(["", ",", "-", "–", "—"])


class Speaker(NamedTuple):
    """``name`` of a speaker whose naming begins at the unit ``first`` and ends before ``after``."""

    name: str
    first: int
    after: int


class Speakers:
    """Names speakers in one text: persons, bodies, bare titles, and what stands for them."""

    def __init__(
        self, tables: Tables, passage: Passage, offices: list[Office], held: list[Held]
    ) -> None:
        self._units, self._cast = passage.units, passage.cast
        words = tables.speech
        self._adverbs, self._pronouns = words["adverb"], words["pronoun"]
        self._voices, self._times = words["voice"], words["time"]
        self._leaders, self._groups = words["leader"], words["group"]
        self._openings, self._not_before = words["opening"], words["not-before"]
        self._levels = tables.part("level")
        self._bearers = Bearers(tables, passage, held)
        self._by_end = {office.after: office for office in offices}
        self._by_begin = {office.begin: office for office in offices}
        self._titles = tables.titles
        self._passives, self._joints = words["passive"], words["joint"]
        self._antecedents = Antecedents(tables, passage, self._bearers, offices)

    def before(self, verb: int, lower: int) -> Speaker | None:
        """The subject of the verb at a unit, not before ``lower``."""
        k = self._skip_adverbs(verb, lower)
        if k <= lower or not self._is_crossable(k):
            return None
        speaker = self._ending(k, lower)
        if speaker is None or self._is_put_in(speaker, k, lower):
            put_in = speaker
            speaker = self._aside(k, lower)
            if put_in and not speaker:
                speaker = self._subject(lower, put_in.first) or put_in
        if speaker is None or self._word_ending(self._passives, speaker.first, lower) is not None:
            return None
        self._antecedents.remember(speaker.name, verb)
        return speaker

    def elided(self, verb: int, lower: int, *, comma: bool) -> Speaker | None:
        """The subject of a second verb: ``Ông Thử đến hiện trường và yêu cầu``.

        ``comma``: it may stand behind one, too, as in ``Ông Thử đến hiện trường, nói rằng``.
        """
        units, k = self._units, self._skip_adverbs(verb, lower)
        if k <= lower:
            return None
        joined = units.spaced[k] and self._word_ending(self._joints, k, lower) is not None
        if not joined and not (comma and units.gaps[k] == ", "):
            return None
        found = self._subject(lower, k)
        if found:
            self._antecedents.remember(found.name, verb)
        return Speaker(found.name, verb, verb) if found else None

    def _subject(self, first: int, after: int) -> Speaker | None:
        """Whoever begins the sentence or a clause of it in these units."""
        for i in range(first, after):
            if i == first or "," in self._units.gaps[i]:
                found = self.subject_at(i)
                if found and found.after <= after:
                    return found
        return None

    def at(self, i: int) -> Speaker | None:
        """The speaker whose naming begins at a unit: behind ``theo``."""
        voice = self._voices.longest(self._units, i) or self._leaders.longest(self._units, i)
        k = voice[0] if voice and self._cast.at.get(i) is None else i
        speaker = self.person_at(k)
        if speaker:
            return speaker
        named = self._cast.at.get(k)
        if named and named.kind is Kind.ORGANISATION:
            return Speaker(named.name, i, named.after)
        pronoun = self._pronouns.longest(self._units, k)
        name = self._antecedents.meant(k) if pronoun else None
        return Speaker(name, i, pronoun[0]) if name and pronoun else None

    def subject_at(self, i: int) -> Speaker | None:
        """A person, title or pronoun whose naming begins at a unit."""
        found = self.person_at(i)
        pronoun = self._pronouns.longest(self._units, i)
        if found or not pronoun or pronoun[0] in self._cast.at:
            return found
        name = self._antecedents.meant(i)
        return Speaker(name, i, pronoun[0]) if name else None

    def subject_within(self, first: int, after: int) -> str | None:
        """Whoever begins the sentence in these units or a clause of it, else the person named last."""
        found = self._subject(first, after)
        if found:
            return found.name
        named = self._cast.person_within(first, after)
        return named.name if named else None

    def person_at(self, i: int) -> Speaker | None:
        """A person, title or both whose naming begins at a unit."""
        title, office = self._title(i), self._by_begin.get(i)
        named = self._cast.at.get(office.after if office else title)
        if named and named.kind is Kind.PERSON:
            self._antecedents.remember(named.name, i)
            return Speaker(named.name, i, self._behind_apposition(named.after, named.name))
        name = self._bearers.holder(office) or self._antecedents.titled(office) if office else None
        return Speaker(name, i, office.after) if name and office else None

    def _title(self, i: int) -> int:
        """Where the title or pronoun at a unit ends; the unit itself if there is none."""
        found = self._pronouns.longest(self._units, i) or self._titles.longest(self._units, i)
        return found[0] if found else i

    def _skip_adverbs(self, k: int, lower: int) -> int:
        while k > lower:
            back = self._word_ending(self._adverbs, k, lower) or self._time_ending(k, lower)
            if back is None or self._cast.ending.get(k):
                return k
            k = back
        return k

    def _word_ending(self, words: Phrases[str], k: int, lower: int) -> int | None:
        """Where the word that ends at ``k`` begins."""
        for first in range(max(lower, k - LONGEST_WORD), k):
            found = words.longest(self._units, first)
            if found and found[0] == k:
                return first
        return None

    def _time_ending(self, k: int, lower: int) -> int | None:
        """``ngày 29/9``, ``hôm 20-3``: a word of time and its numbers."""
        first = k
        while first > lower and self._units.terms[first - 1].isdigit():
            first -= 1
        return self._word_ending(self._times, first, lower)

    def _is_crossable(self, k: int) -> bool:
        gap = self._units.gaps[k].strip()
        return gap in _ASIDE or gap.replace(",", "").strip() == ")"

    def _ending(self, k: int, lower: int) -> Speaker | None:
        """The speaker whose naming ends right before ``k``."""
        if ")" in self._units.gaps[k]:
            k = self._bracket(k, lower)
        office = self._by_end.get(k)
        if office and office.begin >= lower:
            name = self._bearers.holder(office)
            if not name and not self._is_group(office.begin, lower):
                name = self._antecedents.titled(office)
            return Speaker(name, office.begin, k) if name else None
        named = self._cast.ending.get(k)
        if named and named.first >= lower:
            person = self._of_body(named, k, lower)
            if person:
                return person
            name = self._named(named, lower)
            return Speaker(name, self._title_start(named, lower), k) if name else None
        pronoun = self._word_ending(self._pronouns, k, lower)
        if pronoun is None or self._is_country(pronoun):
            return None
        name = self._antecedents.meant(pronoun)
        return Speaker(name, pronoun, k) if name else None

    def _is_put_in(self, speaker: Speaker, k: int, lower: int) -> bool:
        """``Luật sư Thử, bào chữa cho bị cáo, đề nghị``: named last, but within what commas put in."""
        gaps, first = self._units.gaps, speaker.first
        put_in = "," in gaps[k] and first > lower
        return put_in and ("," not in gaps[first] or self._is_place(first))

    def _is_place(self, i: int) -> bool:
        named = self._cast.within.get(i)
        return named is not None and named.kind is Kind.PLACE

    def _of_body(self, body: Named, k: int, lower: int) -> Speaker | None:
        """``Giáo sư Lê Văn Thử, Đại học Mẫu, nói``: whose body is put in between commas."""
        gaps = self._units.gaps
        if body.kind is not Kind.ORGANISATION or "," not in gaps[k] or "," not in gaps[body.first]:
            return None
        person = self._cast.ending.get(body.first)
        if person is None or person.kind is not Kind.PERSON or person.first < lower:
            return None
        return Speaker(person.name, self._title_start(person, lower), k)

    def _is_country(self, i: int) -> bool:
        """``Phía Anh``: a capital within the sentence is no pronoun's."""
        return self._units.caps[i] and self._units.spaced[i]

    def _title_start(self, named: Named, lower: int) -> int:
        """Where the title or pronoun in front of a name begins, or the name."""
        office = self._by_end.get(named.first)
        if office and office.begin >= lower:
            return office.begin
        if not self._units.spaced[named.first]:
            return named.first
        pronoun = self._word_ending(self._pronouns, named.first, lower)
        return named.first if pronoun is None else pronoun

    def _bracket(self, k: int, lower: int) -> int:
        for i in range(k - 1, lower, -1):
            if "(" in self._units.gaps[i]:
                return i
        return k

    def _named(self, named: Named, lower: int) -> str | None:
        """A person; a body unless something of it is meant (``chuyên gia của Bộ X``); few places."""
        if named.kind is Kind.PERSON:
            return named.name
        first = named.first
        if named.kind is Kind.PLACE:
            return self._place(named, lower)
        if self._word_ending(self._voices, first, lower) is not None:
            return named.name
        if self._word_ending(self._not_before, first, lower) is not None:
            return None
        return named.name

    def _place(self, named: Named, lower: int) -> str | None:
        """A country or city that speaks begins its clause; ``lãnh đạo tỉnh`` speaks for one."""
        body = self._cast.ending.get(named.first)
        if body and body.kind is Kind.ORGANISATION:
            return body.name
        first = named.first
        if first > lower and self._units.terms[first - 1] in self._levels:
            first -= 1
        leader = self._word_ending(self._leaders, first, lower)
        if leader is not None:
            return written(self._units, leader, named.after)
        if first == lower or self._units.gaps[first].strip() == ",":
            return named.name
        return named.name if self._word_ending(self._openings, first, lower) is not None else None

    def _is_group(self, i: int, lower: int) -> bool:
        """``các đại biểu``, ``196 đại biểu``."""
        number = i > lower and self._units.terms[i - 1].isdigit()
        return number or self._word_ending(self._groups, i, lower) is not None

    def _aside(self, k: int, lower: int) -> Speaker | None:
        """``ông Lê Văn Thử, người từng dự họp, cho biết``: the person before what is put in."""
        if not self._units.gaps[k].strip():
            return None
        named = self._cast.person_within(max(lower, k - FARTHEST_PERSON), k)
        if named is None or named.after >= self._units.count:
            return None
        if self._units.gaps[named.after].strip() not in _ASIDE - {""}:
            return None
        first = self._title_start(named, lower)
        before = self._word_ending(self._not_before, first, lower)
        if before is not None and not self._titles.longest(self._units, before):
            return None  # "luật sư của Tổng thống Thử, nói"
        return Speaker(named.name, first, k)

    def _behind_apposition(self, after: int, person: str) -> int:
        """Behind the offices that follow a person's name."""
        units = self._units
        while after < units.count and units.gaps[after].strip() in {",", "-", "–"}:
            office = self._by_begin.get(after)
            if office is None or self._bearers.holder(office) != person:
                return after
            after = office.after
        return after
