"""What is read from where, under which id, and every input that cannot be taken: named, with its reason, the rest read."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import random
import socket
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import read as reading
from indexer.decode import decode
from indexer.errors import InputRejected, UsageError
from indexer.ids import ID_BYTES, Names, root_lengths, safe
from indexer.models import RawArticle
from indexer.read import Reader, read
from indexer.settings import Settings

SETTINGS = Settings()
CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = "Hội nghị tỉnh\n\nSáng 18/3, Tỉnh ủy Đắk Lắk đã tổ chức Hội nghị giao ban với các đảng ủy trực thuộc, đánh giá nhiệm vụ quý I.\n"


def articles(*paths: Path | str, settings: Settings = SETTINGS, encoding: str | None = None, known: dict[str, str] | None = None) -> list[RawArticle]:
    """Everything read, none rejected."""
    items = list(read(paths, settings, encoding, known))
    assert [str(item) for item in items if isinstance(item, InputRejected)] == []
    return [item for item in items if isinstance(item, RawArticle)]


def outcome(*paths: Path | str, settings: Settings = SETTINGS, encoding: str | None = None) -> tuple[list[str], list[str]]:
    """(ids read, rejections as text), each in order."""
    items = list(read(paths, settings, encoding))
    return [item.id for item in items if isinstance(item, RawArticle)], [str(item) for item in items if isinstance(item, InputRejected)]


def to_windows_1258(text: str) -> bytes:
    """Base letters composed, tones as marks behind them: how the code page writes Vietnamese."""
    data = b""
    for char in text:
        try:
            data += char.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = list(unicodedata.normalize("NFD", char))
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            letter = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
            data += (letter + "".join(tones)).encode("cp1258")
    return data


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


def record(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


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


# ---------------------------------------------------------------- what cannot be read


def wrong_encoding(byte: int) -> str:
    return f"wrong encoding: neither UTF-8 (byte {byte}) nor windows-1258; give --encoding NAME, such as tcvn3 (ABC) or vni"


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \r\n\xe2\x80\x8b\n\xef\xbb\xbf", "empty"),
    "large.txt": (b"a" * 2001, "larger than 2,000 bytes (BAOCAO_MAX_DOCUMENT_BYTES)"),
    "binary.txt": (bytes(range(256)), "binary data (NUL bytes); if it is UTF-16 without its mark, give --encoding utf-16-le or utf-16-be"),
    "controls.txt": (b"ab\x01\x02\x03" * 9, "binary data (more than one control character in a hundred)"),
    "gzip.txt": (gzip.compress(b"abc"), "gzip data: only files named .jsonl.gz are unpacked"),
    "utf16.txt": (TEXT.encode("utf-16-le"), "binary data (NUL bytes); if it is UTF-16 without its mark, give --encoding utf-16-le or utf-16-be"),
    "half.txt": (b"\xff\xfea", "broken UTF-16 at byte 2"),
    "french.txt": ("préfecture créée à l'été, né à côté, dépêche\n".encode("latin-1"), wrong_encoding(2)),
    "tcvn3.txt": (b"C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam", wrong_encoding(1)),
    "overlong.txt": (TEXT.encode() + b"\xc0\xaf", wrong_encoding(len(TEXT.encode()))),
    "surrogate.txt": (TEXT.encode() + b"\xed\xa0\x80", wrong_encoding(len(TEXT.encode()))),
    "cut.txt": (TEXT.encode() + "ế".encode()[:2], wrong_encoding(len(TEXT.encode()))),
    "empty.jsonl": (b"", "empty"),
    "broken.jsonl.gz": (b"no gzip", "the rest cannot be read: Not a gzipped file (b'no')"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_are_named_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    data, reason = BAD_FILES[name]
    (tmp_path / "zz.txt").write_text(TEXT)
    (tmp_path / name).write_bytes(data)
    reader = read([tmp_path], replace(SETTINGS, max_document_bytes=2000))
    items = list(reader)
    assert [str(item) for item in items if isinstance(item, InputRejected)] == [f"{tmp_path / name}: {reason}"]
    assert [item.id for item in items if isinstance(item, RawArticle)] == [f"{tmp_path.name}/zz.txt"]
    assert reader.unsure == {str(tmp_path / name)}


BAD_LINES: dict[str, tuple[bytes, str]] = {
    "no body": (b'{"id": "1"}', "no 'body': a record needs a text there"),
    "blank body": (b'{"body": " \\n"}', "no 'body': a record needs a text there"),
    "null body": (b'{"body": null}', "no 'body': a record needs a text there"),
    "body of numbers": (b'{"body": [1]}', "'body' must be a string, not list"),
    "cut": (b'{"body": "x"', "not JSON: Expecting ',' delimiter at character 13"),
    "no object": (b"[1, 2]", "not a JSON object"),
    "deep": (b"[" * 100_000, "not JSON: nested too deeply"),
    "digits": (b'{"body": "x", "n": ' + b"9" * 5000 + b"}", "a number of 5,000 digits"),
    "twice": (b'{"body": "x", "body": "y"}', "the name 'body' stands twice in one object"),
    "empty id": (b'{"id": " ", "body": "x"}', "'id' is empty"),
    "id of a list": (b'{"id": [], "body": "x"}', "'id' must be a string, not list"),
    "true id": (b'{"id": true, "body": "x"}', "'id' must be a string, not bool"),
    "nan": (b'{"published": NaN, "body": "x"}', "'published' must be a string, not float"),
    "infinite": (b'{"title": 1e999, "body": "x"}', "'title' must be a string, not float"),
    "surrogate": (b'{"body": "x\\ud800"}', "'body' holds half of a surrogate pair"),
    "nul": (b'{"body": "x\\u0000"}', "'body' holds a NUL character"),
    "30 February": (b'{"body": "x", "published": "2026-02-30"}', "'2026-02-30' is not a date: that month has no such day"),
    "year 99999": (b'{"body": "x", "date": "99999"}', "'99999' is not a date: write 2026-03-18, 2026-03, 2026-Q1, 2026-H1 or 2026"),
    "url": (b'{"body": "x", "url": "http://[::1"}', "'url' is not an address"),
    "long": (b'{"body": "' + b"x" * 200_001 + b'"}', "a line longer than 200,000 bytes (BAOCAO_MAX_DOCUMENT_BYTES)"),
    "encoding": (b'{"body": "\xff\xff\xff"}', wrong_encoding(10)),
    "lines": (b'{"body": "x' + b"\\n" * 50 + b'x"}', "more than 40 lines: no single article"),
}


@pytest.mark.parametrize("name", BAD_LINES)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, place: int) -> None:
    monkeypatch.setattr(reading, "MAX_LINES", 40)
    data, reason = BAD_LINES[name]
    good = [record(id=f"good{number}", body="Tốt.").encode() for number in (1, 2)]
    good.insert(place - 1, data + b"\n")
    (tmp_path / "a.jsonl").write_bytes(b"".join(good))
    read_, rejected = outcome(tmp_path / "a.jsonl", settings=replace(SETTINGS, max_document_bytes=200_000))
    assert (read_, rejected) == (["good1", "good2"], [f"{tmp_path / 'a.jsonl'}:{place}: {reason}"])


def test_a_gzip_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    noise = random.Random(7)
    lines = b"".join(record(id=str(number), body=noise.randbytes(3000).hex()).encode() for number in range(100))
    packed = gzip.compress(lines)
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    read_, [rejected] = outcome(tmp_path / "a.jsonl.gz")
    assert read_ == [str(number) for number in range(len(read_))]
    assert len(read_) > 30
    assert rejected == f"{tmp_path / 'a.jsonl.gz'}:{len(read_) + 1}: the rest cannot be read: Compressed file ended before the end-of-stream marker was reached"
    # Damage in the middle may go on decoding into something else up to the checksum at the end: whatever comes of the lines, the file is named.
    (tmp_path / "a.jsonl.gz").write_bytes(packed[:1000] + bytes(100) + packed[1100:])
    assert "the rest cannot be read: " in outcome(tmp_path / "a.jsonl.gz")[1][-1]


def test_a_gzip_bomb_is_left(tmp_path: Path) -> None:
    settings = replace(SETTINGS, max_document_bytes=100_000)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(record(id="1", body="Tốt.").encode() + b"a" * 50_000_000))
    assert outcome(tmp_path / "a.jsonl.gz", settings=settings) == (
        ["1"],
        [f"{tmp_path / 'a.jsonl.gz'}:2: the rest cannot be read: a gzip bomb: unpacks to more than 100 times its size"],
    )


def test_a_file_past_its_unpacked_size_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(record(id=str(number), body="x" * 1000) for number in range(1000)))
    read_, [rejected] = outcome(tmp_path / "a.jsonl", settings=replace(SETTINGS, max_file_bytes=500_000))
    assert rejected == f"{tmp_path / 'a.jsonl'}:{len(read_) + 1}: the rest cannot be read: larger than 500,000 bytes unpacked (BAOCAO_MAX_FILE_BYTES)"


def test_links_are_followed_nowhere(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    (inside / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text(TEXT)
    (inside / "sub" / "a.txt").write_text(TEXT)
    (inside / "again").symlink_to("sub")
    (inside / "self").symlink_to("self")
    (inside / "broken.txt").symlink_to("nowhere")
    (inside / "out").symlink_to(outside)
    (inside / "out.txt").symlink_to(outside / "secret.txt")
    (inside / "sub" / "up").symlink_to("..")
    assert outcome(inside) == (
        ["inside/sub/a.txt"],
        [
            f"{inside}/broken.txt: a broken link (No such file or directory)",
            f"{inside}/out: a link that leads out of the folder given; it is not followed",
            f"{inside}/out.txt: a link that leads out of the folder given; it is not followed",
            f"{inside}/self: a loop of symbolic links",
            f"{inside}/sub/up: a loop of symbolic links: it leads to a folder above itself",
        ],
    )
    assert outcome(inside / "self") == ([], [f"{inside / 'self'}: Too many levels of symbolic links"])


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.chdir(tmp_path)  # the path of a socket has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind("socket.txt")
        assert outcome(tmp_path) == ([], [f"{tmp_path / 'pipe.txt'}: a pipe, not a file", f"{tmp_path / 'socket.txt'}: a socket, not a file"])
    hint = "; to read from a pipe, give - for standard input"
    assert outcome("pipe.txt", "/dev/null") == ([], [f"pipe.txt: a pipe, not a file{hint}", f"/dev/null: a device, not a file{hint}"])


def test_an_unreadable_folder_and_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("closed/a.txt", "open/b.txt", "open/gone.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    # chmod does not stop the superuser, who may run the tests.
    scandir, open_ = os.scandir, os.open

    def closed_scandir(path: str) -> object:
        if path == str(tmp_path / "closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    def open_after_removal(path: str, flags: int) -> int:
        if path.endswith("gone.txt"):
            os.unlink(path)
        return open_(path, flags)

    monkeypatch.setattr(os, "scandir", closed_scandir)
    monkeypatch.setattr(os, "open", open_after_removal)
    reader = read([tmp_path], SETTINGS)
    items = list(reader)
    assert [str(item) for item in items if isinstance(item, InputRejected)] == [
        f"{tmp_path / 'closed'}: Permission denied",
        f"{tmp_path / 'open/gone.txt'}: No such file or directory",
    ]
    assert [item.id for item in items if isinstance(item, RawArticle)] == [f"{tmp_path.name}/open/b.txt"]
    assert reader.unsure == {str(tmp_path / "closed"), str(tmp_path / "open/gone.txt")}


def test_a_kind_that_is_not_read_is_named_when_given(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    assert outcome(tmp_path / "a.pdf") == ([], [f"{tmp_path / 'a.pdf'}: unknown kind of file: .txt, .jsonl and .jsonl.gz are read"])


def test_wrong_usage_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such file or folder: .*/nowhere"):
        read([tmp_path, tmp_path / "nowhere"], SETTINGS)
    for name in ("utf-9", "hex", "x\0y"):
        with pytest.raises(UsageError, match="unknown encoding"):
            read([tmp_path], SETTINGS, name)


def test_messages_hold_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J\n.txt").write_bytes(b"")
    assert outcome(tmp_path) == ([], [f"{tmp_path}/a\\x1b[2J\\n.txt: empty"])


# ---------------------------------------------------------------- manifests


def test_a_manifest_names_its_mistakes(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(
        record(id="A", file="a.txt", title="Đầu đề", url="http://daklak.gov.vn/a", published="2026-03-18")
        + "{broken\n"
        + record(id="X", file="../outside.txt")
        + record(id="Y", file="nowhere.txt")
        + record(id="Z", file="./a.txt")
        + record(id="C", file="sub/c.txt", source="Báo")
        + record(id="B")
    )
    read_, rejected = outcome(tmp_path)
    assert read_ == ["A", f"{tmp_path.name}/b.txt", "C"]
    assert rejected == [
        f"{manifest}:2: not JSON: Expecting property name enclosed in double quotes at character 2",
        f"{manifest}:3: '../outside.txt' lies outside the manifest's folder",
        f"{manifest}:4: no file 'nowhere.txt'",
        f"{manifest}:5: './a.txt' has an entry already",
        f"{manifest}:7: no 'file': a record needs a text there",
    ]
    [article] = [a for a in read([tmp_path / "a.txt"], SETTINGS) if isinstance(a, RawArticle)]
    told = (article.id, article.title, article.url, article.source, article.published)
    assert told == ("A", "Đầu đề", "http://daklak.gov.vn/a", "daklak.gov.vn", "2026-03-18")
    assert list(read([manifest], SETTINGS)) == []


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
