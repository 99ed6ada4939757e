"""The Elasticsearch engine: any Elasticsearch 9 with no plugin, no script and no analysis but the whitespace analyzer.

This class ties the parts together: elastic_query.py and elastic_facets.py build and read, elastic_read.py sends
searches, elastic_index.py knows the indices, elastic_lock.py and elastic_write.py write, elastic_client.py is the wire.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from threading import Lock as Mutex
from typing import Any

from elasticsearch import AuthorizationException, Elasticsearch, NotFoundError

from indexer.engine import schema
from indexer.engine.contract import Engine, IndexInfo, Match, Request, Response, Score, Writer
from indexer.engine.elastic_client import Call, Connection, T
from indexer.engine.elastic_facets import count_aggregation, facet_aggregations, groups, overlap_aggregations, overlaps, read_count, read_counts
from indexer.engine.elastic_index import KEY, ROW, TABLE, TABLES, Generation, Generations, Inventory, Run, row_id
from indexer.engine.elastic_lock import Lock, holder, make_lock_index
from indexer.engine.elastic_query import Json, can_stand, members_body, parts_body, read_after, read_hits, read_members, read_parts, search_body
from indexer.engine.elastic_read import MISSING, View, documents, pages, search
from indexer.engine.elastic_write import ElasticWriter
from indexer.engine.versions import check_prefix, check_versions, parse_index_name
from indexer.errors import EngineError, EngineRefused, IndexMissing, SettingsError
from indexer.models import StoredReport
from indexer.query import WINDOW
from indexer.settings import Settings

_CHECK_SECONDS = 2.5  # readiness is asked every few seconds; its answer must come within three
_IDS_A_SEARCH = 500
_ROWS_AT_ONCE = 1_000
_VERSIONS_SECONDS = 1.0  # an index of other versions may answer so long after it was swapped in; each look costs a request


class ElasticEngine(Engine):
    """One prefix of index names on one Elasticsearch. Opens no connection before the first question; safe for threads."""

    name = "elasticsearch"

    def __init__(self, address: str, settings: Settings) -> None:
        try:
            check_prefix(settings.index)
        except ValueError as error:
            raise SettingsError(f"BAOCAO_INDEX: {error}") from None
        self._settings, self._prefix = settings, settings.index
        self._connection = Connection(address, settings)
        self._lock_index = f"{self._prefix}.lock"
        self._views: dict[str, View] = {}
        self._known = 0.0  # monotonic seconds: until then the serving index has our versions
        self._mutex = Mutex()

    # -------------------------------------------------------- reading

    def execute(self, request: Request) -> Response:
        first, *rest = groups(request.facets)
        if rest and request.view is None:
            return self._execute_in_view(request)
        response = self._execute(replace(request, facets=first))
        for facets in rest:
            more = self._execute(replace(request, facets=facets, view=response.view, after=None, offset=0, limit=0, scores=()))
            response = replace(response, counts=(*response.counts, *more.counts), view=more.view)
        return response

    def _execute(self, request: Request) -> Response:
        view = self._view(request.view) if request.view is not None else None
        answer, counting, view = self._ask(request, facet_aggregations(request), view, opened=request.view == "")
        wanted = overlaps(request, counting)
        overlapping: Json = {}
        if wanted and view is None:
            return self._execute_in_view(request)
        if wanted:
            second = replace(request, limit=0, offset=0, after=None, scores=())
            _, overlapping, view = self._ask(second, overlap_aggregations(request, wanted), view, opened=True)
        if view is not None:
            self._remember(view)
        with self._connection.reading():
            return Response(
                total=answer["hits"]["total"]["value"],
                hits=read_hits(answer),
                counts=read_counts(request, counting, wanted, overlapping),
                view=view.encode() if view else None,
                after=read_after(request, answer) if view else None,
            )

    def _execute_in_view(self, request: Request) -> Response:
        """For an answer that takes several questions, which must all see the same reports."""
        response = self.execute(replace(request, view=""))
        self._forget(response.view)
        return replace(response, view=None, after=None)

    def count(self, matches: Sequence[Match], view: str | None = None) -> tuple[int, ...]:
        if not matches:
            return ()
        request = Request(limit=0, view=view)
        asked = self._view(view) if view is not None else None
        _, counting, renewed = self._ask(request, count_aggregation(matches), asked, opened=False)
        if renewed is not None:
            self._remember(renewed)
        with self._connection.reading():
            return read_count(counting, len(matches))

    def parts(self, ids: Sequence[str], scores: Sequence[Score], view: str | None = None) -> dict[str, tuple[float, ...]]:
        body = parts_body(ids, scores)
        answer: Json
        if view is None:
            answer = self._read(partial(search, body=body, index=self._prefix))
        else:
            asked = partial(self._view(view).search, body=body, lease=self._settings.cursor_lease, opened=False)
            answer, renewed = self._connection.read(asked)
            self._remember(renewed)
        with self._connection.reading():
            return read_parts(answer, len(scores))

    @contextmanager
    def frozen(self) -> Iterator[str]:
        view = self._view("")
        self._remember(view)
        try:
            yield view.encode()
        finally:
            self._forget(view.encode())

    def members(self, request: Request) -> Iterator[tuple[str, str]]:
        view = self._view(request.view or "")
        body = members_body(request)
        while body:
            answer, view = self._connection.read(partial(view.search, body=body, lease=self._settings.cursor_lease, opened=False))
            with self._connection.reading():
                hits = read_members(answer)
            yield from hits
            body = body | {"search_after": answer["hits"]["hits"][-1]["sort"]} if len(hits) == body["size"] else {}

    def get(self, ids: Sequence[str]) -> dict[str, StoredReport]:
        wanted = [i for i in dict.fromkeys(ids) if can_stand(i)]
        found: dict[str, StoredReport] = {}
        for start in range(0, len(wanted), _IDS_A_SEARCH):
            some = wanted[start : start + _IDS_A_SEARCH]
            body = {"query": {"terms": {schema.ID: some}}, "size": len(some), "_source": [schema.ID, schema.STORED], "track_total_hits": False}
            answer = self._read(partial(search, body=body, index=self._prefix))
            with self._connection.reading():
                found.update((hit.id, hit.stored) for hit in read_hits(answer))
        return found

    def rows(self, table: str, keys: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
        alias, fields = self._prefix + TABLES, [KEY, ROW]
        if keys is None:
            found = list(pages(self._read, alias, KEY, fields, WINDOW, {"term": {TABLE: table}}))
        else:
            wanted = [row_id(table, key) for key in dict.fromkeys(keys)]
            chunks = [wanted[start : start + _ROWS_AT_ONCE] for start in range(0, len(wanted), _ROWS_AT_ONCE)]
            found = [self._read(partial(documents, index=alias, ids=chunk, fields=fields)) for chunk in chunks]
        return {row[KEY]: json.loads(row[ROW]) for page in found for row in page}

    def status(self) -> IndexInfo:
        return self._connection.read(self._status)

    def check(self) -> None:
        body: Json = {"query": {"match_all": {}}, "size": 1, "_source": False, "track_total_hits": False}
        self._read(partial(search, body=body, index=self._prefix), _CHECK_SECONDS)

    def close(self) -> None:
        with self._mutex:
            views = list(self._views.values())
            self._views.clear()
        for view in views:
            with suppress(EngineError):  # its lease ends it too
                self._connection.once(view.close, _CHECK_SECONDS)
        self._connection.close()

    def _status(self, client: Elasticsearch) -> IndexInfo:
        inventory = self._generations(lambda call: call(client)).inventory()
        current, previous = inventory.current, inventory.previous
        writer = holder(client, self._lock_index)
        reports, first, last = _extent(client, current.name) if current else (0, None, None)
        return IndexInfo(
            engine=self.name,
            engine_version=_server_version(client),
            generation=current.name if current else None,
            schema_version=current.schema_version if current else None,
            analyzer_version=current.analyzer_version if current else None,
            built=current.built if current else None,
            reports=reports,
            first_date=first,
            last_date=last,
            previous=previous.name if previous else None,
            building=tuple(g.name for g in inventory.building),
            writer=str(writer) if writer else None,
            extra={"shards": current.shards} if current else {},
        )

    def _ask(self, request: Request, aggregations: Json, view: View | None, *, opened: bool) -> tuple[Json, Json, View | None]:
        """The answer to one search, its aggregations, and the view with its lease renewed."""
        body, lease = search_body(request, aggregations), self._settings.cursor_lease
        answer: Json
        if view is None:
            answer = self._read(partial(search, body=body, index=self._prefix))
        else:
            answer, view = self._connection.read(partial(view.search, body=body, lease=lease, opened=opened))
        return answer, answer.get("aggregations", {}), view

    def _read(self, call: Call[T], seconds: float | None = None) -> T:
        """What the index as it is answers. In a field that an older one lacks Elasticsearch finds nothing, and says nothing."""

        def checked(client: Elasticsearch) -> T:
            if time.monotonic() >= self._known:
                self._check(_serving(client, self._prefix))
                self._known = time.monotonic() + _VERSIONS_SECONDS
            return call(client)

        return self._connection.read(checked, seconds)

    def _check(self, generation: str) -> None:
        try:
            name = parse_index_name(generation)
        except ValueError:
            raise EngineRefused(f"the alias {self._prefix} names {generation}, which is not ours: choose another prefix in BAOCAO_INDEX") from None
        if not self.any_version:
            check_versions(name.schema_version, name.analyzer_version)

    # -------------------------------------------------------- views

    def _view(self, text: str) -> View:
        """The view of that name, a new one for ""."""
        if text:
            view = View.decode(text, self._prefix)
            self._check(view.generation)
            return view
        return self._connection.read(self._opened)

    def _opened(self, client: Elasticsearch) -> View:
        generation = _serving(client, self._prefix)
        self._check(generation)
        return View.open(client, generation, self._settings.cursor_lease)

    def _remember(self, view: View) -> None:
        """close() frees the views that are still open."""
        now = time.time()
        with self._mutex:
            for name in [name for name, kept in self._views.items() if kept.expires <= now]:
                del self._views[name]
            self._views[view.id] = view

    def _forget(self, text: str | None) -> None:
        view = View.decode(text or "", self._prefix)
        with self._mutex:
            self._views.pop(view.id, None)
        with suppress(EngineError):
            self._connection.once(view.close, _CHECK_SECONDS)

    # -------------------------------------------------------- writing

    @contextmanager
    def writer(self, *, fresh: bool = False) -> Iterator[Writer]:
        with self._lock() as lock:
            generations = self._generations(self._connection.write)
            inventory = _cleaned(generations)
            current = inventory.current
            if current is not None and not fresh:
                check_versions(current.schema_version, current.analyzer_version)
                generation = current
            else:
                generation = self._made(generations, inventory, fresh)
            generations.fence(generation, lock.token)
            yield ElasticWriter(self._connection, generations, generation, lock, current.name if current else None)

    def _made(self, generations: Generations, inventory: Inventory, fresh: bool) -> Generation:
        """A new generation; the first one serves at once, so that a load that is killed goes on where it was."""
        if not fresh and inventory.generations:
            last = inventory.generations[-1].name
            raise EngineRefused(f"the alias {self._prefix} is gone, but {last} is there: put the alias back on it, or remove that index")
        name = generations.create()
        if not fresh:
            generations.swap(None, name)
            generations.describe(name, state="ready")
        return next(g for g in generations.inventory().generations if g.name == name)

    def rollback(self) -> IndexInfo:
        with self._lock():
            generations = self._generations(self._connection.write)
            inventory = generations.inventory()
            current, previous = inventory.current, inventory.previous
            if current is None or previous is None:
                raise IndexMissing("there is no generation before this one to go back to" if current else MISSING)
            generations.swap(current.name, previous.name)
        return self.status()

    def _lock(self) -> Lock:
        self._connection.write(lambda client: make_lock_index(client, self._lock_index, self._settings.replicas))
        return Lock(self._connection, self._lock_index)

    def _generations(self, run: Run[Any]) -> Generations:
        return Generations(self._prefix, self._settings, run)


def _cleaned(generations: Generations) -> Inventory:
    """What there is after an interrupted run was cleared up. Newer generations than the serving one stay: a rollback left them."""
    inventory = generations.inventory()
    current = inventory.current
    if current is not None:
        if current.state == "building":  # killed between the swap and this note
            generations.describe(current.name, state="ready")
        older = inventory.generations[: inventory.generations.index(current)]
        generations.retire(g for g in older if g.state == "ready" and g != inventory.previous)
    return generations.sweep()


def _serving(client: Elasticsearch, prefix: str) -> str:
    try:
        found = client.indices.get_alias(name=prefix).body
    except NotFoundError:
        raise IndexMissing(MISSING) from None
    return min(str(name) for name, told in found.items() if told["aliases"])  # of none a ValueError: no answer of Elasticsearch's


def _extent(client: Elasticsearch, index: str) -> tuple[int, str | None, str | None]:
    """How many reports, and the first and last day that they speak of."""
    body: Json = {
        "size": 0,
        "query": {"match_all": {}},
        "track_total_hits": True,
        "aggs": {"first": {"min": {"field": schema.DATE_FROM}}, "last": {"max": {"field": schema.DATE_TO}}},
    }
    answer = search(client, body, index=index)
    first, last = (answer["aggregations"][name]["value"] for name in ("first", "last"))
    return answer["hits"]["total"]["value"], _iso(first), _iso(last)


def _iso(number: float | None) -> str | None:
    digits = "" if number is None else f"{int(number):08}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits else None


def _server_version(client: Elasticsearch) -> str:
    """The lowest version among the nodes: during a rolling upgrade there are two."""
    try:
        nodes = client.nodes.info(filter_path=["nodes.*.version"]).body["nodes"]
    except AuthorizationException:
        return "unknown (the key lacks the cluster right `monitor`)"
    return min((str(node["version"]) for node in nodes.values()), key=lambda version: [int(part) for part in version.split("-")[0].split(".")])
