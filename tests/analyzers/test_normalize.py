"""Unicode made uniform, with an exact way back."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzers.normalize import MARK_CAP, nfc, nfc_map, normalize
from tests.analyzers.reports import paragraphs, texts

VOWELS = "aăâeêioôơuưy"
LETTERS = [
    unicodedata.normalize("NFC", letter + tone)
    for letter in VOWELS + VOWELS.upper()
    for tone in ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    if letter + tone not in "aeiouyAEIOUY"
] + ["đ", "Đ"]  # fmt: skip

ODD = "ÐƉðɖ²³¹½①ªºﬁＡ９ⅣﷺＩ㎡İŉß\u00a0\u200b\u00ad\ufeff\u200d\u2060\u202e\u0301\u0309\u0323\u0302\u031b\u0345\ud800\x00\u1100\u1161\u11a8ｶﾞ각𝐇𝟗ʼ̉e\u0323"
anything = st.text(st.one_of(st.sampled_from(ODD), st.characters(), st.sampled_from("aHệnghị oàủy9.-/")), max_size=40)


def test_the_134_accented_letters_of_vietnamese_come_out_of_nfd() -> None:
    assert len(LETTERS) == 134
    assert [normalize(unicodedata.normalize("NFD", letter)).text for letter in LETTERS] == LETTERS


def test_every_report_comes_out_of_nfd_with_the_same_tokens() -> None:
    for paragraph in paragraphs():
        assert texts(unicodedata.normalize("NFD", paragraph)) == texts(paragraph)


def test_every_report_comes_out_of_windows_1258_with_the_same_tokens() -> None:
    """That encoding holds letters with their shape and writes tones as marks of their own: its text is neither NFC nor NFD."""
    tones = "([\u0300\u0301\u0303\u0309\u0323])"
    for paragraph in paragraphs():
        apart = unicodedata.normalize("NFD", " ".join(texts(paragraph)))
        shaped = re.sub("\u0323([\u0302\u0306])", "\\1\u0323", apart)  # NFD has the dot below before the circumflex or breve
        encoded = "".join(unicodedata.normalize("NFC", part) for part in re.split(tones, shaped)).encode("cp1258")
        assert texts(encoded.decode("cp1258")) == texts(paragraph)


@pytest.mark.parametrize(
    ("text", "uniform"),
    [
        ("Ðắk Lắk", "Đắk Lắk"),
        ("Ɖắk ðổi ɖổi", "Đắk đổi đổi"),
        ("Đắk\u00a0Lắk\u3000nay", "Đắk Lắk nay"),
        ("Ti\u00ad\u0309nh \ufeffủ\u2060y\u200d", "Tỉnh ủy"),
        ("120 m² và 3 m³", "120 m2 và 3 m3"),
        ("2024¹", "2024 1"),
        ("3½", "3 1⁄2"),
        ("ＴＰ．Ｖｉｎｈ １２", "TP．Vinh 12"),
        ("𝐇𝐨̣̂𝐢 ﬁle Ⅳ ㎡", "Hội file IV m2"),
        ("25ºC", "25 C"),
        ("Rʼbin", "R bin"),
        ("a\ud800b", "a b"),
        ("\u0301a", "a"),
        ("각", "각"),
        ("e\u0301\u0302", "é\u0302"),
    ],
)
def test_what_is_rewritten(text: str, uniform: str) -> None:
    assert normalize(text).text == uniform


@given(anything)
@example("\ufeff\u0301x")
@example("ﾞｶﾞ")
@settings(max_examples=400)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once


@given(anything)
@settings(max_examples=400)
def test_nfc_is_that_of_unicode(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)


def test_no_character_composes_with_one_before_it_unless_they_are_one_cluster() -> None:
    """nfc works cluster by cluster: that is only right if each second half of a composition extends its cluster."""
    from analyzers.normalize import _extends

    for code in range(0x110000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<") and unicodedata.normalize("NFC", chr(code)) == chr(code):
            assert _extends(chr(int(parts[1], 16))), hex(code)


@given(anything)
@settings(max_examples=400)
def test_the_map_leads_back_to_slices_that_give_the_same_text(text: str) -> None:
    for mapped, again in ((normalize(text), normalize), (nfc_map(text), nfc_map)):
        for at, char in enumerate(mapped.text):
            start, end = mapped.span(at, at + 1)
            assert 0 <= start < end <= len(text)
            assert char in again(text[start:end]).text or char == " "


def test_marks_past_the_cap_are_dropped() -> None:
    assert nfc("a" + "\u0323" * 100 + "b") == "ạ" + "\u0323" * (MARK_CAP - 1) + "b"
