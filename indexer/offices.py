"""What the id of a post says of its body: an office of the centre, of another national body, of a province, a district or a commune.

Read by persons.py to tell people of one name apart. Ids are build.post_id's: lower case, abbreviations written out, one for all forms of one office
(`one_form`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from analyzers.fold import key
from analyzers.spelling import strip_marks

CENTRE = "trung-uong"
ASSEMBLY = "=quốc hội"

# Offices whose holder is the same person in every province's reports (as post ids begin). Ministers and their deputies, the Politburo,
# the Secretariat and the Central Committee; heads of state and of government, foreign ones too.
_TOP = (
    "tổng bí thư", "chủ tịch nước", "phó chủ tịch nước", "thủ tướng", "phó thủ tướng", "chủ tịch quốc hội", "phó chủ tịch quốc hội", "bộ trưởng",
    "thứ trưởng", "ủy viên bộ chính trị", "ủy viên ban bí thư", "thường trực ban bí thư", "bí thư trung ương đảng", "ủy viên trung ương đảng",
    "ủy viên ban chấp hành trung ương đảng", "ủy viên dự khuyết", "trưởng ban tổ chức trung ương", "trưởng ban tuyên giáo trung ương",
    "trưởng ban nội chính trung ương", "trưởng ban kinh tế trung ương", "trưởng ban dân vận trung ương", "chủ nhiệm ủy ban kiểm tra trung ương",
    "chủ nhiệm văn phòng chính phủ", "chủ nhiệm văn phòng chủ tịch nước", "tổng thư ký quốc hội", "chủ nhiệm văn phòng quốc hội",
    "chủ tịch ủy ban trung ương mặt trận", "chủ tịch tổng liên đoàn lao động", "tổng kiểm toán nhà nước", "tổng thanh tra", "thống đốc ngân hàng nhà nước",
    "chánh án tòa án nhân dân tối cao", "viện trưởng viện kiểm sát nhân dân tối cao", "tổng thống", "phó tổng thống", "quốc vương", "ngoại trưởng",
)  # fmt: skip
_TOP_IDS = tuple(key(post) for post in _TOP)
_PAST = frozenset(("nguyên", "cựu", "cố"))
_BEFORE = _PAST | {"quyền", "tân"}

# National bodies by a word in their name or by the head of their office. Of the 139 names of the 5,452 development articles that had several
# persons, about half were one: an office of the National Assembly, a ministry or a national agency seen in several provinces' reports.
_NATIONAL_WORDS = tuple(
    f" {key(word)} " for word in ("quốc hội", "qh", "trung ương", "tw", "chính phủ", "nhà nước", "việt nam", "quốc gia", "toàn quốc", "tối cao", "tổng cục")
)
_NATIONAL_HEADS = tuple(
    key(head) for head in ("cục trưởng", "phó cục trưởng", "vụ trưởng", "phó vụ trưởng", "tổng cục trưởng", "phó tổng cục trưởng", "đại sứ", "tổng lãnh sự")
)
_ASSEMBLY = (" quốc hội ", " qh ", f" {key('hội đồng dân tộc')} ")
_COMMITTEE_HEADS = tuple(key(head) for head in ("chủ nhiệm ủy ban", "phó chủ nhiệm ủy ban", "chủ nhiệm ub", "phó chủ nhiệm ub", "ủy viên thường trực ủy ban"))
_DEPUTIES = frozenset(("đại biểu", "đb"))  # of the National Assembly in most reports, but provinces have councils too
_COMMON = frozenset(
    "trung ương đảng việt nam nhà nước chính phủ quốc gia hội văn phòng thanh tra tổ chức cán bộ pháp chế kế hoạch".split()
)  # words of so many bodies that they tell none
# Agencies that every province has, and what is no ministry behind "bộ".
_PROVINCIAL = tuple(
    f" {key(word)} " for word in ("cục thuế", "cục thống kê", "cục hải quan", "cục thi hành án", "chi cục", "bộ chỉ huy", "bộ đội", "nhân dân", "kiểm tra")
)
_LOCAL = tuple(
    f" {key(word)} "
    for word in (
        "tỉnh", "tỉnh ủy", "huyện", "huyện ủy", "quận", "quận ủy", "thị xã", "thị ủy", "thành phố", "thành ủy", "phường", "thị trấn", "sở", "thôn", "ấp",
    )
)  # fmt: skip
_NO_COMMUNE = " xã hội "  # the one body whose name has the word for a commune
_NO_MINISTRY = frozenset(("chi", "đảng", "cán", "nội"))  # before "bộ"
# Words of heads and joints, which a body's name does not need: what is left of "phó chủ nhiệm ủy ban về các vấn đề xã hội" is "vấn đề xã hội".
_HEAD_WORDS = frozenset(
    "nguyên cựu cố quyền tân phó thường trực chuyên trách thứ nhất trưởng chủ tịch nhiệm giám đốc tổng thư ký ủy viên bí ban bộ cục vụ chánh "
    "người nữ phát ngôn".split()
)
_JOINTS = frozenset("của về các thuộc và tại đặc mệnh toàn quyền".split())  # an ambassador is one with and without full powers

# Seats: the secretary, and the chair of committee or council, with their deputies.
_SEAT_HEADS = ("bí thư", "chủ tịch ủy ban nhân dân", "chủ tịch hội đồng nhân dân")
_DEPUTY = ("phó ", "thường trực ")
_LEVELS = (
    ("tỉnh ủy", "province"), ("tỉnh", "province"), ("huyện ủy", "district"), ("huyện", "district"), ("quận ủy", "district"), ("quận", "district"),
    ("thị ủy", "district"), ("thị xã", "district"), ("thành ủy", "city"), ("thành phố", "city"), ("phường", "commune"), ("thị trấn", "commune"),
    ("xã", "commune"),
)  # fmt: skip
_UNIT_ENDS = tuple(f" {key(word)} " for word in ("tỉnh", "huyện", "quận", "thị xã", "thành phố", "khóa", "nhiệm kỳ"))  # what follows a unit's name
_LEVEL_IDS = tuple((f" {key(words)} ", level) for words, level in _LEVELS)

# Forms of one office, in turn: what is written, what its id has. Other countries are called without what kind of state they are, the own one is not
# named where the office tells it ("Bộ trưởng Bộ Quốc phòng Việt Nam"), no body is named behind a head that has its name.
_REPUBLIC = "chxhcn|chdcnd|chnd|ch|cộng hòa(?: xã hội chủ nghĩa| dân chủ nhân dân| nhân dân| dân chủ| liên bang| hồi giáo)?"
_OWNERS = "quốc hội|qh|chính phủ|tổng thống|thủ tướng|tổng thư ký|bộ|sở|ub|ủy ban|thượng viện|hạ viện|đảng|điện|quân đội"  # no place: Cửa Lò, folded
_OWN = "(?:bộ trưởng|thứ trưởng|(?:phó )?chủ tịch nước|(?:phó )?chủ tịch (?:thường trực )?quốc hội|người phát ngôn bộ)"
_FORMS = tuple(
    (re.compile(mark(written)), mark(meant))
    for written, meant in (
        ("^nguyên là ", "nguyên "),
        (r"\bqh\b(?! kt)", "quốc hội"),  # QH-KT: quy hoạch, kiến trúc
        (r"\bub(?:tw|tư)\b", "ủy ban trung ương"),
        (r"\bub\b", "ủy ban"),
        (r"\b(?:tư|tw) (?=mặt trận)", "trung ương "),
        (r"\bvn\b", "việt nam"),
        (r"\btq\b", "trung quốc"),
        (r"\bhn$", "hà nội"),
        (r"\blhq\b", "liên hợp quốc"),
        (r"\blb(?= )", "liên bang"),
        (r"\bttxvn\b", "thông tấn xã việt nam"),
        (r"\bcu ba\b", "cuba"),
        (r"\bbê la rút\b", "belarus"),
        (r"\bczech\b", "séc"),
        (r"\bcam pu chia\b", "campuchia"),
        (rf" của(?= (?:{_OWNERS}))", ""),
        ("liên hiệp quốc", "liên hợp quốc"),
        ("(?:hợp (?:chúng|chủng) quốc )?hoa kỳ", "mỹ"),
        (rf"(?<!đảng)(?<!phe)(?<!nghị sỹ)(?:(?<!chủ tịch) nước)? (?:{_REPUBLIC}|(?:liên hiệp )?vương quốc)(?= )", ""),
        (r"(?<!đồng )\bliên bang (?=(?:nga|đức)\b)", ""),
        (rf"^((?:(?:nguyên|cựu|quyền|tân) )?{_OWN}\b(?:(?! tại (?!nguyên)).)*?) việt nam$", r"\1"),
        (r"^((?:(?:nguyên|cựu) )?(?:phó )?thủ tướng)(?: chính phủ)? việt nam$", r"\1 chính phủ"),
        (r"\bthủ tướng chính phủ (?=.)", "thủ tướng "),
        (r"\bthủ tướng (?:hoàng gia|quốc vụ viện)(?= )", "thủ tướng"),
        (r"\b(nước|quốc hội|thủ tướng) trung hoa$", r"\1 trung quốc"),
        (r"^((?:phó )?chủ tịch) (trung quốc|lào)$", r"\1 nước \2"),
        ("(mặt trận tổ quốc) (?:ủy ban trung ương )?mặt trận tổ quốc", r"\1"),
        (r"(?:ủy ban (?:\w+ ương )?)?mặt trận tổ quốc việt nam$", "ủy ban trung ương mặt trận tổ quốc việt nam"),
        (" đặc mệnh toàn quyền", ""),
        (r"\b(bộ trưởng|thứ trưởng) bộ(?= )", r"\1"),
        (r"\b(tỉnh|huyện|quận) ủy \1(?= )", r"\1 ủy"),
        (r"\b(thành|thị) ủy (?:thành phố|thị xã)(?= )", r"\1 ủy"),
        (r"\bphó ban\b", "phó trưởng ban"),
        (r"\b(chi cục|cục|vụ) phó\b", r"phó \1 trưởng"),
        (r"\btrưởng ban ban\b", "trưởng ban"),
    )
    for mark in (str, strip_marks)
)  # the same for text without marks behind each


_OF_PROVINCES = re.compile(r"\b(?:sở|so|(?:ủy ban|uy ban|hội đồng|hoi dong) (?:nhân dân|nhan dan)|(?:công|cong) an) ")
_LEVEL_WORDS = re.compile(
    " (?:tỉnh|huyện|quận|thị xã|thị trấn|thành phố|phường|xã(?! hội)"
    "|(?<! ha )tinh|huyen|quan(?! (?:ly|su|tri|doi) )|thi xa|thi tran|thanh pho|phuong|xa(?! hoi))(?= |$)"
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that its holder cannot share with one of another unit: `province` is today's id, `unit` "" where the post does not name it."""

    province: str
    level: str
    unit: str


