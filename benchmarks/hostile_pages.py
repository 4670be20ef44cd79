"""How long pages made to tire the cleaner take, each at its full size, by CPU time.

python -m benchmarks.hostile_pages
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from tintuc_search.errors import BadInput
from tintuc_search.indexer.cleaning import clean_html

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Xã Đồng Dao còn ba xóm chờ nước máy"
LINE = "Sáng 12/3, đoàn kiểm tra của huyện về làm việc với xã, nghe báo cáo về việc cấp nước. "
TEXT = f"<p>{LINE * 2}</p>" * 3
NAMES = "title author lead date source caption breadcrumb"


def main() -> None:
    """Measure and print."""
    for name, content in shapes():
        began = time.process_time()
        with suppress(BadInput):
            clean_html(content, place="page")
        seconds = time.process_time() - began
        print(f"{seconds:6.2f} s  {len(content) / 1e6:5.1f} MB  {name}", flush=True)


def _page(middle: str, head: str = "") -> bytes:
    title = f"<title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>"
    return f"<html><head>{title}{middle}{TEXT}</body></html>".encode()


def _data(data: object) -> bytes:
    return _page("", f"<script type='application/ld+json'>{json.dumps(data)}</script>")


def shapes() -> Iterator[tuple[str, bytes]]:
    """Pages made to tire the cleaner, each at its full size, by name."""
    for name, piece, times in _REPEATED:
        yield name, _page(piece * times)
    yield "100,000 nested divs, closed", _page("<div>" * 100_000 + TEXT + "</div>" * 100_000)
    yield "49,000 open <b>, 3 million </i>", _page("<b>" * 49_000 + "</i>" * 3_000_000)
    yield "100,000 attributes", _page(f"<div {' '.join(f'a{n}=1' for n in range(100_000))}>")
    yield "a class of 10 MB", _page(f"<div class='{'title ' * 1_600_000}'>")
    yield (
        "40,000 long classes",
        _page(
            "".join(
                f"<div class='{' '.join(f'title{n}-{m}' for m in range(35))}'>a"
                for n in range(40_000)
            )
        ),
    )
    yield "a headline of 5 MB, never closed", _page("<h1>" + LINE * 50_000)
    yield "a line of 10 MB", _page("<p>" + LINE * 90_000)
    yield "10 MB of digits", _page("<p>" + "1" * 10_000_000)
    yield "400,000 marks behind a letter", _page("<p>a" + "\u0301\u0323" * 200_000)
    yield "JSON-LD of 10 MB", _data({"@type": "NewsArticle", "articleBody": "a b " * 2_500_000})
    yield "300,000 nodes of JSON-LD", _data([{"@type": "Thing"}] * 300_000)
    yield (
        "JSON-LD nested a million deep",
        _page("", f"<script type='application/ld+json'>{'[' * 1_000_000}</script>"),
    )
    yield (
        "50,000 blocks of JSON-LD",
        _page("", '<script type=\'application/ld+json\'>{"@type":"Thing"}</script>' * 50_000),
    )
    yield "three encodings", _page("") + "ấ ế ơ".encode("utf-16") * 500_000 + b"\xe9\xff" * 500_000


_REPEATED = (
    ("100,000 open divs", "<div>", 100_000),
    ("100,000 open divs of every name", f"<div class='{NAMES}'>x ", 100_000),
    ("10,000 nested tables", "<table><tr><td>", 10_000),
    ("10,000 nested tables with cells", "<table><tr><td>a</td><td>", 10_000),
    ("a table of 200,000 rows", "<tr><td>a</td><td>b</td></tr>", 200_000),
    ("4 MB of <br>", "<br>", 1_000_000),
    ("4 MB of lines joined by <br>", "a<br>", 800_000),
    ("a million open <b>", "<b>", 1_000_000),
    ("a million open <a>", "<a href=x>tin ", 1_000_000),
    ("a million open <p>", "<p>a", 1_000_000),
    ("100,000 sentences", f"<p>{LINE}", 100_000),
    ("100,000 open headlines", "<h1>Tin mới nhất ", 100_000),
    ("500,000 empty spans", "<span></span>", 500_000),
    ("4 MB of &", "&", 4_000_000),
    ("4 MB of <", "<", 4_000_000),
    ("4 MB of <!--", "<!--", 1_000_000),
    ("10 MB of NUL", "\0", 10_000_000),
    ("10 MB of (", "(", 10_000_000),
    ("100,000 nested lists", f"<ul><li>{LINE}", 100_000),
    ("50,000 nested <time>", "<time datetime='2021-03-12T08:05'>12/3/2021 ", 50_000),
    ("50,000 bylines", "<p class=author>Hà Vân</p>", 50_000),
    ("50,000 breadcrumbs", "<span class=breadcrumb><a href=x>m</a>", 50_000),
    ("100,000 parts of furniture", "<div class=related>a</div>", 100_000),
    ("50,000 teasers", f"<div><h3><a href=x>{TITLE}</a></h3><p>{LINE}</p></div>", 50_000),
)


if __name__ == "__main__":
    main()
