"""Which names that a report gives are one person: cut or run-on names, initials, a name turned round, two spellings of one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from analyzers.fold import fold
from indexer.extract.keeping import post_key
from indexer.extract.posts import Post
from indexer.extract.scan import TEXT_KEYS
from indexer.gazetteer.kept import Kept
from indexer.gazetteer.load import table
from indexer.models import Part

_FOLDED = Kept(fold, most=8192, longest=256)
# What one body has one of: two holders with almost the same name are one, misspelt.
_SOLE = re.compile(
    r"(?:quyền |nguyên |cựu )?(?:bộ trưởng|thủ tướng|tổng thống|ngoại trưởng|chủ tịch|bí thư|giám đốc|viện trưởng|chánh án|tổng bí thư|cục trưởng)\b"
)
# Sounds that are written one for the other: Trí, Chí.
_SOUNDS = ((re.compile("^tr"), "ch"), (re.compile("^x"), "s"), (re.compile("^(?:gi|r)(?=[aeou])"), "d"), (re.compile("y$"), "i"))


@dataclass(slots=True)
class Said:
    """A post in its sentence: what is kept when a person gets it."""

    post: Post
    part: Part
    start: int
    end: int


@dataclass(slots=True)
class Person:
    """Who a report names, and what it says of them. `start` and `end` of the first mention, in `part`'s text."""

    name: str
    part: Part
    start: int
    end: int
    order: int
    posts: list[Said] = field(default_factory=list)
    marked: bool = False  # đồng chí, or a rank
    foreign: bool = False
    known: bool = False  # as a holder of an office abroad, whatever the report says of the person
    times: int = 0  # mentions
    now: bool = True  # some of them are not of long ago


def join(persons: dict[str, Person], sounds: Mapping[str, str]) -> None:
    """Merges what is one person, by the keys of the names, into the name that a careful editor would print.

    `sounds`: names as they sound -> as they are written, of foreigners whom the report names both ways.
    """
    _join_run_on(persons)
    _join_turned(persons)
    _join_alone(persons)
    _join_shorter(persons)
    _join_spellings(persons)
    _join_initials(persons)
    _join_middle(persons)
    _join_slips(persons)
    for spelt, written in sounds.items():
        if spelt in persons and written in persons:
            _merge(persons, spelt, written)


@cache
def _holders() -> tuple[dict[tuple[str, ...], list[str]], frozenset[str]]:
    """The office holders abroad by their names with one word left out, and all words of their names."""
    short: dict[tuple[str, ...], list[str]] = {}
    names = [name for name, *_ in table("holders_abroad.tsv")]
    for name in names:
        words = TEXT_KEYS[name].split()
        for i in range(len(words) if len(words) > 1 else 0):
            short.setdefault((*words[:i], "", *words[i + 1 :]), []).append(name)
    return short, frozenset(word for name in names for word in TEXT_KEYS[name].split())


def _join_slips(persons: dict[str, Person]) -> None:
    """ "Barrack Obama" beside Barack Obama: one letter of a foreign holder's name is wrong, in a word that no holder is called."""
    holders, spelt = _holders()
    for made, person in list(persons.items()):
        words = made.split()
        if not person.foreign or person.known or len(words) < 2:
            continue
        near: set[str] = set()
        for i, word in enumerate(words):
            if len(word) > 3 and word not in spelt:
                near.update(TEXT_KEYS[name] for name in holders.get((*words[:i], "", *words[i + 1 :]), ()) if _is_slip(word, TEXT_KEYS[name].split()[i]))
        if len(near) == 1 and not near.isdisjoint(persons):
            _merge(persons, made, near.pop())


def _is_slip(written: str, meant: str) -> bool:
    return len(meant) > 3 and written[0] == meant[0] and _FOLDED[written] != _FOLDED[meant] and _is_near(written, meant)


def _merge(persons: dict[str, Person], one: str, into: str) -> None:
    gone, kept = persons.pop(one), persons[into]
    kept.posts += gone.posts
    kept.marked = kept.marked or gone.marked
    kept.known = kept.known or gone.known
    kept.order = min(kept.order, gone.order)
    kept.times += gone.times
    kept.now = kept.now or gone.now


