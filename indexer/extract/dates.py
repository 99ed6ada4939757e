"""When a report was published, when it was written if it does not say so, and which period it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from analyzers.sentences import CAPITALS
from indexer.extract.days import Found, full_dates, parse_day
from indexer.extract.inferred import infer
from indexer.extract.periods import period_of
from indexer.gazetteer.load import Level, gazetteer
from indexer.gazetteer.spelling import place_key
from indexer.models import CleanArticle, Evidence

_LABEL = re.compile(
    r"(?P<posted>đăng|xuất bản|đưa tin|phát hành|ngày (?:viết|tạo|gửi)|published|posted|(?<![a-z])date)"
    r"|(?P<updated>cập nhật|chỉnh sửa|updated|modified)|(?P<today>hôm nay|ngày (?:xem|truy cập|in)\b|giờ truy cập)"
    r"|(?P<event>sự kiện|diễn ra|khai mạc|bắt đầu|kết thúc|hiệu lực|ban hành|cấp ngày)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}\s?[:hg]\s?\d{2}")
# A line that is nothing but a date: weekday, date, clock, a label, "GMT+7".
_DATELINE = re.compile(
    r"(?:(?:[Nn]gày|[Ll]úc|[Đđ]ăng|[Cc]ập nhật|[Xx]uất bản|[Tt]hứ\s{1,2}\w{1,4}|[Cc]hủ nhật|date|GMT|AM|PM|SA|CH|tháng|năm|giờ|phút|lần cuối|tin)\b"
    r"|[\W\dh]){1,120}"
)
# A short line that holds a date with its clock, or one that says "Ngày đăng: ", stands between headline and text.
_STAMP = re.compile(
    r"\b\d{1,2}[:h]\d\d(?::\d\d)?\s?[,|-]?\s?(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\s?[,|-]?\s?\d{1,2}[:h]\d\d|[Nn]gày đăng\s?:?\s?\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b"
)
_LONGEST_STAMP = 40  # characters
# How a report opens with place and day: "(Quảng Trị, ngày 20 tháng 10 năm 2020) - ", "Cao Bằng, 20/10/2020 – ", "Hà Nội (TTXVN 5/4/2024) - ",
# "Pleiku, ngày 20/10/2020. ", "Hà Nội, ngày 20/10/2020 (TTXVN) - ", in brackets alone or with the site: "[20/10/2020] ", "(baogialai.vn - 20/10/2020) ".
_PLACE = rf"[{CAPITALS}][\w.]{{0,9}}(?:[ -]{{1,3}}[{CAPITALS}][\w.]{{0,9}}){{0,4}}"
_SITE = r"[\w.-]{2,30}\.(?:vn|com|net|org)"
_BEFORE_DAY = re.compile(
    rf"\s?(?:(?P<open>[(\[])(?:(?:{_PLACE}|{_SITE})\s?[,:–-]?\s?)?|(?P<place>{_PLACE})(?:\s?[,:(–-]\s?(?:[A-ZĐ]{{2,8}},?\s)?)?)\s?(?:[Nn]gày\s)?"
)
_AFTER_DAY = re.compile(rf"\s?(?:[)\]]\s?[-–—:.]?|(?:\([A-ZĐ]{{2,8}}\)\s?)?[-–—:](?=\s)|\.\s(?=[{CAPITALS}]))")
_HEAD_PARTS, _SHORT = 3, 120
_POSTED, _PLAIN, _DATE_ONLY, _UPDATED, _TOP, _TODAY, _EVENT = range(7)  # what a date in a page's head is, the likeliest day of publication first
_Order: TypeAlias = tuple[int, int, int, int]  # that kind, how far from the headline, with or without the hour, place on the page
_HEADLINE = 250  # characters of the longest headline


@dataclass(frozen=True, slots=True)
class Dates:
    """`published` as the page states it; `date` the best there is (partial ISO) and whether it was inferred; `period`."""

    published: str | None
    date: str | None
    date_inferred: bool
    period: str | None
    evidence: tuple[Evidence, ...]


def dates(article: CleanArticle) -> Dates:
    """All that the article says about its time."""
    evidence: list[Evidence] = []
    published = value = _published(article, evidence)
    texts = [part for part in article.parts if part.kind in ("title", "body", "caption")]
    inferred = infer(texts) if published is None else None
    if inferred is not None:
        value = inferred.value
        if _is_dateline(article, inferred.said):
            published = value
            evidence += inferred.evidence("published")
        evidence += inferred.evidence("date")
    mention = period_of(texts, value)
    if mention is not None:
        evidence += mention.evidence()
    return Dates(published, value, published is None and value is not None, mention.value if mention else None, tuple(evidence))


def _published(article: CleanArticle, evidence: list[Evidence]) -> str | None:
    """Datelines first, then a date that ends the headline or opens the text, then what came with the file."""
    found = list(_datelines(article)) or list(_heads(article))
    best = min(found, key=lambda item: item[0], default=None)
    stated = parse_day(article.raw.published or "")
    # A stamp later than the day that the page's own metadata gives is an update, or the clock over the menu.
    if best is not None and (stated is None or (best[0][0] < _UPDATED and best[1].day <= stated)):
        value = best[1].day.isoformat()
        evidence.append(best[1].evidence("published", value, "stated"))
        evidence.append(best[1].evidence("date", value, "published"))
        return value
    if stated is None:
        return None
    value = stated.isoformat()
    evidence.append(Evidence("published", value, "sidecar", 0, 0, "sidecar"))
    evidence.append(Evidence("date", value, "sidecar", 0, 0, "sidecar"))
    return value


def _datelines(article: CleanArticle) -> Iterator[tuple[_Order, Found]]:
    """The dates of the page's date lines and of the headline's end, with what orders them."""
    title = article.title
    top = title.start if title else 0
    text = [part for part in article.parts if part.kind == "body"]
    for part in article.parts:
        if part.kind == "dateline":
            if part.start > top or title is None:
                side = 0 if not text or part.start < text[0].end else 2
            else:  # beside the headline, or above the menus: there stands the day of reading
                side = 3 if any(part.end <= start < top for start, _ in article.noise) else 1
            done = 0
            for start, end, day in full_dates(part.text):
                rank = _rank(part.text, start, done)
                done = end
                kind = rank if rank in (_POSTED, _UPDATED) else _TOP if side == 3 else _PLAIN
                if rank < _TODAY:
                    yield (kind, side, rank, part.start), Found(day, part, start, end)
        elif part.kind == "title":
            for stamp in _STAMP.finditer(part.text, max(0, len(part.text) - _LONGEST_STAMP)):
                if stamp.end() == len(part.text):  # "Headline 18/03/2024 08:30"
                    for start, end, day in full_dates(stamp[0]):
                        yield (_PLAIN, 0, _PLAIN, 0), Found(day, part, stamp.start() + start, stamp.start() + end)
            opening = part.text.rfind("(")
            if opening >= 0 and _DATELINE.fullmatch(part.text, opening):
                for start, end, day in full_dates(part.text[opening:]):
                    yield (_PLAIN, 0, _PLAIN, 0), Found(day, part, opening + start, opening + end)


def _heads(article: CleanArticle) -> Iterator[tuple[_Order, Found]]:
    """Dates that open the text or end a headline not known as one."""
    for position, part in enumerate([part for part in article.parts if part.kind in ("body", "caption")][:_HEAD_PARTS]):
        if len(part.text) < _SHORT and part.text[-1] not in ".!?;:" and (stamp := _STAMP.search(part.text)):
            for start, end, day in full_dates(stamp[0]):
                rank = _rank(part.text, stamp.start() + start)
                yield (rank, 0, rank, position), Found(day, part, stamp.start() + start, stamp.start() + end)
            continue
        if position > 1:
            continue
        opening = part.text.rfind("(") if len(part.text) < _HEADLINE and part.text.endswith(")") else -1
        if opening > 0 and _CLOCK.search(part.text, opening) and _DATELINE.fullmatch(part.text, opening):  # the headline, not known as one
            for start, end, day in full_dates(part.text[opening:]):
                yield (_PLAIN, 0, _PLAIN, position), Found(day, part, opening + start, opening + end)
            continue
        head = part.text[:80]
        for start, end, day in full_dates(head):
            if position == 0 and _opens_with_place(part.text, start) and _AFTER_DAY.match(part.text, end):
                yield (_PLAIN, 0, _PLAIN, position), Found(day, part, start, end)
                return
            whole_line = len(part.text) < 80 and _DATELINE.fullmatch(part.text) is not None
            if whole_line or (position == 0 and _DATELINE.fullmatch(part.text, 0, end) is not None and _LABEL.search(head, 0, start)):
                rank = _rank(head, start)
                yield (rank, 0, rank, position), Found(day, part, start, end)


def _opens_with_place(text: str, stop: int) -> bool:
    """Whether text[:stop] is the place of a dateline: in brackets any, else one that the tables know ("Ngày 20/10/2020 - ngày ..." has none)."""
    before = _BEFORE_DAY.fullmatch(text, 0, stop)
    levels: tuple[Level, ...] = ("province", "district")
    return before is not None and (before["open"] is not None or any(gazetteer().knows(place_key(before["place"]), level) for level in levels))


def _is_dateline(article: CleanArticle, said: Found) -> bool:
    """Whether a day without its year stands where datelines do: "(Quảng Trị, ngày 19 tháng 11) - "."""
    opening = next((part for part in article.parts if part.kind == "body" and len(part.text) >= _SHORT), None)
    text = said.part.text
    return said.part is opening and said.is_day and _opens_with_place(text, said.start) and _AFTER_DAY.match(text, said.end) is not None


def _rank(text: str, at: int, since: int = 0) -> int:
    """Of two dates in a page's head the labelled one counts, then one with the hour; the day of reading last."""
    labels = [match.lastgroup for match in _LABEL.finditer(text, max(since, at - 40), at)]
    label = labels[-1] if labels else None
    if "today" in labels:
        return _TODAY
    if label == "event":
        return _EVENT
    if "posted" in labels and label != "updated":
        return _POSTED
    if label == "updated":
        return _UPDATED
    return _PLAIN if _CLOCK.search(text) else _DATE_ONLY
