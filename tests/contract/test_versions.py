"""An index of other versions than this process has: neither read nor written, its state told, and rebuilt, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.engine import schema
from indexer.engine.contract import Engine, HasNear, MatchAll, Request, Spans
from indexer.engine.embedded_index import tantivy_schema
from indexer.engine.schema import BODY_SENTENCES, BODY_SYLLABLES
from indexer.errors import IndexMismatch
from indexer.load import delete, index, rebuild, relink
from indexer.settings import Settings
from indexer.suggest import DIGESTS, KINDS, TABLE
from tests.conftest import CORPUS
from tests.contract.conftest import fill
from tests.contract.worlds import document

REPORT = document("a", "đắk lắk", date=20260318)


def test_an_index_of_another_schema_is_neither_read_nor_written_before_a_rebuild(
    empty: Engine, second: Callable[[Engine], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field that it lacks would be an empty one: reports without near-duplicates, names that nobody has."""
    index(empty, [str(CORPUS)], Settings())
    cursor = empty.execute(Request(limit=2, view="")).view
    monkeypatch.setattr(schema, "SCHEMA_VERSION", "99")
    newer = second(empty)
    refused: list[Callable[[], object]] = [
        lambda: newer.execute(Request()),
        lambda: newer.execute(Request(view="")),
        lambda: newer.count([MatchAll()]),
        lambda: newer.get(["a"]),
        lambda: newer.rows(TABLE),
        lambda: newer.rows(TABLE, ["official"]),
        lambda: newer.frozen().__enter__(),
        lambda: index(newer, [str(CORPUS)], Settings()),
        lambda: relink(newer, Settings()),
        lambda: delete(newer, ["a"]),
        newer.check,
    ]
    if empty.name == "elasticsearch":  # a view of the embedded engine ends with its process
        refused += [lambda: newer.execute(Request(view=cursor)), lambda: list(newer.members(Request(view=cursor)))]
    for ask in refused:
        with pytest.raises(IndexMismatch, match="run `baocao rebuild`"):
            ask()
    assert (newer.status().schema_version, newer.status().reports) == (empty.status().schema_version, 5)
    assert rebuild(newer, Settings()).written == 5
    assert (newer.status().schema_version, newer.execute(Request(limit=0)).total, set(newer.rows(TABLE))) == ("99", 5, {*KINDS, DIGESTS})
    newer.rollback()
    assert newer.status().reports == 5


def test_a_rebuild_reads_an_index_that_lacks_a_field(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(schema, "SCHEMA_VERSION", "1")
        older.setattr(schema, "FIELDS", {name: kind for name, kind in schema.FIELDS.items() if name != BODY_SENTENCES})
        tantivy_schema.cache_clear()
        fill(empty, [replace(REPORT, text={name: text for name, text in REPORT.text.items() if name != BODY_SENTENCES})], changed=False)
    tantivy_schema.cache_clear()
    one_sentence = Request(HasNear(Spans(BODY_SYLLABLES, (("đắk",),)), Spans(BODY_SYLLABLES, (("lắk",),)), None))
    with pytest.raises(IndexMismatch, match="run `baocao rebuild`"):
        empty.execute(one_sentence)
    assert [hit.id for hit in empty.of_any_version().execute(Request(view="")).hits] == ["a"]
    with empty.writer(fresh=True) as writer:
        writer.put([REPORT])
        writer.publish()
    assert [hit.id for hit in empty.execute(one_sentence).hits] == ["a"]
