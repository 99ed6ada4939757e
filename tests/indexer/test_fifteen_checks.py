"""The fifteen checks of the analysis chain (study/analysis.md), on both engines; what is tested elsewhere is named, not done twice.

1 Unicode, 2 legacy encodings, 3 tone placement, 4 i and y, 5 look-alikes of đ, 6 no accents (also test_ranking.py; nDCG: tests/relevance/passages.py),
7 case (also tests/analyzers/test_pipeline.py), 8 self-retrieval (test_retrieval.py; 1,000 spans of real articles: make soak), 9 domain terms,
10 names, 11 glue, 12 codes and numbers, 13 no stop words, 14 ranking and parity (tests/relevance/test_known_items.py, tests/contract), 15 speed,
safety and offsets (tests/analyzers/test_linear.py and test_words.py; highlights: test_retrieval.py).
"""

from __future__ import annotations

import unicodedata

import pytest

from analyzers import Analyzer
from api.query import parse
from indexer.build import build
from indexer.decode import decode
from indexer.engine.contract import Engine
from indexer.query import SearchQuery
from indexer.search import search
from tests.analyzers.reports import CASES, paragraphs
from tests.analyzers.test_pipeline import TERMS, plain
from tests.conftest import MakeEngine
from tests.indexer.extracting import windows_1258
from tests.indexer.reports import stored

# Texts beside the paragraphs of the five reports.
TEXTS = {
    "decomposed": unicodedata.normalize("NFD", "Xã Yên Đổng họp Đảng ủy."),
    "invisible": "Tỉnh\u200bủy\u00a0Nghĩa\u00adLộ\ufeff bàn việc",
    "moved": "qúy cuả gìa vịêt hòan tụynh loà uý khoẻ thuỷ hoà",
    "placed": "quý của già việt hoàn tuỵnh lòa úy khỏe thủy hòa",
    "with_i": "kĩ sư, lí do, học kì, tỉ lệ, quí khách, nước Mĩ, bác sĩ, hi vọng",
    "with_y": "kỹ sư, lý do, học kỳ, tỷ lệ, quý khách, nước Mỹ, bác sỹ, hy vọng",
    "hay": "hay tay thúy", "hai": "hai tai thúi",
    "icelandic": "sông Ðà và suối ðá", "african": "Ɖại hội ɖất nước",
    "road": "con đường", "sun": "con dương", "still": "con đương",
    "glued": "Hội nghị.Tại điểm cầu; bà NguyệtPhó trưởng đoàn; P.Buôn Hồ; Tp.Buôn Trấp; đạt 8.735ha",
    "addresses": "xem laichau.gov.vn, thư banbientap@laichau.gov.vn, OCOP, PublishingPortal",
    "codes": "Chỉ thị số 77-CT/TW ngày 08/03/2026 về 729.082 dân ở Ea T’bin, KT - XH",
    "long": "phát triển kinh tế - xã hội",
}  # fmt: skip

FOUND: list[tuple[int, list[str], set[str]]] = [
    (1, ["Yên Đổng", unicodedata.normalize("NFD", "Yên Đổng"), "yen dong", '"Yên Đổng họp"'], {"decomposed"}),
    (1, ['"Tỉnh ủy Nghĩa Lộ"', "Tỉnh\u200bủy Nghĩa\u00a0Lộ", '"tỉnh uỷ ng\u00adhĩa lộ"'], {"invisible"}),
    (3, ['"qúy cuả"', '"gìa vịêt"', '"hòan tụynh"', '"quý của"', '"già việt"', '"hoàn tuỵnh"'], {"moved", "placed"}),
    (3, ['"lòa uý"', '"loà úy"', '"LÒA UÝ"'], {"moved", "placed"}),
    (3, ['"khỏe thủy hòa"', '"khoẻ thuỷ hoà"', '"khoẻ thủy hoà"'], {"moved", "placed"}),
    (4, [f'"{phrase}"' for phrase in (TEXTS["with_i"] + ", " + TEXTS["with_y"]).split(", ") if phrase not in ("học kì", "học kỳ")], {"with_i", "with_y"}),
    (4, ['"học kì"', '"học kỳ"', "hoc ky", "hoc ki"], {"with_i", "with_y"}),
    (4, ["hay tay", '"thúy"'], {"hay"}),
    (4, ["hai tai", '"thúi"'], {"hai"}),
    (5, ["sông Đà", '"suối đá"', "suoi da", "SÔNG ÐÀ"], {"icelandic"}),
    (5, ['"đại hội đất nước"', "dai hoi dat nuoc"], {"african"}),
    (6, ["con duong", "con đường", "con dương"], {"road", "sun", "still"}),
    (6, ['"con đường"'], {"road"}),
    (11, ["tại điểm cầu NguyệtPhó", '"Phó trưởng đoàn" "Buôn Hồ"', '"Buôn Trấp"', "8.735 ha", "8735ha"], {"glued"}),
    (11, ["laichau.gov.vn", "banbientap@laichau.gov.vn", "PublishingPortal laichau", "publishingportal ocop gov"], {"addresses"}),
    (12, ["77-CT/TW", "77 CT/TW", "77-ct/tw", '"77-CT/TW"', "Chỉ thị 77", '"chỉ thị số 77"'], {"codes"}),
    (12, ["08/03/2026 729.082", "8/3/2026 729082", '"729.082 dân"', "Ea T'bin", "ea t’bin", "ea tbin"], {"codes"}),
    (12, ["KT-XH Ea T'bin", "kinh tế - xã hội T'bin", "KT - XH T'bin"], {"codes"}),
]  # fmt: skip


