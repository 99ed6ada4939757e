"""Public sets of questions and passages measured: `python -m tests.relevance.passages FILE.csv...` (columns `context` and `question`).

For ALQAC, ViRHE4QA and ViMedAQA as the repository longstnguyen/ViRE publishes them; none of their text is ours to keep. Every passage becomes a
report, every question is asked with any word, as typed and without accents; the passage that it was written for is the only right one. Prints
nDCG@10 x 100 beside plain BM25 over our syllables and over pyvi's words.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from analyzers import Analyzer
from analyzers.fold import fold
from api.query import parse
from indexer.engine import open_engine
from indexer.engine.contract import Engine
from indexer.errors import BaocaoError, QuerySyntaxError
from indexer.load import index
from indexer.query import SearchQuery
from indexer.search import search
from indexer.settings import Settings
from tests.relevance.measure import figures
from tests.relevance.peers import FIRST, Search

K1, B = 1.2, 0.75


def read_set(path: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Passages by an id of their own, equal ones once, and (question, id of its passage)."""
    ids: dict[str, str] = {}
    passages: dict[str, str] = {}
    questions: list[tuple[str, str]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            text = " ".join(row["context"].split())
            identifier = ids.setdefault(text, f"passage-{len(ids):05}")
            passages[identifier] = row["context"]
            questions.append((row["question"], identifier))
    return passages, questions


def ours(engine: Engine) -> Search:
    """The first ten by default weights, any word; a question that is no query finds nothing."""

    def found(text: str) -> list[str]:
        try:
            return [hit.id for hit in search(engine, SearchQuery(tree=parse(text), text=text, match="any", limit=FIRST, highlight=False)).hits]
        except QuerySyntaxError:
            return []

    return found


def bm25(passages: dict[str, str], tokens: Callable[[str], Sequence[str]]) -> Search:
    """Plain BM25 over one field of `tokens`, ties by id."""
    postings: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    lengths: dict[str, int] = {}
    for identifier, text in passages.items():
        counts = Counter(tokens(text))
        lengths[identifier] = counts.total()
        for token, number in counts.items():
            postings[token].append((identifier, number))
    mean = sum(lengths.values()) / len(lengths)

    def found(text: str) -> list[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for token in tokens(text):
            held = postings.get(token, ())
            rarity = math.log(1 + (len(lengths) - len(held) + 0.5) / (len(held) + 0.5))
            for identifier, number in held:
                scores[identifier] += rarity * number * (K1 + 1) / (number + K1 * (1 - B + B * lengths[identifier] / mean))
        return sorted(scores, key=lambda identifier: (-scores[identifier], identifier))[:FIRST]

    return found


def ndcg(find: Search, questions: Iterable[tuple[str, str]]) -> float:
    """nDCG@10 x 100: one passage is right for each question."""
    answers = ((find(text), right) for text, right in questions)
    return 100 * figures(found.index(right) + 1 if right in found else 0 for found, right in answers)[2]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance.passages", description="Measure questions against passages.")
    parser.add_argument("sets", nargs="+", type=Path, metavar="FILE.csv")
    analyzer = Analyzer()
    print(f"{'nDCG@10':<20}{'passages':>9}{'questions':>10}{'baocao':>8}{'no accents':>11}{'syllables':>10}{'words':>7}")
    for path in parser.parse_args().sets:
        passages, questions = read_set(path)
        with tempfile.TemporaryDirectory() as folder:
            news = Path(folder, "passages.jsonl")
            news.write_text("".join(json.dumps({"id": i, "body": text}) + "\n" for i, text in passages.items()), encoding="utf-8")
            engine = open_engine(Settings(engine=f"embedded:{folder}/index"))
            if rejected := index(engine, [str(news)], Settings()).rejected:
                raise BaocaoError(f"{path}: {rejected[0].where}: {rejected[0].reason}")
            unaccented = [(fold(text), right) for text, right in questions]
            measured = [ndcg(ours(engine), questions), ndcg(ours(engine), unaccented)]
            engine.close()
        measured += [ndcg(bm25(passages, tokens), questions) for tokens in (lambda text: [t.text for t in analyzer.syllables(text)], analyzer.words)]
        print("{:<20}{:>9}{:>10}{:>8.2f}{:>11.2f}{:>10.2f}{:>7.2f}".format(path.stem, len(passages), len(questions), *measured), flush=True)


if __name__ == "__main__":
    main()
