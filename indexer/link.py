"""Over the whole index: which mentions are one person, which reports near-duplicates, what the ids of the open facets are called. Writes persons,
redirects, groups, labels, what is offered while somebody types (suggest.py), the words that there are (spelling.py) and the abbreviations that reports
define (definitions.py).

Two passes at most: the first keeps names, posts, provinces and sketches (no body), the second writes again only those reports whose persons or group
are not what the first pass found. Those are spooled to a file before any is written, so that no engine is read and written at once.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any, TypeVar

from analyzers import Analyzer
from analyzers.fold import key
from indexer import redirects, suggest
from indexer.build import build, closed, labels, slug
from indexer.corrections import Manual, read_manual
from indexer.dates_iso import as_number
from indexer.definitions import Definitions
from indexer.engine.contract import Writer
from indexer.engine.schema import CLOSED_FACETS, OPEN_FACETS
from indexer.errors import EngineError
from indexer.groups import Sketch, grouped
from indexer.models import Report, StoredReport
from indexer.persons import Career, Mention, assign, mention_of
from indexer.redirects import History
from indexer.spelling import Vocabulary

PERSONS = "persons"  # side table: person's key -> {name, provinces, posts, reports}
_BATCH = 100
_POSTS_SHOWN = 20
_T = TypeVar("_T")
_Link = tuple[dict[str, str], str]  # mention key -> person's key, and the group


def label_table(facet: str) -> str:
    """The side table of an open facet's labels: id -> {label, count}."""
    return f"label:{facet}"


def provisional(report: Report) -> dict[str, str]:
    """Persons by the mention alone: right for every name that only one person bears, so that linking seldom writes again."""
    return {official.mention: slug(official.name) for official in report.officials}


def link(writer: Writer, analyzer: Analyzer, manual: str = "", before: History | None = None, known: Iterable[Career] = ()) -> int:
    """Assigns persons and groups, replaces the side tables, and gives how many reports were written again.

    `manual` is the path of the file of merges and splits (corrections.read_manual), `before` what the links before have left
    (redirects.history; without it no old key leads anywhere), `known` are holders of seats from elsewhere. Raises UsageError when the file
    cannot be used.
    """
    corrections = read_manual(manual)
    people = _survey(writer)
    found = people.persons(corrections, known)
    groups = grouped(people.sketches)
    links = {report: (persons, groups.get(report, "")) for report, persons in found.items()}
    changed = _rewrite(writer, analyzer, {report: link for report, link in links.items() if link != people.current[report]})
    _write_tables(writer, people, found)
    people.vocabulary.write(writer)
    people.definitions.write(writer)
    mentions = ((report, mention.name, found[report][at]) for report, named in people.mentions.items() for at, _, mention in named)
    redirects.write(writer, redirects.advance(before or History(), mentions, corrections.merged()))
    return changed


def known_careers() -> Iterator[Career]:
    """The terms in gazetteer/holders.tsv whose beginning is known, by today's provinces."""
    from indexer.gazetteer.holders import holders
    from indexer.gazetteer.load import gazetteer

    for row in holders():
        if row.first:
            yield Career(key(row.name), gazetteer().now(row.unit)[0], as_number(row.first), as_number(row.last) if row.last else 0)


@dataclass(slots=True)
class _Survey:
    """What the first pass keeps of each report: persons and group as they are, mentions, sketch, labels; of all, how many have each id of the closed facets."""

    current: dict[str, _Link] = field(default_factory=dict)
    sketches: dict[str, Sketch] = field(default_factory=dict)
    mentions: dict[str, list[tuple[str, str, Mention]]] = field(default_factory=dict)
    labels: dict[str, dict[str, Counter[str]]] = field(default_factory=lambda: {facet: defaultdict(Counter) for facet in OPEN_FACETS})
    closed: dict[str, Counter[str]] = field(default_factory=lambda: {facet: Counter() for facet in CLOSED_FACETS})
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    definitions: Definitions = field(default_factory=Definitions)

    def persons(self, manual: Manual, known: Iterable[Career]) -> dict[str, dict[str, str]]:
        """report -> {mention key: person's key}."""
        keys = assign((mention for found in self.mentions.values() for _, _, mention in found), _province_slug, known)
        return {
            report: {at: manual.corrected(keys[mention], report, mention.name) for at, _, mention in self.mentions.get(report, ())} for report in self.current
        }


