"""Facets as aggregations, and their answers as Counts. Pure, like elastic_query.py.

A facet of pairs `left|right` counts rights. With one left that is the count of the pairs; with several, a right that
stands beside two of them needs one more question, which `overlap_aggregations` asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.engine.contract import AllOf, Counts, FacetRequest, Match, Request
from indexer.engine.elastic_query import Json, can_stand, clause
from indexer.engine.schema import FIELDS, PAIR

# Each shard gives up to so many values, so that their sums are exact; search.max_buckets ends a search at 65,536 in all.
MAX_VALUES = 65_000
# Pairs of several lefts are all fetched and added up here; two such facets and eleven of 1,000 values fit into one search.
MAX_PAIRS = 25_000
# index.max_regex_length is 1,000 (UTF-16 units). Of a longer left only its beginning is in the pattern; the rest is checked here.
_AROUND = len("().*")
_MAX_PATTERN = 1_000 - _AROUND

# Of one facet that counts rights: right -> the pairs that hold it.
Overlaps = dict[str, tuple[str, ...]]


def groups(facets: Sequence[FacetRequest]) -> list[tuple[FacetRequest, ...]]:
    """The facets in order, as many together as one search may count; one group at least."""
    made: list[tuple[FacetRequest, ...]] = [()]
    room = MAX_VALUES
    for facet in facets:
        cost = sum(int(values["size"]) for values in _lists(facet)) + len(facet.always)
        if made[-1] and cost > room:
            made.append(())
            room = MAX_VALUES
        made[-1] = (*made[-1], facet)
        room -= cost
    return made


def facet_aggregations(request: Request) -> Json:
    """What counts every facet of the request, by its place in it."""
    return {str(place): _inside(request, facet, _counting(facet)) for place, facet in enumerate(request.facets)}


def count_aggregation(matches: Sequence[Match]) -> Json:
    """What counts the reports of each match."""
    return {"matches": {"filters": {"filters": [clause(match) for match in matches]}}}


def read_count(answer: Mapping[str, Any], number: int) -> tuple[int, ...]:
    """The counts of count_aggregation's `number` matches, in their order."""
    counts = tuple(int(bucket["doc_count"]) for bucket in answer["matches"]["buckets"])
    if len(counts) != number:
        raise ValueError(f"{len(counts)} counts for {number} questions")
    return counts


def overlaps(request: Request, answer: Mapping[str, Any]) -> dict[int, Overlaps]:
    """The rights that stand beside several lefts, by the place of their facet: their counts cannot be added up."""
    found: dict[int, Overlaps] = {}
    for place, facet in enumerate(request.facets):
        pairs: dict[str, list[str]] = {}
        for pair, right, _ in _pairs(facet, answer[str(place)]) if len(_lefts(facet)) > 1 else ():
            pairs.setdefault(right, []).append(pair)
        several = {right: tuple(held) for right, held in pairs.items() if len(held) > 1}
        if several:
            found[place] = several
    return found


def overlap_aggregations(request: Request, wanted: Mapping[int, Overlaps]) -> Json:
    """What counts the reports that hold any of the pairs of a right."""
    return {
        str(place): _inside(request, request.facets[place], {"rights": _any_of(request.facets[place].field, list(rights.values()))})
        for place, rights in wanted.items()
    }


def read_counts(request: Request, answer: Mapping[str, Any], wanted: Mapping[int, Overlaps], overlapping: Mapping[str, Any]) -> tuple[Counts, ...]:
    """Counts of each facet from the answers to facet_aggregations and, where there are overlaps, overlap_aggregations."""
    made: list[Counts] = []
    for place, facet in enumerate(request.facets):
        found = answer[str(place)]
        if facet.lefts:
            values = {right: count for _, right, count in _pairs(facet, found)}
            for right, bucket in zip(wanted.get(place, ()), overlapping.get(str(place), {}).get("rights", {}).get("buckets", ()), strict=True):
                values[right] = bucket["doc_count"]
        else:
            values = {bucket["key"]: bucket["doc_count"] for bucket in _buckets(found)}
        ranked = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        shown = ranked[: facet.limit]
        seen = {value for value, _ in shown}
        asked = dict(zip(_always(facet), (bucket["doc_count"] for bucket in found.get("always", {}).get("buckets", ())), strict=True))
        rest = [(value, asked.get(value, 0)) for value in dict.fromkeys(facet.always) if value not in seen]
        made.append(Counts(facet.name, (*shown, *rest), len(ranked) > facet.limit, found["missing"]["doc_count"], _approximate(facet, found)))
    return tuple(made)


# ---------------------------------------------------------------- asking


