"""Near-duplicates as the command line, the API and the page show them: three prints of one report, and one other report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from indexer.engine.contract import Engine
from indexer.settings import Settings
from tests.api.conftest import Run
from tests.api.test_page import page
from tests.conftest import MakeEngine, load, settings_of

STORY = (
    "Ngày 18/3/2024, Tỉnh ủy Đắk Lắk tổ chức hội nghị sơ kết công tác xây dựng Đảng quý I và triển khai nhiệm vụ thời gian tới. "
    "Hội nghị đánh giá, các cấp ủy đã lãnh đạo thực hiện tốt nhiệm vụ phát triển kinh tế, giữ vững quốc phòng, an ninh trên địa bàn, "
    "đời sống nhân dân tiếp tục được nâng lên, số hộ nghèo giảm so với cùng kỳ."
)
ARTICLES = [
    {"id": "cong", "source": "daklak.gov.vn", "title": "Tỉnh ủy sơ kết quý I", "body": STORY},
    {"id": "bao", "source": "baodaklak.vn", "title": "Đắk Lắk sơ kết công tác xây dựng Đảng", "body": f"{STORY}\nTheo Báo Đắk Lắk."},
    {"id": "dai", "source": "baodaklak.vn", "title": "Sơ kết công tác Đảng quý I", "body": f"{STORY} Tin: Kim Bảo."},
    {
        "id": "khac",
        "source": "gialai.gov.vn",
        "title": "Gia Lai bàn về cà phê",
        "body": "Sáng 5/2/2024, hội nghị ở Gia Lai bàn về xuất khẩu cà phê, cao su, hồ tiêu.",
    },
]


@pytest.fixture(scope="module")
def engine(make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    file: Path = tmp_path_factory.mktemp("copies") / "copies.jsonl"
    file.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES), encoding="utf-8")
    return load(make_engine("embedded"), file)


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), engine)) as client:
        yield client


def test_the_api(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "sơ kết", "group": "true", "facet": "source"}).json()
    (hit,) = (hit for hit in answer["hits"] if not hit["relaxed"])
    assert (answer["total"], hit["group"], hit["duplicates"]) == (1, "bao", 2)
    assert {value["label"]: value["count"] for value in answer["facets"][0]["values"]} == {"daklak.gov.vn": 1, "baodaklak.vn": 1}
    members = client.get("/api/search", params={"in_group": "bao"}).json()
    assert {hit["id"] for hit in members["hits"]} == {"cong", "bao", "dai"}
    assert not any("duplicates" in hit for hit in members["hits"])
    assert client.get("/api/reports/khac").json()["group"] is None
    counted = client.get("/api/facets/source", params={"group": "true"}).json()
    assert {value["label"]: value["count"] for value in counted["values"]} == {"baodaklak.vn": 1, "daklak.gov.vn": 1, "gialai.gov.vn": 1}
    walked, cursor = [], "*"
    while cursor:
        page = client.get("/api/search", params={"group": "true", "sort": "oldest", "limit": 1, "cursor": cursor}).json()
        walked += [(hit["id"], hit["duplicates"]) for hit in page["hits"]]
        cursor = page["cursor"]
    assert walked == [("khac", 0), ("bao", 2)]


def test_a_representative_is_among_the_reports_that_pass_the_filters(client: TestClient) -> None:
    answer = client.get("/api/search", params={"source": "daklak.gov.vn", "group": "true"}).json()
    assert [(hit["id"], hit["group"], hit["duplicates"]) for hit in answer["hits"]] == [("cong", "bao", 0)]


@pytest.mark.parametrize("name", ["group", "explain"])
def test_a_switch_is_true_or_false(client: TestClient, name: str) -> None:
    problem = client.get("/api/search", params={name: "yes"})
    assert (problem.status_code, problem.json()["field"]) == (400, name)
    assert client.get("/api/search", params={"in_group": " "}).json()["field"] == "in_group"


def test_the_command_line(engine: Engine, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_ENGINE", settings_of(engine).engine)
    monkeypatch.setenv("BAOCAO_INDEX", settings_of(engine).index)
    found = run("search", "sơ kết", "--group", "--match", "any")
    assert (found.code, found.out.count("+2 near-duplicates (--in-group bao)")) == (0, 1)
    assert "1 report found, near-duplicates grouped" in found.err
    assert run("search", "--group", "--format", "ids").out.splitlines() == ["bao", "khac"]
    assert run("search", "--group", "--all", "--format", "ids").out.splitlines() == ["bao", "khac"]
    assert sorted(run("search", "--in-group", "bao", "--format", "ids").out.split()) == ["bao", "cong", "dai"]
    assert run("search", "--in-group", "khac").code == 1
    assert [line["count"] for line in run("facets", "source", "--group", "--format", "jsonl").lines] == [1, 1, 1]


def test_the_page(client: TestClient) -> None:
    plain = page(client, q="sơ kết")
    assert ("input", {"name": "group", "type": "checkbox", "value": "true"}) in plain.elements
    grouped = page(client, q="sơ kết", group="true")
    assert ("input", {"name": "group", "type": "checkbox", "value": "true", "checked": None}) in grouped.elements
    (link,) = [link for link in grouped.links() if "in_group=bao" in link]
    assert link == "/?q=s%C6%A1+k%E1%BA%BFt&in_group=bao"
    members = page(client, link)
    assert "3 báo cáo" in members.text()
    assert "/?q=s%C6%A1+k%E1%BA%BFt" in members.links()  # takes the filter back
    copies = page(client, "/reports/cong")
    assert {"/reports/bao", "/reports/dai"} <= set(copies.links())
    assert "/reports/bao" not in page(client, "/reports/khac").links()
