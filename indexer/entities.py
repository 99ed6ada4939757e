"""What the index knows of one official, one place, one document: look-ups over any engine, each statement with the slices that support it.

Counts are those of the facets. Reports come by a walk over a frozen view in date order (undated last), so that no list ends at a window.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analyzers.fold import fold, has_marks, key
from analyzers.synonyms import expand
from indexer import facets
from indexer.build import person_of, post_id, slug
from indexer.engine.contract import AnyOf, Engine, FacetRequest, HasAny, MatchNone, Request
from indexer.errors import EntityNotFound
from indexer.link import PERSONS, label_table
from indexer.models import StoredReport
from indexer.redirects import targets

if TYPE_CHECKING:
    from indexer.gazetteer.load import Gazetteer, Unit

NEWEST = 5  # reports shown of a place
_PAGE = 200  # stored reports held at once while walking
_LONGEST = 100  # characters of a mistyped key that are compared with the right ones
_CLOSE = 0.8  # likeness from which a mistyped province is taken for one: "dak lac" and "dak lak" have 0.86
_NEAR = 3  # right keys named beside a wrong one


@dataclass(frozen=True, slots=True)
class Slice:
    """`text` == original[start:end] of the report, which states the value by the evidence of `field`."""

    field: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One report that states something, with the slices that do."""

    id: str
    title: str
    date: str | None
    date_inferred: bool
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An id and what it is called."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One official as a list shows it: `key` is the value of the facet `official`, provinces are today's, `posts` the most frequent, `reports` a count."""

    key: str
    name: str
    provinces: tuple[Named, ...]
    posts: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class Holding:
    """One post of one person and the reports that state it, in date order; `id` is the value of the facet `post`."""

    id: str
    label: str
    reports: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """`posts` in the order of their first reports; `without_post` are the reports that name the person and no post; `reports` counts all.

    `redirected_from`: the old key that was asked for, which leads to `key` now.
    """

    key: str
    name: str
    provinces: tuple[Named, ...]
    reports: int
    posts: tuple[Holding, ...]
    without_post: tuple[Citation, ...]
    redirected_from: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One unit of one era ("old" ends on 30 June 2025): `parents` from the nearest up, `before` what it was made of, `now` what it is today (empty: itself).

    Of several units of today the first is the main one: the seat, or what bears the name. `reports` is the facet's count, `newest` the last of
    them; `with_before` counts those too that are about what it was made of.
    """

    id: str
    label: str
    level: str
    era: str
    parents: tuple[Named, ...]
    before: tuple[Named, ...]
    now: tuple[Named, ...]
    reports: int
    newest: tuple[Citation, ...]
    with_before: int


@dataclass(frozen=True, slots=True)
class Document:
    """A cited document by its canonical number, with every report that cites it in date order."""

    number: str
    reports: tuple[Citation, ...]


# ---------------------------------------------------------------- officials


def officials(engine: Engine, text: str = "", limit: int = 20, offset: int = 0) -> tuple[int, tuple[PersonRow, ...]]:
    """(how many there are, one page of them) of the persons in whose name or a post `text` stands from a word's beginning on; most reports first.

    Marks are ignored unless typed; abbreviations of posts are understood.
    """
    marked = has_marks(text)
    name, post = _spelling(text, marked), _spelling(expand(text), marked)
    rows = [
        (person, row)
        for person, row in engine.rows(PERSONS).items()
        if name in _spelling(row["name"], marked) or any(post in _spelling(expand(held), marked) for held in row["posts"])
    ]
    rows.sort(key=lambda item: (-item[1]["reports"], item[0]))
    page = rows[offset : offset + limit]
    return len(rows), tuple(PersonRow(person, row["name"], _provinces(row), tuple(row["posts"]), row["reports"]) for person, row in page)


def official(engine: Engine, person: str) -> Person:
    """The career of one person, also by a key that the person had before. Raises EntityNotFound with the nearest keys."""
    row, old = engine.rows(PERSONS, [person]).get(person), None
    if row is None and (now := targets(engine, [person]).get(person)):
        person, old = now, person
        row = engine.rows(PERSONS, [person]).get(person)
    if row is None:
        raise _no_official(person, engine.rows(PERSONS))
    held: dict[str, list[Citation]] = {}
    without: list[Citation] = []
    reports = 0
    for stored in _walk(engine, "official", person):
        reports += 1
        names: set[tuple[str, str]] = set()
        posts: dict[str, set[tuple[str, str]]] = {}
        for mention in stored.report.officials:
            if person_of(stored, mention) == person:
                names.add(("officials", mention.name))
                for post in mention.posts:
                    posts.setdefault(post_id(post), set()).update((("officials", mention.name), ("posts", f"{mention.name}|{post}")))
        for identifier, values in posts.items():
            held.setdefault(identifier, []).append(_citation(stored, values))
        if not posts:
            without.append(_citation(stored, names))
    labels = facets.labels(engine, "post", list(held))
    holdings = tuple(Holding(identifier, labels[identifier], tuple(found)) for identifier, found in held.items())
    return Person(person, row["name"], _provinces(row), reports, holdings, tuple(without), old)


@lru_cache(maxsize=1 << 16)
def _spelling(text: str, marked: bool) -> str:
    """The key of `text` with a blank before each word, so that a part of it that begins with a blank begins with a word."""
    return " " + (key(text) if marked else fold(text))


def _provinces(row: dict[str, Any]) -> tuple[Named, ...]:
    return _named(_gazetteer(), row["provinces"])


def _no_official(person: str, known: Iterable[str]) -> EntityNotFound:
    typed = slug(person[:_LONGEST])
    keys = sorted(known)
    near = [k for k in keys if typed and k.startswith(typed)][:_NEAR] or difflib.get_close_matches(typed, keys, _NEAR)
    return EntityNotFound(f"there is no official '{_short(person)}'; {_hint(near, 'keys are those of the list of officials')}", near[0] if near else None)


# ---------------------------------------------------------------- places


def places(engine: Engine, name: str, limit: int = 10, offset: int = 0) -> tuple[int, tuple[Place, ...]]:
    """(how many there are, one page of them) of the units that `name` may mean: an id, a name, an alias; those with most reports first."""
    g = _gazetteer()
    units = list({unit.id: unit for unit in g.find(name)}.values())
    counts = _counts(engine, units)
    units.sort(key=lambda unit: -counts[unit.id])
    return len(units), _places(engine, g, units[offset : offset + limit], counts)


def place(engine: Engine, identifier: str) -> Place:
    """One unit by its id. Raises EntityNotFound with ids of units of that name, or of nearly that name."""
    g = _gazetteer()
    if identifier not in g:
        named = g.find(identifier) or g.find(suggestion(identifier) or "")
        near = [unit.id for unit in named[:_NEAR]]
        raise EntityNotFound(f"there is no place '{_short(identifier)}'; {_hint(near, 'ids are such as P66b, D656a, W24580a')}", near[0] if near else None)
    unit = g.unit(identifier)
    return _places(engine, g, [unit], _counts(engine, [unit]))[0]


def suggestion(name: str) -> str | None:
    """The name of a place nearest to a mistyped one; a province before the 13,000 others, of which one is always a little nearer ("Dak Lac": Đăk La)."""
    g, typed = _gazetteer(), name[:_LONGEST]
    province = g.suggest(typed, "province")
    if province is not None and difflib.SequenceMatcher(None, fold(typed), fold(province)).ratio() >= _CLOSE:
        return province
    return g.suggest(typed)


def _counts(engine: Engine, units: Sequence[Unit]) -> dict[str, int]:
    """How many reports name each unit: its count in the facet of its level."""
    wanted: dict[str, list[str]] = {}
    for unit in units:
        wanted.setdefault(unit.level, []).append(unit.id)
    asked = tuple(FacetRequest(level, level, len(ids), only=frozenset(ids)) for level, ids in wanted.items())
    found = engine.execute(Request(limit=0, facets=asked)).counts
    return dict.fromkeys((unit.id for unit in units), 0) | {identifier: count for counts in found for identifier, count in counts.values}


def _places(engine: Engine, g: Gazetteer, units: Sequence[Unit], counts: Mapping[str, int]) -> tuple[Place, ...]:
    """The units as they are shown; `counts` of their own reports."""
    made_of = [unit for unit in units if g.before(unit.id)]
    lines = [AnyOf(tuple(HasAny(g.unit(one).level, (one,)) for one in (unit.id, *g.before(unit.id)))) for unit in made_of]
    with_before = dict(counts) | dict(zip((unit.id for unit in made_of), engine.count(lines), strict=True))
    return tuple(_place(engine, g, unit, counts[unit.id], with_before[unit.id]) for unit in units)


def _place(engine: Engine, g: Gazetteer, unit: Unit, count: int, with_before: int) -> Place:
    parents: list[str] = []
    parent = unit.parent
    while parent is not None:
        parents.append(parent)
        parent = g.unit(parent).parent
    now = () if unit.era == "new" else g.now(unit.id)
    newest: tuple[Citation, ...] = ()
    if count:
        request = Request(HasAny(unit.level, (unit.id,)), sort="newest", limit=NEWEST)
        newest = tuple(_citation(hit.stored, _mentions(hit.stored, unit.id)) for hit in engine.execute(request).hits)
    before = _named(g, g.before(unit.id))
    return Place(unit.id, g.label(unit.id), unit.level, unit.era, _named(g, parents), before, _named(g, now), count, newest, with_before)


def _mentions(stored: StoredReport, identifier: str) -> set[tuple[str, str]]:
    """The values of the record that stand for a unit, as their evidence names them."""
    report = stored.report
    provinces = {("provinces", province.name) for province in report.provinces if province.id == identifier}
    return provinces | {("localities", f"{locality.level} {locality.name}") for locality in report.localities if locality.id == identifier}


def _gazetteer() -> Gazetteer:
    from indexer.gazetteer import load

    return load.gazetteer()


def _named(g: Gazetteer, ids: Iterable[str]) -> tuple[Named, ...]:
    return tuple(Named(identifier, g.label(identifier)) for identifier in ids)


# ---------------------------------------------------------------- documents


def document(engine: Engine, number: str) -> Document:
    """Who cites a document, however its number is typed. Raises EntityNotFound with the nearest numbers that are cited."""
    from indexer.extract.documents import canonical

    wanted = canonical(number[:_LONGEST]) or number
    reports = tuple(_citation(stored, {("documents", wanted)}) for stored in _walk(engine, "document", wanted))
    if not reports:
        near = difflib.get_close_matches(wanted[:_LONGEST], sorted(engine.rows(label_table("document"))), _NEAR)
        raise EntityNotFound(f"no report cites '{_short(wanted)}'; {_hint(near, 'numbers are such as 35-CT/TW or 178/2024/NĐ-CP')}", near[0] if near else None)
    return Document(wanted, reports)


# ---------------------------------------------------------------- what they share


def _walk(engine: Engine, facet: str, value: str) -> Iterator[StoredReport]:
    """Every report that has `value` in a facet, from a frozen view, oldest first."""
    match = HasAny(facet, (value,)) if value else MatchNone()
    response = engine.execute(Request(match, sort="oldest", limit=_PAGE, view=""))
    view = response.view
    yield from (hit.stored for hit in response.hits)
    while response.after is not None:
        response = engine.execute(Request(match, sort="oldest", limit=_PAGE, view=view, after=response.after))
        view = response.view or view
        yield from (hit.stored for hit in response.hits)


def _citation(stored: StoredReport, values: set[tuple[str, str]]) -> Citation:
    """A report with the slices of its original that are the evidence of `values`: (field, value) pairs."""
    report, original = stored.report, stored.raw.original
    found = {
        Slice(evidence.field, original[evidence.start : evidence.end], evidence.start, evidence.end)
        for evidence in report.evidence
        if (evidence.field, evidence.value) in values and evidence.start < evidence.end
    }
    slices = tuple(sorted(found, key=lambda piece: (piece.start, piece.end, piece.field)))
    return Citation(report.id, report.title, report.date, report.date_inferred, slices)


def _hint(near: Sequence[str], otherwise: str) -> str:
    return f"did you mean {' or '.join(repr(name) for name in near)}?" if near else otherwise


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
