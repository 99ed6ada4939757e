"""Syllables of names by their letters: whether one could be Vietnamese, how an editor writes it."""

from __future__ import annotations

import re

from indexer.extract.scan import APOSTROPHES
from indexer.gazetteer.kept import Kept

# What a Vietnamese syllable can look like once marks are gone; "Trump", "Theresa", "Abe" are none.
_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|th|tr|ch|qu|[bcdghklmnpqrstvxđ])?"
    r"(?:[aăâeêioôơuưy]{1,3})(?:ch|ng|nh|[cmnpt])?"
)
_MARKS = str.maketrans("àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ", "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy")


def is_vietnamese(word: str) -> bool:
    """Whether `word` could be a Vietnamese syllable by its letters."""
    return _VIETNAMESE[word]


def _is_syllable(word: str) -> bool:
    plain = word.lower().translate(_MARKS)
    return _SYLLABLE.fullmatch(plain) is not None and "oo" not in plain and "ee" not in plain


_VIETNAMESE = Kept(_is_syllable)


def spelling(words: list[str]) -> str:
    """A name as a careful editor writes its words."""
    return " ".join(_capital(word) for word in words)


def _capital(word: str) -> str:
    """THỊ -> Thị, thị -> Thị, H'BƠ -> H'Bơ; Niê and other mixed words as they are."""
    if not (word.islower() or (word.isupper() and len(word) > 1)):
        return word
    made, start = "", True
    for letter in word.lower():
        made += letter.upper() if start else letter
        start = letter in APOSTROPHES
    return made
