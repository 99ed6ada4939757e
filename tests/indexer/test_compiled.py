"""Compiled modules (`make fast`) run only where none is older than its source; compile.py says what a machine lacks.

That they make the same records is asked by `make test` itself, with tests/extraction/records.py, where there is a compiler.
"""

from __future__ import annotations

import importlib
import logging
import os
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from indexer.extract.compiled import _choose

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a module `one` in source, and compiled by nobody: what should import the latter fails."""
    folder = tmp_path / "half_compiled"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "one.py").write_text("ORIGIN = 'source'")
    (folder / f"one{EXTENSION_SUFFIXES[0]}").write_bytes(b"no library")
    (folder / f"shared{EXTENSION_SUFFIXES[0]}").write_bytes(b"what the compiled modules share has no source")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "path_importer_cache", dict(sys.path_importer_cache))
    monkeypatch.delitem(sys.modules, "half_compiled", raising=False)
    monkeypatch.delitem(sys.modules, "half_compiled.one", raising=False)
    importlib.invalidate_caches()
    return folder


def age(folder: Path, source: int, compiled: int) -> None:
    os.utime(folder / "one.py", (source, source))
    os.utime(folder / f"one{EXTENSION_SUFFIXES[0]}", (compiled, compiled))


def test_compiled_modules_run_where_they_are_as_new_as_their_source(package: Path, caplog: pytest.LogCaptureFixture) -> None:
    age(package, source=1_000, compiled=1_000)
    assert _choose(package) == ["one"]
    assert caplog.text == ""
    with pytest.raises(ImportError, match="one"):
        importlib.import_module("half_compiled.one")


def test_a_changed_source_runs_in_place_of_what_was_compiled_before(package: Path, caplog: pytest.LogCaptureFixture) -> None:
    age(package, source=2_000, compiled=1_000)
    with caplog.at_level(logging.WARNING):
        assert _choose(package) == []
    assert "half_compiled are older than their source (one)" in caplog.text
    assert "make fast" in caplog.text
    assert importlib.import_module("half_compiled.one").ORIGIN == "source"


@pytest.mark.parametrize(("options", "code"), [([], 2), (["--where-possible"], 0)])
def test_a_machine_without_a_compiler_is_told_what_to_install(options: list[str], code: int) -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "compile.py"), *options], env={**os.environ, "CC": "no-such-compiler"}, capture_output=True, text=True, check=False
    )
    assert run.returncode == code
    assert "no C compiler 'no-such-compiler'" in run.stderr
    assert "its source runs as it is" in run.stderr
