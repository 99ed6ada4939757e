"""Reads a byline: "Bài, ảnh: Đỗ Oanh - Lê Hùng", "Minh Hà (TTXVN)", "Tin: Minh Hà - Ảnh: Quốc Việt", "N.Đ.Phúc".

A line is a byline only if all of it is names, agencies, bodies that a name belongs to, labels and photographers; the names are the authors.
clean.py asks whether a line is one, extract/authors.py for the names. Time is linear in the text read, which callers keep short.
"""

from __future__ import annotations

import re

from analyzers.fold import key
from analyzers.sentences import CAPITALS
from indexer.gazetteer.kept import Kept

_APOSTROPHES = "'’‘`ʼ"
_WHAT = (
    r"(?:tin|bài viết|bài|nội dung|ảnh|hình ảnh|hình|video|clip|đồ họa|tác giả(?: bài viết)?|thực hiện|người viết|(?:viết |đăng )?bởi|by|lược dịch"
    r"|biên tập|biên soạn|cộng tác viên|ctv|phóng viên|pv|nhóm pv|nhóm phóng viên|người đưa tin|đưa tin|tổng hợp|xem thêm video)(?!\w)"
)
# "Tin, ảnh:", "Bài và ảnh:", "PV Minh Hà"; a label of pictures alone makes no author.
_LABEL = re.compile(rf"{_WHAT}(?:(?:\s*(?:,|và|-|–|/|&)\s*|\s+){_WHAT})*(?:\s*[:.]\s*|\s+)", re.IGNORECASE)
_PICTURE = r"(?:hình ảnh|hình|ảnh|video|clip|đồ họa|photo)(?!\w)"
_PICTURES = re.compile(rf"{_PICTURE}(?:\s*(?:,|và|-|/|&)\s*{_PICTURE})*(?:\s*:|\s+(?=[{CAPITALS}]))", re.IGNORECASE)
_SOURCE = re.compile(r"\(?(?:theo|nguồn(?: tin)?|trích|dịch theo)(?!\w)\s*:?\s*", re.IGNORECASE)
_DONE = r"(?:ghi|lược ghi|tổng hợp|thực hiện|lược dịch|dịch|sưu tầm|biên dịch|biên soạn|t/h)"
_AFTER = re.compile(rf"\s*(?:\([^()]{{0,60}}\)?|\b{_DONE}|\b(?:theo|nguồn)\b.{{0,40}}|[·•|]\s*\d{{1,2}}[:hg]\d\d\b.{{0,40}})\s*$", re.IGNORECASE)
_WITH = re.compile(r"(?<=[^\W\d_])\s(?:Nhóm PV|PV|CTV|TTXVN)$")  # "Huy Thịnh Nhóm PV"
_GLUED = rf"[-–](?=(?-i:[{CAPITALS}][^\W\d_A-ZĐ]+\s[{CAPITALS}][^\W\d_A-ZĐ]+)(?:/|[-–]|$)|VOV|TTXVN)"  # "Trần Ngọc-Ngọc Khánh/VOV.VN"
_BETWEEN = re.compile(
    rf"\s*(?:,|;|/|&|\+|\||\s[-–—]|[-–—]\s|{_GLUED}|(?<=\bTTXVN)\s(?=\w{{2,7}}\s\w)"
    rf"|\bvà\b|\.\s(?=(?:{_PICTURE}|tin|bài)\s*:)|\({_DONE}\)(?=\s+\w)|\s(?=(?:bài|tin)(?:,| và) ?ảnh\s*:))\s*",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:Đội|Đài|Trung tâm|TT|Phòng|Ban|Sở|Hội|Văn phòng|VP|UBND|HĐND"
    r"|Huyện|Cổng|Tòa soạn|MTTQ|Công an|Trường|Báo|Trang|Chi cục|Cục|Vụ|Viện|Đoàn|Nhà xuất bản)"
    r"(?:\s|$)"
)
_OFFICE = re.compile(r"(?:VP|TT|Cổng) [A-ZĐ]{3,6}(?!\w)")  # "(VP UBND tỉnh)", "Cổng TTĐT tỉnh"
_RANK = re.compile(
    r"(?:(?:(?:Th\.?S|TS|PGS|GS|BS|LS|CN|KS|Ths)\.?,?|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|Luật sư|Nhà báo|Tiến sĩ|Thạc sĩ|Bác sĩ)\s*)+"
    rf"(?=[{CAPITALS}][^\W\d_]+\s)"
)
_INITIALS = r"(?:[A-ZĐ][A-Za-zđ]?\.\s?){1,3}"
_WORD = rf"[{CAPITALS}][^\W\d_]*(?:[{_APOSTROPHES}][^\W\d_]+)?"
_NAME = re.compile(rf"{_INITIALS}{_WORD}\.?(?:\s{_WORD}){{0,2}}|{_WORD}(?:\s(?:{_WORD}|thị|văn|[^\W\d_]{{2,6}}(?=$))){{1,4}}|[A-ZĐ]['’][^\W\d_]{{2,}}")
_SITE = re.compile(r"[A-Z][a-z]+\d+\w*|[A-Za-z]+(?:[a-z][A-Z]|\.)[\w.]*")  # "Lê Nam/Tieudung24h"
_ONE_WORD = re.compile(rf"[{CAPITALS}][^\W\d_]+")
_TWO_LETTERS = re.compile(r"(?!TH)[A-ZĐ]{2}")  # "NM (Theo Sputnik)"
_SIGN = re.compile(r"[A-ZĐ]{2,5}")
_FROM = re.compile(r"\s*\((?:theo|tổng hợp)\s", re.IGNORECASE)
_LONGEST_BODY = 40  # characters
_TRIMMED = "()[]*.-–—: \t\u00a0/"
_AGENCIES = frozenset(
    key(name)
    for name in (
        "TTXVN; VOV; VTV; VGP; PV; P.V; BBT; BTV; CTV; VnExpress; VietNamNet; Tin Tức; Dân Trí; Tuổi Trẻ; Thanh Niên; Lao Động; Tiền Phong; "
        "Người Lao Động; Pháp Luật; Chinhphu.vn; Báo Chính phủ; Vietnam+; Vietnamplus; Infonet; Zing; Zing.vn; Sputnik; Reuters; AFP; AP; "
        "Xinhua; BBC; CNN; Báo Nhân dân; Nhân Dân; Đất Việt; Một Thế Giới; Trí Thức Trẻ; Giáo Dục Việt Nam; Đời Sống; VOV.VN; Phóng viên; Nhóm PV; "
        "Ban Biên tập; Cổng TTĐT; TP HCM; TP.HCM; TPHCM; Hà Nội; Paris; Ảnh; Video; Bài; Tin; Theo; Nguồn; Tổng hợp; Hết; Cà Mau; Quang cảnh; "
        "Ý kiến; Sài Gòn; Việt Nam; Báo; Internet; VnExpress.net; Al Jazeera; Yonhap; CAND; QĐND; SGGP; VTC; VTC News; Kênh 14; Soha; Cafef; "
        "CafeBiz; NLĐ; TPO; TTO; NDO; BNEWS; VietQ; ICTNews; Admin; Quản trị; Quản trị viên; Nhóm phóng viên; B.B.T; BTC; VNA; "
        "VNE; VNN; Dân Việt; Kiến Thức; Báo Giao thông; Pháp luật Plus; Người Đưa Tin; VietTimes; Infonet.vn; Đông Bắc; Tây Bắc; Miền Trung; Tây Nguyên; ĐBSCL"
    ).split("; ")
)


