"""What only the embedded engine can get wrong: its files, its lock, its crashes, its binding."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import tantivy

from indexer.engine import embedded_writer
from indexer.engine.contract import FacetRequest, HasTerm, IndexDocument, Rejection, Request
from indexer.engine.embedded import EmbeddedEngine
from indexer.engine.embedded_files import sync_folder
from indexer.engine.embedded_index import failures, tantivy_schema, to_tantivy
from indexer.engine.schema import BODY_SYLLABLES
from indexer.errors import (
    CursorExpired,
    EngineError,
    EngineRefused,
    IndexDamaged,
    IndexMissing,
    SettingsError,
    WriterBusy,
)
from indexer.settings import Settings
from tests.contract.conftest import generation_folder
from tests.contract.test_lifecycle import A, B, C, ids, put, rebuild
from tests.contract.worlds import document

ROOT = Path(__file__).parent.parent.parent


# ---------------------------------------------------------------- durable


def test_a_batch_is_synced_after_its_commit(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[Path, bytes]] = []

    def noted(folder: Path) -> None:
        sync_folder(folder)
        if folder.name == "index":
            synced.append((folder, (folder / "meta.json").read_bytes()))

    monkeypatch.setattr(embedded_writer, "sync_folder", noted)
    with engine.writer() as writer:
        index = generation_folder(engine) / "index"
        for made in (A, B):
            writer.put([made])
            assert synced[-1] == (index, (index / "meta.json").read_bytes())
        writer.delete(["a"])
        assert synced[-1] == (index, (index / "meta.json").read_bytes())
    assert len(synced) >= 3


def test_readers_make_nothing(path: Path) -> None:
    engine = EmbeddedEngine(path / "deeper", Settings())
    for ask in (engine.check, engine.rollback, lambda: engine.execute(Request())):
        with pytest.raises(IndexMissing):
            ask()
    engine.status()
    assert not path.exists()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    engine = EmbeddedEngine(tmp_path / "file" / "index", Settings())
    with pytest.raises(EngineRefused, match="Not a directory"), engine.writer():
        pytest.fail("wrote below a file")


def test_a_prefix_that_would_not_parse_back_is_refused(path: Path) -> None:
    with pytest.raises(SettingsError, match="BAOCAO_INDEX"):
        EmbeddedEngine(path, Settings(index="Báo cáo"))


# ---------------------------------------------------------------- what is ours and what is not


def test_what_is_not_ours_is_never_touched(path: Path, engine: EmbeddedEngine) -> None:
    put(engine, A)
    other = EmbeddedEngine(path, Settings(index="baocao2"))
    strange = ["baocao", "baocao-1", "baocao-1-1-2026", "my reports", "baocao-1-1-20260101t000000000000z.old"]
    for name in strange:
        (path / name).mkdir()
        (path / name / "file").write_text("mine")
    (path / "baocao-1-1-20200101t000000000000z").symlink_to(path / "my reports")
    (path / "note.txt").write_text("mine")
    for made in (B, C, A):
        rebuild(engine, made)
    with pytest.raises(IndexDamaged):
        other.execute(Request())  # CURRENT is the other prefix's
    assert [(path / name / "file").read_text() for name in strange] == ["mine"] * 5
    assert (path / "baocao-1-1-20200101t000000000000z").is_symlink()
    assert (path / "note.txt").read_text() == "mine"


def test_a_late_opener_cannot_hinder_the_removal_of_a_generation(path: Path, engine: EmbeddedEngine) -> None:
    """Opening an index makes a lock file in its folder: seen once in 650 s of the suite, between the last look into the folder and its removal."""
    put(engine, A)
    ended = threading.Event()

    def lock() -> None:
        while not ended.is_set():
            for index in path.glob("baocao-*/index"):
                with suppress(OSError):
                    (index / ".tantivy-meta.lock").touch()

    late = threading.Thread(target=lock)
    late.start()
    try:
        for _ in range(40):
            rebuild(engine, B)
    finally:
        ended.set()
        late.join()
    assert sorted(p.name for p in path.iterdir()) == sorted(
        ["CURRENT", "writer.lock", *(str(n) for n in (engine.status().generation, engine.status().previous))]
    )


def test_a_generation_that_cannot_be_read_is_kept(path: Path, engine: EmbeddedEngine) -> None:
    put(engine, A)
    rotten = path / "baocao-1-1-20200101t000000000000z"
    rotten.mkdir()
    (rotten / "generation.json").write_text("{")
    rebuild(engine, B)
    rebuild(engine, C)
    assert (rotten / "generation.json").read_text() == "{"
    assert engine.status().building == ()


def test_a_lost_current_is_found_again_by_the_next_writer(path: Path, engine: EmbeddedEngine) -> None:
    put(engine, A)
    rebuild(engine, B)
    newest = engine.status().generation
    (path / "CURRENT").unlink()
    with pytest.raises(IndexMissing):
        engine.execute(Request())
    put(engine, C)
    assert (engine.status().generation, ids(engine)) == (newest, ["b", "c"])


@pytest.mark.parametrize("text", [b"", b"../../etc", b"my reports", b"\xff\xfe", b"baocao-1-1-20200101t000000000000z"])
def test_a_current_that_names_nothing_of_ours_is_damage_and_nothing_is_removed(path: Path, engine: EmbeddedEngine, text: bytes) -> None:
    put(engine, A)
    old = generation_folder(engine)
    (path / "CURRENT").write_bytes(text)
    with pytest.raises(IndexDamaged):
        engine.execute(Request())
    with pytest.raises(IndexDamaged), engine.writer():
        pytest.fail("wrote without knowing where")
    assert (old / "index" / "meta.json").exists()
    rebuild(engine, B)
    assert ids(engine) == ["b"]
    assert (old / "index" / "meta.json").exists()


@pytest.mark.parametrize("harm", ["empty", "cut", "gone", "noise"])
def test_damaged_files_are_our_error(tmp_path: Path, engine: EmbeddedEngine, path: Path, harm: str) -> None:
    """Each in a copy that nothing has open: cutting a mapped file ends the process, whatever the engine does."""
    put(engine, *(document(f"r{number}", "đắk lắk gia lai") for number in range(50)))
    index = generation_folder(engine).relative_to(path) / "index"
    names = [file.name for file in (path / index).iterdir() if not file.name.startswith(".")]
    assert len(names) >= 7
    for name in names:
        copy = tmp_path / name
        shutil.copytree(path, copy)
        whole = (copy / index / name).read_bytes()
        (copy / index / name).unlink()
        if harm != "gone":
            harmed = {"empty": b"", "cut": whole[: len(whole) // 2], "noise": bytes(reversed(whole))}[harm]
            (copy / index / name).write_bytes(harmed)
        reader = EmbeddedEngine(copy, Settings())
        try:
            answer = reader.execute(Request(HasTerm(BODY_SYLLABLES, "đắk"), limit=100, facets=(FacetRequest("topic", "topic", 5),)))
        except EngineError as error:
            assert str(copy) in str(error)
        else:
            assert answer.total == 50, f"{name} {harm}: another answer, and no error"


# ---------------------------------------------------------------- the lock


HOLD = """
import sys, time
from pathlib import Path
from indexer.engine.embedded import EmbeddedEngine
from indexer.settings import Settings
from tests.contract.worlds import document
with EmbeddedEngine(Path(sys.argv[1]), Settings()).writer() as writer:
    writer.put([document("held")])
    print("holding", flush=True)
    {then}
    time.sleep(60)
