"""Request -> search body, search answer -> Response. Pure: dicts in, dicts out, no connection; snapshots in tests/snapshots.

Sets are filters and cost no score; scores are `should` clauses beside them. Constraints that a facet owns are a
post_filter, and each facet counts inside a filter of the constraints that it does not own. No script, no text analysis
of Elasticsearch's: what reaches it are finished tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indexer.engine.acceptance import MAX_KEYWORD_BYTES
from indexer.engine.contract import (
    AllOf,
    AnyOf,
    BestOf,
    ConstantScore,
    EngineHit,
    Exists,
    HasAny,
    HasNear,
    HasPhrase,
    HasPrefix,
    HasTerm,
    InRange,
    Match,
    MatchAll,
    MatchNone,
    Request,
    Score,
    Spans,
    TermScore,
    Without,
)
from indexer.engine.schema import DATE_TO, GROUP, ID, PARAGRAPH, SENTENCES, STORED
from indexer.models import StoredReport
from indexer.query import WINDOW, Sort

Json = dict[str, Any]

_NOTHING: Json = {"match_none": {}}
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_BY_ID: Json = {ID: "asc"}
_SORTS: dict[Sort, list[Json]] = {
    "relevance": [{"_score": "desc"}, {DATE_TO: {"order": "desc", "missing": "_last"}}, _BY_ID],
    "newest": [{DATE_TO: {"order": "desc", "missing": "_last"}}, _BY_ID],
    "oldest": [{DATE_TO: {"order": "asc", "missing": "_last"}}, _BY_ID],
}


def search_body(request: Request, aggregations: Json | None = None) -> Json:
    """The body that gives one page of hits in total order, the total, and what `aggregations` ask.

    A page of a view goes on where `request.after` says; the view itself is the caller's to add.
    """
    common, owned = split_constraints(request)
    body: Json = {
        "query": _query([request.match, *common], request.scores if request.sort == "relevance" else ()),
        "sort": _SORTS[request.sort],
        "size": request.limit,
        "track_total_hits": True,
        "_source": [ID, STORED],
    }
    if owned:
        body["post_filter"] = clause(AllOf(tuple(owned)))
    if aggregations:
        body["aggs"] = aggregations
    if request.after is None:
        body["from"] = request.offset
    else:
        body["search_after"] = list(request.after[1:])
    return body


def members_body(request: Request) -> Json:
    """The body that gives id and group of the hits that have a group, a page as large as may be; the scores decide their order."""
    grouped = replace(request, match=AllOf((request.match, Exists(GROUP))), facets=(), offset=0, limit=WINDOW, after=None)
    return search_body(grouped) | {"_source": False, "docvalue_fields": [ID, GROUP], "track_total_hits": False}


def read_members(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The (id, group) of a page of members_body."""
    return [(hit["fields"][ID][0], hit["fields"][GROUP][0]) for hit in answer["hits"]["hits"]]


def parts_body(ids: Sequence[str], scores: Sequence[Score]) -> Json:
    """The body that gives, for each of these reports, what each score is worth there: each is a clause with its number for a name."""
    clauses = [(number, made) for number, made in enumerate(map(_score, scores)) if made is not None]
    query = _conjunction([HasAny(ID, tuple(ids))]) | {"should": [{"bool": {"must": [made], "_name": str(number)}} for number, made in clauses]}
    return {"query": {"bool": query}, "size": len(ids), "_source": [ID], "track_total_hits": False, "include_named_queries_score": True}


def read_parts(answer: Mapping[str, Any], number: int) -> dict[str, tuple[float, ...]]:
    """The worth of each of `number` scores, by report; a clause that does not match is not named."""
    hits = ((hit["_source"][ID], hit.get("matched_queries", {})) for hit in answer["hits"]["hits"])
    return {name: tuple(float(given.get(str(at), 0.0)) for at in range(number)) for name, given in hits}


