"""Which posts of a sentence go with which names: before a name, behind it, over a list.

Between two names the posts are shared out: those that touch the second lead up to it, the others explain the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.extract.chains import appointed, appoints, country, own, state
from indexer.extract.keeping import OVER
from indexer.extract.lexicon import lexicon
from indexer.extract.mentions import ADDRESSES, NAME, OTHER, POST, SEP, Item
from indexer.extract.persons import Name
from indexer.extract.posts import Post
from indexer.extract.scan import TEXT_KEYS, Line
from indexer.extract.sharing import CONSISTS, LONGEST_LIST, is_of_several, share

_LIFE_SPAN = re.compile(r"\d{4}\s?[-–]\s?\d{4}")  # (1882-1953): one of the dead
_TELLS_SOME = re.compile(r"(?:\w+ khóa )?như")
_WHEN = frozenset({"gần", "hiện", "khi", "lúc", "đương", "mới"})  # first words of "gần đây nhất" between a post and "là"
_NOW = frozenset({"hiện", "nay"})
_MOMENT = 12  # letters: "hiện nay", "đương nhiệm", "khi đó"
_SHORT = 8  # words of "trong Ban Thường vụ Tỉnh ủy" before a list
_DELEGATION = re.compile(r"(?:phó )?trưởng đoàn (?:giám sát|kiểm tra|công tác|khảo sát|kiểm toán)")
_LEADERS = frozenset({"thủ tướng", "phó thủ tướng", "bộ trưởng", "chủ tịch nước", "tổng bí thư", "chủ tịch quốc hội", "tổng thống"})  # of whom one speaks so
_MODALS = frozenset("phải cần sẽ đã đang không nên có chưa cũng được bị chỉ yêu rất luôn vẫn vừa giống khác muốn thì khiến".split())
_LINKS = frozenset({",", "-", "(", ")"})
_DEPUTY = frozenset({"đại biểu quốc hội", "đbqh"})
_DECIDES = re.compile(r"(?:(?:miễn|bãi|bổ) nhiệm|cách chức)$")  # "HĐND tỉnh miễn nhiệm Chủ tịch UBND tỉnh đối với ông A"
# "làm Trưởng đoàn" of a visit, "chủ trì": parts played at an event, not offices
_EVENT_ROLES = frozenset({"trưởng đoàn", "phó trưởng đoàn", "trưởng ban tổ chức", "tổ trưởng", "trưởng ban", "thư ký", "đại biểu", "phó đoàn"})


@dataclass(frozen=True, slots=True)
class Holder:
    """A name of a sentence (or a given name alone), its posts there, and whether "đồng chí" or a rank speaks of it."""

    item: Item
    posts: list[Post]
    marked: bool


def groups(all_items: list[Item], line: Line) -> Iterator[list[Item]]:
    """The items without brackets that neither explain a name by a post nor a post by a name; each of those is a list of its own."""
    if POST in [item.kind for item in all_items]:
        for item in all_items:
            if item.kind == OTHER:
                item.text = " ".join(line.keys[item.first : item.last])
    if "(" not in [item.text for item in all_items]:
        yield all_items
        return
    main: list[Item] = []
    at = 0
    while at < len(all_items):
        item = all_items[at]
        if item.kind == SEP and item.text == "(":
            close = next((i for i in range(at + 1, min(at + 40, len(all_items))) if all_items[i].kind == SEP and all_items[i].text == ")"), None)
            if close is not None:
                inside = all_items[at + 1 : close]
                before = main[-1].kind if main else OTHER
                told_age = inside[:1] and inside[0].text == ","  # A (42 tuổi, Phó Chủ tịch UBND xã): items reads no age
                first = next((i.kind for i in inside[bool(told_age) :] if i.kind not in ADDRESSES and i.kind != "copula"), OTHER)
                if before == SEP and main[-1].text == "," and len(main) > 1 and main[-2].kind == NAME and first == POST:
                    before = NAME  # "A, (Phó phòng Tham mưu) cho biết"
                if (before, first) in ((NAME, POST), (POST, NAME)) or (before == first == POST and _is_another_time(inside[0])):
                    main += all_items[at : close + 1]
                elif before == NAME and [i.kind for i in inside] == [NAME] and (written := _written(main[-1], inside[0])) is not None:
                    main[-1].name = written
                elif before == NAME and inside and _LIFE_SPAN.fullmatch(line.slice(inside[0].first, inside[-1].last)):
                    main[-1].kind = OTHER
                elif before == NAME and (posts := _told(inside, line)):
                    main += [item, *posts, all_items[close]]
                elif inside:
                    yield inside
                at = close + 1
                continue
        main.append(item)
        at += 1
    yield main


def _written(spelt: Item, bracket: Item) -> Name | None:
    """The name in a bracket behind the same foreigner's as it sounds: "Đô-nan Trăm (Donald Trump)"; None if it is another's or no fuller."""
    if spelt.name is None or bracket.name is None or "-" not in spelt.name.text:
        return None
    same = not spelt.name.text.isascii() and bracket.name.text.isascii() and bracket.name.text[1:2].isalpha()  # not "V. Andreichenko"
    return replace(bracket.name, sounds=spelt.name.text) if same else None


def _told(inside: list[Item], line: Line) -> list[Item]:
    """The posts of a bracket that tells a person's life before them: "A (SN 1973, trú tại Hà Nội - nguyên Chủ tịch UBND phường)", "(thương binh, ...)"."""
    if not inside or inside[0].kind != OTHER or any(item.kind == NAME for item in inside):
        return []
    first = next((i for i, item in enumerate(inside) if item.kind == POST), 0)
    return inside[first:] if first and inside[first - 1].kind == SEP else []


