"""The parts of an article: headline, dates, paragraphs, captions, byline; what is left out and what never is."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.clean import clean
from indexer.models import CleanArticle, RawArticle
from indexer.read import read
from indexer.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
PARAGRAPH = (
    "Sáng 18/3, Thường trực Tỉnh ủy đã tổ chức Hội nghị giao ban với các đảng ủy trực thuộc "
    "nhằm đánh giá tình hình thực hiện nhiệm vụ quý I và nhiệm vụ quý II."
)
OTHER = (
    "Phát biểu tại hội nghị, đồng chí Bí thư Tỉnh ủy ghi nhận và biểu dương tinh thần chủ động, "
    "trách nhiệm của các đảng ủy trực thuộc trong thực hiện nhiệm vụ."
)
FOOTER = """CỔNG THÔNG TIN ĐIỆN TỬ TP. HỒ CHÍ MINH
Giấy phép số 7/GP-TTĐT do Cục QL Phát thanh Truyền hình và Thông tin Điện tử cấp ngày 14/05/2010
Cơ quan chủ quản: Ủy ban nhân dân Thành phố Hồ Chí Minh
Cơ quan thường trực: Văn phòng UBND huyện Củ Chi - 86 Lê Thánh Tôn - Quận 1. SĐT: 0262.859.9699 Email: a@b.vn
Ghi rõ nguồn tin "http://hochiminh.gov.vn" khi phát hành lại các thông tin từ Cổng TTĐT này.
Chung nhan Tin Nhiem Mang ipv6 ready"""


def cleaned(text: str, title: str | None = None) -> CleanArticle:
    return clean(RawArticle("x", text, "utf-8", "", title=title))


def roles(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in cleaned(text, title).parts]


def corpus() -> dict[str, RawArticle]:
    return {item.id[:3]: item for item in read([CORPUS], Settings()) if isinstance(item, RawArticle)}


# ---------------------------------------------------------------- the five reports

TITLES = {
    "000": "Tăng tốc, quyết liệt thực hiện các mục tiêu tăng trưởng kinh tế - xã hội năm 2026",
    "001": "Hội nghị giao ban quý I/2020 giữa thường trực tỉnh ủy với thường trực cấp ủy cấp huyện",
    "002": "Huyện Lắk cần tập trung chỉ đạo cải thiện chỉ số cải cách hành chính phục vụ phát triển kinh tế- xã hội",
    "003": "Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ 15 (khóa XII)",
    "004": None,
}
DATELINES = {"000": ["(18/03/2026, 14:00)"], "001": [], "002": ["(17/06/2024, 13:30)"], "003": ["08/04/2024"], "004": ["date 2026-01-19 (GLO)-"]}
BYLINES = {"000": ["Kim Bảo"], "001": ["Vy thủy"], "002": ["Kim Bảo"], "003": ["Hương Dịu"], "004": []}
LEFT_OUT = {
    "000": 8,  # the poll's two lines and the footer's six
    "001": 0,
    "002": 6,
    "003": 3,  # two names of page blocks, the font buttons
    "004": 0,
}
CAPTIONS = {
    "000": [
        "Hội nghị được kết nối trực tuyến điểm cầu Đảng ủy xã, phường trong tỉnh",
        "Đại diện lãnh đạo Đảng ủy UBND tỉnh tham luận tại hội nghị",
        "Lãnh đạo Sở Tài chính tham luận tại hội nghị",
        "Đại diện lãnh đạo Công an tỉnh phát biểu tại hội nghị",
    ],
    "001": [],
    "002": [
        "Các đại biểu tham dự buổi làm việc",
        "Đồng chí Nguyễn Văn Long – Bí thư Huyện ủy Lắk báo cáo với đoàn công tác",
        "Đồng chí Nguyễn Đình Trung – Bí thư Tỉnh ủy phát biểu kết luận tại buổi làm việc",
        "Phó Chủ tịch UBND tỉnh Võ Văn Cảnh trao đổi một số đề xuất của huyện Lắk",
        "Đồng chí Nguyễn Minh Huấn – Giám đốc Sở Tài nguyên Môi Trường trao đổi về phối hợp quản lý lĩnh vực tài nguyên, môi trường",
    ],
    "003": ["Toàn cảnh Hội nghị", "Bí thư Tỉnh ủy Hoàng Duy Chinh phát biểu tại Hội nghị"],
    "004": [
        (
            "Chủ tịch UBND tỉnh Phạm Anh Tuấn (thứ 2 từ phải sang) kiểm tra công tác "
            "triển khai quy hoạch phát triển khu công nghiệp trên địa bàn xã Bình Hiệp. Ảnh: N.H"
        ),
        "Phường Pleiku tổ chức Hội nghị triển khai thực hiện các nhiệm vụ, giải pháp phát triển kinh tế - xã hội năm 2026. Ảnh: Bá Bính",
    ],
}


@pytest.mark.parametrize("told", [True, False], ids=["with the manifest's title", "from the text alone"])
@pytest.mark.parametrize("number", TITLES)
def test_the_five_reports(number: str, told: bool) -> None:
    raw = corpus()[number] if told else replace(corpus()[number], title=None)
    article = clean(raw)
    of = {kind: [part.text.replace("\u00a0", " ") for part in article.parts if part.kind == kind] for kind in ("title", "dateline", "byline", "caption")}
    assert of["title"] == [TITLES[number]] if TITLES[number] else not of["title"]
    assert (of["dateline"], of["byline"], of["caption"]) == (DATELINES[number], BYLINES[number], CAPTIONS[number])
    assert len(article.noise) == LEFT_OUT[number]
    # Every line of the page is a part or noise: nothing is lost between the two.
    shown = sorted([(part.start, part.end) for part in article.parts] + list(article.noise))
    assert "".join(raw.original[start:end] for start, end in shown).split() == raw.original.split() or not_lost(raw, shown)


def not_lost(raw: RawArticle, shown: list[tuple[int, int]]) -> bool:
    return not "".join(raw.original[end:start] for (_, end), (start, _) in zip([(0, 0), *shown], [*shown, (len(raw.original), 0)], strict=True)).strip()


@pytest.mark.parametrize("number", TITLES)
def test_decomposed_text_has_the_same_parts(number: str) -> None:
    raw = corpus()[number]
    article, decomposed = clean(raw), clean(replace(raw, original=unicodedata.normalize("NFD", raw.original)))
    assert [(part.kind, part.text) for part in decomposed.parts] == [(part.kind, part.text) for part in article.parts]
    for part in decomposed.parts:
        for match in re.finditer(r"\w+", part.text):
            start, end = part.span(*match.span())
            assert unicodedata.normalize("NFC", decomposed.raw.original[start:end]) == match[0]


# ---------------------------------------------------------------- rules


def test_a_page_with_everything() -> None:
    page = f"""Trang chủ > Tin tức
