"""Numbered documents of party and state that a text cites: `23-NQ/TU`, `178/2024/NĐ-CP`, `72/2025/QH15`, `1234/QĐ-UBND`.

Rule of the evidence of `documents` (value: the canonical number): "number" - the slice is the number as typed, with the
word before it where that says the kind ("Nghị định 59/2011"), and its `canonical` form is the value.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.models import CleanArticle, Evidence

# Letters of other scripts and of other code points that look like those of a document's sign.
_LOOK_ALIKES = str.maketrans(
    {
        "Ð": "Đ", "Ɖ": "Đ", "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "К": "K", "М": "M", "О": "O", "Р": "P", "Т": "T", "Х": "X", "У": "Y", "І": "I",
        "Ѕ": "S", "ð": "đ", "а": "a", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x", "у": "y", "і": "i",
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "­": "-", "⁄": "/", "∕": "/", "／": "/",
    }
)  # fmt: skip

# Kinds of documents, the first sign after the number: with and without đ.
_KINDS = tuple(
    "NQLT NQ KHLT CTrHĐ CTHĐ CTr CTR CT QĐNS QĐST QĐ QD QyĐ QĐi QC QCPH KL KH TB BC HD TT ĐA TTg TTLT NĐ ND CV TTr TTR PL SL LCT L CĐ VBHN GM"
    " GUQ ĐC PA CTPH TW TƯ".split()
)

# Signs without which a number with a slash is not one: some body or kind must stand in it.
_CANONICAL = {
    "QD": "QĐ",
    "ND": "NĐ",
    "CTR": "CTr",
    "TTR": "TTr",
    "TTG": "TTg",
    "TƯ": "TW",
    "TU": "TU",
    "QYĐ": "QyĐ",
    "HDND": "HĐND",
    "UBTVQH": "UBTVQH",
    "T.Ư": "TW",
    "T.W": "TW",
    "TH.U": "Th.U",
    "THU": "ThU",
    "GDTRH": "GDTrH",
}
_BODY = r"(?:T\.[ƯW]|Th\.U|[A-ZĐƯa-zư&]{1,16}\d{0,3})"  # "BCĐ197", "ĐCTUBTWMTTQVN"
_DASH = r"\s?[-–—‐‑−]\s?"
_JOIN = rf"(?:{_DASH}|[./](?=[A-ZĐ]{{2}}))"  # "QĐ/BTC", "QĐ.UBND"
_SLASH = r"\s?[/⁄∕／]\s?"
_KIND = "|".join(sorted((re.escape(k) for k in _KINDS), key=len, reverse=True))

_NUMBER = r"\d{1,6}[a-dđ]?"  # "36a/NQ-CP", "01b/NQ-CP"

# 23-NQ/TU, 23 - NQ/TW, 35 CT/TW, 09-KH/ĐU, 15-NQ/HU, 01-HD/BTCTW
_PARTY = re.compile(rf"({_NUMBER})(?:{_DASH}|\s)({_KIND}){_SLASH}({_BODY}(?:{_DASH}{_BODY})?)(?!\w)")
# 178/2024/NĐ-CP, 78/2013/NĐCP, 72/2025/QH15, 12/2020/TT-BTC, 05/2016/TTLT-BGDĐT-BNV; "10/2016 QĐ-UBND", its slash forgotten
_YEARLY = re.compile(rf"({_NUMBER}){_SLASH}((?:19|20)\d\d)(?:{_SLASH}|\s(?=(?:{_KIND}){_DASH}{_BODY}))({_BODY}(?:{_JOIN}{_BODY}){{0,6}})(?!\w)")
# 1234/QĐ-UBND, 05/CT-TTg, 245/TB-VPCP, 388/NQ-UBTVQH16; its slash forgotten "309 QĐ-TTg"; glued 749/QĐTTg; the Government's "19-2017/NQ-CP"
_PLAIN = re.compile(
    rf"({_NUMBER}(?:{_DASH}(?:19|20)\d\d)?)(?:{_SLASH}|\s(?=QĐ-(?:TTg|UBND)|CT-TTg|NQ-(?:CP|HĐND)))({_KIND})(?:{_JOIN}({_BODY}(?:{_DASH}{_BODY})?)|(CP|TTg|UBND|HĐND|UB)(?!\s?-))(?!\w)"
)
# Official letters: 1866/UBND-KTN, 301/BGDĐT-GDMN, 3478/BVHTTDL-VP
_LETTER = re.compile(rf"({_NUMBER}){_SLASH}(UBND|HĐND|VPCP|VP|TTg|TTCP|BCĐ|[BS][A-ZĐ&]{{2,8}})(?:{_DASH}|/(?=[A-ZĐ]{{2}}))({_BODY})(?!\w)")
_GLUED = re.compile(r"(NĐ|ND|QĐ|TT(?!CP)|NQ|CT)(CP|UBND|HĐND|TTg|B[A-ZĐ]{1,6})")

# Permits, of bodies that govern land and building; a paper's own ("99/GP-TTĐT") is no document that it cites: 135/GP-UBND, 95/GPXD
_PERMIT = re.compile(rf"({_NUMBER}){_SLASH}(GP{_DASH}(?:UBND|BTNMT|STNMT|SXD|BXD|BCT|BGTVT)|GPXD)(?!\w)")

# What is a document only behind the word for its kind: letters of any office ("công văn số 561/QLCT-P5"), "nghị định 67/CP"; with "số" any
# sign ("Điện số 499/ĐK", "văn bản số 834/SGTVT") and, of the Government's, a dash ("Nghị định số 28-CP").
_TOLD_KIND = (
    r"(?:(?:công\s+văn|văn\s+bản|công\s+điện|điện|tờ\s+trình|báo\s+cáo|thông\s+báo|kế\s+hoạch|hướng\s+dẫn|nghị\s+(?:định|quyết)|quyết\s+định|chỉ\s+thị"
    r"|thông\s+tư|sắc\s+lệnh)(?:\s+(?:khẩn|mật|hỏa\s+tốc|liên\s+tịch))?|CV|NĐ|QĐ|NQ)\s+"
)
_TOLD_BEFORE = re.compile(rf"(?<!\w){_TOLD_KIND}(?:số\s?:?\s?)?$", re.I)
_SIGNED = rf"(?:[A-ZĐ][A-ZĐ&]{{1,11}}|[A-ZĐ][a-z]?[A-ZĐ]+){_DASH}[A-ZĐ][A-ZĐa-z&]{{0,11}}\d{{0,3}}"
_ANY_SIGN = rf"(?:[A-ZĐ][A-ZĐ&]{{1,11}}\d{{0,2}}|[A-Z]\d{{2}})(?:{_DASH}[A-ZĐ]{{1,8}}\d{{0,2}})?"
_TOLD = re.compile(
    rf"(?i:{_TOLD_KIND})(?:(?:[Ss]ố\s?:?\s?)?({_NUMBER}(?:{_SLASH}(?:19|20)\d\d)?){_SLASH}(?:({_SIGNED}|[A-ZĐ&]{{2,8}}\.[A-ZĐ&]{{2,8}})|(CP|TTg|HĐBT))"
    rf"|[Ss]ố\s?:?\s?({_NUMBER})(?:{_SLASH}({_ANY_SIGN})|{_DASH}(CP|TTg|HĐBT)))(?![\w/-])"
)
# In lower case, behind such a word: "quyết định số 1099 /qđ-ubnd".
_SMALL = re.compile(rf"{_NUMBER}(?:{_SLASH}(?:19|20)\d\d)?(?:{_SLASH}|{_DASH})[a-zđư&]{{1,10}}(?:[-–/][a-zđư&]{{1,10}}){{1,2}}(?![\w/-])")
# The Government's decrees with number and kind in each other's place: "NĐ-67/CP".
_TURNED_BEFORE = re.compile(r"(?<!\w)N[ĐÐD]-$")
_TURNED = re.compile(rf"N[ĐD]-({_NUMBER}){_SLASH}CP(?!\w)")

# Only the Government makes decrees: "Nghị định 59/2011" is 59/2011/NĐ-CP.
_DECREE_BEFORE = re.compile(r"[Nn]ghị\s+định\s+(?:số:?\s+)?$")
_DECREE = re.compile(rf"[Nn]ghị\s+định\s+(?:số:?\s+)?({_NUMBER}){_SLASH}((?:19|20)\d\d)(?![\w/⁄∕／-])")

# Of a minister's circular or the National Assembly's resolution, number and year tell the rest: "Thông tư 15/2015 của Bộ Tư pháp" is 15/2015/TT-BTP,
# "Nghị quyết số 109/2013 của Quốc hội" 109/2013/QH13, but for the years in which one assembly followed another.
_MINISTRIES = {
    "tư pháp": "BTP", "tài chính": "BTC", "y tế": "BYT", "công thương": "BCT", "nội vụ": "BNV", "công an": "BCA", "quốc phòng": "BQP", "xây dựng": "BXD",
    "giao thông vận tải": "BGTVT", "tài nguyên và môi trường": "BTNMT", "giáo dục và đào tạo": "BGDĐT", "thông tin và truyền thông": "BTTTT",
    "kế hoạch và đầu tư": "BKHĐT", "khoa học và công nghệ": "BKHCN", "ngoại giao": "BNG",
}  # fmt: skip
_ELECTED = (2007, 2011, 2016, 2021, 2026)  # when the twelfth and later assemblies were
_ACT_WORD = r"(?:thông\s+tư|nghị\s+quyết)\s+(?:số:?\s+)?"
_ACT_BEFORE = re.compile(rf"(?<!\w){_ACT_WORD}$", re.I)
_ACT = re.compile(rf"{_ACT_WORD}({_NUMBER}){_SLASH}((?:19|20)\d\d)\s+của\s+(?:Bộ\s+({'|'.join(_MINISTRIES)})|(Quốc\s+hội))(?!\w)", re.I)

# Where a number can begin: a run of digits before a dash, before a slash with letters or a year behind it (no day: "18/3"), or before a party
# document's kind. Tried one by one.
_START = re.compile(
    r"[0-9](?:(?<![\w/.,-]\d)|(?<=(?i:số)\d)|(?<=(?i:N[ĐÐD])-\d))\d{0,5}(?i:[a-dđ]?(?="
    rf"\s?[-–—‐‑−]\s?(?:\D|(?:19|20)\d\d/)|\s?[/⁄∕／]\s?(?:[^\W\d_]|&|(?:19|20)\d\d)|\s(?:{_KIND}){_SLASH}|\s(?:QĐ|CT|NQ)-(?:TTg|UBND|CP|HĐND)))"
)
_DECREE_WORD = re.compile(r"nghị\s+định|NĐ", re.I)
_TOLD_MARK = re.compile(r"[/⁄∕／]|[-–—](?:CP|TTg|HĐBT)")
_LONGEST = 64  # characters of a number with all its signs
_RUN_ON = re.compile(r"(?<=[A-ZĐg])(?=(?:ngày|của|về|ban|quy|và|do|được|có|thì|là)(?!\w))")  # "204/2004/NĐ-CPngày 14/12"


def canonical(text: str) -> str | None:
    """The canonical form of one document's number, however typed ("23 - NQ / TU", "178/2024/NĐCP"); None if it is none."""
    text = text.strip()
    lower = text.lower()
    for word in ("số:", "số"):
        if lower.startswith(word):
            text = text[len(word) :].strip()
            break
    for read in (_decree, _act, _told, _turned):
        if (hit := read(text, 0)) is not None and hit[0] == len(text):
            return hit[1]
    for attempt in (text, text.upper()):
        hit = _match(unicodedata.normalize("NFC", attempt), 0)
        if hit is not None and hit[0] == len(unicodedata.normalize("NFC", attempt)):
            return hit[1]
    return None


