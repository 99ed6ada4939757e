"""One wrong letter: a word that no report holds is read as its nearest, and the answer says so."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from api.query import parse
from indexer.engine.contract import Engine
from indexer.load import delete, index
from indexer.query import Respelled, SearchQuery, SearchResults
from indexer.search import search, search_all
from indexer.settings import Settings
from indexer.spelling import TABLE, within_one_edit


def find(engine: Engine, text: str) -> SearchResults:
    return search(engine, SearchQuery(tree=parse(text), text=text, highlight=False))


@pytest.mark.parametrize(
    ("typed", "read", "found"),
    [
        ("Hoàng Duy Chynh", "Chinh", "003"),  # other letter; "Chính" is as near, but stands beside no Duy
        ("hoang duy chnh", "chinh", "003"),  # one missing, of "chanh", "chinh", "chunh" by what stands beside it
        ("Phạm Anh Tuasn", "Tuấn", "001"),  # one too many, and the marks come from the reports
        ("KRÔGN Ana", "Krông", "002"),  # two changed
    ],
)
def test_a_word_that_no_report_holds_is_read_as_its_nearest(corpus: Engine, typed: str, read: str, found: str) -> None:
    results = find(corpus, typed)
    assert [word.read for word in results.respelled] == [read]
    assert (results.total, results.hits[0].relaxed) == (0, True)
    assert found in {hit.id[:3] for hit in results.hits}
    assert results.respelled[0].typed == typed[results.respelled[0].start :].split()[0]


SLIPS = "chynh tuasn krôngg kinhh"


@pytest.mark.parametrize("typed", ['"Chynh"', "Hoàng Duy Chinh", "zzzzzzzz", "NOT chynh", "chynh*", "ưu", f"{SLIPS} đắkk"])
def test_quotes_known_words_and_words_unlike_any_are_taken_as_they_are(corpus: Engine, typed: str) -> None:
    assert find(corpus, typed).respelled == ()


def test_more_than_a_few_unknown_words_are_no_slips(corpus: Engine) -> None:
    assert [word.typed for word in find(corpus, SLIPS).respelled] == SLIPS.split()


def test_what_lacks_the_word_is_the_same_set_with_or_without_a_reading(corpus: Engine) -> None:
    read, typed = find(corpus, "kinhh tế Đắk Lắk"), find(corpus, "zzzzzzzz tế Đắk Lắk")
    assert read.respelled == (Respelled("kinhh", "kinh", 0),)
    assert typed.respelled == ()
    assert (read.total, read.relaxed) == (typed.total, typed.relaxed)
    assert {hit.id for hit in read.hits} == {hit.id for hit in typed.hits}
    with_it = {hit.id for hit in find(corpus, "kinh tế Đắk Lắk").hits if not hit.relaxed}
    assert {hit.id for hit in read.hits[: len(with_it)]} == with_it < {hit.id for hit in read.hits}


TYPED = ["Hoàng Duy Chynh", "kinhh tế Đắk Lắk", "kinhh tếế Krôông", "Chynh OR Tuasn", "(Chynh OR Tuasn) tỉnh đảng"]


@pytest.mark.parametrize("group", [False, True])
@pytest.mark.parametrize("typed", TYPED)
def test_a_walk_gives_the_hits_of_the_pages(corpus: Engine, typed: str, group: bool) -> None:
    query = SearchQuery(tree=parse(typed), text=typed, highlight=False, group=group, facets=("year",))
    whole = search(corpus, query)
    pages = list(search_all(corpus, query, page=2))
    assert len(whole.hits) == whole.relaxed > 2 or len(pages) == 1
    assert [(hit.id, hit.rank, hit.score, hit.relaxed, hit.duplicates) for page in pages for hit in page.hits] == [
        (hit.id, hit.rank, hit.score, True, hit.duplicates) for hit in whole.hits
    ]
    assert {(page.total, page.relaxed, page.respelled) for page in pages} == {(0, whole.relaxed, whole.respelled)}
    assert pages[0].facets == whole.facets
    assert whole.respelled


@pytest.mark.parametrize("typed", TYPED)
def test_totals_hits_and_facets_are_of_one_set_whatever_the_page(corpus: Engine, typed: str) -> None:
    query = SearchQuery(tree=parse(typed), text=typed, highlight=False, facets=("year",))
    whole = search(corpus, query)
    assert (whole.total, whole.relaxed) == (0, len(whole.hits))
    assert whole.hits
    (year,) = whole.facets
    assert Counter(hit.stored.report.date[:4] if hit.stored.report.date else None for hit in whole.hits) == Counter(
        {value.value: value.count for value in year.values} | ({None: year.missing} if year.missing else {})
    )
    for other in (replace(query, limit=0), replace(query, offset=500), replace(query, limit=1, offset=1)):
        page = search(corpus, other)
        assert (page.total, page.relaxed, page.respelled, page.facets) == (0, whole.relaxed, whole.respelled, whole.facets)


def test_a_walk_keeps_its_reading_when_the_words_change(fresh: Engine, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Tin {name}\nBà Hapilon đến Huế {name}.\n", encoding="utf-8")
    index(fresh, [str(tmp_path)], Settings())
    query = SearchQuery(tree=parse("hapilun huế"), text="hapilun huế", limit=2, highlight=False)
    first = search(fresh, replace(query, cursor=""))
    delete(fresh, [hit.id for hit in first.hits])
    (tmp_path / "d.txt").write_text("Tin d\nHapilun\n", encoding="utf-8")
    index(fresh, [str(tmp_path / "d.txt")], Settings())
    last = search(fresh, replace(query, cursor=first.cursor))
    assert first.respelled == last.respelled == (Respelled("hapilun", "hapilon", 0),)
    assert [len(first.hits), len(last.hits), last.relaxed, last.cursor] == [2, 1, 3, None]


def test_words_go_with_their_reports(fresh: Engine, tmp_path: Path) -> None:
    for name, text in (("a", "Bà Hapilon đến Huế."), ("b", "Ông Hapilan đi Vinh.")):
        (tmp_path / f"{name}.txt").write_text(f"Tin {name}\n{text}\n", encoding="utf-8")
    index(fresh, [str(tmp_path)], Settings())
    assert fresh.rows(TABLE, ["7"]) == {"7": {"words": {"hapilan": 1, "hapilon": 1}}}
    assert [word.read for word in find(fresh, "hapilun huế").respelled] == ["hapilon"]
    assert [word.read for word in find(fresh, "hapilun vinh").respelled] == ["hapilan"]
    delete(fresh, [hit.id for hit in find(fresh, "hapilon").hits])
    assert [word.read for word in find(fresh, "hapilun huế").respelled] == ["hapilan"]


def test_a_slip_that_some_report_has_too_is_read_as_the_word_that_stands_there_elsewhere(fresh: Engine, tmp_path: Path) -> None:
    lines = [{"id": str(i), "body": f"Tin {i}\nÔng Nguyễn Phú đến Huế hôm {i}."} for i in range(60)]
    lines += [{"id": "a", "body": "Tin a\nBà Ngyễn Lan đi Vinh."}, {"id": "b", "body": "Tin b\nBà Hapilon Phú đi chợ."}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    index(fresh, [str(tmp_path)], Settings())
    assert [(word.typed, word.read) for word in find(fresh, "Ngyễn Phú Huế").respelled] == [("Ngyễn", "Nguyễn")]
    assert find(fresh, "Ngyễn Lan Huế").respelled == ()  # stands so in a report
    assert find(fresh, "Ngyễn Vinh Huế").respelled == ()  # nor does another word stand there
    assert find(fresh, "Ngyễn Lan").total == 1


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("chinh", "chynh", True), ("chinh", "chin", True), ("chinh", "xchinh", True), ("chinh", "cihnh", True), ("ab", "ba", True),
        ("chinh", "chinh", False), ("chinh", "chi", False), ("chinh", "cynhh", False), ("chinh", "hcinhx", False), ("abcd", "badc", False), ("", "a", True),
    ],
)  # fmt: skip
def test_within_one_edit(left: str, right: str, near: bool) -> None:
    assert within_one_edit(left, right) is within_one_edit(right, left) is near