def _survey(writer: Writer) -> _Survey:
    survey = _Survey()
    shared: dict[Mention, Mention] = {}
    for stored in writer.scan():
        report = stored.report
        survey.current[report.id] = stored.persons, stored.group
        survey.sketches[report.id] = Sketch.read(stored.sketch)
        survey.vocabulary.add(report)
        survey.definitions.add(report)
        if report.officials:
            survey.mentions[report.id] = found = []
            for official in report.officials:
                mention = mention_of(report, official)
                found.append((intern(official.mention), intern(official.name), shared.setdefault(mention, mention)))
        for facet, names in labels(stored).items():
            if facet != "official":  # counted when persons are known
                for identifier, label in names.items():
                    survey.labels[facet][identifier][label] += 1
        for facet, ids in closed(stored).items():
            survey.closed[facet].update(ids)
    return survey


def _rewrite(writer: Writer, analyzer: Analyzer, changed: Mapping[str, _Link]) -> int:
    """Writes again the reports of `changed` with those persons and groups."""
    if not changed:
        return 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        for stored in writer.scan():
            if stored.report.id in changed:
                persons, group = changed[stored.report.id]
                spool.write(replace(stored, persons=persons, group=group).to_json() + "\n")
        spool.seek(0)
        documents = (build(StoredReport.from_json(line), analyzer) for line in spool)
        for batch in _batches(documents, _BATCH):
            if refused := writer.put(batch):
                raise EngineError(f"{refused[0].where}: was taken before and is refused now: {refused[0].reason}")
    return len(changed)


def _write_tables(writer: Writer, survey: _Survey, found: Mapping[str, Mapping[str, str]]) -> None:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    provinces: dict[str, set[str]] = defaultdict(set)
    firm: dict[str, set[str]] = defaultdict(set)  # those that a post speaks for
    posts: dict[str, Counter[str]] = defaultdict(Counter)
    reports: Counter[str] = Counter()
    for report, mentions in survey.mentions.items():
        reports.update({found[report][at] for at, _, _ in mentions})
        for at, name, mention in mentions:
            person = found[report][at]
            names[person][name] += 1
            posts[person].update(mention.posts)
            provinces[person].update(mention.provinces)
            firm[person].update(mention.provinces if mention.firm else ())
    rows: dict[str, dict[str, Any]] = {}
    for person in sorted(names):
        ids = sorted(posts[person], key=lambda post: (-posts[person][post], post))[:_POSTS_SHOWN]
        shown = [_usual(survey.labels["post"][post]) for post in ids if post in survey.labels["post"]]
        rows[person] = {"name": _usual(names[person]), "provinces": sorted(firm[person] or provinces[person]), "posts": shown, "reports": reports[person]}
    writer.put_rows(PERSONS, rows)
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    tables["official"] = {person: {"label": row["name"], "count": row["reports"]} for person, row in rows.items()}
    for facet, counters in survey.labels.items():
        if facet != "official":
            tables[facet] = {i: {"label": _usual(counters[i]), "count": counters[i].total()} for i in sorted(counters)}
    for facet, table in tables.items():
        writer.put_rows(label_table(facet), table)
    suggest.write(writer, tables, survey.closed)


def _usual(spellings: Counter[str]) -> str:
    """The most frequent spelling; of equals the first by code point."""
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _province_slug(province: str) -> str:
    from indexer.gazetteer import load

    return slug(load.gazetteer().unit(province).name)


def _batches(items: Iterator[_T], size: int) -> Iterator[list[_T]]:
    batch: list[_T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
