"""Finds where a text names provinces, districts and communes; which unit is meant is place_resolve.py's question.

One pass over the words of a paragraph. A name counts after its type word ("xã", "Q.", "Huyện ủy"), in a list that such a
word opens ("các xã A, B và C"), as the higher unit of a chain ("xã A, Lắk"), or bare: a province's name, or a district's
where the words before it speak of a place. Names begin with capitals or are numbers; lower case never counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from analyzers.fold import has_marks, key
from indexer.extract.words import split
from indexer.gazetteer.load import Gazetteer, Level, gazetteer
from indexer.gazetteer.spelling import place_key, syllable_key

_NAME_SEPARATOR = re.compile(r"[ \u00a0]{1,3}|\s?[-–]\s?")
_LIST_SEPARATOR = re.compile(r"\s*[,;]\s*")
_LINK_SEPARATOR = re.compile(r"\s*[,(–-]?\s*")
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

_ONE_WORD = {key(w): w for w in ("xã", "phường", "huyện", "quận", "tỉnh")}
_TWO_WORDS = {(key(a), key(b)): f"{a} {b}" for a, b in (("thị", "xã"), ("thị", "trấn"), ("thành", "phố"), ("đặc", "khu"))}
# Party committees and youth unions: "Huyện ủy Lắk" names huyện Lắk.
_BODIES = {
    (key(a), key(b)): word
    for a, word in (("tỉnh", "tỉnh"), ("thành", "thành phố"), ("huyện", "huyện"), ("quận", "quận"), ("thị", "thị xã"))
    for b in ("ủy", "đoàn", "đội")
}
_SHORT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "p": "phường", "q": "quận", "h": "huyện"}
_FIRST_WORDS = {a for a, _ in (*_TWO_WORDS, *_BODIES)} | set(_ONE_WORD)
_OPENERS = _FIRST_WORDS | set(_SHORT)

# "hợp tác xã Tân Lập", "Thông tấn xã Việt Nam", "công xã Paris" are no communes.
_NOT_BEFORE_XA = {key(w) for w in ("tác", "tấn", "công", "hợp", "đại")}
_AND = {key("và"), key("với"), key("hoặc")}
_OF = {key(w) for w in ("thuộc", "của", "ở")}
_OPENS_LIST = {key(w) for w in ("các", "những", "hai", "ba", "bốn", "năm", "sáu", "nhiều", "số")}
_FORMERLY = {key("cũ")}
_BEFORE_MERGER = (key("trước"), key("sáp"))

SURNAMES = frozenset(
    key(w)
    for w in (
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Trịnh Đào Mai Trương Cao Lương Vương Tạ Hà Thái Tô "
        "Châu Quách Phùng Triệu Nông Bạch Kiều Doãn Chu Tống Lưu Thân Từ Giang La Lò Lầu Giàng Vàng Cầm Hứa Khuất Ninh Văn Đàm Lại Mạc Ông Tôn Viên "
        "Nghiêm Âu Bế Ma Thạch Danh Sơn Siu Rơ Ksor Y H Hầu Lữ Khổng Thiều Phương Đồng Vi Điểu Cù Uông Tăng Thào Sùng Cư Nay Rah Niê Blô"
    ).split()
)
# The commonest of them: a name after a type word that is in no table and begins so is a person's ("Chủ tịch UBND xã Lê Hùng").
_COMMON_SURNAMES = frozenset(key(w) for w in "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Đào Trương Phùng".split())
# Capitalised words that begin a body or a title, not a place's name.
_NO_NAME = frozenset(
    key(w)
    for w in (
        "Ủy Uỷ Đảng Đoàn Hội Ban Sở Phòng Bí Chủ Phó Trưởng Thường Khóa Khoá Nhiệm Đại Thành UBND HĐND MTTQ UBMTTQ Công Quân Viện Tòa Toà Chi Liên "
        "Giám Cục Bộ Mặt Nhà Việt Trung Văn Thanh Ông Bà Anh Chị Đồng Theo Tại Trong Sau Khi Với Để Các Những Năm Ngày Nghị Quyết Chương Nông Cựu"
    ).split()
)
# Lower-case words before a name that make it something else than a province or a district.
_NOT_A_PLACE = frozenset(
    key(w) for w in "đường phố sông suối núi cầu hồ đèo chùa đền vịnh đảo cảng ga chợ trường báo đài hiệu ông bà anh chị em cháu bé tên làng điện".split()
)
# Capitalised words that may stand right before a bare name without being a part of it.
_BEFORE_NAME = frozenset(
    key(w)
    for w in (
        "Tại Ở Từ Theo Đến Về Tỉnh Cả Riêng Ngoài Như Còn Và Với Qua Trên Vùng Miền Do Nếu Cùng Của Nhiều Đối Tới Sau Trước Khi Trong Hôm Lãnh Người"
    ).split()
)
# Words before a district's bare name that speak of a place or a body of it.
_PLACE_BEFORE = frozenset(key(w) for w in "ở tại về từ đến ra vào lên xuống an ủy đoàn UBND HĐND VKSND TAND MTTQ đất địa quê dân vùng".split())


@dataclass(slots=True)
class Mention:
    """A name at [start, end) of a paragraph. `type` is its type word ("" if bare), `key` its place_key.

    `rule`: "type-word", "abbreviation", "body" (Huyện ủy), "list", "chain" (higher unit without type word), "bare".
    `parent`: the mention of the higher unit that the text joins to it. `old`: the text says that it is of before July 2025.
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


