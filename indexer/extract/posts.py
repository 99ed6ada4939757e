"""Posts: where "Phó Chủ tịch Thường trực UBND tỉnh" begins and ends, and whether it is an office.

A post is a head ("phó chủ tịch") and what it is head of: organisations, fields, places, numbers, joined the way that
names of bodies are. It ends where the name of a person begins or where a word stands that no body's name has.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.extract.lexicon import Lexicon
from indexer.extract.persons import find_name
from indexer.extract.scan import Line

MAX_WORDS = 30  # the longest post read in 5,452 articles has 24 words

# Lower-case words that may follow the one capital of an unknown two-syllable word ("Xúc tiến") unless they are these.
_VERBS = frozenset(
    "cho nói là đã đang sẽ tại về trong với và vừa cũng có không được bị đến do từ trên ra theo khi để mới thì mà này đó của xin nhằm qua sau ký".split()
)
_DANGLING = frozenset({"và", "của", "thuộc", "tại", "khóa", "kỳ", "nhiệm", "-", "–", "&", ","})  # no post ends in one of these
_CHAIR = ["chủ", "tịch"]
_BEFORE_ACTING = frozenset({"ông", "bà", "chí", "là", "làm", "chức", "vụ", "theo", "và"})  # "chính quyền Tổng thống" is no acting president
_NUMBERED = frozenset("quận phường khu đoàn khóa tổ số ấp thôn khóm phố đội vùng phòng cư đài cục khối huyện xã bản buôn".split())
# Bodies a part of whose name is the body above it after a comma: "Cục Quản lý dược, Bộ Y tế".
_PARTS = frozenset({"cục", "vụ", "thanh", "viện", "phòng", "trung", "đội", "tổng", "văn"})
_ABOVE = frozenset({"bộ", "thanh", "công", "tổng", "sở", "quân", "vksnd", "tand", "ubnd", "nhnn"})
# Whose office is somebody else's: "Trợ lý Bộ trưởng", "phát ngôn viên của Tổng thống"; behind another head a head begins a post of its own.
_ASSISTANTS = frozenset({"lý", "ký", "vấn", "viên", "sứ", "ngôn", "phòng", "diện"})
_COUNCILS = frozenset({"đbqh", "hđnd", "ubnd", "hội", "dân", "ủy"})
_DEPUTIES = frozenset({"đại", "đbqh", "đb"})  # "Trưởng đoàn đại biểu Quốc hội"
_ENVOYS = frozenset({"đặc phái viên", "đặc sứ", "điều phối viên"})  # they are sent "về Syria"
_SUPERIORS = frozenset({"bộ", "sở", "tổng", "thanh", "công", "ubnd", "ủy", "cục"})  # "(Bộ Tài chính)" behind a department is part of its name
_OFFICES = frozenset({"thanh tra", "văn phòng", "hội đồng"})  # heads of these name their body after a comma: "Chánh Thanh tra, Sở Nội vụ"
# What a department's unknown name ends at ("Vụ trưởng Vụ Thống kê giá cho biết"), and what never stands in one.
_REST = 8  # words: "Quản lý | thi và Kiểm định chất lượng giáo dục"
_REST_ENDS = frozenset({",", "(", ")", ".", ";", "-", "–", "—", ":"})
_REPORTING = frozenset("cho nói khẳng nhấn lưu chia phát thông trả giải nhận đề yêu trao cũng đánh bày trình".split())
_ACTING = frozenset("trẻ nhất nêu gây bị báo chủ dự tham kiểm ghi cam chỉ làm có lên đi thì ông bà cùng theo sáng chiều hôm ngày ký bắt tiếp gặp dẫn".split())


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
    end, kinds = lexicon.prefixes.longest(line, at)
    if kinds:
        if line.keys[at] == "quyền" and not line.caps[at] and at and line.words[at - 1][0].isalpha() and line.keys[at - 1] not in _BEFORE_ACTING:
            return None
        at = end
    end, kinds = lexicon.heads.longest(line, at)
    if not kinds or _is_cut_out(line, at, end):
        return None
    last, state = _body(line, at, end, lexicon)
    if "head-leader" in kinds:
        return Post(line.slice(start, last), start, last, True, False) if _leads(line, start, end, last, lexicon) else None
    if "head" in kinds:
        office = True
    elif "head-open" in kinds:
        office = state != "private"
    else:
        office = "head-body" in kinds and state == "state"
    return Post(line.slice(start, last), start, last, office, last == end)


def _leads(line: Line, start: int, head: int, last: int, lexicon: Lexicon) -> bool:
    """Whether "lãnh đạo" is said of one person and of a country or a party: "lãnh đạo Đài Loan Thái Anh Văn", "A, thủ lĩnh đảng Cộng hòa"."""
    if "country" not in lexicon.organisations.longest(line, head)[1] and "đảng" not in line.keys[head:last]:
        return False
    beside = start > 0 and (not line.words[start - 1].isalnum() or line.keys[start - 1] == "là")
    return beside or (last < len(line) and find_name(line, last, lexicon, beside=True) is not None)


def _is_cut_out(line: Line, at: int, end: int) -> bool:
    """Whether the head at [at, end) is a piece of something else: "Bộ Tư lệnh", "LĐ-TB&XH", "Ban Thường vụ"."""
    before = line.keys[at - 1] if at else ""
    if line.keys[at] == "tư" and before == "bộ":
        return True
    if line.keys[at] == "thường" and before in ("ban", "viên"):
        return True
    if end == at + 1 and line.words[at].isupper():
        return (line.touching(at) and before in ("-", "–", "&", "/")) or (end < len(line) and line.touching(end) and line.words[end] in "&")
    return False


def _body(line: Line, head: int, at: int, lexicon: Lexicon) -> tuple[int, str]:
    """End of what the head at [head, at) is head of, and whether it is "state", "private" or "" (the first of them that is read)."""
    keys, words, caps = line.keys, line.words, line.caps
    size = min(len(line), at + MAX_WORDS)
    state, first = "", at
    last_kinds = lexicon.organisations.longest(line, at - 1, at)[1] | ({"opening"} if _opens(line, head, at, lexicon) else frozenset())
    previous, after_and = "head", False
    opened = "opening" in last_kinds
    assistant = keys[at - 1] in _ASSISTANTS
    owner = 0  # where "của Tổng thống" begins
    while at < size:
        word = words[at]
        if not word[0].isalnum():
            if word == "(" and previous != "head" and (close := _superior(line, at, head, lexicon)):
                at = close
                break
            step = _punctuation(line, at, head, previous, lexicon)
            if step == at:
                break
            at, previous, after_and = step, "join", True
            continue
        if word[0].isdigit():
            if keys[at - 1] not in _NUMBERED or len(word) > 3 or not word.isdigit():
                break
            at, previous, last_kinds = at + 1, "number", frozenset({"level"})
            continue
        if keys[at - 1] == "vực" and word.isupper() and word.strip("IVX") == "":
            at, previous, last_kinds = at + 1, "number", frozenset({"level"})  # khu vực II
            continue
        end, kinds = lexicon.organisations.longest(line, at, size)
        if end == at + 2 and caps[end - 1] and not caps[at] and lexicon.organisations.longest(line, at, at + 1)[1] >= {"level"}:
            if lexicon.places.longest(line, end - 1)[0] > end or ((name := find_name(line, end - 1, lexicon, beside=False)) and name.last - name.first >= 3):
                end, kinds = lexicon.organisations.longest(line, at, at + 1)  # "UBND tỉnh Đoàn Ngọc Việt", "xã Hội Xuân": no Tỉnh đoàn, no society
        if end == at + 2 and caps[at] and caps[at + 1] and not kinds & {"country"}:
            name = find_name(line, at, lexicon, beside=False)
            if name is not None and name.sure and name.last > end:
                break  # Sở Công Thương Vương Quốc Trinh, no kingdom
        place_end, levels = lexicon.places.longest(line, at, size)
        if caps[at] and levels and place_end >= end and _is_place(line, at, place_end, levels, last_kinds, previous, lexicon):
            at, previous, last_kinds, after_and, opened = place_end, "place", frozenset({"country"}), False, False
            continue
        if caps[at] and end <= at + 1 and not (kinds & {"country"}):
            name = find_name(line, at, lexicon, beside=True)
            if name is not None and previous == "level" and not name.vietnamese and name.last - at >= 3:
                at, previous, last_kinds = at + 1, "place", frozenset({"country"})  # Thống đốc tỉnh Aichi Hideaki Omura
                continue
            if name is not None and not (previous in ("level", "join") and name.last - name.first == 2 and not name.sure):
                break
        if kinds and _fits(line, at, end, kinds, last_kinds, previous, after_and, lexicon):
            if not state:
                state = "state" if "state" in kinds else "private" if "private" in kinds else ""
            holder = bool(lexicon.heads.longest(line, at)[1])
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
        if keys[at] == "và" and previous in ("field", "body", "unknown") and at + 1 < size and _goes_on(line, at + 1, lexicon):
            at, previous, after_and = at + 1, "join", True
            continue
        if keys[at] == "và" and previous == "level" and at + 1 < size and keys[at + 1] in _COUNCILS and keys[at - 1] in _COUNCILS:
            at, previous, after_and = at + 1, "join", True  # Văn phòng Đoàn ĐBQH và HĐND tỉnh
            continue
        if assistant and keys[at] in ("của", "cho") and previous == "head" and at + 1 < size:
            if lexicon.organisations.longest(line, at + 1, size)[1] & {"body", "state"}:
                at, previous, after_and = at + 1, "join", True  # người phát ngôn của chính phủ
                continue
        if keys[at] == "về" and not after_and and (end := _mission(line, head, at, previous, size, lexicon)):
            at, previous, last_kinds = end, "place", frozenset({"country"})
            continue
        if keys[at] in ("của", "thuộc", "tại") and previous != "head" and at + 1 < size and caps[at + 1]:
            _, following = lexicon.organisations.longest(line, at + 1, size)
            if previous == "place" and lexicon.heads.longest(line, at + 1)[1]:
                break
            if keys[at] == "tại" and "country" in following and lexicon.organisations.longest(line, at + 1, size)[0] > at + 2:
                at, previous, after_and = at + 1, "join", True  # Đại sứ Việt Nam tại Hà Lan Ngô Thị Hòa
                continue
            if keys[at] == "tại" and keys[at - 1] != "đại" and "province" in lexicon.places.longest(line, at + 1, size)[1] and previous == "place":
                at, previous, after_and = at + 1, "join", True  # Tổng Lãnh sự Lào tại Đà Nẵng
                continue
            if following & ({"country"} if keys[at] == "tại" else {"body", "state", "private"}) and find_name(line, at + 1, lexicon, beside=False) is None:
                at, previous, after_and = at + 1, "join", True
                continue
            break
        if not caps[at]:
            rest = _rest(line, at, size, lexicon) if previous in ("field", "body", "unknown", "second") and opened else at
            if rest > at:
                at, previous, first = rest, "second", rest
                continue
            if previous == "unknown" and keys[at] not in _VERBS and keys[at] not in lexicon.openers and "opening" in last_kinds:
                at, previous = at + 1, "second"
                continue
            break
        if line.shouting:
            break
        if lexicon.heads.longest(line, at)[1] or lexicon.before.longest(line, at)[1] or lexicon.joins.longest(line, at)[1]:
            break
        if previous in ("place", "number") and "opening" not in last_kinds and not word.isupper():
            break
        if previous in ("head", "holder") and not word.isupper() and not (opened and previous == "head" and _is_department(line, at)):
            break
        if previous == "head" and not state and keys[head:at][-2:] == _CHAIR and end == at:
            state = "private"  # "Chủ tịch BRG": bodies of party and state are known by their acronyms
        if keys[at] in lexicon.openers or (at + 1 < size and not caps[at + 1] and lexicon.starts.longest(line, at)[1]):
            break
        at, previous, after_and = at + 1, "unknown", False
    while at > first and keys[at - 1] in _DANGLING and not caps[at - 1]:
        at -= 1
    if owner and at < len(line) and caps[at] and words[at][0].isalpha():
        return owner, state  # trợ lý của | Tổng thống Mỹ Donald Trump
    return at, state


def _is_department(line: Line, at: int) -> bool:
    """Whether an unknown capital and a word in lower case name a department: "(Trưởng ban) Dân nguyện"."""
    if at + 1 >= len(line) or line.caps[at + 1] or not line.words[at + 1].isalpha():
        return False
    return line.keys[at + 1] not in _VERBS and line.keys[at + 1] not in _REPORTING and line.keys[at + 1] not in _ACTING


def _mission(line: Line, head: int, at: int, previous: str, size: int, lexicon: Lexicon) -> int:
    """End of what an envoy is sent about, at "về": a country, or words up to a mark; 0 if the post ends here."""
    if at + 1 >= size or not any(" ".join(line.keys[i : i + len(envoy.split())]) == envoy for envoy in _ENVOYS for i in range(head, head + 2)):
        return 0
    end, kinds = lexicon.organisations.longest(line, at + 1, size)
    if "country" in kinds:
        return end
    end = _rest(line, at + 1, size, lexicon)
    return end if end > at + 1 else 0


def _superior(line: Line, at: int, head: int, lexicon: Lexicon) -> int:
    """Behind "(Bộ Tài chính)" that says whose department the one before is; 0 if the bracket says something else."""
    close = next((i for i in range(at + 1, min(at + 16, len(line))) if line.words[i] == ")"), 0)
    if not close or line.keys[at + 1] not in _SUPERIORS or not line.caps[at + 1]:
        return 0
    if not any(key in _PARTS for key in line.keys[head:at]) or lexicon.heads.longest(line, at + 1)[1]:
        return 0
    named = any(key in ",;" or find_name(line, i, lexicon, beside=False) is not None for i, key in enumerate(line.keys[at + 1 : close], at + 1) if key in ",;")
    return 0 if named or not lexicon.organisations.longest(line, at + 1)[1] & {"body", "state"} else close + 1


def _opens(line: Line, head: int, at: int, lexicon: Lexicon) -> bool:
    """Whether the head itself ends in a word that a field follows: "Trưởng ban", "Trưởng phòng", "Bộ trưởng"."""
    return any(lexicon.head_openings.longest(line, start, at)[0] == at for start in range(head, at))


def _fits(line: Line, at: int, end: int, kinds: frozenset[str], before: frozenset[str], previous: str, after_and: bool, lexicon: Lexicon) -> bool:
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
    return previous == "head" or (end < len(line) and line.caps[end])


def _goes_on(line: Line, at: int, lexicon: Lexicon) -> bool:
    """After "và": the body's name goes on (no new post, no person, no new clause)."""
    if lexicon.heads.longest(line, at)[1] or lexicon.before.longest(line, at)[1] or lexicon.prefixes.longest(line, at)[1]:
        return False
    if find_name(line, at, lexicon, beside=False) is not None:
        return False
    kinds = lexicon.organisations.longest(line, at)[1]
    return bool(kinds & {"field"}) and (line.caps[at] or "verbal" not in kinds)


