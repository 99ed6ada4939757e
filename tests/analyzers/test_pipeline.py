"""The analyzer as a whole, on the five reports: what users type finds what reports say."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import ANALYZER_VERSION, FieldTokens
from analyzers.fold import fold
from tests.analyzers.reports import CASES, accented, analyzer, folded, folded_sets, paragraphs, quoted_finds, texts, unquoted_finds
from tests.analyzers.test_normalize import anything

GOLDEN = Path(__file__).parent / "golden.tsv"

# Terms of the field, as a user types them.
TERMS = [
    " ".join(term.split())
    for term in """
cấp ủy; ban chấp hành; ban thường vụ; ban thường vụ tỉnh ủy; bí thư; bí thư tỉnh ủy; phó bí thư; phó bí thư thường trực; bí thư đảng ủy; bí thư huyện
ủy; chủ tịch; phó chủ tịch; chủ tịch ubnd tỉnh; chủ tịch hđnd; ủy viên; ủy viên trung ương đảng; cấp ủy viên; thường trực tỉnh ủy; thường trực; tỉnh
ủy; huyện ủy; huyện ủy lắk; đảng ủy; đảng bộ; đảng bộ tỉnh; đảng viên; chi bộ; tổ chức cơ sở đảng; người đứng đầu; trưởng đoàn; đoàn đại biểu quốc
hội; hội đồng nhân dân; nhân dân; mặt trận tổ quốc; trung ương; bộ chính trị; nghị quyết; nghị quyết đại hội; chỉ thị; kết luận; quyết định; ban hành;
xây dựng đảng; hệ thống chính trị; chính trị; an ninh chính trị; an ninh; quốc phòng; trật tự an toàn xã hội; đại hội đảng; đại hội; nhiệm kỳ; hội
nghị; giao ban; kế hoạch; chỉ tiêu; mục tiêu; tăng trưởng; tổng sản phẩm; sản phẩm; diện tích; kim ngạch xuất khẩu; kim ngạch; thu ngân sách; ngân
sách; ngân sách nhà nước; nhà nước; dự toán; vốn đầu tư công; đầu tư công; đầu tư; giải ngân; công nghiệp; tiểu thủ công nghiệp; giá trị sản xuất; sản
xuất; nông nghiệp; nông thôn mới; nông thôn; thủy sản; du lịch; xuất khẩu; giáo dục; y tế; văn hóa; xã hội; an sinh xã hội; hộ nghèo; dân tộc thiểu
số; bảo hiểm; chuyển đổi số; cải cách hành chính; hành chính; cơ sở; kết quả; hiệu quả; thực hiện; triển khai; lãnh đạo; chỉ đạo; tập trung; cụ thể
hóa; quý i; cùng kỳ; 6 tháng đầu năm; tết nguyên đán; dịch bệnh; covid-19; bầu cử; điểm nghẽn; đắk lắk; krông ana; buôn ma thuột; xã bình hiệp; huyện
lắk; hồ chí minh; cao thị hòa an; hoàng duy chinh; phạm anh tuấn; chương trình mục tiêu quốc gia; khó khăn; vướng mắc
""".split(";")
]


VARIANTS = {"uỷ": "ủy", "hoá": "hóa", "kì": "kỳ", "tỉ": "tỷ", "lí": "lý"}  # spellings that the reports mix


def plain(text: str) -> str:
    """The reference reading, independent of the analyzer: NFC, lower case, the few variants that the reports hold, words with one space between."""
    words = re.findall(r"[^\W\d_]+|[0-9]+", unicodedata.normalize("NFC", text).lower())
    return f" {' '.join(VARIANTS.get(word, word) for word in words)} "


@pytest.mark.parametrize("term", TERMS)
def test_a_term_finds_every_paragraph_that_holds_it(term: str) -> None:
    holding = [paragraph for paragraph in paragraphs() if plain(term) in plain(paragraph)]
    assert holding, "a term that no report holds tests nothing"
    for typed in (term, term.upper(), term.title(), unicodedata.normalize("NFD", term), fold(term)):
        assert [paragraph for paragraph in holding if not quoted_finds(typed, paragraph)] == []
        assert [paragraph for paragraph in holding if not unquoted_finds(typed, paragraph)] == []


def test_the_terms_are_many() -> None:
    assert len(set(TERMS)) == len(TERMS) >= 113
    assert sum(plain(term) in plain(paragraph) for term in TERMS for paragraph in paragraphs()) > 600


def test_a_quoted_term_with_marks_finds_nothing_that_has_only_other_marks() -> None:
    for typed, other in [("đường", "dương"), ("đường", "đương"), ("cấp ủy", "cap uy"), ("tính", "tỉnh"), ("bí thư", "bị thu")]:
        assert quoted_finds(typed, typed)
        assert not quoted_finds(typed, other)
        assert quoted_finds(fold(typed), other)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("cao thị hòa an", "Cao Thị Hòa An"),
        ("CAO THỊ HOÀ AN", "Cao Thị Hòa An"),
        ("cao thi hoa an", "Cao Thị Hòa An"),
        ("đắk lắk", "Đắk Lắk"),
        ("Ðắk Lắk", "Đắk Lắk"),
        ("dak lak", "Đắk Lắk"),
        ("cùng kỳ năm 2019", "cùng kì năm 2019"),
        ("tại điểm cầu", "Tại điểm cầu"),
        ("phó trưởng đoàn phụ trách", "Phó trưởng đoàn phụ trách"),
        ("35-ct/tw", "35-CT/TW"),
        ("35 CT/TW", "35-CT/TW"),
        ("chỉ thị số 35", "Chỉ thị số 35"),
        ("129082 ha", "129.082 ha"),
        ("18/3/2026", "18/03/2026"),
        ("30/05/2019", "30/5/2019"),
        ("kt-xh", "KT - XH"),
        ("ocop", "OCOP"),
        ("publishingportal", "PublishingPortal"),
        ("ea r'bin", "Ea R"),
    ],
)
def test_what_is_typed_finds_what_is_written(typed: str, words: str) -> None:
    """Every paragraph whose text holds `words` is found, unquoted and quoted; there is at least one."""
    holding = [paragraph for paragraph in paragraphs() if words.lower() in unicodedata.normalize("NFC", paragraph).lower()]
    assert holding
    for paragraph in holding:
        assert quoted_finds(typed, paragraph)
        assert unquoted_finds(typed, paragraph)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Buôn Ma Thuột", "tại P.Buôn Ma Thuột"),
        ("6.735 ha", "đạt 6.735ha"),
        ("6735 ha", "đạt 6.735ha"),
        ("tại điểm cầu", "Hội nghị.Tại điểm cầu"),
        ("Phó trưởng đoàn", "NguyệtPhó trưởng đoàn"),
        ("daklak.gov.vn", "xem https://daklak.gov.vn/tin"),
        ("banbientap@daklak.gov.vn", "thư: banbientap@daklak.gov.vn."),
        ("R’bin", "Ea R'bin"),
        ("kinh tế - xã hội", "phát triển kinh tế, xã hội"),
        ("Tỉnh ủy", "Tỉnh\u200bủy"),
        ("m2", "120 m²"),
    ],
)
def test_glue_codes_and_addresses_stay_findable(typed: str, written: str) -> None:
    assert quoted_finds(typed, written)
    assert unquoted_finds(typed, written)


@pytest.mark.parametrize("phrase", ["Cao Bằng", "nhà nước", "bộ chính trị", "cơ sở", "quý I", "tăng giảm", "của và các những"])
def test_no_word_is_a_stop_word(phrase: str) -> None:
    assert texts(phrase) == phrase.lower().split()
    assert [unit.variants[0].tokens for unit in analyzer.query(phrase)] == [(word,) for word in phrase.lower().split()]


@pytest.mark.parametrize("query", ["24,4%", "26/88 xã", "95,33%", "50,6 nghìn tỷ"])
def test_shares_and_fractions_are_no_dates(query: str) -> None:
    assert {variant.kind for unit in analyzer.query(query) for variant in unit.variants} == {"typed"}


def test_a_document_has_fields_with_a_border_before_each_paragraph() -> None:
    assert analyzer.document(["Thường trực Huyện uỷ. Họp. Xong", "…", "", "Dak Lak 2026"]) == FieldTokens(
        syllables="¶ thường trực huyện ủy họp xong ¶ dak lak 2026",
        words="¶ thường_trực huyện_ủy họp xong ¶",
        folded="¶ thuong truc huyen uy hop xong ¶ dak lak 2026",
        sentences="¶ [ - - ] . . ¶ [ - ]",
    )
    assert analyzer.document([]) == analyzer.document(["", "!"]) == FieldTokens("¶", "¶", "¶", "¶")


@given(st.lists(anything, max_size=4))
@settings(max_examples=150)
def test_the_fields_of_any_document_fit_together(texts_given: list[str]) -> None:
    fields = analyzer.document(texts_given)
    assert len(fields.syllables.split()) == len(fields.folded.split()) == len(fields.sentences.split())
    for field in fields:
        assert field.split()[0] == "¶"
        assert field.split() == field.split(" ")
        assert field.count("¶") == max(1, sum(bool(analyzer.syllables(text)) for text in texts_given))


def test_documents_and_queries_are_read_alike() -> None:
    """The tokens of a paragraph are those of the query of the same text, in any of the cases and forms."""
    for paragraph in paragraphs():
        assert [word for unit in analyzer.query(paragraph) for word in unit.variants[0].tokens] == accented(paragraph).split()
        assert analyzer.phrase(paragraph)[0].folded == tuple(folded(paragraph).split())
        forms = {unicodedata.normalize(form, change(paragraph)) for form in ("NFC", "NFD") for change in (str.lower, str.upper)}
        assert len({tuple(texts(form)) for form in forms}) == 1


def test_case_changes_no_set_of_a_query_of_the_reports() -> None:
    for paragraph in paragraphs():
        for piece in paragraph.split("; ")[:3]:
            sets = [folded_sets(change(piece)) for change in CASES.values()]
            if "glued" not in {variant.kind for unit in analyzer.query(piece) for variant in unit.variants}:
                assert sets == [sets[0]] * len(sets)


@pytest.mark.parametrize(
    ("sentence", "syllables", "words"),
    [line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")],
    ids=lambda cell: cell[:20],
)
def test_golden(sentence: str, syllables: str, words: str) -> None:
    assert any(sentence in paragraph for paragraph in paragraphs())
    assert " ".join(texts(sentence)) == syllables
    assert " ".join(analyzer.words(sentence)) == words


def test_the_version_names_us_and_pyvi() -> None:
    assert re.fullmatch(r"\d+\.pyvi[\d.]+", ANALYZER_VERSION)
