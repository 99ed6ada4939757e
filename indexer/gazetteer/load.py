"""The gazetteer: provinces, districts and communes of both eras, and what each became. `gazetteer()` loads it once.

An id is level, official code, era: `P66a`, `D656a`, `W24580a` end on 30 June 2025, `P52b`, `W23575b` begin on 1 July
2025. Codes are used again for other places, so a code without its era means nothing. There are no districts in era "new".

Names of provinces are short ("Đắk Lắk", "Hà Nội", "Huế"); only "Thành phố Hồ Chí Minh" carries its type, because the bare
name is a person's. Districts and communes are shown with their type ("huyện Lắk"), for the bare name is often two places.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, TypeVar

from analyzers.fold import fold, has_marks
from indexer.gazetteer.spelling import place_key, squeeze

Level = Literal["province", "district", "commune"]
Era = Literal["old", "new"]
T = TypeVar("T")

LAST_OLD_DAY = "2025-06-30"
NAMED_WITH_TYPE = frozenset({"Hồ Chí Minh"})

_LEVELS: dict[str, Level] = {"P": "province", "D": "district", "W": "commune"}
TYPES = ("thành phố", "thị trấn", "đặc khu", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã")
COMMUNE_TYPES = frozenset({"xã", "phường", "thị trấn", "đặc khu"})
_WORD_END = re.compile(r"[\s.-]+")
_SHORT_TYPES = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "p": "phường", "q": "quận", "h": "huyện", "x": "xã", "t": "tỉnh"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `type` is the one it has or had last; `name` has no type word; `parent` is None for a province."""

    id: str
    type: str
    name: str
    parent: str | None

    @property
    def level(self) -> Level:
        return _LEVELS[self.id[0]]

    @property
    def code(self) -> str:
        return self.id[1:-1]

    @property
    def era(self) -> Era:
        return "old" if self.id[-1] == "a" else "new"

    @property
    def full(self) -> str:
        """The name to show: "huyện Lắk", "Đắk Lắk", "Thành phố Hồ Chí Minh"."""
        return official(self.name, self.type) if self.parent is None else f"{self.type} {self.name}"


@dataclass(frozen=True, slots=True)
class Former:
    """A province that ended before 2025. Days, years or "" where unknown; `successors`: ids of era "old", main first."""

    name: str
    first: str
    last: str
    successors: tuple[str, ...]
    act: str


def official(name: str, type_: str) -> str:
    """A province's name as it is shown: short, but for the city that bears a person's name."""
    return f"{type_[0].upper()}{type_[1:]} {name}" if name in NAMED_WITH_TYPE else name


def table(name: str) -> Iterator[list[str]]:
    """The rows of a table of this package, without its comment lines and its line of column names."""
    lines = files("indexer.gazetteer").joinpath(name).read_text("utf-8").split("\n")
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    next(rows)
    return rows


def parse_type(text: str) -> tuple[str | None, str]:
    """("huyện", "Lắk") of "huyện Lắk" or "H. Lắk", in any case; (None, text) where no type word begins it."""
    text = text.strip()
    lower = text.lower()
    for word in TYPES:
        if lower.startswith(word + " "):
            return word, text[len(word) + 1 :].strip()
    head, dot, rest = text.partition(".")
    if not dot:
        head, _, rest = text.partition(" ")
        if head.lower() not in ("tp", "tx", "tt"):
            return None, text
    word = _SHORT_TYPES.get(head.lower(), "")
    return (word, rest.strip()) if word and rest.strip() else (None, text)


def typed(text: str) -> tuple[str | None, str]:
    """As parse_type, of what a user typed, without marks too: ("huyện", "lak") of "huyen lak". Not for texts that are read: "xa" is far."""
    found = parse_type(text)
    if found[0] is not None or has_marks(text):
        return found
    lower = text.strip().lower()
    for word in TYPES:
        if lower.startswith(fold(word) + " "):
            return word, text.strip()[len(word) + 1 :].strip()
    return None, text


