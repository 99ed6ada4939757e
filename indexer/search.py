"""Answers a SearchQuery on any engine: plan, ask, relax, label, highlight, and walk by cursor.

The one place where command line, API and page meet the engine, so that all three mean the same by a query.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from analyzers import Analyzer
from analyzers.synonyms import Pair
from indexer import facets
from indexer.closeness import FIRST, close
from indexer.collapse import Collapsed, Walks, answer, collapse
from indexer.definitions import defined_here, may_be_defined
from indexer.engine.contract import (
    AllOf,
    AnyOf,
    ConstantScore,
    Constraint,
    Counts,
    Engine,
    EngineHit,
    FacetRequest,
    HasAny,
    Match,
    MatchAll,
    MatchNone,
    Request,
    Response,
    Without,
)
from indexer.engine.plan import Plan, make_plan
from indexer.engine.ranking import run_scores
from indexer.engine.schema import GROUP, ID, OPEN_FACETS
from indexer.errors import InvalidCursor, WindowExceeded
from indexer.highlight import Highlighter
from indexer.models import StoredReport
from indexer.query import WINDOW, AllReports, Facet, FacetValue, Hit, Respelled, SearchQuery, SearchResults
from indexer.redirects import followed
from indexer.similar import likeness
from indexer.spelling import as_read, respelled

# Fewer reports than this hold every word: those that lack one follow (design.md, "The command line").
RELAX_BELOW = 10
# For holding all words as read: more than the words of a query bring (the best hits of the split "develop" of `make relevance` score 40 to 330).
RESPELLED_FIRST = 1_000.0

_walks = Walks()


@lru_cache(maxsize=1)
def shared_analyzer() -> Analyzer:
    """One analyzer a process; it is safe for threads."""
    return Analyzer()


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where a walk stands: the engine's view, the place in it, and what stays the same over its pages."""

    view: str
    after: tuple[object, ...] | None
    relaxed: bool
    rank: int
    total: int
    relaxed_total: int
    query: str
    name: str  # of the walk, where near-duplicates are grouped
    # Abbreviations that reports define, and words read as others: not looked for again, since their tables may change meanwhile.
    pairs: tuple[Pair, ...] = ()
    words: tuple[Respelled, ...] = ()

    @classmethod
    def start(cls, engine: Engine, query: SearchQuery, pairs: tuple[Pair, ...]) -> _Cursor:
        """At the first report of a new view."""
        view = engine.execute(Request(limit=0, view="")).view or ""
        return cls(view, None, False, 0, 0, 0, _digest(query), secrets.token_hex(8) if query.group else "", pairs)

    def encode(self) -> str:
        words = [(word.typed, word.read, word.start) for word in self.words]
        fields = [self.view, self.after, self.relaxed, self.rank, self.total, self.relaxed_total, self.query, self.name, self.pairs, words]
        return base64.urlsafe_b64encode(json.dumps(fields, separators=(",", ":")).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, query: SearchQuery) -> _Cursor:
        try:
            fields = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
            view, after, relaxed, rank, total, relaxed_total, digest, name, both, read = fields
            pairs = tuple((tuple(map(str, short)), tuple(map(str, long))) for short, long in both)
            words = tuple(Respelled(str(typed), str(word), start) for typed, word, start in read)
            valid = all(isinstance(text, str) for text in (view, digest, name)) and isinstance(relaxed, bool)
            valid = valid and all(type(n) is int and n >= 0 for n in (rank, total, relaxed_total))
            valid = valid and (after is None or (isinstance(after, list) and all(isinstance(a, (str, int, float, type(None))) for a in after)))
            valid = valid and may_be_defined(pairs) and all(word.read.isprintable() and type(word.start) is int for word in words)
        except (ValueError, TypeError, binascii.Error, RecursionError):
            valid = False
        if not valid:
            raise InvalidCursor("this is not a cursor that a search gave; start again without it")
        if digest != _digest(query):
            raise InvalidCursor("this cursor belongs to another query; repeat the query that it came from, or start without it")
        return cls(view, None if after is None else tuple(after), relaxed, rank, total, relaxed_total, digest, name, pairs, words)


