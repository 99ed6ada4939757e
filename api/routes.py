"""The routes: parameters in, one call of search.py or the engine, an answer out. Plain functions, run on the thread pool."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from api import http_parameters, page, page_report
from api.entities_render import document_dict, officials_dict, person_dict, place_dict, places_dict, suggestions_dict
from api.http_parameters import FACET_VALUES, NONE, OFFICIALS, OFFICIALS_SHOWN, PAGE, PLACES, PLACES_SHOWN, SEARCH, SIMILAR, SUGGEST, Parameters
from api.labels import facet_of
from api.models import (
    DocumentAnswer,
    FacetAnswer,
    OfficialAnswer,
    OfficialsAnswer,
    PlaceAnswer,
    PlacesAnswer,
    ReportAnswer,
    SearchAnswer,
    SimilarAnswer,
    StatusAnswer,
    SuggestAnswer,
)
from api.parameters import name_of
from api.render import counted_dict, report_dict, results_dict, similar_dict
from indexer import entities
from indexer.engine.contract import Engine
from indexer.engine.schema import FACETS
from indexer.errors import InvalidFilter, ReportNotFound
from indexer.models import StoredReport
from indexer.query import SearchQuery
from indexer.search import search as find
from indexer.search import similar
from indexer.suggest import suggest

api = APIRouter(prefix="/api")
pages = APIRouter(include_in_schema=False)

_ID = {"type": "string", "minLength": 1}

PROBLEMS = {
    400: "A parameter or the query cannot be used; `detail` says what to change",
    404: "There is nothing of that id",
    410: "The cursor's frozen view is gone",
    422: "`offset` + `limit` is past the window; go on by `cursor`",
    503: "The engine does not answer, or nothing is indexed yet",
}


def answers(model: type, *problems: int) -> dict[str, Any]:
    """What a route may answer, for OpenAPI; the answers themselves are made by render.py and sent as they are."""
    schema = {"$ref": "#/components/schemas/Problem"}
    failures = {status: {"description": PROBLEMS[status], "content": {"application/problem+json": {"schema": schema}}} for status in problems}
    return {"response_model": None, "responses": {200: {"model": model}, **failures}}


def _described(parameters: Parameters, **in_path: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    placed = [{"name": name, "in": "path", "required": True, "description": text, "schema": schema} for name, (text, schema) in in_path.items()]
    return {"parameters": placed + [parameter.openapi() for parameter in parameters.values()]}


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


def _read(request: Request, known: Parameters, *, drop_empty: bool = False) -> dict[str, list[str]]:
    return http_parameters.read(request.scope["query_string"], known, drop_empty=drop_empty)


def json_response(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, allow_nan=False), media_type="application/json")


# ---------------------------------------------------------------- the API


@api.get("/search", tags=["search"], summary="Search", openapi_extra=_described(SEARCH), **answers(SearchAnswer, 400, 410, 422, 503))
def search(request: Request) -> Response:
    """Hits with highlighted passages, totals, and counts of the facets asked for."""
    return json_response(results_dict(find(_engine(request), http_parameters.query_of(_read(request, SEARCH)))))


@api.get(
    "/facets/{name}",
    tags=["search"],
    summary="Values of one facet",
    openapi_extra=_described(FACET_VALUES, name=("the facet", {"type": "string", "enum": list(FACETS)})),
    **answers(FacetAnswer, 400, 503),
)
def facet_values(request: Request) -> Response:
    """The values of a facet with their counts, the facet's own filter left out."""
    values = _read(request, FACET_VALUES)
    facet = facet_of(request.path_params["name"], "name")
    query = http_parameters.query_of(values, facets=(facet,), facet_limit=50, limit=0, highlight=False)
    return json_response(counted_dict(find(_engine(request), query)))


@api.get(
    "/reports/{id:path}/similar",
    tags=["reports"],
    summary="Reports like one",
    openapi_extra=_described(SIMILAR, id=("id of the report, percent-encoded", _ID)),
    **answers(SimilarAnswer, 400, 404, 422, 503),
)
def similar_reports(request: Request) -> Response:
    """The reports that share the most telling words of one, itself left out; with `group=true` its near-duplicates too."""
    if _ends_in_id(request):
        return report(request)
    query = http_parameters.query_of(_read(request, SIMILAR))
    stored = _stored(request)
    return json_response(similar_dict(stored, similar(_engine(request), stored, query)))


@api.get(
    "/reports/{id:path}",
    tags=["reports"],
    summary="One report",
    openapi_extra=_described(NONE, id=("id of the report, percent-encoded", _ID)),
    **answers(ReportAnswer, 400, 404, 503),
)
def report(request: Request) -> Response:
    """The extracted record of one report, with the evidence of each value."""
    _read(request, NONE)
    return json_response(report_dict(_stored(request)))


@api.get("/officials", tags=["entities"], summary="Officials by name or post", openapi_extra=_described(OFFICIALS), **answers(OfficialsAnswer, 400, 503))
def officials(request: Request) -> Response:
    """The officials in whose name or post `q` stands, those with most reports first."""
    return json_response(officials_dict(*entities.officials(_engine(request), *http_parameters.list_of(_read(request, OFFICIALS), OFFICIALS_SHOWN))))


