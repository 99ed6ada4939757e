"""What a snapshot keeps of the windows it has read: never more than its bounds, and the same answers with and without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine import embedded_near
from indexer.engine.contract import HasNear, Request, Spans
from indexer.engine.embedded import EmbeddedEngine
from indexer.engine.schema import BODY_SYLLABLES
from indexer.settings import Settings
from tests.contract.test_lifecycle import put
from tests.contract.worlds import document

BODIES = {"a": "xã x x tỉnh", "b": "xã x tỉnh", "c": "xã tỉnh", "d": "tỉnh"}
FOUND = {0: {"c"}, 1: {"b", "c"}, 2: {"a", "b", "c"}, 3: {"a", "b", "c"}}


def within(most: int) -> HasNear:
    return HasNear(Spans(BODY_SYLLABLES, (("xã",),)), Spans(BODY_SYLLABLES, (("tỉnh",),)), most)


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made = EmbeddedEngine(tmp_path / "reports", Settings())
    assert put(made, *(document(name, body) for name, body in BODIES.items())) == []
    return made


def kept(engine: EmbeddedEngine) -> dict[int | None, set[str]]:
    return {near.most: set(ids) for (near, _), ids in engine._snapshots.now().near.items()}


@pytest.mark.parametrize(
    ("answers", "ids", "left"),
    [
        (64, 500_000, [0, 1, 2, 3]),
        (64, 6, [3]),  # the fourth goes over the ids of all
        (64, 3, [3]),  # so do the third and the fourth
        (64, 2, [1]),  # one id too many: neither the third nor the fourth is ever kept
        (3, 500_000, [3]),
    ],
)
def test_answers_are_kept_within_bounds(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch, answers: int, ids: int, left: list[int]) -> None:
    monkeypatch.setattr(embedded_near, "_MOST_KEPT", answers)
    monkeypatch.setattr(embedded_near, "_MOST_IDS", ids)
    for _ in range(2):
        engine._snapshots.forget()
        for most, wanted in FOUND.items():
            assert {hit.id for hit in engine.execute(Request(within(most))).hits} == wanted
            assert sum(map(len, kept(engine).values())) <= ids
            assert len(kept(engine)) <= answers
        assert kept(engine) == {most: FOUND[most] for most in left}


def test_what_is_kept_is_not_read_again(engine: EmbeddedEngine) -> None:
    snapshot = engine._snapshots.now()
    assert engine.count([within(1), within(1)]) == (2, 2)
    ((asked, ids),) = snapshot.near.items()
    snapshot.near[asked] = ("d",)
    assert (asked, engine.count([within(1)])) == ((within(1), ()), (1,))
    assert set(ids) == {"b", "c"}
