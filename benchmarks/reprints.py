"""Finding reprints in a given archive: time, peak memory, and recall against exact comparison on a sample.

``python -m benchmarks.reprints articles.jsonl.gz [--sample 500]``; one process, so ``OMP_NUM_THREADS=1`` is one core.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tintuc_search.indexer.importers import import_paths
from tintuc_search.reprints.comparing import shares
from tintuc_search.reprints.finding import find_reprints
from tintuc_search.reprints.shingles import SHORTEST, Shingler, Shingles
from tintuc_search.reprints.signatures import Signer
from tintuc_search.settings import Settings
from tintuc_search.wiring import Parts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sample", type=int, default=500)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder, Parts(Settings(home=Path(folder))) as parts:
        import_paths(parts.archive, [arguments.articles])
        parts.reprints.clear()
        began, used = time.perf_counter(), time.process_time()
        find_reprints(parts.archive, parts.reprints, parts.analyzer)
        clusters = list(parts.reprints.clusters())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{parts.archive.count()} articles: {time.perf_counter() - began:.0f} s, "
            f"{time.process_time() - used:.0f} s of one core, peak {peak:.0f} MB; "
            f"{len(clusters)} clusters, {sum(len(each.copies) for each in clusters)} copies"
        )
        shingler = Shingler(parts.analyzer)
        texts = [shingler.article(each.article) for each in parts.archive.everything()]
        _recall([each for each in texts if each.syllables >= SHORTEST], arguments.sample)


def _recall(texts: list[Shingles], size: int) -> None:
    """How many of the pairs that exact comparison of a sample with all others finds share a band."""
    owners = np.repeat(np.arange(len(texts)), [len(each.hashes) for each in texts])
    hashes = np.concatenate([each.hashes for each in texts])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    signer, found, all_pairs = Signer(), 0, 0
    for index in random.Random(1).sample(range(len(texts)), min(size, len(texts))):  # noqa: S311
        own = np.unique(texts[index].hashes)
        ends = zip(np.searchsorted(hashes, own), np.searchsorted(hashes, own, "right"), strict=True)
        counts = np.bincount(np.concatenate([owners[a:b] for a, b in ends]), minlength=len(texts))
        bands = set(signer.bands([texts[index]])[0].tolist())
        for other in np.flatnonzero(counts > len(own) * 0.1):
            if other != index and shares(texts[index], texts[other]):
                all_pairs += 1
                found += bool(bands & set(signer.bands([texts[other]])[0].tolist()))
    print(f"{found} of the {all_pairs} pairs of {size} articles share a band")


if __name__ == "__main__":
    main()
