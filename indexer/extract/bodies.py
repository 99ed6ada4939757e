"""Names of bodies behind a head: how they go on over marks, in brackets, in words of lower case that no table knows.

Each function is asked at one place of a line and answers where the post goes on or ends.
"""

from __future__ import annotations

import re

from analyzers.fold import fold
from indexer.extract.lexicon import Lexicon
from indexer.extract.persons import find_name
from indexer.extract.scan import Line

# Lower-case words that may follow the one capital of an unknown two-syllable word ("Xúc tiến") unless they are these.
VERBS = frozenset(
    "cho nói là đã đang sẽ tại về trong với và vừa cũng có không được bị đến do từ trên ra theo khi để mới thì mà này đó của xin nhằm qua sau ký đều".split()
)
# Bodies a part of whose name is the body above it after a comma: "Cục Quản lý dược, Bộ Y tế".
_PARTS = frozenset("ban cục vụ thanh viện phòng trung đội tổng văn tòa khu hạt cơ khoa".split())
_PART_WORDS = 16  # between "Cục" and the comma: Phát triển thị trường và doanh nghiệp khoa học và công nghệ
_ABOVE = frozenset("bộ ban thanh công tổng sở quân vksnd tand tòa ubnd hđnd nhnn văn cục bhxh bảo ủy bệnh".split())
_ABOVE_TOO = (["trung", "tâm"], ["viện", "kiểm"], ["hội", "đồng"])
_OVER = _ABOVE | {"vụ"}
_POLICE = frozenset({"A", "B", "C", "K", "V", "X", "PA", "PC", "PK", "PV", "PX"})  # letters of its units: C02, PC07
_WITHIN = _ABOVE | {"quốc", "trung"}  # in brackets: (Quốc hội), (Trung tâm ...)
_APPOSED = 12  # words
_LINKING = frozenset({"và", "của", "tại", "về", "trong", "căn"})
_ENVOY = re.compile(r" (?:\w+ )?(?:đặc phái viên|đặc sứ|điều phối viên|đại diện cấp cao|đoàn đàm phán) ")  # they are sent "về Syria"
_BOARD = re.compile(r" (?:ban chỉ đạo|ủy ban|ub|hội đồng|tổ công tác|tiểu ban) ")  # they are for something: "về phòng chống thiên tai"
# What organisers organise and boards decide, right behind their names: "Trưởng ban tổ chức | Lễ hội chọi trâu Đồ Sơn 2017".
_ORGANISERS = frozenset({("tổ", "chức"), ("chỉ", "đạo"), ("công", "tác")})
_EVENTS = frozenset({"lễ hội", "cuộc thi", "hội thi", "kỳ thi", "ngày hội", "liên hoan", "chấm thi", "thẩm định"})
PURPOSES = frozenset({"về", *(event.partition(" ")[0] for event in _EVENTS)})
_CLAUSES = frozenset("đã đang sẽ vừa cũng là và có được bị".split())
_OFFICES = frozenset({"thanh tra", "văn phòng", "hội đồng"})  # heads of these name their body after a comma: "Chánh Thanh tra, Sở Nội vụ"
_IN_SHORT = frozenset("trung nhật hàn lào nga mỹ pháp đức anh ấn úc campuchia".split())  # countries behind "Việt -"
_TAILS = frozenset({"dl", "ptnt", "đt", "xh", "mt", "tt", "cn"})  # ends of ministries' acronyms
# What a department's unknown name ends at ("Vụ trưởng Vụ Thống kê giá cho biết"), and what never stands in one.
_COUNTRY = frozenset({"country"})
_NATIONAL = ["quốc", "gia"]
_BRACKET = 14  # tokens: "(Sở Giao thông Vận tải Tp. Hồ Chí Minh)"
_DOES = 7  # words between "Trưởng phòng" and its company: Kế hoạch - Kinh doanh - Công ty
_MERIT = ["người", "có", "công"]
_LISTED = 10  # words: "hộ tịch và chứng thực"
_REST = 10  # words: "Quản lý | thi và Kiểm định chất lượng giáo dục"
_REST_ENDS = frozenset({",", "(", ")", ".", ";", "-", "–", "—", ":"})
REPORTING = frozenset("cho nói khẳng nhấn lưu chia phát thông trả giải nhận đề yêu trao cũng đánh bày trình".split())
_NO_REPORTS = frozenset({"phổ thông", "vấn đề", "tiến trình", "chương trình", "công trình"})
_SPEAKING = frozenset(
    {
        "phân tích",
        "lý giải",
        "bình luận",
        "tiết lộ",
        "thừa nhận",
        "kiến nghị",
        "phản hồi",
        "bộc bạch",
        "tâm sự",
        "gợi ý",
        "góp ý",
        "nhìn nhận",
        "trần tình",
        "giãi bày",
        "phản ánh",
        "thẳng thắn",
        "kê khai",
        "vi phạm",
    }
)
ACTING = frozenset(
    (
        "trẻ nhất sắp nêu gây bị báo chủ dự tham kiểm ghi cam chỉ làm có lên đi thì ông bà cùng theo sáng chiều hôm ngày ký bắt tiếp gặp dẫn"
        " chân cảm cầm chúc thẳng xác mong hy kêu nhiệm khóa đặt"
    ).split()
)


