"""The words of a paragraph with their keys, split once for the extractors that read them one by one."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.gazetteer.spelling import syllable_key

_WORD = re.compile(r"[^\W_]+(?:['’`ʼ][^\W_]+)*")


class Words:
    """Parallel lists: `found` (the matches: where), `texts` as written, `keys` (spelling.syllable_key)."""

    __slots__ = ("found", "keys", "texts")

    def __init__(self, text: str) -> None:
        self.found = list(_WORD.finditer(text))
        self.texts: list[str] = list(map(re.Match.group, self.found))
        self.keys = list(map(syllable_key, self.texts))


@lru_cache(maxsize=256)
def split(text: str) -> Words:
    """The words of one paragraph. Cached: one article's paragraphs are read by several extractors in turn."""
    return Words(text)
