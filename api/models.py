"""The answers of the HTTP API as OpenAPI describes them.

render.py makes the answers; these models only describe them, strictly (no field more, none less), and the tests hold
every answer against the description.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """No other fields, each one always there unless it has a default."""

    model_config = ConfigDict(extra="forbid")


class Official(Strict):
    name: str
    posts: list[str]
    mention: str
    person: str | None = Field(description="value of the facet `official`; null until persons are linked")


class Province(Strict):
    id: str
    name: str = Field(description="name at the time of the report")
    now: list[str] = Field(description="ids of today's units")
    inferred: bool


class Locality(Strict):
    id: str | None
    name: str
    level: str
    province: str | None
    now: list[str]
    candidates: list[str] = Field(description="ids that it may be, where it stays ambiguous")


class Snippet(Strict):
    part: Literal["title", "body"]
    text: str
    html: str = Field(description="`text` escaped for HTML, with `<mark>` round what matched")
    start: int
    end: int


class Hit(Strict):
    rank: int
    id: str
    score: float | None
    relaxed: bool = Field(description="lacks a word of the query")
    title: str
    title_html: str
    title_inferred: bool
    date: str | None
    date_inferred: bool
    published: str | None
    period: str | None
    provinces: list[Province]
    localities: list[Locality]
    officials: list[Official]
    authors: list[str]
    topics: list[str]
    documents: list[str]
    source: str
    url: str | None
    group: str | None = Field(description="its group of near-duplicates, for `in_group`; null when there is none")
    snippets: list[Snippet]
    duplicates: int = Field(default=0, description="how many near-duplicates are found too and stand behind it; with `group=true` only")
    explanation: list[str] = []


class FacetValue(Strict):
    value: str
    label: str
    count: int
    selected: bool


class Facet(Strict):
    name: str
    label: str
    label_en: str
    values: list[FacetValue]
    truncated: bool = Field(description="there are more values")
    missing: int = Field(description="reports without a value")
    approximate: bool


class Variant(Strict):
    tokens: list[str]
    kind: str = Field(description="how it comes from what was typed; place: reports whose record has this province or district, whatever they call it")


class QueryPart(Strict):
    text: str
    start: int = Field(description="0-based character of `q`")
    kind: str
    variants: list[Variant] = Field(description="what is looked for in its place")


class Explanation(Strict):
    words: list[QueryPart]
    match: str
    sort: str


class Respelled(Strict):
    typed: str
    read: str
    start: int = Field(description="0-based character of `q`")


_READINGS = "words that no report holds, or few where others stand, and what they were read as, where no report holds the whole query"
Readings = Annotated[list[Respelled], Field(description=_READINGS)]


class FacetAnswer(Facet):
    respelled: Readings = []


class SearchAnswer(Strict):
    total: int = Field(
        description="reports that hold the whole query; with `group=true` a group is one, here and in each facet value that one of its reports has"
    )
    relaxed: int = Field(description="reports that lack a word of it")
    hits: list[Hit]
    facets: list[Facet]
    cursor: str | None
    respelled: Readings = []
    explanation: Explanation | None = None


class SimilarAnswer(Strict):
    id: str
    group: str | None = Field(description="group of near-duplicates of the report asked for; hits of it have the same one")
    total: int = Field(description="reports that share a quarter of its telling words")
    hits: list[Hit]
    explanation: Explanation | None = None


class Evidence(Strict):
    field: str
    value: str
    part: str
    start: int
    end: int
    rule: str


class ReportAnswer(Strict):
    id: str
    source: str
    url: str | None
    encoding: str
    sha256: str
    title: str
    title_inferred: bool
    body: str
    published: str | None
    date: str | None
    date_inferred: bool
    period: str | None
    officials: list[Official]
    authors: list[str]
    provinces: list[Province]
    localities: list[Locality]
    topics: list[str]
    documents: list[str]
    evidence: list[Evidence]
    group: str | None = Field(description="its group of near-duplicates; null when there is none")
    first_seen: str
    indexed_at: str


class Named(Strict):
    id: str
    label: str


class Slice(Strict):
    """A slice of the report's original text that states the value."""

    field: str = Field(description="field of the evidence")
    text: str
    start: int
    end: int


class Citation(Strict):
    id: str
    title: str
    date: str | None
    date_inferred: bool
    slices: list[Slice]


class OfficialRow(Strict):
    key: str = Field(description="value of the facet `official`")
    name: str
    provinces: list[Named] = Field(description="of today")
    posts: list[str] = Field(description="the most frequent ones")
    reports: int


class OfficialsAnswer(Strict):
    total: int
    officials: list[OfficialRow]


class Holding(Strict):
    id: str = Field(description="value of the facet `post`")
    label: str
    count: int
    reports: list[Citation] = Field(description="in date order, undated ones last")


class OfficialAnswer(Strict):
    key: str = Field(description="the official's key now")
    name: str
    provinces: list[Named] = Field(description="of today")
    reports: int
    posts: list[Holding] = Field(description="in the order of their first reports")
    without_post: list[Citation] = Field(description="reports that name the official and no post")
    redirected_from: str | None = Field(description="the key that was asked for, where it is an old one of this official; else null")


class PlaceAnswer(Strict):
    id: str
    label: str
    level: Literal["province", "district", "commune"]
    era: Literal["old", "new"] = Field(description="`old` ends on 30 June 2025")
    parents: list[Named] = Field(description="from the nearest up")
    before: list[Named] = Field(description="what it was made of")
    now: list[Named] = Field(description="what it is today, main one first; empty for a unit of today")
    reports: int
    newest: list[Citation]
    with_before: int = Field(description="reports about it or about what it was made of")


class PlacesAnswer(Strict):
    total: int
    suggestion: str | None = Field(description="the nearest name, where nothing is called `q`")
    places: list[PlaceAnswer]


class DocumentAnswer(Strict):
    number: str = Field(description="canonical form")
    count: int
    reports: list[Citation] = Field(description="in date order, undated ones last")


class Suggestion(Strict):
    kind: str = Field(description="the facet that it is a value of")
    value: str = Field(description="id: what to pass as a filter")
    label: str
    count: int = Field(description="its reports when the index was last written to")
    query: str = Field(description='`field:"…"`, which finds them')


class SuggestAnswer(Strict):
    suggestions: list[Suggestion] = Field(description="the likeliest first")


class StatusAnswer(Strict):
    engine: str
    engine_version: str
    generation: str | None
    schema_version: str | None
    analyzer_version: str | None
    built: str | None
    reports: int
    first_date: str | None
    last_date: str | None


class Health(Strict):
    status: Literal["ok"]


class Problem(Strict):
    """RFC 9457: what went wrong and what to change."""

    type: str
    title: str
    status: int
    detail: str
    position: int | None = Field(default=None, description="0-based character of `q` that is wrong")
    field: str | None = Field(default=None, description="the parameter that is wrong")
    suggestion: str | None = Field(default=None, description="the nearest right one")
