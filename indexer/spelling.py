"""One wrong letter: a word that no report holds is read as the nearest one that reports do hold, where the query as typed finds nothing whole.

So is one that few reports hold (many reports hold many slips) if none has it beside the words typed beside it, and some have the other one there.
Every link writes the words of all reports into a side table, a row for each length. A word is as near as one letter more, less or other, or two
neighbours changed, marks aside. Of several the one is taken that stands most often right beside the words typed beside it, then the one that most
reports hold with all the other words. What is found is said to lack the word as typed; in quotes a word is never read as another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzers import Analyzer, Unit
from analyzers.fold import has_marks
from analyzers.spelling import strip_marks
from analyzers.syllables import tokens
from indexer.engine.contract import AllOf, Engine, Match, MatchAll, Writer
from indexer.engine.ranking import fields, in_any
from indexer.models import Report
from indexer.query import And, Node, Or, Respelled, Words

TABLE = "spelling"  # side table: number of letters without marks -> {"words": {word: about how many reports hold it}}

SHORTEST = 4  # letters: one other letter in three is another word more often than a slip
_LONGEST = 20  # nothing that is looked for by name is longer; addresses are
_MOST_WORDS = 100_000  # a row, the most frequent; the 5,452 development articles have 3,256 of four letters, fewer of every other number
# Reports that hold a word for each that holds a slip of it, at the least. Of 35,446 articles 12,408 hold "nguyễn" and 4 hold "ngyễn".
_RARER = 50
_MOST_UNKNOWN = 4  # words that no report holds: a query with more of them is no slip, and each costs counts (200 of them took 4 s)
_MOST_TRIED = 50  # candidates, the most frequent, whose neighbours are counted

_LETTERS = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The words of reports. Counts are for choosing between words: a report that writes one in two cases counts twice."""

    def __init__(self) -> None:
        self._runs: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        self._runs.update({*_LETTERS.findall(report.title or ""), *_LETTERS.findall(report.body)})

    def write(self, writer: Writer) -> None:
        """Replaces the side table."""
        words: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for run, count in self._runs.items():
            for token in tokens(run):
                if SHORTEST - 1 <= len(token.folded) <= _LONGEST + 1:
                    words[len(token.folded)][token.text] += count
        rows = {str(size): {"words": dict(sorted(_most_frequent(found, _MOST_WORDS)))} for size, found in sorted(words.items())}
        writer.put_rows(TABLE, rows)


def respelled(engine: Engine, tree: Node, analyzer: Analyzer, view: str | None = None) -> tuple[Respelled, ...]:
    """The words of a query that no report holds, or few where others stand, each with its nearest; () where there is none, or more than a slip."""
    asked = [(leaf, units, at) for leaf in _wanted(tree) for units in [analyzer.query(leaf.text)] for at, unit in enumerate(units) if _is_word(unit)]
    if not asked:
        return ()
    reports, *counts = engine.count([MatchAll(), *(_holds(units[at]) for _, units, at in asked)], view)
    doubted = [(place, count) for place, count in zip(asked, counts, strict=True) if count * _RARER <= reports]
    if sum(not count for _, count in doubted) > _MOST_UNKNOWN:
        return ()
    rarest = sorted(doubted, key=lambda one: one[1])[:_MOST_UNKNOWN]
    found: list[Respelled] = []
    for (leaf, units, at), count in (one for one in doubted if one in rarest):
        word = _nearest(engine, units, at, count, has_marks(leaf.text), view)
        if word is not None:
            typed = leaf.text[units[at].start : units[at].end]
            found.append(Respelled(typed, word.capitalize() if typed[0].isupper() else word, leaf.start + units[at].start))
    return tuple(found)


def as_read(node: Node, words: Sequence[Respelled]) -> Node:
    """The query with `words` (from first to last) read so, wherever they stand as plain words that a report is wanted for."""
    if isinstance(node, Words):
        text = node.text
        for one in reversed(words):
            at = one.start - node.start
            if at >= 0 and text.startswith(one.typed, at):
                text = text[:at] + one.read + text[at + len(one.typed) :]
        return replace(node, text=text)
    if isinstance(node, (And, Or)):
        return replace(node, children=tuple(as_read(child, words) for child in node.children))
    return node


def within_one_edit(left: str, right: str) -> bool:
    """Whether the two differ by one letter (more, less or other) or by two neighbours changed; linear. False for equal ones."""
    if len(left) > len(right):
        left, right = right, left
    same = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    if len(left) == len(right):
        swapped = left[same : same + 2] == right[same : same + 2][::-1] and left[same + 2 :] == right[same + 2 :]
        return left != right and (swapped or left[same + 1 :] == right[same + 1 :])
    return len(right) == len(left) + 1 and left[same:] == right[same + 1 :]


def _most_frequent(found: Counter[str], number: int) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:number]


def _wanted(node: Node) -> Iterator[Words]:
    """The plain words that a report is wanted for."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, (And, Or)):
        for child in node.children:
            yield from _wanted(child)


def _is_word(unit: Unit) -> bool:
    typed = unit.variants[0].folded
    return len(typed) == 1 and typed[0].isalpha() and SHORTEST <= len(typed[0]) <= _LONGEST


def _holds(unit: Unit) -> Match:
    return _written(_forms(unit, False), False)


def _written(forms: Sequence[tuple[str, ...]], marked: bool) -> Match:
    return in_any(forms, fields(marked))


def _nearest(engine: Engine, units: Sequence[Unit], at: int, known: int, marked: bool, view: str | None) -> str | None:
    """What unit `at`, which `known` reports hold, is read as; with marks if the query has any, else without."""
    typed = units[at].variants[0].tokens[0]
    near: Counter[str] = Counter()
    for row in engine.rows(TABLE, [str(len(strip_marks(typed)) + more) for more in (-1, 0, 1)]).values():
        for word, count in row["words"].items():
            if within_one_edit(strip_marks(typed), strip_marks(word)):
                near[word if marked else strip_marks(word)] += count
    tried = [word for word, count in _most_frequent(near, _MOST_TRIED) if count >= known * _RARER]
    if not tried:
        return None
    others = tuple(_holds(unit) for unit in (*units[:at], *units[at + 1 :]))
    beside = [_beside(units, at, word, marked) for word in (typed, *tried)]
    counts = engine.count([*beside, *(AllOf((_written([(word,)], marked), *others)) for word in tried)], view)
    typed_so, found_so, whole = counts[0], counts[1 : len(beside)], counts[len(beside) :]
    ranked = sorted(zip(tried, found_so, whole, strict=True), key=lambda one: (-one[1], -one[2], _other_marks(one[0], typed)))
    word, there, _ = ranked[0]  # of equals the most frequent has stayed first
    return word if not known or (there and not typed_so) else None


def _beside(units: Sequence[Unit], at: int, word: str, marked: bool) -> Match:
    """Where the word stands right beside what was typed right beside it."""
    before = [(*form, word) for unit in units[max(0, at - 1) : at] for form in _forms(unit, marked)]
    after = [(word, *form) for unit in units[at + 1 : at + 2] for form in _forms(unit, marked)]
    return _written(before + after, marked)


def _forms(unit: Unit, marked: bool) -> list[tuple[str, ...]]:
    return [variant.tokens if marked else variant.folded for variant in unit.variants]


def _other_marks(left: str, right: str) -> int:
    """How many marks one of the two has and the other has not."""
    marks = [Counter(filter(unicodedata.combining, unicodedata.normalize("NFD", word))) for word in (left, right)]
    return ((marks[0] - marks[1]) + (marks[1] - marks[0])).total()
