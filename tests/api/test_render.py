"""Answers as text: one answer with everything hostile in it, in each format, compared whole."""

from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from api.render import Format, csv_row, facet_rows, json_line, json_text, report_dict, results_dict, snippet_html, stream
from api.table import Style, facet_lines, report_lines
from api.visible import shortened, visible
from indexer.models import Evidence, Locality, Official, Province, RawArticle, Report, StoredReport
from indexer.query import Facet, FacetValue, Hit, SearchResults, Snippet

ORIGINAL = "Hội nghị <b>\nÔng Trần Văn A, Bí thư Tỉnh ủy Đắk Lắk"
REPORT = Report(
    id="news/000",
    source="Báo Đắk Lắk",
    url="http://a.vn/1",
    encoding="utf-8",
    sha256="ab",
    title="Hội nghị <b>\x1b[31m & “lễ”",
    title_inferred=False,
    body="Ông Trần Văn A, Bí thư Tỉnh ủy Đắk Lắk\n=HYPERLINK(1)",
    published="2024-03-15",
    date="2024-03-15",
    period="2024-Q1",
    officials=(Official("Trần Văn A", ("Bí thư Tỉnh ủy Đắk Lắk", "Trưởng đoàn"), "tran van a"), Official("Lê B")),
    authors=("=cmd()", "Kim Bảo"),
    provinces=(Province("P66a", "Đắk Lắk", ("P66b",), True),),
    localities=(Locality("Lắk", "huyện", "D656a", "P66a", ("W24580b",)), Locality("Bình", "xã", candidates=("W1a", "W2a"))),
    topics=("kinh-te",),
    documents=("35-CT/TW",),
    evidence=(Evidence("officials", "Trần Văn A", "body", 17, 27, "post before name"), Evidence("published", "2024-03-15", "sidecar", 0, 0, "manifest")),
)
FIRST, LATER = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
STORED = StoredReport(REPORT, RawArticle("news/000", ORIGINAL, "utf-8", "ab"), "f", FIRST, LATER, {"tran van a": "tran van a#1"}, group="n1")
HIT = Hit(
    id="news/000",
    rank=1,
    score=12.5,
    relaxed=False,
    stored=STORED,
    title=Snippet("title", REPORT.title, 0, len(REPORT.title), ((0, 8),)),
    snippets=(Snippet("body", "Bí thư Tỉnh ủy Đắk Lắk", 16, 38, ((0, 6), (15, 22))),),
    duplicates=2,
)
BARE = replace(
    HIT,
    id="2",
    rank=2,
    score=None,
    relaxed=True,
    stored=replace(STORED, report=Report("2", "", None, "utf-8", "cd", "-1", True, "x", date="2020-04", date_inferred=True), group=""),
    title=Snippet("title", "-1", 0, 2),
    snippets=(),
    explanation=("1.5000 body_folded:dak",),
    duplicates=None,
)
FACET = Facet("province", (FacetValue("P66a", "Đắk Lắk", 30, True), FacetValue("P52a", "Gia\x1b Lai", 1)), True, 2, True)
YEARS = Facet("year", (FacetValue("2024", "2024", 1), FacetValue("2020", "2020", 3)), False, 0)
PLAIN = Style()
RESULTS = SearchResults(1, 1, (HIT, BARE), (FACET, YEARS), "next")


def text_of(form: Format, *pages: SearchResults, style: Style = PLAIN) -> str:
    return "".join(stream(pages or (RESULTS,), form, style))


