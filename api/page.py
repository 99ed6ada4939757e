"""The page: results and reports as what the templates show. Every link is a whole state of the search in its address.

Nothing here is HTML: the templates escape every value, and marks are handed over as pieces of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.labels import FACET_LABELS, NO_VALUE_LABEL
from api.query import parse
from indexer import facets
from indexer.engine.contract import Engine
from indexer.engine.schema import CLOSED_FACETS, NO_VALUE
from indexer.errors import QuerySyntaxError
from indexer.models import StoredReport
from indexer.query import WINDOW, Facet, FacetValue, Filter, Hit, Respelled, SearchQuery, SearchResults, Snippet
from indexer.suggest import KINDS

# In the order of the side column; the first ones stand open. `year` is the time line; `month` would be one more.
PAGE_FACETS = ("topic", "official", "province", "province_now", "district", "commune", "post", "document", "period", "source", "author", "year")
OPEN_FACETS_ON_PAGE = ("topic", "official", "province")
VALUES_SHOWN = 6  # the rest of the facet_limit behind "more"
VALUES_ASKED = 30
LONGEST_TIME_LINE = 40  # years; with wider gaps only the years that have reports are shown

SORTS = (("relevance", "Phù hợp", "Relevance"), ("newest", "Mới nhất", "Newest"), ("oldest", "Cũ nhất", "Oldest"))
HEADINGS = {400: "Yêu cầu chưa dùng được", 404: "Không tìm thấy", 410: "Đã hết hạn", 422: "Quá xa", 503: "Chưa tìm được lúc này"}
FAILED_HEADING = "Có lỗi xảy ra"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    folder = Path(__file__).parent / "web" / "templates"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["number"] = lambda value: f"{value:,}".replace(",", ".")
    environment.filters["day"] = day
    environment.globals["kinds"] = {kind: FACET_LABELS[kind] for kind in KINDS}
    return environment


def day(iso: str) -> str:
    """`2024-06-17` as 17/06/2024, `2020-04` as 04/2020; a quarter stays as it is."""
    return iso if "Q" in iso else "/".join(reversed(iso.split("-")))


def render(template: str, view: Mapping[str, Any]) -> str:
    # A namespace, because to a template `view.clear` of a dict would be the dict's own method.
    return _templates().get_template(template).render(view=SimpleNamespace(**view))


# ---------------------------------------------------------------- addresses


@dataclass(frozen=True, slots=True)
class State:
    """The parameters of a search as (name, value), in the order given."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, values: Mapping[str, Sequence[str]]) -> State:
        return cls(tuple((name, value) for name, given in values.items() for value in given))

    def having(self, name: str, value: str) -> State:
        """With one more value; from the first hit again."""
        return State((*self.without("offset").pairs, (name, value)))

    def without(self, name: str, values: Sequence[str] | None = None) -> State:
        """Without these values of a parameter (None: all); from the first hit again."""
        return State(tuple((n, v) for n, v in self.pairs if n != "offset" and not (n == name and (values is None or v in values))))

    def at(self, offset: int) -> State:
        others = self.without("offset")
        return others.having("offset", str(offset)) if offset else others

    def only(self, *names: str) -> State:
        return State(tuple((n, v) for n, v in self.pairs if n in names))

    def href(self, path: str = "/") -> str:
        return f"{path}?{urlencode(self.pairs)}" if self.pairs else path


def report_href(report_id: str) -> str:
    return f"/reports/{quote(report_id, safe='')}"


def filter_href(facet: str, value: str) -> str:
    return State(((facet, value),)).href()


# ---------------------------------------------------------------- results


@dataclass(frozen=True, slots=True)
class Value:
    label: str
    count: int
    selected: bool
    href: str
    exclude: str = ""


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    heading: tuple[str, str]
    values: tuple[Value, ...]
    more: tuple[Value, ...]
    most: int
    truncated: bool
    open: bool
    missing: Value | None


def search_view(values: Mapping[str, Sequence[str]], query: SearchQuery, results: SearchResults, engine: Engine) -> dict[str, Any]:
    """What search.html shows; `values` are the parameters as they were given."""
    state = State.of(values)
    by_name = {facet.name: facet for facet in results.facets}
    shown: dict[str, Any] = {
        "problem": None,
        "chips": list(_chips(state, query, engine)),
        "clear": state.only("q", "sort", "group").href(),
        "years": _years(state, by_name["year"]) if "year" in by_name else [],
        "facets": [_facet(state, by_name[name]) for name in PAGE_FACETS if name in by_name and name != "year" and by_name[name].values],
    }
    return _form(values) | _hits(state, "/", query, results) | shown


