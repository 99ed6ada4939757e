"""Living office holders with their posts: who is named, which posts go with whom.

A post belongs to the name that it stands right before ("Chủ tịch UBND tỉnh Phạm Anh Tuấn"), or to the name that it
explains ("Võ Ngọc Tuyên – Bí thư Huyện ủy"), one after another, or to each name of a list ("các Phó Thủ tướng A, B").
A person is an official by an office, by "đồng chí", or by a rank of army or police.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from analyzers.fold import key
from analyzers.sentences import CAPITALS, sentences
from indexer.extract.bearers import Bearers
from indexer.extract.careers import careers
from indexer.extract.joining import groups, holders
from indexer.extract.keeping import kept
from indexer.extract.lexicon import LED, Lexicon, lexicon
from indexer.extract.mentions import NAME, POST, items
from indexer.extract.posts import Post
from indexer.extract.same import Person, Said, join
from indexer.extract.scan import TEXT_KEYS, WORD_KEYS, Line
from indexer.extract.words import ENDS_TRIGGER, ODD, OPENS_TRIGGER, TRIGGER, signed, split
from indexer.models import CleanArticle, Evidence, Official, Part

_WORD = re.compile(r"[Đđ]/c\b|[^\W\d_]+")
_MAY_BE_TRIGGER = re.compile(f"{signed(TRIGGER | ODD)}|{signed(OPENS_TRIGGER)}(?={signed(ENDS_TRIGGER)})")
_TODAY = re.compile(
    "đại biểu|đb|đại sứ|(?:phó )?(?:giám đốc|trưởng ban)|(?:phó )?(?:chi )?cục|phó (?:chủ tịch|bí thư)|chủ tịch ubnd|ủy viên ủy ban"
)  # offices of a namesake of somebody historical
# How a sentence begins that tells of long ago, whose officials are not alive, and nothing later: "Đầu năm 1938, đồng chí A". Not "Sinh năm 1938".
_LONG_AGO = re.compile(r"\W*(?:(?:ngày|tháng|năm|đầu|giữa|cuối|vào|từ|mùa|xuân|hạ|thu|đông) |\d{1,2}[-/. ]){1,6}+1(?:[0-8]\d\d|9[0-4]\d)\b(?!/)", re.IGNORECASE)
_LATER = re.compile(r"\b(?:19[5-9]|20[0-2])\d\b")
_DELEGATE = "đại biểu"
_ASSEMBLY = re.compile(r"quốc hội|QH|kỳ họp|phiên họp|chất vấn|cử tri|nghị trường|dự (?:án |thảo )?luật|\bĐB\b|\(đoàn ", re.IGNORECASE)
_BYGONE = ("việt nam dân chủ cộng hòa", "việt nam cộng hòa")  # states that nobody alive holds an office of
_BEFORE_LED = ("ông ", "Ông ", "bà ")
_ADDRESSED = re.compile(rf"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị) ([{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*){{1,3}})")


@dataclass(slots=True)
class _Found:
    """What the sentences say: of persons, by the keys of their names; of given names alone (None: "đồng chí"); of "ông" and "bà"."""

    persons: dict[str, Person] = field(default_factory=dict)
    shorts: list[tuple[str, Said | None]] = field(default_factory=list)
    sounds: dict[str, str] = field(default_factory=dict)  # key of a foreigner's name as it sounds -> as it is written
    pronouns: list[tuple[Part, int, bool, list[Said]]] = field(default_factory=list)  # where it stands, whether it is a woman's


def officials(article: CleanArticle) -> tuple[tuple[Official, ...], list[Evidence]]:
    """Officials in order of first mention, without their mention keys (see `with_mentions`), and the evidence of names and posts."""
    words = lexicon()
    told = _Found()
    persons = told.persons
    for part in article.parts:
        if part.kind in ("title", "body", "caption"):
            for line in _lines(part.text, words):
                _read(line, part, words, told)
    _add_led(article, persons, words)
    _attach_pronouns(told)
    join(persons, told.sounds)
    _attach_shorts(article, persons, told.shorts)
    if any(TEXT_KEYS[said.post.text] == _DELEGATE for person in persons.values() for said in person.posts) and not _is_of_assembly(article):
        for person in persons.values():  # who takes part in a congress or a conference holds no office by it
            person.posts = [said for said in person.posts if TEXT_KEYS[said.post.text] != _DELEGATE]
    found: list[Official] = []
    evidence: list[Evidence] = []
    for person in sorted(persons.values(), key=lambda person: person.order):
        chosen = _kept(person) if person.now else None
        if chosen is None and person.known and (person.foreign or not person.posts):
            chosen = []
        if chosen is not None and any(TEXT_KEYS[said.post.text].endswith(_BYGONE) for said in chosen):
            continue
        if chosen is None or (TEXT_KEYS[person.name] in words.historical and not any(_TODAY.match(TEXT_KEYS[said.post.text]) for said in chosen)):
            continue
        found.append(Official(person.name, tuple(said.post.text for said in chosen)))
        start, end = person.part.span(person.start, person.end)
        evidence.append(Evidence("officials", person.name, person.part.kind, start, end, "name"))
        for said in chosen:
            start, end = said.part.span(said.start, said.end)
            evidence.append(Evidence("posts", f"{person.name}|{said.post.text}", said.part.kind, start, end, "post"))
    return tuple(found), evidence


def _is_of_assembly(article: CleanArticle) -> bool:
    """Whether a report speaks of an elected assembly, whose members are called "đại biểu"."""
    return any(_ASSEMBLY.search(part.text) for part in article.parts if part.kind != "byline")


def with_mentions(found: Iterable[Official], provinces: Iterable[str]) -> tuple[Official, ...]:
    """The officials with their mention keys: key of the name, "@", and the id of the report's province if it has exactly one."""
    ids = sorted(set(provinces))
    place = ids[0] if len(ids) == 1 else ""
    return tuple(Official(official.name, official.posts, f"{TEXT_KEYS[official.name]}@{place}") for official in found)


