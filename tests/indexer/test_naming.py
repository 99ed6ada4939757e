"""Places by another name: a query that names a province or a renamed district finds the reports of it that call it otherwise, or never name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers import Analyzer
from api.query import parse
from indexer.engine.contract import Engine
from indexer.naming import named
from indexer.query import SearchQuery, SearchResults
from indexer.search import search
from tests.conftest import ENGINES, MakeEngine, load

REPORTS = {
    "then": "Ngày 5/3/2017, Chủ tịch UBND huyện Tĩnh Gia, tỉnh Thanh Hóa kiểm tra việc đền bù đất. Huyện Tĩnh Gia đã đền bù xong.",
    "now": "Ngày 5/3/2022, Chủ tịch UBND thị xã Nghi Sơn, tỉnh Thanh Hóa kiểm tra việc đền bù đất. Thị xã Nghi Sơn đã đền bù xong.",
    "elsewhere": "Ngày 5/3/2022, Chủ tịch UBND huyện Nông Cống, tỉnh Thanh Hóa kiểm tra việc đền bù đất. Huyện Nông Cống đã đền bù xong.",
    "hue": "Ngày 5/3/2025, UBND thành phố Huế họp bàn việc trồng rừng.",
    "unnamed": "Ngày 5/3/2022, các huyện Pác Nặm, Ngân Sơn, Na Rì và Chợ Đồn của tỉnh bàn việc chống rét. Tỉnh ủy chỉ đạo.",
    "street": "Ngày 5/3/2022, tại phường Bắc Kạn bàn việc chống rét.",
}


@pytest.fixture(scope="module", params=ENGINES)
def places(request: pytest.FixtureRequest, make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("places")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(f"Tin trong ngày\n{text}\n", encoding="utf-8")
    return load(make_engine(request.param), folder)


def asked(engine: Engine, query: str, *, explain: bool = False) -> SearchResults:
    return search(engine, SearchQuery(tree=parse(query), text=query, explain=explain))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("đền bù Nghi Sơn", ["now", "then"]),  # as typed before the other name
        ("đền bù Tĩnh Gia", ["then", "now"]),
        ("den bu tinh gia", ["then", "now"]),
        ("huyện Tĩnh Gia", ["then", "now"]),
        ("NOT Nghi Sơn AND đền bù", ["elsewhere"]),
        ('"Nghi Sơn"', ["now"]),  # quotes are exact
        ("xã Tĩnh Gia", []),  # a xã of that name, which no report has
        ("trồng rừng Thừa Thiên Huế", ["hue"]),
        ("chống rét Bắc Kạn", ["street", "unnamed"]),
        ("chống rét tỉnh Bắc Kạn", ["unnamed"]),
        ("chống rét thị xã Bắc Kạn", []),  # the town
    ],
)
def test_a_place_is_found_by_its_other_names(places: Engine, query: str, found: list[str]) -> None:
    hits = [hit for hit in asked(places, query).hits if not hit.relaxed]
    assert [Path(hit.id).stem for hit in hits] == found


def test_the_other_name_is_marked_and_the_reading_says_which_place(places: Engine) -> None:
    results = asked(places, "Nghi Sơn", explain=True)
    assert results.explanation is not None
    assert results.explanation["words"] == [
        {
            "text": word,
            "start": start,
            "kind": "word",
            "variants": [{"tokens": [token], "kind": "typed"}, {"tokens": ["thị xã Nghi Sơn, Thanh Hóa"], "kind": "place"}],
        }
        for word, start, token in (("Nghi", 0, "nghi"), ("Sơn", 5, "son"))
    ]
    then = next(hit for hit in results.hits if Path(hit.id).stem == "then")
    assert {snippet.text[start:end] for snippet in then.snippets for start, end in snippet.marks} == {"Tĩnh Gia"}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("bầu cử Bắc Kạn Thái Nguyên", [("P06a",), ("P19a", "P19b")]),
        ("tinh bac kan", [("P06a",)]),
        ("thành phố Thái Nguyên", []),  # the town is no province
        ("phường Bắc Kạn", []),
        ("tư tưởng Hồ Chí Minh", []),  # a person
        ("thành phố Hồ Chí Minh", [("P79a", "P79b")]),
        ("Thừa Thiên Huế", [("P46a", "P46b")]),
        ("Huế", []),
        ("Hoành Bồ", []),  # went into Hạ Long, which is not its other name
        ("Tân Thành", []),  # many a commune
        ("huyện Tân Thành", [("D754a",)]),
        ("Quỳnh Lưu", []),  # has had no other name
    ],
)
def test_what_a_query_names(query: str, ids: list[tuple[str, ...]]) -> None:
    assert [place.match.values for place in named(Analyzer().query(query))] == ids
