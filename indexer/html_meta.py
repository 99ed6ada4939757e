"""What a page says of its article beside the text: headline, day of publication, address.

A day that the page was changed on, or that another article was published on, is not the day of publication.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from analyzers.normalize import nfc
from indexer.dates_iso import interval
from indexer.html_tree import Tree

_ARTICLE_TYPES = frozenset(("article", "newsarticle", "reportagenewsarticle", "report", "blogposting", "analysisnewsarticle"))
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published", "pubdate", "publishdate", "publish-date",
    "publish_date", "published_time", "dcterms.issued", "dc.date.issued", "sailthru.date",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "headline", "dc.title")
_VIETNAM = timezone(timedelta(hours=7))
_BASIC = re.compile(r"\A(\d{4})(\d\d)(\d\d)(?=T\d|\Z)")  # ISO 8601 without hyphens: "20260304T1422"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d.{0,40})?", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T-]{1,4}\d{1,2}[:h]\d{2}(?::\d{2})?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "((?:" + "|".join(_MONTHS) + ")[a-z]{0,6})"
# "March 15, 2024", "Fri Mar 15 2024 08:30:00 GMT+0700", "15 Mar 2024"; with its zone, "Fri, 15 Mar 2024 18:30:00 +0000" is read as mail's dates are.
_ENGLISH = re.compile(rf"(?:[a-z]{{3,9}},?\s)?(?:(\d{{1,2}})\s{_MONTH}|{_MONTH}\.?\s(\d{{1,2}})),?\s(\d{{4}})(?:[ ,T].{{0,60}})?", re.IGNORECASE)
# "Headline - Name of the portal": a suffix after such a mark; kept where a heading of the page has it too.
_SUFFIX = re.compile(r"\s+[-–—|»•]+\s+|\s*\|\s*")


def day(text: str) -> str | None:
    """The ISO day of a stamp, in Vietnam's time; None for what is no day or could be two ("3/4/2026 2:05 PM" is an American's)."""
    text = _BASIC.sub(r"\1-\2-\3", text.strip())
    if match := _ISO.fullmatch(text):
        year, month, number = match.groups()
        try:
            stamp = datetime.fromisoformat(text)
        except ValueError:
            stamp = None
        if stamp is not None and stamp.tzinfo is not None and 1900 < stamp.year < 2199:
            stamp = stamp.astimezone(_VIETNAM)
            year, month, number = str(stamp.year), str(stamp.month), str(stamp.day)
    elif match := _DAY_FIRST.fullmatch(text):
        number, month, year = match.groups()
    elif match := _ENGLISH.fullmatch(text):
        first, after, before, last, year = match.groups()
        number, month = first or last, str(_MONTHS.index((after or before)[:3].lower()) + 1)
        try:
            stamp = parsedate_to_datetime(text)
        except (TypeError, ValueError):
            stamp = None
        if stamp is not None and stamp.tzinfo is not None and 1900 < stamp.year < 2199:
            stamp = stamp.astimezone(_VIETNAM)
            year, month, number = str(stamp.year), str(stamp.month), str(stamp.day)
    else:
        return None
    iso = f"{year}-{int(month):02}-{int(number):02}"
    try:
        interval(iso)
    except ValueError:
        return None
    return iso


def titles(tree: Tree) -> list[str]:
    """Texts that may be the headline, the likeliest first, each also without the site's name before or after it."""
    named = [content for wanted in _TITLES for name, content in tree.metas if name == wanted]
    told = [item.get("headline") for item in _articles(tree)]
    found: list[str] = []
    for text in [*(text for text in told if isinstance(text, str)), *named, tree.title]:
        text = " ".join(nfc(text[:1000]).split())
        marks = list(_SUFFIX.finditer(text))
        pieces = [text, *(text[: mark.start()] for mark in reversed(marks)), *(text[mark.end() :] for mark in marks)]
        found += [piece for piece in pieces[:20] if piece and piece not in found]
    return found


def published(tree: Tree) -> str | None:
    """The ISO day of publication by JSON-LD, else by meta elements."""
    stamps = [item.get("datePublished") for item in _articles(tree)]
    for stamp in (*stamps, *(content for wanted in _PUBLISHED for name, content in tree.metas if name == wanted)):
        if isinstance(stamp, str) and (found := day(stamp)):
            return found
    return None


def address(tree: Tree) -> str | None:
    """The article's own address: canonical, else og:url; not the home page, which careless portals give for every article."""
    canonical = [href for rel, href in tree.links if "canonical" in rel.split()]
    for url in (*canonical, *(content for name, content in tree.metas if name == "og:url")):
        url = url.strip()
        try:
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and host and (parts.path.strip("/") or parts.query) and len(url) <= 2000 and url.isprintable():
            return url
    return None


def _articles(tree: Tree) -> list[dict[str, Any]]:
    """The first object of each JSON-LD script that is an article; further ones are other news."""
    found = []
    for script in tree.scripts:
        try:
            data = json.loads(script.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        found += [item for item in _objects(data) if _is_article(item)][:1]
    return found[:1]


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(isinstance(kind, str) and kind.lower() in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """The objects at the top, in lists and in @graph; not what an article links to."""
    items = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (entry for entry in graph if isinstance(entry, dict)) if isinstance(graph, list) else ()