def documents(article: CleanArticle) -> tuple[tuple[str, ...], list[Evidence]]:
    """(numbers in order of first citation, evidence) of the documents that an article cites."""
    found: dict[str, Evidence] = {}
    for part in article.parts:
        if part.kind == "byline":
            continue
        end = 0
        for start in (m.start() for m in _START.finditer(part.text)):
            if start < end:
                continue
            hit = _match(part.text, start)
            if hit is None and _TOLD_MARK.search(part.text, start, start + 12):
                for before, read in ((_DECREE_BEFORE, _decree), (_ACT_BEFORE, _act), (_TOLD_BEFORE, _told), (_TURNED_BEFORE, _turned)):
                    kind = before.search(part.text, max(0, start - 32), start)
                    hit = read(part.text, kind.start()) if kind is not None else None
                    if kind is not None and hit is not None:
                        start = kind.start()
                        break
                else:
                    hit = _small(part.text, start)
            if hit is not None:
                end, value = hit
                found.setdefault(value, Evidence("documents", value, part.kind, *part.span(start, end), "number"))
    return tuple(found), list(found.values())


def _match(text: str, start: int) -> tuple[int, str] | None:
    """(end, canonical number) of the document whose number begins at `start`; None if none does."""
    window = text[start : start + _LONGEST].translate(_LOOK_ALIKES)
    if (run_on := _RUN_ON.search(window)) is not None:
        window = window[: run_on.start()]
    if m := _PARTY.match(window):
        return start + m.end(), f"{_number(m[1])}-{_sign(m[2])}/{_signs(m[3])}"
    if (m := _YEARLY.match(window)) and _is_sign(m[3]):
        return start + m.end(), f"{_number(m[1])}/{m[2]}/{_signs(m[3])}"
    if m := _PLAIN.match(window):
        glue = "" if m[4] == "UB" else "-"  # "QĐUB" is how provinces signed it once
        return start + m.end(), f"{_number(re.sub(_DASH, '-', m[1]))}/{_sign(m[2])}{glue}{_signs(m[3] or m[4])}"
    if m := _PERMIT.match(window):
        return start + m.end(), f"{_number(m[1])}/{re.sub(_DASH, '-', m[2])}"
    if m := _LETTER.match(window):
        return start + m.end(), f"{_number(m[1])}/{_sign(m[2])}-{_signs(m[3])}"
    return None


