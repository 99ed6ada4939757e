"""The commands that read the index: search, facets, similar, show."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from api.cli_common import (
    Chosen,
    EngineOption,
    FromOption,
    GroupOption,
    InGroupOption,
    MatchOption,
    QueryArgument,
    ToOption,
    emit,
    flush,
    one_text,
    opened,
    output_style,
    pointing_into,
    say,
    settings_of,
    with_filters,
)
from api.cli_complete import reports
from api.errors import FOUND, NOTHING_FOUND
from api.labels import facet_of
from api.parameters import build_query, one_of
from api.render import FACET_COLUMNS, Format, counted_dict, csv_row, facet_dict, facet_rows, json_line, json_text, report_dict, similar_dict, stream
from api.table import facet_lines, report_lines
from api.visible import shortened
from indexer.errors import QuerySyntaxError, ReportNotFound, UsageError

if TYPE_CHECKING:
    from indexer.engine.contract import Engine
    from indexer.models import StoredReport
    from indexer.query import SearchQuery, SearchResults

FormatOption = Annotated[str, typer.Option("--format", metavar="table|json|jsonl|csv|ids", help="Form of the output.")]


@with_filters
def search(
    ctx: typer.Context,
    query: QueryArgument = None,
    queries: Annotated[str | None, typer.Option("--queries", metavar="FILE|-", help="One query a line; JSON Lines out.")] = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    match: MatchOption = "all",
    group: GroupOption = False,
    in_group: InGroupOption = None,
    facet: Annotated[list[str] | None, typer.Option("--facet", metavar="NAME", help="Count the values of this facet. May be repeated.")] = None,
    facet_limit: Annotated[int, typer.Option("--facet-limit", metavar="N", help="Values a facet.")] = 10,
    sort: Annotated[str, typer.Option("--sort", metavar="relevance|newest|oldest", help="Order of the hits.")] = "relevance",
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", help="Hits to show, 0 to 500; 10 unless given.")] = None,
    offset: Annotated[int, typer.Option("--offset", metavar="N", help="Hits to pass over.")] = 0,
    everything: Annotated[bool, typer.Option("--all", help="Every hit, from a view of the index that does not change.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the query was read and where each score comes from.")] = False,
    form: FormatOption = "table",
    engine: EngineOption = None,
    *,
    chosen: Chosen,
) -> int:
    """Find reports. Different filters must all hold; of a filter that is repeated, any of its values."""
    kind = one_of(form, "format", get_args(Format))
    text = one_text(query, "the query")
    if everything and (limit is not None or offset):
        raise typer.BadParameter("--all shows every hit: leave out --limit and --offset")
    options: dict[str, Any] = {
        "include": chosen.include,
        "exclude": chosen.exclude,
        "date_from": date_from,
        "date_to": date_to,
        "match": match,
        "facets": facet or (),
        "facet_limit": facet_limit,
        "sort": sort,
        "limit": 10 if limit is None else limit,
        "offset": offset,
        "explain": explain,
        "highlight": kind in ("table", "json", "jsonl") and queries is None,
        "group": group,
        "in_group": in_group,
    }
    if queries is not None:
        if text or form not in ("table", "jsonl") or facet or explain:
            raise typer.BadParameter("--queries takes its queries from the file and gives JSON Lines: leave out QUERY, --format, --facet and --explain")
        return _batch(ctx, engine, queries, options, everything)
    if facet and kind not in ("table", "json"):
        raise typer.BadParameter(f"--facet has no place in --format {kind}: take table or json, or the command facets")
    with pointing_into(text), opened(settings_of(ctx, engine)) as source:
        wanted = build_query(text, **options)
        pages = _pages(source, wanted, everything)
        first = next(pages)
        for piece in stream(_again(first, pages), kind, output_style()):
            emit(piece)
        flush()
    _say_respelled(first)
    if kind == "table":
        _summary(first, wanted)
    return FOUND if first.total or first.relaxed else NOTHING_FOUND


def _pages(engine: Engine, query: SearchQuery, everything: bool) -> Iterator[SearchResults]:
    from indexer.search import search as answer
    from indexer.search import search_all

    if everything:
        yield from search_all(engine, query)
    else:
        yield answer(engine, query)


def _again(first: SearchResults, rest: Iterable[SearchResults]) -> Iterator[SearchResults]:
    yield first
    yield from rest


def _say_respelled(results: SearchResults, where: str = "") -> None:
    for word in results.respelled:
        say(f'{where}no report holds all that was typed: {word.typed} read as {word.read} ("{word.typed}" in quotes is taken as it is)')


def _summary(results: SearchResults, query: SearchQuery, ways: str = "--offset, --all") -> None:
    """How many there are, by which `ways` to see the others, and how the query was read if that was asked for."""
    found = f"{results.total:,} report{'' if results.total == 1 else 's'} found{', near-duplicates grouped' if query.group else ''}"
    if results.relaxed:
        found += f", {results.relaxed:,} more that lack a word"
    shown = len(results.hits)
    if query.cursor is None and 0 < shown < results.total + results.relaxed:
        found += f"; shown {query.offset + 1:,} to {query.offset + shown:,} ({ways})"
    say(found)
    for item in (results.explanation or {}).get("words", ()):
        variants = ", ".join(f"{' '.join(v['tokens'])} ({v['kind']})" for v in item["variants"])
        say(f"  {item['kind']} {item['text']}: {variants}")


def _batch(ctx: typer.Context, address: str | None, path: str, options: dict[str, Any], everything: bool) -> int:
    """Each line of a file as a query. A line that cannot be used is named, and the rest goes on."""
    found = failed = False
    with opened(settings_of(ctx, address)) as engine:
        # A filter that cannot be used is an error of its own, not of each line.
        next(_pages(engine, build_query("", **options | {"limit": 0, "offset": 0}), False))
        for number, line in _lines(path):
            try:
                text = line.decode("utf-8").strip("\r\n")
                if not text.strip():
                    continue
                for at, page in enumerate(_pages(engine, build_query(text, **options), everything)):
                    if at == 0:
                        _say_respelled(page, f"{path}, line {number}: ")
                    for hit in page.hits:
                        found = True
                        row = {"query": text, "rank": hit.rank, "id": hit.id, "source": hit.stored.report.source, "score": hit.score, "relaxed": hit.relaxed}
                        emit(json_line(row) + "\n")
                flush()
            except UnicodeDecodeError as error:
                failed = True
                say(f"{path}, line {number}: not UTF-8 at byte {error.start}; left out")
            except UsageError as error:
                failed = True
                place = f", character {error.position + 1}" if isinstance(error, QuerySyntaxError) else ""
                say(f"{path}, line {number}{place}: {error}; left out")
    return FOUND if found and not failed else NOTHING_FOUND


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    if path == "-":
        yield from enumerate(sys.stdin.buffer, start=1)
        return
    try:
        with open(path, "rb") as file:
            yield from enumerate(file, start=1)
    except OSError as error:
        raise typer.BadParameter(f"cannot read {path}: {error.strerror}", param_hint="--queries") from None


@with_filters
def facets(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The facet, by its English or Vietnamese name.")],
    query: QueryArgument = None,
    prefix: Annotated[str, typer.Option("--prefix", metavar="TEXT", help="Only values with a word that begins so.")] = "",
    facet_limit: Annotated[int, typer.Option("--facet-limit", "--limit", metavar="N", help="Values to show, at most 1,000.")] = 50,
    date_from: FromOption = None,
    date_to: ToOption = None,
    match: MatchOption = "all",
    group: GroupOption = False,
    in_group: InGroupOption = None,
    form: FormatOption = "table",
    engine: EngineOption = None,
    *,
    chosen: Chosen,
) -> int:
    """Count the values of a facet. Over all reports, or those that a query and filters find."""
    kind = one_of(form, "format", get_args(Format))
    facet = facet_of(name, "NAME")
    text = one_text(query, "the query")
    with pointing_into(text), opened(settings_of(ctx, engine)) as source:
        wanted = build_query(
            text,
            include=chosen.include,
            exclude=chosen.exclude,
            date_from=date_from,
            date_to=date_to,
            match=match,
            facets=[facet],
            facet_limit=facet_limit,
            facet_prefix=prefix,
            limit=0,
            highlight=False,
            group=group,
            in_group=in_group,
        )
        results = next(_pages(source, wanted, False))
    (counted,) = results.facets
    if kind == "table":
        emit("".join(f"{line}\n" for line in facet_lines(counted, output_style())))
    elif kind == "json":
        emit(json_text(counted_dict(results)) + "\n")
    elif kind == "jsonl":
        emit("".join(json_line(value) + "\n" for value in facet_dict(counted)["values"]))
    elif kind == "csv":
        emit(csv_row(FACET_COLUMNS) + "".join(facet_rows(counted)))
    else:
        emit("".join(f"{value.value}\n" for value in counted.values))
    flush()
    _say_respelled(results)
    return FOUND if counted.missing or any(value.count for value in counted.values) else NOTHING_FOUND


@with_filters
def similar(
    ctx: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Id of the report, as search prints it.", autocompletion=reports)],
    date_from: FromOption = None,
    date_to: ToOption = None,
    group: GroupOption = False,
    in_group: InGroupOption = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="Reports to show, 0 to 500.")] = 10,
    offset: Annotated[int, typer.Option("--offset", metavar="N", help="Reports to pass over.")] = 0,
    explain: Annotated[bool, typer.Option("--explain", help="Show the report's telling words and where each score comes from.")] = False,
    form: FormatOption = "table",
    engine: EngineOption = None,
    *,
    chosen: Chosen,
) -> int:
    """Find reports like one. Those that share its most telling words; with --group its near-duplicates are left out."""
    from indexer.search import similar as alike

    kind = one_of(form, "format", get_args(Format))
    with opened(settings_of(ctx, engine)) as source:
        wanted = build_query(
            include=chosen.include,
            exclude=chosen.exclude,
            date_from=date_from,
            date_to=date_to,
            limit=limit,
            offset=offset,
            explain=explain,
            highlight=kind in ("table", "json", "jsonl"),
            group=group,
            in_group=in_group,
        )
        stored = _report(source, identifier)
        found = alike(source, stored, wanted)
        pieces = [json_text(similar_dict(stored, found)) + "\n"] if kind == "json" else stream([found], kind, output_style())
        for piece in pieces:
            emit(piece)
        flush()
    if kind == "table":
        _summary(found, wanted, "--offset")
    return FOUND if found.total else NOTHING_FOUND


def show(
    ctx: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Id of the report, as search prints it.", autocompletion=reports)],
    form: Annotated[str, typer.Option("--format", metavar="table|json", help="Form of the output.")] = "table",
    engine: EngineOption = None,
) -> int:
    """Show one report, with its metadata and the evidence for it."""
    kind = one_of(form, "format", ("table", "json"))
    with opened(settings_of(ctx, engine)) as source:
        stored = _report(source, identifier)
    emit(json_text(report_dict(stored)) + "\n" if kind == "json" else "".join(f"{line}\n" for line in report_lines(stored, output_style())))
    flush()
    return FOUND


def _report(engine: Engine, identifier: str) -> StoredReport:
    stored = engine.get([identifier]).get(identifier)
    if stored is None:
        raise ReportNotFound(f"there is no report '{shortened(identifier, 200)}'; 'baocao search --format ids' lists what there is")
    return stored
