"""Loading: read -> clean -> extract -> analyse -> engine, in bounded memory; rebuilding from the stored originals; deleting.

What is read adds up: read = written + unchanged + rejected. A run that was killed leaves what it had put, and a mark that the index is not
linked; the next run takes up from there, also when it finds nothing new to put.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.engine.contract import Engine, IndexDocument, Known, Rejection, Request, Writer
from indexer.errors import EngineError, IndexMissing, InputRejected
from indexer.link import known_careers, link
from indexer.models import RawArticle
from indexer.prepare import Task, analyzer, prepare
from indexer.read import Reader, read
from indexer.redirects import history
from indexer.rules import rules
from indexer.settings import Settings

# A batch is durable when put returns. 300 development articles with their tokens are 8 MB on the way to an engine.
_BATCH = 300
_BATCH_CHARACTERS = 2_000_000
_PAGE = 100  # stored reports a page while a rebuild reads the old generation

STATE = "load"  # side table: "state" -> {linked, persons}; persons is the hash of the file of manual corrections

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """Counts of one run: read = written + unchanged + len(rejected). `replaced` are those of `written` that were there before with
    other contents or made by other rules; `removed` is what --prune took away; `ignored` counts files in folders that are of no kind we read."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    replaced: int = 0
    removed: int = 0
    rejected: tuple[Rejection, ...] = ()
    ignored: int = 0


def index(
    engine: Engine,
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings,
    *,
    workers: int = 1,
    encoding: str | None = None,
    prune: bool = False,
    progress: Progress | None = None,
) -> LoadSummary:
    """Loads `paths` (indexer.read) into the serving generation and makes the result visible.

    `progress` is called with a stage ("read", "link", "publish"), how much is done and of how much (None: unknown). Raises UsageError before
    anything is touched, and EngineError when the engine fails; what was put until then stays and the next run goes on from it.
    """
    read(paths, settings, encoding)  # a wrong path or encoding is told before the lock is taken
    with engine.writer() as writer:
        run = _Run(engine, writer, settings, progress or _silent)
        reader = read(paths, settings, encoding, {report: known.path for report, known in run.known.items()})
        for batch in _put_batches(prepare(run.tasks(reader), workers), run.rejected):
            run.put(batch)
        if prune:
            run.prune(reader)
        run.finish()
        return replace(run.summary(), ignored=reader.ignored)


def rebuild(engine: Engine, settings: Settings, progress: Progress | None = None, *, workers: int = 1) -> LoadSummary:
    """A new generation from the stored originals, cleaned, extracted and analysed afresh; serves once it is whole.

    Raises IndexMissing when there is nothing, EngineError when a report could not be carried over or counts differ: then the old
    generation goes on serving.
    """
    progress = progress or _silent
    _require_index(engine)
    old = engine.of_any_version()
    with engine.writer(fresh=True) as writer:
        total = old.execute(Request(limit=1)).total
        rejected: list[Rejection] = []
        written = 0
        for batch in _put_batches(prepare(_stored_tasks(old), workers), rejected):
            rejected += writer.put([document for _, document in batch])
            written += len(batch)
            progress("rebuild", written, total)
        if rejected:
            first = f"{rejected[0].where}: {rejected[0].reason}"
            raise EngineError(f"rebuild stopped, the old generation serves: {len(rejected)} of {total:,} reports cannot be carried over, such as {first}")
        if not written == total == len(writer.known()):
            raise EngineError(f"rebuild stopped, the old generation serves: it holds {total:,} reports, the new one {len(writer.known()):,}")
        _link(old, writer, settings, progress)
        return LoadSummary(read=total, written=written, replaced=written)


def delete(engine: Engine, ids: Sequence[str], settings: Settings | None = None) -> tuple[int, list[str]]:
    """Removes reports; gives how many there were and which of `ids` there were not. `settings` as the index is loaded with."""
    settings = settings or Settings()
    with engine.writer() as writer:
        known = writer.known()
        there = [report for report in dict.fromkeys(ids) if report in known]
        if there:
            _mark_unlinked(writer, settings)
            writer.delete(there)
            _link(engine, writer, settings, _silent)
        return len(there), [report for report in dict.fromkeys(ids) if report not in known]


def relink(engine: Engine, settings: Settings, progress: Progress | None = None) -> int:
    """Assigns persons afresh, as at the end of a load; gives how many reports were written again. Raises IndexMissing when there is nothing."""
    _require_index(engine)
    with engine.writer() as writer:
        _mark_unlinked(writer, settings)
        return _link(engine, writer, settings, progress or _silent)


def fingerprint(raw: RawArticle) -> str:
    """Changes when the bytes, their encoding, what a sidecar says of them or the rules that make a record change."""
    seen = [raw.sha256, raw.encoding, raw.source, raw.url, raw.title, raw.published, rules()]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


