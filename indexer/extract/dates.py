"""When a report was published, when it was written if it does not say so, and which period it reports on.

A grammar of the forms in use, never a guess at numbers: 24,4% and 26/88 are no dates, and 30/2 is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from functools import lru_cache
from typing import TypeAlias

from analyzers.sentences import CAPITALS
from indexer.extract.periods import period_of
from indexer.gazetteer.load import Level, gazetteer
from indexer.gazetteer.spelling import place_key
from indexer.models import CleanArticle, Evidence, Part

_GAP = r"\s{0,3}"
_CENTURY = re.compile(r"[12](?:(?<=1)9|(?<=2)0)\d\d")  # a class of characters comes first: the search skips to it
_BEFORE_YEAR, _YEAR_LENGTH, _AFTER_YEAR = 30, 4, 8  # characters that a date has on either side of its year, and those of the year
_NOT_IN_NUMBER = r"(?<![\d/.,%-])"
# Months by name: "18 tháng Ba 2024", "Tháng Ba 18, 2024", "18 Mar 2024", "March 18, 2024"; WordPress abbreviates them "Th3".
_VIETNAMESE = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = {name: number for names in (_VIETNAMESE, _ENGLISH) for number, name in enumerate(names, 1)}
_VI_MONTH = "(?i:" + "|".join(reversed(_VIETNAMESE)) + ")"
_EN_MONTH = "(?:" + "|".join(name.capitalize() for name in _ENGLISH) + ")"
_FULL = re.compile(
    _NOT_IN_NUMBER + r"(?:"
    r"(?P<iso_year>(?:19|20)\d\d)(?P<iso_mark>[-/])(?P<iso_month>\d\d)(?P=iso_mark)(?P<iso_day>\d\d)(?=\D|$)"
    rf"|(?P<day>\d{{1,2}}){_GAP}(?P<mark>[/.-]){_GAP}(?P<month>\d{{1,2}}){_GAP}(?P=mark){_GAP}(?P<year>(?:19|20)\d\d)(?![\d%])"
    rf"|(?P<word_day>\d{{1,2}}){_GAP}[Tt]háng{_GAP}(?P<word_month>\d{{1,2}}|{_VI_MONTH})(?:{_GAP},{_GAP}|{_GAP}[Nn]ăm{_GAP}|\s)(?P<word_year>(?:19|20)\d\d)(?![\d%])"
    rf"|(?P<named_day>\d{{1,2}})[ -](?P<named_month>{_EN_MONTH})[a-z]{{0,6}}\.?,?[ -](?P<named_year>(?:19|20)\d\d)(?!\d)"
    rf"|\b(?P<first_month>{_EN_MONTH})[a-z]{{0,6}}\.?{_GAP}(?P<first_day>\d{{1,2}}),?{_GAP}(?P<first_year>(?:19|20)\d\d)(?!\d)"
    rf"|\b[Tt]háng\s(?P<lead_month>\d{{1,2}}|{_VI_MONTH})\s(?P<lead_day>\d{{1,2}}),\s(?P<lead_year>(?:19|20)\d\d)(?!\d)"
    rf"|\bTh(?P<th_month>\d{{1,2}})[ .]{{1,2}}(?P<th_day>\d{{1,2}}),\s(?P<th_year>(?:19|20)\d\d)(?!\d)"
    r")"
)
# A day without its year counts only after the word that makes it one: "Sáng 18/3", "ngày 8-4", "Chiều nay, 7/7".
_DAY = re.compile(
    r"\b(?P<word>[Ss]áng|[Cc]hiều|[Tt]ối|[Tt]rưa|[Đđ]êm|[Nn]gày|[Hh]ôm nay|[Hh]ôm qua|nay|qua)\b,?"
    rf"(?:{_GAP}(?:ngày|sáng|chiều|tối|nay|qua),?){{0,2}}{_GAP}\(?(?P<day>\d{{1,2}}){_GAP}(?:[/.–-]|(?P<said>tháng)){_GAP}(?P<month>\d{{1,2}})"
    rf"(?![\d%]|{_GAP}[/.–-]{_GAP}\d|[.,]\d|{_GAP}tháng)(?(said)(?!{_GAP},?{_GAP}(?:năm{_GAP})?(?:19|20)\d\d))"
)
_MONTH = re.compile(rf"\btháng{_GAP}(?P<month>\d{{1,2}}){_GAP}(?:[/.-]{_GAP}|năm{_GAP})(?P<year>(?:19|20)\d\d)(?!\d)")
# A year that speaks of the report's own time; "năm 2011" alone may be any.
_YEAR = re.compile(
    r"(?:\b(?:đầu|nhiệm vụ|nhiệm vụ trọng tâm|kế hoạch|mục tiêu|chỉ tiêu|dự toán|công tác)\s{1,3}năm\s{1,3}"
    r"|\bquý\s{1,3}(?:IV|I{1,3}|[1-4])\s{0,3}(?:/|năm)\s{0,3})"
    r"(?P<year>20\d\d)(?!\d|\s{0,3}[-–]\s{0,3}(?:19|20)?\d\d)",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<![\d.,/-])(?P<before>đến |tới |vào )?(?:năm )?(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d|\s{0,2}[-–]\s{0,2}\d)")
_LABEL = re.compile(
    r"(?P<posted>đăng|xuất bản|đưa tin|phát hành|ngày (?:viết|tạo|gửi)|published|posted|(?<![a-z])date)"
    r"|(?P<updated>cập nhật|chỉnh sửa|updated|modified)|(?P<today>hôm nay)"
    r"|(?P<event>sự kiện|diễn ra|khai mạc|bắt đầu|kết thúc|hiệu lực|ban hành|cấp ngày)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}\s?[:hg]\s?\d{2}")
# A line that is nothing but a date: weekday, date, clock, a label, "GMT+7".
_DATELINE = re.compile(
    r"(?:(?:[Nn]gày|[Ll]úc|[Đđ]ăng|[Cc]ập nhật|[Xx]uất bản|[Tt]hứ\s{1,2}\w{1,4}|[Cc]hủ nhật|date|GMT|AM|PM|SA|CH|tháng|năm|giờ|phút|lần cuối|tin)\b"
    r"|[\W\dh]){1,120}"
)
_FUTURE = re.compile(r"\b(?:sẽ|dự kiến|chậm nhất|trước ngày|hạn chót|đến hết|kể từ ngày|từ ngày|trước tháng|phấn đấu|vào cuối|vào đầu)\b")
_AS_OF = re.compile(r"(?:đến|tới|hết)\s{1,3}(?:hết\s{1,3})?(?:ngày\s{1,3})?$", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"\b(?:sáng|chiều|tối|trưa)\b[ ,(]*(?:ngày )?$", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"(?:đến|giai đoạn|nhiệm kỳ|trước|từ|khóa|tới|hết|tầm nhìn|so với|cùng kỳ|cùng kì|sau)\s{0,3}(?:(?:đầu|hết)\s{0,3})?(?:năm\s{0,3})?$", re.IGNORECASE
)
_FIRST_YEAR = 2000  # no report on a portal is older; what is told of earlier years is history
_SOON = 200  # days from the latest date told to the event: an older date tells no year
_LEAD = 700  # characters of the body in which the day of the event stands
_LOOK_BACK = 60
_LONGEST_DAY = 100  # characters of the longest form of _DAY, with room
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


@dataclass(frozen=True, slots=True)
class _Found:
    day: Day
    part: Part
    start: int
    end: int
    is_day: bool = True  # not a month, or a year, for which `day` is its first

    def evidence(self, field: str, value: str, rule: str) -> Evidence:
        start, end = self.part.span(self.start, self.end)
        return Evidence(field, value, self.part.kind, start, end, rule)


def parse_day(text: str) -> Day | None:
    """The one full date in `text` ("18/03/2026", "ngày 8 tháng 4 năm 2024", "2026-01-19"), None if there is none or no calendar has it."""
    return next((found for _, _, found in _full_dates(text)), None)


def dates(article: CleanArticle) -> Dates:
    """All that the article says about its time."""
    evidence: list[Evidence] = []
    published = _published(article, evidence)
    texts = [part for part in article.parts if part.kind in ("title", "body", "caption")]
    if published is None:
        value = _infer(texts, evidence)
    else:
        value = published
    mention = period_of(texts, value)
    if mention is not None:
        evidence += mention.evidence()
    return Dates(published, value, published is None and value is not None, mention.value if mention else None, tuple(evidence))


@lru_cache(maxsize=16)
def _centuries(text: str) -> tuple[int, ...]:
    """Where what can be a year begins. Cached: the paragraphs of one article are gone through for several forms of dates in turn."""
    return tuple([year.start() for year in _CENTURY.finditer(text)])


def _full_dates(text: str, stop: int | None = None) -> Iterator[tuple[int, int, Day]]:
    """Start, end and day of each full date before `stop`; looked for only around what can be a year."""
    done = 0
    stop = len(text) if stop is None else stop
    for year in _centuries(text):
        if year < done:
            continue
        if year >= stop:
            return
        match = _FULL.search(text, max(done, year - _BEFORE_YEAR), min(stop, year + _YEAR_LENGTH + _AFTER_YEAR))
        if match is None:
            continue
        done = match.end()
        groups = match.groupdict()
        numbers = next(
            [_number(groups[form + name]) for name in ("year", "month", "day")]
            for form in ("", "iso_", "word_", "named_", "first_", "lead_", "th_")
            if groups[form + "year"]
        )
        day = _day(*numbers)
        if day is not None:
            yield match.start(), match.end(), day


def _around_years(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern that holds a year, looked for only around what can be one: a fifth of the time of reading everything."""
    done = 0
    for year in _centuries(text):
        match = pattern.search(text, max(done, year - _BEFORE_YEAR), year + _YEAR_LENGTH + _BEFORE_YEAR) if year >= done else None
        if match is not None and match.start("year") == year:  # a later one may be cut short by the window
            done = match.end()
            yield match


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _NAMED[text.lower()]


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(year, month, day)
    except ValueError:
        return None


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


