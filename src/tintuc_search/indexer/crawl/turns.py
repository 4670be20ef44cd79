"""Which locks a crawl holds, so that no host is asked by two processes at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tintuc_search.indexer.crawl.links import hosts_of

if TYPE_CHECKING:
    from tintuc_search.indexer.crawl.sources import Source


def names_of(source: Source) -> tuple[frozenset[str], frozenset[str]]:
    """The locks that a crawl of a source holds alone, and those that it shares.

    Its hosts are its own, with all below them; those above are shared, so that whoever wants one of these whole has
    to wait, and crawls of other hosts below them need not.

    >>> from tintuc_search.indexer.crawl.sources import Source
    >>> [sorted(each) for each in names_of(Source("thu", "Báo thử", feeds=("https://tin.baomoi.example/rss",)))]
    [['host:tin.baomoi.example', 'source:thu'], ['host:baomoi.example', 'host:example']]
    """
    hosts = hosts_of(source)
    above = {
        ".".join(labels[start:])
        for labels in (host.split(".") for host in hosts)
        for start in range(1, len(labels))
    }
    alone = frozenset({f"source:{source.key}", *(f"host:{host}" for host in hosts)})
    return alone, frozenset(f"host:{host}" for host in above) - alone
