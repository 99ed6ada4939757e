"""Fixtures of the HTTP tests: the five reports and some hostile ones on the embedded engine, behind the application.

What the two engines do alike is the contract tests' matter; here one engine is enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

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
