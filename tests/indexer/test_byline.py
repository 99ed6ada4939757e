"""Bylines: who wrote, and who only took the photographs, sent the news or lent its name."""

from __future__ import annotations

import pytest

from indexer import byline
from tests.indexer.extracting import record

LINES: list[tuple[str, list[str] | None]] = [
    ("Bài, ảnh: Đỗ Oanh - Lê Văn Hùng", ["Đỗ Oanh", "Lê Văn Hùng"]),
    ("Tin: Minh Hà - Ảnh: Quốc Việt", ["Minh Hà"]),
    ("Bài: Minh Hà. Ảnh: Quốc Việt", ["Minh Hà"]),
    ("Bài: Minh Hà - Ảnh, video: Quốc Việt", ["Minh Hà"]),
    ("Bài & ảnh: Đỗ Oanh", ["Đỗ Oanh"]),
    ("Tác giả bài viết: Đỗ Oanh", ["Đỗ Oanh"]),
    ("Minh Hà (tổng hợp)", ["Minh Hà"]),
    ("Chí Hiếu (ghi) Tuệ Nguyễn (thực hiện)", ["Chí Hiếu", "Tuệ Nguyễn"]),
    ("Minh Hà/TTXVN", ["Minh Hà"]),
    ("Minh Hà (TTXVN)", ["Minh Hà"]),
    ("Tin, ảnh: Văn Yên (từ Bắc Kinh, Trung Quốc)", ["Văn Yên"]),
    ("Trung Hiếu/Báo Tin tức", ["Trung Hiếu"]),
    ("Huy Thịnh Nhóm PV", ["Huy Thịnh"]),
    ("Theo Vũ Hoàng/VnExpress", ["Vũ Hoàng"]),
    ("Theo Minh Hà (Báo Đắk Lắk)", ["Minh Hà"]),
    ("Mùa A Súa - Đội TT-TH huyện", ["Mùa A Súa"]),
    ("Hoàng Thị Lan - Phòng Văn hóa và Thông tin", ["Hoàng Thị Lan"]),
    ("Chí Linh - NV", ["Chí Linh"]),
    ("Tin: Sóc Kha Liêm - Ảnh: CDC", ["Sóc Kha Liêm"]),
    ("Đại tá Lê Thế Mẫu -", ["Lê Thế Mẫu"]),
    ("Bài, ảnh: Thượng úy Đỗ Oanh", ["Đỗ Oanh"]),
    ("By Minh Hà", ["Minh Hà"]),
    ("Tin, ảnh: H'Xuân", ["H'Xuân"]),
    ("N.Đ.Phúc", ["N.Đ.Phúc"]),
    ("Ph.Nhung - V.Duẩn", ["Ph.Nhung", "V.Duẩn"]),
    ("PGS.TS Bùi Đình Phong", ["Bùi Đình Phong"]),
    ("Trường Sơn", ["Trường Sơn"]),
    ("Theo Lê Phương (VNE)", ["Lê Phương"]),
    ("Theo Vũ Hoàng Hà (TTXVN/VIETNAM+)", ["Vũ Hoàng Hà"]),
    ("Theo TTXVN Hoàng Trọng", ["Hoàng Trọng"]),
    ("Trần Ngọc-Ngọc Khánh/VOV.VN", ["Trần Ngọc", "Ngọc Khánh"]),
    ("Vũ Dũng/VOV Vũ Dũng/VOV", ["Vũ Dũng"]),
    ("Minh Hà/VOV-Miền Trung", ["Minh Hà"]),
    ("Quang Trung-Xuân Hùng-Hữu Bình/VOV", ["Quang Trung", "Xuân Hùng", "Hữu Bình"]),
    ("Huy Sơn/VOV - TPHCM", ["Huy Sơn"]),
    ("Lê Nam/Tieudung24h", ["Lê Nam"]),
    ("Bá Ước Nguồn ZeroHedge", ["Bá Ước"]),
    ("Tổng hợp Hoàng Yên", ["Hoàng Yên"]),
    ("NM (Theo Sputnik)", ["NM"]),
    ("PV (Theo Sputnik)", []),
    ("Theo Tuổi Trẻ (TTO)", []),
    ("TTXVN/Tin Tức", []),
    ("Theo Trí Thức Trẻ", []),
    ("Thực hiện: Nhóm PV", []),
    ("Ban Biên tập", []),
    ("Văn phòng HĐND và UBND huyện", None),
    ("Hội nghị thống nhất các nội dung", None),
    ("", None),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_names_of_a_byline(line: str, expected: list[str] | None) -> None:
    found = byline.names(line)
    assert (None if found is None else [line[start:end] for start, end in found]) == expected


TITLE = "Krông Pắc đánh giá kết quả xây dựng nông thôn mới"
PARAGRAPH = "Sáng 14/3, tại huyện Krông Pắc, đồng chí Nguyễn Văn Bảy, Bí thư Huyện ủy chủ trì hội nghị đánh giá kết quả xây dựng nông thôn mới."


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Viết bởi: Đỗ Oanh, lúc 11:29 ngày 27-9-2018", ("Đỗ Oanh",)),
        ("Thứ Hai, 18/03/2024 - 17:32 Hoài Thương", ("Hoài Thương",)),
        ("18/03/2024 - 17h32 Hoài Thương", ("Hoài Thương",)),
        ("27 Tháng Mười Một, 2022 bởi Đỗ Oanh", ("Đỗ Oanh",)),
        ("Posted on 27/09/2018 by Đỗ Oanh", ("Đỗ Oanh",)),
        ("Tác giả: Đỗ Oanh 27/09/2018", ("Đỗ Oanh",)),
        ("Tác giả: Đỗ Oanh\nNgày đăng: 27/09/2018", ("Đỗ Oanh",)),
        ("Đỗ Oanh 18/03/2024 08:15", ("Đỗ Oanh",)),
        ("18/03/2024 | Đỗ Oanh", ("Đỗ Oanh",)),
        ("Tác giả: Đỗ Oanh", ("Đỗ Oanh",)),
        ("Viết bởi Đỗ Oanh, 18/03/2024", ("Đỗ Oanh",)),
        ("18/03/2024 21:04 bởi Đỗ Oanh", ("Đỗ Oanh",)),
        ("18/03/2024 08:15 Tác giả: Đỗ Oanh Lượt xem: 12", ("Đỗ Oanh",)),
        ("18/03/2024 08:15 bởi VP UBND tỉnh", ()),
        ("Chính trị - 18/03/2024", ()),
        ("06 Tháng Bảy 2023 | 16 giờ 05 phút | Lượt xem: 1.204", ()),
        ("Thứ Tư | 18/03/2026", ()),
        ("Cao Bằng - 18/03/2024", ()),
        ("Đắk Lắk, ngày 18/03/2024", ()),
        ("Đăng bởi: Quản trị | 18/03/2024", ()),
    ],
)
def test_an_author_in_the_pages_head(line: str, authors: tuple[str, ...]) -> None:
    assert record(f"{TITLE}\n{line}\n{PARAGRAPH}").authors == authors


def test_an_author_under_the_text_and_above_a_footer() -> None:
    page = f"{TITLE}\n{PARAGRAPH}\nN.Đ.Phúc\nBÁO QUẢNG TRỊ - Số 17 Nguyễn Huệ, P.1, TP.Đông Hà. GPXB 43/GP-BVHTT"
    assert (record(page).authors, [place.name for place in record(page).localities]) == (("N.Đ.Phúc",), ["Krông Pắc"])
