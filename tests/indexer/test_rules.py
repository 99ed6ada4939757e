"""Tests for indexer.rules: whatever makes a record is in the digest, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import indexer
from indexer.rules import PARTS, rules

PACKAGE = Path(indexer.__file__).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for part in PARTS:
        copy = shutil.copytree if (PACKAGE / part).is_dir() else shutil.copyfile
        copy(PACKAGE / part, tmp_path / part)
    return tmp_path


def test_the_same_files_elsewhere_are_the_same_rules(package: Path) -> None:
    assert rules.__wrapped__(package) == rules() == rules.__wrapped__(PACKAGE)


@pytest.mark.parametrize("changed", ["clean.py", "extract/officials.py", "gazetteer/topics.tsv"])
def test_a_changed_rule_or_table_is_told(package: Path, changed: str) -> None:
    with (package / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert rules.__wrapped__(package) != rules()


def test_every_module_that_makes_a_record_is_told() -> None:
    """What cleaning and extracting import, in a process that imports nothing else."""
    asked = "import sys, indexer.clean, indexer.extract; print(*sorted(m for m in sys.modules if m.startswith('indexer.')))"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=PACKAGE.parent).stdout.split()
    parts = {part.removesuffix(".py") for part in PARTS}
    assert {name.split(".")[1] for name in found} - parts == {"models"}