def is_department(line: Line, at: int) -> bool:
    """Whether an unknown capital and a word in lower case name a department: "(Trưởng ban) Dân nguyện"."""
    if at + 1 >= line.size or line.caps[at + 1] or not line.words[at + 1].isalpha():
        return False
    if " ".join(line.keys[at + 1 : at + 3]) in _SPEAKING:
        return False
    return line.keys[at + 1] not in VERBS and line.keys[at + 1] not in REPORTING and line.keys[at + 1] not in ACTING


def rest(line: Line, at: int, size: int, lexicon: Lexicon) -> int:
    """End of the words in lower case that go on with a department's name up to a mark or a verb of saying; `at` if they do not."""
    end = at
    while end < min(size, at + _REST):
        word, made = line.words[end], line.keys[end]
        if (
            word in _REST_ENDS
            or (made in REPORTING and line.keys[end - 1] != "vấn")
            or (not line.caps[end] and " ".join(line.keys[end : end + 2]) in _SPEAKING)
        ):
            return end
        acting = made in ACTING and line.keys[end + 1 : end + 2] != ["định"]  # "kiểm tra", but "kiểm định chất lượng"
        if not word.isalpha() or (not line.caps[end] and (acting or (made in VERBS and made != "và"))):
            return at
        if line.caps[end] and end > at and (name := find_name(line, end, lexicon, beside=True)) is not None and name.sure and name.last > end + 2:
            return at if line.keys[end - 1] == "và" else end  # Trưởng Ban Quản lý | đường sắt đô thị | Phan Công Bằng
        if lexicon.heads.longest(line, end)[1] or lexicon.before.longest(line, end)[1]:
            return at
        if (
            line.caps[end]
            and end > at
            and (place := lexicon.places.longest(line, end)[0]) > end + 1
            and lexicon.organisations.longest(line, end - 1)[1] >= {"level"}
        ):
            end = place  # bán ĐGTS tỉnh | Hải Dương | Nguyễn Văn A
            continue
        if line.caps[end] and not lexicon.organisations.longest(line, end)[1] & {"field", "opening"}:
            return _called(line, end, lexicon) or at
        end = max(end + 1, lexicon.organisations.longest(line, end, size)[0])
    return at


def duty(line: Line, at: int, size: int, lexicon: Lexicon) -> int:
    """End of what somebody is in charge of, from `at` on: "(phụ trách) vấn đề Brexit của Anh | David Davis", "liên quân quốc tế |, nói"; `at` if nothing is."""
    end = at
    while end < size and line.words[end][0].isalnum() and not says(line, end):
        made = line.keys[end]
        if made in ACTING or (made in VERBS and made not in _LINKING and made != "cho") or lexicon.heads.longest(line, end)[1]:
            return at
        known = max(lexicon.organisations.longest(line, end, size)[0], lexicon.places.longest(line, end, size)[0])
        if line.caps[end] and known <= end + 1 and (name := find_name(line, end, lexicon, beside=True)) is not None and name.last > end + 1:
            break
        end = max(end + 1, known)
    return at if line.keys[end - 1] in _LINKING else end


