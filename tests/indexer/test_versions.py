"""Names of generations: building and parsing are inverse, and nobody else's name is taken for ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.versions import IndexName, build_index_name, check_prefix, parse_index_name

prefixes = st.from_regex(r"[a-z0-9][a-z0-9_]{0,20}", fullmatch=True)
versions = st.from_regex(r"[a-z0-9][a-z0-9._]{0,10}", fullmatch=True)
times = st.datetimes(timezones=st.just(UTC))


def test_the_form() -> None:
    built = datetime(2026, 11, 22, 3, 51, 0, 123456, tzinfo=UTC)
    assert build_index_name("baocao", "1", "3.2", built) == "baocao-1-3.2-20261122t035100123456z"
    assert parse_index_name("baocao-1-3.2-20261122t035100123456z") == IndexName("baocao", "1", "3.2", built)


@given(prefixes, versions, versions, times)
def test_parsing_is_the_inverse(prefix: str, schema: str, analyzer: str, built: datetime) -> None:
    name = build_index_name(prefix, schema, analyzer, built)
    assert parse_index_name(name) == IndexName(prefix, schema, analyzer, built)
    assert name == name.lower()
    assert len(name.split("-")) == 4


@given(st.text(alphabet="abz019-._tz", max_size=40) | st.text(max_size=40))
def test_what_parses_is_what_would_be_built(name: str) -> None:
    try:
        parsed = parse_index_name(name)
    except ValueError:
        return
    assert build_index_name(parsed.prefix, parsed.schema_version, parsed.analyzer_version, parsed.built) == name


@given(times, times)
def test_names_sort_by_time(one: datetime, other: datetime) -> None:
    names = [build_index_name("baocao", "1", "1", built) for built in (one, other)]
    assert (names[0] < names[1]) == (one < other)


def test_another_zone_is_the_same_moment() -> None:
    built = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=7)))
    assert build_index_name("baocao", "1", "1", built) == "baocao-1-1-20261122t030000000000z"


def test_the_next_name_is_a_new_one() -> None:
    names = [build_index_name("baocao", "1", "1") for _ in range(100)]
    assert names == sorted(names)
    assert abs(parse_index_name(names[0]).built - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "baocao",
        "baocao-old",
        "baocao-1-1",
        "baocao-1-1-20261122t035100123456z-copy",
        "baocao-1-1-20261122t035100123456z.tables",
        "baocao-1-1-20261122T035100123456Z",
        "baocao-1-1-20261322t035100123456z",
        "baocao-1-1-00001122t035100123456z",
        "baocao-1-1-20261122t03510012345z",
        "baocao-1-1-٢٠٢٦1122t035100123456z",
        "baocao--1-20261122t035100123456z",
        "-1-1-20261122t035100123456z",
        ".baocao-1-1-20261122t035100123456z",
        "baocao.x-1-1-20261122t035100123456z",
        "baocao-1-1-20261122t035100123456z\n",
    ],
)
def test_foreign_names_raise(name: str) -> None:
    with pytest.raises(ValueError, match=r"not the name of a generation|prefix|version|time data|year"):
        parse_index_name(name)


@pytest.mark.parametrize("prefix", ["", "bao-cao", "Baocao", "_bao", ".bao", "báo", "bao cao", "bao.lock", "b*"])
def test_prefixes_that_no_name_can_have(prefix: str) -> None:
    with pytest.raises(ValueError, match="a prefix may hold"):
        check_prefix(prefix)
    with pytest.raises(ValueError, match="a prefix may hold"):
        build_index_name(prefix, "1", "1")


@pytest.mark.parametrize("version", ["", "1-2", "A", "x y", "é"])
def test_versions_that_no_name_can_have(version: str) -> None:
    with pytest.raises(ValueError, match="a version may hold"):
        build_index_name("baocao", version, "1")
    with pytest.raises(ValueError, match="a version may hold"):
        build_index_name("baocao", "1", version)
