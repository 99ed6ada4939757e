"""What people would use instead, on the same articles: SQLite's FTS5 and four ways to set up Elasticsearch without any analysis of ours.

Each peer answers a query as typed with the ids of its first ten. None is crippled: any word may match (BM25 puts the reports that have more
of them first), title and body are both searched.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any

from analyzers import Analyzer
from indexer.models import Report

FIRST = 10
INDEX = "relevance-peers"
Search = Callable[[str], list[str]]

_FIELDS = {
    "standard": ["title", "body"],
    "folded": ["title_folded", "body_folded"],
    "most_fields": ["title", "body", "title_folded", "body_folded"],
    "pyvi": ["title_words", "body_words"],
}


def sqlite(reports: Iterable[Report]) -> Search:
    """FTS5 as it comes: unicode61, which drops marks but not those of đ; any word, BM25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE reports USING fts5(id UNINDEXED, title, body)")
    database.executemany("INSERT INTO reports VALUES (?, ?, ?)", ((r.id, r.title, r.body) for r in reports))

    def search(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        rows = database.execute("SELECT id FROM reports WHERE reports MATCH ? ORDER BY bm25(reports) LIMIT ?", (words, FIRST))
        return [row[0] for row in rows]

    return search


def elasticsearch(url: str, reports: Iterable[Report]) -> dict[str, Search]:
    """Four peers over one index of the server at `url`: standard analyzer, folded, most_fields of both, pyvi's words."""
    text, words = {"type": "text"}, {"type": "text", "analyzer": "whitespace"}
    fields = {name: words if name.endswith("words") else text for names in _FIELDS.values() for name in names}
    _ask(f"{url}/{INDEX}", "PUT", {"settings": {"number_of_shards": 1, "number_of_replicas": 0}, "mappings": {"properties": fields}})
    analyzer = Analyzer()
    batch: list[str] = []
    for report in reports:
        source = {"title": report.title, "body": report.body, "title_folded": _folded(report.title), "body_folded": _folded(report.body)}
        source |= {"title_words": _words(analyzer, report.title), "body_words": _words(analyzer, report.body)}
        batch += [json.dumps({"index": {"_id": report.id}}), json.dumps(source)]
        if len(batch) >= 1_000:
            _bulk(url, batch)
            batch = []
    _bulk(url, batch)

    def search(name: str) -> Search:
        def found(query: str) -> list[str]:
            # Marks are folded here as the filter asciifolding would, which the smallest distribution of Elasticsearch lacks.
            forms = {"folded": [_folded(query)], "most_fields": [query, _folded(query)], "pyvi": [_words(analyzer, query) or query.lower()]}.get(name, [query])
            fields = [_FIELDS[name][2 * at : 2 * at + 2] for at in range(len(forms))]
            each = [{"multi_match": {"query": form, "fields": own}} for form, own in zip(forms, fields, strict=True)]
            body = {"size": FIRST, "_source": False, "query": {"bool": {"should": each}}}
            return [hit["_id"] for hit in _ask(f"{url}/{INDEX}/_search", "POST", body)["hits"]["hits"]]

        return found

    return {f"Elasticsearch, {name}": search(name) for name in _FIELDS}


def remove(url: str) -> None:
    """Removes the peers' index."""
    _ask(f"{url}/{INDEX}", "DELETE")


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _words(analyzer: Analyzer, text: str) -> str:
    return " ".join(word for line in text.split("\n") for word in analyzer.words(line))


def _bulk(url: str, lines: list[str]) -> None:
    if lines:
        answer = _ask(f"{url}/{INDEX}/_bulk?refresh=true", "POST", "\n".join(lines) + "\n")
        assert not answer["errors"], "the peers' index refused an article"


def _ask(address: str, method: str, body: dict[str, Any] | str | None = None) -> Any:
    data = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    kind = "application/x-ndjson" if isinstance(body, str) else "application/json"
    request = urllib.request.Request(address, data, {"Content-Type": kind}, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)