"""


def start_holder(path: Path, then: str = "") -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLD.format(then=then), str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    return holder


def test_the_lock_of_a_killed_writer_is_free_at_once(path: Path, engine: EmbeddedEngine) -> None:
    holder = start_holder(path)
    with pytest.raises(WriterBusy, match=f"process {holder.pid} on "), engine.writer():
        pytest.fail("two writers at once")
    holder.kill()
    holder.communicate()
    assert engine.status().writer is None
    put(engine, A)
    assert ids(engine) == ["a", "held"]


def test_a_worker_forked_by_a_killed_writer_does_not_hold_its_lock(path: Path, engine: EmbeddedEngine) -> None:
    holder = start_holder(path, "import os\n    child = os.fork()\n    if child: print(child, flush=True)")
    assert holder.stdout is not None
    worker = int(holder.stdout.readline())
    try:
        holder.kill()
        holder.wait()
        put(engine, A)
        assert ids(engine) == ["a", "held"]
    finally:
        os.kill(worker, signal.SIGKILL)
        holder.stdout.close()


def test_status_never_stands_in_a_writers_way(engine: EmbeddedEngine) -> None:
    put(engine, A)
    stop = threading.Event()
    asked: list[int] = []

    def ask() -> None:
        while not stop.is_set():
            asked.append(engine.status().reports)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for number in range(15):
            put(engine, document(f"n{number}"))
    finally:
        stop.set()
        asking.join()
    assert engine.status().reports == 16
    assert asked == sorted(asked)


# ---------------------------------------------------------------- poison and panics


def poisoned(make: Callable[[IndexDocument], tantivy.Document], names: set[str]) -> Callable[[IndexDocument], tantivy.Document]:
    """As `make`, but a document of one of `names` has a field of the wrong type, which tantivy meets only while it writes."""

    def made(wanted: IndexDocument) -> tantivy.Document:
        document = make(wanted)
        if wanted.id in names:
            document.add_text("date_to", "no number")
        return document

    return made


def test_one_document_that_tantivy_chokes_on_is_refused_alone(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = [document(f"r{number:02}") for number in range(40)]
    put(engine, document("old"))
    monkeypatch.setattr(embedded_writer, "to_tantivy", poisoned(to_tantivy, {"r07", "r31"}))
    with engine.writer() as writer:
        refused = writer.put(batch)
        assert [rejection.where for rejection in refused] == ["r07", "r31"]
        assert all("date_to" in rejection.reason for rejection in refused)
        assert writer.put([document("after")]) == []
        assert writer.put([document("r07")]) == [Rejection("r07", refused[0].reason)]
    assert ids(engine) == sorted({d.id for d in batch} - {"r07", "r31"} | {"after", "old"})


def test_a_batch_that_fails_whole_is_the_engines_fault(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    put(engine, A)
    monkeypatch.setattr(embedded_writer, "to_tantivy", poisoned(to_tantivy, {"b", "c"}))
    with engine.writer() as writer:
        with pytest.raises(EngineError, match="no report at all"):
            writer.put([B, C])
        assert sorted(writer.known()) == ["a"]
    assert ids(engine) == ["a"]


def test_a_writer_that_lies_is_found_out(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that says it stored and did not: the count tells."""

    class Liar:
        def __getattr__(self, name: str) -> Callable[..., int]:
            return lambda *arguments: 0

    put(engine, A)
    with engine.writer() as writer:
        monkeypatch.setattr(embedded_writer.EmbeddedWriter, "_open", lambda self: Liar())
        with pytest.raises(EngineError, match="holds 1 reports where 2 were stored"):
            writer.put([B, C])
        with pytest.raises(IndexDamaged):
            writer.delete(["a"])
    assert ids(engine) == ["a"]


def test_a_panic_of_the_binding_becomes_our_error(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="strictly more than one term"), failures(tmp_path):
        tantivy.Query.phrase_query(tantivy_schema(), BODY_SYLLABLES, ["one"])


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), CursorExpired("own"), AssertionError("a bug")])
def test_what_is_no_failure_of_the_engine_passes_unchanged(tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)) as caught, failures(tmp_path):
        raise error
    assert caught.value is error
