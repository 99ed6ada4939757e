"""Names of officials: of other states, in several spellings, of ethnic minorities, and what looks like a name and is none."""

from __future__ import annotations

import pytest

from indexer.extract.officials import officials
from indexer.gazetteer.load import table
from tests.indexer.extracting import sentence

CASES = [
    # office holders abroad, whom no post need stand beside
    ("việc ông Donald Trump lên nắm quyền", {"Donald Trump": []}),
    ("Nhân dịp bà Theresa May được bầu lại", {"Theresa May": []}),
    ("ông Dương Khiết Trì ghé New York", {"Dương Khiết Trì": []}),
    ("ông Donald Trump Jr nói", {}),
    ("thay vì bà Hillary Clinton", {}),
    ("cựu Ngoại trưởng Hillary Clinton nói", {"Hillary Clinton": ["cựu Ngoại trưởng"]}),
    # ... whom a counterpart's words or a post behind the name tell
    ("Ngoại trưởng Vương Nghị và người đồng cấp Úc Julia Bishop", {"Vương Nghị": ["Ngoại trưởng"], "Julia Bishop": []}),
    ("Tổng thống Mỹ điện đàm với lãnh đạo Đài Loan Trần Văn Thủy", {"Trần Văn Thủy": ["lãnh đạo Đài Loan"]}),
    ("sau khi nhà lãnh đạo Nga Dmitry Ivanov tới", {"Dmitry Ivanov": ["nhà lãnh đạo Nga"]}),
    ("Hôm qua Donald Trump nói", {"Donald Trump": []}),
    ("khi James Kessel, Bộ trưởng Quốc phòng Mỹ, thăm", {"James Kessel": ["Bộ trưởng Quốc phòng Mỹ"]}),
    ("Anna Soubry, một nghị sĩ đảng Bảo thủ, nói", {"Anna Soubry": ["nghị sĩ đảng Bảo thủ"]}),
    ("Giám đốc Cơ quan An ninh Quốc gia (NSA) Micheal Rogers từ chối", {"Micheal Rogers": ["Giám đốc Cơ quan An ninh Quốc gia (NSA)"]}),
    ("cựu Tổng thống Barrack Obama rời Nhà Trắng", {"Barrack Obama": ["cựu Tổng thống"]}),  # as printed: the text bears out no other name
    ("Tổng thống Barack Obama tới. Cựu Tổng thống Barrack Obama rời", {"Barack Obama": ["Cựu Tổng thống"]}),
    ("Thủ tướng Cam-pu-chia Xăm-đéc Tê-chô Hun Xen tới", {"Hun Xen": ["Thủ tướng Cam-pu-chia"]}),
    ("Bộ trưởng Quốc phòng Cu-ba Lê-ô-pôn-đô Xin-tờ-ra Phờ-ri-át tới", {"Lê-ô-pôn-đô Xin-tờ-ra Phờ-ri-át": ["Bộ trưởng Quốc phòng Cu-ba"]}),
    ("Chủ tịch Thượng viện Séc M.Xtếch vào tháng 11", {"M.Xtếch": ["Chủ tịch Thượng viện Séc"]}),
    ("Việc Tổng thống Mỹ Đ.Trăm quyết định", {"Đ.Trăm": ["Tổng thống Mỹ"]}),
    ("Khi được nghị sĩ Tim Ryan yêu cầu", {"Tim Ryan": ["nghị sĩ"]}),
    ("Trả lời dân biểu Tim Ryan về chuyện này", {"Tim Ryan": ["dân biểu"]}),
    ("Phó Chủ tịch UBND tỉnh Lâm Đồng Phạm S đã đề xuất", {"Phạm S": ["Phó Chủ tịch UBND tỉnh Lâm Đồng"]}),
    ("Kim Min-ho, cựu chánh văn phòng đầy quyền lực, bị kết tội", {"Kim Min-ho": ["cựu chánh văn phòng"]}),
    ("cử đặc phái viên Lee Hae Chan tới Trung Quốc", {"Lee Hae Chan": ["đặc phái viên"]}),
    ("Ảnh: TTXVN Ông Nick Kessel, Bộ trưởng Quốc phòng Mỹ, nói", {"Nick Kessel": ["Bộ trưởng Quốc phòng Mỹ"]}),
    ("Tổng Giám đốc VOV Lê Thế Tư Đài Tiếng nói Việt Nam cảm ơn", {"Lê Thế Tư": ["Tổng Giám đốc VOV"]}),
    ("các đại biểu Đoàn Việt Nam và các học sinh", {}),
    ("các tướng Thái Lan làm gì", {}),
    ("ngài H.E Milos Zeman, Tổng thống Cộng hòa Czech", {"Milos Zeman": ["Tổng thống Cộng hòa Czech"]}),
    ("Ông Nguyễn Tiến Sỹ, Bí thư Tỉnh ủy, nói", {"Nguyễn Tiến Sỹ": ["Bí thư Tỉnh ủy"]}),
    ("NGUYÊN KHÔI Ông Văn Anh Tuấn, Bí thư Tỉnh ủy, nói", {"Văn Anh Tuấn": ["Bí thư Tỉnh ủy"]}),
    # their forms
    ("cựu Tổng thống George W. Bush nói", {"George W. Bush": ["cựu Tổng thống"]}),
    ("Cựu thứ trưởng Tư pháp Sally Q. Yates từng", {"Sally Q. Yates": ["Cựu thứ trưởng Tư pháp"]}),
    ("Cố vấn an ninh quốc gia H.R. McMaster nói", {"H.R. McMaster": ["Cố vấn an ninh quốc gia"]}),
    ("Bộ trưởng Ngoại giao Hàn Quốc Yun Byung-su nói", {"Yun Byung-su": ["Bộ trưởng Ngoại giao Hàn Quốc"]}),
    ("Tổng thống Tan Keng Yam nói", {"Tan Keng Yam": ["Tổng thống"]}),
    ("Bộ trưởng Quốc phòng Thổ Nhĩ Kỳ Phi-cri I-xích nói", {"Phi-cri I-xích": ["Bộ trưởng Quốc phòng Thổ Nhĩ Kỳ"]}),
    ("Chủ tịch Quốc hội Bê-la-rút V. An-đơ-rây-tren-cô tới", {"V. An-đơ-rây-tren-cô": ["Chủ tịch Quốc hội Bê-la-rút"]}),
    ("Tổng thư ký Tô-xi-hi-rô Na-cai (Toshihiro Nakai) tới", {"Toshihiro Nakai": ["Tổng thư ký"]}),
    ("Bộ trưởng Tư pháp Mỹ Giép Xét-xừn (Jeff Sessions) nói", {"Jeff Sessions": ["Bộ trưởng Tư pháp Mỹ"]}),
    ("Thủ tướng Xéc-bi-a A-lếch-xan-đa Vu-xích nói", {"A-lếch-xan-đa Vu-xích": ["Thủ tướng Xéc-bi-a"]}),
    ("Bộ trưởng Tài chính - Magdalena Andersson cho biết", {"Magdalena Andersson": ["Bộ trưởng Tài chính"]}),
    ("Geert Wilders, lãnh đạo đảng PVV, nói", {"Geert Wilders": ["lãnh đạo đảng PVV"]}),
    ("Lãnh đạo phe Bảo thủ Scotland Ruth Davidson nói", {"Ruth Davidson": ["Lãnh đạo phe Bảo thủ Scotland"]}),
    ("Tổng thống Hàn Quốc Mun Chê In triệu tập họp", {"Mun Chê In": ["Tổng thống Hàn Quốc"]}),
    ("gặp Nữ hoàng Anh Elizabeth sau đó", {"Elizabeth": ["Nữ hoàng Anh"]}),
    ("và người tiền nhiệm Nicolas Sarkozy nói", {"Nicolas Sarkozy": []}),
    ("và người tiền nhiệm David Moyes nói", {}),
    # ... which do not run on, nor begin before their names
    ("Tổng thống Donald Trump Theo Business Insider", {"Donald Trump": ["Tổng thống"]}),
    ("Thống đốc bang Hessen Volker Bouffier nói", {"Volker Bouffier": ["Thống đốc bang Hessen"]}),
    ("Thủ tướng Anh: Một Scotland đơn độc không thể", {}),
    ("Đối thoại Shangri-La, Bộ trưởng Quốc phòng Mỹ nói", {}),
    # posts before a comma, given to a list of comrades
    ("do chủ tịch UBND tỉnh Thái Bình, Nguyễn Hồng Diên ký", {"Nguyễn Hồng Diên": ["chủ tịch UBND tỉnh Thái Bình"]}),
    ("các đồng chí trong Ban Thường vụ Tỉnh ủy: Y Biêr Niê, H'Kim Hoa Byă cùng dự.", {"Y Biêr Niê": [], "H'Kim Hoa Byă": []}),
    ("Trước đó, Đại sứ Mỹ tại El Salvador, Jean Manes, cho biết", {"Jean Manes": ["Đại sứ Mỹ tại El Salvador"]}),
    # names that ordinary words are in
    ("Bí thư Tỉnh ủy Nguyễn Văn Đọc nhấn mạnh", {"Nguyễn Văn Đọc": ["Bí thư Tỉnh ủy"]}),
    ("Đội trưởng QLTT quận Ông Quang Thanh nói", {"Ông Quang Thanh": ["Đội trưởng QLTT quận"]}),
    ("Đội trưởng QLTT quận Ông Lê Quang Thanh nói", {"Lê Quang Thanh": ["Đội trưởng QLTT quận"]}),
    ("đã cố gắng trước khi Tổng thống Barrack Obamma rời", {"Barrack Obamma": ["Tổng thống"]}),
    ("Ảnh: Phi Võ Ông Lương Văn Sơn, Chủ tịch UBND xã", {"Lương Văn Sơn": ["Chủ tịch UBND xã"]}),
    ("Thủ hiến Bang Hessen - ông Volker Bouffier nói", {"Volker Bouffier": ["Thủ hiến Bang Hessen"]}),
    ("bà Lê Thị Tư, Phó Chủ tịch UBND huyện Krông Pắk, nói", {"Lê Thị Tư": ["Phó Chủ tịch UBND huyện Krông Pắk"]}),
    # minorities
    ("Đ/c Y Giang Gry Niê Knơng, Phó Chủ tịch UBND tỉnh, chủ trì", {"Y Giang Gry Niê Knơng": ["Phó Chủ tịch UBND tỉnh"]}),
    ("bí thư chi bộ H Lum Niê, già làng", {"H Lum Niê": ["bí thư chi bộ"]}),
    ("Ông Pơloong Plênh, Phó Chủ tịch UBND huyện", {"Pơloong Plênh": ["Phó Chủ tịch UBND huyện"]}),
    ("ông Tẩn A Sì – Chủ tịch UBND xã", {"Tẩn A Sì": ["Chủ tịch UBND xã"]}),
    ("Chủ tịch UBND xã Bác Ái Katơr Thị Sen kiến nghị", {"Katơr Thị Sen": ["Chủ tịch UBND xã Bác Ái"]}),
    ("Trưởng Ban Pháp chế HĐND tỉnh Vì Đức Thọ đề nghị", {"Vì Đức Thọ": ["Trưởng Ban Pháp chế HĐND tỉnh"]}),
    # five syllables
    ("Chủ tịch UBND phường Lê Thị Mỹ Hương Ly đề nghị", {"Lê Thị Mỹ Hương Ly": ["Chủ tịch UBND phường"]}),
    ("Phó Chủ tịch HĐND tỉnh Trần Thị Tuyết Hương Lan.", {"Trần Thị Tuyết Hương Lan": ["Phó Chủ tịch HĐND tỉnh"]}),
    ("Chủ tịch HĐND tỉnh Lê Thị Kim Ngân Mục tiêu của tỉnh", {"Lê Thị Kim Ngân": ["Chủ tịch HĐND tỉnh"]}),
    # bodies and heads of new kinds
    ("Lê Văn Tám, Chủ tịch Hội đồng Nghĩa vụ quân sự tỉnh, và", {"Lê Văn Tám": ["Chủ tịch Hội đồng Nghĩa vụ quân sự tỉnh"]}),
    ("Trưởng Thống kê tỉnh Lê Văn Tám báo cáo", {"Lê Văn Tám": ["Trưởng Thống kê tỉnh"]}),
    # no names
    ("Thủ tướng: Châu Á phải là nơi", {}),
    ("các đồng chí Bộ Chính trị dự", {}),
    ("sân bay Tân Sơn Nhất Giao Bộ trưởng Quốc phòng chỉ đạo", {}),
    ("Chủ tịch UBND TP Uông Bí chỉ đạo", {}),
    ("Chủ tịch UBND xã nói Tết Đinh Dậu vui", {}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_names_of_a_sentence(text: str, expected: dict[str, list[str]]) -> None:
    found, _ = officials(sentence(text))
    assert {official.name: list(official.posts) for official in found} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng thống Belarus A. Lukashevich nói. Tổng thống Alexander Lukashevich cười.", ["Alexander Lukashevich"]),
        ("Bộ trưởng Moon Jae Inn dự. Bộ trưởng Moon Jea Inn nói. Bộ trưởng Moon Jae Inn về.", ["Moon Jae Inn"]),
        ("Phó Thủ tướng Phạm Bình Minh dự. Phó Thủ tướng Phạm Binh Minh nói.", ["Phạm Bình Minh"]),
        ("Bộ trưởng Nguyễn Chí Dũng dự. Bộ trưởng Nguyễn Trí Dũng nói.", ["Nguyễn Chí Dũng"]),
        ("Bộ trưởng Nguyễn Chi Dũng dự. Bộ trưởng Nguyễn Chi Dũng nói. Bộ trưởng Nguyễn Chí Dũng cười.", ["Nguyễn Chí Dũng"]),
        ("Bộ trưởng Nguyễn Chí đã nói. Bộ trưởng Nguyễn Chí Dũng về.", ["Nguyễn Chí Dũng"]),
        ("Phó Chủ tịch nước Đặng Thị Ngọc Tư dự. Phó Chủ tịch nước Đặng Ngọc Tư nói.", ["Đặng Thị Ngọc Tư"]),
        ("Thủ tướng Lào Thongloon Sisouk dự. Thủ tướng Lào Thongloon Sisouk nói. Thủ tướng Lào Thoonglon Sisouk về.", ["Thongloon Sisouk"]),
        ("Thủ tướng Lào Thoong-lun Si-xúc (Thongloon Sisouk) dự. Thủ tướng Thoong-lun Si-xúc nói.", ["Thongloon Sisouk"]),
        ("Thủ tướng Bê-la-rút A. Cô-bi-a-cốc (A. Kobiakoc) dự. Thủ tướng A. Cô-bi-a-cốc nói.", ["A. Cô-bi-a-cốc"]),
        ("Nữ hoàng Elizabeth dự. Nữ hoàng Elizabeth II nói.", ["Elizabeth II"]),
        ("Giám đốc Bệnh viện tỉnh Hòa Bình Trần Quý Sâm dự. Giám đốc Bệnh viện tỉnh Hòa Bình Trương Quý Sâm nói.", ["Trần Quý Sâm"]),
        ("Phó Chủ tịch Nguyễn Văn Hùng dự. Phó Chủ tịch Nguyễn Văn Hưng nói.", ["Nguyễn Văn Hùng", "Nguyễn Văn Hưng"]),
        ("Phó Thủ tướng Vũ Đức Tư dự. Phó Thủ tướng Vũ Đứ Tư nói.", ["Vũ Đức Tư"]),
        ("Chủ tịch UBND xã Lê Văn Sơn dự. Chủ tịch UBND xã Lê Văn Tuấn nói.", ["Lê Văn Sơn", "Lê Văn Tuấn"]),
    ],
)
def test_two_spellings_of_one_name_are_one_person(text: str, expected: list[str]) -> None:
    assert [official.name for official in officials(sentence(text))[0]] == expected


def test_every_holder_abroad_is_found_by_the_name_alone() -> None:
    names = [name for name, _state, _source, *past in table("holders_abroad.tsv") if not past]
    missed = [name for name in names if [official.name for official in officials(sentence(f"Ở đó {name} nói"))[0]] != [name]]
    assert (len(names) > 1000, missed) == (True, [])
