"""What counts as the same text, on invented reports."""

from __future__ import annotations

import unicodedata

import pytest

from tintuc_search.analysis.vi.analyzer import VietnameseAnalyzer
from tintuc_search.article import Article
from tintuc_search.reprints.comparing import compare, shares
from tintuc_search.reprints.shingles import Shingler

REPORT = (
    "Sáng nay, Hội đồng nhân dân tỉnh Lâm Hải khai mạc kỳ họp giữa năm để bàn về ngân sách và đầu tư công.",
    "Ông Đinh Khắc Vỹ nói rằng các xã miền núi cần thêm tiền làm đường, xây trường và sửa những trạm y tế đã cũ.",
    "Nhiều đại biểu hoà giọng đồng tình, nhưng đề nghị uỷ ban công khai danh mục dự án trước khi biểu quyết.",
    "Kỳ họp kéo dài hai ngày và được truyền hình trực tiếp để cử tri theo dõi, góp ý qua tổng đài của tỉnh.",
)
OTHER = (
    "Đội bóng của trường nội trú Sơn Giang thắng trận cuối cùng nhờ một bàn phạt đền ở phút bù giờ.",
    "Huấn luyện viên khen các em chạy không biết mệt, còn phụ huynh đem bánh chưng đến chia cho cả hai đội.",
    "Ban tổ chức cho biết mùa sau sẽ có thêm bốn đội của các huyện ven biển cùng tranh chiếc cúp gỗ lim.",
    "Khán giả ở lại rất lâu sau tiếng còi cuối để chụp ảnh với các cầu thủ nhỏ và nghe đội kèn của xã.",
)


@pytest.fixture(scope="module")
def shingler() -> Shingler:
    return Shingler(VietnameseAnalyzer())


def mould(draw: int) -> str:
    """A report that is printed after every draw, with the numbers of that draw."""
    numbers = ", ".join(str((draw * 37 + place * 11) % 89 + 10) for place in range(12))
    return (
        "Công ty xổ số tỉnh Lâm Hải vừa công bố kết quả quay thưởng trước sự chứng kiến của hội đồng giám sát và "
        f"đông đảo người dân có mặt tại hội trường. Các cặp số trúng giải là {numbers}. Người trúng giải cần giữ vé "
        "nguyên vẹn, mang theo giấy tờ tùy thân và đến trụ sở công ty trong vòng ba mươi ngày để làm thủ tục nhận "
        "thưởng, quá thời hạn này vé sẽ không còn giá trị lĩnh thưởng theo quy định hiện hành."
    )


def test_other_spellings_and_forms_are_the_same_text(shingler: Shingler) -> None:
    text = " ".join(REPORT)
    respelt = text.replace("hoà", "hòa").replace("uỷ", "ủy").upper()

    for form in (respelt, unicodedata.normalize("NFD", text)):
        assert (1.0, 1.0) == shares(shingler.text(text), shingler.text(form))


def test_another_title_lead_and_byline_make_no_other_text(shingler: Shingler) -> None:
    first = Article("Khai mạc kỳ họp", lead="Hai ngày bàn ngân sách.", paragraphs=REPORT)
    second = Article("Bàn tiền làm đường", lead="Theo phóng viên.", paragraphs=(*REPORT, "Hà Vân"))

    found = shares(shingler.article(first), shingler.article(second))

    assert found is not None
    assert min(found) > 0.9


def test_a_report_inside_a_longer_article_is_whole_there(shingler: Shingler) -> None:
    found = shares(shingler.text("\n".join(REPORT)), shingler.text("\n".join((*REPORT, *OTHER))))

    assert found is not None
    assert 1.0 == found[0]
    assert 0.5 <= found[1] < 0.6


def test_less_than_half_of_a_long_article_is_no_reprint(shingler: Shingler) -> None:
    long = "\n".join((*REPORT, *OTHER, *OTHER[::-1], mould(1)))

    assert shares(shingler.text("\n".join(REPORT)), shingler.text(long)) is None


def test_texts_from_one_mould_with_other_figures_are_no_reprints(shingler: Shingler) -> None:
    first, second = shingler.text(mould(1)), shingler.text(mould(2))

    assert min(first.share_in(second), second.share_in(first)) > 0.8
    assert shares(first, second) is None
    assert shares(first, shingler.text(mould(1))) == (1.0, 1.0)


def test_what_is_too_short_is_no_reprint(shingler: Shingler) -> None:
    assert shares(shingler.text(REPORT[0]), shingler.text(REPORT[0])) is None


def test_one_changed_word_costs_one_syllable(shingler: Shingler) -> None:
    text = " ".join(REPORT)
    changed, length = text.replace("truyền hình", "truyền thanh"), shingler.text(text).syllables

    assert shingler.text(changed).share_in(shingler.text(text)) == 1 - 1 / length


def test_differing_paragraphs_are_told_for_both(shingler: Shingler) -> None:
    found = compare(
        Article("A", paragraphs=(*REPORT, OTHER[0])),
        Article("B", lead=OTHER[1], paragraphs=REPORT),
        shingler,
    )

    assert ((OTHER[0],), (OTHER[1],)) == (found.only_first, found.only_second)
    assert 0.7 < found.share_of_first < 1
    assert 0.7 < found.share_of_second < 1


def test_an_empty_text_shares_nothing(shingler: Shingler) -> None:
    assert 0.0 == shingler.text("").share_in(shingler.text(REPORT[0]))
    assert 0.0 == shingler.text(REPORT[0]).share_in(shingler.text(""))