Xây dựng Đảng
Tỉnh ủy tổ chức hội nghị giao ban quý I
Thứ Tư, 18/03/2026, 14:00 GMT+7
Tăng cỡ chữ | Giảm cỡ chữ | In trang
{PARAGRAPH}
Quang cảnh hội nghị
Nhiều kết quả nổi bật
{OTHER}
Xem thêm: Hội nghị lần thứ 15
{PARAGRAPH}
Tin, ảnh: Kim Bảo - Hương Dịu
Lượt xem: 1.204
Tin liên quan
Hội nghị Ban Chấp hành Đảng bộ huyện Krông Ana (12/03/2026, 08:00)
Chủ tịch UBND tỉnh Nguyễn Văn A thăm huyện Lắk
{FOOTER}"""
    assert roles(page) == [
        ("title", "Tỉnh ủy tổ chức hội nghị giao ban quý I"),
        ("dateline", "Thứ Tư, 18/03/2026, 14:00 GMT+7"),
        ("body", PARAGRAPH),
        ("caption", "Quang cảnh hội nghị"),
        ("body", "Nhiều kết quả nổi bật"),
        ("body", OTHER),
        ("body", PARAGRAPH),
        ("byline", "Tin, ảnh: Kim Bảo - Hương Dịu"),
    ]


@pytest.mark.parametrize(
    "byline", ["Kim Bảo", "Vy thủy", "MINH TÂM", "N.H", "Tác giả: Bảo", "Theo TTXVN", "Xuân Phong/Báo Tin Tức", "Trang Trần (Theo Reuters)", "Y Krăk - H'Xuân"]
)
def test_bylines(byline: str) -> None:
    assert roles(f"Tỉnh ủy họp giao ban quý I\n{PARAGRAPH}\n{byline}\n{FOOTER}")[-1] == ("byline", byline)


@pytest.mark.parametrize("line", ["Toàn cảnh Hội nghị", "Các đại biểu tại Hội trường Tỉnh ủy", "Ảnh: N.H", "Hội nghị thống nhất các nội dung", "Năm 2026"])
def test_lines_that_are_no_bylines(line: str) -> None:
    assert roles(f"{PARAGRAPH}\n{line}")[-1][0] in ("body", "caption")


@pytest.mark.parametrize(
    "line",
    [
        "Cổng thông tin điện tử tỉnh Đắk Lắk vừa được nâng cấp, Chủ tịch UBND tỉnh yêu cầu các sở, ngành cập nhật thông tin kịp thời.",
        "Chia sẻ tại hội nghị, đồng chí Bí thư Huyện ủy cho biết huyện đã hoàn thành 14/15 chỉ tiêu của năm, nhiều chỉ tiêu vượt kế hoạch.",
        "Giấy phép số 12/GP-UBND của UBND tỉnh cấp cho mỏ đá xã Ea R’bin bị thu hồi vì doanh nghiệp vi phạm Luật Khoáng sản nhiều lần.",
        "Bình luận về kết quả, đồng chí Chủ tịch HĐND tỉnh cho rằng các địa phương cần quyết liệt hơn nữa trong giải ngân vốn đầu tư công.",
        "Tin mới từ huyện Lắk: đến ngày 29/3 toàn huyện có 230 chi bộ đã tổ chức xong đại hội theo đúng kế hoạch mà Tỉnh ủy đã đề ra.",
    ],
)
def test_paragraphs_that_begin_like_a_footer_stay(line: str) -> None:
    for page in (f"{PARAGRAPH}\n{line}", f"{PARAGRAPH}\n{line}\n{FOOTER}", f"{line}\n{PARAGRAPH}"):
        assert ("body", line) in roles(page)


def test_nothing_of_a_footer_is_kept() -> None:
    for place in ("", "\n\nBình chọn\nXin ý kiến đánh giá về giao diện, nội dung"):
        parts = roles(f"Tỉnh ủy họp giao ban quý I\n\n{PARAGRAPH}\n\nKim Bảo{place}\n\n{FOOTER}")
        assert parts == [("title", "Tỉnh ủy họp giao ban quý I"), ("body", PARAGRAPH), ("byline", "Kim Bảo")]


def test_a_list_of_news_within_the_article_drops_its_heading_only_after_the_last_paragraph() -> None:
    assert ("body", "Hội nghị ở huyện Lắk") in roles(f"{PARAGRAPH}\nTin liên quan\nHội nghị ở huyện Lắk\n{OTHER}")
    for heading in ("Tin liên quan", "[Tin liên quan]"):
        assert roles(f"{PARAGRAPH}\n{heading}\nHội nghị ở huyện Lắk") == [("body", PARAGRAPH)]


@pytest.mark.parametrize("tools", ["In ra", "In ra | Cỡ chữ", "In   Email   Facebook", "Bản in"])
def test_tools_of_a_page_are_no_part_of_its_article(tools: str) -> None:
    assert roles(f"Tỉnh ủy họp giao ban quý I\n18/03/2026\n{tools}\n{PARAGRAPH}")[1:] == [("dateline", "18/03/2026"), ("body", PARAGRAPH)]


@pytest.mark.parametrize(
    ("foot", "kept"),
    [
        ("18/03/2026", ["18/03/2026"]),
        ("Lượt xem: 123\n18/03/2026 08:15", ["18/03/2026 08:15"]),
        ("Video\n18/03/2026\nPhóng sự về huyện Lắk", []),  # another page's
        ("Văn bản mới\n12/QĐ-UBND - 18/03/2026\n45/TB-UBND (15/03/2026)", []),
        ("12/QĐ-UBND - 18/03/2026", []),
        ("Tin tức\nNgày đăng: 18/03/2026", ["Ngày đăng: 18/03/2026"]),
    ],
)
def test_a_date_below_the_text_is_the_articles_if_no_menu_stands_between(foot: str, kept: list[str]) -> None:
    assert [text for kind, text in roles(f"Họp báo quý I\n{PARAGRAPH}\n{foot}") if kind == "dateline"] == kept


def test_a_masthead_is_no_headline() -> None:
    page = f"""BÁO HÀ NAM ĐIỆN TỬ
