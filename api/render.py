"""Answers as text: the JSON shape that the HTTP API and the command line share, JSON Lines, CSV, ids and a table for eyes.

JSON and JSON Lines carry the data as it is; CSV guards spreadsheets against formulas; a table shows control characters as
escapes, so that no title can drive a terminal.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any, Literal

from api.table import Style, facet_lines, hit_lines
from api.visible import visible
from indexer.models import StoredReport
from indexer.query import Facet, Hit, SearchResults, Snippet

Format = Literal["table", "json", "jsonl", "csv", "ids"]

# ---------------------------------------------------------------- the JSON shape


def results_dict(results: SearchResults) -> dict[str, Any]:
    """total, relaxed, hits, facets, cursor; `respelled` where words were read as others, and `explanation` where one was asked for."""
    shape: dict[str, Any] = {
        "total": results.total,
        "relaxed": results.relaxed,
        "hits": [hit_dict(hit) for hit in results.hits],
        "facets": [facet_dict(facet) for facet in results.facets],
        "cursor": results.cursor,
    }
    shape |= _respelled(results)
    if results.explanation is not None:
        shape["explanation"] = results.explanation
    return shape


def counted_dict(results: SearchResults) -> dict[str, Any]:
    """The one facet that was asked for; `respelled` where words were read as others."""
    return facet_dict(results.facets[0]) | _respelled(results)


def _respelled(results: SearchResults) -> dict[str, Any]:
    return {"respelled": [asdict(word) for word in results.respelled]} if results.respelled else {}


def similar_dict(stored: StoredReport, results: SearchResults) -> dict[str, Any]:
    """id and group of the report asked for; total, hits and `explanation` of those like it."""
    shape = results_dict(results)
    kept: dict[str, Any] = {name: shape[name] for name in ("total", "hits", "explanation") if name in shape}
    return {"id": stored.report.id, "group": stored.group or None, **kept}


def hit_dict(hit: Hit) -> dict[str, Any]:
    """One hit with the metadata of its report; `title_html` and each snippet's `html` are escaped, with `<mark>`."""
    report = hit.stored.report
    shape: dict[str, Any] = {
        "rank": hit.rank,
        "id": hit.id,
        "score": hit.score,
        "relaxed": hit.relaxed,
        "title": report.title,
        "title_html": snippet_html(hit.title),
        "title_inferred": report.title_inferred,
        "date": report.date,
        "date_inferred": report.date_inferred,
        "published": report.published,
        "period": report.period,
        "provinces": [{"id": p.id, "name": p.name, "now": list(p.now), "inferred": p.inferred} for p in report.provinces],
        "localities": [
            {"id": p.id, "name": p.name, "level": p.level, "province": p.province, "now": list(p.now), "candidates": list(p.candidates)}
            for p in report.localities
        ],
        "officials": officials_list(hit.stored),
        "authors": list(report.authors),
        "topics": list(report.topics),
        "documents": list(report.documents),
        "source": report.source,
        "url": report.url,
        "group": hit.stored.group or None,
        "snippets": [{"part": s.part, "text": s.text, "html": snippet_html(s), "start": s.start, "end": s.end} for s in hit.snippets],
    }
    if hit.duplicates is not None:
        shape["duplicates"] = hit.duplicates
    if hit.explanation:
        shape["explanation"] = list(hit.explanation)
    return shape


def officials_list(stored: StoredReport) -> list[dict[str, Any]]:
    """name, posts, mention, and `person`: the value of the facet `official` (null until persons are linked)."""
    return [{"name": o.name, "posts": list(o.posts), "mention": o.mention, "person": stored.persons.get(o.mention)} for o in stored.report.officials]


def facet_dict(facet: Facet) -> dict[str, Any]:
    """One facet with its heading in both languages."""
    from api.labels import FACET_LABELS

    label, label_en = FACET_LABELS[facet.name]
    return {
        "name": facet.name,
        "label": label,
        "label_en": label_en,
        "values": [{"value": v.value, "label": v.label, "count": v.count, "selected": v.selected} for v in facet.values],
        "truncated": facet.truncated,
        "missing": facet.missing,
        "approximate": facet.approximate,
    }


def report_dict(stored: StoredReport) -> dict[str, Any]:
    """The extracted record, officials with their persons, its group of near-duplicates, and when the report was first seen and last indexed."""
    return stored.report.as_dict() | {
        "officials": officials_list(stored),
        "group": stored.group or None,
        "first_seen": stored.first_seen,
        "indexed_at": stored.indexed_at,
    }


