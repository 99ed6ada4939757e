"""A task of the embedded writer, run in a process of its own that dies at a chosen step. `python -m tests.contract.crashing FOLDER TASK [BYTES]`

Without BYTES: FOLDER/base is copied to FOLDER/0, FOLDER/1, … and the task runs on each copy in a forked child that kills
itself (SIGKILL) before its Nth step, until one runs to its end. A step is a call that changes the disk: a commit, a rename, a sync,
a new folder, a removed file. With BYTES: the task runs on FOLDER/base, where no file may grow past so many bytes.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.engine import embedded_writer
from indexer.engine.embedded import EmbeddedEngine
from indexer.errors import EngineRefused
from indexer.settings import Settings
from tests.contract.worlds import document

REFUSED = 7  # exit code when the engine said that it cannot write


def load(engine: EmbeddedEngine) -> None:
    """Two batches, the second with a new version of a report, a deletion and a side table."""
    with engine.writer() as writer:
        writer.put([document("a", "mới", note="new"), document("b")])
        writer.put([document("c"), document("d")])
        writer.delete(["d"])
        writer.put_rows("persons", {"p": {"name": "mới"}})
        writer.publish()


def rebuild(engine: EmbeddedEngine) -> None:
    with engine.writer(fresh=True) as writer:
        writer.put([document("a", "mới", note="new"), document("b")])
        writer.put([document("c")])
        writer.put_rows("persons", {"p": {"name": "mới"}})
        writer.publish()


def rollback(engine: EmbeddedEngine) -> None:
    engine.rollback()


TASKS: dict[str, Callable[[EmbeddedEngine], None]] = {"load": load, "rebuild": rebuild, "rollback": rollback}


def main() -> None:
    folder, task = Path(sys.argv[1]), TASKS[sys.argv[2]]
    if len(sys.argv) > 3:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
        try:
            task(EmbeddedEngine(folder / "base", Settings()))
        except EngineRefused as error:
            print(error)
            sys.exit(REFUSED)
        return
    number, status = 0, 1
    while status:
        shutil.copytree(folder / "base", folder / str(number), symlinks=True)
        child = os.fork()
        if child == 0:
            _die_before(number)
            task(EmbeddedEngine(folder / str(number), Settings()))
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        assert status in (0, signal.SIGKILL), f"step {number} ended with {status}"
        number += 1


def _die_before(step: int) -> None:
    left = step

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return call(*arguments, **options)

        return run

    steps = [(os, name) for name in ("replace", "fsync", "mkdir", "unlink", "rmdir")]
    # Before a batch, and between its commit and the sync that makes it durable.
    for owner, name in [*steps, (embedded_writer.EmbeddedWriter, "_open"), (embedded_writer, "sync_folder")]:
        setattr(owner, name, counted(getattr(owner, name)))


if __name__ == "__main__":
    main()
