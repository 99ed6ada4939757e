"""Partial ISO dates and reporting periods as intervals of days: 2026-03-18, 2020-04, 2020-Q2, 2024-H1, 2024-M09, 2020."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_FORM = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])|M(\d{2})))?", re.ASCII)
# The first year of the paper's own Vietnam; later than the last, a typing error.
FIRST_YEAR, LAST_YEAR = 1900, 2199


def interval(text: str) -> tuple[date, date]:
    """First and last day of a partial date, both included; `2024-M09` is the first nine months of 2024.

    Raises ValueError with a message for the user for any other form and for days that no calendar has.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is not a date: write 2026-03-18, 2026-03, 2026-Q1, 2026-H1 or 2026")
    year = int(match[1])
    month, day, quarter, half, months = (int(group) if group else None for group in match.groups()[1:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text!r} is not a date: years go from {FIRST_YEAR} to {LAST_YEAR}")
    if quarter:
        return _months(year, 3 * quarter - 2, 3 * quarter)
    if half:
        return _months(year, 6 * half - 5, 6 * half)
    if match[2] is None:
        first, last = 1, 12 if months is None else months
    else:
        first = last = month or 0
    if not 1 <= last <= 12:
        raise ValueError(f"{text!r} is not a date: months go from 01 to 12")
    if match[3] is None:
        return _months(year, first, last)
    try:
        exact = date(year, first, day or 0)
    except ValueError:
        raise ValueError(f"{text!r} is not a date: that month has no such day") from None
    return exact, exact


def as_number(day: date) -> int:
    """20260318 for 18 March 2026: what the number fields hold."""
    return day.year * 10_000 + day.month * 100 + day.day


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
