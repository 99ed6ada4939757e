"""StoredReport -> IndexDocument: the tokens, keywords and numbers that an engine is given, the labels of the open facets, the ids of the closed ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from analyzers import Analyzer
from analyzers.fold import fold, key
from analyzers.synonyms import expand
from indexer.calling import called
from indexer.dates_iso import as_number, interval
from indexer.engine import schema
from indexer.engine.contract import IndexDocument
from indexer.groups import sketch
from indexer.models import Official, Report, StoredReport
from indexer.offices import one_form

# A pair of two values stays within the 512 characters that both engines keep of a keyword.
VALUE_CHARACTERS = 255

_TITLE = (schema.TITLE_SYLLABLES, schema.TITLE_WORDS, schema.TITLE_FOLDED)
_BODY = (schema.BODY_SYLLABLES, schema.BODY_WORDS, schema.BODY_FOLDED, schema.BODY_SENTENCES)


def build(stored: StoredReport, analyzer: Analyzer) -> IndexDocument:
    """The document of one report, its sketch for telling near-duplicates made. An inferred title is not searched as a title: its words stand in the body."""
    report = stored.report
    title = analyzer.document([] if report.title_inferred or not report.title else [report.title])
    body = analyzer.document(report.body.split("\n") if report.body else [])
    text = {
        **dict(zip(_TITLE, (title.syllables, title.words, title.folded), strict=True)),
        **dict(zip(_BODY, body, strict=True)),
    }
    keywords = {name: _distinct(values) for name, values in _keywords(stored)}
    if stored.group:
        keywords[schema.GROUP] = (stored.group,)
        keywords[schema.GROUPED] = tuple(_with_group(keywords, stored.group))
    stored = replace(stored, sketch=sketch(report, title.folded, body.folded))
    return IndexDocument(report.id, text, {name: values for name, values in keywords.items() if values}, _numbers(report), stored)


def labels(stored: StoredReport) -> dict[str, dict[str, str]]:
    """facet -> {id: what this report calls it}, of the open facets."""
    report = stored.report
    found: dict[str, dict[str, str]] = {facet: {} for facet in schema.OPEN_FACETS}
    for official in report.officials:
        found["official"].setdefault(person_of(stored, official), official.name)
        for post in official.posts:
            found["post"].setdefault(post_id(post), post)
    for facet, names in (("document", report.documents), ("author", report.authors), ("source", (report.source,))):
        for name in names:
            found[facet].setdefault(name_id(facet, name), name)
    return {facet: {i: label for i, label in ids.items() if i} for facet, ids in found.items()}


def closed(stored: StoredReport) -> dict[str, tuple[str, ...]]:
    """facet -> ids that this report has in it, of the closed facets."""
    report = stored.report
    found: dict[str, Iterable[str]] = {
        "province": (province.id for province in report.provinces),
        "province_now": (now for province in report.provinces for now in province.now),
        "district": (place.id for place in report.localities if place.id and place.id.startswith("D")),
        "commune": (place.id for place in report.localities if place.id and place.id.startswith("W")),
        "topic": report.topics,
    }
    return {facet: _distinct(ids) for facet, ids in found.items()}


def person_of(stored: StoredReport, official: Official) -> str:
    """The key of the person whom link.py sees in this mention; the name's own slug before it has looked."""
    return stored.persons.get(official.mention) or slug(official.name)


def slug(name: str) -> str:
    """A name as part of a readable key: "Nguyễn Đình Trung" -> "nguyen-dinh-trung"."""
    return _value(fold(name).replace(" ", "-"))


def post_id(post: str) -> str:
    """One id for all forms of a post: "PCT UBND tỉnh" and "Phó Chủ tịch Ủy ban nhân dân tỉnh" are one, "Bộ trưởng Y tế" and "Bộ trưởng Bộ Y tế" too."""
    return _value(one_form(key(expand(post))))


def name_id(facet: str, name: str) -> str:
    """The id of an author, a source or a document (whose canonical number is its id)."""
    return _value(name if facet == "document" else key(name))


def _keywords(stored: StoredReport) -> Iterator[tuple[str, Iterable[str]]]:
    report = stored.report
    yield from _people(stored)
    yield schema.CALLED, (_value(one) for one in called(report))
    yield from closed(stored).items()
    for facet, names in (("document", report.documents), ("author", report.authors), ("source", (report.source,))):
        yield facet, (name_id(facet, name) for name in names)
        yield f"{facet}_name", (form for name in names for form in _forms(name))
    if report.date:
        yield "year", (report.date[:4],)
        if len(report.date) >= 7 and report.date[5:7].isdecimal():
            yield "month", (report.date[:7],)
    if report.period:
        yield "period", (report.period,)


def _with_group(keywords: Mapping[str, Sequence[str]], group: str) -> Iterator[str]:
    """The values that a search with groups counts once a group."""
    mark = hashlib.sha256(group.encode()).hexdigest()[:16]
    for facet in schema.FACETS:
        yield from (f"{facet}{schema.PAIR}{value}{schema.PAIR}{mark}" for value in keywords.get(facet, ()) or ("",))
    for field in (schema.POSTS_OF_OFFICIAL, schema.OFFICIALS_OF_POST):
        yield from (f"{field}:{pair}{schema.PAIR}{mark}" for pair in keywords.get(field, ()))


def _people(stored: StoredReport) -> Iterator[tuple[str, Iterable[str]]]:
    """Officials and posts, and the pairs that keep the two of one person together."""
    people: list[tuple[str, list[str]]] = []
    names: list[str] = []
    pairs: list[str] = []
    posts_of: list[str] = []
    officials_of: list[str] = []
    for official in stored.report.officials:
        person = person_of(stored, official)
        person_keys = _distinct((person, *_forms(official.name)))
        posts = [post_id(post) for post in official.posts]
        people.append((person, posts))
        names.extend(_forms(official.name))
        for post in filter(None, posts):
            post_keys = _distinct((post, fold(post)))
            pairs += (_pair(left, right) for left in person_keys for right in post_keys)
            posts_of += (_pair(left, post) for left in person_keys)
            officials_of += (_pair(left, person) for left in post_keys)
    yield "official", (person for person, _ in people)
    yield "official_name", names
    yield "post", (post for _, posts in people for post in posts)
    yield "post_name", (form for _, posts in people for post in posts for form in (post, fold(post)))
    yield schema.OFFICIAL_POST, pairs
    yield schema.POSTS_OF_OFFICIAL, posts_of
    yield schema.OFFICIALS_OF_POST, officials_of


def _numbers(report: Report) -> dict[str, int]:
    if report.date is None:
        return {}
    first, last = interval(report.date)
    return {schema.DATE_FROM: as_number(first), schema.DATE_TO: as_number(last)}


def _forms(name: str) -> tuple[str, str]:
    """The keys by which a name is looked up: with its marks and without."""
    return _value(key(name)), _value(fold(name))


def _pair(left: str, right: str) -> str:
    return f"{left}{schema.PAIR}{right}"


def _value(text: str) -> str:
    return text[:VALUE_CHARACTERS]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Without doubles and empty ones, in order."""
    return tuple(dict.fromkeys(value for value in values if value))
