"""The commands about what reports name: officials, official, places, document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from api.cli_common import EngineOption, emit, flush, one_text, opened, output_style, say, settings_of
from api.cli_complete import values
from api.errors import FOUND, NOTHING_FOUND
from api.parameters import check_list, name_of, one_of
from api.render import csv_row, json_line, json_text

OffsetOption = Annotated[int, typer.Option("--offset", metavar="N", help="Entries to pass over.")]
ShapeOption = Annotated[str, typer.Option("--format", metavar="table|json", help="Form of the output.")]


def officials(
    ctx: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY", help="Part of a name or a post, from a word's beginning on.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="Officials to show, 0 to 500.")] = 20,
    offset: OffsetOption = 0,
    form: Annotated[str, typer.Option("--format", metavar="table|json|jsonl|csv", help="Form of the output.")] = "table",
    engine: EngineOption = None,
) -> int:
    """List officials by name or post. Those with most reports come first."""
    from api import entities_render as render
    from indexer import entities

    kind = one_of(form, "format", ("table", "json", "jsonl", "csv"))
    text = name_of(one_text(query, "the query"), "QUERY")
    check_list(limit, offset)
    with opened(settings_of(ctx, engine)) as source:
        total, rows = entities.officials(source, text, limit, offset)
    shape = render.officials_dict(total, rows)
    if kind == "json":
        emit(json_text(shape) + "\n")
    elif kind == "jsonl":
        emit("".join(json_line(row) + "\n" for row in shape["officials"]))
    elif kind == "csv":
        emit(csv_row(render.OFFICIAL_COLUMNS) + "".join(render.official_row(row) for row in rows))
    else:
        _lines(line for row in rows for line in render.official_row_lines(row, output_style()))
        _summary(total, len(rows), offset, "official")
    flush()
    return FOUND if total else NOTHING_FOUND


def official(
    ctx: typer.Context,
    person: Annotated[
        str, typer.Argument(metavar="KEY", help="Key of the official, as officials and search print it.", autocompletion=values("official", keys=True))
    ],
    form: ShapeOption = "table",
    engine: EngineOption = None,
) -> int:
    """Show an official's posts in date order. Each with the reports and passages that state it."""
    from api import entities_render as render
    from indexer import entities

    kind = one_of(form, "format", ("table", "json"))
    with opened(settings_of(ctx, engine)) as source:
        found = entities.official(source, name_of(person, "KEY"))
    return _show(render.person_dict(found), render.person_lines(found, output_style()), kind)


def places(
    ctx: typer.Context,
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="Name or id of a province, district or commune of either era.",
            autocompletion=values("province", "province_now", "district", "commune"),
        ),
    ],
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="Places to show, 0 to 500.")] = 10,
    offset: OffsetOption = 0,
    form: ShapeOption = "table",
    engine: EngineOption = None,
) -> int:
    """Show the places that a name may mean. What each lies in, was made of and is today, and the newest reports that name it."""
    from api import entities_render as render
    from indexer import entities

    kind = one_of(form, "format", ("table", "json"))
    text = name_of(one_text(name, "the name"), "NAME")
    if not text:
        raise typer.BadParameter("NAME is empty; give the name or the id of a place")
    check_list(limit, offset)
    with opened(settings_of(ctx, engine)) as source:
        total, found = entities.places(source, text, limit, offset)
    suggestion = None if total else entities.suggestion(text)
    _show(render.places_dict(total, found, suggestion), (line for place in found for line in (*render.place_lines(place, output_style()), "")), kind)
    if kind == "table":
        _summary(total, len(found), offset, "place")
    if suggestion:
        say(f"did you mean '{suggestion}'?")
    return FOUND if total else NOTHING_FOUND


def document(
    ctx: typer.Context,
    number: Annotated[
        list[str], typer.Argument(metavar="NUMBER", help="Number of a document, however typed: 35-CT/TW, 178/2024/NĐ-CP.", autocompletion=values("document"))
    ],
    form: ShapeOption = "table",
    engine: EngineOption = None,
) -> int:
    """List the reports that cite a document. In date order, each with the passage that does."""
    from api import entities_render as render
    from indexer import entities

    kind = one_of(form, "format", ("table", "json"))
    text = name_of(one_text(number, "the number"), "NUMBER")
    with opened(settings_of(ctx, engine)) as source:
        found = entities.document(source, text)
    return _show(render.document_dict(found), render.document_lines(found, output_style()), kind)


def _show(shape: dict[str, Any], lines: Iterable[str], kind: str) -> int:
    if kind == "json":
        emit(json_text(shape) + "\n")
    else:
        _lines(lines)
    flush()
    return FOUND


def _lines(lines: Iterable[str]) -> None:
    emit("".join(f"{line}\n" for line in lines))


def _summary(total: int, shown: int, offset: int, noun: str) -> None:
    found = f"{total:,} {noun}{'' if total == 1 else 's'} found"
    say(found + (f"; shown {offset + 1:,} to {offset + shown:,} (--offset)" if 0 < shown < total else ""))
