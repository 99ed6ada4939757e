"""Sentences into words, with offsets: what officials are read from.

Not the analyzer's tokens: names need their capitals, posts their punctuation.
"""

from __future__ import annotations

import re
from itertools import accumulate, chain, pairwise
from operator import add

from analyzers.fold import key
from indexer.gazetteer.kept import Kept

# Abbreviations keep their dot ("TP.", "T.Ư", "Đ/c"): it ends no sentence and parts no post.
_TOKEN = re.compile(
    r"((?<![\w&.–-])(?:T\.P|TP|Tp|TX|Tx|TT|PGS|GS|TSKH|TS|ThS|BS|Q|P|H)\.|[Đđ]/c\b|T\.Ư|[Tt]\.[Ww]\b"
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
    return made or plain


def _unglued(word: str) -> list[str]:
    """NguyệtPhó -> Nguyệt, Phó; McCain, UBND, NXBGiáo stay whole."""
    if word.islower() or word.istitle() or word.isupper() or not word.isalpha():
        return [word]
    borders = [0, *(i for i in range(1, len(word)) if word[i].isupper() and word[i - 1].islower()), len(word)]
    pieces = [word[start:end] for start, end in pairwise(borders)]
    if len(pieces) < 2 or any(len(piece) < 2 or not _ONE_SYLLABLE.fullmatch(piece) for piece in pieces) or word.isascii():
        return [word]
    return pieces


# What a word looks like, as bits: begins with a capital; letters, more than one; all of them capitals.
_CAPITAL, _LETTERS, _SHOUTED = 1, 2, 4


def _looks(word: str) -> int:
    letters = len(word) > 1 and word.isalpha()
    return _CAPITAL * word[0].isupper() + _LETTERS * letters + _SHOUTED * (letters and word.isupper())


WORD_KEYS = Kept(_word_key)
TEXT_KEYS = Kept(key, most=8192, longest=256)  # of names and posts


def _tokens(chunk: str) -> tuple[tuple[str, str, int, int], ...]:
    """(word, key, looks, start) of each token of what stands between two spaces: a token looks at nothing beyond white space."""
    found: list[tuple[str, str, int, int]] = []
    for match in _TOKEN.finditer(chunk):
        at = match.start()
        for piece in _unglued(match[0]):
            found.append((piece, WORD_KEYS[piece], _looks(piece), at))
            at += len(piece)
    return tuple(found)


# All sentences of an article take 0.45 ms; split by the expression each time, 0.53. More of them would be ten megabytes of memory.
_CHUNKS = Kept(_tokens, most=16_384)


class Line:
    """One sentence as parallel lists: `words`, their `keys`, `starts` and `ends` in the text, `caps` (begins with a capital)."""

    __slots__ = ("caps", "ends", "keys", "shouting", "starts", "text", "words")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        # A token looks at the character before it, so a sentence that begins without a space is split with the mark that ends the one before.
        at = start - 1 if start and not text[start].isspace() else start
        chunks = text[at:end].split(" ")
        parts = list(map(_CHUNKS.__getitem__, chunks))
        chunk_starts = accumulate([len(chunk) + 1 for chunk in chunks], initial=at)
        starts = [at + token[3] for at, tokens in zip(chunk_starts, parts, strict=False) for token in tokens]
        found = list(chain.from_iterable(parts))
        if starts and starts[0] < start:
            del found[0], starts[0]
        self.starts, self.words = starts, [token[0] for token in found]
        self.ends = list(map(add, starts, map(len, self.words)))
        self.keys = [token[1] for token in found]
        looks = [token[2] for token in found]
        self.caps = [look & _CAPITAL > 0 for look in looks]
        # All capitals: a headline in which capitals tell nothing.
        shouted = sum([look & _SHOUTED > 0 for look in looks]) if max(looks, default=0) >= _SHOUTED else 0
        self.shouting = shouted > 4 and len(letters := [look for look in looks if look & _LETTERS]) >= 6 and shouted > 0.8 * len(letters)

    def __len__(self) -> int:
        return len(self.words)

    def touching(self, at: int) -> bool:
        """Whether token `at` follows the one before without a space."""
        return at > 0 and self.ends[at - 1] == self.starts[at]

    def slice(self, first: int, last: int) -> str:
        """Text of tokens [first, last), white space made single."""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())
