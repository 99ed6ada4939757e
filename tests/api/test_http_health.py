"""Health, readiness, and an engine that is away, hangs, comes back, is closed."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import api.app
from api.app import create_app
from indexer.engine.contract import Engine
from indexer.settings import Settings
from tests.api.conftest import Away
from tests.pace import allowed


def test_healthy(client: TestClient) -> None:
    for address in ("/healthz", "/readyz"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_says_no_and_recovers_by_itself(away: Away, cut_off: TestClient) -> None:
    assert [cut_off.get(address).status_code for address in ("/readyz", "/healthz", "/api/search")] == [503, 200, 503]
    away.error = None
    assert [cut_off.get(address).status_code for address in ("/readyz", "/healthz", "/api/search")] == [200, 200, 200]


def test_readyz_does_not_wait_for_an_engine_that_hangs(away: Away, cut_off: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert api.app.READY_DEADLINE <= 5  # of the 10 seconds that are promised
    monkeypatch.setattr(api.app, "READY_DEADLINE", 0.1)
    away.hold, away.error = threading.Event(), None
    try:
        answers = [cut_off.get("/readyz") for _ in range(5)]
        assert {answer.status_code for answer in answers} == {503}
        assert "did not answer within" in answers[0].json()["detail"]
        assert away.asked == 1  # the others waited for the same answer: no thread for each
    finally:
        away.hold.set()
    deadline = time.monotonic() + 5
    while cut_off.get("/readyz").status_code != 200:
        assert time.monotonic() < deadline


def test_healthz_answers_while_every_thread_waits_for_the_engine(away: Away, cut_off: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.app, "READY_DEADLINE", 0.1)
    away.hold, away.error = threading.Event(), None
    with ThreadPoolExecutor(50) as crowd:
        searches = [crowd.submit(cut_off.get, "/api/search") for _ in range(50)]
        try:
            deadline = time.monotonic() + 10
            while away.asked < 40:  # the threads of the server's pool
                assert time.monotonic() < deadline
                time.sleep(0.01)
            begun = time.monotonic()
            assert [cut_off.get(address).status_code for address in ("/healthz", "/readyz", "/openapi.json")] == [200, 503, 200]
            assert time.monotonic() - begun < allowed(2)
        finally:
            away.hold.set()
        assert {search.result().status_code for search in searches} == {200}


def test_the_server_starts_without_its_engine(tmp_path: Path) -> None:
    elastic = Settings(engine="http://127.0.0.1:9", read_timeout=0.5)
    embedded = Settings(engine=f"embedded:{tmp_path / 'nothing'}")
    for settings, title in ((elastic, "Search engine unreachable"), (embedded, "Nothing indexed yet")):
        with TestClient(create_app(settings)) as client:
            begun = time.monotonic()
            assert client.get("/healthz").status_code == 200
            for address in ("/readyz", "/api/search", "/api/facets/topic", "/api/officials", "/api/officials/x", "/api/places/P66a", "/api/documents/x"):
                answer = client.get(address)
                assert (answer.status_code, answer.json()["title"], answer.headers["retry-after"]) == (503, title, "5")
            assert client.get("/").status_code == 503
            assert time.monotonic() - begun < allowed(10)


def test_the_server_closes_what_it_opened_and_nothing_else(away: Away, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Away] = []

    def open_engine(settings: Settings) -> Engine:
        opened.append(Away())
        return opened[0]

    monkeypatch.setattr(api.app, "open_engine", open_engine)
    with TestClient(create_app(replace(Settings(), engine="embedded:x"))):
        assert [engine.closed for engine in opened] == [False]
    assert [engine.closed for engine in opened] == [True]
    with TestClient(create_app(Settings(), away)):
        pass
    assert not away.closed