@api.get(
    "/officials/{key:path}",
    tags=["entities"],
    summary="One official's posts",
    openapi_extra=_described(NONE, key=("key of the official, a value of the facet `official`; old keys lead on", _ID)),
    **answers(OfficialAnswer, 400, 404, 503),
)
def official(request: Request) -> Response:
    """The posts of one official in date order, each with the reports and slices that state it.

    An old key of an official is answered with the new one in `key` and itself in `redirected_from`.
    """
    _read(request, NONE)
    return json_response(person_dict(entities.official(_engine(request), name_of(request.path_params["key"], "key"))))


@api.get("/places", tags=["entities"], summary="Places that a name may mean", openapi_extra=_described(PLACES), **answers(PlacesAnswer, 400, 503))
def places(request: Request) -> Response:
    """The units of both eras that `q` may mean, each with its line of succession and its reports."""
    name, limit, offset = http_parameters.list_of(_read(request, PLACES), PLACES_SHOWN)
    if not name:
        raise InvalidFilter("q is empty; give the name or the id of a place", "q")
    total, found = entities.places(_engine(request), name, limit, offset)
    return json_response(places_dict(total, found, None if total else entities.suggestion(name)))


@api.get(
    "/places/{id:path}",
    tags=["entities"],
    summary="One place",
    openapi_extra=_described(NONE, id=("id of the unit: `P66b`, `D656a`, `W24580a`", _ID)),
    **answers(PlaceAnswer, 400, 404, 503),
)
def place(request: Request) -> Response:
    """One province, district or commune: what it lies in, was made of and is today, and the newest reports that name it."""
    _read(request, NONE)
    return json_response(place_dict(entities.place(_engine(request), name_of(request.path_params["id"], "id"))))


@api.get(
    "/documents/{number:path}",
    tags=["entities"],
    summary="Who cites a document",
    openapi_extra=_described(NONE, number=("number of the document, however typed", _ID)),
    **answers(DocumentAnswer, 400, 404, 503),
)
def document(request: Request) -> Response:
    """Every report that cites a numbered document, in date order, with the slice that does."""
    _read(request, NONE)
    return json_response(document_dict(entities.document(_engine(request), name_of(request.path_params["number"], "number"))))


@api.get("/suggest", tags=["search"], summary="Completion of what is typed", openapi_extra=_described(SUGGEST), **answers(SuggestAnswer, 400, 503))
def suggestions(request: Request) -> Response:
    """Officials, places, topics and document numbers that `q` may be the beginning of, each with the text that finds its reports."""
    return json_response(suggestions_dict(suggest(_engine(request), *http_parameters.offer_of(_read(request, SUGGEST)))))


@api.get("/status", tags=["health"], summary="The index", openapi_extra=_described(NONE), **answers(StatusAnswer, 400, 503))
def status(request: Request) -> Response:
    """What the index holds and was built with."""
    _read(request, NONE)
    info = _engine(request).status()
    return json_response({name: getattr(info, name) for name in StatusAnswer.model_fields})


def _ends_in_id(request: Request) -> bool:
    """Whether "/similar" at the end of the path is the end of an id (`/reports/a%2Fsimilar`), which is given back to it."""
    whole = not request.scope["raw_path"].endswith(b"/similar")
    if whole:
        request.path_params["id"] += "/similar"
    return whole


def _stored(request: Request) -> StoredReport:
    report_id: str = request.path_params["id"]
    stored = _engine(request).get([report_id]).get(report_id)
    if stored is None:
        raise ReportNotFound(f"there is no report '{report_id}'; ids are those of search results")
    return stored


# ---------------------------------------------------------------- the page


def is_page(path: str) -> bool:
    """Whether a person reads what stands at `path`, so that an error there is a page too."""
    return path == "/" or path.startswith("/reports/")


@pages.get("/")
def search_page(request: Request) -> Response:
    values = _read(request, PAGE, drop_empty=True)
    query = _on_page(http_parameters.query_of(values, facets=page.PAGE_FACETS, facet_limit=page.VALUES_ASKED))
    engine = _engine(request)
    return HTMLResponse(page.render("search.html", page.search_view(values, query, find(engine, query), engine)))


@pages.get("/reports/{id:path}/similar")
def similar_page(request: Request) -> Response:
    if _ends_in_id(request):
        return report_page(request)
    values = _read(request, SIMILAR, drop_empty=True)
    query = _on_page(http_parameters.query_of({"group": ["true"], **values}))
    stored, engine = _stored(request), _engine(request)
    return HTMLResponse(page.render("similar.html", page.similar_view(values, stored, query, similar(engine, stored, query))))


def _on_page(query: SearchQuery) -> SearchQuery:
    """A query whose hits are shown; raises InvalidFilter if it asks for none."""
    if query.limit < 1:
        raise InvalidFilter("limit must be 1 or more on the page", "limit")
    return query


@pages.get("/reports/{id:path}")
def report_page(request: Request) -> Response:
    _read(request, NONE)
    return HTMLResponse(page.render("report.html", page_report.report_view(_stored(request), _engine(request))))
