"""The routes: parameters in, one call of search.py or the engine, an answer out. Plain functions, run on the thread pool."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from api import http_parameters, page
from api.http_parameters import FACET_VALUES, NONE, PAGE, SEARCH, Parameters
from api.labels import facet_of
from api.models import Facet, ReportAnswer, SearchAnswer, StatusAnswer
from api.render import facet_dict, report_dict, results_dict
from indexer.engine.contract import Engine
from indexer.engine.schema import FACETS
from indexer.errors import InvalidFilter, ReportNotFound
from indexer.models import StoredReport
from indexer.search import search as find

api = APIRouter(prefix="/api")
pages = APIRouter(include_in_schema=False)

PROBLEMS = {
    400: "A parameter or the query cannot be used; `detail` says what to change",
    404: "No such report",
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
    **answers(Facet, 400, 503),
)
def facet_values(request: Request) -> Response:
    """The values of a facet with their counts, the facet's own filter left out."""
    values = _read(request, FACET_VALUES)
    facet = facet_of(request.path_params["name"], "name")
    query = http_parameters.query_of(values, facets=(facet,), facet_limit=50, limit=0, highlight=False)
    return json_response(facet_dict(find(_engine(request), query).facets[0]))


@api.get(
    "/reports/{id:path}",
    tags=["reports"],
    summary="One report",
    openapi_extra=_described(NONE, id=("id of the report, percent-encoded", {"type": "string", "minLength": 1})),
    **answers(ReportAnswer, 400, 404, 503),
)
def report(request: Request) -> Response:
    """The extracted record of one report, with the evidence of each value."""
    _read(request, NONE)
    return json_response(report_dict(_stored(request)))


@api.get("/status", tags=["health"], summary="The index", openapi_extra=_described(NONE), **answers(StatusAnswer, 400, 503))
def status(request: Request) -> Response:
    """What the index holds and was built with."""
    _read(request, NONE)
    info = _engine(request).status()
    return json_response({name: getattr(info, name) for name in StatusAnswer.model_fields})


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
    query = http_parameters.query_of(values, facets=page.PAGE_FACETS, facet_limit=page.VALUES_ASKED)
    if query.limit < 1:
        raise InvalidFilter("limit must be 1 or more on the page", "limit")
    engine = _engine(request)
    return HTMLResponse(page.render("search.html", page.search_view(values, query, find(engine, query), engine)))


@pages.get("/reports/{id:path}")
def report_page(request: Request) -> Response:
    _read(request, NONE)
    return HTMLResponse(page.render("report.html", page.report_view(_stored(request), _engine(request))))