def holders(group: list[Item]) -> Iterator[Holder]:
    """The names of one group with their posts, the dead left out."""
    names = [i for i, item in enumerate(group) if item.kind == NAME]
    if not names:
        return
    owned: dict[int, list[Post]] = {}
    pre: dict[int, list[int]] = {}
    ends = [*names[1:], len(group)]
    backs = {at: _back(group, at, previous) for at, previous in zip(names, [-1, *names[:-1]], strict=True)}
    pre[names[0]] = backs[names[0]][0]
    for at, following in zip(names, ends, strict=True):
        forward = _forward(group, at, following)
        if forward and _is_subject(group, at, forward, pre[at]):
            forward = []
        behind, tight = backs.get(following, ([], False))
        forward, behind = _split(group, forward, behind, tight, bool(pre[at]))
        if pre[at] and group[at + 1 : at + 2] and group[at + 1].text == "," and group[at + 2 : at + 3] and group[at + 2].plural:
            forward = []  # Phó Tổng thống A, các Bộ trưởng: others
        several = forward and (len(forward) > 1 or ((first := group[forward[0]].post) is not None and first.bare))
        if pre[at] and several and (group[min(forward[-1] + 1, len(group) - 1)].plural or group[forward[-1]].plural):
            forward = []  # Tổng Thanh tra A, Phó Chánh án Tòa án, Thứ trưởng các Bộ: a list of offices, not of A's
        forward += [i for i in appointed(group, at, following) if i not in forward and i not in behind]
        if following < len(group):
            pre[following] = behind
        said = (*pre[at], *forward)
        owned[at] = [post for i in said if (post := group[i].post) is not None and not _event_role(group, i, alone=len(said) == 1)]
    shared = {at: [i for i in chain if not _event_role(group, i, alone=len(chain) == 1)] for at, chain in pre.items()}
    share(group, names, shared, owned)
    for at in names:
        if not _is_dead(group, at, pre[at]):
            yield Holder(group[at], owned[at], _is_marked(group, at))


