"""The life of an index on both engines: writing, replacing, refusing, locking, swapping, rolling back, and views that stay frozen."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engine.contract import Engine, HasTerm, IndexDocument, Known, MatchAll, Rejection, Request
from indexer.engine.embedded import EmbeddedEngine
from indexer.engine.schema import BODY_SYLLABLES
from indexer.engine.versions import parse_index_name
from indexer.errors import CursorExpired, IndexMissing, WriterBusy
from indexer.settings import Settings
from tests.conftest import MakeEngine
from tests.contract.worlds import document, stored

A, B, C = document("a", "đắk lắk", date=20260318), document("b", "gia lai", date=20200401), document("c", "bình hiệp")


def put(engine: Engine, *documents: IndexDocument) -> list[Rejection]:
    with engine.writer() as writer:
        rejected = writer.put(documents)
        writer.publish()
    return rejected


def rebuild(engine: Engine, *documents: IndexDocument) -> str:
    with engine.writer(fresh=True) as writer:
        assert writer.put(documents) == []
        writer.publish()
        return writer.generation


def ids(engine: Engine, body: str | None = None) -> list[str]:
    match = MatchAll() if body is None else HasTerm(BODY_SYLLABLES, body)
    return sorted(hit.id for hit in engine.execute(Request(match, limit=100)).hits)


def fail_after_putting(engine: Engine, made: IndexDocument, *, fresh: bool) -> None:
    with engine.writer(fresh=fresh) as writer:
        writer.put([made])
        raise ZeroDivisionError


# ---------------------------------------------------------------- nothing there


def test_nothing_is_indexed(empty: Engine) -> None:
    reading = (lambda: empty.execute(Request()), lambda: empty.get(["a"]), lambda: empty.rows("labels"), lambda: empty.rows("labels", ["a"]))
    for ask in (*reading, empty.check, empty.rollback):
        with pytest.raises(IndexMissing):
            ask()
    status = empty.status()
    assert (status.generation, status.schema_version, status.analyzer_version, status.built) == (None, None, None, None)
    assert (status.reports, status.first_date, status.last_date, status.previous, status.building, status.writer) == (0, None, None, None, (), None)
    assert (status.engine, status.engine_version.count(".")) == (empty.name, 2)


def test_the_first_writer_makes_a_generation_that_serves_at_once(empty: Engine) -> None:
    with empty.writer() as writer:
        assert writer.known() == {}
        assert empty.status().generation == writer.generation
    assert ids(empty) == []
    empty.check()


# ---------------------------------------------------------------- documents


def test_what_was_put_is_known_found_and_read_back(empty: Engine) -> None:
    with empty.writer() as writer:
        assert writer.put([B, A]) == []
        assert writer.put([C]) == []
        assert [report.report.id for report in writer.scan()] == ["a", "b", "c"]
        writer.publish()
    assert (ids(empty), ids(empty, "lai")) == (["a", "b", "c"], ["b"])
    assert empty.get(["c", "a", "z"]) == {"a": A.stored, "c": C.stored}
    with empty.writer() as writer:
        assert writer.known() == {name: Known(f"{name}:", f"/reports/{name}", "2026-01-02T03:04:05+00:00") for name in "abc"}
        assert list(writer.scan()) == [A.stored, B.stored, C.stored]


def test_status_tells_what_is_there(empty: Engine) -> None:
    put(empty, A, B, C)
    status = empty.status()
    assert status.generation is not None
    name = parse_index_name(status.generation)
    assert (status.schema_version, status.analyzer_version) == (name.schema_version, name.analyzer_version)
    assert status.built == name.built.isoformat(timespec="seconds")
    assert (status.reports, status.first_date, status.last_date) == (3, "2020-04-01", "2026-03-18")
    assert (status.previous, status.building, status.writer) == (None, (), None)


def test_a_second_version_replaces_the_first(empty: Engine) -> None:
    put(empty, A, B)
    put(empty, document("a", "pleiku", note="new"))
    assert (ids(empty), ids(empty, "lắk"), ids(empty, "pleiku")) == (["a", "b"], [], ["a"])
    assert empty.get(["a"]) == {"a": stored("a", "new")}
    with empty.writer() as writer:
        assert {name: known.fingerprint for name, known in writer.known().items()} == {"a": "a:new", "b": "b:"}


def test_of_two_versions_in_one_batch_the_last_stays(empty: Engine) -> None:
    put(empty, A, B, document("a", "pleiku", note="new"))
    assert (ids(empty), ids(empty, "lắk"), ids(empty, "pleiku")) == (["a", "b"], [], ["a"])


def test_deleting_counts_what_was_there(empty: Engine) -> None:
    put(empty, A, B, C)
    with empty.writer() as writer:
        assert writer.delete(["a", "nobody", "a"]) == 1
        assert writer.delete(["a"]) == 0
        assert writer.delete([]) == 0
        assert sorted(writer.known()) == ["b", "c"]
        writer.publish()
    assert ids(empty) == ["b", "c"]
    put(empty, A)
    assert ids(empty) == ["a", "b", "c"]


def test_a_writer_goes_on_after_publishing(empty: Engine) -> None:
    with empty.writer() as writer:
        writer.put([A])
        writer.publish()
        assert ids(empty) == ["a"]
        writer.put([B])
        writer.publish()
        assert ids(empty) == ["a", "b"]


def test_another_reader_sees_what_was_published(empty: Engine, second: Callable[[Engine], Engine]) -> None:
    put(empty, A)
    reader = second(empty)
    assert ids(reader) == ["a"]
    put(empty, B)
    assert ids(reader) == ["a", "b"]
    rebuild(empty, C)
    assert ids(reader) == ["c"]


POISON: dict[str, IndexDocument] = {
    "empty id": document(""),
    "id of 513 bytes": document("đ" * 256 + "a"),
    "half a character in the text": document("bad", "a \ud800"),
    "half a character in a keyword": document("bad", topics=("\udfff",)),
    "half a character in the record": document("bad", note="\ud800"),
    "half a character in the id": document("bad\ud800"),
    "word of 300 characters": document("bad", "ă" * 300),
    "word of 70,000 characters": document("bad", "a" * 70_000),
    "a space of another kind": document("bad", "đắk\u2003lắk"),
    "keyword of 40 kB": document("bad", topics=("k" * 40_000,)),
    "empty keyword": document("bad", topics=("",)),
    "number past 64 bits": document("bad", date=2**63),
    "number that is none": replace(A, id="bad", numbers={"date_from": "soon"}),  # type: ignore[dict-item]
    "number that is not whole": replace(A, id="bad", numbers={"date_from": 1.5}),  # type: ignore[dict-item]
    "unknown text field": replace(A, id="bad", text={"summary": "¶ a"}),
    "unknown keyword": replace(A, id="bad", keywords={"colour": ("red",)}),
    "unknown number": replace(A, id="bad", numbers={"weight": 1}),
}


@pytest.mark.parametrize("place", [0, 1, 3])
def test_poison_is_refused_and_its_neighbours_are_stored(empty: Engine, place: int) -> None:
    for bad in POISON.values():
        batch = [A, B, C]
        batch.insert(place, bad)
        with empty.writer() as writer:
            assert [rejection.where for rejection in writer.put(batch)] == [bad.id]
            assert sorted(writer.known()) == ["a", "b", "c"]
            writer.delete(["a", "b", "c"])


def test_a_refusal_says_what_is_wrong(empty: Engine) -> None:
    assert put(empty, POISON["word of 300 characters"], A) == [Rejection("bad", "title_syllables has a word of 300 characters, more than 255")]


# ---------------------------------------------------------------- side tables


def test_a_side_table_is_replaced_whole(empty: Engine) -> None:
    with empty.writer() as writer:
        writer.put_rows("label:post", {"bí thư": {"label": "Bí thư"}, "x/../y": {"label": '"*', "of": ["a", 1]}})
        writer.put_rows("persons", {})
        writer.publish()
    assert empty.rows("label:post") == {"bí thư": {"label": "Bí thư"}, "x/../y": {"label": '"*', "of": ["a", 1]}}
    assert empty.rows("label:post", ["x/../y", "nobody"]) == {"x/../y": {"label": '"*', "of": ["a", 1]}}
    assert (empty.rows("persons"), empty.rows("label:official"), empty.rows("label:post", [])) == ({}, {}, {})
    with empty.writer() as writer:
        writer.put_rows("label:post", {"new": {"label": "New"}})
        writer.publish()
    assert empty.rows("label:post") == {"new": {"label": "New"}}


def test_side_tables_belong_to_their_generation(empty: Engine) -> None:
    with empty.writer() as writer:
        writer.put_rows("persons", {"old": {"name": "A"}})
        writer.publish()
    rebuild(empty, A)
    assert empty.rows("persons") == {}
    empty.rollback()
    assert empty.rows("persons") == {"old": {"name": "A"}}


# ---------------------------------------------------------------- one writer


def test_a_second_writer_is_refused_and_told_who_writes(empty: Engine, second: Callable[[Engine], Engine]) -> None:
    other = second(empty)
    with empty.writer() as writer:
        writer.put([A])
        for fresh in (False, True):
            with pytest.raises(WriterBusy, match=rf"process {os.getpid()} on .*since 20\d\d-"), other.writer(fresh=fresh):
                pytest.fail("two writers at once")
        assert f"process {os.getpid()}" in (other.status().writer or "")
        writer.put([B])
        writer.publish()
    assert other.status().writer is None
    put(other, C)
    assert ids(empty) == ["a", "b", "c"]


def test_a_writer_that_left_by_an_error_frees_the_lock_and_keeps_what_was_durable(empty: Engine) -> None:
    put(empty, A)
    with pytest.raises(ZeroDivisionError):
        fail_after_putting(empty, B, fresh=False)
    with empty.writer() as writer:
        assert sorted(writer.known()) == ["a", "b"]
        writer.publish()
    assert ids(empty) == ["a", "b"]


# ---------------------------------------------------------------- generations


def test_a_rebuild_swaps_and_rollback_goes_back(empty: Engine) -> None:
    put(empty, A, B)
    old = empty.status().generation
    with empty.writer(fresh=True) as writer:
        assert (writer.known(), writer.generation == old) == ({}, False)
        writer.put([C])
        assert list(writer.scan()) == [C.stored]
        assert (ids(empty), empty.status().generation) == (["a", "b"], old)
        assert empty.status().building == (writer.generation,)
        writer.publish()
        assert (ids(empty), empty.status().generation) == (["c"], writer.generation)
    assert (empty.status().previous, empty.status().building) == (old, ())
    assert empty.rollback().generation == old
    assert ids(empty) == ["a", "b"]
    with pytest.raises(IndexMissing):
        empty.rollback()


def test_a_rebuild_of_nothing_serves_when_published(empty: Engine) -> None:
    with empty.writer(fresh=True) as writer:
        writer.put([A])
        with pytest.raises(IndexMissing):
            empty.execute(Request())
        writer.publish()
    assert ids(empty) == ["a"]


def test_only_the_generation_before_is_kept(empty: Engine) -> None:
    put(empty, A)
    first = empty.status().generation
    second = rebuild(empty, B)
    third = rebuild(empty, C)
    assert (empty.status().generation, empty.status().previous) == (third, second)
    assert empty.rollback().generation == second
    with pytest.raises(IndexMissing):
        empty.rollback()
    assert first not in (empty.status().generation, empty.status().previous)


def test_after_a_rollback_writing_goes_on_from_there(empty: Engine) -> None:
    put(empty, A)
    old = empty.status().generation
    rebuild(empty, B)
    empty.rollback()
    put(empty, C)
    assert (ids(empty), empty.status().generation) == (["a", "c"], old)
    newest = rebuild(empty, B)
    assert (empty.status().generation, empty.status().previous) == (newest, old)


def test_a_rebuild_ended_by_an_error_leaves_the_old_generation_serving(empty: Engine) -> None:
    put(empty, A)
    old = empty.status().generation
    with pytest.raises(ZeroDivisionError):
        fail_after_putting(empty, B, fresh=True)
    assert (ids(empty), empty.status().generation, empty.status().previous) == (["a"], old, None)
    put(empty, C)
    assert (ids(empty), empty.status().building, empty.status().generation) == (["a", "c"], (), old)


def test_a_rebuild_that_was_never_published_leaves_the_old_generation_serving(empty: Engine) -> None:
    put(empty, A)
    old = empty.status().generation
    with empty.writer(fresh=True) as writer:
        writer.put([B])
    put(empty, C)
    assert (ids(empty), empty.status().building, empty.status().generation) == (["a", "c"], (), old)


@pytest.mark.parametrize("name", ["embedded", "elastic"])
def test_a_neighbour_whose_name_starts_alike_is_never_touched(name: str, make_engine: MakeEngine, tmp_path: Path) -> None:
    prefix = f"n{uuid.uuid4().hex[:8]}"
    prefixes = (prefix, prefix + "x", prefix + "_2")
    if name == "embedded":
        engines: list[Engine] = [EmbeddedEngine(tmp_path / one, Settings(index=one)) for one in prefixes]
    else:
        engines = [make_engine(name, index=one) for one in prefixes]
    for engine in engines:
        put(engine, A)
        rebuild(engine, A, B)
    before = [engine.status() for engine in engines[1:]]
    for number in range(3):
        rebuild(engines[0], C, document(f"d{number}"))
    engines[0].rollback()
    put(engines[0], A)
    assert [engine.status() for engine in engines[1:]] == before
    assert [ids(engine) for engine in engines[1:]] == [["a", "b"]] * 2


# ---------------------------------------------------------------- frozen views


def test_a_view_stays_frozen_while_all_changes(empty: Engine, second: Callable[[Engine], Engine]) -> None:
    documents = [document(f"r{number:02}", "đắk", date=20200101 + number % 3) for number in range(30)]
    put(empty, *documents)
    request = Request(HasTerm(BODY_SYLLABLES, "đắk"), limit=4)
    answer = empty.execute(replace(request, view=""))
    seen, total = list(answer.hits), answer.total
    writing = second(empty)
    changes: list[Callable[[], object]] = [
        lambda: put(writing, *(document(d.id, "gia", note="new") for d in documents[::2])),
        lambda: put(writing, *(document(f"s{number}", "đắk") for number in range(10))),
        lambda: delete(writing, [d.id for d in documents[5:25]]),
        lambda: rebuild(writing, A),
        lambda: put(writing, B),
    ]
    while answer.after is not None:
        if changes:
            changes.pop(0)()
        answer = empty.execute(replace(request, view=answer.view, after=answer.after))
        assert answer.total == total
        seen += answer.hits
    assert changes == []
    assert {hit.id: hit.stored for hit in seen} == {d.id: d.stored for d in documents}
    assert len(seen) == 30
    assert ids(empty) == ["a", "b"]


def test_a_view_ends_with_the_engine_that_opened_it(empty: Engine, second: Callable[[Engine], Engine]) -> None:
    put(empty, A, B)
    opening, reading = second(empty), second(empty)
    answer = opening.execute(Request(limit=1, view=""))
    opening.close()
    with pytest.raises(CursorExpired):
        reading.execute(Request(limit=1, view=answer.view, after=answer.after))


def delete(engine: Engine, names: list[str]) -> None:
    with engine.writer() as writer:
        assert writer.delete(names) == len(names)
        writer.publish()