def _lines(text: str, words: Lexicon) -> Iterator[Line]:
    """The sentences of `text` that hold a post, "đồng chí" or a rank: the others, two of three, name nobody that counts."""
    triggers = _triggers(text, words)
    at = 0
    for start, end in sentences(text) if triggers else ():
        holds = False
        while at < len(triggers) and triggers[at][0] < end:
            holds = holds or triggers[at][1] <= end
            at += 1
        if holds and not text[start:end].lstrip()[1:].islower():  # names need a capital behind the first letter
            yield Line(text, start, end)
        if at == len(triggers):
            return


def _triggers(text: str, words: Lexicon) -> list[tuple[int, int]]:
    """Start and end of what each post, "đồng chí" or rank is known by, in reading order."""
    found = split(text)
    texts, signs, starts, ends = found.texts, found.signs, found.starts, found.ends
    triggers: list[tuple[int, int]] = []
    for match in _MAY_BE_TRIGGER.finditer(signs):
        i = match.start()
        sign = ord(signs[i])
        if not sign & ODD:
            if sign & TRIGGER:
                triggers.append((starts[i], ends[i]))
            # The expression takes any first word with any second: seven of ten such pairs are none.
            elif WORD_KEYS[texts[i + 1]] in words.behind[WORD_KEYS[texts[i]]] and (size := words.trigger(*map(WORD_KEYS.__getitem__, texts[i : i + 3]))):
                triggers.append((starts[i], ends[i + size - 1]))
            continue
        # What the word is parted into may be a trigger with the words around it.
        near = list(_WORD.finditer(text, starts[max(0, i - 2)], ends[min(i + 2, len(ends) - 1)]))
        keys = [WORD_KEYS[word[0]] for word in near]
        triggers += [(near[j].start(), near[j + size - 1].end()) for j in range(len(near)) if (size := words.trigger(*keys[j : j + 3]))]
    return sorted(triggers)


