"""How close together a report holds the words of a query: the shortest stretch, the share at the beginning, and what both are worth."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import Analyzer
from analyzers.syllables import folded
from api.query import parse
from indexer.closeness import FAR, WEIGHT_BEGINNING, WEIGHT_STRETCH, close, places, stretch
from indexer.engine.contract import Engine, EngineHit, HasAny
from indexer.engine.plan import make_plan
from indexer.load import index
from indexer.query import SearchQuery
from indexer.search import search
from indexer.settings import Settings

WORDS = ((("hop", "bao"),), (("ubnd",), ("uy", "ban", "nhan", "dan")))


def test_a_word_stands_where_any_of_its_forms_does() -> None:
    tokens = folded("Ủy ban nhân dân họp; UBND họp báo, họp báo. Ủy ban")
    assert places(WORDS, tokens) == [[6, 8], [0, 5]]


@given(st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=5, unique=True).map(sorted), min_size=1, max_size=4))
@settings(max_examples=300)
def test_the_stretch_is_the_shortest_that_holds_one_of_each(held: list[list[int]]) -> None:
    assert stretch(held) == min(max(chosen) - min(chosen) + 1 for chosen in product(*held))


@given(st.text(st.characters(codec="utf-8")) | st.sampled_from(["Ủy viên: quý ½", "NguyệtPhó H\u200boa q\u0303 Tỉnh\u200bủy", "a" * 300]))
def test_tokens_without_marks_and_places_are_those_with_them(text: str) -> None:
    assert folded(text) == [token.folded for token in Analyzer().syllables(text)]


def test_words_of_a_query_are_what_a_report_is_wanted_for() -> None:
    def words(text: str, match: str = "all") -> list[str]:
        plan = make_plan(SearchQuery(tree=parse(text), text=text, match="any" if match == "any" else "all"), Analyzer())
        return [" ".join(word[0]) for word in plan.words]

    assert words('lúa "giao ban" NOT mưa') == ["lua", "giao ban"]
    assert words("lúa mưa", "any") == []


@pytest.fixture
def hit(corpus: Engine) -> EngineHit:
    found = search(corpus, SearchQuery(tree=parse("giao ban"), text="giao ban")).hits[0]
    return EngineHit(found.id, 1.0, found.stored)


@pytest.mark.parametrize(
    ("title", "body", "worth", "label"),
    [
        ("Tin", "Hôm nay họp báo UBND.", WEIGHT_STRETCH * FAR + WEIGHT_BEGINNING, "2 words within 3, 100% at the beginning"),
        ("Tin", "Mưa. " * 200 + "Họp báo UBND.", WEIGHT_STRETCH * FAR + WEIGHT_BEGINNING, "2 words within 3, 100% at the beginning"),
        ("UBND", "Mưa. " * 1_000 + "Họp báo.", WEIGHT_BEGINNING / 2, "2 words within 1003, 50% at the beginning"),
    ],
)
def test_what_a_report_earns(hit: EngineHit, title: str, body: str, worth: float, label: str) -> None:
    given = replace(hit, stored=replace(hit.stored, report=replace(hit.stored.report, title=title, body=body)))
    (score,) = close(WORDS, [given])
    assert (score.match, score.label) == (HasAny("id", (hit.id,)), label)
    assert score.weight == pytest.approx(worth)
    assert list(close([*WORDS, (("x",),), (("y",),)], [given])) == []  # two words of four


def test_words_in_one_sentence_come_before_words_far_apart_and_the_explanation_says_so(fresh: Engine, tmp_path: Path) -> None:
    rain = "Trời mưa to, gió lớn, sông dâng cao. " * 60
    texts = {
        "apart": f"Giá thép tăng. {rain} Tàu cập cảng Vũng Áng. {rain} Ông Cường về quê.",
        "together": f"{rain} Ông Cường xem thép chở tới cảng. {rain * 2}",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"Tin {name}\n{text}\n", encoding="utf-8")
    index(fresh, [str(tmp_path)], Settings())
    for query in ("Cường thép cảng", "cuong thep cang"):
        hits = search(fresh, SearchQuery(tree=parse(query), text=query, explain=True)).hits
        assert [Path(hit.id).stem for hit in hits] == ["together", "apart"]
        assert any(line.endswith(" 3 words within 6, 0% at the beginning") for line in hits[0].explanation)
        assert hits[0].score == pytest.approx(sum(float(line.split()[0]) for line in hits[0].explanation), abs=0.01)
