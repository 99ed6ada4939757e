"""What belongs together in a query, and every way of writing it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import Unit, Variant
from analyzers.units import MOST_VARIANTS
from tests.analyzers.reports import analyzer, folded_sets
from tests.analyzers.test_normalize import anything

PIECES = (
    "UBND ubnd tỉnh kinh tế - xã hội 35-CT/TW 18/3/2026 129.082 1234567 hanoi NguyệtPhó R'bin krông daklak.gov.vn 35 CT/TW "
    "tháng 3 năm 2026 a@b.vn , . KT XH ủy ban nhân dân TP.HCM GD&ĐT"
).split()
queries = anything | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)


def found_by(query: str) -> list[set[str]]:
    return [{" ".join(variant) for variant in unit} for unit in folded_sets(query)]


@pytest.mark.parametrize("group", [
    ["dak lak", "Đắk Lắk", unicodedata.normalize("NFD", "Đắk Lắk"), "ĐẮK LẮK", "Ðắk Lắk", "đắk\u00a0lắk"],
    ["Tỉnh uỷ", "Tỉnh ủy", "TỈNH UỶ", "tinh uy", "Tỉnh\u200bủy"],
    ["35-CT/TW", "35 CT/TW", "35-ct/tw", "35 - CT/TW", "35–CT / TW", "35CT/TW"],
    ["Ea R'bin", "Ea R’bin", "ea Rbin", "EA R`BIN"],
    ["129.082", "129082", "129,082"],
    ["18/3/2026", "18/03/2026", "18-3-2026", "18.03.2026", "18 tháng 3 năm 2026", "18 thang 03 nam 2026"],
    ["8/4", "08/04", "8/04", "8 tháng 4"],
    ["5/2020", "05/2020", "5 năm 2020"],
    ["cùng kỳ", "cùng kì", "cung ky", "cung ki"],
    ["nguyệtphó", "NGUYỆTPHÓ", "nguyetpho", "Nguyệtphó"],
], ids=lambda group: group[0])  # fmt: skip
def test_equal_sets(group: list[str]) -> None:
    assert [folded_sets(query) for query in group] == [folded_sets(group[0])] * len(group)


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ("Chỉ thị 35-CT/TW", [{"chi thi", "ct"}, {"35 ct tw"}]),
        ("178/2024/NĐ-CP", [{"178 2024 nd cp"}]),
        ("72/2025/QH15", [{"72 2025 qh 15"}]),
        ("12/BC-UBND ngày", [{"12 bc ubnd"}, {"ngay"}]),
        ("5 nông-lâm", [{"5"}, {"nong lam"}]),
        ("6.735ha", [{"6 735 ha", "6735 ha"}]),
        ("1.234.567,8", [{"1 234 567 8", "1234567 8"}]),
        ("năm 2026", [{"nam"}, {"2026"}]),
        ("2.026", [{"2 026"}]),
        ("0912345678", [{"0912345678"}]),
        ("95,33%", [{"95 33"}]),
        ("24,4%", [{"24 4"}]),
        ("26/88 xã", [{"26 88"}, {"xa"}]),
        ("2020-2025", [{"2020 2025"}]),
        ("quý I/2020", [{"quy"}, {"i 2020"}]),
        ("5 năm 2020-2025", [{"5"}, {"nam"}, {"2020 2025"}]),
        ("https://daklak.gov.vn/a?b=1,2", [{"https daklak gov vn a b 1 2"}]),
        ("banbientap@daklak.gov.vn, online", [{"banbientap daklak gov vn"}, {"online", "on ly ne"}]),
        ("TP.Buôn", [{"tp", "thanh pho"}, {"buon"}]),
        ("P.Buôn Ma", [{"p"}, {"buon"}, {"ma"}]),
        ("Q.2", [{"q 2"}]),
        ("Covid-19", [{"covid 19"}]),
        ("Krông Nô", [{"krong", "k rong"}, {"no"}]),
        ("xã (phường), thị trấn", [{"xa"}, {"phuong"}, {"thi"}, {"tran"}]),
        ("NguyệtPhó", [{"nguyet pho", "nguyetpho"}]),
        ("VietNamNet", [{"viet nam net", "vietnamnet"}]),
        ("VietNam", [{"viet nam", "vietnam"}]),
        ("VN Express", [{"vn", "viet nam"}, {"express"}]),
        ("BHXH VN", [{"bhxh", "bao hiem xa hoi"}, {"vn", "viet nam"}]),
        ("…", []),
        ("", []),
    ],
)
def test_units(query: str, units: list[set[str]]) -> None:
    assert found_by(query) == units


def test_a_unit_says_where_it_stands_and_how_it_was_typed() -> None:
    assert analyzer.query("xã 6.735ha, UBND") == [
        Unit((Variant(("xã",), ("xa",), "typed"),), 0, 2, True),
        Unit((Variant(("6", "735", "ha"), ("6", "735", "ha"), "typed"), Variant(("6735", "ha"), ("6735", "ha"), "number")), 3, 10, False),
        Unit((Variant(("ubnd",), ("ubnd",), "typed"), Variant(("ủy", "ban", "nhân", "dân"), ("uy", "ban", "nhan", "dan"), "long-form")), 12, 16, False),
    ]


@pytest.mark.parametrize(
    ("quoted", "ways"),
    [
        ("cùng kỳ năm 2019", [("cùng kỳ năm 2019", "typed")]),
        ("UBND tỉnh", [("ubnd tỉnh", "typed")]),
        ("Ea R'bin", [("ea r bin", "typed")]),
        ("ngày 8/4/2026", [("ngày 8 4 2026", "typed"), ("ngày 8 04 2026", "date"), ("ngày 08 4 2026", "date"), ("ngày 08 04 2026", "date")]),
        ("129.082 ha", [("129 082 ha", "typed"), ("129082 ha", "number")]),
        ("tạihội 1.500", [("tạihội 1 500", "typed"), ("tại hội 1 500", "split"), ("tạihội 1500", "number"), ("tại hội 1500", "split")]),
        ("ThuNguyệt", [("thu nguyệt", "typed"), ("thunguyệt", "glued")]),
        ("!", []),
    ],
)
def test_phrases(quoted: str, ways: list[tuple[str, str]]) -> None:
    assert [(" ".join(variant.tokens), variant.kind) for variant in analyzer.phrase(quoted)] == ways


@given(queries)
@settings(max_examples=600)
def test_any_query_has_units_that_keep_to_their_promises(query: str) -> None:
    tokens = analyzer.syllables(query)
    units = analyzer.query(query)
    assert [word for unit in units for word in unit.variants[0].tokens] == [token.text for token in tokens]
    assert [unit.start for unit in units] == sorted(unit.start for unit in units)
    for unit in units:
        inside = [token for token in tokens if unit.start <= token.start and token.end <= unit.end]
        assert unit.marked == any(token.text != token.folded for token in inside)
        check(unit.variants)
    variants = tuple(analyzer.phrase(query))
    assert [variant.tokens for variant in variants[:1]] == [tuple(token.text for token in tokens)] * bool(tokens)
    check(variants)


def check(variants: tuple[Variant, ...]) -> None:
    assert len(variants) <= MOST_VARIANTS
    assert len({variant.folded for variant in variants}) == len(variants)
    for variant in variants:
        assert len(variant.tokens) == len(variant.folded) > 0
        assert [analyzer.syllables(word)[0].folded for word in variant.tokens] == list(variant.folded)
    assert [variant.kind for variant in variants[:1]] == ["typed"] * bool(variants)


@given(queries)
@settings(max_examples=300)
def test_case_and_unicode_form_change_no_set(query: str) -> None:
    if query.upper().lower() == query.lower() and not any(kind == "glued" for unit in analyzer.query(query) for kind in [v.kind for v in unit.variants]):
        assert folded_sets(query.lower()) == folded_sets(query.upper())
