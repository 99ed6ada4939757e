"""An Elasticsearch that wants a login: what each right is enough for, and that no secret is ever told."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.engine.contract import Request
from indexer.engine.elastic import ElasticEngine
from indexer.errors import EngineError, EngineRefused
from indexer.settings import Settings
from tests import server
from tests.contract.worlds import document

PASSWORD = "s3cr3t-p4ss"
HASH = "$2a$10$NS8F79qXxjwkTMvldeCgM.N3BOtpPTtAKO1z5IcA0.q8GIG4l5312"
# What docs and README ask for: the loader everything on its own names, the reader nothing but reading them.
ROLES = """
loader:
  cluster: [monitor]
  indices: [{names: ['baocao*'], privileges: [all]}]
reader:
  cluster: [monitor]
  indices: [{names: ['baocao*'], privileges: [read, view_index_metadata]}]
bare:
  indices: [{names: ['baocao*'], privileges: [read, view_index_metadata]}]
"""
USERS = ("loader", "reader", "bare")
FILES = {"roles.yml": ROLES, "users": "".join(f"{user}:{HASH}\n" for user in USERS), "users_roles": "".join(f"{user}:{user}\n" for user in USERS)}
A = document("a", "đắk lắk", date=20260318)


@pytest.fixture(scope="module")
def locked() -> Iterator[server.OwnServer]:
    """A server with users, and one report in it that the loader put."""
    with server.own_server(FILES, xpack__security__enabled="true") as running:
        engine = ElasticEngine(running.url, as_user("loader"))
        with engine.writer() as writer:
            assert writer.put([A]) == []
            writer.put_rows("label:post", {"x": {"label": "X"}})
            writer.publish()
        with engine.writer(fresh=True) as writer:
            assert writer.put([A]) == []
            writer.put_rows("label:post", {"x": {"label": "X"}})
            writer.publish()
        engine.close()
        yield running


def as_user(name: str, password: str = PASSWORD) -> Settings:
    return Settings(username=name, password=password, write_patience=2.0, read_timeout=5.0)


def read_everything(engine: ElasticEngine) -> str:
    """Asks every question of a reader; gives the server's version."""
    engine.check()
    answer = engine.execute(Request(limit=1, view=""))
    assert [hit.id for hit in answer.hits] == ["a"]
    assert engine.execute(Request(limit=1)).total == 1
    assert engine.get(["a"]) == {"a": A.stored}
    assert engine.rows("label:post") == {"x": {"label": "X"}}
    status = engine.status()
    assert (status.reports, status.first_date, status.writer) == (1, "2026-03-18", None)
    return status.engine_version


def test_a_user_who_may_only_read_can_ask_everything_and_write_nothing(locked: server.OwnServer) -> None:
    engine = ElasticEngine(locked.url, as_user("reader"))
    assert read_everything(engine) == server.VERSION
    for write in (engine.writer().__enter__, engine.writer(fresh=True).__enter__, engine.rollback):
        with pytest.raises(EngineRefused, match="check the key or user and its rights"):
            write()
    engine.close()


def test_without_the_right_to_monitor_only_the_version_is_unknown(locked: server.OwnServer) -> None:
    engine = ElasticEngine(locked.url, as_user("bare"))
    assert read_everything(engine) == "unknown (the key lacks the cluster right `monitor`)"
    engine.close()


@pytest.mark.parametrize(
    "changes",
    [{"username": "reader", "password": "wr0ng-p4ss"}, {"username": "", "password": ""}, {"api_key": "d3JvbmctazN5OndyMG5nLWszeQ=="}],
    ids=["password", "none", "key"],
)
def test_a_wrong_login_is_refused_at_once_and_never_told(locked: server.OwnServer, changes: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    settings = replace(as_user("reader"), **changes)  # type: ignore[arg-type]
    engine = ElasticEngine(locked.url, settings)
    told = [repr(settings), repr(engine), repr(vars(engine))]
    with caplog.at_level(logging.DEBUG):
        for ask in (lambda: engine.execute(Request()), engine.check, engine.status, engine.writer().__enter__, engine.rollback):
            with pytest.raises(EngineRefused, match="does not allow it") as caught:
                ask()
            told += chain(caught.value)
    secrets = [secret for secret in (settings.password, settings.api_key) if secret]
    secrets += [base64.b64encode(f"{settings.username}:{settings.password}".encode()).decode()]
    everything = "\n".join([*told, caplog.text])
    assert [secret for secret in secrets if secret in everything] == []
    engine.close()


def chain(error: EngineError) -> list[str]:
    """The error and all that led to it, as a traceback would show them."""
    told: list[str] = []
    link: BaseException | None = error
    while link is not None:
        told += [str(link), repr(link)]
        link = link.__cause__ or link.__context__
    return told
