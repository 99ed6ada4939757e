"""When a report was written that does not say it: the day that its first lines tell, else the month or the year that it calls its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from typing import TypeAlias

from indexer.extract.days import GAP, Found, around_years, day_of, full_dates
from indexer.models import Evidence, Part

# A day without its year counts only after the word that makes it one: "Sáng 18/3", "ngày 8-4", "Chiều nay, 7/7"; of "hai ngày 23 và 24/7" the last.
_DAY = re.compile(
    r"\b(?P<word>[Ss]áng|[Cc]hiều|[Tt]ối|[Tt]rưa|[Đđ]êm|[Nn]gày|[Hh]ôm nay|[Hh]ôm qua|nay|qua)\b,?"
    rf"(?:{GAP}(?:ngày|sáng|chiều|tối|nay|qua|làm việc),?){{0,2}}{GAP}\(?(?:\d{{1,2}}{GAP}(?:[–-]|và|đến){GAP}(?:ngày{GAP})?(?=\d{{1,2}}{GAP}(?:[/.]|tháng)))?"
    rf"(?P<day>\d{{1,2}}){GAP}(?:[/.–-]|(?P<said>tháng)){GAP}(?P<month>\d{{1,2}})"
    rf"(?![\d%]|{GAP}[/.–-]{GAP}\d|[.,]\d|{GAP}tháng)(?(said)(?!{GAP},?{GAP}(?:năm{GAP})?(?:19|20)\d\d))"
)
# What makes a day with its year that of the event, in small letters; "6 và 7/8/2025" is its last one.
_BEFORE_EVENT = re.compile(r"(?:sáng|chiều|tối|trưa|đêm|^ngày|nay|qua)[ ,(]*(?:ngày )?$|\bngày \d{1,2}(?: và|,| ?[-–]) ?$")
_MONTH = re.compile(rf"\btháng{GAP}(?P<month>\d{{1,2}}){GAP}(?:[/.-]{GAP}|năm{GAP})(?P<year>(?:19|20)\d\d)(?!\d)")
# A year that speaks of the report's own time; "năm 2011" alone may be any.
_YEAR = re.compile(
    r"(?:\b(?:đầu|(?:kỳ họp|thường lệ) (?:giữa|cuối)|phương hướng|nhiệm vụ(?: trọng tâm)?|kế hoạch|mục tiêu|chỉ tiêu|dự toán|công tác"
    r"|nghị quyết)\s{1,3}năm\s{1,3}"
    r"|\bquý\s{1,3}(?:IV|I{1,3}|[1-4])\s{0,3}(?:/|năm)\s{0,3})"
    r"(?P<year>20\d\d)(?!\d|\s{0,3}[-–]\s{0,3}(?:19|20)?\d\d)",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<![\d.,/-])(?P<before>đến |tới |vào )?(?:năm )?(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d|\s{0,2}[-–]\s{0,2}\d)")
# A year that is over or soon will be: "tổng kết công tác năm 2019" on 24/12 is of 2019, on 8/1 of 2020.
_LOOKED_BACK = re.compile(r"(?:tổng kết|kết quả|kiểm điểm|đánh giá)(?:(?!quý|tháng|nhiệm kỳ)[^.;:\d]){0,80}năm $", re.IGNORECASE)
_YEARS_END, _YEARS_BEGIN = 10, 3  # the first and last month in which a year is looked back on
# "Lễ giao, nhận quân năm 2019": the year that names what happens each year.
_NAMED_BY_YEAR = re.compile(
    r"(?:lễ|gặp mặt|họp mặt|ngày hội"
    r"|hội (?:thi|thao|chợ|xuân)|tuần lễ|tháng|liên hoan|giải (?:vô địch|bóng|chạy|thể thao)|cuộc thi|festival|diễn đàn|kỳ thi|quân)"
    r"\s(?:(?!tổng kết|sơ kết|giải |nhiệm kỳ|cùng kỳ)[^.;:]){0,80}$",
    re.IGNORECASE,
)
# The congress of a term is held in its first year: "Đại hội đại biểu Đảng bộ huyện lần thứ XX, nhiệm kỳ 2020 - 2025".
_CONGRESS = re.compile(
    r"(?<!nghị quyết )(?<!tới )(?<!mừng )(?<!thềm )đại hội (?!đảng toàn quốc)[^.;:]{0,80}nhiệm kỳ (?P<year>20\d\d)\s?[-–]\s?20\d\d", re.IGNORECASE
)
_FUTURE = re.compile(r"\b(?:sẽ|dự kiến|chậm nhất|trước ngày|hạn chót|đến hết|kể từ ngày|từ ngày|trước tháng|phấn đấu|vào cuối|vào đầu)\b")
_SINCE = re.compile(r"\btừ ngày \d{1,2} (?:đến|-|–) (?:ngày )?$")  # "mưa lũ từ ngày 16 đến 22/11/2025"
_AS_OF = re.compile(r"(?:đến|tới|hết)\s{1,3}(?:hết\s{1,3})?(?:ngày\s{1,3})?$", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"\b(?:sáng|chiều|tối|trưa)\b[ ,(]*(?:ngày )?$", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"(?:đến|giai đoạn|nhiệm kỳ|trước|từ|khóa|tới|hết|tầm nhìn|so với|cùng kỳ|cùng kì|sau)\s{0,3}(?:(?:đầu|hết)\s{0,3})?(?:năm\s{0,3})?$", re.IGNORECASE
)
# A school year is looked back on in the second of its years and opened in the first: "Ngày 29/6, ... tổng kết năm học 2017 - 2018".
_SCHOOL = re.compile(r"(?:(?P<over>tổng kết|bế giảng)|khai giảng)[^.;:\d]{0,40}\bnăm học\s(?P<first>20\d\d)\s?[-–]\s?(?P<year>20\d\d)", re.IGNORECASE)
_FIRST_YEAR = 2000  # no report on a portal is older; what is told of earlier years is history
_SOON = 200  # days from the latest date told to the event: an older date tells no year
_MEANWHILE = 15  # days to the latest date told, the end of a visit, from the event within it
_LEAD = 700  # characters of the body in which the day of the event stands
_LOOK_BACK = 60
_LONGEST_DAY = 100  # characters of the longest form of _DAY, with room
_LONGEST_EVENT = 100  # characters from the word for what happens each year to its year
_SENTENCE = 300  # characters behind the event's day in which its own sentence tells the year
_LEAD_PARTS = 3
_LONGEST_TERM = 5  # years: the last of them is told of, too
_Event: TypeAlias = tuple[Part, int, int, int, int, int | None]  # part, start, end, month, day, year or None


@dataclass(frozen=True, slots=True)
class Inferred:
    """A date (partial ISO), what says it, by which rule of evidence, and what gives its year where that stands elsewhere."""

    value: str
    said: Found
    rule: str
    year: Found | None = None

    def evidence(self, field: str) -> list[Evidence]:
        found = [self.said.evidence(field, self.value, self.rule)]
        return found if self.year is None else [*found, self.year.evidence(field, self.value, "year-of-lead-day")]


def infer(texts: list[Part]) -> Inferred | None:
    """What a careful reader would say: the day that the first lines tell; else the month between what has been and what will be; else the year."""
    past, coming = _told(texts)
    event = _event(texts)
    if event is not None:
        part, start, end, month, day, year = event
        anchor = None
        if year is None:
            dated = _anchor(past, texts, event)
            if dated is None:
                return None
            anchor, year = dated
        value = day_of(year, month, day)
        if value is not None:
            return Inferred(value.isoformat(), Found(value, part, start, end), "lead-day", anchor)
    told = max(
        (found for found in past if found.is_day and _PART_OF_DAY.search(found.part.text, max(0, found.start - 12), found.start)),
        key=lambda found: found.day,
        default=None,
    )
    if told is not None and told.day == max(found.day for found in past):
        return Inferred(told.day.isoformat(), told, "lead-day")
    recent = max((found for found in past if _AS_OF.search(found.part.text, max(0, found.start - 20), found.start)), key=lambda found: found.day, default=None)
    if recent is not None:
        month_number = recent.day.year * 12 + recent.day.month
        ahead = [found for found in coming if 0 <= found.day.year * 12 + found.day.month - month_number <= 1]
        return Inferred(f"{recent.day:%Y-%m}" if ahead else f"{recent.day:%Y}", recent, "last-day-told")
    latest = max(_years(texts), key=lambda found: found.day, default=None)
    return None if latest is None else Inferred(f"{latest.day:%Y}", latest, "year")


def _anchor(past: list[Found], texts: list[Part], event: _Event) -> tuple[Found, int] | None:
    """What gives the year to the event, and that year: a date shortly before it, a year that the report calls its own; no later one may be told of."""
    part, _, end, month, day, _ = event
    told = max((int(match["year"]) for text in texts for match in around_years(_ANY_YEAR, text.text) if not match["before"]), default=0)
    latest = max(past, key=lambda found: found.day, default=None)
    own = max(_years(texts), key=lambda found: found.day, default=None)
    if latest is not None and (own is None or own.day.year <= latest.day.year) and latest.day.year >= told:
        since = _SINCE.search(latest.part.text, max(0, latest.start - _LOOK_BACK), latest.start)
        for year in (latest.day.year, latest.day.year + 1):
            if (found := day_of(year, month, day)) is not None and (-_MEANWHILE if since else 0) <= (found - latest.day).days <= _SOON:
                return latest, year
    if own is not None and (latest is None or own.day.year >= latest.day.year):
        over = _looked_back(texts, own.day.year - 1) if month >= _YEARS_END else None
        if over is not None:
            return over, over.day.year
        is_over = month <= _YEARS_BEGIN and _LOOKED_BACK.search(own.part.text, max(0, own.start - _LOOK_BACK), own.start) is not None
        return own, own.day.year + is_over
    if latest is not None and latest.day.year >= told:
        return None
    stop = part.text.find(". ", end, end + _SENTENCE + 1)
    stop = min(len(part.text), end + _SENTENCE) if stop < 0 else stop
    congress = _CONGRESS.search(part.text, end, stop)
    if congress is not None and told <= int(congress["year"]) + _LONGEST_TERM:
        return _year(part, congress), int(congress["year"])
    school = _SCHOOL.search(part.text, end, stop)
    if school is not None and told <= int(school["year"]):
        name = "year" if school["over"] else "first"
        return _year(part, school, name), int(school[name])
    for match in around_years(_ANY_YEAR, part.text):
        if match.start() >= stop:
            break
        year = int(match["year"])
        if end <= match.start() and year == told and year >= _FIRST_YEAR:
            named = _year(part, match)
            if _LOOKED_BACK.search(part.text, max(end, match.start("year") - _LOOK_BACK), match.start("year")):
                return (named, year) if month >= _YEARS_END else (named, year + 1) if month <= _YEARS_BEGIN else None
            return (named, year) if _NAMED_BY_YEAR.search(part.text, max(end, match.start("year") - _LONGEST_EVENT), match.start("year")) else None
    return None


def _looked_back(texts: list[Part], year: int) -> Found | None:
    """Where the first lines look back on `year`."""
    for part in texts[:_LEAD_PARTS]:
        for match in around_years(_ANY_YEAR, part.text):
            if int(match["year"]) == year and _LOOKED_BACK.search(part.text, max(0, match.start("year") - 2 * _LOOK_BACK), match.start("year")):
                return _year(part, match)
    return None


def _event(texts: list[Part]) -> _Event | None:
    """The day in the first lines."""
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
            if match["said"] and next(full_dates(part.text, match.start()), None) is not None:
                continue  # the year of "ngày 6 tháng 2" is only guessed, and a full date stands before it
            if not _FUTURE.search(part.text, max(0, match.start() - _LOOK_BACK), match.start()):
                month, day = int(match["month"]), int(match["day"])
                if day_of(2000, month, day) is not None:
                    return part, match.start("day"), match.end("month"), month, day, None
        for start, end, found in full_dates(part.text, stop + 12):
            before = part.text[max(0, start - 12) : start].lower()
            if _BEFORE_EVENT.search(before) and not _FUTURE.search(part.text, max(0, start - _LOOK_BACK), start):
                return part, start, end, found.month, found.day, found.year
    return None


def _told(texts: list[Part]) -> tuple[list[Found], list[Found]]:
    """Days and months (their first day) that have been, and those that are to come."""
    past: list[Found] = []
    coming: list[Found] = []
    for part in texts:
        spans = [(start, end, day, True) for start, end, day in full_dates(part.text)]
        covered = {at for start, end, _, _ in spans for at in range(start, end)}
        for match in around_years(_MONTH, part.text):
            month = day_of(int(match["year"]), int(match["month"]), 1)
            if month is not None and match.start() not in covered:
                spans.append((match.start(), match.end(), month, False))
        for start, end, day, is_day in spans:
            since = _SINCE.search(part.text, max(0, start - _LOOK_BACK), start)
            is_coming = _FUTURE.search(part.text, max(0, start - _LOOK_BACK), since.start() if since else start)
            if day.year >= _FIRST_YEAR:
                (coming if is_coming else past).append(Found(day, part, start, end, is_day))
    return past, coming


def _years(texts: list[Part]) -> Iterator[Found]:
    """Years that speak of the report's own time."""
    for part in texts:
        for match in around_years(_YEAR, part.text):
            if _NOT_NOW.search(part.text, max(0, match.start() - 20), match.start("year")) is None:
                yield _year(part, match)


def _year(part: Part, match: re.Match[str], name: str = "year") -> Found:
    """The year that a group of a match in a paragraph holds, as its first day."""
    return Found(Day(int(match[name]), 1, 1), part, *match.span(name))