def names(text: str, start: int = 0, end: int | None = None, *, alone: bool = True) -> list[tuple[int, int]] | None:
    """Spans of the authors that text[start:end] names; [] where it names an agency or a photographer only; None where it is no byline.

    `alone`: it is a line of its own, where a word in lower case is let pass ("Vy thủy"); else the end of a paragraph.
    """
    end = len(text) if end is None else end
    start, end = _trim(text, start, end)
    end = _once(text, start, end)
    agency = pictures = foreign = False
    while end > start and (after := _AFTER.search(text[:end], start + 1)) is not None:
        agency = agency or _is_agency(after[0].strip("() "))
        foreign = foreign or _FROM.match(after[0]) is not None
        start, end = _trim(text, start, after.start())
    source = _SOURCE.match(text, start, end)
    if source is not None:
        start = source.end()
    spans: list[tuple[int, int]] = []
    at = start
    while at < end:
        labelled = False
        separator = _BETWEEN.search(text, at, end)
        agency_first = _is_agency(text[slice(*_trim(text, at, separator.start() if separator else end))])  # "Tin Tức" begins with no label
        if (label := _PICTURES.match(text, at, end)) is not None:
            pictures, at = True, label.end()
        elif (label := _LABEL.match(text, at, end)) is not None and (":" in label[0] or not agency_first or (separator and label.end() > separator.start())):
            pictures, at, labelled = False, label.end(), True
        separator = _BETWEEN.search(text, at, end)
        first, last = _trim(text, at, separator.start() if separator else end)
        at = separator.end() if separator else end
        rank = _RANK.match(text, first, last)
        first = rank.end() if rank else first
        while (after := _AFTER.search(text[:last], first + 1)) is not None:
            first, last = _trim(text, first, after.start())
        if not _is_agency(text[first:last]) and (beside := _WITH.search(text[first:last])) is not None:
            last = first + beside.start()
        piece = text[first:last]
        if not piece:
            continue
        if _is_agency(piece) or (spans and text[first - 1] == "/" and _SITE.fullmatch(piece)):
            agency = True
        elif _SIGN.fullmatch(piece) and (pictures or (spans and text[:first].endswith(("- ", "– ")))):
            agency = True  # "Chí Linh - NV", "Tin: Minh Hà - Ảnh: CDC"
        elif _BODY.match(piece) and (spans or agency) and end - first <= _LONGEST_BODY and not _plausible(piece, alone=False):
            break  # "Mùa A Súa - Đội TT-TH huyện": the body goes on to the end
        elif (_NAME.fullmatch(piece) and _plausible(piece, alone)) or (labelled and _ONE_WORD.fullmatch(piece)) or (foreign and _TWO_LETTERS.fullmatch(piece)):
            if not pictures:
                spans.append((first, _once(text, first, last)))
        else:
            return None
    if source is not None and not agency:
        return []  # "Theo Trí Thức Trẻ" is a paper; "Theo Vũ Hoàng/VnExpress" names its reporter
    return spans if spans or agency or pictures else None


