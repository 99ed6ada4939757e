"""Chains of posts: those before a name that cannot all be its own, those that a name is said to take over further on.

"Sau báo cáo của Giám đốc Sở Y tế, Chủ tịch UBND tỉnh A yêu cầu": only the last is A's. "A từng làm Phó Chủ tịch, Chủ tịch": both are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.extract.lexicon import lexicon
from indexer.extract.mentions import NAME, OTHER, POST, SEP, Item
from indexer.extract.posts import Post
from indexer.extract.scan import TEXT_KEYS

_OF_COUNTRY = re.compile(r"(?:cựu |nguyên )?(?:phó )?(?:tổng thống|thủ tướng|ngoại trưởng|quốc vương|nữ hoàng) (.+)")
_MINISTER = re.compile(r"(?:cựu |nguyên )?(?:bộ trưởng|thứ trưởng|chủ tịch (?:quốc|thượng|hạ)) ")
_FAR = 12  # words or items between a name and the office that it is said to take over
_APPOINTING = ("chức", "nhiệm vụ", "cương vị", "bổ nhiệm", "bầu", "hiện là", "đảm nhiệm", "đảm nhận", "trở thành", "phê chuẩn")
POSSIBLY = (" có thể ", " dự kiến ", " để ", " muốn ", " sẽ ", " nếu ", " nhằm ", " hy vọng ", " ứng cử ", " cơ hội ", " khả năng ")
_NO_APPOINTING = frozenset({"chức", "chức vụ", "chức danh"})  # "quy định chức danh Chánh án": far from a name, a word about the office
_RANKS = (
    (6, re.compile("tổng thống")),
    (5, re.compile("thủ tướng|chủ tịch (?:quốc hội|qh|nước)")),
    (4, re.compile("phó thủ tướng")),
    (3, re.compile("bộ trưởng|chủ tịch (?:thượng|hạ) (?:nghị )?viện")),
    (2, re.compile("thứ trưởng|chủ tịch (?:ubnd|ủy ban nhân dân)|bí thư (?:tỉnh|thành) ủy")),
    (1, re.compile("phó chủ tịch (?:ubnd|ủy ban nhân dân)|(?:phó )?(?:giám đốc|cục trưởng|vụ trưởng|chi cục trưởng|trưởng phòng)|thị trưởng")),
)


_DEPARTMENT = re.compile("(?:phó )?giám đốc sở ")


def own(group: list[Item], posts: list[int]) -> list[int]:
    """The end of the chain `posts` (indices of a group's items, which lead up to a name) that is the name's."""
    if len(posts) > 1 and posts[0] and f" {group[posts[0] - 1].text}".endswith(" giữa"):
        return posts[-1:]  # hội đàm giữa Tổng thống và Chủ tịch nước A
    posts = _of_one_person(group, _of_one_country(group, posts))
    if len(posts) > 1 and (_is_audience(group, posts[0]) or _is_other_minister(group, posts[0]) or _is_asked(group, posts)):
        del posts[0]
    return posts


def _of_one_country(group: list[Item], posts: list[int]) -> list[int]:
    """The end of a chain in which all posts abroad are of one country: of "Phó Tổng thống Indonesia, Thủ tướng Lào A" only the last is A's."""
    countries = [state(group[i].post) for i in posts]
    for i in range(len(posts) - 2, -1, -1):
        if countries[i] and countries[-1] and countries[i] != countries[-1]:
            return posts[i + 1 :]
    return posts


def country(post: Post | None) -> str:
    """Key of the country that a post of a head of state or a minister ends in; "" if none is told."""
    made = "" if post is None else TEXT_KEYS[post.text]
    found = _OF_COUNTRY.match(made)
    return found[1] if found is not None and found[1] in lexicon().countries else ""


def state(post: Post | None) -> str:
    """As country, of a minister or a speaker too."""
    made = "" if post is None else TEXT_KEYS[post.text]
    words = made.split() if _MINISTER.match(made) else []
    return country(post) or next((said for size in (4, 3, 2, 1) if (said := " ".join(words[-size:])) in lexicon().countries and size < len(words) - 1), "")


def _of_one_person(group: list[Item], posts: list[int]) -> list[int]:
    """The end of a chain behind which no office stands above those before: of "báo cáo của Giám đốc Sở, Chủ tịch UBND tỉnh A" the last is A's."""
    ranks = [_rank(group[i].post) for i in posts]
    for i in range(len(posts) - 2, -1, -1):
        if 0 < ranks[i] < max(ranks[i + 1 :]) or (ranks[i] > 1 and _is_of_department(group[posts[-1]].post)):
            return posts[i + 1 :]
    return posts


def _is_of_department(post: Post | None) -> bool:
    """Whether a post is of who leads a province's department: "báo cáo với Bí thư Thành ủy, Phó Giám đốc Sở A"."""
    return post is not None and _DEPARTMENT.match(TEXT_KEYS[post.text]) is not None


def _rank(post: Post | None) -> int:
    """How high an office of the state is of which nobody holds two that differ; 0 for all others."""
    made = "" if post is None else TEXT_KEYS[post.text]
    return next((rank for rank, office in _RANKS if office.match(made)), 0)


def _is_audience(group: list[Item], at: int) -> bool:
    """ "trước đại biểu Quốc hội, Bộ trưởng Y tế A": the first post is not A's."""
    post = group[at].post
    return (
        post is not None
        and TEXT_KEYS[post.text].startswith(("đại biểu", "đbqh", "đb "))
        and at > 0
        and (group[at - 1].kind in (OTHER, "toward") or group[at - 1].plural)
    )


def _is_asked(group: list[Item], posts: list[int]) -> bool:
    """ "tranh luận với Bộ trưởng, đại biểu A": a bare minister before a deputy is the one whom the deputy asks."""
    first, last = group[posts[0]].post, group[posts[-1]].post
    if first is None or last is None or posts[0] == 0 or group[posts[0] - 1].kind not in (OTHER, "toward", "and"):
        return False
    return TEXT_KEYS[first.text] in ("bộ trưởng", "phó thủ tướng", "thủ tướng") and TEXT_KEYS[last.text].startswith(("đại biểu", "đbqh", "đb"))


def _is_other_minister(group: list[Item], at: int) -> bool:
    """ "ý kiến chỉ đạo của Thủ tướng, Bộ trưởng A": whoever leads the government has no post named after that one."""
    post = group[at].post
    if post is None or TEXT_KEYS[post.text] not in ("thủ tướng", "thủ tướng chính phủ"):
        return False
    following = next((item for item in group[at + 1 :] if item.kind != SEP), None)
    if TEXT_KEYS[post.text] == "thủ tướng chính phủ" and following is not None and following.post is not None:
        return TEXT_KEYS[following.post.text].startswith("bộ trưởng")
    return (at > 0 and group[at - 1].kind in (OTHER, "toward")) or (following is not None and following.kind == "and")


def appointed(group: list[Item], at: int, ceiling: int) -> Iterator[int]:
    """Indices of the posts said of the name further on in its sentence: "A đã nhận nhiệm vụ với chức danh Phó trưởng Ban"."""
    for i in range(at + 1, min(ceiling, at + _FAR) - 1):
        said = i + 2 if group[i + 1].kind == "epithet" and i + 2 < ceiling else i + 1  # trở thành tân Tổng thống
        if group[i].kind == "copula" and group[said].kind == POST and any(word in group[i].text for word in _APPOINTING):
            if group[i].text in _NO_APPOINTING or group[i].text.startswith("thôi ") or appoints(group, at, group[i]):
                continue
            before = group[i - 1]
            post = group[said].post
            if any(word in f" {before.text} " for word in POSSIBLY):
                continue  # A có thể được bổ nhiệm làm Bộ trưởng
            chain = _row(group, said, ceiling)
            full = post is not None and (not post.bare or (len(chain) > 1 and (last := group[chain[-1]].post) is not None and not last.bare))
            if full and (before.kind != OTHER or before.last - before.first <= _FAR):
                yield from chain


def appoints(group: list[Item], at: int, copula: Item) -> bool:
    """Whether the name at `at`, before `copula`, is of who appoints somebody: "ông được Bộ trưởng A bổ nhiệm làm Phó cục trưởng"."""
    if not copula.text.startswith("bổ nhiệm"):
        return False
    before = next((item for item in reversed(group[:at]) if item.kind not in (POST, "copula", "honorific", "comrade", "epithet")), None)
    return before is not None and before.text.endswith("được")


def _row(group: list[Item], at: int, ceiling: int) -> list[int]:
    """Indices of the post at `at` and of those in one row with it: "(từng làm) Phó Chủ tịch, Chủ tịch rồi Bí thư Tỉnh ủy"."""
    row = [at]
    while row[-1] + 2 < ceiling and group[row[-1] + 2].kind == POST and not group[row[-1] + 2].short and _in_row(group[row[-1] + 1]):
        row.append(row[-1] + 2)
    following = group[row[-1] + 1] if row[-1] + 1 < len(group) else None
    return row if following is None or following.kind != NAME else [at]


def _in_row(item: Item) -> bool:
    return (item.kind == SEP and item.text in ",;") or (item.kind == "and" and item.text in ("và", "kiêm")) or (item.kind == OTHER and item.text == "rồi")