def _join_run_on(persons: dict[str, Person]) -> None:
    """One name and a word more has run on into the next sentence: "Vũ Hồng Thanh Đồng (tình)"; or, named more often, it was cut: "Lê Phúc anh hứa"."""
    for made in sorted(persons, key=len, reverse=True):
        shorter = made.rpartition(" ")[0]
        if shorter in persons and made.count(" ") >= 3:
            often = persons[made].times > persons[shorter].times
            _merge(persons, *((shorter, made) if often else (made, shorter)))


def _join_turned(persons: dict[str, Person]) -> None:
    """Seko Hiroshige, Hiroshige Seko: the one with more posts."""
    turned: dict[frozenset[str], str] = {}
    for made in list(persons):
        known = turned.setdefault(frozenset(made.split()), made)
        if known != made and persons[made].foreign:
            rarer, usual = sorted((made, known), key=lambda name: len(persons[name].posts))
            _merge(persons, rarer, usual)
            turned[frozenset(made.split())] = usual


def _join_alone(persons: dict[str, Person]) -> None:
    """The one word by which a king or queen is called: Elizabeth of Elizabeth II."""
    for made in [made for made in persons if " " not in made]:
        full = [name for name in persons if " " in name and made in (name.partition(" ")[0], name.rpartition(" ")[2])]
        if len(full) == 1:
            _merge(persons, made, full[0])


def _join_shorter(persons: dict[str, Person]) -> None:
    """Kim Tiến of Nguyễn Thị Kim Tiến, Sheikh Mohammed of Sheikh Mohammed bin ...; "Nguyễn Chí" of Nguyễn Chí Dũng if they hold one office."""
    heads: dict[str, list[str]] = {}
    tails: dict[str, list[str]] = {}
    for made in persons:
        words = made.split()
        for i in range(1, len(words) - 1):
            tails.setdefault(" ".join(words[i:]), []).append(made)
            heads.setdefault(" ".join(words[: i + 1]), []).append(made)
    for made in [made for made in persons if made.split()[1:2] in (["thị"], ["văn"])]:
        bare = " ".join((made.split()[0], *made.split()[2:]))
        if bare in persons and _one_office(persons[bare], persons[made]):
            _merge(persons, bare, made)  # Đặng Ngọc Thịnh of Đặng Thị Ngọc Thịnh
    for made in list(persons):
        starting = [name for name in heads.get(made, ()) if name.count(" ") > made.count(" ") + 1 or _one_office(persons[made], persons.get(name))]
        full = [name for name in (*tails.get(made, ()), *starting) if name in persons]
        if len(full) == 1 and made in persons:
            _merge(persons, made, full[0])


def _join_initials(persons: dict[str, Person]) -> None:
    """A. Lukashenko of Alexander Lukashenko."""
    bearers: dict[tuple[str, str], list[str]] = {}
    short: list[tuple[str, tuple[str, str]]] = []
    for made in persons:
        first, _, last = made.rpartition(" ")
        if first and all(len(word) == 1 for word in first.split()):
            short.append((made, (first[0], last)))
        elif first:
            bearers.setdefault((first[0], last), []).append(made)
    for made, spelt in short:
        full = bearers.get(spelt, [])
        if len(full) == 1:
            _merge(persons, made, full[0])


def _join_middle(persons: dict[str, Person]) -> None:
    """Michelle T. Friedland, Michelle Friedland: the one named more often."""
    bare: dict[str, str] = {}
    for made in [made for made in persons if persons[made].foreign]:
        words = made.split()
        short = " ".join(word for i, word in enumerate(words) if len(word) > 1 or not 0 < i < len(words) - 1)
        known = bare.setdefault(short, made)
        if known != made:
            rarer, usual = sorted((made, known), key=lambda name: (persons[name].known, persons[name].times))
            _merge(persons, rarer, usual)
            bare[short] = usual


