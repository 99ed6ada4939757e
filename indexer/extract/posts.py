"""Posts: where "Phó Chủ tịch Thường trực UBND tỉnh" begins and ends, and whether it is an office.

A post is a head ("phó chủ tịch") and what it is head of: organisations, fields, places, numbers, joined the way that
names of bodies are. It ends where the name of a person begins or where a word stands that no body's name has.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.extract.bodies import PURPOSES, after_mark, duty, is_company, is_department, is_second, mission, pair_end, rest, says
from indexer.extract.bridges import is_foreign_official, tells_state
from indexer.extract.lexicon import NO_KINDS, Lexicon
from indexer.extract.persons import Name, find_name, is_spelt
from indexer.extract.pieces import called_so, fits, goes_on, is_firm, is_place, opens
from indexer.extract.scan import Line
from indexer.extract.syllables import is_vietnamese

MAX_WORDS = 30  # the longest post read in 5,452 articles has 24 words

_DANGLING = frozenset({"và", "của", "thuộc", "tại", "khóa", "kỳ", "nhiệm", "năm", "-", "–", "&", ","})  # no post ends in one of these
_THIS = (["này"], ["chủ"])  # Tổng thống | nước này
_MANAGES = (["giám", "đốc"], ["tổng", "giám"])
_CHAIR = ["chủ", "tịch"]
_OFFICIAL = ["quan", "chức"]
_AIDES = (["trợ", "lý"], ["thư", "ký"])
_POWERS = frozenset({"chính", "thẩm", "ủy", "giao", "cầm", "toàn", "nhân", "chủ", "trao", "phân", "đặc"})  # "chính quyền Tổng thống" is no acting president
_NUMBERED = frozenset("quận phường khu vực đoàn khóa tổ số ấp thôn khóm phố đội vùng phòng đạo cư đài cục khối huyện xã bản buôn q. p.".split())
_NUMBERED_TOO = frozenset({("dự", "án"), ("chi", "bộ"), ("nhi", "đồng"), ("cơ", "sở")})  # Ban quản lý dự án 2, Bệnh viện Nhi đồng 1, Thuế cơ sở 3
# Lữ đoàn Pháo binh 368, Vùng Cảnh sát biển 3
_NUMBERED_ARMS = frozenset({("pháo", "binh"), ("công", "binh"), ("bộ", "binh"), ("đặc", "công"), ("thiết", "giáp"), ("phòng", "không"), ("sát", "biển")})
# Whose office is somebody else's: "Trợ lý Bộ trưởng", "phát ngôn viên của Tổng thống"; behind another head a head begins a post of its own.
_ASSISTANTS = frozenset({"lý", "ký", "vấn", "viên", "sứ", "ngôn", "phòng", "diện"})
_CANDIDATES = (["cử", "viên"], ["ứng", "viên"], ["bầu", "cử"], ["tranh", "cử"])  # who runs for an office does not hold it
_LEADS = frozenset({"đạo", "lĩnh", "đầu", "chức", "cao"})  # lãnh đạo, thủ lĩnh, người đứng đầu, quan chức cấp cao | của đảng Tổ quốc
_COUNCILS = frozenset({"đbqh", "hđnd", "ubnd", "hội", "dân", "ủy"})
_INSPECTORS = ["trưởng", "đoàn", "thanh"]
_DEPUTIES = frozenset({"đại", "đbqh", "đb"})  # "Trưởng đoàn đại biểu Quốc hội"
_PARTIES = frozenset({"đảng", "phe"})
_MISSIONS = frozenset({"cơ", "sứ", "phái", "trung"})  # cơ quan, sứ mệnh, phái bộ, trung tâm
_HOSPITALS = frozenset({"viện", "bv"})
_PREFIXES = frozenset({"a", "y", "u"})  # "xã | A Thiu", which is no commune of the tables, unlike "xã A Lù"
_HAMLETS = frozenset({"thôn", "buôn", "ấp", "bản", "làng", "xóm"})  # trưởng thôn Hoành


@dataclass(frozen=True, slots=True)
class Post:
    """Tokens [first, last) of a line as one post; `office` as labels.md means it; `bare`: a head without a body."""

    text: str
    first: int
    last: int
    office: bool
    bare: bool


def find_post(line: Line, at: int, lexicon: Lexicon) -> Post | None:
    """The post that begins at token `at`, or None."""
    start = at
    end, kinds = lexicon.prefixes.longest(line, at) if line.keys[at] in lexicon.prefixes.first else (at, NO_KINDS)
    if kinds:
        if line.keys[at] == "quyền" and not line.caps[at] and at and line.keys[at - 1] in _POWERS:
            return None
        at = end
    end, kinds = lexicon.heads.longest(line, at)
    if not kinds and at + 1 < line.size and line.keys[at] == "phó":
        end, kinds = lexicon.heads.longest(line, at + 1)  # whatever has a head has a deputy
    if not kinds or _is_cut_out(line, at, end):
        return None
    last, state = _body(line, at, end, lexicon)
    if line.keys[max(0, start - 2) : start] in _CANDIDATES:
        return Post(line.slice(start, last), start, last, False, True)  # ứng cử viên Tổng thống Mỹ Hillary Clinton
    if state != "state" and kinds & {"head", "head-open"} and "phòng" in line.keys[at:last] and is_company(line, last, lexicon):
        state = "private"
    if last == end and end < line.size and line.caps[end] and is_firm(line, end):
        state = "private"
    if last == end and line.keys[end - 2 : end] == _CHAIR and line.keys[end : end + 1] == ["kiêm"] and line.keys[end + 1 : end + 3] in _MANAGES:
        state = "private"  # Chủ tịch kiêm Giám đốc điều hành Công ty
    if "head-leader" in kinds:
        return Post(line.slice(start, last), start, last, True, False) if _leads(line, start, end, last, state, lexicon) else None
    if line.keys[start:last] == ["chủ", "tịch", "hồ", "chí", "minh"]:
        return None  # Khu di tích Chủ tịch Hồ Chí Minh
    if "head" in kinds and not (state == "private" and ("phòng" in line.keys[at:last] or line.keys[at] == "ủy")):
        office = True
    elif "head-open" in kinds:
        office = state != "private"
    else:
        office = "head-body" in kinds and (state == "state" or (line.keys[at : at + 2] == _OFFICIAL and is_foreign_official(line, start, end, last, lexicon)))
    return Post(line.slice(start, last), start, last, office, last == end)


def _leads(line: Line, start: int, head: int, last: int, state: str, lexicon: Lexicon) -> bool:
    """Whether "lãnh đạo" is said of one person and of a country or a party: "lãnh đạo Đài Loan Thái Anh Văn", "A, thủ lĩnh đảng Cộng hòa"."""
    country = "country" in lexicon.organisations.longest(line, head)[1]
    if not country and _PARTIES.isdisjoint(line.keys[head : last - 1]):
        # "Geert Wilders, lãnh đạo PVV", "lãnh đạo Cơ quan Bảo vệ Môi trường Mỹ Scott Pruitt": of a foreigner only
        if last == head and line.keys[start] == "nhà":  # nhà lãnh đạo Kim Jong-un
            return (name := _named_next(line, last, lexicon)) is not None and name.known
        if last == head or line.keys[head - 1] == "lĩnh":
            return False
        acronym = line.words[head].isupper() and (last == head + 1 or line.keys[head - 1] == "đầu")
        if not acronym and line.keys[head] not in _MISSIONS and (line.keys[head - 1] != "đầu" or state != "state"):
            return False
        name = _named_next(line, last, lexicon)
        explains = start > 1 and line.words[start - 1] in ",-–" and not is_vietnamese(line.words[start - 2])
        return explains or (name is not None and not name.vietnamese)
    beside = start > 0 and (not line.words[start - 1].isalnum() or line.keys[start - 1] == "là")
    return beside or (last < line.size and find_name(line, last, lexicon, beside=True) is not None)


def _named_next(line: Line, at: int, lexicon: Lexicon) -> Name | None:
    """The name that a post which ends at `at` leads up to: right behind it, or in "..., ông Roman Nasirov"."""
    if line.keys[at : at + 1] == [","] and line.keys[at + 1 : at + 2] in (["ông"], ["bà"]):
        at += 2
    return find_name(line, at, lexicon, beside=True) if at < line.size else None


def _is_cut_out(line: Line, at: int, end: int) -> bool:
    """Whether the head at [at, end) is a piece of something else: "Bộ Tư lệnh", "LĐ-TB&XH", "Ban Thường vụ"."""
    before = line.keys[at - 1] if at else ""
    if (line.keys[at] == "tư" and before == "bộ") or (
        before == "ban" and line.keys[at : at + 2] in (["bí", "thư"], ["thư", "ký"]) and (at < 2 or line.keys[at - 2] != "trưởng")
    ):
        return True
    if before == "đoàn" and line.keys[at] in _DEPUTIES and (at < 2 or line.keys[at - 2] not in ("trưởng", "phó")):
        return True  # thay mặt Đoàn đại biểu cấp cao của Quốc hội Cuba, đồng chí ...
    if before == "phủ" and line.keys[at - 2 : at - 1] != ["chính"] and line.keys[end - 1] in ("thống", "tướng", "tịch"):
        return True  # Phủ Tổng thống Hàn Quốc
    if line.keys[end - 1] == "sứ" and line.keys[end : end + 1] == ["quán"]:
        return True
    if line.keys[at] == "thường" and before in ("ban", "viên"):
        return True
    if end == at + 1 and line.words[at].isupper():
        return (line.touching(at) and before in ("-", "–", "&", "/")) or (end < line.size and line.touching(end) and line.words[end] in "&")
    return False


def _in_charge(line: Line, head: int, start: int, at: int, size: int, lexicon: Lexicon) -> int:
    """End of a post that was read up to `at` and says from `start` on what its holder is in charge of: "đặc phái viên phụ trách | liên quân quốc tế"."""
    end = max(at, duty(line, start, size, lexicon))
    if end == start or line.keys[end : end + 1] == ["này"]:
        return start - 2  # Thứ trưởng | phụ trách lĩnh vực này
    return after_mark(line, end, head, "place", lexicon) if end < size and line.words[end] == "(" else end


def _is_head(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether another post begins here."""
    end, kinds = lexicon.heads.longest(line, at)
    return bool(kinds) and not _is_cut_out(line, at, end)


