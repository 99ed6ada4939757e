"""Abbreviations that reports define: what is taken for a definition, and how queries are read by them."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from api.query import parse
from indexer.definitions import TABLE, defined
from indexer.engine.contract import Engine
from indexer.errors import InvalidCursor
from indexer.load import index
from indexer.query import SearchQuery
from indexer.search import search
from indexer.settings import Settings


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("đạt 16,71% kế hoạch (KH), tăng", [("kh", "kế hoạch")]),
        ("của Hội đồng Bảo an (HĐBA) về", [("hđba", "hội đồng bảo an")]),
        ("Trung tâm thương mại và dịch vụ (TTTM-DV)", [("tttm dv", "trung tâm thương mại và dịch vụ")]),
        ("các BPKCTT (biện pháp khẩn cấp tạm thời) được", [("bpkctt", "biện pháp khẩn cấp tạm thời")]),
        ("tờ South China Morning Post (SCMP) đưa", [("scmp", "south china morning post")]),
        ("Ủy ban nhân dân (UBND)", []),  # the analyzer's table has it
        ("công an (CA)", []),  # a syllable too: typed without marks it is a word
        ("ông Nguyễn Văn Hùng (TTXVN)", []),
        ("kế\nhoạch (KH)", []),  # no definition goes over a paragraph's end
        ("NHTM (các ngân hàng thương mại lớn)", []),
        ("kế hoạch (K)", []),
        ("(KH)", []),
        ("", []),
    ],
)
def test_a_definition_has_the_first_letters_of_its_words(text: str, pairs: Sequence[tuple[str, str]]) -> None:
    assert [(" ".join(short), " ".join(long)) for short, long in defined(text)] == list(pairs)


@pytest.mark.parametrize("piece", ["kế hoạch (KH) ", "(KH)", "A ", "A-", "A (", "KH (a "])
def test_definitions_take_time_in_proportion_to_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        for _ in defined(text):
            pass
        return time.process_time() - start

    assert seconds(400_000) < 8 * min(seconds(100_000) for _ in range(3)) + 0.05


def load(engine: Engine, folder: Path, bodies: Sequence[str]) -> None:
    rows = [{"id": str(i), "title": f"Tin {i}", "body": body} for i, body in enumerate(bodies)]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    index(engine, [str(folder)], Settings())


def found(engine: Engine, text: str) -> list[str]:
    return [hit.id for hit in search(engine, SearchQuery(tree=parse(text), text=text)).hits if not hit.relaxed]


def test_an_abbreviation_means_what_most_reports_define_it_as_and_the_form_typed_comes_first(fresh: Engine, tmp_path: Path) -> None:
    load(
        fresh,
        tmp_path,
        [
            "Giao khách hàng (KH) chọn.",
            "Đạt 50% kế hoạch (KH) năm.",
            "Vượt kế hoạch (KH) quý.",
            "Theo kế hoạch đã đề ra.",
            "Bằng 70% KH năm, lãi lớn.",
            "Mở khu công nghệ cao (KCNC).",
            "Thăm khu công nghệ cao (KCNC).",
            "Dự án khu công nghệ cao (KCNC).",
            "Hạ tầng KCNC.",
            "Khu công nghệ cao ở Huế.",
        ],
    )
    assert (sorted(found(fresh, "KH")), found(fresh, "KH")[-1]) == (["0", "1", "2", "3", "4"], "3")
    assert sorted(found(fresh, "kế hoạch")) == ["1", "2", "3"]  # two reports are too few to say that KH is the plan everywhere
    assert sorted(found(fresh, "khu cong nghe cao")) == ["5", "6", "7", "8", "9"]
    assert found(fresh, "Huế NOT kcnc") == []
    assert found(fresh, '"kcnc huế"') == []  # in quotes as it is
    assert found(fresh, "Huế kcnc") == ["9"]
    assert found(fresh, "kcnc NEAR/2 Huế") == ["9"]


def test_a_walk_keeps_the_definitions_that_it_began_with(fresh: Engine, tmp_path: Path) -> None:
    load(fresh, tmp_path, ["Đạt kế hoạch (KH).", "Theo kế hoạch.", "Lập kế hoạch."])
    query = SearchQuery(tree=parse("kh"), text="kh", limit=1)
    first = search(fresh, replace(query, cursor=""))
    load(fresh, tmp_path, ["Giao khách hàng (KH).", "Theo kế hoạch.", "Lập kế hoạch."])
    assert fresh.rows(TABLE) == {"kh": {"short": ["kh"], "long": ["khách", "hàng"]}}
    hits, page = list(first.hits), first
    while page.cursor is not None:
        page = search(fresh, replace(query, cursor=page.cursor))
        hits += page.hits
    assert (hits[0].id, sorted(hit.id for hit in hits), page.total) == ("0", ["0", "1", "2"], 3)


@pytest.mark.parametrize(
    "pairs",
    [[(("kh",), ("a",) * 9)], [(("kh",), ("a",))], [((), ("a", "b"))], [((f"k{i}",), ("a", "b")) for i in range(65)], [("k" * 11, ("a", "b"))], [("kh",)], 5],
)
def test_a_cursor_with_what_no_report_defines_is_refused(corpus: Engine, pairs: object) -> None:
    query = SearchQuery(tree=parse("tỉnh"), text="tỉnh", limit=1)
    cursor = search(corpus, replace(query, cursor="")).cursor
    assert cursor is not None
    fields = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    assert fields[8] == []
    fields[8] = pairs
    with pytest.raises(InvalidCursor):
        search(corpus, replace(query, cursor=base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")))
