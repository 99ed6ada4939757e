"""Officials as the portals' reports of meetings and congresses list them, one sentence each."""

from __future__ import annotations

import pytest

from indexer.extract.officials import officials
from indexer.gazetteer.load import table
from tests.indexer.extracting import sentence

CASES = [
    # a list behind "gồm", and what two were elected to
    ("Đại hội bầu giữ chức Phó Bí thư Huyện ủy gồm: Lê Văn Nam, Trần Thị Hoa.", {n: ["Phó Bí thư Huyện ủy"] for n in ("Lê Văn Nam", "Trần Thị Hoa")}),
    (
        "đồng chí Lê Văn Nam, đồng chí Trần Thị Hoa được bầu giữ chức Phó Bí thư Huyện ủy; đồng chí Đèo Văn Phưởng giữ chức Chủ nhiệm UBKT Huyện ủy.",
        {
            "Lê Văn Nam": ["Phó Bí thư Huyện ủy"],
            "Trần Thị Hoa": ["Phó Bí thư Huyện ủy"],
            "Đèo Văn Phưởng": ["Chủ nhiệm UBKT Huyện ủy"],
        },
    ),
    # an entry of a list: of a post that several hold, and of one that only the last can
    (
        "Dự có Lê Văn Nam, Bí thư Tỉnh ủy; Quàng Thị Vân, Cà Văn Hoan, Phó Chủ tịch HĐND tỉnh.",
        {"Lê Văn Nam": ["Bí thư Tỉnh ủy"], "Quàng Thị Vân": ["Phó Chủ tịch HĐND tỉnh"], "Cà Văn Hoan": ["Phó Chủ tịch HĐND tỉnh"]},
    ),
    (
        "Dự có Lê Văn Nam, Bí thư Tỉnh ủy; Quàng Thị Vân, Cà Văn Hoan, Phó Chủ tịch Thường trực UBND tỉnh.",
        {"Lê Văn Nam": ["Bí thư Tỉnh ủy"], "Cà Văn Hoan": ["Phó Chủ tịch Thường trực UBND tỉnh"]},
    ),
    ("Đồng chí Lê Văn Nam, đồng chí Trần Thị Hoa - Phó Bí thư Huyện ủy dự.", {"Lê Văn Nam": [], "Trần Thị Hoa": ["Phó Bí thư Huyện ủy"]}),
    (
        "Dự có Lê Văn Nam, Bí thư Huyện ủy cùng các đồng chí trong Ban Thường vụ: Quàng Thị Vân, Cà Thị Hoan.",
        {"Lê Văn Nam": ["Bí thư Huyện ủy"], "Quàng Thị Vân": [], "Cà Thị Hoan": []},
    ),
    (
        "Dự có các đại biểu Quốc hội: Trần Thanh Mẩy; Lý Hồng Kha, giảng viên Trường Đại học Y Dược Cần Thơ; Lâm Thị Sa Riêng, Phó Giám đốc Sở Dân tộc.",
        {
            "Trần Thanh Mẩy": ["đại biểu Quốc hội"],
            "Lý Hồng Kha": ["đại biểu Quốc hội"],
            "Lâm Thị Sa Riêng": ["đại biểu Quốc hội", "Phó Giám đốc Sở Dân tộc"],
        },
    ),
    (
        "Dự có các đồng chí Phó Chủ tịch UBND tỉnh: Lý Thị Mỹ Duyên, Huỳnh Tấn Lợi; đồng chí Thạch Thị Sa Phia, Trưởng Ban Dân tộc tỉnh.",
        {"Lý Thị Mỹ Duyên": ["Phó Chủ tịch UBND tỉnh"], "Huỳnh Tấn Lợi": ["Phó Chủ tịch UBND tỉnh"], "Thạch Thị Sa Phia": ["Trưởng Ban Dân tộc tỉnh"]},
    ),
    # others, whom the list only counts, behind its last name
    (
        "Dự có các đồng chí: Lê Văn Nam, Phó Chủ nhiệm UBKT Tỉnh ủy; H'Loan Mlô, Phó Trưởng Ban Nội chính Tỉnh ủy; bí thư, phó bí thư 31 đảng ủy xã.",
        {"Lê Văn Nam": ["Phó Chủ nhiệm UBKT Tỉnh ủy"], "H'Loan Mlô": ["Phó Trưởng Ban Nội chính Tỉnh ủy"]},
    ),
    (
        "Dự có Lê Văn Nam, nguyên Bí thư Tỉnh ủy; Trần Thị Hoa, nguyên Chủ tịch HĐND tỉnh; cùng bí thư các huyện ủy, thị ủy.",
        {"Lê Văn Nam": ["nguyên Bí thư Tỉnh ủy"], "Trần Thị Hoa": ["nguyên Chủ tịch HĐND tỉnh"]},
    ),
    ("Lê Văn Nam, bí thư Huyện ủy; chủ tịch HĐND huyện dự.", {"Lê Văn Nam": ["bí thư Huyện ủy", "chủ tịch HĐND huyện"]}),
    # whose post it is behind a name that a clause only begins with
    ("Đối với bà Trần Thị Hoa, Chủ tịch UBND tỉnh mong muốn phát huy kinh nghiệm.", {}),
    ("Đối với bà Trần Thị Hoa, Giám đốc Sở Y tế, Ban Thường vụ quyết định kỷ luật.", {"Trần Thị Hoa": ["Giám đốc Sở Y tế"]}),
    # who takes part in a congress holds no office by it, a member of an assembly does
    ("Đại biểu Trần Thị Hoa, Chủ tịch UBND xã Nàn Sán đề nghị nâng mức hỗ trợ.", {"Trần Thị Hoa": ["Chủ tịch UBND xã Nàn Sán"]}),
    ("Chất vấn tại kỳ họp, đại biểu Trần Thị Hoa, Bí thư Huyện ủy hỏi.", {"Trần Thị Hoa": ["đại biểu", "Bí thư Huyện ủy"]}),
    # entries of a list whose surnames no table knows, and names from Laos in Vietnamese syllables
    (
        "Về phía bạn có các đồng chí: Khăm Sỉ Vông Pha Chăn, Phó Tỉnh trưởng; Đại tá Bun Thoong Xay Nha Xỉ, Chỉ huy trưởng Bộ CHQS tỉnh.",
        {"Khăm Sỉ Vông Pha Chăn": ["Phó Tỉnh trưởng"], "Bun Thoong Xay Nha Xỉ": ["Chỉ huy trưởng Bộ CHQS tỉnh"]},
    ),
    (
        "Dự có các đồng chí: Bàn Đức Thụ, Bí thư Tỉnh ủy; Quách Tất Lãm, Chánh Văn phòng.",
        {"Bàn Đức Thụ": ["Bí thư Tỉnh ủy"], "Quách Tất Lãm": ["Chánh Văn phòng"]},
    ),
    # a department's chief behind "giữ chức"
    (
        "bổ nhiệm ông Lê Văn Nam, Phó Vụ trưởng Vụ Pháp chế, giữ chức Vụ trưởng Vụ Công chức.",
        {"Lê Văn Nam": ["Phó Vụ trưởng Vụ Pháp chế", "Vụ trưởng Vụ Công chức"]},
    ),
    ("ông Lê Văn Nam được bổ nhiệm giữ chức vụ Trưởng phòng Nội vụ huyện.", {"Lê Văn Nam": ["Trưởng phòng Nội vụ huyện"]}),
    # for whom somebody acts, and what somebody is elected to
    ("Thừa ủy quyền của Chủ tịch UBND tỉnh, đồng chí Lê Văn Nam - Giám đốc Sở Nội vụ trao quyết định.", {"Lê Văn Nam": ["Giám đốc Sở Nội vụ"]}),
    ("Thay mặt Chủ tịch nước Lê Văn Nam, đoàn thăm tỉnh.", {"Lê Văn Nam": ["Chủ tịch nước"]}),
    (
        "ông Lê Văn Nam, Phó Chủ tịch UBND huyện trúng cử chức danh Chủ tịch UBND huyện.",
        {"Lê Văn Nam": ["Phó Chủ tịch UBND huyện", "Chủ tịch UBND huyện"]},
    ),
    ("Đại hội bầu đồng chí Lê Văn Nam tái giữ chức Bí thư Chi bộ.", {"Lê Văn Nam": ["Bí thư Chi bộ"]}),
    # names that end as a verb begins, or begin as a country is called
    ("Giám đốc Sở Y tế Lại Đức Thông báo cáo về công tác này.", {"Lại Đức Thông": ["Giám đốc Sở Y tế"]}),
    ("Giám đốc Sở Y tế Lại Đức Thông báo về công tác này.", {"Lại Đức": ["Giám đốc Sở Y tế"]}),
    ("Giám đốc Sở Kế hoạch và Đầu tư Bồ Ngọc Thuận cho biết.", {"Bồ Ngọc Thuận": ["Giám đốc Sở Kế hoạch và Đầu tư"]}),
    # the last syllable in lower case once
    (
        "Ông Lê Văn Phúc Anh, Giám đốc Sở Y tế dự. Ông Lê Văn Phúc Anh, Giám đốc Sở Y tế nói. Giám đốc Sở Y tế Lê Văn Phúc anh hứa.",
        {"Lê Văn Phúc Anh": ["Giám đốc Sở Y tế"]},
    ),
    # headlines in capitals
    ("KHAI MẠC ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ TỈNH LÂM ĐỒNG LẦN THỨ I", {}),
    ("CHỦ TỊCH UBND TỈNH TRẦN HUY TUẤN TIẾP CÔNG DÂN ĐỊNH KỲ", {"Trần Huy Tuấn": ["CHỦ TỊCH UBND TỈNH"]}),
    ("ĐỒNG CHÍ LÊ VĂN NAM GIỮ CHỨC BÍ THƯ HUYỆN ỦY KRÔNG NĂNG", {"Lê Văn Nam": ["BÍ THƯ HUYỆN ỦY KRÔNG NĂNG"]}),
    ("TRAO QUYẾT ĐỊNH BỔ NHIỆM GIÁM ĐỐC SỞ Y TẾ CHO ÔNG LÊ VĂN NAM", {"Lê Văn Nam": ["GIÁM ĐỐC SỞ Y TẾ"]}),
    # whose the post between two names is
    (
        "Phó Thủ tướng Lê Văn Nam, Ủy viên Bộ Chính trị; Bộ trưởng Bộ Công an, Đại tướng Lương Tam Quang dự.",
        {"Lê Văn Nam": ["Phó Thủ tướng", "Ủy viên Bộ Chính trị"], "Lương Tam Quang": ["Bộ trưởng Bộ Công an"]},
    ),
    (
        "Chủ tịch UBND xã Sùng A Lềnh và Trưởng Công an xã - Thiếu tá Vàng A Sào nói.",
        {"Sùng A Lềnh": ["Chủ tịch UBND xã"], "Vàng A Sào": ["Trưởng Công an xã"]},
    ),
    ("HĐND tỉnh đã miễn nhiệm Chủ tịch UBND tỉnh đối với ông Trần Văn Cần.", {"Trần Văn Cần": ["Chủ tịch UBND tỉnh"]}),
    # letters for bodies and memberships
    (
        "Đ/c Lò Văn Hương, UVBTVTU, Trưởng BTC Tỉnh ủy; Bùi Văn Khắng, TVTU, PCT UBND tỉnh.",
        {"Lò Văn Hương": ["UVBTVTU", "Trưởng BTC Tỉnh ủy"], "Bùi Văn Khắng": ["TVTU", "PCT UBND tỉnh"]},
    ),
    # names that portals of the highlands print, and one whose space is missing
    ("Chủ tịch UBND xã Phước Dinh Đạo Thanh Quảng nói", {"Đạo Thanh Quảng": ["Chủ tịch UBND xã Phước Dinh"]}),
    ("Đồng chí U Huấn, Trưởng Ban Tuyên giáo Tỉnh ủy", {"U Huấn": ["Trưởng Ban Tuyên giáo Tỉnh ủy"]}),
    (
        "Dự họp có Phó Bí thư Tỉnh ủy Hồ Xuân Trườngvà Chủ tịch HĐND tỉnh Lê Văn Nam.",
        {"Hồ Xuân Trường": ["Phó Bí thư Tỉnh ủy"], "Lê Văn Nam": ["Chủ tịch HĐND tỉnh"]},
    ),
    ("Phó Chủ tịch UBND thành phố Hồ Quang Bửu Sơn nói", {"Hồ Quang Bửu Sơn": ["Phó Chủ tịch UBND thành phố"]}),
    (
        "Chủ tịch Hội Nông dân xã A Thiu và Chủ tịch UBND xã A Lù Vàng A Sào nói",
        {"A Thiu": ["Chủ tịch Hội Nông dân xã"], "Vàng A Sào": ["Chủ tịch UBND xã A Lù"]},
    ),
    # bodies whose names go on behind "và" or "tại"
    ("Vụ trưởng Vụ Tiền lương và Bảo hiểm xã hội Nguyễn Văn Hùng hướng dẫn", {"Nguyễn Văn Hùng": ["Vụ trưởng Vụ Tiền lương và Bảo hiểm xã hội"]}),
    ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Lê Văn Bình nói", {"Lê Văn Bình": ["Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh"]}),
    ("ông Lê Văn Nam, Trưởng Ban Chỉ đạo công tác bầu cử tỉnh, dự", {"Lê Văn Nam": ["Trưởng Ban Chỉ đạo công tác bầu cử tỉnh"]}),
    (
        "Phó Cục trưởng Cục Cảnh sát hình sự (C02), Bộ Công an, Thiếu tướng Lê Thanh Hải kiểm tra",
        {"Lê Thanh Hải": ["Phó Cục trưởng Cục Cảnh sát hình sự (C02), Bộ Công an"]},
    ),
    (
        "Cục trưởng Cục Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ Nguyễn Tuấn Anh kiểm tra",
        {"Nguyễn Tuấn Anh": ["Cục trưởng Cục Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ"]},
    ),
    ("Bí thư Đoàn Khối, Chủ tịch Hội Đồng đội tỉnh Lò Thị Mai", {"Lò Thị Mai": ["Bí thư Đoàn Khối", "Chủ tịch Hội Đồng đội tỉnh"]}),
    ("ông Souliya Douangdala, Tổng Lãnh sự Lào tại thành phố Đà Nẵng, dự", {"Souliya Douangdala": ["Tổng Lãnh sự Lào tại thành phố Đà Nẵng"]}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_officials_of_a_list(text: str, expected: dict[str, list[str]]) -> None:
    assert {official.name: list(official.posts) for official in officials(sentence(text))[0]} == expected


def test_a_leader_s_name_is_not_part_of_a_longer_one() -> None:
    """A person of four syllables, the first three of which a leader of the tables is called, is another person."""
    name = next(name for name, *_ in table("holders_centre.tsv") if name.count(" ") == 2)
    found, _ = officials(sentence(f"bà {name} Thy, Phó Trưởng Ban Đô thị HĐND Thành phố, nói."))
    assert [official.name for official in found] == [f"{name} Thy"]
