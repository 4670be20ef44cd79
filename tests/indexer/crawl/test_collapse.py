"""When a source is flagged, and when the flag goes."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from tintuc_search.archive.runs import Run
from tintuc_search.indexer.crawl.collapse import NO_ARTICLES, SHORTER_TEXTS, flag_of

NOW = datetime(2024, 3, 1, tzinfo=UTC)


def tally(recognised: int, refused: int = 0, length: int = 500, **more: Any) -> dict[str, Any]:
    return {
        "recognised": recognised,
        "refused": refused,
        "syllables": recognised * length,
        **more,
    }


def judge(*tallies: dict[str, Any]) -> list[str | None]:
    """The flag of every run of a source, oldest first, each judged when it ends as a crawl does it."""
    runs: list[Run] = []
    for each in tallies:
        earlier = runs[::-1]
        flag = flag_of(each, earlier, [run for run in earlier if run.flag is None])
        runs.append(Run("thu", NOW, NOW, NOW, each, None if each.get("accepted") else flag))
    return [run.flag for run in runs]


GOOD = [tally(20)] * 5


@pytest.mark.parametrize(
    ("runs", "flag"),
    [
        ([], None),
        ([tally(0, 9)], None),  # too few to be judged
        ([tally(0, 10)], NO_ARTICLES),  # not one article, whatever was before
        ([tally(0, 3), tally(0, 3), tally(0, 4)], NO_ARTICLES),  # over several runs
        ([*GOOD, tally(9, 11)], NO_ARTICLES),
        ([*GOOD, tally(10, 10)], None),
        ([*[tally(6, 14)] * 5, tally(6, 14)], None),  # a source where most pages are none, always
        ([tally(20), tally(20), tally(4, 16)], None),  # too little is known of the past
        # What fills up the newest stretch is no part of the past, which is too short then.
        ([tally(20), tally(20), tally(4, 16), tally(0)], None),
        ([*GOOD, tally(20, length=250)], SHORTER_TEXTS),
        ([*GOOD, tally(20, length=251)], None),
        ([*GOOD, tally(3, length=10)], None),  # three short pieces are no change of markup
        ([*GOOD, tally(20, length=5_000)], None),
        ([*GOOD, *[tally(0)] * 50], None),  # nothing new is no collapse
        ([*GOOD, tally(0, 40, refused_before=40)], None),  # the same lists refused again
    ],
)
def test_the_newest_runs_are_compared_with_those_before(
    runs: list[dict[str, Any]], flag: str | None
) -> None:
    assert (judge(*runs)[-1] if runs else judge(tally(0))[0]) == flag


def test_one_odd_run_does_not_move_the_measure() -> None:
    """A first crawl of a large old archive: far more pages than all later runs, hardly an article."""
    huge = tally(100, 5_000, length=10_000)

    assert judge(huge, *GOOD, tally(20)) == [None] * 7
    assert judge(huge, *GOOD, tally(5, 15))[-1] == NO_ARTICLES
    assert judge(huge, *GOOD, tally(20, length=200))[-1] == SHORTER_TEXTS


@pytest.mark.parametrize("collapsed", [tally(4, 16), tally(20, length=100), tally(0, 20)])
def test_a_flag_stays_as_long_as_the_collapse_and_goes_by_itself(collapsed: dict[str, Any]) -> None:
    flags = judge(*GOOD, *[collapsed] * 400, tally(20), tally(20))

    assert None not in flags[5:405]
    assert flags[405:] == [None, None]


def test_small_runs_are_judged_together() -> None:
    """A source with two pages a run is seen to collapse, and to come back, as soon as enough pages are there."""
    flags = judge(*[tally(2)] * 60, *[tally(0, 2)] * 30, *[tally(2)] * 30)

    assert flags[:60] == [None] * 60
    assert flags[66] == NO_ARTICLES
    assert set(flags[66:90]) == {NO_ARTICLES}
    assert flags[-1] is None
    changes = [before != after for before, after in pairwise(flags)]
    assert sum(changes) == 2, "it does not flicker"


def test_what_an_operator_accepts_is_the_new_measure() -> None:
    accepted = tally(5, 15, accepted=True)
    flags = judge(*GOOD, accepted, *[tally(5, 15)] * 9)

    assert set(flags[6:]) == {None}
    assert judge(*GOOD, accepted, *[tally(5, 15)] * 9, tally(2, 18))[-1] == NO_ARTICLES
