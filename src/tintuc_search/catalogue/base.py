"""What the catalogue gives, and its ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from tintuc_search.archive.base import StoredArticle
    from tintuc_search.entities.base import ArticleEntities, Kind


@dataclass(frozen=True, slots=True)
class EntityEntry:
    """An entity in a list.

    ``note`` tells it from namesakes, mostly empty; ``articles`` name it, ``mentions`` times; ``first`` and ``last``
    are the times of publication of the earliest and the latest of them, None where none is dated.
    """

    id: str
    kind: Kind
    name: str
    note: str
    articles: int
    mentions: int
    first: datetime | None
    last: datetime | None

    @property
    def title(self) -> str:
        """The name, with what tells it from its namesakes: ``Lê Văn Thử (Cà Mau)``."""
        return f"{self.name} ({self.note})" if self.note else self.name


@dataclass(frozen=True, slots=True)
class Alias:
    """A way that articles write an entity's name; ``articles`` 0 for one that only an editor gave."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Proof:
    """An article that says something, and when it was published."""

    article: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office of a person, by the articles that say so.

    ``proofs`` tell of it as held at the time, ``former_proofs`` as of the past, both the earliest first. ``body`` is
    the body or place that it is an office of, where the archive knows that one. ``terms`` are those that articles tell
    (``nhiệm kỳ 2016-2021``), by the time of the first that does.
    """

    office: str
    body: EntityEntry | None
    proofs: tuple[Proof, ...]
    former_proofs: tuple[Proof, ...]
    terms: tuple[str, ...] = ()

    @property
    def first(self) -> datetime | None:
        """When the earliest dated article told of it as held."""
        return min((p.published for p in self.proofs if p.published), default=None)

    @property
    def last(self) -> datetime | None:
        """When the latest dated article told of it as held."""
        return max((p.published for p in self.proofs if p.published), default=None)


@dataclass(frozen=True, slots=True)
class Related:
    """An entity named together with another.

    ``together`` articles name both where chance would have ``expected``; ``score`` is Dunning's log-likelihood
    ratio, above 10.83 less likely than one in a thousand to be chance.
    """

    entity: EntityEntry
    together: int
    expected: float
    score: float


@dataclass(frozen=True, slots=True)
class Saying:
    """``article.text[start:end]`` are words that an entity said; ``kind`` ``direct`` or ``indirect``."""

    article: str
    revision: int
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A place before or after a merger: ``date`` (ISO), and ``later`` if it is what came of it.

    ``entity`` where articles name it so that it is sure which of the name they mean.
    """

    entity: EntityEntry | None
    name: str
    date: str
    later: bool


@dataclass(frozen=True, slots=True)
class Belonging:
    """An administrative division that a place's name is or was of.

    ``title`` with its type (``Quận 1``), ``level`` ``province``, ``district`` or ``commune``; ``within`` the titles of
    its district and province; ``since`` and ``until`` days (ISO), empty where it is older than our lists, or still is.
    """

    title: str
    level: str
    within: tuple[str, ...]
    since: str
    until: str
    successions: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """All of one entity. ``months`` holds (``2019-05``, articles) of the months with any.

    ``divisions`` are of a place, the widest first; ``is_unsure`` where they lie in provinces of which none is told.
    """

    entry: EntityEntry
    aliases: tuple[Alias, ...]
    namesakes: tuple[EntityEntry, ...]
    offices: tuple[OfficeHeld, ...]
    related: tuple[Related, ...]
    months: tuple[tuple[str, int], ...]
    divisions: tuple[Belonging, ...]
    is_unsure: bool
    newest: tuple[str, ...]
    sayings: tuple[Saying, ...]

    @property
    def successions(self) -> tuple[Succession, ...]:
        """What came before and after the place, where it is sure which place is meant."""
        if self.is_unsure:
            return ()
        found = (each for division in self.divisions for each in division.successions)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Naming:
    """``article.text[start:end]`` names the entity ``id``."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class Restriction:
    """What finds an entity's articles in the index: its ``keys``, within ``articles`` where these are not its alone."""

    kind: Kind
    keys: frozenset[str]
    articles: frozenset[str] | None


class EntityFinder(Protocol):
    """What a search asks, to take and to tell ids of entities."""

    def restriction(self, entity_id: str) -> Restriction | None:
        """What finds the articles of an entity; None where there is none of this id."""
        ...

    def ids_of(self, kind: Kind, keys: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the entities that the index knows by each key, the most named first."""
        ...


class CatalogueWriter(Protocol):
    """What a run of indexing needs."""

    def apply(
        self, named: Iterable[tuple[StoredArticle, ArticleEntities]], deleted: Iterable[str]
    ) -> None:
        """Keep what articles name, in place of what was kept of them, in one transaction."""
        ...

    def settle(self) -> None:
        """Make the entities anew whose names changed, or all where the editor's file did."""
        ...

    def clear(self) -> None:
        """Forget everything, whatever state the file is in."""
        ...


class Catalogue(EntityFinder, Protocol):
    """What pages and API ask."""

    def generation(self) -> str:
        """A string that changes whenever anything below may."""
        ...

    def entities(
        self, text: str = "", kind: Kind | None = None, *, offset: int = 0, limit: int = 20
    ) -> tuple[int, Sequence[EntityEntry]]:
        """How many entities have a name with a word that begins so, and some, the most named first."""
        ...

    def entity(self, entity_id: str) -> EntityView | None:
        """All of one entity, by its id or one that leads to it; None where there is none."""
        ...

    def entry(self, entity_id: str) -> EntityEntry | None:
        """The entity's entry."""
        ...

    def bearers(self, kind: Kind, name: str) -> Sequence[str]:
        """The ids of the entities that articles call by a name, the most named first."""
        ...

    def named(self, article: str, revision: int) -> Sequence[Naming]:
        """Where the text of an article names which entity, in order; empty for another revision."""
        ...
