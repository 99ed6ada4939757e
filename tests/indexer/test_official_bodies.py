"""How far a post goes: the body above a department, fields over commas and dashes, numbers, what boards are for. Names are made up."""

from __future__ import annotations

import pytest

from indexer.extract.lexicon import lexicon
from indexer.extract.posts import find_post
from indexer.extract.scan import Line

POSTS = [
    # the body above, behind a comma
    ("Phó Cục trưởng Cục Quản trị, Văn phòng Chính phủ", " đến công tác"),
    ("Giám đốc Khu quản lý giao thông đô thị số 1, Sở GTVT", ", cho biết"),
    ("Trưởng ban Đô thị, HĐND TP Hà Nội", " cho biết"),
    ("Phó vụ trưởng Vụ Nghiên cứu, Ủy ban Kiểm tra Trung ương", "."),
    ("Trưởng Ban Phân tích và Dự báo, Trung tâm Thông tin và Dự báo kinh tế - xã hội quốc gia (NCIF)", " nói"),
    ("Cục trưởng Cục Phát triển thị trường và doanh nghiệp khoa học và công nghệ, Bộ Khoa học Công nghệ", ", bày tỏ"),
    ("Phó Chủ tịch UBND tỉnh Bình Định", ", UBND tỉnh giao Sở Du lịch chủ trì"),
    ("Phó chủ nhiệm Văn phòng Chính phủ", ", Hội nghị lần thứ 2 sẽ được"),
    # in brackets
    ("Trưởng phòng PC46 (Công an tỉnh Bạc Liêu)", ", cho biết"),
    ("Tổng cục trưởng Tổng cục Du lịch (Bộ Văn hóa, Thể thao và Du lịch)", " nói"),
    ("Vụ trưởng Vụ Quản lý công trình thủy lợi và an toàn đập (Tổng cục Thủy lợi, Bộ NN&PTNT)", " nói"),
    ("Phó trưởng Ban Thực hiện chính sách BHYT (BHXH Việt Nam)", " nói"),
    ("Trưởng Ban Văn hóa - Xã hội (HĐND TP)", " khi chất vấn"),
    ("Chủ tịch UBND quận 1", " (TPHCM) cho biết"),
    ("Chủ tịch UBND huyện Nga Sơn", " (Thanh Hóa, Việt Nam)"),
    # behind a dash
    ("Phó Trưởng ban Dân nguyện - Ủy ban Thường vụ Quốc hội", ", nói"),
    # fields over commas and dashes
    ("Vụ trưởng Vụ Kế hoạch, Tài chính, Tổng hợp (Thanh tra Chính phủ)", " nói"),
    ("Giám đốc Sở Quy hoạch, Kiến trúc Hà Nội", " cho biết"),
    ("Phó Chủ nhiệm Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên, Nhi đồng của Quốc hội", " nói"),
    ("Phó tổng cục trưởng Tổng cục Hậu cần - Kỹ thuật (Bộ Công an)", " nói"),
    ("Trưởng phòng Nghiệp vụ du lịch thuộc Sở Văn hóa – Thể thao và Du lịch tỉnh Lâm Đồng", " nói"),
    # numbers
    ("Phó trưởng phòng Công chứng số 1", "."),
    ("Giám đốc Bệnh viện Nhi đồng 1", ", nói"),
    ("Giám đốc Ban quản lý dự án 1", " cho hay"),
    ("Bí thư Chi bộ 4", ", Chi cục trưởng"),
    ("Chánh án TAND khu vực 3 - Gia Lai", " dự"),
    ("Viện trưởng Viện Kiểm sát nhân dân khu vực 7", " dự"),
    ("Chỉ huy trưởng Ban Chỉ huy Phòng thủ khu vực 2 - Lộc Ninh", " dự"),
    ("Trưởng Thuế cơ sở 3", ", nói"),
    ("Trưởng Đoàn ĐBQH đơn vị tỉnh Gia Lai", " tiếp xúc cử tri"),
    ("Lữ đoàn trưởng Lữ đoàn Pháo binh 40", " nói"),
    ("Chính ủy Vùng Cảnh sát biển 3", " nói"),
    ("Giám đốc Ngân hàng Nhà nước chi nhánh Khu vực 11", " nói"),
    ("Hạt trưởng Hạt Kiểm lâm khu vực Ia Grai", " nói"),
    ("Giám đốc BHXH cơ sở Ayun Pa", " nói"),
    ("Giám đốc Ban quản lý dự án", " 12 tháng qua"),
    # what police and procuracies look into
    ("Phó Trưởng Phòng Cảnh sát điều tra tội phạm về tham nhũng, Công an tỉnh", "."),
    ("Trưởng phòng Cảnh sát điều tra tội phạm về kinh tế, ma túy, Công an tỉnh", " nói"),
    ("Vụ trưởng Vụ Thực hành quyền công tố và kiểm sát điều tra án tham nhũng, chức vụ", " phân tích vướng mắc"),
    ("Vụ trưởng Vụ Kiểm sát việc tạm giữ, tạm giam và thi hành án hình sự", " nói"),
    ("Trưởng Thi hành án dân sự tỉnh", " nói"),
    ("Phó Bí thư Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh", "; Võ Minh Chí, TUV"),
    # what boards are for, where a team looks
    ("Phó ban tổ chức Lễ hội chọi trâu Đồ Sơn 2017", " cho biết"),
    ("Trưởng Ban Chỉ đạo Kỳ thi Trung học Phổ thông quốc gia năm 2017", " về những điểm nổi bật"),
    ("Tổ trưởng tổ công tác thẩm định tàu cá vỏ thép", " đã cho biết"),
    ("Trưởng Ban Chỉ đạo", " chủ trì cuộc họp"),
    ("Trưởng đoàn Thanh tra đất đai tại xã Đồng Tâm", " (Mỹ Đức, Hà Nội)"),
    # a word that begins the next sentence
    ("Thứ trưởng Bộ Y tế", " Công văn chỉ nhắc nhở"),
]


@pytest.mark.parametrize(("post", "after"), POSTS, ids=[post[:60] for post, _ in POSTS])
def test_a_post_ends_where_its_body_ends(post: str, after: str) -> None:
    found = find_post(Line(post + after), 0, lexicon())
    assert found is not None
    assert found.text == post
