"""Mentions of officials -> persons, by name, body, place and time. Pure: nothing here knows an index, and no order of the mentions matters.

Joined: mentions of one name (one key for all its spellings) that share a tie. Ties are provinces of today and national bodies: the province that
a post names, else the report's, unless all posts are national ones ("Thủ tướng", "đại biểu Quốc hội", "Cục trưởng" say nothing of the
report's province); the national bodies that posts name, and the centre for the highest offices. A mention with ties to two provinces, or
to a province and the centre, follows one career across them ("nguyên Bí thư Tỉnh ủy Đắk Lắk, Tổng Thư ký Quốc hội"), unless it gives
seats of two provinces at once, which is a misreading of a list.
Parted: where one person would hold seats of different units (two districts, a commune and a province, two provinces) at certainly
overlapping times; then only mentions of one seat, or of one post of one province, are one person. A past post ("nguyên") takes no time.
Careers without such a mention: known holders (`Career`), or a name of RARE syllables or more whose persons all hold seats of a province or of the centre,
all dated, one after the other in different months. Else two provinces stay two persons: a wrong join is worse than a career in two keys.
A mention without a post or any tie joins the only person of its name, if there is just one.

Keys can be read: the name without marks, and behind it, where several persons share that, the province, then the unit, then a number.

Measured on the 5,452 development articles (11,751 mentions, 3,137 names, one report in five dated), against ties of province and centre alone,
which gave 139 names several keys: 56 of these became one person, and 42 other names came apart where nothing but a report's province had joined a
national office to a local one. Of the 66 persons over several provinces, or over centre and province, 28 drawn by chance were read: none joins two
people. Of the names still in several keys some are one person (a deputy of the National Assembly who also governs a province).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from analyzers.fold import key
from indexer.build import post_id, slug
from indexer.dates_iso import as_number, interval
from indexer.models import Official, Report
from indexer.offices import CENTRE, Office, Seat, office, same_bodies

NOWHERE = "chua-ro"
RARE = 4
_BODY = "="  # begins a tie that is a national body
_OWN_POST = 3  # words from which a post is one person's in a province: "giám đốc sở y tế", not "chủ tịch" or "đại biểu"


@dataclass(frozen=True, slots=True)
class Mention:
    """One official in one report, without the report. `name` and `posts` are ids, `provinces` those of today that are the official's.

    `bodies` are the national ones; `seats` are held on the report's date, `past` were held before it. The date lies within [first, last]
    (20260318 for 18 March 2026); both are 0 where the report has none. `firm`: a post says of which body it is.
    """

    name: str
    posts: tuple[str, ...] = ()
    provinces: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    seats: frozenset[Seat] = frozenset()
    past: frozenset[Seat] = frozenset()
    firm: bool = False
    first: int = 0
    last: int = 0

    @property
    def ties(self) -> frozenset[str]:
        """What makes the mention one person with others of its name."""
        return self.provinces | self.bodies


@dataclass(frozen=True, slots=True)
class Career:
    """A seat of a province whose holder is known from elsewhere: key of the name, today's id of the province, first and last day (0: open)."""

    name: str
    province: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Person:
    """Mentions that are one person; `loose` ones have only their ties in common."""

    mentions: frozenset[Mention]
    loose: bool = False

    @property
    def ties(self) -> frozenset[str]:
        return frozenset().union(*(mention.ties for mention in self.mentions))

    @property
    def national(self) -> bool:
        return any(_is_national(tie) for tie in self.ties)

    @property
    def seats(self) -> list[Seat]:
        return sorted({seat for mention in self.mentions for seat in mention.seats}, key=_seat_order)

    def place(self) -> str:
        """The province that tells the person from others of the name; CENTRE, or "" for none."""
        return CENTRE if self.national else min(self.ties, default="")

    def order(self) -> tuple[object, ...]:
        """By content alone, so that numbers in keys do not depend on the order of loading."""
        return (
            self.place(),
            self.loose,
            CENTRE not in self.ties,
            [_seat_order(seat) for seat in self.seats],
            sorted(self.ties),
            sorted(mention.posts for mention in self.mentions),
        )


def mention_of(report: Report, official: Official) -> Mention:
    """The mention of one official of a report. Provinces are today's, so that a merger parts nobody."""
    posts = tuple(post_id(post) for post in official.posts)
    offices = [office(post) for post in posts]
    provinces = frozenset(found.province for found in offices if found.province)
    if not provinces and not (offices and all(found.national for found in offices)):
        about = {(province.now or (province.id,))[0] for province in report.provinces}
        provinces = frozenset(about) if len(about) == 1 else frozenset()
    seats, past = _seats(offices, provinces, past=False), _seats(offices, provinces, past=True)
    if len({seat.province for seat in seats}) > 1:
        provinces, seats, past = frozenset(), frozenset(), frozenset()
    first, last = interval(report.date) if report.date else (None, None)
    dates = (as_number(first), as_number(last)) if first and last else (0, 0)
    bodies = frozenset(tie for found in offices for tie in found.ties)
    return Mention(key(official.name), posts, provinces, bodies, seats, past, any(not found.bare for found in offices), *dates)


