"""The portal pages of pages/, written for this test: read -> clean -> extract against their labels, field by field.

Measured as the labelled articles are (scoring.py): micro F1 over all pages, and the share of right pages for fields of one value.
Beside scoring's fields: `date`, and `inferred`, the provinces that no page names. The floors are what stands now, so that a
change of a number is a reviewed change of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from indexer.extract import extract
from indexer.extract.evidence import unsupported
from indexer.models import Report
from tests.extraction.scoring import Counts, Facts, Fault, compare, extracted, labelled, total
from tests.extraction.texts import PAGES, pages

# Of pages/; "second" to "sixth" are by writers who had not seen the extractor. Nobody who wrote rules had read them, nor half of "second", before their
# first figures (docs/figures.md).
FOLDERS = (".", "html", "second", "third", "fourth", "fifth", "sixth")

FLOORS = {
    "published": 0.994,
    "date": 0.958,
    "period": 0.994,
    "names": 0.991,
    "posts": 0.988,
    "authors": 1.0,
    "provinces": 0.997,
    "inferred": 0.976,
    "localities": 0.988,
    "documents": 0.997,
    "topics": 0.816,
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its label, its record, and the text of which the record's evidence is slices."""

    label: Mapping[str, Any]
    report: Report
    original: str

    @property
    def name(self) -> str:
        return str(self.label["page"])


@cache
def _pages() -> tuple[Page, ...]:
    return tuple(Page(label, extract(article), article.raw.original) for label, article in pages())


def _with_more(facts: Facts, inferred: Iterator[str], date: str | None) -> Facts:
    return Facts({**facts.sets, "inferred": {(name,): name for name in inferred}}, {**facts.exact, "date": date})


@cache
def _measured() -> tuple[dict[str, Counts], tuple[Fault, ...]]:
    counts, faults = [], []
    for page in _pages():
        provinces = page.label["provinces"]
        plain = {**page.label, "provinces": [province["name"] for province in provinces]}
        truth = _with_more(labelled(plain), (province["name"] for province in provinces if province["inferred"]), page.label["date"])
        found = _with_more(extracted(page.report), (province.name for province in page.report.provinces if province.inferred), page.report.date)
        count, fault = compare(page.name, truth, found)
        counts.append(count)
        faults += fault
    return total(counts), tuple(faults)


@pytest.mark.parametrize("field", FLOORS)
def test_each_field_stays_at_its_floor(field: str) -> None:
    counts, faults = _measured()
    one_value = field in ("published", "date", "period")
    share = counts[field].precision if one_value else counts[field].f1
    errors = [f"{fault.report}: {fault.kind} {fault.value}" for fault in faults if fault.field == field]
    assert round(share, 3) >= FLOORS[field], "\n".join([f"{field}: {share:.3f}", *errors])


def test_every_field_has_a_floor() -> None:
    assert _measured()[0].keys() == FLOORS.keys()


def test_evidence_supports_every_value_of_every_page() -> None:
    assert {page.name: wrong for page in _pages() if (wrong := unsupported(page.report, page.original))} == {}


def test_every_page_is_labelled_and_every_label_has_its_page() -> None:
    files = [path.relative_to(PAGES).as_posix() for folder in FOLDERS for path in (PAGES / folder).iterdir() if path.suffix in (".txt", ".html")]
    assert sorted(files) == sorted(page.name for page in _pages())


def test_the_pages_come_in_all_encodings() -> None:
    assert {page.report.encoding for page in _pages()} == {"utf-8", "utf-16", "windows-1258"}