def _back(group: list[Item], at: int, floor: int) -> tuple[list[int], bool]:
    """Indices of the posts that lead up to the name at `at`, and whether nothing but a form of address stands between."""
    i = at - 1
    addressed = False
    while i > floor and group[i].kind in ADDRESSES:
        addressed = True
        i -= 1
    tight = True
    if i > floor + 1 and (
        (group[i].kind == SEP and (group[i].text == ":" or (group[i].text in (",", "-", "(") and addressed and not _is_other_side(group, i, at))))
        or (group[i].kind == "copula" and group[i].text.split()[-1] == "là" and (addressed or group[at].name is not None))
        or ((group[i].kind == "toward" or group[i].text == "với") and i > floor + 2 and (group[i - 2].kind == "copula" or _DECIDES.search(group[i - 2].text)))
        or _is_inserted(group, i, at)
        or (_TELLS_SOME.fullmatch(group[i].text) and group[i - 1].kind == POST and i > floor + 2 and is_of_several(group, i - 1))  # các đại biểu như A, B
    ):
        if _is_quoted(group, i, at):
            return [], False
        tight = group[i].kind == SEP and group[i].text == ":"
        told = group[i].kind == "copula"
        i -= 1
        if i > floor + 1 and group[i].kind == OTHER and group[i - 1].kind == POST and group[i].text.partition(" ")[0] in _WHEN:
            if told or len(group[i].text) < _MOMENT:
                i -= 1  # Giám đốc FBI gần đây nhất là James B. Comey; Thủ tướng Đức hiện nay, bà Angela Merkel
        if i > floor + 1 and group[i].text in CONSISTS and group[i - 1].kind == POST:
            i -= 1  # "bầu giữ chức Phó Bí thư Huyện ủy gồm: A, B"
        while i > floor and group[i].plural and group[i].kind in ADDRESSES:
            i -= 1
            if i > floor + 1 and group[i].text == "," and group[i - 1].kind == POST:
                i -= 1  # "5 phó chủ tịch, gồm các ông: A, B"
        if group[i].kind == POST and group[i].short:
            return [], False  # Cố vấn của Tổng thống Trump là ông A; con rể Tổng thống Trump: A
    posts: list[int] = []
    while i > floor and group[i].kind == POST:
        posts.append(i)
        i -= 1
        if i > floor and _joins_posts(group[i]) and group[i - 1].kind == POST:
            i -= 1
        elif i > floor + 1 and _joins_posts(group[i]) and _joins_posts(group[i - 1]) and group[i - 2].kind == POST:
            i -= 2  # Chánh văn phòng, kiêm người phát ngôn
        elif i > floor + 2 and group[i - 3].kind == POST and _joins_posts(group[i]) and group[i - 1].kind == "rank" and _joins_posts(group[i - 2]):
            i -= 3  # Ủy viên Trung ương Đảng, Thượng tướng, Thứ trưởng A
        elif i > floor and group[i].kind in ADDRESSES and not group[i].plural and i - 1 > floor and _joins_posts(group[i - 1]) and group[i - 2].kind == POST:
            i -= 2
    posts.reverse()
    if posts and (len(posts) > 1 or not tight) and posts[0] > 0 and group[posts[0] - 1].kind == "behalf":
        del posts[0]  # Thừa ủy quyền của Chủ tịch UBND tỉnh, đồng chí A; but "thay mặt Chủ tịch nước A"
    posts = own(group, posts)
    if not tight and posts and group[posts[-1] + 1].kind == SEP and _is_vague(group, posts):
        return [], False
    return posts, tight


def _is_other_side(group: list[Item], comma: int, at: int) -> bool:
    """ "tại cuộc họp với Thủ tướng Trung Quốc, bà Merkel nhấn mạnh": who is called by a given name alone met the one with the post."""
    return group[at].name is None and comma > 1 and group[comma - 2].text == "với"


