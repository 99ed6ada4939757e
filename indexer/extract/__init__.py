"""An article -> its record: who, where, when, about what, each value with the slice of text that supports it.

`extract` runs the extractors in the order in which they need each other: the date tells which units places belong to,
the officials' posts tell whether a report is national, the province is part of an official's mention key.
"""

from __future__ import annotations

# isort: off
from indexer.extract.compiled import COMPILED  # first: it decides how the others are imported

# isort: on
import re
from dataclasses import replace
from urllib.parse import urlsplit

from analyzers.sentences import sentences
from indexer.extract import authors, dates, documents, officials, places, topics
from indexer.extract.words import split
from indexer.models import CleanArticle, Evidence, Part, Report

_MOST_TITLE = 300  # characters of a sentence that stands in for a headline
# Characters of one paragraph that are read for values: the longest of 5,452 articles has 36,797. A line of a million that is nothing but
# posts or dates takes four times as long as a million of ordinary text; no paper prints one, and the search index has all of it.
_MOST_READ = 100_000
# "date 2026-01-19 (GLO)- ", "(Chinhphu.vn) – ", "TTXVN - ": how a paper opens its first sentence.
_OPENING = re.compile(r"\s*(?:date\s+\d{4}-\d\d-\d\d\s*)?(?:\(?[A-ZĐ]{2,8}\)?\s*[-–—]\s*|\([\w. ]{2,30}\)\s*[-–—]\s*)?")


def extract(article: CleanArticle) -> Report:
    """The record of one article. Never raises; time is linear in its text."""
    raw, body = article.raw, article.body
    article = _readable(article)
    evidence: list[Evidence] = []
    title, inferred = _title(article, evidence)
    when = dates.dates(article)
    numbers, of_numbers = documents.documents(article)
    persons, of_persons = officials.officials(article)
    provinces, localities, of_places = places.places(article, when.date, persons, of_persons)
    about, of_topics = topics.topics(article)
    writers, of_writers = authors.authors(article)
    split.cache_clear()  # the next article's words find the memory of these still warm: a quarter less time to split them
    return Report(
        id=raw.id,
        source=(urlsplit(raw.url).hostname or raw.source) if raw.url else raw.source,
        url=raw.url,
        encoding=raw.encoding,
        sha256=raw.sha256,
        title=title,
        title_inferred=inferred,
        body=body,
        published=when.published,
        date=when.date,
        date_inferred=when.date_inferred,
        period=when.period,
        officials=officials.with_mentions(persons, (province.id for province in provinces)),
        authors=writers,
        provinces=provinces,
        localities=localities,
        topics=about,
        documents=numbers,
        evidence=(*evidence, *when.evidence, *of_persons, *of_writers, *of_places, *of_numbers, *of_topics),
    )


def _readable(article: CleanArticle) -> CleanArticle:
    """The article with each paragraph cut at a space before the most that is read; itself where none is longer."""
    if all(len(part.text) <= _MOST_READ for part in article.parts):
        return article
    return replace(article, parts=tuple(replace(part, text=_cut(part.text)) for part in article.parts))


def _cut(text: str) -> str:
    if len(text) <= _MOST_READ:
        return text
    space = text.rfind(" ", _MOST_READ // 2, _MOST_READ)
    return text[: space if space >= 0 else _MOST_READ]


def _title(article: CleanArticle, evidence: list[Evidence]) -> tuple[str, bool]:
    """The headline and False, or the first sentence and True; "" for an article without text."""
    part = article.title
    if part is not None:
        evidence.append(_slice(part, 0, len(part.text), "headline"))
        return part.text, False
    if article.raw.title:
        evidence.append(Evidence("title", article.raw.title, "sidecar", 0, 0, "sidecar"))
        return article.raw.title, False
    part = next((part for part in article.parts if part.kind == "body"), None) or next(iter(article.parts), None)
    if part is None:
        return "", True
    opening = _OPENING.match(part.text)
    start = opening.end() if opening and opening.end() < len(part.text) else 0
    end = next((end for _, end in sentences(part.text) if end > start), len(part.text))
    if end - start > _MOST_TITLE:
        end = part.text.rfind(" ", start, start + _MOST_TITLE)
        end = start + _MOST_TITLE if end <= start else end
    text = part.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    evidence.append(_slice(part, start, end, "first-sentence"))
    return part.text[start:end], True


def _slice(part: Part, start: int, end: int, rule: str) -> Evidence:
    first, last = part.span(start, end)
    return Evidence("title", part.text[start:end], part.kind, first, last, rule)


__all__ = ["COMPILED", "extract"]