def _digest(query: SearchQuery) -> str:
    """What must not change between the pages of a walk."""
    asked = (repr(query.tree), query.filters, query.date_from, query.date_to, query.match, query.sort, query.group, query.in_group)
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def search(engine: Engine, query: SearchQuery, analyzer: Analyzer | None = None) -> SearchResults:
    """Hits, totals, facets. Raises UsageError (query, filter, window, cursor), CursorExpired, EngineError."""
    _check_window(query, "; walk further by cursor (cursor=* on the first page, --all on the command line)")
    analyzer = analyzer or shared_analyzer()
    if query.cursor:
        at = _Cursor.decode(query.cursor, query)
        analyzer = analyzer.knowing(at.pairs)
        plan = _planned(engine, query, analyzer)
        if at.words:
            plan = _as_read(engine, query, plan, analyzer, at.words, at.view)
        return replace(_walk(engine, query, plan, analyzer, at), respelled=at.words)
    pairs = defined_here(engine, query.tree, analyzer)
    analyzer = analyzer.knowing(pairs)
    plan = _planned(engine, query, analyzer)
    start = None if query.cursor is None else _Cursor.start(engine, query, pairs)
    view = None if start is None else start.view
    results = _first(engine, query, plan, analyzer, start)
    words = () if results.total else respelled(engine, query.tree, analyzer, view)
    if not words:
        return results
    read = _as_read(engine, query, plan, analyzer, words, view)
    found = _first(engine, query, read, analyzer, None if start is None else replace(start, words=words))
    return replace(found, respelled=words) if found.relaxed else results


def similar(engine: Engine, stored: StoredReport, query: SearchQuery, analyzer: Analyzer | None = None) -> SearchResults:
    """The reports most like one of the index, itself left out; the filters of `query` apply, its words and its cursor do not.

    Where near-duplicates are grouped, those of the report itself stand behind it and are no hits. Raises UsageError, EngineError.
    """
    _check_window(query, " of the most similar reports")
    analyzer = analyzer or shared_analyzer()
    plan = _planned(engine, replace(query, tree=AllReports()), analyzer)
    own: list[Match] = [HasAny(ID, (stored.report.id,))]
    if query.group and stored.group:
        own.append(HasAny(GROUP, (stored.group,)))
    with engine.frozen() as view:
        like = likeness(engine, stored.report, analyzer, view)
        match = AllOf((plan.match, like.match, *map(Without, own)))
        plan = replace(plan, match=match, scores=like.scores, patterns=like.patterns, reading=tuple(like.reading()))
        return _page(engine, query, plan, analyzer, view)


def _check_window(query: SearchQuery, instead: str) -> None:
    """Raises WindowExceeded; `instead` ends what it says."""
    if query.offset + query.limit > WINDOW:
        raise WindowExceeded(f"offset + limit may not pass {WINDOW:,}{instead}")


def _planned(engine: Engine, query: SearchQuery, analyzer: Analyzer) -> Plan:
    plan = make_plan(followed(engine, query), analyzer)
    if query.facet_prefix:
        wanted = tuple(replace(f, only=facets.ids_with_prefix(engine, f.name, query.facet_prefix)) for f in plan.facets)
        plan = replace(plan, facets=wanted)
    if query.in_group:
        plan = replace(plan, constraints=(*plan.constraints, Constraint(frozenset(), HasAny(GROUP, (query.in_group,)))))
    return plan


def _first(engine: Engine, query: SearchQuery, plan: Plan, analyzer: Analyzer, start: _Cursor | None) -> SearchResults:
    """The page at query.offset, or the first of a walk."""
    if start is not None:
        return _walk(engine, query, plan, analyzer, start)
    if not query.group and not query.explain:
        return _page(engine, query, plan, analyzer)
    with engine.frozen() as view:
        return _page(engine, query, plan, analyzer, view)


def _as_read(engine: Engine, query: SearchQuery, typed: Plan, analyzer: Analyzer, words: tuple[Respelled, ...], view: str | None) -> Plan:
    """The query with `words` read as others. What it finds lacks them as typed, so that all of it is relaxed: one set for hits, totals and facets.

    It has the reports that hold all words as read, first by relevance, and those that lack one word of what was typed; where there are none of the
    latter and few of the former, those that lack one word of what was read.
    """
    read = _planned(engine, replace(query, tree=as_read(query.tree, words)), analyzer)
    own = [constraint.match for constraint in read.constraints]
    whole, lacking = engine.count([AllOf((match, *own)) for match in (read.match, typed.relaxed or MatchNone())], view)
    others = typed.relaxed if lacking else read.relaxed if whole < RELAX_BELOW else None
    found = read.match if others is None else AnyOf((read.match, others))
    scores = (*read.scores, ConstantScore(read.match, RESPELLED_FIRST, "all words as read"))
    return replace(read, match=MatchNone(), relaxed=found, scores=scores, patterns=tuple(dict.fromkeys((*typed.patterns, *read.patterns))))