def _is_place(line: Line, at: int, end: int, levels: frozenset[str], before: frozenset[str], previous: str, lexicon: Lexicon) -> bool:
    """Whether the gazetteer's name at [at, end) is meant as a place and not as the beginning of a person's name."""
    if "province" not in levels and (line.keys[at - 1] == "tỉnh" or not (previous in ("level", "join") or "level" in before)):
        return False  # tỉnh Kim Ngọc Rươn: there is a commune Kim Ngọc, but no such province
    if end == at + 1 and end + 1 < len(line) and line.keys[end] in ("thị", "văn") and line.caps[end] and line.caps[end + 1]:
        return False  # thành phố Phan Thị Thu Dịu
    if end < len(line) and line.caps[end] and line.words[end][0].isalpha():
        name = find_name(line, at, lexicon, beside=True)
        if name is not None and name.sure and "province" not in levels:
            following = find_name(line, end, lexicon, beside=True)
            if following is not None and (following.sure or following.last - end >= 3):
                # There is a town Lâm: "thành phố Lâm Đăng Sơn", but "thị trấn Lâm Nguyễn Văn A"
                return end > at + 1 or following.last - end >= 3
            return end > at + 1 and name.last != end + 1  # xã Trần Phú Cường: one word left over is no name
    return True


def _rest(line: Line, at: int, size: int, lexicon: Lexicon) -> int:
    """End of the words in lower case that go on with a department's name up to a mark or a verb of saying; `at` if they do not."""
    end = at
    while end < min(size, at + _REST):
        word, made = line.words[end], line.keys[end]
        if word in _REST_ENDS or made in _REPORTING:
            return end
        if not word.isalpha() or (not line.caps[end] and (made in _ACTING or (made in _VERBS and made != "và"))):
            return at
        if lexicon.heads.longest(line, end)[1] or (line.caps[end] and not lexicon.organisations.longest(line, end)[1] & {"field", "opening"}):
            return at
        end = max(end + 1, lexicon.organisations.longest(line, end, size)[0])
    return at


