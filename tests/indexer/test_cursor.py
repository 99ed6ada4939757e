"""A walk by cursor sees one frozen view, each hit once, while another process changes, deletes and rebuilds."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from api.query import parse
from indexer.engine.contract import Engine
from indexer.errors import CursorExpired, InvalidCursor, WindowExceeded
from indexer.load import delete, index
from indexer.query import SearchQuery
from indexer.search import search, search_all
from indexer.settings import Settings
from tests.conftest import ROOT, MakeEngine, settings_of
from tests.generated import generate

REPORTS = 240

# Run by another process: rewrites every report, deletes a third, rebuilds, and loads new ones, again and again.
MEDDLER = """
import dataclasses, json, sys
from pathlib import Path
from indexer.engine import open_engine
from indexer.load import delete, index, rebuild
from indexer.settings import Settings
address, prefix, file, rounds = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
settings = Settings(engine=address, index=prefix)
engine = open_engine(settings)
for number in range(rounds):
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["body"] += f" Lần sửa thứ {number}."
    changed = file.with_name("changed.jsonl")
    changed.write_text("\\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    index(engine, [str(changed)], settings)
    delete(engine, [line["id"] for line in lines[::3]])
    rebuild(engine, settings)
    print("round", number, flush=True)
engine.close()
"""


@pytest.fixture(scope="module")
def generated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("walk") / "generated.jsonl"
    lines = [json.dumps({"id": f"g{n:03d}", "body": text}, ensure_ascii=False) for n, (text, _) in enumerate(generate(seed=3, count=REPORTS))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_walk_is_frozen_while_another_process_writes(fresh: Engine, generated_file: Path) -> None:
    index(fresh, [str(generated_file)], Settings())
    query = SearchQuery(tree=parse("hội nghị"), text="hội nghị", limit=17, highlight=False)
    before = [hit for page in search_all(fresh, query) for hit in page.hits]
    assert len(before) == len({h.id for h in before}) > 100
    settings = settings_of(fresh)
    command = [sys.executable, "-c", MEDDLER, settings.engine, settings.index, str(generated_file), "2"]
    results = search(fresh, replace(query, cursor=""))
    walked = list(results.hits)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as meddler:
        assert meddler.stdout is not None
        while results.cursor is not None:
            if len(walked) in (34, 102):
                assert meddler.stdout.readline().startswith("round")
            results = search(fresh, replace(query, cursor=results.cursor))
            walked += results.hits
    assert meddler.returncode == 0
    assert [(h.id, h.rank, h.relaxed) for h in walked] == [(h.id, h.rank, h.relaxed) for h in before]
    assert [h.stored.report.body for h in walked] == [h.stored.report.body for h in before]
    after = {hit.id: hit.stored.raw.original for page in search_all(fresh, query) for hit in page.hits}
    assert 0 < len(after) < len(before)
    assert all("Lần sửa thứ 1." in original for original in after.values())


def test_few_hits_are_followed_by_relaxed_ones_over_the_pages_of_a_walk(corpus: Engine) -> None:
    query = SearchQuery(tree=parse("giải ngân vốn Krông"), limit=2, highlight=False)
    whole = search(corpus, replace(query, limit=10))
    assert 0 < whole.total < 5
    assert whole.relaxed
    pages = list(search_all(corpus, query, page=2))
    walked = [hit for page in pages for hit in page.hits]
    assert [(h.id, h.rank, h.relaxed) for h in walked] == [(h.id, h.rank, h.relaxed) for h in whole.hits]
    assert (pages[-1].total, pages[-1].relaxed) == (whole.total, whole.relaxed)


@pytest.mark.parametrize("name", ["embedded", "elastic"])
def test_an_expired_cursor_says_so(name: str, make_engine: MakeEngine, generated_file: Path) -> None:
    engine = make_engine(name, cursor_lease=1.0)
    index(engine, [str(generated_file)], Settings())
    query = SearchQuery(limit=10, highlight=False)
    cursor = search(engine, replace(query, cursor="")).cursor
    assert cursor is not None
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        time.sleep(1.2)
        try:
            search(engine, replace(query, cursor=cursor))
        except CursorExpired as error:
            assert "repeat the search without it" in str(error)
            return
        time.sleep(1.5)
    pytest.fail("the cursor never expired")


def test_a_cursor_of_another_query_and_a_made_up_one_are_refused(corpus: Engine) -> None:
    query = SearchQuery(limit=1, highlight=False)
    cursor = search(corpus, replace(query, cursor="")).cursor
    assert cursor is not None
    with pytest.raises(InvalidCursor, match="another query"):
        search(corpus, replace(query, tree=parse("tỉnh"), cursor=cursor))
    for made_up in ("x", "AAAA", cursor[:-4], "e30", "W10", "ä", "a" * 5000):
        with pytest.raises(InvalidCursor):
            search(corpus, replace(query, cursor=made_up))


def test_an_offset_past_the_window_names_the_cursor(corpus: Engine) -> None:
    with pytest.raises(WindowExceeded, match="cursor"):
        search(corpus, SearchQuery(offset=9_995, limit=10))


def test_deleted_reports_are_gone(fresh: Engine, generated_file: Path) -> None:
    index(fresh, [str(generated_file)], Settings())
    deleted, missing = delete(fresh, ["g001", "g002", "nothing"])
    assert (deleted, list(missing)) == (2, ["nothing"])
    assert search(fresh, SearchQuery(limit=0)).total == REPORTS - 2
