"""Limits in seconds, on a machine that may be slow just now: they are set for an ordinary one, and a slower one does nothing wrong.

What grows with the square of its input is caught by ratios instead (tests/analyzers/test_linear.py, tests/indexer/test_extract_linear.py).
"""

from __future__ import annotations

import time

# CPU seconds of `_work` where `make speed` gives 450 articles a second; on 23 Nov 2026 a machine that gave 160 to 200 took 0.03 to 0.06.
_ORDINARY = 0.02


def _work() -> None:
    words: dict[str, int] = {}
    for number in range(100_000):
        word = f"w{number % 30_011}"
        words[word] = words.get(word, 0) + number
    sorted(words.values())


def allowed(seconds: float) -> float:
    """So many seconds of an ordinary machine in seconds of this one as it is now; never fewer."""
    begun = time.process_time()
    _work()
    return seconds * max(1.0, (time.process_time() - begun) / _ORDINARY)
