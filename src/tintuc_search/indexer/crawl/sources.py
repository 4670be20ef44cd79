"""What is crawled: one table of ``sources.toml`` for each source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Source:
    """A site to crawl: where to begin, which pages to read, how often and how gently.

    ``key`` names its table in the file and its rows in the archive; ``name`` is shown. Start points are ``sitemaps``
    (news sitemaps and sitemap indexes too), ``feeds`` (RSS, Atom) and ``sections`` (pages whose links are followed).
    An address is an article's if any of ``articles`` (regular expressions, searched in path and query; none given:
    any address on the start points' hosts) and none of ``exclude`` is found in it; ``follow`` says which links of a
    section page lead to further section pages, at most ``depth`` of them in a row.

    ``keep_sections`` are the rubrics to keep, as the cleaner names them (none: all). ``profile`` is the key of the
    publisher's profile where the address does not tell it. ``every`` is the time between two crawls, ``refresh`` how
    long a stored article is looked at again for changes. ``delay`` is the least time between two requests to one
    host; ``most_pages`` bounds one run. ``private`` allows addresses of private and loopback networks.
    """

    key: str
    name: str
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    depth: int = 1
    keep_sections: tuple[str, ...] = ()
    profile: str | None = None
    every: timedelta = timedelta(hours=1)
    refresh: timedelta = timedelta(days=7)
    delay: timedelta = timedelta(seconds=1)
    most_pages: int = 1_000
    private: bool = False
    enabled: bool = True
