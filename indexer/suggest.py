"""Completion: the officials, posts, places, topics, documents, authors and sources of an index that a few typed letters may mean.

A side table, written by every link, holds a row a kind: its values, most reports first, and a line a value with the keys of its names, with
marks and without. A look-up is a search for a blank and what is typed in that one text, and ends as soon as enough lines are found: nothing
is sorted and no key of a name is made while somebody types. A process keeps the rows that it has read under the digest of what they hold. The
digests are asked for anew each time, so that an answer is never older than the index, and only a row with another digest is read again.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from threading import Lock
from typing import Any

from analyzers.fold import fold, has_marks, key
from analyzers.synonyms import expand
from indexer.engine.contract import Engine, Writer
from indexer.engine.schema import CLOSED_FACETS, FACETS, OPEN_FACETS

KINDS = tuple(facet for facet in FACETS if facet in (*OPEN_FACETS, *CLOSED_FACETS))
OFFERED = ("official", "province", "province_now", "district", "commune", "topic", "document")  # where no kind is asked for

TABLE = "suggest"  # side table: kind -> its values; DIGESTS -> {kind: digest of its row}
DIGESTS = "digests"
_APART = " ¦ "  # between two names of one value; no key holds it, so nothing typed stands across
_KEPT = 4 * len(KINDS)  # rows that a process keeps: all of two generations on two engines


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One value of the facet `kind`: `value` is its id, `name` the shortest that it is called, `alone` whether a query by that name means nothing
    else, `count` its reports."""

    kind: str
    value: str
    label: str
    name: str
    alone: bool
    count: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One value as a link finds it: `forms` are the names by which it is found."""

    id: str
    label: str
    name: str
    alone: bool
    forms: tuple[str, ...]
    count: int


# ---------------------------------------------------------------- writing


def write(writer: Writer, labels: Mapping[str, Mapping[str, Mapping[str, Any]]], counts: Mapping[str, Mapping[str, int]]) -> None:
    """Replaces the side table. `labels`: open facet -> id -> {label, count}; `counts`: closed facet -> id -> reports."""
    rows = {
        facet: _row(facet, (_open_entry(facet, identifier, row["label"], row["count"]) for identifier, row in found.items())) for facet, found in labels.items()
    }
    rows |= {facet: _row(facet, _closed_entries(facet, found)) for facet, found in counts.items()}
    writer.put_rows(TABLE, rows | {DIGESTS: {facet: row["digest"] for facet, row in rows.items()}})


def _row(kind: str, entries: Iterable[_Entry]) -> dict[str, Any]:
    ordered = sorted(entries, key=lambda entry: (-entry.count, entry.label, entry.id))
    row: dict[str, Any] = {
        "kind": kind,
        "ids": [entry.id for entry in ordered],
        "labels": [entry.label for entry in ordered],
        "names": [entry.name for entry in ordered],
        "alone": [entry.alone for entry in ordered],
        "counts": [entry.count for entry in ordered],
        "marked": "\n".join(_line(map(key, entry.forms)) for entry in ordered),
        "folded": "\n".join(_line(map(fold, entry.forms)) for entry in ordered),
    }
    return row | {"digest": hashlib.sha256(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()}


def _line(keys: Iterable[str]) -> str:
    """The names of one value with a blank on either side of each word."""
    return f" {_APART.join(dict.fromkeys(keys))} "


def _open_entry(facet: str, identifier: str, label: str, count: int) -> _Entry:
    """The name of an official may be another's too; of the rest the id is made of the name."""
    forms = (label, expand(label)) if facet == "post" else (label,)
    return _Entry(identifier, label, label, facet != "official", forms, count)


def _closed_entries(facet: str, counts: Mapping[str, int]) -> Iterator[_Entry]:
    from indexer import facets

    if facet == "topic":
        from indexer.extract.topics import TOPICS

        for topic, count in counts.items():
            names = TOPICS.get(topic, (topic,))
            yield _Entry(topic, names[0], names[0], True, names, count)
        return
    from indexer.gazetteer import load

    g, others = load.gazetteer(), _aliases()
    for identifier, count in counts.items():
        if identifier not in g:  # of a gazetteer that is not this one
            yield _Entry(identifier, identifier, identifier, True, (identifier,), count)
            continue
        unit = g.unit(identifier)
        alone = facets.ids_of(facet, unit.full) == (identifier,)
        yield _Entry(identifier, g.label(identifier), unit.full, alone, (f"{unit.type} {unit.name}", *others.get(identifier, ())), count)


def _aliases() -> dict[str, tuple[str, ...]]:
    """The other names of units, by id."""
    from indexer.gazetteer import load

    found: dict[str, tuple[str, ...]] = {}
    for identifier, form, kind, _ in load.table("aliases.tsv"):
        if kind != "former-key":
            found[identifier] = (*found.get(identifier, ()), form)
    return found


# ---------------------------------------------------------------- reading