def _is_quoted(group: list[Item], colon: int, at: int) -> bool:
    """ "Tổng Thư ký Quốc hội: Ông A suy nghĩ": who holds the post that opens the sentence speaks of the name at `at`."""
    if group[colon].text != ":" or colon != 1 or any(item.plural for item in group[:at]):
        return False
    return at > 2 and at + 1 < len(group) and group[at + 1].kind in (OTHER, "toward", "copula")


def _is_inserted(group: list[Item], comma: int, at: int) -> bool:
    """ "chủ tịch UBND tỉnh Thái Bình, Nguyễn Hồng Diên ký", "Bộ trưởng Tài chính - Magdalena Andersson nói": a full post, a mark, a bare name, a verb."""
    if comma != at - 1 or group[comma].kind != SEP or group[comma].text not in ",-":
        return False
    before = group[comma - 2] if comma > 1 else None
    dash = group[comma].text == "-"
    foreign = (name := group[at].name) is not None and not name.vietnamese
    if before is not None and (before.plural or (before.kind == "and" and not dash)):
        return False
    if before is not None and before.kind == SEP:
        ahead = group[comma - 3].kind  # what stands before the post could be the name that it is meant for
        first = group[comma - 4] if comma > 3 else group[0]
        chain = ahead == POST and (first.kind == OTHER or (first.kind == SEP and comma > 4 and group[comma - 5].kind == OTHER))
        if not (chain or (ahead == OTHER if foreign else dash and ahead != NAME)):
            return False
    post = group[comma - 1].post
    # "Thủ tướng - Stefan Lofven"
    if post is None or (post.bare and not (dash and foreign)) or not post.office or group[comma - 1].short:
        return False
    after = at + 1
    if foreign and not post.bare and after < len(group) and group[after].kind == SEP and group[after].text == ",":
        after += 1  # Bộ trưởng Năng lượng Mỹ, Rick Perry, cho biết
    following = group[after].kind if after < len(group) else OTHER
    return following in (OTHER, "toward", "and") or (following == "copula" and (after + 1 >= len(group) or group[after + 1].kind != POST))


def _is_another_time(item: Item) -> bool:
    """ "A, Phó Chủ tịch Tổng hội (nguyên Thứ trưởng)", "A, nguyên Chủ tịch UBND quận (hiện là Bí thư)": a bracket that goes on with the posts."""
    if item.kind == "copula":
        return item.text.partition(" ")[0] in _NOW
    return item.post is not None and TEXT_KEYS[item.post.text].startswith(OVER)


def _is_vague(group: list[Item], chain: list[int]) -> bool:
    """ "các đại biểu, đồng chí A": what stands before the comma speaks of others."""
    last = group[chain[-1]].post
    before = group[chain[0] - 1] if chain[0] else None
    if last is not None and TEXT_KEYS[last.text] in _DEPUTY and (before is None or before.kind == SEP) and group[chain[-1] + 2].kind in ("rank", "title"):
        return False  # ĐBQH, Thiếu tướng A
    return last is None or last.bare or (before is not None and before.plural)


def _joins_posts(item: Item) -> bool:
    return (item.kind == SEP and item.text in (",", "-")) or item.kind == "and" or (item.kind == "copula" and item.text in ("kiêm", "đồng thời là", "cũng là"))