def labelled(text: str) -> bool:
    """Whether the line says itself that it is a byline: "Tác giả: Đỗ Oanh", "Đăng bởi Đỗ Oanh"."""
    label = _LABEL.match(text)
    return label is not None and (":" in label[0] or label[0].casefold().rstrip().endswith(("bởi", "by"))) and bool(names(text))


def _once(text: str, start: int, end: int) -> int:
    """End of the name where it stands twice: "Hải Minh Hải Minh"."""
    middle = (start + end) // 2
    first, second = text[start:middle].strip(), text[middle:end].strip()
    return start + len(first) if first == second and " " in first else end


def _is_agency(piece: str) -> bool:
    """ "TTXVN", "VOV.VN", "VOV–TP HCM", "Tin Tức", "Báo Tin tức", "VnExpress.net"."""
    return _ARE_AGENCIES[piece]


def _names_agency(piece: str) -> bool:
    return (
        key(piece) in _AGENCIES
        or key(re.split(r"[.–/-]", piece, maxsplit=1)[0]) in _AGENCIES
        or piece.startswith(("Báo ", "Tạp chí ", "UBND ", "HĐND "))
        or _OFFICE.match(piece) is not None
        or re.fullmatch(r"[\w.]+\.(?:vn|net|com)", piece) is not None
    )


_ARE_AGENCIES = Kept(_names_agency, most=4096)  # each piece is asked three times, and papers have few reporters


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without brackets, dots and dashes around; a bracket closed within stays: "Minh Hà (TTXVN)"."""
    while start < end and text[start] in _TRIMMED:
        start += 1
    while start < end and (text[end - 1] in _TRIMMED and not (text[end - 1] == ")" and "(" in text[start:end])):
        end -= 1
    return start, end


def _plausible(piece: str, alone: bool) -> bool:
    """Names have capitals; one word in lower case is let pass on a line of its own only: "Vy thủy"."""
    words = re.split(r"[\s.]+", piece)
    if words[0] in ("Ông", "Bà") and words[1:] and words[1].isupper():
        return False  # "Ông VŨ QUANG AN", whom the text quotes or a picture shows
    small = sum(word[:1].islower() for word in words)
    return small == 0 or (alone and small == 1 and len(words) <= 3)
