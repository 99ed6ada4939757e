"""What an engine is: finished tokens in, exact sets, counts and orders out. Nothing of one engine's own language here.

`Match`, `Score` and `Request`/`Response` are what an engine is given and gives (plan.py makes them of a SearchQuery);
`Engine` and `Writer` are the two classes that elastic.py and embedded.py implement. Both must give the same set, the same
counts, and the same order where scores differ by more than one part in 100,000.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Self

from indexer.models import StoredReport
from indexer.query import Sort

# ---------------------------------------------------------------- what an engine is given: sets


@dataclass(frozen=True, slots=True)
class MatchAll:
    pass


@dataclass(frozen=True, slots=True)
class MatchNone:
    pass


@dataclass(frozen=True, slots=True)
class HasTerm:
    """The token stands in the text field (or the value in the keyword field)."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class HasPhrase:
    """The tokens (two or more) stand in this order at adjacent positions."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasPrefix:
    """Some token of the text field (or the value in the keyword field) begins with `prefix`; complete, however many such tokens there are."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Spans:
    """Where any of `sequences` (each one or more tokens at adjacent positions) stands in the positional text field."""

    field: str
    sequences: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class HasNear:
    """A span of each stands in one paragraph, in either order and without overlap, with at most `most` tokens between them.

    `most` None: in one sentence instead, wherever in it (schema.SENTENCES; a field that is not in there is one sentence a
    paragraph). The two fields are of one text, so that their positions are the same.
    """

    left: Spans
    right: Spans
    most: int | None


@dataclass(frozen=True, slots=True)
class HasAny:
    """The keyword field holds at least one of `values` (one or more)."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """The keyword or number field has a value."""

    field: str


@dataclass(frozen=True, slots=True)
class InRange:
    """The number field has a value within [low, high]; None = open."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child; true for no children."""

    children: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least `least` children; false for no children."""

    children: tuple[Match, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Without:
    """Every report that the child does not match."""

    child: Match


Match = MatchAll | MatchNone | HasTerm | HasPhrase | HasPrefix | HasNear | HasAny | Exists | InRange | AllOf | AnyOf | Without


@dataclass(frozen=True, slots=True)
class TermScore:
    """weight * BM25(token in field), k1 1.2, b 0.75: the engines agree on it to 4e-6."""

    field: str
    token: str
    weight: float = 1.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class ConstantScore:
    """`weight` for each report that matches."""

    match: Match
    weight: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class BestOf:
    """The highest of the children's scores (dis_max without tie breaker); 0 if none matches."""

    children: tuple[TermScore | ConstantScore, ...]
    label: str = ""


Score = TermScore | ConstantScore | BestOf


@dataclass(frozen=True, slots=True)
class Constraint:
    """A match that hits must satisfy, and which the facets in `owners` leave out of their counts."""

    owners: frozenset[str]
    match: Match


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """Count the values of keyword `field` for facet `name`.

    `lefts`: not empty when `field` holds pairs `left|right`: count the rights, once a report, of pairs whose left is
    one of these. `always`: ids whose count is wanted even if it is 0 or past the limit. `only`: None, or the ids that
    may be given.
    """

    name: str
    field: str
    limit: int
    lefts: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine answers in one go.

    Hits satisfy `match` and every constraint; their score is the sum of `scores` (0 where none applies). A facet counts
    the reports that satisfy `match` and every constraint that it does not own. Order: relevance = score falling, then
    date_to falling (undated last), then id rising; newest = date_to falling (undated last), id; oldest = date_to rising
    (undated last), id. `view`: None = the index as it is; "" = open a frozen view and answer from it; else the view to
    answer from. `after`: where to go on in that view (Response.after of the page before; then offset is 0).
    """

    match: Match = MatchAll()
    constraints: tuple[Constraint, ...] = ()
    scores: tuple[Score, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[FacetRequest, ...] = ()
    view: str | None = None
    after: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class EngineHit:
    id: str
    score: float
    stored: StoredReport


@dataclass(frozen=True, slots=True)
class Counts:
    """`values`: (id, count) with count > 0, count falling then id rising, at most `limit`, then those of `always` that
    are not among them (also with 0). `missing`: reports without a value in the facet's own field."""

    name: str
    values: tuple[tuple[str, int], ...]
    truncated: bool
    missing: int
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """`after`: where the next page of the view begins; None when this page reached the end (or there is no view)."""

    total: int
    hits: tuple[EngineHit, ...]
    counts: tuple[Counts, ...] = ()
    view: str | None = None
    after: tuple[Any, ...] | None = None


