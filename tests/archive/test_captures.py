"""Texts that were captured earlier than now: each stands at its time, in whatever order they come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tintuc_search.archive.base import Incoming, Outcome, RawPage
from tintuc_search.article import Article

if TYPE_CHECKING:
    from tintuc_search.archive.store import SqlArchive

URL = "https://baolamhai.example/tin-1.htm"


def day(number: int) -> datetime:
    return datetime(2019, 5, number, 3, 4, 5, 678, tzinfo=UTC)


def captured(text: str, number: int | None, place: str | None = None) -> Incoming:
    """``text`` captured on a day, from a file of its own; None is now."""
    return Incoming(
        Article("Tin", url=URL, paragraphs=(text,)),
        place or f"{text}-{number}.warc@0",
        RawPage(f"{text} {number}".encode()),
        from_file=number is not None,
        captured_at=None if number is None else day(number),
    )


def history(archive: SqlArchive) -> list[tuple[str, datetime, datetime]]:
    """Each text with when it was seen first and last; its page must be one that it was read from."""
    [stored] = archive.everything()
    found = archive.revisions(stored.id)
    assert [*range(1, stored.revision + 1)] == [revision.number for revision in found]
    for revision in found:
        raw = archive.raw(stored.id, revision.number)
        assert raw is not None
        assert raw.content.startswith(revision.article.body.encode())
    return [(each.article.body, each.first_seen, each.last_seen) for each in found]


def test_a_text_was_seen_when_it_was_captured(archive: SqlArchive) -> None:
    archive.put([captured("A", 3)])
    archive.put([captured("A", 7)])
    archive.put([captured("B", 9)])
    [stored] = archive.everything()

    assert [("A", day(3), day(7)), ("B", day(9), day(9))] == history(archive)
    assert (day(3), day(9)) == (stored.first_seen, stored.last_seen)


@pytest.mark.parametrize("together", [True, False])
def test_captures_in_any_order_give_one_history(archive: SqlArchive, together: bool) -> None:
    """In one batch or in many; the text captured last is the newest."""
    captures = [captured("A", 1), captured("A", 2), captured("B", 5), captured("C", 8)]
    expected = [("A", day(1), day(2)), ("B", day(5), day(5)), ("C", day(8), day(8))]
    for order in permutations(captures):
        for batch in [list(order)] if together else [[each] for each in order]:
            archive.put(batch)
        [stored] = archive.everything()

        assert expected == history(archive)
        assert ("C", day(1), day(8)) == (
            stored.article.body,
            stored.first_seen,
            stored.last_seen,
        )
        archive.remove(stored.id)
        _forget(archive)


def _forget(archive: SqlArchive) -> None:
    """Let the article be imported anew."""
    with archive._database.writing() as connection:
        for table in ("article_keys", "articles"):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608


def test_an_older_capture_leaves_the_newest_text_and_its_sequence(archive: SqlArchive) -> None:
    archive.put([captured("Nay", None)])
    [before] = archive.everything()
    [(_, outcome)] = archive.put([captured("Xưa", 1)])
    [after] = archive.everything()

    assert Outcome.CHANGED is outcome
    assert ("Nay", before.sequence, 2) == (after.article.body, after.sequence, after.revision)
    assert before.sequence == archive.latest()
    assert ["Xưa", "Nay"] == [text for text, _, _ in history(archive)]


def test_the_same_captures_again_change_nothing(archive: SqlArchive) -> None:
    captures = [captured("C", 8), captured("A", 1), captured("B", 5)]
    archive.put(captures)
    before = history(archive)
    outcomes = [outcome for _, outcome in archive.put(captures)]
    elsewhere = [captured(text, number, "b.warc@9") for text, number in (("B", 5), ("A", 1))]
    outcomes += [outcome for _, outcome in archive.put(elsewhere)]

    assert {Outcome.UNCHANGED} == set(outcomes)
    assert before == history(archive)


def test_another_text_between_two_sights_of_the_newest_does_not_replace_it(
    archive: SqlArchive,
) -> None:
    archive.put([captured("A", 1), captured("A", 9), captured("B", 5)])

    assert ["B", "A"] == [text for text, _, _ in history(archive)]


def test_no_capture_is_of_the_future(archive: SqlArchive) -> None:
    coming = datetime.now(UTC) + timedelta(days=400)
    article = captured("A", 1)
    archive.put([Incoming(article.article, "x", article.raw, captured_at=coming)])
    [stored] = archive.everything()

    assert stored.last_seen < coming - timedelta(days=300)


def test_what_was_removed_stays_removed(archive: SqlArchive) -> None:
    [(article_id, _)] = archive.put([captured("A", 5)])
    archive.remove(article_id)

    assert [(article_id, Outcome.REMOVED)] == list(archive.put([captured("B", 1)]))
