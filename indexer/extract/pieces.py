"""Pieces of what a post is head of: whether an organisation's word, a field behind "và" or a place goes on with the post at one place of a line."""

from __future__ import annotations

from indexer.extract.lexicon import Lexicon
from indexer.extract.persons import FIRMS, find_name
from indexer.extract.scan import Line
from indexer.extract.syllables import is_vietnamese

_LONGEST_FIRM = 5  # words
_NO_COMMUNES = frozenset({"phố", "tp", "huyện", "quận"})  # ends of the type words that no commune has


def called_so(line: Line, at: int, size: int, lexicon: Lexicon) -> int:
    """End of the two words at `at` that a hospital is called by, where no name can begin with them; 0 if one may."""
    end = at + 2
    if (
        end > size
        or not line.caps[at + 1]
        or not (is_vietnamese(line.words[at]) and is_vietnamese(line.words[at + 1]))
        or (line.keys[at - 1] == "viện" and line.keys[at - 2] != "bệnh")
    ):
        return 0
    return 0 if end < line.size and line.caps[end] and find_name(line, end, lexicon, beside=True) is None else end


def opens(line: Line, head: int, at: int, lexicon: Lexicon) -> bool:
    """Whether the head itself ends in a word that a field follows: "Trưởng ban", "Trưởng phòng", "Bộ trưởng"."""
    firsts = lexicon.head_openings.first
    return any(line.keys[start] in firsts and lexicon.head_openings.longest(line, start, at)[0] == at for start in range(head, at))


def fits(line: Line, at: int, end: int, kinds: frozenset[str], before: frozenset[str], previous: str, after_and: bool, lexicon: Lexicon) -> bool:
    """Whether an organisation's word goes on with the post here; in lower case many of them are ordinary words and verbs."""
    if line.caps[at] and not line.shouting:
        return True
    fields_only = kinds <= {"field", "verbal"}
    if fields_only and not ("opening" in before or after_and or (previous == "field" and "verbal" not in kinds)):
        return False
    if "verbal" in kinds and kinds <= {"field", "verbal", "body"}:
        return "opening" in before or after_and
    if line.keys[at] == "vụ" and line.keys[at - 1] != "trưởng":
        return False  # công tố viên | vụ điều tra
    if "level" in kinds or end - at > 1:
        return True
    if line.words[at].isupper():
        return True
    # "giám đốc sở", "bộ Y tế", but not "vụ" or "ban" in running text
    return previous == "head" or (end < line.size and line.caps[end])


def goes_on(line: Line, at: int, lexicon: Lexicon) -> bool:
    """After "và": the body's name goes on (no new post, no person, no new clause)."""
    if lexicon.heads.longest(line, at)[1] or lexicon.before.longest(line, at)[1] or lexicon.prefixes.longest(line, at)[1]:
        return False
    if find_name(line, at, lexicon, beside=False) is not None:
        return False
    if line.words[at].isupper() and line.words[at - 2].isupper():
        return len(line.words[at]) > 1  # Sở NN và PTNT
    kinds = lexicon.organisations.longest(line, at)[1]
    return bool(kinds & {"field"}) and (line.caps[at] or "verbal" not in kinds)


def is_place(line: Line, at: int, end: int, levels: frozenset[str], before: frozenset[str], previous: str, lexicon: Lexicon) -> bool:
    """Whether the gazetteer's name at [at, end) is meant as a place and not as the beginning of a person's name."""
    placed = previous in ("level", "join") or ("level" in before and previous != "unknown")  # Bộ VHTT&DL | Nguyễn Thái Bình: TT is no town here
    if "province" not in levels and (line.keys[at - 1] in ("tỉnh", "đoàn") or not placed):
        # Đội trưởng QLTT Bình Tân Ông Quang Thanh; but tỉnh Kim Ngọc Rươn: there is a commune Kim Ngọc, and no such province
        named = previous == "body" and end > at + 1 and "district" in levels and end < line.size and line.caps[end]
        return named and find_name(line, at, lexicon, beside=False) is None and find_name(line, end, lexicon, beside=True) is not None
    if line.keys[at - 1] in _NO_COMMUNES and levels == {"commune"} and (name := find_name(line, at, lexicon, beside=True)) is not None and name.sure:
        return False  # thành phố | Hồ Quang Bửu Sơn, though there is a town Hồ
    if end == at + 1 and end + 1 < line.size and line.keys[end] in ("thị", "văn") and line.caps[end] and line.caps[end + 1]:
        return False  # thành phố Phan Thị Thu Dịu
    if end < line.size and line.caps[end] and line.words[end][0].isalpha():
        name = find_name(line, at, lexicon, beside=True)
        if name is not None and name.sure and "province" not in levels:
            following = find_name(line, end, lexicon, beside=True)
            if following is not None and (following.sure or following.last - end >= 3):
                # There is a town Lâm: "thành phố Lâm Đăng Sơn", but "thị trấn Lâm Nguyễn Văn A"
                return end > at + 1 or following.last - end >= 3
            return end > at + 1 and name.last != end + 1  # xã Trần Phú Cường: one word left over is no name
    return True


def is_firm(line: Line, at: int) -> bool:
    """Whether the capitalised words from `at` on name a company abroad: "Smith Brothers Group"."""
    end = at
    while end < min(line.size, at + _LONGEST_FIRM) and line.caps[end] and line.words[end][0].isalpha():
        if line.keys[end] in FIRMS and end > at:
            return True
        end += 1
    return False
