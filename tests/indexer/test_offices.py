"""Forms of one office: one id, however a report says it, also of text without marks."""

from __future__ import annotations

import pytest

from analyzers.fold import fold, key
from analyzers.synonyms import expand
from indexer.build import post_id
from indexer.facets import keys_of
from indexer.offices import one_form

FORMS = [
    ("bộ trưởng y tế", ("Bộ trưởng Bộ Y tế", "Bộ trưởng Y tế", "Bộ trưởng Bộ Y tế Việt Nam")),
    ("nguyên thứ trưởng công thương", ("nguyên Thứ trưởng Bộ Công Thương", "nguyên Thứ trưởng Công thương")),
    ("thứ trưởng tài nguyên và môi trường", ("Thứ trưởng Bộ Tài nguyên và Môi trường Việt Nam", "Thứ trưởng Bộ TN&MT")),
    ("chủ tịch quốc hội", ("Chủ tịch QH", "Chủ tịch Quốc hội nước CHXHCN Việt Nam", "Chủ tịch Quốc hội Việt Nam")),
    ("chủ nhiệm ủy ban tư pháp quốc hội", ("Chủ nhiệm Ủy ban Tư pháp của Quốc hội", "Chủ nhiệm Ủy ban Tư pháp Quốc hội")),
    ("phó giám đốc sở qh kt", ("Phó Giám đốc Sở QH-KT",)),
    ("chủ tịch nước", ("Chủ tịch nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Chủ tịch nước Việt Nam", "Chủ tịch nước")),
    ("chủ tịch nước lào", ("Chủ tịch nước Cộng hòa Dân chủ Nhân dân Lào",)),
    ("thủ tướng chính phủ", ("Thủ tướng Việt Nam", "Thủ tướng Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Thủ tướng Chính phủ")),
    ("thủ tướng lào", ("Thủ tướng Chính phủ Lào", "Thủ tướng Chính phủ nước CHDCND Lào", "Thủ tướng Lào")),
    ("tổng thống nga", ("Tổng thống Liên bang Nga", "Tổng thống Nga")),
    ("ngoại trưởng mỹ", ("Ngoại trưởng Hợp chủng quốc Hoa Kỳ", "Ngoại trưởng Hoa Kỳ", "Ngoại trưởng Mỹ")),
    ("thủ tướng hà lan", ("Thủ tướng Vương quốc Hà Lan",)),
    ("nghị sỹ đảng cộng hòa bang texas", ("nghị sĩ đảng Cộng hòa bang Texas",)),
    ("tổng thư ký liên hợp quốc", ("Tổng thư ký Liên Hiệp Quốc", "Tổng Thư ký Liên hợp quốc")),
    ("đại sứ nga tại việt nam", ("Đại sứ Liên bang Nga tại Việt Nam", "Đại sứ Nga tại Việt Nam")),
    ("chủ tịch liên minh hợp tác xã việt nam", ("Chủ tịch Liên minh HTX Việt Nam",)),
    ("bí thư tỉnh ủy sơn la", ("Bí thư Tỉnh ủy tỉnh Sơn La", "Bí thư Tỉnh ủy Sơn La")),
    ("bí thư thành ủy hồ chí minh", ("Bí thư Thành ủy TP.HCM", "Bí thư Thành uỷ Hồ Chí Minh")),
    ("phó trưởng ban kinh tế trung ương", ("Phó Ban Kinh tế T.Ư", "Phó Trưởng Ban Kinh tế Trung ương")),
    ("chủ tịch nước trung quốc", ("Chủ tịch nước CHND Trung Hoa", "Chủ tịch Trung Quốc", "Chủ tịch nước Trung Quốc")),
    ("tổng thống séc", ("Tổng thống CH Czech", "Tổng thống Cộng hòa Séc")),
    ("thủ tướng campuchia", ("Thủ tướng Chính phủ Hoàng gia Campuchia", "Thủ tướng Campuchia")),
    ("đại sứ nhật bản tại việt nam", ("Đại sứ đặc mệnh toàn quyền Nhật Bản tại Việt Nam",)),
    (
        "chủ tịch ủy ban trung ương mặt trận tổ quốc việt nam",
        (
            "Chủ tịch UBTW MTTQ VN",
            "Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc (MTTQ) Việt Nam",
            "Chủ tịch Mặt trận Tổ quốc Việt Nam",
            "Chủ tịch Ủy ban Trương ương MTTQ Việt Nam",
        ),
    ),
    ("chủ tịch ủy ban mặt trận tổ quốc việt nam tỉnh gia lai", ("Chủ tịch Ủy ban MTTQ Việt Nam tỉnh Gia Lai",)),
    ("giám đốc sở y tế tỉnh hà tĩnh", ("Giám đốc Sở Y tế Hà Tĩnh", "Giám đốc Sở Y tế tỉnh Hà Tĩnh")),
    ("chủ tịch ủy ban nhân dân thành phố hà nội", ("Chủ tịch UBND Hà Nội", "Chủ tịch UBND TP. Hà Nội")),
    ("chủ tịch ủy ban nhân dân huyện gia lai", ("Chủ tịch UBND huyện Gia Lai",)),
    ("phó vụ trưởng vụ pháp chế", ("Vụ phó Vụ Pháp chế", "Phó Vụ trưởng Vụ Pháp chế")),
    ("trưởng công an thị xã cửa lò", ("Trưởng Công an thị xã Cửa Lò",)),
]


@pytest.mark.parametrize(("identifier", "forms"), FORMS, ids=[identifier for identifier, _ in FORMS])
def test_forms_of_one_office_have_one_id(identifier: str, forms: tuple[str, ...]) -> None:
    assert {post_id(form) for form in forms} == {identifier}
    assert one_form(identifier) == identifier
    assert {one_form(fold(expand(form))) for form in forms} == {fold(identifier)}


def test_a_typed_form_finds_the_office_that_another_form_named() -> None:
    assert keys_of("post", "Bộ trưởng Bộ Y tế") == ("Bộ trưởng Bộ Y tế", "bộ trưởng y tế")
    assert keys_of("post", "bo truong bo y te") == ("bo truong bo y te", "bo truong y te")
    assert keys_of("author", "Lê Văn Tư") == ("Lê Văn Tư", key("Lê Văn Tư"))
