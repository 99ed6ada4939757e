"""The HTTP API: answers, refusals, and what holds for every answer."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.errors import OUTCOMES
from api.parameters import build_query
from api.render import facet_dict, report_dict, results_dict
from indexer import errors
from indexer.engine.contract import Engine
from indexer.engine.schema import FACETS
from indexer.search import search
from tests.api.conftest import HOSTILE, Away
from tests.snapshots import FOLDER, SNAPSHOTS

# ---------------------------------------------------------------- answers


def test_search_is_what_the_library_answers(client: TestClient, reports: Engine) -> None:
    answer = client.get(
        "/api/search",
        params={
            "q": "tỉnh ủy",
            "not_year": "2020",
            "from": "2024",
            "to": "31/12/2026",
            "facet": ["official", "year"],
            "facet_limit": 3,
            "limit": 2,
            "offset": 1,
        },
    )
    query = build_query(
        "tỉnh ủy", exclude={"year": ["2020"]}, date_from="2024", date_to="2026-12-31", facets=["official", "year"], facet_limit=3, limit=2, offset=1
    )
    expected = results_dict(search(reports, query))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == expected
    assert len(expected["hits"]) == 2
    assert "tỉnh" in answer.text.lower()  # Vietnamese as it is, no escapes


def test_a_filter_given_twice_means_either(client: TestClient) -> None:
    years = [client.get("/api/search", params={"year": year}).json()["total"] for year in ("2020", "2026")]
    assert years == [1, 2]
    assert client.get("/api/search", params={"year": ["2020", "2026"]}).json()["total"] == 3


def test_facet_route_gives_the_facet_of_a_search(client: TestClient, reports: Engine) -> None:
    for name in FACETS:
        answer = client.get(f"/api/facets/{name}", params={"facet_limit": 2, "not_topic": "none"})
        query = build_query("", exclude={"topic": ["none"]}, facets=[name], facet_limit=2, limit=0)
        assert (answer.status_code, answer.json()) == (200, facet_dict(search(reports, query).facets[0]))
    named = client.get("/api/facets/official", params={"prefix": "bui"}).json()["values"]
    assert [value["label"] for value in named] == ["Bùi Văn Cường"]


def test_a_report_by_its_id(client: TestClient, reports: Engine) -> None:
    hits = [hit for hit in client.get("/api/search", params={"q": "độc hại"}).json()["hits"] if hit["url"]]
    assert {hit["url"] for hit in hits} == {article["url"] for article in HOSTILE}
    for hit in hits:
        answer = client.get(f"/api/reports/{quote(hit['id'], safe='')}")
        assert answer.status_code == 200
        assert answer.json() == json.loads(json.dumps(report_dict(reports.get([hit["id"]])[hit["id"]])))


@pytest.mark.parametrize("report_id", ["x/../<b>?a=1&b=%2F#đ", "https://example.org/a//b?c=d", ". .", "a+b", "'\"", "100%", "%E1%BA%AFk.txt"])
def test_an_id_arrives_as_it_is_whatever_characters_it_has(away: Away, cut_off: TestClient, report_id: str) -> None:
    away.error = None
    assert cut_off.get(f"/api/reports/{quote(report_id, safe='')}").status_code == 404
    assert away.ids == [report_id]


def test_status_counts_the_reports(client: TestClient, reports: Engine) -> None:
    info = reports.status()
    status = client.get("/api/status").json()
    assert status["reports"] == 7
    assert status == {name: getattr(info, name) for name in status}


def test_a_walk_by_cursor_gives_each_hit_once(client: TestClient) -> None:
    cursor: str | None = "*"
    seen: list[str] = []
    while cursor is not None:
        answer = client.get("/api/search", params={"cursor": cursor, "limit": 2, "q": "tỉnh"}).json()
        seen += [hit["id"] for hit in answer["hits"]]
        cursor = answer["cursor"]
    everything = client.get("/api/search", params={"q": "tỉnh", "limit": 500}).json()
    assert seen == [hit["id"] for hit in everything["hits"]]
    assert len(seen) == len(set(seen)) == everything["total"] + everything["relaxed"] > 2


def test_an_expired_cursor_is_gone(away: Away, cut_off: TestClient) -> None:
    away.error = errors.CursorExpired("this cursor has rested too long; search again")
    answer = cut_off.get("/api/search", params={"cursor": "*"})
    assert (answer.status_code, answer.json()["title"]) == (410, "Cursor expired")


def test_explain_says_how_the_query_was_read(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "UBND", "explain": "true"}).json()
    assert answer["explanation"]["words"][0]["text"] == "UBND"
    assert answer["hits"][0]["explanation"]


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("address", "status", "field", "suggestion"),
    [
        ("/api/search?pgae=2", 400, "pgae", "offset"),
        ("/api/search?provinces=x", 400, "provinces", "province"),
        ("/api/search?t%E1%BB%89nh=x", 400, "tỉnh", "province"),
        ("/api/search?zzzzzz=", 400, "zzzzzz", None),
        ("/api/status?verbose=1", 400, "verbose", None),
        ("/api/reports/address?q=1", 400, "q", None),
        ("/api/search?q=a&q=b", 400, "q", None),
        ("/api/search?limit=1&limit=1", 400, "limit", None),
        ("/api/search?q=%ff", 400, "q", None),
        ("/api/search?q=%ed%a0%80", 400, "q", None),
        ("/api/search?%ff=1", 400, "the query string", None),
        ("/api/reports/%ff", 400, "the path", None),
        ("/api/search?limit=ten", 400, "limit", None),
        ("/api/search?limit=1.0", 400, "limit", None),
        ("/api/search?limit=501", 400, "limit", None),
        ("/api/search?limit=%D9%A1", 400, "limit", None),
        ("/api/search?limit=" + "9" * 5000, 400, "limit", None),
        ("/api/search?offset=-1", 400, "offset", None),
        ("/api/search?offset=10000", 422, "offset", "cursor"),
        ("/api/search?cursor=", 400, "cursor", None),
        ("/api/search?cursor=*&offset=1", 400, "offset", None),
        ("/api/search?from=2024-02-31", 400, "from", None),
        ("/api/search?from=2025&to=2024", 400, "to", None),
        ("/api/search?sort=newst", 400, "sort", "newest"),
        ("/api/search?explain=yes", 400, "explain", None),
        ("/api/search?facet=topik", 400, "facet", "topic"),
        ("/api/search?topic=", 400, "topic", None),
        ("/api/search?province=Dak%20Lac", 400, "province", "Đắk Lắk"),
        ("/api/facets/topik", 400, "name", "topic"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_to_change(client: TestClient, address: str, status: int, field: str, suggestion: str | None) -> None:
    answer = client.get(address)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["field"], problem.get("suggestion")) == (status, status, field, suggestion)
    assert problem["type"].startswith("urn:baocao:error:")
    assert suggestion is None or repr(suggestion) in problem["detail"] or suggestion in problem["detail"]


def test_a_malformed_query_points_at_the_character(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "đắk lắk (tỉnh"})
    assert (answer.status_code, answer.json()["title"], answer.json()["position"]) == (400, "Malformed query", 8)


@pytest.mark.parametrize("cursor", ["x", "eyJ", "****", "W10", "a" * 5000, "bnVsbA"])
def test_a_cursor_of_nobody_is_refused(client: TestClient, cursor: str) -> None:
    answer = client.get("/api/search", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["title"]) == (400, "Unusable cursor")


def test_a_cursor_of_another_query_is_refused(client: TestClient) -> None:
    cursor = client.get("/api/search", params={"q": "tỉnh", "cursor": "*", "limit": 1}).json()["cursor"]
    assert client.get("/api/search", params={"q": "huyện", "cursor": cursor, "limit": 1}).status_code == 400


@pytest.mark.parametrize("address", ["/api/reports/nobody", "/api/reports/" + "a" * 3000, "/api/reports/%00", "/api/reports/..%2f..%2fetc%2fpasswd"])
def test_an_unknown_report_is_not_found(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["title"]) == (404, "No such report")


def test_an_unknown_address_names_the_nearest(client: TestClient) -> None:
    answer = client.get("/api/serach?q=1")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "there is nothing at this address; did you mean /api/search?",
    }
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/docs").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/api/search", "/api/reports/address", "/healthz", "/static/style.css", "/openapi.json"])
def test_the_server_only_reads(client: TestClient, method: str, address: str) -> None:
    answer = client.request(method, address)
    assert (answer.status_code, answer.headers["allow"], answer.headers["content-type"]) == (405, "GET, HEAD", "application/problem+json")


# ---------------------------------------------------------------- every answer


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=(",
        "/reports/address",
        "/reports/nobody",
        "/api/search",
        "/api/search?x=1",
        "/healthz",
        "/openapi.json",
        "/static/style.css",
        "/nothing",
        "/%ff",
    ],
)
def test_every_answer_has_the_security_headers_and_head_has_no_body(client: TestClient, address: str) -> None:
    answer, head = client.get(address), client.head(address)
    policy = {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in answer.headers["content-security-policy"].split("; ")}
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "connect-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert ("access-control-allow-origin" in answer.headers) == (address.startswith("/api/") or address == "/openapi.json")
    assert "access-control-allow-credentials" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers
    assert (head.status_code, head.content, head.headers["content-type"]) == (answer.status_code, b"", answer.headers["content-type"])
    assert head.headers["content-length"] == str(len(answer.content))


def test_a_bug_tells_nothing_of_the_inside(away: Away, cut_off: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    away.error = RuntimeError("password=hunter2 in /srv/index")
    for address in ("/api/search", "/", "/api/status", "/readyz"):
        answer = cut_off.get(address)
        assert answer.json() == {
            "type": "about:blank",
            "title": "Internal error",
            "status": 500,
            "detail": "something failed that should not; the server's log says more",
        }
        assert answer.headers["content-type"] == "application/problem+json"
        assert "content-security-policy" in answer.headers


def test_every_error_of_ours_becomes_its_problem(away: Away, cut_off: TestClient) -> None:
    kinds = {errors.QuerySyntaxError: ("message", 3), errors.InvalidFilter: ("message", "topic", "kinh-te"), errors.InputRejected: ("place", "message")}
    documented = cut_off.get("/openapi.json").json()["paths"]["/api/search"]["get"]["responses"]
    for kind, row in OUTCOMES.items():
        away.error = kind(*kinds.get(kind, ("message",)))
        answer = cut_off.get("/api/search")
        assert (answer.status_code, answer.json()["title"]) == (row.status, row.title)
        assert "message" in answer.json()["detail"]
        assert ("retry-after" in answer.headers) == (row.status == 503)
        reaches_a_search = kind not in (errors.BaocaoError, errors.SettingsError, errors.ReportNotFound, errors.EntityNotFound, errors.InputRejected)
        assert (str(row.status) in documented) >= reaches_a_search


# ---------------------------------------------------------------- the description


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_the_description_is_the_one_that_was_reviewed(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == SNAPSHOTS[name](), "if the change is meant: make docs, and review the difference"


def test_every_facet_is_a_filter_an_exclusion_and_countable(client: TestClient) -> None:
    parameters = {p["name"]: p for p in client.get("/openapi.json").json()["paths"]["/api/search"]["get"]["parameters"]}
    assert set(FACETS) | {f"not_{facet}" for facet in FACETS} <= parameters.keys()
    assert parameters["facet"]["schema"]["items"]["enum"] == list(FACETS)
    assert all(p["description"] and p["in"] == "query" for p in parameters.values())
