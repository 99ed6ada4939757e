"""What only Elasticsearch has: aliases, fences, a lock in an index, neighbours on the same server, and shards."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest

from indexer.engine import elastic_bulk, elastic_lock
from indexer.engine.contract import AllOf, AnyOf, FacetRequest, HasTerm, IndexDocument, Match, MatchAll, Request, Without
from indexer.engine.elastic import ElasticEngine
from indexer.engine.elastic_lock import Holder
from indexer.engine.schema import BODY_SYLLABLES
from indexer.engine.versions import build_index_name
from indexer.errors import EngineRefused, IndexMissing, InvalidCursor, WriterBusy
from tests.conftest import MakeEngine
from tests.contract.model import Model
from tests.contract.worlds import document
from tests.pace import allowed

A, B, C = document("a", "đắk lắk"), document("b", "gia lai"), document("c", "bình hiệp")


class Elastic:
    """The server, asked past the engine."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/{path}", data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def indices(self, prefix: str) -> set[str]:
        return set(self("GET", f"{prefix}*?expand_wildcards=all&features=aliases"))


@pytest.fixture
def ask(elasticsearch_url: str) -> Elastic:
    return Elastic(elasticsearch_url)


@pytest.fixture
def engine(make_engine: MakeEngine, prefix: str) -> ElasticEngine:
    made = make_engine("elastic", index=prefix)
    assert isinstance(made, ElasticEngine)
    return made


def put(engine: ElasticEngine, *documents: IndexDocument, fresh: bool = False) -> str:
    with engine.writer(fresh=fresh) as writer:
        assert writer.put(documents) == []
        writer.publish()
        return writer.generation


def ids(engine: ElasticEngine) -> list[str]:
    return sorted(hit.id for hit in engine.execute(Request(limit=1_000)).hits)


# ---------------------------------------------------------------- aliases and neighbours


def test_readers_go_through_one_alias_and_the_old_generation_stays(engine: ElasticEngine, ask: Elastic, prefix: str) -> None:
    old, new = put(engine, A), put(engine, B, fresh=True)
    assert list(ask("GET", f"_alias/{prefix}")) == [new]
    assert list(ask("GET", f"_alias/{prefix}.tables")) == [f"{new}.tables"]
    assert ask.indices(prefix) == {f"{prefix}.lock", old, f"{old}.tables", new, f"{new}.tables"}


def test_neighbours_whose_names_start_alike_are_never_touched(engine: ElasticEngine, ask: Elastic, prefix: str) -> None:
    ours = build_index_name(prefix, "1", "1")
    neighbours = [
        f"{prefix}-old",
        f"{prefix}2",
        f"{prefix}-1-1",
        f"{prefix}.tables.old",
        f"{ours}-copy",
        f"{ours}.tables.bak",
        f"{ours}.old",
        build_index_name(prefix + "_b", "1", "1"),
        build_index_name(prefix + "b", "1", "1") + ".tables",
    ]
    for name in neighbours:
        ask("PUT", name, {"mappings": {"_meta": {"state": "building"}}})
    for number in range(3):
        put(engine, A, fresh=number > 0)
    engine.rollback()
    put(engine, B)
    assert set(neighbours) <= ask.indices(prefix)
    for name in neighbours:
        ask("DELETE", name)


def test_what_an_interrupted_rebuild_left_is_listed_and_then_removed(engine: ElasticEngine, ask: Elastic, prefix: str) -> None:
    serving = put(engine, A)
    half = build_index_name(prefix, "1", "1")
    orphan = build_index_name(prefix, "1", "2") + ".tables"
    unknown = build_index_name(prefix, "1", "3")  # no state: nothing of ours made it so, so nothing of ours removes it
    for name, meta in ((half, {"state": "building"}), (orphan, {}), (unknown, {})):
        ask("PUT", name, {"mappings": {"_meta": meta}})
    assert engine.status().building == (half,)
    put(engine, B)
    assert ask.indices(prefix) == {f"{prefix}.lock", serving, f"{serving}.tables", unknown}
    ask("DELETE", unknown)


