"""What is read from where, under which id."""

from __future__ import annotations

import gzip
import io
import json
import os
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.decode import decode
from indexer.ids import ID_BYTES, Names, root_lengths, safe
from indexer.models import RawArticle
from indexer.read import Reader, read
from tests.conftest import CORPUS
from tests.indexer.reading import SETTINGS, TEXT, articles, outcome, record, to_windows_1258

# ---------------------------------------------------------------- what is read


def test_the_five_reports() -> None:
    read_ = articles(CORPUS)
    assert [article.id for article in read_] == [path.stem for path in sorted(CORPUS.glob("*.txt"))]
    assert [article.original.encode() for article in read_] == [path.read_bytes() for path in sorted(CORPUS.glob("*.txt"))]
    assert [article.source for article in read_] == ["daklak.gov.vn", "", "daklak.gov.vn", "", ""]
    assert [article.title is None for article in read_] == [False, False, False, False, True]
    assert {article.path for article in read_} == {str(path) for path in CORPUS.glob("*.txt")}


def test_a_file_alone_has_the_id_that_it_has_in_its_folder() -> None:
    for path in CORPUS.glob("*.txt"):
        assert [article.id for article in articles(path)] == [path.stem]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (to_windows_1258(TEXT), "windows-1258"),
        (unicodedata.normalize("NFD", TEXT).encode(), "utf-8"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
    ],
    ids=["utf-8", "mark", "utf-16-le", "utf-16-be", "windows-1258", "nfd", "crlf"],
)
def test_encodings(tmp_path: Path, data: bytes, name: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    [article] = articles(tmp_path / "a.txt")
    assert article.encoding == name
    assert unicodedata.normalize("NFC", article.original).replace("\r", "") == TEXT


def test_the_five_reports_in_windows_1258() -> None:
    for path in CORPUS.glob("*.txt"):
        text = path.read_text()
        decoded, name = decode(to_windows_1258(text))
        assert (name, unicodedata.normalize("NFC", decoded)) == ("windows-1258", text)


def test_a_forced_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode("utf-16-le"))
    assert [article.original for article in articles(tmp_path / "a.txt", encoding="UTF-16-LE")] == [TEXT]
    (tmp_path / "b.jsonl").write_bytes(json.dumps({"body": TEXT}, ensure_ascii=False).encode("utf-16-le"))
    assert [(a.original, a.encoding) for a in articles(tmp_path / "b.jsonl", encoding="utf-16-le")] == [(TEXT, "utf-16-le")]


LINES = (
    record(id="x1", title="Đầu  đề", body="Thân bài.", url="https://www.baodaklak.vn/1", published="2026-03-18T14:00:00+07:00")
    + "\n"
    + record(url="https://baodaklak.vn/2", body="Hai.", source="Báo Đắk Lắk", date="2026-03")
    + record(body="Ba.", title=None, id=None)
    + record(id=4, body="Bốn.")
)


def expected_records(name: str) -> list[tuple[str, str, str | None, str, str | None]]:
    return [
        ("x1", "Đầu đề\nThân bài.", "Đầu đề", "baodaklak.vn", "2026-03-18"),
        ("https://baodaklak.vn/2", "Hai.", None, "Báo Đắk Lắk", "2026-03"),
        (f"{name}#4", "Ba.", None, "", None),
        ("4", "Bốn.", None, "", None),
    ]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.jsonl", str.encode),
        ("a.jsonl", lambda text: text.encode("utf-8-sig")),
        ("a.jsonl", lambda text: text.encode("utf-16")),
        ("a.jsonl.gz", lambda text: gzip.compress(text.encode())),
        ("a.jsonl.gz", lambda text: gzip.compress(text[:50].encode()) + gzip.compress(text[50:].encode())),
        ("A.JSONL", str.encode),
    ],
    ids=["plain", "mark", "utf-16", "gzip", "two-members", "capitals"],
)
def test_json_lines(tmp_path: Path, name: str, pack: Callable[[str], bytes]) -> None:
    (tmp_path / name).write_bytes(pack(LINES))
    assert [(a.id, a.original, a.title, a.source, a.published) for a in articles(tmp_path / name)] == expected_records(name)


class FakeStdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize("data", [LINES.encode(), b"\n \n" + LINES.encode("utf-8"), LINES.encode("utf-16")], ids=["plain", "blank first", "utf-16"])
def test_json_lines_from_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", FakeStdin(data))
    shift = 2 if data.startswith(b"\n") else 0
    assert [(a.original, a.path) for a in articles("-")] == [(original, "") for _, original, *_ in expected_records("stdin")]
    monkeypatch.setattr("sys.stdin", FakeStdin(data))
    assert articles("-")[2].id == f"stdin#{4 + shift}"


def test_one_text_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", FakeStdin(TEXT.encode()))
    assert [(a.id, a.original, a.path) for a in articles("-")] == [("stdin", TEXT, "")]
    monkeypatch.setattr("sys.stdin", FakeStdin(b""))
    assert outcome("-") == ([], ["standard input: empty"])
    monkeypatch.setattr("sys.stdin", FakeStdin(TEXT.encode()))
    assert outcome("-", settings=replace(SETTINGS, max_document_bytes=20)) == ([], ["standard input: larger than 20 bytes (BAOCAO_MAX_DOCUMENT_BYTES)"])


