"""Why an address gave no usable answer, in few words to count by."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from tintuc_search.indexer.crawl.politeness import Held, NotAllowed, RobotsUnavailable

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (Held, "told to wait"),
    (RobotsUnavailable, "robots.txt unavailable"),
    (NotAllowed, "off the source's hosts"),
    (UnsupportedURLSchemeError, "not allowed"),
    (CannotResolveHostError, "no public address"),
    (DownloadConnectionRefusedError, "connection refused"),
    (DownloadTimeoutError, "timeout"),
    (ResponseDataLossError, "cut short"),
    (DownloadCancelledError, "too large"),
    (DownloadFailedError, "broken connection"),
)


def reason_of(error: BaseException) -> str:
    """Few words for what Scrapy raised; of a robots.txt that could not be had, why."""
    if isinstance(error, RobotsUnavailable) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    text = str(error)
    if isinstance(error, IgnoreRequest):
        if isinstance(error, HttpError):
            return f"HTTP {error.response.status}"
        if "robots.txt" in text:
            return "robots.txt"
        if "redirections" in text:
            return "too many redirects"
        return "too large" if "MAXSIZE" in text else "refused to ask"
    return type(error).__name__