def test_an_alias_taken_off_by_hand_is_not_guessed_at(engine: ElasticEngine, ask: Elastic, prefix: str) -> None:
    name = put(engine, A)
    ask("DELETE", f"{name}/_alias/{prefix}")
    with pytest.raises(IndexMissing):
        engine.execute(Request())
    with pytest.raises(EngineRefused, match=f"the alias {prefix} is gone, but {name} is there"), engine.writer():
        pytest.fail("a second index beside the first")
    ask("PUT", f"{name}/_alias/{prefix}")
    assert ids(engine) == ["a"]


def test_an_index_in_the_place_of_the_alias_is_left_alone(engine: ElasticEngine, ask: Elastic, prefix: str) -> None:
    ask("PUT", prefix)
    for action in (engine.status, engine.writer().__enter__):
        with pytest.raises(EngineRefused, match=f"an index named {prefix} stands where our alias belongs"):
            action()
    ask("DELETE", prefix)


def test_an_alias_that_names_something_foreign_is_left_alone(engine: ElasticEngine, ask: Elastic, prefix: str) -> None:
    foreign = f"{prefix}-of-somebody"
    ask("PUT", foreign, {"aliases": {prefix: {}}})
    with pytest.raises(EngineRefused, match="which is not ours"):
        engine.status()
    ask("DELETE", foreign)


def test_a_generation_removed_under_its_writer_is_not_made_anew(engine: ElasticEngine, ask: Elastic, prefix: str) -> None:
    with engine.writer() as writer:
        writer.put([A])
        ask("DELETE", f"{writer.generation},{writer.generation}.tables")
        with pytest.raises(WriterBusy, match="the index was removed"):
            writer.put([B])
        with pytest.raises(WriterBusy, match="the index was removed"):
            writer.delete(["a"])
        with pytest.raises(IndexMissing):
            writer.put_rows("label:post", {"a": {}})
        assert ask.indices(prefix) == {f"{prefix}.lock"}


def test_rows_of_an_index_removed_a_moment_ago_are_missing_and_not_empty(engine: ElasticEngine, ask: Elastic) -> None:
    with engine.writer() as writer:
        writer.put_rows("label:post", {"a": {"label": "A"}})
        writer.publish()
    assert engine.rows("label:post", ["a", "b", "\ud83d"]) == {"a": {"label": "A"}}
    ask("DELETE", f"{writer.generation}.tables")
    with pytest.raises(IndexMissing):
        engine.rows("label:post", ["a"])


def test_a_swap_that_somebody_else_made_is_noticed(engine: ElasticEngine, ask: Elastic, prefix: str) -> None:
    old = put(engine, A)
    with engine.writer(fresh=True) as writer:
        writer.put([B])
        ask("DELETE", f"{old}/_alias/{prefix}")
        with pytest.raises(EngineRefused, match="something else moved it"):
            writer.publish()
    ask("PUT", f"{old}/_alias/{prefix}")
    assert ids(engine) == ["a"]


def test_a_fresh_generation_that_lost_a_report_is_not_swapped_in(engine: ElasticEngine, ask: Elastic) -> None:
    put(engine, A)
    with engine.writer(fresh=True) as writer:
        writer.put([A, B])
        ask("DELETE", f"{writer.generation}/_doc/b")
        with pytest.raises(EngineRefused, match="the new index holds 1 of 2 reports"):
            writer.publish()
    assert ids(engine) == ["a"]


def test_a_view_outlives_rebuilds_and_its_generation_goes_when_it_is_closed(engine: ElasticEngine, ask: Elastic, prefix: str, make_engine: MakeEngine) -> None:
    old = put(engine, A, B)
    reader = make_engine("elastic", index=prefix)
    first = reader.execute(Request(limit=1, view=""))
    for number in range(3):
        put(engine, document(f"d{number}"), fresh=True)
    assert [hit.id for hit in reader.execute(Request(limit=1, view=first.view, after=first.after)).hits] == ["b"]
    assert old in ask.indices(prefix)
    reader.close()
    put(engine, C, fresh=True)
    assert old not in ask.indices(prefix)


