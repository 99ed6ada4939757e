"""TCVN3 and VNI: every letter there and back, whole reports, and nothing of it without being told."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path

import pytest

from indexer.decode import check_encoding, decode, decode_html
from indexer.errors import UsageError
from indexer.legacy import _TCVN3, _VNI, LEGACY
from indexer.models import RawArticle
from indexer.read import read
from indexer.settings import Settings
from tests.indexer.extracting import NAMES, corpus_text
from tests.pace import allowed

LETTERS = {
    unicodedata.normalize("NFC", base + tone)
    for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for base in (letter,)
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
} - set("aeiouyAEIOUY") | set("đĐ")


def to_tcvn3(text: str) -> str:
    """As typed in .VnTime: capitals with a tone in the font of capitals, where they are the signs of small letters."""
    signs = {letter: sign for sign, letter in _TCVN3.items() if sign != "\u03bc"}
    return "".join(signs.get(c) or signs.get(c.lower(), c) for c in text)


def to_vni(text: str) -> str:
    written = {letter: sign for sign, letter in _VNI.items() if sign[1:] in (sign[1:].lower() if letter.islower() else sign[1:].upper())}
    return "".join(written.get(c, c) for c in text)


def test_the_tables_hold_every_letter_once() -> None:
    small = {letter for letter in LETTERS if letter.islower()}
    assert sorted(letter for sign, letter in _TCVN3.items() if sign != "\u03bc") == sorted(small | set("ĂÂÊÔƠƯĐ"))
    assert (set(_VNI.values()), len(LETTERS)) == (LETTERS, 134)


@pytest.mark.parametrize(
    ("encoding", "written", "text"),
    [
        ("tcvn3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("tcvn3", "QuyÕt ®Þnh cña Bé tr\u00adëng, Uû ban, Mü", "Quyết định của Bộ trưởng, Uỷ ban, Mỹ"),
        ("tcvn3", "HéI §åNG NH¢N D¢N TØNH §¾K L¾K", "HỘI ĐỒNG NHÂN DÂN TỈNH ĐẮK LẮK"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("vni", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("vni", "UÛy ban, Uûy ban, THUÛ TÖÔÙNG, Kyø hoïp, thò xaõ, Myõ, kyõ só", "Ủy ban, Ủy ban, THỦ TƯỚNG, Kỳ họp, thị xã, Mỹ, kỹ sĩ"),
    ],
)
def test_what_is_known_of_it_is_read_from_bytes_and_from_what_was_exported_as_utf_8(encoding: str, written: str, text: str) -> None:
    assert decode(written.encode("cp1252"), encoding) == (text, encoding)
    assert decode(written.encode(), encoding.upper()) == (text, encoding)


@pytest.mark.parametrize("name", NAMES)
def test_the_five_reports_come_back(name: str) -> None:
    text = unicodedata.normalize("NFC", corpus_text(name))
    assert LEGACY["vni"](to_vni(text)) == text
    assert LEGACY["tcvn3"](to_tcvn3(text)).lower() == text.lower()


@pytest.mark.parametrize("encoding", LEGACY)
def test_what_is_unicode_already_stays_in_a_folder_of_both_times(encoding: str, tmp_path: Path) -> None:
    told = {"old.txt": to_vni("Họp tỉnh ủy.").encode("cp1252"), "new.txt": "Họp tỉnh ủy.".encode(), "wide.txt": "Họp tỉnh ủy.".encode("utf-16")}
    if encoding == "tcvn3":
        told["old.txt"] = to_tcvn3("Họp tỉnh ủy.").encode("cp1252")
    for name, data in told.items():
        (tmp_path / name).write_bytes(data)
    items = {item.path.rpartition("/")[2]: item for item in read([tmp_path], Settings(), encoding) if isinstance(item, RawArticle)}
    assert {name: (item.original, item.encoding) for name, item in items.items()} == {
        "old.txt": ("Họp tỉnh ủy.", encoding),
        "new.txt": ("Họp tỉnh ủy.", "utf-8"),
        "wide.txt": ("Họp tỉnh ủy.", "utf-16"),
    }


def test_pages_and_lines_are_read_as_told_too(tmp_path: Path) -> None:
    page = "<html><head><title>x</title></head><body><p>Tỉnh ủy họp</p></body></html>"
    assert decode_html(to_vni(page).encode("cp1252"), "vni") == (page, "vni")
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "body": to_tcvn3("Tỉnh ủy họp")}, ensure_ascii=False), encoding="utf-8")
    (item,) = read([tmp_path / "a.jsonl"], Settings(), "tcvn3")
    assert isinstance(item, RawArticle)
    assert (item.original, item.encoding) == ("Tỉnh ủy họp", "tcvn3")


def test_nothing_is_guessed() -> None:
    for written in ("Céng hoµ x· héi chñ nghÜa", "Coäng hoøa xaõ hoäi"):
        assert decode(written.encode()) == (written, "utf-8")
        with pytest.raises(ValueError, match=r"give --encoding NAME, such as tcvn3 \(ABC\) or vni"):
            decode(written.encode("cp1252"))
    with pytest.raises(UsageError, match="unknown encoding 'abc'"):
        check_encoding("abc")
    with pytest.raises(ValueError, match="not vni: byte 3 cannot be read"):
        decode(b"Hoa\x81", "vni")


def test_a_long_word_takes_linear_time() -> None:
    begun = time.process_time()
    for name in LEGACY:
        LEGACY[name]("aø" * 200_000 + "A" + "b" * 200_000)
    assert time.process_time() - begun < allowed(5)