def _inside(request: Request, facet: FacetRequest, aggregations: Json) -> Json:
    """The aggregations under the constraints that this facet does not own (those that no facet owns are in the query already)."""
    asked = {f.name for f in request.facets}
    matches = tuple(c.match for c in request.constraints if facet.name not in c.owners and not c.owners.isdisjoint(asked))
    return {"filter": clause(AllOf(matches)), "aggs": aggregations}


def _counting(facet: FacetRequest) -> Json:
    own = facet.name if facet.lefts and facet.name in FIELDS else facet.field
    wanted: Json = {"missing": {"missing": {"field": own}}}
    for number, values in enumerate(_lists(facet)):
        wanted[f"values{number}"] = {"terms": {"field": facet.field, "order": [{"_count": "desc"}, {"_key": "asc"}], "shard_size": MAX_VALUES, **values}}
    always = _always(facet)
    if always:
        wanted["always"] = _any_of(facet.field, [_held(facet, value) for value in always])
    return wanted


def _lists(facet: FacetRequest) -> list[Json]:
    """Size and choice of each list of values that is fetched: one, but for several patterns of pairs; none for a facet of nothing."""
    lefts = _lefts(facet)
    if (facet.lefts and not lefts) or (facet.only is not None and not facet.only):
        return []
    size = min(facet.limit + 1, MAX_VALUES)  # one more tells whether there are more
    if not facet.lefts:
        return [{"size": size} if facet.only is None else {"size": size, "include": sorted(filter(can_stand, facet.only))}]
    if facet.only is not None and len(lefts) * len(facet.only) <= MAX_PAIRS:
        return [{"size": MAX_PAIRS, "include": sorted(f"{left}{PAIR}{right}" for left in lefts for right in facet.only if can_stand(right))}]
    patterns = _patterns([_beginning(left) for left in lefts])
    return [{"size": size if _comes_ranked(facet) else MAX_PAIRS // len(patterns), "include": pattern} for pattern in patterns]


def _comes_ranked(facet: FacetRequest) -> bool:
    """Whether the engine's first values are the facet's: it lists values, or the pairs of one left and no others."""
    return not facet.lefts or (facet.only is None and len(_lefts(facet)) == 1 and _beginning(_lefts(facet)[0]).endswith(PAIR))


def _patterns(beginnings: Sequence[str]) -> list[str]:
    """Lucene patterns, none too long, that together take every value with one of these beginnings."""
    lists: list[list[str]] = [[]]
    length = _MAX_PATTERN
    for beginning in dict.fromkeys(beginnings):
        own = _units(beginning) + 1
        if own > length:
            lists.append([])
            length = _MAX_PATTERN
        lists[-1].append(beginning)
        length -= own
    return [f"({'|'.join(held)}).*" for held in lists]


def _beginning(left: str) -> str:
    """A pattern of the pairs of `left`; of a very long left, of its first characters (escaped, each is three units at most)."""
    whole = _escape(left + PAIR)
    return whole if _units(whole) < _MAX_PATTERN else _escape(left[: _MAX_PATTERN // 3 - 1])


def _escape(text: str) -> str:
    return re.sub(r"[^\w ]", r"\\\g<0>", text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _any_of(field: str, values: Sequence[Sequence[str]]) -> Json:
    """Reports that hold any value of each list, counted by list."""
    return {"filters": {"filters": [{"terms": {field: list(held)}} for held in values]}}


def _always(facet: FacetRequest) -> list[str]:
    return [value for value in dict.fromkeys(facet.always) if can_stand(value) and (facet.only is None or value in facet.only)]


def _held(facet: FacetRequest, value: str) -> list[str]:
    return [f"{left}{PAIR}{value}" for left in _lefts(facet)] if facet.lefts else [value]


def _lefts(facet: FacetRequest) -> list[str]:
    return [left for left in dict.fromkeys(facet.lefts) if can_stand(left)]


# ---------------------------------------------------------------- reading


def _values(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [values for name, values in found.items() if name.startswith("values")]


def _buckets(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for values in _values(found):
        yield from values["buckets"]


def _pairs(facet: FacetRequest, found: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """pair, right, count of the pairs whose left is wanted."""
    lefts = set(_lefts(facet))
    for bucket in _buckets(found):
        left, _, right = bucket["key"].partition(PAIR)
        if left in lefts and (facet.only is None or right in facet.only):
            yield bucket["key"], right, bucket["doc_count"]


def _approximate(facet: FacetRequest, found: Mapping[str, Any]) -> bool:
    """Whether a count may be too low: a shard had more values than it gave, or there are more pairs than were fetched to add up."""
    cut = not _comes_ranked(facet)
    return any(values["doc_count_error_upper_bound"] > 0 or (cut and values["sum_other_doc_count"] > 0) for values in _values(found))
