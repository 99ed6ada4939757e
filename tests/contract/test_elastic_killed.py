"""An Elasticsearch that is killed (kill -9) under a load: what was acknowledged is there, once, and the load goes on by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from indexer.engine.contract import Request
from indexer.engine.elastic import ElasticEngine
from indexer.errors import EngineUnreachable
from indexer.settings import Settings
from tests import server
from tests.contract.worlds import document
from tests.pace import allowed

A, B = document("a", "đắk lắk"), document("b", "gia lai")


@pytest.fixture(scope="module")
def mortal() -> Iterator[server.OwnServer]:
    with server.own_server() as running:
        yield running


def test_elasticsearch_killed_while_loading_and_started_again_loses_nothing(mortal: server.OwnServer) -> None:
    engine = ElasticEngine(mortal.url, Settings(index="mortal"))
    batches = [[document(f"d{batch:03}x{n}", f"đắk w{n}") for n in range(40)] for batch in range(60)]
    done: list[str] = []
    failures: list[BaseException] = []

    def load() -> None:
        try:
            with engine.writer() as writer:
                for batch in batches:
                    assert writer.put(batch) == []
                    done.extend(d.id for d in batch)
                    time.sleep(0.02)
                writer.publish()
        except BaseException as error:
            failures.append(error)
            raise

    loader = threading.Thread(target=load)
    loader.start()
    for goal in (400, 1_200):
        while len(done) < goal and loader.is_alive():
            time.sleep(0.005)
        mortal.kill()
        with pytest.raises(EngineUnreachable):
            engine.check()
        mortal.restart()
    loader.join(120)
    assert (failures, loader.is_alive()) == ([], False)
    assert ids_of_all(engine) == sorted(d.id for batch in batches for d in batch)
    assert engine.status().writer is None
    engine.close()


def test_readyz_says_no_while_elasticsearch_is_gone_and_recovers_by_itself(mortal: server.OwnServer) -> None:
    settings = Settings(engine=mortal.url, index="ready")
    engine = ElasticEngine(mortal.url, settings)
    with engine.writer() as writer:
        assert writer.put([A, B]) == []
        writer.publish()
    engine.close()
    with TestClient(create_app(settings)) as client:
        assert client.get("/readyz").status_code == 200
        mortal.kill()
        begun = time.monotonic()
        refused = [client.get(address) for address in ("/readyz", "/api/search")]
        assert time.monotonic() - begun < allowed(2 * 10)
        assert [(answer.status_code, answer.headers["content-type"]) for answer in refused] == [(503, "application/problem+json")] * 2
        assert client.get("/healthz").status_code == 200
        mortal.restart()
        deadline = time.monotonic() + 30
        while client.get("/readyz").status_code != 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert client.get("/api/search?limit=1").json()["total"] == 2


def test_elasticsearch_that_stays_away_ends_the_load_and_the_next_one_goes_on(mortal: server.OwnServer) -> None:
    engine = ElasticEngine(mortal.url, Settings(index="away", write_patience=1.0))
    with engine.writer() as writer:
        writer.put([A])
        mortal.kill()
        with pytest.raises(EngineUnreachable, match="is it running"):
            writer.put([B])
    mortal.restart()
    with engine.writer() as writer:  # the lock that could not be given back was this process's own
        assert sorted(writer.known()) == ["a"]
        writer.put([B])
        writer.publish()
    assert ids_of_all(engine) == ["a", "b"]
    engine.close()


def ids_of_all(engine: ElasticEngine) -> list[str]:
    found: list[str] = []
    answer = engine.execute(Request(limit=500, view=""))
    found += [hit.id for hit in answer.hits]
    while answer.after is not None:
        answer = engine.execute(Request(limit=500, view=answer.view, after=answer.after))
        found += [hit.id for hit in answer.hits]
    return found