def similar_view(values: Mapping[str, Sequence[str]], stored: StoredReport, query: SearchQuery, results: SearchResults) -> dict[str, Any]:
    """What similar.html shows: reports like one."""
    report = report_href(stored.report.id)
    return {"report": report, "title": stored.report.title} | _hits(State.of(values), f"{report}/similar", query, results)


def _hits(state: State, path: str, query: SearchQuery, results: SearchResults) -> dict[str, Any]:
    """One page of hits at `path`, and the ways to the pages beside it."""
    last = query.offset + len(results.hits)
    more = last < min(results.total + results.relaxed, WINDOW) and last + query.limit <= WINDOW and results.hits
    return {
        "total": results.total,
        "relaxed": results.relaxed,
        "respelled": [(word.typed, word.read, _insisting(state, query.text, word)) for word in results.respelled],
        "hits": [_hit(state, hit) for hit in results.hits],
        "first": query.offset + 1,
        "last": last,
        "previous": state.at(max(0, query.offset - query.limit)).href(path) if query.offset else None,
        "next": state.at(last).href(path) if more else None,
    }


def _insisting(state: State, text: str, word: Respelled) -> str | None:
    """The same search with that word in quotes, which is taken as it is; None where that would be refused (as one part more than a query may have)."""
    # With blanks around: a sign that the word was typed with (-word, word^2) is an operator that we have not, beside quotes.
    asked = " ".join((text[: word.start].rstrip(), f'"{word.typed}"', text[word.start + len(word.typed) :].lstrip())).strip()
    try:
        parse(asked)
    except QuerySyntaxError:
        return None
    return state.without("q").having("q", asked).href()


