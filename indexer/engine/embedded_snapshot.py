"""What readers see: the index as it is now, opened afresh when it changed, and frozen views for cursors."""

from __future__ import annotations

import json
import secrets
import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import tantivy

from indexer.engine.contract import HasNear, Match, Request
from indexer.engine.embedded_generations import INDEX, INFO, TABLES, Generation, Generations
from indexer.engine.embedded_index import failures, open_index
from indexer.engine.embedded_order import Place, ordered
from indexer.errors import CursorExpired, EngineError

# Two swaps within the microseconds between reading CURRENT and opening its files; a third is somebody else's mistake.
_TRIES = 3
# A view costs 12 bytes a hit and an order, and keeps its generation's files mapped. The longest unused one gives way.
MAX_VIEWS = 256
_MAX_ORDERS = 8  # of one view: a walk needs two, the full query and the relaxed one

Asked = tuple[HasNear, tuple[Match, ...]]  # a window, and what stands beside it in its query


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One committed state of one generation; goes on answering after its folder was removed."""

    state: tuple[str, bytes, bytes]
    generation: Generation
    searcher: tantivy.Searcher
    schema: tantivy.Schema
    near: dict[Asked, tuple[str, ...]] = field(default_factory=dict, compare=False)  # what embedded_near.py has read, by ids


class Snapshots:
    """Gives the newest state, the same object while nothing changes. Safe for threads."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = threading.Lock()
        self._newest: Snapshot | None = None
        self._tables: OrderedDict[tuple[str, str], dict[str, dict[str, Any]]] = OrderedDict()

    def now(self) -> Snapshot:
        """Raises IndexMissing, IndexDamaged. Reads three small files (40 µs) to see whether anything changed."""
        for number in range(_TRIES):
            name = self._generations.serving()
            try:
                return self._open(name)
            except EngineError:
                if number == _TRIES - 1 or self._generations.serving() == name:
                    raise
        raise AssertionError("the loop above returns or raises")

    def table(self, snapshot: Snapshot, table: str) -> dict[str, dict[str, Any]]:
        """A side table, read once: each version of it is a file of its own."""
        file = snapshot.generation.tables.get(table)
        if file is None:
            return {}
        key = (snapshot.generation.name, file)
        with self._lock:
            found = self._tables.get(key)
            if found is None:
                folder = self._generations.folder(snapshot.generation.name)
                with failures(folder):
                    found = json.loads((folder / TABLES / file).read_text(encoding="utf-8"))
                self._tables[key] = found
                while len(self._tables) > 4 * len(snapshot.generation.tables):
                    self._tables.popitem(last=False)
            return found

    def forget(self) -> None:
        with self._lock:
            self._newest = None
            self._tables.clear()

    def _open(self, name: str) -> Snapshot:
        folder = self._generations.folder(name)
        with self._lock, failures(folder):
            state = (name, (folder / INFO).read_bytes(), (folder / INDEX / "meta.json").read_bytes())
            if self._newest is None or self._newest.state != state:
                # A commit between the line above and this one gives a newer index under an older state: opened again next time.
                index = open_index(folder / INDEX)
                self._newest = Snapshot(state, Generation.from_json(name, state[1].decode()), index.searcher(), index.schema)
            return self._newest


@dataclass(slots=True)
class _Order:
    """Every hit of one request in order, 12 bytes each."""

    segments: array[int]
    documents: array[int]
    scores: array[float]


@dataclass(slots=True)
class View:
    """A frozen state, and the orders of the requests that are walked in it."""

    snapshot: Snapshot
    used: float
    walked: bool = True
    _orders: OrderedDict[Hashable, _Order] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def page(self, request: Request, start: int, end: int) -> tuple[int, list[Place]]:
        """Total and ranks [start, end) of the request in this view; where it is walked, the first call orders all hits."""
        if not self.walked or start == end:  # a total alone orders nothing
            return ordered(self.snapshot.searcher, self.snapshot.schema, request, start, end)
        key = (request.match, request.constraints, request.scores, request.sort)
        with self._lock:
            order = self._orders.get(key)
            if order is None:
                _, places = ordered(self.snapshot.searcher, self.snapshot.schema, request, 0, None)
                order = _Order(
                    array("I", [p.address.segment_ord for p in places]), array("I", [p.address.doc for p in places]), array("f", [p.score for p in places])
                )
                self._orders[key] = order
                if len(self._orders) > _MAX_ORDERS:
                    self._orders.popitem(last=False)
            self._orders.move_to_end(key)
        rows = zip(order.scores[start:end], order.segments[start:end], order.documents[start:end], strict=True)
        return len(order.scores), [Place(score, tantivy.DocAddress(segment, document)) for score, segment, document in rows]


class Views:
    """The open views of this process, each leased for `lease` seconds after its last use. Safe for threads."""

    def __init__(self, lease: float) -> None:
        self._lease = lease
        self._lock = threading.Lock()
        self._open: OrderedDict[str, View] = OrderedDict()  # longest unused first

    def open(self, snapshot: Snapshot, *, walked: bool = True) -> tuple[str, View]:
        """A new view of the snapshot and its name; `walked`: page after page of one request is asked of it."""
        with self._lock:
            self._drop_expired()
            if len(self._open) >= MAX_VIEWS:
                self._open.popitem(last=False)
            name, view = secrets.token_urlsafe(12), View(snapshot, time.monotonic(), walked)
            self._open[name] = view
            return name, view

    def get(self, name: str) -> View:
        """Raises CursorExpired for a view that has ended or is not of this process."""
        with self._lock:
            self._drop_expired()
            view = self._open.get(name)
            if view is None:
                raise CursorExpired(f"this cursor has ended (it lives {self._lease:g} seconds after its last use): repeat the search without it")
            view.used = time.monotonic()
            self._open.move_to_end(name)
            return view

    def drop(self, name: str) -> None:
        with self._lock:
            self._open.pop(name, None)

    def close(self) -> None:
        with self._lock:
            self._open.clear()

    def _drop_expired(self) -> None:
        oldest = time.monotonic() - self._lease
        while self._open and next(iter(self._open.values())).used < oldest:
            self._open.popitem(last=False)
