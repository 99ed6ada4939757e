"""Topics: the table, the labels, and which reports get which."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from indexer.clean import clean
from indexer.extract import topics as module
from indexer.extract.topics import TOPICS, score, topics
from indexer.extract.words import split
from indexer.gazetteer.load import table
from indexer.models import CleanArticle, Part, RawArticle

CORPUS = Path(__file__).parents[2] / "corpus"
ORDER = [
    "kinh-te", "tai-chinh-ngan-sach", "dau-tu-ha-tang", "cong-nghiep-nang-luong", "nong-nghiep-nong-thon", "du-lich-van-hoa-the-thao", "giao-duc-dao-tao",
    "y-te-dich-benh", "an-sinh-lao-dong", "tai-nguyen-moi-truong", "khoa-hoc-chuyen-doi-so", "quoc-phong-an-ninh", "xay-dung-dang", "chinh-quyen-cai-cach",
    "phong-chong-tham-nhung", "mat-tran-doan-the-dan-toc-ton-giao", "doi-ngoai",
]  # fmt: skip


def article(title: str, *body: str) -> CleanArticle:
    original = "\n".join((title, *body))
    parts, at = [], 0
    for number, line in enumerate((title, *body)):
        parts.append(Part("body" if number else "title", line, at, at + len(line)))
        at += len(line) + 1
    return CleanArticle(RawArticle("test", original, "utf-8", ""), tuple(parts))


def test_labels() -> None:
    assert list(TOPICS) == ORDER
    assert all(vietnamese and english and vietnamese != english for vietnamese, english in TOPICS.values())


def test_table() -> None:
    rows = list(table("topics.tsv"))
    assert {topic for topic, _, _ in rows} == set(TOPICS)
    assert all(-3 <= float(weight) <= 8 and float(weight) != 0 for _, _, weight in rows)
    assert min(Counter(topic for topic, _, weight in rows if float(weight) > 0).values()) >= 30
    assert [pair for pair, n in Counter((topic, tuple(split(form).keys)) for topic, form, _ in rows).items() if n > 1] == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", {"xay-dung-dang", "kinh-te"}), ("001", {"xay-dung-dang", "y-te-dich-benh"}), ("002", {"xay-dung-dang", "dau-tu-ha-tang"}),
        ("003", {"xay-dung-dang", "nong-nghiep-nong-thon", "kinh-te"}), ("004", {"xay-dung-dang"}),
    ],
)  # fmt: skip
def test_the_five_reports(number: str, expected: set[str]) -> None:
    path = next(CORPUS.glob(f"{number}_*.txt"))
    given = clean(RawArticle(number, path.read_text("utf-8"), "utf-8", ""))
    found, evidence = topics(given)
    assert expected <= set(found)
    assert found[0] == "xay-dung-dang"
    assert len(found) <= 5
    assert [e.value for e in evidence] == list(found)
    terms = {(topic, tuple(split(form).keys)) for topic, form, _ in table("topics.tsv")}
    assert {(e.value, tuple(split(given.raw.original[e.start : e.end]).keys)) for e in evidence} <= terms


@pytest.mark.parametrize(
    ("title", "body", "first"),
    [
        ("Chủ tịch nước thăm chính thức Lào", "Hai bên hội đàm, nhất trí tăng cường quan hệ hợp tác và đối tác chiến lược.", "doi-ngoai"),
        ("Hơn 10 nghìn thí sinh dự kỳ thi tốt nghiệp", "Sở Giáo dục và Đào tạo bố trí giáo viên coi thi tại các trường THPT.", "giao-duc-dao-tao"),
        ("Khởi tố nhóm vận chuyển ma túy", "Cơ quan điều tra Công an tỉnh bắt giữ ba đối tượng.", "quoc-phong-an-ninh"),
        ("Thu ngân sách vượt dự toán", "Cục Thuế tỉnh cho biết thu ngân sách nhà nước đạt 4.593 tỷ đồng.", "tai-chinh-ngan-sach"),
        ("Xã về đích nông thôn mới", "Nông dân chuyển đổi cây trồng, phát triển chăn nuôi.", "nong-nghiep-nong-thon"),
        ("Công bố kết luận thanh tra", "Thanh tra tỉnh chỉ rõ sai phạm, chuyển hồ sơ khiếu nại, tố cáo.", "phong-chong-tham-nhung"),
        ("Đẩy mạnh chuyển đổi số", "Dịch vụ công trực tuyến và cơ sở dữ liệu quốc gia được kết nối.", "khoa-hoc-chuyen-doi-so"),
        ("Khởi công đường cao tốc", "Công tác giải phóng mặt bằng hoàn thành, nhà thầu thi công.", "dau-tu-ha-tang"),
        ("Ngày hội đại đoàn kết", "Ủy ban Mặt trận Tổ quốc và Hội Liên hiệp Phụ nữ tặng quà.", "mat-tran-doan-the-dan-toc-ton-giao"),
        ("Khai mạc lễ hội", "Lượng khách du lịch đến khu di tích tăng.", "du-lich-van-hoa-the-thao"),
        ("Sáp nhập các xã", "Hội đồng nhân dân thông qua đề án sắp xếp đơn vị hành chính, tinh giản biên chế.", "chinh-quyen-cai-cach"),
        ("Mưa lũ gây sạt lở", "Thiên tai gây ngập úng, ô nhiễm môi trường.", "tai-nguyen-moi-truong"),
        ("Trao nhà cho hộ nghèo", "Chính sách an sinh xã hội, giải quyết việc làm cho người lao động.", "an-sinh-lao-dong"),
        ("Vận hành nhà máy điện gió", "Khu công nghiệp được cấp điện, sản xuất công nghiệp tăng.", "cong-nghiep-nang-luong"),
        ("Tiêm chủng vắc xin", "Sở Y tế cho biết bệnh viện tiếp nhận ca bệnh sốt xuất huyết.", "y-te-dich-benh"),
        ("Xuất khẩu tăng", "Kim ngạch xuất khẩu và tổng mức bán lẻ hàng hóa tăng; doanh nghiệp mở thị trường.", "kinh-te"),
        ("Kết nạp đảng viên mới", "Chi bộ tổ chức lễ kết nạp đảng viên.", "xay-dung-dang"),
    ],
)
def test_first_topic(title: str, body: str, first: str) -> None:
    assert topics(article(title, body))[0][0] == first


def test_nothing_to_tell() -> None:
    assert topics(article("Thông báo", "Mời bạn đọc theo dõi.")) == ((), [])
    assert topics(CleanArticle(RawArticle("x", "", "utf-8", ""), ())) == ((), [])


def test_spelling_does_not_matter() -> None:
    one = article("Thông tin", "Tình hình thủy lợi, hòa giải, kinh tế - xã hội.")
    other = article("THÔNG TIN", "TÌNH HÌNH THUỶ LỢI, HOÀ GIẢI, KINH TẾ – XÃ HỘI.")
    assert score(one) == score(other) != {}


def test_a_title_tells_more_than_the_text_and_a_short_report_more_than_a_long_one() -> None:
    text = "Bệnh viện mở khoa mới."
    filler = "Hôm nay trời đẹp và mọi người đi chơi. " * 100
    health = "y-te-dich-benh"
    assert score(article(text, "Tin."))[health] > score(article("Tin.", "Tin.", text))[health] > score(article("Tin.", "Tin.", filler + text))[health]


def test_falling_returns() -> None:
    once, twice, often = (score(article("Tin.", "Tin.", "du lịch " * n))["du-lich-van-hoa-the-thao"] for n in (1, 2, 20))
    assert once < twice < often < 4 * once
    assert twice - once > (often - twice) / 18


def test_the_longest_term_counts_alone() -> None:
    found = module.count(article("Tin.", "Tin.", "chỉ số cải cách hành chính"), module.terms())[0]
    assert [term.form for term in found] == ["chỉ số cải cách hành chính"]
