"""A sentence as a list of items: names, posts, forms of address, separators. What officials.py joins into persons with posts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from indexer.extract.bodies import apposed
from indexer.extract.bridges import aside, goes_on, is_chief, is_linked, tells_state
from indexer.extract.lexicon import NO_KINDS, Lexicon, lexicon
from indexer.extract.persons import Name, find_name, foreign_run, initialled, is_spelt, listed_run, may_begin_name, plain_run, spelt_apart
from indexer.extract.posts import Post, find_post
from indexer.extract.scan import CAPITAL, DASHES, MARK, NUMBER, Line
from indexer.extract.syllables import is_vietnamese

# Kinds of items. "address" is ông/bà, "comrade" đồng chí, "rank" đại tá, "title" TS; "sep" is , - : ( ) ;
NAME, POST, SEP, OTHER = "name", "post", "sep", "other"
_BEFORE = ("dead", "comrade", "honorific", "rank", "title", "epithet")
_JOINS = ("plural", "copula", "and", "toward", "behalf")
ADDRESSES = frozenset({"comrade", "honorific", "rank", "title", "epithet"})
# "người đồng cấp Nga Vladimir Putin": a holder of an office that is not named
_COUNTERPARTS = frozenset({("người", "đồng", "cấp"), ("người", "đồng", "nhiệm")})
_PREDECESSOR = ["tiền", "nhiệm"]
# What posts end in that a place goes on with.
_SEATED = frozenset({"thị trưởng", "sát trưởng", "tỉnh trưởng", "thống đốc", "thủ hiến"})
_FAR = 15  # tokens between a post and the name that it goes on up to, with "ông" before it
_RUNS = 8  # words: "ứng cử viên đảng cực hữu Mặt trận Quốc gia"
_YESTERDAY = frozenset({"hôm", "tối", "sáng", "chiều", "đêm"})  # "hôm qua Donald Trump", but "cầu qua Trần Phú"
_CROWNS = frozenset({"giáo hoàng", "nữ hoàng", "quốc vương", "nhật hoàng", "nhà vua"})
_FORCES = (["quân", "đội"], ["không", "quân"], ["hải", "quân"], ["lục", "quân"])
_REGIONS = frozenset({"bang", "vùng", "tỉnh", "tp", "phố"})
# Heads of no office in Việt Nam.
_ABROAD = frozenset(
    "tổng thống|quyền tổng thống|phó tổng thống|ngoại trưởng|quốc vương|nữ hoàng|nhật hoàng|thái tử|thượng nghị sỹ|hạ nghị sỹ|nghị sỹ|dân biểu|thủ hiến".split(
        "|"
    )
)


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


# What a phrase is that a word and the next one begin, as bits.
_BEFORE_NAME, _JOIN, _POST, _THING, _COUNTERPART = 1, 2, 4, 8, 16
_MAKES_NAME = frozenset({"thị", "văn", "-"})  # behind any capital: "X Thị Y", "UN-xki"
_TELLS = MARK | NUMBER | CAPITAL


@cache
def _openings() -> dict[str, dict[str, int]]:
    """First word of a phrase -> second word ("" where the first is the whole phrase) -> what begins so. Two of three first words begin nothing."""
    words = lexicon()
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, trie in ((_BEFORE_NAME, words.before), (_JOIN, words.joins), (_THING, words.things), (_POST, words.heads), (_POST, words.prefixes)):
        for first, rest in trie.first.items():
            for second in rest:
                found[first][second] |= kind
    deputies = [first for first, rest in words.prefixes.first.items() if "" in rest]
    for first in ("phó", *deputies):  # before any head
        for second in words.heads.first:
            found[first][second] |= _POST
    for phrase in (*_COUNTERPARTS, ("người", *_PREDECESSOR)):
        found[phrase[0]][phrase[1]] |= _COUNTERPART
    return {first: dict(rest) for first, rest in found.items()}


@cache
def _first(order: tuple[str, ...], kinds: frozenset[str]) -> str:
    """The first of `order` that a phrase of the tables is."""
    return next(kind for kind in order if kind in kinds)


def _may_be_name(word: str, made: str, lexicon: Lexicon) -> bool:
    """Whether a name may begin with a capitalised word of which nothing beside it speaks."""
    return may_begin_name(made, lexicon) or not (is_vietnamese(word) or word.isupper())


def items(line: Line, lexicon: Lexicon) -> list[Item]:
    """The sentence from left to right; runs of words that mean nothing here are one item OTHER."""
    found: list[Item] = []
    at, size = 0, line.size
    ended = -_FAR  # where the last post ended
    blocked = -1  # a name that begins here is a street's, a school's, a photographer's
    keys, words, looks = line.keys, line.words, line.looks
    begun, following = list(map(_openings().get, keys)), [*keys[1:], ""]
    plain: Item | None = None  # the run that goes on here
    while at < size:
        look, phrases = looks[at], begun[at]
        if look & MARK:
            found.append(Item(SEP, at, at + 1, "-" if words[at] in DASHES else words[at]))
            at, plain = at + 1, None
            continue
        if look & NUMBER and following[at] == "tuổi":
            at += 2  # "A, 38 tuổi, làm Thủ tướng"
            continue
        opens = 0 if phrases is None else phrases.get("", 0) | phrases.get(following[at], 0)
        item = None
        # Behind nothing but plain words a capital must begin a name by itself.
        if opens & ~_THING or (
            look & CAPITAL
            and (
                opens
                or (found and plain is None)
                or following[at] in _MAKES_NAME
                or (following[at] == "." and at - ended <= _FAR)
                or _may_be_name(words[at], keys[at], lexicon)
            )
        ):
            item = _item(line, at, opens, found, blocked, at - ended <= _FAR, lexicon)
        if item is not None and item.kind != OTHER:
            found.append(item)
            at, plain = item.last, None
            if item.post is not None:
                ended = at
                if len(found) > 1 and found[-2].text == "nguyên là":  # the post is over: "A nguyên là Phó Chủ tịch UBND tỉnh"
                    item.post = replace(item.post, text=f"nguyên {item.post.text}", first=found[-2].first)
                if at < size and words[at].islower() and len(found) > 2 and found[-2].kind == SEP and found[-3].kind == NAME:
                    at = item.last = apposed(line, at, lexicon)
                    if at > item.post.last:
                        item.post = replace(item.post, text=line.slice(item.first, at), last=at, bare=False)
                behind = aside(line, at)
                if behind > at and line.words[behind - 1].isupper() and line.keys[at - 2] == "khóa" and item.post.last == at:
                    # "Ủy viên Trung ương Đảng | khóa X, XI, XII": held over several terms
                    item.post, item.last = replace(item.post, text=line.slice(item.first, at - 2), last=at - 2), at - 2
                at = behind
            continue
        if opens & _THING:
            end = lexicon.things.longest(line, at)[0]
            if end > at and not (keys[at] == "qua" and at and keys[at - 1] in _YESTERDAY):
                blocked = end + 1 if end < size and words[end] in ":/" else end
        if plain is None:
            plain = Item(OTHER, at, at)
            found.append(plain)
        at = at + 1 if item is None else item.last  # a name that is not meant: skip all of it
        while at < size and begun[at] is None and not looks[at] & _TELLS:
            at += 1
        plain.last = at
    return found


def _item(line: Line, at: int, opens: int, found: list[Item], blocked: int, near: bool, lexicon: Lexicon) -> Item | None:
    """What begins at a word that may tell something; None if that word alone means nothing. `near`: a post has ended not far before."""
    word = line.words[at]
    if opens:
        if opens & _COUNTERPART and (end := _counterpart(line, at, lexicon)) > at:
            return Item("rank", at, end, "abroad")
        end, kinds = lexicon.before.longest(line, at) if opens & _BEFORE_NAME else (at, NO_KINDS)
        join_end, joins = lexicon.joins.longest(line, at) if opens & _JOIN else (at, NO_KINDS)
        join_end -= "copula" in joins and is_chief(line, join_end)
        post = find_post(line, at, lexicon) if opens & _POST else None
        if post is not None and post.last > max(end, join_end):
            return Item(POST, at, post.last, post=post, short=_short(line, post.last, lexicon))
        # "Đại", "Nguyên", "Anh" begin names as well as forms of address
        if kinds and end >= join_end and not (end == at + 1 and line.caps[at] and _is_name(line, at, end, lexicon)):
            kind = _first(_BEFORE, kinds)
            if kind == "epithet" and (at == blocked or _is_syllable(line, at, lexicon)):
                return Item(OTHER, at, at + 1 if at == blocked else at + 3)  # sân bay Tân Sơn Nhất
            if kind == "dead" and not _is_dead(line, at, end, lexicon):
                return Item(OTHER, at, end)
            if kind == "rank" and end < line.size and line.caps[end]:
                end = _army(line, end, lexicon)
            return Item(kind, at, end, plural="plural" in joins and join_end >= end)
        if joins and (not line.caps[at] or line.shouting or "behalf" in joins):
            kind = _first(_JOINS, joins)
            return Item(kind, at, join_end, " ".join(line.keys[at:join_end]), plural=kind == "plural")
        if "plural" in joins:
            return Item("plural", at, join_end, plural=True)
    if line.caps[at]:
        before = found[-1] if found else None
        addressed = before is not None and before.kind in _BEFORE
        beside = addressed or (before is not None and (before.kind == POST or before.plural or (before.kind == SEP and before.text in ":(,;-")))
        beside = beside or (before is not None and before.kind == "and" and len(found) > 1 and (found[-2].kind == NAME or _is_bracketed(found)))
        beside = beside or (near and (_behind_bracket(found) or _is_told(found, line)))
        name = find_name(line, at, lexicon, beside=beside)
        named = name is not None
        if name is None and before is not None and (before.kind == POST or before.text == "abroad") and _is_abroad(before, line, lexicon):
            name = foreign_run(line, at, lexicon, abroad=True) or spelt_apart(line, at, lexicon) or initialled(line, at, lexicon)
        if before is not None and before.post is not None and (seat := _seat(line, at, name, before, lexicon)) is not None:
            before.post = replace(before.post, text=line.slice(before.first, seat.first), last=seat.first, bare=False)
            before.last = seat.first
            return Item(NAME, seat.first, seat.last, name=seat)
        unfinished = _unfinished(line, found, at, lexicon) if near and (name is None or not name.vietnamese or name.sure) else 0
        if name is None and unfinished and (abroad := find_name(line, at, lexicon, beside=True)) is not None and not abroad.vietnamese:
            name = abroad
        if name is None and not beside:
            name = _explained(line, at, lexicon)
        if name is None and (addressed or (before is not None and before.post is not None and _is_deputy(line, at, before.post))):
            name = plain_run(line, at, lexicon)
        if name is None and before is not None and before.text in (";", ":") and any(item.plural or item.kind == NAME for item in found):
            name = listed_run(line, at, lexicon)
        if name is not None:
            place_end, levels = lexicon.places.longest(line, at)
            country_end, found_kinds = lexicon.organisations.longest(line, at)
            if "country" in found_kinds and country_end > place_end:
                place_end, levels = country_end, found_kinds
            # a district's name is a person's at times ("Trần Phú"), but not if a post leads up to it: "Chủ tịch UBND Uông Bí"
            wide = {"province", "country", "district"} if place_end == name.last and not line.shouting else {"province", "country"}
            person = addressed and named and not ("country" in levels and before is not None and before.kind == "rank")  # "các tướng Thái Lan"
            is_place = bool(levels & wide) and place_end - at >= 2 and not person
            if at == blocked or is_place:
                return Item(OTHER, at, name.last if at == blocked else max(place_end, at + 1))
            linked = before is None or before.kind != "honorific" or is_linked(line, found[-unfinished].last)
            if unfinished and (not name.vietnamese or (name.sure and linked)):
                _finish(line, found, unfinished, lexicon)
            if name.known and before is not None and before.kind == OTHER and _runs(line, before):
                name = replace(name, known=False)
            return Item(NAME, at, name.last, name=name)
        if before is not None and before.kind == POST and _crowned(line, at, before, lexicon):
            before.short = ""
            return Item(NAME, at, at + 1, name=Name(word, at, at + 1, False, vietnamese=False))
        if before is not None and before.kind in ("honorific", "comrade") and (short := _short(line, at, lexicon)):
            return Item(NAME, at, at + 1, short=short)
    return None


def _runs(line: Line, item: Item) -> bool:
    """Whether the words before a name say that it is a candidate's: "ứng cử viên tự do Emmanuel Macron"."""
    return any(line.keys[i] in ("ứng", "cử") and line.keys[i + 1 : i + 2] == ["viên"] for i in range(max(item.first, item.last - _RUNS), item.last))


