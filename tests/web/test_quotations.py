"""Who says what: words beside a speaker, the search for quotations, filters by ids of entities; all parts real."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from patience import SECONDS
from tintuc_search.archive.base import Incoming
from tintuc_search.article import Article, parse_time
from tintuc_search.settings import Settings
from tintuc_search.web import create_app
from tintuc_search.wiring import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

HOAN, THAM = "Lê Cảnh Hoàn", "Đỗ Thị Thắm"
PAPERS = ("Báo Lâm Hải", "Thời Sự Online")


def _article(name: str, day: int, paper: int, *paragraphs: str, title: str = "Tin") -> Article:
    return Article(
        f"{title} {name}",
        paragraphs=paragraphs,
        source=PAPERS[paper],
        published_at=parse_time(f"2021-04-{day:02}T08:00:00"),
        url=f"https://lamhai.example/{name}",
        source_id=name,
    )


ARTICLES = (
    # Hoàn speaks of the budget; Thắm of the bridge.
    _article(
        "ngan-sach",
        1,
        0,
        f"Ông {HOAN}, Chủ tịch UBND xã Mường Tạc, nói: “Ngân sách năm nay dành cho trường học”.",
        f"Bà {THAM} nói: “Cây cầu sẽ xong trước mùa mưa”.",
    ),
    # The words stand in the article, but not in what Hoàn says.
    _article(
        "cau",
        2,
        1,
        "Ngân sách của xã đã được duyệt.",
        f"Ông {HOAN} nói: “Cây cầu là niềm vui của bà con”.",
    ),
    # Told indirectly, about a law.
    _article(
        "dat",
        3,
        0,
        f"Ông {HOAN} cho biết, xã Mường Tạc đang thi hành Luật Đất đai và lo chỗ ở cho dân.",
    ),
    _article("khac", 4, 1, "Không ai nói gì về ngân sách."),
    _article("nhat-ban", 7, 0, "Nhật Bản tuyên bố: “Hiệp định sẽ được ký trong năm nay”."),
    # Two people of one name.
    _article(
        "quyen-1",
        5,
        0,
        "Ông Đặng Văn Quyến, Bí thư Huyện ủy Sông Lũ, nói: “Rừng phải được giữ”.",
    ),
    _article(
        "quyen-2",
        6,
        1,
        "Ông Đặng Văn Quyến, Giám đốc Sở Y tế tỉnh Sơn Giang, nói: “Bệnh viện phải được giữ”.",
    ),
)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with Parts(Settings(home=tmp_path_factory.mktemp("said"), query_seconds=SECONDS)) as made:
        made.archive.put([Incoming(article, article.url or "") for article in ARTICLES])
        made.index()
        yield made


@pytest.fixture
def client(parts: Parts) -> FlaskClient:
    return create_app(parts.services).test_client()


def get(client: FlaskClient, path: str, **given: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", query_string=given)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def articles(found: dict[str, Any]) -> set[str]:
    """The names of the articles that were found."""
    return {(each.get("article") or each)["url"].rsplit("/", 1)[-1] for each in found["results"]}


@pytest.mark.parametrize(
    ("query", "match", "expected", "relaxed"),
    [
        (f'phát biểu:"{HOAN}" ngân sách', "auto", {"ngan-sach"}, None),
        (f'speaker:"{HOAN}" "ngân sách"', "all", {"ngan-sach"}, None),
        (f"ngân sách phát biểu:{HOAN}", "auto", {"ngan-sach"}, None),
        (f'phat bieu:"{HOAN}" ngan sach', "auto", {"ngan-sach"}, None),
        (f'phát biểu:"{HOAN}" (cầu OR trường)', "auto", {"ngan-sach", "cau"}, None),
        (f'phát biểu:"{HOAN}" cây -"niềm vui"', "auto", set(), None),
        (f'phát biểu:"{HOAN}" cầu tiêu đề:tin', "auto", {"cau"}, None),
        (f'phát biểu:"{HOAN}" cầu nguồn:"Báo Lâm Hải"', "all", set(), None),
        (f'phát biểu:"{HOAN}" cầu mùa mưa', "auto", {"cau"}, {"matched": 1, "of": 3}),
        (f'phát biểu:"{HOAN}" cầu mùa mưa', "all", set(), None),
        (f'phát biểu:"{HOAN}" cầu mùa mưa', "any", {"cau"}, None),
        (f'phát biểu:("{HOAN}" OR "{THAM}") cầu', "auto", {"cau", "ngan-sach"}, None),
        (f'phát biểu:"{HOAN}"', "auto", {"ngan-sach", "cau", "dat"}, None),
        ('phát biểu:"Không Ai Cả" cầu', "auto", set(), None),
    ],
)
def test_words_beside_a_speaker_are_found_in_what_that_speaker_says(
    client: FlaskClient,
    query: str,
    match: str,
    expected: set[str],
    relaxed: dict[str, int] | None,
) -> None:
    found = get(client, "search", q=query, match=match)

    assert articles(found) == expected
    assert found["total"] == len(expected)
    told = found["query"]["relaxed"]
    assert relaxed == (told and {"matched": told["matched"], "of": told["of"]})


def test_words_that_the_speaker_never_says_are_looked_for_in_the_articles_and_that_is_told(
    client: FlaskClient,
) -> None:
    query = f'phát biểu:"{HOAN}" duyệt'

    loose = get(client, "search", q=query)

    assert articles(loose) == {"cau"}
    assert [problem["code"] for problem in loose["query"]["problems"]] == ["notSaid"]
    assert [] == loose["results"][0]["quotations"]
    assert get(client, "search", q=query, match="all")["total"] == 0


def test_a_result_shows_the_quotation_with_its_words_marked(client: FlaskClient) -> None:
    (result,) = get(client, "search", q=f'phát biểu:"{HOAN}" ngân sách', highlight="true")[
        "results"
    ]
    (quotation,) = result["quotations"]
    article = get(client, f"articles/{result['id']}")
    text = "\n".join((article["title"], article["lead"], *article["paragraphs"]))

    assert quotation["quote"] == "Ngân sách năm nay dành cho trường học"
    assert (quotation["speaker"], quotation["kind"]) == (HOAN, "direct")
    assert text[quotation["start"] : quotation["end"]] == quotation["quote"]
    (marked,) = quotation["highlights"]
    assert marked["html"].startswith("<mark>Ngân sách</mark> năm nay")
    assert get(client, "search", q="ngân sách")["results"][0]["quotations"] == []


def test_filters_hold_for_the_articles_beside_what_is_said(client: FlaskClient) -> None:
    query = f'phát biểu:"{HOAN}" (cầu OR ngân OR xã)'

    for given, expected in (
        ({}, {"ngan-sach", "cau", "dat"}),
        ({"source": PAPERS[1]}, {"cau"}),
        ({"from_date": "2021-04-02"}, {"cau", "dat"}),
        ({"person": THAM}, {"ngan-sach"}),
        ({"exclude_person": THAM}, {"cau", "dat"}),
    ):
        assert articles(get(client, "search", q=query, **given)) == expected, given


def test_every_quotation_is_a_result_with_speaker_and_article(client: FlaskClient) -> None:
    found = get(client, "quotations", q="cây cầu", facet="speaker")

    assert found["total"] == 2
    assert {each["speaker"]["name"] for each in found["results"]} == {HOAN, THAM}
    for each in found["results"]:
        assert each["speaker"]["id"] is not None
        assert get(client, f"entities/{each['speaker']['id']}")["name"] == each["speaker"]["name"]
        assert each["id"].startswith(each["article"]["id"])
        assert "<mark>" in each["highlights"][0]["html"]
    assert {(v["value"], v["count"]) for v in found["facets"]["speaker"]} == {(HOAN, 1), (THAM, 1)}


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ({}, 7),
        ({"speaker": HOAN}, 3),
        ({"speaker": HOAN, "q": "cầu"}, 1),
        ({"exclude_speaker": HOAN}, 4),
        ({"document": "Luật Đất đai"}, 1),
        ({"place": "Mường Tạc"}, 1),
        ({"source": PAPERS[0]}, 5),
        ({"to_date": "2021-04-02"}, 3),
        ({"q": "phải được giữ"}, 2),
        ({"q": "không có từ này đâu", "match": "all"}, 0),
        ({"article": "không có"}, 0),
        ({"sort": "oldest", "page_size": 2, "page": 3}, 7),
    ],
)
def test_quotations_are_filtered_by_their_article_speaker_and_words(
    client: FlaskClient, given: dict[str, str], total: int
) -> None:
    assert get(client, "quotations", **given)["total"] == total


def test_the_quotations_of_one_article_are_listed(client: FlaskClient) -> None:
    (result,) = get(client, "search", q="Tin ngan-sach")["results"][:1]

    found = get(client, "quotations", article=result["id"])

    assert {each["speaker"]["name"] for each in found["results"]} == {HOAN, THAM}


def test_pages_and_cursors_lead_through_all_quotations(client: FlaskClient) -> None:
    seen: list[str] = []
    address: str | None = "/api/v1/quotations?cursor=*&page_size=2"
    while address:
        answer = client.get(address).get_json()
        seen += [each["id"] for each in answer["results"]]
        address = answer["next"]

    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ({"highlight": "true"}, "highlight"),
        ({"fields": "id"}, "fields"),
        ({"x": "1"}, "x"),
        ({"article": ["a", "b"]}, "article"),
        ({"page": "0"}, "page"),
    ],
)
def test_a_wrong_parameter_is_named(
    client: FlaskClient, given: dict[str, Any], parameter: str
) -> None:
    answer = client.get("/api/v1/quotations", query_string=given)

    assert answer.status_code == 400
    assert answer.get_json()["parameter"] == parameter


def test_an_answer_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/api/v1/quotations?q=cầu")
    again = client.get("/api/v1/quotations?q=cầu", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["person", "speaker"])
def test_people_of_one_name_are_filtered_apart_by_their_ids(client: FlaskClient, name: str) -> None:
    (value,) = [
        each
        for each in get(client, "search", facet=name)["facets"][name]
        if each["value"] == "Đặng Văn Quyến"
    ]
    assert value["count"] == len(value["entities"]) == 2

    both = [get(client, "search", **{name: entity}) for entity in value["entities"]]
    said = [get(client, "quotations", speaker=entity) for entity in value["entities"]]

    assert [each["total"] for each in (*both, *said)] == [1, 1, 1, 1]
    assert articles(both[0]) | articles(both[1]) == {"quyen-1", "quyen-2"}
    assert [articles(each) for each in both] == [articles(each) for each in said]
    assert get(client, "search", **{name: value["id"]})["total"] == 2
    assert get(client, "search", **{name: value["entities"]})["total"] == 2
    assert get(client, "search", **{f"exclude_{name}": value["entities"][0]})["total"] == 6
    query = {"person": "người", "speaker": "phát biểu"}[name]
    assert get(client, "search", q=f"{query}:{value['entities'][0]} giữ")["total"] == 1


def test_an_id_of_another_kind_finds_nothing_and_that_is_told(client: FlaskClient) -> None:
    entity = get(client, "entities", q=HOAN)["results"][0]["id"]

    assert get(client, "search", person=entity)["total"] == 3
    found = get(client, "search", place=entity)

    assert found["total"] == 0
    assert [problem["code"] for problem in found["query"]["problems"]] == ["noSuchValue"]


def test_the_speaker_of_a_name_that_two_bear_is_the_one_of_the_article(client: FlaskClient) -> None:
    found = get(client, "quotations", q="phải được giữ")

    ids = [each["speaker"]["id"] for each in found["results"]]
    assert None not in ids
    assert len(set(ids)) == 2


def test_the_page_shows_words_speaker_and_article(client: FlaskClient) -> None:
    page = client.get("/phat-bieu?q=cây+cầu").text

    assert "<mark>Cây cầu</mark> sẽ xong trước mùa mưa" in page
    assert f">{THAM}</a>" in page
    assert "2 lời phát biểu" in page
    assert "Tin ngan-sach" in page


def test_a_filter_by_id_is_shown_by_its_name(client: FlaskClient) -> None:
    entity = get(client, "entities", q=HOAN)["results"][0]["id"]

    for path in ("/", "/phat-bieu"):
        page = client.get(path, query_string={"speaker": entity}).text
        assert f'{HOAN} <span class="cross"' in page
        assert f"> {entity} <" not in page


def test_a_filter_by_article_is_shown_by_its_title_and_can_be_dropped(client: FlaskClient) -> None:
    (result,) = get(client, "search", q="Tin ngan-sach")["results"][:1]
    address = f"/phat-bieu?q=c%C3%A2y&page=1&article={result['id']}"

    page = client.get(address)
    (chip,) = re.findall(r'<li><a href="([^"]*)">(?:(?!</li>).)*Trong bài:', page.text)
    both = client.get(f"{address}&source={PAPERS[0]}").text

    assert f'Trong bài:</span> {result["title"]} <span class="cross"' in page.text
    assert "1 lời phát biểu" in page.text
    assert chip == "/phat-bieu?q=c%C3%A2y"
    assert "2 lời phát biểu" in client.get(chip).text
    assert '<a class="clear" href="/phat-bieu?q=c%C3%A2y">' in both
    assert "In the article:" in client.get(f"{address}&lang=en").text


def test_an_article_that_is_not_there_is_shown_by_its_id(client: FlaskClient) -> None:
    page = client.get("/phat-bieu?article=không-có").text

    assert 'Trong bài:</span> không-có <span class="cross"' in page
    assert 'href="/phat-bieu"' in page


def test_one_page_leads_to_the_other_with_the_query(client: FlaskClient) -> None:
    assert 'href="/phat-bieu?q=c%E1%BA%A7u"' in client.get("/?q=cầu").text
    assert 'href="/?q=c%E1%BA%A7u"' in client.get("/phat-bieu?q=cầu").text


def test_an_entitys_page_leads_to_all_that_it_says(client: FlaskClient) -> None:
    entity = get(client, "entities", q=HOAN)["results"][0]["id"]

    assert f'href="/phat-bieu?speaker={entity}"' in client.get(f"/thuc-the/{entity}").text


def test_the_page_of_one_of_two_of_a_name_leads_to_the_articles_of_this_one(
    client: FlaskClient,
) -> None:
    entities = get(client, "entities", q="Đặng Văn Quyến")["results"]
    assert len(entities) == 2
    for entity in entities:
        page = client.get(f"/thuc-the/{entity['id']}").text
        address = f"/?person={entity['id']}"
        assert f'href="{address}"' in page
        assert "1 bài" in client.get(address).text


def test_a_place_that_speaks_is_told_and_found_by_its_id(client: FlaskClient) -> None:
    (result,) = get(client, "quotations", q="hiệp định")["results"]

    assert result["speaker"]["name"] == "Nhật Bản"
    found = get(client, "quotations", speaker=result["speaker"]["id"])
    assert [each["id"] for each in found["results"]] == [result["id"]]


def test_an_office_stands_apart_from_its_body(client: FlaskClient) -> None:
    entity = get(client, "entities", q=HOAN)["results"][0]["id"]
    page = client.get(f"/thuc-the/{entity}").text

    assert "Chủ tịch UBND xã Mường Tạc</strong> <a" in page
