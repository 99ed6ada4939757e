"""Officials: the forms in which names and posts stand in reports, one sentence each."""

from __future__ import annotations

import pytest

from indexer.extract.keeping import post_key
from indexer.extract.officials import officials
from tests.indexer.extracting import sentence

CASES = [
    # post before the name
    ("Phó Bí thư Thường Trực Tỉnh ủy Cao Thị Hòa An cũng yêu cầu", {"Cao Thị Hòa An": ["Phó Bí thư Thường Trực Tỉnh ủy"]}),
    ("Theo Bí thư Đảng ủy, Chủ tịch HĐND xã Bình Hiệp Lê Minh Lực, năm 2026", {"Lê Minh Lực": ["Bí thư Đảng ủy", "Chủ tịch HĐND xã Bình Hiệp"]}),
    ("Bí thư Tỉnh ủy Bình Dương Trần Văn Nam nói", {"Trần Văn Nam": ["Bí thư Tỉnh ủy Bình Dương"]}),
    ("Bí thư Thành ủy Hà Nội Hoàng Trung Hải nói", {"Hoàng Trung Hải": ["Bí thư Thành ủy Hà Nội"]}),
    ("Chủ tịch UBND tỉnh Đoàn Ngọc Việt nói", {"Đoàn Ngọc Việt": ["Chủ tịch UBND tỉnh"]}),
    ("Giám đốc Sở Công Thương Vương Quốc Trinh nói", {"Vương Quốc Trinh": ["Giám đốc Sở Công Thương"]}),
    ("Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch Nguyễn Ngọc Thiện nói", {"Nguyễn Ngọc Thiện": ["Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"]}),
    ("Đồng chí Bí thư Tỉnh ủy Hoàng Duy Chinh nhấn mạnh", {"Hoàng Duy Chinh": ["Bí thư Tỉnh ủy"]}),
    ("Chủ tịch UBND phường A, ông Nguyễn Văn Bình cho biết", {"Nguyễn Văn Bình": ["Chủ tịch UBND phường A"]}),
    # post after it
    ("Đồng chí Bùi Văn Cường -Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy đề nghị", {"Bùi Văn Cường": ["Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy"]}),
    ("ông Lê Văn Hải (ảnh), Phó Cục trưởng Cục Quản lý dược, Bộ Y tế, cho biết", {"Lê Văn Hải": ["Phó Cục trưởng Cục Quản lý dược, Bộ Y tế"]}),
    (
        "Nguyễn Thị Thu NguyệtPhó trưởng đoàn phụ trách Đoàn Đại biểu Quốc hội tỉnh.",
        {"Nguyễn Thị Thu Nguyệt": ["Phó trưởng đoàn phụ trách Đoàn Đại biểu Quốc hội tỉnh"]},
    ),
    (
        "ông Hoàng Duy Hồ - Bí thư Chi bộ kiêm Tổ trưởng tổ dân phố 4 - Đống Đa (phường Thống Nhất), cho rằng",
        {"Hoàng Duy Hồ": ["Bí thư Chi bộ", "Tổ trưởng tổ dân phố 4 - Đống Đa"]},
    ),
    ("Hội đồng đã bầu ông Trần Văn Sơn giữ chức vụ Chủ tịch UBND huyện", {"Trần Văn Sơn": ["Chủ tịch UBND huyện"]}),
    ("đồng chí Nguyễn Đình Trung - Bí thư Tỉnh ủy làm Trưởng đoàn", {"Nguyễn Đình Trung": ["Bí thư Tỉnh ủy"]}),
    ("ông Leo Varadkar, 38 tuổi, làm Thủ tướng Ireland", {"Leo Varadkar": ["Thủ tướng Ireland"]}),
    ("ông Đinh La Thăng đã nhận nhiệm vụ với chức danh Phó trưởng Ban Kinh tế Trung ương", {"Đinh La Thăng": ["Phó trưởng Ban Kinh tế Trung ương"]}),
    ("ông Trump, Thủ tướng Anh Theresa May và Tổng thống Mỹ Donald Trump", {"Theresa May": ["Thủ tướng Anh"], "Donald Trump": ["Tổng thống Mỹ"]}),
    # lists
    (
        "Dự có các Phó Thủ tướng Vương Đình Huệ, Trương Hòa Bình và Vũ Đức Đam.",
        {n: ["Phó Thủ tướng"] for n in ("Vương Đình Huệ", "Trương Hòa Bình", "Vũ Đức Đam")},
    ),
    ("Dự có các đồng chí Phó Chủ tịch UBND tỉnh: Lê Hải Hòa, Trần Tiến Dũng.", {n: ["Phó Chủ tịch UBND tỉnh"] for n in ("Lê Hải Hòa", "Trần Tiến Dũng")}),
    ("Dự có các đồng chí: Lê Hải Hòa, Trần Tiến Dũng - Phó Chủ tịch UBND tỉnh.", {n: ["Phó Chủ tịch UBND tỉnh"] for n in ("Lê Hải Hòa", "Trần Tiến Dũng")}),
    (
        "Các đồng chí: Phương Thị Thanh - Phó Bí thư, Chủ tịch HĐND tỉnh; Nguyễn Đăng Bình - Chủ tịch UBND tỉnh chủ trì Hội nghị.",
        {"Phương Thị Thanh": ["Phó Bí thư", "Chủ tịch HĐND tỉnh"], "Nguyễn Đăng Bình": ["Chủ tịch UBND tỉnh"]},
    ),
    (
        "Chủ tịch nước Trần Đại Quang, Thủ tướng Nguyễn Xuân Phúc, Chủ tịch Quốc hội Nguyễn Thị Kim Ngân dự",
        {"Trần Đại Quang": ["Chủ tịch nước"], "Nguyễn Xuân Phúc": ["Thủ tướng"], "Nguyễn Thị Kim Ngân": ["Chủ tịch Quốc hội"]},
    ),
    ("Sở có 8 Phó giám đốc Sở gồm các ông, bà: Lê Văn Cửu và Lê Thị Tư.", {n: ["Phó giám đốc Sở"] for n in ("Lê Văn Cửu", "Lê Thị Tư")}),
    (
        "Dự có các Ủy viên Trung ương Đảng: Chủ nhiệm Ủy ban Đối ngoại Nguyễn Văn Giàu; Tổng thư ký Quốc hội Nguyễn Hạnh Phúc.",
        {"Nguyễn Văn Giàu": ["Ủy viên Trung ương Đảng", "Chủ nhiệm Ủy ban Đối ngoại"], "Nguyễn Hạnh Phúc": ["Ủy viên Trung ương Đảng", "Tổng thư ký Quốc hội"]},
    ),
    # an office that begins another clause, or is another's
    ("Gửi lời chúc tới Đại sứ Saleh Adibi, Thủ tướng nhấn mạnh", {"Saleh Adibi": ["Đại sứ"]}),
    ("Sau báo cáo của Giám đốc Sở Y tế, Chủ tịch UBND tỉnh Lê Văn Tư yêu cầu", {"Lê Văn Tư": ["Chủ tịch UBND tỉnh"]}),
    ("giải trình ý kiến của ĐBQH, Chủ nhiệm Ủy ban Pháp luật Lê Văn Tư nói", {"Lê Văn Tư": ["Chủ nhiệm Ủy ban Pháp luật"]}),
    ("Thay mặt Đoàn ĐBQH ông Lê Văn Tư cảm ơn, ông Lê Văn Sáu, Bí thư Tỉnh ủy nghe", {"Lê Văn Sáu": ["Bí thư Tỉnh ủy"]}),
    ("Các đại biểu Lê Thị Tư, Phó Chủ tịch HĐND tỉnh; các đồng chí UVTV Huyện ủy dự", {"Lê Thị Tư": ["Phó Chủ tịch HĐND tỉnh"]}),
    # an office taken over or given up
    ("ông Lê Văn Tư đến nhận nhiệm vụ mới làm bí thư Quận ủy Thanh Khê", {"Lê Văn Tư": ["bí thư Quận ủy Thanh Khê"]}),
    ("bị cáo Lê Văn Tư, lúc này đang là Trưởng công an xã", {"Lê Văn Tư": ["Trưởng công an xã"]}),
    ("cho thôi nhiệm vụ đại biểu Quốc hội với ông Lê Văn Tư", {"Lê Văn Tư": ["đại biểu Quốc hội"]}),
    ("Lê Văn Tư, Ủy viên Ủy ban MTTQ tỉnh, nhiệm kỳ 2014-2019, Bí thư Đảng đoàn", {"Lê Văn Tư": ["Ủy viên Ủy ban MTTQ tỉnh", "Bí thư Đảng đoàn"]}),
    # former, acting, abbreviated, foreign
    ("nguyên Bí thư Thành ủy Hội An Nguyễn Sự chia sẻ", {"Nguyễn Sự": ["nguyên Bí thư Thành ủy Hội An"]}),
    ("Quyền Chủ tịch UBND tỉnh Trần Văn Tân nói", {"Trần Văn Tân": ["Quyền Chủ tịch UBND tỉnh"]}),
    ("ông Lê Văn Tư – Phó BQL Khu CNC Hòa Lạc, để", {"Lê Văn Tư": ["Phó BQL Khu CNC Hòa Lạc"]}),
    (
        "Phó Thủ tướng Lê Văn Tư, Trưởng Ban Chỉ đạo Nhà nước về đổi mới cơ chế hoạt động đã dự",
        {"Lê Văn Tư": ["Phó Thủ tướng", "Trưởng Ban Chỉ đạo Nhà nước về đổi mới cơ chế hoạt động"]},
    ),
    ("ông Hakubun Shimomura, người đứng đầu LDP tại Tokyo, phải", {"Hakubun Shimomura": ["người đứng đầu LDP tại Tokyo"]}),
    ("người đứng đầu quỹ đầu tư Chris Burniske, Thủ tướng Anh Theresa May", {"Theresa May": ["Thủ tướng Anh"]}),
    ("Vua Bỉ Philippe đón Giáo hoàng Francis", {"Philippe": ["Vua Bỉ"], "Francis": ["Giáo hoàng"]}),
    ("Bộ trưởng Bộ Giáo dục Theo Reuters, sau", {}),
    ("10 Phó Trưởng đoàn Đoàn Thể thao. Đại biểu Lê Văn Tư (Đoàn Thanh Hóa) nói", {"Lê Văn Tư": ["Đại biểu"]}),
    ("bà Lê Thị Tư, Chủ tịch kiêm Giám đốc điều hành Công ty Đúc tiền, nói", {}),
    ("Bộ trưởng Bộ VH, TT&DL Lê Văn Tư", {"Lê Văn Tư": ["Bộ trưởng Bộ VH, TT&DL"]}),
    ("có Ông Phạm S, Phó chủ tịch UBND tỉnh", {"Phạm S": ["Phó chủ tịch UBND tỉnh"]}),
    ("Tại kỳ họp, đại biểu Thuận Hữu (Hải Phòng) và đại biểu Nguyễn Thái Học nói", {"Thuận Hữu": ["đại biểu"], "Nguyễn Thái Học": ["đại biểu"]}),
    ("gửi tới đại biểu Lê Văn Tư, Chủ tịch Quốc hội nhấn mạnh", {"Lê Văn Tư": ["đại biểu"]}),
    ("GĐ Sở NN và PTNT Lê Văn Tư", {"Lê Văn Tư": ["GĐ Sở NN và PTNT"]}),
    ("Đ/c Lê Văn Tư – Trưởng CA huyện; Đại tá Ksor Nham – Phó CHT Bộ CHQS tỉnh", {"Lê Văn Tư": ["Trưởng CA huyện"], "Ksor Nham": ["Phó CHT Bộ CHQS tỉnh"]}),
    ("Phó Thủ tướng Phạm Bình Minhcho biết", {"Phạm Bình Minh": ["Phó Thủ tướng"]}),
    ("Tổng thống nước này Moon Jae-in và", {"Moon Jae-in": ["Tổng thống"]}),
    ("nữ Phát ngôn viên LHQ Eri Kaneko", {"Eri Kaneko": ["Phát ngôn viên LHQ"]}),
    ("Tổng Lãnh sự Việt Nam tại Frankfurt Lê Văn Tư", {"Lê Văn Tư": ["Tổng Lãnh sự Việt Nam tại Frankfurt"]}),
    ("Bộ trưởng Kinh tế bang Rheinland-Pfalz Volker Wissing", {"Volker Wissing": ["Bộ trưởng Kinh tế bang Rheinland-Pfalz"]}),
    ("chính quyền Tổng thống Mỹ Donald Trump", {"Donald Trump": ["Tổng thống Mỹ"]}),
    ("đ/c Lò Văn Hương, UVBCH Đảng bộ tỉnh, PCT UBND tỉnh dự", {"Lò Văn Hương": ["UVBCH Đảng bộ tỉnh", "PCT UBND tỉnh"]}),
    ("Thủ tướng Đức Angela Merkel và Tổng thống Syria Bashar al-Assad", {"Angela Merkel": ["Thủ tướng Đức"], "Bashar al-Assad": ["Tổng thống Syria"]}),
    ("Tổng thống Hàn Quốc Moon Jae-in gặp Chủ tịch Trung Quốc Tập Cận Bình", {"Moon Jae-in": ["Tổng thống Hàn Quốc"], "Tập Cận Bình": ["Chủ tịch Trung Quốc"]}),
    # names
    ("Phó Chủ tịch UBND tỉnh Y Biêr Niê nói", {"Y Biêr Niê": ["Phó Chủ tịch UBND tỉnh"]}),
    ("bà H'Vi Êban, Phó Chủ tịch HĐND huyện, nói", {"H'Vi Êban": ["Phó Chủ tịch HĐND huyện"]}),
    ("đồng chí Ksor H'Bơ Khắp", {"Ksor H'Bơ Khắp": []}),
    ("Đại tá Rơ Châm Lan - Phó Giám đốc Công an tỉnh", {"Rơ Châm Lan": ["Phó Giám đốc Công an tỉnh"]}),
    ("Chủ tịch UBND xã Vàng Seo Phừ", {"Vàng Seo Phừ": ["Chủ tịch UBND xã"]}),
    ("Bà Thạch Thị Sa Phia - Bí thư Huyện ủy", {"Thạch Thị Sa Phia": ["Bí thư Huyện ủy"]}),
    ("BÍ THƯ TỈNH ỦY NGUYỄN VĂN HÙNG LÀM VIỆC TẠI HUYỆN", {"Nguyễn Văn Hùng": ["BÍ THƯ TỈNH ỦY"]}),
    ("Đồng chí NGUYỄN VĂN HÙNG, Bí thư Tỉnh ủy, phát biểu", {"Nguyễn Văn Hùng": ["Bí thư Tỉnh ủy"]}),
    ("Chính trị viên Nguyễn Văn Hải nói", {"Nguyễn Văn Hải": ["Chính trị viên"]}),
    # bodies with commas, departments named in lower case, brackets, former posts
    (
        "tiếp Bộ trưởng Bộ Kinh tế, Thương mại và Công nghiệp Nhật Bản Hiroshige Seko đang thăm",
        {"Hiroshige Seko": ["Bộ trưởng Bộ Kinh tế, Thương mại và Công nghiệp Nhật Bản"]},
    ),
    ("ông Trần Văn Sơn, Phó Vụ trưởng Vụ Thống kê giá cho biết", {"Trần Văn Sơn": ["Phó Vụ trưởng Vụ Thống kê giá"]}),
    ("Trưởng phòng Kinh tế-Hạ tầng huyện Tiên Lãng Phạm Hồng Sơn nói", {"Phạm Hồng Sơn": ["Trưởng phòng Kinh tế-Hạ tầng huyện Tiên Lãng"]}),
    ("ông Lê Văn Tư, Phó ban Ban An toàn giao thông (ATGT) TP.HCM, nói", {"Lê Văn Tư": ["Phó ban Ban An toàn giao thông (ATGT) TP.HCM"]}),
    ("ông Lê Văn Tư - Chánh Thanh tra, Sở Nội vụ cho biết", {"Lê Văn Tư": ["Chánh Thanh tra, Sở Nội vụ"]}),
    ("ông Lê Văn Tư, Chủ tịch UBND xã Thọ Thành, huyện Yên Thành, nói", {"Lê Văn Tư": ["Chủ tịch UBND xã Thọ Thành"]}),
    (
        "TS Lê Văn Tư, Phó Chủ tịch Tổng hội Xây dựng (nguyên Thứ trưởng Bộ Xây dựng) nói",
        {"Lê Văn Tư": ["Phó Chủ tịch Tổng hội Xây dựng", "nguyên Thứ trưởng Bộ Xây dựng"]},
    ),
    ("Chủ tịch UBND quận khi đó là bà Lê Thị Tư đã đề nghị", {"Lê Thị Tư": ["Chủ tịch UBND quận"]}),
    ("ý kiến chỉ đạo của Thủ tướng, Bộ trưởng Lê Văn Tư nói", {"Lê Văn Tư": ["Bộ trưởng"]}),
    ("câu hỏi của các đại biểu Quốc hội, Phó Thủ tướng Lê Văn Tư nói", {"Lê Văn Tư": ["Phó Thủ tướng"]}),
    ("ĐB Lê Văn Tư, ĐBQH Lê Văn Tư", {"Lê Văn Tư": ["ĐBQH"]}),
    ("ông Lê Văn Tư, Phó Chủ tịch UBND tỉnh, Trưởng đoàn giám sát", {"Lê Văn Tư": ["Phó Chủ tịch UBND tỉnh"]}),
    ("Dự có các đồng chí PCT UBND tỉnh: Trần Văn Nam, Lê Thị Bình.", {n: ["PCT UBND tỉnh"] for n in ("Trần Văn Nam", "Lê Thị Bình")}),
    ("ĐỒNG CHÍ TRẦN VĂN NAM - PHÓ CHỦ TỊCH UBND TỈNH KIỂM TRA TIẾN ĐỘ DỰ ÁN", {"Trần Văn Nam": ["PHÓ CHỦ TỊCH UBND TỈNH"]}),
    ("Nhà vua Tây Ban Nha Felipe VI chúc", {"Felipe VI": ["Nhà vua Tây Ban Nha"]}),
    ("điện mừng Tổng thống Moldova I. Dodon", {"I. Dodon": ["Tổng thống Moldova"]}),
    ("người phát ngôn của chính phủ, ông Yoshihide Suga, nói", {"Yoshihide Suga": ["người phát ngôn của chính phủ"]}),
    ("Chủ tịch UBND tỉnh Kim Ngọc Sơn nói", {"Kim Ngọc Sơn": ["Chủ tịch UBND tỉnh"]}),
    ("Bí thư Đảng ủy xã Măng Đen A Dũng nói", {"A Dũng": ["Bí thư Đảng ủy xã Măng Đen"]}),
    ("Đồng chí K'Brốt - Phó Bí thư Huyện ủy nói", {"K'Brốt": ["Phó Bí thư Huyện ủy"]}),
    ("Chủ tịch Hội LHPN tỉnh Thị Điểu Hoa nói", {"Thị Điểu Hoa": ["Chủ tịch Hội LHPN tỉnh"]}),
    # heads and bodies in short, deputies of any head, an office said in two ways, an institute of the state
    ("Ông Lê Văn Tư, Phó Hạt trưởng Hạt KL H. Phù Cát, nói", {"Lê Văn Tư": ["Phó Hạt trưởng Hạt KL H. Phù Cát"]}),
    ("Chủ tịch UBND Q.1 Lê Văn Tư nói", {"Lê Văn Tư": ["Chủ tịch UBND Q.1"]}),
    ("Phó công tố viên Lê Văn Tư nói", {"Lê Văn Tư": ["Phó công tố viên"]}),
    ("Bộ trưởng Bộ KHĐT Lê Văn Tư, Bộ trưởng Bộ Kế hoạch và Đầu tư Lê Văn Tư", {"Lê Văn Tư": ["Bộ trưởng Bộ Kế hoạch và Đầu tư"]}),
    ("Tổng thống đắc cử Hàn Quốc Moon Jae-in. Tổng thống Hàn Quốc Moon Jae-in", {"Moon Jae-in": ["Tổng thống Hàn Quốc"]}),
    ("ông Lê Văn Tư - Viện trưởng Viện Dinh dưỡng, Bộ Y tế nói", {"Lê Văn Tư": ["Viện trưởng Viện Dinh dưỡng, Bộ Y tế"]}),
    ("Anh Lê Văn Tư, Bí thư Đoàn Trường Đại học Bách khoa nói", {"Lê Văn Tư": ["Bí thư Đoàn Trường Đại học Bách khoa"]}),
    ("Bộ trưởng Bộ NN – PTNT Lê Văn Tư nói", {"Lê Văn Tư": ["Bộ trưởng Bộ NN – PTNT"]}),
    ("ông Lê Văn Tư, Giám đốc Khu quản lý giao thông đô thị số 1, nói", {"Lê Văn Tư": ["Giám đốc Khu quản lý giao thông đô thị số 1"]}),
    # a dash between a post and its holder; offices of others in a list behind a name
    ("9/1, Chủ tịch UBND TP Hà Nội - Lê Văn Tư cho rằng", {"Lê Văn Tư": ["Chủ tịch UBND TP Hà Nội"]}),
    (
        "có Tổng Thanh tra Chính phủ Lê Văn Tư, Phó Chánh án Tòa án Nhân dân Tối cao, Thứ trưởng các Bộ Ngoại giao, Công Thương",
        {"Lê Văn Tư": ["Tổng Thanh tra Chính phủ"]},
    ),
    # nobody
    ("Ông Lê Văn Tư, Trưởng phòng kinh doanh Công ty TNHH Màu, nói", {}),
    ("anh Lê Văn Tư đang là trưởng phòng", {}),
    ("Trung úy Franco A. bị bắt", {}),
    ("bà P. T. T. D - Phó Chủ tịch UBND xã", {}),
    ("Ảnh: Nguyễn Văn Đông", {}),
    ("trên đường Nguyễn Văn Cừ, Chủ tịch UBND quận cho biết", {}),
    ("học tập và làm theo tư tưởng, đạo đức, phong cách Chủ tịch Hồ Chí Minh", {}),
    ("ông Nguyễn Văn Mạnh (56 tuổi, trú thôn Phú Hòa)", {}),
    ("ông Trương Văn Đài, Phó giám đốc công ty Đại Nguyên Dương, nói", {}),
    ("Chủ tịch Hội đồng quản trị Trần Văn Hai", {}),
    ("Bí thư Trung nói", {}),
    ("học giả Trần Trọng Kim (1882-1953), Thủ tướng Chính phủ", {}),
    ("cố Tổng Bí thư Nguyễn Văn Linh", {}),
    ("Luật sư Trương Thanh Đức cho rằng", {}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_officials_of_a_sentence(text: str, expected: dict[str, list[str]]) -> None:
    found, _ = officials(sentence(text))
    assert {official.name: list(official.posts) for official in found} == expected


def test_one_person_is_listed_once_with_each_post_once() -> None:
    text = (
        "Đồng chí Cao Thị Hòa An, Ủy viên Ban Thường vụ Tỉnh ủy, Chủ tịch HĐND tỉnh dự. Cao thị Hoà An, Uỷ viên Ban Thường vụ Tỉnh uỷ. "
        "Chủ tịch Cao Thị Hòa An nói. Phó Chủ tịch UBND tỉnh Võ Văn Cảnh. Chủ tịch An kết luận."
    )
    found, _ = officials(sentence(text))
    assert [(official.name, official.posts) for official in found] == [
        ("Cao Thị Hòa An", ("Ủy viên Ban Thường vụ Tỉnh ủy", "Chủ tịch HĐND tỉnh")),
        ("Võ Văn Cảnh", ("Phó Chủ tịch UBND tỉnh",)),
    ]


def test_what_is_said_of_a_given_name_is_said_of_its_bearer() -> None:
    text = "Ông Nguyễn Mạnh Cường, Bí thư Thành đoàn, dự. Hiện ông Cường là đại biểu HĐND thành phố. Đồng chí Hải về sau. Ông Đoàn Ngọc Hải cười."
    found, _ = officials(sentence(text))
    assert {official.name: official.posts for official in found} == {"Nguyễn Mạnh Cường": ("Bí thư Thành đoàn", "đại biểu HĐND thành phố"), "Đoàn Ngọc Hải": ()}


def test_a_short_mention_lends_its_post_to_the_only_bearer_of_the_name() -> None:
    found, _ = officials(sentence("Ông Phùng Xuân Nhạ trả lời. Bộ trưởng Nhạ nói. Bà Lê Thị Hoa dự."))
    assert [(official.name, official.posts) for official in found] == [("Phùng Xuân Nhạ", ("Bộ trưởng",))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Uỷ viên Ban Thường vụ Tỉnh uỷ", "Ủy viên Ban Thường vụ Tỉnh ủy"),
        ("Bộ trưởng Bộ Y tế", "Bộ trưởng Y tế"),
        ("Phó Bí thư Thường Trực Tỉnh ủy", "Phó Bí thư Thường trực Tỉnh ủy"),
    ],
)
def test_spellings_of_one_post_have_one_key(one: str, other: str) -> None:
    assert post_key(one) == post_key(other)


# Posts: where they end, whose they are, in which form they are listed

POSTS = [
    # brackets: the body above a department, what a body abroad is called by, an abbreviation of the words before, birth and home before the post
    (
        "ông Lê Văn Tư, Phó Cục trưởng Cục Tài chính doanh nghiệp (Bộ Tài chính), nói",
        {"Lê Văn Tư": ["Phó Cục trưởng Cục Tài chính doanh nghiệp (Bộ Tài chính)"]},
    ),
    (
        "ông Jens Stoltenberg, Tổng thư ký Tổ chức Hiệp ước Bắc Đại Tây Dương (NATO), nói",
        {"Jens Stoltenberg": ["Tổng thư ký Tổ chức Hiệp ước Bắc Đại Tây Dương (NATO)"]},
    ),
    ("Phó Thống đốc Ngân hàng Nhà nước (NHNN) Lê Thị Tư nói", {"Lê Thị Tư": ["Phó Thống đốc Ngân hàng Nhà nước"]}),
    ("Bí thư Tỉnh ủy Vân Nam (Trung Quốc) Trần Hào nói", {"Trần Hào": ["Bí thư Tỉnh ủy Vân Nam (Trung Quốc)"]}),
    # where a body's name goes on: in lower case up to the comma, behind a dash
    (
        "ông Lê Văn Tư, Trưởng ban Quản lý khu kinh tế Nghi Sơn và các KCN tỉnh Thanh Hóa, cho biết",
        {"Lê Văn Tư": ["Trưởng ban Quản lý khu kinh tế Nghi Sơn và các KCN tỉnh Thanh Hóa"]},
    ),
    ("ông Lê Văn Tư, Giám đốc Sở Y tế nhận lỗi, cho biết", {"Lê Văn Tư": ["Giám đốc Sở Y tế"]}),
    (
        "ông Lê Văn Tư, Trưởng phòng Quản lý thi và kiểm định chất lượng giáo dục, Sở GD-ĐT Hà Nội cho biết",
        {"Lê Văn Tư": ["Trưởng phòng Quản lý thi và kiểm định chất lượng giáo dục, Sở GD-ĐT Hà Nội"]},
    ),
    ("Trưởng phòng Quản lý công nghiệp - Sở Công thương Lê Văn Tư nói", {"Lê Văn Tư": ["Trưởng phòng Quản lý công nghiệp - Sở Công thương"]}),
    (
        "Viện trưởng Viện Chiến lược phát triển (Bộ Kế hoạch và Đầu tư) Lê Văn Tư",
        {"Lê Văn Tư": ["Viện trưởng Viện Chiến lược phát triển (Bộ Kế hoạch và Đầu tư)"]},
    ),
    ("có Ủy viên Trung ương Đảng, Tổng Giám đốc TTXVN, Lê Văn Tư và", {"Lê Văn Tư": ["Ủy viên Trung ương Đảng", "Tổng Giám đốc TTXVN"]}),
    ("bà Lê Thị Tư, Chủ tịch Ủy ban MTTQ Việt Nam (UBMTTQVN) TPHCM tại kỳ họp", {"Lê Thị Tư": ["Chủ tịch Ủy ban MTTQ Việt Nam (UBMTTQVN) TPHCM"]}),
    (
        "Giám đốc Sở Tài nguyên và Môi trường (TN&MT) tỉnh Yên Bái Lê Văn Tư nói",
        {"Lê Văn Tư": ["Giám đốc Sở Tài nguyên và Môi trường (TN&MT) tỉnh Yên Bái"]},
    ),
    ("thượng tá Lê Văn Tư, (Phó phòng Tham mưu, Công an tỉnh Yên Bái) cho biết", {"Lê Văn Tư": ["Phó phòng Tham mưu, Công an tỉnh Yên Bái"]}),
    ("gồm: Lê Văn Tư (SN 1973, trú tại Hà Nội - nguyên Phó Chủ tịch UBND phường Trung Tự)", {"Lê Văn Tư": ["nguyên Phó Chủ tịch UBND phường Trung Tự"]}),
    ("Chủ tịch UBND phường Lạch Tray (quận Ngô Quyền) Lê Văn Tư nói", {"Lê Văn Tư": ["Chủ tịch UBND phường Lạch Tray"]}),
    # names of bodies
    (
        "Ông Lê Văn Tư, Phó Trưởng phòng Quản lý thi và Kiểm định chất lượng giáo dục (Sở Giáo dục và Đào tạo Hà Nội) nói",
        {"Lê Văn Tư": ["Phó Trưởng phòng Quản lý thi và Kiểm định chất lượng giáo dục (Sở Giáo dục và Đào tạo Hà Nội)"]},
    ),
    ("Phó Trưởng đoàn đại biểu Thành phố Hà Nội Lê Thị Tư nhấn mạnh", {"Lê Thị Tư": ["Phó Trưởng đoàn đại biểu Thành phố Hà Nội"]}),
    ("Đại tá Lê Văn Tư, Trưởng phòng PC67 Công an thành phố", {"Lê Văn Tư": ["Trưởng phòng PC67 Công an thành phố"]}),
    ("Phó Chánh án TAND Cấp cao tại Hà Nội Lê Văn Tư", {"Lê Văn Tư": ["Phó Chánh án TAND Cấp cao tại Hà Nội"]}),
    ("ông Lê Văn Tư, Phó Giám đốc Sở TT & TT, nói", {"Lê Văn Tư": ["Phó Giám đốc Sở TT & TT"]}),
    ("ông Lê Văn Tư, Trưởng ban quản lý chợ Bát Tràng, nói", {"Lê Văn Tư": ["Trưởng ban quản lý chợ Bát Tràng"]}),
    ("ông Lê Văn Tư, Phó Giám đốc Trung tâm bảo tồn di sản Thành Nhà Hồ nói", {"Lê Văn Tư": ["Phó Giám đốc Trung tâm bảo tồn di sản Thành Nhà Hồ"]}),
    ("ông Lê Văn Tư, Chủ tịch Ủy ban Quốc gia APEC 2017", {"Lê Văn Tư": ["Chủ tịch Ủy ban Quốc gia APEC 2017"]}),
    ("bà Lê Thị Tư – Chánh tòa Hình sự - Tòa án Nhân dân tỉnh Bắc Ninh", {"Lê Thị Tư": ["Chánh tòa Hình sự - Tòa án Nhân dân tỉnh Bắc Ninh"]}),
    ("Thường trực Ban Bí thư Lê Văn Tư ký", {"Lê Văn Tư": ["Thường trực Ban Bí thư"]}),
    ("thông báo của Ban Bí thư T.Ư, ông Lê Văn Tư đã xin thôi", {}),
    ("Trưởng Ban Dân nguyện Lê Văn Tư cho biết", {"Lê Văn Tư": ["Trưởng Ban Dân nguyện"]}),
    ("Trưởng Ban Quản lý đường sắt đô thị Lê Văn Tư nói", {"Lê Văn Tư": ["Trưởng Ban Quản lý đường sắt đô thị"]}),
    ("đ/c Lê Văn Tư – HUV, Trưởng phòng LĐ-TB&XH huyện", {"Lê Văn Tư": ["HUV", "Trưởng phòng LĐ-TB&XH huyện"]}),
    ("ông Lê Văn Tư – Chánh Văn phòng Đoàn ĐBQH và HĐND tỉnh", {"Lê Văn Tư": ["Chánh Văn phòng Đoàn ĐBQH và HĐND tỉnh"]}),
    ("ông Lê Văn Tư, Giám đốc Ban Quản lý dự án đầu tư xây dựng tỉnh", {"Lê Văn Tư": ["Giám đốc Ban Quản lý dự án đầu tư xây dựng tỉnh"]}),
    ("ông Lê Văn Tư, Đội trưởng Đội Quản lý thị trường số 3", {"Lê Văn Tư": ["Đội trưởng Đội Quản lý thị trường số 3"]}),
    ("ông Lê Văn Tư, Trưởng Ban Chỉ đạo 138 thành phố", {"Lê Văn Tư": ["Trưởng Ban Chỉ đạo 138 thành phố"]}),
    ("Giám đốc Kho bạc Nhà nước khu vực XVI Lê Văn Tư", {"Lê Văn Tư": ["Giám đốc Kho bạc Nhà nước khu vực XVI"]}),
    ("Đội trưởng QLTT Bình Tân Lê Văn Tư giãi bày", {"Lê Văn Tư": ["Đội trưởng QLTT Bình Tân"]}),
    ("Phó trưởng thôn Hoành Lê Văn Tư", {"Lê Văn Tư": ["Phó trưởng thôn Hoành"]}),
    ("Đồng chí Lê Văn Tư, Tỉnh ủy viên, Giám đốc Sở Nội vụ", {"Lê Văn Tư": ["Tỉnh ủy viên", "Giám đốc Sở Nội vụ"]}),
    ("ông Lê Văn Tư - Bộ trưởng Bộ GD-ĐT Hiện nay giáo viên lo lắng", {"Lê Văn Tư": ["Bộ trưởng Bộ GD-ĐT"]}),
    # one post glued to the next, a post inside a post
    ("Phó Thủ tướng Bộ trưởng Ngoại giao Lê Văn Tư", {"Lê Văn Tư": ["Phó Thủ tướng", "Bộ trưởng Ngoại giao"]}),
    ("trợ lý của Tổng thống Hàn Quốc Moon Jae-in nói", {"Moon Jae-in": ["Tổng thống Hàn Quốc"]}),
    ("bà Lê Thị Tư, Trợ lý Bộ trưởng Ngoại giao", {"Lê Thị Tư": ["Trợ lý Bộ trưởng Ngoại giao"]}),
    ("Bộ Tư lệnh Thủ đô và ông Lê Văn Tư", {}),
    # abroad
    ("Đặc phái viên Liên Hợp Quốc về Syria Staffan de Mistura nói", {"Staffan de Mistura": ["Đặc phái viên Liên Hợp Quốc về Syria"]}),
    ("Đại sứ Việt Nam tại Hà Lan Ngô Thị Hòa cho biết", {"Ngô Thị Hòa": ["Đại sứ Việt Nam tại Hà Lan"]}),
    ("Phó Tổng thống Indonesia, Cựu Thủ tướng Singapore Goh Chok Tong", {"Goh Chok Tong": ["Cựu Thủ tướng Singapore"]}),
    ("phát ngôn viên Điện Kremlin Dmitry Peskov phát biểu", {"Dmitry Peskov": ["phát ngôn viên Điện Kremlin"]}),
    ("điện đàm với lãnh đạo Đài Loan Thái Anh Văn", {"Thái Anh Văn": ["lãnh đạo Đài Loan"]}),
    ("ông Igor Morozov, một thành viên của Ủy ban Đối ngoại Thượng viện Nga", {"Igor Morozov": ["thành viên của Ủy ban Đối ngoại Thượng viện Nga"]}),
    ("Tư lệnh Thái Bình Dương Harry Harris nói", {"Harry Harris": ["Tư lệnh Thái Bình Dương"]}),
    ("Đô đốc Mỹ Harry Harris nói", {"Harry Harris": []}),
    ("kêu gọi Tổng thống Mỹ khi đó George W. Bush tấn công", {"George W. Bush": ["Tổng thống Mỹ"]}),
    ("người đứng đầu cơ quan Tài chính quốc gia, ông Roman Nasirov.", {"Roman Nasirov": ["người đứng đầu cơ quan Tài chính quốc gia"]}),
    ("ông Viktor Ozerov - người đứng đầu Ủy ban Quốc phòng nói", {"Viktor Ozerov": ["người đứng đầu Ủy ban Quốc phòng"]}),
    ("Trung tướng Alexander Bortnikov, giám đốc FSB", {"Alexander Bortnikov": ["giám đốc FSB"]}),
    ("ông Trần Đại Nghĩa – Chủ tịch UBND huyện Quế Sơn", {"Trần Đại Nghĩa": ["Chủ tịch UBND huyện Quế Sơn"]}),
    ("người đứng đầu nhóm nghiên cứu, ông Mark Gregory.", {}),
    ("bà Irma Tasti, quan chức cấp cao của Bộ Thương mại Indonesia nói", {"Irma Tasti": ["quan chức cấp cao của Bộ Thương mại Indonesia"]}),
    ("Bộ trưởng Quốc phòng al-Mahdi al-Barghathi nói", {"Mahdi al-Barghathi": ["Bộ trưởng Quốc phòng"]}),
    ("Cảnh sát trưởng vùng Greater Manchester, ông Ian Hopkins xác nhận", {"Ian Hopkins": ["Cảnh sát trưởng vùng Greater Manchester"]}),
    ("Đô đốc nghỉ hưu William Fallon, người từng làm Tư lệnh Thái Bình Dương", {"William Fallon": ["Tư lệnh Thái Bình Dương"]}),
    ("ông Lê Văn Tư được Quốc hội phê chuẩn làm Thẩm phán TAND Tối cao", {"Lê Văn Tư": ["Thẩm phán TAND Tối cao"]}),
    ("Tổng thống Mỹ vừa mãn nhiệm Barack Obama tới", {"Barack Obama": ["Tổng thống Mỹ"]}),
    ("ông Lê Văn Tư, Trưởng Ban Chỉ đạo 389 quốc gia nói", {"Lê Văn Tư": ["Trưởng Ban Chỉ đạo 389 quốc gia"]}),
    ("bà Lê Thị Tư, Thứ trưởng Bộ Công thương kê khai tài sản, thu nhập", {"Lê Thị Tư": ["Thứ trưởng Bộ Công thương"]}),
    ("ông Lê Văn Tư, Phó Vụ trưởng Vụ Công chức Bộ Nội vụ", {"Lê Văn Tư": ["Phó Vụ trưởng Vụ Công chức Bộ Nội vụ"]}),
    # whose post it is
    ("Tổng Thư ký Quốc hội: Ông Lê Văn Tư suy nghĩ", {}),
    ("Lê Văn Tư: Các đại biểu đã nêu những vấn đề", {}),
    ("ĐBQH, Thiếu tướng Lê Văn Tư nói", {"Lê Văn Tư": ["ĐBQH"]}),
    ("ông Lê Văn Tư khi còn làm Bộ trưởng ký", {"Lê Văn Tư": ["Bộ trưởng"]}),
    (
        "ông Lê Văn Tư đã đảm nhiệm các chức vụ Phó Chủ tịch, Chủ tịch rồi Bí thư Tỉnh ủy Hà Tĩnh.",
        {"Lê Văn Tư": ["Phó Chủ tịch", "Chủ tịch", "Bí thư Tỉnh ủy Hà Tĩnh"]},
    ),
    ("Thủ tướng và Phó Thủ tướng Lê Văn Tư đã giao", {"Lê Văn Tư": ["Phó Thủ tướng"]}),
    ("câu hỏi của các ĐBQH, Thống đốc Lê Văn Tư nói", {"Lê Văn Tư": ["Thống đốc"]}),
    ("Tại kỳ họp, theo đại biểu Lê Văn Tư, Bí thư Tỉnh ủy Yên Bái phải làm rõ", {"Lê Văn Tư": ["đại biểu"]}),
    ("Theo ông Lê Văn Tư, Bí thư Huyện ủy, dân cần nước", {"Lê Văn Tư": ["Bí thư Huyện ủy"]}),
    ("Theo ông Lê Văn Tư (giám đốc Nhà máy thủy điện Đắk Kar), nguyên nhân", {}),
    ("Trong thời gian làm Giám đốc Sở Công Thương, bà Lê Thị Tư, Phó Bí thư Tỉnh ủy, ký", {"Lê Thị Tư": ["Giám đốc Sở Công Thương", "Phó Bí thư Tỉnh ủy"]}),
    ("Cựu Thủ tướng Lê Văn Tư có thể được bổ nhiệm làm Bộ trưởng Ngoại giao", {"Lê Văn Tư": ["Cựu Thủ tướng"]}),
    ("Ông Lê Văn Tư, cựu đô vật, đã trở thành tân Tổng thống Mông Cổ", {"Lê Văn Tư": ["Tổng thống Mông Cổ"]}),
    (
        "Ba Phó Chủ tịch UBND tỉnh gồm có ông Lê Văn Tư, Lê Văn Sáu và bà Lê Thị Bảy.",
        {"Lê Văn Tư": ["Phó Chủ tịch UBND tỉnh"], "Lê Văn Sáu": ["Phó Chủ tịch UBND tỉnh"], "Lê Thị Bảy": ["Phó Chủ tịch UBND tỉnh"]},
    ),
    ("Nguyên Thứ trưởng Bộ GD&ĐT, PGS.TS Lê Văn Tư cho biết", {"Lê Văn Tư": ["Nguyên Thứ trưởng Bộ GD&ĐT"]}),
    ("TS. Lê Văn Tư, nguyên Vụ trưởng Vụ Giáo dục, Bộ GD-ĐT phân tích chuyện này", {"Lê Văn Tư": ["nguyên Vụ trưởng Vụ Giáo dục, Bộ GD-ĐT"]}),
    ("Lê Văn Tư, Cục trưởng Cục Kinh tế, Bộ Quốc phòng lý giải về điều đó", {"Lê Văn Tư": ["Cục trưởng Cục Kinh tế, Bộ Quốc phòng"]}),
    ("Kirit Sumaiya, một nghị sĩ của đảng BJP cầm quyền", {"Kirit Sumaiya": ["nghị sĩ của đảng BJP"]}),
    # who runs for an office does not hold it
    ("ứng cử viên Tổng thống Mỹ Jill Stein nói", {}),
    ("bà Lê Thị Tư - Phó Chủ tịch UBND xã Thạch Hoài chưa hết lo", {"Lê Thị Tư": ["Phó Chủ tịch UBND xã Thạch Hoài"]}),
    ("Ông Lê Văn Tư, Trưởng BQL rừng phòng hộ Đông Bắc, cho biết", {"Lê Văn Tư": ["Trưởng BQL rừng phòng hộ Đông Bắc"]}),
    ("gặp Thứ trưởng Lê Văn Tư, Phó thủ tướng cho biết ông không hài lòng", {"Lê Văn Tư": ["Thứ trưởng"]}),
    (
        "ông Lê Văn Tư, Trưởng Ban Chỉ đạo quốc gia chống buôn lậu, gian lận thương mại và hàng giả, yêu cầu",
        {"Lê Văn Tư": ["Trưởng Ban Chỉ đạo quốc gia chống buôn lậu, gian lận thương mại và hàng giả"]},
    ),
    ("Ông Lê Văn Tư, Phó Chủ nhiệm Ủy ban Văn hóa, Giáo dục của QH, nói", {"Lê Văn Tư": ["Phó Chủ nhiệm Ủy ban Văn hóa, Giáo dục của QH"]}),
    (
        "ông Lê Văn Tư, Chủ tịch Ủy ban An toàn giao thông (ATGT) quốc gia, nói",
        {"Lê Văn Tư": ["Chủ tịch Ủy ban An toàn giao thông (ATGT) quốc gia"]},
    ),
    (
        "ông Lê Văn Tư, Trưởng ban Chỉ đạo Trung ương về cải cách tiền lương, bảo hiểm xã hội và ưu đãi người có công, nói",
        {"Lê Văn Tư": ["Trưởng ban Chỉ đạo Trung ương về cải cách tiền lương, bảo hiểm xã hội và ưu đãi người có công"]},
    ),
    # what several hold may be the next one's too
    (
        "nhiều cán bộ nguyên Ủy viên Trung ương mấy khóa như ông Lê Văn Tư, Nguyễn Văn Năm bị kỷ luật",
        {"Lê Văn Tư": ["nguyên Ủy viên Trung ương"], "Nguyễn Văn Năm": ["nguyên Ủy viên Trung ương"]},
    ),
    ("kỷ luật Thứ trưởng Lê Văn Tư và Nguyễn Văn Năm", {"Lê Văn Tư": ["Thứ trưởng"], "Nguyễn Văn Năm": ["Thứ trưởng"]}),
    ("gặp Chủ tịch Lê Văn Tư và Nguyễn Văn Năm", {"Lê Văn Tư": ["Chủ tịch"]}),
    # posts in associations are listed of officials only
    ("ĐB Lê Văn Tư, Chủ tịch Liên đoàn Luật sư Việt Nam, nói", {"Lê Văn Tư": ["ĐB", "Chủ tịch Liên đoàn Luật sư Việt Nam"]}),
    ("Ông Lê Văn Tư, Chủ tịch Liên đoàn Luật sư Việt Nam, nói", {}),
    # whom a leader's given name tells is not whom the colon does
    ("con rể Tổng thống Trump: Jared Kessel bị cáo buộc", {}),
    ("Theo đặc phái viên TTXVN, ông Lê Văn Tư nói", {}),
    # what somebody is in charge of
    ("gặp Bộ trưởng phụ trách vấn đề Brexit của Anh David Kessel và", {"David Kessel": ["Bộ trưởng phụ trách vấn đề Brexit của Anh"]}),
    (
        "Trưởng đoàn đàm phán về Brexit của Liên minh châu Âu (EU) Michel Kessel nói",
        {"Michel Kessel": ["Trưởng đoàn đàm phán về Brexit của Liên minh châu Âu (EU)"]},
    ),
    (
        "ông Mark Kessel, Đặc phái viên của Tổng Thư ký Liên hợp quốc về tài chính toàn diện cho phát triển, nói",
        {"Mark Kessel": ["Đặc phái viên của Tổng Thư ký Liên hợp quốc về tài chính toàn diện cho phát triển"]},
    ),
    ("Bí thư thứ nhất T.Ư Đoàn Lê Văn Tư nói", {"Lê Văn Tư": ["Bí thư thứ nhất T.Ư Đoàn"]}),
    # whose head is said of one already begins a clause
    ("gặp Chủ tịch Quốc hội Lê Văn Tư, Chủ tịch Quốc hội Cuba nhấn mạnh", {"Lê Văn Tư": ["Chủ tịch Quốc hội"]}),
    ("cuộc gặp với Thủ tướng Nhật Bản Hiro Sato, Tổng thống Mỹ khẳng định", {"Hiro Sato": ["Thủ tướng Nhật Bản"]}),
    ("Phó thủ tướng Lê Văn Tư, Bộ trưởng Bộ Công an đều nói", {"Lê Văn Tư": ["Phó thủ tướng"]}),
    ("nghe Phó Thủ tướng Lê Văn Tư, Bộ trưởng các Bộ: Y tế, Xây dựng trả lời", {"Lê Văn Tư": ["Phó Thủ tướng"]}),
    ("chủ trì tiệc với Thủ tướng Lê Văn Tư Ngoại trưởng Mỹ bắt tay", {"Lê Văn Tư": ["Thủ tướng"]}),
    # chains that one person cannot hold
    ("Báo cáo với Bí thư Thành ủy, Phó Giám đốc Sở Y tế Lê Văn Tư nói", {"Lê Văn Tư": ["Phó Giám đốc Sở Y tế"]}),
    ("ý kiến của 4 Phó Chủ tịch UBND TP, Chủ tịch UBND TP Lê Văn Tư nói", {"Lê Văn Tư": ["Chủ tịch UBND TP"]}),
    ("hội đàm giữa Tổng thống và Chủ tịch nước Lê Văn Tư", {"Lê Văn Tư": ["Chủ tịch nước"]}),
    ("Chất vấn Phó thủ tướng, đại biểu Lê Văn Tư nói", {"Lê Văn Tư": ["đại biểu"]}),
    ("Thay mặt Chính phủ, Thủ tướng Chính phủ, Bộ trưởng Lê Văn Tư nhấn mạnh", {"Lê Văn Tư": ["Bộ trưởng"]}),
    ("Tổng thống Nga và Bộ trưởng Quốc phòng Mỹ James Kessel nói", {"James Kessel": ["Bộ trưởng Quốc phòng Mỹ"]}),
    ("Theo các quan chức Phủ Tổng thống Hàn Quốc, tân Thủ tướng Lê Văn Tư nói", {"Lê Văn Tư": ["Thủ tướng"]}),
    # who appoints, and who meets somebody
    ("ông được Bộ trưởng Lê Văn Tư bổ nhiệm làm Phó cục trưởng Cục Thuế", {"Lê Văn Tư": ["Bộ trưởng"]}),
    ("Theo đại tá Quân đội Mỹ Ryan Kessel, máy bay", {"Ryan Kessel": []}),
    (
        "Vụ trưởng Vụ Châu Á-Thái Bình Dương Lê Văn Tư nói",
        {"Lê Văn Tư": ["Vụ trưởng Vụ Châu Á-Thái Bình Dương"]},
    ),
    ("Ông Lê Văn Tư, Giám đốc Trung tâm Bảo tồn di tích cố đô Huế, nói", {"Lê Văn Tư": ["Giám đốc Trung tâm Bảo tồn di tích cố đô Huế"]}),
    ("Ông Lê Văn Tư - Trưởng phòng Quy hoạch - Giao đất (Sở TN&MT) nói", {"Lê Văn Tư": ["Trưởng phòng Quy hoạch - Giao đất"]}),
    ("đồng chí Lê Văn Tư, Thứ trưởng phụ trách lĩnh vực này, điều hành", {"Lê Văn Tư": ["Thứ trưởng"]}),
    # no offices
    ("ông Lê Văn Tư, Trưởng ban quản lý tòa nhà Sao Mai, nói", {}),
    ("ông Lê Văn Tư, Chủ tịch Công đoàn Công ty Hoa Mai, nói", {}),
    ("ông Lê Văn Tư, Chủ tịch Hội đồng, Trường Đại học Giao thông Vận tải, nói", {}),
    ("thủ lĩnh Abu Bakr al-Baghdadi", {}),
    ("Ông Lê Văn Tư, Tổng thư ký VASEP, nói", {}),
    ("yêu cầu dừng các công trình ở Tân Sơn Nhất, Thứ trưởng nói", {}),
]


@pytest.mark.parametrize(("text", "expected"), POSTS, ids=[text[:60] for text, _ in POSTS])
def test_posts_of_a_sentence(text: str, expected: dict[str, list[str]]) -> None:
    found, _ = officials(sentence(text))
    assert {official.name: list(official.posts) for official in found} == expected


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        (["chủ tịch huyện Lắk", "Chủ tịch UBND huyện Lắk"], ["Chủ tịch UBND huyện Lắk"]),
        (["Bí thư Hà Nội", "Bí thư Thành ủy Hà Nội"], ["Bí thư Thành ủy Hà Nội"]),
        (["Bộ trưởng Ngoại giao", "Bộ trưởng Ngoại giao", "Bộ trưởng Bộ Ngoại giao"], ["Bộ trưởng Ngoại giao"]),
        (["Bộ trưởng Y tế", "Bộ trưởng Bộ Y tế"], ["Bộ trưởng Bộ Y tế"]),
        (["Tổng thống Cộng hòa Belarus", "Tổng thống Belarus", "Tổng thống Belarus"], ["Tổng thống Belarus"]),
        (["Chủ tịch nước", "Chủ tịch nước CHXHCN Việt Nam"], ["Chủ tịch nước"]),
        (["Nghị sĩ", "Hạ nghị sĩ"], ["Hạ nghị sĩ"]),
        (["Giám đốc FBI", "Giám đốc Cục Điều tra Liên bang (FBI)"], ["Giám đốc Cục Điều tra Liên bang (FBI)"]),
        (["Đại sứ Mỹ tại LHQ", "Đại sứ Mỹ tại Liên hợp quốc (LHQ)"], ["Đại sứ Mỹ tại Liên hợp quốc"]),
        (["Phó Chủ tịch Quốc hội", "Phó Chủ tịch Thường trực Quốc hội"], ["Phó Chủ tịch Thường trực Quốc hội"]),
        (["Bộ trưởng Bộ Y tê", "Bộ trưởng Bộ Y tế"], ["Bộ trưởng Bộ Y tế"]),
        (
            ["Phó giám đốc bệnh viện Thường Xuân", "Phó giám đốc bệnh viện đa khoa huyện Thường Xuân"],
            ["Phó giám đốc bệnh viện đa khoa huyện Thường Xuân"],
        ),
        (["Chủ tịch Mặt trận", "Chủ tịch Ủy ban Trung ương MTTQ Việt Nam"], ["Chủ tịch Ủy ban Trung ương MTTQ Việt Nam"]),
        (["Chủ tịch HN", "Chủ tịch UBND TP Hà Nội"], ["Chủ tịch UBND TP Hà Nội"]),
        (["Ủy viên Bộ Chính trị khóa XII", "Ủy viên Bộ Chính trị"], ["Ủy viên Bộ Chính trị"]),
        (["Giám đốc Bệnh viện Đa khoa Hòa Bình"] * 2 + ["Giám đốc Bệnh viện Đa khoa tỉnh Hòa Bình"], ["Giám đốc Bệnh viện Đa khoa tỉnh Hòa Bình"]),
        (["Tổng thống", "cựu Tổng thống Mỹ"], ["cựu Tổng thống Mỹ"]),
        (["nguyên Bộ trưởng Tư pháp", "Cựu Bộ trưởng Tư pháp"], ["nguyên Bộ trưởng Tư pháp"]),
        (["Bí thư Huyện ủy", "Chủ tịch UBND tỉnh"], ["Bí thư Huyện ủy", "Chủ tịch UBND tỉnh"]),
    ],
)
def test_each_office_is_listed_in_one_form(said: list[str], listed: list[str]) -> None:
    found, _ = officials(sentence(" ".join(f"{post} Lê Văn Tư nói." for post in said)))
    assert [list(official.posts) for official in found] == [listed]
