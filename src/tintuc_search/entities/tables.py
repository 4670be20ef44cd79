"""The lists of ``data/``, ready to be looked up by the first term of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from tintuc_search.analysis.tables import digest_tables, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.entities.units import Units

FILES = (
    "abbreviations.tsv",
    "common_words.tsv",
    "communes.tsv",
    "communes_before.tsv",
    "district_successors.tsv",
    "document_codes.tsv",
    "documents.tsv",
    "family_names.tsv",
    "foreign_given_names.tsv",
    "function_words.tsv",
    "laws.tsv",
    "level_bodies.tsv",
    "offices.tsv",
    "organisation_heads.tsv",
    "organisation_words.tsv",
    "organisations.tsv",
    "place_classifiers.tsv",
    "places.tsv",
    "province_successors.tsv",
    "speech.tsv",
    "titles.tsv",
)

_WITHIN_DOCUMENTS = frozenset(["meeting", "subject"])

VERBS = ("say", "ask", "weak", "other")
"""The kinds of verbs of speech, and of what only begins like one."""

V = TypeVar("V")
_NONE: frozenset[str] = frozenset()


class _Node(Generic[V]):
    """Where some terms in a row lead: what may follow, and the value of the phrase that ends here, if one does."""

    __slots__ = ("following", "listing", "value")

    def __init__(self) -> None:
        self.following: dict[str, _Node[V]] = {}
        self.value: V | None = None
        self.listing = False


class Phrases(Generic[V]):
    """Phrases with a value each, by their terms in a tree; finds the longest that begins at a unit."""

    def __init__(self, entries: Iterable[tuple[str, V]], *, lists: frozenset[str] = _NONE) -> None:
        """``lists``: the keys of names with commas in them, which others may not cross."""
        self._root: _Node[V] = _Node()
        for key, value in entries:
            terms = key.split(" ")
            node = self._root
            for term in terms:
                node = node.following.setdefault(term, _Node())
            # Of a phrase that is listed twice the first value counts, of a single term the last.
            if node.value is None or len(terms) == 1:
                node.value, node.listing = value, key in lists

    def beginnings(self) -> Iterator[tuple[str, ...]]:
        """The first two terms of each phrase, the one of a short phrase."""
        for first, node in self._root.following.items():
            if node.value is not None:
                yield (first,)
            yield from ((first, second) for second in node.following)

    def longest(self, units: Units, i: int, *, strict: bool = True) -> tuple[int, V] | None:
        """Where the longest phrase at ``i`` ends, and its value; ``strict``: only spaces inside."""
        count = units.count
        if i >= count:
            return None
        row = units.terms
        node = self._root.following.get(row[i])
        if node is None:
            return None
        found: tuple[int, V] | None = None
        after = i + 1
        if node.value is not None:
            found = after, node.value
        joints, commas = units.spaced if strict else units.soft, units.listing
        joined = True
        while after < count and (following := node.following.get(row[after])) is not None:
            # What parts by more than a comma, parts all that go on here; what parts by less, those of no list.
            if not commas[after]:
                break
            joined = joined and joints[after]
            node = following
            after += 1
            if node.value is not None and (joined or node.listing):
                found = after, node.value
        return found

    def begin(self, terms: Sequence[str]) -> V | None:
        """The value of the longest phrase that ``terms`` begin with, whatever stands between."""
        node, value = self._root, None
        for term in terms:
            following = node.following.get(term)
            if following is None:
                break
            node = following
            value = value if node.value is None else node.value
        return value


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What is written, what is read, which of it begins with a capital, what a name shows."""

    terms: tuple[str, ...]
    units: tuple[str, ...]
    caps: tuple[bool, ...]
    shown: str


