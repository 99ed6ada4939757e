"""Makes the generated parts of the documents: real output of the commands, and tables from the code. `make docs` runs it through cog.

Each function prints Markdown. The index behind the samples holds corpus/ and lives in a temporary folder.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import shlex
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parent.parent
COMMANDS = (
    "index", "search", "facets", "similar", "show", "officials", "official", "places", "document",
    "extract", "analyze", "status", "link", "rebuild", "rollback", "delete", "serve",
)  # fmt: skip
_folders: list[tempfile.TemporaryDirectory[str]] = []  # removed when the process ends


@contextlib.contextmanager
def _surroundings() -> Iterator[None]:
    """The repository's folder, a terminal of 100 columns without colours, and no setting but the sample index."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BAOCAO_")}
    environment |= {"BAOCAO_ENGINE": f"embedded:{_sample_folder()}", "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    with mock.patch.dict(os.environ, environment, clear=True), contextlib.chdir(ROOT):
        yield


@lru_cache(maxsize=1)
def _sample_folder() -> str:
    from indexer.engine import open_engine
    from indexer.load import index
    from indexer.settings import Settings

    folder = tempfile.TemporaryDirectory(prefix="baocao-docs-")
    _folders.append(folder)
    engine = open_engine(Settings(engine=f"embedded:{folder.name}"))
    index(engine, [str(ROOT / "corpus")], Settings())
    engine.close()
    return folder.name


def _run(line: str) -> str:
    from api.cli import main

    out = io.StringIO()
    with _surroundings(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        main(shlex.split(line))
    return "\n".join(part.rstrip() for part in out.getvalue().rstrip().splitlines())


def console(*lines: str) -> None:
    """What a terminal shows after each `baocao LINE`."""
    shown = "\n\n".join(f"$ baocao {line}\n{_run(line)}" for line in lines)
    print(f"```console\n{shown}\n```")


def demo() -> None:
    """What `make demo` shows: the commands of demo.sh, the first on an index of its own."""
    lines = [line.removeprefix("baocao ") for line in (ROOT / "demo.sh").read_text(encoding="utf-8").splitlines() if line.startswith("baocao ")]
    facets = next(line for line in (ROOT / "demo.sh").read_text(encoding="utf-8").splitlines() if line.startswith("facets=("))[len("facets=(") : -1]
    with tempfile.TemporaryDirectory() as folder:
        shown = "\n\n".join(f"$ baocao {line}\n{_run(f'--engine embedded:{folder} {line}')}" for line in (x.replace('"${facets[@]}"', facets) for x in lines))
    print(f"```console\n{shown}\n```")


def commands() -> None:
    """The help of every command."""
    for name in COMMANDS:
        print(f"## {name}\n\n```\n{_run(f'{name} --help')}\n```\n")


def settings() -> None:
    """The table of environment variables."""
    from indexer.settings import Settings

    print("| variable | default | meaning |\n| --- | --- | --- |")
    for field in dataclasses.fields(Settings):
        default = f"`{field.default}`" if field.default != "" else ""
        print(f"| `{field.metadata['variable']}` | {default} | {field.metadata['help']}{' (secret)' if field.metadata['secret'] else ''} |")


def facets() -> None:
    """The table of facets, with the names that a query may use before a colon."""
    from api.http_parameters import EXAMPLES
    from api.labels import FACET_LABELS, FIELD_NAMES
    from indexer.engine.schema import FACETS

    print("| facet | Vietnamese | in a query also | example |\n| --- | --- | --- | --- |")
    for facet in FACETS:
        print(f"| `{facet}` | {FACET_LABELS[facet][0]} | {', '.join(f'`{name}:`' for name in FIELD_NAMES[facet])} | `{EXAMPLES[facet]}` |")


def routes() -> None:
    """The table of HTTP routes."""
    from api.app import create_app
    from indexer.settings import Settings

    print("| route | answers |\n| --- | --- |")
    for path, operations in create_app(Settings()).openapi()["paths"].items():
        print(f"| `GET {path}` | {operations['get']['summary']} |")


def http(address: str) -> None:
    """What the server answers to GET."""
    from fastapi.testclient import TestClient

    from api.app import create_app
    from indexer.settings import Settings

    with _surroundings(), TestClient(create_app(Settings.from_env())) as client:
        answer = client.get(address)
    body = json.dumps(answer.json(), ensure_ascii=False, indent=2)
    print(f"```http\nGET {address}\n\n{answer.status_code} {answer.headers['content-type']}\n\n{body}\n```")
