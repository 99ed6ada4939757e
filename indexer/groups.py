"""Near-duplicates: one text that several portals print, with another headline, another byline, a paragraph more or less.

A report's sketch is made when it is loaded: a sample of its shingles (runs of syllables without marks) and its facts. Two reports are
alike when their samples agree and no fact of the one stands in the place of another fact of the other: the same notice of another day, the
same form filled in for another commune are two reports. Groups are made of sketches alone, over the whole index, at every link: a report
belongs to the first report (by id) that it is alike to and that belongs to no other, among those it is compared with: all that share a
run of bins with it, or, of a form with more fillings than are worth comparing, the nearest ones and those with its rarest facts. So no
chain of small changes ties two texts that are not alike to one, and neither the order of loading nor what was there before matters.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from operator import eq

from analyzers.fold import fold
from indexer.models import Report

# Syllables a shingle. In threes, formulas of office ("Chủ tịch Ủy ban nhân dân") make unlike reports of one body alike; five keep them apart.
_SHINGLE = 5
# One permutation of all shingles in 128 bins of a byte: 0.4 ms a report. The share of equal bins differs from the true likeness (Jaccard) by 0.04
# (standard deviation). A library (datasketch) would save the ten lines of _sample and bring a dependency; facts and leaders are ours to write either way.
_BINS = 128
_MIX = 0x9E3779B97F4A7C15  # spreads a CRC over 64 bits: the bins of raw ones are not independent of each other
# Of the 89 pairs of the 5,452 development articles whose samples agree in half their bins or more, 66 were read beside each other, the others by their
# headlines. From 0.65 on (34 pairs) all but one are one agency's text; from 0.6 on (16) a third have a beginning or a half of their own, from 0.5 on (39)
# half, or tell of the next day.
_ALIKE = 0.65
# Facts of one kind that stand in each other's place, of all facts of the shorter list; a form filled in for another day or commune has more of them. Of
# the 50 pairs from 0.6 on it parts 5, by their numbers (3) or officials (2): an arrest and the warrant that followed; but also two spellings of
# foreign names, and a year given for a day, of one text each. Of the 34, 32 stay.
_REPLACED = 0.15
_FACTS = 64  # facts of a kind that are kept: those with the smallest hashes, so that two lists are cut alike
# Bands of four bins: only reports that share one are compared. Of pairs at 0.65 one in 500 shares none, at 0.7 one in 6,000.
_BAND = 4
# First reports of groups that a band or a set of facts keeps (the last by id), and that a report is compared with where a band is crowded. No band of the 5,452
# articles has more than 5. 10,000 fillings of one form take 2.7 s of processor time, 0.3 ms each; comparing all pairs of them would take five minutes.
_MOST_LEADERS = 32
_TELLING = (
    4  # rarest facts of which each two lead to a filling of a crowded form;
    # of 700 copies with four numbers from 0 to 59 all are found, of as many with a number more 696
)
_SHORT = 40  # syllables; a shorter body ("Chi tiết trong tệp đính kèm") is the same only under the same title, and without one like no other


def sketch(report: Report, title: str, body: str) -> str:
    """The sketch of a report, of some 250 characters; `title` and `body` are its tokens without marks as the index has them."""
    heading, text = (field.replace("¶", " ").split() for field in (title, body))
    if len(text) >= _SHORT:
        shingles = [" ".join(text[at : at + _SHINGLE]) for at in range(len(text) - _SHINGLE + 1)]
    else:
        shingles = [" ".join((*heading, "¶", *text) if heading else ("¶", report.id))]
    kinds = (
        {token for token in (*heading, *text) if token[0].isdigit()},
        {fold(official.name) for official in report.officials},
        {f"{place.level} {fold(place.name)}" for place in report.localities} | {province.id for province in report.provinces},
        {report.period} if report.period else set(),
    )
    return ".".join(b64encode(part).decode() for part in (_sample(shingles), *(_hashes(kind) for kind in kinds)))


def _sample(shingles: Iterable[str]) -> bytes:
    """A byte a bin: the smallest hash that fell into it; 0 for a bin that none fell into."""
    least = [1 << 64] * _BINS
    for shingle in set(shingles):
        mixed = zlib.crc32(shingle.encode()) * _MIX & 0xFFFFFFFFFFFFFFFF
        at, value = mixed >> 57, mixed & 0x1FFFFFFFFFFFFFF
        if value < least[at]:
            least[at] = value
    return bytes(0 if value == 1 << 64 else 1 + (value >> 16) % 255 for value in least)


def _hashes(facts: Iterable[str]) -> bytes:
    return b"".join(sorted(zlib.crc32(fact.encode()).to_bytes(4, "big") for fact in facts)[:_FACTS])


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sketch read back. `bins`: one byte each; `facts`: hashes of the numbers, officials, places, periods."""

    bins: bytes
    facts: tuple[frozenset[bytes], ...]

    @classmethod
    def read(cls, text: str) -> Sketch:
        bins, *kinds = (b64decode(part) for part in text.split("."))
        return cls(bins, tuple(frozenset(kind[at : at + 4] for at in range(0, len(kind), 4)) for kind in kinds))

    def bands(self) -> Iterator[tuple[int, bytes]]:
        """The bands by which reports are found that may be alike; none of empty bins only."""
        for at in range(0, _BINS, _BAND):
            band = self.bins[at : at + _BAND]
            if any(band):
                yield at, band

    def alike(self, other: Sketch) -> bool:
        """Whether two reports that share a band are near-duplicates."""
        equal = sum(map(eq, self.bins, other.bins))
        empty = sum(1 for one, two in zip(self.bins, other.bins, strict=True) if one == two == 0)
        return equal - empty >= _ALIKE * (_BINS - empty) and not any(map(_replaced, self.facts, other.facts))


