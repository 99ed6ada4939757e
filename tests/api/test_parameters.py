"""Option and parameter values -> SearchQuery: every form that is taken, and what each wrong one is told."""

from __future__ import annotations

from typing import Any

import pytest

from api.labels import facet_of
from api.parameters import MAX_VALUES, build_query
from indexer.errors import InvalidFilter, QuerySyntaxError, WindowExceeded
from indexer.query import AllReports, And, Filter, SearchQuery, Where, Words


def test_nothing_given_is_the_first_page_of_everything() -> None:
    assert build_query() == SearchQuery(AllReports())


def test_everything_given() -> None:
    query = build_query(
        "kinh tế tỉnh:Lào",
        include={"topic": ["kinh-te"], "province": [" Đắk Lắk ", "P66a", "Đắk Lắk"], "post": []},
        exclude={"province": ["none"]},
        date_from="2024",
        date_to="2024-02",
        match="any",
        facets=["year", "tỉnh-nay", "YEAR"],
        facet_limit=7,
        facet_prefix="lắ",
        sort="newest",
        limit=0,
        offset=10_000,
        explain=True,
        highlight=False,
    )
    assert query == SearchQuery(
        tree=And((Words("kinh tế", 0), Where("province", "Lào", 13))),
        text="kinh tế tỉnh:Lào",
        filters=(Filter("province", ("Đắk Lắk", "P66a")), Filter("topic", ("kinh-te",)), Filter("province", ("none",), exclude=True)),
        date_from="2024-01-01",
        date_to="2024-02-29",
        match="any",
        facets=("year", "province_now"),
        facet_limit=7,
        facet_prefix="lắ",
        sort="newest",
        offset=10_000,
        limit=0,
        explain=True,
        highlight=False,
    )


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("5/3/2024", "2024-03-05", "2024-03-05"),
        (" 15/03/2024 ", "2024-03-15", "2024-03-15"),
        ("03/2024", "2024-03-01", "2024-03-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_dates(given: str, first: str, last: str) -> None:
    query = build_query(date_from=given, date_to=given)
    assert (query.date_from, query.date_to) == (first, last)


EMPTY = "is empty; give a value or leave it out ('none' finds reports that have no value)"
WRONG_DATES = ["", "24", "0000", "2024-00", "2024-13", "2024-02-30", "30/02/2024", "2024/03/15", "20240315", "2024-03-15T10:00", "hôm nay", "-1", "9" * 9]


@pytest.mark.parametrize("given", WRONG_DATES)
@pytest.mark.parametrize("side", ["from", "to"])
def test_wrong_dates(given: str, side: str) -> None:
    with pytest.raises(InvalidFilter) as caught:
        build_query(date_from=given) if side == "from" else build_query(date_to=given)
    assert (caught.value.field, str(caught.value)) == (side, f"{side} must be a date such as 2024, 2024-03, 2024-03-15 or 15/03/2024, not '{given}'")


def test_cursors() -> None:
    assert [build_query(cursor=given).cursor for given in (None, "*", "abc")] == [None, "", "abc"]


@pytest.mark.parametrize(
    ("given", "field", "suggestion", "message"),
    [
        ({"date_from": "2025", "date_to": "2024"}, "to", None, "from (2025-01-01) is after to (2024-12-31); swap them"),
        ({"limit": -1}, "limit", None, "limit must be between 0 and 500, not -1"),
        ({"limit": 501}, "limit", None, "limit must be between 0 and 500, not 501"),
        ({"offset": -1}, "offset", None, "offset must be 0 or more, not -1"),
        ({"offset": -(10**40)}, "offset", None, "offset must be 0 or more, not -1000000000000000000…"),
        ({"facet_limit": 0}, "facet_limit", None, "facet_limit must be between 1 and 1,000, not 0"),
        ({"cursor": "x", "offset": 1}, "offset", None, "offset and cursor exclude each other: a cursor knows its place"),
        ({"cursor": "*", "limit": 0}, "limit", None, "limit must be 1 or more with a cursor"),
        ({"cursor": ""}, "cursor", None, "cursor must be * to begin, then the cursor of the page before"),
        ({"cursor": "a\x1b"}, "cursor", None, "cursor must be * to begin, then the cursor of the page before"),
        ({"sort": "newst"}, "sort", "newest", "sort must be relevance or newest or oldest, not 'newst'; did you mean 'newest'?"),
        ({"match": "some"}, "match", None, "match must be all or any, not 'some'"),
        ({"match": "\x1b[2J"}, "match", None, "match must be all or any, not '\\x1b[2J'"),
        ({"facets": ["provnce"]}, "facet", "province", "there is no facet 'provnce'; did you mean 'province'?"),
        ({"facets": ["chuc-vuu"]}, "facet", "post", "there is no facet 'chuc-vuu'; did you mean 'post'?"),
        ({"include": {"province": [""]}}, "province", None, f"province {EMPTY}"),
        ({"exclude": {"province": [" "]}}, "not_province", None, f"not_province {EMPTY}"),
        ({"include": {"post": ["x" * 513]}}, "post", None, "post is longer than 512 characters"),
        ({"include": {"post": ["a\x00"]}}, "post", None, "post holds a character that no value has: 'a\\x00'"),
        ({"include": {"post": ["\udcff"]}}, "post", None, "post holds a character that no value has: '\\udcff'"),
        ({"include": {"post": [str(n) for n in range(MAX_VALUES + 1)]}}, "post", None, "a query may have 500 filter values at most"),
        ({"facet_prefix": "\x07"}, "prefix", None, "prefix holds a character that no value has: '\\x07'"),
    ],
)  # fmt: skip
def test_wrong_values_name_the_parameter(given: dict[str, Any], field: str, suggestion: str | None, message: str) -> None:
    with pytest.raises(InvalidFilter) as caught:
        build_query(**given)
    assert (caught.value.field, caught.value.suggestion, str(caught.value)) == (field, suggestion, message)


def test_past_the_window_the_cursor_is_named() -> None:
    assert build_query(limit=500, offset=9_500).offset == 9_500
    with pytest.raises(WindowExceeded, match="walk further by cursor"):
        build_query(limit=500, offset=9_501)


def test_a_malformed_query_points_at_its_character() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        build_query('kinh "tế')
    assert caught.value.position == 5


def test_a_facet_that_is_like_none_gets_the_list() -> None:
    with pytest.raises(InvalidFilter, match="there is no facet 'zzzz'; facets are official, post, province, province_now, district"):
        facet_of("zzzz")