class Gazetteer:
    """Look-up over the tables. Made by `gazetteer()`; indexes of names are built when first asked for."""

    def __init__(self) -> None:
        self._units: dict[str, Unit] = {row[0]: Unit(row[0], row[1], row[2], row[3] or None) for row in table("units.tsv")}

    # ------------------------------------------------------------ units and time

    def unit(self, id: str) -> Unit:
        """The unit of that id; KeyError if there is none."""
        return self._units[id]

    def types_of(self, id: str) -> frozenset[str]:
        """Every type that a unit is known to have had: a xã that became a phường is one unit."""
        return frozenset((self._units[id].type, *(row[1] for row in self._types.get(id, ()))))

    def type_at(self, id: str, day: str | None) -> str:
        """The type of a unit on a day (partial ISO date; None, or not known: its last)."""
        return self._at(id, day)[0]

    def __contains__(self, id: str) -> bool:
        return id in self._units

    def units(self, level: Level | None = None, era: Era | None = None) -> Iterator[Unit]:
        """All units of a level and an era, in order of id."""
        return (u for u in self._units.values() if level in (None, u.level) and era in (None, u.era))

    def province_of(self, id: str) -> Unit:
        """The province that a unit lies in (itself for a province), of the unit's own era."""
        unit = self._units[id]
        while unit.parent is not None:
            unit = self._units[unit.parent]
        return unit

    def children(self, id: str) -> tuple[str, ...]:
        """Ids of the units right below: a district's communes, an old province's districts, a new one's communes."""
        return self._children.get(id, ())

    def within(self, id: str, ancestor: str) -> bool:
        """Whether a unit is `ancestor` or lies in it."""
        while id != ancestor:
            parent = self._units[id].parent
            if parent is None:
                return False
            id = parent
        return True

    def now(self, id: str) -> tuple[str, ...]:
        """Ids of the units of today, main one first: itself if it is of today.

        A commune has one, or up to five where it was split (which is the main one is by where its centre lies). A
        district has the communes of today that hold most of its old ones first. A province has one province.
        """
        unit = self._units[id]
        if unit.era == "new":
            return (id,)
        if id in self._successors:
            return self._successors[id]
        if unit.level == "district":
            return self._district_now[id]
        return (self._province_now[id],)

    def before(self, id: str) -> tuple[str, ...]:
        """Ids of the old communes (or provinces) that a unit of today was made of, in order of id."""
        return self._predecessors.get(id, ())

    def name_at(self, id: str, day: str | None) -> str:
        """Official name of a province on a day (partial ISO date; None: its last name)."""
        type_, name = self._at(id, day)
        return official(name, type_)

    def is_city_on(self, id: str, day: str | None) -> bool:
        """Whether a province was a centrally run city on a day; the type it had last where that is not known."""
        for row in self._types.get(id, ()):
            if day and (row[3] or row[4]) and row[3][: len(day)] <= day[:10] <= (row[4] or "9999")[: len(day)]:
                return row[1] == "thành phố"
        return self._units[id].type == "thành phố"

    def formers(self) -> tuple[Former, ...]:
        """Provinces that ended before 2025."""
        return tuple(Former(n, a, z, tuple(s.split()), act) for n, a, z, s, act in table("provinces_before.tsv"))

    def _at(self, id: str, day: str | None) -> tuple[str, str]:
        """Type and name of a unit on a day."""
        for row in self._types.get(id, ()) if day else ():
            if day and row[3][: len(day)] <= day[:10] <= (row[4] or "9999")[: len(day)]:
                return row[1], row[2]
        return self._units[id].type, self._units[id].name

    # ------------------------------------------------------------ names

    def label(self, id: str) -> str:
        """What a facet shows: "Đắk Lắk", "huyện Lắk, Đắk Lắk", "xã Nam Ka, huyện Lắk, Đắk Lắk"; the id itself if unknown.

        An old province whose name lives on is told from today's: "Đắk Lắk (đến 6/2025)".
        """
        unit = self._units.get(id)
        if unit is None:
            return id
        chain = [unit.full]
        while unit.parent is not None:
            unit = self._units[unit.parent]
            chain.append(unit.full)
        if len(chain) == 1 and unit.era == "old" and unit.name in self._province_names_now:
            return f"{chain[0]} (đến 6/2025)"
        return ", ".join(chain)

    def named(self, key: str, level: Level) -> tuple[str, ...]:
        """Ids of units of a level, old ones first, whose name (without type word) has this `place_key`; no aliases."""
        return self._by_key[level].get(key, ())

    def also_named(self, key: str, level: Level) -> tuple[tuple[str, str, str, str], ...]:
        """(id, type or "", kind, last day or "") of aliases with this `place_key`, type word taken off the alias."""
        return self._aliases[level].get(key, ())

    def names(self, id: str) -> tuple[str, ...]:
        """Names that a unit bears or bore, without type words, its own first; not those of units that it took in, no abbreviations."""
        return (self._units[id].name, *self._other_names.get(id, ()))

    def knows(self, key: str, level: Level) -> bool:
        """Whether some unit of a level has this `place_key` as name or alias."""
        return key in self._by_key[level] or key in self._aliases[level]

    def keys(self, level: Level) -> tuple[str, ...]:
        """The `place_key` of every name and alias of a level."""
        return (*self._by_key[level], *self._aliases[level])

    def first_words(self, level: Level) -> frozenset[str]:
        """The first words' keys of every name and alias of a level: where a scan of a text has to look closer."""
        forms = (*(u.name for u in self.units(level)), *(row[1] for row in table("aliases.tsv") if _LEVELS[row[0][0]] == level))
        return frozenset(place_key(_WORD_END.split(form, maxsplit=1)[0]) for form in forms)

    def ids(self, key: str, level: Level) -> tuple[str, ...]:
        """Ids of every unit of a level with this `place_key`, by its name or by an alias."""
        aliases = (alias[0] for alias in self._aliases[level].get(key, ()))
        return tuple(dict.fromkeys((*self._by_key[level].get(key, ()), *aliases)))

    def merged_away(self, type_: str, name: str) -> tuple[str, ...]:
        """Ids of the old communes that took in a commune known by its unmarked name only ("xã", "Đồng Tâm")."""
        return self._squeezed.get(squeeze(type_ + name), ())

    def find(self, text: str, level: Level | None = None, type: str | None = None, era: Era | None = None, parent: str | None = None) -> list[Unit]:
        """Units that a user means by `text`: an id, a name, a name with its type word, or an alias.

        The name must agree in its marks; text without marks that names nothing so means any name that folds so. A type word given (in the text
        or as `type`) is kept to where some unit of that name has it. `parent` is any unit that must hold the found ones.
        Own names come before aliases; [] if nothing fits.
        """
        if text in self._units:
            found = [self._units[text]]
        else:
            word, rest = typed(text)
            found = self._lookup(text, level) or (self._lookup(rest, level, word) if word else [])
        found = [u for u in found if level in (None, u.level) and era in (None, u.era) and (parent is None or self.within(u.id, parent))]
        return [u for u in found if u.type == type] or found

    def suggest(self, text: str, level: Level | None = None) -> str | None:
        """The name nearest to a mistyped one, or None if nothing is near."""
        word, rest = parse_type(text)
        names = {fold(u.name): u.full if word else u.name for u in self.units(level)}
        near = difflib.get_close_matches(fold(rest), names, n=1, cutoff=0.6)
        return names[near[0]] if near else None

    def _lookup(self, name: str, level: Level | None, word: str | None = None) -> list[Unit]:
        levels: list[Level] = [level] if level else ["province", "district", "commune"]
        key = place_key(name)
        own = [self._units[i] for at in levels for i in self._by_key[at].get(key, ())]
        aliases = [a for at in levels for a in self._aliases[at].get(key, ())]
        if not own and not aliases and not has_marks(name):
            plain = fold(key)
            own = [self._units[i] for at in levels for i in self._by_fold[at].get(plain, ())]
            aliases = [a for at in levels for a in self._alias_folds[at].get(plain, ())]
        typed = [u for u in own if u.type == word] or [self._units[a[0]] for a in aliases if word and a[1] == word]
        return typed or own or [self._units[i] for i in dict.fromkeys(a[0] for a in aliases)]

    # ------------------------------------------------------------ indexes, each built once when first used

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        index: defaultdict[str, list[str]] = defaultdict(list)
        for unit in self._units.values():
            if unit.parent is not None:
                index[unit.parent].append(unit.id)
        return {parent: tuple(children) for parent, children in index.items()}

    @cached_property
    def _by_key(self) -> dict[Level, dict[str, tuple[str, ...]]]:
        index: dict[Level, defaultdict[str, list[str]]] = {level: defaultdict(list) for level in _LEVELS.values()}
        for unit in sorted(self._units.values(), key=lambda u: u.id[-1]):
            index[unit.level][place_key(unit.name)].append(unit.id)
        return {level: {k: tuple(v) for k, v in names.items()} for level, names in index.items()}

    @cached_property
    def _by_fold(self) -> dict[Level, dict[str, tuple[str, ...]]]:
        return {level: _refold(names) for level, names in self._by_key.items()}

    @cached_property
    def _aliases(self) -> dict[Level, dict[str, tuple[tuple[str, str, str, str], ...]]]:
        index: dict[Level, defaultdict[str, list[tuple[str, str, str, str]]]] = {level: defaultdict(list) for level in _LEVELS.values()}
        for id, form, kind, last in table("aliases.tsv"):
            if kind != "former-key":
                word, name = parse_type(form) if kind in ("former", "merged") else (None, form)
                index[_LEVELS[id[0]]][place_key(name)].append((id, word or "", kind, last))
        return {level: {k: tuple(v) for k, v in names.items()} for level, names in index.items()}

    @cached_property
    def _other_names(self) -> dict[str, tuple[str, ...]]:
        index: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for id, form, kind, _ in table("aliases.tsv"):
            name = parse_type(form)[1]
            if kind == "former" and place_key(name) != place_key(self._units[id].name):
                index[id][name] = None
        return {id: tuple(names) for id, names in index.items()}

    @cached_property
    def _alias_folds(self) -> dict[Level, dict[str, tuple[tuple[str, str, str, str], ...]]]:
        return {level: _refold(names) for level, names in self._aliases.items()}

    @cached_property
    def _squeezed(self) -> dict[str, tuple[str, ...]]:
        index: defaultdict[str, list[str]] = defaultdict(list)
        for id, form, kind, _ in table("aliases.tsv"):
            if kind == "former-key":
                index[form].append(id)
        return {k: tuple(v) for k, v in index.items()}

    @cached_property
    def _types(self) -> dict[str, list[list[str]]]:
        index: defaultdict[str, list[list[str]]] = defaultdict(list)
        for row in table("types.tsv"):
            index[row[0]].append(row)
        return dict(index)

    @cached_property
    def _successors(self) -> dict[str, tuple[str, ...]]:
        index: defaultdict[str, list[str]] = defaultdict(list)
        for old, new, main in table("successors.tsv"):
            index[old].insert(0 if main else len(index[old]), new)
        return {old: tuple(news) for old, news in index.items()}

    @cached_property
    def _predecessors(self) -> dict[str, tuple[str, ...]]:
        index: defaultdict[str, list[str]] = defaultdict(list)
        for old, news in self._successors.items():
            for new in news:
                index[new].append(old)
        for old, new in self._province_now.items():
            index[new].append(old)
        return {new: tuple(sorted(olds)) for new, olds in index.items()}

    @cached_property
    def _province_now(self) -> dict[str, str]:
        """Old province -> the one of today, which all its communes went to."""
        return {self.province_of(old).id: self.province_of(news[0]).id for old, news in self._successors.items()}

    @cached_property
    def _district_now(self) -> dict[str, tuple[str, ...]]:
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for old, news in self._successors.items():
            parent = self._units[old].parent
            if parent is not None and self._units[old].level == "commune":
                for place, new in enumerate(news):
                    counts[parent][new] += 1 if place == 0 else 0
        return {district: tuple(sorted(c, key=lambda new: (-c[new], new))) for district, c in counts.items()}

    @cached_property
    def _province_names_now(self) -> frozenset[str]:
        return frozenset(u.name for u in self.units("province", "new"))


def _refold(names: dict[str, tuple[T, ...]]) -> dict[str, tuple[T, ...]]:
    """The same index by keys without marks."""
    index: defaultdict[str, list[T]] = defaultdict(list)
    for key, values in names.items():
        index[fold(key)].extend(values)
    return {key: tuple(values) for key, values in index.items()}


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process."""
    return Gazetteer()
