"""Articles as hypothesis makes them."""

from __future__ import annotations

from datetime import datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tintuc_search.article import VIETNAM, Article
from tintuc_search.indexer.cleaning.text import fold

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""No test is about time, and a machine may be busy."""

LETTERS = st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("ảđếộưỹẢĐẾ ")
LINES = st.text(LETTERS, min_size=1, max_size=30).map(fold).filter(bool)
"""One line as cleaning and importing leave it: NFC, nothing invisible, not empty, no space at its ends."""

MAYBE = st.none() | LINES
TIMES = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=VIETNAM)
)


def tuples(lines: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(lines, max_size=3).map(tuple)


ROWS = st.lists(LINES, min_size=1, max_size=3).map(tuple)
ARTICLES = st.builds(
    Article,
    title=LINES,
    url=st.none() | st.integers(1, 5).map("https://baolamhai.example/tin-{}.htm".format),
    lead=st.just("") | LINES,
    paragraphs=tuples(LINES),
    captions=tuples(LINES),
    tables=st.lists(st.lists(ROWS, min_size=1, max_size=2).map(tuple), max_size=2).map(tuple),
    published_at=TIMES,
    updated_at=TIMES,
    authors=tuples(LINES),
    origin=MAYBE,
    source=MAYBE,
    source_id=st.none() | st.sampled_from(["a-1", "7", "số 8"]) | LINES,
    section=MAYBE,
)
