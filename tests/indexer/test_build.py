"""What an engine is given of a report: tokens, keywords, pairs, numbers; and the labels of its ids."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import Analyzer
from indexer.build import build, labels, slug
from indexer.engine.schema import CALLED, FIELDS, OFFICIAL_POST, OFFICIALS_OF_POST, POSTS_OF_OFFICIAL
from indexer.models import Locality
from tests.indexer.reports import DAK_LAK, GIA_LAI, official, stored

ANALYZER = Analyzer()
WHOLE = stored(
    "x",
    "Đoạn một.\nĐoạn hai.",
    title="Hội nghị",
    source="daklak.gov.vn",
    date="2026-03-18",
    period="2026-Q1",
    officials=(official("Cao Thị Hòa An", "PCT UBND tỉnh", "Bí thư Huyện ủy Lắk"), official("Vy Thủy")),
    authors=("Kim Bảo",),
    provinces=(DAK_LAK, GIA_LAI),
    localities=(
        Locality("Lắk", "huyện", "D656a", "P66a"),
        Locality("Nam Ka", "xã", "W24580a", "P66a"),
        Locality("Thống Nhất", "phường", None, None, (), ("W1a", "W2a")),
    ),
    topics=("kinh-te", "xay-dung-dang"),
    documents=("35-CT/TW",),
)


def test_keywords() -> None:
    post, other = "phó chủ tịch ủy ban nhân dân tỉnh", "bí thư huyện ủy lắk"
    folded, other_folded = "pho chu tich uy ban nhan dan tinh", "bi thu huyen uy lak"
    an = ("cao-thi-hoa-an", "cao thị hòa an", "cao thi hoa an")
    assert dict(build(WHOLE, ANALYZER).keywords) == {
        "official": ("cao-thi-hoa-an", "vy-thuy"),
        "official_name": ("cao thị hòa an", "cao thi hoa an", "vy thủy", "vy thuy"),
        "post": (post, other),
        "post_name": (post, folded, other, other_folded),
        OFFICIAL_POST: tuple(f"{person}|{key}" for keys in ((post, folded), (other, other_folded)) for person in an for key in keys),
        POSTS_OF_OFFICIAL: tuple(f"{person}|{key}" for key in (post, other) for person in an),
        OFFICIALS_OF_POST: tuple(f"{key}|cao-thi-hoa-an" for key in (post, folded, other, other_folded)),
        CALLED: tuple(f"{head}|{name}" for head in ("pho chu tich", "bi thu") for name in ("an", "hoa an", "cao thi hoa an", "dak lak", "gia lai")),
        "province": ("P66a", "P64a"),
        "province_now": ("P66b", "P52b"),
        "district": ("D656a",),
        "commune": ("W24580a",),
        "topic": ("kinh-te", "xay-dung-dang"),
        "document": ("35-CT/TW",),
        "document_name": ("35 ct tw",),
        "author": ("kim bảo",),
        "author_name": ("kim bảo", "kim bao"),
        "source": ("daklak gov vn",),
        "source_name": ("daklak gov vn",),
        "year": ("2026",),
        "month": ("2026-03",),
        "period": ("2026-Q1",),
    }


def test_text_and_numbers() -> None:
    document = build(WHOLE, ANALYZER)
    assert document.numbers == {"date_from": 20260318, "date_to": 20260318}
    assert document.text["title_syllables"] == "¶ hội nghị"
    assert document.text["title_folded"] == "¶ hoi nghi"
    assert document.text["body_folded"] == "¶ doan mot ¶ doan hai"
    assert set(document.text) | set(document.keywords) | set(document.numbers) <= set(FIELDS)
    inferred = replace(WHOLE, report=replace(WHOLE.report, title_inferred=True, date="2020-Q2"))
    assert build(inferred, ANALYZER).text["title_syllables"] == "¶"
    assert build(inferred, ANALYZER).numbers == {"date_from": 20200401, "date_to": 20200630}


@pytest.mark.parametrize(("date", "expected"), [("2020-04", ("2020", "2020-04")), ("2020-Q2", ("2020", None)), ("2020", ("2020", None)), (None, (None, None))])
def test_a_date_coarser_than_a_month_joins_no_month(date: str | None, expected: tuple[str | None, str | None]) -> None:
    keywords = build(stored(date=date), ANALYZER).keywords
    assert tuple((keywords.get(name) or (None,))[0] for name in ("year", "month")) == expected


def test_spellings_of_one_name_have_one_key() -> None:
    for names in (("Cao Thị Hòa An", "Cao thị Hoà An", "CAO THỊ HÒA AN"), ("Nguyễn Sĩ Kỳ", "Nguyễn Sỹ Kì")):
        assert len({build(stored(officials=(official(name),)), ANALYZER).keywords["official_name"] for name in names}) == 1
    assert slug("Đặng Thị Ngọc Thịnh") == "dang-thi-ngoc-thinh"


def test_labels() -> None:
    assert labels(WHOLE) == {
        "official": {"cao-thi-hoa-an": "Cao Thị Hòa An", "vy-thuy": "Vy Thủy"},
        "post": {"phó chủ tịch ủy ban nhân dân tỉnh": "PCT UBND tỉnh", "bí thư huyện ủy lắk": "Bí thư Huyện ủy Lắk"},
        "document": {"35-CT/TW": "35-CT/TW"},
        "author": {"kim bảo": "Kim Bảo"},
        "source": {"daklak gov vn": "daklak.gov.vn"},
    }


@settings(max_examples=50)
@given(st.lists(st.text(max_size=30)), st.text(max_size=700), st.text(max_size=100))
def test_no_value_is_too_long_or_holds_the_sign_of_a_pair(posts: list[str], long: str, body: str) -> None:
    document = build(stored(body=body, officials=(official(long, long, *posts),), authors=(long,), source=long), ANALYZER)
    for name, values in document.keywords.items():
        assert all(0 < len(value) <= 512 for value in values)
        assert len(set(values)) == len(values)
        if name in (OFFICIAL_POST, POSTS_OF_OFFICIAL, OFFICIALS_OF_POST):
            assert all(value.count("|") == 1 for value in values)
    assert all(text.startswith("¶") for text in document.text.values())
