"""Living office holders with their posts: who is named, which posts go with whom.

A post belongs to the name that it stands right before ("Chủ tịch UBND tỉnh Phạm Anh Tuấn"), or to the name that it
explains ("Võ Ngọc Tuyên – Bí thư Huyện ủy"), one after another, or to each name of a list ("các Phó Thủ tướng A, B").
A person is an official by an office, by "đồng chí", or by a rank of army or police.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from analyzers.fold import key
from analyzers.synonyms import expand
from indexer.extract.lexicon import Lexicon, lexicon
from indexer.extract.mentions import ADDRESSES, NAME, OTHER, POST, SEP, Item, items
from indexer.extract.posts import Post
from indexer.extract.scan import WORD_KEYS, Line, sentences
from indexer.models import CleanArticle, Evidence, Official, Part

_WORD = re.compile(r"[Đđ]/c\b|[^\W\d_]+")
_ADDRESSED = re.compile(r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị) ([A-ZĐÀ-ỸƠƯ][^\W\d_]*(?: [A-ZĐÀ-ỸƠƯ][^\W\d_]*){1,3})")
_LIFE_SPAN = re.compile(r"\d{4}\s?[-–]\s?\d{4}")  # (1882-1953): one of the dead
_LONGEST_LIST = 60  # names that one post or "các đồng chí" reaches
_LINKS = frozenset({",", "-", "(", ")"})
# "làm Trưởng đoàn" of a visit, "chủ trì": parts played at an event, not offices
_EVENT_ROLES = frozenset({"trưởng đoàn", "phó trưởng đoàn", "trưởng ban tổ chức", "tổ trưởng", "trưởng ban", "thư ký", "đại biểu"})


@dataclass(slots=True)
class _Said:
    """A post in its sentence: what is kept when a person gets it."""

    post: Post
    part: Part
    start: int
    end: int


@dataclass(slots=True)
class _Person:
    name: str
    part: Part
    start: int
    end: int
    order: int
    posts: list[_Said] = field(default_factory=list)
    marked: bool = False  # đồng chí, or a rank


def officials(article: CleanArticle) -> tuple[tuple[Official, ...], list[Evidence]]:
    """Officials in order of first mention, without their mention keys (see `with_mentions`), and the evidence of names and posts."""
    words = lexicon()
    persons: dict[str, _Person] = {}
    shorts: list[tuple[str, _Said]] = []
    for part in article.parts:
        if part.kind in ("title", "body", "caption"):
            for line in _lines(part.text, words):
                _read(line, part, words, persons, shorts)
    _join_cut_names(persons)
    _attach_shorts(article, persons, shorts)
    found: list[Official] = []
    evidence: list[Evidence] = []
    for person in sorted(persons.values(), key=lambda person: person.order):
        kept = _kept(person)
        if kept is None or key(person.name) in words.historical:
            continue
        found.append(Official(person.name, tuple(said.post.text for said in kept)))
        start, end = person.part.span(person.start, person.end)
        evidence.append(Evidence("officials", person.name, person.part.kind, start, end, "name"))
        for said in kept:
            start, end = said.part.span(said.start, said.end)
            evidence.append(Evidence("posts", f"{person.name}|{said.post.text}", said.part.kind, start, end, "post"))
    return tuple(found), evidence


def with_mentions(found: Iterable[Official], provinces: Iterable[str]) -> tuple[Official, ...]:
    """The officials with their mention keys: key of the name, "@", and the id of the report's province if it has exactly one."""
    ids = sorted(set(provinces))
    place = ids[0] if len(ids) == 1 else ""
    return tuple(Official(official.name, official.posts, f"{key(official.name)}@{place}") for official in found)


def post_key(post: str) -> str:
    """One key for the spellings of one post: abbreviations written out, "Bộ trưởng Bộ Y tế" = "Bộ trưởng Y tế"."""
    spelt = f" {key(expand(post))} "
    return spelt.replace(" bộ trưởng bộ ", " bộ trưởng ").replace(" thứ trưởng bộ ", " thứ trưởng ").strip()


def _lines(text: str, words: Lexicon) -> Iterator[Line]:
    """The sentences of `text` that hold a post, "đồng chí" or a rank: the others name nobody that counts."""
    for start, end in sentences(text):
        raw = list(map(WORD_KEYS.__getitem__, _WORD.findall(text, start, end)))
        if _hopeful(raw, words):
            yield Line(text, start, end)


def _hopeful(keys: list[str], words: Lexicon) -> bool:
    return not words.triggers.isdisjoint(pairwise(keys)) or not words.single_triggers.isdisjoint(keys)