@pytest.fixture(scope="module", params=["embedded", "elastic"])
def world(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Engine:
    """Every paragraph of the five reports and every text above as a report of its own."""
    engine: Engine = make_engine(request.param)
    analyzer = Analyzer()
    texts = {f"p{number:03}": text for number, text in enumerate(paragraphs())} | TEXTS
    with engine.writer() as writer:
        assert writer.put([build(stored(name, text), analyzer) for name, text in texts.items()]) == []
        writer.publish()
    return engine


def ids(engine: Engine, text: str) -> set[str]:
    results = search(engine, SearchQuery(tree=parse(text), text=text, limit=200, highlight=False))
    return {hit.id for hit in results.hits if not hit.relaxed}


def holding(text: str) -> set[str]:
    """Paragraphs whose words stand there one after the other, read without our analyzer."""
    return {f"p{number:03}" for number, paragraph in enumerate(paragraphs()) if plain(text) in plain(paragraph)}


@pytest.mark.parametrize(("number", "queries", "found"), FOUND, ids=[f"{number} {queries[0]}" for number, queries, _ in FOUND])
def test_checks_by_example(world: Engine, number: int, queries: list[str], found: set[str]) -> None:
    assert {query: ids(world, query) & TEXTS.keys() for query in queries} == dict.fromkeys(queries, found), f"check {number}"


def test_check_2_legacy_bytes_are_read_as_told() -> None:
    """Told, never guessed: a report that is already Unicode is never changed (all three encodings: test_legacy.py)."""
    text = "Cộng hòa xã hội chủ nghĩa Việt Nam, tỉnh Đắk Lắk"
    wanted = [t.text for t in Analyzer().syllables(text)]
    told = {
        "windows-1258": windows_1258(text),
        "tcvn3": "Céng hoµ x· héi chñ nghÜa ViÖt Nam, tØnh §¾k L¾k".encode("cp1252"),
        "vni": "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, tænh Ñaék Laék".encode("cp1252"),
    }
    for encoding, data in told.items():
        assert [t.text for t in Analyzer().syllables(decode(data, encoding)[0])] == wanted
    for name in (None, "tcvn3", "vni"):
        assert all(decode(paragraph.encode(), name)[0] == paragraph for paragraph in paragraphs())


def test_check_5_and_7_three_spellings_in_four_cases_find_the_paragraphs_of_dak_lak(world: Engine) -> None:
    wanted = holding("đắk lắk")
    assert len(wanted) == 10
    for typed in ("Ðắk Lắk", "dak lak", "ĐẮK LẮK", "đắk lắk", "Dak Lak"):
        for change in CASES.values():
            assert {name for name in ids(world, f'"{change(typed)}"') if name.startswith("p")} == wanted


def test_check_9_every_term_finds_every_paragraph_that_holds_it(world: Engine) -> None:
    wanted = {term: holding(term) for term in TERMS}
    lost = {term: wanted[term] - ids(world, quotes % term) for term in TERMS for quotes in ("%s", '"%s"')}
    assert not any(lost.values()), {term: names for term, names in lost.items() if names}
    assert (len(wanted) >= 113, min(map(len, wanted.values())) > 0, sum(map(len, wanted.values())) >= 637) == (True, True, True)


def test_check_10_names_in_any_writing_find_each_mention_and_quoted_only_adjacent_ones(world: Engine) -> None:
    wanted = holding("cao thị hòa an")
    assert wanted
    for typed in ("cao thị hòa an", "CAO THỊ HOÀ AN", "cao thi hoa an", '"Cao Thị Hòa An"', '"cao thi hoa an"'):
        assert ids(world, typed) == wanted
    assert ids(world, '"cao thị an"') == set()


def test_check_13_no_word_is_left_out(world: Engine) -> None:
    for phrase in ("Cao Bằng", "nhà nước", "bộ chính trị", "cơ sở", "quý I", "tăng giảm"):
        assert {name for name in ids(world, f'"{phrase}"') if name.startswith("p")} == holding(phrase)
        assert [unit.variants[0].tokens for unit in Analyzer().query(phrase)] == [(word,) for word in phrase.lower().split()]