def test_folders_are_walked_in_order_and_other_kinds_counted(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c/d/e.TXT", "c/x.pdf", "readme.md", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    reader = read([tmp_path], SETTINGS)
    root = tmp_path.name
    assert [item.id for item in reader if isinstance(item, RawArticle)] == [f"{root}/a.txt", f"{root}/b/10.txt", f"{root}/b/2.txt", f"{root}/c/d/e.TXT"]
    assert (reader.ignored, reader.unsure) == (3, set())


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "link.txt").symlink_to("a.txt")
    assert len(articles(tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt", tmp_path / "link.txt")) == 1


# ---------------------------------------------------------------- ids


def test_folders_of_one_name_do_not_share_ids(tmp_path: Path) -> None:
    for folder in ("bắc/tin", "nam/tin"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1.txt").write_text(TEXT)
    both = [a.id for a in articles(tmp_path / "bắc/tin", tmp_path / "nam/tin")]
    assert both == ["bắc/tin/1.txt", "nam/tin/1.txt"]
    assert [a.id for a in articles(tmp_path / "nam/tin", tmp_path / "bắc/tin")] == both[::-1]
    # In runs of their own: the one that the index knows keeps its id, the other gets more of its path.
    [first] = articles(tmp_path / "nam/tin")
    known = {first.id: first.path}
    assert first.id == "tin/1.txt"
    assert [a.id for a in articles(tmp_path / "bắc/tin", known=known)] == ["bắc/tin/1.txt"]
    assert [a.id for a in articles(tmp_path / "nam/tin", tmp_path / "bắc/tin", known=known)] == ["tin/1.txt", "bắc/tin/1.txt"]
    assert [a.id for a in articles(tmp_path / "nam/tin/1.txt", known=known)] == ["tin/1.txt"]
    # The same folder moved: nothing stands where the index saw it, so it takes its reports over.
    (tmp_path / "nam").rename(tmp_path / "trung")
    assert [a.id for a in articles(tmp_path / "trung/tin", known=known)] == ["tin/1.txt"]


def test_lines_keep_their_ids_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.jsonl").write_text(record(body="Một.") + record(body="Hai."))
    known = {a.id: a.path for a in articles(tmp_path / "a")}
    assert list(known) == ["a/x.jsonl#1", "a/x.jsonl#2"]
    assert [a.id for a in articles(tmp_path / "a/x.jsonl", known=known)] == list(known)


def test_two_sources_with_one_id_name_both(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(record(id="n", body="Một.") + record(id="n", body="Hai."))
    (tmp_path / "b.jsonl").write_text(record(id="n", body="Ba.") + record(id="m", body="Bốn."))
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert outcome(tmp_path) == (["n", "m"], [f"{a}:2: has the id 'n', which {a}:1 has already", f"{b}:1: has the id 'n', which {a}:1 has already"])


def test_names_that_no_id_can_hold(tmp_path: Path) -> None:
    for name in (b"x\ny.txt", b"\xff.txt", b"-rf.txt", unicodedata.normalize("NFD", "Đắk.txt").encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(TEXT)
    names = sorted(a.id.removeprefix(tmp_path.name + "/") for a in articles(tmp_path))
    assert names == sorted(["-rf.txt", "x%0Ay.txt", unicodedata.normalize("NFC", "Đắk.txt"), "%FF.txt"])


@given(st.text(), st.text())
def test_safe_ids(one: str, other: str) -> None:
    for name in (one, one + other * 200):
        made = safe(name)
        assert len(made.encode()) <= ID_BYTES
        assert safe(made) == made
        assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in made)


def test_long_ids_stay_apart() -> None:
    assert safe("x" * 512) == "x" * 512
    assert safe("x" * 513) != safe("x" * 514)
    assert len(safe("ế" * 400).encode()) <= ID_BYTES


def test_root_lengths() -> None:
    assert root_lengths(["/a/x", "/b/x", "/b/y", "/b/x"]) == [2, 2, 1, 2]
    assert root_lengths(["/x", "/a/x"]) == [1, 2]
    assert Names({}).name("/a/b/c.txt", 2) == "b/c.txt"


# ---------------------------------------------------------------- properties


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    for lead in (b"", b"\xff\xfe", b"\xef\xbb\xbf", TEXT.encode(), to_windows_1258(TEXT)):
        try:
            text, name = decode(lead + data)
        except ValueError as error:
            assert str(error)
        else:
            assert name in ("utf-8", "utf-16", "windows-1258")
            assert "\0" not in text
            assert not any("\ud800" <= char <= "\udfff" for char in text)


@given(st.binary(max_size=300))
def test_any_json_lines_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(data)
    reader = Reader([path], SETTINGS)
    items = list(reader)
    assert len(items) <= data.count(b"\n") + 2
    assert [item.id for item in items if isinstance(item, RawArticle)] == list(reader.where)
