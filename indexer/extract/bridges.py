"""Words that no table knows between a post and its holder: "Phó Trưởng ban phụ trách | Ban thực hiện chính sách | Lê Văn Phúc".

The tables will never name every body, least of all those abroad. Where nothing but words of a body's name stands between a post and a full
name, they go on with the post; a verb, a mark or a place ends them. A few words there are no part of it: "Tổng thống | nước này | ...".
"""

from __future__ import annotations

from indexer.extract.bodies import ACTING, REPORTING, VERBS
from indexer.extract.lexicon import Lexicon
from indexer.extract.persons import find_name
from indexer.extract.scan import DASHES, Line

_LONGEST = 11  # words: "phụ trách về ngân sách của Liên minh châu Âu (EU)"
_INSIDE = frozenset({"về", "của", "và", "trong", "cho", "tại"})  # they stand in names of bodies too
_ENDS = (
    VERBS
    | ACTING
    | REPORTING
    | frozenset(
        "biết như gồm thăm tặng giành nghe lái khen còn tới đưa giao hay đặt từng mà rằng hai"
        " ba vì nếu nhiều những qua người việc ở sang trước tuần tháng năm hoan vui đọc hỏi muốn gửi mời cử lên xuống vẫn thì gọi nhìn tin lo đòi hứa chọn bắt"
        " dừng vào mình ta tôi họ ai sao nay chiến hành con vợ chồng em cháu mẹ cha bố dòng xe máy".split()
    )
) - _INSIDE
# Behind these stands a place, a company, somebody whose time it was.
_NO_HOLDERS = frozenset(
    "bang tỉnh vùng đảo tp tp. thành phố tại ở hãng đoàn ty báo tờ đài về của và thời đường sân bay thôn xã huyện quận phường trường"
    " viện khu kcn bv vụ tiên đảng trào nhóm phe".split()
)
_LINKS = frozenset({"của", "thuộc", "kiêm", "về", "phụ", "đại", "cho", "trong"})


_THEN = (
    ["khi", "đó"],
    ["lúc", "đó"],
    ["khi", "ấy"],
    ["lúc", "ấy"],
    ["hiện", "nay"],
    ["đương", "thời"],
    *(f"{when} mãn nhiệm".split() for when in ("sắp", "vừa")),
    "vừa bị sa thải".split(),
    "mới được bổ nhiệm".split(),
    ["đương", "nhiệm"],
    *(f"cánh {side}".split() for side in ("tả", "hữu")),
    ["đối", "lập"],
    "bị luận tội".split(),
    ["hiện", "tại"],
)  # Tổng thống Mỹ khi đó George W. Bush
_NUMERALS = frozenset("I II III IV V VI VII VIII IX X XI XII XIII XIV".split())
# What aside may find something behind a post by: most words begin nothing of the kind.
_BEGINS_ASIDE = frozenset({"nước", "al", "el", ",", "nhiệm", *(phrase[0] for phrase in _THEN)})


def goes_on(line: Line, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the words [start, end) between a post and a full name are the rest of the post."""
    words = line.words[start:end]
    if not 0 < end - start <= _LONGEST or line.keys[end - 1] in _NO_HOLDERS or words[0] in ",-–" or words[-1] in "-–(":
        return False
    if (words[0], words[-1]) == ("(", ")") or words.count("(") != words.count(")") or (end == start + 1 and line.caps[start]):
        return False  # "Bộ Tài chính (BTC)", "Chủ tịch | Thăng | Long Group"
    if any(lexicon.organisations.longest(line, i)[0] > end for i in range(max(start, end - 2), end)):
        return False  # của Tây | Ban Nha Maria
    for i in range(start, end):
        if "private" in lexicon.organisations.longest(line, i)[1] and line.keys[i] not in ("tổ", "viện"):
            return False
        if line.keys[i] in _ENDS or not (
            line.words[i].isalpha() or line.words[i] in "()-–" or (line.words[i].isdigit() and len(line.words[i]) < 4) or line.keys[i] == "t.ư"
        ):
            return False
        if lexicon.heads.first.get(line.keys[i]) is not None and i > start and lexicon.heads.longest(line, i)[1] and line.keys[i - 1] != "của":
            return False
    return True


def is_linked(line: Line, start: int) -> bool:
    """Whether the word at `start` links what follows to a post: "Bộ trưởng | đại diện cho Scotland trong chính phủ, ông A"."""
    return line.keys[start] in _LINKS or line.caps[start]


def tells_state(line: Line, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a state's body is named in [start, end): "quan chức | thuộc Bộ Ngoại giao Yemen"."""
    return any(line.caps[i] and "state" in lexicon.organisations.longest(line, i, end)[1] for i in range(start, end))


def is_foreign_official(line: Line, start: int, head: int, last: int, lexicon: Lexicon) -> bool:
    """Whether "quan chức" in [start, last), headed up to `head`, is of a country abroad and somebody's: "quan chức cấp cao | Palestine | Hanan Ashrawi"."""
    if not any("country" in lexicon.organisations.longest(line, i, last)[1] and line.keys[i] != "việt" for i in range(head, last)):
        return False
    explains = start > 1 and (line.words[start - 1] in ",-–" or line.keys[start - 1] == "một")  # "David Brow, một quan chức Mỹ"
    return explains or (last < line.size and find_name(line, last, lexicon, beside=True) is not None)


def aside(line: Line, at: int) -> int:
    """Behind what is said after a post and is no part of it: "Tổng thống | nước này | Moon Jae-in", "Chủ tịch Hội, | nhiệm kỳ 2014-2019 |, ..."; else `at`."""
    keys = line.keys
    if at >= len(keys) or keys[at] not in _BEGINS_ASIDE:
        return at
    if keys[at : at + 2] == ["nước", "này"]:
        return at + 2
    if keys[at : at + 3] == ["nước", "chủ", "nhà"]:
        return at + 3
    if keys[at : at + 2] in (["al", "-"], ["el", "-"]) and line.touching(at + 1):
        return at + 2  # Bộ trưởng Quốc phòng al-Mahdi al-Barghathi
    said = next((phrase for phrase in _THEN if keys[at : at + len(phrase)] == phrase), [])
    if said and (behind := at + len(said)) < len(keys):
        apart = keys[behind] == "," and said[0] in ("khi", "lúc", "hiện") and behind + 1 < len(keys)  # Đại sứ Mỹ tại ASEAN lúc đó, Scot Marciel
        return behind if line.caps[behind + apart] else at
    start = at + 1 if keys[at] == "," else at
    if start > at and line.words[at - 1] in _NUMERALS:  # Ủy viên Trung ương Đảng khóa X, | XI, XII
        while keys[at : at + 1] == [","] and at + 1 < len(keys) and line.words[at + 1] in _NUMERALS:
            at += 2
        return at
    if keys[start : start + 2] != ["nhiệm", "kỳ"]:
        return at
    end = start + 2
    while end < len(keys) and (keys[end][0].isdigit() or keys[end] in DASHES):
        end += 1
    return end if end > start + 2 else at


def is_chief(line: Line, at: int) -> bool:
    """Whether "chức vụ" before `at` is of a department's chief: "giữ chức | Vụ trưởng Vụ Pháp chế", but "giữ chức vụ | Trưởng phòng"."""
    if line.keys[at - 2 : at + 1] != ["chức", "vụ", "trưởng"]:
        return False
    return (line.caps[at - 1] and not line.shouting) or line.keys[at + 1 : at + 2] == ["vụ"]
