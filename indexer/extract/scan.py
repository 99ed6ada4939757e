"""Sentences into words, with offsets: what officials are read from.

Not the analyzer's tokens: names need their capitals, posts their punctuation.
"""

from __future__ import annotations

import re
from itertools import accumulate, chain, pairwise
from operator import sub
from sys import intern
from typing import Any, TypeAlias

from analyzers.fold import key
from indexer.gazetteer.kept import Kept

# Abbreviations keep their dot ("TP.", "T.Ư", "Đ/c"): it ends no sentence and parts no post.
_TOKEN = re.compile(
    r"((?<![\w&.–-])(?:T\.P|TP|Tp|TX|Tx|TT|PGS|GS|TSKH|TS|ThS|BS|Q|P|H|X)\.|[Đđ]/c\b|T\.Ư|[Tt]\.[Ww]\b"
    r"|[^\W\d_]+(?:['’ʼ‘`][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_)"
)
_ONE_SYLLABLE = re.compile(r"[^\W\d_]*[aăâeêioôơuưyAĂÂEÊIOÔƠUƯYÀ-ỹ][^\W\d_]*")
APOSTROPHES = "'’ʼ‘`"


def word_key(word: str) -> str:
    """Key of one word; WORD_KEYS keeps those of the words that are asked for again."""
    plain = word
    for mark in APOSTROPHES[1:]:
        plain = plain.replace(mark, "'")
    # key() parts words at every border; here "T.Ư" and "H'Vi" stay one word.
    made = key(plain) if plain.isalpha() else "'".join(key(piece) if piece.isalpha() else piece.lower() for piece in plain.split("'"))
    return intern(made or plain)  # one object for one key: look-ups by it compare no letters


def _unglued(word: str) -> list[str]:
    """NguyệtPhó -> Nguyệt, Phó; McCain, UBND, NXBGiáo stay whole."""
    if word.islower() or word.istitle() or word.isupper() or not word.isalpha():
        return [word]
    borders = [0, *(i for i in range(1, len(word)) if word[i].isupper() and word[i - 1].islower()), len(word)]
    pieces = [word[start:end] for start, end in pairwise(borders)]
    if len(pieces) < 2 or any(len(piece) < 2 or not _ONE_SYLLABLE.fullmatch(piece) for piece in pieces) or word.isascii():
        return [word]
    return pieces


# What a word looks like, as bits: begins with a capital; letters, more than one; all of them capitals; begins with a digit; parts what stands around it.
CAPITAL, _LETTERS, _SHOUTED, NUMBER, MARK = 1, 2, 4, 8, 16
DASHES = "-–—"
_MARKS = frozenset(",;:()/" + DASHES)


def _looks(word: str) -> int:
    letters = len(word) > 1 and word.isalpha()
    return CAPITAL * word[0].isupper() + _LETTERS * letters + _SHOUTED * (letters and word.isupper()) + NUMBER * word[0].isdigit() + MARK * (word in _MARKS)


WORD_KEYS = Kept(word_key)


def _text_key(text: str) -> str:
    """key(text), put together from those of words: of the texts asked for most are new, and few of their words."""
    return " ".join(filter(None, [WORD_KEYS[word] if word.isalpha() else key(word) for word in text.split(" ")]))


TEXT_KEYS = Kept(_text_key, most=8192, longest=256)  # of names and posts

# Of each token one after another: word, key, looks, whether it begins with a capital, characters from its begin to the next one's.
_Flat: TypeAlias = tuple[str | int | bool, ...]
_FIELDS = 5


def _tokens(text: str) -> tuple[int, _Flat]:
    """Where the first token of `text` begins, and all of them."""
    pieces: list[str] = []
    starts: list[int] = []
    for match in _TOKEN.finditer(text):
        at = match.start()
        for piece in _unglued(match[0]):
            pieces.append(intern(piece))
            starts.append(at)
            at += len(piece)
    steps = map(sub, [*starts[1:], len(text) + 1], starts)
    told = ((piece, WORD_KEYS[piece], _looks(piece), piece[0].isupper(), step) for piece, step in zip(pieces, steps, strict=True))
    return starts[0] if starts else 0, tuple(chain.from_iterable(told))


def _chunk(text: str) -> _Flat:
    """The tokens of what stands between two spaces, which look at nothing beyond; none if the first of them does not begin with it."""
    first, tokens = _tokens(text)
    return () if first else tokens


# 5,452 articles have 68,000 of them, half of them once; with 20,480 kept, nine of an article's had to be made anew (now two), a thirtieth of all the time.
_CHUNKS = Kept(_chunk, most=32_768)


class Line:
    """One sentence as parallel lists: `words`, their `keys`, `starts` in the text, `caps` (begins with a capital), `looks` (bits); `size`: how many."""

    __slots__ = ("caps", "keys", "looks", "shouting", "size", "starts", "text", "words")
    words: list[str]
    keys: list[str]
    looks: list[int]
    caps: list[bool]
    starts: list[int]

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        # A token looks at the character before it, so a sentence that begins without a space is split with the mark that ends the one before.
        at = start + 1 if text[start : start + 1] == " " else max(0, start - 1)
        parts = list(map(_CHUNKS.__getitem__, text[at:end].split(" ")))
        first, told = (0, chain.from_iterable(parts)) if all(parts) else _tokens(text[at:end])
        flat: list[Any] = list(told)  # one list, cut five times: no tuple is made or read for a token
        at += first
        if flat and at < start:
            at += flat[_FIELDS - 1]
            del flat[:_FIELDS]
        self.words, self.keys, self.looks, self.caps = flat[::_FIELDS], flat[1::_FIELDS], flat[2::_FIELDS], flat[3::_FIELDS]
        self.size = len(self.words)
        self.starts = list(accumulate(flat[4:-1:_FIELDS], initial=at)) if flat else []
        # All capitals: a headline in which capitals tell nothing.
        shouted = self.looks.count(_SHOUTED | _LETTERS | CAPITAL)
        self.shouting = shouted > 4 and len(letters := [look for look in self.looks if look & _LETTERS]) >= 6 and shouted > 0.8 * len(letters)

    def end(self, at: int) -> int:
        """Where token `at` ends in the text."""
        return self.starts[at] + len(self.words[at])

    def touching(self, at: int) -> bool:
        """Whether token `at` follows the one before without a space."""
        return at > 0 and self.end(at - 1) == self.starts[at]

    def slice(self, first: int, last: int) -> str:
        """Text of tokens [first, last), white space made single."""
        return " ".join(self.text[self.starts[first] : self.end(last - 1)].split())
