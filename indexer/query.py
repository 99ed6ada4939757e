"""What is asked and what is answered: the query as a tree, filters, paging; hits, snippets, facets.

The outside's side of a search: api/query.py and api/parameters.py make a `SearchQuery`, search.py answers it with
`SearchResults`. What an engine is given of it stands in engine/contract.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from indexer.models import StoredReport

DATE = "date"  # the field of a Range that is no facet: the interval of days that a report speaks of
WINDOW = 10_000  # offset + limit may not pass it (Elasticsearch's index.max_result_window)

# ---------------------------------------------------------------- what is asked


@dataclass(frozen=True, slots=True)
class AllReports:
    """Matches every report: the empty query."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of unquoted words as typed; all are required, in any of their variants. `start` is its place in the query."""

    text: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text in quotes: adjacent and, if it holds a mark, exact in its marks."""

    text: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """`word*`: every word that begins so, marks ignored unless typed."""

    text: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """`field:value` in the query text; `field` is a facet's name; `value` as typed, an id or a name."""

    field: str
    value: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """`field:low..high`, both included, "" for an open end: a facet of time and two of its values, or DATE and two ISO days.

    The year, month or reporting period lies within; of DATE, the report's days overlap with them.
    """

    field: str
    low: str
    high: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """`left NEAR/5 right`: in either order, with at most `most` words between; None for `NEAR/s`: in one sentence. A Words here is one word."""

    left: Words | Phrase
    right: Words | Phrase
    most: int | None
    start: int = 0


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: Node


Node = AllReports | Words | Phrase | Prefix | Where | Range | Near | And | Or | Not

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Reports with any of `values` (ids or names, marks or not, schema.NO_VALUE) in `facet`; without any of them if `exclude`."""

    facet: str
    values: tuple[str, ...]
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question. Dates are ISO dates; a report matches when its date interval overlaps [date_from, date_to].

    `cursor`: None = a page by offset; "" = open a frozen view and give its first page; else a cursor given before. `group`: of near-duplicates that are
    found only the first is a hit; `in_group`: only the reports of this group (Hit.group).
    """

    tree: Node = AllReports()
    text: str = ""
    filters: tuple[Filter, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    match: Literal["all", "any"] = "all"
    facets: tuple[str, ...] = ()
    facet_limit: int = 10
    facet_prefix: str = ""
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    cursor: str | None = None
    explain: bool = False
    highlight: bool = True
    group: bool = False
    in_group: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a report: `text` == title or body [start:end]; `marks` are the matched slices, relative to `text`."""

    part: Literal["title", "body"]
    text: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One report found. `score` is None when not sorted by relevance; `relaxed`: it lacks a word of the query.

    `duplicates`: how many near-duplicates of it are found too and stand behind it; None when they were not asked to (SearchQuery.group).
    """

    id: str
    rank: int
    score: float | None
    relaxed: bool
    stored: StoredReport
    title: Snippet
    snippets: tuple[Snippet, ...] = ()
    explanation: tuple[str, ...] = ()
    duplicates: int | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of one facet, its own filter left out, most frequent first, then by id. `truncated`: there are more values; `missing`: reports with none."""

    name: str
    values: tuple[FacetValue, ...]
    truncated: bool
    missing: int
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Respelled:
    """A word that no report holds, `typed` at `start` of the query, and the word that it was `read` as."""

    typed: str
    read: str
    start: int


@dataclass(frozen=True, slots=True)
class SearchResults:
    """`total` counts the reports that hold the whole query, `relaxed` those that lack a word (0 unless total < 10): one, unless words were
    read as others.

    Facets count the former; when there is none, the latter. Where near-duplicates are grouped, a group counts as one report in the totals and
    in each value that one of its reports has. `cursor` is set while there is more of an open view. `respelled`: where `total` is 0, words that no
    report holds, or few where others stand; by relevance, the reports that hold what all were read as come first among those that lack a word.
    """

    total: int
    relaxed: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    cursor: str | None = None
    explanation: dict[str, Any] | None = None
    respelled: tuple[Respelled, ...] = ()
