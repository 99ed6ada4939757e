"""Who led a province when: secretary, council chair and committee chair, from holders.tsv, each row with its source.

It tells which province "Bí thư Tỉnh ủy Hoàng Duy Chinh" is of when a report never says. A row's days are what its sources state: `first` may be
a day on which the person was already in office, and an unknown end is at the latest the day before the next holder begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from analyzers.fold import key
from indexer.dates_iso import interval
from indexer.gazetteer.load import LAST_OLD_DAY, table

Office = Literal["secretary", "council", "committee"]
OFFICES: Mapping[str, Office] = {
    "bí thư tỉnh ủy": "secretary",
    "bí thư thành ủy": "secretary",
    "chủ tịch hội đồng nhân dân tỉnh": "council",
    "chủ tịch hội đồng nhân dân thành phố": "council",
    "chủ tịch ủy ban nhân dân tỉnh": "committee",
    "chủ tịch ủy ban nhân dân thành phố": "committee",
}  # keys of posts (officials.post_key) that leave their province unsaid
# A source seldom tells the first day: it may state on one that somebody is in office. Most terms are of five years, few holders
# serve two provinces in one office within two.
_SLACK = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Holder:
    """One row: `unit` is a province's id; days are ISO as the source gives them, so `first` of "2016" is its first day, `last` its last."""

    unit: str
    office: Office
    name: str
    first: date | None
    last: date | None
    source: str
    stated: str


@cache
def holders() -> tuple[Holder, ...]:
    """All rows by unit, office and time, an unknown end closed by the next holder's beginning."""
    rows: defaultdict[tuple[str, str], list[Holder]] = defaultdict(list)
    for unit, office, name, first, last, source, stated in table("holders.tsv"):
        assert office in ("secretary", "council", "committee"), f"holders.tsv: no office {office!r}"
        holder = Holder(unit, office, name, interval(first)[0] if first else None, interval(last)[1] if last else None, source, stated)  # type: ignore[arg-type]
        rows[unit, office].append(holder)
    found: list[Holder] = []
    for (unit, _), held in sorted(rows.items()):
        held.sort(key=lambda row: (row.first or row.last or date.min, row.name))
        for row in held:
            later = [other.first for other in held if other.first and row.first and other.first > row.first]
            ends = [row.last or (min(later) - timedelta(days=1) if later else None), date.fromisoformat(LAST_OLD_DAY) if unit.endswith("a") else None]
            found.append(replace(row, last=min((end for end in ends if end), default=None)))
    return tuple(found)


@cache
def _by_name() -> Mapping[tuple[str, Office], tuple[Holder, ...]]:
    found: defaultdict[tuple[str, Office], list[Holder]] = defaultdict(list)
    for holder in holders():
        found[key(holder.name), holder.office].append(holder)
    return {pair: tuple(rows) for pair, rows in found.items()}


def provinces_led(name: str, office: Office, day: str | None) -> tuple[str, ...]:
    """Ids of the provinces in which a person of that name held the office on `day` (a partial ISO date; None: at any time).

    First by the days of the rows; if no row holds then, by rows at most two years off.
    """
    rows = _by_name().get((key(name), office), ())
    if day is None:
        return tuple(sorted({row.unit for row in rows}))
    first, last = interval(day)
    for slack in (timedelta(0), _SLACK):
        found = {row.unit for row in rows if _begins(row) - slack <= last and first <= _ends(row) + slack}
        if found:
            return tuple(sorted(found))
    return ()


def _begins(row: Holder) -> date:
    return row.first or interval(row.stated)[0] - _SLACK


def _ends(row: Holder) -> date:
    return row.last or interval(row.stated)[1] + 2 * _SLACK
