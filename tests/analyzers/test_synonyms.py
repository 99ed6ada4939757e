"""Abbreviations and long forms: the same alternatives whichever is typed."""

from __future__ import annotations

import itertools

import pytest

from analyzers import Variant
from analyzers.fold import fold
from analyzers.spelling import is_syllable
from analyzers.synonyms import MOST_FORMS, expand, table
from tests.analyzers.reports import analyzer, folded_sets

ENTRIES = sorted(table().searched.values())
BOTH_WAYS = [(short, long) for short, long in ENTRIES if tuple(map(fold, long)) not in table().one_way]


def test_the_table_holds_what_it_promises() -> None:
    assert len(ENTRIES) > 150
    for short, long in [*ENTRIES, *table().posted.values()]:
        assert len(long) > 1, short
        assert len(short) > 1 or not is_syllable(short[0]), short
        assert short != long and len(short) <= len(long), short
    assert max(len(forms) for forms in table().forms.values()) < MOST_FORMS
    assert len({long for _, long in ENTRIES}) == len(table().forms)


@pytest.mark.parametrize("group", [
    ["UBND tỉnh", "ubnd tỉnh", "ủy ban nhân dân tỉnh", "Uỷ ban Nhân dân Tỉnh", "uy ban nhan dan tinh", "UY BAN NHAN DAN TINH"],
    ["KT-XH", "KT - XH", "KT–XH", "KTXH", "kinh tế - xã hội", "kinh tế xã hội", "kinh te xa hoi", "kinh tế, xã hội"],
    ["UBMTTQ", "UB MTTQ", "ủy ban MTTQ", "Uỷ ban Mặt trận Tổ quốc"],
    ["UBMTTQVN tỉnh", "Ủy ban MTTQ Việt Nam tỉnh", "ủy ban mặt trận tổ quốc việt nam tỉnh"],
    ["TP.HCM", "TP. HCM", "TPHCM", "TP HCM", "thành phố Hồ Chí Minh", "thanh pho ho chi minh", "TP Hồ Chí Minh"],
    ["TP Pleiku", "TP.Pleiku", "thành phố Pleiku"],
    ["PCT UBND xã", "Phó Chủ tịch UBND xã", "phó chủ tịch ủy ban nhân dân xã"],
    ["Sở GD&ĐT", "Sở GDĐT", "Sở GD-ĐT", "Sở Giáo dục và Đào tạo"],
    ["TN&MT", "tài nguyên và môi trường", "Tài nguyên - Môi trường"],
    ["LHQ", "Liên hợp quốc", "Liên Hiệp Quốc"],
    ["BCH Trung ương", "Ban Chấp hành TW", "BCH T.Ư", "ban chap hanh trung uong"],
    ["VSATTP", "vệ sinh ATTP", "vệ sinh an toàn thực phẩm"],
    ["UBND-HĐND", "Ủy ban nhân dân-HĐND", "ủy ban nhân dân-hội đồng nhân dân"],
    ["Đắc Lắc", "Darlac", "daklak"],
    ["Buôn Mê Thuột", "Ban Mê Thuột", "BMT"],
    ["TT-Huế", "TT Huế"],
    ["QP-AN", "QPAN", "quốc phòng - an ninh", "quốc phòng an ninh"],
], ids=lambda group: group[0])  # fmt: skip
def test_one_thing_typed_in_many_ways_is_found_by_the_same(group: list[str]) -> None:
    assert [folded_sets(query) for query in group] == [folded_sets(group[0])] * len(group)


def test_every_entry_and_every_pair_of_entries_is_the_same_both_ways() -> None:
    for short, long in BOTH_WAYS:
        assert folded_sets(" ".join(short)) == folded_sets(" ".join(long))
    for (short, long), (short_2, long_2) in itertools.product(BOTH_WAYS[::2], BOTH_WAYS[1::3]):
        if tuple(map(fold, short + short_2)) not in table().searched:  # "CT UBND" is no chỉ thị
            assert folded_sets(" ".join(short + short_2)) == folded_sets(" ".join(long + long_2)), (short, short_2)


def test_what_was_typed_comes_first() -> None:
    for short, long in BOTH_WAYS:
        for typed in (short, long):
            (unit,) = analyzer.query(" ".join(typed))
            assert (unit.variants[0].tokens, unit.variants[0].kind) == (typed, "typed")


def test_a_name_is_found_by_its_other_spellings_and_as_it_is_spelt_it_stays_words() -> None:
    assert len(ENTRIES) > len(BOTH_WAYS) > 150
    for short, long in set(ENTRIES) - set(BOTH_WAYS):
        (unit,) = analyzer.query(" ".join(short))
        assert {unit.variants[0].tokens, long} <= {variant.tokens for variant in unit.variants}
        assert [unit.variants for unit in analyzer.query(" ".join(long))] == [(Variant((word,), (fold(word),), "typed"),) for word in long]


@pytest.mark.parametrize("query", ["cấp ủy", "tư tưởng", "tu tuong", "ca sĩ", "bản nhân dân", "ủy bản nhân dân", "kinh tệ xã hội", "dac lac", "bac can"])
def test_other_words_are_no_abbreviations(query: str) -> None:
    assert all({variant.kind for variant in unit.variants} == {"typed"} for unit in analyzer.query(query))


@pytest.mark.parametrize(
    ("post", "written"),
    [
        ("PCT UBND tỉnh", "phó chủ tịch ủy ban nhân dân tỉnh"),
        ("CT HĐND xã Bình Hiệp", "chủ tịch hội đồng nhân dân xã bình hiệp"),
        ("Uỷ viên BTV Tỉnh uỷ", "ủy viên ban thường vụ tỉnh ủy"),
        ("Ủy viên BCH TƯ Đảng", "ủy viên ban chấp hành trung ương đảng"),
        ("Ủy viên TƯ Đảng", "ủy viên trung ương đảng"),
        ("Phó trưởng Đoàn ĐBQH tỉnh", "phó trưởng đoàn đại biểu quốc hội tỉnh"),
        ("Chủ tịch UBND TP. Pleiku", "chủ tịch ủy ban nhân dân thành phố pleiku"),
        ("Bí thư Tỉnh ủy", "bí thư tỉnh ủy"),
        ("Giám đốc Sở KH&CN", "giám đốc sở khoa học và công nghệ"),
        ("CT công ty", "ct công ty"),
        ("QH", "qh"),
    ],
)
def test_posts_are_written_out(post: str, written: str) -> None:
    assert expand(post) == written
    assert expand(written) == written
