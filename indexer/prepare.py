"""Articles -> documents, in this process or in several: clean, extract, build. One bad document costs itself only.

A worker that dies (killed, out of memory) takes its batch with it: the batches under way are then tried one by one, halved until the document
that kills is alone and can be named. The order of the results is that of the articles, whatever the number of workers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context

from analyzers import Analyzer
from indexer.build import build
from indexer.clean import clean
from indexer.engine.contract import IndexDocument, Rejection
from indexer.errors import BaocaoError
from indexer.extract import extract
from indexer.link import provisional
from indexer.models import RawArticle, StoredReport

# A worker's answer is held whole: 20 articles of 5 kB and their tokens are half a megabyte.
_BATCH = 20
_BATCH_CHARACTERS = 400_000
_IN_FLIGHT = 3  # batches a worker: one under way, one waiting, one done

# What extraction can raise on a text that nobody has thought of. Not OSError (a data file is missing: every document would fail), and nothing
# that ends the process.
_UNEXPECTED = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)

Prepared = IndexDocument | Rejection


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be made a document. `where` names it for the user; times as in StoredReport."""

    raw: RawArticle
    where: str
    fingerprint: str
    first_seen: str
    indexed_at: str


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    """The one Analyzer of this process, made when first needed."""
    return Analyzer()


def prepare(tasks: Iterable[Task], workers: int = 1) -> Iterator[tuple[Task, Prepared]]:
    """Each task with its document, or with the reason why there is none; in order, holding a few batches at a time."""
    batches = _batches(tasks)
    results = map(_batch_results, batches) if workers <= 1 else _in_processes(batches, workers)
    for pairs in results:
        yield from pairs


def _batch_results(batch: Sequence[Task]) -> list[tuple[Task, Prepared]]:
    return list(zip(batch, prepare_batch(batch), strict=True))


def prepare_batch(batch: Sequence[Task]) -> list[Prepared]:
    """What a worker does: a document or a rejection for each task."""
    return [_document(task) for task in batch]


def _document(task: Task) -> Prepared:
    try:
        article = clean(task.raw)
        if not article.body and article.title is None:
            return Rejection(task.where, "no text but the portal's own (menus, tool bars, footer)")
        report = extract(article)
        return build(StoredReport(report, task.raw, task.fingerprint, task.first_seen, task.indexed_at, provisional(report)), analyzer())
    except _UNEXPECTED as error:
        return Rejection(task.where, f"cannot be analysed ({type(error).__name__}: {error}); please report this text")


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    characters = 0
    for task in tasks:
        batch.append(task)
        characters += len(task.raw.original)
        if len(batch) == _BATCH or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _in_processes(batches: Iterator[list[Task]], workers: int) -> Iterator[list[tuple[Task, Prepared]]]:
    waiting: deque[list[Task]] = deque()
    answers: deque[Future[list[Prepared]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            try:
                while len(waiting) < workers * _IN_FLIGHT and (batch := next(batches, None)) is not None:
                    waiting.append(batch)
                    answers.append(pool.submit(prepare_batch, batch))
                if not waiting:
                    return
                documents = answers[0].result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                yield from _one_by_one(waiting)
                waiting.clear()
                answers.clear()
                pool = _pool(workers)
                continue
            answers.popleft()
            yield list(zip(waiting.popleft(), documents, strict=True))
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _one_by_one(batches: Iterable[list[Task]]) -> Iterator[list[tuple[Task, Prepared]]]:
    """The batches that were under way when a worker died, each in a process of its own until the culprit is alone."""
    try:
        with _pool(1) as pool:
            pool.submit(prepare_batch, []).result()
    except BrokenProcessPool:
        raise BaocaoError("worker processes die as soon as they start: load with --workers 1") from None
    left = deque(batches)
    while left:
        batch = left.popleft()
        try:
            with _pool(1) as pool:
                documents = pool.submit(prepare_batch, batch).result()
            yield list(zip(batch, documents, strict=True))
        except BrokenProcessPool:
            if len(batch) == 1:
                yield [(batch[0], Rejection(batch[0].where, "the process that analysed it died (killed, or out of memory)"))]
            else:
                half = len(batch) // 2
                left.extendleft((batch[half:], batch[:half]))