def _is_told(found: list[Item], line: Line) -> bool:
    """ "hai đồng Chủ tịch Nhóm ASEAN là Ann Wagner và ...", "Giám đốc FBI gần đây nhất là James B. Comey": whose post it is."""
    if len(found) > 1 and found[-2].kind == POST and line.keys[found[-1].first : found[-1].last] == ["như"]:
        return True  # một số nghị sĩ Mỹ như John McCain
    if len(found) < 2 or found[-1].kind != "copula" or found[-1].text.split()[-1] != "là":
        return False
    return found[-2].kind == POST or (len(found) > 2 and found[-2].kind == OTHER and found[-3].kind == POST)


def _unfinished(line: Line, found: list[Item], at: int, lexicon: Lexicon) -> int:
    """How many items before the name at `at` the post stands that goes on up to it in words no table knows; 0 if none does."""
    end, behind, i = at, 1, len(found) - 1
    apart = i > 1 and found[i].kind == "honorific" and found[i - 1].kind == SEP and found[i - 1].text in ",-"
    if apart:
        end, behind, i = found[i - 1].first, 3, i - 2
    while i >= 0 and behind < 9 and (found[i].kind in (OTHER, "and", "toward", "copula", "plural") or (found[i].kind == SEP and found[i].text in "()-")):
        behind, i = behind + 1, i - 1
    if i < 0 or found[i].post is None or found[i].last >= end or (line.words[at - 1] in DASHES and not apart):
        return 0
    first = found[i].last
    if end == first + 1 and line.caps[first]:  # "Thị trưởng Bordeaux", "Thị trưởng Marawi, ông ..."
        return behind if " ".join(line.keys[first - 2 : first]) in _SEATED else 0
    return behind if not found[i].short and goes_on(line, first, end, lexicon) else 0


