"""Authors: the names of the byline, or of the few words after the last sentence. Not photographers, agencies or "PV"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.fold import key
from indexer.extract.scan import APOSTROPHES
from indexer.models import CleanArticle, Evidence, Part

# "Tin, ảnh:", "Bài và ảnh:", "Thực hiện:", "Theo"; a label of photos alone makes no author.
_LABEL = re.compile(
    r"\s*(?:(?:tin|bài|bài viết|tin bài|nội dung|ảnh|video|clip|đồ họa|tác giả|thực hiện|người viết|lược dịch|biên tập|cộng tác viên|ctv|phóng viên|pv"
    r"|nhóm pv|nhóm phóng viên|người đưa tin|đưa tin)(?:\s*(?:,|và|-|–|/|&)\s*|\s+|(?=\s*[:.])))+\s*[:.]?\s*",
    re.IGNORECASE,
)
_ONLY_PICTURES = re.compile(r"\s*(?:(?:ảnh|video|clip|đồ họa|nguồn|photo)\s*(?:,|và|-|/)?\s*)+(?::|\s[A-ZĐÀ-ỸƠƯ])", re.IGNORECASE)
_SOURCE = re.compile(r"\s*(?:\(?theo|nguồn|trích|dịch theo)\b", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:\((?:[^()]{0,60})\)?|\b(?:ghi|lược ghi|tổng hợp|thực hiện|lược dịch|dịch|theo\b.{0,40}))\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|/|&|\+|\s[-–—]|[-–—]\s|\bvà\b)\s*")
_INITIALS = r"(?:[A-ZĐ]{1,2}\.\s?){1,3}"
_WORD = r"[A-ZĐÀ-ỸƠƯ][^\W\d_]*(?:[" + APOSTROPHES + r"][^\W\d_]+)?"
_NAME = re.compile(rf"{_INITIALS}{_WORD}(?:\s{_WORD}){{0,2}}|{_WORD}(?:\s(?:{_WORD}|thị|văn|[^\W\d_]{{2,6}}(?=$))){{1,4}}")
_AGENCIES = frozenset(
    key(name)
    for name in (
        "TTXVN",
        "VOV",
        "VTV",
        "VGP",
        "PV",
        "P.V",
        "BBT",
        "BTV",
        "CTV",
        "VnExpress",
        "VietNamNet",
        "Tin Tức",
        "Dân Trí",
        "Tuổi Trẻ",
        "Thanh Niên",
        "Lao Động",
        "Tiền Phong",
        "Người Lao Động",
        "Pháp Luật",
        "Chinhphu.vn",
        "Báo Chính phủ",
        "Vietnam+",
        "Vietnamplus",
        "Infonet",
        "Zing",
        "Zing.vn",
        "Sputnik",
        "Reuters",
        "AFP",
        "AP",
        "Xinhua",
        "BBC",
        "CNN",
        "Báo Nhân dân",
        "Nhân Dân",
        "Đất Việt",
        "Một Thế Giới",
        "Trí Thức Trẻ",
        "Giáo Dục Việt Nam",
        "VOV.VN",
        "Phóng viên",
        "Nhóm PV",
        "Ban Biên tập",
        "Cổng TTĐT",
        "TP HCM",
        "TP.HCM",
        "Hà Nội",
        "Paris",
        "Ảnh",
        "Video",
        "Bài",
        "Tin",
        "Theo",
        "Nguồn",
        "Tổng hợp",
        "Hết",
        "Cà Mau",
        "Quang cảnh",
        "Ý kiến",
        "Sài Gòn",
        "Việt Nam",
    )
)
_LAST_SENTENCE = re.compile(r"[.!?…”\"/)]\s+(?=(?:[^.!?…”\"]|\.(?=\S)|(?<=\b[A-ZĐ])\.){2,80}$)")
_LABELLED = re.compile(r"(?:Tác giả|Người đưa tin|Người viết|Bài viết|Bài)\s?:\s?")  # a paragraph that only says who wrote
_MOST = 4


def authors(article: CleanArticle) -> tuple[tuple[str, ...], list[Evidence]]:
    """Names in the order of the byline, as the page spells them (capitals throughout made ordinary)."""
    found: dict[str, tuple[str, Evidence]] = {}
    spans = [(part, 0, len(part.text)) for part in article.parts if part.kind == "byline"]
    if not spans:
        spans = list(_signature(article))
    for part, start, end in spans:
        for first, last in _names(part.text, start, end, alone=part.kind == "byline"):
            name = _spelling(part.text[first:last])
            begin, stop = part.span(first, last)
            found.setdefault(key(name), (name, Evidence("authors", name, part.kind, begin, stop, "byline" if part.kind == "byline" else "signature")))
    chosen = list(found.values())[:_MOST]
    return tuple(name for name, _ in chosen), [evidence for _, evidence in chosen]


def _signature(article: CleanArticle) -> Iterator[tuple[Part, int, int]]:
    """The few words after the last sentence of the text, where a crawl has joined the byline to it."""
    bodies = [part for part in article.parts if part.kind == "body"]
    if not bodies:
        return
    part = bodies[-1]
    labelled = _LABELLED.match(part.text) if len(part.text) <= 120 else None
    if labelled is not None:
        source = part.text.find("Nguồn", labelled.end())
        yield part, 0, source if source >= 0 else len(part.text)
        return
    cut = None
    for match in _LAST_SENTENCE.finditer(part.text, max(0, len(part.text) - 140)):
        cut = match.end()
        if _is_signature(part.text[cut:]):
            yield part, cut, len(part.text)
            return


def _is_signature(text: str) -> bool:
    names = list(_names(text, 0, len(text), alone=False))
    return bool(names)


def _names(text: str, start: int, end: int, *, alone: bool) -> Iterator[tuple[int, int]]:
    """Spans of the names in a byline; nothing if anything in it is neither a name, an agency nor a label."""
    if _SOURCE.match(text, start, end) or _ONLY_PICTURES.match(text, start, end):
        return
    label = _LABEL.match(text, start, end)
    if label is not None:
        start = label.end()
    text = text[:end]
    while (after := _AFTER.search(text, start)) is not None and after.start() < len(text):
        text = text[: after.start()]
    while text and start < len(text) and text[-1] in " .-–—*:/":
        text = text[:-1]
    spans: list[tuple[int, int]] = []
    at = start
    for separator in [*_BETWEEN.finditer(text, start), None]:
        stop = len(text) if separator is None else separator.start()
        first, last = _trim(text, at, stop)
        piece = text[first:last]
        if piece and not _is_agency(piece):
            if _NAME.fullmatch(piece) and _plausible(piece, alone):
                spans.append((first, _once(text, first, last)))
            else:
                return
        at = stop if separator is None else separator.end()
    yield from spans


def _once(text: str, start: int, end: int) -> int:
    """End of the name where it stands twice: "Hải Minh Hải Minh"."""
    middle = (start + end) // 2
    first, second = text[start:middle].strip(), text[middle:end].strip()
    return start + len(first) if first == second and " " in first else end


def _is_agency(piece: str) -> bool:
    """ "TTXVN", "VOV.VN", "VOV–TP HCM", "Tin Tức", "VnExpress.net"."""
    return key(piece) in _AGENCIES or key(re.split(r"[.–-]", piece, maxsplit=1)[0]) in _AGENCIES or re.fullmatch(r"[\w.]+\.(?:vn|net|com)", piece) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "()[]*.-–—"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "()[]*.-–—"):
        end -= 1
    return start, end


def _plausible(piece: str, alone: bool) -> bool:
    """Names have capitals; one word in lower case is let pass on a line of its own only: "Vy thủy"."""
    words = re.split(r"[\s.]+", piece)
    small = sum(word[:1].islower() for word in words)
    return small == 0 or (alone and small == 1 and len(words) <= 3)


def _spelling(name: str) -> str:
    name = " ".join(name.split())
    letters = [word for word in re.split(r"[\s.]+", name) if len(word) > 1]
    if letters and all(word.isupper() for word in letters):
        return re.sub(r"[^\W\d_]{2,}", lambda match: match[0].capitalize(), name)
    return name
