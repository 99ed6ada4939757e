"""The words of a paragraph with their keys, split once for the extractors that read them one by one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter

from indexer.extract.lexicon import is_odd, lexicon
from indexer.extract.place_words import OPENERS, PLACE_BEFORE, district_starts, landmark_words, province_starts
from indexer.gazetteer.kept import Kept
from indexer.gazetteer.spelling import SYLLABLE_KEYS

_WORD = re.compile(r"([^\W_]++(?:['’`ʼ][^\W_]++)*+)")
# What a word may be, as bits of its sign: what names an official, alone or as the first or second word of several, or parted otherwise when
# names are read; what may open a place's mention, or stand before a bare one; all capitals; of a landmark's name.
TRIGGER, OPENS_TRIGGER, ENDS_TRIGGER, ODD, OPENS_PLACE, BEFORE_PLACE, SHOUTED, OF_LANDMARK = 1, 2, 4, 8, 16, 32, 64, 128


def _sign(word: str) -> tuple[str, int]:
    made, words = SYLLABLE_KEYS[word], lexicon()
    officials = TRIGGER * words.triggers_alone(word) + OPENS_TRIGGER * words.opens_trigger(word) + ENDS_TRIGGER * words.ends_trigger(word) + ODD * is_odd(word)
    opens = made in OPENERS or (word[0].isupper() and (made in province_starts() or made in district_starts()))
    places = OPENS_PLACE * opens + BEFORE_PLACE * (made in PLACE_BEFORE) + OF_LANDMARK * (word in landmark_words())
    return made, officials + places + SHOUTED * word.isupper()


def signed(bits: int) -> bytes:
    """A class of characters, for regular expressions over `Words.signs`: the words whose sign has one of the bits."""
    return b"[" + b"".join(re.escape(bytes([sign])) for sign in range(256) if sign & bits) + b"]"


_SIGNED = Kept(_sign)
_KEY, _SIGN = itemgetter(0), itemgetter(1)


class Words:
    """Parallel lists: `texts` as written, `keys` (spelling.syllable_key), `starts` and `ends` in the text; `signs`, a byte of bits for each word.

    A regular expression finds the words that have a sign: one look-up of each word serves all who read it.
    `gaps[i]` is what stands before word i, the last one what stands behind the last word. No match objects: with
    them, kept for the next extractor, a paragraph took about twice as long (1.05 ms an article, now 0.57).
    """

    __slots__ = ("ends", "gaps", "keys", "signs", "starts", "texts")

    def __init__(self, text: str) -> None:
        pieces: list[str] = _WORD.split(text)
        borders = list(accumulate(map(len, pieces)))
        self.gaps, self.texts = pieces[::2], pieces[1::2]
        self.starts, self.ends = borders[:-1:2], borders[1::2]
        told = list(map(_SIGNED.__getitem__, self.texts))
        self.keys = list(map(_KEY, told))
        self.signs = bytes(map(_SIGN, told))


@lru_cache(maxsize=256)
def split(text: str) -> Words:
    """The words of one paragraph. Cached: one article's paragraphs are read by several extractors in turn."""
    return Words(text)