def _read(line: Line, part: Part, words: Lexicon, persons: dict[str, _Person], shorts: list[tuple[str, _Said]]) -> None:
    for group in _without_asides(items(line, words), line):
        _read_group(group, line, part, persons)
        for item in group:
            if item.kind == POST and item.short and item.post is not None:
                shorts.append((item.short, _said(item.post, line, part)))


def _said(post: Post, line: Line, part: Part) -> _Said:
    return _Said(post, part, line.starts[post.first], line.ends[post.last - 1])


def _without_asides(all_items: list[Item], line: Line) -> Iterator[list[Item]]:
    """The items without brackets that neither explain a name by a post nor a post by a name; each of those is a list of its own."""
    main: list[Item] = []
    at = 0
    while at < len(all_items):
        item = all_items[at]
        if item.kind == SEP and item.text == "(":
            close = next((i for i in range(at + 1, min(at + 40, len(all_items))) if all_items[i].kind == SEP and all_items[i].text == ")"), None)
            if close is not None:
                inside = all_items[at + 1 : close]
                before = main[-1].kind if main else OTHER
                first = next((i.kind for i in inside if i.kind not in ADDRESSES and i.kind != "copula"), OTHER)
                if (before, first) in ((NAME, POST), (POST, NAME)):
                    main += all_items[at : close + 1]
                elif before == NAME and inside and _LIFE_SPAN.fullmatch(line.slice(inside[0].first, inside[-1].last)):
                    main[-1].kind = OTHER
                elif inside:
                    yield inside
                at = close + 1
                continue
        main.append(item)
        at += 1
    yield main


def _read_group(group: list[Item], line: Line, part: Part, persons: dict[str, _Person]) -> None:
    names = [i for i, item in enumerate(group) if item.kind == NAME]
    if not names:
        return
    owned: dict[int, list[Post]] = {i: [] for i in names}
    pre: dict[int, list[int]] = {}
    ends = [*names[1:], len(group)]
    backs = {at: _back(group, at, previous) for at, previous in zip(names, [-1, *names[:-1]], strict=True)}
    if names:
        pre[names[0]] = backs[names[0]][0]
    for at, following in zip(names, ends, strict=True):
        forward = _forward(group, at, following)
        behind, tight = backs.get(following, ([], False))
        forward, behind = _split(group, forward, behind, tight, bool(pre[at]))
        if following < len(group):
            pre[following] = behind
        owned[at] = [post for i in (*pre[at], *forward) if (post := group[i].post) is not None and not _event_role(group, i)]
    _share(group, names, pre, owned)
    for at in names:
        name = group[at].name
        if name is None or _is_dead(group, at, pre[at]):
            continue
        known = persons.get(key(name.text))
        if known is None:
            known = persons[key(name.text)] = _Person(name.text, part, line.starts[name.first], line.ends[name.last - 1], len(persons))
        known.marked = known.marked or _is_marked(group, at)
        known.posts += [_said(post, line, part) for post in owned[at]]


def _back(group: list[Item], at: int, floor: int) -> tuple[list[int], bool]:
    """Indices of the posts that lead up to the name at `at`, and whether nothing but a form of address stands between."""
    i = at - 1
    addressed = False
    while i > floor and group[i].kind in ADDRESSES:
        addressed = True
        i -= 1
    tight = True
    if i > floor + 1 and (
        (group[i].kind == SEP and (group[i].text == ":" or (group[i].text in (",", "-", "(") and addressed)))
        or (group[i].kind == "copula" and group[i].text == "là" and addressed)
        or (group[i].kind == "toward" and i > floor + 2 and group[i - 2].kind == "copula")
    ):
        tight = group[i].kind == SEP and group[i].text == ":"
        i -= 1
        while i > floor and group[i].plural and group[i].kind in ADDRESSES:
            i -= 1
    posts: list[int] = []
    while i > floor and group[i].kind == POST:
        posts.append(i)
        i -= 1
        if i > floor and _joins_posts(group[i]) and group[i - 1].kind == POST:
            i -= 1
        elif i > floor and group[i].kind in ADDRESSES and not group[i].plural and i - 1 > floor and _joins_posts(group[i - 1]) and group[i - 2].kind == POST:
            i -= 2
    posts.reverse()
    if len(posts) > 1 and posts[0] > 0 and group[posts[0] - 1].kind == "behalf":
        del posts[0]
    if len(posts) > 1 and _is_audience(group, posts[0]):
        del posts[0]
    if not tight and posts and group[posts[-1] + 1].kind == SEP and _is_vague(group, posts):
        return [], False
    return posts, tight


