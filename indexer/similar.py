"""Reports like one report: its most telling words, asked as any other words are, so that both engines find the same reports in the same order.

A word tells by how often the report uses it and how few others do. What reports share is then worth what BM25 makes of it, so a report that shares
three rare names comes before one that shares thirty words of every report. A report must share a part of the telling words to be found at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from analyzers import Analyzer
from analyzers.pipeline import PARAGRAPH
from indexer.engine.contract import AnyOf, Engine, Match, MatchAll, Score, TermScore
from indexer.engine.plan import Pattern
from indexer.engine.ranking import fields, in_any
from indexer.engine.schema import BODY_WORDS, TITLE_WORDS
from indexer.models import Report

# Set on 150 development articles that share a tenth to six tenths of their shingles with others, which are of the same event: MRR@10 of these among those
# found by the rest, .874 as below. The five first of 20 other articles were read: the first is of the same matter for 19 (there is none for the 20th).
TERMS = 60  # telling words (40: .867, 80: .886, 20: .830); each costs both engines two clauses
CANDIDATES = 200  # words most used, whose reports are counted (100: .867 with 40 terms, 200: .869, 500: .850)
LEAST = 0.25  # of the telling words that a report shares at least: 114 reports of 5,452 on average do (a tenth: 367 with 40 terms, 0.4: 7, and MRR .844)
TITLE = 2.0  # times that a word of the title counts (1 and 4: within .003)
SATURATION = 3.0  # uses of a word that give it half its weight (1.2 and 10: within .012)


@dataclass(frozen=True, slots=True)
class Term:
    """A telling word of a report, as the index has it; `reports` hold it."""

    token: str
    weight: float
    reports: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is asked for: the reports that share enough of `terms`."""

    terms: tuple[Term, ...]
    fields: tuple[str, str]

    @property
    def match(self) -> Match:
        return AnyOf(tuple(in_any([(term.token,)], self.fields) for term in self.terms), least=max(1, math.ceil(LEAST * len(self.terms))))

    @property
    def scores(self) -> tuple[Score, ...]:
        title, body = self.fields
        return tuple(TermScore(field, term.token, term.weight, f"{field}:{term.token}") for term in self.terms for field in (title, body))

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return tuple(Pattern(tuple(term.token.split("_")), self.fields != _WORDS) for term in self.terms)

    def reading(self) -> Iterator[dict[str, object]]:
        for term in self.terms:
            held = {"tokens": [term.token], "kind": f"{term.reports:,} reports"}
            yield {"text": term.token.replace("_", " "), "start": 0, "kind": "telling word", "variants": [held]}


_WORDS = (TITLE_WORDS, BODY_WORDS)


def likeness(engine: Engine, report: Report, analyzer: Analyzer, view: str | None = None) -> Likeness:
    """The telling words of a report, counted in the index or in a view of it; none when it shares no word with any other."""
    title, body = analyzer.document([report.title]), analyzer.document(report.body.split("\n"))
    words = _counted(title.words, body.words)
    names = _WORDS if words else fields(False)  # pyvi finds no words in a text without any mark
    words = words or _counted(title.folded, body.folded)
    candidates = sorted(words, key=lambda token: (-words[token], token))[:CANDIDATES]
    total, *held = engine.count([MatchAll(), *(in_any([(token,)], names) for token in candidates)], view)
    terms = [Term(token, words[token] / (words[token] + SATURATION), reports) for token, reports in zip(candidates, held, strict=True) if reports > 1]
    terms.sort(key=lambda term: (-term.weight * math.log(1 + (total - term.reports + 0.5) / (term.reports + 0.5)), term.token))
    return Likeness(tuple(terms[:TERMS]), names)


def _counted(title: str, body: str) -> dict[str, float]:
    """How often each word is used, one of the title TITLE times over."""
    words: dict[str, float] = {}
    for field, times in ((title, TITLE), (body, 1.0)):
        for token in field.split():
            if token != PARAGRAPH:
                words[token] = words.get(token, 0.0) + times
    return words