def _forward(group: list[Item], at: int, ceiling: int) -> list[int]:
    """Indices of the posts that explain the name at `at`."""
    posts: list[int] = []
    i = at + 1
    linked = True  # a post right after a name, without any separator: glued
    while i < ceiling:
        item = group[i]
        if (item.plural and group[i - 1].text == ";") or (item.kind == "copula" and appoints(group, at, item)):
            break  # "A, Phó Bí thư; các đồng chí Ủy viên Ban Thường vụ": others
        if item.kind == POST:
            if (
                not linked or item.short or (item.post is not None and TEXT_KEYS[item.post.text] == "pv")
            ):  # "ông Trump, Thủ tướng Anh May", "[Đại tướng A - PV]"
                break
            if posts and _is_of_others(group, posts[-1], i):
                break
            posts.append(i)
            linked = False
        elif (
            (item.kind == SEP and (item.text in _LINKS or (item.text == ":" and not posts) or (item.text == ";" and posts)))
            or item.kind == "copula"
            or (item.kind == "and" and posts)
            or (item.kind == "plural" and group[i - 1].kind in (SEP, "copula") and group[i - 1].text != ":")
        ):
            linked = True
        elif item.kind in ("epithet", "title") or (item.kind in ADDRESSES and posts):
            pass  # "A - NSND, Thứ trưởng Bộ Văn hóa"
        elif item.kind == OTHER and linked and not posts and item.text.partition(" ")[0] == "sinh" and group[i + 1 : i + 2] and group[i + 1].text == ",":
            pass  # "A, sinh ngày 18 tháng 7 năm 1966, Phó Chánh án"
        else:
            break
        i += 1
    return posts


def _is_of_others(group: list[Item], before: int, at: int) -> bool:
    """ "A, Phó Bí thư Huyện ủy; chủ tịch hội phụ nữ các huyện": behind a semicolon, a post in lower case after one in capitals is of others."""
    own, other = group[before].post, group[at].post
    if own is None or other is None or not any(map(_is_semicolon, group[before + 1 : at])):
        return False
    return other.text[0].islower() and not TEXT_KEYS[other.text].startswith(OVER) and (own.text[0].isupper() or TEXT_KEYS[own.text].startswith(OVER))


def _is_subject(group: list[Item], at: int, forward: list[int], before: list[int]) -> bool:
    """ "Theo đại biểu A, Bí thư Tỉnh ủy phải làm rõ", "cảm ơn ông A, Thủ tướng nhấn mạnh": the post begins a clause, and is not A's.

    `before`: the posts that lead up to A.
    """
    behind = forward[-1] + 1
    if behind + 1 < len(group) and group[behind].text == "cho" and group[behind + 1].text.startswith(("biết", "hay", "rằng")):
        behind += 1
    after = group[behind] if behind < len(group) else None
    if after is None or after.kind != OTHER:
        return False
    post = group[forward[0]].post
    if any((other := group[i].post) is not None and other.office for i in before) and (forward[0] == at + 1 or after.text.startswith("đều ")):
        return True  # Thủ tướng A Ngoại trưởng Mỹ bắt tay; Phó Thủ tướng A, Bộ trưởng Công an đều nói
    if any(_is_like(group[i].post, post) for i in before):
        return True
    modal = not _MODALS.isdisjoint(after.text.split()[:1])
    if len(forward) == 1 and post is not None and (TEXT_KEYS[post.text] in _LEADERS or (modal and country(post))):
        return forward[0] == at + 1 or (forward[0] == at + 2 and group[at + 1].text == ",")
    i = at - 1
    while i >= 0 and (group[i].kind in ADDRESSES or group[i].kind == POST):
        i -= 1
    if i == 1 and [item.text for item in group[:2]] == ["đối", "với"] and group[0].first == 0 and forward == [at + 2] and group[at + 1].text == ",":
        return True  # Đối với bà A, Chủ tịch UBND tỉnh mong muốn
    said = i >= 0 and group[i].kind == OTHER and f" {group[i].text}".endswith(" theo")
    return said and group[at + 1].kind == SEP and modal


def _is_like(one: Post | None, other: Post | None) -> bool:
    """Whether two posts have one head, so that nobody holds both: "Chủ tịch Quốc hội A, Chủ tịch Quốc hội Cuba nhấn mạnh"."""
    if one is None or other is None or other.bare:
        return False
    if (mine_of := state(one)) and (theirs_of := state(other)) and mine_of != theirs_of:
        return True  # Thủ tướng Nhật Bản A, Tổng thống Mỹ khẳng định
    mine, theirs = TEXT_KEYS[one.text].split(), TEXT_KEYS[other.text].split()
    if mine[:3] != theirs[:3] or mine == theirs:
        return False
    return theirs[: len(mine)] != mine or " ".join(theirs[len(mine) :]) in lexicon().countries


