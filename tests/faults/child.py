"""Runs the real loader in processes that kill themselves at a named point. `python -m tests.faults.child`

Each line of standard input is a JSON object: engine, index, folder, action ("index" or "rebuild"), step, when ("before" or "after") and
nth. For each a forked process carries the action out and ends itself (SIGKILL) at the nth call of the step; the answer is a line with the signal
that ended it, 0 if it lived. The points are wrapped from here: nothing in the shipped code knows of them.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from indexer import load
from indexer.engine import open_engine
from indexer.engine.contract import Engine, Writer
from indexer.engine.elastic_index import Generations as ElasticGenerations
from indexer.engine.embedded_generations import Generations as EmbeddedGenerations
from indexer.models import RawArticle
from indexer.prepare import Task, prepare_batch
from indexer.settings import Settings

WRITER_STEPS = ("put", "delete", "put_rows", "publish")


def deadly(call: Callable[..., Any], when: str, nth: int) -> Callable[..., Any]:
    """`call`, whose nth time ends the process, before or after it did its work."""
    left = nth

    def run(*arguments: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = call(*arguments, **options)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return run


def arm(engine: Engine, step: str, when: str, nth: int) -> None:
    """Wraps the step, of whichever engine."""
    if step in WRITER_STEPS:
        open_writer = engine.writer

        @contextmanager
        def writer(*, fresh: bool = False) -> Iterator[Writer]:
            with open_writer(fresh=fresh) as opened:
                setattr(opened, step, deadly(getattr(opened, step), when, nth))
                yield opened

        engine.writer = writer  # type: ignore[method-assign]
    elif step == "link":
        setattr(load, step, deadly(getattr(load, step), when, nth))
    elif step == "swap":
        EmbeddedGenerations.serve = deadly(EmbeddedGenerations.serve, when, nth)  # type: ignore[method-assign]
        ElasticGenerations.swap = deadly(ElasticGenerations.swap, when, nth)  # type: ignore[method-assign]
    else:
        raise ValueError(step)


def act(order: dict[str, Any]) -> None:
    settings = Settings(engine=order["engine"], index=order["index"])
    engine = open_engine(settings)
    arm(engine, order["step"], order["when"], order["nth"])
    if order["action"] == "index":
        load.index(engine, [order["folder"]], settings, prune=True)
    else:
        load.rebuild(engine, settings)


def main() -> None:
    load._BATCH = 2
    # Loads tables and the model once, for all that are forked.
    prepare_batch([Task(RawArticle("x", "Đồng chí Nguyễn Văn An, Bí thư Tỉnh ủy Đắk Lắk, phát biểu.", "utf-8", ""), "", "", "", "")])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            act(json.loads(line))
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)


if __name__ == "__main__":
    main()