def _is_audience(group: list[Item], at: int) -> bool:
    """ "trước đại biểu Quốc hội, Bộ trưởng Y tế A": the first post is not A's."""
    post = group[at].post
    return post is not None and post.text.startswith("đại biểu") and at > 0 and group[at - 1].kind == OTHER


def _is_vague(group: list[Item], chain: list[int]) -> bool:
    """ "các đại biểu, đồng chí A": what stands before the comma speaks of others."""
    last = group[chain[-1]].post
    return last is None or last.bare or (chain[0] > 0 and group[chain[0] - 1].plural)


def _joins_posts(item: Item) -> bool:
    return (item.kind == SEP and item.text in (",", "-", ";")) or item.kind == "and" or (item.kind == "copula" and item.text == "kiêm")


def _forward(group: list[Item], at: int, ceiling: int) -> list[int]:
    """Indices of the posts that explain the name at `at`."""
    posts: list[int] = []
    i = at + 1
    linked = True  # a post right after a name, without any separator: glued
    while i < ceiling:
        item = group[i]
        if item.kind == POST:
            if not linked:
                break
            posts.append(i)
            linked = False
        elif (
            (item.kind == SEP and (item.text in _LINKS or (item.text == ":" and not posts) or (item.text == ";" and posts)))
            or item.kind == "copula"
            or (item.kind == "and" and posts)
            or (item.kind == "plural" and group[i - 1].kind in (SEP, "copula"))
        ):
            linked = True
        elif item.kind == "epithet" or (item.kind in ADDRESSES and posts):
            pass
        else:
            break
        i += 1
    return posts


def _split(group: list[Item], forward: list[int], behind: list[int], tight: bool, settled: bool) -> tuple[list[int], list[int]]:
    """Posts between two names: which explain the first, which lead up to the second. `settled`: the first has posts before it."""
    both = [i for i in behind if i in forward]
    if not both:
        return forward, behind
    if not tight:
        return forward, [i for i in behind if i not in forward]
    chain = sorted({*forward, *behind})
    for parts in (_is_semicolon, _is_and):
        for i in range(len(chain) - 1, -1, -1):
            after = chain[i - 1] + 1 if i else chain[0] - 1
            if any(parts(item) for item in group[after : chain[i]]):
                return chain[:i], chain[i:]
    if settled or len(chain) == 1:
        return [], chain
    return chain[:-1], chain[-1:]


def _is_semicolon(item: Item) -> bool:
    return item.kind == SEP and item.text == ";"


def _is_and(item: Item) -> bool:
    return item.plural or (item.kind == "and" and item.text != "kiêm")


def _event_role(group: list[Item], at: int) -> bool:
    post = group[at].post
    return post is not None and post.bare and key(post.text) in _EVENT_ROLES and at > 0 and group[at - 1].kind == "copula"


def _share(group: list[Item], names: list[int], pre: dict[int, list[int]], owned: dict[int, list[Post]]) -> None:
    """Give each name of a list the post that the list has: before it ("các Phó Thủ tướng A, B") or after it ("các đồng chí A, B - ...")."""
    own = {at: list(posts) for at, posts in owned.items()}
    for position, at in enumerate(names):
        chain = pre[at]
        if chain and _is_plural(group, chain[0], at):
            colon = any(item.kind == SEP and item.text == ":" for item in group[chain[-1] + 1 : at])
            given = [post for i in chain if (post := group[i].post) is not None]
            for before, other in pairwise(names[position : position + _LONGEST_LIST]):
                if pre[other] or not _listed(group[before + 1 : other], colon):
                    break
                owned[other] = given + [post for post in own[other] if post not in given]
    for position in range(len(names) - 1, 0, -1):
        at = names[position]
        forward = [post for post in own[at] if all(group[i].post is not post for i in pre[at])]
        if not forward:
            continue
        first = position
        while (
            first > max(0, position - _LONGEST_LIST)
            and not owned[names[first - 1]]
            and not pre[names[first]]
            and _plain_list(group[names[first - 1] + 1 : names[first]])
        ):
            first -= 1
        said_plural = any(item.plural for item in group[at + 1 : at + 4] if item.kind in ("plural", "copula"))
        if first < position and (said_plural or _opens_plural(group, names[first])):
            for other in names[first:position]:
                owned[other] = list(forward)


def _is_plural(group: list[Item], first_post: int, name: int) -> bool:
    before = group[first_post - 1] if first_post else None
    return (before is not None and before.plural) or any(item.plural for item in group[first_post:name])


