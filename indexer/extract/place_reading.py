"""What place_mentions.py reads a paragraph with: its words, type words, capitalised runs and names of the gazetteer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzers.fold import key
from indexer.extract.place_words import (
    BEFORE_MERGER,
    BEFORE_NAME,
    BEFORE_NAME_PAIRS,
    BODIES,
    FORMERLY,
    NOT_A_PLACE,
    NOT_BEFORE_XA,
    OCEAN,
    OF,
    ONE_WORD,
    SHORT,
    SURNAMES,
    TWO_WORDS,
)
from indexer.extract.words import SHOUTED, signed, split
from indexer.gazetteer.load import Gazetteer, Level, gazetteer

_NAME_SEPARATOR = re.compile(r"[ \u00a0]{1,3}|\s?[-–]\s?")
_LINK_SEPARATOR = re.compile(r"\s*[,(–-]?\s*")
_SHOUTED = re.compile(signed(SHOUTED))
_LONGEST_NAME = 6  # words: "Phan Rang - Tháp Chàm" has four, the longest of the tables six

# Type word -> levels that may bear it. A "thành phố" is a province or a district by its name and its time.
LEVELS: dict[str, tuple[Level, ...]] = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "huyện": ("district",),
    "quận": ("district",),
    "thị xã": ("district",),
    "xã": ("commune",),
    "phường": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
RANK = {"tỉnh": 3, "thành phố": 2, "huyện": 2, "quận": 2, "thị xã": 2, "xã": 1, "phường": 1, "thị trấn": 1, "đặc khu": 1}


@dataclass(slots=True)
class Mention:
    """A name at [start, end) of a paragraph. `type` is its type word ("" if bare), `key` its place_key.

    `rule`: "type-word", "abbreviation", "body" (Huyện ủy), "list", "chain" (higher unit without type word), "bare", "alone"
    (a district's name with nothing around it that speaks of a place: only what else the report names can bear it out).
    `parent`: the mention of the higher unit that the text joins to it. `old`: the text says that it is of before July 2025.
    `aside`: named for a person only, "nguyên Bí thư Tỉnh ủy X", "đại biểu Lê Văn A (X)".
    """

    start: int
    end: int
    text: str
    key: str
    type: str
    levels: tuple[Level, ...]
    rule: str
    known: bool
    parent: Mention | None = None
    old: bool = False
    aside: bool = False


def rank(mention: Mention) -> int:
    """1 commune, 2 district, 3 province; a city counts as a district until its name says otherwise."""
    return RANK[mention.type] if mention.type else {"commune": 1, "district": 2, "province": 3}[mention.levels[0]]


class Reader:
    """One paragraph, read by the index of its words. `shouted`: a line of capitals, where a bare name is as weak as one in lower case."""

    def __init__(self, text: str) -> None:
        self.text = text
        words = self.words = split(text)
        self.texts, self.keys, self.starts, self.ends = words.texts, words.keys, words.starts, words.ends
        self.gazetteer: Gazetteer = gazetteer()
        self.shouted = text.isupper() or len(_SHOUTED.findall(words.signs)) > 0.7 * len(self.texts)

    def _separator(self, i: int) -> str:
        """What stands between word i-1 and word i."""
        return self.words.gaps[i]

    def _capital(self, i: int) -> bool:
        return self.texts[i][0].isupper()

    def _number(self, i: int) -> bool:
        return len(self.texts[i]) <= 2 and self.texts[i].isdecimal()

    def _type_word(self, i: int) -> tuple[str, int, str] | None:
        """(type, index of the word after it, rule) if a type word that a name may follow begins at word i."""
        keys, n = self.keys, len(self.keys)
        if i + 1 >= n:
            return None
        if i + 2 < n and self._separator(i + 1).isspace():
            pair = (keys[i], keys[i + 1])
            if pair in BODIES:
                return BODIES[pair], i + 2, "body"
            if pair in TWO_WORDS:
                return TWO_WORDS[pair], i + 2, "type-word"
        if keys[i] in ONE_WORD:
            if keys[i] == _XA and i and keys[i - 1] in NOT_BEFORE_XA:
                return None
            island = keys[i] == _HUYEN and keys[i + 1] == _DAO and i + 2 < n  # "huyện đảo Phú Quý"
            return ONE_WORD[keys[i]], i + 1 + island, "type-word"
        if keys[i] in SHORT and self._capital(i):
            if i and self._separator(i) == "." and len(keys[i - 1]) == 1 and keys[i - 1].isalpha():
                return None  # "Ảnh: N.P. 18 người"
            dotted = self._separator(i + 1).startswith(".")
            if (len(keys[i]) == 2 and (keys[i] != "tt" or dotted)) or dotted:
                return SHORT[keys[i]], i + 1, "abbreviation"
        return None

    def _mention(self, i: int, end: int, name: str, type_: str, rule: str, *, known: bool) -> Mention:
        start, stop = self.starts[i], self.ends[end - 1]
        return Mention(start, stop, self.text[start:stop], name, type_, LEVELS[type_], rule, known)

    def _run(self, i: int) -> int:
        """How many capitalised words follow each other from word i on, spaces between them."""
        n = 1
        texts, gaps = self.texts, self.words.gaps
        while i + n < len(texts) and n < _LONGEST_NAME and texts[i + n][0].isupper() and gaps[i + n].isspace():
            n += 1
        return n

    def _known(self, i: int, levels: tuple[Level, ...]) -> tuple[int, str] | None:
        """(index after it, key) of the longest name of the gazetteer at word i."""
        best = None
        name = ""
        for n in range(_LONGEST_NAME):
            at = i + n
            if at >= len(self.keys) or (n and (gap := self._separator(at)) != " " and not _NAME_SEPARATOR.fullmatch(gap)):
                break
            farm = n == 1 and name == _NONG and self.keys[at] == _TRUONG  # "thị trấn Nông trường Việt Lâm"
            if not (self._capital(at) or self._number(at) or farm):
                break
            name += self.keys[at]
            for level in levels:
                if self.gazetteer.knows(name, level):
                    best = (at + 1, name)
                    break
        return best

    def _holders(self, group: list[Mention]) -> set[str]:
        """Ids of every unit that a candidate of the group lies in."""
        g, holders = self.gazetteer, set()
        for mention in group:
            for level in mention.levels:
                for id in g.named(mention.key, level):
                    parent = g.unit(id).parent
                    while parent is not None:
                        holders.add(parent)
                        parent = g.unit(parent).parent
        return holders

    def _stands_alone(self, i: int, end: int) -> bool:
        """Whether the words around [i, end) do not make a longer name of it: a person, a street, an ocean."""
        keys = self.keys
        if i and not self._separator(i).strip(" \u00a0"):
            before = keys[i - 1]
            longer = before in NOT_A_PLACE or (self._capital(i - 1) and not self.texts[i - 1].isupper() and before not in BEFORE_NAME)
            if longer and not (i > 1 and (keys[i - 2], before) in BEFORE_NAME_PAIRS):
                return False
        if end < len(keys) and not self._separator(end).strip(" \u00a0") and self._capital(end) and not self.texts[end].isupper():
            # "UBND tỉnh Thái Bình Phạm Văn Ca" goes on with a person; "Thái Bình Dương" does not.
            return keys[end] in SURNAMES and self._run(end) > 1 and (keys[end - 1], keys[end]) != OCEAN
        return True

    def _joint(self, i: int) -> int:
        """Index of the word at which a higher unit would follow ("xã A, huyện B", "xã A (B)", "xã A thuộc B"); -1 if none can."""
        if i >= len(self.keys) or not _LINK_SEPARATOR.fullmatch(self._separator(i)):
            return -1
        if self.keys[i] in OF and i + 1 < len(self.keys) and self._separator(i + 1).isspace():
            return i + 1
        return i

    def _formerly(self, i: int) -> bool:
        """Whether "cũ", "(cũ)" or "trước sáp nhập" follows."""
        if i >= len(self.keys) or self._separator(i).strip() not in ("", "("):
            return False
        if self.keys[i] in FORMERLY:
            return True
        following = self.keys[i : i + 4]
        return following[:1] == [BEFORE_MERGER[0]] and BEFORE_MERGER[1] in following


_XA, _NONG, _TRUONG, _HUYEN, _DAO = (key(w) for w in ("xã", "nông", "trường", "huyện", "đảo"))
