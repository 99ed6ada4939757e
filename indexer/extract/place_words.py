"""The type words of places, and the words around place names by which place_mentions.py tells a place from a person, a body, a street or a farm."""

from __future__ import annotations

import re
from functools import cache

from analyzers.fold import key
from indexer.gazetteer.load import Level, gazetteer, table

_NAMED_BARE: tuple[Level, ...] = ("province", "district")

# Type words, by their keys: the words that open a place's name.
ONE_WORD = {key(w): w for w in ("xã", "phường", "huyện", "quận", "tỉnh")}
TWO_WORDS = {(key(a), key(b)): f"{a} {b}" for a, b in (("thị", "xã"), ("thị", "trấn"), ("thành", "phố"), ("đặc", "khu"))}
# Party committees and youth unions: "Huyện ủy Lắk" names huyện Lắk.
BODIES = {
    (key(a), key(b)): word
    for a, word in (("tỉnh", "tỉnh"), ("thành", "thành phố"), ("huyện", "huyện"), ("quận", "quận"), ("thị", "thị xã"))
    for b in ("ủy", "đoàn", "đội")
}
SHORT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "p": "phường", "q": "quận", "h": "huyện"}
FIRST_WORDS = {a for a, _ in (*TWO_WORDS, *BODIES)} | set(ONE_WORD)
OPENERS = FIRST_WORDS | set(SHORT)

# "hợp tác xã Tân Lập", "Thông tấn xã Việt Nam", "công xã Paris" are no communes.
NOT_BEFORE_XA = {key(w) for w in ("tác", "tấn", "công", "hợp", "đại")}
AND = {key("và"), key("với"), key("hoặc")}
OF = {key(w) for w in ("thuộc", "của", "ở")}
OPENS_LIST = {key(w) for w in ("các", "những", "hai", "ba", "bốn", "năm", "sáu", "nhiều", "số")}
FORMERLY = {key("cũ")}
# Words between the type word of a list and its names: "các xã biên giới Mường Típ, Keng Đu", "các huyện miền núi như A, B".
LIST_WORDS = frozenset(
    key(w)
    for w in (
        "biên giới miền núi vùng cao sâu xa ven biển bãi ngang phía bắc nam đông tây đặc biệt khó khăn nghèo còn lại lân cận giáp ranh như gồm là trọng điểm"
    ).split()
)
BEFORE_MERGER = (key("trước"), key("sáp"))

SURNAMES = frozenset(
    key(w)
    for w in (
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Trịnh Đào Mai Trương Cao Lương Vương Tạ Hà Thái Tô "
        "Châu Quách Phùng Triệu Nông Bạch Kiều Doãn Chu Tống Lưu Thân Từ Giang La Lò Lầu Giàng Vàng Cầm Hứa Khuất Ninh Văn Đàm Lại Mạc Ông Tôn Viên "
        "Nghiêm Âu Bế Ma Thạch Danh Sơn Siu Rơ Ksor Y H Hầu Lữ Khổng Thiều Phương Đồng Vi Điểu Cù Uông Tăng Thào Sùng Cư Nay Rah Niê Blô"
    ).split()
)
# The commonest of them: a name after a type word that is in no table and begins so is a person's ("Chủ tịch UBND xã Lê Hùng").
COMMON_SURNAMES = frozenset(key(w) for w in "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Đào Trương Phùng".split())
# Capitalised words that begin a body or a title, not a place's name.
NO_NAME = frozenset(
    key(w)
    for w in (
        "Ủy Uỷ Đảng Đoàn Hội Ban Sở Phòng Bí Chủ Phó Trưởng Thường Khóa Khoá Nhiệm Đại Thành UBND HĐND MTTQ UBMTTQ Công Quân Viện Tòa Toà Chi Liên "
        "Giám Cục Bộ Mặt Nhà Việt Trung Văn Thanh Ông Bà Anh Chị Đồng Theo Tại Trong Sau Khi Với Để Các Những Năm Ngày Nghị Quyết Chương Nông Cựu"
    ).split()
)
# Lower-case words before a name that make it something else than a province or a district.
NOT_A_PLACE = frozenset(
    key(w) for w in "đường phố sông suối núi cầu hồ đèo chùa đền vịnh đảo cảng ga chợ trường báo đài hiệu ông bà anh chị em cháu bé tên làng điện luật".split()
)
# The end of the ocean's name, though it begins like that of a person: "Tư lệnh Thái Bình Dương Harry Harris".
OCEAN = (key("bình"), key("dương"))
# Two words of which the second alone would make a bare name something else: "Sở Công Thương Hà Nội", "yêu cầu Hà Tĩnh".
BEFORE_NAME_PAIRS = frozenset(
    (key(a), key(b)) for a, b in (*map(str.split, ("công thương", "môi trường", "thị trường", "yêu cầu", "đầu cầu", "đường phố")), *TWO_WORDS)
)
# Capitalised words that may stand right before a bare name without being a part of it.
BEFORE_NAME = frozenset(
    key(w)
    for w in (
        "Tại Ở Từ Theo Đến Về Tỉnh Cả Riêng Ngoài Như Còn Và Với Qua Trên Vùng Miền Do Nếu Cùng Của Nhiều Đối Tới Sau Trước Khi Trong Hôm Lãnh Người Việc"
    ).split()
)
# Words before a district's bare name that speak of a place or a body of it.
PLACE_BEFORE = frozenset(key(w) for w in "ở tại về từ đến ra vào lên xuống an ủy đoàn UBND HĐND VKSND TAND MTTQ đất địa quê dân vùng".split())
# Words before a bare name that is not a district's though one is called so: people, buildings, firms.
NOT_A_DISTRICT = frozenset(
    key(w)
    for w in (
        "viện ty trại gò sạn tháp khu bến bãi họ bác cô chú thầy nhà án sĩ viên giả ảnh bay xe hàng đình quán phim giải tướng liệt khoa gia học chung "
        "máy măng xí trạm cảng cụm chợ trường ngân dự phà cáp tuyến đảo"
    ).split()
)


@cache
def province_starts() -> frozenset[str]:
    """First words of provinces' names and aliases; "HCM" alone is no place (TNCS HCM)."""
    return gazetteer().first_words("province") - {"hcm"}


@cache
def district_starts() -> frozenset[str]:
    """First words of districts' names and aliases."""
    return gazetteer().first_words("district")


@cache
def starts() -> frozenset[str]:
    """First words of either's."""
    return province_starts() | district_starts()


@cache
def whole_names() -> frozenset[str]:
    """Keys of the names and aliases of provinces and districts."""
    return frozenset(name for level in _NAMED_BARE for name in gazetteer().keys(level))


@cache
def behind_starts() -> frozenset[str]:
    """Keys of what may go on with one of `starts` in these names. Beginnings of what follows there, for names are parted as one likes: "Krông Ana"."""
    rests = {name[end:] for name in whole_names() for end in range(1, len(name)) if name[:end] in starts()}
    return frozenset(rest[:end] for rest in rests for end in range(1, len(rest) + 1))


@cache
def landmark_words() -> dict[str, list[str]]:
    """Last capitalised word of a landmark's name -> the names that it is in: only those have to be looked for where it stands."""
    names: dict[str, list[str]] = {}
    for name, _ in table("landmarks.tsv"):
        names.setdefault(next(word for word in reversed(re.split(r"[\W_]+", name)) if word[:1].isupper()), []).append(name)
    return names
