"""Snippets: passages of a report's title and body with the matched words marked, as exact slices.

Cut from the syllables' offsets of the stored text, so what is marked is what matched; never from an engine's highlighter
(one document of 1.2 MB makes Elasticsearch's fail every query that it matches), never by running pyvi.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzers import Analyzer, Token
from indexer.engine.plan import Pattern
from indexer.query import Snippet

SNIPPET_CHARACTERS = 280  # Datashare's length of a passage, two lines on a page
MAX_SNIPPETS = 2
# A body longer than this is read for marks only so far: a hit must not cost seconds (1 M characters take about one).
MAX_READ = 400_000


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    pattern: int


class Highlighter:
    """Marks one query's patterns; made once a search."""

    def __init__(self, analyzer: Analyzer, patterns: Sequence[Pattern]) -> None:
        self._analyzer = analyzer
        self._patterns = patterns
        self._exact: dict[tuple[bool, str], list[int]] = {}
        self._prefixes = [i for i, p in enumerate(patterns) if p.prefix]
        for i, pattern in enumerate(patterns):
            if not pattern.prefix and pattern.tokens:
                self._exact.setdefault((pattern.folded, pattern.tokens[0]), []).append(i)

    def title(self, text: str) -> Snippet:
        return Snippet("title", text, 0, len(text), _merge(text, [(m.start, m.end) for m in self._matches(text)]))

    def body(self, text: str) -> tuple[Snippet, ...]:
        """At most two passages that hold the most different patterns, in reading order; the beginning when nothing matches."""
        passages: list[tuple[int, int, int, Snippet]] = []
        if self._patterns:
            for start, paragraph in _paragraphs(text[:MAX_READ]):
                matches = self._matches(paragraph)
                if matches:
                    passages.append(_best_passage(paragraph, start, matches))
        if not passages:
            start, paragraph = next(_paragraphs(text), (0, ""))
            end = _cut(paragraph, 0, SNIPPET_CHARACTERS)[1]
            return (Snippet("body", paragraph[:end], start, start + end),) if paragraph else ()
        passages.sort(key=lambda p: (-p[0], -p[1], p[2]))
        return tuple(p[3] for p in sorted(passages[:MAX_SNIPPETS], key=lambda p: p[2]))

    def _matches(self, text: str) -> list[_Match]:
        tokens = self._analyzer.syllables(text)
        found: list[_Match] = []
        for i, token in enumerate(tokens):
            for folded, first in ((True, token.folded), (False, token.text)):
                for number in self._exact.get((folded, first), ()):
                    length = len(self._patterns[number].tokens)
                    if self._runs(tokens, i, number):
                        found.append(_Match(token.start, tokens[i + length - 1].end, number))
            for number in self._prefixes:
                pattern = self._patterns[number]
                if (token.folded if pattern.folded else token.text).startswith(pattern.tokens[0]):
                    found.append(_Match(token.start, token.end, number))
        return found

    def _runs(self, tokens: Sequence[Token], at: int, number: int) -> bool:
        pattern = self._patterns[number]
        run = tokens[at : at + len(pattern.tokens)]
        return len(run) == len(pattern.tokens) and all((t.folded if pattern.folded else t.text) == w for t, w in zip(run, pattern.tokens, strict=True))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _best_passage(paragraph: str, start: int, matches: list[_Match]) -> tuple[int, int, int, Snippet]:
    """The window of SNIPPET_CHARACTERS with the most different patterns (then the most matches, then the longest one)."""
    best, best_key = 0, (0, 0, 0)
    last = 0
    for i, first in enumerate(matches):
        last = max(last, i)
        while last + 1 < len(matches) and matches[last + 1].end - first.start <= SNIPPET_CHARACTERS:
            last += 1
        window = matches[i : last + 1]
        key = (len({m.pattern for m in window}), len(window), max(m.end - m.start for m in window))
        if key > best_key:
            best, best_key = i, key
    begin = matches[best].start
    inside = [m for m in matches if m.start >= begin and m.end - begin <= SNIPPET_CHARACTERS] or [matches[best]]
    middle = (begin + inside[-1].end) // 2
    left, right = _cut(paragraph, middle - SNIPPET_CHARACTERS // 2, middle + SNIPPET_CHARACTERS // 2)
    left, right = min(left, begin), max(right, inside[-1].end)
    marks = _merge(paragraph[left:right], [(m.start - left, m.end - left) for m in matches if m.start >= left and m.end <= right])
    snippet = Snippet("body", paragraph[left:right], start + left, start + right, marks)
    return best_key[0], best_key[1], start + left, snippet


def _cut(text: str, left: int, right: int) -> tuple[int, int]:
    """[left, right) moved into the text and out to borders of words, not further than 40 characters."""
    if left < 0:
        left, right = 0, right - left
    if right > len(text):
        left, right = max(0, left - (right - len(text))), len(text)
    for _ in range(40):
        if left == 0 or text[left - 1].isspace():
            break
        left -= 1
    for _ in range(40):
        if right == len(text) or text[right].isspace():
            break
        right += 1
    return left, right


def _merge(text: str, spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks that overlap or have only a space between them as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
