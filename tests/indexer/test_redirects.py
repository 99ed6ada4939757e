"""Old keys lead to living ones: what counts, what ends a redirect, and how a query takes them."""

from __future__ import annotations

import pytest

from indexer.query import AllReports, And, Filter, Not, Or, SearchQuery, Where, Words
from indexer.redirects import HELD, REDIRECTS, VERSION, History, advance, followed, history, targets, write
from tests.fake_engine import FakeEngine

Mentions = list[tuple[str, str, str]]


def after(*links: Mentions, merged: dict[str, str] | None = None) -> History:
    """The history after links that gave these mentions, one after the other; `merged` by hand in the last."""
    found = History()
    for number, mentions in enumerate(links, 1):
        found = advance(found, mentions, merged or {} if number == len(links) else {})
    return found


def named(person: str, *reports: str) -> Mentions:
    return [(report, "an", person) for report in reports]


@pytest.mark.parametrize(
    ("links", "led"),
    [
        ([named("an", "a", "b")], {}),
        # most of the mentions; of equals the first
        ([named("an", "a", "b", "c"), named("an-x", "a") + named("an-y", "b", "c")], {"an": "an-y"}),
        ([named("an", "a", "b"), named("an-y", "a") + named("an-x", "b")], {"an": "an-x"}),
        # no chains
        ([named("an", "a"), named("bn", "a"), named("cn", "a")], {"an": "cn", "bn": "cn"}),
        # a key that lives again leads nowhere
        ([named("an", "a"), named("bn", "a"), named("an", "a")], {"bn": "an"}),
        # nobody is left
        ([named("an", "a") + named("bn", "b"), named("bn", "b")], {}),
        ([named("an", "a"), named("bn", "a"), []], {}),
        # its own report is gone, but who it led to lives, and is led on
        ([named("an", "a") + named("bn", "b"), named("bn", "a", "b"), named("bn", "b")], {"an": "bn"}),
        ([named("an", "a") + named("bn", "b"), named("bn", "a", "b"), named("cn", "b")], {"an": "cn", "bn": "cn"}),
        # one name, another person of the same report
        ([[("a", "an", "an"), ("a", "bo", "bo")], [("a", "an", "an-x"), ("a", "bo", "bo")]], {"an": "an-x"}),
    ],
)
def test_where_an_old_key_leads(links: list[Mentions], led: dict[str, str]) -> None:
    assert after(*links).led == led


def test_a_merged_key_leads_to_what_it_became() -> None:
    world = named("an", "a", "b")
    assert after(world, merged={"an-x": "an", "gone": "never", "an": "an-x"}).led == {"an-x": "an"}
    assert after(named("an", "a") + named("bn", "b"), named("an", "a", "b"), merged={"bn": "an"}).led == {"bn": "an"}


def test_a_version_is_a_new_assignment() -> None:
    first, again, other = after(named("an", "a")), after(named("an", "a"), named("an", "a")), after(named("an", "a"), named("bn", "a"), named("bn", "a"))
    assert (first.version, again.version, other.version) == (1, 1, 2)
    assert first.digest == again.digest != other.digest
    assert other.since == {"an": 2}


def engine_with(found: History) -> FakeEngine:
    engine = FakeEngine()
    with engine.writer() as writer:
        write(writer, found)
        writer.publish()
    return engine


def test_what_is_written_is_read_again() -> None:
    assert history(FakeEngine()) == History()
    found = after(named("an", "a", "b"), named("bn", "a"))
    engine = engine_with(found)
    assert history(engine) == found
    assert engine.rows(VERSION)["now"] == {"version": 2, "digest": found.digest}
    assert engine.rows(REDIRECTS) == {"an": {"to": "bn", "since": 2}}
    assert engine.rows(HELD) == {"an": {"held": {"a": ["an"], "b": ["an"]}}, "bn": {"held": {"a": ["an"]}}}
    assert targets(engine, ["an", "bn", "?"]) == {"an": "bn"}


def test_a_query_takes_the_living_key_beside_the_old_one() -> None:
    engine = engine_with(after(named("an", "a"), named("bn", "a")))
    old, new, other = Where("official", "an", 3), Where("official", "bn", 3), Where("post", "an")
    query = SearchQuery(
        And((Words("hop"), Not(old), Or((old, other)))), filters=(Filter("official", ("an", "cn")), Filter("post", ("an",)), Filter("official", ("bn",)))
    )
    led = Or((old, new))
    assert followed(engine, query) == SearchQuery(
        And((Words("hop"), Not(led), Or((led, other)))), filters=(Filter("official", ("an", "cn", "bn")), Filter("post", ("an",)), Filter("official", ("bn",)))
    )
    for same in (SearchQuery(AllReports()), SearchQuery(new, filters=(Filter("official", ("bn",)),)), SearchQuery(other)):
        assert followed(engine, same) is same
