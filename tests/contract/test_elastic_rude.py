"""Elasticsearch or something before it that misbehaves: every action of a load is accounted for, every read ends in time with one clear error."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import Any

import pytest

from analyzers import ANALYZER_VERSION
from indexer.engine import elastic, elastic_client, schema
from indexer.engine.contract import Request
from indexer.engine.elastic import ElasticEngine
from indexer.engine.elastic_bulk import Outcome, index_action, send
from indexer.engine.elastic_client import Connection
from indexer.engine.versions import build_index_name
from indexer.errors import EngineError, EngineRefused, EngineUnreachable, IndexMissing, SettingsError, WriterBusy
from indexer.settings import Settings
from tests.contract import rude
from tests.pace import allowed

ACTIONS = {f"r{n}": index_action(f"r{n}", {"id": f"r{n}"}) for n in range(8)}
ALL = {name: Outcome("created") for name in ACTIONS}
SECRET = "s3cr3t-p4ss"
LOGIN = Settings(username="elastic", password=SECRET, write_patience=1.0, read_timeout=1.0)
REJECTED = ("es_rejected_execution_exception", "queue full")
BLOCKED = ("cluster_block_exception", "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]")


def load(server: rude.Rude, settings: Settings = LOGIN) -> dict[str, Outcome]:
    connection = Connection(server.url, settings)
    try:
        return send(connection, "baocao.write", ACTIONS)
    finally:
        connection.close()


PASSING: dict[str, rude.Answer] = {
    "items 429": rude.items(429, *REJECTED),
    "some items 429": rude.items(429, *REJECTED, which=slice(2, 5)),
    "an item 503": rude.items(503, "unavailable_shards_exception", "primary shard is not active", which=slice(0, 1)),
    "items while starting": rude.items(503, "cluster_block_exception", "state not recovered / initialized"),
    "items 500": rude.items(500, "illegal_state_exception", "closing"),
    "429": rude.whole(429, *REJECTED),
    "502": rude.whole(502),
    "503 while starting": rude.whole(503, "cluster_block_exception", "state not recovered / initialized"),
    "504": rude.whole(504),
    "reset": rude.reset,
    "cut short": rude.cut_short,
    "half of a JSON": rude.body(b'{"items": [{"index":'),
}


@pytest.mark.parametrize("first", PASSING.values(), ids=PASSING.keys())
def test_what_passes_is_sent_again_until_all_is_stored(first: rude.Answer) -> None:
    with rude.rude(first, rude.stored) as server:
        assert load(server) == ALL
        assert sorted({i for batch in server.batches for i in batch}) == sorted(ACTIONS)
        assert [later - earlier >= 0.09 for earlier, later in zip(server.times, server.times[1:], strict=False)] == [True] * (len(server.times) - 1)


def test_only_what_failed_is_sent_again() -> None:
    with rude.rude(rude.items(429, *REJECTED, which=slice(2, 5)), rude.stored) as server:
        assert load(server) == ALL
        assert server.batches == [list(ACTIONS), ["r2", "r3", "r4"]]


def test_what_is_refused_is_named_and_its_neighbours_are_stored() -> None:
    with rude.rude(rude.items(400, "document_parsing_exception", "no such field", which=slice(3, 4))) as server:
        assert load(server) == ALL | {"r3": Outcome(refused="document_parsing_exception: no such field")}
        assert len(server.batches) == 1


@pytest.mark.parametrize("answer", [rude.short_by_two, rude.in_another_order, rude.body(b""), rude.body(b"{}")], ids=["short", "reordered", "none", "other"])
def test_an_answer_that_does_not_fit_is_an_error_and_never_a_count(answer: rude.Answer) -> None:
    with rude.rude(answer) as server, pytest.raises(EngineRefused, match=r"none of them counts as loaded|not as Elasticsearch does"):
        load(server)


@pytest.mark.parametrize(
    "answer",
    [rude.items(429, *BLOCKED), rude.items(403, *BLOCKED, which=slice(7, 8)), rude.whole(429, *BLOCKED), rude.whole(403, *BLOCKED)],
    ids=["item 429", "item 403", "429", "403"],
)
def test_a_full_disk_is_not_waited_for(answer: rude.Answer) -> None:
    with rude.rude(answer) as server:
        began = time.monotonic()
        with pytest.raises(EngineRefused, match="disk of its data node is full"):
            load(server, replace(LOGIN, write_patience=60.0))
        assert (len(server.batches), time.monotonic() - began < allowed(2)) == (1, True)


@pytest.mark.parametrize("status", [401, 403])
def test_missing_rights_are_not_waited_for(status: int) -> None:
    for answer in (rude.whole(status, "security_exception", "unauthorized"), rude.items(status, "security_exception", "unauthorized")):
        with rude.rude(answer) as server:
            with pytest.raises(EngineRefused, match="check the key or user and its rights"):
                load(server, replace(LOGIN, write_patience=60.0))
            assert len(server.batches) == 1


def test_a_writer_whose_alias_is_gone_stops() -> None:
    with rude.rude(rude.items(404, "index_not_found_exception", "no such index")) as server, pytest.raises(WriterBusy, match="run the command again"):
        load(server)


def test_a_batch_that_is_too_large_is_halved_down_to_the_document_that_is() -> None:
    def at_most_two(exchange: rude.Exchange) -> None:
        if len(exchange.ids) > 2 or "r5" in exchange.ids:
            exchange.give(b"", 413)
        else:
            rude.stored(exchange)

    with rude.rude(at_most_two) as server:
        assert load(server) == ALL | {"r5": Outcome(refused="it is larger than the engine takes")}
        assert max(map(len, server.batches[3:])) <= 2


@pytest.mark.parametrize("answer", [rude.items(429, *REJECTED), rude.whole(503), rude.reset, rude.body(b"<html>")], ids=["items", "whole", "reset", "page"])
def test_patience_ends_with_one_clear_error(answer: rude.Answer, caplog: pytest.LogCaptureFixture) -> None:
    with rude.rude(answer) as server, caplog.at_level(logging.WARNING, "baocao"):
        began = time.monotonic()
        with pytest.raises(EngineUnreachable, match=r"127\.0\.0\.1"):
            load(server)
        assert 0.9 <= time.monotonic() - began <= allowed(4)
        assert 3 <= len(server.batches) <= 8
        assert [record.getMessage().endswith("more seconds") for record in caplog.records] == [True]


def test_progress_renews_the_patience(caplog: pytest.LogCaptureFixture) -> None:
    one_more = [rude.items(429, *REJECTED, which=slice(1, None))] * 7
    with rude.rude(*one_more, rude.stored) as server:
        assert load(server, replace(LOGIN, write_patience=0.3)) == ALL
        assert [len(batch) for batch in server.batches] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert caplog.messages[-1] == "Elasticsearch answers again"


def test_a_server_that_hangs_does_not_take_the_whole_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_client, "_WRITE_TRY", 0.3)
    with rude.rude(rude.hang, rude.stored) as server:
        began = time.monotonic()
        assert load(server) == ALL
        assert time.monotonic() - began < allowed(2)


# ---------------------------------------------------------------- reading

PARTIAL = b'{"timed_out":false,"_shards":{"failed":1},"hits":{"total":{"value":9},"hits":[]}}'


READING: dict[str, tuple[rude.Answer, type[EngineError], str]] = {
    "hang": (rude.hang, EngineUnreachable, "did not answer"),
    "drip": (rude.drip, EngineUnreachable, "did not answer"),
    "reset": (rude.reset, EngineUnreachable, "no connection"),
    "cut short": (rude.cut_short, EngineUnreachable, "no connection"),
    "503": (rude.whole(503), EngineUnreachable, "cannot do it now"),
    "429": (rude.whole(429, *REJECTED), EngineUnreachable, "queue full"),
    "a part": (rude.body(PARTIAL), EngineUnreachable, "only a part"),
    "half of a JSON": (rude.body(b"{"), EngineUnreachable, "cannot be read"),
    "a page": (rude.body(b"<html>", "text/html"), EngineRefused, "something else"),
    "another JSON": (rude.body(b"[]"), EngineRefused, "something else"),
    "another product": (rude.body(b"{}", product=False), EngineRefused, "not Elasticsearch"),
    "no rights": (rude.whole(401, "security_exception", "who are you"), EngineRefused, "rights"),
    "no index": (rude.whole(404, "index_not_found_exception", "no such index"), IndexMissing, "baocao index"),
    "another version": (rude.whole(400, "media_type_header_exception", "Invalid media-type"), EngineRefused, "not Elasticsearch 9"),
    "a refusal": (rude.whole(400, "parsing_exception", "odd"), EngineRefused, "parsing_exception: odd"),
}


def behind(answer: rude.Answer) -> rude.Answer:
    """What serves is told as it should be, and only then comes the answer."""
    serving: dict[str, Any] = {build_index_name("baocao", schema.SCHEMA_VERSION, ANALYZER_VERSION): {"aliases": {"baocao": {}}}}

    def give(exchange: rude.Exchange) -> None:
        if "/_alias/" in exchange.path:
            exchange.give(serving)
        else:
            answer(exchange)

    return give


# Each as the answer to a search and, without a word on what serves before it, as the very first one. The client asks for the product once.
CASES = {f"{name}, to a search": (behind(answer), *told) for name, (answer, *told) in READING.items() if name != "another product"}
CASES |= {f"{name}, at once": case for name, case in READING.items() if name != "a part"}


@pytest.mark.parametrize(("answer", "error", "message"), CASES.values(), ids=CASES.keys())
def test_a_read_ends_in_time_with_an_error_that_says_what_and_no_secret(
    answer: rude.Answer, error: type[EngineError], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elastic, "_CHECK_SECONDS", 0.5)
    with rude.rude(answer) as server:
        engine = ElasticEngine(server.url, replace(LOGIN, read_timeout=0.5))
        for ask in (lambda: engine.execute(Request()), engine.check):
            began = time.monotonic()
            with pytest.raises(error, match=message) as caught:
                ask()
            assert time.monotonic() - began < allowed(2.5)  # 0.6 on an idle machine
            told = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
            assert SECRET not in told
        engine.close()


def test_a_read_tries_again_within_its_time() -> None:
    good = b'{"timed_out":false,"_shards":{"failed":0},"hits":{"total":{"value":0},"hits":[]}}'
    with rude.rude(rude.whole(503), rude.reset, behind(rude.body(good))) as server:
        engine = ElasticEngine(server.url, LOGIN)
        assert [engine.execute(Request()).total for _ in range(2)] == [0, 0]
        assert len(server.times) == 5  # two that failed, what serves, and two searches
        engine.close()


@pytest.mark.parametrize(
    ("changes", "header"),
    [({"api_key": "a2V5", "username": "x"}, "ApiKey a2V5"), ({"username": "me", "password": "pw"}, "Basic bWU6cHc="), ({}, "None")],
    ids=["key", "user", "none"],
)
def test_the_login_that_is_sent(changes: dict[str, str], header: str) -> None:
    seen: list[str] = []

    def note(exchange: rude.Exchange) -> None:
        seen.append(str(exchange.headers.get("Authorization")))
        rude.whole(404, "index_not_found_exception", "no such index")(exchange)

    with rude.rude(note) as server:
        engine = ElasticEngine(server.url, replace(Settings(), **changes))  # type: ignore[arg-type]
        with pytest.raises(IndexMissing):
            engine.check()
        engine.close()
    assert seen == [header]


def test_nobody_at_home() -> None:
    engine = ElasticEngine("http://127.0.0.1:9", replace(LOGIN, read_timeout=0.5))
    began = time.monotonic()
    with pytest.raises(EngineUnreachable, match=r"no connection to Elasticsearch at http://127\.0\.0\.1:9: is it running"):
        engine.execute(Request())
    assert time.monotonic() - began < allowed(1)
    engine.close()
    with pytest.raises(EngineUnreachable, match="closed"):
        engine.execute(Request())


@pytest.mark.parametrize(
    ("address", "changes", "message"),
    [
        ("http://localhost", {}, r"http\(s\)://host:port"),
        ("https://localhost:9200", {"ca_certs": "/nowhere.pem"}, "BAOCAO_ELASTICSEARCH_CA_CERTS"),
        ("http://localhost:9200", {"index": "bao.cao"}, "BAOCAO_INDEX"),
    ],
)
def test_settings_that_cannot_be_used(address: str, changes: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        ElasticEngine(address, replace(LOGIN, **changes))  # type: ignore[arg-type]