def split_constraints(request: Request) -> tuple[list[Match], list[Match]]:
    """The constraints that hold for every facet of the request (they narrow the query itself), and those that one leaves out."""
    asked = {facet.name for facet in request.facets}
    common = [c.match for c in request.constraints if c.owners.isdisjoint(asked)]
    return common, [c.match for c in request.constraints if not c.owners.isdisjoint(asked)]


def read_hits(answer: Mapping[str, Any]) -> tuple[EngineHit, ...]:
    """The hits of a page; a score is 0.0 where Elasticsearch computed none."""
    return tuple(EngineHit(hit["_source"][ID], hit["_score"] or 0.0, StoredReport.from_json(hit["_source"][STORED])) for hit in answer["hits"]["hits"])


def read_after(request: Request, answer: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Where the next page of a view begins: how many hits come before it, then the sort values of the last one. None at the end."""
    hits = answer["hits"]["hits"]
    seen = (request.offset if request.after is None else request.after[0]) + len(hits)
    if not hits:
        return request.after if request.limit == 0 else None
    return (seen, *hits[-1]["sort"]) if seen < answer["hits"]["total"]["value"] else None


# ---------------------------------------------------------------- sets


def clause(match: Match) -> Json:
    """A match as a query for filter context."""
    if isinstance(match, MatchAll):
        return {"match_all": {}}
    if isinstance(match, MatchNone):
        return _NOTHING
    if isinstance(match, HasTerm):
        return {"term": {match.field: {"value": match.token}}} if can_stand(match.token) else _NOTHING
    if isinstance(match, HasPhrase):
        return _phrase(match)
    if isinstance(match, HasPrefix):
        return {"prefix": {match.field: {"value": match.prefix}}} if can_stand(match.prefix) else _NOTHING
    if isinstance(match, HasNear):
        return _near(match)
    if isinstance(match, HasAny):
        return {"terms": {match.field: list(filter(can_stand, match.values))}}
    if isinstance(match, Exists):
        return {"exists": {"field": match.field}}
    if isinstance(match, InRange):
        return _range(match)
    if isinstance(match, AnyOf):
        return _any(match)
    required = _conjunction([match])
    if list(required) == ["filter"] and len(required["filter"]) == 1:
        return dict(required["filter"][0])
    return {"bool": required} if required else {"match_all": {}}


def can_stand(value: str) -> bool:
    """Whether a report could hold this value. No body may hold another: a lone surrogate or an overlong term makes Elasticsearch refuse it whole."""
    try:
        return len(value.encode()) <= MAX_KEYWORD_BYTES
    except UnicodeEncodeError:
        return False


def _conjunction(matches: Iterable[Match]) -> Json:
    """`filter` and `must_not` lists of a bool query. Nested conjunctions are laid flat: Elasticsearch stops at depth 30."""
    wanted: list[Json] = []
    unwanted: list[Json] = []
    for match in _flat(matches):
        if not isinstance(match, Without):
            wanted.append(clause(match))
        elif isinstance(match.child, AnyOf) and match.child.least == 1:
            unwanted += [clause(child) for child in match.child.children]
        else:
            unwanted.append(clause(match.child))
    return {name: clauses for name, clauses in (("filter", wanted), ("must_not", unwanted)) if clauses}


def _flat(matches: Iterable[Match]) -> Iterator[Match]:
    for match in matches:
        if isinstance(match, AllOf):
            yield from _flat(match.children)
        elif isinstance(match, Without) and isinstance(match.child, Without):
            yield from _flat([match.child.child])
        else:
            yield match


def _any(match: AnyOf) -> Json:
    if len(match.children) < max(match.least, 1):
        return _NOTHING
    if match.least <= 0:
        return {"match_all": {}}
    if len(match.children) == 1:
        return clause(match.children[0])
    return {"bool": {"should": [clause(child) for child in match.children], "minimum_should_match": match.least}}


def _phrase(match: HasPhrase) -> Json:
    if len(match.tokens) == 1:
        return clause(HasTerm(match.field, match.tokens[0]))
    text = _adjacent(match.tokens)
    return {"match_phrase": {match.field: {"query": text}}} if text else _NOTHING


def _adjacent(tokens: tuple[str, ...]) -> str:
    """The tokens as the whitespace analyzer reads them; "" for those that it would read otherwise: no report holds them."""
    text = " ".join(tokens)
    return text if can_stand(text) and text.split() == list(tokens) else ""


def _near(match: HasNear) -> Json:
    """Intervals are minimal ones, so the nearest pair is always among them, except where one sequence of a side lies within another: these go apart.

    Each order by itself: the two never overlap then. The right side always names its field, which makes it another rule than an equal left side:
    of a rule twice Lucene makes one repetition and counts its gaps wrongly (`UBND NEAR/1 UBND` over "ubnd uy ban nhan dan").
    """
    window: Json = {"filter": {"not_containing": _rule(PARAGRAPH)}}
    if match.most is not None:
        window["max_gaps"] = match.most
    elif match.left.field in SENTENCES:
        begin, end = (_rule(mark, SENTENCES[match.left.field]) for mark in "[]")
        window = {"filter": {"contained_by": {"all_of": {"intervals": [begin, end], "ordered": True}}}}
    rules = [
        {"all_of": {"intervals": [first, second], "ordered": True, **window}}
        for left in _spans(match.left)
        for right in _spans(match.right, match.right.field)
        for first, second in ((left, right), (right, left))
    ]
    return {"intervals": {match.left.field: _any_rule(rules)}} if rules else _NOTHING


def _spans(spans: Spans, field: str | None = None) -> list[Json]:
    """A rule for all sequences together, or for each alone if one of them holds another."""
    texts = [text for text in map(_adjacent, dict.fromkeys(spans.sequences)) if text]
    rules = [_rule(text, field) for text in texts]
    nested = any(one != other and f" {one} " in f" {other} " for one in texts for other in texts)
    return rules if nested or not rules else [_any_rule(rules)]


def _rule(text: str, field: str | None = None) -> Json:
    """The tokens of `text` side by side, in the query's own field if none is given."""
    return {"match": {"query": text, "ordered": True, "max_gaps": 0, **({"use_field": field} if field else {})}}


def _any_rule(rules: list[Json]) -> Json:
    return rules[0] if len(rules) == 1 else {"any_of": {"intervals": rules}}


def _range(match: InRange) -> Json:
    low = _LOWEST if match.low is None else match.low
    high = _HIGHEST if match.high is None else match.high
    if low > high or low > _HIGHEST or high < _LOWEST:
        return _NOTHING
    bounds = {"gte": low} if low > _LOWEST else {}
    if high < _HIGHEST:
        bounds["lte"] = high
    return {"range": {match.field: bounds}} if bounds else {"exists": {"field": match.field}}


# ---------------------------------------------------------------- scores


def _query(matches: Sequence[Match], scores: Sequence[Score]) -> Json:
    query = _conjunction(matches)
    query.setdefault("filter", [{"match_all": {}}])  # without any, one `should` clause would be required
    clauses = [made for made in map(_score, scores) if made is not None]
    if clauses:
        query["should"] = clauses
    return {"bool": query}


def _score(score: Score) -> Json | None:
    """One score as a query; None for one that never applies."""
    if isinstance(score, TermScore):
        return {"term": {score.field: {"value": score.token, "boost": score.weight}}} if can_stand(score.token) else None
    if isinstance(score, ConstantScore):
        return {"constant_score": {"filter": clause(score.match), "boost": score.weight}}
    if isinstance(score, BestOf):
        children = [made for made in map(_score, score.children) if made is not None]
        return {"dis_max": {"queries": children, "tie_breaker": 0.0}} if children else None
    raise TypeError(f"no score: {score!r}")