def _datelines(article: CleanArticle) -> Iterator[tuple[_Order, _Found]]:
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
            for start, end, day in _full_dates(part.text):
                rank = _rank(part.text, start, done)
                done = end
                kind = rank if rank in (_POSTED, _UPDATED) else _TOP if side == 3 else _PLAIN
                if rank < _TODAY:
                    yield (kind, side, rank, part.start), _Found(day, part, start, end)
        elif part.kind == "title":
            for stamp in _STAMP.finditer(part.text, max(0, len(part.text) - _LONGEST_STAMP)):
                if stamp.end() == len(part.text):  # "Headline 18/03/2024 08:30"
                    for start, end, day in _full_dates(stamp[0]):
                        yield (_PLAIN, 0, _PLAIN, 0), _Found(day, part, stamp.start() + start, stamp.start() + end)
            opening = part.text.rfind("(")
            if opening >= 0 and _DATELINE.fullmatch(part.text, opening):
                for start, end, day in _full_dates(part.text[opening:]):
                    yield (_PLAIN, 0, _PLAIN, 0), _Found(day, part, opening + start, opening + end)


def _heads(article: CleanArticle) -> Iterator[tuple[_Order, _Found]]:
    """Dates that open the text or end a headline not known as one."""
    for position, part in enumerate([part for part in article.parts if part.kind in ("body", "caption")][:_HEAD_PARTS]):
        if len(part.text) < _SHORT and part.text[-1] not in ".!?;:" and (stamp := _STAMP.search(part.text)):
            for start, end, day in _full_dates(stamp[0]):
                rank = _rank(part.text, stamp.start() + start)
                yield (rank, 0, rank, position), _Found(day, part, stamp.start() + start, stamp.start() + end)
            continue
        if position > 1:
            continue
        opening = part.text.rfind("(") if len(part.text) < _HEADLINE and part.text.endswith(")") else -1
        if opening > 0 and _CLOCK.search(part.text, opening) and _DATELINE.fullmatch(part.text, opening):  # the headline, not known as one
            for start, end, day in _full_dates(part.text[opening:]):
                yield (_PLAIN, 0, _PLAIN, position), _Found(day, part, opening + start, opening + end)
            continue
        head = part.text[:80]
        for start, end, day in _full_dates(head):
            if position == 0 and _opens_with_place(part.text, start) and _AFTER_DAY.match(part.text, end):
                yield (_PLAIN, 0, _PLAIN, position), _Found(day, part, start, end)
                return
            whole_line = len(part.text) < 80 and _DATELINE.fullmatch(part.text) is not None
            if whole_line or (position == 0 and _DATELINE.fullmatch(part.text, 0, end) is not None and _LABEL.search(head, 0, start)):
                rank = _rank(head, start)
                yield (rank, 0, rank, position), _Found(day, part, start, end)


