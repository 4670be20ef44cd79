"""Every engine of one process, filled alike with random documents."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from engine_queries import SYLLABLES, ids
from engine_samples import document
from tintuc_search.engine.memory_engine import MemoryEngine
from tintuc_search.engine.tantivy_engine import TantivyEngine
from tintuc_search.engine.whoosh_engine import WhooshEngine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tintuc_search.engine.base import Engine, IndexDocument

NAMES = "123456"
texts = st.lists(st.sampled_from(SYLLABLES), max_size=9).map(" ".join)
dates = st.none() | st.integers(-200_000, 200_000)
documents = st.builds(
    document,
    st.sampled_from(NAMES),
    texts,
    texts,
    texts,
    dates,
    source=ids.map(lambda chosen: tuple(sorted(chosen))),
)
batches = st.lists(st.lists(documents, max_size=5), min_size=1, max_size=3)
deletions = st.lists(st.sampled_from(NAMES), max_size=2)


@contextmanager
def engines(
    written: Sequence[Sequence[IndexDocument]], deleted: Sequence[str]
) -> Iterator[tuple[list[Engine], dict[str, IndexDocument]]]:
    """Every embedded engine filled alike, in several transactions, and the documents that are left.

    The memory engine comes first.
    """
    left: dict[str, IndexDocument] = {}
    with tempfile.TemporaryDirectory() as folder:
        every: list[Engine] = [
            MemoryEngine(),
            WhooshEngine(Path(folder) / "whoosh"),
            TantivyEngine(Path(folder) / "tantivy"),
        ]
        for engine in every:
            engine.rebuild()
            for mark, batch in enumerate(written):
                with engine.writer() as writer:
                    for each in batch:
                        writer.add(each)
                        left[each.id] = each
                    writer.commit(mark)
            with engine.writer() as writer:
                for document_id in deleted:
                    writer.delete(document_id)
                writer.commit(99)
        yield every, {i: each for i, each in left.items() if i not in deleted}
        for engine in every:
            engine.close()
