"""What is sent to Elasticsearch, as reviewed files, and how its answers are read. `python -m tests.indexer.test_elastic_query` writes the files anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.engine.contract import (
    AllOf,
    AnyOf,
    BestOf,
    ConstantScore,
    Constraint,
    Counts,
    Exists,
    FacetRequest,
    HasAny,
    HasNear,
    HasPhrase,
    HasPrefix,
    HasTerm,
    InRange,
    Match,
    MatchAll,
    MatchNone,
    Request,
    Spans,
    TermScore,
    Without,
)
from indexer.engine.elastic_facets import MAX_PAIRS, MAX_VALUES, facet_aggregations, groups, overlap_aggregations, overlaps, read_counts
from indexer.engine.elastic_index import index_body, tables_body
from indexer.engine.elastic_query import clause, members_body, read_after, search_body
from indexer.engine.schema import BODY_FOLDED, BODY_SYLLABLES, DATE_TO, TITLE_FOLDED, TITLE_SYLLABLES
from indexer.settings import Settings

FOLDER = Path(__file__).parent.parent / "snapshots" / "elastic_query"

WORD = AnyOf((HasTerm(TITLE_FOLDED, "hop"), HasTerm(BODY_FOLDED, "hop")))
PHRASE = AnyOf((HasPhrase(TITLE_SYLLABLES, ("đắk", "lắk")), HasPhrase(BODY_SYLLABLES, ("đắk", "lắk"))))
DATES = Constraint(frozenset(), InRange(DATE_TO, low=20240101))
PROVINCE = Constraint(frozenset({"province"}), AnyOf((HasAny("province", ("P66a",)), Without(Exists("province")))))
OFFICIAL = Constraint(frozenset({"official"}), HasAny("official", ("nguyễn văn a",)))
PAIR = Constraint(frozenset({"official", "post"}), HasAny("official_post", ("nguyễn văn a|bí thư",)))
ONE_LEFT = FacetRequest("post", "posts_of_official", 10, lefts=("nguyễn văn a",), always=("bí thư",))
TWO_LEFTS = FacetRequest("post", "posts_of_official", 10, lefts=("a.b*", "nguyễn văn a"), always=("bí thư",))

REQUESTS: dict[str, Request] = {
    "everything": Request(),
    "word_and_phrase": Request(
        AllOf((WORD, PHRASE)),
        scores=(TermScore(BODY_SYLLABLES, "họp", 1.0, "họp"), ConstantScore(HasPhrase(BODY_SYLLABLES, ("đắk", "lắk")), 0.5)),
    ),
    "best_of": Request(WORD, scores=(BestOf((TermScore(TITLE_FOLDED, "hop", 2.0), ConstantScore(WORD, 0.3))), BestOf(()))),
    "newest_needs_no_scores": Request(WORD, scores=(TermScore(BODY_FOLDED, "hop"),), sort="newest", offset=20, limit=5),
    "oldest": Request(MatchNone(), sort="oldest"),
    "lacking_one_word": Request(AnyOf((WORD, PHRASE, HasPrefix(BODY_FOLDED, "ke")), least=2)),
    "near": Request(HasNear(Spans(BODY_FOLDED, (("ubnd",), ("uy", "ban", "nhan", "dan"))), Spans(BODY_SYLLABLES, (("thủy", "sản"),)), 5)),
    "same_sentence_of_a_form_within_another": Request(HasNear(Spans(BODY_FOLDED, (("a", "b"), ("b",))), Spans(BODY_FOLDED, (("c",),)), None)),
    "near_in_a_title": Request(HasNear(Spans(TITLE_FOLDED, (("a",),)), Spans(TITLE_FOLDED, (("b",),)), None)),
    "without": Request(AllOf((WORD, Without(PHRASE), Without(HasAny("topic", ("kinh-te",))), AllOf((Exists("province"),))))),
    "only_without": Request(Without(WORD)),
    "facets": Request(
        WORD,
        (DATES, PROVINCE, OFFICIAL),
        facets=(FacetRequest("province", "province", 10, always=("P66a",)), FacetRequest("topic", "topic", 3, only=frozenset({"y-te", "kinh-te"}))),
    ),
    "posts_of_one_official": Request(WORD, (OFFICIAL, PAIR), facets=(ONE_LEFT,)),
    "posts_of_two_officials": Request(WORD, (OFFICIAL, PAIR), facets=(TWO_LEFTS,)),
    "posts_of_an_official_by_prefix": Request(WORD, facets=(FacetRequest("post", "posts_of_official", 10, lefts=("a",), only=frozenset({"x", "y"})),)),
    "next_page_of_a_view": Request(WORD, view="v", after=(10, 1.5, 20260318, "r9", 7)),
}


def bodies() -> dict[str, Any]:
    """Name of a file -> what is in it."""
    made: dict[str, Any] = {name: search_body(request, facet_aggregations(request)) for name, request in REQUESTS.items()}
    request = REQUESTS["posts_of_two_officials"]
    made["overlap_of_two_officials"] = search_body(request, overlap_aggregations(request, {0: {"bí thư": ("a.b*|bí thư", "nguyễn văn a|bí thư")}}))
    made["members_of_groups"] = members_body(REQUESTS["next_page_of_a_view"])
    made["index"] = index_body(Settings(shards=3, replicas=1), {"state": "building"})
    made["tables"] = tables_body(Settings(shards=3, replicas=1))
    return made


def as_file(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", bodies())
def test_what_is_sent_is_what_was_reviewed(name: str) -> None:
    sent = as_file(bodies()[name])
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == sent, "if the change is meant: python -m tests.indexer.test_elastic_query"


def test_no_file_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(bodies())


@pytest.mark.parametrize(
    ("match", "wanted"),
    [
        (AllOf(()), {"match_all": {}}),
        (AnyOf(()), {"match_none": {}}),
        (AnyOf((), least=0), {"match_none": {}}),
        (AnyOf((MatchNone(),), least=0), {"match_all": {}}),
        (AnyOf((MatchAll(),), least=2), {"match_none": {}}),
        (AllOf((AllOf((AllOf((Exists("topic"),)),)),)), {"exists": {"field": "topic"}}),
        (Without(Without(Exists("topic"))), {"exists": {"field": "topic"}}),
        (Without(AnyOf(())), {"match_all": {}}),
        (HasPhrase("f", ("a",)), {"term": {"f": {"value": "a"}}}),
        (HasPhrase("f", ()), {"match_none": {}}),
        (HasPhrase("f", ("a b", "c")), {"match_none": {}}),
        (HasPhrase("f", ("a", "\ud800")), {"match_none": {}}),
        (HasTerm("f", "\ud800"), {"match_none": {}}),
        (HasTerm("f", "ă" * 20_000), {"match_none": {}}),
        (HasPrefix("f", "\udfff"), {"match_none": {}}),
        (HasAny("f", ("\ud800", "b")), {"terms": {"f": ["b"]}}),
        (InRange("n"), {"exists": {"field": "n"}}),
        (InRange("n", 1, 2**70), {"range": {"n": {"gte": 1}}}),
        (InRange("n", -(2**70), 5), {"range": {"n": {"lte": 5}}}),
        (InRange("n", 2**63), {"match_none": {}}),
        (InRange("n", 3, 2), {"match_none": {}}),
    ],
)
def test_odd_matches(match: Match, wanted: dict[str, Any]) -> None:
    assert clause(match) == wanted


def test_nesting_as_deep_as_a_query_may_be_stays_within_the_servers_thirty() -> None:
    match: Match = WORD
    for level in range(24):
        match = (AllOf((match, PHRASE)), AnyOf((match, PHRASE)), Without(match))[level % 3]
    request = Request(match, (PROVINCE,), facets=(FacetRequest("province", "province", 10), FacetRequest("topic", "topic", 10)))

    def depth(value: Any) -> int:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return max(map(depth, inner), default=0) + ("bool" in value if isinstance(value, dict) else 0)

    assert depth(search_body(request, facet_aggregations(request))) <= 30


# ---------------------------------------------------------------- answers


def test_the_next_page_begins_after_the_last_hit() -> None:
    answer = {"hits": {"total": {"value": 5}, "hits": [{"sort": [1.5, None, "a"]}, {"sort": [1.0, 3, "b"]}]}}
    nothing = {"hits": {"total": {"value": 5}, "hits": []}}
    first, later = Request(limit=2, view="v"), Request(limit=2, view="v", after=(3, 0, 0, "z"))
    assert read_after(first, answer) == (2, 1.0, 3, "b")
    assert read_after(later, answer) is None
    assert read_after(Request(limit=2, offset=2, view="v"), answer) == (4, 1.0, 3, "b")
    assert (read_after(first, nothing), read_after(Request(limit=0, view="v", after=(3, 1)), nothing)) == (None, (3, 1))


def listed(buckets: dict[str, int], error: int = 0, other: int = 0) -> dict[str, Any]:
    found = [{"key": key, "doc_count": count} for key, count in buckets.items()]
    return {"doc_count_error_upper_bound": error, "sum_other_doc_count": other, "buckets": found}


def counted(facet: FacetRequest, answer: dict[str, Any], rights: list[int] | None = None) -> Counts:
    request = Request(facets=(facet,))
    again = {} if rights is None else {"0": {"rights": {"buckets": [{"doc_count": count} for count in rights]}}}
    (counts,) = read_counts(request, {"0": answer}, overlaps(request, {"0": answer}), again)
    return counts


def test_values_in_order_then_the_asked_for() -> None:
    answer = {"missing": {"doc_count": 4}, "values0": listed({"b": 2, "a": 2, "c": 1}), "always": {"buckets": [{"doc_count": 1}, {"doc_count": 0}]}}
    facet = FacetRequest("topic", "topic", 2, always=("c", "z", "c"))
    assert counted(facet, answer) == Counts("topic", (("a", 2), ("b", 2), ("c", 1), ("z", 0)), truncated=True, missing=4)


def test_a_facet_of_no_allowed_value() -> None:
    facet = FacetRequest("topic", "topic", 2, always=("c",), only=frozenset())
    assert counted(facet, {"missing": {"doc_count": 0}}) == Counts("topic", (("c", 0),), truncated=False, missing=0)


def test_a_right_beside_two_lefts_is_counted_again_and_the_rest_is_not() -> None:
    answer = {"missing": {"doc_count": 0}, "values0": listed({"a.b*|x": 3, "nguyễn văn a|x": 2, "nguyễn văn a|y": 4, "nguyễn văn ab|z": 9})}
    facet = FacetRequest("post", "posts_of_official", 10, lefts=TWO_LEFTS.lefts)
    assert overlaps(Request(facets=(facet,)), {"0": answer}) == {0: {"x": ("a.b*|x", "nguyễn văn a|x")}}
    assert counted(facet, answer, [4]) == Counts("post", (("x", 4), ("y", 4)), truncated=False, missing=0)


@pytest.mark.parametrize(
    ("facet", "values", "approximate"),
    [
        (FacetRequest("topic", "topic", 1), listed({"a": 2, "b": 1}, other=7), False),
        (FacetRequest("topic", "topic", 1), listed({"a": 2, "b": 1}, error=1, other=7), True),
        (FacetRequest("post", "posts_of_official", 1, lefts=("l",)), listed({"l|a": 2, "l|b": 1}, other=7), False),
        (FacetRequest("post", "posts_of_official", 1, lefts=("l", "m")), listed({"l|a": 2, "l|b": 1}, other=7), True),
        (FacetRequest("post", "posts_of_official", 1, lefts=("l" * 2_000,)), listed({"l" * 2_000 + "|a": 2}, other=7), True),
    ],
)
def test_approximate_only_when_something_was_not_added_up(facet: FacetRequest, values: dict[str, Any], approximate: bool) -> None:
    assert counted(facet, {"missing": {"doc_count": 0}, "values0": values}).approximate is approximate


@pytest.mark.parametrize("lefts", [("l" * 2_000,), tuple(f"người {n}." for n in range(500)), ("\ud800",), ("đ" * 700 + '"', "𠮷" * 600)])
def test_no_pattern_is_longer_than_the_server_takes(lefts: tuple[str, ...]) -> None:
    request = Request(facets=(FacetRequest("post", "posts_of_official", 10, lefts=lefts),))
    asked = [a["terms"] for name, a in facet_aggregations(request)["0"]["aggs"].items() if name.startswith("values")]
    assert all(len(terms["include"].encode("utf-16-le")) // 2 <= 1_000 for terms in asked)
    assert sum(terms["size"] for terms in asked) <= MAX_PAIRS


def test_no_group_of_facets_counts_more_than_the_server_allows() -> None:
    facets = tuple(FacetRequest(f"f{n}", "topic", limit) for n, limit in enumerate((10, 60_000, 60_000, 10, 10**9, 10)))
    made = groups(facets)
    assert [facet.name for group in made for facet in group] == ["f0", "f1", "f2", "f3", "f4", "f5"]
    assert [len(group) for group in made] == [2, 2, 1, 1]
    assert all(sum(min(facet.limit + 1, MAX_VALUES) for facet in group) <= MAX_VALUES for group in made)
    assert groups(()) == [()]


if __name__ == "__main__":
    for name, body in bodies().items():
        (FOLDER / f"{name}.json").write_text(as_file(body), encoding="utf-8")
