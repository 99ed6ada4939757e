"""Whatever is copied from a report, in any case, finds its paragraph as a quoted phrase."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest

from tests.analyzers.reports import CASES, paragraphs, quoted_finds

SPANS = 1_500
RUNS = re.compile(r"[^\W\d_]+|\d+")


def spans(pattern: str, seed: int) -> list[tuple[str, str]]:
    """SPANS random (span, paragraph) of 2 to 6 neighbouring matches of the pattern, each exactly as it stands in its paragraph."""
    draw = random.Random(seed)
    pool = [(paragraph, [match.span() for match in re.finditer(pattern, paragraph)]) for paragraph in paragraphs()]
    pool = [(paragraph, places) for paragraph, places in pool if len(places) >= 2]
    found = []
    for _ in range(SPANS):
        paragraph, places = draw.choices(pool, weights=[len(places) for _, places in pool])[0]
        size = draw.randint(2, min(6, len(places)))
        first = draw.randrange(len(places) - size + 1)
        found.append((paragraph[places[first][0] : places[first + size - 1][1]], paragraph))
    return found


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("pattern", "seed"), [(r"\S+", 1), (RUNS.pattern, 2)], ids=["pieces between spaces", "runs of letters or digits"])
def test_a_span_of_a_report_finds_its_paragraph_in_any_case(pattern: str, seed: int, case: str) -> None:
    drawn = spans(pattern, seed)
    assert len(drawn) == SPANS
    assert [span for span, paragraph in drawn if not quoted_finds(CASES[case](span), paragraph)] == []


@pytest.mark.parametrize("case", CASES)
def test_every_pair_of_runs_of_every_report_finds_its_paragraph_in_any_case(case: str) -> None:
    change = CASES[case]
    lost = set()
    for paragraph in paragraphs():
        places = [match.span() for match in RUNS.finditer(paragraph)]
        for (start, _), (_, end) in pairwise(places):
            if not quoted_finds(change(paragraph[start:end]), paragraph):
                lost.add(paragraph[start:end])
    assert lost == set()


@pytest.mark.parametrize("case", CASES)
def test_runs_glued_from_syllables_are_found_in_any_case(case: str) -> None:
    """Pieces of the reports with the spaces between capitalised words left out, as portals lose them."""
    draw = random.Random(3)
    lost = []
    tried = 0
    for paragraph in paragraphs():
        glued = re.sub(r"(?<=[^\W\d_A-Z]) (?=[A-ZĐ])", lambda _: draw.choice(["", " "]), paragraph)
        for match in re.finditer(r"\S+ \S*[^\W\d_A-Z][A-ZĐ]\S* \S+", glued):
            tried += 1
            if not quoted_finds(CASES[case](match[0]), glued):
                lost.append(match[0])
    assert lost == []
    assert tried > 150
