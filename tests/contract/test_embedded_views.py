"""What readers of the embedded engine see: views and their leases, threads beside a writer, many values."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engine import embedded_snapshot
from indexer.engine.contract import ConstantScore, FacetRequest, HasTerm, MatchAll, Request
from indexer.engine.embedded import EmbeddedEngine
from indexer.engine.schema import BODY_SYLLABLES
from indexer.errors import (
    BaocaoError,
    CursorExpired,
    InvalidCursor,
)
from indexer.settings import Settings
from tests.contract.conftest import generation_folder
from tests.contract.test_lifecycle import A, B, C, delete, put, rebuild
from tests.contract.worlds import document


def test_a_view_outlives_the_removal_of_its_generation(engine: EmbeddedEngine) -> None:
    put(engine, *(document(f"r{number:02}") for number in range(20)))
    first = generation_folder(engine)
    answer = engine.execute(Request(limit=5, view=""))
    delete(engine, [f"r{number:02}" for number in range(20)])
    for made in (A, B, C):
        rebuild(engine, made)
    assert not first.exists()
    rest = engine.execute(Request(limit=50, view=answer.view, after=answer.after, facets=(FacetRequest("topic", "topic", 5),)))
    assert [hit.id for hit in (*answer.hits, *rest.hits)] == [f"r{number:02}" for number in range(20)]
    assert (rest.total, rest.after) == (20, None)


def test_a_lease_runs_from_the_last_use(path: Path) -> None:
    engine = EmbeddedEngine(path, Settings(cursor_lease=0.4))
    put(engine, A, B, C)
    answer = engine.execute(Request(limit=1, view=""))
    for _ in range(3):
        time.sleep(0.2)
        engine.execute(Request(limit=1, view=answer.view, after=answer.after))
    time.sleep(0.6)
    with pytest.raises(CursorExpired, match=r"0\.4 seconds after its last use"):
        engine.execute(Request(limit=1, view=answer.view, after=answer.after))


def test_the_longest_unused_view_gives_way(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_snapshot, "MAX_VIEWS", 3)
    put(engine, A, B)
    views = [engine.execute(Request(limit=1, view="")).view for _ in range(3)]
    engine.execute(Request(limit=1, view=views[0], after=(1,)))
    engine.execute(Request(limit=1, view=""))
    assert engine.execute(Request(limit=1, view=views[0], after=(1,))).total == 2
    with pytest.raises(CursorExpired):
        engine.execute(Request(limit=1, view=views[1], after=(1,)))


@pytest.mark.parametrize("after", [(), (-1,), ("1",), (1, 2), (True,), (1.0,)])
def test_a_position_that_was_never_given_is_no_cursor(engine: EmbeddedEngine, after: tuple[object, ...]) -> None:
    put(engine, A, B)
    view = engine.execute(Request(limit=1, view="")).view
    with pytest.raises(InvalidCursor):
        engine.execute(Request(limit=1, view=view, after=after))


def test_many_orders_in_one_view(engine: EmbeddedEngine) -> None:
    put(engine, A, B, C)
    view = engine.execute(Request(limit=1, view="")).view
    requests = [Request(limit=1, scores=(ConstantScore(MatchAll(), float(number)),), view=view) for number in range(1, 20)]
    for request in requests + requests:
        assert [hit.score for hit in engine.execute(replace(request, after=(1,))).hits] == [request.scores[0].weight]  # type: ignore[union-attr]


def test_threads_read_while_a_writer_writes(engine: EmbeddedEngine) -> None:
    put(engine, *(document(f"r{number:03}", date=20200101 + number) for number in range(100)))
    stop, errors, totals = threading.Event(), [], []
    request = Request(HasTerm(BODY_SYLLABLES, "lắk"), limit=20, sort="newest", facets=(FacetRequest("topic", "topic", 5),))

    def read() -> None:
        try:
            while not stop.is_set():
                answer = engine.execute(request)
                totals.append((answer.total, len({hit.id for hit in answer.hits})))
                engine.get(["r001"])
                engine.status()
        except BaocaoError as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for number in range(12):
            put(engine, *(document(f"r{n:03}", date=20200101 + n, note=str(number)) for n in range(number, 100, 7)))
        for _ in range(4):
            rebuild(engine, *(document(f"r{n:03}", date=20200101 + n) for n in range(100)))
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert errors == []
    assert set(totals) == {(100, 20)}


def test_more_values_than_a_terms_aggregation_can_hold_are_counted_exactly(engine: EmbeddedEngine) -> None:
    put(engine, *(document(f"r{number:02}", topics=tuple(f"t{number * 1_000 + value}" for value in range(2_000))) for number in range(70)))
    (counts,) = engine.execute(Request(limit=0, facets=(FacetRequest("topic", "topic", 3, always=("t0", "t70999", "t71000")),))).counts
    assert counts.values == (("t1000", 2), ("t10000", 2), ("t10001", 2), ("t0", 1), ("t70999", 1), ("t71000", 0))
    assert (counts.truncated, counts.missing, counts.approximate) == (True, 0, False)
    (every,) = engine.execute(Request(limit=0, facets=(FacetRequest("topic", "topic", 100_000),))).counts
    assert (len(every.values), sum(count for _, count in every.values), every.truncated) == (71_000, 140_000, False)
