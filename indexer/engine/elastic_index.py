"""Generations in Elasticsearch: how an index is laid out, and how it is made, found, swapped in and removed.

    baocao                     alias that readers search             baocao.tables      alias of its side tables
    baocao-1-3-2026…z          a generation                          baocao-1-3-2026…z.tables
    baocao-1-3-2026…z.<token>  alias that only the writer who holds the lock writes through (`require_alias`)
    baocao.lock                the lock (elastic_lock.py)

A bulk request never makes an index of a guessed mapping, since it must meet an alias; and a writer that lost its lock
meets none any more. Only names that parse with exactly our prefix are ever removed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from typing import Any, TypeVar

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from analyzers import ANALYZER_VERSION
from indexer.engine import schema
from indexer.engine.elastic_query import Json
from indexer.engine.versions import build_index_name, parse_index_name
from indexer.errors import EngineRefused
from indexer.query import WINDOW
from indexer.settings import Settings

T = TypeVar("T")
Run = Callable[[Callable[[Elasticsearch], T]], T]

FIRST_SEEN = "first_seen"  # ours, beside the schema's fields: Writer.known() reads it without the whole report
TABLE, KEY, ROW = "table", "key", "row"
TABLES = ".tables"

_KINDS: dict[schema.Kind, Json] = {
    "positions": {"type": "text", "analyzer": "whitespace", "index_options": "positions"},
    "frequencies": {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
    "marks": {"type": "text", "analyzer": "whitespace", "index_options": "positions", "norms": False},
    "keyword": {"type": "keyword"},
    "number": {"type": "long"},
    "stored": {"type": "keyword", "index": False, "doc_values": False},
}
_KEPT = (schema.ID, schema.STORED, schema.FINGERPRINT, schema.PATH, FIRST_SEEN)


def index_body(settings: Settings, meta: Mapping[str, Any]) -> Json:
    """Settings and mappings of a generation. Its `_source` keeps only what is read back; the tokens are searched, never shown."""
    properties = {name: _KINDS[kind] for name, kind in schema.FIELDS.items()}
    properties[FIRST_SEEN] = _KINDS["stored"]
    return {
        "settings": {**_index_settings(settings.shards, settings.replicas), "index.max_result_window": WINDOW},
        "mappings": {"dynamic": "strict", "_meta": dict(meta), "_source": {"includes": list(_KEPT)}, "properties": properties},
    }


def tables_body(settings: Settings) -> Json:
    """Settings and mappings of a generation's side tables: one document a row, its content as JSON text."""
    properties = {TABLE: {"type": "keyword"}, KEY: {"type": "keyword"}, ROW: _KINDS["stored"]}
    return {"settings": _index_settings(1, settings.replicas), "mappings": {"dynamic": "strict", "properties": properties}}


def _index_settings(shards: int, replicas: int) -> Json:
    return {
        "index.number_of_shards": shards,
        "index.number_of_replicas": replicas,
        "index.refresh_interval": "-1",  # what a load puts is seen when it is published, not half of it before
        # What was deleted or written again weighs terms until it is merged away: segments of which it is more than these per cent are merged at publish.
        "index.merge.policy.expunge_deletes_allowed": 5.0,
        "index.translog.durability": "request",  # what is acknowledged is on disk, whatever an index template says
    }


def row_id(table: str, key: str) -> str:
    """The id of the document that holds a row of a side table; a key may be longer than an id."""
    return hashlib.sha256(json.dumps([table, key]).encode()).hexdigest()


def fenced(index: str, token: str) -> str:
    """The alias through which the writer of `token` writes to `index`."""
    return f"{index}.{token}"


