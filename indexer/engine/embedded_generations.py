"""The life of generations on disk: a folder each, CURRENT naming the one that serves, the one before kept for rollback.

    PATH/CURRENT                    the name of the generation that serves
    PATH/writer.lock                held by the one writer
    PATH/<generation>/generation.json   versions, state, and the files of its side tables
    PATH/<generation>/index/        tantivy's files
    PATH/<generation>/tables/       side tables, one JSON file a version

Each change is one os.replace, so a process killed anywhere leaves the state before or after it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import analyzers
from indexer.engine import schema
from indexer.engine.embedded_files import TEMPORARY, sync_folder, write_whole
from indexer.engine.embedded_index import open_index
from indexer.engine.versions import build_index_name, parse_index_name
from indexer.errors import IndexDamaged, IndexMissing

CURRENT = "CURRENT"
INFO = "generation.json"
INDEX = "index"
TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Generation:
    """What generation.json says. `tables`: side table -> file name. `built`: UTC, ISO 8601."""

    name: str
    schema_version: str
    analyzer_version: str
    built: str
    state: Literal["building", "complete"]
    tables: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        values = {"schema": self.schema_version, "analyzer": self.analyzer_version, "built": self.built, "state": self.state, "tables": dict(self.tables)}
        return json.dumps(values, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, name: str, text: str) -> Generation:
        """Raises ValueError when the text is not one of ours."""
        try:
            values = json.loads(text)
            return cls(name, values["schema"], values["analyzer"], values["built"], values["state"], values["tables"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a generation: {error}") from error


class Generations:
    """The generations under one folder with one prefix. Folders of any other name are never touched."""

    def __init__(self, root: Path, prefix: str) -> None:
        self.root = root
        self._prefix = prefix

    def folder(self, name: str) -> Path:
        return self.root / name

    def current(self) -> str | None:
        """The name of the generation that serves; None when nothing is indexed. Raises IndexDamaged when CURRENT names none of ours."""
        try:
            name = (self.root / CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except ValueError:
            name = "unreadable bytes"
        if not self._ours(name):
            raise IndexDamaged(f"{self.root / CURRENT} names no generation ({name[:80]!r}): write the name of a folder beside it there, or rebuild")
        return name

    def serving(self) -> str:
        """As current(), but raises IndexMissing when nothing is indexed."""
        name = self.current()
        if name is None:
            raise IndexMissing(f"nothing is indexed yet in {self.root}: run `baocao index` with the files or folders of your reports")
        return name

    def serves(self, name: str) -> bool:
        """Whether readers open this generation."""
        try:
            return self.current() == name
        except IndexDamaged:
            return False

    def read(self, name: str) -> Generation:
        """Raises FileNotFoundError when the folder has none, ValueError when it cannot be read."""
        return Generation.from_json(name, (self.folder(name) / INFO).read_text(encoding="utf-8"))

    def write(self, generation: Generation) -> None:
        write_whole(self.folder(generation.name) / INFO, generation.to_json())

    def create(self) -> Generation:
        """A new, empty generation beside the others, in state "building". Younger by name than each of them."""
        names = self._names()
        built = max([datetime.now(UTC), *(parse_index_name(name).built + timedelta(microseconds=1) for name in names)])
        name = build_index_name(self._prefix, schema.SCHEMA_VERSION, analyzers.ANALYZER_VERSION, built)
        folder = self.folder(name)
        for made in (folder, folder / INDEX, folder / TABLES):
            made.mkdir()
        open_index(folder / INDEX, create=True)
        sync_folder(folder / INDEX)
        generation = Generation(name, schema.SCHEMA_VERSION, analyzers.ANALYZER_VERSION, built.isoformat(timespec="seconds"), "building")
        self.write(generation)
        sync_folder(self.root)
        return generation

    def serve(self, name: str) -> None:
        """Points the readers at a generation: the swap."""
        write_whole(self.root / CURRENT, name + "\n")

    def previous(self) -> str | None:
        """The youngest complete generation that is older than the one that serves."""
        current = self.current()
        older = [name for name in self._names() if current is not None and self._age(name) < self._age(current) and self._state(name) == "complete"]
        return max(older, key=self._age, default=None)

    def building(self) -> tuple[str, ...]:
        """Generations that are being built or whose building was interrupted."""
        return tuple(name for name in self._names() if self._state(name) == "building")

    def sweep(self) -> None:
        """Removes what killed writers left, and generations older than the one before. Only for the holder of the lock.

        Readers that still answer from a removed generation go on: its files are mapped.
        """
        try:
            serving = self._serving_or_adopted()
        except (IndexDamaged, FileNotFoundError, ValueError):
            return  # nothing is removed while it is not known what serves
        keep = {serving.name, self.previous()} if serving else set()
        for name in self._names():
            if name not in keep and self._state(name) != "unknown":
                self.remove(name)
        for left in self.root.glob(f"{TEMPORARY}*"):
            if left.is_file():
                left.unlink(missing_ok=True)
            elif self._ours(left.name.removeprefix(TEMPORARY)):
                shutil.rmtree(left)  # remove() was killed
        if serving:
            folder = self.folder(serving.name)
            for place in (folder, folder / INDEX, folder / TABLES):
                _remove(place.glob(f"{TEMPORARY}*"))
            _remove(path for path in (folder / TABLES).iterdir() if path.name not in serving.tables.values())

    def remove(self, name: str) -> None:
        """Removes a generation. First it gets another name: half a folder is never taken for a whole generation, and whoever
        opens its index just now (tantivy makes a lock file then, in a thread of its own) puts no new file into it."""
        gone = self.root / f"{TEMPORARY}{name}"
        os.replace(self.folder(name), gone)
        sync_folder(self.root)
        shutil.rmtree(gone)

    def _serving_or_adopted(self) -> Generation | None:
        """What serves. Where CURRENT is lost, or a writer was killed just before its first swap: the youngest complete one, from now on."""
        name = self.current()
        if name is None:
            complete = [name for name in self._names() if self._state(name) == "complete"]
            if not complete:
                return None
            name = max(complete, key=self._age)
            self.serve(name)
        return self.read(name)

    def _names(self) -> list[str]:
        if not self.root.is_dir():
            return []
        with os.scandir(self.root) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False) and self._ours(entry.name))

    def _ours(self, name: str) -> bool:
        try:
            return parse_index_name(name).prefix == self._prefix
        except ValueError:
            return False

    def _age(self, name: str) -> datetime:
        return parse_index_name(name).built

    def _state(self, name: str) -> str:
        """Of a folder without a readable generation.json: "building" when it has none, "unknown" when it cannot be read."""
        try:
            return self.read(name).state
        except FileNotFoundError:
            return "building"
        except (ValueError, OSError):
            return "unknown"


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
