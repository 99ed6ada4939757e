"""One writer at a time: a document in an index of its own, renewed while its holder lives.

A holder that died on this machine is replaced at once; one elsewhere when it has not renewed for STALE_SECONDS and does
not do so while we watch, whatever its clock says. Every change names the version that it replaces, so two that try at
once cannot both have it. What a holder that only slept writes afterwards is stopped by its fence (elastic_index.py).
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from elasticsearch import BadRequestError, ConflictError, Elasticsearch, NotFoundError

from indexer.engine.elastic_client import Connection, logger
from indexer.errors import EngineError, EngineUnreachable, WriterBusy

BEAT_SECONDS = 10.0
STALE_SECONDS = 30.0  # three missed beats; with the watching after it a dead holder blocks for 45 seconds at most
_WATCH_BEATS = 1.5
_RELEASE_SECONDS = 5.0
_ID = "writer"
_living: set[str] = set()  # tokens of this process's own locks: one may have lost its server before it could be given back


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes. `machine` tells hosts of one name and containers of one host apart; times are UTC seconds."""

    token: str
    host: str
    machine: str
    pid: int
    since: float
    beat: float

    def __str__(self) -> str:
        since = datetime.fromtimestamp(self.since, UTC).isoformat(timespec="seconds")
        return f"process {self.pid} on {self.host} since {since}"

    def died_here(self) -> bool:
        """Whether it ran on this machine and no process has its id any more, or it was this process and has ended."""
        if self.machine != _machine():
            return False
        if self.pid == os.getpid():
            return self.token not in _living
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    def is_fresh(self) -> bool:
        """Whether it renewed lately. A beat from the future is not: clocks differ."""
        return not self.died_here() and 0 <= time.time() - self.beat < STALE_SECONDS


@dataclass(frozen=True, slots=True)
class _Held:
    """The lock as it stands: its holder and the version of the document."""

    holder: Holder
    version: tuple[int, int]


def holder(client: Elasticsearch, index: str) -> Holder | None:
    """Who holds the lock, unless it was left behind."""
    held = _read(client, index)
    return held.holder if held is not None and held.holder.is_fresh() else None


class Lock:
    """`with Lock(...) as lock` or WriterBusy. `token` is new each time it is taken."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection, self._index = connection, index
        self.token = uuid.uuid4().hex[:12]
        self._since = time.time()
        self._version: tuple[int, int] | None = None
        self._beaten = 0.0
        self._lost: Holder | None = None
        self._turn = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="baocao-lock", daemon=True)

    def __enter__(self) -> Lock:
        _living.add(self.token)
        try:
            self._take()
        except BaseException:
            _living.discard(self.token)
            raise
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        _living.discard(self.token)
        self._stop.set()
        self._thread.join(BEAT_SECONDS)
        with self._turn:
            try:
                if self._lost is None:
                    self._connection.write(self._release, _RELEASE_SECONDS)
            except EngineError as failure:
                logger.warning("the lock of the writer could not be given back (%s); it ends by itself within a minute", failure)

    def hold(self) -> None:
        """Raises WriterBusy when somebody else took the lock; renews it if that is due."""
        with self._turn:
            if self._lost is None and time.monotonic() - self._beaten > BEAT_SECONDS:
                self._connection.write(self._renew)
            if self._lost is not None:
                raise WriterBusy(f"this process was silent for too long, and {self._lost} took over: run the command again when it has finished")

    # -------------------------------------------------------- taking

    def _take(self) -> None:
        held = self._connection.write(self._create)
        if held is None:
            return
        if not held.holder.died_here():
            if held.holder.is_fresh():
                raise WriterBusy(f"{held.holder} writes to this index; wait until it has finished")
            time.sleep(_WATCH_BEATS * BEAT_SECONDS)
        if not self._connection.write(lambda client: self._replace(client, held.version)):
            raise WriterBusy(f"{self._lost or held.holder} writes to this index; wait until it has finished")

    def _create(self, client: Elasticsearch) -> _Held | None:
        """Takes a free lock; else gives what stands there."""
        try:
            self._note(client.index(index=self._index, id=_ID, document=self._document(), op_type="create", require_alias=False).body)
        except ConflictError:
            held = _read(client, self._index)
            if held is None:
                raise EngineUnreachable("the writer before is just leaving") from None  # tried again
            if held.holder.token != self.token:
                return held
            self._version = held.version  # ours: an earlier try whose answer was lost
        return None

    def _replace(self, client: Elasticsearch, version: tuple[int, int]) -> bool:
        """Puts us where `version` stands; False if it does not stand there any more."""
        try:
            answer = client.index(index=self._index, id=_ID, document=self._document(), if_seq_no=version[0], if_primary_term=version[1])
        except ConflictError:
            held = _read(client, self._index)
            if held is None or held.holder.token != self.token:
                self._lost = held.holder if held is not None else None
                return False
            self._version = held.version
        else:
            self._note(answer.body)
        return True

    def _note(self, answer: dict[str, Any]) -> None:
        self._version = (answer["_seq_no"], answer["_primary_term"])
        self._beaten = time.monotonic()

    def _document(self) -> dict[str, Any]:
        return asdict(Holder(self.token, socket.gethostname(), _machine(), os.getpid(), self._since, time.time()))

    # -------------------------------------------------------- holding and giving back

    def _renew(self, client: Elasticsearch) -> None:
        assert self._version is not None
        if not self._replace(client, self._version) and self._lost is None:
            self._version = None
            held = self._create(client)  # somebody removed it by hand
            self._lost = None if held is None else held.holder

    def _beat_on(self) -> None:
        while not self._stop.wait(BEAT_SECONDS):
            with self._turn, contextlib.suppress(EngineError):  # an engine that went away: hold() and the writes say so
                if self._lost is None:
                    self._connection.once(self._renew, BEAT_SECONDS / 2)

    def _release(self, client: Elasticsearch) -> None:
        if self._version is not None:
            with contextlib.suppress(ConflictError, NotFoundError):  # taken over, or an earlier try went through
                client.delete(index=self._index, id=_ID, if_seq_no=self._version[0], if_primary_term=self._version[1])


def make_lock_index(client: Elasticsearch, index: str, replicas: int) -> None:
    """The index of the lock, if it is not there yet. Nothing in it is searched."""
    try:
        settings = {"index.number_of_shards": 1, "index.number_of_replicas": replicas, "index.translog.durability": "request"}
        client.indices.create(index=index, settings=settings, mappings={"dynamic": False})
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def _read(client: Elasticsearch, index: str) -> _Held | None:
    try:
        found = client.get(index=index, id=_ID).body
    except NotFoundError:
        return None
    return _Held(Holder(**found["_source"]), (found["_seq_no"], found["_primary_term"]))


def _machine() -> str:
    """This machine, and on Linux the container: process ids mean something only within."""
    try:
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        space = ""
    return f"{uuid.getnode():x} {space}".strip()
