"""A page's text -> the article's parts: headline, date line, paragraphs, captions, byline; the portal's noise is left out.

A page is read as lines. The article's region goes from its first paragraph to its last; before it stand the headline and the tools of
the page, after it the byline and the footer. Nothing within the region is dropped but lines that are tools wherever they stand, and an
article that would lose all its text keeps all its lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analyzers.normalize import nfc, nfc_map
from indexer import byline, noise
from indexer.models import CleanArticle, Part, PartKind, RawArticle

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
LONGEST_TITLE = 250
_MOST_BYLINES = 3

Role = Literal["title", "dateline", "byline", "caption", "body", "noise"]


@dataclass(slots=True)
class _Line:
    text: str
    start: int
    end: int
    role: Role | None = None


def clean(raw: RawArticle) -> CleanArticle:
    """The parts of `raw`: a headline first if there is one, then reading order. Never raises; time is linear in the text."""
    lines = _lines(raw.original)
    for line in lines:
        if noise.is_tool(line.text):
            line.role = "noise"
    first, last = _region(lines)
    lines = _tail(lines, last)
    _head(lines, first, raw.title)
    lines = _split_datelines(raw.original, lines, first)
    for line in lines:
        if line.role is None:
            line.role = "caption" if noise.is_caption(line.text) else "body"
    if not any(line.role in ("body", "caption") for line in lines):
        _keep_all(lines)
    return _article(raw, lines)


def _lines(original: str) -> list[_Line]:
    """The lines that are not blank, trimmed, in NFC."""
    lines = []
    for match in _LINE.finditer(original):
        start, end = match.span()
        start, end = _trimmed(original, start, end)
        if start < end:
            lines.append(_Line(nfc(original[start:end]), start, end))
    return lines


def _is_blank(char: str) -> bool:
    return char.isspace() or char in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def _trimmed(original: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_blank(original[start]):
        start += 1
    while start < end and _is_blank(original[end - 1]):
        end -= 1
    return start, end


def _region(lines: Sequence[_Line]) -> tuple[int, int]:
    """Indices of the first and the last paragraph; (len, -1) if there is none."""
    paragraphs = [i for i, line in enumerate(lines) if line.role is None and noise.is_paragraph(line.text) and not noise.opens_footer(line.text)]
    return (paragraphs[0], paragraphs[-1]) if paragraphs else (len(lines), -1)


def _tail(lines: list[_Line], last: int) -> list[_Line]:
    """Gives what stands after the last paragraph its role: byline, date line, footer."""
    if last < 0:
        return lines
    footer = over = False  # behind an entry of a menu ("Video", "Văn bản mới") a date is another page's, unless it says what it is
    for line in lines[last + 1 :]:
        footer = footer or noise.opens_footer(line.text)
        if footer or noise.is_menu(line.text) or noise.is_listed_link(line.text):
            line.role = "noise"
            over = True
        elif line.role is None and (noise.is_dateline(line.text) or noise.is_stamp(line.text)):
            line.role = "noise" if over and not noise.is_labelled_stamp(line.text) else "dateline"
    after = [line for line in lines[last + 1 :] if line.role is None]
    # Right under the text, or above the footer, or both: what is neither between them is text.
    for run in (after[:_MOST_BYLINES], after[: -_MOST_BYLINES - 1 : -1]):
        for line in run:
            if line.role is None and not noise.is_byline(line.text):
                break
            line.role = "byline"
    return lines


def _head(lines: Sequence[_Line], first: int, title: str | None) -> None:
    """Gives what stands before the first paragraph its role: headline, date lines, menus."""
    head = lines[:first]
    for line in head:
        if line.role is None and (noise.is_dateline(line.text) or (noise.is_stamp(line.text) and not (title and _bare(line.text) == _bare(title)))):
            line.role = "dateline"
        elif line.role is None and noise.is_menu(line.text):
            line.role = "noise"
    found = _known_title(lines, title) if title else _likely_title(head)
    if found is None:
        return
    lines[found].role = "title"
    for line in lines[:found]:
        if line.role is None and not noise.ends_sentence(line.text):
            line.role = "noise"  # menus and rubrics stand before the headline, text does not
    for i in range(found + 1, first):
        beside = any(line.role == "dateline" for line in lines[max(0, i - 1) : i + 2])
        if lines[i].role is None and (byline.labelled(lines[i].text) or (beside and noise.is_byline(lines[i].text))):
            lines[i].role = "byline"


def _known_title(lines: Sequence[_Line], title: str) -> int | None:
    """The line that is `title`, but for case, spaces and a date behind it."""
    wanted = _bare(nfc(title))
    for i, line in enumerate(lines):
        if line.role in (None, "title") and len(line.text) <= 4 * len(title) + 40:
            if wanted in (_bare(line.text), _bare(line.text[: noise.trailing_dateline(line.text)])):
                return i
    return None


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _likely_title(head: Sequence[_Line]) -> int | None:
    """The headline among the lines before the first paragraph.

    Where a date line or tool bar stands there, the longer of its neighbours: portals print the date above or below the headline
    and their rubrics farther off. Else the first line of four words or more, else the first line.
    """
    candidates = [i for i, line in enumerate(head) if line.role is None and len(line.text) <= LONGEST_TITLE and _can_be_title(line.text)]
    if not candidates:
        return None
    marks = [i for i, line in enumerate(head) if line.role == "dateline"] or [i for i, line in enumerate(head) if line.role == "noise"]
    long = [i for i in candidates if len(head[i].text.split()) >= 4] or candidates[:1]
    if not marks:
        return long[0]
    above = [i for i in long if i < marks[0]][-1:]
    below = [i for i in long if i > marks[0] and not noise.is_caption(head[i].text)][:1]
    return max(above + below or long[:1], key=lambda i: len(head[i].text.split()))


def _can_be_title(text: str) -> bool:
    return not (noise.ends_sentence(text) or byline.labelled(text) or noise.opens_footer(text))


def _split_datelines(original: str, lines: list[_Line], first: int) -> list[_Line]:
    """Cuts the date off a headline's end, and date and agency off the first paragraph's beginning, as lines of their own."""
    result: list[_Line] = []
    for i, line in enumerate(lines):
        cut = 0
        if line.role == "title":
            cut = noise.trailing_dateline(line.text)
        elif i == first and line.role is None:
            cut = noise.leading_dateline(line.text)
        if not 0 < cut < len(line.text):
            result.append(line)
            continue
        at = _part("body", original, line).span(cut, cut)[0]
        before, after = (_Line("", *_trimmed(original, start, end)) for start, end in ((line.start, at), (at, line.end)))
        for piece in (before, after):
            piece.text = nfc(original[piece.start : piece.end])
        before.role, after.role = ("title", "dateline") if line.role == "title" else ("dateline", None)
        result += (before, after)
    return result


def _keep_all(lines: Sequence[_Line]) -> None:
    """A page without a paragraph: everything but tools and dates is its text, the headline stays one only above some text."""
    text = [line for line in lines if line.role not in ("title", "dateline") and not noise.is_tool(line.text) and not noise.opens_footer(line.text)]
    for line in text or [line for line in lines if line.role == "title"]:
        line.role = "body"


def _article(raw: RawArticle, lines: Sequence[_Line]) -> CleanArticle:
    parts = []
    left_out = []
    for line in lines:
        if line.role is None or line.role == "noise":
            left_out.append((line.start, line.end))
        else:
            parts.append(_part(line.role, raw.original, line))
    parts.sort(key=lambda p: p.kind != "title")
    return CleanArticle(raw, tuple(parts), tuple(left_out))


def _part(kind: PartKind, original: str, line: _Line) -> Part:
    found = nfc_map(original[line.start : line.end])
    same = found.starts is None or found.text == original[line.start : line.end]
    return Part(kind, found.text, line.start, line.end, None if same or found.starts is None else tuple(line.start + at for at in found.starts))
