"""Sentences into words, with offsets: what officials are read from.

Not the analyzer's tokens: names need their capitals, posts their punctuation.
"""

from __future__ import annotations

import re
from itertools import accumulate, chain, pairwise
from sys import intern
from typing import TypeAlias

from analyzers.fold import key
from indexer.gazetteer.kept import Kept

# Abbreviations keep their dot ("TP.", "T.Ư", "Đ/c"): it ends no sentence and parts no post.
_TOKEN = re.compile(
    r"((?<![\w&.–-])(?:T\.P|TP|Tp|TX|Tx|TT|PGS|GS|TSKH|TS|ThS|BS|Q|P|H|X)\.|[Đđ]/c\b|T\.Ư|[Tt]\.[Ww]\b"
    r"|[^\W\d_]+(?:['’ʼ‘`][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_)"
)
_ONE_SYLLABLE = re.compile(r"[^\W\d_]*[aăâeêioôơuưyAĂÂEÊIOÔƠUƯYÀ-ỹ][^\W\d_]*")
APOSTROPHES = "'’ʼ‘`"


def _word_key(word: str) -> str:
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


WORD_KEYS = Kept(_word_key)


def _text_key(text: str) -> str:
    """key(text), put together from those of words: of the texts asked for most are new, and few of their words."""
    return " ".join(filter(None, [WORD_KEYS[word] if word.isalpha() else key(word) for word in text.split(" ")]))


TEXT_KEYS = Kept(_text_key, most=8192, longest=256)  # of names and posts

_Token: TypeAlias = tuple[str, str, int, bool]  # word, key, looks, whether it begins with a capital


def _tokens(chunk: str) -> tuple[tuple[_Token, ...], tuple[int, ...]]:
    """The tokens of what stands between two spaces, and where they begin: a token looks at nothing beyond white space."""
    pieces: list[str] = []
    starts: list[int] = []
    for match in _TOKEN.finditer(chunk):
        at = match.start()
        for piece in _unglued(match[0]):
            pieces.append(piece)
            starts.append(at)
            at += len(piece)
    if pieces == [chunk]:
        return ((chunk, WORD_KEYS[chunk], _looks(chunk), chunk[0].isupper()),), _FIRST
    return tuple(_CHUNKS[piece][0][0] for piece in pieces), tuple(starts)


_FIRST = (0,)
# All sentences of an article take 0.45 ms; split by the expression each time, 0.53. 5,452 articles have 68,000 of them, half of them
# once; with 32,768 kept, memory grew by 19 MB (limit 20) after the first thousand articles, with these by 16.
_CHUNKS = Kept(_tokens, most=24_576)


class Line:
    """One sentence as parallel lists: `words`, their `keys`, `starts` in the text, `caps` (begins with a capital), `looks` (bits)."""

    __slots__ = ("caps", "keys", "looks", "shouting", "starts", "text", "words")
    words: list[str]
    keys: list[str]
    looks: list[int]
    caps: list[bool]

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        # A token looks at the character before it, so a sentence that begins without a space is split with the mark that ends the one before.
        at = start - 1 if start and not text[start].isspace() else start
        chunks = text[at:end].split(" ")
        parts = list(map(_CHUNKS.__getitem__, chunks))
        chunk_starts = accumulate([len(chunk) + 1 for chunk in chunks], initial=at)
        starts = [at + offset for at, (_, offsets) in zip(chunk_starts, parts, strict=False) for offset in offsets]
        found = list(chain.from_iterable([tokens for tokens, _ in parts]))
        if starts and starts[0] < start:
            del found[0], starts[0]
        self.words, self.keys, self.looks, self.caps = map(list, zip(*found, strict=True)) if found else ([], [], [], [])
        self.starts = starts
        # All capitals: a headline in which capitals tell nothing.
        shouted = self.looks.count(_SHOUTED | _LETTERS | CAPITAL)
        self.shouting = shouted > 4 and len(letters := [look for look in self.looks if look & _LETTERS]) >= 6 and shouted > 0.8 * len(letters)

    def __len__(self) -> int:
        return len(self.words)

    def end(self, at: int) -> int:
        """Where token `at` ends in the text."""
        return self.starts[at] + len(self.words[at])

    def touching(self, at: int) -> bool:
        """Whether token `at` follows the one before without a space."""
        return at > 0 and self.end(at - 1) == self.starts[at]

    def slice(self, first: int, last: int) -> str:
        """Text of tokens [first, last), white space made single."""
        return " ".join(self.text[self.starts[first] : self.end(last - 1)].split())
