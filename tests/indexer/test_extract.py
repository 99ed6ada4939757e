"""The whole record: the five reports exactly, in every form of bytes, and reports made at random."""

from __future__ import annotations

import json
import time
import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from indexer.clean import clean
from indexer.decode import decode
from indexer.extract import extract
from indexer.extract.authors import authors
from indexer.extract.evidence import unsupported
from indexer.models import CleanArticle, Part, Report
from tests.generated import Expected, generate
from tests.indexer.extracting import NAMES, corpus_text, raw, record, sentence, windows_1258

STANDING = "Phó Bí thư Thường trực Tỉnh ủy"
FIVE: dict[str, dict[str, Any]] = {
    "000": {
        "title": "Tăng tốc, quyết liệt thực hiện các mục tiêu tăng trưởng kinh tế - xã hội năm 2026",
        "published": "2026-03-18",
        "date": "2026-03-18",
        "period": "2026-Q1",
        "officials": {
            "Cao Thị Hòa An": ["Ủy viên Trung ương Đảng", STANDING, "Chủ tịch Hội đồng nhân dân tỉnh"],
            "Hồ Thị Nguyên Thảo": ["Uỷ viên Ban Thường vụ Tỉnh uỷ", "Phó Chủ tịch Thường trực UBND tỉnh"],
            "Nguyễn Thị Thu Nguyệt": ["Phó trưởng đoàn phụ trách Đoàn Đại biểu Quốc hội tỉnh"],
        },
        "authors": ["Kim Bảo"],
        "provinces": [("Đắk Lắk", False)],
        "localities": set(),
        "documents": [],
    },
    "001": {
        "title": "Hội nghị giao ban quý I/2020 giữa thường trực tỉnh ủy với thường trực cấp ủy cấp huyện",
        "published": None,
        "date": "2020-04",
        "period": "2020-Q1",
        "officials": {"Bùi Văn Cường": ["Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy"], "Võ Ngọc Tuyên": ["Bí thư Huyện ủy"]},
        "authors": ["Vy thủy"],
        "provinces": [("Đắk Lắk", False)],
        "localities": {("huyện", "Lắk")},
        "documents": ["35-CT/TW"],
    },
    "002": {
        "title": "Huyện Lắk cần tập trung chỉ đạo cải thiện chỉ số cải cách hành chính phục vụ phát triển kinh tế- xã hội",
        "published": "2024-06-17",
        "date": "2024-06-17",
        "period": "2024-H1",
        "officials": {
            "Nguyễn Đình Trung": ["Bí thư Tỉnh ủy"],
            "Nguyễn Văn Long": ["Bí Thư Huyện ủy Lắk"],
            "Võ Văn Cảnh": ["Phó Chủ tịch UBND tỉnh"],
            "Nguyễn Minh Huấn": ["Giám đốc Sở Tài nguyên Môi Trường"],
            "Bạch Văn Mạnh": ["Giám đốc Sở Nội vụ"],
        },
        "authors": ["Kim Bảo"],
        "provinces": [("Đắk Lắk", True)],
        "localities": {("huyện", "Lắk"), ("huyện", "Krông Ana"), ("xã", "Nam Ka"), ("xã", "Ea R'bin"), ("xã", "Đắk Liêng"), ("xã", "Du Kmăn")},
        "documents": [],
    },
    "003": {
        "title": "Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ 15 (khóa XII)",
        "published": "2024-04-08",
        "date": "2024-04-08",
        "period": "2024-Q1",
        "officials": {
            "Hoàng Duy Chinh": ["Ủy viên Ban Chấp hành Trung ương Đảng", "Bí thư Tỉnh ủy", "Trưởng Đoàn ĐBQH tỉnh"],
            "Phương Thị Thanh": [STANDING, "Chủ tịch HĐND tỉnh"],
            "Nguyễn Đăng Bình": ["Phó Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh"],
        },
        "authors": ["Hương Dịu"],
        "provinces": [("Bắc Kạn", True)],
        "localities": set(),
        "documents": ["23-NQ/TU"],
    },
    "004": {
        "title": "Ngay những ngày đầu năm 2026, cấp ủy, chính quyền các địa phương đã chủ động xuống cơ sở, làm việc trực tiếp với chi ủy, chi bộ trực thuộc "
        "để nắm chắc tình hình, kịp thời nhận diện khó khăn, vướng mắc phát sinh.",
        "published": "2026-01-19",
        "date": "2026-01-19",
        "period": None,
        "officials": {
            "Phạm Anh Tuấn": ["Chủ tịch UBND tỉnh"],
            "Lê Minh Lực": ["Bí thư Đảng ủy", "Chủ tịch HĐND xã Bình Hiệp"],
            "Nguyễn Kế Đấu": ["Bí thư Đảng ủy", "Chủ tịch HĐND xã"],
            "Hoàng Thị Lan Anh": ["Bí thư Đảng ủy", "Chủ tịch HĐND xã Lơ Pang"],
            "Đoàn Thị Bích Hà": ["Phó Bí thư Thường trực Đảng ủy phường"],
            "Hoàng Duy Hồ": ["Bí thư Chi bộ", "Tổ trưởng tổ dân phố 4 - Đống Đa"],
        },
        "authors": [],
        "provinces": [("Gia Lai", True)],
        "localities": {("xã", "Bình Hiệp"), ("xã", "Vĩnh Quang"), ("xã", "Lơ Pang"), ("phường", "Pleiku"), ("phường", "Thống Nhất"), ("phường", "Diên Hồng")},
        "documents": [],
    },
}


