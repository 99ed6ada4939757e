"""Careers in a sentence: posts that it gives to a name further off, or to "ông", "bà" alone (whom bearers.py finds).

"Sau đó, ông lần lượt được bổ nhiệm làm Phó Chủ tịch, Chủ tịch UBND huyện; Giám đốc Sở Nội vụ"; "Trước khi làm Phó Chủ tịch UBND thành phố, ông Dũng
từng ..."; "ông Quý đã có nhiều năm làm Phó Giám đốc Sở". Offices that somebody may come to hold, or does not hold, are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.extract.chains import POSSIBLY
from indexer.extract.mentions import ADDRESSES, NAME, OTHER, POST, SEP, Item
from indexer.extract.posts import Post
from indexer.extract.scan import Line

_FAR = 12  # items, or words of one, between a post and "ông"
_BORN = 3  # words behind a name that may say when its bearer was born
_APART = 20  # words between a post and a name
_OPENING = ("khi", "thời gian", "thời kỳ", "thời điểm", "từng")  # what a clause before a name says: "Trong | thời gian | giữ chức Bí thư, bà A"
# What stands between a name and a post of it: "A | đã có nhiều năm làm | Phó Giám đốc", "A | bị kỷ luật cách chức | Bí thư"
_HELD = re.compile(
    r"(?:\bnăm làm|(?:khi|thời gian|thời điểm|lúc|hồi)(?: còn| đang)? (?:làm|là|giữ chức(?: vụ)?|giữ cương vị)"
    r"|được (?:\w+ ){0,2}làm|, làm|(?:về|sang|qua|điều động) làm"
    r"|thôi (?:giữ )?(?:chức|nhiệm vụ|làm nhiệm vụ|làm)(?: vụ| danh)?"
    r"|(?:từ|thăng|rời|khỏi|bổ nhiệm vào|kiêm nhiệm|giữ|nắm|(?:bị|được|thức|,) (?:cách|bãi|miễn nhiệm)) (?:các )?chức(?: vụ| danh)?"
    r"|(?:cương vị|vai trò|tư cách)(?: là)?|(?:vẫn|đang|cũng|hiện)(?: đang)? là|(?:đã|từng|chính thức) trở thành)$"
)
_NOT_HELD = (*POSSIBLY, " không phải ", " đề cử ", " tranh cử ", " dự kiến ", " được cho ", " sa thải ")
# What stands between two posts of a row: "giữ chức Phó Chủ tịch | rồi trở thành | Bí thư | từ năm 2011 là | ..."
_MEANWHILE = re.compile(
    r"(?:(?:rồi|sau|đó|là|và|từ|đến|tới|vào|hồi|trong|giai|đoạn|thời|kỳ|gian|năm|tháng|ngày|khóa|các|nhiệm|nay|cuối|đầu|giữa|bị|bãi|cách|được|tiếp|tục|tham|gia"
    r"|lần|lượt|cả|[ivx]+|\d+)(?: |$))+"
)
# What a list of offices begins with: "từng kinh qua nhiều vị trí công tác như ..."
_LIST = re.compile(r"(?:qua|giữ|nhiệm|nhận) (?:các|nhiều|những|một số) (?:chức|cương vị|vị trí|trọng trách|nhiệm vụ)")
_LISTING = ("như", "là", "gồm", "chức vụ", "chức danh", "cương vị", "vị trí", "nhiệm vụ", "trọng trách", "công tác", "quản lý", "lãnh đạo")
_COMPANY = re.compile(r"(?:của |một ){0,2}(?:công ty|tổng công ty|tập đoàn|doanh nghiệp|hãng|ngân hàng|hợp tác xã)\b")


@dataclass(frozen=True, slots=True)
class Career:
    """Posts of one person, and the item that says whose they are: a name, or "ông", "bà"."""

    posts: list[Post]
    subject: Item


def careers(group: list[Item], line: Line, owned: set[int]) -> Iterator[Career]:
    """The careers that one group of a sentence tells. `owned`: ids of the posts that names of the group have."""
    done = 0
    if owned.issuperset([id(item.post) for item in group if item.kind == POST]):
        return
    for i, item in enumerate(group):
        if item.kind != "copula" and (item.kind != OTHER or not item.text.endswith(_LISTING)):
            continue
        if i < done or not (item.text != "một" if item.kind == "copula" else _opens_list(group, i, line)):
            continue
        row = list(_row(group, _begin(group, i)))
        posts = [post for at in row if (post := group[at].post) is not None and id(post) not in owned and post.office and not _is_company(group, at)]
        if not posts:
            continue
        subject = _before(group, i, line) or _behind(group, i, row[-1] + 1, line) or _named(group, i, row, line)
        if subject is not None:
            yield Career(posts, subject)
            done = row[-1] + 1


def _opens_list(group: list[Item], at: int, line: Line) -> bool:
    """Whether the words at `at` lead up to a list of offices: "từng kinh qua nhiều vị trí công tác như", "đã giữ các chức vụ:"."""
    item = group[at]
    following = next((other for other in group[at + 1 : at + 3] if other.text != ":"), item)
    return following.kind == POST and _lists(item, line)


def _lists(item: Item, line: Line) -> bool:
    """Whether the words up to the end of an item say that a list of offices follows."""
    return _LIST.search(" ".join(line.keys[max(0, item.last - _FAR) : item.last])) is not None


def _begin(group: list[Item], copula: int) -> int:
    """Where the posts behind a copula begin: behind titles and words with commas, as in "Ông là | giáo sư, thạc sĩ quản lý, | ủy viên ..."."""
    at = copula + 1
    if group[copula].kind == OTHER or (group[copula].text in ("là", "hiện là") and group[copula - 1].kind == "honorific"):
        while at + 1 < len(group) and group[at].kind in ("title", OTHER, SEP, "epithet"):
            at += 1
        if group[at - 1].kind != SEP or group[at - 1].text not in ",;:":
            at = copula + 1
    return at


def _before(group: list[Item], at: int, line: Line) -> Item | None:
    """The "ông" or "bà" that the copula at `at` speaks of; None if somebody else stands between, or nobody."""
    for i in range(at - 1, max(-1, at - _FAR), -1):
        item = group[i]
        if item.kind == OTHER and (item.last - item.first > _FAR or any(word in f" {item.text} " for word in POSSIBLY)):
            return None
        if item.kind == "honorific" and not item.plural:
            return item if _is_pronoun(group, i, line) else None
        if item.kind in (NAME, POST) or item.kind in ADDRESSES:
            return None
    return None


def _named(group: list[Item], at: int, row: list[int], line: Line) -> Item | None:
    """The name before the copula at `at` of which the words between say that it held the office: "ông Quý đã có nhiều năm làm Phó Giám đốc Sở"."""
    last = group[row[-1]].post
    if at == 1 and group[0].kind == OTHER and group[0].last == group[0].first + 1 and line.caps[group[0].first]:
        return Item(NAME, group[0].first, group[0].last, short=line.keys[group[0].first])  # "Thông | làm Trưởng công an xã"
    name = next((item for item in reversed(group[:at]) if item.kind in (NAME, POST, "honorific") or item.text in (";", "(")), None)
    if last is not None and _lists(group[at], line) and (whose := _told_of(group, at, line)) is not None:
        return whose
    if last is None or last.bare or name is None or name.kind != NAME or group[at].last - name.last > _APART:
        return None
    said = " ".join(line.keys[name.last : group[at].last])
    held = _HELD.search(said) or _LIST.search(said)
    return name if held and not any(word in f" {said} " for word in _NOT_HELD) else None


def _told_of(group: list[Item], at: int, line: Line) -> Item | None:
    """The name that a sentence with somebody's life begins with: "Đồng chí A sinh năm 1970; quê ở huyện B; trình độ: Thạc sĩ; từng giữ các chức vụ: ..."."""
    first = next((i for i, item in enumerate(group[:at]) if item.kind not in ADDRESSES), at)
    if first >= at or group[first].kind != NAME or any(item.kind == NAME for item in group[first + 1 : at]):
        return None
    life = line.keys[group[first].last : group[first].last + _BORN]
    return group[first] if "sinh" in life else None


