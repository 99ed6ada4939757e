"""Finds where a text names provinces, districts and communes; which unit is meant is place_resolve.py's question.

One pass over the words of a paragraph. A name counts after its type word ("xã", "Q.", "Huyện ủy"), in a list that such a
word opens ("các xã A, B và C"), as the higher unit of a chain ("xã A, Lắk"), or bare: a province's name, or a district's
where the words before it speak of a place. Names begin with capitals or are numbers; lower case never counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.fold import has_marks, key
from indexer.extract.place_reading import LEVELS, RANK, Mention, Reader, rank
from indexer.extract.place_words import (
    AND,
    COMMON_SURNAMES,
    FIRST_WORDS,
    LIST_WORDS,
    NO_NAME,
    NOT_A_DISTRICT,
    OPENERS,
    OPENS_LIST,
    PLACE_BEFORE,
    SHORT,
    SURNAMES,
    district_starts,
    province_starts,
)
from indexer.extract.words import BEFORE_PLACE, BEHIND_START, CAPITAL, OPENS_NAME, OPENS_PLACE, signed
from indexer.gazetteer.load import Level
from indexer.gazetteer.spelling import place_key, syllable_key

_LONGEST_THING = 7  # words before a place's name in "Cảng hàng không quốc tế Long Thành"
_MOST_BETWEEN = 6  # words from a list's type word to its first name
_MAY_OPEN = re.compile(f"{signed(OPENS_PLACE)}|{signed(OPENS_NAME)}(?={signed(BEHIND_START)})|(?<={signed(BEFORE_PLACE)}){signed(CAPITAL)}")
_BEFORE_FIRST, _BEFORE_NAME = re.compile(r"\.?\s{0,2}|\s?:\s?"), re.compile(r"[ \u00a0]{1,2}[\"“]?")  # what parts a type word from a list, from a name
_LIST_SEPARATOR, _BRACKET_SEPARATOR = re.compile(r"\s*[,;]\s*"), re.compile(r"\)\s?[,;]\s?")


def find(text: str) -> list[Mention]:
    """Every mention in one paragraph, in reading order."""
    return list(_Finder(text).run())


class _Finder(Reader):
    """The pass over one paragraph."""

    def run(self) -> Iterator[Mention]:
        keys, texts, starts = self.keys, self.texts, province_starts()
        waiting: list[Mention] = []  # mentions that the next group may hold, if it begins at `joint`
        joint = -1
        listed, continued = "", -1  # the type word of a list, and where it goes on behind "(Ba Tri), "
        resume = 0
        self.read = 0  # words before it belong to a mention
        self.others: set[str] = set()  # districts' names that the paragraph has given to something else
        while resume < len(keys):
            match = _MAY_OPEN.search(self.words.signs, resume)
            i = len(keys) if match is None else match.start()
            told = True
            if resume <= joint < i:
                i, told = joint, False
            if resume <= continued < i:
                i, told = continued, False
            if i == len(keys):
                return
            capital = texts[i][0].isupper()
            opened = self._type_word(i) if keys[i] in OPENERS else (listed, i, "list") if i == continued else None
            group: list[Mention] = []
            after = i + 1
            if opened is not None:
                type_, name_at, rule = opened
                group, after = self._group(i, name_at, type_, rule, goes_on=i == continued)
                after = max(after, name_at if group else i + 1)
                listed = type_ if i == continued or (i and keys[i - 1] in OPENS_LIST) else ""
            elif capital and i == joint and waiting:
                group, after = self._chained(i, waiting)
            if not group and told and capital:
                group, after = self._bare(i, starts)
            if group:
                if i == joint and waiting and rank(group[0]) > rank(waiting[0]):
                    for mention in waiting:
                        mention.parent = group[0]
                if self._aside(i, after, group[0]):
                    for mention in group:
                        mention.aside = True
                yield from group
                continued = self._continued(i, after) if listed and opened is None else -1
                waiting, joint = group, self._joint(after)
                self.read = after
                if self._formerly(after):
                    for mention in group:
                        mention.old = True
            resume = after

    # ------------------------------------------------------------ pieces

    def _continued(self, i: int, after: int) -> int:
        """Where a list goes on behind words [i, after) if they are the higher unit of its last name in brackets: "các xã A (X), B (Y)"; -1 if not."""
        if self._separator(i).strip() != "(" or after >= len(self.keys):
            return -1
        gap = self._separator(after)
        step = int(gap == ") " and self.keys[after] in AND)
        goes_on = (step or _BRACKET_SEPARATOR.fullmatch(gap)) and after + step < len(self.keys) and self._capital(after + step)
        return after + step if goes_on else -1

    def _group(self, at: int, i: int, type_: str, rule: str, *, goes_on: bool = False) -> tuple[list[Mention], int]:
        """Mentions of the name at word i and of the list that goes on from it, and the index after them. `goes_on`: the list was opened before."""
        keys = self.keys
        many = goes_on or (at > 0 and (keys[at - 1] in OPENS_LIST or self._number(at - 1)))
        end = i
        while many and end - i < _MOST_BETWEEN and end + 1 < len(keys) and keys[end] in LIST_WORDS and not self._capital(end):
            if self._separator(end).strip() not in ("", ","):
                break
            end += 1
        if end > i and self._capital(end) and type_ != "thành phố":
            i = end  # "các xã biên giới Mường Típ, Keng Đu"
        # "các xã, phường A, B": go on to the last type word. "các huyện: A, B" too.
        gap = self._separator(i)
        if gap != " " and not goes_on and not (_BEFORE_FIRST if many or rule == "abbreviation" else _BEFORE_NAME).fullmatch(gap):
            return [], i
        first = self._name(i, type_, rule)
        if first is None or (rule == "abbreviation" and (not first[0].known or (len(first[0].text) == 1 and not first[0].text.isdigit()))):
            return [], i  # "P.V" is a reporter
        if self._paper(at):
            return [], i  # "Báo Pháp luật TP.HCM"
        group, i = [first[0]], first[1]
        while i < len(keys):
            step = 0
            separator = self._separator(i)
            if keys[i] in AND and not self._capital(i) and separator.isspace():
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

    def _paper(self, at: int) -> bool:
        """Whether a paper's name ends with the place at word `at`: "Báo Lao động tỉnh", "PV Pháp Luật TP.HCM"; not "thông báo cho UBND tỉnh"."""
        if at - 2 >= self.read and self.keys[at - 2 : at] == [_PHAP, _LUAT] and self._capital(at - 2):
            return True
        for i in range(max(self.read, at - 3), at):
            if self.keys[i] == _BAO and self.keys[i - 1 : i] not in ([_THONG], [_HOP], [_DIEN], [_TRINH], [_DU], [_CANH]):
                return self.keys[i + 1] != _CAO and (i + 1 == at or self._capital(i + 1))
        return False

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
            # "các xã Ia Dom, Đức Cơ ở biên giới": one xã alone is not "các".
            goes_on = after < len(self.keys) and (self.keys[after] in AND or bool(_LIST_SEPARATOR.fullmatch(self._separator(after))))
            return many and (len(group) == 1 or goes_on)
        return True

    def _counts(self, after: int, number: Mention) -> bool:
        """Whether a number in a list counts what follows ("và 5 phường khác") instead of naming a ward."""
        if after >= len(self.keys) or self._separator(after).strip(" \u00a0") or self.keys[after] in AND:
            return False
        opened = self._type_word(after)
        return opened is None or RANK[opened[0]] <= RANK[number.type]

    def _name(self, i: int, type_: str, rule: str) -> tuple[Mention, int] | None:
        """The longest name of the type's levels at word i, else an unknown commune's name; with the index after it."""
        keys, levels = self.keys, LEVELS[type_]
        if i >= len(keys):
            return None
        if self._number(i):
            end_of_number = self.ends[i]
            if type_ not in ("quận", "phường") or self.text[end_of_number : end_of_number + 1] in ("%", "/", "-") or keys[i] == "0":
                return None
            longer = self._known(i, levels)
            if longer is None:
                return self._mention(i, i + 1, keys[i], type_, rule, known=True), i + 1
        elif not self._capital(i):
            return None
        known = self._known(i, levels)
        run = self._run(i)
        if self._goes_on_as_person(i if known is None else known[0] - 1):
            return None
        if known is not None:
            end, name = known
            alone = end >= i + run or keys[end] in SURNAMES or keys[end] in NO_NAME or keys[end] in FIRST_WORDS or keys[end] in SHORT
            alone = alone or self._goes_on_as_person(end)  # "phường Phan Rang Đàng Thị Mỹ"
            person = keys[i] in COMMON_SURNAMES and not alone  # "phường Trần Phú Cường"
            if (end - i > 1 and not person) or alone or "commune" not in levels:
                return self._mention(i, end, name, type_, rule, known=True), end
        holder = "commune" in levels and self._held(i + run)
        if "commune" not in levels or (keys[i] in NO_NAME and not holder):
            return None
        # A commune merged away before the tables begin: two or three capitalised words, a person's name cut off.
        length = next((n for n in range(1, run) if keys[i + n] in SURNAMES and n + 1 < run), run)
        name = "".join(keys[i : i + length])
        person = keys[i] in COMMON_SURNAMES or (keys[i] in SURNAMES and length > 2)
        marked = holder or keys[i] in _HIGHLAND or has_marks(self.text[self.starts[i] : self.ends[i + length - 1]])
        if not 2 <= length <= 3 or person or self.shouted or not marked:
            return None
        return self._mention(i, i + length, name, type_, rule, known=False), i + length

    def _goes_on_as_person(self, i: int) -> bool:
        """Whether "Thị" or "Văn" and another name follow word i: of "Bí thư Đảng ủy xã Phan Thị Lệ Thu" no xã is called Phan."""
        return i + 2 < len(self.keys) and self.texts[i + 1] in ("Thị", "Văn") and self._capital(i + 2) and self._run(i) > 2

    def _held(self, i: int) -> bool:
        """Whether ", huyện X" or "(huyện X" begins at word i: what stands before it can only be a commune, in a table or not."""
        if i >= len(self.keys) or self._separator(i).strip() not in (",", "("):
            return False
        opened = self._type_word(i)
        return opened is not None and RANK[opened[0]] == 2 and opened[1] < len(self.keys) and self._capital(opened[1])

    def _aside(self, i: int, after: int, first: Mention) -> bool:
        """Whether the group at words [i, after) is named for a person: a former post's, or in brackets behind a name."""
        if first.levels[0] != "province" and first.type != "thành phố":
            return False
        former = self.keys[max(self.read, i - 6) : i]
        if _NGUYEN in former and not re.search(r"[.,;!?]", self.text[self.ends[i - len(former) + former.index(_NGUYEN)] : self.starts[i]]):
            return True
        inside = i > 0 and self._separator(i).strip() == "(" and self.text[self.ends[after - 1] :][:1] == ")"
        return inside and first.rule != "chain" and self._capital(i - 1)

    def _chained(self, i: int, waiting: list[Mention]) -> tuple[list[Mention], int]:
        """A district's or province's bare name that holds what was named right before it."""
        holders = self._holders(waiting)
        lower = rank(waiting[0])
        levels: tuple[Level, ...] = ("district",) if lower == 1 else ("province",)
        for level in (*levels, "province") if lower == 1 else levels:
            known = self._known(i, (level,))
            if known is not None and any(id in holders for id in self.gazetteer.ids(known[1], level)):
                start, end = self.starts[i], self.ends[known[0] - 1]
                return [Mention(start, end, self.text[start:end], known[1], "", (level,), "chain", True)], known[0]
        return [], i + 1

    def _bare(self, i: int, starts: frozenset[str]) -> tuple[list[Mention], int]:
        """A province's name, or a district's after a word that speaks of a place, without type word."""
        keys = self.keys
        if keys[i] in starts:
            known = self._known(i, ("province",))
            if known is not None and known[1] != _HO_CHI_MINH and known[1] != "hcm" and not self.shouted and self._stands_alone(i, known[0]):
                return [self._bare_mention(i, known, "province")], known[0]
        if self.shouted:
            return [], i + 1
        if i and keys[i - 1] in PLACE_BEFORE:
            commune = self._commune_in_brackets(i)
            if commune is not None:
                return [self._bare_mention(i, commune, "commune")], commune[0]
        if keys[i] not in district_starts():
            return [], i + 1
        run = i + self._run(i)
        if not self.gazetteer.knows("".join(keys[i:run]), "district"):
            return [], i + 1
        known = self._known(i, ("district",))
        if known is None or known[0] != run:
            return [], i + 1
        after_place = i > 0 and keys[i - 1] in PLACE_BEFORE and self._separator(i).isspace()
        if after_place and known[0] - i > 1:
            return [self._bare_mention(i, known, "district")], known[0]
        if self._of_a_thing(i, known[0]):
            self.others.add(known[1])
            return [], i + 1
        if self._in_province(known):
            return [self._bare_mention(i, known, "district")], known[0]
        if known[0] - i > 1:
            if known[1] not in self.others and self._goes_on(i) and self._stands_alone(i, known[0]):
                return [self._bare_mention(i, known, "district", "alone")], known[0]
        return [], i + 1

    def _in_province(self, known: tuple[int, str]) -> bool:
        """Whether ", X" or "(X" follows a district's name, X the province that holds it: "Vinh, Nghệ An"."""
        i, name = known
        if i >= len(self.keys) or self._separator(i).strip() not in (",", "(") or self.keys[i] not in province_starts():
            return False
        above = self._known(i, ("province",))
        return above is not None and any(
            self.gazetteer.within(d, p) for d in self.gazetteer.ids(name, "district") for p in self.gazetteer.ids(above[1], "province")
        )

    def _commune_in_brackets(self, i: int) -> tuple[int, str] | None:
        """A commune's bare name at word i with what holds it in brackets: "ở Đồng Tâm (Hà Nội)"."""
        end = i + self._run(i)
        if end >= len(self.keys) or self._separator(end).strip() != "(":
            return None
        known = self._known(i, ("commune",))
        if known is None or known[0] != end or end - i < 2:
            return None
        levels: tuple[Level, ...] = ("district", "province")
        for level in levels:
            above = self._known(end, (level,))
            if above and level == "province" and self._in_province(known):
                return None  # "tại Hạ Long (Quảng Ninh)"
            if above and any(self.gazetteer.within(c, a) for c in self.gazetteer.named(known[1], "commune") for a in self.gazetteer.ids(above[1], level)):
                return known
        return None

    def _of_a_thing(self, i: int, end: int) -> bool:
        """Whether a place's name ends the name of a firm, a building or a person: "Công ty CP Dịch vụ Phú Nhuận", "Khu công nghiệp Phú Mỹ 1"."""
        if end < len(self.keys) and self._number(end) and self._separator(end).isspace():
            return True
        for at in range(i, max(self.read, i - _LONGEST_THING), -1):
            if self._separator(at).strip(" \u00a0") or self.keys[at - 1] in PLACE_BEFORE:
                return False
            if self.keys[at - 1] in NOT_A_DISTRICT:
                return True
        return False

    def _goes_on(self, i: int) -> bool:
        """Whether word i stands within a sentence, where a capital tells a name; not in an address ("số 61 Hai Bà Trưng")."""
        if not i or (self._number(i - 1) and self._separator(i).isspace()):
            return False
        separator = self._separator(i).strip(" \u00a0")
        return separator in (",", "(", ":", "...", "…") or (not separator and not self._capital(i - 1))

    def _bare_mention(self, i: int, known: tuple[int, str], level: Level, rule: str = "bare") -> Mention:
        start, end = self.starts[i], self.ends[known[0] - 1]
        if level == "province" and self.text.startswith("TP", start):
            return Mention(start, end, self.text[start:end], known[1], "thành phố", (level,), "abbreviation", True)  # "TPHCM" says its type
        return Mention(start, end, self.text[start:end], known[1], "", (level,), rule, True)


_BAO, _CAO, _NGUYEN, _PHAP, _LUAT = (key(w) for w in ("báo", "cáo", "nguyên", "pháp", "luật"))
_THONG, _HOP, _DIEN, _TRINH, _DU, _CANH = (key(w) for w in ("thông", "họp", "điện", "trình", "dự", "cảnh"))
_HIGHLAND = frozenset(map(key, ("Ia", "Ea", "Ya", "Kon")))  # begin names of communes in many spellings: "xã Ia Der" of the tables' Ia Dêr
_HO_CHI_MINH = place_key("Hồ Chí Minh")
