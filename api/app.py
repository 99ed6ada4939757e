"""The HTTP application: the engine's life, one shape for every error, and what holds for each answer whatever its route.

The server only reads: GET and HEAD, no cookies, no state between requests but the engine. Endpoints are plain functions
on the thread pool; only what must answer while every thread waits for a slow engine (/healthz, /readyz) is asynchronous.
"""

from __future__ import annotations

import asyncio
import difflib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api import http_parameters, page, routes
from api.errors import problem
from api.models import Health, Problem
from indexer.engine import open_engine
from indexer.engine.contract import Engine
from indexer.errors import BaocaoError, EngineUnreachable, UsageError
from indexer.settings import Settings

READY_DEADLINE = 5.0  # seconds; a probe that must say no within 10 leaves the engine half of them
RETRY_AFTER = "5"  # seconds, with every 503

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def create_app(settings: Settings, engine: Engine | None = None) -> FastAPI:
    """The application. `engine`: one that the caller closes; without it, the one that `settings` names is opened with the application and closed with it.

    Opening asks the engine nothing, so that the server starts, and says on /readyz what is wrong, while the engine is away.
    """

    @asynccontextmanager
    async def own_engine(app: FastAPI) -> AsyncIterator[None]:
        opened = open_engine(settings)
        _attach(app, opened)
        try:
            yield
        finally:
            await asyncio.to_thread(opened.close)

    app = FastAPI(
        title="baocao",
        summary="Search in Vietnamese party and government reports",
        description=DESCRIPTION,
        version=version("baocao"),
        lifespan=own_engine if engine is None else None,
        docs_url=None,  # they load scripts from another host
        redoc_url=None,
        redirect_slashes=False,
    )
    if engine is not None:
        _attach(app, engine)
    app.add_middleware(Guard)
    app.add_exception_handler(BaocaoError, _on_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_bug)
    app.include_router(routes.api)
    app.include_router(routes.pages)
    app.add_api_route("/healthz", healthz, tags=["health"], summary="The process answers", **routes.answers(Health))
    app.add_api_route("/readyz", readyz, tags=["health"], summary="The engine answers a query", **routes.answers(Health, 503))
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "web" / "static"))
    app.openapi()["components"]["schemas"]["Problem"] = Problem.model_json_schema()  # no route returns it as its model
    return app


def _attach(app: FastAPI, engine: Engine) -> None:
    app.state.engine = engine
    app.state.readiness = Readiness(engine)


DESCRIPTION = """\
Read only. Parameters have the names of the command line's options, with `_` for `-`; a filter may be given several times (any of its values),
different filters must all hold, `not_` excludes. An unknown parameter is refused by name. Errors are `application/problem+json` (RFC 9457) and say
what to change. `offset + limit` stays within 10,000; a walk without end begins with `cursor=*` and goes on with the `cursor` of each answer, until
it is null; a cursor rests at most ten minutes."""


# ---------------------------------------------------------------- health


class Readiness:
    """Asks the engine one real query; while an answer is outstanding, everybody who asks waits for that one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._running: asyncio.Task[None] | None = None

    async def check(self) -> None:
        """Raises an EngineError if the engine does not answer within READY_DEADLINE."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(asyncio.to_thread(self._engine.check))
            self._running.add_done_callback(lambda task: task.cancelled() or task.exception())  # nobody may be left to hear it
        try:
            await asyncio.wait_for(asyncio.shield(self._running), READY_DEADLINE)
        except TimeoutError:
            raise EngineUnreachable(f"the search engine did not answer within {READY_DEADLINE:.0f} seconds") from None


async def healthz() -> Response:
    """The process is alive; asks nobody."""
    return routes.json_response({"status": "ok"})


async def readyz(request: Request) -> Response:
    """The engine answers a real query of one hit."""
    await request.app.state.readiness.check()
    return routes.json_response({"status": "ok"})


# ---------------------------------------------------------------- errors


def problem_response(body: dict[str, Any], path: str, headers: dict[str, str] | None = None) -> Response:
    extra = {"Retry-After": RETRY_AFTER} if body["status"] == 503 else {}
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, body["status"], {**_headers(path), **extra, **(headers or {})}, media_type="application/problem+json")


def _blank_problem(status: int, title: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, BaocaoError)
    body = problem(error)
    path = request.url.path
    if not routes.is_page(path):
        return problem_response(body, path)
    try:
        values = http_parameters.read(request.scope["query_string"], http_parameters.PAGE, drop_empty=True) if path == "/" else {}
    except UsageError:
        values = {}
    text = page.render("search.html", page.problem_view(values, body))
    return HTMLResponse(text, body["status"], {"Retry-After": RETRY_AFTER} if body["status"] == 503 else None)


async def _on_http_error(request: Request, error: Exception) -> Response:
    """No such route, or a method that it does not have."""
    assert isinstance(error, HTTPException)
    path = request.url.path
    if error.status_code == 405:
        return problem_response(_blank_problem(405, "Method not allowed", "use GET or HEAD: this server only reads"), path, {"Allow": "GET, HEAD"})
    known = [known for known in ("/", *request.app.openapi()["paths"]) if "{" not in known]
    near = difflib.get_close_matches(path[:100], known, 1)
    hint = f"; did you mean {near[0]}?" if near else "; the routes are described at /openapi.json"
    return problem_response(_blank_problem(error.status_code, "Not found", f"there is nothing at this address{hint}"), path)


async def _on_bug(request: Request, error: Exception) -> Response:
    """The last resort: nothing of the inside goes out; the server's log has the traceback, since it is raised on after this answer."""
    body = _blank_problem(500, "Internal error", "something failed that should not; the server's log says more")
    return problem_response(body, request.url.path)


# ---------------------------------------------------------------- what holds for every answer

_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _headers(path: str) -> dict[str, str]:
    """No frame, no script but our own file, no outside asset anywhere; other sites may read the API, which has no credentials."""
    if path.startswith("/api/") or path == "/openapi.json":
        return _SECURITY | {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
    return _SECURITY | {"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "max-age=3600" if path.startswith("/static/") else "no-cache"}


class Guard:
    """Around every route: HEAD as GET without a body, a path that is UTF-8, and the security headers."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        headers = [(name.lower().encode(), value.encode()) for name, value in _headers(scope["path"]).items()]

        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in headers}
                message["headers"] = [pair for pair in message.get("headers", []) if pair[0] not in given] + headers
            elif head:
                message["body"] = b""
            await send(message)

        if head:
            scope = {**scope, "method": "GET"}
        try:
            # The server's own decoding puts U+FFFD for what is no UTF-8.
            scope = {**scope, "path": http_parameters.decode(scope["raw_path"], "the path")}
        except UsageError as error:
            await problem_response(problem(error), scope["path"])(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)