def test_a_cursor_that_was_tampered_with(engine: ElasticEngine) -> None:
    put(engine, A, B)
    first = engine.execute(Request(limit=1, view=""))
    assert first.view is not None
    for view, after in ((first.view[:-9] + "AAAAAAAA=", first.after), (first.view, (1, "x", {"y": 1}))):
        with pytest.raises(InvalidCursor, match="cannot be read"):
            engine.execute(Request(limit=1, view=view, after=after))


# ---------------------------------------------------------------- the lock


@pytest.fixture
def held(engine: ElasticEngine, ask: Elastic, prefix: str) -> Callable[[Holder], None]:
    """held(holder): the lock as another process left it."""
    put(engine, A)

    def hold(holder: Holder) -> None:
        ask("PUT", f"{prefix}.lock/_doc/writer?refresh=true", asdict(holder))

    return hold


def elsewhere(age: float = 0.0) -> Holder:
    return Holder("other", "another-host", "another-machine", 4711, time.time() - 60, time.time() - age)


def test_a_living_writer_on_another_host_is_named(engine: ElasticEngine, held: Callable[[Holder], None]) -> None:
    held(elsewhere())
    with pytest.raises(WriterBusy, match=r"process 4711 on another-host since 20\d\d-\d\d-\d\dT.* writes to this index"), engine.writer():
        pytest.fail("two writers at once")
    with pytest.raises(WriterBusy):
        engine.rollback()
    assert (engine.status().writer or "").startswith("process 4711 on another-host since 20")


def test_a_writer_that_died_on_this_machine_is_replaced_at_once(engine: ElasticEngine, held: Callable[[Holder], None]) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    held(replace(elsewhere(), machine=elastic_lock._machine(), pid=dead.pid))
    assert engine.status().writer is None
    began = time.monotonic()
    put(engine, B)
    assert time.monotonic() - began < allowed(5)
    assert ids(engine) == ["a", "b"]


