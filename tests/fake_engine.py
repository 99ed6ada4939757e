"""An engine in memory, for tests of what stands before an engine: it stores, scans and lists, and searches nothing but all reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from indexer.engine.contract import Engine, EngineHit, IndexDocument, IndexInfo, Known, Match, Rejection, Request, Response, Score, Writer
from indexer.errors import IndexMissing
from indexer.models import StoredReport


class Generation:
    """Documents by id and side tables; `shown` is what readers see of the tables (what was published)."""

    def __init__(self) -> None:
        self.documents: dict[str, IndexDocument] = {}
        self.tables: dict[str, dict[str, dict[str, Any]]] = {}
        self.shown: dict[str, dict[str, dict[str, Any]]] = {}


class FakeWriter(Writer):
    """`calls` of the engine notes each call that writes."""

    def __init__(self, engine: FakeEngine, generation: Generation) -> None:
        self.generation = "fake"
        self._engine = engine
        self._own = generation

    def known(self) -> dict[str, Known]:
        return {
            report: Known(document.stored.fingerprint, document.stored.raw.path, document.stored.first_seen) for report, document in self._own.documents.items()
        }

    def put(self, documents: Sequence[IndexDocument]) -> list[Rejection]:
        self._engine.calls.append(f"put {len(documents)}")
        refused = [Rejection(document.id, "poison") for document in documents if "poison" in document.stored.raw.original]
        self._own.documents.update({document.id: document for document in documents if "poison" not in document.stored.raw.original})
        return refused

    def delete(self, ids: Sequence[str]) -> int:
        self._engine.calls.append(f"delete {len(ids)}")
        return sum(1 for report in ids if self._own.documents.pop(report, None))

    def scan(self) -> Iterator[StoredReport]:
        for report in sorted(self._own.documents):
            yield StoredReport.from_json(self._own.documents[report].stored.to_json())

    def put_rows(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self._engine.calls.append(f"put_rows {table}")
        self._own.tables[table] = {key: dict(row) for key, row in rows.items()}

    def publish(self) -> None:
        self._engine.calls.append("publish")
        self._own.shown = dict(self._own.tables)
        if self._engine.serving is not self._own:
            self._engine.previous, self._engine.serving = self._engine.serving, self._own


class FakeEngine(Engine):
    """Views are the list of ids at their opening."""

    name = "fake"

    def __init__(self) -> None:
        self.serving: Generation | None = None
        self.previous: Generation | None = None
        self.calls: list[str] = []

    @property
    def documents(self) -> dict[str, IndexDocument]:
        return self._there().documents

    def _there(self) -> Generation:
        if self.serving is None:
            raise IndexMissing("nothing is indexed yet")
        return self.serving

    def execute(self, request: Request) -> Response:
        documents = self._there().documents
        ids = sorted(documents)
        start = int(request.after[0]) if request.after else request.offset
        end = start + request.limit
        hits = tuple(EngineHit(report, 0.0, documents[report].stored) for report in ids[start:end])
        view = None if request.view is None else "view"
        return Response(len(ids), hits, (), view, (end,) if view and end < len(ids) else None)

    def count(self, matches: Sequence[Match], view: str | None = None) -> tuple[int, ...]:
        return (len(self._there().documents),) * len(matches)

    def parts(self, ids: Sequence[str], scores: Sequence[Score], view: str | None = None) -> dict[str, tuple[float, ...]]:
        return {report: (0.0,) * len(scores) for report in ids if report in self.documents}

    @contextmanager
    def frozen(self) -> Iterator[str]:
        yield "view"

    def members(self, request: Request) -> Iterator[tuple[str, str]]:
        documents = self._there().documents
        yield from ((report, documents[report].stored.group) for report in sorted(documents) if documents[report].stored.group)

    def get(self, ids: Sequence[str]) -> dict[str, StoredReport]:
        return {report: self.documents[report].stored for report in ids if report in self.documents}

    def rows(self, table: str, keys: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
        rows = self._there().shown.get(table, {})
        return dict(rows) if keys is None else {key: rows[key] for key in keys if key in rows}

    def status(self) -> IndexInfo:
        reports = len(self.serving.documents) if self.serving else 0
        return IndexInfo("fake", "0", "fake" if self.serving else None, None, None, None, reports)

    def check(self) -> None:
        self._there()

    @contextmanager
    def writer(self, *, fresh: bool = False) -> Iterator[FakeWriter]:
        if fresh or self.serving is None:
            generation = Generation()
            if not fresh:
                self.serving = generation
        else:
            generation = self.serving
        yield FakeWriter(self, generation)

    def rollback(self) -> IndexInfo:
        if self.previous is None:
            raise IndexMissing("no generation before")
        self.serving, self.previous = self.previous, None
        return self.status()

    def close(self) -> None:
        """Holds nothing."""
