"""Completion outside: the route, what each shell is given, and silence where there is nothing to offer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api import cli_complete
from api.app import create_app
from api.entities_render import suggestions_dict
from api.labels import FIELD_NAMES
from api.query import parse
from indexer.engine import open_engine
from indexer.engine.contract import Engine
from indexer.query import Where
from indexer.settings import Settings
from indexer.suggest import KINDS, Suggestion, suggest
from tests.api.conftest import Run

AWAY = "http://127.0.0.1:9"  # nobody listens there

# ---------------------------------------------------------------- HTTP


def test_the_route_answers_what_the_library_says(client: TestClient, reports: Engine) -> None:
    addresses = {
        "/api/suggest?q=dak+l": suggest(reports, "dak l"),
        "/api/suggest?q=cuong&kind=official&kind=post&limit=1": suggest(reports, "cuong", ("official", "post"), 1),
        "/api/suggest": suggest(reports, ""),
        "/api/suggest?q=lak+&kind=district": suggest(reports, "lak ", ["district"]),
        "/api/suggest?q=%3F": (),
        "/api/suggest?q=zzzz": (),
    }
    for address, found in addresses.items():
        answer = client.get(address)
        assert (answer.status_code, answer.json()) == (200, json.loads(json.dumps(suggestions_dict(found)))), address
    assert client.get("/api/suggest?q=dak+l&kind=province_now").json() == {
        "suggestions": [{"kind": "province_now", "value": "P66b", "label": "Đắk Lắk", "count": 3, "query": 'tỉnh_nay:"Đắk Lắk"'}]
    }
    assert client.get("/api/suggest?q=BUI&kind=official").json()["suggestions"][0]["query"] == 'cán_bộ:"bui-van-cuong"'


@pytest.mark.parametrize(
    ("address", "field", "suggestion"),
    [
        ("/api/suggest?q=%00", "q", None),
        ("/api/suggest?q=" + "a" * 513, "q", None),
        ("/api/suggest?q=%ED%A0%80", "q", None),
        ("/api/suggest?q=a&q=b", "q", None),
        ("/api/suggest?query=a", "query", "q"),
        ("/api/suggest?kind=year", "kind", None),
        ("/api/suggest?kind=provinc", "kind", "province"),
        ("/api/suggest?limit=0", "limit", None),
        ("/api/suggest?limit=101", "limit", None),
        ("/api/suggest?limit=x", "limit", None),
        ("/api/suggest?facet=topic", "facet", None),
    ],
)
def test_what_cannot_be_answered_says_what_to_change(client: TestClient, address: str, field: str, suggestion: str | None) -> None:
    answer = client.get(address)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["type"], problem["field"], problem.get("suggestion")) == (400, "urn:baocao:error:invalid-filter", field, suggestion)


def test_an_engine_that_is_away_is_said(tmp_path: Path) -> None:
    for address, kind in ((AWAY, "engine-unreachable"), (f"embedded:{tmp_path}", "index-missing")):
        engine = open_engine(Settings(engine=address, read_timeout=0.2))
        with TestClient(create_app(Settings(), engine)) as client:
            answer = client.get("/api/suggest?q=a")
        assert (answer.status_code, answer.json()["type"]) == (503, f"urn:baocao:error:{kind}")
        engine.close()


@pytest.mark.parametrize("name", ["Kim Bảo", 'Kim "Bảo"', "“Kim” «Bảo»", "a) OR b:c*", "báo Đắk\nLắk", "-x"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_text_for_a_query_means_the_value_and_nothing_else(kind: str, name: str) -> None:
    (one,) = suggestions_dict([Suggestion(kind, "id-1", name, name, True, 1)])["suggestions"]
    node = parse(one["query"])
    assert isinstance(node, Where)
    assert (node.field, node.value) == (kind, name.replace('"', " "))
    (one,) = suggestions_dict([Suggestion(kind, "id-1", name, name, False, 1)])["suggestions"]
    assert one["query"] == f'{FIELD_NAMES[kind][0]}:"id-1"'


def test_answers_are_as_described(app: Any, client: TestClient) -> None:
    import schemathesis

    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    for kind in KINDS:
        schema["/api/suggest"]["GET"].validate_response(client.get(f"/api/suggest?kind={kind}&limit=100"))


# ---------------------------------------------------------------- shells


def completed(run: Run, monkeypatch: pytest.MonkeyPatch, shell: str, *words: str) -> list[str]:
    """What a shell is given when Tab is pressed after the last of `words`, each as it stands in the line."""
    monkeypatch.setenv("_BAOCAO_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", "\n".join(("baocao", *words)))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", " ".join(("baocao", *words)))
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    ran = run()
    monkeypatch.delenv("_BAOCAO_COMPLETE")
    assert (ran.code, ran.err) == (0, "")
    return [line for line in ran.out.splitlines() if line]


@pytest.mark.parametrize(
    ("shell", "words", "expected"),
    [
        ("bash", ("search", "--province-now", "dak"), [r"Đắk\ Lắk"]),
        ("bash", ("search", "--province-now", "lak"), [r"Đắk\ Lắk"]),
        ("bash", ("search", "--province-now", '"Đắk L'), ["Đắk Lắk"]),
        ("bash", ("search", "--province-now", r"Đắk\ L"), [r"Đắk\ Lắk"]),
        ("bash", ("search", "--not-official", "bui"), ["bui-van-cuong"]),
        ("bash", ("facets", "topic", "--official", "cuong"), ["bui-van-cuong"]),
        ("bash", ("official", "bui"), ["bui-van-cuong"]),
        ("bash", ("document", "35"), ["35-CT/TW"]),
        ("bash", ("places", r"huyện\ L"), [r"huyện\ Lắk"]),
        ("bash", ("show", "001"), ["001_a7149111087a9ccb"]),
        ("bash", ("search", "--year", "20"), []),
        ("fish", ("search", "--province-now", "dak"), ["dak lak\tĐắk Lắk · 3"]),
        ("fish", ("search", "--province-now", "Đắk"), ["Đắk Lắk\tĐắk Lắk · 3"]),
        ("fish", ("search", "--province-now", "lak"), []),
        ("fish", ("search", "--district", "la"), ["lak\thuyện Lắk, Đắk Lắk · 2"]),
        ("fish", ("search", "--district", "huyen l"), []),
        ("fish", ("search", "--district", r"huyen\ l"), ["huyen lak\thuyện Lắk, Đắk Lắk · 2"]),
        ("fish", ("search", "--official", "Bùi"), ["Bùi Văn Cường\tBùi Văn Cường · 1"]),
        ("fish", ("official", "Bùi"), []),
        ("zsh", ("search", "--province-now", "dak"), ["""_arguments '*: :(("dak lak":"Đắk Lắk · 3"))'"""]),
        ("powershell", ("search", "--province-now", "dak"), ["'Đắk Lắk':::Đắk Lắk · 3"]),
    ],
)
def test_each_shell_is_given_what_it_can_use(run: Run, monkeypatch: pytest.MonkeyPatch, shell: str, words: tuple[str, ...], expected: list[str]) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", words[-1])
    assert completed(run, monkeypatch, shell, *words) == expected


def test_each_value_offered_is_taken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands and as it is spelled for a shell that wants it without marks."""
    seen = 0
    for facet in KINDS:
        option = f"--{facet.replace('_', '-')}"
        for letter in "", *"bcdhlnpstx":
            for line in completed(run, monkeypatch, "fish", "search", option, letter):
                seen += 1
                value = line.partition("\t")[0]
                ran = run("search", option, value, "--format", "ids")
                assert (ran.code, ran.err, len(ran.out) > 3) == (0, "", True), (option, value)
    assert seen > 60


