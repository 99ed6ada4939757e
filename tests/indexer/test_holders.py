"""The table of who led a province when: every row sourced and dated, and what a report's province is told by it."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest

from analyzers.fold import key
from indexer.dates_iso import interval
from indexer.extract import extract
from indexer.extract.keeping import post_key
from indexer.gazetteer.holders import OFFICES, holders, provinces_led
from indexer.gazetteer.load import LAST_OLD_DAY, gazetteer, table
from indexer.models import CleanArticle, Part
from tests.indexer.extracting import raw

ROWS = list(table("holders.tsv"))


def test_every_row_has_a_source_and_dates() -> None:
    for unit, office, name, first, last, source, stated in ROWS:
        row = (unit, office, name)
        assert gazetteer().unit(unit).level == "province", row
        assert office in OFFICES.values(), row
        assert 2 <= len(name.split()) <= 5 and name == " ".join(name.split()), row
        assert urlsplit(source).scheme in ("http", "https") and "." in urlsplit(source).netloc, row
        assert first or last, row
        days = [interval(day) for day in (first, last, stated) if day]
        assert all(date(2005, 1, 1) <= begin and end <= date(2026, 12, 31) for begin, end in days), row
        if first and last:
            assert interval(first)[0] <= interval(last)[1], row


def test_a_term_stands_once() -> None:
    keys = [(unit, office, key(name), first) for unit, office, name, first, *_ in ROWS]
    assert len(keys) == len(set(keys))


def test_units_of_before_july_2025_end_with_their_era() -> None:
    end = date.fromisoformat(LAST_OLD_DAY)
    assert all(row.last is not None and row.last <= end for row in holders() if row.unit.endswith("a"))


def test_most_provinces_have_each_of_their_three_offices() -> None:
    """What public sources gave on the day in the table's header; a loss of rows shows here."""
    have = {(unit, office) for unit, office, *_ in ROWS}
    units = [unit.id for era in ("old", "new") for unit in gazetteer().units("province", era)]
    missing = {(unit, office) for unit in units for office in OFFICES.values()} - have
    assert len(units) == 63 + 34
    assert missing == set()
    assert len(ROWS) >= 650


def test_offices_are_keys_of_posts() -> None:
    assert [post_key(post) for post in ("Bí thư Tỉnh uỷ", "Chủ tịch HĐND tỉnh", "Chủ tịch UBND thành phố")] == [
        "bí thư tỉnh ủy",
        "chủ tịch hội đồng nhân dân tỉnh",
        "chủ tịch ủy ban nhân dân thành phố",
    ]
    assert all(post_key(made) == made for made in OFFICES)


@pytest.mark.parametrize(
    ("name", "office", "day", "provinces"),
    [
        ("Hoàng Duy Chinh", "secretary", "2024-04-08", ("P06a",)),
        ("hoàng duy chinh", "secretary", None, ("P06a",)),
        ("Hoàng Duy Chinh", "committee", "2024-04-08", ()),
        ("Hoàng Duy Chinh", "secretary", "2010", ()),
        ("Bùi Văn Cường", "secretary", "2020-Q1", ("P66a",)),
        ("Nguyễn Văn Không", "secretary", "2024", ()),
    ],
)
def test_who_led_what_when(name: str, office: str, day: str | None, provinces: tuple[str, ...]) -> None:
    assert provinces_led(name, office, day) == provinces  # type: ignore[arg-type]


def test_an_unknown_end_is_closed_by_the_next_beginning() -> None:
    unknown = {(unit, office, name, interval(first)[0]) for unit, office, name, first, last, *_ in ROWS if first and not last}
    for row in holders():
        later = [
            other.first for other in holders() if (other.unit, other.office) == (row.unit, row.office) and other.first and row.first and other.first > row.first
        ]
        if later and (row.unit, row.office, row.name, row.first) in unknown:
            assert row.last is not None and row.last < min(later), row


def headed(title: str, text: str) -> CleanArticle:
    whole = f"{title}\n{text}"
    return CleanArticle(raw(whole), (Part("title", title, 0, len(title)), Part("body", text, len(title) + 1, len(whole))))


@pytest.mark.parametrize(
    ("title", "said", "expected"),
    [
        ("Hội nghị Ban Chấp hành", "Đồng chí Hoàng Duy Chinh, Bí thư Tỉnh ủy chủ trì hội nghị.", [("Bắc Kạn", True)]),
        ("Hội nghị Ban Chấp hành", "Đồng chí Hoàng Duy Chinh, nguyên Bí thư Tỉnh ủy dự hội nghị.", []),
        ("Hội nghị Ban Chấp hành", "Đồng chí Hoàng Duy Chinh, Phó Bí thư Tỉnh ủy dự hội nghị.", []),
        ("Hội nghị Ban Chấp hành", "Đồng chí Hoàng Duy Chính, Bí thư Tỉnh ủy chủ trì hội nghị.", []),
        ("Tỉnh Lào Cai họp", "Đồng chí Hoàng Văn Nam, Bí thư Tỉnh ủy Lào Cai chủ trì hội nghị của tỉnh Lào Cai.", [("Lào Cai", False)]),
    ],
)
def test_a_holder_of_a_post_without_a_province_tells_which_it_is(title: str, said: str, expected: list[tuple[str, bool]]) -> None:
    assert [(province.name, province.inferred) for province in extract(headed(title, said)).provinces] == expected
