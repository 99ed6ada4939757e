"""Whom "ông" and "bà" stand for, where a report tells somebody's career over several sentences.

Who is named in the same sentence before the pronoun, or, if nobody is, whom the nearest sentence before speaks of first by name. Where that is
several persons, nobody of the report or somebody of the other sex, nobody is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from analyzers.sentences import CAPITALS, sentences
from indexer.extract.same import Person
from indexer.extract.scan import TEXT_KEYS

_LONGEST = 12  # sentences that tell one career
_SILENT = 2  # of them, those that mention nobody
_WORD = rf"[{CAPITALS}][^\W\d_]*+(?:-[^\W\d_]++)*+"
_NAME = rf"{_WORD}(?: {_WORD}){{0,6}}+"
_MENTION = re.compile(rf"(?<!đàn )\b(?:([Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Đđ]ồng chí)\b(?: ({_NAME}))?|({_NAME}))")
_BORDER = re.compile(r"\. (?=(?:Ông|Bà) )")  # ends a sentence behind an abbreviation too: "của nhân dân TP. Ông A sinh năm 1953"
# Last words of what stands before a given name alone: "Thủ tướng Phúc"
_HEADS = frozenset({"tướng", "trưởng", "tịch", "thư", "đốc", "biểu", "sĩ", "thống", "sứ", "tá"})
_MEN, _WOMEN = frozenset({"ông", "anh"}), frozenset({"bà", "chị"})


@dataclass(frozen=True, slots=True)
class _Mention:
    at: int
    whom: str  # key in the report's persons, or of a given name alone; "" of a pronoun
    address: str  # in lower case; "" if there is none


class Bearers:
    """Reads one part of a report whose `persons` (by key) are known. Linear in the text's length, and each question in that of a few sentences."""

    def __init__(self, text: str, persons: Mapping[str, Person]) -> None:
        self._text, self._persons = text, persons
        self._starts = sorted({*(start for start, _ in sentences(text)), *(match.end() for match in _BORDER.finditer(text))})
        self._last: dict[str, str] = {}  # last words of names, as written -> key; "" if several persons bear it
        for made, person in persons.items():
            last = person.name.rpartition(" ")[2]
            self._last[last] = "" if last in self._last else made
        self._mentions = [mention for match in _MENTION.finditer(text) if (mention := self._mention(match)) is not None]
        self._addresses: dict[str, set[str]] = {}
        for mention in self._mentions:
            self._addresses.setdefault(mention.whom, set()).add(mention.address)

    def of(self, at: int, woman: bool) -> str:
        """Key of whom the pronoun at `at` stands for, in full or the given name alone; "" if nobody is told."""
        sentence = bisect_right(self._starts, at) - 1
        before = {mention.whom for mention in self._between(self._starts[sentence], at, woman) if mention.whom}
        if before:
            return before.pop() if len(before) == 1 else ""
        silent = 0
        for i in range(sentence - 1, max(-1, sentence - 1 - _LONGEST), -1):
            mentions = self._between(self._starts[i], self._starts[i + 1], woman)
            women = [mention for mention in mentions if self._is_woman(mention)] if woman else []
            if mentions and (first := (women or mentions)[0]).whom:
                return first.whom
            silent += not mentions
            if silent > _SILENT:
                break
        return ""

    def _between(self, start: int, end: int, woman: bool) -> list[_Mention]:
        """The mentions in text[start:end] of who may be a woman, or a man."""
        first, last = (bisect_left(self._mentions, at, key=lambda mention: mention.at) for at in (start, end))
        return [mention for mention in self._mentions[first:last] if self._is(mention, woman)]

    def _is(self, mention: _Mention, woman: bool) -> bool:
        """Whether neither a mention nor what else is said of its bearer tells the other sex."""
        if self._is_woman(mention):
            return woman
        return not woman or self._addressed(mention).isdisjoint(_MEN)

    def _is_woman(self, mention: _Mention) -> bool:
        return mention.whom.split()[1:2] == ["thị"] or not self._addressed(mention).isdisjoint(_WOMEN)

    def _addressed(self, mention: _Mention) -> set[str]:
        """How the part addresses the bearer anywhere; of a pronoun only itself."""
        return self._addresses[mention.whom] if mention.whom else {mention.address}

    def _mention(self, match: re.Match[str]) -> _Mention | None:
        """Who is mentioned; None if capitals name nobody of the report."""
        address, name = (match[1] or "").lower(), match[2] or match[3] or ""
        words = name.split(" ")
        for i in range(len(words)):
            made = TEXT_KEYS[" ".join(words[i:])]
            if made in self._persons:
                return _Mention(match.start(), made, address)
        bearer = self._last.get(words[-1], "")
        if address:
            return _Mention(match.start(), bearer if name and bearer else TEXT_KEYS[name], address)
        # One word is a foreigner's name; a citizen's only behind an office: "Thủ tướng Phúc", not "Bộ Chính trị".
        called = bearer and (self._persons[bearer].foreign or self._before(match.start()) in _HEADS)
        return _Mention(match.start(), bearer, "") if called else None

    def _before(self, at: int) -> str:
        return self._text[max(0, at - 9) : at].rstrip().rpartition(" ")[2].lower()
