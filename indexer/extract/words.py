"""The words of a paragraph with their keys, split once for the extractors that read them one by one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, compress, count

from indexer.extract.lexicon import lexicon
from indexer.extract.place_words import OPENERS
from indexer.gazetteer.kept import Kept
from indexer.gazetteer.spelling import SYLLABLE_KEYS

_WORD = re.compile(r"([^\W_]++(?:['’`ʼ][^\W_]++)*+)")
# What a word may begin, as bits: alone, or with the next one, what names an official; a place's mention. SHOUTED is all capitals.
TRIGGER, OPENS_TRIGGER, OPENS_PLACE, SHOUTED = 1, 2, 4, 8
_HINTS = TRIGGER | OPENS_TRIGGER


def _sign(word: str) -> tuple[str, int]:
    made, words = SYLLABLE_KEYS[word], lexicon()
    place = word[0].isupper() or made in OPENERS
    return made, TRIGGER * words.triggers_alone(word) + OPENS_TRIGGER * words.opens_trigger(word) + OPENS_PLACE * place + SHOUTED * word.isupper()


_SIGNED = Kept(_sign)


class Words:
    """Parallel lists: `texts` as written, `keys` (spelling.syllable_key), `signs` (bits), `starts` and `ends` in the text.

    `told` are the indices of the words that have a sign: one look-up of each word serves all who read it.
    `gaps[i]` is what stands before word i, the last one what stands behind the last word. No match objects: with
    them, kept for the next extractor, a paragraph took about twice as long (1.05 ms an article, now 0.57).
    """

    __slots__ = ("ends", "gaps", "keys", "signs", "starts", "texts", "told")

    def __init__(self, text: str) -> None:
        pieces: list[str] = _WORD.split(text)
        borders = list(accumulate(map(len, pieces)))
        self.gaps, self.texts = pieces[::2], pieces[1::2]
        self.starts, self.ends = borders[:-1:2], borders[1::2]
        signed = list(map(_SIGNED.__getitem__, self.texts))
        self.keys = [key for key, _ in signed]
        self.signs = [sign for _, sign in signed]
        self.told = list(compress(count(), self.signs))

    def hints(self) -> list[int]:
        """Indices of the words at which a trigger may begin."""
        return [i for i in self.told if self.signs[i] & _HINTS]


@lru_cache(maxsize=256)
def split(text: str) -> Words:
    """The words of one paragraph. Cached: one article's paragraphs are read by several extractors in turn."""
    return Words(text)
