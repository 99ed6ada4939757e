"""A sentence as a list of items: names, posts, forms of address, separators. What officials.py joins into persons with posts."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.extract.lexicon import Lexicon
from indexer.extract.persons import Name, find_name, plain_run
from indexer.extract.posts import Post, find_post
from indexer.extract.scan import Line

# Kinds of items. "address" is ông/bà, "comrade" đồng chí, "rank" đại tá, "title" TS; "sep" is , - : ( ) ;
NAME, POST, SEP, OTHER = "name", "post", "sep", "other"
_BEFORE = ("dead", "comrade", "honorific", "rank", "title", "epithet")
ADDRESSES = frozenset({"comrade", "honorific", "rank", "title", "epithet"})
_DASHES = "-–—"
SEPARATORS = frozenset(",;:()/-–—")


@dataclass(slots=True)
class Item:
    """Tokens [first, last) of the sentence. `text` is the separator or the joining words (their key); `plural`: "các", "hai ông"."""

    kind: str
    first: int
    last: int
    text: str = ""
    name: Name | None = None
    post: Post | None = None
    plural: bool = False
    short: str = ""  # key of a given name alone: "ông Nhạ", or of the one that follows a post: "Bộ trưởng Nhạ"


def items(line: Line, lexicon: Lexicon) -> list[Item]:
    """The sentence from left to right; runs of words that mean nothing here are one item OTHER."""
    found: list[Item] = []
    at, size = 0, len(line)
    blocked = -1  # a name that begins here is a street's, a school's, a photographer's
    keys, caps, words, telling = line.keys, line.caps, line.words, lexicon.telling
    while at < size:
        if not caps[at] and keys[at] not in telling and words[at] not in SEPARATORS and not words[at][0].isdigit():
            if found and found[-1].kind == OTHER:
                found[-1].last = at + 1
            else:
                found.append(Item(OTHER, at, at + 1))
            at += 1
            continue
        if words[at][0].isdigit() and at + 1 < size and keys[at + 1] == "tuổi":
            at += 2  # "A, 38 tuổi, làm Thủ tướng"
            continue
        item = _item(line, at, found, blocked, lexicon)
        if item.kind == OTHER:
            end, _ = lexicon.things.longest(line, at)
            if end > at:
                blocked = end
                if end < size and line.words[end] in ":/":
                    blocked = end + 1
            if item.name is not None:  # a name that is not meant: skip all of it
                item.name = None
        if item.kind == OTHER and found and found[-1].kind == OTHER:
            found[-1].last = item.last
        else:
            found.append(item)
        at = item.last
    return found


def _item(line: Line, at: int, found: list[Item], blocked: int, lexicon: Lexicon) -> Item:
    word = line.words[at]
    if not word[0].isalnum():
        if word in _DASHES:
            return Item(SEP, at, at + 1, "-")
        return Item(SEP, at, at + 1, word) if word in SEPARATORS else Item(OTHER, at, at + 1)
    end, kinds = lexicon.before.longest(line, at)
    join_end, joins = lexicon.joins.longest(line, at)
    post = find_post(line, at, lexicon) if line.keys[at] in lexicon.post_words else None
    if post is not None and post.last > max(end, join_end):
        return Item(POST, at, post.last, post=post, short=_short(line, post.last, lexicon))
    before = found[-1] if found else None
    beside = before is not None and (before.kind == POST or before.kind in _BEFORE or before.plural or (before.kind == SEP and before.text in ":(,;-"))
    beside = beside or (before is not None and before.kind == "and" and len(found) > 1 and found[-2].kind == NAME)
    # "Đại", "Nguyên", "Anh" begin names as well as forms of address
    if kinds and end >= join_end and not (end == at + 1 and line.caps[at] and _is_name(line, at, end, lexicon)):
        kind = next(kind for kind in _BEFORE if kind in kinds)
        return Item(kind, at, end, plural="plural" in joins and join_end >= end)
    if joins and (not line.caps[at] or "behalf" in joins):
        kind = next(kind for kind in ("plural", "copula", "and", "toward", "behalf") if kind in joins)
        return Item(kind, at, join_end, " ".join(line.keys[at:join_end]), plural=kind == "plural")
    if joins & {"plural"}:
        return Item("plural", at, join_end, plural=True)
    if line.caps[at]:
        name = find_name(line, at, lexicon, beside=beside)
        addressed = before is not None and before.kind in _BEFORE
        if name is None and addressed:
            name = plain_run(line, at, lexicon)
        if name is not None:
            place_end, levels = lexicon.places.longest(line, at)
            country_end, found_kinds = lexicon.organisations.longest(line, at)
            if "country" in found_kinds and country_end > place_end:
                place_end, levels = country_end, found_kinds
            is_place = bool(levels & {"province", "country"}) and place_end - at >= 2 and not addressed
            if at == blocked or is_place:
                return Item(OTHER, at, name.last if at == blocked else max(place_end, at + 1), name=name)
            return Item(NAME, at, name.last, name=name)
        if before is not None and before.kind in ("honorific", "comrade") and (short := _short(line, at, lexicon)):
            return Item(NAME, at, at + 1, short=short)
    return Item(OTHER, at, at + 1)


def _is_name(line: Line, at: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a capitalised form of address is rather the surname of a name: "Cụ" no, "Ông Văn Ích" by a surname table that knows Ông."""
    return lexicon.surnames.get(line.keys[at], False) and end < len(line) and line.caps[end] and find_name(line, end, lexicon, beside=False) is None


def _short(line: Line, at: int, lexicon: Lexicon) -> str:
    """Key of the only capitalised word at `at`, if it is one."""
    if at >= len(line) or not line.caps[at] or len(line.words[at]) < 2 or line.words[at].isupper():
        return ""
    if at + 1 < len(line) and line.caps[at + 1] and line.words[at + 1][0].isalpha():
        return ""
    if line.keys[at] in lexicon.openers or lexicon.starts.longest(line, at)[1] or lexicon.organisations.longest(line, at)[1]:
        return ""
    return line.keys[at]