# ---------------------------------------------------------------- what an engine is given: documents


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One report ready for an engine: text fields as whitespace-separated tokens, keyword fields as tuples, numbers."""

    id: str
    text: Mapping[str, str]
    keywords: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    stored: StoredReport


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that was not taken: `where` names it for the user, `reason` says why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a writer needs to know of a report that is already there."""

    fingerprint: str
    path: str
    first_seen: str


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """State of the index. `generation` is None when nothing is indexed; `building` lists unfinished generations."""

    engine: str
    engine_version: str
    generation: str | None
    schema_version: str | None
    analyzer_version: str | None
    built: str | None
    reports: int
    first_date: str | None = None
    last_date: str | None = None
    previous: str | None = None
    building: tuple[str, ...] = ()
    writer: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


class Writer(ABC):
    """The one writer of an index, holding its lock. A context manager's value; leaving it by an error publishes nothing more."""

    generation: str

    @abstractmethod
    def known(self) -> dict[str, Known]:
        """Every report of this generation, by id."""

    @abstractmethod
    def put(self, documents: Sequence[IndexDocument]) -> list[Rejection]:
        """Adds or replaces by id. Durable on return, or raises; a document that the engine refuses is returned by name."""

    @abstractmethod
    def delete(self, ids: Sequence[str]) -> int:
        """Removes reports; gives how many there were."""

    @abstractmethod
    def scan(self) -> Iterator[StoredReport]:
        """Every report of the generation that is being written, what was put before included, in id order."""

    @abstractmethod
    def put_rows(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Replaces the whole side table `table` (labels of a facet, persons) by `rows`: key -> small JSON object."""

    @abstractmethod
    def publish(self) -> None:
        """Makes all that was put visible to readers; for a fresh generation also swaps it in, the old one kept for rollback."""


class Engine(ABC):
    """A search engine. Reading methods give up within settings.read_timeout and raise EngineUnreachable, and IndexMismatch for an index of other versions,
    status() alone excepted; safe for threads."""

    name: str
    any_version = False

    def of_any_version(self) -> Self:
        """The same engine for a rebuild: it reads what an index of any version has, all its reports and its side tables."""
        found = copy.copy(self)
        found.any_version = True
        return found

    @abstractmethod
    def execute(self, request: Request) -> Response:
        """Answers a request. Raises IndexMissing when nothing is indexed, CursorExpired when the view is gone."""

    @abstractmethod
    def count(self, matches: Sequence[Match], view: str | None = None) -> tuple[int, ...]:
        """How many reports satisfy each of `matches`, exactly, in the index as it is or in an open view. Raises as execute does."""

    @abstractmethod
    def parts(self, ids: Sequence[str], scores: Sequence[Score], view: str | None = None) -> dict[str, tuple[float, ...]]:
        """What each of `scores`, in their order, gives each of those reports that exist; in the index as it is or in an open view. Raises as execute does."""

    @abstractmethod
    def frozen(self) -> AbstractContextManager[str]:
        """A view for questions that must all see the same reports; it ends with the block."""

    @abstractmethod
    def members(self, request: Request) -> Iterator[tuple[str, str]]:
        """(id, group) of each hit of `request` that has a group, all of them in the request's order; `view` is needed, its page and facets are not read."""

    @abstractmethod
    def get(self, ids: Sequence[str]) -> dict[str, StoredReport]:
        """The stored reports of those ids that exist."""

    @abstractmethod
    def rows(self, table: str, keys: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
        """Rows of a side table: those of `keys` that exist, or all."""

    @abstractmethod
    def status(self) -> IndexInfo:
        """State of the index; works when nothing is indexed."""

    @abstractmethod
    def check(self) -> None:
        """A real one-hit query; raises EngineUnreachable (or another EngineError) if it does not answer."""

    @abstractmethod
    def writer(self, *, fresh: bool = False) -> AbstractContextManager[Writer]:
        """Takes the lock, cleans what an interrupted run left, and gives a writer on the serving generation (made if there is none) or on a fresh one.

        Raises WriterBusy, and, unless fresh, IndexMismatch when the generation was built with other versions.
        """

    @abstractmethod
    def rollback(self) -> IndexInfo:
        """Back to the generation before; raises IndexMissing if there is none."""

    @abstractmethod
    def close(self) -> None:
        """Frees connections and views."""
