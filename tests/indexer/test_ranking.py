"""What a query's words are worth: terms, runs by their rarity, and that what was typed decides."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Literal

import pytest

from analyzers import Analyzer
from api.query import parse
from indexer.engine.contract import AnyOf, ConstantScore, Engine, HasPhrase
from indexer.engine.plan import make_plan
from indexer.engine.ranking import MAX_FORMS, MAX_RUNS, WEIGHT_PAIR, WEIGHT_THREE, WEIGHT_TITLE, WEIGHT_UNIT, WEIGHT_WHOLE, Run, run_scores
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
        ("kinh tế", [("kinh tế", WEIGHT_PAIR)]),
        ("tổ chức lễ", [("tổ chức lễ", WEIGHT_WHOLE), ("tổ chức", WEIGHT_PAIR), ("chức lễ", WEIGHT_PAIR)]),
        ("to chuc le", [("to chuc le", WEIGHT_WHOLE), ("to chuc", WEIGHT_PAIR), ("chuc le", WEIGHT_PAIR)]),
        (
            "họp báo quý IV",
            [("họp báo quý iv", WEIGHT_WHOLE)]
            + [(pair, WEIGHT_PAIR) for pair in ("họp báo", "báo quý", "quý iv")]
            + [(three, WEIGHT_THREE) for three in ("họp báo quý", "báo quý iv")],
        ),
        ("UBND", [("ubnd", WEIGHT_UNIT)]),
        ("UBND tỉnh", [("ubnd", WEIGHT_UNIT), ("ubnd tỉnh", WEIGHT_PAIR)]),
        ("18/3/2026", [("18 3 2026", WEIGHT_UNIT)]),
        ('"kinh tế xã hội"', [("kinh tế xã hội", WEIGHT_WHOLE)]),
        ('"kinh tế" lúa', [("kinh tế", WEIGHT_WHOLE)]),
        ("lúa NOT kinh tế", []),
    ],
)
def test_runs_of_a_query(text: str, runs: list[tuple[str, float]]) -> None:
    assert runs_of(text) == runs


def test_a_pasted_paragraph_has_no_more_runs_than_are_counted() -> None:
    assert len(runs_of(" ".join(f"từ{'abcdefghij'[i % 10]}x{'klmnopqrst'[i // 10]}" for i in range(90)))) == MAX_RUNS


def test_a_run_stands_where_any_form_of_its_units_does() -> None:
    _, pair = make_plan(SearchQuery(tree=parse("Sở GTVT"), text="Sở GTVT"), Analyzer()).runs
    forms = [("sở", "gtvt"), ("sở", "giao", "thông", "vận", "tải")]
    assert pair.title == AnyOf(tuple(HasPhrase(TITLE_SYLLABLES, form) for form in forms))
    assert pair.match == AnyOf(tuple(HasPhrase(field, form) for form in forms for field in (TITLE_SYLLABLES, BODY_SYLLABLES)))
    many = make_plan(SearchQuery(tree=parse("UBMTTQ UBMTTQ UBMTTQ"), text=""), Analyzer()).runs[0]
    assert isinstance(many.title, AnyOf)
    assert len(many.title.children) == MAX_FORMS


def test_a_run_is_worth_the_more_the_rarer_it_is_and_a_share_of_it_in_the_title() -> None:
    title, body = HasPhrase(TITLE_SYLLABLES, ("đắk", "lắk")), HasPhrase(BODY_SYLLABLES, ("đắk", "lắk"))
    one = Run(AnyOf((title, body)), title, 2.0, "đắk lắk")
    rare, common = (2 * math.log(1 + ratio) ** 2 / math.log(100) for ratio in (98.5 / 1.5, 0.5 / 99.5))
    assert list(run_scores([one], [1], 99)) == [ConstantScore(one.match, rare, '"đắk lắk"'), ConstantScore(title, rare * WEIGHT_TITLE, 'title "đắk lắk"')]
    assert next(run_scores([one], [99], 99)) == ConstantScore(one.match, common, '"đắk lắk"')
    assert list(run_scores([one], [0], 99)) == []
    assert 0 < common < 1e-4 < 7 < rare


def test_marks_decide_in_which_field_runs_stand() -> None:
    marked, plain = (make_plan(SearchQuery(tree=parse(text), text=text), Analyzer()).runs[0] for text in ("đắk lắk", "dak lak"))
    assert (marked.title, plain.title) == (AnyOf((HasPhrase(TITLE_SYLLABLES, ("đắk", "lắk")),)), AnyOf((HasPhrase(TITLE_FOLDED, ("dak", "lak")),)))
    assert plain.match == AnyOf((HasPhrase(TITLE_FOLDED, ("dak", "lak")), HasPhrase(BODY_FOLDED, ("dak", "lak"))))


def first_to_last(engine: Engine, folder: Path, texts: dict[str, str], query: str, match: Literal["all", "any"] = "all") -> list[str]:
    """Names of those of `texts` that are found, best first, among twenty others of a hundred words."""
    texts = texts | {f"other{number}": "Trời nắng, gió nhẹ. " * 25 for number in range(20)}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"Tin {name}\n{text}\n", encoding="utf-8")
    index(engine, [str(folder)], Settings())
    return [Path(hit.id).stem for hit in search(engine, SearchQuery(tree=parse(query), text=query, match=match)).hits]


@pytest.mark.parametrize("query", ["họp báo thép", "hop bao thep"])
def test_words_side_by_side_come_before_words_apart_and_length_is_not_rewarded(fresh: Engine, tmp_path: Path, query: str) -> None:
    apart = "Cuộc họp của thép và báo. " * 5
    together = "Buổi họp báo thép hôm nay kéo dài hai giờ với nhiều câu hỏi của các phóng viên. " + "Trời mưa to. " * 30
    assert first_to_last(fresh, tmp_path, {"apart": apart, "together": together}, query) == ["together", "apart"]


@pytest.mark.parametrize(("typed", "other"), [("UBND", "Ủy ban nhân dân"), ("Ủy ban nhân dân", "UBND"), ("129.082", "129082"), ("5/3/2019", "05/3/2019")])
def test_the_form_as_typed_comes_before_a_report_that_has_only_another(fresh: Engine, tmp_path: Path, typed: str, other: str) -> None:
    texts = {"b_typed": f"Sáng nay {typed} họp ở xã.", "a_other": f"Sáng nay {other} họp ở xã."}
    assert first_to_last(fresh, tmp_path, texts, f"{typed} họp") == ["b_typed", "a_other"]


def test_marks_as_typed_come_before_others(fresh: Engine, tmp_path: Path) -> None:
    texts = {"c_typed": "Con đường mới.", "a_other": "Con dương mới.", "b_other": "Con đương mới."}
    assert first_to_last(fresh, tmp_path, texts, "đường")[0] == "c_typed"
    assert set(first_to_last(fresh, tmp_path, texts, "đường")) == set(texts)


def test_twenty_pairs_that_every_other_report_holds_weigh_less_than_one_that_three_of_a_thousand_hold() -> None:
    pairs = make_plan(SearchQuery(tree=parse("cá lăng"), text="cá lăng"), Analyzer()).runs * 21
    common, rare = [500] * 20, [3]
    *said, told = [score.weight for score in run_scores(pairs, common + rare, 1000)][::2]
    assert sum(said) < told


def test_explaining_shows_what_each_run_gave(corpus: Engine) -> None:
    results = search(corpus, SearchQuery(tree=parse("giao ban"), text="giao ban", explain=True))
    first = results.hits[0]
    lines = [line.split(" ", 1) for line in first.explanation]
    assert {'"giao ban"', 'title "giao ban"'} <= {label for _, label in lines}
    assert first.score == pytest.approx(sum(float(value) for value, _ in lines), abs=0.01)
