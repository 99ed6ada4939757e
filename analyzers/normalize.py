"""Unicode of the input made uniform, with an exact map back to the input's offsets.

What it does, one cluster (a character and the marks that follow it) at a time:
- NFC, with at most MARK_CAP marks on a letter: CPython's NFC is quadratic in a run of marks (160,000 of them took 17 s);
- look-alikes of đ (Ð ð Ɖ ɖ) become Đ đ;
- compatibility forms of Latin letters and digits (full-width, mathematical, superscript, ligatures) become plain ones;
- spaces of every kind become U+0020; soft hyphens, byte order marks, joiners and direction marks vanish;
- a lone surrogate becomes a space.
U+200B (zero-width space) is left in: whether it parts two words or stands inside one depends on the syllables around it
(syllables.py). Letter case, tone placement and i/y are matters of spelling, not of Unicode: spelling.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

MARK_CAP = 30  # combining marks kept on one character: the limit of Unicode's stream-safe text format
ZERO_WIDTH_SPACE = "\u200b"

# Characters that are already what they should be: stable under NFC, never composing with a neighbour, not rewritten.
# Controls and signs are among them, for they part tokens without our help. Nearly every Vietnamese text is all plain.
_PLAIN = (
    "\x00-\x9f\xa1-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xbb\xbf-\xcf\xd1-\xef\xf1-\xff"
    "\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9"
    "\u2010-\u2027\u2030-\u205e\u20ab\u20ac\u2212"
)
_ALL_PLAIN = re.compile(f"[{_PLAIN}]*")
_ODD = re.compile(f"[^{_PLAIN}]+")

_REWRITTEN = {ord(bad): "Đ" for bad in "ÐƉ"} | {ord(bad): "đ" for bad in "ðɖ"}
# ª and º are letters to Unicode, but reports write º for the degree sign; U+02B9..U+02CF and the saltillo are
# "letters" that are typed as apostrophes (R'bin): all of them part tokens.
_REWRITTEN |= {ord(sign): " " for sign in "ªº\ua78b\ua78c"} | dict.fromkeys(range(0x02B9, 0x02D0), " ")
_SQUARED_UNITS = range(0x3371, 0x33E0)  # ㎡ ㎞ ㎏ ...: signs to Unicode, words to a reader


@dataclass(frozen=True, slots=True)
class Normalized:
    """`text` and, for each of its characters, the slice of the input that it came from (None: the input itself)."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the input behind the non-empty slice [start, end) of `text`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalize(text: str) -> Normalized:
    """Uniform text and its way back. Never raises; linear; normalising twice changes nothing more."""
    return _rebuild(text, _uniform)


def nfc(text: str) -> str:
    """NFC of `text`, linear: marks and invisible characters past MARK_CAP in a row are dropped, nothing else differs from Unicode's NFC."""
    return _rebuild(text, _compose).text


def nfc_map(text: str) -> Normalized:
    """The same with its map: for whoever stores the NFC form and must point back into what was read."""
    return _rebuild(text, _compose)


def _rebuild(text: str, form: Callable[[str], str]) -> Normalized:
    """Replaces each cluster that is not plain by its form. Both maps are as long as the result."""
    if _ALL_PLAIN.fullmatch(text):
        return Normalized(text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for odd in _ODD.finditer(text):
        at, stop = odd.span()
        if at > done and _extends(text[at]):
            at -= 1  # the plain letter before is the base of these marks
        pieces.append(text[done:at])
        starts.extend(range(done, at))
        ends.extend(range(done + 1, at + 1))
        while at < stop:
            end = at + 1
            while end < stop and _extends(text[end]):
                end += 1
            piece = form(text[at : min(end, at + 1 + MARK_CAP)])
            if form is _uniform and piece[:1].isdecimal() and not text[at].isdecimal() and at and text[at - 1].isdecimal():
                piece = " " + piece  # 2024¹ is not the number 20241
            pieces.append(piece)
            starts.extend([at] * len(piece))
            ends.extend([end] * len(piece))
            at = end
        done = stop
    pieces.append(text[done:])
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return Normalized("".join(pieces), starts, ends)


@lru_cache(maxsize=4096)
def _extends(char: str) -> bool:
    """Whether the character belongs to the cluster of the one before: a mark, an invisible, or the tail of a Hangul syllable."""
    category = unicodedata.category(char)
    return category[0] == "M" or (category == "Cf" and char != ZERO_WIDTH_SPACE) or "\u1160" <= char <= "\u11ff"


@lru_cache(maxsize=4096)
def _compose(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster)


@lru_cache(maxsize=4096)
def _uniform(cluster: str) -> str:
    base = cluster[0]
    category = unicodedata.category(base)
    if category == "Cf" and base != ZERO_WIDTH_SPACE:
        return ""
    if category[0] == "M":
        return ""  # a mark on nothing
    if category == "Cs" or base.isspace():
        return " " if base not in "\t\n\r" else base
    if base == ZERO_WIDTH_SPACE:
        return base
    marks = "".join(c for c in cluster[1:] if unicodedata.category(c) != "Cf")
    if ord(base) not in _REWRITTEN and (category[0] in "LN" or ord(base) in _SQUARED_UNITS):
        plain = unicodedata.normalize("NFKC", base)
        if _ALL_PLAIN.fullmatch(plain.translate(_REWRITTEN)):
            base = plain
    return unicodedata.normalize("NFC", (base + marks).translate(_REWRITTEN))