def _summary(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "published": report.published,
        "date": report.date,
        "period": report.period,
        "officials": {official.name: list(official.posts) for official in report.officials},
        "authors": list(report.authors),
        "provinces": [(province.name, province.inferred) for province in report.provinces],
        "localities": {(locality.level, locality.name) for locality in report.localities},
        "documents": list(report.documents),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_five_reports(name: str) -> None:
    report = record(corpus_text(name))
    assert _summary(report) == FIVE[name]
    assert list(FIVE[name]["officials"]) == [official.name for official in report.officials]
    assert report.title_inferred is (name == "004")
    assert report.date_inferred is (name == "001")


@pytest.mark.parametrize("name", NAMES)
def test_the_five_reports_decomposed(name: str) -> None:
    text = unicodedata.normalize("NFD", corpus_text(name))
    report = record(text)
    assert _summary(report) == FIVE[name]
    assert unsupported(report, text) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_five_reports_in_windows_1258(name: str) -> None:
    text, _ = decode(windows_1258(corpus_text(name)), "windows-1258")
    report = record(text)
    assert _summary(report) == FIVE[name]
    assert unsupported(report, text) == []


def test_a_mention_key_names_the_person_and_the_only_province() -> None:
    assert [official.mention for official in record(corpus_text("001")).officials] == ["bùi văn cường@P66a", "võ ngọc tuyên@P66a"]
    assert {official.mention.partition("@")[2] for official in record(corpus_text("003")).officials} == {"P06a"}


def test_a_province_that_only_its_leaders_tell() -> None:
    """Report 003 never names its province: three holders of the table do, and today it is part of Thái Nguyên."""
    (province,) = record(corpus_text("003")).provinces
    assert (province.id, province.name, province.now, province.inferred) == ("P06a", "Bắc Kạn", ("P19b",), True)


def _planned(expected: Expected) -> dict[str, Any]:
    return {
        "title": expected.title,
        "published": expected.published,
        "date": expected.date,
        "period": expected.period,
        "officials": {name: sorted(set(posts)) for name, posts in expected.officials.items()},
        "authors": list(expected.authors),
        "provinces": [(name, False) for name in expected.provinces],
        "localities": expected.localities,
        "documents": sorted(set(expected.documents)),
    }


def test_200_reports_made_at_random_in_every_field() -> None:
    forms = set()
    for text, expected in generate(seed=7, count=200):
        report = record(text)
        found = _summary(report)
        found["officials"] = {name: sorted(posts) for name, posts in found["officials"].items()}
        found["documents"] = sorted(found["documents"])
        assert found == _planned(expected), text
        assert (report.title_inferred, report.date_inferred) == (expected.title_inferred, expected.date_inferred)
        assert unsupported(report, text) == []
        forms.add(expected.form)
    assert forms == {"daklak", "district", "backan", "gialai", "national", "undated"}


def test_the_same_seed_makes_the_same_reports() -> None:
    assert list(generate(3, 5)) == list(generate(3, 5))
    assert [text for text, _ in generate(3, 5)] != [text for text, _ in generate(4, 5)]


def test_a_record_survives_json() -> None:
    report = record(corpus_text("004"))
    assert Report.from_dict(json.loads(json.dumps(report.as_dict()))) == report


def test_the_source_is_the_host_of_the_address() -> None:
    article = clean(raw(corpus_text("000"), url="https://daklak.gov.vn/tin/1", source="kho"))
    assert extract(article).source == "daklak.gov.vn"
    assert extract(replace(article, raw=replace(article.raw, url=None))).source == "kho"


def test_an_article_without_text_is_a_record_without_values() -> None:
    report = extract(CleanArticle(raw(""), ()))
    assert (report.title, report.title_inferred, report.evidence) == ("", True, ())


BYLINES = [
    ("byline", "Lan Anh - Minh Đức", ("Lan Anh", "Minh Đức")),
    ("byline", "Tin, ảnh: Kim Bảo", ("Kim Bảo",)),
    ("byline", "KIM BẢO", ("Kim Bảo",)),
    ("byline", "Vy thủy", ("Vy thủy",)),
    ("byline", "PV", ()),
    ("byline", "Ảnh: Nguyễn Đông", ()),
    ("byline", "Vũ Dũng/VOV", ("Vũ Dũng",)),
    ("byline", "Thu Phương – Hiền Hạnh (TTXVN)", ("Thu Phương", "Hiền Hạnh")),
    ("body", "Hội nghị kết thúc. Trung Hiếu - Đỗ Trường", ("Trung Hiếu", "Đỗ Trường")),
    ("body", "Hội nghị kết thúc. TTXVN/Tin Tức", ()),
    ("body", "Hội nghị kết thúc. Theo Sputnik", ()),
    ("body", "Hội nghị kết thúc. N. Huyền", ("N. Huyền",)),
    ("body", "Hội nghị kết thúc. Ảnh: VGP/Quang Hiếu Quang Hiếu", ("Quang Hiếu",)),
    ("body", "Hội nghị kết thúc. Ảnh: lamdong.vn Theo Minh Hà/Lamdong.vn", ("Minh Hà",)),
    ("body", "Hội nghị kết thúc. Minh Hà [1] Văn kiện Đại hội, tr.34.", ("Minh Hà",)),
    ("body", "Công ty Xăng dầu Tổng Công ty Sông Thu HẢI CHÂU", ("Hải Châu",)),
    ("body", "giải quyết cho dân. Chủ tịch UBND LÊ THỊ TƯ", ()),
    ("body", "Ông nói với bà Hoa.", ()),
    ("body", "Hội nghị kết thúc. Minh Hà Báo Đất và Người cập nhật tin tức trong ngày liên tục", ("Minh Hà",)),
    ("body", "Hội nghị kết thúc. Minh Hà * Bài viết thể hiện quan điểm riêng của tác giả", ("Minh Hà",)),
    ("body", "báo chí trên địa bàn Minh Hà - Lan Anh", ("Minh Hà", "Lan Anh")),
    ("body", "sẽ điều chỉnh kịp thời Minh Hà", ("Minh Hà",)),
    ("body", "Minh Hà đến họp, ai cũng chào Minh Hà", ()),
    ("body", "ông đã về thăm chợ Kon Tum", ()),
    ("body", "Tuần nào cũng đọc báo Minh Hà", ()),
    ("body", "động viên thí sinh ở Cần Thơ: TRẦN LƯU", ("Trần Lưu",)),
    ("body", "cử tri đến rất sớm Ảnh: TRẦN LƯU", ()),
    ("body", "Hội nghị kết thúc. Ông TRẦN VĂN LƯU", ()),
    ("body", "Hội nghị kết thúc. UBND Tỉnh", ()),
    ("byline", "Tin: UBKT", ()),
    ("byline", "Tin: MINH", ("Minh",)),
]


@pytest.mark.parametrize(("kind", "text", "names"), BYLINES)
def test_authors(kind: Any, text: str, names: tuple[str, ...]) -> None:
    assert authors(CleanArticle(raw(text), (Part(kind, text, 0, len(text)),)))[0] == names


HOSTILE = [
    "Aa",
    "A ",
    ". ",
    "...",
    "Nguyễn Văn A, ",
    "Bí thư ",
    "các đồng chí ",
    "(",
    "( ) ",
    "Chủ tịch UBND xã ",
    " -",
    "1/",
    "18/3/2026 ",
    "tháng 5/2020 ",
    "ông Lê A ",
    "Quý I ",
    "Ảnh: ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        article = sentence(unit * (size // len(unit)))
        taken = []
        for _ in range(3):
            start = time.process_time()
            extract(article)
            taken.append(time.process_time() - start)
        return min(taken)

    seconds(2_000)
    # Four times the text: quadratic work would cost sixteen times as much.
    assert seconds(80_000) < 8 * seconds(20_000) + 0.1
