"""Speed of completion: `make completion NEWS=FILE.jsonl.gz` loads the articles on both engines and types names at them.

Prints one line a promise with its figure, exits 1 if one is broken. Figures go into docs/figures.md by hand, with the date and the commit.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from analyzers.fold import fold
from indexer import suggest as module
from indexer.engine import open_engine
from indexer.engine.contract import Engine
from indexer.settings import Settings
from indexer.suggest import DIGESTS, KINDS, OFFERED, TABLE, suggest
from tests import server
from tests.bench.soak import Check, load

LIMIT = 0.05  # seconds until an answer at 5,452 articles
MOST_MEMORY = 200_000_000  # bytes that a process may keep for twenty times the values of the articles: those of 100,000 and more
TIMES = 20
TYPED = 500
COLD = 10
PREFIX = "completion"


def typed(engine: Engine, number: int, rng: random.Random) -> Iterator[str]:
    """Beginnings of words of names that the index has, from one letter to the whole, with and without marks."""
    names = [one.label for kind in KINDS for one in suggest(engine, "", [kind], 2_000)]
    for _ in range(number):
        words = rng.choice(names).split()
        text = " ".join(words[rng.randrange(len(words)) :])
        text = text[: rng.randint(1, len(text))]
        yield text if rng.random() < 0.5 else fold(text)


def answers(check: Check, engines: Mapping[str, Engine], texts: Sequence[str]) -> None:
    """Each text to one engine after the other, so that other programs disturb all alike.

    What answers in this process waits for nothing but a processor: what it computes is held against the limit, and of others the clock.
    """
    first = {}
    for name, engine in engines.items():
        module._kept.clear()
        first[name], _ = _seconds(engine, "a", OFFERED)
    for kinds in (OFFERED, KINDS):
        asked = [[_seconds(engine, text, kinds) for engine in engines.values()] for text in texts]
        beside = 0.0
        for name, seconds in zip(engines, zip(*asked, strict=True), strict=True):
            clock, computing = (sorted(each) for each in zip(*seconds, strict=True))
            median, late, worst, computed = 1000 * _share(clock, 0.5), 1000 * _share(clock, 0.99), 1000 * clock[-1], 1000 * _share(computing, 0.99)
            within = f"99 in 100 within {late:.1f} ms ({computed:.1f} computing)"
            line = f"{len(kinds)} kinds, {len(texts)} texts: median {median:.1f} ms, {within}, worst {worst:.1f} ms"
            ratio = f", 99 in 100 in {late / beside:.1f} times the time of {next(iter(engines))}" if beside else ""
            beside = beside or late
            held = late if name == "elastic" else computed
            check(held < 1000 * LIMIT, f"{name}: first answer {1000 * first[name]:.0f} ms; {line}{ratio}; {os.getloadavg()[0]:.0f} programs at work")


def _seconds(engine: Engine, text: str, kinds: Sequence[str]) -> tuple[float, float]:
    """By the clock, and of computing in this process."""
    clock, computing = time.perf_counter(), time.process_time()
    suggest(engine, text, kinds)
    return time.perf_counter() - clock, time.process_time() - computing


def _share(seconds: Sequence[float], share: float) -> float:
    return seconds[round(share * (len(seconds) - 1))]


def cold(name: str, settings: Settings) -> None:
    """What a shell waits for: a process from its start to its answer. The least of several, as other programs disturb it."""
    program = str(Path(sys.executable).with_name("baocao"))
    environment = os.environ | {"BAOCAO_ENGINE": settings.engine, "BAOCAO_INDEX": settings.index, "_BAOCAO_COMPLETE": "complete_bash", "COMP_CWORD": "3"}
    for option, word in (("--official", "nguyen"), ("--province", "dak"), ("--document", "1")):
        wall, cpu = [], []
        for _ in range(COLD):
            start, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            words = "\n".join(("baocao", "search", option, word))
            ran = subprocess.run([program], env=environment | {"COMP_WORDS": words}, capture_output=True, check=True)
            wall.append(time.perf_counter() - start)
            now = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu.append(now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)
        offered = len(ran.stdout.split(b"\n")) - 1
        print(f"        {name}: a new process offers {offered} for `{option} {word}` in {min(wall):.2f} s, {min(cpu):.2f} s of them computing")


class Grown:
    """The side table of an index with so many times as many values, their names numbered."""

    def __init__(self, engine: Engine) -> None:
        rows = engine.rows(TABLE, KINDS)
        self._rows: dict[str, dict[str, Any]] = {kind: _grown(row) for kind, row in rows.items()}
        self._rows[DIGESTS] = {kind: row["digest"] for kind, row in self._rows.items()}

    def rows(self, table: str, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        return {key: self._rows[key] for key in keys if key in self._rows}


def _grown(row: Mapping[str, Any]) -> dict[str, Any]:
    grown: dict[str, Any] = {name: [f"{value} {i}" if isinstance(value, str) else value for value in row[name] for i in range(TIMES)] for name in _LISTS}
    grown |= {name: "\n".join(f"{line}{i} " for line in row[name].split("\n") for i in range(TIMES)) for name in ("marked", "folded")}
    return {**row, **grown, "digest": f"{row['digest']} {TIMES}"}


_LISTS = ("ids", "labels", "names", "alone", "counts")


def grown(check: Check, engine: Engine, texts: Sequence[str]) -> None:
    tracemalloc.start()
    more = cast(Engine, Grown(engine))
    start = time.perf_counter()
    suggest(more, "a", KINDS)
    first = time.perf_counter() - start
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    number = sum(len(values.ids) for values in module._read(more, KINDS))
    check(kept < MOST_MEMORY, f"{TIMES} times as many values ({number:,}): {kept / 1e6:.0f} MB kept, first answer {first:.2f} s")
    answers(check, {f"{TIMES} times as many values": more}, texts)


@contextlib.contextmanager
def indexes() -> Iterator[dict[str, Settings]]:
    """An empty index on each engine, by the settings with which other processes open it too; removed at the end."""
    with tempfile.TemporaryDirectory() as folder, server.elasticsearch() as running:
        yield {"embedded": Settings(engine=f"embedded:{folder}"), "elastic": Settings(engine=running.url, index=PREFIX)}
        server.remove_indices(running.url, PREFIX)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", help="articles as .jsonl.gz")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    check = Check()
    with indexes() as settings:
        made = {name: open_engine(each) for name, each in settings.items()}
        for name, engine in made.items():
            load(check, name, engine, options.news, options.workers)
        one = made["embedded"]
        texts = list(typed(one, TYPED, random.Random(7)))
        differ = [text for text in texts if len({suggest(engine, text) for engine in made.values()}) != 1]
        check(not differ, f"{len(texts)} texts: {len(differ)} answers differ between the engines")
        answers(check, made, texts)
        for name in made:
            cold(name, settings[name])
        grown(check, one, texts)
        for engine in made.values():
            engine.close()
    return 1 if check.broken else 0


if __name__ == "__main__":
    sys.exit(main())
