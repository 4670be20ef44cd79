"""Every error that a user of the program can meet.

One root, so that the command line and the pages catch one class::

    TintucError                 exit code 1
    ├── SettingsError           a setting that cannot be used (names the setting and where it came from)
    ├── BadInput                something given to us is broken (names file, line or address)
    │   ├── NotAnArticle        the page is a list, a home page, an error page; exit code 3
    │   └── BadRequest          a parameter of the API or page that cannot be used (names the parameter)
    ├── NotFound                no such article, revision, source
    ├── ArchiveError            the archive cannot be opened, migrated, read or written
    ├── AnalysisError           no process that analyses articles, or cleans pages, can be started
    └── IndexUnusable           the index is missing, too old or damaged; says the command that rebuilds it
        └── IndexLocked         another process writes the index; says which
"""

from __future__ import annotations


class TintucError(Exception):
    """The root of them all; its text is one line fit to be shown to the user."""

    exit_code = 1


class SettingsError(TintucError):
    """A setting that cannot be used."""


class BadInput(TintucError):  # noqa: N818 - the names say what is wrong, "Error" adds nothing
    """Something given to us is broken.

    Args:
        message: what is wrong, in one line.
        place: where: a path, ``path:line`` or an address.
    """

    def __init__(self, message: str, place: str | None = None) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place


class NotAnArticle(BadInput):
    """The page is a list, a home page, an error page, but no article."""

    exit_code = 3


class BadRequest(BadInput):
    """A parameter that cannot be used.

    Args:
        message: what is wrong, in one line.
        parameter: the parameter's name.
        code: a stable word for programs, such as ``parameterInvalid`` or ``parameterUnknown``.
    """

    def __init__(self, message: str, parameter: str, code: str = "parameterInvalid") -> None:
        super().__init__(message, parameter)
        self.parameter = parameter
        self.code = code


class NotFound(TintucError):  # noqa: N818
    """No such article, revision or source."""


class ArchiveError(TintucError):
    """The archive cannot be opened, migrated, read or written."""


class AnalysisError(TintucError):
    """No process that analyses articles, or cleans pages, can be started."""


class IndexUnusable(TintucError):  # noqa: N818
    """The index is missing, too old or damaged; the text says the command that rebuilds it."""


class IndexLocked(IndexUnusable):
    """Another process is writing the index; the text says which."""
