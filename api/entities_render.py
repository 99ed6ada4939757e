"""Officials, places, documents and what is offered while one types, as JSON shapes (those of the HTTP API), CSV rows and tables for eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from api.labels import FIELD_NAMES
from api.render import csv_row
from api.table import Style, wrapped
from api.visible import visible
from indexer.entities import Citation, Document, Named, Person, PersonRow, Place
from indexer.suggest import Suggestion

OFFICIAL_COLUMNS = ("key", "name", "provinces", "posts", "reports")
_ERAS = {"old": "to 30 June 2025", "new": "since 1 July 2025"}

# ---------------------------------------------------------------- the JSON shape


def officials_dict(total: int, rows: Sequence[PersonRow]) -> dict[str, Any]:
    """total, officials."""
    return {"total": total, "officials": [asdict(row) for row in rows]}


def person_dict(person: Person) -> dict[str, Any]:
    """One official; each post with how many reports state it."""
    posts = [{"id": post.id, "label": post.label, "count": len(post.reports), "reports": [asdict(report) for report in post.reports]} for post in person.posts]
    return asdict(person) | {"posts": posts}


def places_dict(total: int, places: Sequence[Place], suggestion: str | None) -> dict[str, Any]:
    """total, suggestion (the nearest name where there is none), places."""
    return {"total": total, "suggestion": suggestion, "places": [place_dict(place) for place in places]}


def place_dict(place: Place) -> dict[str, Any]:
    return asdict(place)


def document_dict(document: Document) -> dict[str, Any]:
    """One document; `count` of its reports."""
    return {"number": document.number, "count": len(document.reports), "reports": [asdict(report) for report in document.reports]}


def suggestions_dict(found: Sequence[Suggestion]) -> dict[str, Any]:
    """suggestions: kind, value, label, count, and the text that finds them in a query."""
    return {"suggestions": [{"kind": one.kind, "value": one.value, "label": one.label, "count": one.count, "query": query_text(one)} for one in found]}


def query_text(one: Suggestion) -> str:
    """`huyện:"huyện Lắk"`, or the id where others bear the name. A quotation mark of a name becomes a blank, which makes no difference to its key."""
    text = one.name if one.alone else one.value
    return f'{FIELD_NAMES[one.kind][0]}:"{text.replace(chr(34), " ")}"'


# ---------------------------------------------------------------- CSV


def official_row(row: PersonRow) -> str:
    """One official under OFFICIAL_COLUMNS."""
    return csv_row((row.key, row.name, [province.label for province in row.provinces], row.posts, row.reports))


# ---------------------------------------------------------------- tables


def official_row_lines(row: PersonRow, style: Style) -> Iterator[str]:
    """Name, number of reports, provinces and key; under it the posts."""
    facts = (_reports(row.reports), *(province.label for province in row.provinces), row.key)
    yield f"{style.bold(visible(row.name))} · {style.dim(visible(' · '.join(facts)))}"
    yield from _block("; ".join(row.posts), "    ", style)


def person_lines(person: Person, style: Style) -> Iterator[str]:
    """The career: a heading for each post, a line for each report, the slices under it."""
    yield style.bold(visible(person.name))
    yield style.dim(visible(" · ".join((_reports(person.reports), *(province.label for province in person.provinces), person.key))))
    if person.redirected_from:
        yield style.dim(visible(f"formerly {person.redirected_from}"))
    for post in person.posts:
        yield ""
        yield f"{style.bold(visible(post.label))} · {_reports(len(post.reports))}"
        yield from _citations(post.reports, style)
    if person.without_post:
        yield ""
        yield f"{style.bold('(no post)')} · {_reports(len(person.without_post))}"
        yield from _citations(person.without_post, style)


def place_lines(place: Place, style: Style) -> Iterator[str]:
    """Label, era and id; what it lies in, was and is; its newest reports."""
    yield f"{style.bold(visible(place.label))} · {style.dim(f'{_ERAS[place.era]} · {place.id}')}"
    for heading, units in (("lies in", place.parents), ("made of", place.before), ("is today", place.now)):
        yield from _block(_units(units, main=heading == "is today" and len(units) > 1), f"  {heading:<10}", style)
    newest = f", newest {len(place.newest)}" if len(place.newest) < place.reports else ""
    more = f"; {_reports(place.with_before)} with those of what it was made of" if place.before else ""
    yield f"  {_reports(place.reports)}{newest}{more}"
    yield from _citations(place.newest, style)


def document_lines(document: Document, style: Style) -> Iterator[str]:
    """The number, then a line for each report that cites it."""
    yield f"{style.bold(visible(document.number))} · {_reports(len(document.reports))}"
    yield from _citations(document.reports, style)


def _citations(reports: Sequence[Citation], style: Style) -> Iterator[str]:
    for report in reports:
        date = (f"~{report.date}" if report.date_inferred else report.date) if report.date else "undated"
        yield from _block(f"{report.title} · {report.id}", f"  {date:<12}", style)
        yield from (f"{'':14}{style.dim(visible(f'“{piece.text}” [{piece.field} {piece.start}-{piece.end}]'))}" for piece in report.slices)


def _block(text: str, lead: str, style: Style) -> Iterator[str]:
    """`text` wrapped beside `lead`; nothing for no text."""
    for number, (start, end) in enumerate(wrapped(text, style.width - len(lead))):
        yield (" " * len(lead) if number else lead) + visible(text[start:end])


def _units(units: Sequence[Named], main: bool) -> str:
    return "; ".join(f"{unit.label} [{unit.id}]{' (main)' if main and not number else ''}" for number, unit in enumerate(units))


def _reports(count: int) -> str:
    return f"{count:,} report{'' if count == 1 else 's'}"
