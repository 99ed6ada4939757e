"""Facet counts, exact for any number of values: the field's dictionary is walked under the set, no top list is merged."""

from __future__ import annotations

import tantivy

from indexer.engine.contract import Counts, Exists, FacetRequest, HasAny, Match, Request, Without
from indexer.engine.embedded_order import total_of
from indexer.engine.embedded_query import set_query, storable
from indexer.engine.schema import FIELDS, PAIR


def counts(searcher: tantivy.Searcher, schema: tantivy.Schema, request: Request) -> tuple[Counts, ...]:
    """One Counts a facet of the request, its own constraints left out."""
    return tuple(_count(searcher, schema, request, facet) for facet in request.facets)


def _count(searcher: tantivy.Searcher, schema: tantivy.Schema, request: Request, facet: FacetRequest) -> Counts:
    matches = [request.match, *(c.match for c in request.constraints if facet.name not in c.owners)]
    found = set_query(matches, schema)
    # Not a terms aggregation: that one aborts at 65,000 distinct values and is no faster (1.9 ms against 1.6 ms for
    # 1,786 values of 1,742 of the development articles).
    values = _rights(searcher, schema, facet, matches) if facet.lefts else dict(searcher.terms_with_prefix(facet.field, "", found))
    if facet.only is not None:
        values = {value: count for value, count in values.items() if value in facet.only}
    falling = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    shown = falling[: facet.limit]
    seen = {value for value, _ in shown}
    wanted = [value for value in dict.fromkeys(facet.always) if value not in seen]
    own = facet.name if facet.lefts and facet.name in FIELDS else facet.field
    missing = total_of(searcher, set_query([*matches, Without(Exists(own))], schema))
    return Counts(facet.name, (*shown, *((value, values.get(value, 0)) for value in wanted)), len(falling) > facet.limit, missing)


def _rights(searcher: tantivy.Searcher, schema: tantivy.Schema, facet: FacetRequest, matches: list[Match]) -> dict[str, int]:
    """Reports for each right whose left is one of `lefts`; a report that has a right beside two lefts counts once."""
    found = set_query(matches, schema)
    pairs: dict[str, dict[str, int]] = {}
    for left in filter(storable, dict.fromkeys(facet.lefts)):
        beginning = left + PAIR
        for pair, count in searcher.terms_with_prefix(facet.field, beginning, found):
            pairs.setdefault(pair.removeprefix(beginning), {})[pair] = count
    return {
        right: next(iter(counted.values())) if len(counted) == 1 else total_of(searcher, set_query([*matches, HasAny(facet.field, tuple(counted))], schema))
        for right, counted in pairs.items()
    }
