"""What the words around a place's name tell of it - a body of the place, a person from there, a caption - and those of a whole report."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from indexer.extract.place_reading import Mention

# Words of reports on the whole nation, and of those on the people of a place: how densely they stand tells the two apart.
NATIONAL = ("cả nước", "Quốc hội", "Chính phủ", "Bộ trưởng", "Việt Nam", "Nhà nước", "quốc tế")
LOCAL = ("người dân", "địa phương", "UBND")
# Words of a report from within a province, which need not say which one.
WITHIN = ("Tỉnh ủy", "oàn tỉnh", "của tỉnh")
RULES = ("quy định", "Luật")  # of a report on what shall hold everywhere, whichever place it takes as its example

_BEFORE, _BEHIND = 60, 60  # characters; with 45 and 80 before, F1 of provinces held out was the same to 0.001
# Words between which and a name no sentence ends: the home of a person, a neighbour of the place told of, a clock's time or a university.
_ELSEWHERE = frozenset("quê Quê ngụ trú khẩu HKTT SN giáp giờ ĐH".split())
_ALSO_ELSEWHERE = ("sinh năm", "Sinh năm", "inh ngày", " tuổi, ở", "cấp cao tại", "Đại học", "Học viện", "hứng khoán", "GDCK")
_DELEGATES = frozenset("Đoàn đoàn ĐBQH ĐB nguyên Nguyên cựu".split())
_ALSO_DELEGATES = ("đại biểu", "Đại biểu")
# Words of a body: no comma or bracket parts them from the name of its place.
_OFFICES = frozenset("Sở UBND HĐND CA TAND VKSND Cục Ban LĐLĐ Hội CSGT".split())
_ALSO_OFFICES = ("Ủy ban", "Công an", "Viện KSND", "Tòa án", "Chi cục", "Thanh tra", "Tỉnh ủy", "Thành ủy", "Tỉnh uỷ", "Thành uỷ", "Đảng bộ", "Bộ đội")

_TYPES = frozenset("tỉnh Tỉnh TP TP. Tp. thành Thành phố thủ Thủ đô".split())
# Words by which the place behaves as one that does or is something: "Nghệ An đã ...", "Hà Tĩnh cần ...".
_ACTS = frozenset("đã là đang sẽ cũng tiếp phải còn cần nên vẫn chưa".split())
_LONGEST_ACT = 2 + max(map(len, _ACTS))  # with a space on either side

_SHORTENED = ("TP. ", "Tp. ", "tp. ", "TX. ", "Tx. ", "tx. ", "H. ", "Q. ", "P. ", "T. ")  # a stop before a name that ends no sentence
_VOTERS = re.compile(r"tiếp xúc[^.]{0,25}cử tri")
_ORDERS = ("đề nghị", "giao ", "gửi", "yêu cầu", "chỉ đạo")


class Context(NamedTuple):
    """What stands around one mention.

    `aside`: it is named for a person, a school or a neighbour only ("quê Hà Tĩnh"); `delegate`: for who speaks for it elsewhere ("Đoàn ĐBQH TP.HCM");
    `office`: a body of it ("Sở Y tế Hà Nội"); `told`: it is given orders ("giao UBND tỉnh ...");
    `acts`: it does something itself ("Nghệ An đã ..."); `met_at`: something takes place there ("tại Hà Nội");
    `voters`: a delegate meets its voters; `caption`: a picture's credit follows.
    """

    aside: bool
    delegate: bool
    office: bool
    told: bool
    acts: bool
    met_at: bool
    voters: bool
    caption: bool

    @classmethod
    def of(cls, mention: Mention, text: str) -> Context:
        """The context of a mention in its paragraph."""
        if mention.aside:
            return _ASIDE
        before, behind = text[max(0, mention.start - _BEFORE) : mention.start], text[mention.end : mention.end + _BEHIND]
        voters = ("cử tri" in before and _VOTERS.search(before) is not None) or ("cử tri" in behind and _VOTERS.search(behind) is not None)
        if before.endswith(". ") and not before.endswith(_SHORTENED):
            before = ""
        before = before[before.rfind(". ", 0, -1) + 1 :]  # of its sentence
        words = before.replace("(", " ").replace(",", " ").split()
        delegate = not _DELEGATES.isdisjoint(words) or any(map(before.__contains__, _ALSO_DELEGATES))
        body = before[max(before.rfind(","), before.rfind("("), before.rfind(")"), before.rfind(":")) + 1 :]
        last = len(words) - 1
        while last >= 0 and words[last] in _TYPES:
            last -= 1
        return cls(
            aside=not _ELSEWHERE.isdisjoint(words) or any(map(before.__contains__, _ALSO_ELSEWHERE)),
            delegate=delegate,
            office=not delegate and (not _OFFICES.isdisjoint(body.split()) or any(map(body.__contains__, _ALSO_OFFICES))),
            told=any(map(before.__contains__, _ORDERS)),
            acts=behind[:1] == " " and behind[1:_LONGEST_ACT].partition(" ")[0] in _ACTS,
            met_at=last >= 0 and words[last] in ("tại", "Tại"),
            voters=voters,
            caption="Ảnh" in behind,
        )


# What else stands around such a one tells nothing.
_ASIDE = Context(aside=True, delegate=False, office=False, told=False, acts=False, met_at=False, voters=False, caption=False)


def density(text: str, words: Iterable[str], length: int) -> float:
    """How densely words stand in a text: the logarithm of one more than their number in a thousand of its `length` characters."""
    return math.log1p(1000 * sum(map(text.count, words)) / length)