def _seats(offices: Iterable[Office], provinces: frozenset[str], *, past: bool) -> frozenset[Seat]:
    only = next(iter(provinces)) if len(provinces) == 1 else ""
    found = {Seat(held.province or only, held.level, held.unit) for held in offices if held.level and held.past == past}
    return frozenset(seat for seat in found if seat.province)


def assign(mentions: Iterable[Mention], province_slug: Callable[[str], str], known: Iterable[Career] = ()) -> dict[Mention, str]:
    """The person's key of each mention. `province_slug` gives the readable form of a province's id."""
    careers: dict[str, list[Career]] = defaultdict(list)
    for career in known:
        careers[career.name].append(career)
    by_slug: dict[str, dict[str, set[Mention]]] = defaultdict(lambda: defaultdict(set))
    for mention in mentions:
        by_slug[slug(mention.name)][mention.name].add(mention)
    keys: dict[Mention, str] = {}
    for stem, names in by_slug.items():
        people = [person for name in sorted(names) for person in sorted(_persons(names[name], careers.get(name, ())), key=_Person.order)]
        for person, made in zip(people, _keys(stem, people, province_slug), strict=True):
            keys.update(dict.fromkeys(person.mentions, made))
    return keys


def _keys(stem: str, people: Sequence[_Person], province_slug: Callable[[str], str]) -> list[str]:
    """A key for each of the persons who share `stem`."""
    if len(people) == 1:
        return [stem]
    keys: dict[str, None] = {}
    numbers: Counter[str] = Counter()
    for person in people:
        place = person.place()
        made = f"{stem}-{CENTRE if place == CENTRE else province_slug(place) if place else NOWHERE}"
        if made in keys and (units := [seat.unit for seat in person.seats if seat.unit]):
            made = f"{made}-{slug(units[0])}"
        plain = made
        while made in keys:
            numbers[plain] += 1
            made = f"{plain}-{numbers[plain] + 1}"
        keys[made] = None
    return list(keys)


def _persons(mentions: set[Mention], known: Sequence[Career]) -> list[_Person]:
    """The persons of one name."""
    # Without a post a mention follows those that have one: "ông Phúc" in a province's report may well be the guest from the centre.
    firm = [mention for mention in mentions if mention.firm and mention.ties] or [mention for mention in mentions if mention.ties]
    ties = _ties_of(firm)
    people = _careers([part for person in _joined(firm, ties) for part in _parted(person)], known)
    by_tie: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        for tie in {tie for mention in person.mentions for tie in ties(mention)}:
            by_tie[tie].append(person)
    follows: dict[_Person, set[Mention]] = defaultdict(set)
    alone: set[Mention] = set()
    only, national = people[0] if len(people) == 1 else None, len(people) == 1 and people[0].national
    for mention in mentions.difference(firm):
        near = {id(person): person for tie in ties(mention) for person in by_tie[tie]}
        if not near and only and (national or not mention.ties):
            near = {0: only}
        if len(near) == 1:
            follows[near.popitem()[1]].add(mention)
        else:
            alone.add(mention)
    followed = [_Person(person.mentions | follows[person], person.loose) for person in people]
    return followed + [_Person(person.mentions, True) for person in _joined(alone, lambda mention: mention.bodies or mention.provinces or {NOWHERE})]


def _ties_of(mentions: Iterable[Mention]) -> Callable[[Mention], frozenset[str]]:
    """The ties of a mention, each national body with its longer and shorter names among those of `mentions`."""
    names = same_bodies({body for mention in mentions for body in mention.bodies})
    return lambda mention: mention.provinces.union(*(names.get(body, {body}) for body in mention.bodies))


def _joined(mentions: Iterable[Mention], ties: Callable[[Mention], Iterable[object]]) -> list[_Person]:
    """Groups of mentions that share a tie, directly or over others."""
    groups: dict[object, set[Mention]] = {}
    for mention in mentions:
        own = ties(mention)
        near = sorted({id(group): group for tie in own if (group := groups.get(tie)) is not None}.values(), key=len)
        group = near.pop() if near else set()
        group.add(mention)
        groups.update(dict.fromkeys(own, group))
        for smaller in near:  # each mention moves at most as often as its group doubles
            group |= smaller
            for member in smaller:
                groups.update(dict.fromkeys(ties(member), group))
    return [_Person(frozenset(group)) for group in {id(group): group for group in groups.values()}.values()]


