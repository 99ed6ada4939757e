"""Speed of extraction: `python -m tests.bench.extraction_speed FILE.jsonl.gz` asks whether its promises hold on this machine.

Prints one line a promise with its figure, exits 1 if one is broken. Times are CPU time of this one process, so that other
programs disturb them little; what they do to the processor's caches and clock shows in the yardstick, pyvi's splitting of
the same texts into words, timed between the rounds: the ratio of the two says more than the rate does. Figures go into
docs/figures.md by hand, with the date and the commit.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import statistics
import sys
import time
from collections.abc import Sequence

from analyzers import Analyzer
from indexer.extract import COMPILED, extract
from indexer.models import CleanArticle
from tests.bench import hostile
from tests.bench.soak import Check
from tests.extraction.texts import articles

LEAST_RATE = 400  # articles a second
MOST_GROWTH = 20_000_000  # bytes of memory that the articles after the first thousand may add: tables of words fill up, and are bounded
MOST_SHARE = 2.0  # time of a hostile line, measured by that of as many bytes of ordinary text
HOSTILE = 1_000_000  # bytes
SAMPLE, ROUNDS = 1_500, 5
YARDSTICK = 150  # of the sample: pyvi takes several times as long as extraction


def seconds(found: Sequence[CleanArticle]) -> float:
    """CPU seconds of extracting all of them once."""
    start = time.process_time()
    for article in found:
        extract(article)
    return time.process_time() - start


def words_seconds(found: Sequence[CleanArticle]) -> float:
    """CPU seconds of splitting all of them into words once."""
    analyzer = Analyzer()
    start = time.process_time()
    for article in found:
        for part in article.parts:
            analyzer.words(part.text)
    return time.process_time() - start


def peak() -> int:
    """Most bytes that this process has had resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def memory(check: Check, news: str) -> None:
    """Reads, cleans and extracts article by article and keeps none, so that growth is what extraction keeps."""
    after = number = 0
    for number, article in enumerate(articles(news), 1):
        extract(article)
        if number == 1_000:
            after = peak()
    growth = peak() - after
    check(growth < MOST_GROWTH, f"memory: {after / 1e6:.0f} MB after the first 1000 articles, {growth / 1e6:.1f} MB more after all {number}")


def rate(check: Check, news: str, rounds: int) -> float:
    """Articles a second, and the bytes a second of CPU time that it returns."""
    every = list(articles(news))
    sample = random.Random(5).sample(every, min(SAMPLE, len(every)))
    del every
    gc.collect()
    gc.freeze()  # the collector does not go through the waiting articles again and again, as it does not where they come one by one
    few = sample[:YARDSTICK]
    seconds(sample), words_seconds(few)
    times, beside = [], []
    for _ in range(rounds):
        times.append(seconds(sample))
        beside.append(words_seconds(few) / len(few) * len(sample))
    gc.unfreeze()
    middle = statistics.median(times)
    size = sum(len(part.text.encode()) for article in sample for part in article.parts)
    each = ", ".join(f"{len(sample) / one:.0f}" for one in times)
    how = "compiled" if COMPILED else "not compiled"
    check(
        len(sample) / middle >= LEAST_RATE, f"rate, {how}: {len(sample) / middle:.0f} articles a second a core, {size / middle / 1e6:.2f} MB a second ({each})"
    )
    ratios = [one / words for one, words in zip(times, beside, strict=True)]
    print(f"        in {statistics.median(ratios):.2f} of the time in which pyvi splits the same texts ({min(ratios):.2f} to {max(ratios):.2f})", flush=True)
    return size / middle


def shares(check: Check, bytes_a_second: float) -> None:
    for kind, line in hostile.lines(HOSTILE).items():
        article = [hostile.article(line)]
        share = HOSTILE / bytes_a_second
        taken = seconds(article)
        if taken > share:
            taken = min(taken, seconds(article))
        check(taken <= MOST_SHARE * share, f"1 MB of {kind}: {taken / share:.2f} of its share ({taken:.2f} s)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    check = Check()
    memory(check, options.news)
    shares(check, rate(check, options.news, options.rounds))
    return 1 if check.broken else 0


if __name__ == "__main__":
    sys.exit(main())