@dataclass(frozen=True, slots=True)
class Office:
    """`ties` name national bodies (two mentions of one name that share one are one person), CENTRE among them for the highest offices.

    `national`: the report's province says nothing of the holder. `province`: today's id of the province that the post names, or "".
    `level` and `unit` are those of a seat, "" for other posts. `past`: held before the report. `bare`: a head without a body ("Giám đốc",
    "đại biểu"), which follows what others say of the name.
    """

    ties: frozenset[str]
    national: bool
    province: str
    level: str
    unit: str
    past: bool
    bare: bool = False


@lru_cache(maxsize=1 << 16)
def one_form(post: str) -> str:
    """One key for the forms of one office, of a post's key with abbreviations written out: "bộ trưởng bộ y tế" -> "bộ trưởng y tế"; marks may be left out."""
    for written, meant in _FORMS[post.isascii() :: 2]:
        post = written.sub(meant, post)
    return with_level(post.strip()) if _OF_PROVINCES.search(post) else post.strip()


def with_level(post: str) -> str:
    """A key that ends with the name of a province alone, with its level before it: "giám đốc sở y tế yên bái" -> "giám đốc sở y tế tỉnh yên bái"."""
    if _LEVEL_WORDS.search(post):
        return post
    words = post.split()
    for size in range(min(5, len(words) - 2), 0, -1):
        if full := _full_names().get(" ".join(words[-size:])):
            return " ".join((*words[:-size], full))
    return post


