"""The documents say what the code does: generated parts are up to date, and nothing outside is left undocumented."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from cogapp import Cog

from indexer import models
from indexer.engine.schema import FACETS
from indexer.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if "[[[cog" in p.read_text(encoding="utf-8")], ids=lambda p: p.name)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    cog = Cog()
    cog.options.print_output = True  # as in the Makefile: cog -P
    assert cog.process_string(text, path.name) == text, "run: make docs"


def rows(document: str, heading: str) -> list[str]:
    """First column of the table under a heading of a document."""
    section = re.split(r"^#+ ", document, flags=re.MULTILINE)
    (under,) = (part for part in section if part.partition("\n")[0].strip() == heading)
    return re.findall(r"^\| `([^`]+)` \|", under, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "shape"),
    [
        ("The extracted record", models.Report),
        ("officials", models.Official),
        ("provinces", models.Province),
        ("localities", models.Locality),
        ("evidence", models.Evidence),
    ],
)
def test_each_field_of_the_record_is_described(heading: str, shape: type) -> None:
    document = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    assert set(rows(document, heading)) == {field.name for field in dataclasses.fields(shape)}


def test_each_setting_and_facet_is_in_the_readme() -> None:
    assert rows(README, "Settings") == [field.metadata["variable"] for field in dataclasses.fields(Settings)]
    assert rows(README, "Facets and filters") == list(FACETS)


def test_links_inside_the_repository_lead_somewhere() -> None:
    broken = [
        f"{path.name}: {target}"
        for path in DOCUMENTS
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_the_targets_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z-]+)", README))
    assert named <= targets
    assert {"demo", "test", "check", "serve", "lock", "docs"} <= named
    assert set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()) >= named


def test_the_changelog_begins_with_what_is_coming() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
