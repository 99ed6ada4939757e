"""Old keys of officials lead to the new ones over loads, deletions and rebuilds, in look-ups and in the filters of a search."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.parameters import build_query
from api.query import parse
from indexer import entities
from indexer.engine.contract import Engine
from indexer.errors import EntityNotFound
from indexer.load import delete, index, rebuild
from indexer.query import SearchQuery
from indexer.redirects import REDIRECTS, VERSION
from indexer.search import search
from indexer.settings import Settings

FILLER = "Hội nghị thống nhất các nhiệm vụ trọng tâm của quý II và sáu tháng đầu năm."


def report(folder: Path, name: str, words: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(f"{words} dự hội nghị giao ban quý I. {FILLER}", encoding="utf-8")


def keys_found(engine: Engine, key: str) -> tuple[list[str], list[str]]:
    """Reports by the filter `official` and by `official:` in the query."""
    by_filter = search(engine, build_query("", include={"official": [key]}))
    by_word = search(engine, SearchQuery(tree=parse(f"official:{key}")))
    return sorted(hit.id for hit in by_filter.hits), sorted(hit.id for hit in by_word.hits)


def test_an_old_key_leads_on_over_loads_deletions_and_rebuilds(fresh: Engine, tmp_path: Path) -> None:
    folder, settings = tmp_path / "tin", Settings()
    report(folder, "a", "Đồng chí Nguyễn Văn Long, Chủ tịch UBND tỉnh Đắk Lắk,")
    index(fresh, [folder], settings)
    report(folder, "b", "Đồng chí Nguyễn Văn Long, Chủ tịch UBND tỉnh Gia Lai,")
    index(fresh, [folder], settings)
    split = entities.official(fresh, "nguyen-van-long")
    assert (split.key, split.redirected_from, split.reports) == ("nguyen-van-long-dak-lak", "nguyen-van-long", 1)
    assert fresh.rows(REDIRECTS) == {"nguyen-van-long": {"to": "nguyen-van-long-dak-lak", "since": 2}}

    manual = tmp_path / "persons.tsv"
    manual.write_text("merge\tnguyen-van-long-gia-lai\tnguyen-van-long-dak-lak\n", encoding="utf-8")
    merging = Settings(persons=str(manual))
    index(fresh, [folder], merging)
    for _ in range(3):
        merged = entities.official(fresh, "nguyen-van-long-gia-lai")
        assert (merged.key, merged.redirected_from, merged.reports) == ("nguyen-van-long-dak-lak", "nguyen-van-long-gia-lai", 2)
        assert entities.official(fresh, "nguyen-van-long").key == "nguyen-van-long-dak-lak"
        assert keys_found(fresh, "nguyen-van-long-gia-lai") == (["tin/a.txt", "tin/b.txt"],) * 2
        assert fresh.rows(VERSION)["now"]["version"] == 3
        rebuild(fresh, merging)

    assert delete(fresh, ["tin/b.txt"], settings) == (1, [])
    alone = entities.official(fresh, "nguyen-van-long")
    assert (alone.key, alone.redirected_from, alone.reports) == ("nguyen-van-long", None, 1)
    assert entities.official(fresh, "nguyen-van-long-dak-lak").redirected_from == "nguyen-van-long-dak-lak"
    assert keys_found(fresh, "nguyen-van-long-dak-lak") == (["tin/a.txt"],) * 2

    assert delete(fresh, ["tin/a.txt"], settings) == (1, [])
    for key in ("nguyen-van-long", "nguyen-van-long-dak-lak", "nguyen-van-long-gia-lai"):
        with pytest.raises(EntityNotFound):
            entities.official(fresh, key)
    assert fresh.rows(REDIRECTS) == {}


def test_a_picked_old_key_shows_the_living_one_as_picked(fresh: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "tin"
    report(folder, "a", "Đồng chí Nguyễn Văn Long, Chủ tịch UBND tỉnh Đắk Lắk,")
    report(folder, "b", "Đồng chí Nguyễn Văn Long, Chủ tịch UBND tỉnh Gia Lai,")
    manual = tmp_path / "persons.tsv"
    manual.write_text("merge\tnguyen-van-long-gia-lai\tlong\nmerge\tnguyen-van-long-dak-lak\tlong\n", encoding="utf-8")
    index(fresh, [folder], Settings(persons=str(manual)))
    results = search(fresh, build_query("", include={"official": ["nguyen-van-long-gia-lai"]}, facets=["official"]))
    assert [(value.value, value.count, value.selected) for value in results.facets[0].values] == [("long", 2, True)]
    walk = search(fresh, build_query("", include={"official": ["nguyen-van-long-gia-lai"]}, limit=1, cursor="*"))
    query = build_query("", include={"official": ["nguyen-van-long-gia-lai"]}, limit=1, cursor=walk.cursor)
    assert [hit.id for hit in (*walk.hits, *search(fresh, query).hits)] == ["tin/a.txt", "tin/b.txt"]