@dataclass(frozen=True, slots=True)
class Generation:
    """One index of ours. `state`: "building" until it was swapped in, "ready", then "retired" when a rollback reaches it no more.

    `previous`: the one that was swapped out for it.
    """

    name: str
    schema_version: str
    analyzer_version: str
    built: str
    state: str
    previous: str | None
    shards: int
    current: bool
    fences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Inventory:
    """The generations of a prefix in order of build time, and leftovers: tables whose generation was never made."""

    generations: tuple[Generation, ...]
    orphans: tuple[str, ...] = ()

    @property
    def current(self) -> Generation | None:
        return next((g for g in self.generations if g.current), None)

    @property
    def previous(self) -> Generation | None:
        """What rollback would return to."""
        current = self.current
        return next((g for g in self.generations if current is not None and g.name == current.previous and g.state == "ready"), None)

    @property
    def building(self) -> tuple[Generation, ...]:
        return tuple(g for g in self.generations if g.state == "building" and not g.current)


class Generations:
    """The indices of one prefix. `run` carries out each call: with a reader's deadline or with a writer's patience."""

    def __init__(self, prefix: str, settings: Settings, run: Run[Any]) -> None:
        self._prefix, self._settings, self._run = prefix, settings, run

    def inventory(self) -> Inventory:
        """What there is. Raises EngineRefused when the alias's name is taken or the alias names something foreign."""
        found = self._run(self._described)
        if self._prefix in found:
            raise EngineRefused(f"an index named {self._prefix} stands where our alias belongs: remove or rename it, or choose another prefix in BAOCAO_INDEX")
        generations, tables = [], {}
        for name, described in found.items():
            try:
                parsed = parse_index_name(name.removesuffix(TABLES))
            except ValueError:
                parsed = None
            if parsed is None or parsed.prefix != self._prefix:
                if self._prefix in described.get("aliases", {}):
                    raise EngineRefused(f"the alias {self._prefix} names {name}, which is not ours: choose another prefix in BAOCAO_INDEX")
            elif name.endswith(TABLES):
                tables[name] = described
            else:
                generations.append((parsed.built, name, described))
        generations.sort(key=itemgetter(0, 1))
        ordered = tuple(_generation(name, described, tables.get(name + TABLES, {}), self._prefix) for _, name, described in generations)
        if sum(generation.current for generation in ordered) > 1:
            raise EngineRefused(f"the alias {self._prefix} names several generations: take it off all but one")
        return Inventory(ordered, tuple(sorted(tables.keys() - {g.name + TABLES for g in ordered})))

    def create(self) -> str:
        """An empty generation with its tables, not yet visible; gives its name."""
        built = datetime.now(UTC)
        name = build_index_name(self._prefix, schema.SCHEMA_VERSION, ANALYZER_VERSION, built)
        meta = {
            "schema_version": schema.SCHEMA_VERSION,
            "analyzer_version": ANALYZER_VERSION,
            "built": built.isoformat(timespec="seconds"),
            "state": "building",
        }
        self._create(name + TABLES, tables_body(self._settings))
        self._create(name, index_body(self._settings, meta))
        return name

    def describe(self, name: str, **changes: object) -> None:
        """Changes keys of a generation's `_meta`."""

        def change(client: Elasticsearch) -> None:
            mappings = client.indices.get_mapping(index=name).body
            client.indices.put_mapping(index=name, meta={**mappings[name]["mappings"].get("_meta", {}), **changes})

        self._run(change)

    def fence(self, generation: Generation, token: str) -> None:
        """From now on only the writer of `token` gets through to the generation."""
        actions = [{"remove": {"index": index, "alias": alias}} for index, alias in generation.fences]
        actions += [{"add": {"index": generation.name + part, "alias": fenced(generation.name + part, token)}} for part in ("", TABLES)]
        self._run(lambda client: client.indices.update_aliases(actions=actions))

    def swap(self, old: str | None, new: str) -> None:
        """Readers see `new` instead of `old`, in one call, read back. Raises EngineRefused when the alias was moved meanwhile."""
        pairs = [(self._prefix, ""), (self._prefix + TABLES, TABLES)]
        actions: list[Json] = []
        if old is not None:
            actions += [{"remove": {"index": old + part, "alias": alias, "must_exist": True}} for alias, part in pairs]
        actions += [{"add": {"index": new + part, "alias": alias}} for alias, part in pairs]

        def named(client: Elasticsearch) -> str | None:
            try:
                return ",".join(client.indices.get_alias(name=self._prefix).body)
            except NotFoundError:
                return None

        def change(client: Elasticsearch) -> str | None:
            if named(client) == old:  # else an earlier try went through, and its answer was lost
                client.indices.update_aliases(actions=actions)
            return named(client)

        found = self._run(change)
        if found != new:
            raise EngineRefused(f"the alias {self._prefix} names {found or 'nothing'}, not {new}: something else moved it; nothing was removed")

    def retire(self, generations: Iterable[Generation]) -> None:
        """Marks what nobody will return to; sweep() removes it."""
        for generation in generations:
            if generation.state != "retired":
                self.describe(generation.name, state="retired")

    def sweep(self) -> Inventory:
        """Removes what interrupted runs left half built, and what is retired, once no cursor and no search is open on it; gives what stays.

        Only for the holder of the lock. A generation outlives its retirement, since whoever reads it would get an error.
        """
        inventory = self.inventory()
        leftover = [g.name for g in inventory.building] + [orphan.removesuffix(TABLES) for orphan in inventory.orphans]
        retired = [g.name for g in inventory.generations if g.state == "retired"]
        leftover += [name for name in retired if not self._run(partial(_open_contexts, index=name))]
        for name in leftover:
            self._remove(name)
        return self.inventory() if leftover else inventory

    def _remove(self, name: str) -> None:
        """Removes a generation with its tables, each by its exact name."""
        if parse_index_name(name).prefix != self._prefix:
            raise ValueError(f"{name} is not ours to remove")
        self._run(partial(_delete, names=[name, name + TABLES]))

    def _described(self, client: Elasticsearch) -> Mapping[str, Any]:
        """Whatever stands under our alias or might be ours by its name."""
        found: Mapping[str, Any] = client.indices.get(
            index=[self._prefix, f"{self._prefix}-*"],
            ignore_unavailable=True,
            allow_no_indices=True,
            expand_wildcards=["open", "closed", "hidden"],
            filter_path=["*.aliases", "*.mappings._meta", "*.settings.index.number_of_shards"],
        ).body
        return found

    def _create(self, name: str, body: Json) -> None:
        def make(client: Elasticsearch) -> None:
            try:
                client.indices.create(index=name, settings=body["settings"], mappings=body["mappings"])
            except BadRequestError as error:
                if error.error != "resource_already_exists_exception":  # ours: an earlier try whose answer was lost
                    raise

        self._run(make)


