"""Provinces and districts that a query names, so that reports of them are found that call them otherwise, or never name them.

"Nghi Sơn" was Tĩnh Gia until 2020, "Thừa Thiên Huế" is Huế since 2025; a report on Bắc Kạn may name its towns alone. The record of a report says which
unit it means (facets province and district), so each word of a name is found by the ids of what bears it, too. A unit that others went into is not
their other name: what is Thái Nguyên today is asked for by `province_now`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analyzers import Unit
from analyzers.fold import fold
from analyzers.syllables import folded
from indexer.engine.contract import HasAny
from indexer.gazetteer.load import COMMUNE_TYPES, NAMED_WITH_TYPE, TYPES, Level, gazetteer, typed
from indexer.gazetteer.load import Unit as Place

_MOST_UNITS = 6  # of a query: "thành phố" and the four words of "Phan Rang - Tháp Chàm"
_LEVELS: tuple[Level, ...] = ("province", "district")


@dataclass(frozen=True, slots=True)
class Named:
    """Units [first, last) of a query are a name: `match` finds the reports of what bears it, `others` are its other names, token by token without marks."""

    first: int
    last: int
    match: HasAny
    labels: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]


def named(units: Sequence[Unit]) -> Iterator[Named]:
    """The names of provinces, and of districts that have another one, from the left, the longest first.

    No names are a xã or phường called so, one syllable (Vinh, Lắk, Huế), and what a commune elsewhere is called, without its type word.
    """
    plain = [" ".join(unit.variants[0].folded) for unit in units]
    at = 0
    while at < len(units):
        ends = (end for end in range(min(at + _MOST_UNITS, len(units)), at, -1) if _may_be_name(" ".join(plain[at:end])))
        end, found = next(filter(None, (_read(units, at, end) for end in ends)), (at + 1, None))
        if found is not None:
            yield found
        at = end


def _may_be_name(plain: str) -> bool:
    names, words = _names()
    return plain in names or any(plain.startswith(word) and plain[len(word) :] in names for word in words)


def _read(units: Sequence[Unit], at: int, end: int) -> tuple[int, Named | None] | None:
    """Where the name ends that these units are, and itself if its reports may lack it; None if they are no name."""
    text = " ".join(token for unit in units[at:end] for token in unit.variants[0].tokens)
    for word, name in (typed(text), (None, text)):  # "tinh gia" may be Tĩnh Gia
        known = {level: gazetteer().find(name, level) for level in _LEVELS if " " in name}
        for level, found in known.items() if word not in COMMUNE_TYPES else ():
            if ids := _bearing(found, word, name, level):
                return end, _named(at, end, name, level, ids)
        if any(known.values()):
            return end, None
    return None


def _named(first: int, last: int, name: str, level: Level, ids: tuple[str, ...]) -> Named:
    g = gazetteer()
    others = dict.fromkeys(tuple(folded(other)) for i in ids for other in g.names(i))
    others.pop(tuple(folded(name)), None)
    return Named(first, last, HasAny(level, ids), tuple(map(g.label, ids)), tuple(others))


def _bearing(found: Sequence[Place], word: str | None, name: str, level: Level) -> tuple[str, ...]:
    """Ids of those that bear or bore the name and may be called otherwise: any province, renamed districts."""
    g = gazetteer()
    found = [place for place in found if fold(name) in map(fold, g.names(place.id))]
    if level == "district":
        communes = [] if word else g.find(name, "commune", era="old")
        return tuple(place.id for place in found if len(g.names(place.id)) > 1 and all(g.within(commune.id, place.id) for commune in communes))
    if word is None:
        found = [place for place in found if place.name not in NAMED_WITH_TYPE or fold(name) != fold(place.name)]  # "Hồ Chí Minh" is a person
    else:
        found = [place for place in found if word in g.types_of(place.id)]  # "thành phố Thái Nguyên" is the town
    alone = [now for place in found for now in g.now(place.id) if g.before(now) == (place.id,)]
    return tuple(dict.fromkeys((*(place.id for place in found), *alone)))


@cache
def _names() -> tuple[frozenset[str], tuple[str, ...]]:
    """What a name may be and what type words may stand before it, without marks."""
    g = gazetteer()
    names = frozenset(" ".join(folded(name)) for level in _LEVELS for unit in g.units(level) for name in g.names(unit.id))
    return names, tuple(f"{fold(word)} " for word in (*TYPES, "tp", "tx", "tt"))
