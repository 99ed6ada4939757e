"""What the commands share: the engine's address, output that survives a closed pipe, messages, and the filter options.

Data goes to standard output by `emit`, everything else to standard error by `say`.
"""

from __future__ import annotations

import inspect
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_complete import values as completed
from api.labels import FACET_LABELS
from api.table import Style
from api.visible import visible
from indexer.engine.schema import CLOSED_FACETS, FACETS, OPEN_FACETS
from indexer.errors import QuerySyntaxError, SettingsError
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.engine.contract import Engine

EngineOption = Annotated[
    str | None,
    typer.Option("--engine", metavar="ADDRESS", help="embedded:PATH or http(s)://host:port; else BAOCAO_ENGINE, else the user's data folder."),
]
QueryArgument = Annotated[
    list[str] | None, typer.Argument(metavar="QUERY", help='Words, "phrases", AND OR NOT, ( ), prefix*, a NEAR/5 b, field:value, year:2019..2021.')
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Not before: 2024, 2024-03, 2024-03-15 or 15/03/2024.")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Not after; a year or month means its last day.")]
MatchOption = Annotated[str, typer.Option("--match", metavar="all|any", help="Reports with all words, or with any of them.")]
GroupOption = Annotated[bool, typer.Option("--group", help="Show a group of near-duplicates as one hit, and count it once.")]
InGroupOption = Annotated[str | None, typer.Option("--in-group", metavar="ID", help="Only reports of this group of near-duplicates (`group` in JSON).")]


class ReaderGone(Exception):
    """Who reads our standard output has closed it, as `| head` does: there is nothing left to do."""


def emit(text: str) -> None:
    """Data for standard output. Raises ReaderGone when nobody reads any more."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise ReaderGone from None


def flush() -> None:
    """Sends what `emit` holds back. Raises ReaderGone when nobody reads any more."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None


def say(text: str) -> None:
    """A message for standard error, without characters that drive a terminal."""
    print(visible(text, keep="\n"), file=sys.stderr)


def output_style() -> Style:
    """Colours and width of standard output; NO_COLOR turns colours off. What is not a terminal gets 100 columns."""
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else 100
    return Style(color=terminal and not os.environ.get("NO_COLOR"), width=max(40, width), terminal=terminal)


@contextmanager
def pointing_into(query: str) -> Iterator[None]:
    """Errors in `query` show the place: some thirty characters on either side of it, and a caret under it."""
    try:
        yield
    except QuerySyntaxError as error:
        at = error.position
        before, after = (visible(part.replace("\n", " ")) for part in (query[max(0, at - 30) : at], query[at : at + 30]))
        columns = sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in before)
        error.add_note(f"  {before}{after}\n  {' ' * columns}^")
        raise


# ---------------------------------------------------------------- the engine


def settings_of(ctx: typer.Context, engine: str | None) -> Settings:
    """Settings from the environment, the engine as given after or before the command. Raises SettingsError."""
    address = engine if engine is not None else ctx.obj
    settings = Settings.from_env()
    if address is None:
        return settings
    if not address:
        raise SettingsError("--engine is empty; give embedded:PATH or http(s)://host:port, or leave it out")
    return replace(settings, engine=address)


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings name, closed at the end."""
    from indexer.engine import open_engine

    engine = open_engine(settings)
    try:
        yield engine
    finally:
        engine.close()


def one_text(words: Sequence[str] | None, what: str) -> str:
    """The one argument that a query or text is. Raises typer.BadParameter for several: the shell has taken the quotes away."""
    words = words or ()
    if len(words) > 1:
        raise typer.BadParameter(f"give {what} as one argument, in single quotes: '{' '.join(words)}'")
    return words[0] if words else ""


# ---------------------------------------------------------------- filters: two options for each facet


@dataclass(frozen=True, slots=True)
class Chosen:
    """Filter values as typed: facet -> values, wanted and excluded."""

    include: Mapping[str, Sequence[str]]
    exclude: Mapping[str, Sequence[str]]


def with_filters(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command `--FACET` and `--not-FACET` for every facet of the schema; it receives them as `chosen: Chosen`."""
    options: list[inspect.Parameter] = []
    for prefix, text in (("", "{}: a name or id; may be repeated."), ("not-", "Leave out: {}.")):
        for facet in FACETS:
            label = FACET_LABELS[facet][1]
            hint = text.format(label.lower() if prefix else label)
            offers = completed(facet) if facet in (*OPEN_FACETS, *CLOSED_FACETS) else None
            option = typer.Option(f"--{prefix}{facet.replace('_', '-')}", metavar="VALUE", help=hint, autocompletion=offers)
            name = f"{prefix}{facet}".replace("-", "_")
            options.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[list[str] | None, option]))

    def run(**values: Any) -> int:
        given = {facet: values.pop(facet) or () for facet in FACETS}
        refused = {facet: values.pop(f"not_{facet}") or () for facet in FACETS}
        return command(**values, chosen=Chosen(given, refused))

    own = inspect.signature(command, eval_str=True)
    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own.parameters.values() if p.name != "chosen"]
    run.__signature__ = own.replace(parameters=[*parameters, *options])  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in (*parameters, *options)} | {"return": int}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run