def _opens_with_place(text: str, stop: int) -> bool:
    """Whether text[:stop] is the place of a dateline: in brackets any, else one that the tables know ("Ngày 20/10/2020 - ngày ..." has none)."""
    before = _BEFORE_DAY.fullmatch(text, 0, stop)
    levels: tuple[Level, ...] = ("province", "district")
    return before is not None and (before["open"] is not None or any(gazetteer().knows(place_key(before["place"]), level) for level in levels))


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


def _infer(texts: list[Part], evidence: list[Evidence]) -> str | None:
    """What a careful reader would say: the day that the first lines tell; else the month between what has been and what will be; else the year."""
    past, coming = _told(texts)
    event = _event(texts)
    if event is not None:
        part, start, end, month, day, year = event
        anchor = None
        if year is None:
            anchor = _anchor(past, texts, month, day)
            if anchor is None:
                return None
            same = _day(anchor.day.year, month, day)
            year = anchor.day.year + (anchor in past and same is not None and same < anchor.day)
        value = _day(year, month, day)
        if value is not None:
            found = _Found(value, part, start, end)
            evidence.append(found.evidence("date", value.isoformat(), "lead-day"))
            if anchor is not None:
                evidence.append(anchor.evidence("date", value.isoformat(), "year-of-lead-day"))
            return value.isoformat()
    told = max(
        (found for found in past if found.is_day and _PART_OF_DAY.search(found.part.text, max(0, found.start - 12), found.start)),
        key=lambda found: found.day,
        default=None,
    )
    if told is not None and told.day == max(found.day for found in past):
        evidence.append(told.evidence("date", told.day.isoformat(), "lead-day"))
        return told.day.isoformat()
    recent = max((found for found in past if _AS_OF.search(found.part.text, max(0, found.start - 20), found.start)), key=lambda found: found.day, default=None)
    if recent is not None:
        month_number = recent.day.year * 12 + recent.day.month
        ahead = [found for found in coming if 0 <= found.day.year * 12 + found.day.month - month_number <= 1]
        value_text = f"{recent.day:%Y-%m}" if ahead else f"{recent.day:%Y}"
        evidence.append(recent.evidence("date", value_text, "last-day-told"))
        return value_text
    latest = max(_years(texts), key=lambda found: found.day, default=None)
    if latest is None:
        return None
    evidence.append(latest.evidence("date", f"{latest.day:%Y}", "year"))
    return f"{latest.day:%Y}"


