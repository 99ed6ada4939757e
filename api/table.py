"""The table for eyes: hits with highlighted passages, facets as bars, one report with its evidence.

Every text passes through `visible`; colour only where the output is a terminal. Without colour a match stands in «».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.labels import FACET_LABELS, NO_VALUE_LABEL
from api.visible import visible
from indexer.models import Evidence, StoredReport
from indexer.query import Facet, Hit, Snippet

_BOLD, _DIM, _MARK, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"
_BAR = 24  # characters of the longest bar
_LABEL = 40  # characters of a facet's label
_IN_TIME_ORDER = ("year", "month", "period")


@dataclass(frozen=True, slots=True)
class Style:
    """`width` in characters; `terminal`: the reader is one; `color`: and it wants colours."""

    color: bool = False
    width: int = 100
    terminal: bool = False

    def bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_PLAIN}" if self.color else text

    def dim(self, text: str) -> str:
        return f"{_DIM}{text}{_PLAIN}" if self.color else text

    def mark(self, text: str, begins: bool = True, ends: bool = True) -> str:
        """A match, or its part on this line: does the match begin here, does it end here?"""
        if self.color:
            return f"{_MARK}{text}{_PLAIN}"
        return ("«" if begins else "") + text + ("»" if ends else "")


def hit_lines(hit: Hit, style: Style) -> Iterator[str]:
    """Title, a line of date, places, source and id, passages; with an explanation, the clauses of the score."""
    report = hit.stored.report
    lead = f"{hit.rank:>3}. "
    indent = " " * len(lead)
    for number, (start, end) in enumerate(wrapped(hit.title.text, style.width - len(lead))):
        yield (indent if number else lead) + _marked(hit.title, start, end, style)
    facts = [
        f"~{report.date}" if report.date and report.date_inferred else report.date or "undated",
        ", ".join(p.name for p in report.provinces),
        report.source,
        hit.id,
        "lacks a word of the query" if hit.relaxed else "",
        f"+{hit.duplicates:,} near-duplicate{'' if hit.duplicates == 1 else 's'} (--in-group {hit.stored.group})" if hit.duplicates else "",
    ]
    yield indent + style.dim(" · ".join(visible(fact) for fact in dict.fromkeys(facts) if fact))
    for snippet in hit.snippets:
        before, after = _cut(snippet, report.body if snippet.part == "body" else report.title)
        lines = [_marked(snippet, start, end, style) for start, end in wrapped(snippet.text, style.width - len(indent) - 2)]
        for number, line in enumerate(lines, start=1):
            yield indent + (before if number == 1 else "") + line + (after if number == len(lines) else "")
    for line in hit.explanation:
        yield indent + style.dim(visible(line))


def facet_lines(facet: Facet, style: Style) -> Iterator[str]:
    """A heading, then a line a value: label, count, bar. Years and months run in time; `*` stands before a picked value."""
    label, label_en = FACET_LABELS[facet.name]
    notes = [note for note, true in (("approximate", facet.approximate), ("there are more", facet.truncated)) if true]
    yield style.bold(f"{label} ({label_en}, {facet.name})") + (f" [{', '.join(notes)}]" if notes else "")
    values = sorted(facet.values, key=lambda v: v.value) if facet.name in _IN_TIME_ORDER else facet.values
    rows = [(v.label if v.label == v.value or facet.name in _IN_TIME_ORDER else f"{v.label} [{v.value}]", v.count, v.selected) for v in values]
    if facet.missing:
        rows.append((NO_VALUE_LABEL[1], facet.missing, False))
    width = min(_LABEL, max((len(visible(name)) for name, _, _ in rows), default=0))
    most = max((count for _, count, _ in rows), default=0) or 1
    for name, count, selected in rows:
        shown = visible(name)
        shown = shown if len(shown) <= _LABEL else shown[: _LABEL - 1] + "…"
        yield f"  {'*' if selected else ' '} {shown:<{width}} {count:>7,}  {'█' * -(-count * _BAR // most)}".rstrip()


def report_lines(stored: StoredReport, style: Style) -> Iterator[str]:
    """One report: its metadata, its text, and for each extracted value the passage that supports it."""
    report = stored.report
    yield style.bold(visible(report.title)) + (" (no headline: first sentence)" if report.title_inferred else "")
    provinces = [p.name + (" (inferred)" if p.inferred else "") for p in report.provinces]
    localities = [f"{p.level} {p.name}" + (" (ambiguous)" if p.id is None and p.candidates else "") for p in report.localities]
    officials = [f"{o.name}: {'; '.join(o.posts)}" if o.posts else o.name for o in report.officials]
    facts: Sequence[tuple[str, Sequence[str | None]]] = (
        ("id", [report.id]),
        ("source", [report.source]),
        ("url", [report.url]),
        ("published", [report.published]),
        ("date", [report.date + (" (inferred)" if report.date_inferred else "")] if report.date else []),
        ("period", [report.period]),
        ("provinces", provinces),
        ("localities", localities),
        ("officials", officials),
        ("authors", report.authors),
        ("topics", report.topics),
        ("documents", report.documents),
        ("encoding", [report.encoding]),
        ("sha256", [report.sha256]),
        ("group", [stored.group]),
        ("first seen", [stored.first_seen]),
        ("indexed at", [stored.indexed_at]),
    )
    for name, values in facts:
        for number, value in enumerate(v for v in values if v):
            yield f"{'' if number else name:<12}{visible(value)}"
    yield ""
    for paragraph in report.body.split("\n"):
        yield from (visible(paragraph[start:end]) for start, end in wrapped(paragraph, style.width))
    if report.evidence:
        yield ""
        yield style.bold("evidence")
    for item in report.evidence:
        yield f"  {visible(item.field)} = {visible(item.value)}" + style.dim(f"  {_passage(item, stored)}")


def _cut(snippet: Snippet, text: str) -> tuple[str, str]:
    """An ellipsis for each side on which the passage breaks off within its paragraph."""
    before, after = text[: snippet.start].rstrip(" "), text[snippet.end :].lstrip(" ")
    return "…" if before and not before.endswith("\n") else "", "…" if after and not after.startswith("\n") else ""


def _passage(item: Evidence, stored: StoredReport) -> str:
    if item.start == item.end:
        return visible(f"[{item.part}, {item.rule}]")
    quoted = visible(stored.raw.original[item.start : item.end])
    return f"“{quoted}” [{visible(item.part)} {item.start}-{item.end}, {visible(item.rule)}]"


def _marked(snippet: Snippet, start: int, end: int, style: Style) -> str:
    """Slice [start, end) of a snippet with what is matched in it set off."""
    text = snippet.text.replace("\n", " ")  # a passage over two paragraphs is wrapped as one
    pieces: list[str] = []
    at = start
    for first, last in snippet.marks:
        low, high = max(first, start), min(last, end)
        if low < high:
            pieces += (visible(text[at:low]), style.mark(visible(text[low:high]), low == first, high == last))
            at = high
    return "".join(pieces) + visible(text[at:end])


def wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Slices of `text` that fit into `width` characters, broken at blanks; a longer word gets a line of its own."""
    start = end = None
    at = 0
    for word in text.split():
        low = text.index(word, at)
        at = low + len(word)
        if start is None or end is None:
            start = low
        elif at - start > width:
            yield start, end
            start = low
        end = at
    if start is not None and end is not None:
        yield start, end
