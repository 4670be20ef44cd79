"""What becomes of articles that are put, changed, read and removed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tintuc_search.archive.base import Incoming, Outcome, RawPage
from tintuc_search.article import VIETNAM, Article
from tintuc_search.errors import NotFound

if TYPE_CHECKING:
    from tintuc_search.archive.store import SqlArchive

URL = "https://baolamhai.example/tin-{}.htm"


def article(number: int = 1, text: str = "Hội đồng họp sáng nay.") -> Article:
    return Article(
        f"Tin {number}",
        url=URL.format(number),
        paragraphs=(text,),
        published_at=datetime(2019, 5, 31, 9, 49, tzinfo=VIETNAM),
        source="Báo Lâm Hải",
        section="Thời sự",
    )


def put(archive: SqlArchive, *articles: Article, page: bytes | None = None) -> list[Outcome]:
    raw = None if page is None else RawPage(page, "text/html; charset=utf-8")
    batch = [
        Incoming(each, f"tin.jsonl:{number}", raw) for number, each in enumerate(articles, start=1)
    ]
    return [outcome for _, outcome in archive.put(batch)]


def id_of(archive: SqlArchive, each: Article) -> str:
    return archive.put([Incoming(each, "x")])[0][0]


def test_a_new_archive_is_empty(archive: SqlArchive) -> None:
    assert (0, 0, [], []) == (
        archive.count(),
        archive.latest(),
        list(archive.everything()),
        list(archive.changes(0, 10)),
    )


def test_an_article_comes_back_as_it_was_put(archive: SqlArchive) -> None:
    [(article_id, outcome)] = archive.put([Incoming(article(), "tin.jsonl:1")])

    stored = archive.get(article_id)

    assert outcome is Outcome.NEW
    assert stored is not None
    assert (article_id, article(), 1, 1) == (
        stored.id,
        stored.article,
        stored.revision,
        stored.sequence,
    )
    assert stored.first_seen == stored.last_seen


def test_an_unchanged_article_is_only_seen_again(archive: SqlArchive) -> None:
    article_id = id_of(archive, article())
    before = archive.get(article_id)

    assert put(archive, article()) == [Outcome.UNCHANGED]

    after = archive.get(article_id)
    assert before is not None
    assert after is not None
    assert (before.sequence, before.first_seen) == (after.sequence, after.first_seen)
    assert before.last_seen < after.last_seen
    assert archive.latest() == 1
    [revision] = archive.revisions(article_id)
    assert (revision.first_seen, revision.last_seen) == (before.first_seen, after.last_seen)


def test_a_changed_text_is_a_new_revision_and_an_older_wording_another(archive: SqlArchive) -> None:
    article_id = id_of(archive, article())
    texts = ["Hội đồng họp sáng nay.", "Hội đồng hoãn họp.", "Hội đồng họp sáng nay."]

    outcomes = [put(archive, article(text=text))[0] for text in texts]

    assert outcomes == [Outcome.UNCHANGED, Outcome.CHANGED, Outcome.CHANGED]
    assert [(1, texts[0]), (2, texts[1]), (3, texts[2])] == [
        (revision.number, revision.article.body) for revision in archive.revisions(article_id)
    ]
    stored = archive.get(article_id)
    assert stored is not None
    assert (3, 3) == (stored.revision, stored.sequence)


def test_a_file_imported_again_is_no_news_even_if_a_newer_one_came_since(
    archive: SqlArchive,
) -> None:
    old, new = article(), article(text="Hội đồng hoãn họp.")
    files = [
        Incoming(old, "luu/a.html", RawPage(b"1"), from_file=True),
        Incoming(new, "luu/b.html", RawPage(b"2"), from_file=True),
    ]
    moved = [Incoming(each.article, f"/kho/{each.place}", each.raw, True) for each in files]

    outcomes = [outcome for batch in (files, files, moved) for _, outcome in archive.put(batch)]

    assert outcomes == [Outcome.NEW, Outcome.CHANGED, *[Outcome.UNCHANGED] * 4]
    assert 2 == len(archive.revisions(id_of(archive, new)))


def test_an_older_wording_in_another_file_is_a_new_revision(archive: SqlArchive) -> None:
    for text, name, page in (("Họp.", "a", b"1"), ("Hoãn.", "b", b"2"), ("Họp.", "a", b"3")):
        [(article_id, outcome)] = archive.put(
            [Incoming(article(text=text), name, RawPage(page), from_file=True)]
        )

    assert Outcome.CHANGED == outcome
    assert 3 == len(archive.revisions(article_id))


def test_one_article_twice_in_a_batch_is_one_article(archive: SqlArchive) -> None:
    outcomes = put(archive, article(), article(), article(text="Khác."), article(text="Khác."))

    assert outcomes == [Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED, Outcome.UNCHANGED]
    [stored] = archive.everything()
    assert ("Khác.", 2, 2) == (stored.article.body, stored.revision, stored.sequence)
    assert len(archive.revisions(stored.id)) == 2


def test_a_batch_may_be_larger_than_one_statement_takes(archive: SqlArchive) -> None:
    many = [article(number) for number in range(1203)]

    assert put(archive, *many) == [Outcome.NEW] * 1203
    assert put(archive, *many) == [Outcome.UNCHANGED] * 1203
    ids = [stored.id for stored in archive.everything()]
    assert ids == sorted(ids)
    assert (1203, 1203) == (len(set(ids)), archive.count())
    assert set(ids) == set(archive.get_many([*ids, "nichts"]))


def test_ids_come_in_the_order_of_their_code_points(archive: SqlArchive) -> None:
    """Whatever order the server has for the language of the land."""
    ids = ["a", "B", "b", "A-1", "a_1", "_x", "10", "9", "1.0", "c.h", "ch", "cz", "d-d", "dd"]
    archive.put([Incoming(Article("Tin", source_id=each), "x") for each in ids])

    assert sorted(ids) == [stored.id for stored in archive.everything()]


def test_another_address_of_the_same_page_is_no_new_text(archive: SqlArchive) -> None:
    plain = Article("A", url="https://thoisu.example/tin-1.html")
    others = (
        "http://m.thoisu.example/tin-1.html",
        "https://www.thoisu.example/tin-1.html?utm_source=rss",
    )

    outcomes = put(archive, plain, *(Article("A", url=other) for other in others))
    assert outcomes == [Outcome.NEW, Outcome.UNCHANGED, Outcome.UNCHANGED]


def test_an_article_is_known_again_by_its_own_id_when_its_address_changes(
    archive: SqlArchive,
) -> None:
    old = Article("A", url=URL.format(1), source="S", source_id="77")
    new = Article("A", url=URL.format("moi"), source="S", source_id="77")

    assert put(archive, old, new) == [Outcome.NEW, Outcome.CHANGED]
    # Both addresses lead to it from now on.
    assert put(archive, Article("A", url=URL.format(1))) == [Outcome.CHANGED]
    assert archive.count() == 1


def test_two_sources_may_use_one_own_id(archive: SqlArchive) -> None:
    one, other = Article("A", source="S", source_id="7"), Article("B", source="T", source_id="7")

    assert put(archive, one, other) == [Outcome.NEW, Outcome.NEW]
    assert put(archive, other, one) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert {"A", "B"} == {stored.article.title for stored in archive.everything()}
    plain = archive.get("7")
    assert plain is not None
    assert plain.article == one


def test_files_of_one_name_in_two_folders_are_two_articles(archive: SqlArchive) -> None:
    batch = [Incoming(Article("A"), "05/1.txt"), Incoming(Article("B"), "06/1.txt")]

    assert [Outcome.NEW, Outcome.NEW] == [outcome for _, outcome in archive.put(batch)]
    moved = [Incoming(Article("A"), "/mnt/05/1.txt"), Incoming(Article("B"), "/mnt/06/1.txt")]
    assert archive.put(moved) == [(key, Outcome.UNCHANGED) for key, _ in archive.put(batch)]


def test_changes_rise_and_show_the_newest_state_once(archive: SqlArchive) -> None:
    put(archive, article(1), article(2), article(3))
    put(archive, article(1, "Khác."))

    changes = archive.changes(0, 10)

    assert [2, 3, 4] == [change.sequence for change in changes]
    assert ["Tin 2", "Tin 3", "Tin 1"] == [
        change.stored.article.title for change in changes if change.stored
    ]
    assert [3, 4] == [change.sequence for change in archive.changes(2, 10)]
    assert [2] == [change.sequence for change in archive.changes(0, 1)]
    assert [] == archive.changes(archive.latest(), 10)


def test_a_removed_article_leaves_a_tombstone_that_refuses_it(archive: SqlArchive) -> None:
    article_id = id_of(archive, article())
    put(archive, article(text="Khác."), page=b"<p>Khac.</p>")

    archive.remove(article_id, "theo yêu cầu")

    assert archive.get(article_id) is None
    assert (0, 3) == (archive.count(), archive.latest())
    [change] = archive.changes(0, 10)
    assert (3, article_id, None) == (change.sequence, change.id, change.stored)
    assert put(archive, article(text="Lại nữa.")) == [Outcome.REMOVED]
    assert archive.latest() == 3
    assert [] == list(archive.everything())


@pytest.mark.parametrize("article_id", ["nichts", "", "đảng", "\0", "\ud800", "' OR 1=1 --"])
def test_what_is_not_there_is_not_found(archive: SqlArchive, article_id: str) -> None:
    put(archive, article())

    assert archive.get(article_id) is None
    for ask in (archive.revisions, archive.raw, archive.remove):
        with pytest.raises(NotFound, match="there is no article"):
            ask(article_id)


def test_a_removed_article_is_not_found_again(archive: SqlArchive) -> None:
    article_id = id_of(archive, article())
    archive.remove(article_id)

    for ask in (archive.revisions, archive.raw, archive.remove):
        with pytest.raises(NotFound, match=f"there is no article {article_id}"):
            ask(article_id)


def test_each_revision_keeps_the_page_it_was_read_from(archive: SqlArchive) -> None:
    article_id = id_of(archive, article())
    put(archive, article(text="Hai."), page=b"\x00\xff<html>2")
    put(archive, article(text="Ba."), page=b"<html>3")

    assert archive.raw(article_id, 1) is None
    assert archive.raw(article_id, 2) == RawPage(b"\x00\xff<html>2", "text/html; charset=utf-8")
    newest = archive.raw(article_id)
    assert newest is not None
    assert newest.content == b"<html>3"
    with pytest.raises(NotFound, match="no revision 4"):
        archive.raw(article_id, 4)


def test_the_first_page_of_a_text_is_kept_even_if_it_comes_late(archive: SqlArchive) -> None:
    article_id = id_of(archive, article())

    put(archive, article(), page=b"first")
    put(archive, article(), page=b"second, other advertisements")

    found = archive.raw(article_id)
    assert found is not None
    assert found.content == b"first"
    assert archive.latest() == 1


def test_a_page_shared_by_two_articles_outlives_the_first(archive: SqlArchive) -> None:
    put(archive, article(1), article(2), page=b"both")
    one, other = (archive.put([Incoming(article(number), "x")])[0][0] for number in (1, 2))

    archive.remove(one)

    found = archive.raw(other)
    assert found is not None
    assert found.content == b"both"


def test_an_empty_batch_is_nothing(archive: SqlArchive) -> None:
    assert [] == archive.put([])


def test_reading_everything_goes_on_while_others_write(archive: SqlArchive) -> None:
    put(archive, *(article(number) for number in range(450)))

    seen = set()
    for number, stored in enumerate(archive.everything()):
        seen.add(stored.id)
        if number == 10:
            put(archive, *(article(extra) for extra in range(500, 510)))

    assert len(seen) >= 450
