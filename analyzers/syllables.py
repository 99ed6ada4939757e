"""Text -> tokens: runs of letters or of digits, each with its place in the input.

Index tokens are parted at every border of letters, digits and anything else ("35-CT/TW" -> 35 ct tw, "6.735ha" -> 6 735
ha, "R'bin" -> r bin), so that a piece of a text cut anywhere is found as a phrase. A run that is glued from syllables
("NguyệtPhó", a zero-width space between two syllables) is parted too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from analyzers.normalize import ZERO_WIDTH_SPACE, normalize
from analyzers.spelling import canonical, is_syllable, strip_marks, unglue

TOKEN_CAP = 255  # UTF-16 units: Elasticsearch's whitespace tokenizer cuts there, tantivy would not
_CACHED_RUN = 32  # longer runs are no Vietnamese and would only fill the cache

_RUN = re.compile(r"[^\W\d_]+|\d+")
# Where a mark has no composed letter (q̃, i̇) it stays in its run, and so does a zero-width space, for _pieces to judge.
_RUN_WITH_MARKS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{ZERO_WIDTH_SPACE}])*|\d+")


class Token(NamedTuple):
    """A syllable, a foreign word or a number. `text` is canonical (spelling.canonical), `folded` the same without marks; start/end slice the input."""

    text: str
    folded: str
    start: int
    end: int


_Piece = tuple[str, str, int, int]  # a token, placed relative to its run


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order. Never raises on any str; linear. Two tokens may share a character that stands for both (½ -> 1 2)."""
    normalized = normalize(text)
    starts, ends = normalized.starts, normalized.ends
    found: list[Token] = []
    append = found.append
    for match in (_RUN if starts is None else _RUN_WITH_MARKS).finditer(normalized.text):
        run = match[0]
        at = match.start()
        for form, folded, start, end in _cached_pieces(run) if len(run) <= _CACHED_RUN else _pieces(run):
            if starts is None or ends is None:
                append(Token(form, folded, at + start, at + end))
            else:
                append(Token(form, folded, starts[at + start], ends[at + end - 1]))
    return found


def folded(text: str) -> list[str]:
    """The tokens of `text` without marks and places, in a third of the time."""
    normalized = normalize(text)
    runs = (_RUN if normalized.starts is None else _RUN_WITH_MARKS).findall(normalized.text)
    return [piece[1] for run in runs for piece in (_cached_pieces(run) if len(run) <= _CACHED_RUN else _pieces(run))]


def _pieces(run: str) -> tuple[_Piece, ...]:
    """The tokens of one run of letters (or digits)."""
    if ZERO_WIDTH_SPACE in run:
        return tuple(
            (form, folded, left + start, left + end)
            for left, right in _parted(run)
            for form, folded, start, end in _glued(run[left:right].replace(ZERO_WIDTH_SPACE, ""), right - left)
        )
    return _glued(run, len(run))


_cached_pieces = lru_cache(maxsize=65536)(_pieces)


def _glued(run: str, width: int) -> tuple[_Piece, ...]:
    """Tokens of a run without zero-width spaces that is `width` characters wide in the text."""
    borders = unglue(run) if width == len(run) else []
    if not borders:
        form = _capped(canonical(run[:TOKEN_CAP]))
        return ((form, strip_marks(form), 0, width),)
    edges = [0, *borders, len(run)]
    forms = [(canonical(run[a:b]), a, b) for a, b in pairwise(edges)]
    return tuple((form, strip_marks(form), a, b) for form, a, b in forms)


def _parted(run: str) -> list[tuple[int, int]]:
    """Slices of a run at those zero-width spaces that stand between two syllables ("Tỉnh|ủy"); "H|oa" and "You|Tube" stay one."""
    slices: list[tuple[int, int]] = []
    before = ""
    for match in re.finditer(f"[^{ZERO_WIDTH_SPACE}]+", run):
        left, right = match.span()
        here = match[0]
        if slices and (not is_syllable(before) or not is_syllable(here) or is_syllable(before + here)):
            slices[-1] = (slices[-1][0], right)
            before = (before + here)[:_CACHED_RUN]  # longer is no syllable anyway, and must not be copied again and again
        else:
            slices.append((left, right))
            before = here
    return slices


def _capped(form: str) -> str:
    """At most TOKEN_CAP UTF-16 units (half as many characters when one lies outside the basic plane)."""
    if len(form) * 2 <= TOKEN_CAP:
        return form
    return form[:TOKEN_CAP] if max(form) <= "\uffff" else form[: TOKEN_CAP // 2]