def _parted(person: _Person) -> list[_Person]:
    """The persons that `person` must be: itself, unless it would hold two seats at once that no one can."""
    together = {pair for mention in person.mentions for pair in combinations(sorted(mention.seats, key=_seat_order), 2)}
    if not any(pair not in together for pair in _excluding(_held(person))):
        return [person]
    tied = {mention for mention in person.mentions if any(_own_ties(mention))}
    loose = person.mentions - tied
    return _joined(tied, _own_ties) + ([_Person(loose, True)] if loose else [])


def _own_ties(mention: Mention) -> list[object]:
    """What two mentions of one name share only if they are one person even where namesakes live beside each other."""
    seats = [seat for seat in mention.seats | mention.past if seat.unit or seat.level == "province"]
    posts = [(province, post) for province in mention.provinces for post in mention.posts if not office(post).level and len(post.split()) >= _OWN_POST]
    return [*seats, *posts]


def _held(person: _Person) -> dict[Seat, tuple[int, int]]:
    """Each seat with the days between which it was certainly held; of a single vague date they are none (the last is before the first)."""
    held: dict[Seat, tuple[int, int]] = {}
    for mention in person.mentions:
        for seat in mention.seats if mention.first else ():
            first, last = held.get(seat, (mention.last, mention.first))
            held[seat] = min(first, mention.last), max(last, mention.first)
    return held


def _exclude(one: Seat, other: Seat) -> bool:
    """Whether nobody holds both at once. A member of a province's leadership may well lead a district of it."""
    if one.province != other.province:
        return True
    if one.level != other.level:
        return "commune" in (one.level, other.level)
    return bool(one.unit and other.unit and one.unit != other.unit)


def _excluding(held: Mapping[Seat, tuple[int, int]]) -> Iterator[tuple[Seat, Seat]]:
    """Pairs of seats that nobody holds at once, certainly held at once."""
    open_seats: list[Seat] = []
    for seat in sorted((seat for seat, (first, last) in held.items() if first <= last), key=lambda seat: (held[seat], _seat_order(seat))):
        open_seats = [other for other in open_seats if held[other][1] >= held[seat][0]]
        for other in open_seats:
            if _exclude(seat, other):
                one, two = sorted((seat, other), key=_seat_order)
                yield one, two
        open_seats.append(seat)


def _careers(people: list[_Person], known: Sequence[Career]) -> list[_Person]:
    """Persons who are one over several bodies, by known holders or by a rare name; each list of them is joined as a whole or not at all."""
    chains = [_known_holder(people, known), _rare_name(people)]
    for chain in chains:
        if len(chain) > 1 and all(person in people for person in chain):
            one = _Person(frozenset().union(*(person.mentions for person in chain)))
            people = [person for person in people if person not in chain] + [one]
    return people


def _known_holder(people: Sequence[_Person], known: Sequence[Career]) -> list[_Person]:
    """Those who hold seats of the provinces that one known person led one after the other."""
    if any(one.province != other.province and _beside(one, other) for one, other in combinations(known, 2)):
        return []
    return [person for person in people if any(seat.level == "province" and _in_term(person, seat, known) for seat in person.seats)]


def _beside(one: Career, other: Career) -> bool:
    """Whether two terms have a day in common."""
    return (not one.last or other.first <= one.last) and (not other.last or one.first <= other.last)


def _in_term(person: _Person, seat: Seat, terms: Sequence[Career]) -> bool:
    dated = [mention for mention in person.mentions if seat in mention.seats and mention.first]
    return any(
        term.province == seat.province and all(term.first <= mention.last and (not term.last or mention.first <= term.last) for mention in dated)
        for term in terms
    )


def _rare_name(people: Sequence[_Person]) -> list[_Person]:
    """Those of a rare name at the head of provinces or of the centre, one after the other; none if two of them stand beside each other in time."""
    high = [person for person in people if len(next(iter(person.mentions)).name.split()) >= RARE and _is_high(person)]
    spans = sorted(_span(person) for person in high)
    if any(not first for first, _ in spans) or any(before[1] >= after[0] for before, after in pairwise(spans)):
        return []
    return high


def _is_high(person: _Person) -> bool:
    return CENTRE in person.ties or any(seat.level == "province" for seat in person.seats)


def _span(person: _Person) -> tuple[int, int]:
    """First and last month of all mentions (202603); (0, 0) when one is undated."""
    if any(not mention.first for mention in person.mentions):
        return 0, 0
    return min(mention.first for mention in person.mentions) // 100, max(mention.last for mention in person.mentions) // 100


def _is_national(tie: str) -> bool:
    return tie == CENTRE or tie.startswith(_BODY)


def _seat_order(seat: Seat) -> tuple[str, str, str]:
    return seat.province, seat.level, seat.unit
