"""The commands that need no index: extract and analyze."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from api.cli_common import emit, flush, one_text, say
from api.errors import FOUND, NOTHING_FOUND
from api.parameters import one_of
from api.render import json_line, json_text
from api.visible import visible
from indexer.errors import InputRejected, UsageError
from indexer.settings import Settings

PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, *.jsonl, *.jsonl.gz, or - for standard input.")]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Encoding of the files, where it is not UTF-8 and has no mark; tcvn3 (ABC) and vni too.")
]


def extract(paths: PathsArgument, encoding: EncodingOption = None) -> int:
    """Print the extracted records. One JSON object a line; nothing is indexed."""
    from indexer.clean import clean
    from indexer.extract import extract as record
    from indexer.read import read

    some = rejected = False
    for item in read(paths, Settings.from_env(), encoding):
        if isinstance(item, InputRejected):
            rejected = True
            say(f"rejected {item}")
            continue
        some = True
        emit(json_line(record(clean(item)).as_dict()) + "\n")
        if sys.stdout.isatty():
            flush()
    flush()
    return FOUND if some and not rejected else NOTHING_FOUND


def analyze(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Text of a document or a query.")],
    form: Annotated[str, typer.Option("--format", metavar="table|json", help="Form of the output.")] = "table",
) -> int:
    """Print the tokens of a text. Those of each field, and what each word stands for in a query."""
    kind = one_of(form, "format", ("table", "json"))
    typed = one_text(text, "the text")
    if any("\ud800" <= c <= "\udfff" for c in typed):
        raise UsageError("the text is not UTF-8")
    from analyzers import Analyzer

    analyzer = Analyzer()
    fields = analyzer.document(typed.split("\n"))
    units = [
        {"text": typed[unit.start : unit.end], "variants": [{"tokens": list(v.tokens), "folded": list(v.folded), "kind": v.kind} for v in unit.variants]}
        for unit in analyzer.query(typed)
    ]
    if kind == "json":
        emit(json_text({"syllables": fields.syllables.split(), "words": fields.words.split(), "folded": fields.folded.split(), "query": units}) + "\n")
    else:
        emit("".join(f"{name:<10} {visible(tokens)}\n" for name, tokens in _fields(fields)))
        emit("".join(f"{'query' if not number else '':<10} {_unit(unit)}\n" for number, unit in enumerate(units)))
    flush()
    return FOUND if units else NOTHING_FOUND


def _fields(fields: Any) -> tuple[tuple[str, str], ...]:
    return ("syllables", fields.syllables), ("words", fields.words), ("folded", fields.folded)


def _unit(unit: dict[str, Any]) -> str:
    variants = ", ".join(f"{' '.join(v['tokens'])} ({v['kind']})" for v in unit["variants"])
    return visible(f"{unit['text']}: {variants}")
