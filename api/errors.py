"""One table: each error -> HTTP status, exit code of the command line, title; and the one body shape (RFC 9457).

Exit codes: 1 nothing found or some documents rejected, 2 usage, 3 engine unreachable, 4 anything else that failed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from api.visible import visible
from indexer.errors import (
    BaocaoError,
    CursorExpired,
    EngineError,
    EngineRefused,
    EngineUnreachable,
    EntityNotFound,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    InputRejected,
    InvalidCursor,
    InvalidFilter,
    QuerySyntaxError,
    ReportNotFound,
    SettingsError,
    UsageError,
    WindowExceeded,
    WriterBusy,
)

FOUND, NOTHING_FOUND, USAGE, UNREACHABLE, FAILED = 0, 1, 2, 3, 4
INTERRUPTED = 130  # what shells expect after Ctrl+C: 128 + SIGINT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an error becomes outside: an HTTP status, an exit code, and a short title that never changes for its kind."""

    status: int
    exit_code: int
    title: str


OUTCOMES: dict[type[BaocaoError], Outcome] = {
    BaocaoError: Outcome(500, FAILED, "Something failed"),
    UsageError: Outcome(400, USAGE, "Request cannot be used"),
    QuerySyntaxError: Outcome(400, USAGE, "Malformed query"),
    InvalidFilter: Outcome(400, USAGE, "Unknown or malformed parameter"),
    WindowExceeded: Outcome(422, USAGE, "Past the window of pages"),
    InvalidCursor: Outcome(400, USAGE, "Unusable cursor"),
    SettingsError: Outcome(500, USAGE, "Unusable setting"),
    CursorExpired: Outcome(410, FAILED, "Cursor expired"),
    ReportNotFound: Outcome(404, NOTHING_FOUND, "No such report"),
    EntityNotFound: Outcome(404, NOTHING_FOUND, "No such official, place or document"),
    InputRejected: Outcome(422, NOTHING_FOUND, "Document rejected"),
    EngineError: Outcome(503, FAILED, "Search engine failed"),
    EngineUnreachable: Outcome(503, UNREACHABLE, "Search engine unreachable"),
    EngineRefused: Outcome(503, FAILED, "Search engine refused"),
    IndexMissing: Outcome(503, FAILED, "Nothing indexed yet"),
    IndexMismatch: Outcome(503, FAILED, "Index of another version"),
    IndexDamaged: Outcome(503, FAILED, "Index damaged"),
    WriterBusy: Outcome(503, FAILED, "Index being written"),
}


def outcome(error: BaocaoError) -> Outcome:
    """The table's row for an error, or for the nearest of its classes that has one."""
    return next(OUTCOMES[kind] for kind in type(error).__mro__ if kind in OUTCOMES)


def error_type(error: BaocaoError) -> str:
    """A stable name for the kind of error: `urn:baocao:error:query-syntax-error`."""
    kind = next(kind for kind in type(error).__mro__ if kind in OUTCOMES)
    return "urn:baocao:error:" + re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


def problem(error: BaocaoError) -> dict[str, Any]:
    """The body of an `application/problem+json` answer.

    type, title, status, detail; and where the error knows them: `position` (0-based character of the query), `field`
    (the parameter) and `suggestion` (the nearest right value; past the window, the parameter `cursor`).
    """
    row = outcome(error)
    body: dict[str, Any] = {"type": error_type(error), "title": row.title, "status": row.status, "detail": visible(str(error))}
    if isinstance(error, QuerySyntaxError):
        body["position"] = error.position
    if isinstance(error, InvalidFilter):
        body["field"] = error.field
    if isinstance(error, (QuerySyntaxError, InvalidFilter, EntityNotFound)) and error.suggestion is not None:
        body["suggestion"] = error.suggestion
    if isinstance(error, WindowExceeded):
        body["field"] = "offset"
        body["suggestion"] = "cursor"
    return body
