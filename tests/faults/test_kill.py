"""kill -9 at each named point of a load, a rebuild and a swap, on both engines: what was there serves on, and the next run makes all good."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from indexer.engine import open_engine
from indexer.engine.contract import Engine, Request
from indexer.engine.schema import OPEN_FACETS
from indexer.link import PERSONS, label_table
from indexer.load import STATE, LoadSummary, index, rebuild
from indexer.settings import Settings
from tests import server
from tests.conftest import ENGINES, ROOT
from tests.fake_engine import FakeEngine

MORE = "Hội nghị thống nhất các nhiệm vụ trọng tâm của quý II và sáu tháng đầu năm."
LOAD_POINTS = [
    ("put", "before", 1),
    ("put", "after", 1),
    ("put", "after", 2),
    ("delete", "before", 1),
    ("delete", "after", 1),
    ("link", "before", 1),
    ("put_rows", "after", 1),  # the mark that the index is no longer linked
    ("put_rows", "after", 4),  # between the labels of two facets
    ("publish", "after", 1),
    ("link", "after", 1),
    ("publish", "before", 2),
    ("publish", "after", 2),
]
REBUILD_POINTS = [
    ("put", "before", 1),
    ("put", "after", 1),
    ("put", "after", 2),
    ("link", "before", 1),
    ("put_rows", "after", 2),
    ("publish", "before", 1),
    ("swap", "before", 1),
    ("swap", "after", 1),
    ("publish", "after", 1),
]
Kill = Callable[[Settings, Path, str, tuple[str, str, int]], int]

_prefixes = (f"k{os.getpid()}x{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def child() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.faults.child"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


@pytest.fixture
def kill(child: subprocess.Popen[str]) -> Kill:
    """kill(settings, folder, action, point) -> the signal that ended the process of that action."""

    def run(settings: Settings, folder: Path, action: str, point: tuple[str, str, int]) -> int:
        step, when, nth = point
        order = {"engine": settings.engine, "index": settings.index, "folder": str(folder), "action": action, "step": step, "when": when, "nth": nth}
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps(order) + "\n")
        child.stdin.flush()
        return int(child.stdout.readline())

    return run


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an engine on an index of its own, removed at the end."""
    if request.param == "embedded":
        yield Settings(engine=f"embedded:{tmp_path / 'index'}")
        return
    url = request.getfixturevalue("elasticsearch_url")
    own = Settings(engine=url, index=next(_prefixes))
    yield own
    server.remove_indices(url, own.index)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four reports, each with an official."""
    made = tmp_path / "tin"
    made.mkdir()
    for name in "abcd":
        (made / f"{name}.txt").write_text(f"Đồng chí Nguyễn Văn {name.upper()}n, Bí thư Tỉnh ủy Đắk Lắk, chủ trì hội nghị giao ban quý I. {MORE}")
    return made


def change(folder: Path) -> None:
    """One changed, one gone, two new: three to put in two batches, one to remove."""
    (folder / "a.txt").write_text(f"Đồng chí Nguyễn Văn An, Chủ tịch UBND tỉnh Gia Lai, phát biểu tại hội nghị giao ban quý I. {MORE}")
    (folder / "b.txt").unlink()
    for name in "ef":
        (folder / f"{name}.txt").write_text(f"Đồng chí Trần Thị {name.upper()}m, Chủ tịch HĐND tỉnh Đắk Lắk, báo cáo tại hội nghị giao ban. {MORE}")


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """An engine as a new process opens it."""
    engine = open_engine(settings)
    try:
        yield engine
    finally:
        engine.close()


def held(engine: Engine) -> dict[str, tuple[Any, ...]]:
    """Each report once, without its times."""
    response = engine.execute(Request(limit=100))
    reports = {hit.id: (hit.stored.report, hit.stored.raw, hit.stored.fingerprint, hit.stored.persons) for hit in response.hits}
    assert response.total == len(response.hits) == len(reports)
    return reports


def tables(engine: Engine) -> dict[str, Any]:
    return {table: engine.rows(table) for table in (PERSONS, STATE, *(label_table(facet) for facet in OPEN_FACETS))}


def as_loaded_cleanly(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    engine = FakeEngine()
    index(engine, [folder], Settings())
    return held(engine), tables(engine)


@pytest.mark.parametrize("point", LOAD_POINTS)
def test_a_load_killed(settings: Settings, folder: Path, kill: Kill, point: tuple[str, str, int]) -> None:
    with opened(settings) as engine:
        index(engine, [folder], settings)
        before = held(engine)
    change(folder)
    after, after_tables = as_loaded_cleanly(folder)

    assert kill(settings, folder, "index", point) == signal.SIGKILL

    with opened(settings) as engine:
        for name, report in held(engine).items():
            assert report[:3] in [state[name][:3] for state in (before, after) if name in state]
        assert set(before) & set(after) <= set(held(engine))
        summary = index(engine, [folder], settings, prune=True)
        assert summary.read == summary.written + summary.unchanged == 5
        assert (held(engine), tables(engine)) == (after, after_tables)
        assert index(engine, [folder], settings, prune=True) == LoadSummary(read=5, unchanged=5)
        assert engine.status().building == ()


@pytest.mark.parametrize("point", REBUILD_POINTS)
def test_a_rebuild_killed(settings: Settings, folder: Path, kill: Kill, point: tuple[str, str, int]) -> None:
    with opened(settings) as engine:
        index(engine, [folder], settings)
        before, before_tables, old = held(engine), tables(engine), engine.status().generation

    assert kill(settings, folder, "rebuild", point) == signal.SIGKILL

    with opened(settings) as engine:
        assert (held(engine), tables(engine)) == (before, before_tables)
        swapped = point in (("swap", "after", 1), ("publish", "after", 1))
        assert (engine.status().generation != old) == swapped
        assert index(engine, [folder], settings) == LoadSummary(read=4, unchanged=4)
        assert rebuild(engine, settings) == LoadSummary(read=4, written=4, replaced=4)
        assert (held(engine), tables(engine)) == (before, before_tables)
        assert engine.status().building == ()
