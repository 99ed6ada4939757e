"""One spelling for each syllable."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.fold import fold, has_marks, key
from analyzers.spelling import canonical, is_syllable, modern, splits, strip_marks, unglue
from tests.analyzers.reports import paragraphs, texts

TONE_PAIRS = """hòa hoà;thủy thuỷ;Ủy Uỷ;khỏe khoẻ;úy uý;lòa loà;họa hoạ;xòe xoè;hủy huỷ;thúy thuý;lũy luỹ;tòa toà;hóa hoá;ngòe ngoè;túy tuý;quý qúy;của cuả;
già gìa;việt vịêt;tuỵnh tụynh;hoàn hòan;quá qúa;khuỷu khủyu;người ngừơi;giếng gíêng;quyết quýêt;ngoài ngòai;mía miá;tuần tùân"""
SAME_I_AND_Y = "kỹ kĩ;lý lí;kỳ kì;tỷ tỉ;quý quí;Mỹ Mĩ;sỹ sĩ;hy hi;quỹ quĩ;ký kí;lỵ lị"
APART = "hai hay;tai tay;thúi thúy;quý của;toàn toán;vy vi;ngày ngài;tỷ ty;đường dương;đường đương;cấp cập;ý í;quay quai;chú chư"


@pytest.mark.parametrize("pair", [pair.split() for pair in (TONE_PAIRS + ";" + SAME_I_AND_Y).replace("\n", "").split(";")], ids=" ".join)
def test_two_spellings_of_one_syllable(pair: list[str]) -> None:
    one, other = pair
    assert canonical(one) == canonical(other)
    assert canonical(one.upper()) == canonical(other.title()) == canonical(one)


@pytest.mark.parametrize("pair", [pair.split() for pair in APART.split(";")], ids=" ".join)
def test_syllables_that_stay_apart(pair: list[str]) -> None:
    assert canonical(pair[0]) != canonical(pair[1])


@pytest.mark.parametrize("syllable", "quý của toàn hòa thủy ủy thuở giữa gì gìn giết nghiêng khuya quốc quyển xoong đắk lắk êban".split())
def test_the_canonical_form_itself_stays(syllable: str) -> None:
    assert canonical(syllable) == syllable


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("ủy", "uỷ"), ("khỏe", "khoẻ"), ("quý", "quý"), ("toàn", "toàn"), ("của", "của"), ("krông", "krông")]
)
def test_the_dictionary_of_pyvi_puts_the_tone_elsewhere(old: str, new: str) -> None:
    assert modern(old) == new
    assert canonical(new) == old


@pytest.mark.parametrize("word", ["Krông", "Mliêng", "Ngoïc", "café", "naïve", "Müller", "résumé", "Привет", "日本"])
def test_what_is_no_syllable_is_only_put_into_lower_case(word: str) -> None:
    assert canonical(word) == word.casefold()


def test_every_syllable_of_the_reports_is_one_but_for_names_and_abbreviations() -> None:
    letters = [text for paragraph in paragraphs() for text in texts(paragraph) if text.isalpha()]
    assert sum(is_syllable(text) for text in letters) / len(letters) > 0.97


# What a tone can stand on: each letter with a shape, each rime, so that every path of the grammar is drawn.
syllables = st.builds(
    lambda onset, rime, tone, at: onset + rime[: at % len(rime) + 1] + tone + rime[at % len(rime) + 1 :],
    st.sampled_from(["", "h", "th", "qu", "gi", "ngh", "kh", "m", "s", "đ", "k", "kr"]),
    st.sampled_from("a oa oe uy oan uyên iê ươ ưa ia ua uôi ai ay y i oai uya yêu ông oong eo".split()),
    st.sampled_from(["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323", "\u0308"]),
    st.integers(0, 5),
)


@given(syllables | st.text(max_size=12))
@settings(max_examples=500)
def test_folding_and_spelling_commute(text: str) -> None:
    """What is typed without marks meets what is written with them."""
    assert strip_marks(canonical(text)) == strip_marks(canonical(strip_marks(text.casefold())))


@given(st.lists(syllables | st.text(max_size=12), max_size=6).map(" ".join))
@settings(max_examples=500)
def test_keys_are_their_own_keys(text: str) -> None:
    assert key(key(text)) == key(text)
    assert fold(key(text)) == fold(text)
    assert not has_marks(fold(text)) or not fold(text).isascii()


def test_keys() -> None:
    assert key("  CAO  Thị HOÀ An,") == "cao thị hòa an"
    assert fold("Đắk Lắk – 35-CT/TW") == "dak lak 35 ct tw"
    assert key("Mĩ thuật và kĩ thuật") == "mỹ thuật và kỹ thuật"
    assert [has_marks(text) for text in ("dak lak", "Đak", "lăk", "24,5%", "", "é", "\u0301")] == [False, True, True, False, False, True, False]


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("NguyệtPhó", "nguyệt phó"),
        ("NguyetPho", "nguyet pho"),
        ("caoẤn", "cao ấn"),
        ("phủNGUYỄN", "phủ nguyễn"),
        ("TuMơRông", "tu mơ rông"),
        ("ViệtNam", "việt nam"),
        ("PublishingPortal", "publishingportal"),
        ("OCOP", "ocop"),
        ("iPhone", "iphone"),
        ("eTax", "etax"),
        ("YouTube", "youtube"),
        ("VnExpress", "vnexpress"),
        ("HoSE", "hose"),
        ("ToAn", "toan"),
        ("UBNDtỉnh", "ubndtỉnh"),
        ("Tỉnh\u200bủy", "tỉnh ủy"),
        ("H\u200boa Kỳ", "hoa kỳ"),
        ("You\u200bTube", "youtube"),
        ("T\u200bỉ\u200bnh", "tỉnh"),
        ("\u200bKỷ luật\u200b", "kỷ luật"),
    ],
)
def test_glued_runs(run: str, pieces: str) -> None:
    assert texts(run) == pieces.split()


def test_a_run_parted_by_case_is_parted_in_the_same_places_without_it() -> None:
    starts = ["nguyệt", "hội", "cao", "phủ", "viêt", "an", "thi", "quý", "yên"]
    for left, right in itertools.product(starts, starts):
        glued = left.title() + right.title()
        assert (canonical(left), canonical(right)) in splits(glued) or not unglue(glued)


def test_splits_are_few_and_short_first() -> None:
    assert splits("hanoi")[0] == ("ha", "noi")
    assert splits("toan") == splits("data") == splits("krông") == splits("a" * 29) == ()
    many = splits("nguyenvananhoa")
    assert 0 < len(many) <= 12
    assert [len(way) for way in many] == sorted(len(way) for way in many)
    assert all("".join(way) == "nguyenvananhoa" for way in many)
