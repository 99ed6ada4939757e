"""Facets: what a user may type for a value (id or name, marks or not) as a match, and what an id is called.

Closed facets (provinces, districts, communes, topics) have their ids in tables; an unknown name is an error with the
nearest right one. Open facets (officials, posts, documents, authors, sources) make their ids from the text; a name is
looked up in the keyword field `<facet>_name`, with its marks if they are typed, else without. The rest are forms of time.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analyzers.fold import fold, has_marks, key
from analyzers.synonyms import expand
from indexer.dates_iso import FIRST_YEAR, LAST_YEAR, interval
from indexer.engine.contract import AnyOf, Engine, Exists, HasAny, Match, Without
from indexer.engine.schema import CLOSED_FACETS, FACETS, NO_VALUE, OPEN_FACETS
from indexer.errors import InvalidFilter
from indexer.offices import one_form

if TYPE_CHECKING:
    from indexer.gazetteer.load import Era, Level

_TIME_FORMS = {
    "year": (re.compile(r"\d{4}", re.ASCII), "a year such as 2024"),
    "month": (re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII), "a month such as 2024-03"),
    "period": (re.compile(r"\d{4}(-(Q[1-4]|H[12]|M(0[1-9]|1[0-2])))?", re.ASCII), "a period such as 2024-Q2, 2024-H1, 2024-M09 or 2024"),
}
# How a year is parted: what stands behind it in an id, and the first and last month of it.
_PARTS: dict[str, dict[str, tuple[int, int]]] = {
    "year": {"": (1, 12)},
    "month": {f"-{month:02}": (month, month) for month in range(1, 13)},
    "period": {
        "": (1, 12),
        **{f"-Q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5)},
        **{f"-H{half}": (6 * half - 5, 6 * half) for half in (1, 2)},
        **{f"-M{month:02}": (1, month) for month in range(1, 13)},
    },
}
TIME_FACETS = tuple(_PARTS)  # those that a query may ask a range of
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_LEVELS: dict[str, Level] = {"province": "province", "province_now": "province", "district": "district", "commune": "commune"}


def check_facet(name: str) -> str:
    """`name` if it is a facet; else InvalidFilter with the nearest one."""
    if name in FACETS:
        return name
    near = difflib.get_close_matches(name, FACETS, 1, 0.5)
    hint = f"; did you mean {near[0]!r}?" if near else f"; facets are {', '.join(FACETS)}"
    raise InvalidFilter(f"there is no facet {name!r}{hint}", name, near[0] if near else None)


def keys_of(facet: str, value: str) -> tuple[str, ...]:
    """The keyword values that a typed value stands for in an open facet: as an id, and as a name key (with marks or folded)."""
    if facet == "document":
        from indexer.extract.documents import canonical

        value = canonical(value) or value
    form = key if has_marks(value) else fold
    named = one_form(form(expand(value))) if facet == "post" else form(value)
    return (value, named) if named and named != value else (value,)


def name_keys(name: str) -> tuple[str, str]:
    """The keys under which a name is looked up: with its marks and without."""
    return key(name), fold(name)


def ids_of(facet: str, value: str) -> tuple[str, ...]:
    """The ids that a typed value stands for in a closed or time facet; InvalidFilter when there is none."""
    if facet in _TIME_FORMS:
        form, example = _TIME_FORMS[facet]
        wanted = value.strip().upper()
        if not form.fullmatch(wanted):
            raise InvalidFilter(f"{facet} must be {example}, not {value!r}", facet)
        return (wanted,)
    if facet == "topic":
        return (_topic(value),)
    from indexer.gazetteer import load

    gazetteer = load.gazetteer()
    level = _LEVELS[facet]
    era: Era | None = "new" if facet == "province_now" else None
    found = [unit.id for unit in gazetteer.find(value, level=level, era=era)]
    if not found:
        near = gazetteer.suggest(value, level)
        raise InvalidFilter(f"no {level} is called {value!r}" + (f"; did you mean {near!r}?" if near else ""), facet, near)
    return tuple(dict.fromkeys(found))


def ids_between(facet: str, low: str, high: str) -> tuple[str, ...]:
    """The ids of a time facet that lie wholly within `low` to `high`, both included, "" for an open end. Raises InvalidFilter."""
    for end in filter(None, (low, high)):
        ids_of(facet, end)
    try:
        first, last = interval(low or str(FIRST_YEAR))[0], interval(high or str(LAST_YEAR))[1]
    except ValueError as error:
        raise InvalidFilter(str(error), facet) from None
    if first > last:
        raise InvalidFilter(f"{low} is after {high}; swap them", facet)
    return tuple(
        f"{year}{part}"
        for year in range(first.year, last.year + 1)
        for part, (begin, end) in _PARTS[facet].items()
        if (first.year, first.month) <= (year, begin) and (year, end) <= (last.year, last.month)
    )


def _topic(value: str) -> str:
    from indexer.extract.topics import TOPICS

    if value in TOPICS:
        return value
    names = {fold(name): topic for topic, labels in TOPICS.items() for name in (topic, *labels)}
    folded = fold(value)
    if folded in names:
        return names[folded]
    near = difflib.get_close_matches(folded, names, 1, 0.5)
    hint = f"; did you mean {names[near[0]]!r}?" if near else f"; topics are {', '.join(TOPICS)}"
    raise InvalidFilter(f"there is no topic {value!r}{hint}", "topic", names[near[0]] if near else None)


def match_value(facet: str, value: str) -> Match:
    """Reports that have `value` (as typed) in `facet`. Raises InvalidFilter."""
    if not value.strip():
        raise InvalidFilter(f"the value of {facet} is empty", facet)
    if value == NO_VALUE:
        return Without(Exists(facet))
    if facet in OPEN_FACETS:
        keys = keys_of(facet, value)
        return AnyOf((HasAny(facet, keys), HasAny(f"{facet}_name", keys)))
    return HasAny(facet, ids_of(facet, value))


def match_any(facet: str, values: Iterable[str]) -> Match:
    return AnyOf(tuple(match_value(facet, value) for value in values))


def selected_ids(facet: str, values: Iterable[str]) -> tuple[str, ...]:
    """Ids whose count is wanted because they are picked; for open facets the value as typed, which may be an id."""
    picked: list[str] = []
    for value in values:
        if value != NO_VALUE:
            picked.extend(keys_of(facet, value)[:1] if facet in OPEN_FACETS else ids_of(facet, value))
    return tuple(dict.fromkeys(picked))


def labels(engine: Engine, facet: str, ids: Sequence[str]) -> dict[str, str]:
    """What each id is called; an id that no table knows is called by itself."""
    if not ids:
        return {}
    if facet in OPEN_FACETS:
        rows = engine.rows(f"label:{facet}", ids)
        return {i: rows[i]["label"] if i in rows else i for i in ids}
    return {i: _closed_label(facet, i) for i in ids}


def _closed_label(facet: str, identifier: str) -> str:
    if facet == "topic":
        from indexer.extract.topics import TOPICS

        return TOPICS[identifier][0] if identifier in TOPICS else identifier
    if facet in CLOSED_FACETS:
        from indexer.gazetteer import load

        return load.gazetteer().label(identifier)
    if facet == "month":
        return f"{identifier[5:]}/{identifier[:4]}"
    if facet == "period" and len(identifier) > 4:
        year, kind, number = identifier[:4], identifier[5], identifier[6:]
        if kind == "Q":
            return f"Quý {_ROMAN[number]}/{year}"
        if kind == "H":
            return f"6 tháng {'đầu' if number == '1' else 'cuối'} năm {year}"
        return f"{int(number)} tháng năm {year}"
    return identifier


def ids_with_prefix(engine: Engine, facet: str, prefix: str) -> frozenset[str]:
    """Ids whose label has a word that begins with `prefix` (marks ignored unless typed): the search inside a facet."""
    form = key if has_marks(prefix) else fold
    wanted = form(prefix)
    if facet in OPEN_FACETS:
        names = {i: str(row["label"]) for i, row in engine.rows(f"label:{facet}").items()}
    elif facet == "topic":
        from indexer.extract.topics import TOPICS

        names = {topic: label[0] for topic, label in TOPICS.items()}
    elif facet in CLOSED_FACETS:
        from indexer.gazetteer import load

        gazetteer = load.gazetteer()
        eras: tuple[Era, ...] = ("new",) if facet == "province_now" else ("old", "new")
        names = {u.id: u.full for era in eras for u in gazetteer.units(_LEVELS[facet], era)}
    else:
        raise InvalidFilter(f"facet {facet} has no search inside; give --from and --to", facet)
    return frozenset(i for i, name in names.items() if (" " + form(name)).find(" " + wanted) >= 0)