class Tables:
    """All lists, keyed by the analyzer's terms."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.abbreviations = self._abbreviations()
        self.places = self._phrases("places.tsv")
        self.small_places = [
            analyzer.key(name).split(" ") for name, _ in _rows("places.tsv") if name[0].islower()
        ]
        communes = [analyzer.key(row[0]) for row in _rows("communes.tsv")]
        self.communes = Phrases((key, "commune") for key in communes)
        self.place_names = [
            key.split(" ")
            for key in (*communes, *(analyzer.key(name) for name, _ in _rows("places.tsv")))
        ]
        self.classifiers = self._kinds("place_classifiers.tsv")
        commas = [analyzer.key(name) for name, _ in _rows("organisations.tsv") if "," in name]
        self._lists = frozenset([*commas, *(key.replace(" và ", " ") for key in commas)])
        self.organisations = Phrases(self._organisation_keys(), lists=self._lists)
        self.brands = Phrases(
            (analyzer.key(name), name)
            for name, kind in _rows("organisations.tsv")
            if kind == "brand"
        )
        self.heads = self._kinds("organisation_heads.tsv")
        self.common = {tuple(analyzer.key(row[0]).split(" ")) for row in _rows("common_words.tsv")}
        self.common_words = Phrases((" ".join(terms), "word") for terms in self.common)
        self.words = self._phrases("organisation_words.tsv")
        self.fields = Phrases(
            (
                (key.removeprefix("bộ "), kind)
                for key, kind in self._organisation_keys()
                if key.startswith("bộ ")
            ),
            lists=frozenset(key.removeprefix("bộ ") for key in self._lists),
        )
        self.titles = self._phrases("titles.tsv")
        rows = [(analyzer.key(word), kind) for word, kind in _rows("documents.tsv")]
        self.documents = Phrases(row for row in rows if row[1] not in _WITHIN_DOCUMENTS)
        self.document_words = Phrases(row for row in rows if row[1] in _WITHIN_DOCUMENTS)
        self.laws = self._laws()
        parts: dict[str, set[str]] = {}
        for word, part in _rows("function_words.tsv"):
            parts.setdefault(part, set()).add(analyzer.key(word))
        self._parts = {part: frozenset(words) for part, words in parts.items()}
        self.level_bodies = {
            tuple(analyzer.key(body).split(" ")): tuple(analyzer.key(level).split(" "))
            for body, level in _rows("level_bodies.tsv")
        }
        self.offices = self._by_part("offices.tsv")
        self.speech = self._by_part("speech.tsv")
        self.verbs = self._verbs()
        self.given_names = {analyzer.key(row[0]) for row in _rows("foreign_given_names.tsv")}
        self.family_names: dict[str, set[str]] = {}
        for name, language in _rows("family_names.tsv"):
            self.family_names.setdefault(analyzer.key(name), set()).add(language)

    def is_half(self, units: Units, i: int) -> bool:
        """Whether a word goes on small behind its first syllable ``i``: ``Nghiên cứu``, ``Chính phủ``."""
        small = i + 1
        if small >= units.count or not units.spaced[small] or units.caps[small]:
            return False
        found = (
            self.words.longest(units, i),
            self.titles.longest(units, i),
            self.organisations.longest(units, i),
            self.heads.longest(units, i),
            self.documents.longest(units, i),
            self.common_words.longest(units, i),
        )
        return any(match is not None and match[0] > small for match in found)

    def part(self, name: str) -> frozenset[str]:
        """The keys of the function words that play the part ``name``."""
        return self._parts[name]

    def _phrases(self, file: str) -> Phrases[str]:
        return Phrases((self._analyzer.key(name), value) for name, value in _rows(file))

    def _by_part(self, file: str) -> dict[str, Phrases[str]]:
        """The words of each part that the second column names."""
        parts: dict[str, list[tuple[str, str]]] = {}
        for word, part in _rows(file):
            parts.setdefault(part, []).append((self._analyzer.key(word), word))
        return {part: Phrases(words) for part, words in parts.items()}

    def _verbs(self) -> Phrases[str]:
        """All verbs of speech together, each with its kind; of two kinds the first."""
        kinds: dict[str, str] = {}
        parts: dict[str, list[str]] = {}
        for word, part in _rows("speech.tsv"):
            parts.setdefault(part, []).append(self._analyzer.key(word))
        for kind in VERBS:
            for key in parts[kind]:
                kinds.setdefault(key, kind)
        return Phrases(kinds.items())

    def _kinds(self, file: str) -> Phrases[frozenset[str]]:
        """Rows of one word and comma-separated kinds; a word spelt twice has the kinds of both."""
        kinds: dict[str, frozenset[str]] = {}
        for word, listed in _rows(file):
            key = self._analyzer.key(word)
            kinds[key] = kinds.get(key, frozenset()) | frozenset(listed.split(","))
        return Phrases(kinds.items())

    def _organisation_keys(self) -> Iterator[tuple[str, str]]:
        """Names in full, and without ``và``: the press writes ``Bộ Giáo dục - Đào tạo`` too."""
        for name, kind in _rows("organisations.tsv"):
            if kind != "brand":
                key = self._analyzer.key(name)
                yield key, kind
                if " và " in key:
                    yield key.replace(" và ", " "), kind

    def _laws(self) -> Phrases[str]:
        """Subjects of laws; commas in them may be crossed, and left out."""
        subjects = [self._analyzer.key(subject) for (subject,) in _rows("laws.tsv")]
        return Phrases(((key, "law") for key in subjects), lists=frozenset(subjects))

    def _abbreviations(self) -> dict[str, list[Abbreviation]]:
        table: dict[str, list[Abbreviation]] = {}
        for short, full, name in _rows("abbreviations.tsv"):
            terms = tuple(self._analyzer.key(short).split(" "))
            spans = list(self._analyzer.spans(full))
            units = tuple(term for term, _, _ in spans)
            caps = tuple(full[start].isupper() for _, start, _ in spans)
            shown = full if name == "full" else ""
            table.setdefault(terms[0], []).append(Abbreviation(terms, units, caps, shown))
        for abbreviations in table.values():
            abbreviations.sort(key=lambda abbreviation: -len(abbreviation.terms))
        return table


def _rows(file: str) -> list[tuple[str, ...]]:
    return read_table(__package__, file)


def digest() -> str:
    """Changes whenever one of the lists does."""
    return digest_tables(__package__, *FILES)
