"""What a query's words are worth: BM25 of single terms, and for whatever stands side by side in a report a constant by its rarity.

The two engines score terms alike, phrases not; so a phrase never scores by itself. Words side by side, and what is one thing written in several
ways (an abbreviation and its long form, a date, a number), are counted, exactly and on both engines alike, on any number of shards. A run that
few reports hold ("Trịnh Đình Dũng") tells more than one that every other report holds ("Thủ tướng Chính phủ"), and more than in proportion: a
question of thirty words has dozens of pairs that say little ("của các"), and they must not add up to more than its few telling words. So a run
is worth its inverse document frequency times the share of that in the highest there can be. There is no reward for length and none for how often
a run stands in a report.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product

from analyzers import Unit, Variant
from indexer.calling import asked
from indexer.engine.contract import AnyOf, ConstantScore, HasPhrase, HasTerm, Match, Score, TermScore
from indexer.engine.schema import BODY_FOLDED, BODY_SYLLABLES, BODY_WORDS, CALLED, TITLE_FOLDED, TITLE_SYLLABLES, TITLE_WORDS

# Set on four sets of queries at once: the 217 of `make relevance` on the split "develop" (D: MRR@10 x 100) and the questions of ALQAC, ViRHE4QA and
# ViMedAQA with any word (A, V, M: nDCG@10 x 100, tests/relevance/passages.py): A 96.4, V 86.4, M 85.1, D 79.3 (80.0 with the officials
# below and spelling.py). What another value alone changes:
WEIGHT_TITLE = 0.4  # of anything in the title, beside the same in the body (1: D -1.2, A -0.7, V -3.1; 0: D -1.5, V -1.1)
WEIGHT_WORD = 1.0  # of pyvi's words (0: M -1.5, D -0.2; those of several syllables only: M -2.6; 2: D -0.7, V -0.6)
WEIGHT_FOLDED_BESIDE = 0.05  # of terms without marks beside those with marks; all there is for a query without (0.3: M -0.5; 0: nothing)
WEIGHT_FORM = 0.6  # of the words as typed of what has several words or forms, beside its constant (1: D -0.3, its abbreviations -4; 0.3: D -0.5)
WEIGHT_UNIT = 3.0  # of the constant of such a thing, in any of its forms (0: M -0.8, D -0.2; 6: A -0.4)
WEIGHT_PAIR = 0.7  # of two units side by side (0: A -0.9, V -1.9, M -0.7, D -0.3; 1.4: M -0.6, D -0.5, V +0.8)
WEIGHT_THREE = 0.2  # of three (0: V -0.6, A -0.3; 0.7: M -0.5, D -0.2)
WEIGHT_WHOLE = 2.0  # of all the words typed (0: D -0.7, its phrases -5; 4: nothing)
WEIGHT_CALLED = 6.0  # of an official as called in passing (0: D -0.3; 1 to 6 the same); of a hundred queries such as "Phó Chủ tịch Cường Quảng Nam",
# made of the persons of the development articles, so many have a report of that person first: 61 (0: 38, 1: 49, 3: 57)
MAX_RUNS = 64  # a pasted paragraph is found by its words; each run costs a count
MAX_FORMS = 8  # of a run, where its units have several forms each


@dataclass(frozen=True, slots=True)
class Run:
    """What is counted: `match` in a report, `title` in its title (None: no matter of text); `weight` times its rarity is its worth."""

    match: Match
    title: Match | None
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

    def add_units(self, units: Sequence[Unit], words: Sequence[str]) -> None:
        """Units as typed, and pyvi's words of the same text ([] if it has no marks), which cover the same tokens in the same order."""
        weights: list[float] = []
        for unit in units:
            weight = 1.0 if is_plain(unit) else WEIGHT_FORM
            self.add_variant(unit.variants[0], unit.marked, weight)
            weights += [weight] * len(unit.variants[0].tokens)
        at = 0
        for word in words:
            end = at + word.count("_") + 1
            self._add(TITLE_WORDS, BODY_WORDS, word, WEIGHT_WORD * min(weights[at:end]))
            at = end

    def __iter__(self) -> Iterator[Score]:
        return iter(self._clauses.values())

    def _add(self, title: str, body: str, token: str, weight: float) -> None:
        for name, factor in ((title, WEIGHT_TITLE), (body, 1.0)):
            old = self._clauses.get((name, token))
            self._clauses[name, token] = TermScore(name, token, weight * factor + (old.weight if old else 0.0), f"{name}:{token}")


def is_plain(unit: Unit) -> bool:
    """Whether the unit is one word in one form: its BM25 says all there is to say."""
    return len(unit.variants) == 1 and len(unit.variants[0].tokens) == 1


def runs(units: Sequence[Unit], marked: bool) -> Iterator[Run]:
    """All units together, officials as called in passing, each unit of several words or forms, all pairs and threes of neighbours.

    Those that stand side by side do so with their marks if the query has any.
    """
    if len(units) > 2:
        yield run(units, marked, WEIGHT_WHOLE)
    for key in asked([token for unit in units for token in unit.variants[0].folded]):
        yield Run(HasTerm(CALLED, key), None, WEIGHT_CALLED, key)
    for unit in units:
        if not is_plain(unit):
            yield run([unit], False, WEIGHT_UNIT)
    for size, weight in ((2, WEIGHT_PAIR), (3, WEIGHT_THREE)):
        for start in range(len(units) - size + 1):
            if size < len(units) or size == 2:
                yield run(units[start : start + size], marked, weight)


def run(units: Sequence[Unit], marked: bool, weight: float) -> Run:
    """Units side by side, each in any of its forms; of these the first MAX_FORMS together."""
    together = islice(product(*(unit.variants for unit in units)), MAX_FORMS)
    return run_of([tuple(chain.from_iterable(v.tokens if marked else v.folded for v in chosen)) for chosen in together], marked, weight)


def run_of(forms: Sequence[tuple[str, ...]], marked: bool, weight: float) -> Run:
    """The run that any of `forms` is, token by token; it goes by the name of the first."""
    title, body = fields(marked)
    return Run(in_any(forms, (title, body)), in_any(forms, (title,)), weight, " ".join(forms[0]))


def fields(marked: bool) -> tuple[str, str]:
    """Where text is looked for: with its marks or without, in title and body."""
    return (TITLE_SYLLABLES, BODY_SYLLABLES) if marked else (TITLE_FOLDED, BODY_FOLDED)


def in_any(forms: Sequence[tuple[str, ...]], names: Sequence[str]) -> Match:
    """Any of the sequences of tokens in any of the fields of these names."""
    return AnyOf(tuple(HasTerm(f, tokens[0]) if len(tokens) == 1 else HasPhrase(f, tokens) for tokens in dict.fromkeys(forms) for f in names))


def run_scores(found: Sequence[Run], counts: Sequence[int], reports: int) -> Iterator[ConstantScore]:
    """The constants of runs that stand in `counts` of `reports` reports."""
    for one, count in zip(found, counts, strict=True):
        if count:
            rarity = math.log(1 + (reports - count + 0.5) / (count + 0.5))
            worth = one.weight * rarity * rarity / math.log(1 + reports)
            yield ConstantScore(one.match, worth, f'"{one.label}"')
            if one.title is not None:
                yield ConstantScore(one.title, worth * WEIGHT_TITLE, f'title "{one.label}"')
