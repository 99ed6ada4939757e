"""Officials, places and documents as the index knows them: counts are the facets', every slice is in the original, no list is cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from analyzers import Analyzer
from api.entities_render import person_lines
from api.parameters import build_query
from api.table import Style
from indexer import entities
from indexer.build import build
from indexer.engine.contract import Engine
from indexer.entities import Citation, Holding, Named, Person, PersonRow, Slice
from indexer.errors import EntityNotFound
from indexer.link import link
from indexer.models import Evidence, StoredReport
from indexer.redirects import history
from indexer.search import search
from tests.conftest import ENGINES, MakeEngine
from tests.indexer.reports import DAK_LAK, GIA_LAI, official, stored

MANY = 450  # reports of one person: more than two pages of the walk


def told(report_id: str, date: str | None, name: str, *posts: str, **fields: object) -> StoredReport:
    """A report "NAME, POST, POST" with the evidence of each."""
    body = ", ".join((name, *posts))
    evidence = [Evidence("officials", name, "body", 0, len(name), "name")]
    evidence += [Evidence("posts", f"{name}|{post}", "body", body.index(post), body.index(post) + len(post), "post") for post in posts]
    return stored(report_id, body, title=f"Tin {report_id}", date=date, officials=(official(name, *posts),), evidence=tuple(evidence), **fields)


CAREER = [
    told("p", "2019-10", "Bùi Văn Cường", "Bí thư Tỉnh ủy Đắk Lắk"),
    told("q", "2021-04", "Bùi Văn Cường", "nguyên Bí thư Tỉnh ủy Đắk Lắk", "Tổng Thư ký Quốc hội"),
    told("r", "2023", "Bùi Văn Cường", "Tổng Thư ký Quốc hội", provinces=(GIA_LAI,)),
    told("s", None, "Bùi Văn Cường", "Ủy viên Trung ương Đảng"),
]
WORLD = [
    told("b", "2024-03-05", "Cao Thị Hòa An", "PCT UBND tỉnh", provinces=(DAK_LAK,)),
    told("a", "2020", "Cao Thị Hoà An", "Giám đốc Sở Y tế", provinces=(DAK_LAK,)),
    told("c", "2024-05", "Cao Thị Hòa An", "Phó Chủ tịch Ủy ban nhân dân tỉnh", "Tỉnh ủy viên", provinces=(DAK_LAK,)),
    told("d", None, "Cao Thị Hòa An", provinces=(DAK_LAK,)),
    told("e", "2023", "Nguyễn Văn Long", "Bí thư Huyện ủy", provinces=(DAK_LAK,)),
    told("f", "2023", "Nguyễn Văn Long", "Giám đốc Sở Y tế", provinces=(GIA_LAI,)),
    *(told(f"m{number:03}", f"{2000 + number % 25}-01-0{1 + number % 9}", "Trần Thị Nhiều", "Bộ trưởng Bộ Y tế") for number in range(MANY)),
]


@pytest.fixture(scope="module", params=ENGINES)
def world(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Engine:
    engine, analyzer = make_engine(request.param), Analyzer()
    with engine.writer() as writer:
        writer.put([build(report, analyzer) for report in WORLD])
        link(writer, analyzer)
        writer.publish()
    return engine


def facet(engine: Engine, name: str, include: Mapping[str, list[str]]) -> dict[str, int]:
    query = build_query("", include=include, facets=[name], facet_limit=1000, limit=0)
    return {value.value: value.count for value in search(engine, query).facets[0].values if value.count}


# ---------------------------------------------------------------- officials


AN = PersonRow("cao-thi-hoa-an", "Cao Thị Hòa An", (Named("P66b", "Đắk Lắk"),), ("PCT UBND tỉnh", "Giám đốc Sở Y tế", "Tỉnh ủy viên"), 4)


def test_those_with_most_reports_come_first_and_pages_make_the_list(world: Engine) -> None:
    total, rows = entities.officials(world, "", 10)
    keys = ["tran-thi-nhieu", "cao-thi-hoa-an", "nguyen-van-long-dak-lak", "nguyen-van-long-gia-lai"]
    assert (total, [row.key for row in rows], [row.reports for row in rows]) == (4, keys, [MANY, 4, 1, 1])
    assert rows[1] == AN
    assert tuple(row for offset in range(5) for row in entities.officials(world, "", 1, offset)[1]) == rows


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("hòa an", ["cao-thi-hoa-an"]),
        ("hoà", ["cao-thi-hoa-an"]),
        ("CAO thi h", ["cao-thi-hoa-an"]),
        ("hóa", []),
        ("oa an", []),
        ("giam doc so y", ["cao-thi-hoa-an", "nguyen-van-long-gia-lai"]),
        ("ubnd", ["cao-thi-hoa-an"]),
        ("phó chủ tịch ủy ban", ["cao-thi-hoa-an"]),
        ("nguyen van l", ["nguyen-van-long-dak-lak", "nguyen-van-long-gia-lai"]),
    ],
)
def test_a_part_of_a_name_or_a_post_finds_from_a_words_beginning(world: Engine, text: str, keys: list[str]) -> None:
    assert [row.key for row in entities.officials(world, text)[1]] == keys


def cited(report_id: str, date: str | None, *slices: tuple[str, str, int]) -> Citation:
    return Citation(report_id, f"Tin {report_id}", date, False, tuple(Slice(field, text, start, start + len(text)) for field, text, start in slices))


def test_a_career_in_date_order_with_what_states_it(world: Engine) -> None:
    deputy = (
        cited("b", "2024-03-05", ("officials", "Cao Thị Hòa An", 0), ("posts", "PCT UBND tỉnh", 16)),
        cited("c", "2024-05", ("officials", "Cao Thị Hòa An", 0), ("posts", "Phó Chủ tịch Ủy ban nhân dân tỉnh", 16)),
    )
    assert entities.official(world, "cao-thi-hoa-an") == Person(
        key="cao-thi-hoa-an",
        name="Cao Thị Hòa An",
        provinces=(Named("P66b", "Đắk Lắk"),),
        reports=4,
        posts=(
            Holding("giám đốc sở y tế", "Giám đốc Sở Y tế", (cited("a", "2020", ("officials", "Cao Thị Hoà An", 0), ("posts", "Giám đốc Sở Y tế", 16)),)),
            Holding("phó chủ tịch ủy ban nhân dân tỉnh", "PCT UBND tỉnh", deputy),
            Holding("tỉnh ủy viên", "Tỉnh ủy viên", (cited("c", "2024-05", ("officials", "Cao Thị Hòa An", 0), ("posts", "Tỉnh ủy viên", 51)),)),
        ),
        without_post=(cited("d", None, ("officials", "Cao Thị Hòa An", 0)),),
    )


def linked(engine: Engine, *reports: StoredReport) -> None:
    """Puts reports and links, as a load does."""
    analyzer, before = Analyzer(), history(engine)
    with engine.writer() as writer:
        writer.put([build(report, analyzer) for report in reports])
        link(writer, analyzer, before=before)
        writer.publish()


def test_a_career_over_bodies_is_one_key_undated_posts_last(fresh: Engine) -> None:
    linked(fresh, *CAREER)
    found = entities.official(fresh, "bui-van-cuong")
    assert [(post.label, [(report.id, report.date) for report in post.reports]) for post in found.posts] == [
        ("Bí thư Tỉnh ủy Đắk Lắk", [("p", "2019-10")]),
        ("nguyên Bí thư Tỉnh ủy Đắk Lắk", [("q", "2021-04")]),
        ("Tổng Thư ký Quốc hội", [("q", "2021-04"), ("r", "2023")]),
        ("Ủy viên Trung ương Đảng", [("s", None)]),
    ]
    assert (found.provinces, found.redirected_from) == ((Named("P66b", "Đắk Lắk"),), None)
    lines = list(person_lines(found, Style(width=80)))
    assert lines[:3] == ["Bùi Văn Cường", "4 reports · Đắk Lắk · bui-van-cuong", ""]
    assert [line for line in lines if line.startswith("  ") and not line.startswith("   ")] == [
        "  2019-10     Tin p · p",
        "  2021-04     Tin q · q",
        "  2021-04     Tin q · q",
        "  2023        Tin r · r",
        "  undated     Tin s · s",
    ]


def test_an_old_key_answers_with_the_new_one(fresh: Engine) -> None:
    linked(fresh, *CAREER)
    linked(fresh, told("t", "2020", "Bùi Văn Cường", "Chủ tịch UBND huyện Lắk", provinces=(GIA_LAI,)))
    asked, new = entities.official(fresh, "bui-van-cuong"), entities.official(fresh, "bui-van-cuong-trung-uong")
    assert (asked, new.redirected_from, new.reports) == (replace(new, redirected_from="bui-van-cuong"), None, 4)
    assert list(person_lines(asked, Style(width=80)))[2] == "formerly bui-van-cuong"
    with pytest.raises(EntityNotFound, match="did you mean 'bui-van-cuong"):
        entities.official(fresh, "bui-van-cuong-x")


def test_counts_are_those_of_the_facets(world: Engine, corpus: Engine) -> None:
    for engine, persons in ((world, 4), (corpus, len(facet(corpus, "official", {})))):
        counts = facet(engine, "official", {})
        assert len(counts) == persons
        for key, count in counts.items():
            found = entities.official(engine, key)
            assert found.reports == count
            assert {post.id: len(post.reports) for post in found.posts} == facet(engine, "post", {"official": [key]})


def test_every_value_of_the_five_reports_has_its_slice(corpus: Engine) -> None:
    originals = {hit.id: hit.stored.raw.original for hit in search(corpus, build_query("", limit=10)).hits}
    for key in facet(corpus, "official", {}):
        found = entities.official(corpus, key)
        citations = [(report, "posts") for post in found.posts for report in post.reports] + [(report, "officials") for report in found.without_post]
        for report, field in citations:
            assert field in {piece.field for piece in report.slices}
            assert all(originals[report.id][piece.start : piece.end] == piece.text for piece in report.slices)


def test_no_report_is_left_out_however_many_there_are(world: Engine) -> None:
    (post,) = entities.official(world, "tran-thi-nhieu").posts
    expected = sorted((report.report.date, report.report.id) for report in WORLD if report.report.id.startswith("m"))
    assert [(report.date, report.id) for report in post.reports] == expected
    assert len(expected) == MANY


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("cao-thi-hoa-am", "cao-thi-hoa-an"),
        ("Cao Thị Hòa An", "cao-thi-hoa-an"),
        ("nguyen-van-long", "nguyen-van-long-dak-lak"),
        ("zzzz", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_a_mistyped_key_names_the_nearest(world: Engine, typed: str, near: str | None) -> None:
    with pytest.raises(EntityNotFound) as raised:
        entities.official(world, typed)
    assert raised.value.suggestion == near
    assert (near is None) == ("did you mean" not in str(raised.value))
    assert len(str(raised.value)) < 250


# ---------------------------------------------------------------- places


def test_a_place_with_its_succession_and_reports(corpus: Engine) -> None:
    lak = entities.place(corpus, "D656a")
    assert (lak.label, lak.level, lak.era, lak.parents) == ("huyện Lắk, Đắk Lắk", "district", "old", (Named("P66a", "Đắk Lắk (đến 6/2025)"),))
    assert (lak.before, len(lak.now)) == ((), 5)
    assert lak.reports == facet(corpus, "district", {})["D656a"] == len(lak.newest)
    assert all(piece.field == "localities" for report in lak.newest for piece in report.slices)
    assert all(report.slices for report in lak.newest)
    dak_lak = entities.place(corpus, "P66b")
    assert ({unit.id for unit in dak_lak.before}, dak_lak.now, dak_lak.era) == ({"P54a", "P66a"}, (), "new")
    assert dak_lak.reports == facet(corpus, "province", {})["P66b"]


def test_a_place_of_today_counts_what_it_was_made_of(corpus: Engine) -> None:
    thai_nguyen, lien_son = entities.place(corpus, "P19b"), entities.place(corpus, "W24580b")
    assert (thai_nguyen.reports, thai_nguyen.with_before) == (0, 1)  # report 003, of Bắc Kạn
    assert {place.id for place in thai_nguyen.before} == {"P06a", "P19a"}
    assert (lien_son.reports, lien_son.with_before) == (0, 0)  # a report of the district is not one of each of its communes
    bac_kan = entities.place(corpus, "P06a")
    assert (bac_kan.reports, bac_kan.with_before) == (1, 1)


def test_the_newest_reports_of_a_place_come_first_and_are_few(world: Engine) -> None:
    found = entities.place(world, "P66a")
    assert (found.reports, [report.id for report in found.newest]) == (5, ["c", "b", "e", "a", "d"])


def test_a_name_may_mean_several_places_those_with_reports_first(corpus: Engine) -> None:
    total, found = entities.places(corpus, "gia lai", 10)
    assert {"P52b", "P64a"} <= {place.id for place in found}
    assert [place.reports for place in found] == sorted((place.reports for place in found), reverse=True)
    assert (found[0].id, total) == ("P52b", len(found))
    assert entities.places(corpus, "gia lai", 1, 1) == (total, found[1:2])
    assert entities.places(corpus, "không đâu cả", 10) == (0, ())


def test_every_unit_can_be_shown(corpus: Engine) -> None:
    from indexer.gazetteer import load

    g = load.gazetteer()
    for unit in [*list(g.units())[::400], *g.units("province")]:
        shown = entities.place(corpus, unit.id)
        assert (shown.id, shown.level, shown.era, bool(shown.now)) == (unit.id, unit.level, unit.era, unit.era == "old")


@pytest.mark.parametrize(("typed", "near"), [("Đắk Lắk", "P66a"), ("Dak Lac", "P66a"), ("", None), ("?" * 5000, None)])
def test_an_unknown_place_names_the_nearest(corpus: Engine, typed: str, near: str | None) -> None:
    with pytest.raises(EntityNotFound) as raised:
        entities.place(corpus, typed)
    assert raised.value.suggestion == near


# ---------------------------------------------------------------- documents


@pytest.mark.parametrize("typed", ["35-CT/TW", "35 CT/TW", "số 35 – ct / tw"])
def test_a_document_however_typed(corpus: Engine, typed: str) -> None:
    found = entities.document(corpus, typed)
    (report,) = found.reports
    assert (found.number, report.id) == ("35-CT/TW", "001_a7149111087a9ccb")
    assert [(piece.field, piece.text) for piece in report.slices] == [("documents", "35-CT/TW")]


def test_every_document_of_the_facet_is_found_with_its_count(corpus: Engine) -> None:
    counts = facet(corpus, "document", {})
    assert len(counts) > 1
    for number, count in counts.items():
        reports = entities.document(corpus, number).reports
        assert len(reports) == count
        assert all(report.slices for report in reports)


@pytest.mark.parametrize(("typed", "near"), [("36-CT/TW", "35-CT/TW"), ("zzzz", None), ("", None), ("9" * 5000, None)])
def test_a_document_that_nobody_cites_names_the_nearest(corpus: Engine, typed: str, near: str | None) -> None:
    with pytest.raises(EntityNotFound) as raised:
        entities.document(corpus, typed)
    assert raised.value.suggestion == near
