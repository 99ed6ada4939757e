"""Authors: the names of the byline, or of the few words after the last sentence. Not photographers, agencies or "PV"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.fold import key
from analyzers.sentences import CAPITALS
from indexer import byline
from indexer.extract.syllables import is_vietnamese
from indexer.gazetteer.load import gazetteer
from indexer.gazetteer.spelling import place_key
from indexer.models import CleanArticle, Evidence, Part

_LAST_SENTENCE = re.compile(r"(?:[.!?…”\"/)’']|https?://\S{5,120})\s+(?=(?:[^.!?…”\"]|\.(?=\S)|(?<=\b[A-ZĐ])\.){2,80}$)")
_LABELLED = re.compile(r"(?:Tác giả|Người đưa tin|Người viết|Bài viết|Bài)\s?:\s?")  # a paragraph that only says who wrote
# A picture's credit that the byline has run on to: "Ảnh: lamdongtv.vn Theo Hoàng Ái/Lamdongtv.vn", "Ảnh: VGP/Quang Hiếu Quang Hiếu".
_CREDIT = re.compile(r"Ảnh\s?:\s?(?:[\w.]+\.(?:vn|com|net)|(?:\w+/)?(\w+ \w+)(?= \1$))\s+")
_SHOUTED = re.compile(rf"(?<=[\w:]\s)(?<!Ảnh:\s)[{CAPITALS}]{{2,7}}\s[{CAPITALS}]{{2,7}}$")  # behind a list without a stop: "... Sông Thu HẢI CHÂU"
# What stands behind the byline at times: footnotes, an editor's note, what a paper says of itself below each text.
_NOTE = re.compile(r"\s(?:\*\s?)?(?:Bài viết thể hiện |Báo [A-ZĐ]\w{1,7}(?: \w{1,7}){1,6} cập nhật tin tức )")
_LONGEST_NOTE = 200  # characters
_TWO = rf"[{CAPITALS}][^\W\d_A-ZĐ]{{0,6}} [{CAPITALS}][^\W\d_A-ZĐ]{{1,6}}"
_PAIR = re.compile(rf"(?<=\w ){_TWO} - {_TWO}$")  # "... trên địa bàn Quốc Hoàn - Thúy Nga"
_RUN_ON = re.compile(rf"(?<= )([^\W\d_]{{1,7}}) ({_TWO})$")  # "... để điều chỉnh kịp thời Hoài Phong"
_LONGEST_RUN_ON = 40  # characters
_NO_END = frozenset("của ông bà anh chị em cô chú theo nguồn mục báo ốc ty tên đường phố ở tại về và với là do bởi thị xã huyện tỉnh".split())  # before a name
_STAMP_SEPARATOR = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|,?\s*(?:lúc|ngày|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?!\w)|\s(?:số )?lượt (?:xem|đọc)(?!\w)"
    r"|,?\s*\d(?:[\d:/. -]|[hH](?![^\W\d_]))*)\s*",  # "17h32", not the H of "17:32 Hoài Thương"
    re.IGNORECASE,
)
_OF_THE_DATE = re.compile(r"\W*(?:thứ|chủ nhật|tháng|sáng|chiều|tối)\b", re.IGNORECASE)  # "06 Tháng Bảy 2023", "Thứ Tư | 18/03/2026"
_FULL_NAME = re.compile(rf"[{CAPITALS}][^\W\d_A-ZĐ]+(?:\s[{CAPITALS}][^\W\d_A-ZĐ]*){{1,3}}")
_MOST = 4


def authors(article: CleanArticle) -> tuple[tuple[str, ...], list[Evidence]]:
    """Names in the order of the byline, as the page spells them (capitals throughout made ordinary)."""
    found: dict[str, tuple[str, Evidence]] = {}
    spans = [(part, 0, len(part.text)) for part in article.parts if part.kind == "byline"]
    spans += _stamped(article)
    if not spans:
        spans = list(_signature(article))
    for part, start, end in spans:
        for first, last in byline.names(part.text, start, end, alone=part.kind != "body") or ():
            if (written := part.text[first:last]).isupper() and " " not in written and len(written) > 2 and not ("." in written or is_vietnamese(written)):
                continue  # "Tin: UBKT"
            name = _spelling(written)
            begin, stop = part.span(first, last)
            found.setdefault(key(name), (name, Evidence("authors", name, part.kind, begin, stop, "signature" if part.kind == "body" else "byline")))
    chosen = list(found.values())[:_MOST]
    return tuple(name for name, _ in chosen), [evidence for _, evidence in chosen]


def _stamped(article: CleanArticle) -> list[tuple[Part, int, int]]:
    """What stands beside the date in the page's head and is a name: "Viết bởi: Đỗ Oanh, lúc 11:29 ngày 27-9-2018", "Minh Hà | 18/03/2024"."""
    found = []
    for part in article.parts:
        if part.kind != "dateline":
            continue
        at = 0
        for separator in [*_STAMP_SEPARATOR.finditer(part.text), None]:
            stop = separator.start() if separator else len(part.text)
            piece = part.text[at:stop]
            # A rubric ("Thời sự | 18/03/2024") or a place ("Đắk Lắk, ngày 18/03/2024") has no label, and no name's form.
            comma = separator is not None and separator[0].strip().startswith(",")
            name = not comma and _FULL_NAME.fullmatch(piece.strip()) and not _OF_THE_DATE.match(piece)
            if byline.labelled(piece.strip()) or (name and not gazetteer().knows(place_key(piece), "province")):
                found.append((part, at, stop))
            at = separator.end() if separator else stop
    return found


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
    ends = [len(part.text)]
    if (notes := part.text.rfind(" [1] ")) > 0:
        ends.append(notes)
    if (note := _NOTE.search(part.text, max(0, ends[0] - _LONGEST_NOTE))) is not None:
        ends.append(note.start())
    for end in ends:
        for match in _LAST_SENTENCE.finditer(part.text, max(0, end - 140), end):
            cut = match.end()
            credit = _CREDIT.match(part.text, cut, end)
            cut = credit.end() if credit is not None else cut
            if byline.names(part.text[cut:end], alone=False):
                yield part, cut, end
                return
    shouted = _SHOUTED.search(part.text, max(0, len(part.text) - 20))
    # Three words in capitals, or two behind more of them, are whose words or picture it was.
    runs_on = shouted is not None and (part.text[shouted.start() - 2].islower() or part.text[shouted.start() - 2] == ":")
    if shouted is not None and runs_on and shouted[0].isupper() and all(map(is_vietnamese, shouted[0].split())):
        yield part, shouted.start(), len(part.text)
    elif (at := _run_on(article, part.text)) is not None:
        yield part, at, len(part.text)


def _run_on(article: CleanArticle, text: str) -> int | None:
    """Where the byline begins that a text runs on to without a stop: two names, or one that the report names nowhere else."""
    start = max(0, len(text) - _LONGEST_RUN_ON)
    if (pair := _PAIR.search(text, start)) is not None:
        return pair.start() if all(is_vietnamese(word) for word in pair[0].replace(" - ", " ").split()) else None
    single = _RUN_ON.search(text, start)
    if single is None or not single[1].islower() or single[1] in _NO_END or not all(map(is_vietnamese, single[2].split())):
        return None
    place = any(gazetteer().knows(place_key(single[2]), level) for level in ("province", "district"))
    return None if place or sum(part.text.count(single[2]) for part in article.parts) > 1 else single.start(2)


def _spelling(name: str) -> str:
    name = " ".join(name.split())
    letters = [word for word in re.split(r"[\s.]+", name) if len(word) > 1]
    if letters and all(word.isupper() for word in letters) and len(name) > 2:  # "NM" are initials
        return re.sub(r"[^\W\d_]{2,}", lambda match: match[0].capitalize(), name)
    return name
