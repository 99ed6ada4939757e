"""Single lines that no paper prints but a file may hold: what a regular expression or a pass over words could choke on."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from indexer.gazetteer.load import gazetteer
from indexer.models import CleanArticle, Part, RawArticle

_MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
_REPEATED = {
    "spaces": " ",
    "non-breaking spaces": "\u00a0",
    "dots": ".",
    "dots and spaces": ". ",
    "commas": ", ",
    "dashes": "-",
    "dashes and spaces": " - ",
    "quotes": '"',
    "curly quotes": "“ ",
    "apostrophes": "'",
    "opening brackets": "(",
    "closing brackets": ")",
    "brackets": "( ",
    "pairs of brackets": "(a) ",
    "slashes": "/",
    "capitals": "A ",
    "capitals with dots": "A.",
    "one word": "a",
    "one word of capitals": "Đ",
    "one glued word": "Nguyệt",
    "one word with apostrophes": "H'",
    "digits": "1",
    "digits and slashes": "1/",
    "digits and dots": "1.",
    "digits and dashes": "1-",
    "years": "2024 ",
    "years in a range": "2020-2025 ",
    "dates": "18/3/2024 ",
    "days": "ngày 18/3 ",
    "months": "tháng 3 năm 2024 ",
    "quarters": "quý I ",
    "number": "số ",
    "documents": "12/QĐ-UBND ",
    "document numbers without an end": "1/2024/NĐ-",
    "decrees": "Nghị định ",
    "ông": "ông ",
    "đồng chí": "đồng chí ",
    "các đồng chí": "các đồng chí A, ",
    "posts": "Bí thư ",
    "posts with commas": "Bí thư, ",
    "posts with bodies": "Phó Chủ tịch Thường trực UBND tỉnh ",
    "posts of ministries": "Bộ trưởng Bộ Giáo dục và Đào tạo, ",
    "fields": "Giám đốc Sở Kinh tế, Thương mại và ",
    "names": "Nguyễn Văn ",
    "names with commas": "Nguyễn Văn An, ",
    "names with posts": "Bí thư Nguyễn Văn An (Chủ tịch ",
    "surnames": "Nguyễn ",
    "foreign names": "Tổng thống Donald ",
    "given names": "Bộ trưởng Nhạ ",
    "provinces": "Đắk Lắk ",
    "type words": "xã ",
    "a list without an end": "các xã A, B, C, ",
    "a chain without an end": "xã Nam Ka, huyện Lắk, tỉnh Đắk Lắk, ",
    "bodies": "Huyện ủy ",
    "abbreviations": "TP. ",
    "signs of papers": "(GLO)- ",
    "labels": "Tin, ảnh: ",
    "underscores": "_",
    "line of symbols": "★",
    "emoji": "😀 ",
    "zero-width spaces": "\u200b",
    "words with zero-width spaces": "Tỉnh\u200bủy",
    "combining marks": "a" + _MARKS,
    "combining marks alone": "\u0301",
}


def _communes(size: int) -> str:
    """One list of communes, none twice in a row: each next one is looked up among what holds those before it."""
    names = [unit.name for unit in gazetteer().units("commune", "old")]
    return "các xã " + ", ".join(islice((names[i % len(names)] for i in range(size)), size // 8))


def _different(size: int) -> str:
    """Words none of which comes twice: what is kept of words must not grow with them."""
    return " ".join(f"x{i:x}y" for i in range(size // 7))


def _officials(size: int) -> str:
    """Names none of which comes twice, with a post each."""
    names = ("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nam")
    people = (f"{names[i // 1000 % 10]} {names[i // 100 % 10]} {names[i // 10 % 10]} {names[i % 10]}" for i in range(size))
    return ", ".join(f"Bí thư Nguyễn {person}" for person in islice(people, size // 20))


def lines(size: int) -> dict[str, str]:
    """Kind -> a line of `size` bytes of UTF-8 (a character less where the last one would be cut)."""
    made = {kind: piece * (size // len(piece.encode()) + 1) for kind, piece in _REPEATED.items()}
    made |= {"a list of communes": _communes(size), "different words": _different(size), "different officials": _officials(size)}
    return {kind: line.encode()[:size].decode(errors="ignore") for kind, line in made.items()}


def article(line: str) -> CleanArticle:
    """An article whose text is this one paragraph, whatever cleaning would make of it."""
    return CleanArticle(RawArticle(Path(__file__).stem, line, "utf-8", "0" * 64), (Part("body", line, 0, len(line)),))
