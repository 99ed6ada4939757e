"""Windows and sentences on the embedded engine: tantivy has no spans, so what it finds is read token by token.

tantivy gives the reports that hold a span of either side; their tokens, kept packed beside the record, tell whether two of them stand near.
The commonest words of 5,452 articles (`và NEAR/s của`, 5,254 reports read, 4,705 found) take 0.4 s of processor time, `HĐND NEAR/10 UBND` 0.02 s.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace

import tantivy

from indexer.engine.contract import AllOf, AnyOf, BestOf, ConstantScore, HasAny, HasNear, HasPhrase, Match, Request, Score, Spans, TermScore, Without
from indexer.engine.embedded_index import first_bytes, id_of, packed
from indexer.engine.embedded_query import match_query
from indexer.engine.embedded_snapshot import Asked, Snapshot
from indexer.engine.schema import ID, PARAGRAPH, SENTENCES

_WITHIN_SENTENCE = re.compile(r"[\[-]-*[-\]]")  # the marks from the first token of a window to its last
# Answers a snapshot keeps, and ids in all of them (100 bytes each): a page, its facets and its counts ask for the same one again.
_MOST_KEPT = 64
_MOST_IDS = 500_000


def without_near(request: Request, snapshot: Snapshot) -> Request:
    """The request with each HasNear replaced by the ids of the reports that satisfy it in this snapshot."""
    return replace(
        request,
        match=resolved(request.match, snapshot),
        constraints=tuple(replace(c, match=resolved(c.match, snapshot)) for c in request.constraints),
        scores=tuple(_resolved_score(score, snapshot) for score in request.scores),
    )


def resolved(match: Match, snapshot: Snapshot, within: tuple[Match, ...] = ()) -> Match:
    """The match with each HasNear replaced by ids. Only reports that satisfy all of `within` are looked at: what stands beside the match narrows it."""
    if isinstance(match, HasNear):
        return HasAny(ID, _ids(match, snapshot, within))
    if isinstance(match, Without):
        return Without(resolved(match.child, snapshot, within))
    if isinstance(match, AnyOf):
        return replace(match, children=tuple(resolved(child, snapshot, within) for child in match.children))
    if isinstance(match, AllOf):
        done: tuple[Match, ...] = tuple(child for child in match.children if not _has_near(child))
        for child in filter(_has_near, match.children):
            done += (resolved(child, snapshot, within + done),)
        return AllOf(done)
    return match


def _has_near(match: Match) -> bool:
    if isinstance(match, (AllOf, AnyOf)):
        return any(map(_has_near, match.children))
    return isinstance(match, HasNear) or (isinstance(match, Without) and _has_near(match.child))


def _resolved_score(score: Score, snapshot: Snapshot) -> Score:
    if isinstance(score, BestOf):
        return replace(score, children=tuple(_resolved_clause(child, snapshot) for child in score.children))
    return _resolved_clause(score, snapshot)


def _resolved_clause(score: TermScore | ConstantScore, snapshot: Snapshot) -> TermScore | ConstantScore:
    return replace(score, match=resolved(score.match, snapshot)) if isinstance(score, ConstantScore) else score


def _ids(near: HasNear, snapshot: Snapshot, within: tuple[Match, ...]) -> tuple[str, ...]:
    kept = snapshot.near.get((near, within))
    if kept is None:
        both = [AnyOf(tuple(HasPhrase(side.field, sequence) for sequence in side.sequences)) for side in (near.left, near.right)]
        found = tantivy.Query.const_score_query(match_query(AllOf((*both, *within)), snapshot.schema), 0.0)
        hits = snapshot.searcher.search(found, limit=max(1, snapshot.searcher.num_docs), count=False).hits
        places = sorted((address.segment_ord, address.doc) for _, address in hits)  # the store is read in its own order
        documents = (snapshot.searcher.doc(tantivy.DocAddress(*place)) for place in places)
        kept = tuple(id_of(document) for document in documents if _Text(document).holds(near))
        _keep(snapshot.near, (near, within), kept)
    return kept


def _keep(answers: dict[Asked, tuple[str, ...]], asked: Asked, ids: tuple[str, ...]) -> None:
    """Within the bounds. Threads may both keep theirs at once and go over by one answer each: the next one clears."""
    if len(ids) > _MOST_IDS:
        return
    if len(answers) >= _MOST_KEPT or len(ids) + sum(map(len, list(answers.values()))) > _MOST_IDS:
        answers.clear()
    answers[asked] = ids


class _Text:
    """The tokens of one report, unpacked field by field as they are asked for."""

    def __init__(self, document: tantivy.Document) -> None:
        self._document = document
        self._tokens: dict[str, str] = {}

    def holds(self, near: HasNear) -> bool:
        lefts, rights = list(self._places(near.left)), list(self._places(near.right))
        if not lefts or not rights:
            return False
        marks = self._marks(near.left.field)
        return any(_nearby(first, second, near.most, marks) for left in lefts for right in rights for first, second in ((left, right), (right, left)))

    def _places(self, spans: Spans) -> Iterator[tuple[int, list[int]]]:
        """Each sequence that stands in the field: its length, and the positions where it begins."""
        text = self._padded(spans.field)
        for sequence in spans.sequences:
            wanted = f" {' '.join(sequence)} "
            found: list[int] = []
            position, counted = 0, 0
            at = text.find(wanted)
            while at >= 0:
                position += text.count(" ", counted, at)
                found.append(position)
                counted = at
                at = text.find(wanted, at + 1)
            if found:
                yield len(sequence), found

    def _marks(self, field: str) -> str:
        """A character a position: PARAGRAPH, or where in its sentence a token stands."""
        if field in SENTENCES:
            return self._padded(SENTENCES[field]).replace(" ", "")
        return "".join([PARAGRAPH if token == PARAGRAPH else "-" for token in self._padded(field).split()])

    def _padded(self, field: str) -> str:
        """The field's tokens with a space around each."""
        if field not in self._tokens:
            self._tokens[field] = f" {zlib.decompress(first_bytes(self._document, packed(field))).decode()} "
        return self._tokens[field]


def _nearby(first: tuple[int, list[int]], second: tuple[int, list[int]], most: int | None, marks: str) -> bool:
    """Whether one of `first` stands before one of `second`, near enough. Linear: of those before it only the nearest is looked at, and that once."""
    (length, firsts), (other_length, seconds) = first, second
    ahead = 0
    for start in seconds:
        before = ahead
        while ahead < len(firsts) and firsts[ahead] + length <= start:
            ahead += 1
        if ahead == before:
            continue  # the same one as before, and further away
        nearest = firsts[ahead - 1]
        window = marks[nearest : start + other_length]
        if _WITHIN_SENTENCE.fullmatch(window) if most is None else start - nearest - length <= most and PARAGRAPH not in window:
            return True
    return False
