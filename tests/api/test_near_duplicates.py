"""Near-duplicates and similar reports as the command line, the API and the page show them: three prints of one report, and some other reports."""

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
    {"id": "a/similar", "source": "gialai.gov.vn", "title": "Cà phê Gia Lai", "body": "Nông dân Gia Lai xuất khẩu cà phê, cao su."},
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
    assert {value["label"]: value["count"] for value in counted["values"]} == {"baodaklak.vn": 1, "daklak.gov.vn": 1, "gialai.gov.vn": 2}
    walked, cursor = [], "*"
    while cursor:
        page = client.get("/api/search", params={"group": "true", "sort": "oldest", "limit": 1, "cursor": cursor}).json()
        walked += [(hit["id"], hit["duplicates"]) for hit in page["hits"]]
        cursor = page["cursor"]
    assert walked == [("khac", 0), ("bao", 2), ("a/similar", 0)]


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
    assert run("search", "--group", "--format", "ids").out.splitlines() == ["bao", "khac", "a/similar"]
    assert run("search", "--group", "--all", "--format", "ids").out.splitlines() == ["bao", "khac", "a/similar"]
    assert sorted(run("search", "--in-group", "bao", "--format", "ids").out.split()) == ["bao", "cong", "dai"]
    assert run("search", "--in-group", "khac").code == 1
    assert [line["count"] for line in run("facets", "source", "--group", "--format", "jsonl").lines] == [2, 1, 1]


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


# ---------------------------------------------------------------- similar reports


def test_similar_reports_of_the_api(client: TestClient) -> None:
    answer = client.get("/api/reports/khac/similar").json()
    assert (answer["id"], answer["group"], answer["hits"][0]["id"]) == ("khac", None, "a/similar")
    assert len(answer["hits"]) == answer["total"]
    answer = client.get("/api/reports/cong/similar", params={"limit": 2}).json()
    assert (answer["group"], {(hit["id"], hit["group"]) for hit in answer["hits"]}) == ("bao", {("bao", "bao"), ("dai", "bao")})
    grouped = client.get("/api/reports/cong/similar", params={"group": "true", "explain": "true"}).json()
    assert not {"cong", "bao", "dai"} & {hit["id"] for hit in grouped["hits"]}
    assert grouped["explanation"]["words"][0]["kind"] == "telling word"
    assert [hit["id"] for hit in client.get("/api/reports/khac/similar", params={"source": "gialai.gov.vn"}).json()["hits"]] == ["a/similar"]


def test_an_id_that_ends_in_similar_is_an_id(client: TestClient) -> None:
    assert client.get("/api/reports/a%2Fsimilar").json()["id"] == "a/similar"
    assert client.get("/api/reports/a%2Fsimilar/similar").json()["id"] == "a/similar"
    assert "Nông dân Gia Lai" in page(client, "/reports/a%2Fsimilar").text()


def test_similar_reports_that_cannot_be_given(client: TestClient) -> None:
    assert client.get("/api/reports/nothing/similar").status_code == 404
    assert client.get("/reports/nothing/similar").status_code == 404
    assert client.get("/api/reports/khac/similar", params={"q": "x"}).json()["field"] == "q"
    assert client.get("/api/reports/khac/similar", params={"offset": "9999"}).status_code == 422
    assert client.get("/reports/khac/similar", params={"limit": "0"}).status_code == 400


def test_similar_reports_of_the_command_line(engine: Engine, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_ENGINE", settings_of(engine).engine)
    monkeypatch.setenv("BAOCAO_INDEX", settings_of(engine).index)
    assert set(run("similar", "cong", "--limit", "2", "--format", "ids").out.split()) == {"bao", "dai"}
    assert not {"cong", "bao", "dai"} & set(run("similar", "cong", "--group", "--format", "ids").out.split())
    shown = run("similar", "khac", "--explain")
    assert (shown.code, shown.out.splitlines()[0].replace("«", "").replace("»", "")) == (0, "  1. Cà phê Gia Lai")
    assert "telling word" in shown.err
    assert run("similar", "khac", "--format", "json").json["hits"][0]["id"] == "a/similar"
    assert run("similar", "khac", "--source", "daklak.gov.vn", "--year", "2019").code == 1
    unknown = run("similar", "nothing")
    assert (unknown.code, unknown.err) == (
        run("show", "nothing").code,
        "baocao: there is no report 'nothing'; 'baocao search --format ids' lists what there is\n",
    )


def test_similar_reports_of_the_page(client: TestClient) -> None:
    assert "/reports/cong/similar" in page(client, "/reports/cong").links()
    shown = page(client, "/reports/khac/similar")
    assert {"/reports/khac", "/reports/a%2Fsimilar"} <= set(shown.links())
    assert not {"/reports/bao", "/reports/dai"} & set(page(client, "/reports/cong/similar").links())
    assert "/reports/khac/similar?limit=1&offset=1" in page(client, "/reports/khac/similar", limit="1").links()
