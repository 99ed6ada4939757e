"""What belongs together in a query, and every way in which a text may have it.

Index tokens are parted at every border, so what a user takes for one thing (35-CT/TW, 18/3/2026, 129.082, daklak.gov.vn,
R'bin, KT-XH) is a phrase of them. A query is parted into slots, each with its alternatives; slots that are joined without
a space make one unit.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.spelling import canonical, parse, splits, strip_marks
from analyzers.syllables import tokens
from analyzers.synonyms import Table, is_abbreviation, segments

MOST_VARIANTS = 16  # of a unit or phrase: each becomes a clause of the engine's query
_MOST_OPEN = 15  # slots of a unit whose ways are tried; the others stay as typed
_MOST_GROUPS = 5  # of three digits, in a number that is known with and without its points

_DASHES = "-‐‑‒–—―−"
_APOSTROPHES = "'’‘ʼ`´′"
_JOINERS = frozenset(_DASHES + _APOSTROPHES + "/\\.&@_+")
_DOMAINS = frozenset("vn com net org edu gov info".split())
# Kinds of documents, without marks: what may follow a number and a space in "35 CT/TW".
_DOCUMENT_TYPES = frozenset("bb bc cd cp ct cthd ctr ctrhd cv da gm hd kh kl lct lenh nd nq nqlt pa pc pl ptr qc qd qdd qh qt qu td tb tlt ttlt tt ttr".split())
# Two consonants that begin a word of the Central Highlands (H'leo, Kbang, Mliêng, R'bin, Đrăng) and no Vietnamese one.
_CLUSTER = re.compile(r"(?!ch|gh|kh|ng|nh|ph|th|tr)([bcdghjklmnprst])([bcdghjklmnprstvz]{1,2}[aeiouy][a-z]*)")


# Forms of a date: d day, m month, y year; and the sign between the parts, "" where they are words.
_DATES_IN_DIGITS = (("dmy", "/"), ("dmy", "-"), ("dmy", "."), ("dm", "/"), ("my", "/"))
_DATES = (*_DATES_IN_DIGITS, (("d", "tháng", "m", "năm", "y"), ""), (("d", "tháng", "m"), ""), (("m", "năm", "y"), ""))
_DATE_PARTS = {"d": (1, 31, 2), "m": (1, 12, 2), "y": (1900, 2099, 4)}  # lowest, highest, most digits


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of writing a unit: these tokens, adjacent. `folded[i]` is `tokens[i]` without marks.

    `kind`: how it comes from what was typed: "typed", "long-form", "abbreviation", "number", "date", "split", "glued" or "joined".
    """

    tokens: tuple[str, ...]
    folded: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What must be found as one thing: any of `variants`, as typed first, no two with equal folded tokens.

    start/end slice the query; `marked`: typed with a diacritic or đ.
    """

    variants: tuple[Variant, ...]
    start: int
    end: int
    marked: bool


_Way = tuple[tuple[str, ...], str]  # tokens and the kind of the variant that they make


class _Slot(NamedTuple):
    """Tokens [first, last) of the query and the ways of writing them, as typed first, each with its kind."""

    first: int
    last: int
    ways: list[_Way]


def units(text: str, table: Table) -> list[Unit]:
    """The units of unquoted words, in order; abbreviations both ways by `table`."""
    query = _Query(text)
    found: list[Unit] = []
    group: list[_Slot] = []
    slots = [*query.slots(table), None]
    for slot in slots:
        if group and (slot is None or not query.joined(slot.first)):
            typed = query.tokens[group[0].first : group[-1].last]
            marked = any(token.text != token.folded for token in typed)
            found.append(Unit(_variants(group), typed[0].start, typed[-1].end, marked))
            group = []
        if slot is not None:
            group.append(slot)
    return found


def phrase(text: str) -> list[Variant]:
    """The ways of writing the whole of a quoted text, as typed first; [] if it holds no token. Abbreviations stay as they are."""
    slots = list(_Query(text).slots(None))
    return list(_variants(slots)) if slots else []


def _variants(slots: Sequence[_Slot]) -> tuple[Variant, ...]:
    """The combinations of the slots' ways, those nearest to what was typed first; at most MOST_VARIANTS."""
    found: dict[tuple[str, ...], Variant] = {}
    # A run that case alone glued must find its text (self-retrieval), so such slots go before numbers and the like.
    cost = {i: 1 if slot.ways[1][1] in ("split", "glued") else 2 for i, slot in enumerate(slots) if len(slot.ways) > 1}
    tried = sorted(cost, key=lambda i: cost[i])[:_MOST_OPEN]
    choices = [0] * len(slots)
    for choice in _nearest([(len(slots[i].ways), cost[i]) for i in tried]):
        for i, way in zip(tried, choice, strict=True):
            choices[i] = way
        chosen = [slot.ways[way] for slot, way in zip(slots, choices, strict=True)]
        words = tuple([word for way, _ in chosen for word in way])
        kind = next((kind for _, kind in chosen if kind != "typed"), "typed")
        folded = tuple([strip_marks(word) for word in words])
        found.setdefault(folded, Variant(words, folded, kind))
        if len(found) == MOST_VARIANTS:
            break
    return tuple(found.values())