def _join_spellings(persons: dict[str, Person]) -> None:
    """Names that differ by one misspelt word and share an office: the known one stays, else the one named more often, else the first."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for made in persons:
        words = made.split()
        for i in range(len(words) if len(words) > 1 else 0):
            alike.setdefault((*words[:i], "", *words[i + 1 :]), []).append(made)
        alike.setdefault((made.replace(" ", ""),), []).append(made)
    for names in alike.values():
        for one, other in combinations(names, 2) if len(names) < 20 else ():
            if one in persons and other in persons and one != other and _is_misspelt(persons[one], persons[other], one, other):
                # A mark is left out sooner than put in: "Phạm Binh Minh".
                alike_folded = _FOLDED[one] == _FOLDED[other]
                worse, better = sorted(
                    (one, other),
                    key=lambda name: (
                        persons[name].known,
                        _marks(name) if alike_folded and not persons[name].foreign else 0,
                        persons[name].times,
                        -persons[name].order,
                    ),
                )
                _merge(persons, worse, better)


def _marks(name: str) -> int:
    return sum(not letter.isascii() for letter in name)


def _is_misspelt(one: Person, other: Person, key_one: str, key_other: str) -> bool:
    foreign = one.foreign and other.foreign
    # Of a known holder abroad one spelling is often without the post: "Vladimira Putin", "Vladimir Putin".
    bare = foreign and (one.known or other.known)
    if one.foreign != other.foreign or not (bare or _one_office(one, other)):
        return False
    pairs = [(a, b) for a, b in zip(key_one.split(), key_other.split(), strict=False) if a != b]
    if len(key_one.split()) != len(key_other.split()):
        return foreign  # Fran Cois, Francois
    a, b = pairs[0]
    if foreign:
        turned = len(a) > 5 and sorted(a) == sorted(b) and _one_office(one, other, sole=True)  # Thoonglun, Thongloun
        return turned or (len(a) > 2 and len(b) > 2 and _is_near(_FOLDED[a], _FOLDED[b]))
    if _FOLDED[a] == _FOLDED[b] and (a.isascii() or b.isascii()):
        return True  # Binh, Bình
    if key_one.split()[1:] == key_other.split()[1:] and len(key_one.split()) > 2 and _same_seat(one, other):
        return True  # Trần Quý Dương, Trương Quý Dương
    if key_one.split()[0] == key_other.split()[0] and key_one.split()[-1] == key_other.split()[-1] and len(a) != len(b) and _is_near(a, b):
        return min(one.times, other.times) == 1  # Vũ Đứ Đam, Vũ Đức Đam
    return _one_office(one, other, sole=True) and (_sounds(a) == _sounds(b) or _is_near(_FOLDED[a], _FOLDED[b]))


def _one_office(one: Person, other: Person | None, *, sole: bool = False) -> bool:
    """Whether the two share an office, in any of its forms; `sole`: one that a body has only one holder of."""
    if other is None:
        return False
    mine, theirs = _offices(one.posts, sole), _offices(other.posts, sole)
    return any(a == b or a.startswith(b + " ") or b.startswith(a + " ") for a in mine for b in theirs)


def _same_seat(one: Person, other: Person) -> bool:
    """Whether the two hold one office, with its body, that there is one of."""
    return any(office.count(" ") > 3 for office in _offices(one.posts, True) & _offices(other.posts, True))


def _offices(posts: Iterable[Said], sole: bool) -> set[str]:
    made = {post_key(said.post.text) for said in posts if said.post.office}
    return {office for office in made if not sole or _SOLE.match(office)}


def _sounds(word: str) -> str:
    for sound, written in _SOUNDS:
        word = sound.sub(written, word)
    return word


def _is_near(a: str, b: str) -> bool:
    """Whether one letter more, less, other or two letters in the other order make `b` of `a`."""
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    i = next((i for i, letter in enumerate(a) if letter != b[i]), len(a))
    if len(a) != len(b):
        return a[i:] == b[i + 1 :]
    return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
