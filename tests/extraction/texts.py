"""The texts that extraction is measured on and fitted to: the labelled articles' file, and the portal pages with their labels."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from indexer.clean import clean
from indexer.models import CleanArticle, RawArticle
from indexer.read import read
from indexer.settings import Settings

PAGES = Path(__file__).parent / "pages"


def articles(news: str, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[CleanArticle]:
    """The articles of a file whose ids are `wanted`, cleaned, one at a time."""
    for raw in read([news], Settings()):
        if isinstance(raw, RawArticle) and wanted(raw.id):
            yield clean(raw)


def pages() -> Iterator[tuple[dict[str, Any], CleanArticle]]:
    """Each portal page with its label."""
    for line in (PAGES / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label: dict[str, Any] = json.loads(line)
        (raw,) = read([PAGES / label["page"]], Settings())
        assert isinstance(raw, RawArticle), raw
        yield label, clean(raw)
