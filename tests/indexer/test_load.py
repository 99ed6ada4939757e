"""A load's counts, what it writes and what it leaves, with and without workers; rebuild, delete, prune; persons linked at the end."""

from __future__ import annotations

import io
import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from indexer import load, prepare
from indexer.clean import clean
from indexer.engine.contract import Rejection
from indexer.errors import EngineError, IndexMissing, UsageError
from indexer.extract import extract
from indexer.load import LoadSummary, delete, index, rebuild
from indexer.models import CleanArticle, RawArticle, Report
from indexer.read import read
from indexer.redirects import VERSION
from indexer.settings import Settings
from tests.fake_engine import FakeEngine, FakeWriter

SETTINGS = Settings()
CORPUS = Path(__file__).parents[2] / "corpus"
BODY = "Sáng 18/3, đồng chí Nguyễn Văn Long, Bí thư Huyện ủy Lắk, chủ trì hội nghị giao ban với các đảng ủy trực thuộc tại tỉnh Đắk Lắk."


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


def write(folder: Path, count: int, body: Callable[[int], str] = lambda number: f"{BODY} Số {number}.") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(body(number))
    return folder


def adds_up(summary: LoadSummary) -> LoadSummary:
    assert summary.read == summary.written + summary.unchanged + len(summary.rejected)
    return summary


# ---------------------------------------------------------------- index


def test_the_five_reports(engine: FakeEngine) -> None:
    assert index(engine, [CORPUS], SETTINGS) == LoadSummary(read=5, written=5)
    assert list(engine.documents) == sorted(path.stem for path in CORPUS.glob("*.txt"))
    for name, document in engine.documents.items():
        assert document.stored.raw.original.encode() == (CORPUS / f"{name}.txt").read_bytes()
    assert engine.rows("label:source") == {"daklak gov vn": {"label": "daklak.gov.vn", "count": 2}}
    assert set(engine.rows("persons")) == {person for d in engine.documents.values() for person in d.keywords.get("official", ())}


def test_a_second_run_writes_nothing(engine: FakeEngine) -> None:
    index(engine, [CORPUS], SETTINGS)
    before, engine.calls = dict(engine.documents), []
    assert index(engine, [CORPUS], SETTINGS) == LoadSummary(read=5, unchanged=5)
    assert (engine.documents, engine.calls) == (before, [])


