"""Known-item search over the five reports and a hundred generated ones: the same figures on both engines, on one shard and on three, and those expected.

The queries are made from what a generated report is known to hold, as somebody would type who remembers some of it. What is measured on real
articles is `make relevance`; this says at once when ranking has changed. `python -m tests.relevance.test_known_items` prints the figures.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzers.fold import fold
from analyzers.synonyms import expand
from indexer.engine import open_engine
from indexer.engine.contract import Engine
from indexer.settings import Settings
from tests.conftest import CORPUS, MakeEngine, load
from tests.generated import Expected, generate
from tests.relevance.measure import EXPECTED, KnownItem, expected, figures, ours, rank

GENERATED = 100
ASKED = 40  # reports, each with a query a kind as far as it holds what that kind asks for


def reports() -> list[tuple[str, str, Expected]]:
    return [(f"made-{number:03}", text, holds) for number, (text, holds) in enumerate(generate(11, GENERATED))]


def queries() -> Iterator[KnownItem]:
    rng = random.Random("known items")
    for identifier, text, holds in reports()[:ASKED]:
        province = holds.provinces[0] if holds.provinces else ""
        body = [line for line in text.split("\n")[1:] if len(line.split()) > 12]
        line = rng.choice(body).split()
        start = rng.randrange(len(line) - 6)
        asked = {"phrase": f'"{" ".join(word.strip(",;.()") for word in line[start : start + 4])}" {province}'}
        asked["keyword"] = " ".join([*rng.sample([word.strip(",;.()") for word in line], 4), province])
        for name, posts in list(holds.officials.items())[:1]:
            head, given = " ".join(posts[-1].split()[:2]), name.split()[-1]
            asked |= {"official": f"{head} {given} {province}", "accentless": fold(f"{name} {province}")}
            asked["misspelled"] = f"{name[:-1]}{'k' if name[-1] != 'k' else 'x'} {province}"
            if expand(posts[-1]) != posts[-1].lower():
                asked["abbreviation"] = f"{expand(posts[-1])} {name}"
        for level, name in sorted(holds.localities)[:1]:
            asked["locality"] = f"{level} {name} {line[start]} {province}"
        for kind, query in asked.items():
            yield KnownItem(identifier, kind, "generated", " ".join(query.split()))


def measured(engine: Engine) -> dict[str, float]:
    """MRR@10 by kind, to three digits."""
    ranks = defaultdict(list)
    find = ours(engine)
    for item in queries():
        ranks[item.kind].append(rank(item, find(item.query)))
    return {kind: round(figures(found)[1], 3) for kind, found in sorted(ranks.items())}


def loaded(engine: Engine, folder: Path) -> Engine:
    made = folder / "made.jsonl"
    made.write_text("".join(json.dumps({"id": identifier, "body": text}) + "\n" for identifier, text, _ in reports()), encoding="utf-8")
    return load(engine, CORPUS, made)


@pytest.fixture(scope="module", params=["embedded", "elastic", "elastic, three shards"])
def world(request: pytest.FixtureRequest, make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = make_engine(request.param.split(",")[0], **({"shards": 3} if "shards" in request.param else {}))
    return loaded(engine, tmp_path_factory.mktemp("made"))


def test_known_items_come_as_far_up_as_expected_on_each_engine_and_any_shards(world: Engine) -> None:
    assert measured(world) == expected("generated", "baocao")


def test_the_expected_figures_are_those_of_the_issue_and_better() -> None:
    """Of the real articles: at least 0.70 overall and 0.55 for each kind, the engines within 0.002."""
    for split in ("develop", "report"):
        embedded, elastic = expected(split, "baocao, embedded"), expected(split, "baocao, elastic")
        assert set(embedded) == set(elastic)
        assert all(abs(embedded[kind] - elastic[kind]) <= 0.002 for kind in embedded if kind == "all")
        assert min(embedded.values()) >= 0.55, EXPECTED
        assert embedded["all"] >= 0.70


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for kind, mrr in measured(loaded(open_engine(Settings(engine=f"embedded:{folder}/index")), Path(folder))).items():
            sys.stdout.write(f"generated\tbaocao\t{kind}\t{mrr}\n")
