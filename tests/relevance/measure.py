"""Known-item search measured: `make relevance NEWS=FILE.jsonl.gz`.

queries.jsonl holds what somebody would type to find one article again, written from reading it; the articles are read from NEWS. Prints, by kind
of query, success@1 (the article is the first hit), MRR@10 and nDCG@10 for both engines and for the peers, on the same articles.
Ranking is developed on its split "develop"; "report" is only reported. The queries of the two "-hard" are short and of words
that many articles share. Exits with 1, and names what changed, where our figures are not
those of expected.tsv. Figures go into docs/figures.md by hand, with date and commit.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.query import parse
from indexer.engine.contract import Engine
from indexer.errors import BaocaoError
from indexer.load import index
from indexer.query import SearchQuery
from indexer.search import search
from indexer.settings import Settings
from tests import server
from tests.bench.soak import engines
from tests.relevance import peers

QUERIES = Path(__file__).with_name("queries.jsonl")
EXPECTED = Path(__file__).with_name("expected.tsv")  # set of queries, searcher, kind, MRR@10
KINDS = ("keyword", "accentless", "name", "abbreviation", "phrase", "locality", "misspelled")
SPLITS = ("develop", "report", "develop-hard", "report-hard")
TOLERANCE = 0.002  # of an MRR: equal scores may fall on either side of each other


@dataclass(frozen=True, slots=True)
class KnownItem:
    """`query` is what is typed, `id` the article that is meant."""

    id: str
    kind: str
    split: str
    query: str


def known_items(split: str) -> list[KnownItem]:
    records = map(json.loads, QUERIES.read_text(encoding="utf-8").splitlines())
    return [item for record in records if (item := KnownItem(**record)).split == split]


def expected(queries: str, searcher: str) -> dict[str, float]:
    """MRR@10 by kind, as the committed table has it."""
    rows = [line.split("\t") for line in EXPECTED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {kind: float(mrr) for name, by, kind, mrr in rows if (name, by) == (queries, searcher)}


def changed(queries: str, searcher: str, ranks: dict[str, list[int]]) -> list[str]:
    """A line for each kind whose MRR@10 is not the expected one, in the form of the table."""
    now = {kind: round(figures(found)[1], 3) for kind, found in ranks.items()}
    wanted = expected(queries, searcher)
    return [f"{queries}\t{searcher}\t{kind}\t{mrr} (expected: {wanted.get(kind)})" for kind, mrr in now.items() if abs(mrr - wanted.get(kind, 2)) > TOLERANCE]


def rank(item: KnownItem, found: Sequence[str]) -> int:
    """1 for the first hit; 0 when it is not among the first ten."""
    return found.index(item.id) + 1 if item.id in found[: peers.FIRST] else 0


def figures(ranks: Iterable[int]) -> tuple[float, float, float]:
    """(success@1, MRR@10, nDCG@10) of the ranks of queries that have one relevant article each."""
    ranks = list(ranks)
    number = len(ranks) or 1
    return (
        sum(r == 1 for r in ranks) / number,
        sum(1 / r for r in ranks if r) / number,
        sum(1 / math.log2(r + 1) for r in ranks if r) / number,
    )


def ours(engine: Engine) -> peers.Search:
    def found(text: str) -> list[str]:
        try:
            return [hit.id for hit in search(engine, SearchQuery(tree=parse(text), text=text, limit=peers.FIRST, highlight=False)).hits]
        except BaocaoError as error:
            print(f"{text!r}: {error}", file=sys.stderr)
            return []

    return found


def table(items: Sequence[KnownItem], searches: dict[str, Callable[[str], list[str]]]) -> dict[str, dict[str, list[int]]]:
    """Prints the table of one split; gives the ranks by searcher and kind, in the order of the items."""
    kinds = [kind for kind in KINDS if any(item.kind == kind for item in items)]
    print(f"{'':<28}" + "".join(f"{kind:>19}" for kind in ("all", *kinds)))
    print(f"{'success@1  MRR  nDCG':<28}" + "".join(f"{sum(kind in ('all', i.kind) for i in items):>19}" for kind in ("all", *kinds)))
    every: dict[str, dict[str, list[int]]] = {}
    for name, find in searches.items():
        ranks: defaultdict[str, list[int]] = defaultdict(list)
        for item in items:
            ranks[item.kind].append(rank(item, find(item.query)))
        ranks["all"] = [r for kind in kinds for r in ranks[kind]]
        print(f"{name:<28}" + "".join("{:>9.3f}{:>5.2f}{:>5.2f}".format(*_shown(ranks[kind])) for kind in ("all", *kinds)), flush=True)
        every[name] = dict(ranks)
    return every


def _shown(ranks: Iterable[int]) -> tuple[float, float, float]:
    first, mrr, ndcg = figures(ranks)
    return mrr, first, ndcg


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance.measure", description="Measure known-item search.")
    parser.add_argument("news", metavar="NEWS.jsonl.gz", help="the file that holds the articles")
    parser.add_argument("--split", choices=SPLITS, help="only this split (default: both)")
    parser.add_argument("--engines", nargs="+", default=["embedded", "elastic"], choices=["embedded", "elastic"])
    given = parser.parse_args()
    other: list[str] = []
    with engines(given.engines) as made:
        searches: dict[str, peers.Search] = {}
        for name, engine in made.items():
            index(engine, [given.news], Settings(), workers=2)
            searches[f"baocao, {name}"] = ours(engine)
        with next(iter(made.values())).writer() as writer:
            reports = [stored.report for stored in writer.scan()]
        searches["SQLite FTS5"] = peers.sqlite(reports)
        with server.elasticsearch() as running:
            searches |= peers.elasticsearch(running.url, reports)
            for split in [given.split] if given.split else SPLITS:
                print(f"\n{split}")
                ranks = table(known_items(split), searches)
                other += [line for name in searches if name.startswith("baocao") for line in changed(split, name, ranks[name])]
            peers.remove(running.url)
    if other:
        print("\nother than in", EXPECTED.name, *other, sep="\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
