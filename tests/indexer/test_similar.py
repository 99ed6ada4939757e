"""Reports like one: the same ones in the same order on both engines, by what tells, within the filters, without itself and its copies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzers import Analyzer
from indexer.build import build
from indexer.engine.contract import Engine
from indexer.models import StoredReport
from indexer.query import Filter, SearchQuery, SearchResults
from indexer.search import similar
from tests.conftest import MakeEngine
from tests.generated import generate
from tests.indexer.reports import stored

ANALYZER = Analyzer()
OFFICE = "Ủy ban nhân dân tỉnh tổ chức hội nghị triển khai nhiệm vụ năm nay."
TEXTS = {
    "cà-phê": ("Giá cà phê", f"Giá cà phê xuất khẩu tăng. Nông dân trồng cà phê ở Buôn Ma Thuột phấn khởi. {OFFICE}"),
    "cà-phê-2": ("Xuất khẩu cà phê", f"Cà phê Buôn Ma Thuột xuất khẩu sang châu Âu, nông dân được lợi. {OFFICE}"),
    "hồ-tiêu": ("Giá hồ tiêu", f"Giá hồ tiêu xuất khẩu giảm, nông dân trồng hồ tiêu gặp khó. {OFFICE}"),
    "bầu-cử": ("Bầu cử", f"Cử tri đi bầu cử đại biểu Quốc hội tại các điểm bỏ phiếu. {OFFICE}"),
    "khong-dau": ("Gia ca phe", "Gia ca phe xuat khau tang, nong dan trong ca phe o Buon Ma Thuot phan khoi."),
    "khong-dau-2": ("Ca phe", "Nong dan trong ca phe o Buon Ma Thuot duoc loi, gia xuat khau tang."),
    "lạ": ("Xyz", "Qwrtz plmk"),
}


def copies() -> list[StoredReport]:
    made = [stored(name, body, title=title, source=f"{name[:2]}.vn") for name, (title, body) in TEXTS.items()]
    twin = replace(made[0], report=replace(made[0].report, id="bản-sao"), group="g")
    return [replace(made[0], group="g"), *made[1:], twin]


@pytest.fixture(scope="module", params=["embedded", "elastic"])
def few(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Engine:
    engine = make_engine(request.param)
    with engine.writer() as writer:
        assert writer.put([build(report, ANALYZER) for report in copies()]) == []
        writer.publish()
    return engine


def found(engine: Engine, name: str, query: SearchQuery = SearchQuery()) -> SearchResults:  # noqa: B008 - it is frozen
    return similar(engine, engine.get([name])[name], query)


def ids(results: SearchResults) -> list[str]:
    return [hit.id for hit in results.hits]


def test_what_tells_comes_first_and_the_report_itself_never(few: Engine) -> None:
    results = found(few, "cà-phê")
    assert ids(results)[:3] == ["bản-sao", "cà-phê-2", "hồ-tiêu"]
    assert "cà-phê" not in ids(results)
    assert (results.total, results.relaxed) == (len(results.hits), 0)


def test_copies_stand_behind_the_report_where_they_are_grouped(few: Engine) -> None:
    grouped = found(few, "cà-phê", SearchQuery(group=True))
    assert ids(grouped)[:2] == ["cà-phê-2", "hồ-tiêu"]
    assert "bản-sao" not in ids(grouped)
    assert next((hit.id, hit.duplicates) for hit in found(few, "cà-phê-2", SearchQuery(group=True)).hits) in (("cà-phê", 1), ("bản-sao", 1))


def test_filters_pages_and_passages(few: Engine) -> None:
    assert ids(found(few, "cà-phê", SearchQuery(filters=(Filter("source", ("hồ.vn",)),)))) == ["hồ-tiêu"]
    whole = ids(found(few, "cà-phê"))
    assert [ids(found(few, "cà-phê", SearchQuery(limit=1, offset=at))) for at in range(3)] == [[name] for name in whole[:3]]
    hit = found(few, "cà-phê").hits[1]
    assert [hit.title.text[start:end].lower() for start, end in hit.title.marks] == ["xuất khẩu cà phê"]


def test_the_telling_words_and_the_scores_are_explained(few: Engine) -> None:
    results = found(few, "cà-phê", SearchQuery(explain=True))
    assert results.explanation is not None
    words = {word["text"]: word["variants"][0]["kind"] for word in results.explanation["words"]}
    assert words["cà phê"] == "3 reports"
    for hit in results.hits:
        assert sum(float(line.split()[0]) for line in hit.explanation) == pytest.approx(hit.score, abs=1e-3)


def test_a_text_without_marks_has_likes_too_and_one_that_shares_no_word_has_none(few: Engine) -> None:
    assert {"cà-phê", "bản-sao", "khong-dau-2"} == set(ids(found(few, "khong-dau"))[:3])
    assert found(few, "lạ") == SearchResults(0, 0, (), ())


def test_both_engines_give_the_same_order(make_engine: MakeEngine) -> None:
    documents = [build(stored(f"g{number:03}", text), ANALYZER) for number, (text, _) in enumerate(generate(seed=8, count=120))]
    engines = [make_engine("embedded"), make_engine("elastic"), make_engine("elastic", shards=3)]
    for engine in engines:
        with engine.writer() as writer:
            assert writer.put(documents) == []
            writer.publish()
    compared = 0
    for document in documents[::10]:
        one, *others = ([(hit.id, hit.score) for hit in similar(engine, document.stored, SearchQuery(limit=100, highlight=False)).hits] for engine in engines)
        scores = dict(one)
        for other in others:
            assert len(other) == len(one)
            for (mine, score), (its, its_score) in zip(one, other, strict=True):
                assert its_score == pytest.approx(score, rel=2e-5)
                assert mine == its or scores[its] == pytest.approx(score, rel=2e-5)
        compared += len(one)
    assert compared > 100
