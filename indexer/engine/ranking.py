"""What a query's words are worth: BM25 of single terms, and for each run of words that stands side by side in a report a constant by its rarity.

The two engines score terms alike, phrases not; so a phrase never scores by itself. A run that few reports hold ("Trịnh Đình Dũng") tells
more than one that every other report holds ("Thủ tướng Chính phủ"): its constant is its inverse document frequency, from exact counts that both
engines give alike, on any number of shards. There is no reward for length and none for how often a run stands in a report.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzers import Unit, Variant
from indexer.engine.contract import AnyOf, ConstantScore, HasPhrase, Match, Score, TermScore
from indexer.engine.schema import BODY_FOLDED, BODY_SYLLABLES, BODY_WORDS, TITLE_FOLDED, TITLE_SYLLABLES, TITLE_WORDS

# Set by `make relevance` on the 217 queries of the split "develop" (MRR@10 of each change alone, the rest as below):
WEIGHT_TITLE = 1.0  # of a term's score in the title, beside that in the body (2: 0.774, 1: 0.785)
WEIGHT_WORD = 1.0  # of pyvi's words of several syllables (0: 0.775, 2: 0.765, measured with titles at 2 against 0.774)
WEIGHT_FOLDED_BESIDE = 0.3  # of terms without marks beside those with marks; all there is for a query without (0.1 to 0.6: within 0.006)
WEIGHT_OTHER_FORM = 0.5  # of an abbreviation for its long form or the reverse: below the form as typed (0.2 to 1: within 0.001)
WEIGHT_RUN = 1.0  # times the inverse document frequency of two or three words side by side (none: 0.684, pairs of 0.5: 0.737, of 1: 0.750, with threes: 0.774)
WEIGHT_WHOLE = 2.0  # the same of all the words typed (with pairs of 0.5 alone: 0.737 without, 0.751 with it)
MAX_RUNS = 64  # a pasted paragraph is found by its words; each run costs a count


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side: `match` anywhere in a report, `title` in its title; `weight` times its inverse document frequency is its worth in either."""

    match: Match
    title: Match
    weight: float
    label: str


class TermScores:
    """BM25 clauses, each term of a field once: the same term twice adds up."""

    def __init__(self) -> None:
        self._clauses: dict[tuple[str, str], TermScore] = {}

    def add_variant(self, variant: Variant, marked: bool, weight: float) -> None:
        """Each token of the variant without marks and, if it was typed with marks, with them."""
        for text, folded in zip(variant.tokens, variant.folded, strict=True):
            beside = weight * WEIGHT_FOLDED_BESIDE if marked else weight
            self._add(TITLE_FOLDED, BODY_FOLDED, folded, beside)
            if marked:
                self._add(TITLE_SYLLABLES, BODY_SYLLABLES, text, weight)

    def add_units(self, units: Sequence[Unit]) -> None:
        for unit in units:
            for number, variant in enumerate(unit.variants):
                self.add_variant(variant, unit.marked and number == 0, 1.0 if number == 0 else WEIGHT_OTHER_FORM)

    def add_words(self, words: Sequence[str]) -> None:
        """pyvi's words that have several syllables: those of one are scored as syllables."""
        for word in words:
            if "_" in word:
                self._add(TITLE_WORDS, BODY_WORDS, word, WEIGHT_WORD)

    def __iter__(self) -> Iterator[Score]:
        return iter(self._clauses.values())

    def _add(self, title: str, body: str, token: str, weight: float) -> None:
        for name, factor in ((title, WEIGHT_TITLE), (body, 1.0)):
            old = self._clauses.get((name, token))
            self._clauses[name, token] = TermScore(name, token, weight * factor + (old.weight if old else 0.0), f"{name}:{token}")


def runs(units: Sequence[Unit], marked: bool) -> Iterator[Run]:
    """All pairs and threes of neighbouring words as typed, and all words together; with their marks if the query has any."""
    typed = [token for unit in units for token in (unit.variants[0].tokens if marked else unit.variants[0].folded)]
    if len(typed) > 1:
        yield run(typed, marked, WEIGHT_WHOLE if len(typed) > 2 else WEIGHT_RUN)
    for size in (2, 3):
        for start in range(len(typed) - size + 1):
            if size < len(typed):
                yield run(typed[start : start + size], marked, WEIGHT_RUN)


def run(tokens: Sequence[str], marked: bool, weight: float) -> Run:
    """One run of two or more tokens."""
    title, body = (TITLE_SYLLABLES, BODY_SYLLABLES) if marked else (TITLE_FOLDED, BODY_FOLDED)
    in_title = HasPhrase(title, tuple(tokens))
    return Run(AnyOf((in_title, HasPhrase(body, tuple(tokens)))), in_title, weight, " ".join(tokens))


def run_scores(found: Sequence[Run], counts: Sequence[int], reports: int) -> Iterator[Score]:
    """The constants of runs that stand in `counts` of `reports` reports."""
    for one, count in zip(found, counts, strict=True):
        if count:
            worth = one.weight * math.log(1 + (reports - count + 0.5) / (count + 0.5))
            yield ConstantScore(one.match, worth, f'"{one.label}"')
            yield ConstantScore(one.title, worth, f'title "{one.label}"')
