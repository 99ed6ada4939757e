"""The harness of known-item search: the queries are well-formed, ranks and figures are what they say, peers find what holds the words."""

from __future__ import annotations

import json
import math
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from api.query import parse
from indexer.query import AllReports
from tests.relevance import measure, peers
from tests.relevance.measure import KINDS, SPLITS, KnownItem

ITEMS = {split: measure.known_items(split) for split in SPLITS}


def test_there_are_enough_queries_of_each_kind_in_both_splits() -> None:
    assert sum(map(len, ITEMS.values())) >= 400
    for split, items in ITEMS.items():
        counts = Counter(item.kind for item in items)
        assert set(counts) == set(KINDS)
        assert min(counts.values()) >= (10 if split.endswith("-hard") else 25)


def test_no_article_is_asked_for_in_two_splits() -> None:
    ids = [identifier for items in ITEMS.values() for identifier in {item.id for item in items}]
    assert len(ids) == len(set(ids))


def test_every_query_can_be_asked() -> None:
    for items in ITEMS.values():
        for item in items:
            assert parse(item.query) != AllReports(), item
            assert item.query == " ".join(item.query.split()) and 2 <= len(item.query.split()) <= 14, item


def test_queries_without_marks_have_none() -> None:
    assert all(item.query.isascii() for items in ITEMS.values() for item in items if item.kind == "accentless")


@pytest.mark.parametrize(("found", "rank"), [(["a"], 1), (["b", "a"], 2), (["b"], 0), ([], 0), ([*"bcdefghijk", "a"], 0)])
def test_rank(found: list[str], rank: int) -> None:
    assert measure.rank(KnownItem("a", "keyword", "develop", "x"), found) == rank


def test_figures() -> None:
    assert measure.figures([1, 2, 0, 10]) == pytest.approx((0.25, (1 + 0.5 + 0.1) / 4, (1 + 1 / math.log2(3) + 1 / math.log2(11)) / 4))
    assert measure.figures([]) == (0, 0, 0)


REPORTS: list[Any] = [
    SimpleNamespace(id="lak", title="Họp báo ở Đắk Lắk", body="Hội nghị giao ban quý I."),
    SimpleNamespace(id="khac", title="Tin khác", body="Trời nắng, họp báo dời lại."),
]


def test_sqlite_finds_what_holds_most_of_the_words() -> None:
    search = peers.sqlite(REPORTS)
    assert (search("hop bao giao ban"), search("họp báo nắng"), search("không đâu")) == (["lak", "khac"], ["khac", "lak"], [])


def test_peers_on_elasticsearch(elasticsearch_url: str) -> None:
    found = peers.elasticsearch(elasticsearch_url, REPORTS)
    try:
        answers = {name: search("họp báo giao ban") for name, search in found.items()}
        assert answers == {name: ["lak", "khac"] for name in found}
        assert found["Elasticsearch, folded"]("dak lak") == ["lak"]
        assert found["Elasticsearch, standard"]("dak lak") == []
    finally:
        peers.remove(elasticsearch_url)


def test_a_table_shows_each_kind_beside_all(capsys: pytest.CaptureFixture[str]) -> None:
    items = [KnownItem("a", "keyword", "develop", "x"), KnownItem("b", "phrase", "develop", "y")]
    ranks = measure.table(items, {"first": lambda text: ["a"]})
    lines = capsys.readouterr().out.splitlines()
    assert ranks == {"first": {"keyword": [1], "phrase": [0], "all": [1, 0]}}
    assert lines[-1].split() == ["first", "0.500", "0.50", "0.50", "1.000", "1.00", "1.00", "0.000", "0.00", "0.00"]
    assert json.dumps(lines[0].split()) == '["all", "keyword", "phrase"]'
