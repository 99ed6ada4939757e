"""Fixtures of the tests of the outside: the five reports, on the embedded engine, behind the command line; with some hostile ones behind the application.

What the two engines do alike is the contract tests' matter; here one engine is enough.
"""

from __future__ import annotations

import io
import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from indexer import errors
from indexer.engine.contract import Engine, IndexInfo, Match, Request, Response, Score
from indexer.models import StoredReport
from indexer.settings import Settings
from tests.conftest import CORPUS, MakeEngine, load

HOSTILE = [
    {
        "id": "script",
        "title": "<script>alert('tiêu đề')</script> & \"ngoặc\" độc hại",
        "body": "Sáng 18/3/2024, <img src=x onerror=alert(1)> độc hại </script><mark>giả</mark> {{7*7}} {% raw %} &amp; &lt;b&gt; '';!--\"<XSS>=&{()}.\n"
        "Đoạn hai độc hại javascript:alert(1) \u202eđảo ngược\u202c.",
        "url": "javascript:alert(document.domain)//độc",
    },
    {"id": "address", "title": "Địa chỉ có nháy độc hại", "body": "Nội dung độc hại thứ hai.", "url": "https://example.org/\"><script>alert(1)</script>?a='b'"},
]


class Ran(NamedTuple):
    """What a command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an index of the five reports that no test changes."""
    address = f"embedded:{tmp_path_factory.mktemp('cli') / 'index'}"
    assert main(["--engine", address, "index", str(CORPUS), "--workers", "1"]) == 0
    return address


@pytest.fixture
def run(index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """run(*arguments, stdin=bytes): a command line in this process, on the index of the five."""
    monkeypatch.setenv("BAOCAO_ENGINE", index)
    monkeypatch.delenv("BAOCAO_DEBUG", raising=False)

    def call(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = main([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def own(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same on an empty index of the test's own."""
    monkeypatch.setenv("BAOCAO_ENGINE", f"embedded:{tmp_path / 'own'}")
    return run


@pytest.fixture(scope="session")
def reports(make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    file = tmp_path_factory.mktemp("hostile") / "hostile.jsonl"
    file.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in HOSTILE), encoding="utf-8")
    return load(make_engine("embedded"), CORPUS, Path(file))


@pytest.fixture(scope="session")
def app(reports: Engine) -> FastAPI:
    return create_app(Settings(), reports)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


class Away(Engine):
    """An engine whose every answer is `answer()`; only what the server calls."""

    name = "away"

    def __init__(self) -> None:
        self.error: BaseException | None = errors.EngineUnreachable("the search engine does not answer")
        self.hold: threading.Event | None = None
        self.asked = 0
        self.ids: list[str] = []
        self.closed = False

    def answer(self) -> None:
        self.asked += 1
        if self.hold is not None:
            self.hold.wait(20)
        if self.error is not None:
            raise self.error

    def execute(self, request: Request) -> Response:
        self.answer()
        return Response(0, ())

    def count(self, matches: Sequence[Match], view: str | None = None) -> tuple[int, ...]:
        self.answer()
        return (0,) * len(matches)

    def parts(self, ids: Sequence[str], scores: Sequence[Score], view: str | None = None) -> dict[str, tuple[float, ...]]:
        self.answer()
        return {}

    @contextmanager
    def frozen(self) -> Iterator[str]:
        self.answer()
        yield ""

    def members(self, request: Request) -> Iterator[tuple[str, str]]:
        self.answer()
        return iter(())

    def get(self, ids: Sequence[str]) -> dict[str, StoredReport]:
        self.answer()
        self.ids += ids
        return {}

    def rows(self, table: str, keys: object = None) -> dict[str, dict[str, object]]:
        self.answer()
        return {}

    def status(self) -> IndexInfo:
        self.answer()
        return IndexInfo("away", "1", None, None, None, None, 0)

    def check(self) -> None:
        self.answer()

    def close(self) -> None:
        self.closed = True

    def writer(self, *, fresh: bool = False) -> object:  # type: ignore[override]
        raise AssertionError("the server only reads")

    def rollback(self) -> IndexInfo:
        raise AssertionError("the server only reads")


@pytest.fixture
def away() -> Away:
    return Away()


@pytest.fixture
def cut_off(away: Away) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), away), raise_server_exceptions=False) as client:
        yield client
