"""What `tintuc sources add` finds of a real site on loopback, and how it asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from indexer.crawl.crawls import crawl, start
from indexer.crawl.site import Site
from tintuc_search.indexer.crawl.sources_file import read_sources

if TYPE_CHECKING:
    from pathlib import Path


HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
EMPTY_FEED = "<rss version='2.0'><channel><title>Trống</title></channel></rss>"


def add(home: Path, url: str, *more: str, code: int = 0) -> tuple[str, str]:
    """Run the command; what it wrote."""
    process = start(home, "sources", "add", url, "--delay", "0", *more)
    out, err = process.communicate()
    assert process.returncode == code, f"{process.returncode}: {out}\n{err}"
    return out, err


def found(home: Path, url: str, *more: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(add(home, url, "--private", "--json", *more)[0])
    return report


def feed(site: Site, title: str, *numbers: int) -> bytes:
    items = "".join(
        f"<item><link>{site.url}{site.path_of(n)}</link><pubDate>Fri, 0{n} Mar 2024 08:00:00 +0700</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()


def home_page(*links: str, head: str = "") -> tuple[int, dict[str, str], bytes]:
    inner = "".join(f"<a href='{link}'>x</a>" for link in links)
    page = f"<html><head><meta property='og:site_name' content='Báo  Th&#27;ử'>{head}</head>{inner}"
    return 200, HTML, page.encode()


def test_what_robots_txt_the_page_and_the_usual_places_name_is_found(tmp_path: Path) -> None:
    alternate = "<link rel='alternate' type='application/rss+xml' href='/tin.rss'>"
    with Site(20) as site:
        site.robots = f"User-agent: *\nDisallow: /cam/\nSITEMAP : {site.url}/so-do.xml\n"
        site.extra["/"] = home_page("/kenh-rss", "/tin/a", "http://[hỏng", head=alternate)
        site.extra["/so-do.xml"] = (
            200,
            XML,
            SITEMAP.format("<url><loc>/tin/x</loc></url>").encode(),
        )
        site.extra["/tin.rss"] = (200, XML, feed(site, "Tin", 1, 3, 2))
        site.extra["/kenh-rss"] = home_page("/chinh-tri.rss", "/comments/feed", "/trong.rss")
        site.extra["/chinh-tri.rss"] = (200, XML, feed(site, "Chính trị", 4))
        site.extra["/trong.rss"] = (200, XML, EMPTY_FEED.encode())
        report = found(tmp_path, site.url)

        lists = {each["url"].removeprefix(site.url): each for each in report["found"]}
        # /sitemap.xml and /rss are the test site's own, at usual places.
        assert set(lists) >= {"/so-do.xml", "/tin.rss", "/chinh-tri.rss", "/sitemap.xml", "/rss"}
        assert lists["/tin.rss"] == {
            "url": f"{site.url}/tin.rss",
            "kind": "feed",
            "entries": 3,
            "newest_at": "2024-03-03T08:00:00+07:00",
            "title": "Tin",
        }
        assert (lists["/so-do.xml"]["kind"], lists["/sitemap.xml"]["kind"]) == ("sitemap", "index")
        assert site.asked("/comments/feed") == []
        assert site.asked("/tin/") == [], "no article is fetched to find the lists"
        table = report["table"]
        assert 'name = "Báo Thử"' in table
        assert "/tin.rss" in table
        assert "/trong.rss" not in table, "an empty feed is told, not kept"


def test_a_table_that_is_kept_leaves_the_file_as_it_was_and_can_be_crawled(tmp_path: Path) -> None:
    before = "# của toà soạn\n[cu]\nname = 'Cũ'  # ghi chú\nfeeds = ['https://cu.example/rss']\nenabled = false\n"
    (tmp_path / "sources.toml").write_text(before, "utf-8")
    with Site(20, trouble=False) as site:
        report = found(tmp_path, site.url, "--keep", "--key", "thu")
        assert report["kept"] is True
        text = (tmp_path / "sources.toml").read_text("utf-8")
        assert text.startswith(before)
        [_, thu] = read_sources(tmp_path / "sources.toml")
        assert (thu.key, thu.private) == ("thu", True)
        assert thu.sitemaps == (f"{site.url}/sitemap.xml",)
        assert crawl(tmp_path)["thu"]["new"] > 10

        out = add(tmp_path, site.url, "--keep", "--private")[0]
        assert out.startswith("[127-0-0-1]\n")
        (tmp_path / "sources.toml").write_text(text, "utf-8")
        again = add(tmp_path, site.url, "--keep", "--key", "thu", "--private", code=1)[1]
        assert "there is a source 'thu' already" in again
        assert (tmp_path / "sources.toml").read_text("utf-8") == text


def test_nothing_is_written_unless_asked_for(tmp_path: Path) -> None:
    with Site(5) as site:
        out, err = add(tmp_path, site.url, "--private")
        assert out.startswith("[127-0-0-1]\n")
        assert f"index: {site.url}/sitemap.xml" in err
        assert list(tmp_path.iterdir()) == []


def test_sitemaps_that_stand_in_a_found_index_are_not_kept_beside_it(tmp_path: Path) -> None:
    with Site(20) as site:
        site.robots = f"Sitemap: {site.url}/tin-moi.xml\nSitemap: {site.url}/sitemap.xml\n"
        report = found(tmp_path, site.url)
        urls = {each["url"] for each in report["found"]}
        assert f"{site.url}/tin-moi.xml" in urls
        assert f"{site.url}/tin-moi.xml" not in report["table"]


def test_a_site_without_lists_gives_its_page_as_start_point(tmp_path: Path) -> None:
    with Site(0) as site:
        for path in ("/sitemap.xml", "/rss"):
            site.extra[path] = (404, HTML, b"")
        site.extra["/"] = home_page("/tin/a")
        report = found(tmp_path, site.url)
        assert report["found"] == []
        assert f'sections = [\n  "{site.url}",\n]' in report["table"]


def test_it_asks_as_politely_as_a_crawl(tmp_path: Path) -> None:
    (tmp_path / "tintuc.toml").write_text('contact = "bot@toasoan.example"', "utf-8")
    with Site(5) as site:
        site.robots = "User-agent: *\nDisallow: /rss\n"
        report = found(tmp_path, site.url)
        assert site.asked("/rss") == []
        agents = {each.headers["User-Agent"] for each in site.log}
        assert agents == {next(iter(agents))}
        assert "bot@toasoan.example" in agents.pop()
        assert report["asked"] >= 10
        paths = [each.path for each in site.log if each.path != "/robots.txt"]
        assert len(paths) == len(set(paths)), "no address is asked for twice"


def test_private_networks_are_not_asked_unless_allowed(tmp_path: Path) -> None:
    with Site(5) as inner, Site(5) as site:
        port = inner.url.rpartition(":")[2]
        err = add(tmp_path, site.url, code=1)[1]
        assert "no such public host" in err
        assert site.log == []

        elsewhere = f"http://127.0.0.2:{port}"
        site.robots = f"Sitemap: {elsewhere}/sitemap.xml\n"
        site.extra["/"] = (302, {"Location": f"{elsewhere}/"}, b"")
        assert "another host" in add(tmp_path, site.url, "--private", code=1)[1]
        site.extra["/"] = home_page()
        found(tmp_path, site.url)
        assert inner.log == []


def test_what_cannot_be_had_is_told_in_a_line(tmp_path: Path) -> None:
    with Site(5) as site:
        for path in ("/sitemap.xml", "/rss"):
            site.extra[path] = (404, HTML, b"")
        assert "HTTP 404" in add(tmp_path, f"{site.url}/khong", "--private", code=1)[1]
        url = site.url
    assert "no connection" in add(tmp_path, url, "--private", code=1)[1]
    assert "no web address" in add(tmp_path, "ftp://lamhai.example", code=1)[1]
    assert "small letters" in add(tmp_path, url, "--key", "Không Được", code=1)[1]


def test_a_page_that_names_lists_without_end_is_left_at_a_bound(
    tmp_path: Path,
) -> None:
    with Site(5) as site:
        many = [f"/rss/{number}.rss" for number in range(3_000)]
        site.extra["/"] = home_page(*many)
        for path in many:
            site.extra[path] = home_page(*(f"/feed/{path[5:]}{n}" for n in range(50)))
        report = found(tmp_path, site.url)
        assert report["asked"] <= 90
        assert len(site.log) <= 92