def _finish(line: Line, found: list[Item], behind: int, lexicon: Lexicon) -> None:
    """Let the post `behind` items before the end go on up to the name, or to the comma before "ông"."""
    apart = found[-1].kind == "honorific"
    item = found[-behind]
    end = found[-2].first if apart else found[-1].last
    if (post := item.post) is not None:
        office = post.office or tells_state(line, item.last, end, lexicon)
        item.post = replace(post, text=line.slice(item.first, end), last=end, office=office, bare=False)
    item.last, item.short = end, ""
    del found[len(found) - behind + 1 : len(found) - 2 if apart else len(found)]


def _army(line: Line, at: int, lexicon: Lexicon) -> int:
    """Behind the country at `at` whose officer is named: "Đô đốc | Mỹ | Harry Harris", "Đại tá | Quân đội Mỹ | Ryan Dillon"; `at` if none is."""
    start = at + 2 if line.keys[at : at + 2] in _FORCES and at + 2 < line.size else at
    end, kinds = lexicon.organisations.longest(line, start)
    foreign = "country" in kinds and end + 1 < line.size and line.caps[end] and line.caps[end + 1] and not all(map(is_vietnamese, line.words[end : end + 2]))
    return end if foreign else at


def _is_syllable(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether the capitalised epithet at `at` is the first of three syllables of a place: "Tân Sơn Nhất"; an office follows the epithet itself."""
    if line.keys[at] != "tân" or at + 2 >= line.size or not all(line.caps[at : at + 3]) or line.keys[at + 1] in lexicon.post_words:
        return False
    return find_name(line, at + 2, lexicon, beside=True) is None  # "ấp Tân Hóa Nguyễn Văn On"


def _is_deputy(line: Line, at: int, post: Post) -> bool:
    """Whether two words behind "đại biểu" and before a bracket with a province are a name whatever its surname: "đại biểu Thuận Hữu (Hải Phòng)"."""
    return line.keys[post.first] in ("đại", "đb", "đbqh") and line.words[at + 2 : at + 3] == ["("]


def _counterpart(line: Line, at: int, lexicon: Lexicon) -> int:
    """End of "người đồng cấp", "người đồng nhiệm Nga" before a name; `at` if there is none."""
    end = at + 3
    if line.keys[at + 1 : end] == _PREDECESSOR and end < line.size:
        return end if lexicon.known.longest(line, end)[1] else at  # trainers of clubs have predecessors too
    if tuple(line.keys[at:end]) not in _COUNTERPARTS or end >= line.size:
        return at
    country, kinds = lexicon.organisations.longest(line, end)
    end = country if "country" in kinds else end
    return end if end + 1 < line.size and line.caps[end] and line.caps[end + 1] else at


def _is_dead(line: Line, at: int, end: int, lexicon: Lexicon) -> bool:
    """Whether "cố", "vua" speak of somebody dead: not in "cố gắng", "sự cố", nor of a foreigner's living king."""
    if end >= line.size:
        return False
    if line.keys[at] == "cố":
        return line.caps[end] or line.keys[end] in lexicon.post_words or bool(lexicon.before.longest(line, end)[1])
    return line.keys[at] != "vua" or is_vietnamese(line.words[end])


def _is_abroad(item: Item, line: Line, lexicon: Lexicon) -> bool:
    """Whether a post, or a form of address, is of another state: whoever is named next has no Vietnamese name."""
    if item.kind != POST:
        return True
    if " ".join(line.keys[item.first : item.last]) in _ABROAD:
        return True
    at = item.first
    while at < item.last:
        end, kinds = lexicon.organisations.longest(line, at, item.last)
        if "country" in kinds:
            return " ".join(line.keys[at:end]) != "việt nam"
        at = max(end, at + 1)
    return False


def _seat(line: Line, at: int, name: Name | None, post: Item, lexicon: Lexicon) -> Name | None:
    """The name behind a place of one word that no table knows: "Thống đốc bang Hessen Volker Bouffier", "Thị trưởng Rotterdam Ahmed Aboutaleb"."""
    if name is None or name.vietnamese or name.known or name.last - at < 3:
        return None
    if line.keys[post.last - 1] not in _REGIONS and " ".join(line.keys[post.last - 2 : post.last]) not in _SEATED:
        return None
    behind = at + (2 if line.keys[at] == "bang" else 1)
    if any(line.words[i] == "-" or not line.caps[i] for i in range(at, behind + 1)):
        return None
    if line.words[behind + 1] == "." and line.words[behind + 3 : behind + 4] != ["."]:
        return None  # "công tố viên bang Brian E. Frosh", but "Thống đốc vùng Kaluga A.D. Artamonov"
    return find_name(line, behind, lexicon, beside=True)


def _crowned(line: Line, at: int, post: Item, lexicon: Lexicon) -> bool:
    """Whether one word is the whole name of a foreign king or queen: "Nữ hoàng Elizabeth", "Quốc vương Bỉ Philippe"."""
    king = line.keys[post.first] == "vua" and post.last > post.first + 1  # "Vua Bỉ Philippe"; one without a country is of long ago
    if not (king or " ".join(line.keys[post.first : post.first + 2]) in _CROWNS) or is_vietnamese(line.words[at]):
        return False
    return len(line.words[at]) > 3 and line.words[at].isascii() and line.words[at].isalpha() and bool(_short(line, at, lexicon))


def _is_bracketed(found: list[Item]) -> bool:
    """ "Ann Wagner (Đảng Cộng hòa) và Joaquin Castro": a bracket behind a name before "và"."""
    return len(found) > 4 and found[-2].text == ")" and found[-4].text == "(" and found[-5].kind == NAME


def _behind_bracket(found: list[Item]) -> bool:
    """ "Giám đốc Cơ quan An ninh Quốc gia (NSA) Michael Rogers": an acronym between the post and its holder."""
    if len(found) < 4 or found[-1].kind != SEP or found[-1].text != ")":
        return False
    return found[-2].kind == OTHER and found[-3].kind == SEP and found[-3].text == "(" and found[-4].kind == POST


def _explained(line: Line, at: int, lexicon: Lexicon) -> Name | None:
    """A foreigner's name that a post follows: "James Mattis, Bộ trưởng Quốc phòng Mỹ", "Rex Tillerson làm Ngoại trưởng"."""
    if is_vietnamese(line.words[at]) or (at and line.words[at - 1][0].isupper()) or (line.words[at].isupper() and not is_spelt(line, at)):
        return None
    name = foreign_run(line, at, lexicon)
    end = name.last if name is not None else line.size
    if end + 2 < line.size and line.words[end] == "," and line.keys[end + 1] == "một":
        end += 1  # "Anna Soubry, một nghị sĩ đảng Bảo thủ"
    if end + 1 >= line.size or not (line.words[end] in ",(" + DASHES or line.keys[end] in ("là", "làm", "một")) or line.keys[end + 1] not in lexicon.post_words:
        return None
    post = find_post(line, end + 1, lexicon)
    return name if post is not None and post.office and not post.bare else None


def _is_name(line: Line, at: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a capitalised form of address is rather the surname of a name: "Cụ" no, "Ông Văn Ích" by a surname table that knows Ông."""
    if line.words[at] == "Ông" and at and line.words[at - 1][0].isalpha() and not line.shouting:
        return (
            at + 2 < line.size
            and line.caps[at + 1]
            and line.caps[at + 2]
            and len(line.words[at + 2]) > 1
            and is_vietnamese(line.words[at + 1])
            and not (line.keys[at + 1] in lexicon.surnames and at + 3 < line.size and line.caps[at + 3])  # Ông Văn Anh Tuấn
            and find_name(line, at + 1, lexicon, beside=False) is None
        )
    return lexicon.surnames.get(line.keys[at], False) and end < line.size and line.caps[end] and find_name(line, end, lexicon, beside=False) is None


def _short(line: Line, at: int, lexicon: Lexicon) -> str:
    """Key of the only capitalised word at `at`, if it is one."""
    if at >= line.size or not line.caps[at] or len(line.words[at]) < 2 or line.words[at].isupper():
        return ""
    if at + 1 < line.size and line.caps[at + 1] and line.words[at + 1][0].isalpha():
        return ""
    if line.keys[at] in lexicon.openers or lexicon.starts.longest(line, at)[1] or lexicon.organisations.longest(line, at)[1]:
        return ""
    return line.keys[at]