def _body(line: Line, head: int, at: int, lexicon: Lexicon) -> tuple[int, str]:
    """End of what the head at [head, at) is head of, and whether it is "state", "private" or "" (the first of them that is read)."""
    keys, words, caps = line.keys, line.words, line.caps
    size = min(line.size, at + MAX_WORDS)
    state, first = "", at
    institute = at < size and (keys[at] == "viện" or keys[at : at + 2] == ["trung", "tâm"])
    last_kinds = lexicon.organisations.longest(line, at - 1, at)[1] | ({"opening"} if opens(line, head, at, lexicon) else frozenset())
    previous, after_and = "level" if keys[at - 1] in _HAMLETS else "body" if keys[at - 1] == "bql" else "head", False
    opened = "opening" in last_kinds
    explains = head > 2 and words[head - 1] in "-–" and caps[head - 2] and caps[head - 3]  # bà A - Phó Chủ tịch UBND xã Thạch Tiến
    assistant = not _ASSISTANTS.isdisjoint(keys[head:at])
    owner = 0  # where "của Tổng thống" begins
    while at < size:
        word = words[at]
        if not word[0].isalnum():
            step = after_mark(line, at, head, previous, lexicon)
            if step == at:
                if word == "," and keys[at - 2 : at] == ["hội", "đồng"] and "private" in lexicon.organisations.longest(line, at + 1, size)[1]:
                    state = "private"  # Chủ tịch Hội đồng, Trường Đại học Giao thông Vận tải
                break
            at, previous, after_and = step, "join", True
            if words[at - 1] == ")":
                state = "state" if institute and keys[at - 2] != "phố" and any(key in ("bộ", "ubnd") for key in keys[max(head, at - 10) : at]) else state
                previous, last_kinds = "place", frozenset({"country"})
            continue
        if word[0].isdigit():
            unit = previous == "unknown" and words[at - 1].isupper() and line.touching(at)  # PC67
            year = keys[at - 1] == "apec" and len(word) == 4  # Ủy ban quốc gia APEC 2017
            board = len(word) < 3 and tuple(keys[at - 2 : at]) in _NUMBERED_TOO and (at + 1 == size or words[at + 1] in ",;.()–-" or says(line, at + 1))
            numbered = keys[at - 1] in _NUMBERED or tuple(keys[at - 2 : at]) in _NUMBERED_ARMS
            if not (unit or year or board or numbered) or (len(word) > 3 and not year) or not word.isdigit():
                break
            at += 3 if keys[at + 1 : at + 3] == ["quốc", "gia"] else 1  # Ban Chỉ đạo 389 quốc gia
            previous, last_kinds = "number", frozenset({"level"})
            continue
        if (
            caps[at]
            and word.strip("IVX") == ""
            and words[at + 1 : at + 2] != ["."]
            and (keys[at - 1] == "vực" or previous in ("field", "body", "unknown", "second"))
        ):
            at, previous, last_kinds = at + 1, "number", frozenset({"level"})  # khu vực II
            continue
        if previous == "head" and keys[at] == "đại" and keys[at - 1 : at + 2] == ["đoàn", "đại", "biểu"] and keys[at + 2 : at + 3] != ["quốc"]:
            at, previous, last_kinds = at + 2, "body", frozenset({"opening"})  # Phó Trưởng đoàn đại biểu Thành phố Hà Nội
            continue
        if keys[at] == "số" and previous in ("field", "body", "unknown") and at + 1 < size and words[at + 1].isdigit() and len(words[at + 1]) < 4:
            at, previous, last_kinds = at + 2, "number", frozenset({"level"})  # Đội Quản lý thị trường số 3
            continue
        if previous == "head" and keys[at] == "nước" and keys[at + 1 : at + 2] in _THIS:
            break
        if keys[at] in PURPOSES and not after_and and (end := mission(line, head, at, size, lexicon)):
            at, previous, last_kinds = end, "place", frozenset({"country"})
            continue
        end, kinds = lexicon.organisations.longest(line, at, size)
        if caps[at] and end <= at + 1 and is_spelt(line, at):
            break  # Thủ tướng Xéc-bi-a | A-lếch-xan-đa Vu-xích
        if len(word) == 2 and word[1] == "." and end == at + 1 < size and not (words[end].isdigit() or lexicon.places.longest(line, end)[1]):
            break  # Cố vấn an ninh quốc gia | H.R. McMaster; but H. Phù Cát
        if len(word) == 1 and end <= at + 1 and caps[at] and at + 2 < size and words[at + 1] == "." and line.touching(at + 1) and line.touching(at + 2):
            break  # Tổng thống Mỹ | Đ.Trăm
        if end == at + 2 and caps[end - 1] and not caps[at] and lexicon.organisations.longest(line, at, at + 1)[1] >= {"level"}:
            if lexicon.places.longest(line, end - 1)[0] > end or ((name := find_name(line, end - 1, lexicon, beside=False)) and name.last - name.first >= 3):
                end, kinds = lexicon.organisations.longest(line, at, at + 1)  # "UBND tỉnh Đoàn Ngọc Việt", "xã Hội Xuân": no Tỉnh đoàn, no society
        if end == at + 2 and caps[at] and caps[at + 1] and not kinds & {"country"} and not line.shouting:
            name = find_name(line, at, lexicon, beside=False)
            if name is not None and name.sure and name.last > end:
                break  # Sở Công Thương Vương Quốc Trinh, no kingdom
        if end == at + 1 and "country" in kinds and previous == "level" and keys[at - 1] != "đoàn" and end < size and caps[end]:
            end, kinds = at, frozenset()  # phường Trung Tự is not in China
        place_end, levels = lexicon.places.longest(line, at, size) if caps[at] else (at, NO_KINDS)
        if levels and place_end >= end and is_place(line, at, place_end, levels, last_kinds, previous, lexicon):
            if institute and state == "private" and "province" in levels:
                state = "state"  # Viện Kinh tế TPHCM
            at, previous, last_kinds, after_and, opened = place_end, "place", frozenset({"country"}), False, False
            continue
        if caps[at] and previous == "body" and keys[at - 1] in _HOSPITALS and (called := called_so(line, at, size, lexicon)):
            at, previous, last_kinds = called, "place", frozenset({"country"})  # Giám đốc Bệnh viện Bạch Mai
            continue
        if caps[at] and end <= at + 1 and not (kinds & {"country"}):
            name = find_name(line, at, lexicon, beside=True)
            if name is not None and kinds and (not name.vietnamese if "level" in kinds else lexicon.organisations.longest(line, at + 1, size)[0] > at + 2):
                name = None  # Thủ hiến Bang Hessen, Bí thư Đoàn Trường Đại học Bách khoa
            hyphened = at + 2 < size and words[at + 1] == "-" and line.touching(at + 1) and line.touching(at + 2)
            if previous == "level" and hyphened and caps[at + 2] and not is_vietnamese(word) and (name is None or name.last == at + 3):
                name = None
                at, previous, last_kinds = at + 3, "place", frozenset({"country"})  # Thủ hiến bang Rheinland-Pfalz | bà
                continue
            if name is not None and previous == "level" and not name.vietnamese and name.last - at >= 3:
                at = at + 3 if words[at + 1] == "-" else at + 1  # Thống đốc tỉnh Aichi Hideaki Omura, bang Rheinland-Pfalz Volker Wissing
                previous, last_kinds = "place", frozenset({"country"})
                continue
            short = name is not None and name.last - name.first == 2 and previous in ("level", "join") and not (name.sure and not explains)
            if name is not None and (not short or (keys[at] in _PREFIXES and not levels)):
                break
        if kinds and fits(line, at, end, kinds, last_kinds, previous, after_and, lexicon):
            if state == "private" and institute and (keys[at] in ("bộ", "tỉnh") or keys[end - 2 : end] == ["trung", "ương"]):
                state = "state"  # Viện Huyết học Trung ương, Viện Dinh dưỡng, Bộ Y tế
            if not state or (state == "state" and "private" in kinds and keys[at - 2 : at] == ["công", "đoàn"]):
                state = "state" if "state" in kinds else "private" if "private" in kinds else ""
            holder = _is_head(line, at, lexicon)
            if (
                holder
                and not (keys[at] in _DEPUTIES and keys[at - 1] == "đoàn")
                and (previous in ("place", "holder", "number") or (previous == "head" and not assistant))
            ):
                break  # Phó Thủ tướng | Bộ trưởng
            if holder and keys[at - 1] in ("của", "cho"):
                owner = at - 1
            previous = (
                "holder" if holder else "level" if "level" in kinds else "place" if "country" in kinds else "field" if kinds <= {"field", "verbal"} else "body"
            )
            opened = "opening" in kinds or (opened and "level" not in kinds)
            at, last_kinds, after_and = end, kinds, False
            continue
        if keys[at] == "và" and previous in ("field", "body", "unknown") and at + 1 < size and goes_on(line, at + 1, lexicon):
            at, previous, after_and = at + 1, "join", True
            continue
        if keys[at] == "và" and opened and previous in ("field", "unknown", "second") and (end := pair_end(line, at + 1, size, lexicon)) > at + 1:
            at, previous = end, "second"
            continue
        if keys[at] == "và" and previous == "level" and at + 1 < size and keys[at + 1] in _COUNCILS and keys[at - 1] in _COUNCILS:
            at, previous, after_and = at + 1, "join", True  # Văn phòng Đoàn ĐBQH và HĐND tỉnh
            continue
        if (assistant or keys[at - 1] in _LEADS) and keys[at] in ("của", "cho") and previous == "head" and at + 1 < size:
            acronym = words[at + 1].isupper() and len(words[at + 1]) > 1 and not line.shouting
            if acronym or lexicon.organisations.longest(line, at + 1, size)[1] & {"body", "state"}:
                at, previous, after_and = at + 1, "join", True  # người phát ngôn của chính phủ
                continue
        if keys[at] == "của" and previous == "head" and keys[at - 1] in ("sĩ", "sỹ") and keys[at + 1 : at + 2] == ["đảng"]:
            at, previous, after_and = at + 1, "join", True  # nghị sĩ của đảng Dân chủ
            continue
        if keys[at] == "và" and previous in ("body", "place") and is_second(line, head, at, previous, lexicon):
            at, previous, after_and = at + 1, "join", True
            continue
        if keys[at] == "của" and previous == "number" and at + 1 < size and caps[at + 1] and "level" in lexicon.organisations.longest(line, at + 1, size)[1]:
            at, previous, after_and = at + 1, "join", True  # Trưởng đoàn đại biểu Quốc hội khóa XIV của TP.HCM
            continue
        if keys[at] == "thứ" and previous == "head" and at + 3 < size and words[at + 1].isdigit() and keys[at + 2] == "của":
            if "country" in lexicon.organisations.longest(line, at + 3 + (keys[at + 3] == "nước"), size)[1]:
                at, previous, after_and = at + 3, "join", True  # Tổng thống thứ 45 của Mỹ
                continue
        if keys[at] == "tại" and previous in ("field", "second") and keys[head : head + 3] == _INSPECTORS and at + 1 < size:
            if caps[at + 1] or "level" in lexicon.organisations.longest(line, at + 1, size)[1]:
                at, previous, after_and = at + 1, "join", True  # Trưởng đoàn thanh tra đất đai tại xã Đồng Tâm
                continue
        if keys[at] in ("của", "thuộc", "tại") and previous != "head" and at + 1 < size and (caps[at + 1] or keys[at + 1 : at + 3] == ["thành", "phố"]):
            _, following = lexicon.organisations.longest(line, at + 1, size)
            if previous == "place" and lexicon.heads.longest(line, at + 1)[1]:
                break
            if keys[at] == "tại" and "country" in following and lexicon.organisations.longest(line, at + 1, size)[0] > at + 2:
                at, previous, after_and = at + 1, "join", True  # Đại sứ Việt Nam tại Hà Lan Ngô Thị Hòa
                continue
            if keys[at] == "tại" and previous == "place" and not following and not is_vietnamese(words[at + 1]) and words[at + 1].isalpha():
                at, previous, last_kinds, after_and = at + 2, "place", frozenset({"country"}), False  # Tổng Lãnh sự Việt Nam tại Frankfurt
                continue
            seated = previous == "place" or keys[at - 2 : at] == ["cấp", "cao"]
            city = at + 3 if keys[at + 1 : at + 3] == ["thành", "phố"] else at + 1
            if keys[at] == "tại" and keys[at - 1] != "đại" and seated and lexicon.places.longest(line, city, size)[1] | following >= {"province"}:
                at, previous, after_and = at + 1, "join", True  # Tổng Lãnh sự Lào tại Đà Nẵng
                continue
            if following & ({"country"} if keys[at] == "tại" else {"body", "state", "private"}) and find_name(line, at + 1, lexicon, beside=False) is None:
                at, previous, after_and = at + 1, "join", True
                continue
            break
        if not caps[at]:
            if keys[at] in ("al", "el") and words[at + 1 : at + 2] == ["-"]:
                break  # Bộ trưởng Quốc phòng | al-Mahdi
            end = rest(line, at, size, lexicon) if previous in ("field", "body", "unknown", "second") and opened else at
            if end > at:
                at, previous, first = end, "second", end
                continue
            if (
                previous == "unknown"
                and is_department(line, at - 1)
                and keys[at] not in lexicon.openers
                and not lexicon.joins.longest(line, at)[1] & {"and", "toward"}
                and "opening" in last_kinds
            ):
                at, previous = at + 1, "second"
                continue
            break
        if line.shouting:
            break
        if previous == "head" and keys[head:at] in _AIDES and (leader := find_post(line, at, lexicon)) is not None and leader.office:
            return leader.last, "state"  # Trợ lý Chủ tịch Ủy ban quốc gia APEC
        if _is_head(line, at, lexicon) or lexicon.before.longest(line, at)[1] or lexicon.joins.longest(line, at)[1]:
            break
        if previous in ("place", "number") and "opening" not in last_kinds and not word.isupper():
            break
        if previous in ("head", "holder") and not word.isupper() and not (opened and previous == "head" and is_department(line, at)):
            break
        if previous == "head" and not state and keys[head:at][-2:] == _CHAIR and end == at:
            state = "private"  # "Chủ tịch BRG": bodies of party and state are known by their acronyms
        if keys[at] in lexicon.openers or (at + 1 < size and not caps[at + 1] and lexicon.starts.longest(line, at)[1]):
            break
        at, previous, after_and = at + 1, "unknown", False
    if "trách" in keys[head + 1 : at] and keys[(charge := keys.index("trách", head + 1)) - 1] == "phụ":
        at = _in_charge(line, head, charge + 1, max(at, charge + 1), size, lexicon)
        state = state or ("state" if tells_state(line, charge, at, lexicon) else "")
    while at > first and keys[at - 1] in _DANGLING and not caps[at - 1]:
        at -= 1
    if owner and at < line.size and caps[at] and words[at][0].isalpha():
        return owner, state  # trợ lý của | Tổng thống Mỹ Donald Trump
    return at, state
