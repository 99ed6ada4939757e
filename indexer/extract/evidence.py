"""What it means that a slice of the original supports a value: one predicate a field. The test of the whole extractor.

| field | the slice supports the value when |
| --- | --- |
| title | it is the title, but for spaces and Unicode form ("headline", "first-sentence") |
| published | it is a date of that day ("stated"); "lead-day" and "year-of-lead-day": as for date |
| date | as published; "lead-day": its day and month are the value's; "year-of-lead-day": it holds the value's year or the one before; |
| | "last-day-told": the value is its beginning; "year": it is the year |
| period | "period": it says that quarter, half, number of months or year; "year-of-period": it holds the period's year |
| officials | its key is the name's |
| posts (value: "name|post") | its key, abbreviations written out, is the post's, and the official has that post |
| authors | its key is the name's |
| provinces | it names the province, or (inferred) a place in it; "paper-sign" and "address" stand for it by table |
| localities | it names the place, by name or alias |
| documents | it is that number, however typed |
| topics | it is a term of the topic |

A value from the sidecar or the address has no slice: `part` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from analyzers.fold import fold, key
from analyzers.normalize import nfc
from indexer.extract import documents
from indexer.extract.days import parse_day
from indexer.extract.keeping import post_key
from indexer.extract.periods import parse_months, parse_period
from indexer.extract.place_landmarks import provinces_of
from indexer.extract.words import split
from indexer.gazetteer.holders import OFFICES, provinces_led
from indexer.gazetteer.load import gazetteer, table
from indexer.gazetteer.spelling import place_key
from indexer.models import Evidence, Report

NO_SLICE = ("sidecar", "address")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+")


def supports(evidence: Evidence, report: Report, original: str) -> bool:
    """Whether `evidence` supports its value in `report`, whose decoded text is `original`."""
    if evidence.part in NO_SLICE:
        return evidence.start == evidence.end == 0 and evidence.value in _values(report).get(evidence.field, ())
    if not 0 <= evidence.start < evidence.end <= len(original):
        return False
    predicate = _PREDICATES.get(evidence.field)
    if predicate is None or evidence.value not in _values(report)[evidence.field]:
        return False
    return predicate(nfc(original[evidence.start : evidence.end]), evidence, report)


def unsupported(report: Report, original: str) -> list[Evidence]:
    """Evidence that does not support its value, and for each value without any evidence an Evidence of rule "missing"."""
    wrong = [evidence for evidence in report.evidence if not supports(evidence, report, original)]
    given = {(evidence.field, evidence.value) for evidence in report.evidence}
    for field, values in _values(report).items():
        wrong += [Evidence(field, value, "", 0, 0, "missing") for value in values if (field, value) not in given]
    return wrong


def _values(report: Report) -> dict[str, tuple[str, ...]]:
    """Every value of the record as its evidence names it."""
    single = {"title": report.title, "published": report.published, "date": report.date, "period": report.period}
    return {
        **{field: (value,) if value else () for field, value in single.items()},
        "officials": tuple(official.name for official in report.officials),
        "posts": tuple(f"{official.name}|{post}" for official in report.officials for post in official.posts),
        "authors": report.authors,
        "provinces": tuple(province.name for province in report.provinces),
        "localities": tuple(f"{locality.level} {locality.name}" for locality in report.localities),
        "documents": report.documents,
        "topics": report.topics,
    }


def _is_text(text: str, evidence: Evidence, report: Report) -> bool:
    return key(text) == key(evidence.value)


def _is_published(text: str, evidence: Evidence, report: Report) -> bool:
    if evidence.rule in ("lead-day", "year-of-lead-day"):
        return _is_date(text, evidence, report)
    day = parse_day(text)
    return day is not None and day.isoformat() == evidence.value


def _is_date(text: str, evidence: Evidence, report: Report) -> bool:
    value, rule = evidence.value, evidence.rule
    day = parse_day(text)
    if rule == "published":
        return _is_published(text, evidence, report)
    years = [int(year) for year in _YEAR.findall(text)]
    if rule == "lead-day":
        numbers = [int(number) for number in _NUMBER.findall(text)]
        return day.isoformat() == value if day is not None else numbers == [int(value[8:]), int(value[5:7])]
    if rule == "year-of-lead-day":
        return any(year in (int(value[:4]), int(value[:4]) - 1) for year in years)
    if rule == "last-day-told":
        return day.isoformat().startswith(value) if day is not None else int(value[:4]) in years
    return rule == "year" and years == [int(value)]


def _is_period(text: str, evidence: Evidence, report: Report) -> bool:
    year, _, form = evidence.value.partition("-")
    said = parse_period(text) or parse_months(text)
    if evidence.rule == "year-of-period":
        return int(year) in map(int, _YEAR.findall(text))
    return said is not None and said[0] == form and said[1] in (None, int(year))


def _is_post(text: str, evidence: Evidence, report: Report) -> bool:
    return post_key(text) == post_key(evidence.value.partition("|")[2])


def _is_province(text: str, evidence: Evidence, report: Report) -> bool:
    province = next(province for province in report.provinces if province.name == evidence.value)
    if evidence.rule == "paper-sign":
        return province.inferred
    g = gazetteer()
    if evidence.rule == "inferred-from-holder":
        led = {home for office in OFFICES.values() for unit in provinces_led(text, office, None) for home in (unit, *g.now(unit))}
        return province.inferred and province.id in led
    if evidence.rule == "inferred-from-landmark":
        return province.inferred and any(province.id in (home, *g.now(home)) for home in provinces_of(text))
    units = g.find(text)
    if evidence.rule.startswith("inferred"):
        # A report of today may be placed by a unit of before: "huyện Lắk cũ" stands for today's Đắk Lắk.
        homes = {g.province_of(unit.id).id for unit in units}
        return any(province.id in (home, *g.now(home)) for home in homes) or any(
            locality.province == province.id and _same_place(text, locality.name, ()) for locality in report.localities
        )
    named = any(province.id in (unit.id, *g.now(unit.id)) for unit in g.find(text, level="province"))
    return named or _same_place(text, province.name, ()) or fold(province.name) in fold(text)


def _is_locality(text: str, evidence: Evidence, report: Report) -> bool:
    return any(
        f"{locality.level} {locality.name}" == evidence.value and _same_place(text, locality.name, (locality.id, *locality.candidates))
        for locality in report.localities
    )


def _same_place(text: str, name: str, ids: tuple[str | None, ...]) -> bool:
    if place_key(text) == place_key(name) or fold(text) == fold(name):
        return True
    return any(unit.id in ids for unit in gazetteer().find(text))


def _is_document(text: str, evidence: Evidence, report: Report) -> bool:
    return documents.canonical(text) == evidence.value


def _is_topic(text: str, evidence: Evidence, report: Report) -> bool:
    return (evidence.value, tuple(split(text).keys)) in _topic_terms()


@cache
def _topic_terms() -> frozenset[tuple[str, tuple[str, ...]]]:
    return frozenset((topic, tuple(split(form).keys)) for topic, form, _ in table("topics.tsv"))


_PREDICATES: dict[str, Callable[[str, Evidence, Report], bool]] = {
    "title": _is_text,
    "published": _is_published,
    "date": _is_date,
    "period": _is_period,
    "officials": _is_text,
    "posts": _is_post,
    "authors": _is_text,
    "provinces": _is_province,
    "localities": _is_locality,
    "documents": _is_document,
    "topics": _is_topic,
}
