"""A newspaper's site on loopback, made of invented text: as many articles as asked for, and what sites do wrong.

Three layouts, a sitemap index with packed and broken parts and a loop in it, a feed, section pages; copies of articles
for AMP, for print, under other parameters; redirects, slow pages, answers cut short, refusals, a calendar without end.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import random
import threading
import time
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

WORDS = """
hội nghị huyện thôn xã công tác chỉ đạo nhân dân kinh tế nông thôn đường giao thông kế hoạch đồng bào trường học y tế
cán bộ thanh niên phụ nữ triển khai đánh giá kết quả nhiệm vụ giải pháp lãnh đạo năm tháng quý nguồn vốn đầu tư xây dựng
cầu kênh mương lúa cà phê rừng biển chính sách hỗ trợ giám sát kiểm tra tiếp dân
""".split()  # noqa: SIM905 - a text is easier to read
START = 1_600_000_000
BROKEN = {13: "missing", 15: "list", 17: "error"}
"""What some articles' addresses lead to, by their number modulo 50."""


def syllables(seed: str, count: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)  # noqa: S311 - the same at every run


@dataclass
class Seen:
    """One request as the server saw it."""

    path: str
    status: int
    sent: int
    at: float
    headers: dict[str, str]


@dataclass
class Site:
    """The site; ``pages`` articles. Fields may be changed while it serves."""

    pages: int = 40
    robots: str = "User-agent: *\nDisallow: /cam/\n"
    robots_status: int = 200
    edited: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)
    extra: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    log: list[Seen] = field(default_factory=list)
    troubled: set[str] = field(default_factory=set)
    trouble: bool = True
    host: str = "127.0.0.1"

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_args: Any) -> None:
                pass  # a crawler that is killed leaves its connections

        self._server = Server((self.host, 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self._server.server_port}"

    def articles(self) -> set[int]:
        """The numbers of the articles that can be had."""
        return {n for n in range(self.pages) if n % 50 not in BROKEN and n not in self.missing}

    def asked(self, prefix: str = "/tin/") -> list[str]:
        return [each.path for each in self.log if each.path.startswith(prefix)]

    # --- what is where ----------------------------------------------------------------------------

    def path_of(self, number: int) -> str:
        slug = "-".join(("bai", "bao", "so", f"{number:05}"))
        return f"/tin/{slug}.html"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        status, headers, body = self._find(path)
        if status == 200:
            headers.setdefault("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"')
            headers.setdefault("Content-Type", "text/html; charset=utf-8")
            if handler.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
        claimed = int(headers.pop("claimed", len(body)))
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        if status != 304:
            handler.send_header("Content-Length", str(claimed))
        if claimed != len(body):
            handler.send_header("Connection", "close")
            handler.close_connection = True
        size = len(b"".join(handler._headers_buffer))  # type: ignore[attr-defined]
        seen = Seen(path, status, size + len(body), time.time(), dict(handler.headers))
        self.log.append(seen)
        handler.end_headers()
        handler.wfile.write(body)

    def _find(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path in self.extra:
            status, headers, body = self.extra[path]
            return status, dict(headers), body
        if path == "/robots.txt":
            return self.robots_status, {"Content-Type": "text/plain"}, self.robots.encode()
        return self._find_made(path)

    def _find_made(self, path: str) -> tuple[int, dict[str, str], bytes]:
        plain, query = urlsplit(path).path, parse_qs(urlsplit(path).query)
        if plain.startswith("/tin/"):
            return self._article(plain, query)
        if plain.startswith("/r/"):
            return 301, {"Location": self.path_of(int(plain.removeprefix("/r/")))}, b""
        made = {
            "/sitemap.xml": self._index,
            "/bai.xml.gz": lambda: gzip.compress(self._sitemap(0, 6), mtime=0),
            "/tin-moi.xml": lambda: self._sitemap(6, 8, news=True),
            "/rss": self._feed,
        }
        if plain in made:
            return 200, {"Content-Type": "application/xml"}, made[plain]()
        if plain == "/muc":
            return 200, {}, self._section(int(query.get("trang", ["1"])[0]))
        if plain == "/lich":
            day = int(query.get("ngay", ["0"])[0])
            return 200, {}, f"<a href='/lich?ngay={day + 1}'>hôm sau</a>".encode()
        return 404, {}, b"<html><title>404</title><p>Kh\xc3\xb4ng c\xc3\xb3 trang"

    def _article(self, path: str, query: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        name = path.removesuffix("/amp").removesuffix(".html")
        number = int(name.rsplit("-", 1)[-1])
        kind = "missing" if number in self.missing else BROKEN.get(number % 50, "")
        if kind == "missing":
            return 404, {}, b"<html><title>404</title><p>Kh\xc3\xb4ng c\xc3\xb3 trang"
        if kind == "error":
            return 500, {}, b"error"
        if kind == "list":
            links = "".join(f"<li><a href='/tin/{n}'>Tin số {n}</a></li>" for n in range(60))
            return 200, {}, f"<html><title>Danh sách</title><ul>{links}</ul>".encode()
        body = self.page(number, amp=path.endswith("/amp"), bare=bool(query)).encode()
        if self.trouble and path not in self.troubled:
            if number % 250 == 7:
                self.troubled.add(path)
                return 503, {"Retry-After": "1"}, b"sau"
            if number % 50 == 9:
                self.troubled.add(path)
                return 200, {"claimed": str(len(body) + 500)}, body
            if number % 50 == 11:
                time.sleep(0.1)
        stamp = START + number * 60
        return 200, {"Last-Modified": formatdate(stamp, usegmt=True)}, body

    def page(self, number: int, *, amp: bool = False, bare: bool = False) -> str:
        seed = f"{number}{'sửa' if number in self.edited else ''}"
        title = f"Tin số {number}: " + " ".join(syllables(f"title{number}", 8))
        paragraphs = [f"{' '.join(syllables(f'{seed}-{n}', 60)).capitalize()}." for n in range(10)]
        lead = " ".join(syllables(f"lead{number}", 25)).capitalize() + "."
        day = 1 + number % 28
        layout = number % 3
        canonical = (
            ""  # this layout knows its copies by nothing but their words
            if layout == 2
            else f"<link rel=canonical href='{self.url}{self.path_of(number)}'>"
        )
        time_ = f"{day:02}/03/2024 08:{number % 60:02}"
        noise = "".join(
            f"<li><a href='{self.path_of(n % max(1, self.pages))}'>Tin liên quan {n}</a></li>"
            for n in range(number + 1, number + 120)
        )
        print_ = f"<a href='/in-bai/{number}'>In</a>"
        text = "".join(f"<p>{each}</p>" for each in paragraphs)
        head = (
            f"<!doctype html><html lang=vi><head><meta charset=utf-8><title>{title}</title>{canonical}"
            f"<meta property=og:title content='{html.escape(title)}'>"
            f"<meta property=article:published_time content='2024-03-{day:02}T08:{number % 60:02}:00+07:00'>"
        )
        if layout == 0:
            main = (
                f"<article><h1>{title}</h1><time>{time_}</time><h2 class=sapo>{lead}</h2>"
                f"<div class=body>{text}</div></article>"
            )
        elif layout == 1:
            main = (
                f"<div class=detail><h1 class=title>{title}</h1><span class=date>{time_}</span>"
                f"<p class=lead><b>{lead}</b></p>{text}</div>"
            )
        else:
            main = (
                f"<table><tr><td><h1>{title}</h1><p>{time_}</p><p><strong>{lead}</strong></p>"
                f"{text}</td></tr></table>"
            )
        filler = "" if bare and layout != 2 else "<!-- " + "x" * 8_000 + " -->"
        menu = "" if amp else f"<ul class=menu><li><a href='/muc'>Mục</a></li></ul>{filler}"
        return (
            f"{head}</head><body>{menu}{main}{print_}<ul class=related>{noise}</ul></body></html>"
        )

    # --- lists ------------------------------------------------------------------------------------

    def _index(self) -> bytes:
        names = ("bai.xml.gz", "tin-moi.xml", "hong.xml", "sitemap.xml")
        inner = "".join(f"<sitemap><loc>{self.url}/{name}</loc></sitemap>" for name in names)
        return f"<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inner}</sitemapindex>".encode()

    def _sitemap(self, low: int, high: int, *, news: bool = False) -> bytes:
        inner = []
        for number in range(self.pages):
            if not low <= number % 10 < high:
                continue
            loc = f"{self.url}{self.path_of(number)}"
            if number % 20 == 5:
                loc = f"{self.url}/r/{number}"
            inner.append(
                f"<url><loc>{loc}</loc><lastmod>2024-03-01</lastmod>"
                + ("<news:news><news:title>Tin</news:title></news:news>" if news else "")
                + "</url>"
            )
        space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
        return f"<urlset {space}>{''.join(inner)}</urlset>".encode()

    def _feed(self) -> bytes:
        items = "".join(
            f"<item><title>Tin {n}</title><link>{self.url}{self.path_of(n)}?utm_source=rss</link></item>"
            for n in range(max(0, self.pages - 20), self.pages)
        )
        return f"<rss version='2.0'><channel><title>Tin</title>{items}</channel></rss>".encode()

    def _section(self, page: int) -> bytes:
        """Every article that is in no sitemap, and copies of some that are."""
        own = [n for n in range(self.pages) if n % 10 >= 8]
        shown = own[(page - 1) * 50 : page * 50]
        links = [self.path_of(n) for n in shown]
        links += [f"{self.path_of(n)}?x={n}&from=muc" for n in shown if n % 3 == 0]
        links += [f"{self.path_of(n)}/amp" for n in shown if n % 4 == 0]
        links += [f"{self.path_of(n)}?t={n * 7}" for n in shown if n % 3 == 2]
        links += [
            "/lich?ngay=1",
            "/cam/bai-mot-hai-ba-0001.html",
            "http://elsewhere.example/tin/a-b-c-d.html",
        ]
        links += [
            f"/muc?trang={other}"
            for other in (page - 1, page + 1)
            if 0 < other <= len(own) // 50 + 1
        ]
        inner = "".join(f"<li><a href='{html.escape(each)}'>bài</a></li>" for each in links)
        return f"<html><title>Mục</title><ul>{inner}</ul>".encode()
