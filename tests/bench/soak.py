"""Soak on real articles: `make soak NEWS=FILE.jsonl.gz` loads them on both engines and asks whether all still holds.

Prints one line a promise with its figure, exits 1 if one is broken. Figures go into docs/figures.md by hand, with the
date and the commit.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator

from api.query import parse
from indexer.engine import open_engine
from indexer.engine.contract import Engine
from indexer.engine.schema import FACETS
from indexer.extract.evidence import unsupported
from indexer.load import index
from indexer.models import StoredReport
from indexer.query import Filter, SearchQuery
from indexer.search import search
from indexer.settings import Settings
from tests import server

MAX_SECONDS = 600
MAX_MEMORY = 1_500_000_000
ENGINES = ("embedded", "elastic")


class Check:
    def __init__(self) -> None:
        self.broken = 0

    def __call__(self, holds: bool, line: str) -> None:
        self.broken += not holds
        print(("ok      " if holds else "BROKEN  ") + line, flush=True)


@contextlib.contextmanager
def engines(names: list[str]) -> Iterator[dict[str, Engine]]:
    with contextlib.ExitStack() as stack:
        made: dict[str, Engine] = {}
        if "embedded" in names:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            made["embedded"] = open_engine(Settings(engine=f"embedded:{folder}"))
        if "elastic" in names:
            running = stack.enter_context(server.elasticsearch())
            made["elastic"] = open_engine(Settings(engine=running.url, index="soak"))
            stack.callback(server.remove_indices, running.url, "soak")
        for engine in made.values():
            stack.callback(engine.close)
        yield made


def memory() -> int:
    """Peak resident bytes of this process and of its largest worker, added: an upper bound for two workers is printed too."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + 2 * child) * 1024


def load(check: Check, name: str, engine: Engine, news: str, workers: int) -> None:
    start = time.monotonic()
    summary = index(engine, [news], Settings(), workers=workers)
    seconds = time.monotonic() - start
    used = memory()
    line = f"{name}: {summary.written} articles loaded in {seconds:.0f} s, {len(summary.rejected)} rejected, peak memory {used / 1e6:.0f} MB"
    check(seconds < MAX_SECONDS and used < MAX_MEMORY and not summary.rejected, line)


def spans(reports: list[StoredReport], number: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    while number:
        report = rng.choice(reports).report
        paragraph = rng.choice(report.body.split("\n"))
        pieces = list(re.finditer(r"\S+", paragraph))
        if len(pieces) < 2:
            continue
        length = rng.randint(2, min(6, len(pieces)))
        first = rng.randrange(len(pieces) - length + 1)
        text = re.sub(r'["“”„«»]', " ", paragraph[pieces[first].start() : pieces[first + length - 1].end()])
        if any(c.isalnum() for c in text):
            number -= 1
            yield report.id, text


def ask_for_spans(check: Check, made: dict[str, Engine], reports: list[StoredReport], number: int) -> None:
    for name, engine in made.items():
        lost = []
        for identifier, text in spans(reports, number, random.Random(11)):
            query = SearchQuery(tree=parse(f'"{text}"'), limit=500, highlight=False)
            results = search(engine, query)
            if identifier not in {h.id for h in results.hits} and (results.total <= 500 or identifier not in every_hit(engine, query)):
                lost.append((identifier, text))
        check(not lost, f"{name}: {number - len(lost)} of {number} quoted spans find their article {lost[:3] or ''}")


def every_hit(engine: Engine, query: SearchQuery) -> set[str]:
    found: set[str] = set()
    for offset in range(0, 10_000, 500):
        page = search(engine, SearchQuery(tree=query.tree, limit=500, offset=offset, highlight=False)).hits
        found.update(h.id for h in page)
        if len(page) < 500:
            break
    return found


def states(reports: list[StoredReport], number: int, rng: random.Random) -> Iterator[SearchQuery]:
    for _ in range(number):
        report = rng.choice(reports).report
        words = [w for w in re.findall(r"\w+", report.body) if w.isalpha()]
        first = rng.randrange(max(1, len(words) - 3))
        text = " ".join(words[first : first + rng.randint(1, 3)])
        if rng.random() < 0.3:
            text = f'"{text}" {rng.choice(words)}'
        filters = []
        if report.provinces and rng.random() < 0.4:
            filters.append(Filter("province", (report.provinces[0].id,)))
        if report.topics and rng.random() < 0.4:
            filters.append(Filter("topic", (report.topics[0],), exclude=rng.random() < 0.3))
        if report.officials and rng.random() < 0.2:
            filters.append(Filter("official", (report.officials[0].name,)))
        with contextlib.suppress(ValueError):
            yield SearchQuery(tree=parse(text), text=text, filters=tuple(filters), facets=FACETS, facet_limit=10_000, limit=500, highlight=False)


def compare(check: Check, made: dict[str, Engine], reports: list[StoredReport], number: int) -> None:
    """The same ids (of the first 500, when there are no more), totals and counts."""
    different, hits, seconds = [], 0, dict.fromkeys(made, 0.0)
    for query in states(reports, number, random.Random(12)):
        answers = []
        for name, engine in made.items():
            start = time.monotonic()
            results = search(engine, query)
            seconds[name] += time.monotonic() - start
            ids = frozenset(h.id for h in results.hits) if results.total + results.relaxed <= 500 else None
            facets = {f.name: ({v.value: v.count for v in f.values if v.count}, f.missing, f.approximate) for f in results.facets}
            answers.append((results.total, results.relaxed, ids, facets))
            hits += results.total
        if any(a != answers[0] for a in answers):
            different.append(query.text)
    each = ", ".join(f"{name} {1000 * s / number:.0f} ms" for name, s in seconds.items())
    check(not different, f"{number} states with all facets: {len(different)} differ between engines ({hits} hits; mean {each}) {different[:3] or ''}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    options = parser.parse_args()
    check = Check()
    with engines(options.engines) as made:
        for name, engine in made.items():
            load(check, name, engine, options.news, options.workers)
        first = next(iter(made.values()))
        with first.writer() as writer:
            reports = list(writer.scan())
        bad = [(s.report.id, e) for s in reports for e in unsupported(s.report, s.raw.original)]
        values = sum(len(s.report.evidence) for s in reports)
        check(not bad, f"evidence supports {values - len(bad)} of {values} values of {len(reports)} articles {bad[:3] or ''}")
        ask_for_spans(check, made, reports, 1_000)
        compare(check, made, reports, 200)
    return 1 if check.broken else 0


if __name__ == "__main__":
    sys.exit(main())
