"""The commands that write the index, and status, on the embedded engine and the five reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzers import ANALYZER_VERSION
from indexer.engine import schema
from tests.api.conftest import Run
from tests.conftest import CORPUS

IDS = {json.loads(line)["id"] for line in (CORPUS / "manifest.jsonl").read_text(encoding="utf-8").splitlines()}


def test_status(run: Run, own: Run, index: str, tmp_path: Path) -> None:
    state = run("status", "--engine", index, "--format", "json").json
    assert (state["reports"], state["first_date"], state["last_date"]) == (5, "2020-04-01", "2026-03-18")
    assert run("status", "--engine", index).code == 0
    nothing = own("status")
    assert (nothing.code, nothing.err) == (0, "nothing is indexed yet: run 'baocao index PATH'\n")


def test_index_again_writes_nothing(own: Run) -> None:
    first, second = own("index", CORPUS, "--workers", "1"), own("index", CORPUS)
    assert (first.code, first.out, second.code, second.out) == (0, "", 0, "")
    assert ("5 added" in first.err, "5 unchanged" in second.err) == (True, True)


def test_index_names_what_it_rejects_and_loads_the_rest(own: Run, tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    (folder / "good.txt").write_text("Hội nghị tỉnh Gia Lai\n\nSáng 5/3/2024, tỉnh Gia Lai họp.", encoding="utf-8")
    (folder / "empty.txt").touch()
    ran = own("index", folder, "--workers", "1")
    assert (ran.code, "empty.txt" in ran.err, own("search", "--format", "ids").out.count("\n")) == (1, True, 1)
    (folder / "good.txt").unlink()
    (folder / "empty.txt").unlink()
    assert (own("index", folder, "--prune").code, own("search").code) == (0, 1)


def test_delete_rebuild_and_rollback(own: Run) -> None:
    own("index", CORPUS, "--workers", "1")
    name = min(IDS)
    assert (own("delete", name, "no-such").code, own("delete", name).code, own("show", name).code) == (1, 1, 1)
    before = own("status", "--format", "json").json
    assert (own("rebuild", "--workers", "1").code, own("search", "--all", "--format", "ids").out.count("\n")) == (0, 4)
    after = own("status", "--format", "json").json
    assert (after["generation"] != before["generation"], after["previous"]) == (True, before["generation"])
    assert (own("rollback").code, own("status", "--format", "json").json["generation"]) == (0, before["generation"])
    assert own("rollback").code == 4


def test_an_index_of_another_schema_is_refused_until_it_is_rebuilt(own: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    own("index", CORPUS, "--workers", "1")
    was = schema.SCHEMA_VERSION
    monkeypatch.setattr(schema, "SCHEMA_VERSION", "99")
    ours = ANALYZER_VERSION
    said = f"the index was built with schema {was} and analyzer {ours}, this version of baocao has 99 and {ours}: run `baocao rebuild`\n"
    assert [own(*typed) for typed in (["search", "Lắk"], ["index", CORPUS], ["link"])] == [(4, "", f"baocao: {said}")] * 3
    status = own("status")
    assert (status.code, status.err) == (0, said)
    assert (own("rebuild", "--workers", "1").code, own("status").err, own("search", "Lắk", "--format", "ids").out.count("\n")) == (0, "", 3)


def test_link_applies_a_correction_and_the_old_key_leads_on(own: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own("index", CORPUS, "--workers", "1")
    ran = own("link")
    assert (ran.code, ran.out, ran.err) == (0, "", "0 reports have other officials now\n")
    corrections = tmp_path / "persons.tsv"
    corrections.write_text("merge\tbui-van-cuong\tbui-van-cuong-dak-lak\n", encoding="utf-8")
    monkeypatch.setenv("BAOCAO_PERSONS", str(corrections))
    assert own("link").err == "1 reports have other officials now\n"
    found = own("official", "bui-van-cuong", "--format", "json").json
    assert (found["key"], found["redirected_from"]) == ("bui-van-cuong-dak-lak", "bui-van-cuong")
    by_old, by_new = (own("search", "--official", key, "--format", "ids").out for key in ("bui-van-cuong", "bui-van-cuong-dak-lak"))
    assert by_old == by_new != ""


def test_link_without_an_index(own: Run) -> None:
    ran = own("link")
    assert (ran.code, "baocao index PATH" in ran.err) == (4, True)
