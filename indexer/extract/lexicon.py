"""The words of which officials are made, from gazetteer/posts.tsv, surnames.tsv and holders_abroad.tsv, as tries over word keys.

Kinds of posts.tsv
- head: begins a post that is an office whatever follows ("bí thư"); head-open: an office unless a private body follows
  ("chủ tịch"); head-leader: an office if a country or a party follows ("lãnh đạo"); head-body: an office only if a state
  body follows ("giám đốc"); head-never: no office ("hiệu trưởng")
- prefix: before a head and part of the post ("nguyên"); epithet: before a head and no part of it ("tân")
- body, state, private: organisations; state (whatever body begins with one is one too) makes an office of
  head-body, private unmakes one of head-open
- field: what an organisation works on ("giáo dục và đào tạo"); opening, head-opening: organisations and heads that a field follows;
  verbal: fields that are verbs too, so in lower case only right after an opening
- level: words that a place name follows; country: countries and seats of power
- honorific, comrade, rank, title: before a name; dead: before a name of the dead; plural: one post for several names
- and, copula, toward: what joins names and posts; behalf: "thay mặt", so the next post is somebody else's
- opener, start: words that begin a sentence, so no name goes on with them
- thing: before a name that is a street, a school, a photographer; historical: names of no living office holder
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from analyzers.fold import fold, key
from indexer.extract.scan import WORD_KEYS, Line
from indexer.gazetteer.holders import holders
from indexer.gazetteer.load import gazetteer, table

_ORGANISATIONS = ("body", "state", "private", "field", "opening", "verbal", "level", "country")
_HEADS = ("head", "head-leader", "head-open", "head-body", "head-never")


# Words of every other report: "chính trị viên" needs its third to be a trigger.
_COMMON = frozenset({"chính trị", "điều tra", "lãnh đạo", "nhà lãnh", "đại diện", "cán bộ", "thành viên", "thường trực"})
_NO_OFFICIAL = ("quan", "chức", "năng")  # cơ quan chức năng: one of fifty tokens read stood in a sentence with nothing else
LED = 9  # letters: no more than the shortest of the names has; with 7, "Nguyễn " was one of them
NO_KINDS: frozenset[str] = frozenset()
_LETTERS = re.compile(r"[^\W\d_]+")


class Trie:
    """Phrases over word keys; each end holds the set of kinds (any strings) that the phrase has."""

    __slots__ = ("first",)

    def __init__(self) -> None:
        self.first: dict[str, Any] = {}  # the keys that a phrase begins with: asked before `longest` where most words begin none

    def add(self, keys: Sequence[str], kind: str) -> None:
        node = self.first
        for word in keys:
            node = node.setdefault(word, {})
        node[""] = node.get("", frozenset()) | {kind}

    def longest(self, line: Line, start: int, stop: int | None = None) -> tuple[int, frozenset[str]]:
        """End (exclusive) of the longest phrase from token `start` and its kinds; (start, empty) if there is none."""
        keys = line.keys
        node = self.first.get(keys[start]) if start < len(keys) else None
        if node is None:
            return start, NO_KINDS
        found = node.get("")
        end, kinds = (start, NO_KINDS) if found is None else (start + 1, found)
        at, stop = start + 1, len(keys) if stop is None else stop
        while at < stop and (node := node.get(keys[at])) is not None:
            at += 1
            found = node.get("")
            if found is not None:
                end, kinds = at, found
        return end, kinds


def _rows(name: str) -> list[list[str]]:
    text = (files("indexer.gazetteer") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def is_odd(word: str) -> bool:
    """Whether a word is parted otherwise when names are read ("H'Vi", "B2", "đ/c"), so that its key tells nothing."""
    return not (word.isalpha() or word.isdecimal()) or word in "Đđ"


def _states(phrases: dict[str, list[str]]) -> list[str]:
    """The bodies that begin with a state's: "ban quản lý dự án" is as much one as "ban quản lý"."""
    known, private = set(phrases["state"]), set(phrases["private"])
    return [body for body in phrases["body"] if body not in private and any(body[:i] in known for i, mark in enumerate(body) if mark == " ")]


