"""One bulk request and its answer, item by item. The client's own helpers lose documents when an answer is short, retry
no 429 by default and give up at the first lost connection (study: reliability, 2a), so this loop is ours.

Every action is done, refused by name, or the call raises: nothing is ever counted that was not answered for. An action
that is sent twice does the same as once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from indexer.engine.elastic_client import PASSING, Connection, refusal
from indexer.errors import EngineRefused, EngineUnreachable, WriterBusy

# A request of 8 MB is some 150 reports; the smallest heap in use here (512 MB) lets 51 MB of writing in at a time, and the
# load rate is the same from 2 MB up.
REQUEST_BYTES = 8_000_000
_SHARD_WAIT = "30s"  # for a shard that is just starting; shorter than the request's own time


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one action: `result` is Elasticsearch's ("created", "updated", "deleted", "not_found"), or `refused` says why not."""

    result: str = ""
    refused: str = ""


class _TooLarge(Exception):
    pass


def index_action(identifier: str, source: Mapping[str, Any]) -> list[bytes]:
    """The two lines that put a document that acceptance.py has let through."""
    return [_line({"index": {"_id": identifier}}), _line(source)]


def delete_action(identifier: str) -> list[bytes]:
    """The line that removes a document."""
    return [_line({"delete": {"_id": identifier}})]


def send(connection: Connection, target: str, actions: Mapping[str, Sequence[bytes]]) -> dict[str, Outcome]:
    """Carries out `actions` (id -> lines) through the alias `target` and gives what became of each.

    What fails in passing is sent again, with pauses, while the connection's patience lasts. Raises EngineUnreachable
    after that, EngineRefused for a block, missing rights or an answer that does not fit, WriterBusy when the alias is gone.
    """
    outcomes: dict[str, Outcome] = {}
    for batch in _batches(actions):
        outcomes |= _carry_out(connection, target, batch)
    return outcomes


def _carry_out(connection: Connection, target: str, actions: dict[str, Sequence[bytes]]) -> dict[str, Outcome]:
    waiting = dict(actions)
    outcomes: dict[str, Outcome] = {}
    patience = connection.patience()
    most = len(waiting)
    while waiting:
        batch = list(waiting)[:most]
        try:
            items = connection.once(partial(_request, target=target, actions={identifier: waiting[identifier] for identifier in batch}))
        except EngineUnreachable as error:
            patience.wait(error)
            continue
        except _TooLarge:
            if len(batch) == 1:
                outcomes[batch[0]] = Outcome(refused="it is larger than the engine takes")
                del waiting[batch[0]]
            most = max(1, len(batch) // 2)
            continue
        failures: list[EngineUnreachable] = []
        for identifier, item in zip(batch, items, strict=True):
            outcome = _outcome(item, connection.address)
            if isinstance(outcome, EngineUnreachable):
                failures.append(outcome)
            else:
                outcomes[identifier] = outcome
                del waiting[identifier]
        if len(failures) < len(batch):
            patience.progress()
        if failures:
            patience.wait(failures[0])
    return outcomes


def _request(client: Elasticsearch, target: str, actions: Mapping[str, Sequence[bytes]]) -> list[Mapping[str, Any]]:
    """One answered item for each action, in order; anything else raises."""
    try:
        answer = client.bulk(
            operations=[line for lines in actions.values() for line in lines],  # type: ignore[misc]  # bytes pass as they are
            index=target,
            require_alias=True,
            timeout=_SHARD_WAIT,
            filter_path=["items.*._id", "items.*.status", "items.*.result", "items.*.error"],
        ).body
    except ApiError as error:
        if error.status_code == 413:
            raise _TooLarge from None
        raise
    items = [next(iter(item.values())) for item in answer["items"]]
    if [item["_id"] for item in items] != list(actions):
        raise EngineRefused(
            f"the answer to {len(actions)} bulk actions names {len(items)} documents, or others: something between here and Elasticsearch "
            "is broken; none of them counts as loaded, run the command again"
        )
    return items


def _outcome(item: Mapping[str, Any], address: str) -> Outcome | EngineUnreachable:
    """Done, refused, or to be sent again; raises what concerns more than this one document."""
    error = item.get("error")
    status = int(item["status"])
    if error is None and (200 <= status < 300 or status == 404):
        return Outcome(result=str(item["result"]))
    kind, reason = (str(error.get("type", "")), _reason(error)) if isinstance(error, dict) else ("", str(error))
    if kind == "index_not_found_exception":
        raise WriterBusy("this writer's way to its index is gone: another process took over, or the index was removed; run the command again")
    if status in PASSING or status >= 500 or status in (401, 403) or kind == "cluster_block_exception":
        found = refusal(503 if status >= 500 else status, kind, reason, address)
        if isinstance(found, EngineUnreachable):
            return found
        raise found
    return Outcome(refused=f"{kind}: {reason}"[:400])


def _reason(error: Mapping[str, Any]) -> str:
    inner = error.get("caused_by")
    reason = str(error.get("reason", ""))
    return f"{reason}: {inner['reason']}" if isinstance(inner, dict) and inner.get("reason") else reason


def _batches(actions: Mapping[str, Sequence[bytes]]) -> Iterator[dict[str, Sequence[bytes]]]:
    """The actions in order, some REQUEST_BYTES at a time, one at least."""
    batch: dict[str, Sequence[bytes]] = {}
    size = 0
    for identifier, lines in actions.items():
        own = sum(map(len, lines))
        if batch and size + own > REQUEST_BYTES:
            yield batch
            batch, size = {}, 0
        batch[identifier] = lines
        size += own
    if batch:
        yield batch


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
