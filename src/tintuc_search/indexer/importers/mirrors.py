"""Works out the address of a page from where ``wget --mirror`` put it: ``host/path/file.html``.

The host's folder is the one that was named for the import or stands right in it, perhaps in a folder ``http`` or
``https`` (``--protocol-directories``). Without that the scheme is not known; ``https`` is what a site answers to today.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path

_HOST = re.compile(
    r"(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?P<top>[a-z]{2,24}|xn--[a-z0-9-]{2,59}))"
    r"(?:[:+](?P<port>[0-9]{1,5}))?"  # "+" where file names must not hold ":"
)
_NO_DOMAIN = re.compile(
    r"(?:backup|bak|cache|copy|data|dir|files|gz|html?|jsonl?|old|orig|src|tar|te?mp|txt|warc|zip)"
)
"""Ends of the names of folders that are no hosts: ``bai-viet.old``."""

_SCHEMES = ("http", "https")
_DEPTH = 3
"""Folders in which a host is looked for: the one that was named, one in it, and one in that if it is a scheme's."""

_DEFAULT_PAGE = "index.html"
_SAFE = "/%:@!$&'()*+,;=~-._"


def address_of(file: Path, root: Path) -> str | None:
    """The address of ``file``, found in the folder ``root``, or None where that is no mirror.

    ``…/bao.example/tin/a.html?id=3`` was ``https://bao.example/tin/a.html?id=3``.
    """
    own_name = root.name if root.name not in {"", ".."} else root.resolve().name
    folders = [own_name, *file.relative_to(root).parts]
    for at, folder in enumerate(folders[:-1][:_DEPTH]):
        scheme = folders[at - 1] if at and folders[at - 1] in _SCHEMES else None
        if at == _DEPTH - 1 and scheme is None:
            break
        if host := _host(folder):
            return f"{scheme or 'https'}://{host}/{_path(folders[at + 1 :])}"
    return None


def _host(folder: str) -> str | None:
    found = _HOST.fullmatch(folder.lower())
    if found is None or _NO_DOMAIN.fullmatch(found["top"]):
        return None
    return f"{found['host']}:{found['port']}" if found["port"] else found["host"]


def _path(parts: list[str]) -> str:
    """The path and query; what stands for a folder's own page is left out."""
    name, mark, query = parts[-1].partition("?")
    name = "" if name == _DEFAULT_PAGE else name
    path = "/".join(_quoted(part) for part in (*parts[:-1], name))
    return path + (f"?{_quoted(query)}" if mark else "")


def _quoted(part: str) -> str:
    return quote(os.fsencode(part), safe=_SAFE)
