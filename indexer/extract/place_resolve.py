"""Decides which units the mentions of a report mean, and which provinces the report is about.

A mention's candidates are the units of its name, type and time; a chain narrows them (xã A, huyện B, tỉnh C), then the
provinces that carry the report, then the districts named in it. What is still several stays a list of candidates.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from analyzers.fold import fold
from indexer.extract.place_landmarks import RULE
from indexer.extract.place_reading import Mention
from indexer.gazetteer.load import LAST_OLD_DAY, Era, Gazetteer, Level, gazetteer
from indexer.gazetteer.spelling import place_key, squeeze

_BARRED = str.maketrans("đĐ", "dD")
OLD_TYPES = frozenset({"huyện", "quận", "thị xã", "thị trấn"})
_ERAS: dict[Era, str] = {"old": "a", "new": "b"}

# What a mention adds to its province: a title or a provincial body says what a report is about, a name in running text often
# does not. Set by eye on the five reports and on development articles; LEAST_ALONE and FULL on the 100 labelled ones (provinces F1 0.93 -> 0.97).
TITLE, LEAD, BODY_WORD, TYPED, BARE, LOCALITY, AGAIN, ADDRESS, SIGN, HOLDER = 4.0, 2.0, 2.0, 1.5, 0.75, 1.5, 0.4, 5.0, 5.0, 5.0
MOST_PER_RULE = 4  # mentions of one province under one rule that count
LEAST = 4.0  # below it a province is mentioned in passing
LEAST_ALONE = 2.0  # ... but for the only one that a report names
SHARE = 0.45  # of the first province's score, for a second one ...
FULL = 11.0  # ... which counts up to this: a report of three places with one of them named in every paragraph
OFTEN, NEARLY_ALL = 4, 0.85  # bare names that make a province sure where nearly all that is named lies in it
MOST_PROVINCES = 3  # more than that without a title: a national report's list

Where = Literal["title", "lead", "body"]


@dataclass(slots=True)
class Placed:
    """A mention, where it stands, its level and the units it can mean (ids)."""

    mention: Mention
    where: Where
    level: Level
    ids: tuple[str, ...]


def era_of(day: str | None, mentions: Iterable[Mention]) -> Era:
    """Era of a report: by its date; undated or only "2025", old unless its communes exist in the new list alone."""
    if day and day[:4] != LAST_OLD_DAY[:4]:
        return "old" if day < LAST_OLD_DAY else "new"
    if day and len(day) >= 7:
        return "old" if day <= LAST_OLD_DAY[: len(day)] else "new"
    g = gazetteer()
    votes = {"a": 0, "b": 0}
    for mention in mentions:
        if mention.type in OLD_TYPES:
            return "old"
        if mention.levels == ("commune",):
            for era in {id[-1] for id in g.named(mention.key, "commune") if mention.type in g.types_of(id)}:
                votes[era] += 1
    return "new" if votes["b"] > votes["a"] else "old"


class Places:
    """The mentions of one report on their way to units."""

    def __init__(self, mentions: Sequence[tuple[Mention, Where]], day: str | None) -> None:
        self.g: Gazetteer = gazetteer()
        self.day = day
        self.era: Era = era_of(day, (m for m, _ in mentions))
        known: dict[int, tuple[Level, tuple[str, ...]]] = {}
        # Higher units come after lower ones, so the last mention of a chain is settled first.
        for mention, _ in reversed(mentions):
            known[id(mention)] = self._candidates(mention, known)
        for mention, _ in mentions:
            self._narrow_parent(mention, known)
        self.placed = [Placed(m, where, *known[id(m)]) for m, where in mentions]

    # ------------------------------------------------------------ candidates

    def _candidates(self, mention: Mention, known: dict[int, tuple[Level, tuple[str, ...]]]) -> tuple[Level, tuple[str, ...]]:
        level = mention.levels[0]
        if mention.type == "thành phố":
            level = "province" if self._is_city(mention) or not self.g.knows(mention.key, "district") else "district"
        if level == "province":
            return level, self._of_era(self.g.ids(mention.key, "province"), self.era)
        ids = self._typed(mention, level)
        above = known.get(id(mention.parent)) if mention.parent else None
        era: Era = "old" if self._old(mention) or (above and above[0] == "district") else "new" if mention.type == "đặc khu" else self.era
        ids = self._of_era(ids, era)
        if above and mention.parent:
            holders = above[1] if above[0] == "district" else self.g.ids(mention.parent.key, "province")
            ids = tuple(i for i in ids if any(self.g.within(i, h) for h in holders)) or ids
        if not ids and above and above[0] == "district":
            ids = self._misspelt(mention, above[1])
        return level, ids

    def _misspelt(self, mention: Mention, districts: tuple[str, ...]) -> tuple[str, ...]:
        """Communes of the district that the chain names whose name is nearly the one written: "Du Kmăn" for "Dur KMăl"."""
        if len(districts) != 1:
            return ()
        names = {squeeze(self.g.unit(i).name): i for i in self.g.children(districts[0])}
        near = difflib.get_close_matches(squeeze(mention.text), names, n=1, cutoff=0.75)
        return (names[near[0]],) if near else ()

    def _narrow_parent(self, mention: Mention, known: dict[int, tuple[Level, tuple[str, ...]]]) -> None:
        """Of "xã Long Bình, huyện Châu Thành" the districts, of ten of that name, that have a commune of that name."""
        if mention.parent and known[id(mention.parent)][0] == "district":
            level, holders = known[id(mention.parent)]
            kept = tuple(h for h in holders if any(self.g.within(i, h) for i in known[id(mention)][1]))
            if kept:
                known[id(mention.parent)] = level, kept

    def _old(self, mention: Mention) -> bool:
        return mention.old or mention.type in OLD_TYPES or "district" in mention.levels

    def _is_city(self, mention: Mention) -> bool:
        """Whether "thành phố X" is a province at the report's time."""
        cities = [i for i in self.g.ids(mention.key, "province") if i.endswith(_ERAS[self.era])]
        if self.day is None and self.era == "old" and self.g.knows(mention.key, "district"):
            return False  # Huế was a district for all but half a year of that time
        return any(self.g.is_city_on(i, self.day) for i in cities) and not mention.old

    def _typed(self, mention: Mention, level: Level) -> tuple[str, ...]:
        """Units of the mention's name; of its type if there are any, for a type may have changed but seldom has."""
        own = self.g.named(mention.key, level)
        aliases = self.g.also_named(mention.key, level)
        if not mention.type:
            own = tuple(sorted(own, key=lambda i: self.g.unit(i).type == "huyện"))  # the town before the district around it
            return own or tuple(dict.fromkeys(a[0] for a in aliases))
        typed = [i for i in own if mention.type in self.g.types_of(i)]
        typed += [a[0] for a in aliases if a[1] in ("", mention.type)]
        typed += self.g.merged_away(mention.type, mention.text) if level == "commune" else ()
        return tuple(dict.fromkeys(typed)) or self.g.ids(mention.key, level)

    def _of_era(self, ids: tuple[str, ...], era: Era) -> tuple[str, ...]:
        return tuple(i for i in ids if i.endswith(_ERAS[era])) or ids

    # ------------------------------------------------------------ provinces

    def home(self, id: str) -> str:
        """The province of a unit, as it is in the report's era."""
        province = self.g.province_of(id).id
        return self.g.now(province)[0] if self.era == "new" else province

    def homes(self, placed: Placed) -> frozenset[str]:
        return frozenset(self.home(i) for i in placed.ids)

    def scores(self, hints: Iterable[tuple[str, float]]) -> dict[str, float]:
        """Province -> how much of the report it carries. `hints`: provinces known from an address or a paper's sign."""
        scores: defaultdict[str, float] = defaultdict(float)
        seen: defaultdict[tuple[str, str], int] = defaultdict(int)
        firm: set[str] = set()  # provinces with more than bare names in running text
        written = {home for placed in self.placed if placed.level == "province" for home in self.homes(placed)}
        for placed in self.placed:
            homes = self.homes(placed)
            if len(homes) > 1 and len(homes & written) == 1:
                homes &= written  # "huyện Tam Nông" of two provinces is in the one that the text names
            if len(homes) != 1 or placed.mention.aside or (placed.level == "province" and self._past(placed)):
                continue
            if placed.mention.rule == "alone" and placed.mention.parent is None:
                continue
            (province,) = homes
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
        for province, weight in hints:
            scores[province] += weight
            firm.add(province)
        whole = sum(scores.values())
        firm |= {p for p, score in scores.items() if seen[p, "bare"] >= OFTEN and score >= NEARLY_ALL * whole}  # "tàu thép của Bình Định", four times
        return {province: score if province in firm else min(score, LEAST - 1) for province, score in scores.items()}

    def _past(self, placed: Placed) -> bool:
        """A province of before July 2025 in a report of after it, or one called "cũ"."""
        return placed.mention.old or (placed.mention.rule != RULE and self.era == "new" and all(i.endswith("a") for i in placed.ids))

    def about(self, hints: Sequence[tuple[str, float]] = (), national: bool = False, provincial: bool = False) -> list[str]:
        """Provinces that the report is about, first the one that carries most of it.

        `national`: it is the centre's; `provincial`: it names holders of a province's posts without saying of which ("Bí thư Tỉnh ủy").
        """
        scores = self.scores(hints)
        titled = {p for placed in self.placed if placed.where == "title" and len(self.homes(placed)) == 1 for p in self.homes(placed)}
        best = max(scores.values(), default=0.0)
        total = sum(scores.values())
        chosen = [p for p in sorted(scores, key=lambda p: (-scores[p], p)) if scores[p] >= LEAST and scores[p] >= SHARE * min(best, FULL)]
        if len(chosen) > MOST_PROVINCES or (chosen and best < 0.3 * total) or national:
            chosen = [p for p in chosen if p in titled or (national and scores[p] >= 1.5 * LEAST and scores[p] >= 0.5 * total)]
        if not chosen and not national:
            chosen = (self._only_typed() if provincial else []) or self._only_one(scores) or self._fitting()
        return chosen

    def _only_one(self, scores: dict[str, float]) -> list[str]:
        """The only province that a report names, with its type word."""
        typed = [h for p in self.placed if p.level == "province" and p.mention.type and not p.mention.aside for h in self.homes(p)]
        return [p for p in scores if len(scores) == 1 and scores[p] >= LEAST_ALONE and p in typed]

    def _only_typed(self) -> list[str]:
        """The one province that the text names with its type word, not for a person: "trên địa bàn tỉnh Quảng Trị"."""
        typed = {home for p in self.placed if p.level == "province" and p.mention.type and not p.mention.aside and not self._past(p) for home in self.homes(p)}
        return list(typed) if len(typed) == 1 else []

    def _fitting(self) -> list[str]:
        """The one province in which more of the named localities exist together than in any other, if it has most of them.

        A single locality must be a district of the old list, and named with its type word: "huyện Lắk cũ".
        """
        named = [p for p in self.placed if p.level != "province" and p.ids and p.mention.rule != "alone"]
        options = {(p.mention.type, p.mention.key): self.homes(p) for p in named}
        if any(p.level == "province" and p.mention.rule != "chain" for p in self.placed) or not options:
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

    # ------------------------------------------------------------ localities

    def settle(self, about: Sequence[str]) -> list[tuple[Placed, tuple[str, ...]]]:
        """Each locality once, in reading order, with the ids that it can mean: one where it is certain."""
        named = {h for p in self.placed if p.level == "province" for h in self.homes(p)}
        districts = {p.ids[0] for p in self.placed if p.level == "district" and len(p.ids) == 1}
        found: dict[tuple[str, str, tuple[str, ...]], Placed] = {}
        for placed in self.placed:
            if placed.level == "province":
                continue
            if placed.mention.rule in ("bare", "alone") and not self._borne_out(placed, about):
                continue
            ids = self._narrow(placed.ids, about, named, districts)
            found.setdefault((self.type_of(placed, ids), place_key(shown_name(placed.mention.text, ids)), ids), placed)
        # "xã Tân Lập" alone is the one that another mention made certain.
        certain: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for type_, key, ids in found:
            if len(ids) == 1:
                certain[type_, key] += ids
        return [(p, ids) for (type_, key, ids), p in found.items() if len(ids) == 1 or not any(i in ids for i in certain[type_, key])]

    def _borne_out(self, placed: Placed, about: Sequence[str]) -> bool:
        """Whether what else the report says makes a bare name a district: its province, and no type word for it elsewhere."""
        if placed.mention.rule == "alone" and (self.era == "new" or any(o.mention.type and o.mention.key == placed.mention.key for o in self.placed)):
            return False
        return placed.mention.parent is not None or any(h in about for h in self.homes(placed))

    def type_of(self, placed: Placed, ids: tuple[str, ...]) -> str:
        """The type word of the text, or the unit's own where the text has none."""
        return placed.mention.type or (self.g.unit(ids[0]).type if ids else "")

    def _narrow(self, ids: tuple[str, ...], about: Sequence[str], named: set[str], districts: set[str]) -> tuple[str, ...]:
        """Fewer ids by what the report is about, then by the districts that it names for certain, then by any province named."""
        if len(ids) > 1:
            ids = tuple(i for i in ids if self.home(i) in about) or ids
        if len(ids) > 1:
            ids = tuple(i for i in ids if any(self.g.within(i, d) for d in districts)) or ids
        if len(ids) > 1:
            ids = tuple(i for i in ids if self.home(i) in named) or ids
        return ids


def shown_name(written: str, ids: Sequence[str]) -> str:
    """The official form of a name that is written otherwise in marks or case only ("Lăk" -> "Lắk"), else the name as written.

    A paper's own spelling stays ("Krông Ana" for "Krông A Na", a former name), a common misspelling of the tables does not.
    """
    g = gazetteer()
    names = {g.unit(i).name for i in ids}
    written = re.sub(r"['’`ʼ]", "'", written)
    if len(names) == 1:
        official = next(iter(names))
        named = g.also_named(place_key(written), "district")
        if written != official and any(kind == "former" and alias in ids for alias, _, kind, _ in named):
            return written
        heard = any(kind in ("spelling", "abbr") and alias in ids for alias, _, kind, _ in named)
        if written != official and written.translate(_BARRED) == official.translate(_BARRED):
            return written  # "M'Drắk" for "M'Đrắk": both are in official use
        if heard or fold(written) == fold(official):
            return official
    same = {n for n in names if place_key(n) == place_key(written) and fold(n) == fold(written)}
    if len(same) == 1:
        return same.pop()
    if written.isdecimal():
        return str(int(written))
    return " ".join(w.capitalize() for w in written.split()) if written.isupper() and len(written) > 2 else " ".join(written.split())
