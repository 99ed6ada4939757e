"""What is offered while somebody types: order, counts, both eras, both engines, never older than the index."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers import Analyzer
from analyzers.fold import fold, has_marks, key
from api.entities_render import query_text
from api.parameters import build_query
from indexer import suggest as module
from indexer.build import build
from indexer.engine import open_engine
from indexer.engine.contract import Engine, HasPrefix, Request, Writer
from indexer.engine.schema import CLOSED_FACETS, OPEN_FACETS
from indexer.link import link
from indexer.load import delete
from indexer.models import Locality, Province, StoredReport
from indexer.redirects import history
from indexer.search import search
from indexer.suggest import DIGESTS, KINDS, TABLE, Suggestion, suggest, write
from tests.conftest import ENGINES, MakeEngine, settings_of
from tests.indexer.reports import DAK_LAK, GIA_LAI, official, stored
from tests.pace import allowed

DAK_LAK_NOW = Province("P66b", "Đắk Lắk", ("P66b",))
LAK, NAM_KA, NAM_KA_NOW = Locality("Lắk", "huyện", "D656a"), Locality("Nam Ka", "xã", "W24607a"), Locality("Nam Ka", "xã", "W24607b")

WORLD = [
    stored("a", officials=(official("Cao Thị Hòa An", "PCT UBND tỉnh"),), provinces=(DAK_LAK,), localities=(LAK, NAM_KA), topics=("kinh-te",)),
    stored("b", officials=(official("Cao Thị Hoà An", "Phó Chủ tịch UBND tỉnh"),), provinces=(DAK_LAK,), topics=("kinh-te", "y-te-dich-benh")),
    stored(
        "c", officials=(official("Trần Văn Hóa", "Bí thư Huyện ủy Lắk"),), provinces=(DAK_LAK,), localities=(LAK,), documents=("35-CT/TW", "178/2024/NĐ-CP")
    ),
    stored("d", officials=(official("Nguyễn Văn Long", "Bí thư Huyện ủy"),), provinces=(DAK_LAK_NOW,), localities=(NAM_KA_NOW,), documents=("35-CT/TW",)),
    stored("e", officials=(official("Nguyễn Văn Long", "Giám đốc Sở Y tế"),), provinces=(GIA_LAI,), authors=("Kim Bảo",), source="daklak.gov.vn"),
]


def linked(engine: Engine, *reports: StoredReport, fresh: bool = False) -> None:
    """Puts reports and links, as a load does (or a rebuild)."""
    analyzer, before = Analyzer(), history(engine)
    with engine.writer(fresh=fresh) as writer:
        writer.put([build(report, analyzer) for report in reports])
        link(writer, analyzer, before=before)
        writer.publish()


@pytest.fixture(scope="module", params=ENGINES)
def world(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Engine:
    engine = make_engine(request.param)
    linked(engine, *WORLD)
    return engine


def offered(engine: Engine, text: str, *kinds: str) -> list[tuple[str, str, int]]:
    return [(one.kind, one.label, one.count) for one in (suggest(engine, text, kinds) if kinds else suggest(engine, text))]


# ---------------------------------------------------------------- what is offered


def test_a_suggestion_says_what_it_is_and_how_to_ask_for_it(world: Engine) -> None:
    assert (
        suggest(world, "dak l")
        == (
            Suggestion("province", "P66a", "Đắk Lắk (đến 6/2025)", "Đắk Lắk", False, 3),
            Suggestion("province_now", "P66b", "Đắk Lắk", "Đắk Lắk", True, 4),
        )[::-1]
    )
    assert suggest(world, "nam") == (
        Suggestion("commune", "W24607a", "xã Nam Ka, huyện Lắk, Đắk Lắk", "xã Nam Ka", False, 1),
        Suggestion("commune", "W24607b", "xã Nam Ka, Đắk Lắk", "xã Nam Ka", False, 1),
    )
    assert suggest(world, "35") == (Suggestion("document", "35-CT/TW", "35-CT/TW", "35-CT/TW", True, 2),)
    assert suggest(world, "kim", ["author"]) == (Suggestion("author", "kim bảo", "Kim Bảo", "Kim Bảo", True, 1),)


@pytest.mark.parametrize(
    ("text", "kinds", "expected"),
    [
        ("hòa", ["official"], [("Cao Thị Hoà An", 2), ("Trần Văn Hóa", 1)]),
        ("hoà", ["official"], [("Cao Thị Hoà An", 2), ("Trần Văn Hóa", 1)]),
        ("HÓA", ["official"], [("Trần Văn Hóa", 1), ("Cao Thị Hoà An", 2)]),
        ("hoa", ["official"], [("Cao Thị Hoà An", 2), ("Trần Văn Hóa", 1)]),
        ("oa", ["official"], []),
        ("an cao", ["official"], [("Cao Thị Hoà An", 2)]),
        ("long", ["official"], [("Nguyễn Văn Long", 1), ("Nguyễn Văn Long", 1)]),
        ("phó chủ tịch ủy", ["post"], [("PCT UBND tỉnh", 2)]),
        ("pct", ["post"], [("PCT UBND tỉnh", 2)]),
        ("lak", ["district", "province_now"], [("Đắk Lắk", 4), ("huyện Lắk, Đắk Lắk", 2)]),
        ("huyen lak", ["district"], [("huyện Lắk, Đắk Lắk", 2)]),
        ("tinh dak", ["province"], [("Đắk Lắk (đến 6/2025)", 3), ("Đắk Lắk", 1)]),
        ("health", ["topic"], [("Y tế, dịch bệnh", 1)]),
        ("178 2024 nd", ["document"], [("178/2024/NĐ-CP", 1)]),
        ("178/2024/NĐ", ["document"], [("178/2024/NĐ-CP", 1)]),
        ("gov", ["source"], [("daklak.gov.vn", 1)]),
        ("", ["topic"], [("Kinh tế", 2), ("Y tế, dịch bệnh", 1)]),
        ("kin", ["topic"], [("Kinh tế", 2)]),
        ("kin ", ["topic"], []),
        ("kinh ", ["topic"], [("Kinh tế", 2)]),
        ("?!", ["topic", "official"], []),
        ("gia lai", [], [("Gia Lai (đến 6/2025)", 1), ("Gia Lai", 1)]),
        ("xa", ["year", "topic"], []),
    ],
)
def test_marks_typed_first_then_any_order_then_reports(world: Engine, text: str, kinds: list[str], expected: list[tuple[str, int]]) -> None:
    assert [(label, count) for _, label, count in offered(world, text, *kinds)] == expected


def test_counts_are_those_of_the_filter_and_of_the_query_text(corpus: Engine) -> None:
    seen = 0
    for kind in KINDS:
        for one in suggest(corpus, "", [kind], 100):
            seen += 1
            assert search(corpus, build_query("", include={kind: [one.value]}, limit=0)).total == one.count, one
            assert search(corpus, build_query(query_text(one), limit=0)).total == one.count, one
    assert seen > 60


def test_an_id_is_found_by_its_beginning(world: Engine) -> None:
    """What `show` is completed by."""
    assert [hit.id for hit in world.execute(Request(HasPrefix("id", "c"))).hits] == ["c"]
    assert world.execute(Request(HasPrefix("id", ".*"))).total == 0


# ---------------------------------------------------------------- never older than the index


def test_an_answer_follows_every_change_of_the_index(fresh: Engine) -> None:
    reader = open_engine(settings_of(fresh))
    linked(fresh)
    assert offered(reader, "hoa") == []
    linked(fresh, *WORLD[:1])
    assert offered(reader, "hoa") == [("official", "Cao Thị Hòa An", 1)]
    linked(fresh, *WORLD[1:])
    all_of_it = [("official", "Cao Thị Hoà An", 2), ("official", "Trần Văn Hóa", 1)]
    assert offered(reader, "hoa") == all_of_it
    linked(fresh, *WORLD[2:], fresh=True)
    assert offered(reader, "hoa") == all_of_it[1:]
    fresh.rollback()
    assert offered(reader, "hoa") == all_of_it
    delete(fresh, ["c"])
    assert offered(reader, "hoa") == all_of_it[:1]
    reader.close()


def test_an_index_that_was_written_before_offers_nothing(fresh: Engine) -> None:
    with fresh.writer() as writer:
        writer.publish()
    assert suggest(fresh, "a") == ()


# ---------------------------------------------------------------- against a plain reading


class Tables:
    """The side tables of one index, to write and to read."""

    def __init__(self) -> None:
        self.tables: dict[str, Mapping[str, Mapping[str, Any]]] = {}
        self.asked: list[list[str]] = []

    def put_rows(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self.tables[table] = rows

    def rows(self, table: str, keys: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        self.asked.append(list(keys))
        return {key: self.tables[table][key] for key in self.asked[-1] if key in self.tables[table]}

    def written(self, names: Mapping[str, int]) -> Engine:
        """As an index whose authors have so many reports."""
        labels: dict[str, dict[str, dict[str, Any]]] = {facet: {} for facet in OPEN_FACETS}
        labels["author"] = {name: {"label": name, "count": count} for name, count in names.items()}
        write(cast(Writer, self), labels, {facet: {} for facet in CLOSED_FACETS})
        return cast(Engine, self)


SYLLABLES = ["hòa", "hoà", "hóa", "Hoa", "an", "Án", "ân", "đắk", "dak", "lắk", "h", "35", "CT"]


@given(
    st.dictionaries(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join), st.integers(1, 5), max_size=12),
    st.lists(st.sampled_from([*SYLLABLES, "đ", "l", "a", "ho", "3"]), max_size=3).map(" ".join),
    st.integers(1, 8),
)
def test_order_equals_a_plain_reading(names: dict[str, int], text: str, limit: int) -> None:
    def fit(name: str) -> int | None:
        form = key if has_marks(text) else fold
        if f" {form(text)}" in f" {form(name)}":
            return 0
        if f" {fold(text)}" in f" {fold(name)}":
            return 1
        words = fold(text).split()
        return 2 if len(set(words)) > 1 and all(f" {word}" in f" {fold(name)}" for word in words) else None

    ranked = sorted((fit(name), -count, name) for name, count in names.items() if fit(name) is not None)
    found = suggest(Tables().written(names), text, ["author"], limit)
    assert [(one.value, one.count) for one in found] == [(name, -count) for _, count, name in ranked[:limit]]


@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    assert suggest(Tables().written({"Kim Bảo": 1}), text, ["official"]) == ()


# ---------------------------------------------------------------- what a process keeps


def test_a_row_is_read_once_and_not_many_are_kept() -> None:
    tables = Tables()
    for number in range(100):
        engine = tables.written({f"Kim Bảo {number}": 1})
        for _ in range(2):
            assert [one.label for one in suggest(engine, "bao", ["author"])] == [f"Kim Bảo {number}"]
    assert tables.asked == [[DIGESTS], ["author"], [DIGESTS]] * 100
    assert len(module._kept) == 4 * len(KINDS)
    assert set(tables.tables) == {TABLE}


def test_the_same_values_of_two_kinds_stay_apart() -> None:
    tables = Tables()
    labels = {facet: {"kim bảo": {"label": "Kim Bảo", "count": 1}} for facet in OPEN_FACETS}
    write(cast(Writer, tables), labels, {})
    assert [one.kind for one in suggest(cast(Engine, tables), "kim", KINDS)] == [kind for kind in KINDS if kind in OPEN_FACETS]


def test_thirty_thousand_names_are_looked_up_in_a_moment() -> None:
    """Some ten times the officials of the 5,452 development articles; the promise is 50 ms."""
    engine = Tables().written({f"Nguyễn Văn {a} {b}": 1 for a in range(173) for b in range(174)})
    suggest(engine, "", ["author"])
    for text in ("n", "nguyễn v", "172 173", "173 172", "nguyen 172 van", "zz yy", "x" * 500, "a b c d e f g"):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            suggest(engine, text, ["author"])
            times.append(time.perf_counter() - start)
        assert min(times) < allowed(0.05), text