def _fields_follow(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether fields follow, the last after "và": "(Bộ Kinh tế,) Thương mại và Công nghiệp"."""
    for _ in range(4):
        end, kinds = lexicon.organisations.longest(line, at)
        if "field" not in kinds or not line.caps[at] or end >= len(line):
            return False
        if line.keys[end] == "và":
            return "field" in lexicon.organisations.longest(line, end + 1)[1]
        if line.words[end] != ",":
            return False
        at = end + 1
    return False


def _are_countries(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether the dash at `at` stands between the names of two countries."""
    if "country" not in lexicon.organisations.longest(line, at + 1)[1] or lexicon.places.longest(line, at + 1)[1]:
        return False
    return any("country" in kinds and end == at for end, kinds in (lexicon.organisations.longest(line, i, at) for i in range(max(0, at - 3), at)))


def _bracketed(line: Line, at: int, lexicon: Lexicon) -> int:
    """Behind "(ATGT)" where a place goes on with the body: "Ban An toàn giao thông (ATGT) TP.HCM"; else `at`."""
    close = next((i for i in range(at + 2, min(at + 6, len(line))) if line.words[i] == ")"), 0)
    if not close or close + 1 >= len(line) or not all(word.isupper() or word in "&-–" for word in line.words[at + 1 : close]):
        return at
    following = close + 1
    if lexicon.organisations.longest(line, following)[1] & {"level", "country"}:
        return following
    return following if lexicon.places.longest(line, following)[1] and find_name(line, following, lexicon, beside=True) is None else at


def _punctuation(line: Line, at: int, head: int, previous: str, lexicon: Lexicon) -> int:
    """Where to go on after a punctuation mark inside a post; `at` itself if the mark ends it."""
    words, keys, size = line.words, line.keys, len(line)
    mark = words[at]
    if at + 1 >= size:
        return at
    following = at + 1
    if mark == "(" and previous in ("field", "body", "place", "unknown"):
        return _bracketed(line, at, lexicon)
    fields = lexicon.organisations.longest(line, following)[1] & {"field"} and not lexicon.heads.longest(line, following)[1]
    if mark in "-–" and previous == "field" and line.touching(at) and line.caps[following] and fields:
        return following  # Phòng Kinh tế-Hạ tầng
    if mark in "-–" and previous == "place" and _are_countries(line, at, lexicon):
        return following  # Nhóm nghị sĩ hữu nghị Nhật Bản - Việt Nam
    if mark in "-–&/" and line.touching(at) and line.touching(following):
        if words[at - 1].isupper() and words[following].isupper():
            return following  # GD-ĐT, KH&ĐT
        return at
    if mark in "-–&" and previous in ("field", "unknown") and fields:
        return following
    if mark in "-–" and previous == "number" and line.caps[following]:
        name = find_name(line, following, lexicon, beside=False)
        if name is None and not lexicon.heads.longest(line, following)[1] and not lexicon.before.longest(line, following)[1] & {"honorific", "comrade"}:
            return following  # tổ dân phố 4 - Đống Đa
        return at
    if mark == "," and previous == "field" and _fields_follow(line, following, lexicon):
        return following
    office = " ".join(keys[max(head, at - 2) : at]) in _OFFICES
    if mark == "," and (office or previous in ("field", "body", "place", "unknown", "second")):
        kinds = lexicon.organisations.longest(line, following)[1]
        if lexicon.heads.longest(line, following)[1]:
            return at
        if keys[following] in _ABOVE and line.caps[following] and kinds & {"body", "state"}:
            return following if office or (any(key in _PARTS for key in keys[max(head, at - 12) : at]) and previous != "place") else at
    return at