def _decree(text: str, start: int) -> tuple[int, str] | None:
    """(end, canonical number) of the decree cited at `start` by number and year only; None if none is."""
    m = _DECREE.match(text, start)
    return (m.end(), f"{_number(m[1])}/{m[2]}/NĐ-CP") if m else None


def _act(text: str, start: int) -> tuple[int, str] | None:
    """(end, canonical number) of the circular or resolution cited at `start` by number, year and who made it; None if none is."""
    m = _ACT.match(text, start)
    if m is None or (m[3] is None) != text[start : start + 1].upper().startswith("N"):
        return None
    if m[3]:
        return m.end(), f"{_number(m[1])}/{m[2]}/TT-{_MINISTRIES[' '.join(m[3].lower().split())]}"
    year = int(m[2])
    if year <= _ELECTED[0] or year in _ELECTED:
        return None
    return m.end(), f"{_number(m[1])}/{m[2]}/QH{11 + sum(year > elected for elected in _ELECTED)}"


def _told(text: str, start: int) -> tuple[int, str] | None:
    """(end, number) of the document that the word for its kind at `start` opens; its sign as typed, but for spaces."""
    m = _TOLD.match(text[start : start + _LONGEST].translate(_LOOK_ALIKES))
    if m is None:
        return None
    if m[6]:
        return start + m.end(), f"{_number(m[4])}-{m[6]}"
    if m[3] == "CP" and "/" in m[1] and _DECREE_WORD.match(text, start):
        return start + m.end(), f"{_number(re.sub(_SLASH, '/', m[1]))}/NĐ-CP"  # "Nghị định 108/2014/CP"; of before 1997 are cited as "67/CP"
    return start + m.end(), f"{_number(re.sub(_SLASH, '/', m[1] or m[4]))}/{re.sub(_DASH, '-', m[2] or m[3] or m[5])}"