@lru_cache(maxsize=1 << 16)
def office(post: str) -> Office:
    """Reads the id of a post."""
    words = post.split()
    past = bool(words) and words[0] in _PAST
    while words and words[0] in _BEFORE:
        words = words[1:]
    text = " ".join(words)
    province = province_named(text)
    spaced = f" {text} "
    bodies = _body(text)
    if assembly := any(word in spaced for word in _ASSEMBLY) or (text.startswith(_COMMITTEE_HEADS) and not _is_local(spaced)):
        bodies = frozenset((ASSEMBLY,))
    if text.startswith(_TOP_IDS):
        return Office(bodies | {CENTRE}, True, "", "", "", past)
    if text in _DEPUTIES:
        return Office(frozenset((ASSEMBLY,)), False, "", "", "", past, bare=True)
    local = bool(province) or _is_local(spaced)
    if assembly or (not local and _is_national(spaced)):
        return Office(bodies, not local, province, "", "", past, bare=not bodies)
    level, unit = _seat(text, spaced, province)
    return Office(frozenset(), False, province, level, unit, past, bare=not level and _HEAD_WORDS.issuperset(words))


def same_bodies(bodies: Iterable[str]) -> dict[str, set[str]]:
    """Each tie with those of `bodies` that are the same national body under a longer or a shorter name: "hàng không", "hàng không việt nam"."""
    words = {body: frozenset(body[1:].split()) for body in bodies}
    with_word: dict[str, list[str]] = defaultdict(list)
    for body, named in words.items():
        for word in named:
            with_word[word].append(body)
    same = {body: {body} for body in words}
    for short, named in words.items():
        if len(telling := named - _COMMON) < 2:
            continue
        for long in min((with_word[word] for word in sorted(telling)), key=len):  # the longer name has each word of the shorter one
            if named <= words[long]:
                same[short].add(long)
                same[long].add(short)
    return same


