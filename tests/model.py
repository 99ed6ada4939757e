"""A plain-Python reading of reports: what a search must find and count, by looking at every report.

Reads the extracted records and their texts; knows nothing of index fields, plans or engines, only what the query language
promises: words without marks anywhere, phrases typed with marks exact, a facet's counts without its own filter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from analyzers import Analyzer
from analyzers.fold import fold, has_marks, key
from indexer.build import post_id
from indexer.gazetteer import load as gazetteer_load
from indexer.models import StoredReport

ANALYZER = Analyzer()


@dataclass(frozen=True)
class State:
    """One question as a user would put it: required words and phrases, what must not stand there, filters, dates."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    include: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: dict[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None

    @property
    def text(self) -> str:
        parts = [*self.words, *(f'"{p}"' for p in self.phrases), *(f"NOT {w}" for w in self.without)]
        return " AND ".join(parts) if self.without else " ".join(parts)


class Reading:
    """One report, read once."""

    def __init__(self, stored: StoredReport) -> None:
        report = stored.report
        self.id = report.id
        self.tokens = {True: set[str](), False: set[str]()}
        self.lines = [ANALYZER.syllables(line) for line in (report.title, *report.body.split("\n"))]
        self.values: dict[str, set[str]] = {
            "official": {stored.persons[o.mention] for o in report.officials},
            "post": {post_id(p) for o in report.officials for p in o.posts},
            "province": {p.id for p in report.provinces},
            "province_now": {now for p in report.provinces for now in p.now},
            "district": {p.id for p in report.localities if p.id and _level(p.id) == "district"},
            "commune": {p.id for p in report.localities if p.id and _level(p.id) == "commune"},
            "topic": set(report.topics),
            "document": set(report.documents),
            "author": {key(a) for a in report.authors},
            "year": {report.date[:4]} if report.date else set(),
            "month": {report.date[:7]} if report.date and len(report.date) >= 7 and report.date[5] != "Q" else set(),
            "period": {report.period} if report.period else set(),
            "source": {key(report.source)} if report.source else set(),
        }
        self.names: dict[str, set[str]] = {
            "official": {form(o.name) for o in report.officials for form in (key, fold)},
            "author": {form(a) for a in report.authors for form in (key, fold)},
        }
        self.pairs = {(stored.persons[o.mention], post_id(p)) for o in report.officials for p in o.posts}
        self.interval = _interval(report.date)

    def holds(self, text: str, marked: bool) -> bool:
        """Some line has the tokens of `text` side by side."""
        wanted = [t.text if marked else t.folded for t in ANALYZER.syllables(text)]
        if not self.tokens[marked]:
            self.tokens[marked] = {t.text if marked else t.folded for line in self.lines for t in line}
        if len(wanted) == 1 or not self.tokens[marked].issuperset(wanted):
            return self.tokens[marked].issuperset(wanted)
        return any(_run([t.text if marked else t.folded for t in line], wanted) for line in self.lines)

    def has(self, facet: str, value: str) -> bool:
        if value == "none":
            return not self.values[facet]
        if value in self.values[facet]:
            return True
        return facet in self.names and _name_key(value) in self.names[facet]


@cache
def _name_key(value: str) -> str:
    return key(value) if has_marks(value) else fold(value)


def _level(identifier: str) -> str:
    return gazetteer_load.gazetteer().unit(identifier).level


def _run(tokens: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(list(tokens[i : i + len(wanted)]) == list(wanted) for i in range(len(tokens) - len(wanted) + 1))


def _interval(date: str | None) -> tuple[str, str] | None:
    if date is None:
        return None
    year, rest = date[:4], date[5:]
    if not rest:
        return f"{year}-01-01", f"{year}-12-31"
    if rest[0] == "Q":
        first = 3 * int(rest[1]) - 2
        return f"{year}-{first:02d}-01", f"{year}-{first + 2:02d}-31"
    return (date, date) if len(rest) > 2 else (f"{date}-01", f"{date}-31")


class Model:
    def __init__(self, reports: Iterable[StoredReport]) -> None:
        self.readings = [Reading(stored) for stored in reports]
        self._last: tuple[State, list[Reading]] | None = None
        self._filtered: tuple[State, list[tuple[Reading, frozenset[str]]]] | None = None

    def _text(self, state: State) -> list[Reading]:
        """Readings that hold the text and overlap the dates; kept for the state's facets."""
        if self._last is None or self._last[0] is not state:
            self._last = state, self._find(state)
        return self._last[1]

    def _find(self, state: State) -> list[Reading]:
        found = [r for r in self.readings if all(r.holds(w, False) for w in state.words)]
        found = [r for r in found if all(r.holds(p, has_marks(p)) for p in state.phrases)]
        found = [r for r in found if not any(r.holds(w, False) for w in state.without)]
        if state.date_from:
            found = [r for r in found if r.interval and r.interval[1] >= state.date_from]
        if state.date_to:
            found = [r for r in found if r.interval and r.interval[0] <= state.date_to]
        return found

    @staticmethod
    def _failing(reading: Reading, state: State) -> frozenset[str]:
        """The filters that the reading does not pass. A person and a post together must be one pair of the report: who leaves one out, leaves out the pair."""
        failing = {facet for facet, values in state.include.items() if not any(reading.has(facet, v) for v in values)}
        failing |= {f"not {facet}" for facet, values in state.exclude.items() if any(reading.has(facet, v) for v in values)}
        people, posts = state.include.get("official"), state.include.get("post")
        if people and posts and "none" not in people + posts and not any((o, q) in reading.pairs for o in people for q in posts):
            failing.add("pair")
        return frozenset(failing)

    def _failings(self, state: State) -> list[tuple[Reading, frozenset[str]]]:
        found = self._text(state)
        if self._filtered is None or self._filtered[0] is not state:
            self._filtered = state, [(reading, self._failing(reading, state)) for reading in found]
        return self._filtered[1]

    def ids(self, state: State) -> set[str]:
        return {reading.id for reading, failing in self._failings(state) if not failing}

    def counts(self, state: State, facet: str) -> tuple[Counter[str], int]:
        """Reports a value, and reports with no value, the facet's own filter left out."""
        left_out = {facet, f"not {facet}", *(["pair"] if facet in ("official", "post") else [])}
        found = [reading for reading, failing in self._failings(state) if failing <= left_out]
        counts: Counter[str] = Counter()
        other = {"official": "post", "post": "official"}.get(facet, "")
        picked = state.include.get(other, ()) if "none" not in state.include.get(other, ()) else ()
        for reading in found:
            if picked:
                side = 0 if facet == "official" else 1
                counts.update({pair[side] for pair in reading.pairs if pair[1 - side] in picked})
            else:
                counts.update(reading.values[facet])
        return counts, sum(not r.values[facet] for r in found)