def _behind(group: list[Item], copula: int, at: int, line: Line) -> Item | None:
    """Who is named behind a clause that opens the sentence: "Trước khi làm Phó Chủ tịch UBND thành phố, | ông Dũng | từng ..."."""
    if not (copula == 0 or (group[copula - 1].kind == OTHER and group[copula - 1].text.endswith(_OPENING) and (copula == 1 or group[copula - 2].kind == SEP))):
        return None
    if at + 1 >= len(group) or group[at].text != ",":
        return None
    at += 1
    if group[at].kind == NAME or _is_pronoun(group, at, line):
        return group[at]
    return group[at + 1] if group[at].kind in ADDRESSES and at + 1 < len(group) and group[at + 1].kind == NAME else None


def _is_pronoun(group: list[Item], at: int, line: Line) -> bool:
    """Whether the item at `at` is "ông" or "bà" with no name behind it."""
    first = group[at].first
    if group[at].kind != "honorific" or group[at].plural or line.keys[first] not in ("ông", "bà") or (first and line.keys[first - 1] == "đàn"):
        return False
    return at + 1 < len(group) and group[at + 1].kind not in (NAME, POST)


def _row(group: list[Item], at: int) -> Iterator[int]:
    """Indices of the post at `at` and of those in one row with it."""
    while at < len(group):
        item = group[at]
        if item.kind == POST:
            if item.short or _leads_up(group, at):
                return
            yield at
        elif not (item.kind in (SEP, "and", "copula", "epithet") or (item.kind == OTHER and (_MEANWHILE.fullmatch(item.text) or _is_listed(group, at)))):
            return
        at += 1


def _is_listed(group: list[Item], at: int) -> bool:
    """Whether the words at `at` are of a list: "(giữ các chức vụ: Phó Vụ trưởng,) Văn phòng Chính phủ |; Cục trưởng ..."."""
    item = group[at]
    return item.last - item.first <= _FAR and group[at - 1].kind in (SEP, POST) and [other.text for other in group[at + 1 : at + 2]] == [";"]


def _is_company(group: list[Item], at: int) -> bool:
    """Whether words that are no part of the bare post at `at` say that it is a company's: "làm Chủ tịch | một công ty"."""
    post = group[at].post
    return post is not None and post.bare and _COMPANY.match(" ".join(item.text for item in group[at + 1 : at + 3])) is not None


def _leads_up(group: list[Item], at: int) -> bool:
    """Whether a name follows the post at `at`: it is that one's."""
    following = next((item for item in group[at + 1 :] if item.kind not in ADDRESSES), None)
    return following is not None and following.kind == NAME
