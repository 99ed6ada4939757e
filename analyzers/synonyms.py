"""Abbreviations and their long forms, both ways.

Both ways give the same: a run of tokens is first written out in full, then parted into the longest long forms, and each
of these stands for itself and every way of abbreviating it. So "UBND tỉnh", "ủy ban nhân dân tỉnh" and "uy ban nhan dan
tinh" come out as the same alternatives, also where long forms hold others (UBMTTQ, ủy ban MTTQ, UB MTTQ).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analyzers.spelling import strip_marks
from analyzers.syllables import Token, tokens

Words = tuple[str, ...]
Pair = tuple[Words, Words]  # an abbreviation and its long form

MOST_FORMS = 16  # ways of writing one long form; a test holds the table below it


class Segment(NamedTuple):
    """Tokens [first, last) of a query; `forms`: every way of writing the long form that they are, itself first; () if they are none."""

    first: int
    last: int
    forms: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Abbreviations by their folded tokens -> (tokens, long form). `searched` for queries, `posted` for ids of posts; `forms` by folded long form.

    `one_way`: folded long forms that are names and have other spellings. A name as it is spelt stays words that may stand apart, as all words do.
    """

    searched: Mapping[Words, Pair]
    posted: Mapping[Words, Pair]
    forms: Mapping[Words, tuple[Words, ...]]
    one_way: frozenset[Words]
    longest_short: int
    longest_long: int

    def knowing(self, pairs: Sequence[Pair]) -> Table:
        """This table with more abbreviations and their long forms, for queries; what it has already stays."""
        more = {_folded(short): (short, long) for short, long in pairs}
        searched = {**more, **self.searched}
        forms = {_folded(long): _forms(long, list(searched.values())) for _, long in more.values()}
        return replace(
            self,
            searched=searched,
            forms={**self.forms, **forms},
            longest_short=max(self.longest_short, *map(len, more)),
            longest_long=max(self.longest_long, *(len(long) for _, long in more.values())),
        )


@cache
def table() -> Table:
    """The table of data/abbreviations.tsv, read once."""
    searched: dict[Words, Pair] = {}
    posted: dict[Words, Pair] = {}
    spelt: set[Words] = set()
    for line in (Path(__file__).parent / "data" / "abbreviations.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        short_text, long_text, use = line.split("\t")
        short, long = _words(short_text), _words(long_text)
        if use in ("both", "query", "spelling"):
            searched[_folded(short)] = short, long
        if use == "spelling":
            spelt.add(_folded(long))
        if use in ("both", "post"):
            posted[_folded(short)] = short, long
    longs = {long for _, long in searched.values()}
    for long in longs:  # "Sở Giáo dục - Đào tạo", "giáo dục, đào tạo"
        without = tuple([word for word in long if word != "và"])
        if without not in longs:
            searched.setdefault(_folded(without), (without, long))
    return Table(
        searched=searched,
        posted=posted,
        forms={_folded(long): _forms(long, list(searched.values())) for long in longs},
        one_way=frozenset(spelt),
        longest_short=max(map(len, [*searched, *posted])),
        longest_long=max(map(len, longs)),
    )


def expand(text: str) -> str:
    """The key of `text` with known abbreviations written out: "PCT UBND tỉnh" -> "phó chủ tịch ủy ban nhân dân tỉnh". expand(expand(x)) == expand(x)."""
    found = tokens(text)
    words: list[str] = []
    at = 0
    while at < len(found):
        size, long = _abbreviation(found, at, table().posted, table().longest_short)
        words.extend(long or (found[at].text,))
        at += size
    return " ".join(words)


def is_abbreviation(token: Token) -> bool:
    """Whether the token by itself is a known abbreviation."""
    known = table().searched.get((token.folded,))
    return known is not None and _same(token.text, known[0][0])


def segments(found: Sequence[Token], table: Table) -> list[Segment]:
    """Parts the tokens into known long forms, written out or abbreviated, longest first from the left, and single tokens."""
    full: list[tuple[str, int]] = []  # each written-out word, and the token at which its group begins
    edges: set[int] = set()  # places in `full` that lie inside no abbreviation
    at = 0
    while at < len(found):
        size, long = _abbreviation(found, at, table.searched, table.longest_short)
        if size > 1 and long is not None and _folded(long) in table.one_way:
            typed = found[at : at + size]
            if tuple([token.text for token in typed]) != table.searched[tuple([token.folded for token in typed])][0]:
                size, long = 1, None  # "dac lac" and "bac can" without their marks may be other words
        edges.add(len(full))
        full.extend((word, at) for word in long or (found[at].text,))
        at += size
    edges.add(len(full))
    full.append(("", len(found)))
    parted: list[Segment] = []
    at = 0
    while at < len(full) - 1:
        end, forms = _long_form(full, at, edges, table)
        parted.append(Segment(full[at][1], full[end][1], forms))
        at = end
    return parted


def _abbreviation(found: Sequence[Token], at: int, known: Mapping[Words, Pair], longest: int) -> tuple[int, Words | None]:
    """The longest abbreviation that begins at token `at`: how many tokens it has and its long form; (1, None) if there is none."""
    for size in range(min(longest, len(found) - at), 0, -1):
        here = found[at : at + size]
        entry = known.get(tuple([token.folded for token in here]))
        if entry is not None and all(_same(token.text, word) for token, word in zip(here, entry[0], strict=True)):
            return size, entry[1]
    return 1, None


def _long_form(full: Sequence[tuple[str, int]], at: int, edges: set[int], table: Table) -> tuple[int, tuple[Words, ...]]:
    """The longest long form that begins at `at` and ends inside no abbreviation: its end and its forms; (at + 1, ()) if there is none."""
    forms = table.forms
    for size in range(min(table.longest_long, len(full) - 1 - at), 1, -1):
        here = [word for word, _ in full[at : at + size]]
        known = forms.get(_folded(here)) if at + size in edges else None
        if known is not None and _folded(here) in table.one_way and full[at][1] != full[at + size - 1][1]:
            continue  # as it is spelt
        if known is not None and all(_same(word, right) for word, right in zip(here, known[0], strict=True)):
            return at + size, known
    return at + 1, ()


def _forms(long: Words, entries: Sequence[Pair]) -> tuple[Words, ...]:
    """Every way of writing `long`: any part that has an abbreviation by it, again and again."""
    found = [long]
    for written in found:  # grows while it is read
        for short, part in entries:
            for at in range(len(written) - len(part) + 1):
                shorter = (*written[:at], *short, *written[at + len(part) :])
                if written[at : at + len(part)] == part and shorter not in found and len(found) < MOST_FORMS:
                    found.append(shorter)
    return tuple(found)


def _same(typed: str, right: str) -> bool:
    """Whether a typed token is that word: with its marks, or without any."""
    return typed == right or typed == strip_marks(right)


def _words(text: str) -> Words:
    return tuple([token.text for token in tokens(text)])


def _folded(words: Sequence[str]) -> Words:
    return tuple([strip_marks(word) for word in words])
