"""What all tests share.

Fixture strategy: one real Elasticsearch a session (tests/server.py), and `make test` runs two sessions side by side; each
index under a prefix of its own, made by this run and removed by its exact name; `corpus` and `reports` (2,000 generated
ones) are loaded once a session on each engine and only read; a test that writes takes `fresh` instead. No test may skip,
and none may open a connection outside loopback.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from indexer.engine import open_engine
from indexer.engine.contract import Engine
from indexer.settings import Settings
from tests import server

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
ENGINES = ("embedded", "elastic")

hypothesis_settings.register_profile("suite", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")

_elastic_prefixes: list[str] = []
_versions: set[str] = set()
_settings: dict[int, Settings] = {}
_prefixes = (f"t{os.getpid()}x{number}" for number in itertools.count())


# ---------------------------------------------------------------- promises of the suite itself


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect" or server.downloading():
        return
    address = arguments[1]
    if isinstance(address, tuple) and not ipaddress.ip_address(str(address[0]).replace("localhost", "127.0.0.1")).is_loopback:
        raise PermissionError(f"a test reached outside loopback: {address}")


sys.addaudithook(_guard)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    from importlib.metadata import version

    found = sorted({*_versions, *filter(None, (server.running_version(),))})
    terminalreporter.section("engines")
    terminalreporter.write_line(f"embedded: tantivy {version('tantivy')}")
    terminalreporter.write_line(f"elastic: Elasticsearch {', '.join(found) or 'not started by the selected tests'}")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """A process of `make test` has ended: keeps which Elasticsearch its tests ran on."""
    if version := getattr(node, "workeroutput", {}).get("elasticsearch"):
        _versions.add(version)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if (told := getattr(session.config, "workeroutput", None)) is not None:
        told["elasticsearch"] = server.running_version()
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    left_out = [kind for kind in ("skipped", "xfailed", "xpassed") if reporter.stats.get(kind)]
    if left_out and exitstatus == 0:
        reporter.write_line(f"\nno test may be left out, but some were {', '.join(left_out)}", red=True)
        session.exitstatus = 1


# ---------------------------------------------------------------- engines


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[server.Server]:
    """The session's one server; tests that kill a server start their own."""
    with server.elasticsearch() as running:
        yield running
        for prefix in _elastic_prefixes:
            server.remove_indices(running.url, prefix)


@pytest.fixture(scope="session")
def elasticsearch_url(elasticsearch: server.Server) -> str:
    return elasticsearch.url


MakeEngine = Callable[..., Engine]


@pytest.fixture(scope="session")
def make_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeEngine]:
    """make_engine(name, **settings) -> an engine on an empty index of its own, closed and removed at the end."""
    made: list[Engine] = []

    def make(name: str, **changes: Any) -> Engine:
        if name == "embedded":
            address = f"embedded:{tmp_path_factory.mktemp('index')}"
        else:
            address = request.getfixturevalue("elasticsearch_url")
        settings = dataclasses.replace(Settings(engine=address, index=next(_prefixes)), **changes)
        if name == "elastic":
            _elastic_prefixes.append(settings.index)
        engine = open_engine(settings)
        made.append(engine)
        _settings[id(engine)] = settings
        return engine

    yield make
    for engine in made:
        engine.close()


def settings_of(engine: Engine) -> Settings:
    """What an engine of make_engine was opened with, for another process to open the same index."""
    return _settings[id(engine)]


@pytest.fixture(params=ENGINES)
def fresh(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Engine:
    """An engine with nothing indexed, for tests that write."""
    return make_engine(request.param)


def load(engine: Engine, *paths: Path | str) -> Engine:
    from indexer.load import index

    index(engine, [str(p) for p in paths], Settings())
    return engine


@pytest.fixture(scope="session", params=ENGINES)
def corpus(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Engine:
    """The five reports, loaded once on each engine; only read."""
    return load(make_engine(request.param), CORPUS)