def _anchor(past: list[_Found], texts: list[Part], month: int, day: int) -> _Found | None:
    """What gives the year to a day and month: a date shortly before it, or a year that the report calls its own; no later year may be told of."""
    told = [int(match["year"]) for part in texts for match in _around_years(_ANY_YEAR, part.text) if not match["before"]]
    latest = max(past, key=lambda found: found.day, default=None)
    own = max(_years(texts), key=lambda found: found.day, default=None)
    if latest is not None and (own is None or own.day.year <= latest.day.year) and latest.day.year >= max(told, default=0):
        next_time = [found for year in (latest.day.year, latest.day.year + 1) if (found := _day(year, month, day)) is not None and found >= latest.day]
        if next_time and (next_time[0] - latest.day).days <= _SOON:
            return latest
    return own if own is not None and (latest is None or own.day.year >= latest.day.year) else None


def _event(texts: list[Part]) -> tuple[Part, int, int, int, int, int | None] | None:
    """The day in the first lines: part, start, end, month, day, year or None."""
    room = _LEAD
    for part in texts:
        if part.kind == "title":
            continue
        if room <= 0:
            return None
        stop = min(len(part.text), room)
        room -= len(part.text)
        for match in _DAY.finditer(part.text, 0, stop + _LONGEST_DAY):
            if match.start() >= stop:
                break
            if match["said"] and next(_full_dates(part.text, match.start()), None) is not None:
                continue  # the year of "ngày 6 tháng 2" is only guessed, and a full date stands before it
            if not _FUTURE.search(part.text, max(0, match.start() - _LOOK_BACK), match.start()):
                month, day = int(match["month"]), int(match["day"])
                if _day(2000, month, day) is not None:
                    return part, match.start("day"), match.end("month"), month, day, None
        for start, end, found in _full_dates(part.text, stop + 12):
            before = part.text[max(0, start - 12) : start].lower()
            if re.search(r"(?:sáng|chiều|tối|trưa|đêm|^ngày|nay|qua)[ ,(]*(?:ngày )?$", before) and not _FUTURE.search(
                part.text, max(0, start - _LOOK_BACK), start
            ):
                return part, start, end, found.month, found.day, found.year
    return None


def _told(texts: list[Part]) -> tuple[list[_Found], list[_Found]]:
    """Days and months (their first day) that have been, and those that are to come."""
    past: list[_Found] = []
    coming: list[_Found] = []
    for part in texts:
        spans = [(start, end, day, True) for start, end, day in _full_dates(part.text)]
        covered = {at for start, end, _, _ in spans for at in range(start, end)}
        for match in _around_years(_MONTH, part.text):
            month = _day(int(match["year"]), int(match["month"]), 1)
            if month is not None and match.start() not in covered:
                spans.append((match.start(), match.end(), month, False))
        for start, end, day, is_day in spans:
            is_coming = _FUTURE.search(part.text, max(0, start - _LOOK_BACK), start)
            if day.year >= _FIRST_YEAR:
                (coming if is_coming else past).append(_Found(day, part, start, end, is_day))
    return past, coming


def _years(texts: list[Part]) -> Iterator[_Found]:
    """Years that speak of the report's own time."""
    for part in texts:
        for match in _around_years(_YEAR, part.text):
            if _NOT_NOW.search(part.text, max(0, match.start() - 20), match.start("year")) is None:
                yield _Found(Day(int(match["year"]), 1, 1), part, match.start("year"), match.end("year"))
