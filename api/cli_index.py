"""The commands that write the index, and status."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_common import EngineOption, emit, flush, opened, say, settings_of
from api.cli_text import EncodingOption, PathsArgument
from api.errors import FOUND, NOTHING_FOUND
from api.parameters import one_of
from api.render import json_text
from api.visible import visible

if TYPE_CHECKING:
    from indexer.engine.contract import IndexInfo
    from indexer.load import LoadSummary

WorkersOption = Annotated[int | None, typer.Option("--workers", metavar="N", min=1, help="Processes that clean and analyse; else one a processor.")]


def index(
    ctx: typer.Context,
    paths: PathsArgument,
    workers: WorkersOption = None,
    encoding: EncodingOption = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove reports whose source under PATH is gone.")] = False,
    engine: EngineOption = None,
) -> int:
    """Load documents. What has not changed is not written again; a rejected document is named and the rest is loaded."""
    from indexer import load

    settings = settings_of(ctx, engine)
    with opened(settings) as source, _Progress() as progress:
        summary = load.index(source, paths, settings, workers=workers or _processors(), encoding=encoding, prune=prune, progress=progress)
    for rejection in summary.rejected:
        say(f"rejected {rejection.where}: {rejection.reason}")
    say(_counted(summary))
    return NOTHING_FOUND if summary.rejected or not (summary.read or summary.removed) else FOUND


def rebuild(ctx: typer.Context, workers: WorkersOption = None, engine: EngineOption = None) -> int:
    """Build the index anew from what it stores. The old one serves until the new one is complete."""
    from indexer import load

    settings = settings_of(ctx, engine)
    with opened(settings) as source, _Progress() as progress:
        summary = load.rebuild(source, settings, progress, workers=workers or _processors())
        generation = source.status().generation
    say(f"generation {generation} serves now: {summary.written:,} reports rebuilt; 'baocao rollback' goes back to the one before")
    return FOUND


def link(ctx: typer.Context, engine: EngineOption = None) -> int:
    """Assign officials afresh. Every load ends with it; run it after a change of the file of BAOCAO_PERSONS."""
    from indexer import load

    settings = settings_of(ctx, engine)
    with opened(settings) as source, _Progress() as progress:
        changed = load.relink(source, settings, progress)
    say(f"{changed:,} reports have other officials now")
    return FOUND


def rollback(ctx: typer.Context, engine: EngineOption = None) -> int:
    """Go back to the generation before. That is, to the index as it was before the last rebuild."""
    with opened(settings_of(ctx, engine)) as source:
        info = source.rollback()
    say(f"generation {info.generation} serves now: {info.reports:,} reports")
    return FOUND


def delete(
    ctx: typer.Context,
    identifiers: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of reports, as search prints them.")],
    engine: EngineOption = None,
) -> int:
    """Remove reports from the index. Their files stay, and the next index of them brings them back."""
    from indexer import load

    settings = settings_of(ctx, engine)
    with opened(settings) as source:
        removed, missing = load.delete(source, identifiers, settings)
    for identifier in missing:
        say(f"there is no report '{identifier}'")
    say(f"{removed:,} removed")
    return NOTHING_FOUND if missing else FOUND


def status(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", metavar="table|json", help="Form of the output.")] = "table",
    engine: EngineOption = None,
) -> int:
    """Tell the state of the index. Engine, generation, versions, number of reports, range of dates."""
    kind = one_of(form, "format", ("table", "json"))
    with opened(settings_of(ctx, engine)) as source:
        info = source.status()
    emit(json_text(asdict(info)) + "\n" if kind == "json" else _described(info))
    flush()
    if info.generation is None:
        say("nothing is indexed yet: run 'baocao index PATH'")
    else:
        _say_versions(info)
    return FOUND


def _say_versions(info: IndexInfo) -> None:
    """What every command but this one and rebuild is refused with."""
    from indexer.engine.versions import check_versions
    from indexer.errors import IndexMismatch

    try:
        check_versions(str(info.schema_version), str(info.analyzer_version))
    except IndexMismatch as error:
        say(str(error))


def _described(info: IndexInfo) -> str:
    dates = f"{info.first_date} to {info.last_date}" if info.first_date else None
    facts: list[tuple[str, object]] = [
        ("engine", f"{info.engine} {info.engine_version}"),
        ("generation", info.generation),
        ("schema", info.schema_version),
        ("analyzer", info.analyzer_version),
        ("built", info.built),
        ("reports", f"{info.reports:,}"),
        ("dates", dates),
        ("before", info.previous),
        ("unfinished", ", ".join(info.building)),
        ("writing", info.writer),
        *info.extra.items(),
    ]
    return "".join(f"{name:<12}{visible(str(value))}\n" for name, value in facts if value not in (None, ""))


def _counted(summary: LoadSummary) -> str:
    counts = [
        ("added", summary.written - summary.replaced, True),
        ("replaced", summary.replaced, False),
        ("unchanged", summary.unchanged, True),
        ("removed", summary.removed, False),
        ("rejected", len(summary.rejected), False),
        ("files of other kinds passed over", summary.ignored, False),
    ]
    return f"{summary.read:,} read: " + ", ".join(f"{count:,} {name}" for name, count, always in counts if count or always)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Progress:
    """A line on standard error that is written over, at a terminal only; gone when the work is done."""

    _EVERY = 0.1  # seconds between two states of the line

    def __enter__(self) -> _Progress:
        self._terminal = sys.stderr.isatty()
        self._shown = 0.0
        return self

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if self._terminal and now - self._shown >= self._EVERY:
            self._shown = now
            amount = f" {done:,}" + (f" of {total:,} ({done / max(total, 1):.0%})" if total is not None else "") if done else ""
            sys.stderr.write(f"\r\x1b[K{stage}{amount}")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