Cơ quan của Đảng bộ Đảng Cộng sản Việt Nam tỉnh Hà Nam - Tiếng nói của Đảng bộ, chính quyền và nhân dân Hà Nam
Hotline: 0912.000.111
Chính trị > Xây dựng Đảng
Công bố các quyết định về công tác cán bộ [21/03/2016 10:47]
{PARAGRAPH}"""
    assert roles(page) == [("title", "Công bố các quyết định về công tác cán bộ"), ("dateline", "[21/03/2016 10:47]"), ("body", PARAGRAPH)]
    headline = "BÁO CÁO TÌNH HÌNH KINH TẾ - XÃ HỘI QUÝ I"  # begins as a paper's name does
    assert roles(f"{headline}\n18/03/2026\n{PARAGRAPH}")[0] == ("title", headline)


def test_a_known_headline_is_found_where_it_stands() -> None:
    page = f"Tin hoạt động của Tỉnh ủy và Đoàn đại biểu\n18/03/2026\nHỘI NGHỊ  giao ban (18/03/2026)\n{PARAGRAPH}"
    assert roles(page, "Hội nghị giao ban") == [
        ("title", "HỘI NGHỊ  giao ban"),
        ("dateline", "18/03/2026"),
        ("dateline", "(18/03/2026)"),
        ("body", PARAGRAPH),
    ]
    assert roles(PARAGRAPH, "Không có trong bài") == [("body", PARAGRAPH)]


def test_a_record_of_json_lines() -> None:
    raw = RawArticle("x", f"Chia sẻ\n(PLO)- {PARAGRAPH}\nHai.", "utf-8", "", title="Chia sẻ")
    assert [(part.kind, part.text) for part in clean(raw).parts if part.kind != "title"] == [("dateline", "(PLO)-"), ("body", PARAGRAPH), ("body", "Hai.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim Bảo", [("body", "Kim Bảo")]),
        ("Tỉnh ủy họp giao ban\nHai dòng ngắn", [("title", "Tỉnh ủy họp giao ban"), ("body", "Hai dòng ngắn")]),
        ("18/03/2026\nMột câu ngắn.", [("dateline", "18/03/2026"), ("body", "Một câu ngắn.")]),
        ("Tăng cỡ chữ\nChia sẻ", []),
        ("   \ufeff \n", []),
        ("", []),
    ],
)
def test_pages_without_a_paragraph(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text) == expected


# ---------------------------------------------------------------- properties

LINES = st.sampled_from(
    [
        *(PARAGRAPH, OTHER, unicodedata.normalize("NFD", PARAGRAPH), *FOOTER.split("\n")),
        *("Kim Bảo", "18/03/2026", "Tin liên quan", "Tăng cỡ chữ", "Toàn cảnh", "", " \ufeff"),
    ]
)
PAGES = st.one_of(st.text(max_size=300), st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=12).map("\n".join))


@settings(max_examples=200)
@given(PAGES, st.one_of(st.none(), st.text(max_size=30), LINES))
def test_every_offset_is_exact(text: str, title: str | None) -> None:
    article = cleaned(text, title)
    for part in article.parts:
        assert part.text == part.text.strip()
        assert "\n" not in part.text
        assert unicodedata.normalize("NFC", text[part.start : part.end]) == part.text or len(text) > 30
        assert part.text == text[part.start : part.end] if part.offsets is None else len(part.offsets) == len(part.text)
        assert part.span(0, len(part.text)) == (part.start, part.end)
        for i in range(len(part.text)):
            start, end = part.span(i, i + 1)
            assert part.start <= start <= end <= part.end
    spans = sorted([(part.start, part.end) for part in article.parts] + list(article.noise))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert not_lost(article.raw, spans) or not "".join(text.split()).isprintable()
    assert sum(part.kind == "title" for part in article.parts) <= 1
    json.dumps(article.body)


@given(st.lists(LINES, min_size=1, max_size=10))
def test_paragraphs_are_never_lost(lines: list[str]) -> None:
    wanted = [unicodedata.normalize("NFC", line) for line in lines if unicodedata.normalize("NFC", line) in (PARAGRAPH, OTHER)]
    assert [part.text for part in cleaned("\n".join(lines)).parts if part.kind == "body" and part.text in (PARAGRAPH, OTHER)] == wanted


@pytest.mark.parametrize(
    "pattern",
    ["(", " -", "Aa", "1/", "18/03/2026 ", "ngày ", "chia sẻ ", "a\u0301", "\u0301", "giấy phép gp-", "ảnh:", "\n", "A\n", "© ", "(GLO)-", ">> ", "ấ", "..."],
)
def test_time_is_linear(pattern: str) -> None:
    def seconds(size: int) -> float:
        text = pattern * (size // len(pattern))
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            cleaned(text)
            cleaned(text, text[:200])
            best = min(best, time.process_time() - started)
        return best

    seconds(1000)
    assert seconds(40_000) < 4 * seconds(20_000) + 0.1