def suggest(engine: Engine, text: str, kinds: Sequence[str] = OFFERED, limit: int = 10) -> tuple[Suggestion, ...]:
    """The values of `kinds` that `text` may mean, at most `limit`; for a blank text those with most reports.

    First those in which it stands as typed from a word's beginning on (a text without marks stands for any; abbreviations of posts are
    known), then those in which it stands with other marks, then those that have its words in any order; of equals those with more reports.
    A value without a report is not offered. With `province` and `province_now` both among the kinds, a province of today is offered once,
    as `province_now`, which counts what it was before too. Raises EngineError.
    """
    typed = _Typed.of(text)
    if typed is None:
        return ()
    once = "province_now" in kinds
    found: list[tuple[int, int, int, Suggestion]] = []
    for order, values in enumerate(_read(engine, kinds)):
        fitting = ((fit, values.suggestion(place)) for fit, place in values.find(typed))
        offered = ((fit, one) for fit, one in fitting if not (once and one.kind == "province" and one.value.endswith("b")))
        found += ((fit, -one.count, order, one) for fit, one in islice(offered, limit))
    found.sort(key=lambda item: item[:3])  # the values of one kind are in order already
    return tuple(one for *_, one in found[:limit])


@dataclass(frozen=True, slots=True)
class _Typed:
    """What is looked for, each with the blank before it. `long`: the same with abbreviations written out, "" where there are none."""

    marked: str
    folded: str
    long: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Typed | None:
        """None for a text in which there is nothing to find: no letter and no digit."""
        if not text.strip():
            return cls("", " ", "", ())
        folded, long = fold(text), fold(expand(text))
        if not folded:
            return None
        end = " " if text[-1].isspace() else ""  # the last word is whole
        marked = f" {key(text)}{end}" if has_marks(text) else ""
        return cls(marked, f" {folded}{end}", f" {long}{end}" if long != folded else "", tuple(dict.fromkeys(f" {word}" for word in folded.split())))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of one text, and where each begins (one more: behind the last)."""

    text: str
    starts: array[int]

    @classmethod
    def of(cls, text: str) -> _Lines:
        return cls(text, array("Q", accumulate((len(line) + 1 for line in text.split("\n")), initial=0)))

    def holding(self, wanted: str) -> Iterator[int]:
        """The numbers of the lines in which `wanted` stands, rising; none for ""."""
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            line = bisect_right(self.starts, at) - 1
            yield line
            at = self.text.find(wanted, self.starts[line + 1])

    def holding_all(self, wanted: Sequence[str]) -> Iterator[int]:
        """The numbers of the lines with a name in which all of `wanted` stand, rising; none for fewer than two."""
        for line in self.holding(max(wanted, key=len)) if len(wanted) > 1 else ():
            names = self.text[self.starts[line] : self.starts[line + 1]].split(_APART.strip())
            if any(all(one in name for one in wanted) for name in names):
                yield line


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of one kind, most reports first, and the lines of their names."""

    kind: str
    ids: Sequence[str]
    labels: Sequence[str]
    names: Sequence[str]
    alone: Sequence[bool]
    counts: Sequence[int]
    marked: _Lines
    folded: _Lines

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> _Values:
        return cls(row["kind"], row["ids"], row["labels"], row["names"], row["alone"], row["counts"], _Lines.of(row["marked"]), _Lines.of(row["folded"]))

    def find(self, typed: _Typed) -> Iterator[tuple[int, int]]:
        """(how well it fits, 0 best; place) of each value that fits, the best first, of equals the one with more reports."""
        as_typed = self.marked.holding(typed.marked) if typed.marked else self.folded.holding(typed.folded)
        seen: set[int] = set()
        for fit, places in enumerate(
            (heapq.merge(as_typed, self.folded.holding(typed.long)), self.folded.holding(typed.folded), self.folded.holding_all(typed.words))
        ):
            for place in places:
                if place not in seen:
                    seen.add(place)
                    yield fit, place

    def suggestion(self, place: int) -> Suggestion:
        return Suggestion(self.kind, self.ids[place], self.labels[place], self.names[place], self.alone[place], self.counts[place])


_kept: OrderedDict[str, _Values] = OrderedDict()  # by the digest of the row; longest unused first
_lock = Lock()


def _read(engine: Engine, kinds: Sequence[str]) -> list[_Values]:
    """The values of those of `kinds` that the index has, as it is now."""
    digests: Mapping[str, str] = engine.rows(TABLE, [DIGESTS]).get(DIGESTS, {})
    with _lock:
        found = {kind: _kept[digest] for kind, digest in digests.items() if kind in kinds and digest in _kept}
        for kind in found:
            _kept.move_to_end(digests[kind])
    unread = [kind for kind in kinds if kind in digests and kind not in found]
    for kind, row in (engine.rows(TABLE, unread) if unread else {}).items():
        found[kind] = _Values.of(row)
        with _lock:
            _kept[row["digest"]] = found[kind]  # its own digest: a writer may have published since the digests were read
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
    return [found[kind] for kind in kinds if kind in found]
