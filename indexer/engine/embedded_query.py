"""Match and Score -> tantivy queries. Pure; query objects only, so that no text of a user meets a query parser."""

from __future__ import annotations

import re
from collections.abc import Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from indexer.engine.contract import (
    AllOf,
    AnyOf,
    BestOf,
    ConstantScore,
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
    TermScore,
    Without,
)

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1


def set_query(matches: Sequence[Match], schema: tantivy.Schema) -> Query:
    """The reports that satisfy every one of `matches`; its scores mean nothing."""
    return match_query(AllOf(tuple(matches)), schema)


def hits_query(request: Request, schema: tantivy.Schema) -> Query:
    """The hits of a request, each with the sum of the scores that apply to it, from 0."""
    found = set_query([request.match, *(c.match for c in request.constraints)], schema)
    scores = [q for q in (score_query(s, schema) for s in request.scores) if q is not None]
    return Query.boolean_query([(Occur.Must, Query.const_score_query(found, 0.0)), *((Occur.Should, q) for q in scores)])


def match_query(match: Match, schema: tantivy.Schema) -> Query:
    """One match as a query."""
    if isinstance(match, MatchAll):
        return Query.all_query()
    if isinstance(match, MatchNone):
        return Query.empty_query()
    if isinstance(match, HasTerm):
        return _term(match.field, match.token, schema, "basic")
    if isinstance(match, HasPhrase):
        return _phrase(match, schema)
    if isinstance(match, HasPrefix):
        return _prefix(match, schema)
    if isinstance(match, HasAny):
        return Query.term_set_query(schema, match.field, [v for v in match.values if storable(v)])
    if isinstance(match, Exists):
        return Query.exists_query(match.field)
    if isinstance(match, InRange):
        return _range(match, schema)
    if isinstance(match, Without):
        # A purely negative boolean matches nothing, so it is taken from the whole.
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, match_query(match.child, schema))])
    if isinstance(match, HasNear):
        raise TypeError("tantivy has no spans: embedded_near.py answers this first")
    children = [match_query(child, schema) for child in match.children]
    if isinstance(match, AllOf):
        if len(children) < 2:
            return children[0] if children else Query.all_query()
        return Query.boolean_query([(Occur.Must, child) for child in children])
    return _any(match, children)


def score_query(score: Score, schema: tantivy.Schema) -> Query | None:
    """One score as a query; None for one that never applies."""
    if isinstance(score, TermScore):
        return Query.boost_query(_term(score.field, score.token, schema, "freq"), score.weight)
    if isinstance(score, ConstantScore):
        return Query.const_score_query(match_query(score.match, schema), score.weight)
    if isinstance(score, BestOf):
        children = [q for q in (score_query(child, schema) for child in score.children) if q is not None]
        return Query.disjunction_max_query(children) if children else None
    raise TypeError(f"no score: {score!r}")


def storable(token: str) -> bool:
    """False for text with a lone surrogate: no report holds any, and the binding refuses it."""
    return token.isascii() or not any("\ud800" <= c <= "\udfff" for c in token)


def _term(field: str, token: str, schema: tantivy.Schema, needs: str) -> Query:
    return Query.term_query(schema, field, token, needs) if storable(token) else Query.empty_query()


def _phrase(match: HasPhrase, schema: tantivy.Schema) -> Query:
    if not all(storable(token) for token in match.tokens):
        return Query.empty_query()
    if len(match.tokens) < 2:  # tantivy panics on them
        return _term(match.field, match.tokens[0], schema, "basic") if match.tokens else Query.empty_query()
    return Query.phrase_query(schema, match.field, list(match.tokens))


def _prefix(match: HasPrefix, schema: tantivy.Schema) -> Query:
    """An automaton over the whole dictionary: every token that begins so, not the first thousands."""
    if not storable(match.prefix):
        return Query.empty_query()
    return Query.regex_query(schema, match.field, re.sub(r"[\\.+*?()|\[\]{}^$]", r"\\\g<0>", match.prefix) + ".*")


def _range(match: InRange, schema: tantivy.Schema) -> Query:
    if match.low is None and match.high is None:
        return Query.exists_query(match.field)
    low = _LOWEST if match.low is None else match.low
    high = _HIGHEST if match.high is None else match.high
    if low > high or low > _HIGHEST or high < _LOWEST:
        return Query.empty_query()
    return Query.range_query(schema, match.field, FieldType.Integer, max(low, _LOWEST), min(high, _HIGHEST))


def _any(match: AnyOf, children: list[Query]) -> Query:
    if len(children) < max(match.least, 1):
        return Query.empty_query()
    if match.least <= 0:
        return Query.all_query()
    if len(children) == 1:
        return children[0]
    return Query.boolean_query([(Occur.Should, child) for child in children], minimum_number_should_match=match.least)