def pair_end(line: Line, at: int, size: int, lexicon: Lexicon) -> int:
    """End of the field of two words behind "và" that a department's name ends in: "(Ban Phân tích và) Dự báo |, ..."; `at` if none does."""
    end = at + 2
    if end >= min(size, line.size) or not line.caps[at] or not line.words[end - 1].islower() or line.keys[end - 1] in VERBS | REPORTING:
        return at
    if lexicon.heads.longest(line, at)[1] or lexicon.before.longest(line, at)[1] or lexicon.prefixes.longest(line, at)[1] or line.keys[at] in lexicon.openers:
        return at
    named = line.caps[end] and find_name(line, end, lexicon, beside=True) is not None
    return end if named or line.words[end] in ",()-–" or says(line, end) else at


def _called(line: Line, at: int, lexicon: Lexicon) -> int:
    """End of the capitals from `at` on that a body or a place is called by if the post ends behind them: "di sản | Thành Nhà Hồ |"; 0 if it does not."""
    end = at
    while end < line.size and line.caps[end] and not lexicon.heads.longest(line, end)[1]:
        end += 1
    if end < line.size and line.words[end] not in ",()" and not says(line, end):
        return 0
    if "private" in lexicon.organisations.longest(line, at)[1]:
        return 0
    if lexicon.places.longest(line, at)[0] == end:
        return end
    names = (find_name(line, i, lexicon, beside=True) for i in range(at, end))
    return 0 if any(name is not None and name.last == end and (name.sure or not name.vietnamese) for name in names) else end