def _split(group: list[Item], forward: list[int], behind: list[int], tight: bool, settled: bool) -> tuple[list[int], list[int]]:
    """Posts between two names: which explain the first, which lead up to the second. `settled`: the first has posts before it."""
    both = [i for i in behind if i in forward]
    if not both:
        return forward, behind
    if not tight:
        if settled and forward == both and (name := group[min(both[-1] + 3, len(group) - 1)].name) is not None and not name.vietnamese:
            return [], behind  # Tổng thống A, Cố vấn an ninh quốc gia, ông B
        if _is_semicolon(group[both[0] - 1]) or (forward == both and _is_and(group[both[0] - 1])):
            return [i for i in forward if i < both[0]], behind  # A, Ủy viên Bộ Chính trị; Bộ trưởng Bộ Công an, Đại tướng B
        return forward, [i for i in behind if i not in forward]
    chain = sorted({*forward, *behind})
    for parts in (_is_semicolon, _is_and):
        for i in range(len(chain) - 1, -1, -1):
            after = chain[i - 1] + 1 if i else chain[0] - 1
            if any(parts(item) for item in group[after : chain[i]]):
                return chain[:i], chain[i:]
    if settled or len(chain) == 1:
        return [], behind
    return chain[:-1], chain[-1:]


def _is_semicolon(item: Item) -> bool:
    return item.kind == SEP and item.text == ";"


def _is_and(item: Item) -> bool:
    return item.plural or (item.kind == "and" and item.text != "kiêm")


def _event_role(group: list[Item], at: int, *, alone: bool) -> bool:
    post = group[at].post
    if post is not None and _DELEGATION.match(TEXT_KEYS[post.text]):
        return True
    if post is None or not post.bare or TEXT_KEYS[post.text] not in _EVENT_ROLES:
        return False
    if TEXT_KEYS[post.text] == "đại biểu" and (name := group[at - 2].name if at > 1 else None) is not None and not name.vietnamese:
        return True  # Bà Jenjeera Boonsombat, đại biểu đến từ Thái Lan
    if TEXT_KEYS[post.text] == "đại biểu" and not alone and at and group[at - 1].plural:
        return True  # "các đại biểu A, Phó Chủ tịch HĐND tỉnh; B, ...": who was there
    if TEXT_KEYS[post.text] == "phó đoàn" and at and is_of_several(group, at):
        return True  # 10 phó đoàn gồm các ông
    return TEXT_KEYS[post.text] == "trưởng đoàn" or (at > 0 and group[at - 1].kind == "copula")


def _is_marked(group: list[Item], at: int) -> bool:
    """Whether "đồng chí", or a rank, speaks of this name: right before it, or before the list that it is in."""
    i = at - 1
    while i >= 0 and group[i].kind in ADDRESSES:
        if group[i].kind in ("comrade", "rank"):
            return True
        i -= 1
    colon = False  # "các đồng chí trong Ban Thường vụ Tỉnh ủy: A, B": one stretch of words between
    for before in range(at - 1, max(0, at - 3 * LONGEST_LIST) - 1, -1):
        item = group[before]
        if item.kind == "comrade":
            return item.plural or (before > 0 and group[before - 1].plural)  # "cùng các" | "đồng chí"
        if item.kind == SEP and item.text == ":":
            colon = True
        elif item.kind == OTHER and colon and item.last - item.first <= _SHORT:
            colon = False
        elif item.kind == OTHER or (item.kind in ADDRESSES and item.plural):
            return False
    return False


def _is_dead(group: list[Item], at: int, chain: list[int]) -> bool:
    first = chain[0] if chain else at
    return any(item.kind == "dead" for item in group[max(0, first - 2) : at])
