"""The words of a paragraph with their keys, split once for the extractors that read them one by one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from sys import intern

from indexer.extract.lexicon import is_odd, lexicon
from indexer.extract.place_words import OPENERS, PLACE_BEFORE, behind_starts, landmark_words, starts, whole_names
from indexer.extract.scan import word_key
from indexer.gazetteer.kept import Kept
from indexer.gazetteer.spelling import make_key

# Most words are Latin letters with a space, a comma or a stop behind them: by a class of these alone they are found in five sixths of the time.
_WORD = re.compile(r"([0-9A-Za-zÀ-ÖØ-öø-ʯḀ-ỿ]++(?=[ ,.])|[^\W_]++(?:['’`ʼ][^\W_]++)*+)")
# What a word may be, as bits of its sign: what names an official, alone or as the first or second word of several, or parted otherwise when
# names are read; what may open a place's mention, alone or as the first or second word of a name, or stand before a bare one; begun with a
# capital, all capitals; of a landmark's name.
TRIGGER, OPENS_TRIGGER, ENDS_TRIGGER, ODD, OPENS_PLACE, OPENS_NAME, BEHIND_START, BEFORE_PLACE, CAPITAL, SHOUTED, OF_LANDMARK = (1 << bit for bit in range(11))


def _sign(word: str) -> tuple[str, str]:
    made, words, of_post = make_key(word), lexicon(), word_key(word)
    officials = TRIGGER * words.triggers_alone(of_post) + OPENS_TRIGGER * words.opens_trigger(of_post) + ENDS_TRIGGER * words.ends_trigger(of_post)
    officials += ODD * is_odd(word)
    capital = word[0].isupper()
    begins = capital and made in starts()
    places = OPENS_PLACE * (made in OPENERS or (begins and made in whole_names())) + OPENS_NAME * begins + BEFORE_PLACE * (made in PLACE_BEFORE)
    places += BEHIND_START * ((capital or word.isdecimal()) and made in behind_starts()) + OF_LANDMARK * (word in landmark_words())
    return made, intern(chr(officials + places + CAPITAL * capital + SHOUTED * word.isupper()))


def signed(bits: int) -> str:
    """A class of characters, for regular expressions over `Words.signs`: the words whose sign has one of the bits."""
    return "[" + "".join(re.escape(chr(sign)) for sign in range(OF_LANDMARK << 1) if sign & bits) + "]"


_SIGNED = Kept(_sign)
_KEY, _SIGN = itemgetter(0), itemgetter(1)


class Words:
    """Parallel lists: `texts` as written, `keys` (spelling.syllable_key), `starts` and `ends` in the text; `signs`, a character of bits for each word.

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
        self.signs = "".join(map(_SIGN, told))


@lru_cache(maxsize=256)
def split(text: str) -> Words:
    """The words of one paragraph. Cached: one article's paragraphs are read by several extractors in turn."""
    return Words(text)
