"""The writer: puts reports into a generation, and publishes it. It holds the lock as long as it lives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.engine import schema
from indexer.engine.acceptance import MAX_ID_BYTES, reason_to_refuse
from indexer.engine.contract import IndexDocument, Known, Rejection, Writer
from indexer.engine.elastic_bulk import Outcome, delete_action, index_action, send
from indexer.engine.elastic_client import Connection
from indexer.engine.elastic_index import FIRST_SEEN, KEY, ROW, TABLE, TABLES, Generation, Generations, fenced, row_id
from indexer.engine.elastic_lock import Lock
from indexer.engine.elastic_query import Json, can_stand
from indexer.engine.elastic_read import pages
from indexer.errors import EngineRefused
from indexer.models import StoredReport

_KNOWN_PAGE = 5_000
# A page of scan() aims at so many bytes by the largest report of the page before: memory stays bounded whatever they are.
_SCAN_BYTES = 8_000_000
_SCAN_FIRST, _SCAN_MOST = 20, 500


class ElasticWriter(Writer):
    """Writes to one generation. `fresh`: it is not yet the serving one, and publish() swaps it in."""

    def __init__(self, connection: Connection, generations: Generations, generation: Generation, lock: Lock, serving: str | None) -> None:
        self.generation = generation.name
        self._connection, self._generations, self._lock = connection, generations, lock
        self._serving = serving
        self._fresh = not generation.current
        self._held: set[str] = set()  # of a fresh generation: every id that it must hold when it is swapped in

    def known(self) -> dict[str, Known]:
        self._refresh()
        fields = (schema.ID, schema.FINGERPRINT, schema.PATH, FIRST_SEEN)
        found = pages(self._connection.write, self.generation, schema.ID, fields, _KNOWN_PAGE)
        return {hit[schema.ID]: Known(hit[schema.FINGERPRINT], hit[schema.PATH], hit[FIRST_SEEN]) for page in found for hit in page}

    def put(self, documents: Sequence[IndexDocument]) -> list[Rejection]:
        self._lock.hold()
        actions: dict[str, Sequence[bytes]] = {}
        rejections: list[Rejection] = []
        for document in documents:
            reason = reason_to_refuse(document)
            if reason is None:
                actions[document.id] = index_action(document.id, source_of(document))  # the last of two with one id counts
            else:
                rejections.append(Rejection(document.id, reason))
        outcomes = send(self._connection, fenced(self.generation, self._lock.token), actions)
        refused = _refused(outcomes)
        self._held |= outcomes.keys() - refused.keys()
        return rejections + [Rejection(identifier, reason) for identifier, reason in refused.items()]

    def delete(self, ids: Sequence[str]) -> int:
        self._lock.hold()
        actions = {identifier: delete_action(identifier) for identifier in ids if _can_be_id(identifier)}
        outcomes = send(self._connection, fenced(self.generation, self._lock.token), actions)
        _expect_all(outcomes)
        self._held -= outcomes.keys()
        return sum(outcome.result == "deleted" for outcome in outcomes.values())

    def scan(self) -> Iterator[StoredReport]:
        self._refresh()
        for page in pages(self._connection.write, self.generation, schema.ID, [schema.STORED], _SCAN_FIRST, resize=_next_size):
            for hit in page:
                yield StoredReport.from_json(hit[schema.STORED])

    def put_rows(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self._lock.hold()
        wanted = {row_id(table, key): (key, json.dumps(row, ensure_ascii=False, sort_keys=True)) for key, row in rows.items()}
        there = {row_id(table, key): text for key, text in self._rows(table)}
        actions: dict[str, Sequence[bytes]] = {
            identifier: index_action(identifier, {TABLE: table, KEY: key, ROW: text})
            for identifier, (key, text) in wanted.items()
            if there.get(identifier) != text
        }
        actions |= {identifier: delete_action(identifier) for identifier in there.keys() - wanted.keys()}
        _expect_all(send(self._connection, fenced(self.generation + TABLES, self._lock.token), actions))

    def publish(self) -> None:
        self._lock.hold()
        self._refresh()
        # Goes on by itself: a large segment takes longer than anybody waits. The server keeps what was deleted half a minute for its own recovery.
        self._connection.write(lambda client: client.indices.forcemerge(index=self.generation, only_expunge_deletes=True, wait_for_completion=False))
        if not self._fresh:
            return
        held = self._connection.write(lambda client: int(client.count(index=self.generation)["count"]))
        if held != len(self._held):
            raise EngineRefused(f"the new index holds {held} of {len(self._held)} reports, so it was not swapped in; run the command again")
        self._generations.describe(self.generation, previous=self._serving)
        self._generations.swap(self._serving, self.generation)
        self._generations.describe(self.generation, state="ready")
        self._fresh = False
        kept = {self.generation, self._serving}
        self._generations.retire([g for g in self._generations.inventory().generations if g.name not in kept])
        self._generations.sweep()

    def _refresh(self) -> None:
        self._connection.write(lambda client: client.indices.refresh(index=[self.generation, self.generation + TABLES]))

    def _rows(self, table: str) -> Iterator[tuple[str, str]]:
        self._refresh()
        for page in pages(self._connection.write, self.generation + TABLES, KEY, [KEY, ROW], _KNOWN_PAGE, {"term": {TABLE: table}}):
            yield from ((hit[KEY], hit[ROW]) for hit in page)


def source_of(document: IndexDocument) -> Json:
    """The document as it is sent."""
    stored = document.stored
    return {
        schema.ID: document.id,
        **document.text,
        **document.keywords,
        **document.numbers,
        schema.STORED: stored.to_json(),
        schema.FINGERPRINT: stored.fingerprint,
        schema.PATH: stored.raw.path,
        FIRST_SEEN: stored.first_seen,
    }


def _next_size(page: Sequence[Json]) -> int:
    largest = max(len(hit[schema.STORED]) for hit in page)
    return max(1, min(_SCAN_MOST, _SCAN_BYTES // max(1, largest)))


def _can_be_id(identifier: str) -> bool:
    return can_stand(identifier) and 0 < len(identifier.encode()) <= MAX_ID_BYTES


def _refused(outcomes: Mapping[str, Outcome]) -> dict[str, str]:
    return {identifier: outcome.refused for identifier, outcome in outcomes.items() if outcome.refused}


def _expect_all(outcomes: Mapping[str, Outcome]) -> None:
    for reason in _refused(outcomes).values():
        raise EngineRefused(f"Elasticsearch refused what it must take ({reason})")