def test_the_json_shape() -> None:
    assert results_dict(RESULTS) == {
        "total": 1,
        "relaxed": 1,
        "hits": [
            {
                "rank": 1,
                "id": "news/000",
                "score": 12.5,
                "relaxed": False,
                "title": "Hội nghị <b>\x1b[31m & “lễ”",
                "title_html": "<mark>Hội nghị</mark> &lt;b&gt;\x1b[31m &amp; “lễ”",
                "title_inferred": False,
                "date": "2024-03-15",
                "date_inferred": False,
                "published": "2024-03-15",
                "period": "2024-Q1",
                "provinces": [{"id": "P66a", "name": "Đắk Lắk", "now": ["P66b"], "inferred": True}],
                "localities": [
                    {"id": "D656a", "name": "Lắk", "level": "huyện", "province": "P66a", "now": ["W24580b"], "candidates": []},
                    {"id": None, "name": "Bình", "level": "xã", "province": None, "now": [], "candidates": ["W1a", "W2a"]},
                ],
                "officials": [
                    {"name": "Trần Văn A", "posts": ["Bí thư Tỉnh ủy Đắk Lắk", "Trưởng đoàn"], "mention": "tran van a", "person": "tran van a#1"},
                    {"name": "Lê B", "posts": [], "mention": "", "person": None},
                ],
                "authors": ["=cmd()", "Kim Bảo"],
                "topics": ["kinh-te"],
                "documents": ["35-CT/TW"],
                "source": "Báo Đắk Lắk",
                "url": "http://a.vn/1",
                "group": "n1",
                "snippets": [
                    {
                        "part": "body",
                        "text": "Bí thư Tỉnh ủy Đắk Lắk",
                        "html": "<mark>Bí thư</mark> Tỉnh ủy <mark>Đắk Lắk</mark>",
                        "start": 16,
                        "end": 38,
                    }
                ],
                "duplicates": 2,
            },
            {
                "rank": 2,
                "id": "2",
                "score": None,
                "relaxed": True,
                "title": "-1",
                "title_html": "-1",
                "title_inferred": True,
                "date": "2020-04",
                "date_inferred": True,
                "published": None,
                "period": None,
                "provinces": [],
                "localities": [],
                "officials": [],
                "authors": [],
                "topics": [],
                "documents": [],
                "source": "",
                "url": None,
                "group": None,
                "snippets": [],
                "explanation": ["1.5000 body_folded:dak"],
            },
        ],
        "facets": [
            {
                "name": "province",
                "label": "Tỉnh, thành phố khi đó",
                "label_en": "Province then",
                "values": [
                    {"value": "P66a", "label": "Đắk Lắk", "count": 30, "selected": True},
                    {"value": "P52a", "label": "Gia\x1b Lai", "count": 1, "selected": False},
                ],
                "truncated": True,
                "missing": 2,
                "approximate": True,
            },
            {
                "name": "year",
                "label": "Năm",
                "label_en": "Year",
                "values": [
                    {"value": "2024", "label": "2024", "count": 1, "selected": False},
                    {"value": "2020", "label": "2020", "count": 3, "selected": False},
                ],
                "truncated": False,
                "missing": 0,
                "approximate": False,
            },
        ],
        "cursor": "next",
    }


def test_json_of_one_page_is_the_shape_and_keeps_vietnamese() -> None:
    text = text_of("json")
    assert (json.loads(text), "Đắk Lắk" in text) == (results_dict(RESULTS), True)
    assert text == json.dumps(results_dict(RESULTS), ensure_ascii=False, indent=2) + "\n"


def test_json_of_many_pages_is_one_object_with_the_first_totals_and_the_last_cursor() -> None:
    explained = replace(RESULTS, explanation={"sort": "newest"})
    pages = (replace(explained, hits=(HIT,)), SearchResults(9, 9, (BARE,), (), "more"), SearchResults(9, 9, (), (), None))
    assert json.loads(text_of("json", *pages)) == results_dict(explained) | {"cursor": None}
    empty = SearchResults(0, 0, (), ())
    assert text_of("json", empty) == '{\n  "total": 0,\n  "relaxed": 0,\n  "hits": [],\n  "facets": [],\n  "cursor": null\n}\n'


def test_json_lines_are_the_hits() -> None:
    assert [json.loads(line) for line in text_of("jsonl").splitlines()] == results_dict(RESULTS)["hits"]


