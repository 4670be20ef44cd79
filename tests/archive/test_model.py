"""Any sequence of puts and removals leaves the archive as a plain dictionary would be left."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from archive.strategies import PATIENT
from tintuc_search.archive import open_archive
from tintuc_search.archive.base import Incoming, Outcome
from tintuc_search.article import Article
from tintuc_search.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

NUMBERS = st.integers(1, 4)
TEXTS = st.sampled_from(["Họp.", "Hoãn họp.", "Họp lại."])
ARTICLES = st.builds(
    lambda number, text: Article(str(number), source_id=str(number), paragraphs=(text,)),
    NUMBERS,
    TEXTS,
)


class ArchiveMachine(RuleBasedStateMachine):
    """The model: texts by id; removed ids; a copy of an index that follows the changes."""

    database: Callable[[], AbstractContextManager[str]]
    """Gives the URL of a new archive, for as long as its context lasts."""

    def __init__(self) -> None:
        super().__init__()
        self.left = ExitStack()
        self.url = self.left.enter_context(self.database())
        self.archive = open_archive(self.url)
        self.texts: dict[str, list[Article]] = {}
        self.removed: set[str] = set()
        self.sequence = 0
        self.followed: dict[str, Article] = {}
        self.mark = 0

    @rule(batch=st.lists(ARTICLES, max_size=6))
    def put(self, batch: list[Article]) -> None:
        """A batch has the outcomes that the model foretells."""
        found = self.archive.put([Incoming(article, "x") for article in batch])

        assert found == [self.expect(article) for article in batch]

    def expect(self, article: Article) -> tuple[str, Outcome]:
        """Do to the model what a put of one article should do."""
        key = article.source_id or ""
        if key in self.removed:
            return key, Outcome.REMOVED
        known = self.texts.setdefault(key, [])
        if known and known[-1] == article:
            return key, Outcome.UNCHANGED
        known.append(article)
        self.sequence += 1
        return key, Outcome.NEW if len(known) == 1 else Outcome.CHANGED

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        """What is there goes; what is not there is not found."""
        key = str(number)
        try:
            self.archive.remove(key)
        except NotFound:
            assert key not in self.texts
        else:
            del self.texts[key]
            self.removed.add(key)
            self.sequence += 1

    @rule()
    def reopen(self) -> None:
        """Closing and opening changes nothing."""
        self.archive.close()
        self.archive = open_archive(self.url)

    @rule(limit=st.integers(1, 3))
    def follow(self, limit: int) -> None:
        """Whoever follows the changes in small steps ends with what is there."""
        while changes := self.archive.changes(self.mark, limit):
            assert len(changes) <= limit
            for change in changes:
                assert change.sequence > self.mark
                self.mark = change.sequence
                if change.stored is None:
                    self.followed.pop(change.id, None)
                else:
                    self.followed[change.id] = change.stored.article
        assert self.followed == {key: known[-1] for key, known in self.texts.items()}

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        """Everything readable agrees with the model, all the time."""
        stored = list(self.archive.everything())
        assert {each.id: each.article for each in stored} == {
            key: known[-1] for key, known in self.texts.items()
        }
        assert self.archive.latest() == self.sequence
        assert self.archive.count() == len(self.texts)
        for each in stored:
            texts = [revision.article for revision in self.archive.revisions(each.id)]
            assert texts == self.texts[each.id]

    def teardown(self) -> None:
        """Leave no files behind."""
        self.archive.close()
        self.left.close()


@contextmanager
def new_file() -> Iterator[str]:
    """The URL of an archive in a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'archive.sqlite'}"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_an_archive_is_what_a_plain_dictionary_would_be(
    request: pytest.FixtureRequest, database: str
) -> None:
    new = new_file if database == "sqlite" else request.getfixturevalue("cluster").database

    class Machine(ArchiveMachine):
        database = staticmethod(new)

    run_state_machine_as_test(
        Machine, settings=settings(PATIENT, max_examples=12, stateful_step_count=25)
    )
