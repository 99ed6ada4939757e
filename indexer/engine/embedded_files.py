"""Files that survive a power cut, and the lock of the one writer."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import WriterBusy

LOCK = "writer.lock"
TEMPORARY = ".tmp"  # tantivy's own begin so too; a writer that starts removes what a killed one left

# `status` holds the lock for some microseconds while it looks whether a writer has it: a writer tries this long.
_PATIENCE = 0.2


def sync_folder(folder: Path) -> None:
    """Makes the folder's entries durable: after a rename this, not the file's own sync, is what a power cut respects."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, text: str) -> None:
    """Replaces `path` by `text`, durably: whatever happens, the old content or the new one is there."""
    temporary = path.with_name(f"{TEMPORARY}{path.name}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def folder_size(folder: Path) -> int:
    """Bytes of the files in `folder`, those left out that a writer removes meanwhile."""
    size = 0
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Holds the one writer's lock. The kernel frees it when the process ends, however it ends. Raises WriterBusy naming the holder."""
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not _taken(descriptor, fcntl.LOCK_EX, _PATIENCE):
            raise WriterBusy(f"{_holder(descriptor)} is writing to {folder}: wait until it has ended, or end it, then run the command again")
        _held.add(descriptor)
        note = {"process": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def writer_of(folder: Path) -> str | None:
    """Who holds the lock now ("process 12 on host since …"), or None."""
    try:
        descriptor = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return None if _taken(descriptor, fcntl.LOCK_SH, 0.0) else _holder(descriptor)
    finally:
        os.close(descriptor)


# A forked worker inherits the descriptor, and with it the lock: it would hold it for a writer that is long dead.
_held: set[int] = set()


def _close_in_child() -> None:
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_close_in_child)


def _taken(descriptor: int, kind: int, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        else:
            return True


def _holder(descriptor: int) -> str:
    try:
        note = json.loads(os.pread(descriptor, 10_000, 0))
        return f"process {note['process']} on {note['host']} (since {note['since']})"
    except (ValueError, KeyError, TypeError):  # it has the lock and has not yet written its name
        return "another process"
