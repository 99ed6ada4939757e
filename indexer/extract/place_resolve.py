"""Decides which units the mentions of a report mean; which provinces it is about is place_about.py's question.

A mention's candidates are the units of its name, type and time; a chain narrows them (xã A, huyện B, tỉnh C), then the
provinces that carry the report, then the districts named in it. What is still several stays a list of candidates.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence
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

Where = Literal["title", "lead", "body"]


@dataclass(slots=True)
class Placed:
    """A mention, where it stands (`part`: the number of its part), its level and the units it can mean (ids)."""

    mention: Mention
    where: Where
    part: int
    level: Level
    ids: tuple[str, ...]


def era_of(day: str | None, mentions: Sequence[Mention]) -> Era:
    """Era of a report: by its date; undated or only "2025", that of more units that only one era has, and old where both have as many."""
    if day and day[:4] != LAST_OLD_DAY[:4]:
        return "old" if day < LAST_OLD_DAY else "new"
    if day and len(day) >= 7:
        return "old" if day <= LAST_OLD_DAY[: len(day)] else "new"
    named = {(mention.type, mention.key, mention.levels) for mention in mentions if not mention.old}
    communes = [(type_, key) for type_, key, levels in named if levels == ("commune",) and type_ not in OLD_TYPES]
    old, new = sum(type_ in OLD_TYPES for type_, _, _ in named), 0
    if len(communes) <= old:
        return "old"
    g = gazetteer()
    provinces = {i for _, key, levels in named if levels[0] == "province" for i in g.ids(key, "province")}
    for type_, key in communes:
        units = [i for i in g.named(key, "commune") if type_ in g.types_of(i)]
        eras = {i[-1] for i in units if g.province_of(i).id in provinces} or {i[-1] for i in units}
        old += eras == {"a"}
        new += eras == {"b"}
    return "new" if new > old else "old"


class Places:
    """The mentions of one report on their way to units."""

    def __init__(self, mentions: Sequence[tuple[Mention, Where, int]], day: str | None) -> None:
        self.g: Gazetteer = gazetteer()
        self.day = day
        self.era: Era = era_of(day, [m for m, _, _ in mentions])
        known: dict[int, tuple[Level, tuple[str, ...]]] = {}
        # Higher units come after lower ones, so the last mention of a chain is settled first.
        for mention, _, _ in reversed(mentions):
            known[id(mention)] = self._candidates(mention, known)
        for mention, _, _ in mentions:
            self._narrow_parent(mention, known)
        self.placed = [Placed(m, where, part, *known[id(m)]) for m, where, part in mentions]

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
        """The province of a unit, as it is in the report's era: the one of its name, for a unit of today in an older report."""
        province = self.g.province_of(id)
        if self.era == "new":
            return self.g.now(province.id)[0]
        return self._of_era(self.g.ids(place_key(province.name), "province"), "old")[0] if province.id.endswith("b") else province.id

    def homes(self, placed: Placed) -> frozenset[str]:
        return frozenset(self.home(i) for i in placed.ids)

    def past(self, placed: Placed) -> bool:
        """A province of before July 2025 in a report of after it, or one called "cũ"."""
        return placed.mention.old or (placed.mention.rule != RULE and self.era == "new" and all(i.endswith("a") for i in placed.ids))

    # ------------------------------------------------------------ localities

    def settle(self, about: Sequence[str]) -> list[tuple[Placed, tuple[str, ...]]]:
        """Each locality once, in reading order, with the ids that it can mean: one where it is certain."""
        named = {h for p in self.placed if p.level == "province" for h in self.homes(p)}
        districts = {p.ids[0] for p in self.placed if p.level == "district" and len(p.ids) == 1}
        typed = {(placed.mention.key, i): placed.mention.type for placed in self.placed if placed.mention.type for i in placed.ids}
        found: dict[tuple[str, str, tuple[str, ...]], Placed] = {}
        for placed in self.placed:
            if placed.level == "province":
                continue
            if placed.mention.rule in ("bare", "alone") and not self._borne_out(placed, about):
                continue
            if not placed.mention.type and any(typed.get((placed.mention.key, i), own := self.g.type_at(i, self.day)) != own for i in placed.ids):
                continue  # "Quế Võ", a town today, elsewhere "huyện Quế Võ": the one under the type that the text gives it
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
        """The type word of the text, or the one that the unit had at its time where the text has none."""
        return placed.mention.type or (self.g.type_at(ids[0], self.day) if ids else "")

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
        if written == official:
            return official
        named = g.also_named(place_key(written), "district")
        if any(kind in ("former", "merged") and alias in ids for alias, _, kind, _ in named):
            return written
        heard = any(kind in ("spelling", "abbr") and alias in ids for alias, _, kind, _ in named)
        if written.translate(_BARRED) == official.translate(_BARRED):
            return written  # "M'Drắk" for "M'Đrắk": both are in official use
        if heard or fold(written) == fold(official):
            return official
    same = {n for n in names if place_key(n) == place_key(written) and fold(n) == fold(written)}
    if len(same) == 1:
        return same.pop()
    if written.isdecimal():
        return str(int(written))
    return " ".join(w.capitalize() for w in written.split()) if written.isupper() and len(written) > 2 else " ".join(written.split())