def search_all(engine: Engine, query: SearchQuery, page: int = 500) -> Iterator[SearchResults]:
    """Every hit of a frozen view, a page at a time; each report once, whatever changes meanwhile."""
    results = search(engine, replace(query, cursor="", offset=0, limit=page))
    yield results
    while results.cursor is not None:
        results = search(engine, replace(query, cursor=results.cursor, offset=0, limit=page, facets=()))
        yield results


def _weighed(engine: Engine, plan: Plan, view: str | None = None) -> Plan:
    """The plan with the parts of the score that depend on how many reports hold each run and on what the first hits say, both seen where the hits come from."""
    reports, *counts = engine.count([MatchAll(), *(run.match for run in plan.runs)], view)
    plan = replace(plan, scores=(*plan.scores, *run_scores(plan.runs, counts, reports)))
    if len(plan.words) < 2:
        return plan
    first = _foremost(engine, plan, plan.match, view)
    hits = first.hits
    if plan.relaxed is not None and first.total < RELAX_BELOW:
        hits += _foremost(engine, plan, plan.relaxed, view).hits
    return replace(plan, scores=(*plan.scores, *close(plan.words, hits)))


def _foremost(engine: Engine, plan: Plan, match: Match, view: str | None) -> Response:
    return engine.execute(Request(match, plan.constraints, plan.scores, limit=FIRST, view=view))


def _counts_runs(query: SearchQuery, plan: Plan) -> bool:
    return query.sort == "relevance" and bool(plan.runs)


def _page(engine: Engine, query: SearchQuery, plan: Plan, analyzer: Analyzer, view: str | None = None) -> SearchResults:
    """`view`: where near-duplicates are grouped or scores explained, which takes several questions."""
    if query.limit and _counts_runs(query, plan):
        plan = _weighed(engine, plan, view)
    request = _request(query, plan, offset=query.offset, limit=query.limit, view=view)
    behind = collapse(engine, request) if query.group else None
    strict = answer(engine, request, behind)
    found: list[tuple[EngineHit, bool]] = [(hit, False) for hit in strict.hits]
    counts, relaxed_total = strict.counts, 0
    if plan.relaxed is not None and strict.total < RELAX_BELOW:
        offset, limit = max(0, query.offset - strict.total), query.limit - len(found)
        request = _request(query, plan, relaxed=True, offset=offset, limit=limit, count=not strict.total, view=view)
        behind = collapse(engine, request, behind) if behind else None
        relaxed = answer(engine, request, behind)
        relaxed_total = relaxed.total
        found += [(hit, True) for hit in relaxed.hits]
        if relaxed.total and not strict.total:
            counts = relaxed.counts
    return _results(engine, query, plan, analyzer, found, counts, strict.total, relaxed_total, query.offset, None, behind, view)


def _walk(engine: Engine, query: SearchQuery, plan: Plan, analyzer: Analyzer, at: _Cursor) -> SearchResults:
    """One page of a frozen view: the reports that hold the whole query, then, if they are few, those that lack a word."""
    limit = max(1, query.limit)
    found: list[tuple[EngineHit, bool]] = []
    counts: tuple[Counts, ...] = ()
    if at.relaxed and plan.relaxed is None:
        raise InvalidCursor("this cursor belongs to another query; repeat the query that it came from, or start without it")
    if _counts_runs(query, plan):
        plan = _weighed(engine, plan, at.view)  # counted in the view, so that each page scores as the first
    response: Response | None = None
    if not at.relaxed:
        first = not query.cursor
        behind = _behind(engine, query, plan, at)
        response = answer(engine, _request(query, plan, limit=limit, view=at.view, after=at.after, count=first), behind)
        found += [(hit, False) for hit in response.hits]
        counts = response.counts
        at = replace(at, view=response.view or at.view, after=response.after, total=response.total if first else at.total)
        if response.after is None and plan.relaxed is not None and at.total < RELAX_BELOW:
            at = replace(at, relaxed=True)
    if at.relaxed and len(found) < limit:
        first = at.after is None
        behind = _behind(engine, query, plan, at, relaxed=True)
        request = _request(query, plan, relaxed=True, limit=limit - len(found), view=at.view, after=at.after, count=first and not at.total)
        response = answer(engine, request, behind)
        found += [(hit, True) for hit in response.hits]
        counts = response.counts if response.total and first and not at.total else counts
        at = replace(at, after=response.after, relaxed_total=response.total if first else at.relaxed_total)
        more = response.after is not None
    else:
        more = at.after is not None or at.relaxed
    rank, at = at.rank, replace(at, rank=at.rank + len(found))
    cursor = at.encode() if more else None
    behind = _behind(engine, query, plan, at, relaxed=plan.relaxed is not None and at.total < RELAX_BELOW)
    return _results(engine, query, plan, analyzer, found, counts, at.total, at.relaxed_total, rank, cursor, behind, at.view)


