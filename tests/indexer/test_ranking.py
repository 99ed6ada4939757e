"""What a query's words are worth: terms, runs by their rarity, and that what was typed decides."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from analyzers import Analyzer
from api.query import parse
from indexer.engine.contract import AnyOf, ConstantScore, Engine, HasPhrase
from indexer.engine.plan import make_plan
from indexer.engine.ranking import MAX_RUNS, WEIGHT_RUN, WEIGHT_WHOLE, Run, run_scores
from indexer.engine.schema import BODY_FOLDED, BODY_SYLLABLES, TITLE_FOLDED, TITLE_SYLLABLES
from indexer.load import index
from indexer.query import SearchQuery
from indexer.search import search
from indexer.settings import Settings


def runs_of(text: str) -> list[tuple[str, float]]:
    plan = make_plan(SearchQuery(tree=parse(text), text=text), Analyzer())
    return [(run.label, run.weight) for run in plan.runs]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("lúa", []),
        ("kinh tế", [("kinh tế", WEIGHT_RUN)]),
        ("tổ chức lễ", [("tổ chức lễ", WEIGHT_WHOLE), ("tổ chức", WEIGHT_RUN), ("chức lễ", WEIGHT_RUN)]),
        ("to chuc le", [("to chuc le", WEIGHT_WHOLE), ("to chuc", WEIGHT_RUN), ("chuc le", WEIGHT_RUN)]),
        ('"kinh tế xã hội"', [("kinh tế xã hội", WEIGHT_WHOLE)]),
        ('"kinh tế" lúa', [("kinh tế", WEIGHT_WHOLE)]),
        ("lúa NOT kinh tế", []),
    ],
)
def test_runs_of_a_query(text: str, runs: list[tuple[str, float]]) -> None:
    assert runs_of(text) == runs


def test_a_pasted_paragraph_has_no_more_runs_than_are_counted() -> None:
    assert len(runs_of(" ".join(f"từ{'abcdefghij'[i % 10]}x{'klmnopqrst'[i // 10]}" for i in range(90)))) == MAX_RUNS


def test_a_run_is_worth_its_rarity_anywhere_and_again_in_the_title() -> None:
    title, body = HasPhrase(TITLE_SYLLABLES, ("đắk", "lắk")), HasPhrase(BODY_SYLLABLES, ("đắk", "lắk"))
    one = Run(AnyOf((title, body)), title, 2.0, "đắk lắk")
    rare, common = 2 * math.log(1 + 98.5 / 1.5 + 1 / 1.5 - 1 / 1.5), 2 * math.log(1 + 0.5 / 99.5)
    assert list(run_scores([one], [1], 99)) == [ConstantScore(one.match, rare, '"đắk lắk"'), ConstantScore(title, rare, 'title "đắk lắk"')]
    assert list(run_scores([one], [99], 99)) == [ConstantScore(one.match, common, '"đắk lắk"'), ConstantScore(title, common, 'title "đắk lắk"')]
    assert list(run_scores([one], [0], 99)) == []
    assert 0 < common < rare


def test_marks_decide_in_which_field_runs_stand() -> None:
    marked, plain = (make_plan(SearchQuery(tree=parse(text), text=text), Analyzer()).runs[0] for text in ("đắk lắk", "dak lak"))
    assert (marked.title, plain.title) == (HasPhrase(TITLE_SYLLABLES, ("đắk", "lắk")), HasPhrase(TITLE_FOLDED, ("dak", "lak")))
    assert plain.match == AnyOf((plain.title, HasPhrase(BODY_FOLDED, ("dak", "lak"))))


@pytest.mark.parametrize("query", ["họp báo thép", "hop bao thep"])
def test_words_side_by_side_come_before_words_apart_and_length_is_not_rewarded(fresh: Engine, tmp_path: Path, query: str) -> None:
    apart = "Cuộc họp của thép và báo. " * 5
    texts = {"apart": apart, "together": "Buổi họp báo thép hôm nay kéo dài hai giờ với nhiều câu hỏi của các phóng viên. " + "Trời mưa to. " * 30}
    texts |= {f"other{number}": "Trời nắng, gió nhẹ." for number in range(20)}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"Tin {name}\n{text}\n", encoding="utf-8")
    index(fresh, [str(tmp_path)], Settings())
    results = search(fresh, SearchQuery(tree=parse(query), text=query))
    assert [Path(hit.id).stem for hit in results.hits] == ["together", "apart"]


def test_explaining_shows_what_each_run_gave(corpus: Engine) -> None:
    results = search(corpus, SearchQuery(tree=parse("giao ban"), text="giao ban", explain=True))
    first = results.hits[0]
    lines = [line.split(" ", 1) for line in first.explanation]
    assert {'"giao ban"', 'title "giao ban"'} <= {label for _, label in lines}
    assert first.score == pytest.approx(sum(float(value) for value, _ in lines), abs=0.01)
