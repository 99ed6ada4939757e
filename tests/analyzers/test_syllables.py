"""Tokens and their places in the input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import Token
from analyzers.syllables import TOKEN_CAP
from tests.analyzers.reports import analyzer, paragraphs, texts
from tests.analyzers.test_normalize import anything


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("35-CT/TW", "35 ct tw"),
        ("129.082", "129 082"),
        ("6.735ha", "6 735 ha"),
        ("Ea R'bin", "ea r bin"),
        ("QL27", "ql 27"),
        ("Hội nghị.Tại điểm cầu", "hội nghị tại điểm cầu"),
        ("NguyệtPhó trưởng đoàn", "nguyệt phó trưởng đoàn"),
        ("P.Buôn Ma Thuột", "p buôn ma thuột"),
        ("banbientap@daklak.gov.vn", "banbientap daklak gov vn"),
        ("24,4% (KT - XH)", "24 4 kt xh"),
        ("a_b__c", "a b c"),
        ("¶ … – 🙂", ""),
        ("", ""),
        ("i\u0307stanbul İSTANBUL", "i̇stanbul i̇stanbul"),
    ],
)
def test_tokens_are_parted_at_every_border(text: str, tokens: str) -> None:
    assert texts(text) == tokens.split()


def test_a_token_says_where_it_stands_in_the_input() -> None:
    assert analyzer.syllables("  Uy\u0309 viên, quý 2²") == [
        Token("ủy", "uy", 2, 5),
        Token("viên", "vien", 6, 10),
        Token("quý", "quy", 12, 15),
        Token("2", "2", 16, 17),
        Token("2", "2", 17, 18),
    ]


@given(anything)
@settings(max_examples=600)
def test_any_text_has_tokens_that_slice_it_exactly(text: str) -> None:
    tokens = analyzer.syllables(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.text in texts(text[token.start : token.end])
        assert 0 < len(token.text) <= TOKEN_CAP
        assert not any(char.isspace() or char == "\u200b" for char in token.text)
        (token.text + token.folded).encode("utf-8")  # no lone surrogate
    assert [t.start for t in tokens] == sorted(t.start for t in tokens)


def test_tokens_of_a_report_do_not_overlap_and_leave_nothing_out() -> None:
    for paragraph in paragraphs():
        tokens = analyzer.syllables(paragraph)
        left_over = list(paragraph)
        for token in tokens:
            assert [t.text for t in analyzer.syllables(paragraph[token.start : token.end])] == [token.text]
            left_over[token.start : token.end] = " " * (token.end - token.start)
        assert not any(char.isalnum() for char in left_over)


@pytest.mark.parametrize("run", ["a", "ạ", "Я", "9", "𐐀", "ß", "a\u200b", "q\u0303"])
def test_a_token_is_capped_in_utf_16_units(run: str) -> None:
    for token in analyzer.syllables(run * 1_000):
        assert 0 < len(token.text.encode("utf-16-le")) <= 2 * TOKEN_CAP
        assert 0 < len(token.folded.encode("utf-16-le")) <= 2 * TOKEN_CAP


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_case_does_not_matter_where_letters_have_both(text: str) -> None:
    spaced = " ".join(text)  # no run of two letters: nothing can be glued
    if spaced.lower().upper() == spaced.upper() and spaced.upper().lower() == spaced.lower():
        assert texts(spaced.lower()) == texts(spaced.upper())