class Lexicon:
    """All tables, loaded once by `lexicon()`."""

    def __init__(self) -> None:
        phrases: dict[str, list[str]] = {}
        for kind, phrase in _rows("posts.tsv"):
            phrases.setdefault(kind, []).append(phrase)
        self.heads = self._trie(phrases, *_HEADS)
        phrases["state"] += _states(phrases)
        self.organisations = self._trie(phrases, *_ORGANISATIONS)
        self.before = self._trie(phrases, "honorific", "comrade", "rank", "title", "dead", "epithet")
        self.joins = self._trie(phrases, "plural", "and", "copula", "toward", "behalf")
        self.head_openings = self._trie(phrases, "head-opening")
        self.starts = self._trie(phrases, "start")
        self.prefixes = self._trie(phrases, "prefix")
        self.things = self._trie(phrases, "thing")
        self.post_words = frozenset((*self.heads.first, *self.prefixes.first))
        self.openers = frozenset(key(phrase) for phrase in phrases["opener"])
        self.countries = frozenset(key(phrase) for phrase in phrases["country"])
        self.historical = frozenset(key(phrase) for phrase in phrases["historical"])
        # What a sentence must hold to name an official, by its first words.
        spelt = [Line(phrase).keys for kind in (*_HEADS[:4], "comrade", "rank") for phrase in phrases[kind]]
        # Office holders of other states, whom the press names without a post: "ông Donald Trump".
        self.known = Trie()
        for name, _state, _source, *past in table("holders_abroad.tsv"):
            self.known.add(Line(name).keys, "past" if past else "known")
            spelt.append([WORD_KEYS[word] for word in _LETTERS.findall(name)])
        spelt += [["đồng", "cấp"], ["đồng", "nhiệm"], ["nhà", "lãnh"]]  # "người đồng cấp Nga Vladimir Putin"
        spelt += [["lãnh", "đạo", "đảng"], ["lãnh", "đạo", "phe"], ["lãnh", "đạo", "cơ"]]
        # Who leads or led a province, or the country, by the first letters of names that few share: "ông Đinh La Thăng" without a post.
        self.led: dict[str, list[str]] = {}
        leaders = {holder.name for holder in holders() if holder.name.split(" ")[1] not in ("Văn", "Thị")}
        for name in sorted({*leaders, *(name for name, *_ in table("holders_centre.tsv"))}):
            if name.count(" ") > 1:
                self.led.setdefault(name[:LED], []).append(name)
        # Of three and more the first two tell if they are a body's too ("Ủy ban Thường vụ QH ... ông A"), or any deputy's ("Phó Tổng Biên tập"); those
        # of "người đứng đầu", "chiến lược gia" do not: reading on from any two took 4% more tokens, for the same records of 5,452 articles.
        several, bodies = [keys for keys in spelt if len(keys) > 1], self.organisations.first
        told = (keys for keys in several if len(keys) == 2 or keys[0] == "phó" or "" in bodies.get(keys[0], {}).get(keys[1], {}))
        self.triggers = frozenset((keys[0], keys[1]) for keys in told if " ".join(keys[:2]) not in _COMMON)
        self.long_triggers = frozenset((keys[0], keys[1], keys[2]) for keys in several if len(keys) > 2)
        self.single_triggers = frozenset(keys[0] for keys in spelt if len(keys) == 1)
        self.behind: dict[str, set[str]] = {}  # first words of triggers of several -> the second ones
        for keys in several:
            self.behind.setdefault(keys[0], set()).add(keys[1])
        self._seconds = frozenset(keys[1] for keys in several)
        self.surnames: dict[str, bool] = {}
        self.long_surnames: dict[str, set[str]] = {}
        for surname, strength, _group in _rows("surnames.tsv"):
            words = key(surname).split() if " " in surname else [WORD_KEYS[surname]]
            if len(words) == 2:
                self.long_surnames.setdefault(words[0], set()).add(words[1])
            else:
                self.surnames[words[0]] = strength == "strong"
        self.places = Trie()
        for unit in gazetteer().units():
            keys = Line(unit.name).keys
            self.places.add(keys, unit.level)
            if "-" in keys:  # Bà Rịa – Vũng Tàu
                self.places.add(["–" if made == "-" else made for made in keys], unit.level)
        for id_, alias, *_ in table("aliases.tsv"):
            keys = Line(alias).keys
            if alias[:1].isupper() and len(keys) > 1:
                self.places.add(keys, gazetteer().unit(id_).level)
            elif keys[0] in ("xã", "phường") and len(keys) > 2 and alias.split(" ")[1][0].isupper():  # of before
                self.places.add(keys[1:], "commune")

        self.provinces = frozenset(fold(unit.name) for unit in gazetteer().units() if unit.level == "province")  # without marks: "Hà Nôi"

        # What a name begins with if nothing beside it says that it is one.
        self.name_words = frozenset((*self.surnames, *self.long_surnames, "y", "a", "h"))

    def trigger(self, first: str, second: str = "", third: str = "") -> int:
        """How many of the words, the first of them on, are what names an official; 0 if they begin none."""
        if first in self.single_triggers:
            return 1
        if (first, second) in self.triggers:
            return 0 if (first, second, third) == _NO_OFFICIAL else 2
        return 3 if (first, second, third) in self.long_triggers else 0

    def triggers_alone(self, key: str) -> bool:
        """Whether a word of that key is a trigger by itself."""
        return key in self.single_triggers

    def opens_trigger(self, key: str) -> bool:
        """Whether a word of that key may be the first of a trigger of several."""
        return key in self.behind

    def ends_trigger(self, key: str) -> bool:
        """Whether a word of that key may be the second of a trigger of several."""
        return key in self._seconds

    @staticmethod
    def _trie(phrases: dict[str, list[str]], *kinds: str) -> Trie:
        trie = Trie()
        for kind in kinds:
            for phrase in phrases[kind]:
                trie.add(Line(phrase).keys, kind)
        return trie


@cache
def lexicon() -> Lexicon:
    """The tables; about a tenth of a second the first time."""
    return Lexicon()
