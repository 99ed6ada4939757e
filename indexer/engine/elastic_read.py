"""Searches that are sent: one answered whole or not at all, a walk over everything in order, and frozen views."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch

from indexer.engine.elastic_client import cause
from indexer.engine.elastic_index import Run
from indexer.engine.elastic_query import Json
from indexer.engine.versions import parse_index_name
from indexer.errors import CursorExpired, EngineUnreachable, IndexMissing, InvalidCursor

_LEASE_MARGIN = 60.0  # the server's own lease is a little longer, so that ours decides
MISSING = "nothing is indexed yet: run `baocao index PATH`"
_EXPIRED = "this cursor has ended: repeat the search without it"


def search(client: Elasticsearch, body: Mapping[str, Any], **target: Any) -> Json:
    """The answer of all shards, by the same statistics on each. `target`: index=..., or pit=... for a view.

    The default would answer with what some shards gave: HTTP 200 with 1,999 of 3,000 hits while a node was down.
    """
    if "index" in target:
        # On several copies of a shard scores differ a little with what each has deleted; one question keeps to one copy.
        question = json.dumps({name: value for name, value in body.items() if name not in ("from", "size")}, sort_keys=True)
        target["preference"] = hashlib.sha256(question.encode()).hexdigest()[:16]
    parts = {_PARAMETERS.get(name, name): value for name, value in body.items()}
    answer = client.search(**target, **parts, search_type="dfs_query_then_fetch", allow_partial_search_results=False).body
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineUnreachable("Elasticsearch gave only a part of the answer")
    return dict(answer)


_PARAMETERS = {"from": "from_", "_source": "source"}


def pages(
    run: Run[Any],
    index: str,
    key: str,
    fields: Sequence[str],
    size: int,
    query: Json | None = None,
    resize: Callable[[Sequence[Json]], int] | None = None,
) -> Iterator[list[Json]]:
    """`fields` of every document of `index` in order of its unique `key`, a page at a time; `resize` gives the next page's size.

    Each page is asked for by the last key, so a walk goes on after the engine was away.
    """
    body: Json = {"query": query or {"match_all": {}}, "sort": [{key: "asc"}], "size": size, "_source": list(fields), "track_total_hits": False}
    while True:
        hits = run(partial(search, body=body, index=index))["hits"]["hits"]
        page = [hit["_source"] for hit in hits]
        if page:
            yield page
        if len(page) < body["size"]:
            return
        body = {**body, "search_after": hits[-1]["sort"], "size": resize(page) if resize else size}


def documents(client: Elasticsearch, index: str, ids: Sequence[str], fields: Sequence[str]) -> list[Json]:
    """`fields` of those documents of `index` that exist, as searches see them. A third of the time of a search: no phases, no sorting."""
    found: list[Json] = client.mget(index=index, ids=list(ids), source_includes=list(fields), realtime=False).body["docs"]
    for document in found:
        kind, reason = cause(document)
        if kind == "index_not_found_exception":
            raise IndexMissing(MISSING)
        if kind:
            raise EngineUnreachable(f"Elasticsearch gave only a part of the answer ({kind}: {reason})")
    return [document["_source"] for document in found if document["found"]]


@dataclass(frozen=True, slots=True)
class View:
    """A point in time on one generation. `expires`: UTC seconds; Elasticsearch itself looks only once a minute."""

    expires: float
    generation: str
    id: str

    def encode(self) -> str:
        return f"{self.expires:.3f}|{self.generation}|{self.id}"

    @classmethod
    def decode(cls, text: str, prefix: str) -> View:
        """Inverse of encode. Raises CursorExpired for what is none of ours, and after its lease."""
        expires, _, rest = text.partition("|")
        generation, _, identifier = rest.partition("|")
        try:
            view = cls(float(expires), generation, identifier)
            ours = parse_index_name(generation).prefix == prefix
        except ValueError:
            raise CursorExpired(_EXPIRED) from None
        if not (ours and identifier and time.time() < view.expires):
            raise CursorExpired(_EXPIRED)
        return view

    @classmethod
    def open(cls, client: Elasticsearch, generation: str, lease: float) -> View:
        """A new view of a generation for `lease` seconds."""
        answer = client.open_point_in_time(index=generation, keep_alive=keep_alive(lease), allow_partial_search_results=False).body
        return cls(time.time() + lease, generation, answer["id"])

    def search(self, client: Elasticsearch, body: Json, lease: float, *, opened: bool) -> tuple[Json, View]:
        """The answer as the view has it, and the view with its lease renewed. `opened`: just now, not named by a cursor."""
        try:
            answer = search(client, body, pit={"id": self.id, "keep_alive": keep_alive(lease)})
        except BadRequestError as error:
            if opened:
                raise
            raise InvalidCursor("this cursor cannot be read: start again without it") from error
        except ApiError as error:
            gone = error.status_code == 404 or (error.status_code == 503 and not client.indices.exists(index=self.generation))
            if gone:
                raise CursorExpired(_EXPIRED) from error
            raise
        return answer, View(time.time() + lease, self.generation, answer.get("pit_id", self.id))

    def close(self, client: Elasticsearch) -> None:
        """Frees it on the server; no matter if it is gone."""
        client.options(ignore_status=404).close_point_in_time(id=self.id)


def keep_alive(lease: float) -> str:
    """The server's lease in its own notation."""
    return f"{int((lease + _LEASE_MARGIN) * 1000)}ms"