def is_company(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether a company follows a post that ends at `at`, behind what the office does: "Trưởng phòng | kinh doanh Công ty TNHH"."""
    for i in range(at, min(at + _DOES, line.size)):
        if "private" in lexicon.organisations.longest(line, i)[1]:
            return line.caps[i] or line.keys[i] in ("công", "doanh", "tập", "tổng")
        if line.keys[i] in VERBS or line.words[i] in ",;.:()":
            return False
    return False


def is_second(line: Line, head: int, at: int, previous: str, lexicon: Lexicon) -> bool:
    """Whether a second of its kind follows "và": "Hội đồng Nhà nước và Hội đồng Bộ trưởng", "Tư lệnh lực lượng Mỹ tại Iraq và Syria"."""
    if previous == "body":
        return line.keys[at + 1 : at + 3] == ["hội", "đồng"] and "hội đồng" in line.slice(head, at).lower()
    return "tại" in line.keys[max(head, at - 4) : at] and "country" in lexicon.organisations.longest(line, at + 1)[1]


def mission(line: Line, head: int, at: int, size: int, lexicon: Lexicon) -> int:
    """End of what an envoy is sent about or a board is for, at one of PURPOSES: a country, or words up to a mark or a verb; 0 if the post ends here."""
    if at + 1 >= size:
        return 0
    if line.keys[at] != "về":
        event = tuple(line.keys[at - 2 : at]) in _ORGANISERS and " ".join(line.keys[at : at + 2]) in _EVENTS
        return (_matter(line, at + 2, size, lexicon) or at + 2) if event else 0
    said = f" {' '.join(line.keys[head:at])} "
    if _BOARD.search(said) and " của " not in said and not any(f" {event} " in said for event in _EVENTS):
        return _matter(line, at + 1, size, lexicon)
    if _ENVOY.match(said) is None:
        return 0
    end, kinds = lexicon.organisations.longest(line, at + 1, size)
    if "country" in kinds:
        return end
    end = duty(line, at + 1, size, lexicon)  # về | Tiến trình hòa bình Trung Đông
    return end if end > at + 1 else 0


def _matter(line: Line, at: int, size: int, lexicon: Lexicon) -> int:
    """End of the words from `at` on that say what a board is for: "(về) đổi mới cơ chế hoạt động đơn vị sự nghiệp công lập"; 0 if none do."""
    end = at
    while end < size and line.words[end][0].isalnum() and not says(line, end):
        if lexicon.heads.longest(line, end)[1]:
            return 0
        if line.keys[end] in ACTING or (end > at and line.keys[end] == "về"):
            break
        if line.caps[end] and (name := find_name(line, end, lexicon, beside=True)) is not None and name.sure:
            break
        end += 1
    return end if end > at + 1 else 0


def apposed(line: Line, at: int, lexicon: Lexicon) -> int:
    """End of the words from `at` on that go on with a post behind a name up to the comma that closes it; `at` if they do not.

    "ông A, Trưởng ban Quản lý khu kinh tế Nghi Sơn | và các KCN tỉnh Thanh Hóa |, cho biết": a verb of saying must follow the comma.
    """
    if line.keys[at] not in lexicon.organisations.first and line.keys[at] not in _LINKING:
        return at  # "Bí thư Tỉnh ủy | biểu dương"
    end, most = at, min(line.size - 2, at + _APPOSED)
    while end < most and line.words[end] != ",":
        made = line.keys[end]
        if not line.words[end].isalpha() or made in ("kiêm", "một", "như") or made in ACTING or made in REPORTING or (made in VERBS and made not in _LINKING):
            return at
        if line.caps[end] and (name := find_name(line, end, lexicon, beside=True)) is not None and (name.sure or not name.vietnamese):
            return at
        end += 1
    return end if end < most and line.words[end] == "," and line.keys[end + 1] != "và" and says(line, end + 1) else at


def says(line: Line, at: int) -> bool:
    """Whether a clause goes on at `at` behind whom it speaks of: "đã", "cho biết", "nhấn mạnh"; not "cho phát triển"."""
    made = line.keys[at]
    if made == "cho":
        return line.keys[at + 1 : at + 2] in (["biết"], ["hay"], ["rằng"])
    if made == "phát":
        return line.keys[at + 1 : at + 2] != ["triển"]
    return made in _CLAUSES or (made in REPORTING and " ".join(line.keys[max(0, at - 1) : at + 1]) not in _NO_REPORTS)


def after_mark(line: Line, at: int, head: int, previous: str, lexicon: Lexicon) -> int:
    """Where to go on after a punctuation mark inside a post; `at` itself if the mark ends it."""
    words, keys, size = line.words, line.keys, line.size
    mark = words[at]
    if at + 1 >= size:
        return at
    following = at + 1
    if mark == "(" and (previous in ("field", "body", "place", "unknown", "second") or (previous == "number" and keys[following] in _WITHIN)):
        return _bracketed(line, at, lexicon)
    fields = lexicon.organisations.longest(line, following)[1] & {"field"} and not lexicon.heads.longest(line, following)[1]
    if mark in "-–" and previous == "field" and line.touching(at) and line.caps[following] and fields:
        return following  # Phòng Kinh tế-Hạ tầng
    if mark in "-–" and previous == "place" and _are_countries(line, at, lexicon):
        return following  # Nhóm nghị sĩ hữu nghị Nhật Bản - Việt Nam
    if mark in "-–" and keys[at - 1] == "việt" and keys[following] in _IN_SHORT and line.caps[following]:
        return following + 1  # Hội hữu nghị Việt - Trung
    if mark in "-–&/" and line.touching(at) and line.touching(following):
        if words[at - 1].isupper() and words[following].isupper():
            return following  # GD-ĐT, KH&ĐT
        return at
    if mark == "&" and words[at - 1].isupper() and words[following].isupper():
        return following  # Bộ VHTT & DL
    if mark in "-–&" and fields and previous in ("field", "unknown"):
        return following
    if mark in "-–" and previous == "field" and (end := pair_end(line, following, size, lexicon)) > following:
        return end  # Trưởng phòng Quy hoạch - Giao đất
    if mark in "-–&" and fields and line.caps[following] and previous in ("body", "second") and _is_part(line, head, at):
        return following  # Tổng cục Hậu cần - Kỹ thuật
    if mark in "-–" and previous == "number" and line.caps[following]:
        name = find_name(line, following, lexicon, beside=False)
        if name is None and not lexicon.heads.longest(line, following)[1] and not lexicon.before.longest(line, following)[1] & {"honorific", "comrade"}:
            return following  # tổ dân phố 4 - Đống Đa
        return at
    if mark == "," and previous in ("field", "body") and _fields_follow(line, following, lexicon):
        return following
    if mark in "-–" and keys[following] in _OVER and _is_above(line, at, head, lexicon):
        return following  # Trưởng phòng Quản lý công nghiệp - Sở Công thương
    if mark == "," and words[at - 1].isupper() and words[following].isupper() and words[following + 1 : following + 2] == ["&"]:
        return following  # Bộ VH, TT&DL
    if mark in "-–" and words[at - 1].isupper() and keys[following] in _TAILS and words[following].isupper():
        return following  # Bộ NN – PTNT
    if mark == "," and previous in ("field", "unknown", "second", "place") and not line.caps[following]:
        board = _BOARD.search(f" {' '.join(keys[head:at])} ") is not None
        if (board or previous != "place") and (end := _listed_end(line, following, lexicon, board=board)):
            return end  # Cục Quốc tịch, hộ tịch và chứng thực | Nguyễn Văn A
    office = " ".join(keys[max(head, at - 2) : at]) in _OFFICES
    if mark == "," and (office or previous in ("field", "body", "place", "number", "unknown", "second")):
        kinds = lexicon.organisations.longest(line, following)[1]
        if lexicon.heads.longest(line, following)[1]:
            return at
        if (keys[following] in _ABOVE or keys[following : following + 2] in _ABOVE_TOO) and line.caps[following] and kinds & {"body", "state", "opening"}:
            return following if office or (_is_part(line, head, at) and previous != "place") else at
    return at


def _is_above(line: Line, at: int, head: int, lexicon: Lexicon) -> bool:
    """Whether the body above a department stands behind the dash at `at`."""
    if not line.caps[at + 1] or lexicon.heads.longest(line, at + 1)[1] or not _is_part(line, head, at):
        return False
    return bool(lexicon.organisations.longest(line, at + 1)[1] & {"body", "state"})


def _is_part(line: Line, head: int, at: int) -> bool:
    """Whether the post before `at` is of a part of a body: a department, a board, a team."""
    return not _PARTS.isdisjoint(line.keys[max(head, at - _PART_WORDS) : at])


def _listed_end(line: Line, at: int, lexicon: Lexicon, *, board: bool) -> int:
    """End of fields in lower case, the last behind "và", up to a full name: "(Cục Quốc tịch,) hộ tịch và chứng thực | Nguyễn Văn A"; 0 if none are.

    Of what a `board` is for, up to a mark too: "(Ban Chỉ đạo chống buôn lậu,) gian lận thương mại và hàng giả |, yêu cầu".
    """
    end, linked = at, 0
    while end < min(line.size, at + _LISTED) and (line.words[end].islower() or (board and line.words[end] == "," and not linked)):
        if line.keys[end] == "và" and end > at and not linked:
            linked = end
        elif line.keys[end - 1 : end + 2] == _MERIT:
            pass
        elif line.keys[end] in VERBS or line.keys[end] in ACTING or line.keys[end] in REPORTING or lexicon.heads.longest(line, end)[1]:
            return 0
        end += 1
    if board and linked and end > linked + 1 and (end == line.size or not line.words[end][0].isalnum() or says(line, end)):
        return end
    if not linked or end < linked + 2 or end >= line.size or not line.caps[end]:
        return 0
    name = find_name(line, end, lexicon, beside=True)
    return end if name is not None and name.sure and name.last >= end + 3 else 0


def _fields_follow(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether fields follow, the last after "và": "(Bộ Kinh tế,) Thương mại và Công nghiệp"."""
    first = at
    for _ in range(4):
        end, kinds = lexicon.organisations.longest(line, at)
        if "field" not in kinds or line.caps[at] != line.caps[first] or end >= line.size or ("verbal" in kinds and not line.caps[at]):
            return False
        if line.keys[end] == "và" or line.words[end] in "-–":
            return "field" in lexicon.organisations.longest(line, end + 1)[1]
        if line.words[end] != ",":
            named = "level" in lexicon.organisations.longest(line, end)[1] or lexicon.places.longest(line, end)[1]
            return bool(named) or line.words[end] == "(" or line.keys[end : end + 2] in (["của", "quốc"], ["của", "qh"])
        at = end + 1
    return False


def _are_countries(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether the dash at `at` stands between the names of two countries."""
    if not ("country" in lexicon.organisations.longest(line, at + 1)[1] or line.keys[at + 1] == "việt") or lexicon.places.longest(line, at + 1)[1]:
        return False
    return any("country" in kinds and end == at for end, kinds in (lexicon.organisations.longest(line, i, at) for i in range(max(0, at - 3), at)))


def _bracketed(line: Line, at: int, lexicon: Lexicon) -> int:
    """Behind the bracket at `at` where it belongs to the body's name; else `at`.

    It does if it tells the body above ("Cục Quản lý dược (Bộ Y tế)"), if it is what a body abroad is called by ("(NATO)"), and if a place
    goes on behind it ("Ban An toàn giao thông (ATGT) TP.HCM"); letters that only spell the words before it short do not.
    """
    close = next((i for i in range(at + 2, min(at + _BRACKET, line.size)) if line.words[i] in "()"), 0)
    if not close or line.words[close] == "(":
        return at
    following = close + 1
    spells = close == at + 2 and _spells(line, at)
    if not spells and lexicon.organisations.longest(line, at + 1, close) == (close, _COUNTRY):
        return following  # Bí thư Tỉnh ủy Vân Nam (Trung Quốc)
    if close > at + 2 and line.keys[at + 1] in _WITHIN and lexicon.organisations.longest(line, at + 1)[1] & {"body", "state", "opening"}:
        inside = range(at + 1, close)
        return at if any(line.words[i] in ";:" or (line.words[i] == "," and not _is_body_word(line, i + 1, lexicon)) for i in inside) else following
    if close <= at + 4 and line.caps[at + 1] and following < line.size and "country" in lexicon.organisations.longest(line, following)[1]:
        return following  # Phó Chủ tịch Hội nghị Hiệp thương (Chính hiệp) Trung Quốc
    if close == at + 3 and line.words[at + 1] in _POLICE and line.words[at + 2].isdigit():
        above = following + (line.words[following : following + 1] == [","])
        return above if lexicon.organisations.longest(line, above)[1] & {"state"} else at  # Cục Cảnh sát hình sự (C02), | Bộ Công an
    if close > at + 5 or not all(word.isupper() or word in "&-–" for word in line.words[at + 1 : close]):
        return at
    if close == at + 2 and not spells:
        return following
    if line.keys[following : following + 2] == _NATIONAL:
        return following  # Ủy ban An toàn giao thông (ATGT) | quốc gia
    if following < line.size and lexicon.organisations.longest(line, following)[1] & {"level", "country"}:
        return following
    return (
        following if following < line.size and lexicon.places.longest(line, following)[1] and find_name(line, following, lexicon, beside=True) is None else at
    )


def _is_body_word(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether a body's name goes on behind a comma, or the one above it follows: "(Bộ Văn hóa, | Thể thao và Du lịch)", "(Tổng cục Thủy lợi, | Bộ NN)"."""
    return line.caps[at] and (line.keys[at] in _ABOVE or "field" in lexicon.organisations.longest(line, at)[1])


def _spells(line: Line, at: int) -> bool:
    """Whether the letters behind the bracket at `at` are the first ones of Vietnamese words before it: "Ngân hàng Nhà nước (NHNN)"."""
    letters = line.keys[at + 1]
    first = "".join(word[:1] for word in line.keys[max(0, at - len(letters) - 2) : at] if word.isalpha() and word != "và")
    return fold(first).endswith(fold(letters))