def _delete(client: Elasticsearch, names: Sequence[str]) -> None:
    client.indices.delete(index=names, ignore_unavailable=True)


def _open_contexts(client: Elasticsearch, index: str) -> int:
    """Searches and points in time that are open on an index."""
    stats = client.indices.stats(index=index, metric="search", filter_path="_all.total.search.open_contexts").body
    return int(stats["_all"]["total"]["search"]["open_contexts"])


def _generation(name: str, described: Mapping[str, Any], tables: Mapping[str, Any], prefix: str) -> Generation:
    meta = described.get("mappings", {}).get("_meta", {})
    parsed = parse_index_name(name)
    both = ((name, described), (name + TABLES, tables))
    return Generation(
        name=name,
        schema_version=str(meta.get("schema_version", parsed.schema_version)),
        analyzer_version=str(meta.get("analyzer_version", parsed.analyzer_version)),
        built=str(meta.get("built", parsed.built.isoformat(timespec="seconds"))),
        state=str(meta.get("state", "unknown")),  # never "building" by guess: that one may be removed
        previous=meta.get("previous"),
        shards=int(described.get("settings", {}).get("index", {}).get("number_of_shards", 1)),
        current=prefix in described.get("aliases", {}),
        fences=tuple((index, alias) for index, told in both for alias in told.get("aliases", {}) if alias.startswith(index + ".")),
    )
