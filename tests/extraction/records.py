"""Digests of the records of corpus/ and of the portal pages: `python -m tests.extraction.records [FILE.jsonl.gz]`.

A line for each: what shows that compiled extraction (`make fast`) and its source make the same records, and which of them a change touches.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from indexer.extract import COMPILED, extract
from indexer.models import CleanArticle
from tests.extraction.texts import articles, pages

CORPUS = Path(__file__).parent.parent.parent / "corpus"


def texts(news: str | None) -> Iterator[tuple[str, CleanArticle]]:
    """Name and text of each."""
    for article in articles(str(CORPUS)):
        yield article.raw.id, article
    for label, article in pages():
        yield label["page"], article
    for article in articles(news) if news else ():
        yield article.raw.id, article


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", nargs="?")
    options = parser.parse_args()
    number = 0
    for name, article in texts(options.news):
        number += 1
        print(name, hashlib.sha256(repr(extract(article)).encode()).hexdigest())
    print(f"{number} records, by {f'{len(COMPILED)} compiled modules' if COMPILED else 'the source'}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
