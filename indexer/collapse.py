"""A search in which a group of near-duplicates is one hit: the first of its reports in the order of the search stands for it, the others behind it.

Any engine can answer it exactly: the reports behind others are found by walking the grouped hits once, and are then left out by their ids; so
totals, pages and cursors need nothing new. Facets count a group once in each value that any of its reports has, which is what picking the value
would find: the engine counts reports, and what it counts too often is taken off, group by group.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from indexer.engine.contract import AnyOf, Constraint, Counts, Engine, FacetRequest, HasAny, Request, Response, Without
from indexer.engine.schema import GROUPED, ID, PAIR

_TERMS = 50_000  # of one clause: Elasticsearch's index.max_terms_count is 65,536
_PAIRS = 65_000  # values of a facet with their groups, most frequent first: as many as both engines give
_WALKS = 16  # walks by cursor of which a process keeps what stands behind: 100,000 reports, each tenth behind another, are 1 MB a walk


@dataclass(frozen=True, slots=True)
class Collapsed:
    """`groups`: those found; `behind`: ids of the reports that stand behind another of their group, `others`: how many, by group."""

    groups: frozenset[str] = frozenset()
    behind: tuple[str, ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)

    def without(self, request: Request) -> Request:
        """The request for hits, none of which stands behind another."""
        if not self.behind:
            return request
        chunks = (self.behind[start : start + _TERMS] for start in range(0, len(self.behind), _TERMS))
        hidden = Without(AnyOf(tuple(HasAny(ID, chunk) for chunk in chunks)))
        return replace(request, constraints=(*request.constraints, Constraint(frozenset(), hidden)))


def collapse(engine: Engine, request: Request, seen: Collapsed | None = None) -> Collapsed:
    """What stands behind what in `request`, whose hits follow those of `seen`. It must name a view."""
    seen = seen or Collapsed()
    groups, behind, others = set(seen.groups), [], Counter(seen.others)
    for report, group in engine.members(request):
        if group in groups:
            behind.append(report)
            others[group] += 1
        else:
            groups.add(group)
    return Collapsed(frozenset(groups), tuple(behind), others)


def answer(engine: Engine, request: Request, behind: Collapsed | None) -> Response:
    """What the engine says; near-duplicates grouped where `behind` says what stands behind what in this request."""
    if behind is None:
        return engine.execute(request)
    response = engine.execute(behind.without(replace(request, facets=())))
    return replace(response, counts=_counts(engine, request))


def _counts(engine: Engine, request: Request) -> tuple[Counts, ...]:
    """The facets of `request`, in which a group counts once. It must name a view."""
    if not request.facets:
        return ()
    bare = replace(request, offset=0, limit=0, after=None, scores=())
    own = _counted_twice(engine, bare, [(facet, (facet.name,)) for facet in request.facets])
    paired = [(facet, tuple(f"{facet.field}:{left}" for left in facet.lefts)) for facet in request.facets if facet.lefts]
    over = own | _counted_twice(engine, bare, paired)
    # Only values of groups lose by it: as many more as there are of those hold the first `limit` of what is left.
    asked = tuple(replace(facet, limit=facet.limit + len(over[facet.name].times)) for facet in request.facets)
    found = engine.execute(replace(bare, facets=asked)).counts
    return tuple(_corrected(facet, counts, over[facet.name], own[facet.name].times[""]) for facet, counts in zip(request.facets, found, strict=True))


@dataclass(frozen=True, slots=True)
class _Over:
    """`times`: value -> how often groups were counted too often for it, "" for none; `cut`: there may be more of it."""

    times: Counter[str]
    cut: bool


def _counted_twice(engine: Engine, bare: Request, facets: Sequence[tuple[FacetRequest, tuple[str, ...]]]) -> dict[str, _Over]:
    """By facet, from the values of GROUPED that begin with one of its `lefts`."""
    found: dict[str, _Over] = {}
    asked = tuple(FacetRequest(facet.name, GROUPED, _PAIRS, lefts) for facet, lefts in facets)
    for pairs in engine.execute(replace(bare, facets=asked)).counts if asked else ():
        times: Counter[str] = Counter()
        for pair, reports in pairs.values:
            if reports > 1:
                times[pair.rpartition(PAIR)[0]] += reports - 1
        found[pairs.name] = _Over(times, pairs.approximate or (pairs.truncated and pairs.values[-1][1] > 1))
    return found


def _corrected(facet: FacetRequest, counts: Counts, over: _Over, missing: int) -> Counts:
    values = {value: number - over.times[value] for value, number in counts.values}
    ranked = sorted(((value, number) for value, number in values.items() if number), key=lambda item: (-item[1], item[0]))
    shown = ranked[: facet.limit]
    seen = {value for value, _ in shown}
    rest = tuple((value, values[value]) for value in dict.fromkeys(facet.always) if value not in seen)
    truncated = counts.truncated or len(ranked) > facet.limit
    return Counts(facet.name, (*shown, *rest), truncated, counts.missing - missing, counts.approximate or over.cut)


class Walks:
    """What stands behind what in the frozen views of walks by cursor, so that not every page of one asks again. Safe for threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[Hashable, Collapsed] = OrderedDict()

    def get(self, key: Hashable, find: Callable[[], Collapsed]) -> Collapsed:
        with self._lock:
            found = self._found.pop(key, None)
        found = find() if found is None else found
        with self._lock:
            self._found[key] = found
            if len(self._found) > _WALKS:
                self._found.popitem(last=False)
        return found
