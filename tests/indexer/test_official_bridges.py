"""Posts whose bodies no table knows, posts told by "là", shared by number, of somebody else; names that need no post. Names are made up."""

from __future__ import annotations

import pytest

from indexer.extract.officials import officials
from indexer.gazetteer.holders import holders
from indexer.gazetteer.load import table
from tests.indexer.extracting import sentence

CASES = [
    # names of bodies that go on: fields in lower case, behind "và", in brackets, two countries, two councils
    (
        "Cục trưởng Cục Quốc tịch, hộ tịch và chứng thực Nguyễn Công Khải nói",
        {"Nguyễn Công Khải": ["Cục trưởng Cục Quốc tịch, hộ tịch và chứng thực"]},
    ),
    ("Cục trưởng Cục Quốc tịch, đã ký và trao cho Nguyễn Công Khải", {}),
    ("ông Đặng Đức Khải - Trưởng Ban Phân tích và Dự báo, nói", {"Đặng Đức Khải": ["Trưởng Ban Phân tích và Dự báo"]}),
    ("Tổng Giám đốc Ban thư ký APEC Allan Kessel nói", {"Allan Kessel": ["Tổng Giám đốc Ban thư ký APEC"]}),
    (
        "Phó Chủ tịch Hội nghị Hiệp thương chính trị nhân dân toàn quốc (Chính hiệp) Trung Quốc Vương Gia Khải nói",
        {"Vương Gia Khải": ["Phó Chủ tịch Hội nghị Hiệp thương chính trị nhân dân toàn quốc (Chính hiệp) Trung Quốc"]},
    ),
    (
        "ông Raul Kessel, Chủ tịch Hội đồng Nhà nước và Hội đồng Bộ trưởng Cuba nói",
        {"Raul Kessel": ["Chủ tịch Hội đồng Nhà nước và Hội đồng Bộ trưởng Cuba"]},
    ),
    ("ông Kessel Moon, tổng thống thứ 12 của Hàn Quốc, nói", {"Kessel Moon": ["tổng thống thứ 12 của Hàn Quốc"]}),
    (
        "Tư lệnh lực lượng Mỹ tại Iraq và Syria, trung tướng Stephen Kessel từng tuyên bố",
        {"Stephen Kessel": ["Tư lệnh lực lượng Mỹ tại Iraq và Syria"]},
    ),
    # examples of those who hold a post
    (
        "hỏi các đại biểu Quốc hội như Dương Trung Khải, Lưu Bình Trọng để nắm thông tin",
        {"Dương Trung Khải": ["đại biểu Quốc hội"], "Lưu Bình Trọng": ["đại biểu Quốc hội"]},
    ),
    ("đại biểu Quốc hội như Dương Trung Khải muốn", {}),
    # terms of a list are no part of the post, and no end of the list
    (
        "Ông Lê Văn Khải là Ủy viên Trung ương Đảng khóa X, XI, XII; Đại biểu Quốc hội khóa X, XII",
        {"Lê Văn Khải": ["Ủy viên Trung ương Đảng", "Đại biểu Quốc hội"]},
    ),
    # a bracket that tells the age before the post
    ("ông Lê Trung Khải (42 tuổi, Phó Chủ tịch UBND xã) và", {"Lê Trung Khải": ["Phó Chủ tịch UBND xã"]}),
    # companies abroad are nobody, and their heads no officials
    ("ông Eric Kessel, phó chủ tịch Stone Kessel Group, nhận định", {}),
    # the party secretary of a company
    ("Ông Lê Văn Khải - Bí thư Đảng ủy, nguyên Tổng giám đốc Công ty Xây lắp nói", {}),
    ("Phó Thủ tướng nước Việt Nam Dân chủ Cộng hòa Lê Văn Khải", {}),
    # unknown words between a post and its holder go on with the post
    ("Giám đốc cơ quan hỗ trợ chính sách của APEC Denis Kessel cho rằng", {"Denis Kessel": ["Giám đốc cơ quan hỗ trợ chính sách của APEC"]}),
    (
        "Ủy viên phụ trách về ngân sách của Liên minh châu Âu (EU) Paul Kessel nói",
        {"Paul Kessel": ["Ủy viên phụ trách về ngân sách của Liên minh châu Âu (EU)"]},
    ),
    ("Quốc vụ khanh phụ trách công nghệ số Mounir Kessel nói", {"Mounir Kessel": ["Quốc vụ khanh phụ trách công nghệ số"]}),
    ("Thị trưởng Bordeaux Alain Kessel nói", {"Alain Kessel": ["Thị trưởng Bordeaux"]}),
    ("Chủ tịch UBND hyện Tĩnh Gia Nguyễn Tiến Khải nói", {"Nguyễn Tiến Khải": ["Chủ tịch UBND hyện Tĩnh Gia"]}),
    ("Thị trưởng Marawi, ông Majul Kessel, cho biết", {"Majul Kessel": ["Thị trưởng Marawi"]}),
    ("Bộ trưởng đại diện cho Scotland, ông David Kessel nói", {"David Kessel": ["Bộ trưởng đại diện cho Scotland"]}),
    ("Thủ hiến bang Rheinland-Pfalz bà Malu Kessel nói", {"Malu Kessel": ["Thủ hiến bang Rheinland-Pfalz"]}),
    ("Bộ trưởng Nhập cư và tị nạn Bỉ T.Phranh-ken nói", {"T.Phranh-ken": ["Bộ trưởng Nhập cư và tị nạn Bỉ"]}),
    ("người phát ngôn của LNA Ahmad Kessel nói", {"Ahmad Kessel": ["người phát ngôn của LNA"]}),
    ("cùng Chủ tịch Thượng viện I.La-toóc-tu nói", {"I.La-toóc-tu": ["Chủ tịch Thượng viện"]}),
    ("Tổng thống bị luận tội Pắc Cưn Hê cho biết", {"Pắc Cưn Hê": ["Tổng thống"]}),
    # ... but no verb, no company, no kin, nobody else's time
    ("Thủ tướng khen tỉnh Hà Nam vì đã", {}),
    ("Giám đốc điều hành Tập đoàn Kessel Holding nói", {}),
    ("Bí thư Tỉnh ủy và con trai Nguyễn Văn Khải nói", {}),
    ("Thủ tướng về việc này, ông Nguyễn Văn Khải nói", {}),
    # "là" tells whose a post is
    ("hai đồng Chủ tịch Nhóm ASEAN của Quốc hội Mỹ là Ann Kessel và", {"Ann Kessel": ["đồng Chủ tịch Nhóm ASEAN của Quốc hội Mỹ"]}),
    ("Giám đốc FBI gần đây nhất là James B. Kessel, người", {"James B. Kessel": ["Giám đốc FBI"]}),
    ("Đại biểu cao tuổi nhất là cụ Vũ Văn Khải, 71 tuổi", {}),
    ("ông Dương Trung Khải, một trong hai đại biểu Quốc hội của tỉnh", {"Dương Trung Khải": ["đại biểu Quốc hội"]}),
    ("Bà Phạm Thị Thanh Khải, khi còn Chủ tịch UBND huyện Lắk, ký", {"Phạm Thị Thanh Khải": ["Chủ tịch UBND huyện Lắk"]}),
    # a number or "gồm các ông" shares a post
    (
        "bổ nhiệm 2 Thẩm phán là ông Lê Hồng Khải và ông Nguyễn Văn Trọng",
        {"Lê Hồng Khải": ["Thẩm phán"], "Nguyễn Văn Trọng": ["Thẩm phán"]},
    ),
    (
        "có 5 phó chủ tịch, gồm các ông: Nguyễn Xuân Khải, Lê Khắc Trọng",
        {"Nguyễn Xuân Khải": ["phó chủ tịch"], "Lê Khắc Trọng": ["phó chủ tịch"]},
    ),
    ("Chánh văn phòng, kiêm người phát ngôn Bộ Nội vụ Lê Văn Khải", {"Lê Văn Khải": ["Chánh văn phòng", "người phát ngôn Bộ Nội vụ"]}),
    # posts of somebody else
    ("của Chủ tịch Thượng viện Haiti, Chủ tịch Quốc hội Lê Thị Khải nói", {"Lê Thị Khải": ["Chủ tịch Quốc hội"]}),
    ("tiếp Thị trưởng Rotterdam, Thủ tướng Chính phủ Lê Văn Khải và", {"Lê Văn Khải": ["Thủ tướng Chính phủ"]}),
    ("của Chủ tịch nước và Tổng thống Vladimir Kessel nói", {"Vladimir Kessel": ["Tổng thống"]}),
    ("Tại kỳ họp, tranh luận với Bộ trưởng, đại biểu Lê Văn Khải nói", {"Lê Văn Khải": ["đại biểu"]}),
    ("Phó Tổng thống Mike Kessel, các Bộ trưởng, thành viên", {"Mike Kessel": ["Phó Tổng thống"]}),
    ("Bộ trưởng Quốc phòng Mỹ James Kessel, Thủ tướng Australia cũng nói", {"James Kessel": ["Bộ trưởng Quốc phòng Mỹ"]}),
    (
        "Tổng thống Paul Kessel, Cố vấn an ninh quốc gia Mỹ, ông H. R. Kessler nói",
        {"Paul Kessel": ["Tổng thống"], "H. R. Kessler": ["Cố vấn an ninh quốc gia Mỹ"]},
    ),
    ("Bà Jenjeera Kessel, đại biểu đến từ Thái Lan chia sẻ", {}),
    ("thăm Khu di tích Chủ tịch Hồ Chí Minh, ông Paul Kessel nói", {}),
    ("ông Lê Văn Khải, nguyên Ủy viên HĐQT Công ty X, nói", {}),
    # bodies
    ("bác sĩ Lê Văn Khải, Giám đốc Bệnh viện Bạch Mai, cho biết", {"Lê Văn Khải": ["Giám đốc Bệnh viện Bạch Mai"]}),
    ("Giám đốc BV Bạch Mai Lê Văn Khải nói", {"Lê Văn Khải": ["Giám đốc BV Bạch Mai"]}),
    ("Chủ tịch TP. Hà Nội Lê Văn Khải nói", {"Lê Văn Khải": ["Chủ tịch TP. Hà Nội"]}),
    (
        "Chủ nhiệm Ủy ban Khoa học, Công nghệ - Môi trường Lê Văn Khải nói",
        {"Lê Văn Khải": ["Chủ nhiệm Ủy ban Khoa học, Công nghệ - Môi trường"]},
    ),
    ("Ủy viên Ủy ban Tư pháp Nguyễn Thái Học nói", {"Nguyễn Thái Học": ["Ủy viên Ủy ban Tư pháp"]}),  # a namesake of somebody historical
    ("Viện trưởng Viện Kinh tế Đà Nẵng Lê Văn Khải nói", {"Lê Văn Khải": ["Viện trưởng Viện Kinh tế Đà Nẵng"]}),
    ("Phó đoàn Phan Nguyễn Như Khải đánh giá", {"Phan Nguyễn Như Khải": ["Phó đoàn"]}),
    # names
    ("người đứng đầu Văn phòng An ninh quốc gia Kim Kwan-kin nói", {"Kim Kwan-kin": ["người đứng đầu Văn phòng An ninh quốc gia"]}),
    ("Đại sứ Mỹ Theodore G. Kessel III nói", {"Theodore G. Kessel III": ["Đại sứ Mỹ"]}),
    ("Thứ trưởng Ngoại giao Nguyễn Quốc Khảicũng chia sẻ", {"Nguyễn Quốc Khải": ["Thứ trưởng Ngoại giao"]}),
    ("ĐB Hà Sỹ Đồng Chủ tịch QH Lê Thị Khải yêu cầu", {"Hà Sỹ Đồng": ["ĐB"], "Lê Thị Khải": ["Chủ tịch QH"]}),
    ("chủ tịch UBND TP Hà Nôi yêu cầu", {}),
    ("[Thượng tướng Lê Văn Khải - PV]", {"Lê Văn Khải": []}),
    ("nhà lãnh đạo Kim Jong-un nói", {"Kim Jong-un": ["nhà lãnh đạo"]}),
    ("Thẩm phán Michelle T. Kessel nói. Thẩm phán Michelle Kessel và Thẩm phán Michelle Kessel", {"Michelle Kessel": ["Thẩm phán"]}),
    ("ứng cử viên tự do Emmanuel Macron, một người", {}),
    # offices abroad and of the United Nations, acting holders, whose office another's is
    ("Quan chức cấp cao Palestine Hanan Kessel lên án", {"Hanan Kessel": ["Quan chức cấp cao Palestine"]}),
    ("đề nghị của quan chức cấp cao Mỹ, người phát ngôn Hanan Kessel nói", {"Hanan Kessel": ["người phát ngôn"]}),
    (
        "Hanan Kessel, Điều phối viên đặc biệt của LHQ về Tiến trình hòa bình Trung Đông, kêu gọi",
        {"Hanan Kessel": ["Điều phối viên đặc biệt của LHQ về Tiến trình hòa bình Trung Đông"]},
    ),
    ("thông tin từ quyền trợ lý ngoại trưởng Mỹ Susan Kessel", {"Susan Kessel": ["quyền trợ lý ngoại trưởng Mỹ"]}),
    ("chính quyền Tổng thống Mỹ Susan Kessel", {"Susan Kessel": ["Tổng thống Mỹ"]}),
    ("ông Lê Khải Hùng, Trợ lý Chủ tịch Ủy ban quốc gia APEC 2017 nói", {"Lê Khải Hùng": ["Trợ lý Chủ tịch Ủy ban quốc gia APEC 2017"]}),
    ("Năm 2010, Đại sứ Mỹ tại ASEAN lúc đó, Scot Kessel đã tuyên bố", {"Scot Kessel": ["Đại sứ Mỹ tại ASEAN"]}),
    # several persons; a rank between two posts; a part played at an event
    ("Một số nghị sĩ cấp cao Mỹ như John Kessel, Steny Kessel lên án", {"John Kessel": ["nghị sĩ cấp cao Mỹ"], "Steny Kessel": ["nghị sĩ cấp cao Mỹ"]}),
    (
        "hai đồng Chủ tịch Nhóm ASEAN là Ann Kessel (Đảng Cộng hòa) và John Kessel (Đảng Dân chủ) nói",
        {"Ann Kessel": ["đồng Chủ tịch Nhóm ASEAN"], "John Kessel": ["đồng Chủ tịch Nhóm ASEAN"]},
    ),
    ("Ủy viên Trung ương Đảng, Thượng tướng, Thứ trưởng Lê Khải Hùng nói", {"Lê Khải Hùng": ["Ủy viên Trung ương Đảng", "Thứ trưởng"]}),
    ("2 phó đoàn gồm các ông: Lê Khải Hùng - Giám đốc Sở Nội vụ; Lê Khải Minh", {"Lê Khải Hùng": ["Giám đốc Sở Nội vụ"]}),
    ("Phó Thủ tướng Thường trực Chính phủ Lê Khải Hùng. Phó Thủ tướng Chính phủ Lê Khải Hùng", {"Lê Khải Hùng": ["Phó Thủ tướng Thường trực Chính phủ"]}),
    # offices of others before one's own
    ("phiên chất vấn Bộ trưởng Bộ Kế hoạch và Đầu tư, Phó Thủ tướng Lê Khải Hùng nói", {"Lê Khải Hùng": ["Phó Thủ tướng"]}),
    ("Phó Thủ tướng, Bộ trưởng Ngoại giao Lê Khải Hùng nói", {"Lê Khải Hùng": ["Phó Thủ tướng", "Bộ trưởng Ngoại giao"]}),
    ("rồi mấy ông Bộ trưởng, Thứ trưởng, ông Lê Khải Hùng, nguyên Bí thư Hà Nam cũng thôi", {"Lê Khải Hùng": ["nguyên Bí thư Hà Nam"]}),
    # a birthday, or another time, between a name and its posts
    (
        "2. Ông Lê Khải Hùng, sinh ngày 18 tháng 7 năm 1966, Thẩm phán cao cấp, Phó Chánh án Tòa án nhân dân tỉnh.",
        {"Lê Khải Hùng": ["Thẩm phán cao cấp", "Phó Chánh án Tòa án nhân dân tỉnh"]},
    ),
    (
        "bà Lê Khải Hân – nguyên Chủ tịch UBND quận 9 (hiện đang là Bí thư Quận ủy quận 9), cùng",
        {"Lê Khải Hân": ["nguyên Chủ tịch UBND quận 9", "Bí thư Quận ủy quận 9"]},
    ),
    ("gia đình ông Lê Khải Hùng ( thương binh 1/4, nguyên Phó Giám đốc Sở Y tế )", {"Lê Khải Hùng": ["nguyên Phó Giám đốc Sở Y tế"]}),
    ("Thủ tướng Đức hiện nay, bà Susan Kessel, cũng nói", {"Susan Kessel": ["Thủ tướng Đức"]}),
    ("Ngoại trưởng Nga Susan Kessel. Bộ trưởng Ngoại giao Nga Susan Kessel nói", {"Susan Kessel": ["Bộ trưởng Ngoại giao Nga"]}),
    # "such as" behind a post of several; a name that a ward has too; a party in full
    (
        "xử lý các đồng chí nguyên là Ủy viên Trung ương như Lê Khải Hùng, Lê Khải Minh",
        {"Lê Khải Hùng": ["nguyên Ủy viên Trung ương"], "Lê Khải Minh": ["nguyên Ủy viên Trung ương"]},
    ),
    (
        "một loạt đồng chí nguyên Ủy viên Trung ương như đồng chí Lê Khải Hùng, Lê Khải Minh, sắp tới",
        {"Lê Khải Hùng": ["nguyên Ủy viên Trung ương"], "Lê Khải Minh": ["nguyên Ủy viên Trung ương"]},
    ),
    ("người phát ngôn Bộ VH-TT&DL Nguyễn Thái Bình nói", {"Nguyễn Thái Bình": ["người phát ngôn Bộ VH-TT&DL"]}),
    ("Phó Chủ tịch Đảng Dân chủ xã hội, Ngoại trưởng Susan Kessel, nói", {"Susan Kessel": ["Phó Chủ tịch Đảng Dân chủ xã hội", "Ngoại trưởng"]}),
    # who ran for an office; attachés and aides; who is no official
    ("Trong cuộc bầu cử Tổng thống Pháp, bà Susan Kessel thua Thủ tướng Anh John Kessel", {"John Kessel": ["Thủ tướng Anh"]}),
    ("một tùy viên quân sự của đại sứ quán Nga, Susan Kessel đã nhận", {"Susan Kessel": ["tùy viên quân sự của đại sứ quán Nga"]}),
    ("dẫn lời ông John Kessel, phụ tá Bộ Ngoại giao Moldova.", {"John Kessel": ["phụ tá Bộ Ngoại giao Moldova"]}),
    ("Bà Lê Khải Hân, Phó Chủ tịch điều hành bộ phận quan hệ công chúng, nói", {}),
    # who held an office long ago
    ("Đầu năm 1938, đồng chí Lê Khải Hùng, Bí thư Thành ủy Hà Nội về công nhận", {}),
    ("Tháng 5/1943, đồng chí Lê Khải Hùng triệu tập. Bí thư Tỉnh ủy Lê Khải Hùng nói", {"Lê Khải Hùng": ["Bí thư Tỉnh ủy"]}),
    ("Sinh năm 1938, ông Lê Khải Hùng, nguyên Bí thư Tỉnh ủy, nói", {"Lê Khải Hùng": ["nguyên Bí thư Tỉnh ủy"]}),
    ("Từ năm 1938 đến năm 2008, Bí thư Tỉnh ủy Lê Khải Hùng nói", {"Lê Khải Hùng": ["Bí thư Tỉnh ủy"]}),
    # where a body's name goes on
    ("theo Phó chủ tịch UBND xã Cao Nhân Hoàng Khải Hùng, cùng ngày", {"Hoàng Khải Hùng": ["Phó chủ tịch UBND xã Cao Nhân"]}),
    (
        "Ông Lê Khải Hùng, Giám đốc Trung tâm Hỗ trợ doanh nghiệp, Sở Kế hoạch và Đầu tư thành phố Cần Thơ cho biết",
        {"Lê Khải Hùng": ["Giám đốc Trung tâm Hỗ trợ doanh nghiệp, Sở Kế hoạch và Đầu tư thành phố Cần Thơ"]},
    ),
    ("Chủ tịch Hội hữu nghị Việt - Trung Lê Khải Hùng sẽ dự", {"Lê Khải Hùng": ["Chủ tịch Hội hữu nghị Việt - Trung"]}),
    ("đồng chí Lê Khải Hùng, Chủ tịch UBND tỉnh Bà Rịa – Vũng Tàu, nói", {"Lê Khải Hùng": ["Chủ tịch UBND tỉnh Bà Rịa – Vũng Tàu"]}),
    ("Ông Lê Khải Hùng, Chủ tịch UBND X.Điền Hải cho biết", {"Lê Khải Hùng": ["Chủ tịch UBND X.Điền Hải"]}),
    ("ông Lê Khải Hùng- Trưởng trạm Thú y huyện Hương Khê nói", {"Lê Khải Hùng": ["Trưởng trạm Thú y huyện Hương Khê"]}),
    ("ông Lê Khải Hùng, nguyên Phó Giám đốc Trường Chính trị tỉnh", {"Lê Khải Hùng": ["nguyên Phó Giám đốc Trường Chính trị tỉnh"]}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_officials(text: str, expected: dict[str, list[str]]) -> None:
    assert {official.name: list(official.posts) for official in officials(sentence(text))[0]} == expected


def test_who_leads_a_province_needs_no_post() -> None:
    """By a name that few share, behind "ông" or "bà" and without a private post."""
    name = next(holder.name for holder in holders() if holder.name.count(" ") == 2 and holder.name.split(" ")[1] not in ("Văn", "Thị"))
    found, (evidence,) = officials(sentence(f"việc kỷ luật ông {name}. Họ"))
    assert [(official.name, official.posts) for official in found] == [(name, ())]
    assert (evidence.start, evidence.end) == (17, 17 + len(name))
    assert officials(sentence(f"trên đường {name} và ông {name}h")) == ((), [])
    assert officials(sentence(f"ông {name}, Giám đốc Công ty X, nói")) == ((), [])


def test_who_leads_the_country_needs_no_post() -> None:
    """The names of a list behind "ông" too."""
    one, other, *_ = [name for name, *_ in table("holders_centre.tsv") if name.count(" ") == 2]
    found, _ = officials(sentence(f"việc kỷ luật các ông {one}, {other}, Lê Văn Tư. Họ"))
    assert [(official.name, official.posts) for official in found] == [(one, ()), (other, ())]
