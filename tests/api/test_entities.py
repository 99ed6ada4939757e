"""Officials, places and documents on the command line and over HTTP: one shape, one set of errors, tables for eyes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from api.entities_render import OFFICIAL_COLUMNS, document_dict, officials_dict, person_dict, place_dict, places_dict
from indexer import entities
from indexer.engine import open_engine
from indexer.engine.contract import Engine
from indexer.settings import Settings
from tests.api.conftest import Run
from tests.conftest import CORPUS

# ---------------------------------------------------------------- HTTP


def test_routes_answer_what_the_library_says(client: TestClient, reports: Engine) -> None:
    expected = {
        "/api/officials?q=bi+thu&limit=3&offset=1": officials_dict(*entities.officials(reports, "bi thu", 3, 1)),
        "/api/officials": officials_dict(*entities.officials(reports)),
        "/api/officials/bui-van-cuong": person_dict(entities.official(reports, "bui-van-cuong")),
        "/api/places?q=lak": places_dict(*entities.places(reports, "lak"), None),
        "/api/places?q=Dak+Lac": places_dict(0, (), "Đắk Lắk"),
        "/api/places/D656a": place_dict(entities.place(reports, "D656a")),
        f"/api/documents/{quote('35-CT/TW', safe='')}": document_dict(entities.document(reports, "35-CT/TW")),
        "/api/documents/35%20ct/tw": document_dict(entities.document(reports, "35-CT/TW")),
    }
    for address, shape in expected.items():
        answer = client.get(address)
        assert (answer.status_code, answer.json()) == (200, json.loads(json.dumps(shape))), address
    assert client.get("/api/officials?q=bui").json()["officials"][0]["key"] == "bui-van-cuong"
    posts = client.get("/api/officials/bui-van-cuong").json()["posts"]
    assert [(post["label"], post["count"]) for post in posts] == [("Ủy viên Trung ương Đảng", 1), ("Bí thư Tỉnh ủy", 1)]


@pytest.mark.parametrize(
    ("address", "status", "field", "suggestion"),
    [
        ("/api/officials?name=x", 400, "name", None),
        ("/api/officials?query=x", 400, "query", "q"),
        ("/api/officials?limit=501", 400, "limit", None),
        ("/api/officials?limit=ten", 400, "limit", None),
        ("/api/officials?offset=-1", 400, "offset", None),
        ("/api/officials?q=%00", 400, "q", None),
        ("/api/officials?q=" + "a" * 513, 400, "q", None),
        ("/api/officials/bui-van-cuong?q=1", 400, "q", None),
        ("/api/officials/bui-van-cuog", 404, None, "bui-van-cuong"),
        ("/api/officials/%00", 400, "key", None),
        ("/api/places", 400, "q", None),
        ("/api/places?q=+", 400, "q", None),
        ("/api/places?offset=1000001&q=a", 400, "offset", None),
        ("/api/places/P99", 404, None, None),
        ("/api/places/huy%E1%BB%87n%20L%E1%BA%AFk", 404, None, "D656a"),
        ("/api/documents/36-CT/TW", 404, None, "35-CT/TW"),
        ("/api/documents/" + "9" * 600, 400, "number", None),
    ],
)
def test_what_cannot_be_answered_says_what_to_change(client: TestClient, address: str, status: int, field: str | None, suggestion: str | None) -> None:
    answer = client.get(address)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem.get("field"), problem.get("suggestion")) == (status, field, suggestion)
    assert problem["type"] == f"urn:baocao:error:{'invalid-filter' if status == 400 else 'entity-not-found'}"


def test_answers_are_as_described(app: FastAPI, client: TestClient) -> None:
    import schemathesis

    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    keys = [row["key"] for row in client.get("/api/officials?limit=500").json()["officials"]]
    assert len(keys) > 10
    addresses = [("/api/officials", "/api/officials?limit=500"), ("/api/places", "/api/places?q=Gia+Lai"), ("/api/places", "/api/places?q=zzzz")]
    addresses += [("/api/officials/{key}", f"/api/officials/{key}") for key in keys]
    addresses += [("/api/places/{id}", f"/api/places/{unit}") for unit in ("P66a", "P66b", "D656a", "W24580a", "W24580b", "P99")]
    numbers = [value["value"] for value in client.get("/api/facets/document").json()["values"]]
    addresses += [("/api/documents/{number}", f"/api/documents/{quote(number, safe='')}") for number in numbers]
    for path, address in addresses:
        schema[path]["GET"].validate_response(client.get(address))


# ---------------------------------------------------------------- the command line


def test_every_format_of_officials_holds_the_same(run: Run) -> None:
    code, out, err = run("officials", "bi thu tinh", "--format", "json")
    shape = json.loads(out)
    rows = shape["officials"]
    assert (code, err, shape["total"], len(rows) > 1) == (0, "", len(rows), True)
    assert [json.loads(line) for line in run("officials", "bi thu tinh", "--format", "jsonl")[1].splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(run("officials", "bi thu tinh", "--format", "csv")[1], newline="")))
    assert (tuple(table[0]), [row["key"] for row in table]) == (OFFICIAL_COLUMNS, [row["key"] for row in rows])
    assert run("officials", "bi thu tinh", "--limit", "1", "--offset", "1", "--format", "jsonl")[1].splitlines() == [json.dumps(rows[1], ensure_ascii=False)]


def test_tables_for_eyes(run: Run) -> None:
    assert run("officials", "cuong") == (
        0,
        "Bùi Văn Cường · 1 report · Đắk Lắk · bui-van-cuong\n    Bí thư Tỉnh ủy; Ủy viên Trung ương Đảng\n",
        "1 official found\n",
    )
    code, out, _ = run("official", "bui-van-cuong")
    assert (code, out.splitlines()[:4]) == (0, ["Bùi Văn Cường", "1 report · Đắk Lắk · bui-van-cuong", "", "Ủy viên Trung ương Đảng · 1 report"])
    assert "“Bí thư Tỉnh ủy” [posts " in out
    code, out, err = run("places", "lak")
    assert (code, out.splitlines()[:2], err) == (
        0,
        ["huyện Lắk, Đắk Lắk · to 30 June 2025 · D656a", "  lies in   Đắk Lắk (đến 6/2025) [P66a]"],
        "1 place found\n",
    )
    code, out, _ = run("document", "35 CT / TW")
    assert (code, out.splitlines()[0], "“35-CT/TW” [documents " in out) == (0, "35-CT/TW · 1 report", True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("officials", "nobody"), 1, "0 officials found"),
        (("officials", "Bùi", "Văn"), 2, "give the query as one argument"),
        (("officials", "--limit", "501"), 2, "limit must be between 0 and 500, not 501"),
        (("officials", "--format", "xml"), 2, "format must be"),
        (("official", "bui-van-cuog"), 1, "did you mean 'bui-van-cuong'?"),
        (("places", "Dak Lac"), 1, "did you mean 'Đắk Lắk'?"),
        (("places", " "), 2, "NAME is empty"),
        (("document", "36-CT/TW"), 1, "no report cites '36-CT/TW'; did you mean '35-CT/TW'"),
        (("document", "\x1b[2J"), 2, "NUMBER holds a character that no value has"),
    ],
)
def test_nothing_found_or_a_wrong_line_says_so(run: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    ended, out, err = run(*arguments)
    assert (ended, out, message in err) == (code, "", True), err


def test_an_old_key_is_answered_with_the_new_one(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    manual = tmp_path / "persons.tsv"
    manual.write_text("merge\tbui-van-cuong\tcuong-dak-lak\n", encoding="utf-8")
    address = f"embedded:{tmp_path / 'index'}"
    monkeypatch.setenv("BAOCAO_PERSONS", str(manual))
    assert main(["--engine", address, "index", str(CORPUS), "--workers", "1"]) == 0
    capsys.readouterr()
    assert main(["--engine", address, "official", "bui-van-cuong", "--format", "json"]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert (shape["key"], shape["redirected_from"], shape["reports"]) == ("cuong-dak-lak", "bui-van-cuong", 1)
    assert main(["--engine", address, "official", "bui-van-cuong"]) == 0
    assert capsys.readouterr().out.splitlines()[1:3] == ["1 report · Đắk Lắk · cuong-dak-lak", "formerly bui-van-cuong"]
    engine = open_engine(Settings(engine=address))
    with TestClient(create_app(Settings(), engine)) as old_and_new:
        assert old_and_new.get("/api/officials/bui-van-cuong").json() == shape
        assert old_and_new.get("/api/officials/cuong-dak-lak").json() == {**shape, "redirected_from": None}
    engine.close()


def test_json_on_the_command_line_is_the_answer_over_http(run: Run, client: TestClient) -> None:
    for arguments, address in (
        (("official", "bui-van-cuong"), "/api/officials/bui-van-cuong"),
        (("places", "D656a"), "/api/places?q=D656a"),
        (("document", "35-CT/TW"), "/api/documents/35-CT/TW"),
    ):
        code, out, _ = run(*arguments, "--format", "json")
        assert (code, json.loads(out)) == (0, client.get(address).json())
