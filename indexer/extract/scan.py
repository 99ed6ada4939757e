"""Text into sentences and sentences into words, with offsets: what officials are read from.

Not the analyzer's tokens: names need their capitals, posts their punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from analyzers.fold import key
from indexer.gazetteer.kept import Kept

# Abbreviations keep their dot ("TP.", "T.Ư", "Đ/c"): it ends no sentence and parts no post.
_TOKEN = re.compile(
    r"((?<![\w&.–-])(?:T\.P|TP|Tp|TX|Tx|TT|PGS|GS|TSKH|TS|ThS|BS|Q|P|H)\.|[Đđ]/c\b|T\.Ư|[Tt]\.[Ww]\b"
    r"|[^\W\d_]+(?:['’ʼ‘`][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_)"
)
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)\]]*+(?=\s*+[\"“‘(\[\-–•]*+\s*+[A-ZĐÀ-ỸƠƯ])|\n+")
# A dot after one of these, or after a single capital, ends no sentence.
_ABBREVIATION = re.compile(r"(?:(?<![\w&–-])(?:T\.P|TP|Tp|TX|Tx|TT|PGS|GS|TSKH|TS|Ths|ThS|BS|Mr|Mrs|Ms|Dr|St|[A-ZĐ]))$")
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


# What a word looks like, as bits: begins with a capital; letters, more than one; all of them capitals; glued of several.
_CAPITAL, _LETTERS, _SHOUTED, _GLUED = 1, 2, 4, 8


def _looks(word: str) -> int:
    letters = len(word) > 1 and word.isalpha()
    glued = len(_unglued(word)) > 1
    return _CAPITAL * word[0].isupper() + _LETTERS * letters + _SHOUTED * (letters and word.isupper()) + _GLUED * glued


WORD_KEYS = Kept(_word_key)
TEXT_KEYS = Kept(key, most=8192, longest=256)  # of names and posts
_LOOKS = Kept(_looks)


class Line:
    """One sentence as parallel lists: `words`, their `keys`, `starts` and `ends` in the text, `caps` (begins with a capital)."""

    __slots__ = ("caps", "ends", "keys", "shouting", "starts", "text", "words")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        # A token looks at the character before it, so a sentence that begins without a space is split with the mark that ends the one before.
        first = start - 1 if start and not text[start].isspace() else start
        pieces: list[str] = _TOKEN.split(text[first:end])
        borders = list(accumulate(map(len, pieces), initial=first))
        self.words, self.starts, self.ends = pieces[1::2], borders[1:-1:2], borders[2::2]
        if self.starts and self.starts[0] < start:
            del self.words[0], self.starts[0], self.ends[0]
        looks = list(map(_LOOKS.__getitem__, self.words))
        if max(looks, default=0) >= _GLUED:
            self._unglue()
            looks = list(map(_LOOKS.__getitem__, self.words))
        self.keys = list(map(WORD_KEYS.__getitem__, self.words))
        self.caps = [look & _CAPITAL > 0 for look in looks]
        # All capitals: a headline in which capitals tell nothing.
        shouted = sum([look & _SHOUTED > 0 for look in looks]) if max(looks, default=0) >= _SHOUTED else 0
        self.shouting = shouted > 4 and len(letters := [look for look in looks if look & _LETTERS]) >= 6 and shouted > 0.8 * len(letters)

    def _unglue(self) -> None:
        words, starts = self.words, self.starts
        self.words, self.starts, self.ends = [], [], []
        for word, at in zip(words, starts, strict=True):
            for piece in _unglued(word):
                self.words.append(piece)
                self.starts.append(at)
                at += len(piece)
                self.ends.append(at)

    def __len__(self) -> int:
        return len(self.words)

    def touching(self, at: int) -> bool:
        """Whether token `at` follows the one before without a space."""
        return at > 0 and self.ends[at - 1] == self.starts[at]

    def slice(self, first: int, last: int) -> str:
        """Text of tokens [first, last), white space made single."""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; a line's end ends it."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match[0] == "." and _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()):
            continue
        if match.end() > start:
            yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)
