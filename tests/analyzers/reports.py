"""The five reports of corpus/ as paragraphs, and what a test says of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from analyzers import Analyzer
from analyzers.fold import has_marks

CORPUS = Path(__file__).parent.parent.parent / "corpus"
CASES: dict[str, Callable[[str], str]] = {"as typed": str, "lower": str.lower, "UPPER": str.upper, "Title": str.title}

analyzer = Analyzer()


@cache
def paragraphs() -> tuple[str, ...]:
    """Every line of the five files that holds something."""
    files = sorted(CORPUS.glob("*.txt"))
    assert len(files) == 5
    return tuple(line for file in files for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip())


@cache
def accented(paragraph: str) -> str:
    return _run([token.text for token in analyzer.syllables(paragraph)])


@cache
def folded(paragraph: str) -> str:
    return _run([token.folded for token in analyzer.syllables(paragraph)])


def quoted_finds(query: str, paragraph: str) -> bool:
    """Whether the quoted query is found in the paragraph: exact in its marks if it has any."""
    if has_marks(query):
        return any(_run(variant.tokens) in accented(paragraph) for variant in analyzer.phrase(query))
    return any(_run(variant.folded) in folded(paragraph) for variant in analyzer.phrase(query))


def unquoted_finds(query: str, paragraph: str) -> bool:
    """Whether every unit of the query is found in the paragraph, in any of its variants."""
    return all(any(_run(variant.folded) in folded(paragraph) for variant in unit.variants) for unit in analyzer.query(query))


def folded_sets(query: str) -> list[frozenset[tuple[str, ...]]]:
    """What each unit of the query is found by."""
    return [frozenset(variant.folded for variant in unit.variants) for unit in analyzer.query(query)]


def texts(text: str) -> list[str]:
    return [token.text for token in analyzer.syllables(text)]


def _run(tokens: tuple[str, ...] | list[str]) -> str:
    return f" {' '.join(tokens)} "
