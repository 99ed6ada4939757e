"""The page of one report: its text and its record, each value a search for its like. Nothing here is HTML, as in page.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from api.labels import FACET_LABELS
from api.page import State, day, filter_href, report_href
from api.render import officials_list
from indexer import facets
from indexer.engine.contract import AllOf, Engine, HasAny, Request, Without
from indexer.engine.schema import GROUP, ID
from indexer.models import Locality, StoredReport

INFERRED = "suy ra · inferred"
DUPLICATES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    href: str = ""
    note: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    heading: tuple[str, str]
    items: list[Item] = field(default_factory=list)


def report_view(stored: StoredReport, engine: Engine) -> dict[str, Any]:
    """What report.html shows: the text and the extracted record, each value a search for its like."""
    report = stored.report
    return {
        "title": report.title,
        "title_inferred": report.title_inferred,
        "paragraphs": [line for line in report.body.split("\n") if line.strip()],
        "rows": [row for row in _rows(stored, engine) if row.items],
        "similar": f"{report_href(report.id)}/similar",
        "json": f"/api{report_href(report.id)}",
    }


def _rows(stored: StoredReport, engine: Engine) -> Iterator[Row]:
    report = stored.report

    def searches(facet: str, values: Sequence[str]) -> Row:
        names = facets.labels(engine, facet, values)
        return Row(FACET_LABELS[facet], [Item(names[value], filter_href(facet, value)) for value in values])

    if report.date:
        yield Row(("Ngày", "Date"), [Item(day(report.date), note=INFERRED if report.date_inferred else "")])
    yield searches("period", [report.period] if report.period else [])
    people = [Item(o["name"], filter_href("official", o["person"] or o["name"]), "; ".join(o["posts"])) for o in officials_list(stored)]
    yield Row(FACET_LABELS["official"], people)
    provinces = [Item(p.name, filter_href("province", p.id), INFERRED if p.inferred else "") for p in report.provinces]
    yield Row(FACET_LABELS["province"], provinces)
    yield Row(("Địa phương", "Localities"), [_locality(place) for place in report.localities])
    yield searches("topic", report.topics)
    yield searches("document", report.documents)
    yield searches("author", report.authors)
    yield searches("source", [report.source] if report.source else [])
    if report.url:
        yield Row(("Trang gốc", "Original page"), [_outside(report.url)])
    if stored.group:
        yield _duplicates(stored, engine)


def _duplicates(stored: StoredReport, engine: Engine) -> Row:
    """The other reports of the group, the earliest first, each with its source."""
    others = AllOf((HasAny(GROUP, (stored.group,)), Without(HasAny(ID, (stored.report.id,)))))
    found = engine.execute(Request(others, sort="oldest", limit=DUPLICATES_SHOWN))
    items = [Item(hit.stored.report.title, report_href(hit.id), hit.stored.report.source) for hit in found.hits]
    if found.total > len(items):
        items.append(Item("tất cả · all", State((("in_group", stored.group),)).href(), f"{found.total:,}".replace(",", ".")))
    return Row(("Bản trùng", "Near-duplicates"), items)


def _locality(place: Locality) -> Item:
    name = f"{place.level} {place.name}"
    if place.id is None:
        return Item(name)
    return Item(name, filter_href("district" if place.id.startswith("D") else "commune", place.id))


def _outside(url: str) -> Item:
    """A link only where a browser fetches a page: never `javascript:`, `data:` or an address without a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Item(url)
    return Item(url, url, outside=True) if parts.scheme in ("http", "https") and parts.netloc else Item(url)
