"""Fixtures of the tests of the outside: the five reports, on the embedded engine, behind the command line; with some hostile ones behind the application.

What the two engines do alike is the contract tests' matter; here one engine is enough.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.cli import main
from indexer.engine.contract import Engine
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


@pytest.fixture(scope="session")
def reports(make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    file = tmp_path_factory.mktemp("hostile") / "hostile.jsonl"
    file.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in HOSTILE), encoding="utf-8")
    return load(make_engine("embedded"), CORPUS, Path(file))


@pytest.fixture(scope="session")
def app(reports: Engine) -> FastAPI:
    from api.app import create_app

    return create_app(Settings(), reports)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client