def test_json_holds_no_raw_control_and_no_odd_line_end_yet_loses_nothing() -> None:
    value = {"a": "\x1b\x7f\x85\x9b\u2028\u202e\u2066 Đắk\ud800"}
    assert json_line(value) == '{"a": "\\u001b\\u007f\\u0085\\u009b\\u2028\\u202e\\u2066 Đắk\\ud800"}'
    assert (json.loads(json_line(value)), json.loads(json_text(value))) == (value, value)


def test_csv_guards_spreadsheets() -> None:
    assert text_of("csv") == (
        "rank,id,score,relaxed,title,date,date_inferred,published,period,provinces,localities,officials,authors,topics,documents,source,url,group,duplicates\r\n"
        "1,news/000,12.5,false,Hội nghị <b>\x1b[31m & “lễ”,2024-03-15,false,2024-03-15,2024-Q1,Đắk Lắk,Lắk | Bình,Trần Văn A | Lê B,'=cmd() | Kim Bảo,"
        "kinh-te,35-CT/TW,Báo Đắk Lắk,http://a.vn/1,n1,2\r\n"
        "2,2,,true,'-1,2020-04,true,,,,,,,,,,,,\r\n"
    )
    assert list(facet_rows(FACET)) == ["province,P66a,Đắk Lắk,30,true\r\n", "province,P52a,Gia\x1b Lai,1,false\r\n"]


