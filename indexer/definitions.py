"""Abbreviations that the reports themselves define ("kế hoạch (KH)", "HTX (hợp tác xã)"), beside the table that comes with the analyzer.

Every link counts them over all reports and writes a side table; a query in which one stands, or its long form, is then read both ways as with those of the
table. A definition is believed where its letters are the first ones of its words. An abbreviation means what most reports define it as; a long form
is abbreviated only so as several reports do who nearly all mean the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from analyzers import Analyzer
from analyzers.spelling import parse, strip_marks
from analyzers.syllables import tokens
from analyzers.synonyms import Pair, table
from indexer.engine.contract import Engine, Writer
from indexer.models import Report
from indexer.query import And, Near, Node, Not, Or, Words

TABLE = "definitions"  # side table: an abbreviation or a long form, without marks -> {"short": tokens, "long": tokens}

_SHORT = r"[A-ZĐƯÂ]{1,10}(?:[-–&./ ]{1,3}[A-ZĐƯÂ]{1,10}){0,4}"
_BEHIND = re.compile(rf"(?<=[^\W\d_])\s?\(({_SHORT})\)")  # its long form stands before it
_BEFORE = re.compile(rf"(?<![\w&./-])({_SHORT}) ?\(([^()\d]{{4,80}})\)")
_MOST_LETTERS = 10
_FAR = 100  # characters before a bracket in which its long form begins
_UNWRITTEN = frozenset({"và", "của", "về", "cho", "các"})  # words whose first letters an abbreviation may leave out

# An abbreviation means what more than half of the reports that define it say. Of the definitions in 35,446 articles 40 that stand in one article only were
# read: 38 are right. What a long form is abbreviated to has to be told by several: "CP" is chính phủ and cổ phần.
_MOSTLY = 0.5
_LEAST_BOTH, _NEARLY_ALL = 3, 0.9
_MOST_WORDS = 32  # of a query: none that somebody remembers a report by is longer, and each place in it costs rows
_MOST_PAIRS = 64  # 100 made up take 0.1 s to be read with
_LONGEST = 8  # words of a long form


class Definitions:
    """How many reports define which abbreviation as what."""

    def __init__(self) -> None:
        self._found: defaultdict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)

    def add(self, report: Report) -> None:
        for short, long in set(defined(f"{report.title or ''}\n{report.body}")):
            self._found[short][long] += 1

    def write(self, writer: Writer) -> None:
        """Replaces the side table."""
        rows = {}
        for short, longs in sorted(self._found.items()):
            long, count = min(longs.items(), key=lambda one: (-one[1], one[0]))
            share = count / longs.total()
            if share > _MOSTLY:
                rows[_key(short)] = {"short": short, "long": long}
                if count >= _LEAST_BOTH and share >= _NEARLY_ALL:
                    rows.setdefault(_key(long), {"short": short, "long": long})
        writer.put_rows(TABLE, rows)


def defined(text: str) -> Iterator[Pair]:
    """What a text defines, as tokens: the abbreviation and its long form. Of those that are a syllable too (CA, TU) none, nor what the analyzer's table has."""
    for match in _BEHIND.finditer(text):
        line = text[max(0, match.start() - _FAR) : match.start()].rpartition("\n")[2]
        yield from _believed(match[1], [token.text for token in tokens(line)], whole=False)
    for match in _BEFORE.finditer(text):
        yield from _believed(match[1], [token.text for token in tokens(match[2])], whole=True)


def defined_here(engine: Engine, node: Node, analyzer: Analyzer) -> tuple[Pair, ...]:
    """The definitions of the index that stand in a query's unquoted words."""
    keys: dict[str, None] = {}
    for leaf in _words(node):
        words = [token.folded for token in analyzer.syllables(leaf.text)][:_MOST_WORDS]
        for size in range(1, _LONGEST + 1):
            keys.update(dict.fromkeys(" ".join(words[at : at + size]) for at in range(len(words) - size + 1)))
    rows = engine.rows(TABLE, keys) if keys else {}
    return tuple(dict.fromkeys((tuple(rows[key]["short"]), tuple(rows[key]["long"])) for key in keys if key in rows))[:_MOST_PAIRS]


def may_be_defined(pairs: Sequence[Pair]) -> bool:
    """Whether these can be definitions that stand in a query: each costs time in every one that is read with it, and a cursor may have been forged."""
    return len(pairs) <= _MOST_PAIRS and all(0 < len(short) <= _MOST_LETTERS and 2 <= len(long) <= _LONGEST for short, long in pairs)


def _believed(typed: str, words: list[str], *, whole: bool) -> Iterator[Pair]:
    short = tuple(token.text for token in tokens(typed))
    letters = strip_marks("".join(short))
    if not 2 <= len(letters) <= _MOST_LETTERS or (len(short) == 1 and parse(letters) is not None):
        return
    at, left = len(words), len(letters)
    while at and left and (words[at - 1][0].isalpha()):
        if strip_marks(words[at - 1][0]) == letters[left - 1]:
            left -= 1
        elif words[at - 1] not in _UNWRITTEN:
            return
        at -= 1
    long = tuple(words[at:])
    known = table()
    if left or (whole and at) or not 2 <= len(long) <= _LONGEST or long[0] in _UNWRITTEN:
        return
    if _key(short) != _key(long) and tuple(_key(short).split()) not in known.searched:
        yield short, long


def _key(words: Iterable[str]) -> str:
    return strip_marks(" ".join(words))


def _words(node: Node) -> Iterator[Words]:
    if isinstance(node, Words):
        yield node
    elif isinstance(node, Near):
        yield from (side for side in (node.left, node.right) if isinstance(side, Words))
    elif isinstance(node, Not):
        yield from _words(node.child)
    elif isinstance(node, (And, Or)):
        for child in node.children:
            yield from _words(child)
