"""The command line as a process of its own: terminals, pipes, signals, locales, and what it imports."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CORPUS, ROOT


def _interruptible() -> None:
    """A shell starts what runs in the background with interrupts ignored, and a process hands that on: the tests may run so."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def process(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": _interruptible}
    running: subprocess.Popen[bytes] = subprocess.Popen([sys.executable, "-m", "api.cli", *arguments], cwd=ROOT, **pipes | options)
    return running


def at_terminal(*arguments: str, **environment: str) -> str:
    """What a terminal gets from a command line: standard output and standard error together."""
    ours, theirs = pty.openpty()
    shown = b""
    options = {"stdin": subprocess.DEVNULL, "stdout": theirs, "stderr": theirs, "env": {**os.environ, **environment}}
    with open(ours, "rb", buffering=0) as screen, process(*arguments, **options) as running:
        os.close(theirs)
        while piece := _read(screen):
            shown += piece
    assert running.returncode == 0
    return shown.decode("utf-8").replace("\r\n", "\n")


def _read(screen: io.FileIO) -> bytes:
    try:
        return screen.read(65536)
    except OSError:  # how Linux says that nobody writes to the terminal any more
        return b""


def test_a_terminal_gets_colours_and_no_escape_of_a_report(tmp_path: Path) -> None:
    address = f"embedded:{tmp_path / 'index'}"
    record = {"id": "a", "title": "Họp \x1b[31m tỉnh", "body": "Sáng 5/3/2024, tỉnh Gia Lai họp. " * 9}
    (tmp_path / "x.jsonl").write_text(json.dumps(record), encoding="utf-8")
    loading = at_terminal("--engine", address, "index", str(tmp_path / "x.jsonl"), "--workers", "1")
    assert loading.splitlines()[-1].endswith("1 read: 1 added, 0 unchanged")
    assert "\x1b[Kpublish" in loading or "\x1b[Kread" in loading
    table = at_terminal("--engine", address, "search", '"gia lai"', COLUMNS="60")
    assert ("\x1b[1;33mGia Lai\x1b[0m" in table, "\\x1b[31m" in table, "\x1b[31m" in table) == (True, True, False)
    for form in ("table", "csv", "ids", "json", "jsonl"):
        assert "\x1b" not in at_terminal("--engine", address, "search", '"gia lai"', "--format", form, NO_COLOR="1")


def test_a_closed_pipe_ends_quietly(index: str) -> None:
    for arguments in (["search", "--all", "--format", "jsonl"], ["--help"], ["extract", str(CORPUS)], ["search", "x", "--facet", "year"]):
        with process("--engine", index, *arguments) as running:
            assert running.stdout
            running.stdout.close()
            _, err = running.communicate()
        assert b"Traceback" not in err
        assert b"Broken" not in err
        assert running.returncode == 0, (arguments, err)


def test_a_full_disk_is_an_error(index: str) -> None:
    with open("/dev/full", "wb") as full, process("--engine", index, "search", "--format", "json", stdout=full) as running:
        _, err = running.communicate()
    assert (running.returncode, b"No space left" in err, b"Traceback" in err) == (4, True, False)


def test_interrupted_is_130(index: str) -> None:
    with process("--engine", index, "search", "--queries", "-") as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write("kinh tế\n".encode())
        running.stdin.flush()
        assert running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, err = running.communicate()
    assert (running.returncode, err) == (130, b"baocao: interrupted\n")


def test_serve_answers_until_interrupted_and_tells_when_it_cannot_start(index: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
        with process("--engine", index, "serve", "--port", port) as refused:
            _, err = refused.communicate()
    assert (refused.returncode, b"address already in use" in err, b"Traceback" in err) == (4, True, False)
    with process("--engine", index, "serve", "--port", port) as running:
        deadline = time.monotonic() + 30
        status = None
        while status is None and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                    status = answer.status
            except OSError:
                time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate()
    assert (status, running.returncode, out, b"Traceback" in err) == (200, 0, b"", False)


def test_vietnamese_in_any_locale(index: str) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    with process("--engine", index, "facets", "province", "--format", "csv", env=environment) as running:
        out, _ = running.communicate()
    assert "Đắk Lắk" in out.decode("utf-8")


HEAVY = {"elasticsearch", "tantivy", "pyvi", "sklearn", "numpy", "fastapi", "starlette", "uvicorn", "jinja2", "rich"}


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--help"], set()),
        (["search", "--help"], set()),
        (["serve", "--help"], set()),
        (["nonsense"], set()),
        (["search", "dak lak"], {"tantivy"}),
        (["facets", "year"], {"tantivy"}),
        (["search", "x", "--engine", "http://127.0.0.1:9"], {"elasticsearch"}),
    ],
)
def test_a_command_imports_only_what_it_uses(index: str, arguments: list[str], loaded: set[str]) -> None:
    program = f"import sys; from api.cli import main; main({arguments!r}); print('loaded', *{HEAVY!r} & set(sys.modules))"
    environment = {**os.environ, "BAOCAO_ENGINE": index, "BAOCAO_READ_TIMEOUT": "0.5"}
    out = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    found = set(out.splitlines()[-1].split()[1:])
    if "elasticsearch" in found:
        found.discard("rich")  # its client imports rich on some machines
    assert found == loaded