@cache
def _province_starts() -> frozenset[str]:
    """First words of provinces' names and aliases; "HCM" alone is no place (TNCS HCM)."""
    return gazetteer().first_words("province") - {"hcm"}


def find(text: str) -> list[Mention]:
    """Every mention in one paragraph, in reading order."""
    return list(_Finder(text).run())


class _Finder:
    """The pass over one paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        words = split(text)
        self.texts, self.keys, self.found = words.texts, words.keys, words.found
        self.gazetteer: Gazetteer = gazetteer()

    @cached_property
    def shouted(self) -> bool:
        """A line of capitals: there a bare name is as weak as one in lower case."""
        return self.text.isupper() or sum(map(str.isupper, self.texts)) > 0.7 * len(self.texts)

    def run(self) -> Iterator[Mention]:
        keys, texts, starts = self.keys, self.texts, _province_starts()
        waiting: list[Mention] = []  # mentions that the next group may hold, if it begins at `joint`
        joint = -1
        i = 0
        while i < len(keys):
            capital = texts[i][0].isupper()
            opens = keys[i] in _OPENERS
            if not capital and not opens:
                i += 1
                continue
            opened = self._type_word(i) if opens else None
            group: list[Mention] = []
            after = i + 1
            if opened is not None:
                type_, name_at, rule = opened
                group, after = self._group(i, name_at, type_, rule)
                after = max(after, name_at if group else i + 1)
            elif capital and i == joint and waiting:
                group, after = self._chained(i, waiting)
            if not group and capital:
                group, after = self._bare(i, starts)
            if group:
                if i == joint and waiting and _rank(group[0]) > _rank(waiting[0]):
                    for mention in waiting:
                        mention.parent = group[0]
                yield from group
                waiting, joint = group, self._joint(after)
                if self._formerly(after):
                    for mention in group:
                        mention.old = True
            i = after

    # ------------------------------------------------------------ pieces

    def _separator(self, i: int) -> str:
        """What stands between word i-1 and word i."""
        return self.text[self.found[i - 1].end() : self.found[i].start()]

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
            if pair in _BODIES:
                return _BODIES[pair], i + 2, "body"
            if pair in _TWO_WORDS:
                return _TWO_WORDS[pair], i + 2, "type-word"
        if keys[i] in _ONE_WORD:
            if keys[i] == _XA and i and keys[i - 1] in _NOT_BEFORE_XA:
                return None
            return _ONE_WORD[keys[i]], i + 1, "type-word"
        if keys[i] in _SHORT and self._capital(i):
            dotted = self._separator(i + 1).startswith(".")
            if (len(keys[i]) == 2 and (keys[i] != "tt" or dotted)) or dotted:
                return _SHORT[keys[i]], i + 1, "abbreviation"
        return None

    def _group(self, at: int, i: int, type_: str, rule: str) -> tuple[list[Mention], int]:
        """Mentions of the name at word i and of the list that goes on from it, and the index after them."""
        keys = self.keys
        many = at > 0 and (keys[at - 1] in _OPENS_LIST or self._number(at - 1))
        # "các xã, phường A, B": go on to the last type word. "các huyện: A, B" too.
        gap = self._separator(i)
        if not re.fullmatch(r"\.?\s{0,2}|\s?:\s?" if many or rule == "abbreviation" else r"\.?[ \u00a0]{1,2}[\"“]?", gap):
            return [], i
        first = self._name(i, type_, rule)
        if first is None or (rule == "abbreviation" and (not first[0].known or (len(first[0].text) == 1 and not first[0].text.isdigit()))):
            return [], i  # "P.V" is a reporter
        before = keys[max(0, at - 3) : at]
        if _BAO in before and _CAO not in before:
            return [], i  # "Báo Pháp luật TP.HCM"
        group, i = [first[0]], first[1]
        while i < len(keys):
            step = 0
            separator = self._separator(i)
            if keys[i] in _AND and not self._capital(i) and separator.isspace():
                step = 1
            elif not _LIST_SEPARATOR.fullmatch(separator):
                break
            if i + step >= len(keys) or self._type_word(i + step) is not None:
                break
            item = self._name(i + step, type_, "list")
            if item is None or not self._continues(group, item[0], joined=bool(step), many=many, after=item[1]):
                break
            group.append(item[0])
            i = item[1]
        return group, i

    def _continues(self, group: list[Mention], item: Mention, *, joined: bool, many: bool, after: int) -> bool:
        """Whether a name after a comma or "và" is one more of the list, not the higher unit or a person."""
        if item.key == group[-1].key:
            return False
        if item.key.isdigit():
            return (many or joined or group[-1].key.isdigit()) and not self._counts(after, item)
        if not item.known:
            return many and syllable_key(item.text.split()[0]) not in SURNAMES
        if joined:
            return True
        holders = self._holders(group[-3:])  # enough to tell, and a list of thousands stays linear
        if "province" in item.levels and item.type == "thành phố" and not many:
            return False  # "TP.HCM, Bắc Ninh": the second is a province
        if self.gazetteer.named(item.key, "province") and "province" not in item.levels:
            # "huyện Quỳnh Lưu, Nghệ An": a province. "các phường Hải Tân, Hải Dương và …" goes on.
            return many and not any(self.gazetteer.province_of(h).id in holders for h in self.gazetteer.named(item.key, "province"))
        if item.levels == ("commune",) and any(d in holders for d in self.gazetteer.named(item.key, "district")):
            return many and after < len(self.keys) and (self.keys[after] in _AND or bool(_LIST_SEPARATOR.fullmatch(self._separator(after))))
        return True

    def _counts(self, after: int, number: Mention) -> bool:
        """Whether a number in a list counts what follows ("và 5 phường khác") instead of naming a ward."""
        if after >= len(self.keys) or self._separator(after).strip(" \u00a0") or self.keys[after] in _AND:
            return False
        opened = self._type_word(after)
        return opened is None or RANK[opened[0]] <= RANK[number.type]

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

    def _name(self, i: int, type_: str, rule: str) -> tuple[Mention, int] | None:
        """The longest name of the type's levels at word i, else an unknown commune's name; with the index after it."""
        keys, levels = self.keys, LEVELS[type_]
        if i >= len(keys):
            return None
        if self._number(i):
            end_of_number = self.found[i].end()
            if type_ not in ("quận", "phường") or self.text[end_of_number : end_of_number + 1] in ("%", "/", "-") or keys[i] == "0":
                return None
            longer = self._known(i, levels)
            if longer is None:
                return self._mention(i, i + 1, keys[i], type_, rule, known=True), i + 1
        elif not self._capital(i):
            return None
        known = self._known(i, levels)
        run = self._run(i)
        if known is not None:
            end, name = known
            alone = end >= i + run or keys[end] in SURNAMES or keys[end] in _NO_NAME or keys[end] in _FIRST_WORDS or keys[end] in _SHORT
            person = keys[i] in _COMMON_SURNAMES and not alone  # "phường Trần Phú Cường"
            if (end - i > 1 and not person) or alone or "commune" not in levels:
                return self._mention(i, end, name, type_, rule, known=True), end
        if "commune" not in levels or keys[i] in _NO_NAME:
            return None
        # A commune merged away before the tables begin: two or three capitalised words, a person's name cut off.
        length = next((n for n in range(1, run) if keys[i + n] in SURNAMES and n + 1 < run), run)
        name = "".join(keys[i : i + length])
        person = keys[i] in _COMMON_SURNAMES or (keys[i] in SURNAMES and length > 2)
        if not 2 <= length <= 3 or person or self.shouted or not has_marks(self.text[self.found[i].start() : self.found[i + length - 1].end()]):
            return None
        return self._mention(i, i + length, name, type_, rule, known=False), i + length

    def _mention(self, i: int, end: int, name: str, type_: str, rule: str, *, known: bool) -> Mention:
        start, stop = self.found[i].start(), self.found[end - 1].end()
        return Mention(start, stop, self.text[start:stop], name, type_, LEVELS[type_], rule, known)

    def _run(self, i: int) -> int:
        """How many capitalised words follow each other from word i on, spaces between them."""
        n = 1
        while i + n < len(self.keys) and n < _LONGEST_NAME and self._capital(i + n) and not self._separator(i + n).strip() and self._separator(i + n):
            n += 1
        return n

    def _known(self, i: int, levels: tuple[Level, ...]) -> tuple[int, str] | None:
        """(index after it, key) of the longest name of the gazetteer at word i."""
        best = None
        name = ""
        for n in range(_LONGEST_NAME):
            at = i + n
            if at >= len(self.keys) or (n and not _NAME_SEPARATOR.fullmatch(self._separator(at))):
                break
            farm = n == 1 and name == _NONG and self.keys[at] == _TRUONG  # "thị trấn Nông trường Việt Lâm"
            if not (self._capital(at) or self._number(at) or farm):
                break
            name += self.keys[at]
            if any(self.gazetteer.knows(name, level) for level in levels):
                best = (at + 1, name)
        return best

    def _joint(self, i: int) -> int:
        """Index of the word at which a higher unit would follow ("xã A, huyện B", "xã A (B)", "xã A thuộc B"); -1 if none can."""
        if i >= len(self.keys) or not _LINK_SEPARATOR.fullmatch(self._separator(i)):
            return -1
        if self.keys[i] in _OF and i + 1 < len(self.keys) and self._separator(i + 1).isspace():
            return i + 1
        return i

    def _formerly(self, i: int) -> bool:
        """Whether "cũ", "(cũ)" or "trước sáp nhập" follows."""
        if i >= len(self.keys) or self._separator(i).strip() not in ("", "("):
            return False
        if self.keys[i] in _FORMERLY:
            return True
        following = self.keys[i : i + 4]
        return following[:1] == [_BEFORE_MERGER[0]] and _BEFORE_MERGER[1] in following

    def _chained(self, i: int, waiting: list[Mention]) -> tuple[list[Mention], int]:
        """A district's or province's bare name that holds what was named right before it."""
        holders = self._holders(waiting)
        lower = _rank(waiting[0])
        levels: tuple[Level, ...] = ("district",) if lower == 1 else ("province",)
        for level in (*levels, "province") if lower == 1 else levels:
            known = self._known(i, (level,))
            if known is not None and any(id in holders for id in self.gazetteer.ids(known[1], level)):
                start, end = self.found[i].start(), self.found[known[0] - 1].end()
                return [Mention(start, end, self.text[start:end], known[1], "", (level,), "chain", True)], known[0]
        return [], i + 1

    def _bare(self, i: int, starts: frozenset[str]) -> tuple[list[Mention], int]:
        """A province's name, or a district's after a word that speaks of a place, without type word."""
        keys = self.keys
        if keys[i] in starts:
            known = self._known(i, ("province",))
            if known is not None and known[1] != _HO_CHI_MINH and known[1] != "hcm" and not self.shouted and self._stands_alone(i, known[0]):
                return [self._bare_mention(i, known, "province")], known[0]
        if i and keys[i - 1] in _PLACE_BEFORE and self._separator(i).isspace() and not self.shouted:
            known = self._known(i, ("district",))
            if known is not None and known[0] - i > 1 and known[0] == i + self._run(i):
                return [self._bare_mention(i, known, "district")], known[0]
        return [], i + 1

    def _bare_mention(self, i: int, known: tuple[int, str], level: Level) -> Mention:
        start, end = self.found[i].start(), self.found[known[0] - 1].end()
        return Mention(start, end, self.text[start:end], known[1], "", (level,), "bare", True)

    def _stands_alone(self, i: int, end: int) -> bool:
        """Whether the words around [i, end) do not make a longer name of it: a person, a street, an ocean."""
        keys = self.keys
        if i and not self._separator(i).strip(" \u00a0"):
            before = keys[i - 1]
            if self._capital(i - 1) and not self.texts[i - 1].isupper() and before not in _BEFORE_NAME:
                return False
            if before in _NOT_A_PLACE and not (i > 1 and (keys[i - 2], before) in _TWO_WORDS):
                return False
        if end < len(keys) and not self._separator(end).strip(" \u00a0") and self._capital(end) and not self.texts[end].isupper():
            # "UBND tỉnh Thái Bình Phạm Văn Ca" goes on with a person; "Thái Bình Dương" does not.
            return keys[end] in SURNAMES and self._run(end) > 1
        return True


def _rank(mention: Mention) -> int:
    """1 commune, 2 district, 3 province; a city counts as a district until its name says otherwise."""
    return RANK[mention.type] if mention.type else {"commune": 1, "district": 2, "province": 3}[mention.levels[0]]


_XA, _BAO, _CAO, _NONG, _TRUONG = (key(w) for w in ("xã", "báo", "cáo", "nông", "trường"))
_HO_CHI_MINH = place_key("Hồ Chí Minh")
