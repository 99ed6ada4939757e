"""Decides which provinces a report is about, of all that it names.

What each mention adds makes a score; the score and what else tells of a province - how often and how densely it is named, in how many
paragraphs, beside how many others - make a chance, by a logistic regression that tests/extraction/fit_provinces.py fits to labels.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from indexer.extract.place_landmarks import RULE
from indexer.extract.place_resolve import Placed, Places

# What a mention adds to its province: a title or a provincial body says what a report is about, a name in running text often
# does not. Set by eye on the five reports and on development articles.
TITLE, LEAD, BODY_WORD, TYPED, BARE, LOCALITY, AGAIN, ADDRESS, SIGN, HOLDER = 4.0, 2.0, 2.0, 1.5, 0.75, 1.5, 0.4, 5.0, 5.0, 5.0
MOST_PER_RULE = 4  # mentions of one province under one rule that count
PASSING = 3.0  # the most that bare names in running text come to ...
OFTEN, NEARLY_ALL = 4, 0.85  # ... unless there are several and nearly all that is named lies in that province
SHARE = 0.45  # of the first province's score, for one that the address, the paper's sign or a holder tells
ALONE = 4.0  # the score from which the only province named is what a report is about; held out F1 0.931, with 6 0.928
SHORT = 1000  # characters: fewer say nothing of how densely a province is named
ENUMERATION = 7  # provinces one after the other that make a list; held out F1 0.929, as with 6 and 9; with 4 0.909, without the feature 0.922
SEPARATOR = 6  # characters between two of a list; " - " and " và " among them
MANY = 4  # provinces: where more are named, each has less of the text (without this feature 0.925 held out)

# Factors of the features below, fitted by tests/extraction/fit_provinces.py on 2026-11-22 to 710 labelled articles and 57 pages. F1 of the provinces of
# articles held out in ten folds: 0.929, of pages 0.999; of thresholds on the same scores, set by hand on some of these labels: 0.908 on 410 of them.
# What speaks most against a province is to be one of several.
FACTORS: Mapping[str, float] = {
    "constant": -6.54,
    "score": 0.84,
    "named": 1.53,
    "named for a person": 1.81,
    "density": 2.16,
    "paragraphs": 3.83,
    "others": -1.03,
    "many others": 1.78,
    "another in the title": 0.13,
    "national": -1.27,
    "enumerated": -3.06,
}
LEAST = 0.45  # the chance from which a report is about a province; held out, 0.4 gave F1 0.927, 0.5 0.924, 0.55 0.919


class About:
    """The provinces of one report. `hints`: provinces known from its address, its paper's sign or a holder, with their weights.

    `national`: it is the centre's; `provincial`: it names holders of a province's posts without saying of which ("Bí thư Tỉnh ủy");
    `parts` and `length`: its paragraphs and their characters.
    """

    def __init__(
        self, known: Places, hints: Sequence[tuple[str, float]] = (), *, national: bool = False, provincial: bool = False, parts: int = 1, length: int = 0
    ) -> None:
        self.known, self.hints, self.national, self.provincial = known, hints, national, provincial
        self.parts, self.length = parts, length

    def chosen(self, chances: Mapping[str, float] | None = None, least: float = LEAST) -> list[str]:
        """Ids of the provinces, first the likeliest; by other chances than those of FACTORS where they are given."""
        if chances is None:
            chances = {province: chance(features) for province, features in self.features().items()}
        scores = self.scores
        best = max(scores.values(), default=0.0)
        told = set() if self.national else {p for p, _ in self.hints if scores[p] >= SHARE * best}
        chosen = [p for p in sorted(chances, key=lambda p: (-chances[p], p)) if p in told or (chances[p] >= least and scores.get(p, 0.0) >= PASSING)]
        if not chosen and not self.national:
            chosen = (self._only_typed() if self.provincial else []) or self._only_one(scores) or self._fitting()
        return chosen

    @cached_property
    def named(self) -> list[tuple[str, Placed]]:
        """(province, mention in it) of all that is certain to lie in one province of the report's time."""
        return list(self._named())

    def _named(self) -> Iterator[tuple[str, Placed]]:
        known = self.known
        written = {home for placed in known.placed if placed.level == "province" for home in known.homes(placed)}
        for placed in known.placed:
            homes = known.homes(placed)
            if len(homes) > 1 and len(homes & written) == 1:
                homes &= written  # "huyện Tam Nông" of two provinces is in the one that the text names
            if len(homes) != 1 or (placed.level == "province" and known.past(placed)):
                continue
            if placed.mention.rule == "alone" and placed.mention.parent is None:
                continue
            yield next(iter(homes)), placed

    def features(self) -> dict[str, dict[str, float]]:
        """Province -> what tells whether the report is about it, by the names of FACTORS."""
        scores = self.scores
        mine: dict[str, list[Placed]] = {province: [] for province, _ in (*self.hints, *self.named)}
        enumerated = Counter(self._enumerated())
        for province, placed in self.named:
            mine[province].append(placed)
        titled = {province for province, placed in self.named if placed.where == "title" and not placed.mention.aside}
        found = {}
        for province, all_placed in mine.items():
            own = [p for p in all_placed if not p.mention.aside]
            found[province] = {
                "constant": 1.0,
                "score": math.log1p(scores.get(province, 0.0)),
                "named": math.log1p(len(own)),
                "named for a person": math.log1p(len(all_placed) - len(own)),
                "density": math.log1p(1000 * len(own) / max(self.length, SHORT)),
                "paragraphs": len({p.part for p in own}) / max(1, self.parts),
                "others": math.log1p(len(mine) - 1),
                "many others": float(len(mine) > MANY),
                "another in the title": float(province not in titled and bool(titled)),
                "national": float(self.national),
                "enumerated": enumerated[province] / max(1, len(own)),
            }
        return found

    def _enumerated(self) -> Iterator[str]:
        """The province of each mention in a long list: "10 địa phương gồm Quảng Trị, Quảng Ngãi, ...", none of which a report is about."""
        lists: list[list[tuple[str, Placed]]] = []
        for province, placed in self.named:
            if placed.level == "province" and not placed.mention.aside:
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
        firm: set[str] = set()  # provinces with more than bare names in running text
        for province, placed in self.named:
            if placed.mention.aside:
                continue
            if placed.level != "province" or placed.mention.rule == RULE:
                weight = LOCALITY if not seen[province, placed.mention.key] else AGAIN
                rule = placed.mention.key if placed.where != "title" else "title"
            elif placed.mention.rule == "chain":
                weight, rule = BARE, "chain"
            else:
                named = placed.mention.rule in ("type-word", "body", "abbreviation")
                weight, rule = (BODY_WORD if placed.mention.rule == "body" else TYPED if named else BARE), placed.mention.rule
            if rule not in ("bare", "chain") or placed.where == "title":
                firm.add(province)
            seen[province, rule] += 1
            if seen[province, rule] <= MOST_PER_RULE:
                scores[province] += weight
            if placed.where != "body" and not seen[province, placed.where + "+"]:
                seen[province, placed.where + "+"] = 1
                scores[province] += TITLE if placed.where == "title" else LEAD
        for province, weight in self.hints:
            scores[province] += weight
            firm.add(province)
        whole = sum(scores.values())
        firm |= {p for p, score in scores.items() if seen[p, "bare"] >= OFTEN and score >= NEARLY_ALL * whole}  # "tàu thép của Bình Định", four times
        return {province: score if province in firm else min(score, PASSING) for province, score in scores.items()}

    def _only_one(self, scores: Mapping[str, float]) -> list[str]:
        """The only province that a report names, with more than its bare name: a long report need not say it twice."""
        return [p for p in scores if len(scores) == 1 and scores[p] >= ALONE]

    def _only_typed(self) -> list[str]:
        """The one province that the text names with its type word, not for a person: "trên địa bàn tỉnh Quảng Trị"."""
        known = self.known
        typed = {
            home for p in known.placed if p.level == "province" and p.mention.type and not p.mention.aside and not known.past(p) for home in known.homes(p)
        }
        return list(typed) if len(typed) == 1 else []

    def _fitting(self) -> list[str]:
        """The one province in which more of the named localities exist together than in any other, if it has most of them.

        A single locality must be a district of the old list, and named with its type word: "huyện Lắk cũ".
        """
        known = self.known
        named = [p for p in known.placed if p.level != "province" and p.ids and p.mention.rule != "alone"]
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
