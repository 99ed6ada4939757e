"""The embedded engine's writer, killed at each step and out of space at each: the old state or the new one serves, and the next run is clean."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engine.contract import IndexDocument, Request
from indexer.engine.embedded import EmbeddedEngine
from indexer.errors import IndexMissing
from indexer.settings import Settings
from tests.contract import crashing
from tests.contract.test_lifecycle import A, put
from tests.contract.worlds import document

ROOT = Path(__file__).parent.parent.parent

Contents = tuple[dict[str, str], dict[str, object]]  # every report's fingerprint, and the side table


def contents(engine: EmbeddedEngine) -> Contents | None:
    """None when nothing is indexed."""
    try:
        hits = engine.execute(Request(limit=100)).hits
    except IndexMissing:
        return None
    return {hit.id: hit.stored.fingerprint for hit in hits}, dict(engine.rows("persons"))


# ---------------------------------------------------------------- killed at every step


@pytest.fixture
def unsynced(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: what a killed process has written stays in the kernel, so no disk has to turn for it."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        work = Path(folder) / "work"
        work.mkdir()
        yield work
        work.rename(work.with_name("done"))  # a thread of tantivy's that opens an index late puts its lock file nowhere


OLD: Contents = ({"a": "a:"}, {"p": {"name": "cũ"}})
BEFORE: Contents = ({"z": "z:"}, {})
NEW: Contents = ({"a": "a:new", "b": "b:", "c": "c:"}, {"p": {"name": "mới"}})


def start_with(path: Path, *generations: IndexDocument) -> None:
    """Generations of one report each; the last has a side table."""
    engine = EmbeddedEngine(path, Settings())
    for made in generations:
        with engine.writer(fresh=True) as writer:
            writer.put([made])
            if made is generations[-1]:
                writer.put_rows("persons", {"p": {"name": "cũ"}})
            writer.publish()


def batches(old: Contents | None) -> list[object]:
    """What a load may have got to: each durable batch, the side table only at the end."""
    held, table = old or ({}, {})
    one = {**held, "a": "a:new", "b": "b:"}
    return [old, (held, table), (one, table), ({**one, "c": "c:", "d": "d:"}, table), ({**one, "c": "c:"}, table), NEW]


CRASHES: dict[str, tuple[str, tuple[IndexDocument, ...], list[object], object]] = {
    "first load": ("load", (), batches(None), NEW),
    "load": ("load", (A,), batches(OLD), NEW),
    "first rebuild": ("rebuild", (), [None, NEW], NEW),
    "rebuild": ("rebuild", (document("z"), document("y"), A), [OLD, NEW], NEW),
    "rollback": ("rollback", (document("z"), A), [OLD, BEFORE], BEFORE),
}


@pytest.mark.parametrize("name", CRASHES)
def test_killed_before_any_step_the_old_state_or_the_new_one_serves(unsynced: Path, name: str) -> None:
    task, generations, allowed, end = CRASHES[name]
    (unsynced / "base").mkdir()
    start_with(unsynced / "base", *generations)
    subprocess.run([sys.executable, "-m", "tests.contract.crashing", str(unsynced), task], cwd=ROOT, check=True, timeout=120)
    folders = sorted((p for p in unsynced.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))
    assert len(folders) > (3 if task == "rollback" else 15)
    for folder in folders:
        engine = EmbeddedEngine(folder, Settings())
        found = contents(engine)
        assert found in allowed, f"killed before step {folder.name}"
        if task != "rollback":
            crashing.TASKS[task](engine)
            assert contents(engine) == end
        else:
            put(engine)
        status = engine.status()
        assert (status.building, status.writer) == ((), None)
        kept = {"CURRENT", "writer.lock", status.generation, status.previous} - {None}
        assert {p.name for p in folder.iterdir()} == kept, f"killed before step {folder.name}"
        assert list(folder.rglob(".tmp*")) == []
        assert len(list((folder / str(status.generation) / "tables").iterdir())) <= 2
    assert found == end


@pytest.mark.parametrize("task", ["load", "rebuild"])
def test_a_full_disk_is_refused_and_the_old_state_stays(unsynced: Path, task: str) -> None:
    """A limit on the size of files stands in for the disk; from 0 bytes up until the task fits."""
    start_with(unsynced / "start", A)
    allowed = [OLD, NEW] if task == "rebuild" else batches(OLD)
    ended: list[int] = []
    for limit in (0, 60, 300, 700, 1_000, 3_000, 6_000, 1_000_000):
        base = unsynced / str(limit) / "base"
        shutil.copytree(unsynced / "start", base)
        command = [sys.executable, "-m", "tests.contract.crashing", str(base.parent), task, str(limit)]
        ended.append(subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode)
        engine = EmbeddedEngine(base, Settings())
        assert contents(engine) in allowed
        crashing.TASKS[task](engine)
        assert contents(engine) == NEW
    assert (set(ended[:-1]), ended[-1]) == ({crashing.REFUSED}, 0)
