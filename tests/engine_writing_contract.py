"""The part of the contract about transactions and the time limit."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from engine_samples import add_all, ask, document, fill, found, term, weighted
from tintuc_search.engine.base import AllOf, HasId, HasKeyword, KeywordField, Prefer, Terms
from tintuc_search.errors import IndexLocked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tintuc_search.engine.base import Engine, IndexDocument


def broken() -> Iterator[IndexDocument]:
    """A source of documents that fails after the first."""
    yield document("3", "ba")
    raise KeyError


class Writing:
    """Transactions."""

    def test_a_new_index_is_empty(self, engine: Engine) -> None:
        assert (0, 0, set()) == (engine.mark(), engine.count(), found(engine, AllOf(())))

    def test_a_document_replaces_the_one_of_the_same_id(self, engine: Engine) -> None:
        fill(engine, document("1", "cũ", source=("s",)), document("2", "khác"))
        fill(engine, document("1", "mới", source=("t",)), mark=2)

        assert set() == found(engine, term("cũ"))
        assert {"1"} == found(engine, term("mới"))
        assert {"1"} == found(engine, HasKeyword(KeywordField.SOURCE, frozenset({"t"})))
        assert {"1"} == found(engine, HasId(frozenset({"1", "3"})))
        assert (2, 2) == (engine.count(), engine.mark())

    def test_the_last_of_one_transaction_stays(self, engine: Engine) -> None:
        with engine.writer() as writer:
            add_all(writer, [document("1", "một"), document("2", "hai"), document("1", "ba")])
            add_all(writer, [document("3", "bốn")])
            writer.delete("2")
            writer.delete("3")
            add_all(writer, [document("3", "năm")])
            writer.commit(1)

        assert {"1", "3"} == found(engine, AllOf(()))
        assert {"3"} == found(engine, term("năm", "bốn"))
        assert set() == found(engine, term("một", "hai", "bốn"))

    def test_a_deleted_document_is_gone_and_an_unknown_one_no_error(self, engine: Engine) -> None:
        fill(engine, document("1", "một"), document("2", "hai"))
        with engine.writer() as writer:
            writer.delete("1")
            writer.delete("không có")
            writer.commit(7)

        assert {"2"} == found(engine, AllOf(()))
        assert (1, 7) == (engine.count(), engine.mark())

    def test_leaving_without_commit_discards(self, engine: Engine) -> None:
        fill(engine, document("1", "một"), mark=3)
        generation = engine.generation()
        with engine.writer() as writer:
            add_all(writer, [document("2", "hai")])
            writer.delete("1")
        with pytest.raises(KeyError), engine.writer() as writer:
            add_all(writer, broken())

        assert {"1"} == found(engine, AllOf(()))
        assert (3, generation) == (engine.mark(), engine.generation())

    def test_nothing_is_visible_before_the_commit(self, engine: Engine) -> None:
        fill(engine, document("1", "một"))
        with engine.writer() as writer:
            add_all(writer, [document("2", "hai")])
            writer.delete("1")

            assert {"1"} == found(engine, AllOf(()))
            writer.commit(2)
            assert {"2"} == found(engine, AllOf(()))

    def test_the_generation_changes_with_every_commit(self, engine: Engine) -> None:
        generations = [engine.generation()]
        for mark in (1, 2, 2):
            with engine.writer() as writer:
                writer.commit(mark)
            generations.append(engine.generation())

        assert 4 == len(set(generations))
        assert engine.generation() == generations[-1]

    def test_a_second_writer_is_refused_until_the_first_ends(self, engine: Engine) -> None:
        with engine.writer() as first:
            with pytest.raises(IndexLocked, match="written by"):
                engine.writer()
            with pytest.raises(IndexLocked):
                engine.writer(wait=0.05)
            first.commit(1)
        with engine.writer() as second:
            second.commit(2)

        assert 2 == engine.mark()

    def test_a_writer_waits_for_another_to_end(self, engine: Engine) -> None:
        first = engine.writer()
        timer = threading.Timer(0.1, first.__exit__, (None, None, None))
        timer.start()
        with engine.writer(wait=30) as second:
            second.commit(4)
        timer.join()

        assert 4 == engine.mark()

    def test_rebuild_empties_the_index(self, engine: Engine) -> None:
        fill(engine, document("1", "một", source=("s",)), mark=9)
        generation = engine.generation()
        engine.rebuild()

        assert (0, 0, set()) == (engine.mark(), engine.count(), found(engine, AllOf(())))
        assert generation != engine.generation()
        fill(engine, document("2", "hai"), mark=1)
        assert {"2"} == found(engine, AllOf(()))

    def test_searches_go_on_while_documents_are_written(self, engine: Engine) -> None:
        """Every search sees whole transactions: of each pair of documents both or none."""
        fill(engine, document("0-a", "đôi"), document("0-b", "đôi"))
        seen: list[set[str]] = []
        done = threading.Event()

        def search() -> None:
            while not done.is_set():
                seen.append(found(engine, term("đôi")))

        readers = [threading.Thread(target=search) for _ in range(2)]
        for reader in readers:
            reader.start()
        for i in range(1, 15):
            fill(engine, document(f"{i}-a", "đôi"), document(f"{i}-b", "đôi"))
            fill(engine, document(f"{i - 1}-a", "đôi lại"), document(f"{i - 1}-b", "đôi lại"))
        done.set()
        for reader in readers:
            reader.join()

        assert seen
        assert all(
            {i.replace("a", "b") for i in ids} == {i.replace("a", "b") for i in ids if "b" in i}
            for ids in seen
        )
        assert 30 == len(found(engine, term("đôi")))


class TimeLimit:
    """What happens when the time is up."""

    def test_without_time_expansions_are_left_out_and_named(self, engine: Engine) -> None:
        fill(engine, document("typed", "tỉnh"), document("other", "tinh"))
        query = Prefer(term("tinh^0.2", "tỉnh"), (term("khác"),))
        result = ask(engine, query, seconds=0.0)

        assert ["typed"] == [hit.id for hit in result.hits]
        assert result.cuts

    def test_with_time_nothing_is_cut(self, engine: Engine) -> None:
        fill(engine, document("typed", "tỉnh"), document("other", "tinh"))

        assert () == ask(engine, term("tinh^0.2", "tỉnh")).cuts

    def test_negative_weights_count_nothing(self, engine: Engine) -> None:
        fill(engine, document("1", "tỉnh"))
        result = ask(engine, Terms((weighted("tỉnh^-1"),)))

        assert [0.0] == [hit.score for hit in result.hits]
