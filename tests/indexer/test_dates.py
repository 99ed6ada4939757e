"""Dates and periods: the forms in use, what is stated against what is inferred, and numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.dates import dates
from indexer.extract.days import parse_day
from indexer.extract.evidence import unsupported
from indexer.extract.periods import parse_period
from indexer.models import CleanArticle, Part
from tests.indexer.extracting import raw, record, sentence

DAYS = [
    ("18/03/2026, 14:00", "2026-03-18"),
    ("18/3/2026", "2026-03-18"),
    ("ngày 8 tháng 4 năm 2024", "2024-04-08"),
    ("02-3-2024", "2024-03-02"),
    ("5.2.2017", "2017-02-05"),
    ("date 2026-01-19 (GLO)", "2026-01-19"),
    ("2026-01-19T08:30:00+07:00", "2026-01-19"),
    ("Thứ Hai, 18/3/2026 | 14:05", "2026-03-18"),
    ("18 Tháng Ba 2024", "2024-03-18"),
    ("ngày 8 tháng Mười Một năm 2024", "2024-11-08"),
    ("Mon, 18 Mar 2024", "2024-03-18"),
    ("March 18, 2024", "2024-03-18"),
    ("Th3 18, 2024", "2024-03-18"),
    ("Mar 31, 2024 - Apr 31", "2024-03-31"),
    ("18 Th3 2024", "2024-03-18"),
    ("Thứ Hai,18/03/2024", "2024-03-18"),
    ("tăng 2,18/03/2024", None),
    ("3/18/2024 8:30:00 AM", "2024-03-18"),
    ("13/14/2024", None),
    ("30/2/2024", None),
    ("31/04/2024", None),
    ("24,4%", None),
    ("26/88 xã", None),
    ("129.082 ha", None),
    ("21.000/46.290 triệu đồng", None),
    ("nhiệm kỳ 2020-2025", None),
    ("số 178/2024/NĐ-CP", None),
    ("0262.859.9699", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_read_in_each_form(text: str, day: str | None) -> None:
    found = parse_day(text)
    assert (found.isoformat() if found else None) == day


@given(
    st.dates(),
    st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "ngày {0.day} tháng {0.month} năm {0.year}", "{0.day}-{0.month}-{0.year}"]),
)
def test_every_day_of_two_centuries(day, form) -> None:  # type: ignore[no-untyped-def]
    if 1900 <= day.year <= 2099:
        assert parse_day(form.format(day)) == day


PERIODS = [
    ("quý I/2026", ("Q1", 2026)),
    ("Quý IV năm 2024", ("Q4", 2024)),
    ("quý II", ("Q2", None)),
    ("6 tháng đầu năm 2024", ("H1", 2024)),
    ("sáu tháng đầu năm", ("H1", None)),
    ("9 tháng đầu năm 2024", ("M09", 2024)),
    ("3 tháng đầu năm", ("Q1", None)),
    ("5 tháng năm 2017", ("M05", 2017)),
    ("năm 2024", ("", 2024)),
    ("6 tháng", None),
    ("nhiệm kỳ 2020-2025", None),
    ("năm 2020 - 2023", None),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_period_is_read_in_each_form(text: str, period: tuple[str, int | None] | None) -> None:
    assert parse_period(text) == period


def _article(*parts: tuple[str, str], **more: str) -> CleanArticle:
    text = "\n".join(text for _, text in parts)
    made, at = [], 0
    for kind, piece in parts:
        made.append(Part(kind, piece, at, at + len(piece)))  # type: ignore[arg-type]
        at += len(piece) + 1
    return CleanArticle(raw(text, **more), tuple(made))


STATED = [
    ([("title", "Hội nghị (18/03/2026, 14:00)"), ("body", "Sáng 17/3 họp.")], "2026-03-18"),
    ([("title", "Hội nghị"), ("dateline", "Hôm nay: 20/03/2026"), ("dateline", "Ngày đăng: 18/03/2026")], "2026-03-18"),
    ([("title", "Hội nghị"), ("dateline", "Cập nhật lúc 15:00 ngày 19/03/2026"), ("dateline", "Đăng ngày 18/03/2026")], "2026-03-18"),
    ([("title", "Hội nghị"), ("dateline", "Thứ Hai, 18/3/2026 | 14:05")], "2026-03-18"),
    ([("title", "Hội nghị"), ("dateline", "30/02/2026")], None),
    ([("title", "Hội nghị"), ("dateline", "Hôm nay: 20/03/2026")], None),
    ([("title", "Hội nghị"), ("dateline", "Ngày in: 20/03/2026 08:30")], None),
    ([("title", "Hội nghị"), ("dateline", "Cập nhật: 18/03/2026 08:15"), ("dateline", "Lượt xem: 2.104 | Ngày xem: 20/03/2026")], "2026-03-18"),
    ([("title", "Hội nghị"), ("dateline", "Thời gian sự kiện: 14h00 - 16/03/2026 | Đăng bởi: Quản trị | 18/03/2026 10:31")], "2026-03-18"),
    ([("title", "Hội nghị"), ("dateline", "Ngày đăng: 18/03/2026 - Cập nhật: 19/03/2026")], "2026-03-18"),
    ([("body", "date 2026-01-19 (GLO)- Ngay những ngày đầu năm")], "2026-01-19"),
    ([("body", "(Quảng Trị, ngày 20 tháng 10 năm 2020) - Mưa lớn kéo dài đã gây sạt lở.")], "2020-10-20"),
    ([("body", "Bà Rịa - Vũng Tàu, 20/10/2020 – Mưa lớn kéo dài đã gây sạt lở.")], "2020-10-20"),
    ([("body", "Hà Nội (TTXVN 20/10/2020) - Mưa lớn kéo dài đã gây sạt lở.")], "2020-10-20"),
    ([("body", "Hà Nội, ngày 20 tháng 10 năm 2020 (TTXVN) - Mưa lớn kéo dài đã gây sạt lở.")], "2020-10-20"),
    ([("body", "Buôn Ma Thuột, ngày 20 tháng 10 năm 2020. Mưa lớn kéo dài đã gây sạt lở.")], "2020-10-20"),
    ([("body", "[20/10/2020] Mưa lớn kéo dài đã gây sạt lở.")], "2020-10-20"),
    ([("body", "(baogialai.vn - 20/10/2020) Mưa lớn kéo dài đã gây sạt lở.")], "2020-10-20"),
    ([("body", "(Kèm theo Công văn số 12 ngày 20/10/2020) Mưa lớn kéo dài đã gây sạt lở.")], None),
    ([("body", "Kết luận 20/10/2020. Mưa lớn kéo dài đã gây sạt lở.")], None),
    (
        [
            (
                "body",
                "(Quảng Trị, ngày 19 tháng 11) Lãnh đạo hai tỉnh hội đàm về kết quả thực hiện thỏa thuận hợp tác năm 2025 và phương hướng năm 2026, dự ký kết.",
            )
        ],
        "2025-11-19",
    ),
    ([("title", "Kỷ niệm ngày 30/4/1975"), ("body", "Chiều 3/7, Chính phủ họp.")], None),
]


@pytest.mark.parametrize(("parts", "published"), STATED)
def test_the_publication_date_is_the_one_that_the_page_states(parts: list[tuple[str, str]], published: str | None) -> None:
    found = dates(_article(*parts))
    assert (found.published, found.date_inferred) == (published, False)


def test_a_date_that_came_with_the_file_counts_where_the_page_has_none() -> None:
    found = dates(_article(("title", "Hội nghị"), ("body", "Các đại biểu dự."), published="2024-06-17T13:30:00"))
    assert (found.published, found.date, found.date_inferred) == ("2024-06-17", "2024-06-17", False)
    assert {(evidence.part, evidence.start, evidence.end) for evidence in found.evidence} == {("sidecar", 0, 0)}


PARAGRAPH = "Sáng 14/3, tại huyện Krông Pắc, đồng chí Nguyễn Văn Bảy, Bí thư Huyện ủy chủ trì hội nghị đánh giá kết quả xây dựng nông thôn mới."


@pytest.mark.parametrize(
    "line",
    [
        "Thứ Hai, 18/03/2024 | 08:15 GMT+7", "18 - 03 - 2024", "Cập nhật lúc 08h15' ngày 18/03/2024", "18/03/2024 8:15:00 SA", "2024-03-18T08:15:00+07:00",
        "T2, 18/03/2024 08:15", "Krông Pắc, ngày 18 tháng 3 năm 2024", "Đăng bởi: Admin | 18/03/2024", "Tin tức | 18/03/2024 | Lượt xem: 345",
        "18/03/2024 | 345 lượt xem", "Tháng Ba 18, 2024", "Ngày xuất bản: 2024/03/18", "Monday, March 18, 2024", "Lượt xem: 2024 | Ngày đăng: 18/03/2024",
        "Xuất bản: 18/03/2024 - Chỉnh sửa: 19/03/2024", "Được viết: 18-03-2024", "Ngày 18/03/2024 08:30:00 được đăng bởi Văn phòng",
        "Ngày cập nhật: 20/3/2024 - Ngày đăng: 18/3/2024", "Last updated: 20/03/2024 | Posted: 18/03/2024", "Viết bởi: Đỗ Oanh, lúc 11:29 ngày 18-3-2024",
        "18/03/2024 21:04 bởi Đỗ Oanh", "Chuyên mục: Thời sự | Ngày: 18/03/2024 Lượt xem: 12",
        "Tác giả: Đỗ Oanh | Ngày 18/03/2024", "(Ngày đăng 18/03/2024, lượt xem 123)", "18-Mar-2024", "Cỡ chữ: A- A+ | 18/03/2024", "18 Th3 2024",
        "Tin ngày 18/03/2024", "Màu chữ Cỡ chữ 18/03/2024", "18 Tháng Ba, 2024 bởi Đỗ Oanh", "Tác giả: Đỗ Oanh 18/03/2024",
        "3/18/2024 8:30:00 AM", "Báo Đắk Lắk - 18/03/2024",
    ],
)  # fmt: skip
def test_a_pages_head_states_the_day_in_many_forms(line: str) -> None:
    title = "Krông Pắc đánh giá kết quả xây dựng nông thôn mới"
    for page in (f"{title}\n{line}\n{PARAGRAPH}", f"{line}\n{title}\n{PARAGRAPH}", f"Chủ nhật, 22/11/2026\nTrang chủ > Tin tức\n{title}\n{line}\n{PARAGRAPH}"):
        assert (record(page).published, record(page).title) == ("2024-03-18", title)


@pytest.mark.parametrize(
    ("head", "foot", "published"),
    [
        ("{}\nNgày tạo: 18-03-2024\nNgày cập nhật: 20-03-2024", "", "2024-03-18"),
        ("{} 18/03/2024 08:30", "", "2024-03-18"),
        ("{}", "Ngày đăng: 18/03/2024", "2024-03-18"),
        ("{}", "Minh Hà\n18/03/2024", "2024-03-18"),
        ("{}\n18/03/2024", "Tin liên quan\nHội nghị sơ kết (20/03/2024)\nLễ ra quân (19/03/2024)", "2024-03-18"),
        ("Hôm nay: Thứ Sáu, ngày 22/03/2024\n{}\n18/03/2024", "", "2024-03-18"),
        ("Hôm nay, 22/03/2024\n{}", "", None),
        ("{}", "Tin mới hơn\nLễ ra quân (19/03/2024)\nTin cũ hơn\nLễ phát động (11/03/2024)", None),
        ("{}", "Giấy phép số 12/GP-TTĐT ngày 18/03/2020 của Sở Thông tin và Truyền thông", None),
        ("{}\nNgày ban hành: 14/03/2024\nNgày hiệu lực: 20/03/2024", "", None),
        ("{}\nThứ Hai, 18/03", "", None),
    ],
)
def test_of_several_days_on_a_page(head: str, foot: str, published: str | None) -> None:
    title = "Krông Pắc đánh giá kết quả xây dựng nông thôn mới"
    assert record("\n".join(filter(None, ("Trang chủ", head.format(title), PARAGRAPH, foot)))).published == published


def test_a_dateline_without_its_year_has_the_year_for_evidence() -> None:
    page = "(Đắk Lắk, ngày 25 tháng 11) - Hôm nay, đoàn công tác của tỉnh đi thăm các xã, phường bị thiệt hại bởi mưa lũ từ ngày 16 đến 22/11/2025 ở phía đông."
    found = record(page)
    assert [(e.value, page[e.start : e.end], e.rule) for e in found.evidence if e.field == "published"] == [
        ("2025-11-25", "25 tháng 11", "lead-day"),
        ("2025-11-25", "22/11/2025", "year-of-lead-day"),
    ]
    assert unsupported(found, page) == []


@pytest.mark.parametrize("text", ["Ngày 20/10/2020 - ngày Phụ nữ Việt Nam - Hội tổ chức lễ kỷ niệm.", "Thông báo số 12 ngày 20/10/2020: Tỉnh ủy phân công."])
def test_a_day_that_opens_a_sentence_is_no_dateline(text: str) -> None:
    assert dates(_article(("body", text))).published is None


def test_a_headline_with_a_day_is_no_date_line() -> None:
    page = f"Lịch tiếp công dân ngày 18/03/2024\n{PARAGRAPH}"
    assert (record(page).title, record(page).published) == ("Lịch tiếp công dân ngày 18/03/2024", None)


def test_a_day_that_the_page_was_changed_on_does_not_replace_the_stated_one() -> None:
    found = dates(_article(("title", "Hội nghị"), ("dateline", "Cập nhật: 20/03/2024"), ("body", "Các đại biểu dự."), published="2024-03-18"))
    assert found.published == "2024-03-18"


INFERRED = [
    ("Ngày 2 tháng 2 năm 2017, hai bên họp. Báo chí ngày 6 tháng 2 cho hay đến tháng 8 năm 2017 sẽ xong.", "2017-02-02"),
    ("Ngày 25 tháng 3, Tỉnh ủy họp. Đến ngày 20/3/2024 đã giải ngân 10%.", "2024-03-25"),
    ("Sáng 8/5/2017, trao đổi với báo chí, ông nói.", "2017-05-08"),
    ("Đến ngày 16/4/2020 đã xong, sẽ thực hiện vào đầu tháng 5/2020.", "2020-04"),
    ("Chiều 3/2, họp về tờ trình ngày 14-12-2016.", "2017-02-03"),
    ("Sáng 17/6, họp đánh giá quý II/2024.", "2024-06-17"),
    ("Trong hai ngày 6 và 7/8/2025, Đảng bộ xã tổ chức Đại hội.", "2025-08-07"),
    ("Ngày 29/6, Phòng Giáo dục tổ chức Hội nghị tổng kết năm học 2017 - 2018.", "2018-06-29"),
    ("Sáng 5/9, các trường khai giảng năm học 2017 - 2018.", "2017-09-05"),
    ("Ngày 30/5, Sở họp về tuyển sinh năm học 2017 - 2018.", None),
    ("Ngày 18/3, tỉnh gặp mặt 120 già làng, trưởng buôn, người có uy tín tiêu biểu năm 2026.", "2026-03-18"),
    ("Chiều 7/7, HĐND biểu quyết.", None),
    ("Ngày 15 – 5, đoàn khảo sát nơi sạt lở ngày 22-4-2017.", "2017-05-15"),
    ("Ngày 5 – 7 tháng 5, đoàn khảo sát; nhiệm vụ năm 2017.", "2017-05-07"),
    ("Sau hai ngày làm việc (23 - 24/7), Đại hội đại biểu Đảng bộ huyện, nhiệm kỳ 2020 - 2025 bế mạc.", "2020-07-24"),
    ("Sáng 24/7, huyện họp bàn việc tiến tới Đại hội Đảng bộ huyện, nhiệm kỳ 2020 - 2025.", None),
    ("Ngày 25/11, đoàn đi thăm vùng bị mưa lũ từ ngày 16 đến 22/11/2025.", "2025-11-25"),
    ("Ngày 18/6, hai bên hội đàm trong chuyến thăm từ ngày 18 - 20/6/2017.", "2017-06-18"),
    ("Sáng 21/2, huyện tổ chức Lễ giao, nhận quân năm 2019.", "2019-02-21"),
    ("Sáng 21/2, huyện tổ chức lễ trao giải thưởng báo chí năm 2019.", None),
    ("Sáng 24/12, huyện tổng kết công tác năm 2019, triển khai nhiệm vụ năm 2020.", "2019-12-24"),
    ("Sáng 24/12, huyện tổng kết công tác năm 2019.", "2019-12-24"),
    ("Sáng 8/1, huyện tổng kết công tác năm 2019.", "2020-01-08"),
    ("Sáng 8/3, huyện đánh giá kết quả tháng 2, nhiệm vụ năm 2019.", "2019-03-08"),
    ("Sáng 10/7, HĐND khai mạc kỳ họp thường lệ giữa năm 2024.", "2024-07-10"),
    ("Ngày 10/2, kiểm điểm công tác năm 2016, bàn nhiệm vụ trọng tâm năm 2017.", "2017-02-10"),
    ("Ngày 17/6 ông qua đời. Năm 2011, ông được khen.", None),
    ("Giai đoạn 2016-2020 và tầm nhìn đến năm 2030.", None),
    ("Tăng 24,4%, đạt 26/88 xã.", None),
]


@pytest.mark.parametrize(("text", "date"), INFERRED)
def test_a_date_is_inferred_as_exactly_as_the_text_allows(text: str, date: str | None) -> None:
    found = dates(sentence(text))
    assert (found.published, found.date, found.date_inferred) == (None, date, date is not None)


VISIT = "Đoàn khảo sát công trường. " * 40
REPORTED = [
    ("nhằm đánh giá tình hình thực hiện nhiệm vụ công tác quý I và nhiệm vụ trọng tâm quý II/2026.", "2026-Q1"),
    ("về tình hình thực hiện nhiệm vụ 6 tháng đầu năm và phương hướng, nhiệm vụ trọng tâm 6 tháng cuối năm 2024.", "2024-H1"),
    ("Hội nghị tổng kết công tác năm 2024, triển khai nhiệm vụ năm 2025.", "2024"),
    ("Báo cáo kết quả 9 tháng đầu năm 2024.", "2024-M09"),
    ("Đánh giá tình hình kinh tế - xã hội quý III và 9 tháng đầu năm 2024.", "2024-M09"),
    ("HĐND huyện khai mạc kỳ họp thường lệ cuối năm 2024.", "2024"),
    ("Báo cáo công bố tình hình giá tháng 5 năm 2024.", None),
    ("Triển khai nhiệm vụ trọng tâm quý II/2024.", None),
    ("Ngay những ngày đầu năm 2026, cấp ủy xuống cơ sở; mục tiêu tăng trưởng năm 2026.", None),
    ("Đại hội Đảng bộ tỉnh nhiệm kỳ 2020-2025.", None),
    ("Hội nghị thảo luận tình hình thực hiện nhiệm vụ năm 2024 và phương hướng, nhiệm vụ năm 2025.", "2024"),
    ("Giao ban đánh giá kết quả công tác quý IV và năm 2021.", "2021"),
    ("Bốn tháng đầu năm 2024 thu ngân sách đạt 40%.", "2024-M04"),
    ("Quý đầu năm 2024, kinh tế tăng trưởng 5%.", "2024-Q1"),
    ("Tăng trưởng hai quý đầu năm 2024 khá.", "2024-H1"),
    ("Kết quả thu ngân sách 11 tháng của năm 2024 đạt 95% dự toán.", "2024-M11"),
    ("Ba quý đầu năm 2024, thu ngân sách đạt 75% dự toán.", "2024-M09"),
    ("Kết quả công tác quý ba năm 2024.", "2024-Q3"),
    ("Họp mỗi quý một lần, năm 2024.", None),
    ("Họp đánh giá tình hình thực hiện nhiệm vụ 9 tháng và bàn giải pháp cho quý IV năm 2025.", None),
    ("Họp đánh giá tình hình thực hiện nhiệm vụ 9 tháng năm 2025 và bàn giải pháp cho quý IV.", "2025-M09"),
    ("Báo cáo tình hình kinh tế - xã hội quý 4 và cả năm 2025.", "2025"),
    ("Đánh giá kết quả năm 2024.", "2024"),
    ("Đánh giá tình hình KT-XH năm 2025, triển khai nhiệm vụ 2026.", "2025"),
    ("Quý I/2026: tỉnh sẽ khởi công 5 dự án.", None),
    (
        "Bí thư làm việc với huyện.\n" + VISIT + "Báo cáo kết quả thực hiện nhiệm vụ 6 tháng đầu năm 2026, ông A cho biết.",
        "2026-H1",
    ),
    (
        "HĐND tỉnh khai mạc kỳ họp.\n" + VISIT + "Ông A trình bày báo cáo tình hình kinh tế - xã hội 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2017.",
        "2017-H1",
    ),
    ("Bí thư làm việc với huyện.\n" + VISIT + "Khách tăng 8% trong 6 tháng đầu năm 2026.", None),
    ("Thảo luận tình hình nhiệm vụ 6 tháng đầu năm và nhiệm vụ, giải pháp 6 tháng cuối năm 2017.", "2017-H1"),
    ("Tiếp xúc cử tri trước kỳ họp thường lệ cuối năm 2023.", None),
    ("Sở GD&ĐT tổng kết năm học 2023-2024.", None),
    ("Họp báo định kỳ tháng 3/2024; giao ban công tác báo chí tháng 3.", None),
    ("Tổng kết phong trào thi đua yêu nước giai đoạn 2016-2020; tổng kết 10 năm thực hiện Nghị quyết.", None),
    ("Sơ kết sản xuất vụ đông xuân 2022-2023, triển khai vụ hè thu 2023.", None),
    ("Trung đoàn ra quân huấn luyện năm 2024.", None),
    ("Nghe báo cáo tình hình thực hiện nhiệm vụ quý III và chín tháng, phương hướng quý IV năm 2023.", "2023-M09"),
    ("Hai bên trao đổi về kết quả thực hiện Biên bản thỏa thuận hợp tác năm 2025 và phương hướng năm 2026.", None),
    ("Học sinh được hỗ trợ gạo 3 tháng đầu năm học 2023.", None),
    ("Thông tin về tình hình phát triển kinh tế - xã hội những tháng đầu năm 2017.", None),
    ("Khởi công đường ven biển vào quý I/2024.", None),
    ("Hội nghị Quân chính năm 2023 đánh giá kết quả công tác quân sự.", "2023"),
    ("HĐND tỉnh khai mạc Kỳ họp thứ 8 (kỳ họp thường lệ giữa năm 2024).", "2024-H1"),
    ("Tiếp xúc cử tri trước kỳ họp thường lệ giữa năm 2024.", None),
    ("Bí thư nghe huyện báo cáo về tình hình thực hiện nhiệm vụ.\n" + VISIT + "Huyện cho biết: 6 tháng đầu năm 2026, thu ngân sách tăng.", "2026-H1"),
]


@pytest.mark.parametrize(("text", "period"), REPORTED)
def test_the_period_is_the_one_looked_back_on(text: str, period: str | None) -> None:
    assert dates(sentence(text)).period == period


@pytest.mark.parametrize(
    ("title", "day", "period"),
    [
        ("Phường Tuy Hòa: Nhiều chỉ tiêu năm 2025 vượt kế hoạch", "2025-12-29", "2025"),
        ("Năm 2024, thu ngân sách vượt 12% dự toán", "2025-01-05", "2024"),
        ("Năm 2024, tỉnh phấn đấu thu ngân sách đạt 9.000 tỷ đồng", "2024-12-05", None),
        ("Năm 2024, thu ngân sách tăng 12%", "2024-03-05", None),
    ],
)
def test_a_year_in_a_headline_is_the_period_once_it_is_over(title: str, day: str, period: str | None) -> None:
    assert dates(_article(("title", title), ("body", "Các đại biểu dự."), published=day)).period == period


@pytest.mark.parametrize(
    ("title", "day", "period"),
    [
        ("Thu ngân sách 8 tháng đạt 70%", "2025-09-10", "2025-M08"),
        ("10 tháng, giải ngân đầu tư công đạt 55%", "2025-11-04", "2025-M10"),
        ("Sơ kết công tác 6 tháng của ngành", "2025-07-04", "2025-H1"),
        ("Thu ngân sách 8 tháng đạt 70%", "2025-11-10", None),
        ("Hoàn thuế xuất khẩu trong 8 tháng tới", "2025-09-10", None),
        ("Bé 8 tháng tuổi", "2025-09-10", None),
        ("Kết quả hoạt động 6 tháng của HĐND huyện", "2025-07-10", "2025-H1"),
        ("Kết quả sau 6 tháng của mô hình mới", "2025-07-10", None),
        ("Kết quả 6 tháng thực hiện đề án", "2025-07-10", None),
        ("THU NGÂN SÁCH 8 THÁNG ĐẠT 70%", "2025-09-10", "2025-M08"),
    ],
)
def test_months_of_no_year_are_borne_out_by_the_day_of_the_report(title: str, day: str, period: str | None) -> None:
    assert dates(_article(("title", title), ("body", "Các đại biểu dự."), published=day)).period == period


@pytest.mark.parametrize(
    ("text", "day", "period"),
    [
        ("Năm 2020, huyện hoàn thành 18/21 chỉ tiêu.", "2021-01-05", "2020"),
        ("Cả năm 2020, thu ngân sách vượt 12% dự toán.", "2020-12-28", "2020"),
        ("28/12/2022 06:01 - Năm 2022, huyện đón hơn 1 triệu lượt khách.", "2022-12-28", "2022"),
        ("Sở triển khai nhiệm vụ năm 2024. Theo báo cáo, năm 2023 ngành hoàn thành 15 chỉ tiêu.", "2024-01-12", "2023"),
        ("Sở triển khai nhiệm vụ năm 2024. Năm 2023, thu nội địa tăng 5%.", "2024-01-12", "2023"),
        ("Huyện đón đoàn khách. Năm 2023, kim ngạch qua cửa khẩu tăng 5%.", "2024-01-12", None),
        ("Năm 2020, huyện phấn đấu hoàn thành 18/21 chỉ tiêu.", "2020-12-28", None),
        ("Năm 2020, huyện hoàn thành 18/21 chỉ tiêu.", "2021-06-05", None),
        ("Năm 2021, tỉnh được giao chỉ tiêu tuyển 3.000 tân binh.", "2021-01-05", None),
    ],
)
def test_a_year_that_opens_the_text_is_the_period_once_it_is_over(text: str, day: str, period: str | None) -> None:
    assert dates(_article(("title", "Về đích"), ("body", text), published=day)).period == period


def test_a_quarter_in_the_headline_is_the_longer_period_that_the_text_says_beside_it() -> None:
    parts = [("title", "Công an tỉnh họp báo quý II"), ("body", "Sáng 5/7, họp báo thông tin kết quả quý II và 6 tháng đầu năm 2024.")]
    assert dates(_article(*parts)).period == "2024-H1"
    assert dates(_article(parts[0], ("body", "Sáng 5/7, họp báo thông tin kết quả quý II năm 2024, so với 6 tháng đầu năm 2023."))).period == "2024-Q2"


def test_evidence_of_a_session_in_the_middle_of_a_year() -> None:
    page = "HĐND tỉnh họp\nSáng 10/7, HĐND tỉnh khai mạc kỳ họp thường lệ giữa năm 2024, xem xét nhiều báo cáo và nghị quyết quan trọng."
    found = record(page)
    assert [(e.value, page[e.start : e.end]) for e in found.evidence if e.field == "period"] == [("2024-H1", "giữa năm 2024")]
    assert unsupported(found, page) == []
