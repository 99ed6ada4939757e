"""The command line on the embedded engine and the five reports: every command, its data, its messages, its exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import cli_common
from api.render import HIT_COLUMNS
from indexer.engine.schema import FACETS
from indexer.errors import EngineUnreachable
from indexer.query import SearchQuery, SearchResults
from tests.api.conftest import Run
from tests.conftest import CORPUS

IDS = {json.loads(line)["id"] for line in (CORPUS / "manifest.jsonl").read_text(encoding="utf-8").splitlines()}


# ---------------------------------------------------------------- search


def test_a_table_for_eyes(run: Run) -> None:
    ran = run("search", '"Đắk Lắk"', "--facet", "province", "--facet", "năm", "--limit", "1")
    lines = ran.out.splitlines()
    assert (ran.code, lines[0][:5], "«Đắk Lắk»" in ran.out) == (0, "  1. ", True)
    assert [line for line in lines if line.startswith(("Tỉnh", "Năm"))] == ["Tỉnh, thành phố khi đó (Province then, province)", "Năm (Year, year)"]
    assert ran.err.splitlines()[-1].endswith("shown 1 to 1 (--offset, --all)")


def test_every_format_holds_the_same_hits(run: Run) -> None:
    ids = [run("search", "dak lak", "--format", "ids").out.split()]
    ids.append([hit["id"] for hit in run("search", "dak lak", "--format", "json").json["hits"]])
    ids.append([hit["id"] for hit in run("search", "dak lak", "--format", "jsonl").lines])
    rows = list(csv.DictReader(io.StringIO(run("search", "dak lak", "--format", "csv").out, newline="")))
    ids.append([row["id"] for row in rows])
    assert (len(ids[0]) >= 3, all(found == ids[0] for found in ids), tuple(rows[0])) == (True, True, HIT_COLUMNS)


def test_only_the_table_has_a_summary(run: Run) -> None:
    assert [bool(run("search", "dak lak", "--format", form).err) for form in ("table", "json", "jsonl", "csv", "ids")] == [True, False, False, False, False]


def test_all_walks_over_every_report_once(run: Run) -> None:
    found = run("search", "--all", "--format", "jsonl")
    assert ({hit["id"] for hit in found.lines}, len(found.lines), found.code) == (IDS, len(IDS), 0)
    assert [hit["rank"] for hit in found.lines] == [1, 2, 3, 4, 5]
    whole = run("search", "--all", "--facet", "year", "--format", "json").json
    assert ([hit["id"] for hit in whole["hits"]], whole["total"], whole["cursor"]) == ([hit["id"] for hit in found.lines], 5, None)
    assert sum(value["count"] for value in whole["facets"][0]["values"]) == 5


def test_filters_are_repeated_combined_and_negated(run: Run) -> None:
    def ids(*arguments: str) -> set[str]:
        return {name[:3] for name in run("search", "--format", "ids", *arguments).out.split()}

    assert ids("--province", "dak lak") == {"000", "001", "002"}
    assert ids("--province", "Đắk Lắk", "--province", "Gia Lai") == {"000", "001", "002", "004"}
    assert ids("--province", "Đắk Lắk", "--year", "2024") == {"002"}
    assert ids("--not-province", "Đắk Lắk", "--not-province", "Gia Lai") == {"003"}
    assert (ids("--province", "none"), ids("--author", "none")) == (set(), {"004"})
    assert ids("--province", "bac kan") == ids("--province-now", "Thái Nguyên") == {"003"}
    assert ids("tỉnh:“Đắk Lắk” NOT năm:2024") == {"000", "001"}
    assert ids("--from", "2024-06", "--to", "2025") == {"002"}
    assert ids("--official", "bui van cuong") == {"001"}
    assert ids("--document", "23 NQ/TU") == {"003"}


def test_sorting_paging_and_counting(run: Run) -> None:
    newest = run("search", "--sort", "newest", "--format", "ids").out.split()
    assert [name[:3] for name in newest] == ["000", "004", "002", "003", "001"]
    assert run("search", "--sort", "oldest", "--format", "ids", "--limit", "2", "--offset", "1").out.split() == newest[::-1][1:3]
    counts = run("search", "--limit", "0", "--format", "json")
    assert (counts.code, counts.json["total"], counts.json["hits"]) == (0, 5, [])


def test_options_stand_anywhere(run: Run, index: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_ENGINE", f"embedded:{tmp_path / 'none'}")
    lines = [
        ["--engine", index, "search", "dak lak", "--format", "ids", "--limit", "2"],
        ["search", "--limit", "2", "--engine", index, "dak lak", "--format=ids"],
        ["--engine", f"embedded:{tmp_path / 'other'}", "search", "--format", "ids", "dak lak", "--limit", "2", "--engine", index],
    ]
    found = [run(*line) for line in lines]
    assert (found[0].code, len(found[0].out.split()), found[1], found[2]) == (0, 2, found[0], found[0])


def test_explain_shows_the_reading_and_the_scores(run: Run) -> None:
    shown = run("search", "UBND tỉnh", "--explain", "--limit", "1")
    assert "ủy ban nhân dân" in shown.err or "uy ban nhan dan" in shown.err
    explained = run("search", "UBND tỉnh", "--explain", "--limit", "1", "--format", "json").json
    (hit,) = explained["hits"]
    assert explained["explanation"]["words"][0]["text"] == "UBND"
    assert sum(float(line.split()[0]) for line in hit["explanation"]) == pytest.approx(hit["score"], rel=1e-3)


def test_many_queries(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    text = '"Bùi Văn Cường"\r\n\nkinh (tế\nqqqzzz\n'.encode() + b"\xff\n" + '"Phạm Anh Tuấn"'.encode()
    file.write_bytes(text)
    ran = run("search", "--queries", file)
    assert [(row["query"], row["rank"], row["id"][:3], row["relaxed"]) for row in ran.lines] == [
        ('"Bùi Văn Cường"', 1, "001", False),
        ('"Phạm Anh Tuấn"', 1, "004", False),
    ]
    assert {tuple(row) for row in ran.lines} == {("query", "rank", "id", "source", "score", "relaxed")}
    assert (ran.code, ran.err.splitlines()) == (
        1,
        [f"{file}, line 3, character 6: this bracket is not closed; left out", f"{file}, line 5: not UTF-8 at byte 0; left out"],
    )
    assert run("search", "--queries", "-", "--year", "2024", stdin=b"dak lak\n").lines[0]["id"][:3] == "002"
    assert run("search", "--queries", "-", stdin=b"").code == 1


# ---------------------------------------------------------------- the other commands that read


def test_facets(run: Run) -> None:
    as_json = run("facets", "province", "--format", "json").json
    assert {value["value"]: value["count"] for value in as_json["values"]} == {"P66a": 2, "P66b": 1, "P52b": 1, "P06a": 1}
    assert (as_json["missing"], run("facets", "tỉnh", "--format", "ids").out.split()) == (0, [value["value"] for value in as_json["values"]])
    assert run("facets", "province", "--format", "jsonl").lines == as_json["values"]
    assert run("facets", "province", "--format", "csv").out.splitlines()[0] == "facet,value,label,count,selected"
    assert run("facets", "official", "--prefix", "pham", "--format", "json").json["values"][0]["label"] == "Phạm Anh Tuấn"
    assert [value["value"] for value in run("facets", "year", "tỉnh:“Đắk Lắk”", "--from", "2021", "--format", "json").json["values"]] == ["2024", "2026"]
    assert run("facets", "author", "--author", "nobody at all", "--year", "1999").code == 1


def test_show(run: Run) -> None:
    (name,) = run("search", '"Bùi Văn Cường"', "--format", "ids").out.split()
    shown = run("show", name, "--format", "json").json
    assert (shown["id"], {o["name"] for o in shown["officials"]}, bool(shown["evidence"])) == (name, {"Bùi Văn Cường", "Võ Ngọc Tuyên"}, True)
    table = run("show", name)
    assert (table.code, f"id          {name}" in table.out.splitlines(), "evidence" in table.out.splitlines()) == (0, True, True)
    assert run("show", "no/such").err == "baocao: there is no report 'no/such'; 'baocao search --format ids' lists what there is\n"
    strange = ["no/such", "../../etc/passwd", "--help", "x" * 10_000, "\udcff", "a\nb", ""]
    assert [run("show", "--", name).code for name in strange] == [1] * len(strange)


def test_extract(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    records = run("extract", CORPUS)
    assert (records.code, {record["id"] for record in records.lines}) == (0, IDS)
    some = run("extract", CORPUS / "000_7f92f775707c6292.txt", tmp_path / "empty.txt")
    assert (some.code, len(some.lines), str(tmp_path / "empty.txt") in some.err) == (1, 1, True)
    assert (run("extract", tmp_path / "none").code, run("extract", CORPUS, "--encoding", "klingon").code) == (2, 2)


def test_analyze(run: Run) -> None:
    table = run("analyze", "UBND tỉnh Đắk Lắk").out.splitlines()
    assert [line.split()[0] for line in table[:4]] == ["syllables", "words", "folded", "query"]
    tokens = run("analyze", "Đắk Lắk", "--format", "json").json
    assert (tokens["folded"], [unit["text"] for unit in tokens["query"]]) == (["¶", "dak", "lak"], ["Đắk", "Lắk"])
    assert (run("analyze", "...").code, run("analyze", "a\udcff").code) == (1, 2)


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["serch"], "Did you mean 'search'"),
        (["search", "--provnce", "x"], "--province"),
        (["search", "--not-provnce", "x"], "--not-province"),
        (["search", "--facet", "provnce"], "there is no facet 'provnce'; did you mean 'province'?"),
        (["facets", "offical"], "did you mean 'official'?"),
        (["search", "--sort", "newst"], "did you mean 'newest'?"),
        (["search", "--format", "jsn"], "did you mean 'json'?"),
        (["search", "--province", "Dak Lac"], "did you mean"),
        (["search", "--topic", "kinh-ta"], "did you mean 'kinh-te'?"),
        (["search", "--province", ""], "province is empty"),
        (["search", "--from", "2025", "--to", "2024"], "swap them"),
        (["search", "--from", "hôm qua"], "from must be a date such as"),
        (["search", "--limit", "501"], "limit must be between 0 and 500"),
        (["search", "--limit", "x"], "--limit"),
        (["search", "--offset", "9999", "--limit", "2"], "--all on the command line"),
        (["search", "a", "b"], "give the query as one argument, in single quotes: 'a b'"),
        (["search", "--all", "--limit", "5"], "--all shows every hit"),
        (["search", "--facet", "year", "--format", "csv"], "--facet has no place in --format csv"),
        (["search", "x", "--queries", "-"], "leave out QUERY"),
        (["search", "--queries", "no/such/file"], "cannot read no/such/file"),
        (["search", "--queries", "-", "--province", "Dak Lac"], "did you mean"),
        (["search", "--engine", ""], "--engine is empty"),
        (["search", "--engine", "tantivy:x"], "the engine must be embedded:PATH or http(s)://host:port"),
        (["search", "--engine", "http://user:secret@host:9200"], "not in the address"),
        (["index"], "PATH"),
        (["index", "no/such/path"], "no such file or folder"),
        (["show"], "ID"),
        (["show", "x", "--format", "csv"], "format must be table or json"),
        (["serve", "--port", "70000"], "--port"),
        ([], "Usage: baocao"),
    ],
)  # fmt: skip
def test_usage_errors_say_what_to_change(run: Run, arguments: list[str], message: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, message in ran.err) == (2, "", True), ran.err
    assert "secret" not in ran.err


def test_a_malformed_query_is_shown_with_its_place(run: Run) -> None:
    ran = run("search", "kinh tế 会議 “du lịch")
    assert (ran.code, ran.err.splitlines()[1:]) == (2, ["  kinh tế 会議 “du lịch", "               ^".replace("               ", " " * 15)])


def test_nothing_found_is_1(run: Run) -> None:
    ran = run("search", '"không có câu này ở đâu"')
    assert (ran.code, ran.out, ran.err) == (1, "", "0 reports found\n")


def test_an_engine_out_of_reach_is_3(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_READ_TIMEOUT", "1")
    ran = run("search", "x", "--engine", "http://127.0.0.1:9")
    assert (ran.code, ran.out, ran.err.startswith("baocao: ")) == (3, "", True)


def test_no_index_is_4(own: Run) -> None:
    ran = own("search", "x")
    assert (ran.code, ran.out, "baocao index" in ran.err) == (4, "", True)


def test_an_export_that_breaks_off_is_told_by_its_exit_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer import search

    def breaking(engine: object, query: SearchQuery) -> Iterator[SearchResults]:
        yield SearchResults(1_000, 0, (), (), "next")
        raise EngineUnreachable("the engine does not answer")

    monkeypatch.setattr(search, "search_all", breaking)
    ran = run("search", "--all", "--format", "json")
    assert (ran.code, ran.err) == (3, "baocao: the engine does not answer\n")
    with pytest.raises(json.JSONDecodeError):
        json.loads(ran.out)


def test_an_unexpected_error_is_4_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("odd\x1b[31m")

    monkeypatch.setattr(cli_common, "settings_of", broken)
    monkeypatch.setattr("api.cli_search.settings_of", broken)
    ran = run("search", "x")
    assert (ran.code, ran.out, ran.err) == (4, "", "baocao: unexpected RuntimeError: odd\\x1b[31m\nset BAOCAO_DEBUG=1 to see where\n")
    monkeypatch.setenv("BAOCAO_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run("search", "x")


def test_no_report_can_drive_a_terminal(own: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
    body = f"Sáng 5/3/2024, đồng chí Trần Văn An, Bí thư Tỉnh ủy Gia Lai{evil} họp tại xã Bình Hiệp."
    record = {"id": f"a{evil}", "title": f"Họp{evil} tỉnh", "body": body, "source": f"Báo{evil}", "url": f"http://a.vn/{evil}"}
    (tmp_path / "x.jsonl").write_text(json.dumps(record), encoding="utf-8")
    (tmp_path / f"b{evil}.txt").touch()
    shown = [own("index", tmp_path / "x.jsonl", tmp_path / f"b{evil}.txt", "--workers", "1")]
    name = own("search", "--format", "json").json["hits"][0]["id"]
    shown += [own("search", "họp", *(f"--facet={facet}" for facet in FACETS), "--explain"), own("search", evil), own("show", name), own("show", evil)]
    shown += [own("facets", "source"), own("status"), own("analyze", f"họp{evil}"), own("search", "--source", evil), own("extract", tmp_path / f"b{evil}.txt")]
    controls = {c for ran in shown for c in ran.out + ran.err if c != "\n" and not c.isprintable()}
    assert controls == set()
    hit = own("search", "--format", "json").json["hits"][0]
    assert (hit["title"], hit["url"]) == (record["title"], record["url"])


# ---------------------------------------------------------------- the outside contract

COMMANDS = {
    "index": "--workers --encoding --prune",
    "link": "",
    "rebuild": "",
    "rollback": "",
    "delete": "",
    "search": "--from --to --match --facet --facet-limit --sort --limit --offset --all --explain --format --queries --group --in-group",
    "facets": "--prefix --from --to --match --format --group --in-group",
    "similar": "--from --to --limit --offset --explain --format --group --in-group",
    "show": "--format",
    "officials": "--limit --offset --format",
    "official": "--format",
    "places": "--limit --offset --format",
    "document": "--format",
    "extract": "--encoding",
    "analyze": "",
    "status": "--format",
    "serve": "--host --port",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_options_and_says_what_it_does(run: Run, command: str) -> None:
    ran = run(command, "--help")
    wanted = set(COMMANDS[command].split())
    if command in ("search", "facets", "similar"):
        wanted |= {f"--{prefix}{facet.replace('_', '-')}" for facet in FACETS for prefix in ("", "not-")}
    if command not in ("extract", "analyze"):
        wanted.add("--engine")
    assert (ran.code, ran.err, wanted - set(ran.out.replace(",", " ").split())) == (0, "", set())


def test_the_list_of_commands_is_complete_and_whole(run: Run) -> None:
    out = run("--help").out
    listed = [line.split()[0] for line in out[out.index("Commands:") :].splitlines()[1:]]
    assert (listed, "..." in out[out.index("Commands:") :]) == (list(COMMANDS), False)
