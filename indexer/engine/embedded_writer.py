"""The one writer of a generation: durable batches, poison alone refused, side tables and the swap published at the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import tantivy
from tantivy import Query

from indexer.engine import schema
from indexer.engine.acceptance import reason_to_refuse
from indexer.engine.contract import IndexDocument, Known, Rejection, Writer
from indexer.engine.embedded_files import sync_folder, write_whole
from indexer.engine.embedded_generations import INDEX, TABLES, Generation, Generations
from indexer.engine.embedded_index import failures, id_of, known_of, open_index, stored_of, to_tantivy
from indexer.errors import EngineError, EngineRefused, IndexDamaged
from indexer.models import StoredReport

# One thread makes one segment a commit; 300 development articles fit into a tenth of the memory, and reading with pyvi is
# what the load waits for. More of either only makes more and smaller segments.
_HEAP_BYTES = 60_000_000
_THREADS = 1


class EmbeddedWriter(Writer):
    """Made by EmbeddedEngine.writer(), which holds the lock."""

    def __init__(self, generations: Generations, generation: Generation) -> None:
        self.generation = generation.name
        self._generations = generations
        self._info = generation
        self._folder = generations.folder(generation.name)
        self._tables = dict(generation.tables)
        self._writer: tantivy.IndexWriter | None = None
        self._ids = set(self.known())

    def known(self) -> dict[str, Known]:
        with failures(self._folder):
            searcher = self._searcher()
            documents = [searcher.doc(address) for address in _addresses(searcher)]
            return {id_of(document): known_of(document) for document in documents}

    def put(self, documents: Sequence[IndexDocument]) -> list[Rejection]:
        rejected: list[Rejection] = []
        good: dict[str, IndexDocument] = {}
        for document in documents:
            reason = reason_to_refuse(document)
            if reason is None:
                good[document.id] = document
            else:
                rejected.append(Rejection(document.id, reason))
        refused = self._store(list(good.values()))
        if len(refused) == len(good) > 1:
            raise EngineError(f"{self._folder} takes no report at all: {refused[0].reason}")
        return rejected + refused

    def delete(self, ids: Sequence[str]) -> int:
        gone = self._ids.intersection(ids)
        if gone:
            self._commit((), gone)
        return len(gone)

    def scan(self) -> Iterator[StoredReport]:
        with failures(self._folder):
            searcher = self._searcher()
            places = sorted(((id_of(searcher.doc(address)), address) for address in _addresses(searcher)), key=lambda place: place[0])
        for _, address in places:
            with failures(self._folder):
                stored = stored_of(searcher.doc(address))
            yield stored

    def put_rows(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        with failures(self._folder):
            folder = self._folder / TABLES
            stem = quote(table, safe="")
            number = max((int(path.stem.rpartition(".")[2]) for path in folder.glob(f"{stem}.*.json")), default=0)
            file = f"{stem}.{number + 1}.json"
            write_whole(folder / file, json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
        self._tables[table] = file

    def publish(self) -> None:
        with failures(self._folder):
            if self._info.state == "building":
                self._finish()
                self._compare(self._ids)
            info = replace(self._info, state="complete", tables=dict(self._tables))
            if info != self._info:
                self._generations.write(info)
            if not self._generations.serves(self.generation):
                sync_folder(self._folder)
                sync_folder(self._generations.root)
                self._generations.serve(self.generation)
                self._generations.sweep()
            self._info = info

    def close(self) -> None:
        """Waits for merges; a fresh generation that was never published is removed."""
        with failures(self._folder):
            self._finish()
            if self._info.state == "building":
                self._generations.remove(self.generation)

    # ---------------------------------------------------------------- batches

    def _store(self, documents: list[IndexDocument]) -> list[Rejection]:
        """Stores what can be stored: a batch that fails is halved until the poison is alone."""
        if not documents:
            return []
        try:
            self._commit(documents)
        except EngineRefused:
            raise  # a full disk, not a document
        except EngineError as error:
            if len(documents) == 1:
                return [Rejection(documents[0].id, str(error.__cause__ or error))]
            half = len(documents) // 2
            return self._store(documents[:half]) + self._store(documents[half:])
        return []

    def _commit(self, documents: Sequence[IndexDocument], gone: Iterable[str] = ()) -> None:
        """One durable commit; afterwards the count is what it must be, or the writer lied and IndexDamaged is raised."""
        expected = (self._ids | {document.id for document in documents}).difference(gone)
        try:
            with failures(self._folder):
                writer = self._open()
                for name in gone:
                    writer.delete_documents_by_term(schema.ID, name)
                for document in documents:
                    if document.id in self._ids:
                        writer.delete_documents_by_term(schema.ID, document.id)
                    writer.add_document(to_tantivy(document))
                writer.commit()
                sync_folder(self._folder / INDEX)  # tantivy does not: without it a power cut takes the commit back
            self._compare(expected)
        except EngineError:
            self._discard()
            raise
        self._ids = expected

    def _compare(self, expected: set[str]) -> None:
        with failures(self._folder):
            count = self._searcher().num_docs
        if count != len(expected):
            raise IndexDamaged(f"the index in {self._folder} holds {count:,} reports where {len(expected):,} were stored: run the command again")

    def _searcher(self) -> tantivy.Searcher:
        return open_index(self._folder / INDEX).searcher()

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            # Ours is the lock that counts. A worker forked by a writer since killed may still hold tantivy's.
            (self._folder / INDEX / ".tantivy-writer.lock").unlink(missing_ok=True)
            self._writer = open_index(self._folder / INDEX).writer(_HEAP_BYTES, _THREADS)
        return self._writer

    def _finish(self) -> None:
        """Ends the writer's threads; the files that no commit names are removed by them."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.wait_merging_threads()
            sync_folder(self._folder / INDEX)

    def _discard(self) -> None:
        """A writer that has raised once stores nothing afterwards and says it did: it is never used again."""
        writer, self._writer = self._writer, None
        with suppress(EngineError), failures(self._folder):
            if writer is not None:
                writer.rollback()
                writer.wait_merging_threads()
        self._ids = set(self.known())


def _addresses(searcher: tantivy.Searcher) -> list[tantivy.DocAddress]:
    return [address for _, address in searcher.search(Query.all_query(), limit=max(1, searcher.num_docs), count=False).hits]