def _replaced(one: frozenset[bytes], other: frozenset[bytes]) -> bool:
    """Whether facts of the one stand in the place of others: facts that only one of both has are an addition, and no matter."""
    common = len(one & other)
    instead = min(len(one), len(other)) - common
    return instead > _REPLACED * (instead + common)


def grouped(sketches: Mapping[str, Sketch]) -> dict[str, str]:
    """report -> its group, for the reports of groups of two and more; a group is called by its first report.

    A report is compared with first reports of groups only, and of a form with thousands of fillings with a bounded number of those: time is linear in
    the reports. Only bands that occur twice are kept: 100,000 reports without a near-duplicate cost the memory of one band.
    """
    leaders = _Leaders(sketches.values())
    found: dict[str, str] = {}
    for report in sorted(sketches):
        own = sketches[report]
        leader = next((leader for leader in leaders.near(own) if sketches[leader].alike(own)), None)
        if leader is None:
            leaders.add(report, own)
        else:
            found[report] = found[leader] = leader
    return found


class _Leaders:
    """The first reports of groups, by their bands and by what tells the fillings of one form apart. What is kept depends on ids and sketches alone."""

    def __init__(self, sketches: Collection[Sketch]) -> None:
        counts = _counted(sketches)
        self._by_band: dict[tuple[int, bytes], list[str]] = {band: [] for band in counts}
        self._crowded = {band for band, count in counts.items() if count > _MOST_LEADERS}
        self._by_facts: dict[frozenset[bytes], list[str]] = defaultdict(list)
        self._counts = Counter(fact for sketch in sketches for kind in sketch.facts for fact in kind)

    def near(self, own: Sketch) -> list[str]:
        """Those to compare a report with, by id: all that share a band; where a band is crowded, of the kept ones those with the most bands in common,
        and those with facts of the report, so that a copy finds the filling that it is a copy of."""
        bands, telling = self._kept_by(own)
        shared = Counter(chain.from_iterable(self._by_band[band] for band in bands))
        if not telling:
            return sorted(shared)
        nearest = sorted(shared, key=lambda leader: (-shared[leader], leader))[:_MOST_LEADERS]
        return sorted({*nearest, *chain.from_iterable(self._by_facts.get(facts, ()) for facts in telling)})

    def add(self, report: str, own: Sketch) -> None:
        bands, telling = self._kept_by(own)
        for kept in (*(self._by_band[band] for band in bands), *(self._by_facts[facts] for facts in telling)):
            kept.append(report)
            del kept[:-_MOST_LEADERS]

    def _kept_by(self, own: Sketch) -> tuple[list[tuple[int, bytes]], list[frozenset[bytes]]]:
        """The bands of a report that another has too, and, where one of these is crowded, its telling facts."""
        bands = [band for band in own.bands() if band in self._by_band]
        return bands, [] if self._crowded.isdisjoint(bands) else list(self._telling(own))

    def _telling(self, own: Sketch) -> Iterator[frozenset[bytes]]:
        """All facts of a report, and each two of its rarest that another report has too: fillings with small numbers share each of them with dozens, two
        of them with few, and a copy with one fact more still has most of the pairs."""
        facts = {fact for kind in own.facts for fact in kind}
        yield frozenset(facts)
        rarest = sorted((fact for fact in facts if self._counts[fact] > 1), key=lambda fact: (self._counts[fact], fact))[:_TELLING]
        yield from map(frozenset, combinations(rarest, 2))


def _counted(sketches: Collection[Sketch]) -> dict[tuple[int, bytes], int]:
    """How many reports have each band that more than one has."""
    found = {}
    for at in range(0, _BINS, _BAND):
        counts = Counter(sketch.bins[at : at + _BAND] for sketch in sketches)
        found.update({(at, band): number for band, number in counts.items() if number > 1 and any(band)})
    return found