def snippet_html(snippet: Snippet) -> str:
    """The text escaped for HTML, matches in `<mark>`: without marks and unescaped it is the text again."""
    pieces: list[str] = []
    at = 0
    for start, end in snippet.marks:
        pieces += (html.escape(snippet.text[at:start]), "<mark>", html.escape(snippet.text[start:end]), "</mark>")
        at = end
    return "".join(pieces) + html.escape(snippet.text[at:])


# What json.dumps leaves as it is and a terminal obeys, a line reader takes for the end of the line, or UTF-8 cannot hold.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(value: Any) -> str:
    """JSON for reading, Vietnamese as it is, control characters as `\\u` escapes: the values are untouched, a terminal is safe."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=2))


def json_line(value: Any) -> str:
    """The same on one line."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


# ---------------------------------------------------------------- CSV

HIT_COLUMNS = (
    "rank", "id", "score", "relaxed", "title", "date", "date_inferred", "published", "period", "provinces", "localities", "officials", "authors",
    "topics", "documents", "source", "url", "group", "duplicates",
)  # fmt: skip
FACET_COLUMNS = ("facet", "value", "label", "count", "selected")
# What a spreadsheet takes for a formula, also in full width, and characters that hide what follows (OWASP ASVS 1.2.10).
_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")
_BETWEEN = " | "  # between several values of one cell; a semicolon would split the cell in half of Europe's spreadsheets


def csv_row(cells: Sequence[object]) -> str:
    """One line of RFC 4180 with its CRLF; text that a spreadsheet would run gets a leading `'` (JSON Lines is the lossless format)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        value = _BETWEEN.join(value)
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def hit_row(hit: Hit) -> str:
    """One hit under HIT_COLUMNS."""
    shape = hit_dict(hit)
    for name in ("provinces", "localities", "officials"):
        shape[name] = [item["name"] for item in shape[name]]
    return csv_row([shape.get(name) for name in HIT_COLUMNS])


def facet_rows(facet: Facet) -> Iterator[str]:
    """The values of one facet under FACET_COLUMNS."""
    for value in facet.values:
        yield csv_row((facet.name, value.value, value.label, value.count, value.selected))


# ---------------------------------------------------------------- streams


def stream(pages: Iterable[SearchResults], form: Format, style: Style) -> Iterator[str]:
    """The pages of one answer in a format, in pieces that are written one after the other.

    Totals and facets are those of the first page. JSON that was cut off does not parse; the other formats are lines.
    """
    if form == "json":
        yield from _json_stream(pages)
        return
    if form == "csv":
        yield csv_row(HIT_COLUMNS)
    facets: tuple[Facet, ...] | None = None
    for page in pages:
        facets = page.facets if facets is None else facets
        for hit in page.hits:
            yield from _hit(hit, form, style)
    if form == "table":
        for facet in facets or ():
            yield "\n"
            yield from (f"{line}\n" for line in facet_lines(facet, style))


def _hit(hit: Hit, form: Format, style: Style) -> Iterator[str]:
    if form == "table":
        yield from (f"{line}\n" for line in hit_lines(hit, style))
    elif form == "jsonl":
        yield f"{json_line(hit_dict(hit))}\n"
    elif form == "csv":
        yield visible(hit_row(hit), keep="\r\n") if style.terminal else hit_row(hit)
    else:
        yield f"{visible(hit.id)}\n"


def _json_stream(pages: Iterable[SearchResults]) -> Iterator[str]:
    """`results_dict` of all pages as one object, without holding more than a page; `cursor` is the last page's."""
    first: dict[str, Any] | None = None
    cursor = None
    separator = "\n"
    for page in pages:
        cursor = page.cursor
        if first is None:
            first = results_dict(replace(page, hits=()))
            yield f'{{\n  "total": {page.total},\n  "relaxed": {page.relaxed},\n  "hits": ['
        for hit in page.hits:
            yield separator + _indented(hit_dict(hit), "    ")
            separator = ",\n"
    assert first is not None, "an answer has at least one page"
    tail = {name: first[name] for name in ("facets", "cursor", "respelled", "explanation") if name in first} | {"cursor": cursor}
    yield "]" if separator == "\n" else "\n  ]"
    for name, value in tail.items():
        yield f',\n  "{name}": {_indented(value, "  ").lstrip()}'
    yield "\n}\n"


def _indented(value: Any, by: str) -> str:
    """Pretty JSON moved to the right; JSON strings hold no raw line feed, so no text is touched."""
    return by + json_text(value).replace("\n", "\n" + by)
