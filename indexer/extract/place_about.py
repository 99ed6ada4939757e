"""Decides which provinces a report is about, of all that it names.

What tells of a province (place_features.py) makes a chance, by a logistic regression that tests/extraction/fit_provinces.py fits to labels.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from indexer.extract.place_context import Context
from indexer.extract.place_features import features
from indexer.extract.place_resolve import Placed, Places

# Factors of the features of place_features.py, fitted by tests/extraction/fit_provinces.py on 2026-11-22 to all 1,210 labelled articles and 92 pages. F1
# of the provinces of articles held out in ten folds: 0.963, of pages 1.0; by the features before, 0.956 and 0.983.
FACTORS: Mapping[str, float] = {
    "constant": -7.78,
    "density": 1.98,
    "paragraphs": 2.71,
    "sentences": 1.61,
    "others in its sentences": -1.29,
    "how early": 2.45,
    "localities": 1.54,
    "only one": 1.19,
    "for a person too": 1.58,
    "office": 1.55,
    "acts": 1.97,
    "is told to": 2.15,
    "meets voters": 3.96,
    "in captions": -3.35,
    "on a route": -4.58,
    "counted": 3.13,
    "national words": -0.95,
    "national words, the capital": -1.07,
    "meeting place, the capital": -2.51,
    "words of rules": -1.19,
    "local words": 1.63,
    "words from within, named most": 2.28,
}
LEAST = 0.4  # the chance from which a report is about a province; held out F1 was 0.962 at 0.35, 0.963 here, 0.962 at 0.45, 0.960 at 0.5


class About:
    """The provinces of one report. `told`: provinces that its address, its paper's sign or a holder tells.

    `national`: it is the centre's; `texts`: its paragraphs, by the numbers that mentions have of them, "" for one that is not read.
    `named`: province, mention in it and the words around, of all that is certain to lie in one province of the report's time.
    """

    def __init__(self, known: Places, told: Sequence[str] = (), *, national: bool = False, texts: Sequence[str] = ()) -> None:
        self.known, self.told, self.national, self.texts = known, told, national, texts
        self.named = [(province, placed, Context.of(placed.mention, texts[placed.part])) for province, placed in self._named()]

    def chosen(self, chances: Mapping[str, float] | None = None, least: float = LEAST) -> list[str]:
        """Ids of the provinces, first the likeliest; by other chances than those of FACTORS where they are given."""
        if chances is None:
            chances = {province: chance(features) for province, features in self.features().items()}
        likely = {province for province, value in chances.items() if value >= least}
        if not self.national:  # a paper tells of its own province, unless it never names it but another one
            named = {province for province, _, _ in self.named}
            likely |= {province for province in self.told if province in named or not likely}
        return sorted(likely, key=lambda province: (-chances[province], province)) or ([] if self.national else self._fitting())

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
        return features(self.named, self.told, self.texts)

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