def _behind(engine: Engine, query: SearchQuery, plan: Plan, at: _Cursor, *, relaxed: bool = False) -> Collapsed | None:
    """What stands behind what in the view, in one of its two parts; the same on every page."""
    if not query.group:
        return None
    request = _request(query, plan, relaxed=relaxed, limit=0, view=at.view, count=False)
    return _walks.get((at.name, at.query, at.words, relaxed), lambda: collapse(engine, request, _behind(engine, query, plan, at) if relaxed else None))


def _request(
    query: SearchQuery,
    plan: Plan,
    *,
    relaxed: bool = False,
    offset: int = 0,
    limit: int,
    count: bool = True,
    view: str | None = None,
    after: tuple[object, ...] | None = None,
) -> Request:
    match = plan.relaxed if relaxed and plan.relaxed is not None else plan.match
    wanted = plan.facets if count else ()
    return Request(match, plan.constraints, plan.scores, query.sort, offset, limit, wanted, view, after)


def _results(
    engine: Engine,
    query: SearchQuery,
    plan: Plan,
    analyzer: Analyzer,
    found: list[tuple[EngineHit, bool]],
    counts: tuple[Counts, ...],
    total: int,
    relaxed_total: int,
    offset: int,
    cursor: str | None,
    behind: Collapsed | None,
    view: str | None,
) -> SearchResults:
    highlighter = Highlighter(analyzer, plan.patterns if query.highlight else ())
    explained = _explain(engine, query, plan, [hit.id for hit, _ in found], view) if query.explain else {}
    hits = tuple(
        Hit(
            id=hit.id,
            rank=offset + number,
            score=hit.score if query.sort == "relevance" else None,
            relaxed=relaxed,
            stored=hit.stored,
            title=highlighter.title(hit.stored.report.title),
            snippets=highlighter.body(hit.stored.report.body) if query.highlight else (),
            explanation=explained.get(hit.id, ()),
            duplicates=None if behind is None else behind.others.get(hit.stored.group, 0),
        )
        for number, (hit, relaxed) in enumerate(found, start=1)
    )
    requests = {request.name: request for request in plan.facets}
    wanted = tuple(_facet(engine, query, requests[c.name], c) for c in counts)
    explanation = {"words": list(plan.reading), "match": query.match, "sort": query.sort} if query.explain else None
    return SearchResults(total, relaxed_total, hits, wanted, cursor, explanation)


def _facet(engine: Engine, query: SearchQuery, request: FacetRequest, counts: Counts) -> Facet:
    names = facets.labels(engine, counts.name, [value for value, _ in counts.values])
    typed = [v for f in query.filters if f.facet == counts.name for v in f.values]
    picked = set(request.always)  # the living key of an old one among them
    if counts.name in OPEN_FACETS:
        picked |= {k for v in typed for k in facets.keys_of(counts.name, v)}
    values: list[FacetValue] = []
    for value, count in counts.values:
        label = names[value]
        selected = value in picked or bool(picked and counts.name in OPEN_FACETS and not picked.isdisjoint(facets.name_keys(label)))
        values.append(FacetValue(value, label, count, selected))
    # A name typed for a value may stand for several ids (a province of either era): of these, those without a report
    # are shown only when none has one, so that a picked value with no hit stays visible and can be taken back.
    if any(v.selected and v.count for v in values):
        values = [v for v in values if v.count]
    return Facet(counts.name, tuple(values), counts.truncated, counts.missing, counts.approximate)


def _explain(engine: Engine, query: SearchQuery, plan: Plan, ids: list[str], view: str | None) -> dict[str, tuple[str, ...]]:
    """Each hit's score by clause, the highest first; computed where the hits come from."""
    parts = engine.parts(ids, plan.scores, view) if ids and query.sort == "relevance" else {}
    given = {i: sorted(((value, score.label) for value, score in zip(values, plan.scores, strict=True) if value), reverse=True) for i, values in parts.items()}
    return {i: tuple(f"{value:.4f} {label}" for value, label in lines) for i, lines in given.items()}
