"""Numbers of cited documents: their canonical form, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean import clean
from indexer.extract.documents import canonical, documents
from indexer.models import CleanArticle, Part, RawArticle

CORPUS = Path(__file__).parents[2] / "corpus"


def cite(text: str) -> tuple[str, ...]:
    """Documents cited in one paragraph; each slice of the evidence has the value as its canonical form."""
    article = CleanArticle(RawArticle("x", text, "utf-8", ""), (Part("body", text, 0, len(text)),))
    values, evidence = documents(article)
    assert [(e.field, e.value, e.part, e.rule) for e in evidence] == [("documents", value, "body", "number") for value in values]
    assert [canonical(text[e.start : e.end]) for e in evidence] == list(values)
    return values


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("23-NQ/TU", "23-NQ/TU"), ("23 - NQ / TU", "23-NQ/TU"), ("số 23–NQ/TU", "23-NQ/TU"), ("23 NQ/TU", "23-NQ/TU"), ("35-ct/tw", "35-CT/TW"),
        ("35-СТ/ТW", "35-CT/TW"), ("05-NQ/TƯ", "05-NQ/TW"), ("5-NQ/TW", "05-NQ/TW"), ("01-HD/BTCTW", "01-HD/BTCTW"), ("537-TB/TU", "537-TB/TU"),
        ("178/2024/NĐ-CP", "178/2024/NĐ-CP"), ("178/2024/NÐ-CP", "178/2024/NĐ-CP"), ("178/2024/ND-CP", "178/2024/NĐ-CP"), ("78/2013/NĐCP", "78/2013/NĐ-CP"),
        ("72/2025/QH15", "72/2025/QH15"), ("72/2025/qh15", "72/2025/QH15"), ("1210/2016/UBTVQH13", "1210/2016/UBTVQH13"), ("12/2020/TT-BTC", "12/2020/TT-BTC"),
        ("05/2016/TTLT-BGDĐT-BNV", "05/2016/TTLT-BGDĐT-BNV"), ("1/2020/NQ-HĐND", "01/2020/NQ-HĐND"), ("1234/QĐ-UBND", "1234/QĐ-UBND"),
        ("1234/qd-ubnd", "1234/QĐ-UBND"),
        ("05/CT-TTg", "05/CT-TTg"), ("245/TB-VPCP", "245/TB-VPCP"), ("388/NQ-UBTVQH16", "388/NQ-UBTVQH16"), ("1866/UBND-KTN", "1866/UBND-KTN"),
        ("01/KH-BCĐ197", "01/KH-BCĐ197"), ("749/QĐTTg", "749/QĐ-TTg"), ("80/2021/TT/BTC", "80/2021/TT-BTC"), ("45/2019/QĐ.UBND", "45/2019/QĐ-UBND"),
        ("1089-QĐNS/TW", "1089-QĐNS/TW"), ("403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN"),
        ("301/BGDĐT-GDMN", "301/BGDĐT-GDMN"), ("36a/NQ-CP", "36a/NQ-CP"), ("19-2017/NQ-CP", "19-2017/NQ-CP"), ("19 - 2017/NQ-CP", "19-2017/NQ-CP"),
    ],
)  # fmt: skip
def test_canonical(typed: str, expected: str) -> None:
    assert canonical(typed) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "26/88", "18/3/2026", "2020-2025", "24,4%", "99/GP-TTĐT", "12/2020/Anh", "23-NQ/TU và", "Nghị quyết", "09 Lê Duẩn", "0262.859.9699", "23-NQ",
        "1/2/2020/NĐ-CP", "số",
    ],
)  # fmt: skip
def test_no_document(text: str) -> None:
    assert canonical(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị; Chỉ thị 35-CT/TW", ("35-CT/TW",)),
        ("Nghị quyết số 23-NQ/TU ngày 16/12/2021 (Nghị quyết số 23-NQ/TU).", ("23-NQ/TU",)),
        ("Nghị định 78/2013/NĐCP, Luật số 72/2025/QH15 và Quyết định số 1234/QĐ-UBND.", ("78/2013/NĐ-CP", "72/2025/QH15", "1234/QĐ-UBND")),
        ("Giấy phép số 99/GP-TTĐT cấp ngày 14/05/2010; 26/88 xã; 21.000/46.290 triệu; Chỉ thị số 44, 47, 48 và Kết luận số 904", ()),
        ("đạt 31/31 tổ chức, nhiệm kỳ 2020-2025, tăng 6-7%, QL27/TL8, 100 CT/TW", ("100-CT/TW",)),
        ("trước khi có Nghị định 59/2011, và Nghị định số 9/2012/NĐ-CP", ("59/2011/NĐ-CP", "09/2012/NĐ-CP")),
        ("Nghị định 67 năm 2014, ngày 7/2014, Thông tư 12/2015, Nghị quyết 36a/NQ-CP, 19-2017/NQ-CP", ("36a/NQ-CP", "19-2017/NQ-CP")),
        ("công văn số 561/QLCT-P5, Công văn số 133/CN-VP, văn bản số 763/UBND.TNMT", ("561/QLCT-P5", "133/CN-VP", "763/UBND.TNMT")),
        ("đóng theo nghị định 67/CP, Nghị quyết số58/NQ-CP, số 561/QLCT-P5, căn hộ 67/CP", ("67/CP", "58/NQ-CP")),
        ("công văn khẩn số 730/KCB-NV, Điện số 499/ĐK, văn bản số 834/SGTVT, Quyết định số 32/C46", ("730/KCB-NV", "499/ĐK", "834/SGTVT", "32/C46")),
        ("Quyết định số 718/2004/QĐUB, Quyết định 724/QĐUB, quyết định số 10/2016 QĐ-UBND", ("718/2004/QĐUB", "724/QĐUB", "10/2016/QĐ-UBND")),
        ("theo NĐ-67/CP, Nghị định số 28-CP, Nghị quyết 16/2008/CP, công văn 2520/UBND/GPMB", ("67/NĐ-CP", "28-CP", "16/2008/CP", "2520/UBND-GPMB")),
        ("công suất 28-CP, tỷ lệ 730/KCB, 499/ĐK, sân 16/2008/CP, lô B5-CT2, công văn khẩn số 5, điện 10/SX, năm 10/2016 Quyết định", ()),
        ("Nghị định số 204/2004/NĐ-CPngày 14/12, Nghị định 108/2014/CP của Chính phủ", ("204/2004/NĐ-CP", "108/2014/NĐ-CP")),
        ("Thông tư liên tịch số 05/2013/TTLT-BCA-BQP-BYT-TANDTC-VKSNDTC", ("05/2013/TTLT-BCA-BQP-BYT-TANDTC-VKSNDTC",)),
        ("Thông tư 15/2015 của Bộ Tư pháp, Thông tư số 7/2007 của Bộ Y tế, Thông tư 8/2007 của bộ", ("15/2015/TT-BTP", "07/2007/TT-BYT")),
        ("Nghị quyết số 109/2013 của Quốc hội; nghị quyết 42/2017 của Quốc hội", ("109/2013/QH13", "42/2017/QH14")),
        ("Nghị quyết 9/2016 của Quốc hội, Nghị quyết 35/2016 của Bộ Y tế, Thông tư 9/2015 của Quốc hội", ()),
        ("cấp (số 135/GP-UBND ngày 20/3), giấy phép xây dựng số 95/GPXD, 235/GP - SXD, 99/GP-BC", ("135/GP-UBND", "95/GPXD", "235/GP-SXD")),
        ("Báo cáo số 250/BC-TCTTTg, văn bản số 322/BGDĐT-GDTrH, 58/2016/QĐ-Ttg", ("250/BC-TCTTTg", "322/BGDĐT-GDTrH", "58/2016/QĐ-TTg")),
        ("theo Quyết định 309 QĐ-TTg; Nghị quyết số 57-NQ/T.Ư, 11-NQ/Th.U", ("309/QĐ-TTg", "57-NQ/TW", "11-NQ/Th.U")),
        ("Phương án số 15/PA-UBND, Chương trình phối hợp 05/CTPH-MTTQ; 309 NQ, 12 CT-SX", ("15/PA-UBND", "05/CTPH-MTTQ")),
        ("quyết định số 1099 /qđ-ubnd, nghị định 178/2024/nđ-cp, kế hoạch 12/kh-ubnd - ban", ("1099/QĐ-UBND", "178/2024/NĐ-CP", "12/KH-UBND")),
        ("tỷ lệ 12/xã-phường, quyết định số 12/xã-phường, 1099/qđ-ubnd", ()),
        ("biển số 43A-123.45, thửa 12/TĐ-3, phòng 301/A-B", ()),
    ],
)
def test_cited(text: str, expected: tuple[str, ...]) -> None:
    assert cite(text) == expected


@pytest.mark.parametrize(("number", "expected"), [("000", ()), ("001", ("35-CT/TW",)), ("002", ()), ("003", ("23-NQ/TU",)), ("004", ())])
def test_the_five_reports(number: str, expected: tuple[str, ...]) -> None:
    path = next(CORPUS.glob(f"{number}_*.txt"))
    assert documents(clean(RawArticle(number, path.read_text("utf-8"), "utf-8", "")))[0] == expected


KINDS = st.sampled_from(["NQ", "CT", "QĐ", "KH", "KL", "TB", "BC", "HD"])
SPACE = st.sampled_from(["", " "])
DASH = st.sampled_from(["-", "–", "—"])


@given(st.integers(1, 9999), KINDS, st.sampled_from(["TW", "TU", "HU", "ĐU"]), SPACE, DASH, st.booleans())
def test_however_typed(number: int, kind: str, body: str, space: str, dash: str, lower: bool) -> None:
    typed = f"{number:02}{space}{dash}{space}{kind}{space}/{space}{body}"
    expected = f"{number:02}-{kind}/{body}"
    assert canonical(typed.lower() if lower else typed) == expected
    assert cite(f"theo {typed}, ngày 2/3") == (expected,)


@given(st.text(alphabet="0123456789/-–NQĐCTPUBD ƯtgH.,số", max_size=80))
def test_any_text(text: str) -> None:
    value = canonical(text)
    assert value is None or canonical(value) == value
    cite(text)