def _nearest(choices: Sequence[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """All index tuples below the sizes of `choices`, (size, cost of a step) each, by rising cost: first all zeros, then what differs in one place."""
    start = (0,) * len(choices)
    heap = [(0, start)]
    seen = {start}
    while heap:
        total, here = heapq.heappop(heap)
        yield here
        for i, (size, cost) in enumerate(choices):
            after = (*here[:i], here[i] + 1, *here[i + 1 :])
            if after[i] < size and after not in seen:
                seen.add(after)
                heapq.heappush(heap, (total + cost, after))


class _Query:
    """The tokens of a query with the gaps between them, and what they are."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        # gaps[i] stands before token i; at either end a space
        ends = [token.end for token in self.tokens]
        self.gaps = [" "] + [text[end : token.start] for end, token in zip(ends, self.tokens[1:], strict=False)] + [" "]
        self.web = self._addresses()

    def slots(self, table: Table | None) -> Iterator[_Slot]:
        """Parts the query; each token lies in exactly one slot. Without a table, in quotes, abbreviations and dates in words stay as they are."""
        at = 0
        words = 0  # where the run of ordinary words before `at` begins
        while at < len(self.tokens):
            slot = self._code(at) or self._date(at, written=table is not None) or self._number(at)
            if slot is None:
                at += 1
                continue
            yield from self._words(words, at, table)
            yield slot
            at = words = slot.last
        yield from self._words(words, at, table)

    def joined(self, at: int) -> bool:
        """Whether token `at` belongs to the one before it."""
        gap = self.gaps[at]
        if gap == "" or self.web[at]:
            return True
        left, right = self.tokens[at - 1], self.tokens[at]
        if left.text.isdecimal() and right.text.isdecimal():
            return gap in (",", ":") or _JOINERS.issuperset(gap)
        if gap == "." and len(right.text) > 1 and (len(left.text) == 1 or is_abbreviation(left)):
            return False  # "P.Thống Nhất", "TP.Pleiku" are written with a space as well
        return _JOINERS.issuperset(gap)

    def _words(self, first: int, last: int, table: Table | None) -> Iterator[_Slot]:
        """Slots of ordinary words [first, last)."""
        found = self.tokens[first:last]
        at = first
        for segment in segments(found, table) if table else ():
            start, end = first + segment.first, first + segment.last
            if segment.forms and not any(map(self._glued, range(start, end + 1))):
                yield from self._spelled(at, start, quoted=table is None)
                at = end
                typed = tuple([token.text for token in self.tokens[start:end]])
                kinds = ["long-form"] + ["abbreviation"] * (len(segment.forms) - 1)
                yield _Slot(start, end, [(typed, "typed"), *zip(segment.forms, kinds, strict=True)])
        yield from self._spelled(at, last, quoted=table is None)

    def _spelled(self, at: int, last: int, *, quoted: bool) -> Iterator[_Slot]:
        """Slots of words that no table knows: with the other ways of parting or joining their letters."""
        while at < last:
            here = self.tokens[at]
            end = at + 1
            after = self.tokens[end].text if end < last else ""
            ways: list[_Way] = [((here.text,), "typed")]
            while end < last and self.gaps[end] == "" and not self._digits(end - 1) and not self._digits(end):
                end += 1
            if end > at + 1:  # parted by its case
                run = tuple([token.text for token in self.tokens[at:end]])
                ways = [(run, "typed"), (("".join(run),), "glued")]
            elif after and not quoted and self.gaps[end] in _APOSTROPHES and _cluster(here.text + after) == (here.text, after):
                end += 1
                ways = [((here.text, after), "typed"), ((here.text + after,), "joined")]
            elif not self.web[at] and not self.web[end]:
                ways += [(way, "split") for way in splits(here.text)]
                cluster = _cluster(here.text)
                ways += [(cluster, "split")] if cluster and not quoted else []
            yield _Slot(at, end, ways)
            at = end

    def _glued(self, at: int) -> bool:
        """Whether token `at` goes on with the letters before it, or with an address: the VN of VNExpress and of daklak.gov.vn is no Việt Nam."""
        letters = 0 < at < len(self.tokens) and self.gaps[at] == "" and not self._digits(at - 1) and not self._digits(at)
        return letters or self.web[at]

    def _addresses(self) -> list[bool]:
        """For each token whether it is joined to the one before within an address of the web or an e-mail."""
        inside = [False] * (len(self.tokens) + 1)
        first = 0
        for last in range(1, len(self.tokens) + 1):
            if last < len(self.tokens) and not any(char.isspace() for char in self.gaps[last]):
                continue
            gaps = self.gaps[first + 1 : last]
            named = any(gap == "." and token.text in _DOMAINS for gap, token in zip(gaps, self.tokens[first + 1 : last], strict=True))
            if named or any("://" in gap or gap == "@" for gap in gaps):
                inside[first + 1 : last] = [True] * (last - first - 1)
            first = last
        return inside

    def _code(self, at: int) -> _Slot | None:
        """A document's number: 35-CT/TW, 35 CT/TW, 178/2024/NĐ-CP, 72/2025/QH15. What it holds is no abbreviation to be written out."""
        kind = at + 1
        dated = self._digits(kind) and self.gaps[kind] == "/" and len(self.tokens[kind].text) == 4
        kind += dated
        if not self._digits(at) or self._digits(kind) or kind >= len(self.tokens):
            return None
        tight = len(self.gaps[kind]) == 1 and self._signed(kind, "-/")
        if not tight and not (self.tokens[kind].folded in _DOCUMENT_TYPES and (self._signed(kind, "-/") or not self.gaps[kind].strip())):
            return None
        end = kind + 1
        issued = end < len(self.tokens) and not self._digits(end) and self._signed(end, "-/")
        if not issued and not (dated and tight):
            return None
        end += issued
        while end < len(self.tokens) and (self.gaps[end] == "" or (len(self.gaps[end]) == 1 and self._signed(end, "-/."))):
            end += 1
        return self._typed(at, end, [])

    def _date(self, at: int, *, written: bool) -> _Slot | None:
        """A day, month or both with a year, in digits or (if `written`) in words; each also with and without zeros before."""
        if not self._digits(at) or (at and self._digits(at - 1) and self.joined(at)):
            return None
        for parts, sign in _DATES if written else _DATES_IN_DIGITS:
            end = at + len(parts)
            if end > len(self.tokens) or (self._digits(end) and self.joined(end)):
                continue
            typed = [token.text for token in self.tokens[at:end]]
            if all(map(_fits, parts, typed)) and (not sign or self.gaps[at + 1 : end] == [sign] * (len(parts) - 1)):
                ways = _date_ways([word for word in typed if word.isdecimal()], written=written)
                return self._typed(at, end, [(way, "date") for way in ways])
        return None

    def _number(self, at: int) -> _Slot | None:
        """A number with its thousands parted or not: 129.082, 129,082, 129082. Not where it may be a year."""
        here = self.tokens[at].text
        if not (here.isdecimal() and here.isascii()):
            return None
        end = at + 1
        while len(here) <= 3 and end < at + _MOST_GROUPS and self._digits(end) and len(self.tokens[end].text) == 3:
            if self.gaps[end] not in (".", ",") or self.gaps[end] != self.gaps[at + 1]:
                break
            end += 1
        digits = "".join(token.text for token in self.tokens[at:end])
        whole_year = len(digits) == 4 and "1900" <= digits <= "2099"
        if not 4 <= len(digits) <= 3 * _MOST_GROUPS or digits[0] == "0" or whole_year:
            return None
        grouped = f"{int(digits):,}".split(",")
        return self._typed(at, end, [((digits,), "number"), (tuple(grouped), "number")])

    def _typed(self, first: int, last: int, others: list[_Way]) -> _Slot:
        typed = tuple([token.text for token in self.tokens[first:last]])
        return _Slot(first, last, [(typed, "typed"), *[way for way in others if way[0] != typed]])

    def _digits(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].text.isdecimal()

    def _signed(self, at: int, signs: str) -> bool:
        """Whether one of the signs (any dash for "-") stands before token `at`, with or without spaces around."""
        sign = self.gaps[at].strip()
        return len(sign) == 1 and (sign in signs or ("-" in signs and sign in _DASHES))


def _fits(part: str, word: str) -> bool:
    """Whether a token can be that part of a date."""
    if part not in _DATE_PARTS:
        return word in (part, strip_marks(part))
    low, high, most = _DATE_PARTS[part]
    return word.isdecimal() and word.isascii() and len(word) <= most and low <= int(word) <= high


def _date_ways(numbers: Sequence[str], *, written: bool) -> list[tuple[str, ...]]:
    """Every way of writing a date given by its numbers, the year last if it has four digits: with and without zeros, in digits and in words."""
    padded = [[str(int(number))] if len(number) == 4 else sorted({str(int(number)), f"{int(number):02}"}, key=len) for number in numbers]
    ways: list[tuple[str, ...]] = [()]
    for choices in padded:
        ways = [(*way, choice) for way in ways for choice in choices]
    if not written:
        return ways
    names = ["tháng", "năm"] if len(numbers) == 3 else ["năm"] if len(numbers[-1]) == 4 else ["tháng"]
    return ways + [tuple([word for pair in zip(way, [*names, ""], strict=True) for word in pair if word]) for way in ways]


def _cluster(word: str) -> tuple[str, str] | None:
    """A word of the Central Highlands that is written with or without an apostrophe after its first consonant: rbin -> (r, bin)."""
    base = strip_marks(word)
    if len(base) != len(word) or parse(base) is not None or not _CLUSTER.fullmatch(base) or canonical(word[1:]) != word[1:]:
        return None
    return word[0], word[1:]
