"""What tells whether a report is about a province: each number on a sentence or two, and the choice that follows from them."""

from __future__ import annotations

import math

import pytest

from indexer.extract import places
from indexer.models import CleanArticle, Part, RawArticle


def article(*lines: str, url: str | None = None) -> CleanArticle:
    """A title and paragraphs, each a part."""
    parts, at = [], 0
    for number, line in enumerate(lines):
        parts.append(Part("body" if number else "title", line, at, at + len(line)))
        at += len(line) + 1
    return CleanArticle(RawArticle("test", "\n".join(lines), "utf-8", "", url=url), tuple(parts))


def told(feature: str, *lines: str, day: str = "2024-05-02") -> dict[str, float]:
    """Province's name -> one of its features, rounded."""
    about = places.about(article(*lines), day)
    return {places.name_of(province, about.known): round(found[feature], 3) for province, found in about.features().items()}


def chosen(*lines: str, day: str = "2024-05-02", url: str | None = None) -> list[str]:
    """Names of the provinces that a report is about."""
    return [province.name for province in places.places(article(*lines, url=url), day)[0]]


LISTED = "Tiền được cấp cho Hà Tĩnh, Quảng Bình, Quảng Trị và Thừa Thiên Huế."


@pytest.mark.parametrize(
    ("lines", "counted"),
    [
        (("Bồi thường cho 4 tỉnh", LISTED), 1.0),
        (("Bồi thường", "Bốn địa phương nhận tiền. " + LISTED), 1.0),
        (("Bồi thường cho 5 tỉnh", LISTED), 0.0),
        (("Bồi thường", LISTED), 0.0),
    ],
)
def test_provinces_listed_as_many_as_are_counted(lines: tuple[str, ...], counted: float) -> None:
    assert told("counted", *lines) == dict.fromkeys(("Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Thừa Thiên Huế"), counted)


def test_two_counted_are_any_two() -> None:
    assert told("counted", "Hai tỉnh xin thí điểm", "Nghệ An và Bình Thuận xin thí điểm.") == {"Nghệ An": 0.0, "Bình Thuận": 0.0}


def test_ends_of_a_route_are_joined_by_a_dash() -> None:
    lines = ("Đường mới", "Cao tốc Hà Nội - Hải Phòng mở rộng.", "Sở Giao thông Hải Phòng, Quảng Ninh báo cáo.")
    assert told("on a route", *lines) == {"Hà Nội": 1.0, "Hải Phòng": 0.5, "Quảng Ninh": 0.0}


def test_sentences_and_the_others_that_they_name() -> None:
    lines = ("Tin", "Nghệ An và Hà Tĩnh họp. Nghệ An báo cáo. Tỉnh Nghệ An và tỉnh Nghệ An.")
    assert told("sentences", *lines) == {"Nghệ An": round(math.log1p(3), 3), "Hà Tĩnh": round(math.log1p(1), 3)}
    assert told("others in its sentences", *lines) == {"Nghệ An": round(math.log(2) / 4, 3), "Hà Tĩnh": round(math.log(2), 3)}


def test_how_early_a_province_is_named() -> None:
    assert told("how early", "Nghệ An họp", "Rồi đến cuối cùng là Hà Tĩnh") == {"Nghệ An": 1.0, "Hà Tĩnh": round(1 - 33 / 41, 3)}


def test_a_stock_exchange_is_not_the_place_of_its_name() -> None:
    lines = ("Niêm yết", "Sở Giao dịch Chứng khoán TP HCM chấp thuận; Sở GDCK TP.HCM cho biết.")
    assert told("density", *lines) == {"Thành phố Hồ Chí Minh": 0.0}
    assert chosen(*lines) == []


def test_where_a_delegate_meets_voters_counts_each_time() -> None:
    lines = ("Tin", "Ông tiếp xúc cử tri TP Hải Phòng.", "Tại Hải Phòng, ông tiếp xúc với cử tri. Cử tri Nghệ An theo dõi.")
    assert told("meets voters", *lines) == {"Hải Phòng": round(math.log1p(2), 3), "Nghệ An": round(math.log1p(1), 3)}


def test_orders_to_a_province() -> None:
    assert told("is told to", "Tin", "Thủ tướng giao UBND tỉnh Nghệ An báo cáo. Hà Tĩnh vui.") == {"Nghệ An": 1.0, "Hà Tĩnh": 0.0}


def test_what_a_province_does_itself() -> None:
    lines = ("Tin", "Nghệ An đã họp, tỉnh Nghệ An cần vốn. Ở Nghệ An, dân vui. Hà Tĩnh (đã họp) vui.")
    assert told("acts", *lines) == {"Nghệ An": round(2 / 3, 3), "Hà Tĩnh": 0.0}


def test_meetings_in_the_capital() -> None:
    lines = ("Tin", "Sáng nay, tại TP. Hà Nội, Bộ Y tế họp. Tại Thủ đô Hà Nội, Bộ bàn với Hà Nội. Tại tỉnh Nghệ An có lễ.")
    assert told("meeting place, the capital", *lines) == {"Hà Nội": round(2 / 3, 3), "Nghệ An": 0.0}


def test_words_of_rules() -> None:
    lines = ("Chính sách mới", "Luật quy định mức thu ở Hà Nội.")
    assert told("words of rules", *lines) == {"Hà Nội": round(math.log1p(2), 3)}


def test_words_from_within_speak_of_the_province_named_most() -> None:
    lines = ("Tin", "Toàn tỉnh họp với tỉnh Nghệ An và Hà Tĩnh, Tỉnh ủy Nghệ An nghe báo cáo của tỉnh.")
    assert told("words from within, named most", *lines) == {"Nghệ An": round(math.log1p(3), 3), "Hà Tĩnh": 0.0}


def test_where_a_person_was_born_and_a_paper_are_not_told_of() -> None:
    lines = ("Tiểu sử", "Quê quán: xã Thạnh Xuân, tỉnh Hậu Giang. Như Pháp luật TP.HCM đã thông tin, ông họp ở Nghệ An.")
    assert told("density", *lines) == {"Hậu Giang": 0.0, "Nghệ An": round(math.log1p(1), 3)}


def test_a_paper_is_about_its_own_province_unless_it_tells_of_another_alone() -> None:
    own, other = "Hội nghị ở Nghệ An bàn nhiệm vụ.", "UBND tỉnh Hà Tĩnh họp; tỉnh Hà Tĩnh đề nghị; Sở Y tế Hà Tĩnh góp ý."
    assert chosen("Hội nghị", own, url="https://baonghean.vn/x") == ["Nghệ An"]
    assert chosen("Hà Tĩnh họp", other, url="https://baonghean.vn/x") == ["Hà Tĩnh"]
    assert chosen("Hà Tĩnh họp", other, own, url="https://baonghean.vn/x") == ["Hà Tĩnh", "Nghệ An"]


def test_a_commune_of_today_in_an_older_report_lies_in_the_province_of_its_name_then() -> None:
    about = places.about(article("Khởi công", "Huyện Ia Grai (tỉnh Gia Lai) khởi công đường về xã Ia Krái."), "2016-08-22")
    assert list(about.features()) == ["P64a"]
