"""Careers told further off than a name's own posts, and of "ông" and "bà" alone. Names are made up."""

from __future__ import annotations

import pytest

from indexer.extract.officials import officials
from tests.indexer.extracting import sentence

CASES = [
    # of a pronoun: who is named before it in the sentence, or first in the sentence before
    (
        "Ông Trần Quốc Khải là Bí thư Tỉnh đoàn. Sau đó, ông lần lượt làm Phó Chủ tịch, Chủ tịch UBND huyện Mê Linh; Trưởng ban Dân vận Tỉnh ủy.",
        {"Trần Quốc Khải": ["Bí thư Tỉnh đoàn", "Phó Chủ tịch", "Chủ tịch UBND huyện Mê Linh", "Trưởng ban Dân vận Tỉnh ủy"]},
    ),
    (
        "Bộ trưởng Lê Văn Minh gặp cử tri TP. Ông Trần Quốc Khải sinh năm 1953. Ông là giáo sư kinh tế, đại biểu Quốc hội khóa X, XI. "  # noqa: ISC004
        "Từ năm 1997, ông là Thành ủy viên. Sau đó, ông giữ chức Bí thư Thành đoàn rồi trở thành Chủ tịch UBND tỉnh Hà Nam năm 2006.",
        {"Lê Văn Minh": ["Bộ trưởng"], "Trần Quốc Khải": ["đại biểu Quốc hội", "Thành ủy viên", "Bí thư Thành đoàn", "Chủ tịch UBND tỉnh Hà Nam"]},
    ),
    (
        "Bộ trưởng Trần Quốc Khải tiếp bà Lê Thị Hoa. Bà từng là Bí thư Huyện ủy Mê Linh. Năm 2010, ông bị bãi chức Bí thư Đảng đoàn.",
        {"Trần Quốc Khải": ["Bộ trưởng", "Bí thư Đảng đoàn"], "Lê Thị Hoa": ["Bí thư Huyện ủy Mê Linh"]},
    ),
    ("Bộ trưởng Trần Quốc Khải nhớ từ thời ông còn làm Bí thư Tỉnh ủy Sơn La", {"Trần Quốc Khải": ["Bộ trưởng", "Bí thư Tỉnh ủy Sơn La"]}),
    # nobody is told: two persons before the pronoun, a company's office, one that may be held some day, "đàn ông"
    ("Bộ trưởng Trần Quốc Khải nói với ông Lê Văn Dũng từ khi ông làm Bí thư Tỉnh ủy Sơn La", {"Trần Quốc Khải": ["Bộ trưởng"]}),
    ("Bộ trưởng Trần Quốc Khải kể thời ông còn làm Chủ tịch một công ty", {"Trần Quốc Khải": ["Bộ trưởng"]}),
    ("Bộ trưởng Trần Quốc Khải nói. Ông có thể được bầu làm Chủ tịch Quốc hội.", {"Trần Quốc Khải": ["Bộ trưởng"]}),
    ("Bộ trưởng Trần Quốc Khải nói người đàn ông đó là bí thư chi bộ", {"Trần Quốc Khải": ["Bộ trưởng"]}),
    # of a name before or behind it
    (
        "Trước khi làm Phó Chủ tịch UBND thành phố, ông Lê Quốc Dũng từng đảm nhận những nhiệm vụ là Giám đốc Sở Nội vụ",
        {"Lê Quốc Dũng": ["Phó Chủ tịch UBND thành phố", "Giám đốc Sở Nội vụ"]},
    ),
    (
        "Ông Lê Quốc Dũng từng kinh qua nhiều vị trí công tác như cán bộ giảng dạy Đại học Bách khoa; Bí thư Thành đoàn; Phó Chủ tịch UBND tỉnh.",
        {"Lê Quốc Dũng": ["Bí thư Thành đoàn", "Phó Chủ tịch UBND tỉnh"]},
    ),
    (
        "Đồng chí Lê Quốc Dũng, sinh năm 1970; quê quán: thị xã Hoài Nhơn; trình độ: Thạc sĩ; từng giữ các chức vụ: Phó Bí thư Tỉnh đoàn, Giám đốc Sở Nội vụ.",
        {"Lê Quốc Dũng": ["Phó Bí thư Tỉnh đoàn", "Giám đốc Sở Nội vụ"]},
    ),
    ("ông Lê Quốc Dũng đã có nhiều năm làm Phó Giám đốc Sở Nội vụ", {"Lê Quốc Dũng": ["Phó Giám đốc Sở Nội vụ"]}),
    ("kỷ luật ông Lê Quốc Dũng bằng hình thức cách chức Bí thư Ban cán sự Đảng", {"Lê Quốc Dũng": ["Bí thư Ban cán sự Đảng"]}),
    (
        "Lê Quốc Dũng, Trưởng công an xã, dự. Dũng làm Bí thư Đảng ủy xã Mê Linh từ năm 2015.",
        {"Lê Quốc Dũng": ["Trưởng công an xã", "Bí thư Đảng ủy xã Mê Linh"]},
    ),
    ("Chủ tịch nước Lê Quốc Dũng cách chức Bộ trưởng Y tế", {"Lê Quốc Dũng": ["Chủ tịch nước"]}),
    ("Tổng thống Lê Quốc Dũng chỉ định làm Bộ trưởng Y tế", {"Lê Quốc Dũng": ["Tổng thống"]}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[-40:] for text, _ in CASES])
def test_careers_of_a_text(text: str, expected: dict[str, list[str]]) -> None:
    found, _ = officials(sentence(text))
    assert {official.name: list(official.posts) for official in found} == expected
