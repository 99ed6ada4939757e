"""The days that a text writes out in full, in each form in use; never a guess at numbers: 24,4% and 26/88 are no dates, and 30/2 is none either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from functools import lru_cache

from indexer.models import Evidence, Part

GAP = r"\s{0,3}"
_CENTURY = re.compile(r"[12](?:(?<=1)9|(?<=2)0)\d\d")  # a class of characters comes first: the search skips to it
_BEFORE_YEAR, _YEAR_LENGTH, _AFTER_YEAR = 30, 4, 8  # characters that a date has on either side of its year, and those of the year
_NOT_IN_NUMBER = r"(?<![\d/.%-])(?<!\d,)"
# Months by name: "18 tháng Ba 2024", "Tháng Ba 18, 2024", "18 Mar 2024", "March 18, 2024"; WordPress abbreviates them "Th3".
_VIETNAMESE = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = {name: number for names in (_VIETNAMESE, _ENGLISH) for number, name in enumerate(names, 1)}
_VI_MONTH = "(?i:" + "|".join(reversed(_VIETNAMESE)) + ")"
_EN_MONTH = "(?:" + "|".join(name.capitalize() for name in _ENGLISH) + ")"
_FULL = re.compile(
    _NOT_IN_NUMBER + r"(?:"
    r"(?P<iso_year>(?:19|20)\d\d)(?P<iso_mark>[-/])(?P<iso_month>\d\d)(?P=iso_mark)(?P<iso_day>\d\d)(?=\D|$)"
    rf"|(?P<day>\d{{1,2}}){GAP}(?P<mark>[/.-]){GAP}(?P<month>\d{{1,2}}){GAP}(?P=mark){GAP}(?P<year>(?:19|20)\d\d)(?![\d%])"
    rf"|(?P<word_day>\d{{1,2}}){GAP}[Tt]háng{GAP}(?P<word_month>\d{{1,2}}|{_VI_MONTH})(?:{GAP},{GAP}|{GAP}[Nn]ăm{GAP}|\s)(?P<word_year>(?:19|20)\d\d)(?![\d%])"
    rf"|(?P<named_day>\d{{1,2}})[ -](?P<named_month>{_EN_MONTH})[a-z]{{0,6}}\.?,?[ -](?P<named_year>(?:19|20)\d\d)(?!\d)"
    rf"|\b(?P<first_month>{_EN_MONTH})[a-z]{{0,6}}\.?{GAP}(?P<first_day>\d{{1,2}}),?{GAP}(?P<first_year>(?:19|20)\d\d)(?!\d)"
    rf"|\b[Tt]háng\s(?P<lead_month>\d{{1,2}}|{_VI_MONTH})\s(?P<lead_day>\d{{1,2}}),\s(?P<lead_year>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<short_day>\d{{1,2}})\sTh(?P<short_month>\d{{1,2}}),?\s(?P<short_year>(?:19|20)\d\d)(?!\d)"
    rf"|\bTh(?P<th_month>\d{{1,2}})[ .]{{1,2}}(?P<th_day>\d{{1,2}}),\s(?P<th_year>(?:19|20)\d\d)(?!\d)"
    r")"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A day at [start, end) of a paragraph."""

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
    return next((found for _, _, found in full_dates(text)), None)


@lru_cache(maxsize=16)
def _centuries(text: str) -> tuple[int, ...]:
    """Where what can be a year begins. Cached: the paragraphs of one article are gone through for several forms of dates in turn."""
    return tuple([year.start() for year in _CENTURY.finditer(text)])


def full_dates(text: str, stop: int | None = None) -> Iterator[tuple[int, int, Day]]:
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
        form = (match.lastgroup or "").rpartition("_")[0]  # the last group of each form is its year or, of the first, its day
        numbers = [_number(match[f"{form}_{name}" if form else name]) for name in ("year", "month", "day")]
        if numbers[1] > 12 >= numbers[2]:  # "3/18/2024", as an American server writes it
            numbers[1:] = reversed(numbers[1:])
        day = day_of(*numbers)
        if day is not None:
            yield match.start(), match.end(), day


def around_years(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern that holds a year, looked for only around what can be one: a fifth of the time of reading everything."""
    done = 0
    for year in _centuries(text):
        match = pattern.search(text, max(done, year - _BEFORE_YEAR), year + _YEAR_LENGTH + _BEFORE_YEAR) if year >= done else None
        if match is not None and match.start("year") == year:  # a later one may be cut short by the window
            done = match.end()
            yield match


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _NAMED[text.lower()]


def day_of(year: int, month: int, day: int) -> Day | None:
    """That day; None if no calendar has it."""
    try:
        return Day(year, month, day)
    except ValueError:
        return None
