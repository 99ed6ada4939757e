"""Sentences: where they end in prose as reports have it, and that every text is parted without rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.sentences import marks, sentences
from analyzers.syllables import tokens
from tests.analyzers.test_linear import assert_linear


@pytest.mark.parametrize(
    "text",
    [
        "Mưa lớn.| Lũ về.| Hết",
        "Ai làm?| Dân!| Thế rồi…| Xong",
        "Thật vậy...| Rồi thôi",
        "Ông nói: “Sẽ làm.”| Mọi người (đông.)| Về",
        "Hết câu.| “Mở ngoặc”.| - Gạch đầu dòng.| Đúng",
        "Dính liền.|Không cách",
        "ở TP. Hồ Chí Minh và TX. An Khê.| ThS. Lê A. Sau đó",
        "tại Q. Ba, P. Tư, T.Ư Đảng, Nguyễn Văn A. Bình",
        "tăng 3.5% và 12.000 ha.| Năm nay",
        "Điều 5. 1. khoản",
        "ngày 18. 3. 2026 và v.v. còn nữa",
        "đạt chuẩn. 12 xã",
        "các sở, ban, ngành... đều dự, ý kiến… ở xã? (ông cười). ",
        "Một dòng\n|hai dòng\n\n|ba",
        "không có dấu kết",
        "",
    ],
)
def test_where_sentences_end(text: str) -> None:
    whole = text.replace("|", "")
    assert [whole[start:end] for start, end in sentences(whole)] == [part for part in text.split("|") if part]


def test_marks_tell_where_in_its_sentence_a_token_stands() -> None:
    text = "Mưa rất lớn. Lũ. Nước về! …"
    assert marks(text, tokens(text)) == "[-].[]"
    assert marks("", []) == ""


pieces = st.sampled_from([".", "…", "!", "?", " ", "\n", "A", "a", "TP", "Đ", "5", "”", "“", "(", "-", "½", "\u200b", "e\u0301", "NguyệtPhó"])


@given(st.lists(pieces, max_size=40).map("".join) | st.text(max_size=80))
def test_sentences_are_the_whole_text_and_marks_are_the_tokens(text: str) -> None:
    spans = list(sentences(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    found = tokens(text)
    parted = marks(text, found)
    assert len(parted) == len(found)
    counts = [sum(start <= token.start < end for token in found) for start, end in spans]
    assert parted == "".join("." if count == 1 else "[" + "-" * (count - 2) + "]" for count in counts if count)


@pytest.mark.parametrize("piece", ["a. ", "A. ", ". ", "…", "TP. A ", "“”) ", "\n"])
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda text: list(sentences(text)), piece * (200_000 // len(piece)))
