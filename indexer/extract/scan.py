"""Text into sentences and sentences into words, with offsets: what officials are read from.

Not the analyzer's tokens: names need their capitals, posts their punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analyzers.fold import key

# Abbreviations keep their dot ("TP.", "T.Ư", "Đ/c"): it ends no sentence and parts no post.
_TOKEN = re.compile(
    r"(?<![\w&.–-])(?:T\.P|TP|Tp|TX|Tx|TT|PGS|GS|TSKH|TS|ThS|BS|Q|P|H)\.|[Đđ]/c\b|T\.Ư|[Tt]\.[Ww]\b"
    r"|[^\W\d_]+(?:['’ʼ‘`][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_"
)
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)\]]*+(?=\s*+[\"“‘(\[\-–•]*+\s*+[A-ZĐÀ-ỸƠƯ])|\n+")
# A dot after one of these, or after a single capital, ends no sentence.
_ABBREVIATION = re.compile(r"(?:(?<![\w&–-])(?:T\.P|TP|Tp|TX|Tx|TT|PGS|GS|TSKH|TS|Ths|ThS|BS|Mr|Mrs|Ms|Dr|St|[A-ZĐ]))$")
_ONE_SYLLABLE = re.compile(r"[^\W\d_]*[aăâeêioôơuưyAĂÂEÊIOÔƠUƯYÀ-ỹ][^\W\d_]*")
APOSTROPHES = "'’ʼ‘`"


class _Keys(dict[str, str]):
    """Key of each word ever seen; the words of a language are few, and a flood of others empties it."""

    def __missing__(self, word: str) -> str:
        if len(self) > 200_000:
            self.clear()
        plain = word
        for mark in APOSTROPHES[1:]:
            plain = plain.replace(mark, "'")
        # key() parts words at every border; here "T.Ư" and "H'Vi" stay one word.
        made = key(plain) if plain.isalpha() else "'".join(key(piece) if piece.isalpha() else piece.lower() for piece in plain.split("'"))
        self[word] = made or plain
        return self[word]


WORD_KEYS = _Keys()


class Line:
    """One sentence as parallel lists: `words`, their `keys`, `starts` and `ends` in the text, `caps` (begins with a capital)."""

    __slots__ = ("caps", "ends", "keys", "shouting", "starts", "text", "words")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        found = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
        self.words = [match[0] for match in found]
        self.starts = [match.start() for match in found]
        if not all(word.islower() or word.istitle() or word.isupper() or not word.isalpha() for word in self.words):
            self._unglue()
        self.ends = [at + len(word) for at, word in zip(self.starts, self.words, strict=True)]
        self.keys = list(map(WORD_KEYS.__getitem__, self.words))
        self.caps = [word[0].isupper() for word in self.words]
        letters = [word for word in self.words if len(word) > 1 and word.isalpha()]
        # All capitals: a headline in which capitals tell nothing.
        self.shouting = len(letters) >= 6 and sum(map(str.isupper, letters)) > 0.8 * len(letters)

    def _unglue(self) -> None:
        words, starts = self.words, self.starts
        self.words, self.starts = [], []
        for word, at in zip(words, starts, strict=True):
            for piece in _unglued(word):
                self.words.append(piece)
                self.starts.append(at)
                at += len(piece)

    def __len__(self) -> int:
        return len(self.words)

    def touching(self, at: int) -> bool:
        """Whether token `at` follows the one before without a space."""
        return at > 0 and self.ends[at - 1] == self.starts[at]

    def slice(self, first: int, last: int) -> str:
        """Text of tokens [first, last), white space made single."""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())


def _unglued(word: str) -> list[str]:
    """NguyệtPhó -> Nguyệt, Phó; McCain, UBND, NXBGiáo stay whole."""
    borders = [0, *(i for i in range(1, len(word)) if word[i].isupper() and word[i - 1].islower()), len(word)]
    pieces = [word[start:end] for start, end in pairwise(borders)]
    if len(pieces) < 2 or any(len(piece) < 2 or not _ONE_SYLLABLE.fullmatch(piece) for piece in pieces) or word.isascii():
        return [word]
    return pieces


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
