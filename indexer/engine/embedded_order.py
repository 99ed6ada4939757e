"""The total order of hits: score or date, then date, then id. tantivy breaks ties by its own file order, so ties are settled here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

import tantivy

from indexer.engine import schema
from indexer.engine.contract import HasAny, Request, Score
from indexer.engine.embedded_index import count_of, id_of
from indexer.engine.embedded_query import hits_query, set_query
from indexer.engine.embedded_statistics import corrected

# A boundary inside a tie asks again for four times as many: 5,452 equal hits cost six searches, the longest 0.2 ms, by date 0.4 ms.
_GROWTH = 4

# What a hit is ordered by (its score, or its date, None for undated) and where it stands.
_Hit = tuple[float | None, tantivy.DocAddress]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands in the searcher that found it, and its score (32-bit, as the engine computed it; 0 without scores)."""

    score: float
    address: tantivy.DocAddress


def ordered(searcher: tantivy.Searcher, tantivy_schema: tantivy.Schema, request: Request, start: int, end: int | None) -> tuple[int, list[Place]]:
    """How many reports are found, and those of ranks [start, end) in total order; `end` None = all of them."""
    if request.sort == "relevance" and request.scores:
        request = replace(request, scores=tuple(corrected(searcher, tantivy_schema, request.scores)))
        total, hits = _top(searcher, hits_query(request, tantivy_schema), end)
        return total, list(_by_date_within_score(searcher, hits, start, total if end is None else end))
    found = set_query([request.match, *(c.match for c in request.constraints)], tantivy_schema)
    order = tantivy.Order.Asc if request.sort == "oldest" else tantivy.Order.Desc
    total, hits = _top(searcher, found, end, schema.DATE_TO, order)
    return total, [Place(0.0, address) for address in _by_id_within(searcher, hits, start, total if end is None else end)]


def scored_apart(searcher: tantivy.Searcher, tantivy_schema: tantivy.Schema, ids: Sequence[str], scores: Sequence[Score]) -> dict[str, tuple[float, ...]]:
    """What each of `scores` gives each of the reports of these ids that exist. A search a score: 0.2 ms of computing for ten of 5,452 articles."""
    wanted, limit = HasAny(schema.ID, tuple(ids)), max(1, len(ids))
    hits = searcher.search(set_query([wanted], tantivy_schema), limit=limit, count=False).hits if ids else []
    names = {(address.segment_ord, address.doc): id_of(searcher.doc(address)) for _, address in hits}
    found = {name: [0.0] * len(scores) for name in names.values()}
    for number, score in enumerate(corrected(searcher, tantivy_schema, scores) if found else ()):
        for value, address in searcher.search(hits_query(Request(wanted, scores=(score,)), tantivy_schema), limit=limit, count=True).hits:
            found[names[address.segment_ord, address.doc]][number] = value or 0.0
    return {name: tuple(values) for name, values in found.items()}


def total_of(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many documents match; tantivy panics on a limit of 0."""
    return count_of(searcher.search(query, limit=1))


def _top(
    searcher: tantivy.Searcher, query: tantivy.Query, end: int | None, field: str | None = None, order: tantivy.Order = tantivy.Order.Desc
) -> tuple[int, list[_Hit]]:
    """The total, and at least the first `end` hits, in order, with all that tie with the last of them. Undated ones come last either way."""
    if end == 0:
        return total_of(searcher, query), []
    most = max(1, searcher.num_docs)  # tantivy reserves memory for the limit
    limit = most if end is None else min(end + 1, most)
    while True:
        # Counting keeps tantivy from skipping low scores, so a score does not depend on the limit.
        found = searcher.search(query, limit=limit, count=True, order_by_field=field, order=order)
        hits = found.hits
        if limit == most or end is None or len(hits) <= end or hits[-1][0] != hits[end - 1][0]:
            return count_of(found), hits
        limit = min(limit * _GROWTH, most)


def _by_date_within_score(searcher: tantivy.Searcher, hits: list[_Hit], start: int, end: int) -> Iterator[Place]:
    """Ranks [start, end) of hits in order of their scores; equal scores by date, newest first, then by id."""
    for score, first, addresses in _ties(hits, start, end):
        dates = searcher.fast_field_values(schema.DATE_TO, addresses)
        dated: list[_Hit] = sorted(zip(dates, addresses, strict=True), key=lambda hit: (hit[0] is None, -(hit[0] or 0)))
        for address in _by_id_within(searcher, dated, start - first, end - first):
            yield Place(score or 0.0, address)


def _by_id_within(searcher: tantivy.Searcher, hits: list[_Hit], start: int, end: int) -> Iterator[tantivy.DocAddress]:
    """Ranks [start, end) of hits in their order; equal ones by id. Only ties that reach into the page are looked up.

    An id costs 9 to 12 µs: the packed tokens stand beside it in the store. tantivy's own order by the id's column is no way round, at 16 µs a hit.
    """
    for _, first, addresses in _ties(hits, start, end):
        if len(addresses) > 1:
            addresses.sort(key=lambda address: id_of(searcher.doc(address)))
        yield from addresses[max(0, start - first) : end - first]


def _ties(hits: list[_Hit], start: int, end: int) -> Iterator[tuple[float | None, int, list[tantivy.DocAddress]]]:
    """Runs of equal hits that reach into ranks [start, end): what is equal, the rank of the first one, and their places."""
    first = 0
    for value, run in groupby(hits, key=itemgetter(0)):
        if first >= end:
            return
        addresses = [address for _, address in run]
        if first + len(addresses) > start:
            yield value, first, addresses
        first += len(addresses)
