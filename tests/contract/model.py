"""The oracle of the contract suite: what a request must find, count and score, read off the documents in plain Python.

Knows the contract and nothing of either engine. Scores are BM25 as both engines promise it (k1 1.2, b 0.75), over all
documents that were ever put; field lengths up to 40 tokens are stored exactly by both, and the suite's fields are shorter.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from indexer.engine.contract import (
    AllOf,
    BestOf,
    ConstantScore,
    Counts,
    Exists,
    FacetRequest,
    HasAny,
    HasNear,
    HasPhrase,
    HasPrefix,
    HasTerm,
    IndexDocument,
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
from indexer.engine.schema import DATE_TO, FIELDS, ID, PAIR, PARAGRAPH, SENTENCES


class Model:
    """The documents of one index, by id."""

    def __init__(self, documents: Iterable[IndexDocument]) -> None:
        self.documents = {document.id: document for document in documents}
        self._tokens = {(d.id, name): text.split() for d in self.documents.values() for name, text in d.text.items()}

    # ------------------------------------------------------------ sets

    def matches(self, match: Match, document: IndexDocument) -> bool:
        if isinstance(match, MatchAll):
            return True
        if isinstance(match, MatchNone):
            return False
        if isinstance(match, HasTerm):
            return match.token in (self.tokens(document, match.field) or self.keywords(document, match.field))
        if isinstance(match, HasPhrase):
            tokens, wanted = self.tokens(document, match.field), list(match.tokens)
            return any(tokens[i : i + len(wanted)] == wanted for i in range(len(tokens) - len(wanted) + 1))
        if isinstance(match, HasPrefix):
            return any(token.startswith(match.prefix) for token in self.tokens(document, match.field))
        if isinstance(match, HasNear):
            return self._near(match, document)
        if isinstance(match, HasAny):
            return not set(match.values).isdisjoint(self.keywords(document, match.field))
        if isinstance(match, Exists):
            return match.field in document.numbers or bool(self.keywords(document, match.field))
        if isinstance(match, InRange):
            value = document.numbers.get(match.field)
            return value is not None and (match.low is None or match.low <= value) and (match.high is None or value <= match.high)
        if isinstance(match, Without):
            return not self.matches(match.child, document)
        held = sum(self.matches(child, document) for child in match.children)
        return held == len(match.children) if isinstance(match, AllOf) else 0 < held >= match.least

    def _near(self, match: HasNear, document: IndexDocument) -> bool:
        """Looks at every pair of spans, and at all that lies between them."""
        field = SENTENCES.get(match.left.field)
        marks = self.tokens(document, field) if field else [t if t == PARAGRAPH else "-" for t in self.tokens(document, match.left.field)]
        for pair in itertools.product(self._spans(match.left, document), self._spans(match.right, document)):
            (first, end), (second, last) = sorted(pair)
            if end > second or PARAGRAPH in marks[first:last]:
                continue
            if second - end <= match.most if match.most is not None else not any(self._border(marks, at) for at in range(first, last - 1)):
                return True
        return False

    @staticmethod
    def _border(marks: list[str], at: int) -> bool:
        """Whether a sentence ends between this position and the next."""
        return marks[at] in "]." or marks[at + 1] in "[."

    def _spans(self, spans: Spans, document: IndexDocument) -> list[tuple[int, int]]:
        tokens = self.tokens(document, spans.field)
        return [(i, i + len(s)) for s in spans.sequences for i in range(len(tokens)) if tuple(tokens[i : i + len(s)]) == s]

    def tokens(self, document: IndexDocument, field: str) -> list[str]:
        return self._tokens.get((document.id, field), [])

    def keywords(self, document: IndexDocument, field: str) -> tuple[str, ...]:
        return (document.id,) if field == ID else tuple(document.keywords.get(field, ()))

    def found(self, request: Request, without: str | None = None) -> list[IndexDocument]:
        """Documents that satisfy the request; constraints owned by facet `without` are left out."""
        wanted = [request.match, *(c.match for c in request.constraints if without not in c.owners)]
        return [d for d in self.documents.values() if all(self.matches(match, d) for match in wanted)]

    # ------------------------------------------------------------ counts

    def counts(self, request: Request, facet: FacetRequest) -> Counts:
        found = self.found(request, without=facet.name)
        own = facet.name if facet.lefts and facet.name in FIELDS else facet.field
        counted: Counter[str] = Counter()
        for document in found:
            values = set(self.keywords(document, facet.field))
            if facet.lefts:
                values = {v.removeprefix(left + PAIR) for v in values for left in facet.lefts if v.startswith(left + PAIR)}
            counted.update(v for v in values if facet.only is None or v in facet.only)
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        shown = ranked[: facet.limit]
        listed = {value for value, _ in shown}
        rest = [(value, counted[value]) for value in dict.fromkeys(facet.always) if value not in listed]
        missing = sum(not self.keywords(document, own) for document in found)
        return Counts(facet.name, (*shown, *rest), len(ranked) > facet.limit, missing)

    # ------------------------------------------------------------ order

    def scores(self, request: Request) -> dict[str, float]:
        """Score of each hit; 0 when not sorted by relevance."""
        wanted = request.scores if request.sort == "relevance" else ()
        return {d.id: sum(self._score(score, d) for score in wanted) for d in self.found(request)}

    def order(self, request: Request, scores: dict[str, float]) -> list[str]:
        """Ids of the hits in total order, given their scores."""

        def place(name: str) -> tuple[object, ...]:
            date = self.documents[name].numbers.get(DATE_TO)
            dated = (1, 0) if date is None else (0, date if request.sort == "oldest" else -date)
            return (-scores[name], dated, name)

        return sorted(scores, key=place)

    def _score(self, score: Score, document: IndexDocument) -> float:
        if isinstance(score, ConstantScore):
            return score.weight if self.matches(score.match, document) else 0.0
        if isinstance(score, BestOf):
            return max((self._score(child, document) for child in score.children), default=0.0)
        return score.weight * self._bm25(score, document)

    def _bm25(self, score: TermScore, document: IndexDocument) -> float:
        tokens = self.tokens(document, score.field)
        frequency = tokens.count(score.token)
        if not frequency:
            return 0.0
        holding = sum(score.token in tokens for (_, field), tokens in self._tokens.items() if field == score.field)
        idf = math.log(1 + (len(self.documents) - holding + 0.5) / (holding + 0.5))
        return idf * 2.2 * frequency / (frequency + 1.2 * (0.25 + 0.75 * len(tokens) / self._lengths[score.field]))

    @cached_property
    def _lengths(self) -> dict[str, float]:
        """Average number of tokens of each text field."""
        lengths: dict[str, list[int]] = {}
        for (_, field), tokens in self._tokens.items():
            lengths.setdefault(field, []).append(len(tokens))
        return {field: sum(found) / len(found) for field, found in lengths.items()}
