"""Every input that cannot be taken: named, with its reason, the rest read."""

from __future__ import annotations

import errno
import gzip
import os
import random
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import read as reading
from indexer.errors import InputRejected, UsageError
from indexer.models import RawArticle
from indexer.read import read
from tests.indexer.reading import SETTINGS, TEXT, outcome, record


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