def _listed(between: list[Item], colon: bool) -> bool:
    """Whether what stands between two names keeps them in one list."""
    allowed = {",", ";", "-", "(", ")"} if colon else {",", ";"}
    return all((item.kind == SEP and item.text in allowed) or item.kind in ("and", POST) or item.kind in ADDRESSES for item in between) and (
        colon or not any(item.kind == SEP and item.text == ";" for item in between)
    )


def _plain_list(between: list[Item]) -> bool:
    return bool(between) and all((item.kind == SEP and item.text == ",") or item.kind == "and" or item.kind in ADDRESSES for item in between)


def _opens_plural(group: list[Item], at: int) -> bool:
    """Whether the list that the name at `at` stands in was opened by "các đồng chí", "hai ông"."""
    for item in reversed(group[max(0, at - 3 * _LONGEST_LIST) : at]):
        if item.plural:
            return True
        if item.kind == OTHER:
            return False
    return False


def _is_marked(group: list[Item], at: int) -> bool:
    """Whether "đồng chí", or a rank, speaks of this name: right before it, or before the list that it is in."""
    i = at - 1
    while i >= 0 and group[i].kind in ADDRESSES:
        if group[i].kind in ("comrade", "rank"):
            return True
        i -= 1
    for item in reversed(group[max(0, at - 3 * _LONGEST_LIST) : at]):
        if item.kind == "comrade":
            return item.plural
        if item.kind == OTHER or (item.kind in ADDRESSES and item.plural):
            return False
    return False


def _is_dead(group: list[Item], at: int, chain: list[int]) -> bool:
    first = chain[0] if chain else at
    return any(item.kind == "dead" for item in group[max(0, first - 2) : at])


def _join_cut_names(persons: dict[str, _Person]) -> None:
    """One name and a word more has run on into the next sentence ("Vũ Hồng Thanh Đồng (tình)"); one that ends another is short for it."""
    for made in sorted(persons, key=len, reverse=True):
        shorter = persons.get(made.rpartition(" ")[0])
        if shorter is not None and made.count(" ") >= 3:
            _merge(persons.pop(made), shorter)
    tails: dict[str, list[str]] = {}
    for made in persons:
        words = made.split()
        for i in range(1, len(words) - 1):
            tails.setdefault(" ".join(words[i:]), []).append(made)
    for made in list(persons):
        full = [name for name in tails.get(made, ()) if name in persons]
        if len(full) == 1 and made in persons:
            _merge(persons.pop(made), persons[full[0]])  # "Bộ trưởng Kim Tiến" of Nguyễn Thị Kim Tiến


def _merge(one: _Person, into: _Person) -> None:
    into.posts += one.posts
    into.marked = into.marked or one.marked
    into.order = min(into.order, one.order)


def _attach_shorts(article: CleanArticle, persons: dict[str, _Person], shorts: list[tuple[str, _Said]]) -> None:
    """ "Bộ trưởng Nhạ" is Phùng Xuân Nhạ where the report names one person of that given name."""
    given: dict[str, list[_Person]] = {}
    for person in persons.values():
        given.setdefault(key(person.name.split()[-1]), []).append(person)
    if any(short not in given for short, said in shorts if said.post.office):
        # Sentences without a post have not been read: "Ông Phùng Xuân Nhạ trả lời."
        for part in article.parts:
            for match in _ADDRESSED.finditer(part.text) if part.kind in ("title", "body", "caption") else ():
                name = match[1]
                if key(name) not in persons and key(name.split()[0]) in lexicon().surnames:
                    persons[key(name)] = _Person(name, part, match.start(1), match.end(1), len(persons))
                    given.setdefault(key(name.split()[-1]), []).append(persons[key(name)])
    for short, said in shorts:
        candidates = given.get(short, [])
        if len(candidates) == 1 and said.post.office:
            candidates[0].posts.append(said)


def _kept(person: _Person) -> list[_Said] | None:
    """The posts to list, each once and in its fullest form; None if the person is no official."""
    private = any(not said.post.office and not said.post.bare for said in person.posts)
    held = [said for said in person.posts if said.post.office and not (private and said.post.bare and "chủ tịch" in key(said.post.text))]
    if not held:
        return [] if person.marked and not person.posts else None
    if len(held) == 1:
        return held
    unique: dict[str, _Said] = {}
    for said in held:
        unique.setdefault(post_key(said.post.text), said)
    return [said for made, said in unique.items() if not any(other != made and other.startswith(made + " ") for other in unique)]
