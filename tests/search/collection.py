"""A small invented collection, indexed by the real analyzer, engine, dictionary and archive."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tintuc_search.article import VIETNAM, Article
from tintuc_search.engine.base import (
    PARAGRAPH_GAP,
    UNMARKED_WORD,
    FieldText,
    IndexDocument,
    KeywordField,
    Label,
    TextField,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.archive.base import Archive, StoredArticle
    from tintuc_search.engine.base import Dictionary, Engine


def _article(name: str, day: str, title: str, *texts: str, **more: str) -> Article:
    """An invented article; ``texts`` are the lead and the paragraphs."""
    return Article(
        title=title,
        url=f"https://bao.example/{name}",
        lead=texts[0] if texts else "",
        paragraphs=texts[1:],
        captions=(more["caption"],) if "caption" in more else (),
        published_at=datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=VIETNAM),
        authors=(more["author"],) if "author" in more else (),
        source=more.get("source", "Báo Sông Lam"),
        section=more.get("section", "Thời sự"),
    )


ARTICLES = {
    "quoc-hoi": _article(
        "quoc-hoi",
        "2019-05-20",
        "Quốc hội khai mạc kỳ họp thứ bảy",
        "Sáng nay, Quốc hội họp phiên đầu tiên tại Hà Nội.",
        "Chủ tịch Quốc hội phát biểu khai mạc. Đại biểu sẽ thảo luận về ngân sách.",
        "Chính phủ trình báo cáo kinh tế, xã hội trước các đại biểu.",
        author="Trần Văn Sơn",
        caption="Đại biểu dự phiên khai mạc. Ảnh: Lê Thị Mai",
    ),
    "chinh-phu": _article(
        "chinh-phu",
        "2019-06-02",
        "Chính phủ họp phiên thường kỳ tháng năm",
        "Thủ tướng chủ trì phiên họp của Chính phủ.",
        "Phiên họp bàn về giá điện và hội nhập quốc tế.",
        "Chỉ thị số 05-CT/TW tiếp tục được thực hiện.",
        author="Lê Thị Mai",
    ),
    "tong-bi-thu": _article(
        "tong-bi-thu",
        "2020-02-03",
        "Tổng Bí thư dự lễ kỷ niệm ngày thành lập Đảng",
        "Lễ kỷ niệm diễn ra trọng thể.",
        "Tổng Bí thư đọc diễn văn. Đảng viên cả nước theo dõi.",
        "Bí thư Tỉnh ủy Lâm Hải Sơn Minh Thắng cùng dự.",
        source="Báo Núi Hồng",
        author="Trần Văn Sơn",
    ),
    "tong-ket": _article(
        "tong-ket",
        "2020-07-10",
        "Hội nghị tổng kết công tác thư viện",
        "Thư viện tỉnh tổng kết năm.",
        "Người bị nhắc tên đã gửi thư giải thích.",
        source="Báo Núi Hồng",
        section="Văn hóa",
    ),
    "thuy-loi": _article(
        "thuy-loi",
        "2021-03-01",
        "Công trình thủy lợi ở xã Hòa Bình",
        "Bà con phấn khởi vì công trình mới.",
        "Ông Lý Văn Mỹ nói nước đã về tới ruộng. Dân đang chờ vụ mới.",
        "Đang lúc khó khăn, cả làng cùng góp sức.",
        source="Báo Núi Hồng",
    ),
    "khong-dau": _article(
        "khong-dau",
        "2018-01-05",
        "Quoc hoi hop phien bat thuong",
        "Ban tin khong dau gui tu nuoc ngoai.",
        "Quoc hoi ban ve ngan sach nam moi.",
        source="Bản tin Xa Nhà",
    ),
    "dai": _article(
        "dai",
        "2021-05-23",
        "Cử tri cả nước đi bầu cử",
        "Ngày hội lớn của cử tri.",
        " ".join(f"Câu mở đầu số {i} chỉ để cho đoạn văn này thật dài." for i in range(30))
        + " Giữa đoạn mới nhắc tới ngân sách dành cho bầu cử. "
        + " ".join(f"Câu kết thúc số {i} cũng chẳng nói gì thêm." for i in range(30)),
        source="Báo Sông Lam",
    ),
}


def field_text(analyzer: Analyzer, texts: Sequence[str], *, bare: bool = False) -> FieldText:
    """The terms and words of some paragraphs."""
    terms: list[str] = []
    positions: list[int] = []
    words: list[tuple[str, int]] = [(UNMARKED_WORD, 0)] if bare else []
    first = 0
    for text in texts:
        tokens = analyzer.tokens(text)
        terms += [token.term for token in tokens]
        positions += [first + token.position for token in tokens]
        words += [(word.term, first + word.first) for word in analyzer.words(tokens)]
        first = (positions[-1] if positions else 0) + 1 + PARAGRAPH_GAP
    return FieldText(tuple(terms), tuple(positions), tuple(words))


def document(analyzer: Analyzer, stored: StoredArticle) -> IndexDocument:
    """An article as the index takes it."""
    article = stored.article
    bare = not analyzer.is_marked(article.text.lower())
    keywords = {
        KeywordField.SOURCE: (article.source,),
        KeywordField.AUTHOR: article.authors,
        KeywordField.SECTION: (article.section,),
    }
    return IndexDocument(
        id=stored.id,
        texts={
            TextField.TITLE: field_text(analyzer, [article.title]),
            TextField.LEAD: field_text(analyzer, [article.lead]),
            TextField.BODY: field_text(
                analyzer, [*article.paragraphs, *article.captions], bare=bare
            ),
        },
        published=int(article.published_at.timestamp()) if article.published_at else None,
        keywords={
            field: tuple(analyzer.key(name).replace(" ", "-") for name in names if name)
            for field, names in keywords.items()
        },
    )


def labels(analyzer: Analyzer, article: Article) -> list[Label]:
    """The names of an article's keywords."""
    named = [
        (KeywordField.SOURCE, article.source),
        (KeywordField.SECTION, article.section),
        *((KeywordField.AUTHOR, author) for author in article.authors),
    ]
    return [Label(f, analyzer.key(n).replace(" ", "-"), n) for f, n in named if n]


def fill(archive: Archive, engine: Engine, dictionary: Dictionary, analyzer: Analyzer) -> None:
    """Index everything that the archive holds."""
    stored = list(archive.everything())
    documents = [document(analyzer, one) for one in stored]
    with engine.writer() as writer:
        for one in documents:
            writer.add(one)
        writer.commit(archive.latest())
    named = [label for one in stored for label in labels(analyzer, one.article)]
    dictionary.apply(documents, named, [])
