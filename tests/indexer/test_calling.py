"""Officials as they are called in passing: a post and a given name, a post and a province, find the report whose record joins the two."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.query import parse
from indexer.calling import asked, called
from indexer.engine.contract import Engine
from indexer.query import SearchQuery
from indexer.search import search
from tests.conftest import MakeEngine, load
from tests.indexer.extracting import record

REPORTS = {
    "secretary": "Sáng 5/3/2021, tại Đắk Lắk, Bí thư Tỉnh ủy Nguyễn Đình Trung chủ trì hội nghị giao ban. Chủ tịch UBND tỉnh Phạm Ngọc Nghị dự.",
    "chairman": "Sáng 5/3/2021, tại Bắc Kạn, Chủ tịch UBND tỉnh Nguyễn Đăng Bình chủ trì hội nghị giao ban. Bí thư Tỉnh ủy Hoàng Duy Chinh dự.",
    # hold the words, and oftener; but nobody of that name has that post
    "words_a": "Sáng 6/3/2021, tại Đắk Lắk, Bí thư Tỉnh ủy Lê Văn Hòa tập trung, tập trung vào việc của Trung ương. Trung thu ở Đắk Lắk. Bí thư dặn dò.",
    "words_b": "Sáng 7/3/2021, Chủ tịch UBND tỉnh Cao Bằng Lê Văn Hải thăm Bắc Kạn. Bắc Kạn và Bắc Kạn. Chủ tịch nói về Bắc Kạn.",
}


@pytest.fixture(scope="module", params=["embedded", "elastic"])
def officials(request: pytest.FixtureRequest, make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("officials")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(f"Tin trong tỉnh\n{text}\n", encoding="utf-8")
    return load(make_engine(request.param), folder)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Bí thư Trung Đắk Lắk", "secretary"),
        ("bi thu trung dak lak", "secretary"),
        ("Bí thư Đình Trung Đắk Lắk", "secretary"),
        ("Chủ tịch Nghị Đắk Lắk", "secretary"),
        ("chủ tịch Bắc Kạn", "chairman"),
        ("chu tich bac kan", "chairman"),
        ("Bí thư Chinh Bắc Kạn", "chairman"),
    ],
)
def test_the_report_of_the_official_comes_first(officials: Engine, query: str, first: str) -> None:
    hits = search(officials, SearchQuery(tree=parse(query), text=query, highlight=False)).hits
    assert Path(hits[0].id).stem == first


def test_a_report_has_the_keys_of_each_post_with_names_and_provinces() -> None:
    assert "chu tich|bac kan" not in set(called(record(f"Tin trong tỉnh\n{REPORTS['words_b']}\n")))
    keys = set(called(record(f"Tin trong tỉnh\n{REPORTS['chairman']}\n")))
    heads = {"chu tich": ("binh", "dang binh", "nguyen dang binh", "bac kan"), "bi thu": ("chinh", "duy chinh", "hoang duy chinh", "bac kan")}
    assert keys == {f"{head}|{name}" for head, names in heads.items() for name in names}


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("bi thu trung dak lak", ["bi thu|trung", "bi thu|trung dak", "bi thu|trung dak lak"]),
        ("pho chu tich cuong", ["pho chu tich|cuong"]),
        ("hop bi thu", []),
        ("canh ve cho bi thu tinh uy", []),
        ("chi thu trung dak lak", []),
        ("", []),
    ],
)
def test_what_a_query_may_mean(query: str, keys: list[str]) -> None:
    assert list(asked(query.split())) == keys