@pytest.mark.parametrize("engine", [AWAY, "embedded:/dev/null/nothing", "nonsense", "embedded:"])
@pytest.mark.parametrize("words", [("search", "--official", "a"), ("show", "a")])
def test_what_is_wrong_is_not_said_into_the_line(run: Run, monkeypatch: pytest.MonkeyPatch, engine: str, words: tuple[str, ...]) -> None:
    monkeypatch.setattr(cli_complete, "_PATIENCE", 0.2)
    assert completed(run, monkeypatch, "bash", "--engine", engine, *words) == []
    assert completed(run, monkeypatch, "fish", words[0], "--engine", engine, *words[1:]) == []


@pytest.mark.parametrize("word", ["\x1b[2J", "a" * 600, "\udcff", "$(id)", "--"])
def test_a_word_that_cannot_be_a_name_offers_no_value(run: Run, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    assert [line for line in completed(run, monkeypatch, "bash", "search", "--author", word) if not line.startswith("--")] == []


def test_nothing_that_a_report_says_reaches_a_shell_as_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["$(id)", "`id`", "a;id", "a\nid", "a'b\"c", r"a\$(id)", "~", "*", "a|b>c&d", "-rf", "{a,b}", "#a", "!!", "Đắk R'Lấp"]
    for shell in ("bash", "zsh", "fish", "powershell", "pwsh"):
        monkeypatch.setenv(cli_complete.COMPLETION, f"complete_{shell}")
        offered = cli_complete._for_shell([((name,), name) for name in names], "")
        written = "".join(part for offer in offered for part in offer)
        assert set(written) <= set("abcdrefiĐắkRLấp ,-\\'\t"), shell
        assert "Đắk R Lấp" in written.replace("\\", "")
        assert "-" not in [value[0] for value, _ in offered]


def test_bash_itself(index: str) -> None:
    program = Path(sys.executable).with_name("baocao")
    line = f"""
        source <(_BAOCAO_COMPLETE=source_bash {quote(str(program))})
        COMP_WORDS=(baocao search --province-now dak) COMP_CWORD=3
        _baocao_completion {quote(str(program))}
        printf '%s|' "${{COMPREPLY[@]}}"
    """
    ran = subprocess.run(["bash", "--norc", "-c", line], env={"BAOCAO_ENGINE": index, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == (r"Đắk\ Lắk|", "")
