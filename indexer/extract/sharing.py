"""Posts shared over a list of names: "các Phó Thủ tướng A, B", "các đồng chí A, B - Ủy viên Ban Thường vụ", "5 phó chủ tịch, gồm các ông: A, B"."""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.extract.mentions import ADDRESSES, NAME, OTHER, POST, SEP, Item
from indexer.extract.posts import Post
from indexer.extract.scan import TEXT_KEYS

LONGEST_LIST = 60  # names that one post or "các đồng chí" reaches
CONSISTS = ("gồm", "gồm có", "bao gồm")
_DEPUTY = re.compile(r"(?:nguyên |cựu )?(?:phó|thứ trưởng|đại biểu|đb|ủy viên)\b")
_COUNTED = re.compile(r"(?:(?:^|(?:bầu|nhiệm|chuẩn|có|với|của|gồm) )(?:[2-9]|1\d)|một số|(?:một|hàng) loạt|nhiều)$")


def share(group: list[Item], names: list[int], pre: dict[int, list[int]], owned: dict[int, list[Post]]) -> None:
    """Give each name of a list the post that the list has: before it ("các Phó Thủ tướng A, B") or after it ("các đồng chí A, B - ...")."""
    own = {at: list(posts) for at, posts in owned.items()}
    _share_heading(group, owned)
    for position, at in enumerate(names):
        chain = pre[at]
        if chain and _is_plural(group, chain[0], at):
            colon = any(item.kind == SEP and item.text == ":" for item in group[chain[-1] + 1 : at])
            given = [post for i in chain if (post := group[i].post) is not None]
            bare = False  # whether a comma has parted two of the names
            for before, other in pairwise(names[position : position + LONGEST_LIST]):
                between = group[before + 1 : other]
                others = bare and any(item.text == ";" for item in between) and group[other - 1].kind in ADDRESSES  # "A, B; đồng chí C, Chánh Thanh tra"
                if pre[other] or others or not _listed(between, colon):
                    break
                bare = bare or [item.text for item in between] == [","]
                owned[other] = given + [post for post in own[other] if post not in given]
    for at, other in pairwise(names):
        if not owned[other] and other == at + 2 and group[at + 1].text == "và" and pre[at] and _is_of_many(group, pre[at], other):
            owned[other] = [post for i in pre[at] if (post := group[i].post) is not None]  # Thứ trưởng A và B
    for position in range(len(names) - 1, 0, -1):
        at = names[position]
        forward = [post for post in own[at] if all(group[i].post is not post for i in pre[at])]
        if not forward:
            continue
        first = position
        while (
            first > max(0, position - LONGEST_LIST)
            and not owned[names[first - 1]]
            and not pre[names[first]]
            and _plain_list(group[names[first - 1] + 1 : names[first]])
        ):
            first -= 1
        said_plural = any(item.plural for item in group[at + 1 : at + 4] if item.kind in ("plural", "copula"))
        # "đồng chí A, đồng chí B được bầu giữ chức Phó Bí thư": no post that explains B alone, but what both have become
        said_plural = said_plural or ([item.kind for item in group[at + 1 : at + 3]] == ["copula", POST] and _all_addressed(group, names[first : position + 1]))
        if first < position and (said_plural or _opens_plural(group, names[first]) or _is_entry(group, names[first], forward)):
            for other in names[first:position]:
                owned[other] = list(forward)


def _is_entry(group: list[Item], first: int, posts: list[Post]) -> bool:
    """Whether names that begin at `first` are an entry of a list of officials, of posts that several hold: "...; A, B, Phó Chủ tịch HĐND tỉnh"."""
    before = next((item for item in reversed(group[:first]) if item.kind not in ADDRESSES), None)
    keys = [TEXT_KEYS[post.text] for post in posts]
    return before is not None and before.text == ";" and all(_DEPUTY.match(made) and "thường trực" not in made for made in keys)


def _share_heading(group: list[Item], owned: dict[int, list[Post]]) -> None:
    """Give the post that heads a list with a colon to its names, which have posts of their own: "các Ủy viên Bộ Chính trị: Bí thư A; Bộ trưởng B"."""
    heading: Post | None = None
    for i, item in enumerate(group):
        if item.plural or item.kind == OTHER:
            heading = None
        elif item.post is not None and i and group[i - 1].plural and [other.text for other in group[i + 1 : i + 2]] == [":"]:
            heading = item.post if group[i + 2 : i + 3] and group[i + 2].kind == POST else None
        elif item.kind == NAME and heading is not None:
            owned[i] = [heading, *owned[i]]


def _is_plural(group: list[Item], first_post: int, name: int) -> bool:
    return is_of_several(group, first_post) or any(item.plural or item.text in CONSISTS for item in group[first_post:name])


def _is_of_many(group: list[Item], chain: list[int], other: int) -> bool:
    """Whether the one post in `chain` is one that several hold, so that the Vietnamese name at `other` may hold it too."""
    post, name = group[chain[-1]].post, group[other].name
    return len(chain) == 1 and post is not None and _DEPUTY.match(TEXT_KEYS[post.text]) is not None and name is not None and name.vietnamese and name.sure


def _is_cadre(item: Item) -> bool:
    return item.post is not None and TEXT_KEYS[item.post.text] == "cán bộ"


def is_of_several(group: list[Item], at: int) -> bool:
    """Whether what stands before the post at `at` says that it is several persons': "các", "(bổ nhiệm) 2 (Thẩm phán là ông A và ông B)", "một số"."""
    before = at - 1
    if at > 1 and (group[at - 1].text == "nguyên là" or _is_cadre(group[at - 1])):
        before = at - 2  # các đồng chí nguyên là Ủy viên Trung ương như A, B; nhiều cán bộ nguyên Ủy viên Trung ương
    item = group[before] if at else None
    return item is not None and (item.plural or (item.kind == OTHER and _COUNTED.search(item.text) is not None))


def _listed(between: list[Item], colon: bool) -> bool:
    """Whether what stands between two names keeps them in one list."""
    if colon and [item.text for item in between[:1]] == [","]:
        # "các đại biểu Quốc hội: A, Hiệu trưởng Trường Đại học Y; B": what tells who A is counts for nothing up to the semicolon
        between = between[next((i for i, item in enumerate(between) if item.kind == SEP and item.text == ";"), 0) :]
    allowed = {",", ";", "-", "(", ")"} if colon else {",", ";"}
    return all((item.kind == SEP and item.text in allowed) or item.kind in ("and", POST) or item.kind in ADDRESSES for item in between) and (
        colon or not any(item.kind == SEP and item.text == ";" for item in between)
    )


def _plain_list(between: list[Item]) -> bool:
    return bool(between) and all((item.kind == SEP and item.text == ",") or item.kind == "and" or item.kind in ADDRESSES for item in between)


def _all_addressed(group: list[Item], names: list[int]) -> bool:
    """Whether "đồng chí", "ông" or "bà" stands before each of the names."""
    return all(at > 0 and group[at - 1].kind in ("comrade", "honorific") for at in names)


def _opens_plural(group: list[Item], at: int) -> bool:
    """Whether the list that the name at `at` stands in was opened by "các đồng chí", "hai ông"."""
    for item in reversed(group[max(0, at - 3 * LONGEST_LIST) : at]):
        if item.plural:
            return True
        if item.kind == OTHER:
            return False
    return False