class _Run:
    """What one `index` run keeps: what is known, what it has seen, its counts."""

    def __init__(self, engine: Engine, writer: Writer, settings: Settings, progress: Progress) -> None:
        self._engine = engine
        self.writer = writer
        self.known: dict[str, Known] = writer.known()
        self.rejected: list[Rejection] = []
        self._settings = settings
        self._progress = progress
        self._read = self._written = self._unchanged = self._replaced = self._removed = 0
        self._linked = _is_linked(engine, settings)
        self._touched = False
        self._now = now()

    def tasks(self, reader: Reader) -> Iterator[Task]:
        """What is new or changed of what is read."""
        for item in reader:
            self._read += 1
            if self._read % 100 == 0:
                self._progress("read", self._read, None)
            if isinstance(item, InputRejected):
                self.rejected.append(Rejection(item.where, item.reason))
                continue
            mark = fingerprint(item)
            known = self.known.get(item.id)
            if known and known.fingerprint == mark and known.path == item.path:
                self._unchanged += 1
                continue
            yield Task(item, reader.where[item.id], mark, known.first_seen if known else self._now, self._now)

    def put(self, batch: Sequence[tuple[Task, IndexDocument]]) -> None:
        """Stores a batch; what the engine refuses is named as the user knows it."""
        self._touch()
        where = {task.raw.id: task.where for task, _ in batch}
        refused = {rejection.where: rejection.reason for rejection in self.writer.put([document for _, document in batch])}
        self.rejected += [Rejection(where.get(report, report), reason) for report, reason in refused.items()]
        self._written += len(batch) - len(refused)
        self._replaced += sum(1 for report in where if report in self.known and report not in refused)
        self._progress("read", self._read, None)

    def prune(self, reader: Reader) -> None:
        """Removes reports whose source lay under a path given and is gone; never one whose source could not be read."""
        gone = [
            report
            for report, known in self.known.items()
            if known.path and report not in reader.where and _lies_under(known.path, reader.roots) and not _lies_under(known.path, reader.unsure)
        ]
        if gone:
            self._touch()
            self._removed = self.writer.delete(gone)

    def finish(self) -> None:
        """Links and publishes if this run, or one that was cut off, has changed anything."""
        self._progress("read", self._read, self._read)
        if not self._linked:
            _link(self._engine, self.writer, self._settings, self._progress)

    def summary(self) -> LoadSummary:
        return LoadSummary(self._read, self._written, self._unchanged, self._replaced, self._removed, tuple(self.rejected))

    def _touch(self) -> None:
        if not self._touched:
            self._touched = True
            self._linked = False
            _mark_unlinked(self.writer, self._settings)


def now() -> str:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _put_batches(prepared: Iterator[tuple[Task, IndexDocument | Rejection]], rejected: list[Rejection]) -> Iterator[list[tuple[Task, IndexDocument]]]:
    batch: list[tuple[Task, IndexDocument]] = []
    characters = 0
    for task, result in prepared:
        if isinstance(result, Rejection):
            rejected.append(result)
            continue
        batch.append((task, result))
        characters += len(task.raw.original)
        if len(batch) == _BATCH or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _stored_tasks(engine: Engine) -> Iterator[Task]:
    """Every report of the serving generation, from a view of it that stands still."""
    stamp = now()
    page = engine.execute(Request(limit=_PAGE, view=""))
    while True:
        for hit in page.hits:
            stored = hit.stored
            yield Task(stored.raw, hit.id, fingerprint(stored.raw), stored.first_seen, stamp)
        if page.after is None:
            return
        page = engine.execute(Request(limit=_PAGE, view=page.view, after=page.after))


def _link(engine: Engine, writer: Writer, settings: Settings, progress: Progress) -> int:
    """`engine` still serves what was there before, so that old keys of persons are not lost, over a rebuild neither. Gives the reports written again."""
    progress("link", 0, None)
    changed = link(writer, analyzer(), settings.persons, history(engine), known_careers())
    _mark(writer, settings, linked=True)
    progress("publish", 0, None)
    writer.publish()
    return changed


def _require_index(engine: Engine) -> None:
    if engine.status().generation is None:
        raise IndexMissing("nothing is indexed yet: run `baocao index PATH`")


def _mark_unlinked(writer: Writer, settings: Settings) -> None:
    """Before the first change, says in the index itself that persons and labels are no longer those of its reports."""
    _mark(writer, settings, linked=False)
    writer.publish()


def _mark(writer: Writer, settings: Settings, *, linked: bool) -> None:
    writer.put_rows(STATE, {"state": {"linked": linked, "persons": _persons_hash(settings)}})


def _is_linked(engine: Engine, settings: Settings) -> bool:
    try:
        rows: Mapping[str, Mapping[str, object]] = engine.rows(STATE)
    except IndexMissing:
        return False
    return rows.get("state") == {"linked": True, "persons": _persons_hash(settings)}


def _persons_hash(settings: Settings) -> str:
    try:
        return hashlib.sha256(Path(settings.persons).read_bytes()).hexdigest() if settings.persons else ""
    except OSError:
        return "unreadable"  # link says so, by name


def _lies_under(path: str, places: Container[str]) -> bool:
    """Whether the path or a folder above it is one of `places`."""
    while path not in places:
        path, below = os.path.dirname(path), path
        if path == below:
            return False
    return True


def _silent(stage: str, done: int, total: int | None) -> None:
    """No progress wanted."""