@pytest.mark.parametrize("start", list("=+-@\t\r\n\0＝＋－＠"))
def test_no_cell_begins_like_a_formula(start: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_row([f"{start}a", f"a{start}", -1]), newline=""))
    assert row == [f"'{start}a", f"a{start}", "-1"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
@hypothesis_settings(max_examples=200)
def test_csv_comes_back(cells: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(csv_row(["x", *cells]), newline=""))
    assert [cell.removeprefix("'") for cell in row[1:]] == [cell.removeprefix("'") for cell in cells]


def test_ids_are_lines() -> None:
    assert text_of("ids", replace(RESULTS, hits=(HIT, replace(BARE, id="a\x1bb")))) == "news/000\na\\x1bb\n"


def test_the_table() -> None:
    assert text_of("table").splitlines() == [
        "  1. «Hội nghị» <b>\\x1b[31m & “lễ”",
        "     2024-03-15 · Đắk Lắk · Báo Đắk Lắk · news/000 · +2 near-duplicates (--in-group n1)",
        "     …«Bí thư» Tỉnh ủy «Đắk Lắk»",
        "  2. -1",
        "     ~2020-04 · 2 · lacks a word of the query",
        "     1.5000 body_folded:dak",
        "",
        "Tỉnh, thành phố khi đó (Province then, province) [approximate, there are more]",
        "  * Đắk Lắk [P66a]          30  ████████████████████████",
        "    Gia\\x1b Lai [P52a]       1  █",
        "    (none)                   2  ██",
        "",
        "Năm (Year, year)",
        "    2020       3  ████████████████████████",
        "    2024       1  ████████",
    ]


def test_the_table_on_a_terminal_has_colours_and_no_escape_of_a_report() -> None:
    text = text_of("table", style=Style(color=True, width=60))
    assert text.splitlines()[:3] == [
        "  1. \x1b[1;33mHội nghị\x1b[0m <b>\\x1b[31m & “lễ”",
        "     \x1b[2m2024-03-15 · Đắk Lắk · Báo Đắk Lắk · news/000 · +2 near-duplicates (--in-group n1)\x1b[0m",
        "     …\x1b[1;33mBí thư\x1b[0m Tỉnh ủy \x1b[1;33mĐắk Lắk\x1b[0m",
    ]
    ours = ("\x1b[1;33m", "\x1b[2m", "\x1b[1m", "\x1b[0m")
    for form in ("table", "csv", "ids", "json", "jsonl"):
        shown = text_of(form, style=Style(color=True, terminal=True))
        for code in ours:
            shown = shown.replace(code, "")
        assert "\x1b" not in shown


def test_long_passages_are_wrapped_with_their_marks() -> None:
    text = "một hai ba bốn năm sáu bảy tám chín mười\nmột_chữ_dài_hơn_cả_dòng_của_bảng_này_nhiều xong"
    snippet = Snippet("body", text, 0, len(text), ((8, 22),))
    lines = text_of(
        "table",
        replace(RESULTS, hits=(replace(HIT, snippets=(snippet,), stored=replace(STORED, report=replace(REPORT, body=f"{text}, hết"))),), facets=()),
        style=Style(width=25),
    ).splitlines()
    assert lines[3:] == [
        "     một hai «ba bốn năm",
        "     sáu» bảy tám chín",
        "     mười",
        "     một_chữ_dài_hơn_cả_dòng_của_bảng_này_nhiều",
        "     xong…",
    ]


def test_a_long_label_is_cut_and_a_facet_without_values_is_its_heading() -> None:
    (_, line) = facet_lines(Facet("source", (FacetValue("x" * 99, "x" * 99, 1_234),), False, 0), Style())
    assert line == f"    {'x' * 39}…   1,234  {'█' * 24}"
    assert list(facet_lines(Facet("author", (), False, 0), Style())) == ["Tác giả (Author, author)"]


def test_one_report_with_its_evidence() -> None:
    assert list(report_lines(STORED, Style(width=60))) == [
        "Hội nghị <b>\\x1b[31m & “lễ”",
        "id          news/000",
        "source      Báo Đắk Lắk",
        "url         http://a.vn/1",
        "published   2024-03-15",
        "date        2024-03-15",
        "period      2024-Q1",
        "provinces   Đắk Lắk (inferred)",
        "localities  huyện Lắk",
        "            xã Bình (ambiguous)",
        "officials   Trần Văn A: Bí thư Tỉnh ủy Đắk Lắk; Trưởng đoàn",
        "            Lê B",
        "authors     =cmd()",
        "            Kim Bảo",
        "topics      kinh-te",
        "documents   35-CT/TW",
        "encoding    utf-8",
        "sha256      ab",
        "group       n1",
        "first seen  2026-01-01T00:00:00Z",
        "indexed at  2026-01-02T00:00:00Z",
        "",
        "Ông Trần Văn A, Bí thư Tỉnh ủy Đắk Lắk",
        "=HYPERLINK(1)",
        "",
        "evidence",
        "  officials = Trần Văn A  “Trần Văn A” [body 17-27, post before name]",
        "  published = 2024-03-15  [sidecar, manifest]",
    ]


def test_the_record_of_one_report() -> None:
    shape = report_dict(STORED)
    assert {**shape, "officials": ()} == {**REPORT.as_dict(), "officials": (), "group": "n1", "first_seen": FIRST, "indexed_at": LATER}
    assert shape["officials"][0] == {**REPORT.as_dict()["officials"][0], "posts": ["Bí thư Tỉnh ủy Đắk Lắk", "Trưởng đoàn"], "person": "tran van a#1"}


@given(st.text(st.sampled_from("ab<>&\"'đ ") | st.characters(exclude_categories=["Cs"])), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))))
@hypothesis_settings(max_examples=200)
def test_a_snippet_without_its_marks_is_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start < end <= len(text) and (not marks or marks[-1][1] <= start):
            marks.append((start, end))
    shown = snippet_html(Snippet("body", text, 0, len(text), tuple(marks)))
    assert html.unescape(shown.replace("<mark>", "").replace("</mark>", "")) == text
    assert shown.count("<") == 4 * len(marks) // 2


def test_visible_escapes_what_a_terminal_obeys() -> None:
    assert visible("Đắk Lắk, NFD: tê\u0301 \u00a0\u3000🎉") == "Đắk Lắk, NFD: tê\u0301 \u00a0\u3000🎉"
    assert visible("a\x00\x1b]0;x\x07\x9b\r\n\u202e\ud800\U000e0001") == "a\\x00\\x1b]0;x\\x07\\x9b\\x0d\\x0a\\u202e\\ud800\\U000e0001"
    assert visible("a\nb\r", keep="\n") == "a\nb\\x0d"
    assert (shortened("a" * 61), shortened("a" * 60)) == ("a" * 60 + "…", "a" * 60)
