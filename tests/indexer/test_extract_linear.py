"""Extraction takes time in proportion to the text, whatever the text: no regular expression explodes, no list is gone through again and again.

Ratios of CPU time of one process, and the best of a few tries, so that a busy machine does not fail it. What the lines cost in
articles' time is measured by tests/bench/extraction_speed.py.
"""

from __future__ import annotations

import time

import pytest

from indexer.extract import extract
from tests.bench import hostile

SMALL = 25_000  # bytes
TIMES = 4
MOST_RATIO = 10.0  # linear gives 4, quadratic 16
ENOUGH = 0.05  # seconds: below, a ratio is noise; what explodes is above
TRIES = 4


def seconds(line: str) -> float:
    article = hostile.article(line)
    start = time.process_time()
    extract(article)
    return time.process_time() - start


@pytest.mark.parametrize("kind", hostile.lines(1))
def test_four_times_the_text_takes_four_times_the_time(kind: str) -> None:
    small, large = hostile.lines(SMALL)[kind], hostile.lines(TIMES * SMALL)[kind]
    ratios = []
    for _ in range(TRIES):
        first, second = seconds(small), seconds(large)
        ratios.append(second / first if second > ENOUGH else 1.0)
        if ratios[-1] < MOST_RATIO:
            break
    assert min(ratios) < MOST_RATIO, f"{kind}: {ratios}"
