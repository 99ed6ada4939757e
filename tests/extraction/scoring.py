"""What a record says as a set of comparable facts, and how two records of one report compare: precision, recall, F1.

Micro-averaged: the counts of all reports are added up before anything is divided, so that a report with forty officials
weighs as forty reports with one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from analyzers.fold import key
from indexer.build import post_id
from indexer.models import Report

SETS = ("names", "posts", "provinces", "localities", "documents", "authors", "topics")
EXACT = ("published", "period")

# One fact: what is compared -> as it is shown to a reader.
Fact: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """`sets[field]`: compared form -> shown form. `exact[field]`: the one value, or None."""

    sets: Mapping[str, Mapping[Fact, str]]
    exact: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Counts:
    """Facts that both have, that only the labels have (missed), that only the extractor has (wrong)."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def precision(self) -> float:
        """1.0 where nothing was extracted: nothing is wrong."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """1.0 where there was nothing to find."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.missed + self.wrong)


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: `kind` is "missed" or "wrong"; for the exact fields "wrong", with both values in `value`."""

    report: str
    field: str
    kind: str
    value: str


def labelled(record: Mapping[str, Any]) -> Facts:
    """The facts of one line of labels.jsonl."""
    officials = [(official["name"], official["posts"]) for official in record["officials"]]
    localities = [(place["name"], place["level"]) for place in record["localities"]]
    return _facts(officials, record["provinces"], localities, record["documents"], record["authors"], record["topics"], (record["published"], record["period"]))


def extracted(report: Report) -> Facts:
    """The facts of a record that the extractor made."""
    officials = [(official.name, official.posts) for official in report.officials]
    localities = [(place.name, place.level) for place in report.localities]
    provinces = [province.name for province in report.provinces]
    return _facts(officials, provinces, localities, report.documents, report.authors, report.topics, (report.published, report.period))


def names(found: Iterable[str]) -> Facts:
    """The facts of a peer that finds names and nothing else."""
    return Facts({"names": {(key(name),): name for name in found}}, {})


def compare(report: str, labels: Facts, found: Facts) -> tuple[dict[str, Counts], list[Fault]]:
    """Counts of each field that `found` has, and its errors in reading order. An exact field counts 1 right or 1 wrong."""
    counts: dict[str, Counts] = {}
    faults: list[Fault] = []
    for field, values in found.sets.items():
        truth = labels.sets[field]
        missed, wrong = truth.keys() - values.keys(), values.keys() - truth.keys()
        counts[field] = Counts(len(truth) - len(missed), len(missed), len(wrong))
        faults += (Fault(report, field, "missed", shown) for fact, shown in truth.items() if fact in missed)
        faults += (Fault(report, field, "wrong", shown) for fact, shown in values.items() if fact in wrong)
    for field, value in found.exact.items():
        same = value == labels.exact[field]
        counts[field] = Counts(right=int(same), wrong=int(not same))
        if not same:
            faults.append(Fault(report, field, "wrong", f"{value}, not {labels.exact[field]}"))
    return counts, faults


def total(compared: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """The counts of all reports together."""
    sums: dict[str, Counts] = {}
    for counts in compared:
        for field, count in counts.items():
            sums[field] = sums.get(field, Counts()) + count
    return sums


def _facts(
    officials: Iterable[tuple[str, Iterable[str]]],
    provinces: Iterable[str],
    localities: Iterable[tuple[str, str]],
    documents: Iterable[str],
    authors: Iterable[str],
    topics: Iterable[str],
    exact: tuple[str | None, str | None],
) -> Facts:
    people = [(name, list(posts)) for name, posts in officials]
    return Facts(
        {
            "names": {(key(name),): name for name, _ in people},
            "posts": dict(_posts(people)),
            "provinces": {(key(name),): name for name in provinces},
            "localities": {(key(name), level): f"{level} {name}" for name, level in localities},
            "documents": {(number,): number for number in documents},
            "authors": {(key(name),): name for name in authors},
            "topics": {(topic,): topic for topic in topics},
        },
        dict(zip(EXACT, exact, strict=True)),
    )


def _posts(people: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[Fact, str]]:
    for name, posts in people:
        for post in posts:
            yield (key(name), post_id(post)), f"{name}: {post}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
