"""Persons over the whole index, manual corrections, labels; nothing written that need not be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from analyzers import Analyzer
from indexer.build import build
from indexer.errors import UsageError
from indexer.link import link
from indexer.models import Official, Province, StoredReport
from tests.fake_engine import FakeEngine
from tests.indexer.reports import DAK_LAK, GIA_LAI, PHU_YEN, official, stored

ANALYZER = Analyzer()


def linked(reports: list[StoredReport], manual: str = "") -> tuple[FakeEngine, int]:
    engine = FakeEngine()
    with engine.writer() as writer:
        writer.put([build(report, ANALYZER) for report in reports])
        changed = link(writer, ANALYZER, manual)
        writer.publish()
    return engine, changed


def report(number: int, who: str, *posts: str, provinces: tuple[Province, ...] = ()) -> StoredReport:
    return stored(f"r{number}", officials=(official(who, *posts),), provinces=provinces)


def persons(engine: FakeEngine) -> list[str]:
    """The person of each report's one official, by the report's id."""
    return [next(iter(engine.documents[name].stored.persons.values())) for name in sorted(engine.documents)]


def test_one_person_under_all_spellings() -> None:
    reports = [report(1, "Cao Thị Hòa An", provinces=(DAK_LAK,)), report(2, "Cao thị Hoà An", provinces=(PHU_YEN,)), report(3, "Cao Thị Hòa An")]
    engine, changed = linked(reports)
    assert persons(engine) == ["cao-thi-hoa-an"] * 3
    assert changed == 0
    assert engine.rows("persons") == {"cao-thi-hoa-an": {"name": "Cao Thị Hòa An", "provinces": ["P66b"], "posts": [], "reports": 3}}
    assert engine.rows("label:official") == {"cao-thi-hoa-an": {"label": "Cao Thị Hòa An", "count": 3}}


def test_two_provinces_two_persons() -> None:
    reports = [
        report(1, "Nguyễn Văn Long", "Bí thư Huyện ủy", provinces=(DAK_LAK,)),
        report(2, "Nguyễn Văn Long", "Giám đốc Sở Y tế", provinces=(GIA_LAI,)),
        report(3, "Nguyễn Văn Long", provinces=(GIA_LAI,)),
        report(4, "Nguyễn Văn Long"),
        report(5, "Nguyễn Vân Long"),
    ]
    engine, changed = linked(reports)
    # Gia Lai's province of today has the same name. Where a report names no province, either of the two may be meant: neither is taken.
    assert persons(engine) == [f"nguyen-van-long-{place}" for place in ("dak-lak", "gia-lai", "gia-lai", "chua-ro-2", "chua-ro")]
    assert changed == 5
    assert engine.documents["r1"].keywords["official"] == ("nguyen-van-long-dak-lak",)
    assert {key: row["reports"] for key, row in engine.rows("persons").items()} == {
        "nguyen-van-long-chua-ro": 1,
        "nguyen-van-long-chua-ro-2": 1,
        "nguyen-van-long-dak-lak": 1,
        "nguyen-van-long-gia-lai": 2,
    }


def test_an_office_of_the_centre_is_one_person_everywhere() -> None:
    reports = [
        report(1, "Nguyễn Xuân Phúc", "Thủ tướng Chính phủ", provinces=(DAK_LAK,)),
        report(2, "Nguyễn Xuân Phúc", "Thủ tướng", provinces=(GIA_LAI,)),
        report(3, "Nguyễn Xuân Phúc", provinces=(GIA_LAI,)),
        report(4, "Cao Thị Hòa An", "Ủy viên Trung ương Đảng", "Phó Bí thư Tỉnh ủy", provinces=(DAK_LAK,)),
        report(5, "Cao Thị Hòa An", "Phó Bí thư Tỉnh ủy", provinces=(DAK_LAK,)),
    ]
    engine, changed = linked(reports)
    assert (persons(engine), changed) == (["nguyen-xuan-phuc"] * 3 + ["cao-thi-hoa-an"] * 2, 0)


def test_a_province_that_a_post_names_counts_before_the_report_s() -> None:
    reports = [
        report(1, "Nguyễn Đức Chung", "Chủ tịch UBND TP Hà Nội", provinces=(DAK_LAK,)),
        report(2, "Nguyễn Đức Chung", "Chủ tịch UBND thành phố Hà Nội"),
        report(3, "Nguyễn Đức Chung", "Phó Chủ tịch UBND huyện", provinces=(GIA_LAI,)),
    ]
    engine, _ = linked(reports)
    assert persons(engine) == ["nguyen-duc-chung-ha-noi", "nguyen-duc-chung-ha-noi", "nguyen-duc-chung-gia-lai"]


def test_the_order_of_loading_does_not_matter() -> None:
    names = ["Nguyễn Văn Long", "Nguyễn Vân Long", "Nguyễn Văn Lòng"]
    places: list[tuple[Province, ...]] = [(DAK_LAK,), (GIA_LAI,), (PHU_YEN,), (), (DAK_LAK, GIA_LAI)]
    posts = [(), ("Bộ trưởng Bộ Y tế",), ("Bí thư Tỉnh ủy",)]
    generator = random.Random(3)
    reports = [report(100 + number, generator.choice(names), *generator.choice(posts), provinces=generator.choice(places)) for number in range(60)]
    first, _ = linked(reports)
    for _ in range(3):
        generator.shuffle(reports)
        again, _ = linked(reports)
        assert persons(again) == persons(first)
        assert again.serving is not None
        assert first.serving is not None
        assert again.serving.shown == first.serving.shown
    with first.writer() as writer:
        assert link(writer, ANALYZER) == 0


def test_labels_take_the_usual_spelling() -> None:
    reports = [
        stored("a", officials=(Official("A", ("PCT UBND tỉnh",), "a"),), source="VOV", authors=("Vy thủy",)),
        stored("b", officials=(Official("A", ("Phó Chủ tịch UBND tỉnh",), "a"),), source="vov", authors=("Vy Thủy",), documents=("35-CT/TW",)),
        stored("c", officials=(Official("A", ("Phó Chủ tịch UBND tỉnh",), "a"),), authors=("Vy Thủy",)),
    ]
    engine, _ = linked(reports)
    assert engine.rows("label:post") == {"phó chủ tịch ủy ban nhân dân tỉnh": {"label": "Phó Chủ tịch UBND tỉnh", "count": 3}}
    assert engine.rows("label:source") == {"vov": {"label": "VOV", "count": 2}}
    assert engine.rows("label:author") == {"vy thủy": {"label": "Vy Thủy", "count": 3}}
    assert engine.rows("label:document") == {"35-CT/TW": {"label": "35-CT/TW", "count": 1}}
    assert engine.rows("persons")["a"]["posts"] == ["Phó Chủ tịch UBND tỉnh"]


def test_manual_corrections(tmp_path: Path) -> None:
    reports = [report(number, "Nguyễn Văn Long", "Bí thư", provinces=(place,)) for number, place in ((1, DAK_LAK), (2, GIA_LAI))]
    reports += [report(3, "Vy Thủy"), report(4, "Vy Thủy")]
    manual = tmp_path / "persons.tsv"
    manual.write_text("# tay\n\nmerge\tnguyen-van-long-gia-lai\tnguyen-van-long-dak-lak\nsplit\tr4\tVY THỦY\tvy-thuy-nha-tho\n", encoding="utf-8")
    engine, changed = linked(reports, str(manual))
    assert (persons(engine), changed) == (["nguyen-van-long-dak-lak"] * 2 + ["vy-thuy", "vy-thuy-nha-tho"], 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("merge\ta\n", r"persons\.tsv:1: a line is merge<TAB>key<TAB>into or split<TAB>report id<TAB>name<TAB>key"),
        ("# x\njoin\ta\tb\n", r"persons\.tsv:2: a line is"),
        ("merge\ta\tb\nmerge\tb\ta\n", "the merges of a run in a circle"),
        ("merge\ta\ta\n", "the merges of a run in a circle"),
    ],
)
def test_manual_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    manual = tmp_path / "persons.tsv"
    manual.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        linked([], str(manual))
    with pytest.raises(UsageError, match=r"BAOCAO_PERSONS: .*nowhere cannot be read"):
        linked([], str(tmp_path / "nowhere"))
