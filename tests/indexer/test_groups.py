"""Near-duplicates: what is one text and what two, groups against all pairs compared, and groups that no order of loading changes."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import Analyzer
from indexer import groups
from indexer.build import build
from indexer.engine.contract import Engine
from indexer.groups import Sketch, grouped
from indexer.link import link
from indexer.load import delete, index
from indexer.models import StoredReport
from indexer.query import SearchQuery
from indexer.search import search
from indexer.settings import Settings
from tests.fake_engine import FakeEngine
from tests.indexer.reports import DAK_LAK, GIA_LAI, official, stored
from tests.pace import allowed

ANALYZER = Analyzer()
SYLLABLES = "đảng tỉnh ủy ban nhân dân hội đồng kinh tế xã hội phát triển cán bộ xây dựng nông thôn mới đầu tư công dự án giải ngân vốn kế hoạch".split()


def text(seed: int, length: int) -> list[str]:
    """A text of its own: syllables in random order."""
    return random.Random(seed).choices(SYLLABLES, k=length)


def sketch(body: str, title: str = "Tiêu đề", **fields: Any) -> Sketch:
    return Sketch.read(build(stored("x", body, title=title, **fields), ANALYZER).stored.sketch)


def alike(one: Sketch, other: Sketch) -> bool:
    return grouped({"a": one, "b": other}) == {"a": "a", "b": "a"}


STORY = " ".join(text(1, 220))
NOTICE = " ".join((*text(2, 60), "ngày 7/2/2024 tại trụ sở số 4", *text(3, 60)))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (STORY, True),
        (f"Theo phóng viên. {STORY.capitalize()} {' '.join(text(4, 60))}", True),  # a paragraph more
        (" ".join(STORY.split()[40:]), True),  # one less
        (STORY.replace("đồng", "dong").upper(), True),
        (f"{STORY} {' '.join(text(5, 220))}", False),  # a digest of two stories
        (" ".join(text(6, 220)), False),
        (" ".join(sorted(STORY.split())), False),  # the same words in another order
    ],
)
def test_one_text_whatever_stands_round_it(other: str, same: bool) -> None:
    assert alike(sketch(STORY, "Một tiêu đề"), sketch(other, "Tiêu đề khác", authors=("Kim Bảo",))) is same


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (NOTICE.replace("7/2/2024", "8/2/2024"), False),
        (NOTICE.replace("số 4", "số 5"), False),
        (NOTICE.replace("7/2/2024", "7/2"), True),  # less is said, nothing else
        (NOTICE + " năm 2023", True),
    ],
)
def test_another_number_in_the_place_of_one_makes_another_report(changed: str, same: bool) -> None:
    assert alike(sketch(NOTICE), sketch(changed)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"officials": (official("Cao Thị Hòa An"),)}, {"officials": (official("Lê Minh"),)}, False),
        ({"officials": (official("Cao Thị Hòa An"),)}, {"officials": (official("CAO THỊ HOÀ AN"), official("Lê Minh"))}, True),
        ({"provinces": (DAK_LAK,)}, {"provinces": (GIA_LAI,)}, False),
        ({"provinces": (DAK_LAK,)}, {}, True),
        ({"period": "2024-Q1"}, {"period": "2024-Q2"}, False),
    ],
)
def test_a_form_filled_in_for_somebody_else_is_another_report(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert alike(sketch(STORY, **one), sketch(STORY, **other)) is same


def test_a_short_text_is_the_same_under_the_same_title_only() -> None:
    short = "Chi tiết trong tệp đính kèm."
    assert alike(sketch(short, "Thông báo số 4"), sketch(short, "Thông báo số 4"))
    assert not alike(sketch(short, "Thông báo số 4"), sketch(short, "Thông báo số 5"))
    assert not alike(sketch(short, "Thông báo"), sketch(short + " Mời xem.", "Thông báo"))
    assert not alike(Sketch.read(build(stored("x", short), ANALYZER).stored.sketch), Sketch.read(build(stored("y", short), ANALYZER).stored.sketch))


def test_a_chain_of_small_changes_ties_only_what_is_alike() -> None:
    words = text(7, 400)
    links = {f"r{number}": sketch(" ".join(words[number * 40 : number * 40 + 240])) for number in range(5)}
    assert grouped(links) == {"r0": "r0", "r1": "r0", "r2": "r2", "r3": "r2"}


# ---------------------------------------------------------------- against all pairs


def versions(seed: int, count: int) -> dict[str, str]:
    """Texts of a few stories, each version with random parts changed, lost and added."""
    rng = random.Random(seed)
    stories = [text(seed * 100 + number, rng.randint(30, 200)) for number in range(4)]
    made: dict[str, str] = {}
    for _ in range(count):
        words = list(rng.choice(stories))
        for _ in range(rng.randint(0, 4)):
            at = rng.randrange(len(words))
            words[at : at + rng.randint(0, 25)] = rng.choices([*SYLLABLES, str(rng.randint(1, 9))], k=rng.randint(0, 25)) or ["và"]
        made[f"r{rng.randrange(10_000):04}"] = " ".join(words)
    return made


def all_pairs(sketches: dict[str, Sketch]) -> dict[str, str]:
    """The rule read off groups.py: the first report, by id, that is alike and in no other group."""
    leader: dict[str, str] = {}
    for report in sorted(sketches):
        firsts = [other for other in sorted(leader) if leader[other] == other and set(sketches[other].bands()) & set(sketches[report].bands())]
        leader[report] = next((other for other in firsts if sketches[other].alike(sketches[report])), report)
    return {report: first for report, first in leader.items() if list(leader.values()).count(first) > 1}


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_groups_are_those_of_all_pairs(seed: int) -> None:
    sketches = {report: sketch(body) for report, body in versions(seed, 14).items()}
    assert grouped(sketches) == all_pairs(sketches)


# ---------------------------------------------------------------- one form, thousands of fillings


def filled(form: bytes, number: int, *more: bytes) -> Sketch:
    """A form filled in: of six numbers two are its own, of four names of places one is."""
    numbers = frozenset((b"2024", b"form", b"%04d" % (number % 31), b"%04x" % (number % 97), b"%03xn" % number, b"%03xm" % number, *more))
    places = frozenset((b"land", b"tinh", b"%03xc" % (number % 64), b"%03xp" % (number % 700)))
    return Sketch(form, (numbers, frozenset(), places, frozenset()))


FORM = bytes(random.Random(8).choices(range(1, 256), k=128))


def test_thousands_of_fillings_of_one_form_are_told_apart_in_time() -> None:
    sketches = {f"r{number:04}": filled(FORM, number) for number in range(3_000)}
    began = time.process_time()
    assert grouped(sketches) == {}
    assert time.process_time() - began < allowed(2)


def test_a_copy_finds_its_filling_among_thousands() -> None:
    """The portals' names part the copies by more ids than a band keeps, and one copy says a number more."""
    firsts = {f"a{number:04}": filled(FORM, number) for number in range(1_000)}
    copies = {f"b{number:04}": filled(FORM, number, b"%03xx" % number) for number in range(1_000)}
    assert grouped(firsts | copies) == {report: f"a{report[1:]}" for report in firsts | copies}


