"""Quotations in their engine and in the file beside it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine_samples import document
from tintuc_search.engine.base import AllOf, SearchRequest, Terms, WeightedTerm
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.errors import IndexUnusable
from tintuc_search.quotations.base import Quotation, Quoted
from tintuc_search.quotations.store import SqliteQuotations
from tintuc_search.quotations.writing import QuotationIndex

if TYPE_CHECKING:
    from pathlib import Path


def said(article: str, *texts: str) -> Quoted:
    """An article that quotes these words."""
    return Quoted(
        article,
        tuple(
            Quotation(article, number, 1, 10 * number, 10 * number + 5, "direct", f"Ông {text}")
            for number, text in enumerate(texts)
        ),
        tuple(
            document(f"{article}.{number}", body=text, published=number)
            for number, text in enumerate(texts)
        ),
    )


class Kept:
    """An index of quotations in memory."""

    def __init__(self) -> None:
        self.engine, self.store = MemoryEngine(), SqliteQuotations(":memory:")
        self.index = QuotationIndex(self.engine, self.store)

    def write(self, *quoted: Quoted, deleted: tuple[str, ...] = (), commit: bool = True) -> None:
        with self.index.writer() as writer:
            writer.apply(quoted, deleted)
            if commit:
                writer.commit(self.index.mark() + 1)

    def everything(self) -> set[str]:
        return self.found(AllOf(()))

    def found(self, query: AllOf | Terms) -> set[str]:
        return {hit.id for hit in self.engine.search(SearchRequest(query, limit=1000)).hits}


def test_what_was_written_is_found_and_told() -> None:
    kept = Kept()
    kept.write(said("a", "cầu", "đường"), said("b", "cầu"))

    ids = kept.found(Terms((WeightedTerm("cầu"),)))

    assert ids == {"a.0", "b.0"}
    assert kept.store.of(ids) == {
        "a.0": said("a", "cầu").quotations[0],
        "b.0": said("b", "cầu").quotations[0],
    }
    assert [each.number for each in kept.store.within(["a"])] == [0, 1]


@pytest.mark.parametrize("unknown", ["", "a", "a.9", ".0", "x.0", "a.0.0", "\ud800.0", "à.1"])
def test_an_unknown_id_is_left_out(unknown: str) -> None:
    kept = Kept()
    kept.write(said("a", "cầu"))

    assert kept.store.of([unknown]) == {}


def test_a_new_revision_with_fewer_quotations_leaves_none_of_the_old() -> None:
    kept = Kept()
    kept.write(said("a", "một", "hai", "ba"))
    kept.write(said("a", "bốn"))

    assert kept.everything() == {"a.0"}
    assert [each.speaker for each in kept.store.within(["a"])] == ["Ông bốn"]


def test_a_transaction_that_was_not_committed_leaves_the_engine_and_is_made_good_by_the_next() -> (
    None
):
    kept = Kept()
    kept.write(said("a", "một", "hai", "ba"))
    kept.write(said("a", "bốn"), commit=False)
    assert kept.everything() == {"a.0", "a.1", "a.2"}

    kept.write(said("a", "bốn"))

    assert kept.everything() == {"a.0"}


histories = st.lists(
    st.tuples(
        st.dictionaries(
            st.sampled_from("abc"), st.lists(st.sampled_from(["cầu", "đường"]), max_size=3)
        ),
        st.lists(st.sampled_from("abc"), max_size=2),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(histories)
def test_whatever_was_cut_short_the_next_run_makes_all_as_if_nothing_had_been(
    history: list[tuple[dict[str, list[str]], list[str], bool]],
) -> None:
    """A run that is cut short is run again before the next: its changes still count from the same mark."""
    kept, now = Kept(), dict[str, list[str]]()
    for written, deleted, cut in history:
        gone = tuple(each for each in deleted if each not in written)
        quoted = [said(article, *texts) for article, texts in written.items()]
        if cut:
            kept.write(*quoted, deleted=gone, commit=False)
        kept.write(*quoted, deleted=gone)
        now = {article: texts for article, texts in (now | written).items() if article not in gone}

    assert kept.everything() == {
        f"{article}.{number}" for article, texts in now.items() for number in range(len(texts))
    }
    for article, texts in now.items():
        assert tuple(kept.store.within([article])) == said(article, *texts).quotations


def test_a_missing_or_damaged_file_is_met_by_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "quotations.sqlite"
    store = SqliteQuotations(path)
    with pytest.raises(IndexUnusable, match="quotations"):
        store.check()
    path.write_bytes(b"no database" * 100)
    with pytest.raises(IndexUnusable, match="quotations"):
        store.check()

    store.clear()

    store.check()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM quotations").fetchone() == (0,)
    connection.close()
    store.close()


def test_the_file_stays_open_over_the_writes_of_a_transaction(tmp_path: Path) -> None:
    store, journal = SqliteQuotations(tmp_path / "q.sqlite"), tmp_path / "q.sqlite-wal"
    store.clear()
    store.close()
    assert not journal.exists()

    with QuotationIndex(MemoryEngine(), store).writer() as writer:
        for article in ("a", "b"):
            writer.apply([said(article, "cầu")], ())
            assert journal.stat().st_size, "as long as nobody tidied up"

    assert not journal.exists()
    assert ["a.0", "b.0"] == [each.id for each in store.within(["a", "b"])]
    store.close()
