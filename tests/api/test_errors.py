"""The table of outcomes: complete, and the body that an error becomes."""

from __future__ import annotations

import json

import pytest

from api.errors import OUTCOMES, Outcome, error_type, outcome, problem
from indexer import errors
from indexer.errors import BaocaoError, CursorExpired, EngineUnreachable, InputRejected, InvalidFilter, QuerySyntaxError, WindowExceeded


def every_class(of: type[BaocaoError]) -> set[type[BaocaoError]]:
    return {of}.union(*(every_class(kind) for kind in of.__subclasses__()))


def test_every_error_has_its_row_and_every_row_its_error() -> None:
    ours = {kind for kind in every_class(BaocaoError) if kind.__module__.split(".")[0] in ("analyzers", "indexer", "api")}
    assert ours == set(OUTCOMES)


def test_the_tree_drawn_in_errors_py_is_the_tree() -> None:
    drawn = {line.split("──")[1].split()[0] for line in (errors.__doc__ or "").splitlines() if "──" in line}
    assert drawn == {kind.__name__ for kind in every_class(BaocaoError) - {BaocaoError} if kind.__module__ == errors.__name__}


def test_statuses_and_exit_codes() -> None:
    assert {kind.__name__: (row.status, row.exit_code) for kind, row in OUTCOMES.items()} == {
        "BaocaoError": (500, 4),
        "UsageError": (400, 2),
        "QuerySyntaxError": (400, 2),
        "InvalidFilter": (400, 2),
        "WindowExceeded": (422, 2),
        "InvalidCursor": (400, 2),
        "SettingsError": (500, 2),
        "CursorExpired": (410, 4),
        "ReportNotFound": (404, 1),
        "EntityNotFound": (404, 1),
        "InputRejected": (422, 1),
        "EngineError": (503, 4),
        "EngineUnreachable": (503, 3),
        "EngineRefused": (503, 4),
        "IndexMissing": (503, 4),
        "IndexMismatch": (503, 4),
        "IndexDamaged": (503, 4),
        "WriterBusy": (503, 4),
    }
    titles = [row.title for row in OUTCOMES.values()]
    assert len(set(titles)) == len(titles)


def test_an_error_without_a_row_gets_that_of_its_nearest_class() -> None:
    kind = type("Overloaded", (EngineUnreachable,), {})
    assert outcome(kind("x")) == Outcome(503, 3, "Search engine unreachable")
    assert error_type(kind("x")) == "urn:baocao:error:engine-unreachable"
    del kind


@pytest.mark.parametrize(
    ("error", "body"),
    [
        (
            QuerySyntaxError("this bracket closes nothing", 7),
            {"type": "urn:baocao:error:query-syntax-error", "title": "Malformed query", "status": 400, "detail": "this bracket closes nothing", "position": 7},
        ),
        (
            InvalidFilter("there is no facet 'provnce'", "facet", "province"),
            {
                "type": "urn:baocao:error:invalid-filter",
                "title": "Unknown or malformed parameter",
                "status": 400,
                "detail": "there is no facet 'provnce'",
                "field": "facet",
                "suggestion": "province",
            },
        ),
        (
            InvalidFilter("limit \ud800\x1b", "limit"),
            {
                "type": "urn:baocao:error:invalid-filter",
                "title": "Unknown or malformed parameter",
                "status": 400,
                "detail": "limit \\ud800\\x1b",
                "field": "limit",
            },
        ),
        (
            WindowExceeded("too far"),
            {
                "type": "urn:baocao:error:window-exceeded",
                "title": "Past the window of pages",
                "status": 422,
                "detail": "too far",
                "field": "offset",
                "suggestion": "cursor",
            },
        ),
        (CursorExpired("gone"), {"type": "urn:baocao:error:cursor-expired", "title": "Cursor expired", "status": 410, "detail": "gone"}),
        (
            InputRejected("a.txt", "empty"),
            {"type": "urn:baocao:error:input-rejected", "title": "Document rejected", "status": 422, "detail": "a.txt: empty"},
        ),
    ],
)
def test_the_body_of_a_problem(error: BaocaoError, body: dict[str, object]) -> None:
    assert problem(error) == body
    assert json.loads(json.dumps(body, ensure_ascii=False).encode("utf-8")) == body
