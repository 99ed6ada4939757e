"""Times as they are typed: dates, a coarse one meaning its first or its last day, and values and ranges of the query's fields that have an order."""

from __future__ import annotations

import calendar
import re
from datetime import date

from api.visible import shortened
from indexer import facets
from indexer.engine.schema import NO_VALUE
from indexer.errors import InvalidFilter, QuerySyntaxError
from indexer.query import DATE, Node, Range, Where

FORMS = "2024, 2024-03, 2024-03-15 or 15/03/2024"

_YEAR = re.compile(r"(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", re.ASCII)
_BEGINS = re.compile(r"(?:\d{1,2}/)?(?:\d{1,2}/)?\d{4}(?!\d)", re.ASCII)  # all values and dates begin so; 100 and 2021000 do not


def day(text: str, *, last: bool) -> str | None:
    """The first (or last) day of what was typed as an ISO date; None if it is no date."""
    year = month = number = None
    if found := _YEAR.fullmatch(text):
        year = found[1]
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, number = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        number, month, year = found.groups()
    try:
        y, m = int(year or 0), int(month or (12 if last else 1))
        return date(y, m, int(number or (calendar.monthrange(y, m)[1] if last else 1))).isoformat()
    except ValueError:  # also calendar.IllegalMonthError; year 0 where no form matched
        return None


def of_time(field: str, name: str, value: str, at: int) -> Where | Range | None:
    """`name:value` of a field that has an order, as a value or a range; None for another field. `at`: where the value stands in the query.

    Raises QuerySyntaxError at the end of the range that is wrong.
    """
    if field not in (*facets.TIME_FACETS, DATE) or (field != DATE and value == NO_VALUE):
        return None
    low, dots, high = value.partition("..")
    if not dots and field != DATE:
        return Where(field, _end_of(field, name, value, at, last=False), at)
    if not low.strip() and not high.strip():
        raise QuerySyntaxError(f"{name}: needs a first or a last value beside the dots", at)
    first = low.strip() and _end_of(field, name, low, at, last=False)
    if dots:
        last = high.strip() and _end_of(field, name, high, at + len(low + dots), last=True)
    else:
        last = _end_of(field, name, low, at, last=True)
    if field != DATE:
        try:
            facets.ids_between(field, first, last)
        except InvalidFilter as error:
            raise QuerySyntaxError(f"{name}: {error}", at) from None
    elif first and last and first > last:
        raise QuerySyntaxError(f"{name}: {low.strip()} is after {high.strip()}; swap them", at)
    return Range(field, first, last, at)


def _end_of(field: str, name: str, text: str, at: int, *, last: bool) -> str:
    """One value of a field of time in its one form: a date as its first (or last) day."""
    wanted = text.strip()
    try:
        found = day(wanted, last=last) if field == DATE else facets.ids_of(field, wanted[:40])[0]  # no form has more characters
    except InvalidFilter as error:
        raise QuerySyntaxError(f"{name}{str(error).removeprefix(field)}; a range is written {name}:low..high", at) from None
    if found is None:
        raise QuerySyntaxError(f"{name} must be a date such as {FORMS}, not '{shortened(wanted)}'; a range is written {name}:first..last", at)
    return found


def begins_time(text: str) -> bool:
    """Whether a word may be meant as the end of a range, or begins with what may."""
    return _BEGINS.match(text) is not None


def is_of_time(node: Node | None) -> bool:
    """Whether the node is a value or a range that of_time gave."""
    return isinstance(node, (Where, Range)) and node.field in (*facets.TIME_FACETS, DATE)