def test_other_rules_of_extraction_make_the_same_files_anew(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    index(engine, [CORPUS], SETTINGS)
    monkeypatch.setattr(load, "rules", lambda: "newer")
    assert index(engine, [CORPUS], SETTINGS) == LoadSummary(read=5, written=5, replaced=5)
    assert index(engine, [CORPUS], SETTINGS) == LoadSummary(read=5, unchanged=5)
    monkeypatch.setattr(load, "rules", lambda: "newest")
    rebuild(engine, SETTINGS)
    assert index(engine, [CORPUS], SETTINGS) == LoadSummary(read=5, unchanged=5)


def test_a_changed_file_replaces_its_report(engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "tin", 3)
    monkeypatch.setattr(load, "now", lambda: "2026-01-01T00:00:00Z")
    index(engine, [folder], SETTINGS)
    monkeypatch.setattr(load, "now", lambda: "2026-02-02T00:00:00Z")
    (folder / "001.txt").write_text(f"{BODY} Mới.")
    (folder / "003.txt").write_text(f"{BODY} Thêm.")
    assert index(engine, [folder], SETTINGS) == LoadSummary(read=4, written=2, unchanged=2, replaced=1)
    times = {name[-7:-4]: (d.stored.first_seen[:10], d.stored.indexed_at[:10]) for name, d in engine.documents.items()}
    assert times == {"000": ("2026-01-01",) * 2, "001": ("2026-01-01", "2026-02-02"), "002": ("2026-01-01",) * 2, "003": ("2026-02-02",) * 2}


def test_a_changed_sidecar_and_another_encoding_count_as_changes(engine: FakeEngine, tmp_path: Path) -> None:
    folder = write(tmp_path / "tin", 1)
    index(engine, [folder], SETTINGS)
    (folder / "manifest.jsonl").write_text(json.dumps({"file": "000.txt", "source": "Báo"}))
    assert index(engine, [folder], SETTINGS) == LoadSummary(read=1, written=1, replaced=1)
    assert index(engine, [folder], SETTINGS, encoding="utf-8") == LoadSummary(read=1, unchanged=1)
    (folder / "000.txt").write_text("Hoi nghi")
    index(engine, [folder], SETTINGS)
    assert index(engine, [folder], SETTINGS, encoding="latin-1") == LoadSummary(read=1, written=1, replaced=1)


def test_folders_of_one_name_do_not_overwrite_each_other(engine: FakeEngine, tmp_path: Path) -> None:
    bac, nam = write(tmp_path / "bac" / "tin", 2), write(tmp_path / "nam" / "tin", 2)
    for folder in (bac, nam, bac, nam):
        adds_up(index(engine, [folder], SETTINGS))
    assert index(engine, [nam, bac], SETTINGS) == LoadSummary(read=4, unchanged=4)
    assert sorted(d.stored.raw.path for d in engine.documents.values()) == sorted(str(path) for folder in (bac, nam) for path in folder.iterdir())
    # Moved, the reports go along.
    nam.rename(tmp_path / "nam" / "cũ")
    assert index(engine, [tmp_path / "nam"], SETTINGS, prune=True) == LoadSummary(read=2, written=2, removed=2)
    assert len(engine.documents) == 4


def test_bad_documents_are_named_and_the_rest_loaded(engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "tin", 7)
    (folder / "001.txt").write_bytes(b"")
    (folder / "002.txt").write_text("Tăng cỡ chữ\nChia sẻ")
    (folder / "003.txt").write_text(BODY + " kaputt")
    (folder / "004.txt").write_text(BODY + " poison")

    def fragile(article: CleanArticle) -> Report:
        if "kaputt" in article.body:
            raise IndexError("tuple index out of range")
        return extract(article)

    monkeypatch.setattr(prepare, "extract", fragile)
    summary = adds_up(index(engine, [folder], SETTINGS))
    assert (summary.read, summary.written) == (7, 3)
    assert sorted(summary.rejected, key=lambda r: r.where) == [
        Rejection(f"{folder}/001.txt", "empty"),
        Rejection(f"{folder}/002.txt", "no text but the portal's own (menus, tool bars, footer)"),
        Rejection(f"{folder}/003.txt", "cannot be analysed (IndexError: tuple index out of range); please report this text"),
        Rejection(f"{folder}/004.txt", "poison"),
    ]
    assert [name[-7:-4] for name in engine.documents] == ["000", "005", "006"]


def test_a_missing_path_touches_nothing(engine: FakeEngine, tmp_path: Path) -> None:
    for arguments in ({"paths": [tmp_path / "nowhere"]}, {"paths": [tmp_path], "encoding": "utf-9"}):
        with pytest.raises(UsageError):
            index(engine, settings=SETTINGS, **arguments)
    assert (engine.serving, engine.calls) == (None, [])


def test_progress_and_batches(engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "_BATCH", 2)
    told: list[tuple[str, int, int | None]] = []
    index(engine, [write(tmp_path / "tin", 5)], SETTINGS, progress=lambda *step: told.append(step))
    assert [call for call in engine.calls if call.startswith("put ")] == ["put 2", "put 2", "put 1"]
    assert told[-3:] == [("read", 5, 5), ("link", 0, None), ("publish", 0, None)]
    assert told[0][0] == "read"


def test_standard_input(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO("".join(json.dumps({"id": f"{number}", "body": BODY}) + "\n" for number in range(3)).encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    assert index(engine, ["-"], SETTINGS, prune=True) == LoadSummary(read=3, written=3)


# ---------------------------------------------------------------- workers


def contents(engine: FakeEngine) -> dict[str, tuple[object, ...]]:
    return {name: (d.text, d.keywords, d.numbers, replace(d.stored, indexed_at="", first_seen="")) for name, d in engine.documents.items()}


def test_workers_give_the_same(engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "_BATCH", 3)
    folder = write(tmp_path / "tin", 10)
    other = FakeEngine()
    assert index(engine, [CORPUS, folder], SETTINGS) == index(other, [CORPUS, folder], SETTINGS, workers=2)
    assert contents(engine) == contents(other)
    assert list(engine.documents) == list(other.documents)


def deadly(batch: list[prepare.Task]) -> list[prepare.Prepared]:
    """In place of prepare.prepare_batch: a text that kills the process that touches it, as the kernel does when memory is out."""
    if any("deadly" in task.raw.original for task in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Rejection(task.where, "taken") for task in batch]


def test_a_document_that_kills_its_worker_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "_BATCH", 3)
    monkeypatch.setattr(prepare, "prepare_batch", deadly)
    folder = write(tmp_path / "tin", 8, lambda number: "deadly" if number == 4 else f"Số {number}")
    tasks = [prepare.Task(item, item.id, "", "", "") for item in read([folder], SETTINGS) if isinstance(item, RawArticle)]
    results = [(task.where, result.reason) for task, result in prepare.prepare(tasks, workers=2) if isinstance(result, Rejection)]
    assert results == [
        (f"tin/{number:03}.txt", "the process that analysed it died (killed, or out of memory)" if number == 4 else "taken") for number in range(8)
    ]


# ---------------------------------------------------------------- prune, delete, rebuild


def test_prune_removes_what_is_gone_and_nothing_else(engine: FakeEngine, tmp_path: Path) -> None:
    folder, other = write(tmp_path / "tin", 4), write(tmp_path / "tinh", 2)
    (folder / "a.jsonl").write_text("".join(json.dumps({"id": name, "body": BODY}) + "\n" for name in ("đi", "ở")))
    index(engine, [folder, other], SETTINGS)
    (folder / "001.txt").unlink()
    (folder / "002.txt").write_bytes(b"")  # there, but cannot be read: its report stays
    (other / "000.txt").unlink()  # not under the path given
    (folder / "a.jsonl").write_text(json.dumps({"id": "ở", "body": BODY}) + "\n")
    assert index(engine, [folder], SETTINGS) == LoadSummary(read=4, unchanged=3, rejected=(Rejection(f"{folder}/002.txt", "empty"),))
    assert adds_up(index(engine, [folder], SETTINGS, prune=True)).removed == 2
    assert sorted(engine.documents) == ["tin/000.txt", "tin/002.txt", "tin/003.txt", "tinh/000.txt", "tinh/001.txt", "ở"]
    (folder / "a.jsonl").write_text("{broken\n")  # the line may have been any report's
    assert adds_up(index(engine, [folder], SETTINGS, prune=True)).removed == 0


def test_prune_keeps_what_an_unreadable_folder_held(engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "tin", 1)
    write(folder / "closed", 2)
    index(engine, [folder], SETTINGS)
    scandir = os.scandir

    def closed(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert index(engine, [folder], SETTINGS, prune=True) == LoadSummary(read=2, unchanged=1, rejected=(Rejection(f"{folder}/closed", "Permission denied"),))


def test_delete(engine: FakeEngine, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        rebuild(engine, SETTINGS)
    folder = write(tmp_path / "tin", 3)
    index(engine, [folder], SETTINGS)
    [person] = engine.rows("persons")
    assert engine.rows("persons")[person]["reports"] == 3
    assert delete(engine, ["tin/001.txt", "nie", "tin/001.txt"]) == (1, ["nie"])
    assert sorted(engine.documents) == ["tin/000.txt", "tin/002.txt"]
    assert engine.rows("persons")[person]["reports"] == 2
    engine.calls = []
    assert delete(engine, ["nie"]) == (0, ["nie"])
    assert engine.calls == []


def test_rebuild(engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "_PAGE", 2)
    monkeypatch.setattr(load, "now", lambda: "2026-01-01T00:00:00Z")
    folder = write(tmp_path / "tin", 5)
    index(engine, [folder], SETTINGS)
    old, before = engine.serving, contents(engine)
    for path in folder.iterdir():
        path.unlink()
    monkeypatch.setattr(load, "now", lambda: "2026-02-02T00:00:00Z")
    told: list[tuple[str, int, int | None]] = []
    assert rebuild(engine, SETTINGS, lambda *step: told.append(step)) == LoadSummary(read=5, written=5, replaced=5)
    assert contents(engine) == before
    assert engine.serving is not old
    assert {(d.stored.first_seen[:7], d.stored.indexed_at[:7]) for d in engine.documents.values()} == {("2026-01", "2026-02")}
    assert ("rebuild", 5, 5) in told
    assert engine.rows("persons") != {}
    write(folder, 5)
    assert index(engine, [folder], SETTINGS) == LoadSummary(read=5, unchanged=5)


def test_a_rebuild_that_would_lose_a_report_swaps_nothing(engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index(engine, [write(tmp_path / "tin", 3)], SETTINGS)
    old = engine.serving

    def fragile(article: CleanArticle) -> Report:
        if "Số 1" in article.body:
            raise ValueError("no")
        return extract(article)

    monkeypatch.setattr(prepare, "extract", fragile)
    with pytest.raises(EngineError, match=r"the old generation serves: 1 of 3 reports cannot be carried over, such as tin/001.txt: cannot be analysed"):
        rebuild(engine, SETTINGS)
    assert engine.serving is old
    assert len(engine.documents) == 3


# ---------------------------------------------------------------- interrupted runs


@pytest.mark.parametrize("step", ["put", "put_rows", "publish", "delete"])
def test_a_run_cut_off_anywhere_is_made_good_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """The failing twin of a writer: call N of `step` raises, N grows until a run goes through; then a run must leave what a clean one does."""
    monkeypatch.setattr(load, "_BATCH", 2)
    folder = write(tmp_path / "tin", 5)
    clean_run = FakeEngine()
    index(clean_run, [folder], SETTINGS)
    for allowed in range(20):
        engine = FakeEngine()
        write(folder, 6)
        index(engine, [folder], SETTINGS)
        (folder / "005.txt").unlink()
        (folder / "001.txt").write_text("Thay đổi.")
        cut = cut_off_at(step, allowed, partial(index, engine, [folder], SETTINGS, prune=True))
        write(folder, 5)
        adds_up(index(engine, [folder], SETTINGS, prune=True))
        assert contents(engine) == contents(clean_run)
        assert engine.serving is not None
        assert clean_run.serving is not None
        assert without_history(engine.serving.shown) == without_history(clean_run.serving.shown)
        if not cut:
            return
    pytest.fail("no run went through")


def without_history(shown: dict[str, dict[str, dict[str, object]]]) -> dict[str, dict[str, dict[str, object]]]:
    """Side tables but the number of the link, which counts what was done before."""
    return {table: rows for table, rows in shown.items() if table != VERSION}


def cut_off_at(step: str, allowed: int, run: Callable[[], object]) -> bool:
    """Whether `run` met its end at call `allowed` of the writer's method `step`."""
    original = getattr(FakeWriter, step)
    calls = 0

    def failing(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls > allowed:
            raise EngineError("cut off")
        return original(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeWriter, step, failing)
        try:
            run()
        except EngineError:
            return True
    return False


def test_a_changed_persons_file_is_applied_by_the_next_run(engine: FakeEngine, tmp_path: Path) -> None:
    folder = write(tmp_path / "tin", 2)
    index(engine, [folder], SETTINGS)
    [person] = engine.rows("persons")
    manual = tmp_path / "persons.tsv"
    manual.write_text(f"merge\t{person}\tlong\n")
    settings = replace(SETTINGS, persons=str(manual))
    assert index(engine, [folder], settings) == LoadSummary(read=2, unchanged=2)
    assert list(engine.rows("persons")) == ["long"]
    engine.calls = []
    index(engine, [folder], settings)
    assert engine.calls == []


def test_cleaning_and_extraction_meet() -> None:
    """The first paragraph of a page without headline is its title, and says so."""
    [raw] = [item for item in read([CORPUS / "004_23d4e14dfd3925d9.txt"], SETTINGS) if isinstance(item, RawArticle)]
    report = extract(clean(raw))
    assert report.title_inferred
    assert report.body.startswith(report.title[:40])
