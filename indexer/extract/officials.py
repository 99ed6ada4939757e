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
from indexer.extract.joining import groups, holders
from indexer.extract.lexicon import Lexicon, lexicon
from indexer.extract.mentions import POST, items
from indexer.extract.posts import Post
from indexer.extract.scan import WORD_KEYS, Line, sentences
from indexer.models import CleanArticle, Evidence, Official, Part

_WORD = re.compile(r"[Đđ]/c\b|[^\W\d_]+")
_DEPUTY = {"đb": "đại biểu"}  # no abbreviation that search should know: it is "đồng bằng" as well
_ADDRESSED = re.compile(r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị) ([A-ZĐÀ-ỸƠƯ][^\W\d_]*(?: [A-ZĐÀ-ỸƠƯ][^\W\d_]*){1,3})")


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
    foreign: bool = False


def officials(article: CleanArticle) -> tuple[tuple[Official, ...], list[Evidence]]:
    """Officials in order of first mention, without their mention keys (see `with_mentions`), and the evidence of names and posts."""
    words = lexicon()
    persons: dict[str, _Person] = {}
    shorts: list[tuple[str, _Said | None]] = []
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
    if not words.triggers.isdisjoint(pairwise(keys)) or not words.single_triggers.isdisjoint(keys):
        return True
    return not words.thirds.isdisjoint(keys) and not words.long_triggers.isdisjoint(zip(keys, keys[1:], keys[2:], strict=False))


def _read(line: Line, part: Part, words: Lexicon, persons: dict[str, _Person], shorts: list[tuple[str, _Said | None]]) -> None:
    """Add what the sentence says to `persons`, and what it says of given names alone to `shorts`."""
    for group in groups(items(line, words), line):
        for holder in holders(group):
            said = [_said(post, line, part) for post in holder.posts]
            name = holder.item.name
            if name is None:
                shorts += [(holder.item.short, one) for one in [*said, *([None] if holder.marked else [])]]
                continue
            known = persons.get(key(name.text))
            if known is None:
                known = persons[key(name.text)] = _Person(
                    name.text, part, line.starts[name.first], line.ends[name.last - 1], len(persons), foreign=not name.vietnamese
                )
            known.marked = known.marked or holder.marked
            known.posts += said
        for item in group:
            if item.kind == POST and item.short and item.post is not None:
                shorts.append((item.short, _said(item.post, line, part)))


def _said(post: Post, line: Line, part: Part) -> _Said:
    return _Said(post, part, line.starts[post.first], line.ends[post.last - 1])


def _join_cut_names(persons: dict[str, _Person]) -> None:
    """One name and a word more has run on into the next sentence ("Vũ Hồng Thanh Đồng (tình)"); one that ends another is short for it."""
    for made in sorted(persons, key=len, reverse=True):
        shorter = persons.get(made.rpartition(" ")[0])
        if shorter is not None and made.count(" ") >= 3:
            _merge(persons.pop(made), shorter)
    turned: dict[frozenset[str], str] = {}
    for made in list(persons):
        known = turned.setdefault(frozenset(made.split()), made)
        if known != made and persons[made].foreign:
            rarer, usual = sorted((made, known), key=lambda name: len(persons[name].posts))
            _merge(persons.pop(rarer), persons[usual])  # Seko Hiroshige, Hiroshige Seko
            turned[frozenset(made.split())] = usual
    heads: dict[str, list[str]] = {}
    tails: dict[str, list[str]] = {}
    for made in persons:
        words = made.split()
        for i in range(1, len(words) - 1):
            tails.setdefault(" ".join(words[i:]), []).append(made)
            if len(words) > i + 2:
                heads.setdefault(" ".join(words[: i + 1]), []).append(made)
    for made in list(persons):
        full = [name for name in (*tails.get(made, ()), *heads.get(made, ())) if name in persons]
        if len(full) == 1 and made in persons:
            _merge(persons.pop(made), persons[full[0]])  # Kim Tiến of Nguyễn Thị Kim Tiến, Sheikh Mohammed of Sheikh Mohammed bin ...


def _merge(one: _Person, into: _Person) -> None:
    into.posts += one.posts
    into.marked = into.marked or one.marked
    into.order = min(into.order, one.order)


def _attach_shorts(article: CleanArticle, persons: dict[str, _Person], shorts: list[tuple[str, _Said | None]]) -> None:
    """ "Bộ trưởng Nhạ" is Phùng Xuân Nhạ where the report names one person of that given name."""
    given: dict[str, list[_Person]] = {}
    for person in persons.values():
        given.setdefault(key(person.name.split()[-1]), []).append(person)
    if any(short not in given for short, said in shorts if said is None or said.post.office):
        # Sentences without a post have not been read: "Ông Phùng Xuân Nhạ trả lời."
        for part in article.parts:
            for match in _ADDRESSED.finditer(part.text) if part.kind in ("title", "body", "caption") else ():
                name = match[1]
                if key(name) not in persons and key(name.split()[0]) in lexicon().surnames:
                    persons[key(name)] = _Person(name, part, match.start(1), match.end(1), len(persons))
                    given.setdefault(key(name.split()[-1]), []).append(persons[key(name)])
    for short, said in shorts:
        candidates = given.get(short, [])
        if len(candidates) != 1:
            continue
        if said is None:
            candidates[0].marked = True
        else:
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
        made = _DEPUTY.get(said.post.text.lower()) or post_key(said.post.text)
        known = unique.setdefault(made, said)
        if len(key(expand(known.post.text))) < len(key(expand(said.post.text))):
            unique[made] = said  # Bộ trưởng Y tế, but fuller: Bộ trưởng Bộ Y tế
    return [said for made, said in unique.items() if not any(_says_more(other, made) for other in unique)]


def _says_more(other: str, made: str) -> bool:
    """Whether the post `other` of a person makes `made` needless: it goes on with it, says that it is over, or is more than a seat."""
    if other == made:
        return False
    foreign = made == "ngoại trưởng" and other.startswith("bộ trưởng ngoại giao")
    return foreign or other.startswith(made + " ") or other in (f"nguyên {made}", f"cựu {made}") or made == "đại biểu"