def province_named(post: str) -> str:
    """Today's id of the province that a post id ends with; "" if it ends with none."""
    words = post.split()
    return next((found for size in range(2, 6) if (found := _provinces().get(" ".join(words[-size:])))), "")


def _is_local(spaced: str) -> bool:
    return any(word in spaced for word in (*_LOCAL, *_PROVINCIAL)) or " xã " in spaced.replace(_NO_COMMUNE, " ")


def _is_national(spaced: str) -> bool:
    if spaced[1:].startswith(_NATIONAL_HEADS) or any(word in spaced for word in _NATIONAL_WORDS):
        return True
    words = spaced.split()
    return any(word == "bộ" and before not in _NO_MINISTRY for before, word in pairwise(["", *words]))


def _body(text: str) -> frozenset[str]:
    """The national body of a post as a tie: what follows the words of the head; none if nothing but a word does."""
    words = text.split()
    while words and words[0] in _HEAD_WORDS:
        words = words[1:]
    words = [word for word in words if word not in _JOINTS]
    return frozenset((f"={' '.join(words)}",)) if len(words) > 1 else frozenset()


def _seat(text: str, spaced: str, province: str) -> tuple[str, str]:
    """(level, unit) of the seat that a post is; ("", "") for any other post."""
    while text.startswith(_DEPUTY):
        text = text.partition(" ")[2] if text.startswith("phó ") else text[len("thường trực ") :]
    if not text.startswith(_SEAT_HEADS):
        return "", ""
    first = min(((at, -len(words), words, level) for words, level in _LEVEL_IDS if (at := spaced.find(words)) >= 0), default=None)
    if first is None:
        return "", ""
    at, _, words, level = first
    unit = spaced[at + len(words) - 1 :]
    unit = unit[: min((end for word in _UNIT_ENDS if (end := unit.find(word)) >= 0), default=len(unit))].strip()
    if level == "city":
        if not unit:
            return "", ""  # "Bí thư Thành ủy" is of Hà Nội or of Buôn Ma Thuột
        level = "province" if province and unit in _provinces() else "district"
    return level, "" if level == "province" else unit


@lru_cache(maxsize=1)
def _full_names() -> dict[str, str]:
    """The full name of each province, old and new, by its name, with and without marks: "tỉnh yên bái" by "yên bái"."""
    from indexer.gazetteer import load

    units = [unit for era in ("new", "old") for unit in load.gazetteer().units("province", era)]
    return {mark(key(unit.name)): mark(key(f"{unit.type} {unit.name}")) for unit in units for mark in (str, strip_marks)}


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    """Today's id of each province, old and new, by the key of its name."""
    from indexer.gazetteer import load

    gazetteer = load.gazetteer()
    return {key(unit.name): gazetteer.now(unit.id)[0] for era in ("old", "new") for unit in gazetteer.units("province", era)}
