"""Facets that add up: 200 random states on 2,000 generated reports, on both engines, against a plain reading of them."""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from analyzers import Analyzer
from api.query import parse
from indexer.build import build
from indexer.engine.contract import Engine
from indexer.engine.schema import FACETS
from indexer.load import index
from indexer.models import StoredReport
from indexer.query import Filter, SearchQuery
from indexer.search import search
from indexer.settings import Settings
from tests.conftest import MakeEngine
from tests.generated import generate
from tests.model import Model, State

REPORTS = 2_000
STATES = 200
MOST_SHOWN = 60  # hits whose ids are compared too; reading 2,000 stored reports a state would take most of the time
BATCHES = {"embedded": 1, "embedded, ten segments": 10, "elastic": 4, "elastic, three shards": 4}


@contextlib.contextmanager
def without_words() -> Iterator[None]:
    """Sets and counts do not read pyvi's words, which would take most of this test's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analyzers.words.words", lambda text, tokens: [])
        yield


@dataclass
class Loaded:
    name: str
    engine: Engine


@pytest.fixture(scope="module")
def reports(make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> list[StoredReport]:
    """The generated reports as they are stored after a real load."""
    path = tmp_path_factory.mktemp("generated") / "generated.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, (text, _) in enumerate(generate(seed=20, count=REPORTS)):
            file.write(json.dumps({"id": f"g{number:04d}", "body": text}, ensure_ascii=False) + "\n")
    engine = make_engine("embedded")
    with without_words():
        summary = index(engine, [str(path)], Settings())
    assert (summary.written, summary.rejected) == (REPORTS, ())
    with engine.writer() as writer:
        return list(writer.scan())


@pytest.fixture(scope="module")
def loaded(reports: list[StoredReport], make_engine: MakeEngine) -> list[Loaded]:
    with without_words():
        documents = [build(stored, Analyzer()) for stored in reports]
    made = []
    for name, batches in BATCHES.items():
        engine = make_engine(name.split(",")[0], **({"shards": 3} if "shards" in name else {}))
        size = len(documents) // batches
        with engine.writer() as writer:
            for start in range(0, len(documents), size):
                assert writer.put(documents[start : start + size]) == []
            writer.publish()
        made.append(Loaded(name, engine))
    return made


def plain(text: str) -> bool:
    """Whether the text stands for itself alone: the model knows no abbreviations, numbers or glued words (test_retrieval.py does)."""
    units = Analyzer().query(text)
    return text.replace(" ", "").isalpha() and len(units) == len(text.split()) and all(len(unit.variants) == 1 for unit in units)


def states(model: Model, seed: int, number: int) -> Iterator[State]:
    """Random states whose words and values come from the reports, so that most find something."""
    rng = random.Random(seed)
    for _ in range(number):
        reading = rng.choice(model.readings)
        line = rng.choice([line for line in reading.lines if len(line) > 4])
        words = tuple(rng.choice(line).folded for _ in range(rng.choice((0, 0, 1, 2))))
        words = words if all(plain(w) for w in words) and plain(" ".join(words)) else ()
        phrases: tuple[str, ...] = ()
        if rng.random() < 0.3:
            first = rng.randrange(len(line) - 2)
            phrase = " ".join(t.text for t in line[first : first + 2])
            phrases = (phrase,) if len(Analyzer().phrase(phrase)) == 1 else ()
        without: tuple[str, ...] = (rng.choice(rng.choice(rng.choice(model.readings).lines) or line).folded,) if rng.random() < 0.3 else ()
        without = without if all(plain(w) for w in without) else ()
        include: dict[str, tuple[str, ...]] = {}
        exclude: dict[str, tuple[str, ...]] = {}
        for facet in rng.sample(FACETS, rng.choice((0, 1, 1, 2, 3))):
            values = sorted({v for r in rng.sample(model.readings, 25) for v in r.values[facet]})
            picked = tuple(rng.sample(values, min(len(values), rng.choice((1, 2, 3))))) or ("none",)
            if rng.random() < 0.1:
                picked = (*picked, "none")
            (exclude if rng.random() < 0.3 else include)[facet] = picked
        if rng.random() < 0.15:  # a person and a post, of one report or of two
            pair = rng.choice([r for r in model.readings if r.pairs])
            person, post = rng.choice(sorted(pair.pairs))
            other = rng.choice([r for r in model.readings if r.pairs])
            include["official"] = (person, *(p for p, _ in sorted(other.pairs)[:1]))
            include["post"] = (post, *(p for _, p in sorted(other.pairs)[:1] if rng.random() < 0.5))
        year = rng.randint(2019, 2026)
        date_from = f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}" if rng.random() < 0.2 else None
        date_to = f"{year + 1}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}" if rng.random() < 0.2 else None
        yield State(words, phrases, without, include, exclude, date_from, date_to)


def query_of(state: State, facets: tuple[str, ...] = FACETS, limit: int = 0, facet_limit: int = 50_000) -> SearchQuery:
    filters = [Filter(f, v) for f, v in state.include.items()] + [Filter(f, v, exclude=True) for f, v in state.exclude.items()]
    return SearchQuery(
        tree=parse(state.text),
        text=state.text,
        filters=tuple(filters),
        date_from=state.date_from,
        date_to=state.date_to,
        facets=facets,
        facet_limit=facet_limit,
        limit=limit,
        highlight=False,
    )


def check(model: Model, loaded: list[Loaded], seed: int, number: int) -> None:
    for at, state in enumerate(states(model, seed, number)):
        wanted = model.ids(state)
        read = {facet: model.counts(state, facet) for facet in FACETS}
        for one in loaded:
            where = (one.name, state)
            shown = len(wanted) <= MOST_SHOWN
            results = search(one.engine, query_of(state, limit=MOST_SHOWN if shown else 0))
            assert results.total == len(wanted), where
            if shown:
                assert {h.id for h in results.hits if not h.relaxed} == wanted, where
            if not wanted and results.relaxed:
                continue  # counts are of the reports that lack a word: the next test
            for facet in results.facets:
                counts, missing = read[facet.name]
                assert {v.value: v.count for v in facet.values if v.count} == dict(counts), (facet.name, *where)
                assert (facet.missing, facet.approximate) == (missing, False), (facet.name, *where)
            if at % 10 == 0:
                for facet in results.facets:
                    for value in facet.values[:2]:
                        exclude = {k: v for k, v in state.exclude.items() if k != facet.name}
                        asked = replace(state, include={**state.include, facet.name: (value.value,)}, exclude=exclude)
                        assert search(one.engine, query_of(asked, facets=())).total == value.count, (facet.name, value, *where)


def test_totals_and_counts_equal_a_plain_reading(reports: list[StoredReport], loaded: list[Loaded]) -> None:
    check(Model(reports), loaded, seed=5, number=STATES)


def test_the_engines_give_the_same_order(reports: list[StoredReport], loaded: list[Loaded]) -> None:
    """On one segment and one shard: wherever scores differ by more than one part in 100,000."""
    one = {item.name: item.engine for item in loaded}
    model = Model(reports)
    compared = 0
    for state in states(model, seed=6, number=60):
        if not state.words and not state.phrases:
            continue
        query = query_of(state, facets=(), limit=200)
        pages = [search(one[name], query).hits for name in ("embedded", "elastic")]
        assert [h.relaxed for h in pages[0]] == [h.relaxed for h in pages[1]]
        scores = [{h.id: h.score for h in page} for page in pages]
        for mine, other in zip(*pages, strict=True):
            if mine.id != other.id:
                assert scores[0].get(other.id, mine.score) == pytest.approx(mine.score, rel=2e-5), (state, mine.id, other.id)
            assert mine.score == pytest.approx(other.score, rel=2e-5)
        compared += len(pages[0])
    assert compared > 500


def test_still_true_after_updates_and_deletes(reports: list[StoredReport], loaded: list[Loaded], tmp_path: Path) -> None:
    rng = random.Random(9)
    chosen = rng.sample(range(REPORTS), 300)
    gone, changed = {reports[i].report.id for i in chosen[:150]}, chosen[150:]
    bodies = {i: reports[(i * 7 + 1) % REPORTS] for i in changed}
    updated = {
        reports[i].report.id: replace(other, report=replace(other.report, id=reports[i].report.id), raw=replace(other.raw, id=reports[i].report.id))
        for i, other in bodies.items()
    }
    after = [updated.get(s.report.id, s) for s in reports if s.report.id not in gone]
    with without_words():
        documents = [build(stored, Analyzer()) for stored in updated.values()]
    for one in loaded:
        with one.engine.writer() as writer:
            assert writer.delete(sorted(gone)) == len(gone)
            assert writer.put(documents) == []
            writer.publish()
    check(Model(after), loaded, seed=7, number=STATES)