def _read(line: Line, part: Part, words: Lexicon, found: _Found) -> None:
    """Add what the sentence says to `found`."""
    read = items(line, words)
    kinds = [item.kind for item in read]
    if NAME not in kinds and ("copula" not in kinds or POST not in kinds) and not any(item.short for item in read):
        return
    begun = _LONG_AGO.match(line.text, line.starts[0])
    long_ago = begun is not None and _LATER.search(line.text, begun.end(), line.end(line.size - 1)) is None
    for group in groups(read, line):
        owned: set[int] = set()
        for holder in holders(group):
            said = [_said(post, line, part) for post in holder.posts]
            name = holder.item.name
            owned.update(map(id, holder.posts))
            if name is None:
                found.shorts += [(holder.item.short, one) for one in [*said, *([None] if holder.marked else [])]]
                continue
            known = found.persons.get(TEXT_KEYS[name.text])
            if known is None:
                known = found.persons[TEXT_KEYS[name.text]] = Person(
                    name.text, part, line.starts[name.first], line.end(name.last - 1) - name.glued, len(found.persons), foreign=not name.vietnamese, now=False
                )
            if name.sounds:
                found.sounds[TEXT_KEYS[name.sounds]] = TEXT_KEYS[name.text]
            known.marked = known.marked or holder.marked
            known.known = known.known or name.known
            known.posts += said
            known.times += 1
            known.now = known.now or not long_ago
        for career in careers(group, line, owned):
            said, subject = [_said(post, line, part) for post in career.posts], career.subject
            if subject.short:
                found.shorts += [(subject.short, one) for one in said]
            elif subject.name is None:
                found.pronouns.append((part, line.starts[subject.first], line.keys[subject.first] == "bà", said))
            elif (known := found.persons.get(TEXT_KEYS[subject.name.text])) is not None:  # not if who held them is dead
                known.posts += said
        for item in group:
            if item.kind == POST and item.short and item.post is not None:
                found.shorts.append((item.short, _said(item.post, line, part)))


def _add_led(article: CleanArticle, persons: dict[str, Person], words: Lexicon) -> None:
    """Add who is known to lead a province and is named without a post, in sentences that have not been read: "kỷ luật ông Đinh La Thăng"."""
    for part in article.parts:
        text = part.text if part.kind in ("title", "body", "caption") else ""
        for address in _BEFORE_LED:
            at = text.find(address)
            while at >= 0:
                start = at + len(address)
                while name := next((name for name in words.led.get(text[start : start + LED], ()) if _stands(name, text, start)), ""):
                    person = persons.setdefault(TEXT_KEYS[name], Person(name, part, start, start + len(name), len(persons)))
                    person.known = True
                    start += len(name) + len(", ")  # các ông A, B
                at = text.find(address, start)


def _stands(name: str, text: str, at: int) -> bool:
    """Whether `name` is all of what begins at `at`: not "Lê Minh Khái" in "Lê Minh Kháinh", "Nguyễn Hoàng Anh" in "Nguyễn Hoàng Anh Thy"."""
    behind = text[at + len(name) : at + len(name) + 2]
    return text.startswith(name, at) and not behind[:1].isalpha() and not (behind[:1] == " " and behind[1:].isupper())


def _attach_pronouns(found: _Found) -> None:
    """ "Sau đó, ông làm Chủ tịch UBND huyện" is said of whom the sentence before speaks of."""
    readers: dict[int, Bearers] = {}
    for part, at, woman, said in found.pronouns:
        reader = readers.get(id(part)) or readers.setdefault(id(part), Bearers(part.text, found.persons))
        whom = reader.of(at, woman)
        if whom in found.persons:
            found.persons[whom].posts += said
        elif whom and " " not in whom:
            found.shorts += [(whom, one) for one in said]


def _said(post: Post, line: Line, part: Part) -> Said:
    return Said(post, part, line.starts[post.first], line.end(post.last - 1))


def _attach_shorts(article: CleanArticle, persons: dict[str, Person], shorts: list[tuple[str, Said | None]]) -> None:
    """ "Bộ trưởng Nhạ" is Phùng Xuân Nhạ where the report names one person of that given name."""
    given: dict[str, list[Person]] = {}
    for person in persons.values():
        given.setdefault(TEXT_KEYS[person.name.split()[-1]], []).append(person)
    if any(short not in given for short, said in shorts if said is None or said.post.office):
        # Sentences without a post have not been read: "Ông Phùng Xuân Nhạ trả lời."
        for part in article.parts:
            for match in _ADDRESSED.finditer(part.text) if part.kind in ("title", "body", "caption") else ():
                name = match[1]
                if key(name) not in persons and key(name.split()[0]) in lexicon().surnames:
                    persons[key(name)] = Person(name, part, match.start(1), match.end(1), len(persons))
                    given.setdefault(key(name.split()[-1]), []).append(persons[key(name)])
    for short, said in shorts:
        candidates = given.get(short, [])
        if len(candidates) != 1:
            continue
        if said is None:
            candidates[0].marked = True
        else:
            candidates[0].posts.append(said)


def _kept(person: Person) -> list[Said] | None:
    """The posts to list; None if the person is no official."""
    chosen = kept([said.post for said in person.posts], person.marked)
    return None if chosen is None else [person.posts[i] for i in chosen]
