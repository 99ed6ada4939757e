"""The query language on both engines: queries made from its grammar find what a reading of every word of every report finds."""

from __future__ import annotations

import pytest

from analyzers import Analyzer
from api.query import parse
from indexer.build import build
from indexer.engine.contract import AllOf, AnyOf, Engine, FacetRequest, Match, Request, Without
from indexer.engine.plan import Plan, make_plan
from indexer.engine.schema import ID
from indexer.query import SearchQuery
from tests.conftest import ENGINES, MakeEngine
from tests.queries import FORMS, PLAIN, Queries, pages

ANALYZER = Analyzer()
PAGES = pages(seed=5, count=80)
SEEDS = range(10)
QUERIES_A_SEED = 500  # 5,000 on each engine


@pytest.fixture(scope="module")
def both(make_engine: MakeEngine) -> dict[str, Engine]:
    engines = {name: make_engine(name) for name in ENGINES}
    documents = [build(page.stored, ANALYZER) for page in PAGES]
    for engine in engines.values():
        with engine.writer() as writer:
            assert writer.put(documents) == []
            writer.publish()
    return engines


def ids(engine: Engine, match: Match) -> set[str]:
    """Every report that matches: counted by id, which is cheaper than to fetch them."""
    answer = engine.execute(Request(match, limit=0, facets=(FacetRequest(ID, ID, len(PAGES)),)))
    found = {value for value, _ in answer.counts[0].values}
    assert len(found) == answer.total
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_queries_of_the_grammar_find_what_a_reading_of_every_word_finds(both: dict[str, Engine], seed: int) -> None:
    queries = Queries(seed, PAGES)
    telling = near = 0
    for _ in range(QUERIES_A_SEED):
        asked = queries.query()
        match = make_plan(SearchQuery(tree=parse(asked.text), text=asked.text), ANALYZER).match
        wanted = {page.report.id for page in PAGES if asked.holds(page)}
        assert {name: ids(engine, match) for name, engine in both.items()} == dict.fromkeys(ENGINES, wanted), asked.text
        some = 0 < len(wanted) < len(PAGES)
        telling += some
        near += some and "NEAR/" in asked.text
    assert telling > QUERIES_A_SEED * 0.7, "too many of them find everything or nothing"
    assert near > QUERIES_A_SEED * 0.2


def planned(text: str) -> Plan:
    return make_plan(SearchQuery(tree=parse(text), text=text), ANALYZER)


def test_the_two_sides_of_near_are_ranked_and_marked_as_they_are_alone() -> None:
    near, alone = planned('UBND NEAR/5 "thủy sản"'), planned('UBND "thủy sản"')
    assert (near.scores, near.runs, near.patterns) == (alone.scores, alone.runs, alone.patterns)
    window = {"tokens": ["UBND", "thủy sản"], "kind": "5 words between at most, either order"}
    sides = [{**one, "start": start} for one, start in zip(alone.reading, (0, 13), strict=True)]
    assert near.reading == ({"text": "NEAR/5", "start": 5, "kind": "near", "variants": [window]}, *sides)
    sentence = {"tokens": ["a", "b"], "kind": "one sentence"}
    assert planned("a NEAR/s b").reading[0] == {"text": "NEAR/s", "start": 2, "kind": "near", "variants": [sentence]}


def test_what_near_asks_is_never_spared() -> None:
    """Of three plain words one may be lacking; the two sides of NEAR are no plain words."""
    plan, near = planned("lũ mưa AND kinh NEAR/1 tế"), planned("kinh NEAR/1 tế").match
    one_of_two = AnyOf((planned("lũ").match, planned("mưa").match), least=1)
    assert plan.relaxed == AllOf((AllOf((one_of_two, near)), Without(plan.match)))
    assert planned("kinh NEAR/1 tế").relaxed is None


def test_the_words_of_the_reports_have_no_other_forms_than_those_written_down() -> None:
    assert {word: len(ANALYZER.query(word)) for word in (*PLAIN, *FORMS)} == dict.fromkeys((*PLAIN, *FORMS), 1)
    variants = {word: {" ".join(v.folded) for v in ANALYZER.query(word)[0].variants} for word in (*PLAIN, *FORMS)}
    assert {word: found for word, found in variants.items() if word in FORMS} == {word: set(forms) for word, forms in FORMS.items()}
    assert {len(variants[word]) for word in PLAIN} == {1}