def _small(text: str, start: int) -> tuple[int, str] | None:
    """(end, canonical number) of the document whose number begins at `start` in lower case behind the word for its kind; None if none does."""
    m = _SMALL.match(text, start) if _TOLD_BEFORE.search(text, max(0, start - 32), start) else None
    hit = _match(m[0].upper(), 0) if m else None
    return (m.end(), hit[1]) if m and hit and hit[0] == len(m[0]) else None


def _turned(text: str, start: int) -> tuple[int, str] | None:
    """(end, canonical number) of the decree cited at `start` as "NĐ-67/CP"; None if none is."""
    m = _TURNED.match(text[start : start + _LONGEST].translate(_LOOK_ALIKES))
    return (start + m.end(), f"{_number(m[1])}/NĐ-CP") if m else None


def _number(digits: str) -> str:
    """As documents are cited: at least two digits ("09"), no others added or taken."""
    stripped = digits.lstrip("0")
    return stripped.lower().rjust(2, "0")


def _is_sign(text: str) -> bool:
    """Whether what follows a year is a sign of a document: QH15, NĐ-CP, TT-BTC; not a word ("12/2020/Anh")."""
    first = re.split(_JOIN, text)[0]
    return (
        bool(re.fullmatch(r"(?:UBTV)?QH\d{1,2}", text, re.I))
        or first in _KINDS
        or first.upper() in _KINDS
        or bool(_GLUED.fullmatch(text))
        or text in ("QĐUB", "CTUB")
    )


def _sign(text: str) -> str:
    return _CANONICAL.get(text.upper(), text if text in _KINDS else text.upper())


def _signs(text: str) -> str:
    """The signs after the number, in capitals and joined by dashes: "NĐ - CP" and "NĐCP" give "NĐ-CP"."""
    glued = _GLUED.fullmatch(text)
    pieces = [glued[1], glued[2]] if glued else re.split(_JOIN, text)
    return "-".join(_sign(p) if p in _KINDS or p.upper() in _CANONICAL else _upper(p) for p in pieces)


def _upper(piece: str) -> str:
    """A body's sign in capitals ("ubnd" -> "UBND"), but for the Prime Minister's, TTg, also as the end of another's ("TCTTTg")."""
    piece = piece.upper()
    return piece[:-1] + "g" if piece.endswith("TTG") else piece
