"""The command line: `baocao COMMAND`. Each command is thin: options in, one call of the library, rows out.

Exit codes: 0 found, 1 nothing found or some documents rejected, 2 usage, 3 engine unreachable, 4 anything else that
failed, 130 interrupted. Data on standard output, everything else on standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from api import cli_entities, cli_index, cli_search, cli_serve, cli_text
from api.cli_common import EngineOption, ReaderGone, flush, say
from api.cli_complete import COMPLETION
from api.errors import FAILED, FOUND, INTERRUPTED, USAGE, outcome
from indexer.errors import BaocaoError

PROGRAM = "baocao"

app = typer.Typer(
    help="Search Vietnamese party and government reports: by words with or without marks, official, place, date and topic.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
for _command in (
    cli_index.index,
    cli_index.link,
    cli_index.rebuild,
    cli_index.rollback,
    cli_index.delete,
    cli_search.search,
    cli_search.facets,
    cli_search.similar,
    cli_search.show,
    cli_entities.officials,
    cli_entities.official,
    cli_entities.places,
    cli_entities.document,
    cli_text.extract,
    cli_text.analyze,
    cli_index.status,
    cli_serve.serve,
):
    app.command()(_command)


@app.callback(invoke_without_command=True)
def _program(ctx: typer.Context, engine: EngineOption = None) -> int:
    ctx.obj = engine
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())
        return USAGE
    return FOUND


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line (default: the process's) and gives its exit code. Raises only with BAOCAO_DEBUG, and only what nobody foresaw."""
    for stream in (sys.stdout, sys.stderr):
        _make_utf8(stream)
    try:
        code = get_command(app).main(None if arguments is None else list(arguments), prog_name=PROGRAM, standalone_mode=False)
        flush()
    except ReaderGone:
        # What Python still holds back would raise again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except SystemExit as ended:
        # Typer's own way out: shell completion, and a reader of --help that is gone.
        return int(ended.code or 0) if COMPLETION in os.environ else FOUND
    except TyperException as error:
        return _usage(error)
    except BaocaoError as error:
        say(f"{PROGRAM}: {_described(error)}")
        return outcome(error).exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:
        if os.environ.get("BAOCAO_DEBUG"):
            raise
        say(f"{PROGRAM}: unexpected {type(error).__name__}: {error}\nset BAOCAO_DEBUG=1 to see where")
        return FAILED
    if code == INTERRUPTED:
        say(f"{PROGRAM}: interrupted")
    return int(code)


def _make_utf8(stream: TextIO) -> None:
    """Vietnamese whatever the locale says; what is no character (a file name in another encoding) as an escape."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _usage(error: TyperException) -> int:
    """A command line that does not parse: what is wrong, the nearest right word where there is one, where to read on."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else PROGRAM
    say(f"{PROGRAM}: {error.format_message()}\ntry '{command} --help'")
    return USAGE


def _described(error: BaocaoError) -> str:
    return "\n".join((str(error), *getattr(error, "__notes__", ())))


if __name__ == "__main__":
    sys.exit(main())
