"""Dates and periods: the forms in use, what is stated against what is inferred, and numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.dates import dates, parse_day
from indexer.extract.periods import parse_period
from indexer.models import CleanArticle, Part
from tests.indexer.extracting import raw, sentence

DAYS = [
    ("18/03/2026, 14:00", "2026-03-18"),
    ("18/3/2026", "2026-03-18"),
    ("ngày 8 tháng 4 năm 2024", "2024-04-08"),
    ("02-3-2024", "2024-03-02"),
    ("5.2.2017", "2017-02-05"),
    ("date 2026-01-19 (GLO)", "2026-01-19"),
    ("2026-01-19T08:30:00+07:00", "2026-01-19"),
    ("Thứ Hai, 18/3/2026 | 14:05", "2026-03-18"),
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
    ([("body", "date 2026-01-19 (GLO)- Ngay những ngày đầu năm")], "2026-01-19"),
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


INFERRED = [
    ("Sáng 8/5/2017, trao đổi với báo chí, ông nói.", "2017-05-08"),
    ("Đến ngày 16/4/2020 đã xong, sẽ thực hiện vào đầu tháng 5/2020.", "2020-04"),
    ("Chiều 3/2, họp về tờ trình ngày 14-12-2016.", "2017-02-03"),
    ("Sáng 17/6, họp đánh giá quý II/2024.", "2024-06-17"),
    ("Chiều 7/7, HĐND biểu quyết.", None),
    ("Ngày 17/6 ông qua đời. Năm 2011, ông được khen.", None),
    ("Giai đoạn 2016-2020 và tầm nhìn đến năm 2030.", None),
    ("Tăng 24,4%, đạt 26/88 xã.", None),
]


@pytest.mark.parametrize(("text", "date"), INFERRED)
def test_a_date_is_inferred_as_exactly_as_the_text_allows(text: str, date: str | None) -> None:
    found = dates(sentence(text))
    assert (found.published, found.date, found.date_inferred) == (None, date, date is not None)


REPORTED = [
    ("nhằm đánh giá tình hình thực hiện nhiệm vụ công tác quý I và nhiệm vụ trọng tâm quý II/2026.", "2026-Q1"),
    ("về tình hình thực hiện nhiệm vụ 6 tháng đầu năm và phương hướng, nhiệm vụ trọng tâm 6 tháng cuối năm 2024.", "2024-H1"),
    ("Hội nghị tổng kết công tác năm 2024, triển khai nhiệm vụ năm 2025.", "2024"),
    ("Báo cáo kết quả 9 tháng đầu năm 2024.", "2024-M09"),
    ("Triển khai nhiệm vụ trọng tâm quý II/2024.", None),
    ("Ngay những ngày đầu năm 2026, cấp ủy xuống cơ sở; mục tiêu tăng trưởng năm 2026.", None),
    ("Đại hội Đảng bộ tỉnh nhiệm kỳ 2020-2025.", None),
]


@pytest.mark.parametrize(("text", "period"), REPORTED)
def test_the_period_is_the_one_looked_back_on(text: str, period: str | None) -> None:
    assert dates(sentence(text)).period == period
