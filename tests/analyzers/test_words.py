"""pyvi's words: its model, our spelling and our tokens."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import pytest
from hypothesis import given, settings

from analyzers import ANALYZER_VERSION, words
from analyzers.syllables import TOKEN_CAP
from tests.analyzers.reports import analyzer, paragraphs, texts
from tests.analyzers.test_normalize import anything


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Thường trực Huyện uỷ đã triển khai", "thường_trực huyện_ủy đã triển_khai"),
        ("THƯỜNG TRỰC HUYỆN ỦY ĐÃ TRIỂN KHAI", "thường_trực huyện_ủy đã triển_khai"),
        ("Chuyển_đổi_số, phát_triển", "chuyển_đổi số phát_triển"),
        ("tăng 24,4% so với cùng kì năm 2019", "tăng 24 4 so với cùng kỳ năm 2019"),
        ("y tế; giáo dục", "y_tế giáo_dục"),
        ("thuong truc huyen uy", ""),
        ("", ""),
        ("…", ""),
        ("ủy", "ủy"),
    ],
)
def test_words(paragraph: str, expected: str) -> None:
    assert analyzer.words(paragraph) == expected.split()


def test_the_syllables_of_the_words_are_the_tokens_of_the_text() -> None:
    for paragraph in paragraphs():
        found = "_".join(analyzer.words(paragraph)).split("_")
        assert found == texts(paragraph) or analyzer.words(paragraph) == []


@given(anything)
@settings(max_examples=200)
def test_any_text_has_words(text: str) -> None:
    found = analyzer.words(text)
    assert "_".join(found).split("_") == texts(text) or found == []
    assert all(0 < len(word) <= TOKEN_CAP for word in found)


def test_case_tone_place_and_unicode_form_change_no_word() -> None:
    for paragraph in paragraphs():
        if texts(paragraph) == texts(paragraph.lower()) == texts(paragraph.upper()):  # nothing that case glued
            assert analyzer.words(paragraph.lower()) == analyzer.words(paragraph.upper()) == analyzer.words(paragraph)
    assert analyzer.words("Uỷ ban, cụ thể hoá") == analyzer.words("Ủy ban, cụ thể hóa")


def test_a_long_paragraph_is_given_to_pyvi_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    given_at_once: list[int] = []
    labels = words._labels

    def counted(shown: list[str]) -> object:
        given_at_once.append(len(shown))
        return labels(shown)

    monkeypatch.setattr(words, "_labels", counted)
    paragraph = " ".join(["cấp ủy xã"] * 4_000)
    assert "_".join(analyzer.words(paragraph)).split("_") == texts(paragraph)
    assert given_at_once == [5_000, 5_000, 2_000]


def test_a_word_is_never_longer_than_a_token_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_labels", lambda shown: ["I_W"] * len(shown))
    found = analyzer.words("nghiêng " * 500)
    assert "_".join(found).split("_") == ["nghiêng"] * 500
    assert max(map(len, found)) <= TOKEN_CAP


def test_eight_threads_get_the_same_words() -> None:
    some = paragraphs()[:40]
    alone = [analyzer.words(paragraph) for paragraph in some]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: [analyzer.words(paragraph) for paragraph in some], range(8))) == [alone] * 8


def test_pyvi_is_pinned_and_named_in_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert version("pyvi") == words.PYVI
    assert ANALYZER_VERSION.endswith(f".pyvi{words.PYVI}")
    assert "-" not in ANALYZER_VERSION  # the name of a generation joins its parts by it
    monkeypatch.setattr(words, "PYVI", "0.0.9")
    with pytest.raises(RuntimeError, match=r"install pyvi==0\.0\.9"):
        words._load.__wrapped__()


def test_nothing_heavy_is_imported_before_words_are_asked_for() -> None:
    program = """
import sys
import analyzers
from analyzers.synonyms import expand
found = analyzers.Analyzer()
found.query("Uỷ ban 35-CT/TW"), found.phrase("Tỉnh ủy"), found.words("khong dau"), expand("PCT UBND")
print([name for name in ("pyvi", "numpy", "scipy", "sklearn", "sklearn_crfsuite") if name in sys.modules])
found.words("Tỉnh ủy")
print("pyvi" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, ["[]", "True"], "")