@given(st.integers(0, 10_000), st.integers(1, 4))
@settings(max_examples=40)
def test_where_not_all_are_compared_groups_still_hold_only_what_is_alike_to_the_first(seed: int, most: int) -> None:
    rng = random.Random(seed)
    sketches: dict[str, Sketch] = {}
    for number in range(40):
        form = bytes(rng.randint(1, 255) if rng.random() < 0.1 else value for value in FORM)
        sketches[f"r{number:02}"] = filled(form, rng.randrange(20))
    kept = groups._MOST_LEADERS
    groups._MOST_LEADERS = most
    try:
        found = grouped(sketches)
        assert grouped(dict(rng.sample(sorted(sketches.items()), len(sketches)))) == found
    finally:
        groups._MOST_LEADERS = kept
    for report, first in found.items():
        assert first <= report
        assert found[first] == first
        assert report == first or sketches[first].alike(sketches[report])
        assert list(found.values()).count(first) > 1


# ---------------------------------------------------------------- at link time


def groups_of(engine: FakeEngine) -> dict[str, str]:
    for document in engine.documents.values():
        assert document.keywords.get("group", ()) == ((document.stored.group,) if document.stored.group else ())
    return {report: document.stored.group for report, document in engine.documents.items() if document.stored.group}


@given(st.integers(0, 10_000), st.data())
@settings(max_examples=30)
def test_no_order_of_loading_deleting_and_changing_matters(seed: int, data: st.DataObject) -> None:
    bodies = versions(seed, 10)
    first = data.draw(st.lists(st.sampled_from(sorted(bodies)), unique=True))
    changed = {report: data.draw(st.sampled_from(sorted(bodies.values()))) for report in data.draw(st.lists(st.sampled_from(sorted(bodies)), unique=True))}
    gone = data.draw(st.lists(st.sampled_from(sorted(bodies)), unique=True, max_size=5))
    engine = FakeEngine()
    steps: list[tuple[dict[str, str], list[str]]] = [({report: bodies[report] for report in first}, []), (bodies, []), (changed, gone)]
    now: dict[str, str] = {}
    for put, removed in steps:
        with engine.writer() as writer:
            writer.put([build(stored(report, body, title="Tiêu đề"), ANALYZER) for report, body in put.items()])
            writer.delete(removed)
            link(writer, ANALYZER)
            assert link(writer, ANALYZER) == 0
            writer.publish()
        now = {report: body for report, body in (now | put).items() if report not in removed}
        assert groups_of(engine) == grouped({report: sketch(body) for report, body in now.items()})


def test_groups_follow_loads_and_deletes_on_both_engines(fresh: Engine, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"

    def load(**bodies: str) -> None:
        lines = [{"id": name, "title": f"Tin {name}", "body": body} for name, body in bodies.items()]
        file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        index(fresh, [str(file)], Settings())

    def found() -> dict[str, tuple[str, int | None]]:
        return {hit.id: (hit.stored.group, hit.duplicates) for hit in search(fresh, SearchQuery(group=True)).hits}

    load(b=STORY, d=NOTICE)
    assert found() == {"b": ("", 0), "d": ("", 0)}
    load(a=f"{STORY} Theo báo.", c=STORY)
    assert found() == {"a": ("a", 2), "d": ("", 0)}
    assert {hit.id for hit in search(fresh, SearchQuery(in_group="a")).hits} == {"a", "b", "c"}
    delete(fresh, ["a"])
    assert found() == {"b": ("b", 1), "d": ("", 0)}
    load(c=NOTICE)
    assert found() == {"b": ("", 0), "c": ("c", 1)}


def test_what_an_index_of_schema_1_kept_is_read() -> None:
    report = stored("x")
    old = json.loads(report.to_json())
    assert (old.pop("sketch"), old.pop("group")) == ("", "")
    assert StoredReport.from_json(json.dumps(old)) == report
