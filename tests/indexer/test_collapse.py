"""Near-duplicates as one hit, on both engines: hits, totals, pages, facets and walks against what the same search without groups finds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from analyzers import Analyzer
from api.query import parse
from indexer.build import build
from indexer.collapse import Walks
from indexer.engine.contract import Engine
from indexer.engine.schema import NO_VALUE
from indexer.models import StoredReport
from indexer.query import Filter, Hit, SearchQuery, SearchResults, Sort
from indexer.search import search, search_all
from tests.conftest import MakeEngine
from tests.indexer.reports import DAK_LAK, GIA_LAI, PHU_YEN, official, stored

ANALYZER = Analyzer()
WORDS = ("hội", "nghị", "tỉnh", "ngân", "sách", "đảng")
PEOPLE = ("Cao Thị Hòa An", "Vy Thủy", "Lê Minh")
POSTS = ("Bí thư", "Giám đốc")
FACETS = ("official", "post", "province", "topic", "source", "year")


def reports(seed: int, count: int) -> list[StoredReport]:
    """Random reports, two in three of them in groups of two to some ten."""
    rng = random.Random(seed)
    groups = [f"g{number}" for number in range(count // 6)]
    made = []
    for number in range(count):
        report = stored(
            f"r{number:03}",
            " ".join(rng.choices(WORDS, k=rng.randint(1, 6))),
            title=rng.choice(WORDS),
            source=rng.choice(("", "a.vn", "b.vn")),
            date=rng.choice((None, "2023-05", "2024-01-02", "2024-03-01")),
            officials=tuple(official(name, *rng.sample(POSTS, rng.randint(0, 2))) for name in rng.sample(PEOPLE, rng.randint(0, 2))),
            provinces=tuple(rng.sample((DAK_LAK, GIA_LAI, PHU_YEN), rng.randint(0, 2))),
            topics=tuple(rng.sample(("kinh-te", "doi-ngoai", "xay-dung-dang"), rng.randint(0, 2))),
        )
        made.append(replace(report, group=rng.choice((*groups, *[""] * (len(groups) // 2)))))
    return made


@pytest.fixture(scope="module", params=["embedded", "elastic", "elastic, three shards"])
def loaded(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Engine:
    engine = make_engine(request.param.split(",")[0], **({"shards": 3} if "shards" in request.param else {}))
    documents = [build(report, ANALYZER) for report in reports(1, 150)]
    with engine.writer() as writer:
        for start in range(0, len(documents), 40):
            assert writer.put(documents[start : start + 40]) == []
        writer.publish()
    return engine


def queries(seed: int, count: int) -> Iterator[SearchQuery]:
    rng = random.Random(seed)
    values = {"official": PEOPLE, "post": POSTS, "province": ("Đắk Lắk", "Gia Lai"), "topic": ("kinh-te", "doi-ngoai"), "source": ("a.vn",), "year": ("2024",)}
    for _ in range(count):
        text = " ".join(rng.choices(WORDS, k=rng.randint(0, 4)))
        filters = [
            Filter(facet, tuple(rng.sample((*values[facet], NO_VALUE), rng.randint(1, 2))), exclude=rng.random() < 0.3)
            for facet in rng.sample(FACETS, rng.choice((0, 0, 1, 2)))
        ]
        if rng.random() < 0.2:  # the values of one are counted by the pairs of both
            filters = [Filter("official", tuple(rng.sample(PEOPLE, rng.randint(1, 2)))), Filter("post", ("Bí thư",))][: rng.randint(1, 2)]
        sort: Sort = rng.choice(("relevance", "relevance", "newest", "oldest"))
        yield SearchQuery(parse(text), text, tuple(filters), facets=FACETS, facet_limit=rng.choice((1, 2, 50)), sort=sort, limit=500, highlight=False)


def standing(hits: tuple[Hit, ...]) -> tuple[list[tuple[str, bool, int]], int, int]:
    """What a search with groups must give of the hits of one without: (id, relaxed, duplicates) of each hit, total, relaxed."""
    size = Counter(hit.stored.group or hit.id for hit in hits)
    first = {hit.stored.group or hit.id: hit for hit in reversed(hits)}
    shown = [hit for hit in hits if first[hit.stored.group or hit.id] is hit]
    found = [(hit.id, hit.relaxed, size[hit.stored.group or hit.id] - 1) for hit in shown]
    return found, sum(not hit.relaxed for hit in shown), sum(hit.relaxed for hit in shown)


def given(results: SearchResults) -> tuple[list[tuple[str, bool, int | None]], int, int]:
    return [(hit.id, hit.relaxed, hit.duplicates) for hit in results.hits], results.total, results.relaxed


def test_hits_totals_and_pages(loaded: Engine) -> None:
    several = 0
    for query in queries(seed=2, count=20):
        plain = search(loaded, query)
        whole = search(loaded, replace(query, group=True))
        if not (plain.total >= 10 > whole.total):  # with fewer than ten groups, those that lack a word follow: checked below
            assert given(whole) == standing(plain.hits), query
        assert len(whole.hits) == whole.total + whole.relaxed
        several += sum(bool(hit.duplicates) for hit in whole.hits)
        pages = [search(loaded, replace(query, group=True, facets=(), offset=offset, limit=9)) for offset in range(0, len(whole.hits) + 1, 9)]
        walk = list(search_all(loaded, replace(query, group=True, facets=()), page=5))
        for parts in (pages, walk):
            assert [(hit.id, hit.rank, hit.relaxed, hit.duplicates) for part in parts for hit in part.hits] == [
                (hit.id, hit.rank, hit.relaxed, hit.duplicates) for hit in whole.hits
            ], query
            assert (parts[-1].total, parts[-1].relaxed) == (whole.total, whole.relaxed)
    assert several > 60


def test_a_group_counts_once_in_each_value_that_one_of_its_reports_has(loaded: Engine) -> None:
    for query in queries(seed=3, count=15):
        grouped = search(loaded, replace(query, group=True))
        if not grouped.total:
            continue
        for facet in grouped.facets:
            free = replace(query, filters=tuple(f for f in query.filters if f.facet != facet.name), facets=())
            every = search(loaded, replace(query, facets=(facet.name,), facet_limit=50)).facets[0]
            values = {v.value for v in every.values if v.count}
            for value in (value for value in facet.values if value.count):
                assert value.value in values
                picked = replace(free, filters=(*free.filters, Filter(facet.name, (value.value,))), group=True, limit=0)
                assert search(loaded, picked).total == value.count, (query, facet.name, value)
            missing = replace(free, filters=(*free.filters, Filter(facet.name, (NO_VALUE,))), group=True, limit=0)
            assert search(loaded, missing).total == facet.missing
            assert not facet.approximate
            assert facet.truncated == (len(values) > query.facet_limit)
            counted = [v.count for v in facet.values[: query.facet_limit]]
            assert counted == sorted(counted, reverse=True)


def test_a_walk_stays_what_it_was_while_groups_change(fresh: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(*changed: StoredReport, gone: Sequence[str] = ()) -> None:
        with fresh.writer() as writer:
            writer.put([build(report, ANALYZER) for report in changed])
            writer.delete(gone)
            writer.publish()

    before = reports(4, 60)
    put(*before)
    query = SearchQuery(parse("hội"), "hội", group=True, limit=5, cursor="", highlight=False)
    whole = [(hit.id, hit.rank, hit.relaxed, hit.duplicates) for page in search_all(fresh, query) for hit in page.hits]
    assert len(whole) > 15
    results = search(fresh, query)
    walked = list(results.hits)
    while results.cursor is not None:
        # Another process goes on with the walk each time, in an index whose groups are others.
        monkeypatch.setattr("indexer.search._walks", Walks())
        put(*(replace(report, group=f"x{number % 3}") for number, report in enumerate(before)), gone=[walked[-1].id, before[len(walked)].report.id])
        results = search(fresh, replace(query, cursor=results.cursor))
        walked += results.hits
    assert [(hit.id, hit.rank, hit.relaxed, hit.duplicates) for hit in walked] == whole
    assert search(fresh, replace(query, cursor=None)).total == 3
