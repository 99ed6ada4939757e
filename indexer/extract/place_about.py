"""Decides which provinces a report is about, of all that it names.

What each mention adds makes a score; the score and what else tells of a province - how often, how densely and with what words around it is
it named, beside how many others, in a report of the nation or of the people of a place - make a chance, by a logistic regression that
tests/extraction/fit_provinces.py fits to labels.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from indexer.extract.place_context import LOCAL, NATIONAL, Context, density
from indexer.extract.place_landmarks import RULE
from indexer.extract.place_resolve import Placed, Places

# What a mention adds to its province: a title or a provincial body says what a report is about, a name in running text often
# does not. Set by eye on the five reports and on development articles.
TITLE, LEAD, BODY_WORD, TYPED, BARE, LOCALITY, AGAIN, ADDRESS, SIGN, HOLDER = 4.0, 2.0, 2.0, 1.5, 0.75, 1.5, 0.4, 5.0, 5.0, 5.0
MOST_PER_RULE = 4  # mentions of one province under one rule that count
SHARE = 0.45  # of the first province's score, for one that the address, the paper's sign or a holder tells
SCORED = 1.0  # the score from which a province is one of several: more than its bare name once
SHORT = 1000  # characters: fewer say nothing of how densely a province is named
ENUMERATION = 7  # provinces one after the other that make a list; with 4 held out F1 of the factors before fell from 0.929 to 0.909
SEPARATOR = 6  # characters between two of a list; " - " and " và " among them
CAPITAL = ("P01a", "P01b")  # Hà Nội, where the nation's bodies meet: "ngày 8-2 tại Hà Nội, Thủ tướng ..." is no report on it

# Factors of the features below, fitted by tests/extraction/fit_provinces.py on 2026-11-22 to 1,010 labelled articles and 57 pages. F1 of the provinces of
# articles held out in ten folds: 0.945, of pages 1.0; of 810 of these articles 0.943, by the features before, of mentions only, 0.922.
FACTORS: Mapping[str, float] = {
    "constant": -6.74,
    "score": 1.27,
    "density": 1.62,
    "paragraphs": 3.60,
    "not for a delegate": 1.07,
    "for a person": 1.27,
    "office": 1.15,
    "in captions": -3.95,
    "enumerated": -2.86,
    "only one": 1.26,
    "voters in the lead": 2.08,
    "national words": -1.30,
    "national words, the capital": -1.15,
    "local words": 0.92,
}
LEAST = 0.5  # the chance from which a report is about a province; held out 0.945; 0.4 gave F1 0.942, 0.45 and 0.55 0.944


class About:
    """The provinces of one report. `hints`: provinces known from its address, its paper's sign or a holder, with their weights.

    `national`: it is the centre's; `texts`: its paragraphs, by the numbers that mentions have of them, "" for one that is not read.
    """

    def __init__(self, known: Places, hints: Sequence[tuple[str, float]] = (), *, national: bool = False, texts: Sequence[str] = ()) -> None:
        self.known, self.hints, self.national, self.texts = known, hints, national, texts

    def chosen(self, chances: Mapping[str, float] | None = None, least: float = LEAST) -> list[str]:
        """Ids of the provinces, first the likeliest; by other chances than those of FACTORS where they are given."""
        if chances is None:
            chances = {province: chance(features) for province, features in self.features().items()}
        best = max(self.scores.values(), default=0.0)
        told = set() if self.national else {province for province, _ in self.hints if self.scores[province] >= SHARE * best}
        chosen = [p for p in sorted(chances, key=lambda p: (-chances[p], p)) if p in told or chances[p] >= least]
        return chosen or ([] if self.national else self._fitting())

    @cached_property
    def named(self) -> list[tuple[str, Placed, Context]]:
        """(province, mention in it, words around it) of all that is certain to lie in one province of the report's time."""
        return [(province, placed, Context.of(placed.mention, self.texts[placed.part])) for province, placed in self._named()]

    def _named(self) -> Iterator[tuple[str, Placed]]:
        known = self.known
        written = {home for placed in known.placed if placed.level == "province" for home in known.homes(placed)}
        typed = {placed.mention.key: placed.level for placed in known.placed if placed.mention.type}
        for placed in known.placed:
            homes = known.homes(placed)
            if len(homes) > 1 and len(homes & written) == 1:
                homes &= written  # "huyện Tam Nông" of two provinces is in the one that the text names
            if len(homes) != 1 or (placed.level == "province" and known.past(placed)):
                continue
            if placed.mention.rule == "alone" and placed.mention.parent is None:
                continue
            if placed.mention.rule == "bare" and typed.get(placed.mention.key, placed.level) != placed.level:
                continue  # "ở Phú Lương", elsewhere "phường Phú Lương": not the district of that name
            yield next(iter(homes)), placed

    def features(self) -> dict[str, dict[str, float]]:
        """Province -> what tells whether the report is about it, by the names of FACTORS."""
        scores = self.scores
        mine: dict[str, list[tuple[Placed, Context]]] = {province: [] for province in (*(p for p, _ in self.hints), *(p for p, _, _ in self.named))}
        for province, placed, context in self.named:
            mine[province].append((placed, context))
        if not mine:
            return {}
        enumerated = Counter(self._enumerated())
        length = max(sum(map(len, self.texts)), SHORT)
        read = sum(map(bool, self.texts))
        text = "\n".join(self.texts)
        national, local = density(text, NATIONAL, length), density(text, LOCAL, length)
        alone = sum(score > SCORED for score in scores.values()) == 1
        found = {}
        for province, all_named in mine.items():
            own = [(placed, context) for placed, context in all_named if not context.aside]
            several = max(1, len(own))
            found[province] = {
                "constant": 1.0,
                "score": math.log1p(scores.get(province, 0.0)),
                "density": math.log1p(1000 * len(own) / length),
                "paragraphs": len({placed.part for placed, _ in own}) / max(1, read),
                "not for a delegate": math.log1p(sum(not context.delegate for _, context in own)),
                "for a person": math.log1p(len(all_named) - len(own)),
                "office": math.log1p(sum(context.office for _, context in own)),
                "in captions": sum(context.caption for _, context in own) / several,
                "enumerated": enumerated[province] / several,
                "only one": float(alone and scores.get(province, 0.0) > SCORED),
                "voters in the lead": float(any(context.voters and placed.where == "lead" for placed, context in own)),
                "national words": national,
                "national words, the capital": national * (province in CAPITAL),
                "local words": local,
            }
        return found

    def _enumerated(self) -> Iterator[str]:
        """The province of each mention in a long list: "10 địa phương gồm Quảng Trị, Quảng Ngãi, ...", none of which a report is about."""
        lists: list[list[tuple[str, Placed]]] = []
        for province, placed, context in self.named:
            if placed.level == "province" and not context.aside:
                last = lists[-1][-1][1] if lists else None
                if last is None or last.part != placed.part or not 0 < placed.mention.start - last.mention.end <= SEPARATOR:
                    lists.append([])
                lists[-1].append((province, placed))
        return (province for found in lists if len(found) >= ENUMERATION for province, _ in found)

    @cached_property
    def scores(self) -> dict[str, float]:
        """Province -> how much of the report it carries."""
        scores: defaultdict[str, float] = defaultdict(float)
        seen: defaultdict[tuple[str, str], int] = defaultdict(int)
        for province, placed, context in self.named:
            if context.aside:
                continue
            if placed.level != "province" or placed.mention.rule == RULE:
                weight = LOCALITY if not seen[province, placed.mention.key] else AGAIN
                rule = placed.mention.key if placed.where != "title" else "title"
            elif placed.mention.rule == "chain":
                weight, rule = BARE, "chain"
            else:
                named = placed.mention.rule in ("type-word", "body", "abbreviation")
                weight, rule = (BODY_WORD if placed.mention.rule == "body" else TYPED if named else BARE), placed.mention.rule
            seen[province, rule] += 1
            if seen[province, rule] <= MOST_PER_RULE:
                scores[province] += weight
            if placed.where != "body" and not seen[province, placed.where + "+"]:
                seen[province, placed.where + "+"] = 1
                scores[province] += TITLE if placed.where == "title" else LEAD
        for province, weight in self.hints:
            scores[province] += weight
        return scores

    def _fitting(self) -> list[str]:
        """The one province in which more of the named localities exist together than in any other, if it has most of them.

        A single locality must be a district of the old list, and named with its type word: "huyện Lắk cũ".
        """
        known = self.known
        named = [p for p in known.placed if p.level != "province" and p.ids and p.mention.rule != "alone" and not p.mention.aside]
        options = {(p.mention.type, p.mention.key): known.homes(p) for p in named}
        if any(p.level == "province" and p.mention.rule != "chain" for p in known.placed) or not options:
            return []
        if len(options) == 1:
            (homes,) = options.values()
            return list(homes) if len(homes) == 1 and named[0].level == "district" and named[0].mention.type else []
        fits: defaultdict[str, int] = defaultdict(int)
        for homes in options.values():
            for province in homes:
                fits[province] += 1
        first, *rest = sorted(fits, key=lambda p: (-fits[p], p))
        if fits[first] < 2 or fits[first] < 0.6 * len(options) or (rest and fits[rest[0]] == fits[first]):
            return []
        return [first]


def chance(features: Mapping[str, float]) -> float:
    """The chance that a report is about a province of these features."""
    return 1 / (1 + math.exp(-sum(factor * features[name] for name, factor in FACTORS.items())))
