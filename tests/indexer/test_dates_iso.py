"""Partial dates as intervals of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates_iso import as_number, interval


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03-18", "2026-03-18", "2026-03-18"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2020-Q2", "2020-04-01", "2020-06-30"),
        ("2020-Q4", "2020-10-01", "2020-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-M09", "2024-01-01", "2024-09-30"),
        ("2020", "2020-01-01", "2020-12-31"),
    ],
)
def test_forms(text: str, first: str, last: str) -> None:
    assert interval(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        *("", "20", "2020-", "2020-1", "2020-13", "2020-00", "2020-02-30", "2020-Q5", "2020-H3", "2020-M00", "2020-M13"),
        *("99999", "0000", "2020-01-01T00:00", "２０２０"),
    ],
)
def test_nonsense(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        interval(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_lies_in_its_month_and_year(day: date) -> None:
    assert interval(day.isoformat()) == (day, day)
    for text in (day.isoformat()[:7], day.isoformat()[:4], f"{day.year}-Q{(day.month + 2) // 3}", f"{day.year}-H{(day.month + 5) // 6}"):
        first, last = interval(text)
        assert first <= day <= last
        assert (last + timedelta(days=1)).day == first.day == 1
    assert as_number(day) == int(day.isoformat().replace("-", ""))
