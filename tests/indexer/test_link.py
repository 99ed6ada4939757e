"""Persons over the whole index, manual corrections, labels; nothing written that need not be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import Analyzer
from indexer.build import build
from indexer.errors import UsageError
from indexer.link import link
from indexer.models import Official, Province, StoredReport
from indexer.offices import Seat, office
from indexer.persons import Career, assign, mention_of
from indexer.redirects import HELD, REDIRECTS, VERSION, history
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


def report(number: int, who: str, *posts: str, provinces: tuple[Province, ...] = (), date: str | None = None) -> StoredReport:
    return stored(f"r{number}", officials=(official(who, *posts),), provinces=provinces, date=date)


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


@pytest.mark.parametrize(
    ("one", "other"),
    [("Cao Thị Hòa An", "Cao Thị Hoà An"), ("Nguyễn Sĩ Dũng", "Nguyễn Sỹ Dũng"), ("Lê Thúy Kiều", "LÊ THUÝ KIỀU"), ("Y Biêr Niê", "Y  Biêr Niê")],
)
def test_spellings_of_one_name_are_one_key(one: str, other: str) -> None:
    engine, _ = linked([report(1, one, "Giám đốc Sở Y tế", provinces=(DAK_LAK,)), report(2, other, "Giám đốc Sở Y tế", provinces=(DAK_LAK,))])
    assert len(set(persons(engine))) == len(engine.rows("persons")) == 1


# ---------------------------------------------------------------- bodies


def test_a_national_body_ties_whatever_the_reports_province() -> None:
    reports = [
        report(1, "Nguyễn Anh Tuấn", "Cục trưởng Cục Quản lý giá", provinces=(DAK_LAK,)),
        report(2, "Nguyễn Anh Tuấn", "Cục trưởng Cục Quản lý giá, Bộ Tài chính", provinces=(GIA_LAI,)),
        report(3, "Nguyễn Anh Tuấn", "Cục trưởng Cục Điều tiết điện lực"),
        report(4, "Nguyễn Anh Tuấn", "Chủ tịch UBND xã Ia Rve", provinces=(DAK_LAK,)),
        report(5, "Bùi Văn Cường", "đại biểu Quốc hội", provinces=(GIA_LAI,)),
        report(6, "Bùi Văn Cường", "Phó Chủ nhiệm Ủy ban về các vấn đề xã hội", provinces=(DAK_LAK,)),
        report(7, "Bùi Văn Cường", "đại biểu", provinces=(PHU_YEN,)),
    ]
    engine, _ = linked(reports)
    centre = "nguyen-anh-tuan-trung-uong"
    assert persons(engine) == [centre, centre, f"{centre}-2", "nguyen-anh-tuan-dak-lak", *["bui-van-cuong"] * 3]
    assert engine.rows("persons")[centre]["provinces"] == []


@pytest.mark.parametrize(
    ("post", "read"),
    [
        ("Bí thư Huyện ủy Lắk", ("", "district", "lắk", False)),
        ("Phó Chủ tịch UBND xã Ia Rve, huyện Ea Súp", ("", "commune", "ia rve", False)),
        ("nguyên Chủ tịch UBND tỉnh Gia Lai", ("P52b", "province", "", True)),
        ("Bí thư Thành ủy Hà Nội", ("P01b", "province", "", False)),
        ("Bí thư Thành ủy Buôn Ma Thuột", ("", "district", "buôn ma thuột", False)),
        ("Bí thư Thành ủy", ("", "", "", False)),
        ("Giám đốc Sở Y tế", ("", "", "", False)),
    ],
)
def test_what_a_post_says_of_its_seat(post: str, read: tuple[str, str, str, bool]) -> None:
    [identifier] = mention_of(report(1, "A", post).report, official("A", post)).posts
    found = office(identifier)
    assert (found.province, found.level, found.unit, found.past) == read


# ---------------------------------------------------------------- careers and namesakes


def test_a_mention_that_names_both_bodies_follows_a_career() -> None:
    reports = [
        report(1, "Bùi Văn Cường", "Bí thư Tỉnh ủy Đắk Lắk", date="2020-03"),
        report(2, "Bùi Văn Cường", "Tổng Thư ký Quốc hội", date="2022-05"),
        report(3, "Bùi Văn Cường", "Bí thư Thành ủy Hải Phòng", date="2022-05"),
    ]
    engine, _ = linked(reports)
    assert persons(engine) == [f"bui-van-cuong-{place}" for place in ("dak-lak", "trung-uong", "hai-phong")]
    engine, _ = linked([*reports, report(4, "Bùi Văn Cường", "nguyên Bí thư Tỉnh ủy Đắk Lắk", "Tổng Thư ký Quốc hội", date="2023")])
    assert persons(engine) == [f"bui-van-cuong-{place}" for place in ("trung-uong", "trung-uong", "hai-phong", "trung-uong")]
    assert engine.rows("persons")["bui-van-cuong-trung-uong"]["provinces"] == ["P66b"]


def test_two_seats_of_two_provinces_in_one_mention_are_no_career() -> None:
    reports = [
        report(1, "Nguyễn Văn Long", "Bí thư Tỉnh ủy Đắk Lắk"),
        report(2, "Nguyễn Văn Long", "Bí thư Tỉnh ủy Gia Lai"),
        report(3, "Nguyễn Văn Long", "Bí thư Tỉnh ủy Đắk Lắk", "Bí thư Tỉnh ủy Gia Lai"),
    ]
    engine, _ = linked(reports)
    assert persons(engine) == [f"nguyen-van-long-{place}" for place in ("dak-lak", "gia-lai", "chua-ro")]


@pytest.mark.parametrize(
    ("name", "first", "then", "keys"),
    [
        ("Nguyễn Thị Hoài Thu", "2019-05", "2021", 1),
        ("Nguyễn Hoài Thu", "2019-05", "2021", 2),  # three syllables: too many people
        ("Nguyễn Thị Hoài Thu", "2021-02", "2021", 2),  # may be the same months
        ("Nguyễn Thị Hoài Thu", "2019-05", None, 2),
    ],
)
def test_a_rare_name_goes_on_where_times_allow(name: str, first: str, then: str | None, keys: int) -> None:
    moved = [report(1, name, "Phó Bí thư Tỉnh ủy Gia Lai", date=first), report(2, name, "Chủ tịch UBND tỉnh Đắk Lắk", date=then)]
    engine, _ = linked(moved)
    assert len(set(persons(engine))) == keys
    low = [report(1, name, "Giám đốc Sở Y tế tỉnh Gia Lai", date=first), report(2, name, "Chủ tịch UBND tỉnh Đắk Lắk", date=then)]
    engine, _ = linked(low)
    assert len(set(persons(engine))) == 2


@pytest.mark.parametrize(
    ("terms", "keys"),
    [
        ([("P52b", 20150101, 20191231), ("P66b", 20200101, 0)], 1),
        ([("P52b", 20150101, 20191231), ("P66b", 20200101, 0), ("P66b", 20200601, 0)], 1),  # two seats of one province
        ([("P52b", 20150101, 20210101), ("P66b", 20200101, 0)], 2),  # two holders at one time
        ([("P52b", 20150101, 0), ("P66b", 20200101, 0)], 2),
        ([("P52b", 20150101, 20161231), ("P66b", 20200101, 0)], 2),  # the report of Gia Lai is of another time
        ([("P66b", 20200101, 0)], 2),
    ],
)
def test_known_holders_tie_their_provinces(terms: list[tuple[str, int, int]], keys: int) -> None:
    reports = [
        report(1, "Nguyễn Văn Long", "Bí thư Tỉnh ủy Gia Lai", date="2018-03"),
        report(2, "Nguyễn Văn Long", "Bí thư Tỉnh ủy Đắk Lắk", date="2021"),
    ]
    mentions = [mention_of(stored.report, stored.report.officials[0]) for stored in reports]
    known = [Career("nguyễn văn long", *term) for term in terms]
    assert len(set(assign(mentions, str.lower, known).values())) == keys


def test_namesakes_of_one_province_part_where_they_hold_two_seats_at_once() -> None:
    lak, sup = "Chủ tịch UBND huyện Lắk", "Chủ tịch UBND huyện Ea Súp"
    reports = [
        report(1, "Nguyễn Văn Long", lak, provinces=(DAK_LAK,), date="2019-01-10"),
        report(2, "Nguyễn Văn Long", sup, provinces=(DAK_LAK,), date="2020-06-01"),
        report(3, "Nguyễn Văn Long", provinces=(DAK_LAK,), date="2020"),
    ]
    engine, _ = linked(reports)
    assert persons(engine) == ["nguyen-van-long"] * 3  # one seat after the other
    engine, _ = linked([*reports, report(4, "Nguyễn Văn Long", lak, provinces=(DAK_LAK,), date="2021-01-10")])
    assert persons(engine) == [f"nguyen-van-long-dak-lak{unit}" for unit in ("-lak", "", "-2", "-lak")]
    engine, _ = linked([*reports, report(4, "Nguyễn Văn Long", "nguyên " + lak, provinces=(DAK_LAK,), date="2021-01-10")])
    assert persons(engine) == ["nguyen-van-long"] * 4
    assert Seat("P66b", "district", "lắk") in mention_of(reports[0].report, reports[0].report.officials[0]).seats


# ---------------------------------------------------------------- any order

POSTS = ("Bộ trưởng Bộ Y tế", "Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh Gia Lai", "Chủ tịch UBND huyện Lắk", "Bí thư Huyện ủy Ea Súp", "Chủ tịch xã Ia Rve",
         "đại biểu", "đại biểu Quốc hội", "Cục trưởng Cục Thú y", "Cục trưởng Cục Thú y, Bộ Nông nghiệp", "nguyên Bí thư Tỉnh ủy Đắk Lắk")  # fmt: skip
REPORTS = st.builds(
    lambda name, posts, provinces, date: (name, posts, provinces, date),
    st.sampled_from(["Nguyễn Văn Long", "Nguyễn Văn  Long", "Nguyễn Vân Long", "Nguyễn Thị Hoài Thu"]),
    st.lists(
        st.sampled_from(POSTS),
        max_size=2,
        unique=True,
    ),
    st.sampled_from([(DAK_LAK,), (GIA_LAI,), (PHU_YEN,), (), (DAK_LAK, GIA_LAI)]),
    st.sampled_from([None, "2019-01-10", "2020", "2020-06-01", "2021-03"]),
)


def tables(engine: FakeEngine) -> dict[str, object]:
    """What readers see, without what tells of the past."""
    assert engine.serving is not None
    return {table: rows for table, rows in engine.serving.shown.items() if table not in (VERSION, HELD, REDIRECTS)}


@given(st.lists(REPORTS, min_size=1, max_size=9), st.data())
@settings(max_examples=60)
def test_no_order_of_loading_matters(world: list[tuple[str, list[str], tuple[Province, ...], str | None]], data: st.DataObject) -> None:
    reports = [report(number, name, *posts, provinces=provinces, date=date) for number, (name, posts, provinces, date) in enumerate(world)]
    expected, _ = linked(reports)
    engine = FakeEngine()
    shuffled = data.draw(st.permutations(reports))
    cut = data.draw(st.integers(0, len(reports)))
    lives: set[str] = set()
    for batch in (shuffled[:cut], shuffled[cut:]):
        with engine.writer() as writer:
            writer.put([build(report, ANALYZER) for report in batch])
            link(writer, ANALYZER, before=history(engine))
            writer.publish()
        lives |= set(engine.rows("persons"))
    assert (persons(engine), tables(engine)) == (persons(expected), tables(expected))
    living, led = set(engine.rows("persons")), {key: row["to"] for key, row in engine.rows(REDIRECTS).items()}
    assert set(led) == lives - living
    assert set(led.values()) <= living
    with engine.writer() as writer:
        assert link(writer, ANALYZER, before=history(engine)) == 0


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
