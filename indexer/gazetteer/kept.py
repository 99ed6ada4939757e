"""A dictionary of what has been made of short texts, bounded: the words of a language are few, and what is not asked for again is let go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Kept(dict[str, V]):
    """text -> `make(text)`, made when first asked for and kept.

    `map(kept.__getitem__, words)` makes no Python call for a word that is known.
    Texts longer than `longest` characters are not kept, and `most` of them are the most: memory stays bounded whatever comes. When half as many
    have come, those not asked for since the half before are let go: half as many are made anew as if all were (of 5,452 articles' chunks between
    spaces).
    """

    def __init__(self, make: Callable[[str], V], most: int = 65_536, longest: int = 64) -> None:
        super().__init__()
        self._make, self._most, self._longest = make, most, longest
        self._before: dict[str, V] = {}

    def __missing__(self, text: str) -> V:
        made = self._before[text] if text in self._before else self._make(text)
        if len(text) <= self._longest:
            if len(self) >= self._most // 2:
                self._before = dict(self)
                self.clear()
            self[text] = made
        return made