def _form(values: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The search box; what it has no field for is kept from search to search."""
    typed = ("q", "from", "to", "sort", "group")
    first = {name: values[name][0] for name in typed if name in values}
    return {
        "q": first.get("q", ""),
        "date_from": first.get("from", ""),
        "date_to": first.get("to", ""),
        "sort": first.get("sort", "relevance"),
        "sorts": SORTS,
        "group": first.get("group") == "true",
        "kept": [(name, value) for name, value in State.of(values).without("offset").pairs if name not in typed],
    }


def pieces(snippet: Snippet) -> list[tuple[str, bool]]:
    """The text cut at its marks: (text, is a match)."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in snippet.marks:
        cut += [(snippet.text[at:start], False), (snippet.text[start:end], True)]
        at = end
    return [(text, hit) for text, hit in [*cut, (snippet.text[at:], False)] if text]


def _hit(state: State, hit: Hit) -> dict[str, Any]:
    report = hit.stored.report
    return {
        "href": report_href(hit.id),
        "title": pieces(hit.title),
        "date": report.date,
        "date_inferred": report.date_inferred,
        "provinces": [p.name for p in report.provinces],
        "source": report.source,
        "relaxed": hit.relaxed,
        "duplicates": hit.duplicates,
        "group": state.without("group").having("in_group", hit.stored.group).href() if hit.duplicates else "",
        "snippets": [_passage(report.body, snippet) for snippet in hit.snippets],
        "explanation": hit.explanation,
    }


def _passage(body: str, snippet: Snippet) -> list[tuple[str, bool]]:
    """A passage with an ellipsis on each side where its paragraph goes on."""
    before = [("…", False)] if snippet.start > 0 and body[snippet.start - 1] != "\n" else []
    after = [("…", False)] if snippet.end < len(body) and body[snippet.end] != "\n" else []
    return before + pieces(snippet) + after


def _facet(state: State, facet: Facet) -> FacetView:
    values = [_value(state, facet, value) for value in facet.values]
    shown = [v for i, v in enumerate(values) if i < VALUES_SHOWN or v.selected]
    more = [v for i, v in enumerate(values) if i >= VALUES_SHOWN and not v.selected]
    missing = _missing(state, facet)
    any_selected = any(v.selected for v in values) or (missing is not None and missing.selected)
    most = max([v.count for v in values], default=0)
    return FacetView(
        facet.name, FACET_LABELS[facet.name], tuple(shown), tuple(more), most, facet.truncated, facet.name in OPEN_FACETS_ON_PAGE or any_selected, missing
    )


def _value(state: State, facet: Facet, value: FacetValue) -> Value:
    if not value.selected:
        return Value(value.label, value.count, False, state.having(facet.name, value.value).href(), state.having(f"not_{facet.name}", value.value).href())
    # Picked by its id, or by a name that was typed: then what goes is every typed value that is no id of another.
    ids = {v.value for v in facet.values}
    typed = [v for n, v in state.pairs if n == facet.name]
    picked = [value.value] if value.value in typed else [v for v in typed if v not in ids and v != NO_VALUE]
    return Value(value.label, value.count, True, state.without(facet.name, picked).href())


def _missing(state: State, facet: Facet) -> Value | None:
    selected = (facet.name, NO_VALUE) in state.pairs
    if not facet.missing and not selected:
        return None
    label = " ".join(NO_VALUE_LABEL)
    if selected:
        return Value(label, facet.missing, True, state.without(facet.name, [NO_VALUE]).href())
    return Value(label, facet.missing, False, state.having(facet.name, NO_VALUE).href(), state.having(f"not_{facet.name}", NO_VALUE).href())


@dataclass(frozen=True, slots=True)
class YearBar:
    """`height` in hundredths of the tallest bar; no `href` for a year without reports."""

    label: str
    count: int = 0
    height: int = 0
    selected: bool = False
    href: str = ""


def _years(state: State, facet: Facet) -> list[YearBar]:
    """The years from the first to the last, the empty ones between included."""
    most = max([value.count for value in facet.values], default=0)
    bars: dict[str, YearBar] = {}
    for value in facet.values:
        shown = _value(state, facet, value)
        height = max(4, round(100 * value.count / most)) if value.count else 0
        bars[value.value] = YearBar(value.label, value.count, height, value.selected, shown.href)
    years = [int(value) for value in bars]
    if years and max(years) - min(years) < LONGEST_TIME_LINE:
        bars = {str(year): bars.get(str(year), YearBar(str(year))) for year in range(min(years), max(years) + 1)}
    line = [bars[year] for year in sorted(bars)]
    missing = _missing(state, facet)
    if missing is not None and line:
        height = max(4, round(100 * min(1.0, missing.count / most))) if most and missing.count else 0
        line.append(YearBar("?", missing.count, height, missing.selected, missing.href))
    return line


@dataclass(frozen=True, slots=True)
class Chip:
    heading: tuple[str, str]
    label: str
    excluded: bool
    href: str


def _chips(state: State, query: SearchQuery, engine: Engine) -> Iterator[Chip]:
    """The filters that are on, each with the address of the same search without it."""
    for name, heading, value in (("from", ("Từ ngày", "From"), query.date_from), ("to", ("Đến ngày", "To"), query.date_to)):
        if value is not None:
            yield Chip(heading, f"{'≥' if name == 'from' else '≤'} {value}", False, state.without(name).href())
    if query.match == "any":
        yield Chip(("Khớp", "Match"), "bất kỳ từ nào · any word", False, state.without("match").href())
    if query.in_group:
        yield Chip(("Bản trùng", "Near-duplicates"), f"bản trùng · near-duplicates ({query.in_group})", False, state.without("in_group").href())
    for chosen in query.filters:
        name = f"not_{chosen.facet}" if chosen.exclude else chosen.facet
        for value, label in zip(chosen.values, _labels(engine, chosen), strict=True):
            spelled = [v for n, v in state.pairs if n == name and v.strip() == value]
            yield Chip(FACET_LABELS[chosen.facet], label, chosen.exclude, state.without(name, spelled).href())


def _labels(engine: Engine, chosen: Filter) -> list[str]:
    """What the picked values are called: a name that stands for one unit becomes its official one, every other stays as typed."""
    ids = [_only_id(chosen.facet, value) for value in chosen.values]
    known = facets.labels(engine, chosen.facet, [i for i in ids if i != NO_VALUE])
    return [" ".join((FACET_LABELS[chosen.facet][0], NO_VALUE_LABEL[0])) if i == NO_VALUE else known[i] for i in ids]


def _only_id(facet: str, value: str) -> str:
    if facet not in CLOSED_FACETS or value == NO_VALUE:
        return value
    ids = facets.ids_of(facet, value)
    return ids[0] if len(ids) == 1 else value


def problem_view(values: Mapping[str, Sequence[str]], problem: Mapping[str, Any]) -> dict[str, Any]:
    """What search.html shows when the search could not be done: the words typed, what is wrong, and where."""
    form = _form(values)
    pointer = None
    if problem.get("position") is not None and form["q"]:
        at = problem["position"]
        pointer = {"before": form["q"][max(0, at - 60) : at], "at": form["q"][at : at + 1] or "⏎", "after": form["q"][at + 1 : at + 60]}
    return form | {"problem": {**problem, "heading": HEADINGS.get(problem["status"], FAILED_HEADING), "pointer": pointer}}