@pytest.mark.parametrize("age", [1.0, -3600.0], ids=["long silent", "clock ahead"])
def test_a_silent_writer_elsewhere_is_replaced_after_watching_it(
    age: float, engine: ElasticEngine, held: Callable[[Holder], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elastic_lock, "STALE_SECONDS", 0.5)
    monkeypatch.setattr(elastic_lock, "BEAT_SECONDS", 0.4)
    held(elsewhere(age))
    assert engine.status().writer is None
    put(engine, B)
    assert ids(engine) == ["a", "b"]


def test_a_writer_whose_clock_is_behind_is_not_replaced(engine: ElasticEngine, held: Callable[[Holder], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_lock, "BEAT_SECONDS", 1.0)
    held(elsewhere(3600))
    beat = threading.Timer(0.5, lambda: held(elsewhere(3599)))
    beat.start()
    with pytest.raises(WriterBusy, match="another-host"), engine.writer():
        pytest.fail("two writers at once")
    beat.join()


def test_a_writer_renews_its_lock_by_itself(engine: ElasticEngine, ask: Elastic, prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_lock, "BEAT_SECONDS", 0.1)
    with engine.writer() as writer:
        first = ask("GET", f"{prefix}.lock/_doc/writer")
        deadline = time.monotonic() + 10
        while ask("GET", f"{prefix}.lock/_doc/writer")["_seq_no"] < first["_seq_no"] + 3:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        ask("DELETE", f"{prefix}.lock/_doc/writer")  # by hand: it comes back
        time.sleep(0.3)
        assert ask("GET", f"{prefix}.lock/_doc/writer")["found"]
        assert writer.put([A]) == []
        writer.publish()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask("GET", f"{prefix}.lock/_doc/writer")


def test_a_writer_that_slept_too_long_can_write_nothing_more(engine: ElasticEngine, ask: Elastic, prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(engine, A)
    monkeypatch.setattr(elastic_lock, "BEAT_SECONDS", 3600.0)  # asleep: nothing renews
    with engine.writer() as sleeper:
        ask("DELETE", f"{prefix}.lock/_doc/writer")
        put(engine, B)  # meanwhile another one took over, wrote and left
        with pytest.raises(WriterBusy, match="another process took over"):
            sleeper.put([C])
        with pytest.raises(WriterBusy, match="another process took over"):
            sleeper.delete(["a"])
    put(engine, document("d"))
    assert ids(engine) == ["a", "b", "d"]


def test_a_writer_that_lost_its_lock_is_told_to_whom(engine: ElasticEngine, held: Callable[[Holder], None], monkeypatch: pytest.MonkeyPatch) -> None:
    with engine.writer() as writer:
        held(elsewhere())
        monkeypatch.setattr(elastic_lock, "BEAT_SECONDS", 0.0)
        for act in (lambda: writer.put([B]), lambda: writer.delete(["a"]), writer.publish):
            with pytest.raises(WriterBusy, match=r"process 4711 on another-host .* took over"):
                act()
    assert (engine.status().writer or "").startswith("process 4711")  # theirs was not given back


# ---------------------------------------------------------------- shards, sizes, depth


@pytest.mark.parametrize("shards", [1, 3])
def test_counts_are_exact_for_many_values_on_any_number_of_shards(shards: int, make_engine: MakeEngine) -> None:
    """A value rare in each shard and frequent in all: the default, some ten values a shard, gets its count wrong."""
    documents = [
        replace(
            document(f"d{n:04}"), keywords={"topic": (f"t{n % 97}", f"u{n * 7 % 800}"), "posts_of_official": (f"a|{n % 31}", f"b.|{n % 29}", f"c|{n % 29}")}
        )
        for n in range(1_200)
    ]
    engine = make_engine("elastic", shards=shards)
    with engine.writer() as writer:
        assert writer.put(documents) == []
        writer.publish()
    assert engine.status().extra == {"shards": shards}
    facets = (
        FacetRequest("topic", "topic", 5, always=("u3", "t96", "none")),
        FacetRequest("post", "posts_of_official", 4, lefts=("a",), always=("30",)),
        FacetRequest("official", "posts_of_official", 40, lefts=("b.", "c", "a")),
    )
    request = Request(MatchAll(), facets=facets, limit=0)
    model = Model(documents)
    assert engine.execute(request).counts == tuple(model.counts(request, facet) for facet in facets)


def test_facets_that_need_several_searches_agree_with_one(engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    put(engine, *(document(f"d{n}", topics=(f"t{n % 5}",)) for n in range(20)))
    request = Request(facets=tuple(FacetRequest(f"f{n}", "topic", 3) for n in range(5)), limit=2)
    at_once = engine.execute(request)
    monkeypatch.setattr("indexer.engine.elastic_facets.MAX_VALUES", 8)
    assert engine.execute(request) == at_once
    seen = engine.execute(replace(request, view=""))
    assert (seen.hits, seen.counts, seen.total) == (at_once.hits, at_once.counts, 20)
    assert engine.execute(replace(request, view=seen.view, after=seen.after)).counts == at_once.counts


def test_nesting_as_deep_as_our_parser_lets_through_is_answered(engine: ElasticEngine) -> None:
    put(engine, A, B)
    match: Match = HasTerm(BODY_SYLLABLES, "đắk")
    for level in range(24):
        match = (AllOf((match, MatchAll())), AnyOf((match, HasTerm(BODY_SYLLABLES, "x"))), Without(match))[level % 3]
    assert [hit.id for hit in engine.execute(Request(match)).hits] == ["a"]


def test_a_load_in_small_requests_and_a_scan_in_small_pages_lose_nothing(engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_bulk, "REQUEST_BYTES", 3_000)
    monkeypatch.setattr("indexer.engine.elastic_write._SCAN_BYTES", 2_000)
    documents = [document(f"d{n:03}", note="x" * (n * 37 % 900)) for n in range(60)]
    with engine.writer() as writer:
        assert writer.put(documents) == []
        assert list(writer.scan()) == [d.stored for d in documents]
