"""Reports made by hand for tests that need no extraction."""

from __future__ import annotations

from typing import Any

from indexer.link import provisional
from indexer.models import Official, Province, RawArticle, Report, StoredReport

DAK_LAK = Province("P66a", "Đắk Lắk", ("P66b",))
PHU_YEN = Province("P54a", "Phú Yên", ("P66b",))  # part of Đắk Lắk since July 2025
GIA_LAI = Province("P64a", "Gia Lai", ("P52b",))


def official(name: str, *posts: str) -> Official:
    return Official(name, posts, mention=name.casefold())


def stored(report_id: str = "x", body: str = "Thân bài.", **fields: Any) -> StoredReport:
    """A stored report with those fields of Report, persons as a load gives them."""
    fields = {"source": "", "url": None, "title": "", "title_inferred": False, **fields}
    report = Report(id=report_id, encoding="utf-8", sha256="0", body=body, **fields)
    raw, time = RawArticle(report_id, body, "utf-8", "0"), "2026-01-01T00:00:00Z"
    return StoredReport(report, raw, f"print-{report_id}", time, time, provisional(report))
