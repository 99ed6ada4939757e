"""Requests made from the OpenAPI description, right and wrong ones: every answer is one that the description promises.

schemathesis plays its own examples, the border values of each parameter, and generated requests; all in this process.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from schemathesis import GenerationMode
from schemathesis.config import HealthCheck
from schemathesis.engine import events, from_schema

from indexer.engine.schema import FACETS

# Left out: positive_data_acceptance, since a value of the right form may still be refused by its meaning (2024-02-31, a
# province that does not exist), and the checks of logins and of stored resources, of which there are none.
CHECKS = {
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
}
EXAMPLES = 60  # generated requests for each route and mode: some 20 s in all on one core


def test_no_undocumented_answer(app: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    schema.config.generation.update(modes=list(GenerationMode), max_examples=EXAMPLES, deterministic=True, database="none")
    schema.config.checks.update(included_check_names=sorted(CHECKS))
    schema.config.suppress_health_check = [HealthCheck.all]
    answers: Counter[tuple[str, int]] = Counter()
    failures: list[str] = []
    for event in from_schema(schema).execute():
        if isinstance(event, (events.FatalError, events.NonFatalError)):
            failures.append(str(event.exception) if isinstance(event, events.FatalError) else f"{event.label}: {event.info.format()}")
        if isinstance(event, events.ScenarioFinished):
            answers.update((event.recorder.label, i.response.status_code) for i in event.recorder.interactions.values() if i.response is not None)
            failed = [check.failure_info for checks in event.recorder.checks.values() for check in checks if check.failure_info is not None]
            failures += [f"{event.recorder.label}: {info.failure}\n{info.code_sample}" for info in failed]
    assert failures == []
    assert sum(answers.values()) > 500
    assert {("GET /api/search", 200), ("GET /api/search", 400), ("GET /api/facets/{name}", 200), ("GET /api/reports/{id}", 404)} <= answers.keys()
    assert {("GET /api/officials", 200), ("GET /api/officials/{key}", 404), ("GET /api/places", 200), ("GET /api/documents/{number}", 404)} <= answers.keys()
    assert {("GET /api/suggest", 200), ("GET /api/suggest", 400)} <= answers.keys()


def test_answers_about_real_reports_are_as_described(app: FastAPI, client: TestClient) -> None:
    """What generated requests seldom reach: records in full, explanations, cursors, a window exceeded."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    first = client.get("/api/search", params={"q": "tỉnh UBND", "explain": "true", "facet": list(FACETS), "cursor": "*", "limit": 1})
    everything = client.get("/api/search", params={"limit": 500})
    answers = [
        ("/api/search", first, 200),
        ("/api/search", client.get("/api/search", params={"q": "tỉnh UBND", "cursor": first.json()["cursor"], "limit": 1}), 200),
        ("/api/search", everything, 200),
        ("/api/search", client.get("/api/search", params={"offset": 10_000}), 422),
        *(("/api/facets/{name}", client.get(f"/api/facets/{name}"), 200) for name in FACETS),
        *(("/api/reports/{id}", client.get(f"/api/reports/{quote(hit['id'], safe='')}"), 200) for hit in everything.json()["hits"]),
    ]
    assert len(everything.json()["hits"]) == 7
    for path, answer, status in answers:
        assert answer.status_code == status
        schema[path]["GET"].validate_response(answer)
