"""Extraction measured against labels read by hand: `make extraction NEWS=FILE.jsonl.gz`.

Prints precision, recall and F1 of each field (for the dates and periods, the share of reports that are exactly right), the peers' figures for
names, the agreement of the two readers who made the labels, and each error. Figures go into docs/figures.md by hand, with the date and the commit.
The peers name every person, the labels only office holders: compare them by recall; their precision also pays for a question that they do not answer.

labels.jsonl holds no text of the articles, so the articles are read from NEWS. Of its two splits, "develop" is what rules are written on; "report"
is only reported: its errors are listed when asked for by name (--split report --errors), never along with the others.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from indexer.extract import extract
from indexer.models import CleanArticle
from tests.extraction import scoring
from tests.extraction.scoring import EXACT, SETS, Counts, Facts, Fault
from tests.extraction.texts import articles

SPLITS = ("develop", "report")
LABELS = Path(__file__).with_name("labels.jsonl")
AGREEMENT = Path(__file__).with_name("agreement.json")

# The commonest family names of the Kinh, and one to three capitalised syllables after them.
SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Đoàn Lương Mai Trịnh Tô Cao Hà Tạ Đào"
SURNAME = re.compile(rf"\b(?:{SURNAMES.replace(' ', '|')})(?: [A-ZĐÀ-ỸƯƠĂÂÊÔ][^\W\d_]+){{1,3}}")

Finder = Callable[[str], Iterable[str]]


def labels(split: str) -> dict[str, Mapping[str, Any]]:
    """The labelled records of a split, by article id."""
    records = map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    return {record["id"]: record for record in records if record["split"] == split}


def by_surname(text: str) -> Iterator[str]:
    """The peer of one line: a surname and what is capitalised after it."""
    return (match.group() for match in SURNAME.finditer(text))


def by_underthesea() -> Finder | None:
    """underthesea.ner's persons, or None where it is not installed: it is no dependency of this project."""
    try:
        ner = importlib.import_module("underthesea").ner
    except ImportError:
        return None

    def persons(text: str) -> Iterator[str]:
        for sentence in re.split(r"\n|(?<=[.!?]) ", text):  # what it is made for; its time grows with the square of the length
            name: list[str] = []
            for word, _, _, tag in [*ner(sentence), ("", "", "", "O")]:
                if tag != "I-PER" and name:
                    yield " ".join(name)
                    name = []
                if tag.endswith("-PER"):
                    name.append(word)

    return persons


def measure(truth: Mapping[str, Facts], found: Callable[[str], Facts]) -> tuple[dict[str, Counts], list[Fault]]:
    """Counts by field and all errors, of what `found` says of each labelled article."""
    compared = [scoring.compare(article, facts, found(article)) for article, facts in truth.items()]
    return scoring.total(counts for counts, _ in compared), [fault for _, faults in compared for fault in faults]


def line(name: str, counts: Counts) -> str:
    """One row of the table; an exact field has no recall of its own."""
    if name in EXACT:
        return f"{name:<24}{counts.right:>6}{'':>7}{counts.wrong:>7}{counts.precision:>9.3f} exact"
    return f"{name:<24}{counts.right:>6}{counts.missed:>7}{counts.wrong:>7}{counts.precision:>9.3f}{counts.recall:>8.3f}{counts.f1:>8.3f}"


def report(split: str, news: str, errors: bool, peers: bool) -> None:
    """Measures one split and prints its table."""
    truth = {article: scoring.labelled(record) for article, record in labels(split).items()}
    texts = {article.raw.id: article for article in articles(news, truth.__contains__)}
    if missing := truth.keys() - texts.keys():
        raise SystemExit(
            f"{news} lacks {len(missing)} of the {len(truth)} labelled articles of {split!r}, as {min(missing)}: name the file that they were labelled in"
        )
    counts, faults = measure(truth, lambda article: scoring.extracted(extract(texts[article])))
    print(f"\n{split}: {len(truth)} articles\n{'field':<24}{'right':>6}{'missed':>7}{'wrong':>7}{'precision':>10}{'recall':>7}{'F1':>8}")
    for field in (*SETS, *EXACT):
        print(line(field, counts[field]))
    if peers:
        _peers(truth, texts)
    if errors:
        print(f"\n{split}: {len(faults)} errors")
        for fault in faults:
            print(f"{fault.report}  {fault.field:<11}{fault.kind:<7} {fault.value}")


def _peers(truth: Mapping[str, Facts], texts: Mapping[str, CleanArticle]) -> None:
    for name, finder in (("surname regex", by_surname), ("underthesea.ner", by_underthesea())):
        if finder is None:
            print(f"names: {name:<17}not installed: pip install {name.partition('.')[0]}")
        else:
            counts, _ = measure(truth, lambda article, find=finder: scoring.names(find("\n".join(part.text for part in texts[article].parts))))  # type: ignore[misc]
            print(line(f"names: {name}", counts["names"]))


def agreement() -> None:
    """Prints how far the two readers agreed before their differences were settled."""
    figures = json.loads(AGREEMENT.read_text(encoding="utf-8"))
    print(f"\nagreement of the two readers on {figures['articles']} articles (F1 between them; dates and periods: share alike)")
    for field, value in figures["fields"].items():
        print(f"{field:<24}{value:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.extraction.measure", description="Measure extraction against the labels.")
    parser.add_argument("news", metavar="NEWS.jsonl.gz", help="the file that holds the labelled articles")
    parser.add_argument("--split", choices=SPLITS, help="only this split (default: both, with the errors of 'develop' alone)")
    parser.add_argument("--errors", action="store_true", help="list each error")
    parser.add_argument("--peers", action="store_true", help="measure names of the peers too")
    parser.add_argument("--agreement", action="store_true", help="print the agreement of the readers")
    given = parser.parse_args()
    for split in [given.split] if given.split else SPLITS:
        report(split, given.news, given.errors and split == (given.split or "develop"), given.peers)
    if given.agreement:
        agreement()


if __name__ == "__main__":
    main()
