"""The worlds of the contract suite: the same live documents, put into each engine in several ways."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from indexer.engine.contract import Engine, IndexDocument
from indexer.engine.embedded import EmbeddedEngine
from indexer.settings import Settings
from tests.conftest import MakeEngine
from tests.contract.model import Model
from tests.contract.worlds import documents, stored

DOCUMENTS = documents(seed=1, count=160)
VARIANTS = (
    "embedded",
    "embedded-10-segments",
    "embedded-changed",
    "embedded-10-segments-changed",
    "elastic",
    "elastic-3-shards",
    "elastic-3-shards-changed",
)


@dataclass(frozen=True)
class World:
    """An engine that holds DOCUMENTS. `exact`: the share by which a score may differ from the model's."""

    engine: Engine
    model: Model
    exact: float


@pytest.fixture(scope="session", params=VARIANTS)
def world(request: pytest.FixtureRequest, make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> World:
    name, _, rest = request.param.partition("-")
    engine = make_engine(name, shards=3) if rest.startswith("3-shards") else make_engine(name)
    changed = rest.endswith("changed")
    if rest.startswith("10-segments"):
        _in_segments(engine, _parts(DOCUMENTS, 10), tmp_path_factory.mktemp("parts"), changed)
        assert engine.status().extra["segments"] >= 10
    else:
        fill(engine, DOCUMENTS, changed)
    # What was replaced or deleted counts, in both engines for the average length of a text, in Elasticsearch for the weight of a term, till it is merged away.
    return World(engine, Model(DOCUMENTS), (0.06 if name == "embedded" else 0.5) if changed else 1e-5)


@pytest.fixture
def prefix() -> str:
    return f"c{uuid.uuid4().hex[:10]}"


@pytest.fixture(params=("embedded", "elastic"))
def empty(request: pytest.FixtureRequest, make_engine: MakeEngine, prefix: str) -> Engine:
    """An engine with nothing indexed."""
    return make_engine(request.param, index=prefix)


@pytest.fixture
def second(make_engine: MakeEngine, prefix: str) -> Callable[[Engine], Engine]:
    """second(empty) -> another engine object on the same index, as another process would open it."""

    def open_second(engine: Engine) -> Engine:
        if engine.name == "embedded":
            return EmbeddedEngine(Path(str(engine.status().extra["path"])), Settings(index=prefix))
        return make_engine("elastic", index=prefix)

    return open_second


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder for an embedded engine."""
    return tmp_path / "reports"


@pytest.fixture
def engine(path: Path) -> EmbeddedEngine:
    """An embedded engine with nothing indexed; test_elastic.py has its own."""
    return EmbeddedEngine(path, Settings())


def fill(engine: Engine, wanted: Sequence[IndexDocument], changed: bool) -> None:
    """Puts the documents; `changed`: by way of other documents and other versions of some of them, in many batches."""
    with engine.writer() as writer:
        if changed:
            for part in _parts(_forerunners(wanted), 4):
                assert writer.put(part) == []
            assert writer.delete([f"gone{number}" for number in range(40)]) == 40
            for part in _parts(wanted[::3], 5):
                assert writer.put(part) == []
        else:
            assert writer.put(wanted) == []
        writer.publish()


def _forerunners(wanted: Sequence[IndexDocument]) -> list[IndexDocument]:
    """Every third document with another one's content, the rest as wanted, and 40 that are to go."""
    early = [replace(wanted[-1 - number], id=d.id, stored=stored(d.id, "old")) if number % 3 == 0 else d for number, d in enumerate(wanted)]
    gone = [replace(wanted[number], id=f"gone{number}", stored=stored(f"gone{number}")) for number in range(40)]
    return early + gone


def _parts(wanted: Sequence[IndexDocument], count: int) -> list[Sequence[IndexDocument]]:
    return [wanted[start::count] for start in range(count)]


def _in_segments(engine: Engine, parts: Sequence[Sequence[IndexDocument]], folder: Path, changed: bool) -> None:
    """One segment a part. tantivy merges eight small segments at the next commit, so each is built alone and then put beside the others."""
    with engine.writer() as writer:
        writer.publish()
    target = _index_folder(engine)
    meta = json.loads((target / "meta.json").read_text())
    managed = json.loads((target / ".managed.json").read_text())
    for number, part in enumerate(parts):
        alone = EmbeddedEngine(folder / str(number), Settings())
        fill(alone, part, changed=False)
        if changed:
            with alone.writer() as writer:
                other = [replace(d, id=f"gone{d.id}", stored=stored(f"gone{d.id}")) for d in part]
                writer.put(other)
                writer.delete([d.id for d in other])
                writer.put(part[::3])
        built = _index_folder(alone)
        for file in json.loads((built / ".managed.json").read_text()):
            if file != "meta.json":
                shutil.copy(built / file, target / file)
                managed.append(file)
        own = json.loads((built / "meta.json").read_text())
        meta["segments"] += own["segments"]
        meta["opstamp"] = max(meta["opstamp"], own["opstamp"])
    (target / ".managed.json").write_text(json.dumps(managed))
    (target / "meta.json").write_text(json.dumps(meta))


def _index_folder(engine: Engine) -> Path:
    return generation_folder(engine) / "index"


def generation_folder(engine: Engine) -> Path:
    """Where an embedded engine keeps what serves."""
    status = engine.status()
    return Path(str(status.extra["path"])) / str(status.generation)
