"""The embedded engine: tantivy in this process, one folder on disk, nothing to start. What it promises is contract.Engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Order, Query

from indexer.engine.contract import AllOf, Engine, EngineHit, Exists, HasAny, IndexInfo, Match, Request, Response, Score, Writer
from indexer.engine.embedded_facets import counts
from indexer.engine.embedded_files import folder_size, sync_folder, writer_lock, writer_of
from indexer.engine.embedded_generations import INDEX, Generations
from indexer.engine.embedded_index import failures, group_of, id_of, stored_of
from indexer.engine.embedded_near import resolved, without_near
from indexer.engine.embedded_order import Place, ordered, scored_apart, total_of
from indexer.engine.embedded_query import match_query
from indexer.engine.embedded_snapshot import Snapshot, Snapshots, Views
from indexer.engine.embedded_writer import EmbeddedWriter
from indexer.engine.schema import DATE_FROM, DATE_TO, GROUP, ID
from indexer.engine.versions import check_prefix, check_versions
from indexer.errors import IndexMissing, InvalidCursor, SettingsError
from indexer.models import StoredReport
from indexer.settings import Settings


class EmbeddedEngine(Engine):
    """An index in the folder `path`; made by the first writer, never by a reader. Safe for threads."""

    name = "embedded"

    def __init__(self, path: Path, settings: Settings) -> None:
        """Opens nothing yet. Raises SettingsError when the prefix cannot begin a generation's name."""
        try:
            check_prefix(settings.index)
        except ValueError as error:
            raise SettingsError(f"BAOCAO_INDEX: {error}") from None
        self._path = path
        self._generations = Generations(path, settings.index)
        self._snapshots = Snapshots(self._generations)
        self._views = Views(settings.cursor_lease)

    # ---------------------------------------------------------------- reading

    def execute(self, request: Request) -> Response:
        if request.view is None:
            snapshot = self._now()
            with self._reading(snapshot):
                request = without_near(request, snapshot)
                total, places = ordered(snapshot.searcher, snapshot.schema, request, request.offset, request.offset + request.limit)
                return _response(snapshot, request, total, places)
        name, view = (request.view, self._views.get(request.view)) if request.view else self._views.open(self._now())
        start = request.offset if request.after is None else _position(request.after)
        end = start + request.limit
        with self._reading(view.snapshot):
            request = without_near(request, view.snapshot)
            total, places = view.page(request, start, end)
            return _response(view.snapshot, request, total, places, view=name, after=(end,) if end < total else None)

    def count(self, matches: Sequence[Match], view: str | None = None) -> tuple[int, ...]:
        snapshot = self._now() if view is None else self._views.get(view).snapshot
        with self._reading(snapshot):
            return tuple(total_of(snapshot.searcher, match_query(resolved(match, snapshot), snapshot.schema)) for match in matches)

    def parts(self, ids: Sequence[str], scores: Sequence[Score], view: str | None = None) -> dict[str, tuple[float, ...]]:
        snapshot = self._now() if view is None else self._views.get(view).snapshot
        with self._reading(snapshot):
            return scored_apart(snapshot.searcher, snapshot.schema, ids, without_near(Request(scores=tuple(scores)), snapshot).scores)

    @contextmanager
    def frozen(self) -> Iterator[str]:
        name, _ = self._views.open(self._now(), walked=False)
        try:
            yield name
        finally:
            self._views.drop(name)

    def members(self, request: Request) -> Iterator[tuple[str, str]]:
        snapshot = self._views.get(request.view or "").snapshot
        with self._reading(snapshot):
            grouped = without_near(replace(request, match=AllOf((request.match, Exists(GROUP)))), snapshot)
            places = ordered(snapshot.searcher, snapshot.schema, grouped, 0, None)[1]
            found = [(id_of(document), group_of(document)) for document in (snapshot.searcher.doc(place.address) for place in places)]  # one held at a time
        yield from found

    def get(self, ids: Sequence[str]) -> dict[str, StoredReport]:
        snapshot = self._now()
        if not ids:
            return {}
        with self._reading(snapshot):
            found = snapshot.searcher.search(match_query(HasAny(ID, tuple(ids)), snapshot.schema), limit=len(ids), count=False)
            documents = [snapshot.searcher.doc(address) for _, address in found.hits]
            return {id_of(document): stored_of(document) for document in documents}

    def rows(self, table: str, keys: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
        rows = self._snapshots.table(self._now(), table)
        return dict(rows) if keys is None else {key: rows[key] for key in keys if key in rows}

    def status(self) -> IndexInfo:
        engine_version, writer = version("tantivy"), writer_of(self._path)
        building = self._generations.building()
        try:
            snapshot = self._snapshots.now()
        except IndexMissing:
            return IndexInfo(self.name, engine_version, None, None, None, None, 0, building=building, writer=writer, extra={"path": str(self._path)})
        generation = snapshot.generation
        with self._reading(snapshot):
            first, last = _date(snapshot, DATE_FROM, Order.Asc), _date(snapshot, DATE_TO, Order.Desc)
            size = folder_size(self._generations.folder(generation.name) / INDEX)
        return IndexInfo(
            engine=self.name,
            engine_version=engine_version,
            generation=generation.name,
            schema_version=generation.schema_version,
            analyzer_version=generation.analyzer_version,
            built=generation.built,
            reports=snapshot.searcher.num_docs,
            first_date=first,
            last_date=last,
            previous=self._generations.previous(),
            building=building,
            writer=writer,
            extra={"path": str(self._path), "bytes": size, "segments": snapshot.searcher.num_segments},
        )

    def check(self) -> None:
        snapshot = self._now()
        with self._reading(snapshot):
            for _, address in snapshot.searcher.search(Query.all_query(), limit=1, count=False).hits:
                stored_of(snapshot.searcher.doc(address))

    def close(self) -> None:
        self._views.close()
        self._snapshots.forget()

    # ---------------------------------------------------------------- writing

    def writer(self, *, fresh: bool = False) -> AbstractContextManager[Writer]:
        return self._writer(fresh)

    @contextmanager
    def _writer(self, fresh: bool) -> Iterator[EmbeddedWriter]:
        with ExitStack() as held:
            with failures(self._path):
                if not self._path.is_dir():
                    self._path.mkdir(parents=True, exist_ok=True)
                    sync_folder(self._path.parent)
                held.enter_context(writer_lock(self._path))
                self._generations.sweep()
                name = self._generations.current() if not fresh else None
                generation = self._generations.create() if name is None else self._generations.read(name)
            if name is not None:
                check_versions(generation.schema_version, generation.analyzer_version)
            writer = EmbeddedWriter(self._generations, generation)
            held.callback(writer.close)
            if not fresh and name is None:
                writer.publish()  # the first generation of all serves at once, empty
            yield writer

    def rollback(self) -> IndexInfo:
        if not self._path.is_dir():
            raise IndexMissing(f"nothing is indexed yet in {self._path}")
        with ExitStack() as held, failures(self._path):
            held.enter_context(writer_lock(self._path))
            previous = self._generations.previous()
            if previous is None:
                raise IndexMissing(f"{self._path} holds no generation before the one that serves")
            self._generations.serve(previous)
        return self.status()

    def _now(self) -> Snapshot:
        """What is to be read."""
        snapshot = self._snapshots.now()
        if not self.any_version:
            check_versions(snapshot.generation.schema_version, snapshot.generation.analyzer_version)
        return snapshot

    def _reading(self, snapshot: Snapshot) -> AbstractContextManager[None]:
        return failures(self._generations.folder(snapshot.generation.name))


def _response(snapshot: Snapshot, request: Request, total: int, places: list[Place], *, view: str | None = None, after: tuple[int] | None = None) -> Response:
    documents = [(place.score, snapshot.searcher.doc(place.address)) for place in places]
    hits = tuple(EngineHit(id_of(document), score, stored_of(document)) for score, document in documents)
    return Response(total, hits, counts(snapshot.searcher, snapshot.schema, request), view, after)


def _position(after: tuple[Any, ...]) -> int:
    if len(after) == 1 and type(after[0]) is int and after[0] >= 0:
        return after[0]
    raise InvalidCursor("this is not a cursor of this engine: repeat the search without it")


def _date(snapshot: Snapshot, field: str, order: tantivy.Order) -> str | None:
    """The first value of a date field (20260318) in the given order, as an ISO date."""
    found = snapshot.searcher.search(Query.exists_query(field), limit=1, count=False, order_by_field=field, order=order).hits
    if not found:
        return None
    text = f"{found[0][0]:08}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
