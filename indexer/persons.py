"""Mentions of officials -> persons, by name, province and office. Pure: nothing here knows an index.

Two mentions of one name are one person when their posts name, or their reports are about, the same (today's) province, or when both hold an office of the
centre; a mention that says neither joins the only person of that name, if there is just one. Keys can be read: the name without marks,
and behind it, where several persons share that, the province. The result does not depend on the order of the mentions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analyzers.fold import key
from indexer.build import post_id, slug
from indexer.errors import UsageError
from indexer.models import Official, Report

CENTRE = "trung-uong"
NOWHERE = "chua-ro"

# Offices whose holder is the same person in every province's reports (as post ids begin). Ministers and their deputies, the Politburo,
# the Secretariat and the Central Committee; heads of state and of government, foreign ones too.
_CENTRAL = (
    "tổng bí thư", "chủ tịch nước", "phó chủ tịch nước", "thủ tướng", "phó thủ tướng", "chủ tịch quốc hội", "phó chủ tịch quốc hội", "bộ trưởng",
    "thứ trưởng", "ủy viên bộ chính trị", "ủy viên ban bí thư", "thường trực ban bí thư", "bí thư trung ương đảng", "ủy viên trung ương đảng",
    "ủy viên ban chấp hành trung ương đảng", "ủy viên dự khuyết", "trưởng ban tổ chức trung ương", "trưởng ban tuyên giáo trung ương",
    "trưởng ban nội chính trung ương", "trưởng ban kinh tế trung ương", "chủ nhiệm văn phòng chính phủ", "chủ nhiệm văn phòng chủ tịch nước",
    "tổng thanh tra", "thống đốc ngân hàng nhà nước", "chánh án tòa án nhân dân tối cao", "viện trưởng viện kiểm sát nhân dân tối cao", "tổng thống",
    "phó tổng thống", "quốc vương", "ngoại trưởng",
)  # fmt: skip
_CENTRAL_IDS = tuple(key(post) for post in _CENTRAL)


@dataclass(frozen=True, slots=True)
class Mention:
    """One official in one report, without the report. `province` is "" where the report is about none or several; posts are ids."""

    name: str
    province: str
    posts: tuple[str, ...]

    @property
    def places(self) -> frozenset[str]:
        """What ties the mention to others of its name. An office of the centre alone says that the report's province is not the person's."""
        central = [post for post in self.posts if post.startswith(_CENTRAL_IDS)]
        found = {CENTRE} if central else set()
        if self.province and len(central) < max(1, len(self.posts)):
            found.add(self.province)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Manual:
    """Corrections by hand: `merge` says which key becomes which, `split` the key of a name (by its key) in one report."""

    merge: Mapping[str, str]
    split: Mapping[tuple[str, str], str]


def mention_of(report: Report, official: Official) -> Mention:
    """The mention of one official of a report: its province is the one that the posts name ("Chủ tịch UBND TP Hà Nội"), else the report's.

    Provinces are today's, so that a merger parts nobody.
    """
    posts = tuple(post_id(post) for post in official.posts)
    now = {found for post in posts if (found := _province_named(post))} or {(province.now or (province.id,))[0] for province in report.provinces}
    return Mention(key(official.name), now.pop() if len(now) == 1 else "", posts)


def _province_named(post: str) -> str:
    """Today's id of the province that a post id ends with; "" if it ends with none."""
    words = post.split()
    return next((found for size in range(2, 6) if (found := _provinces().get(" ".join(words[-size:])))), "")


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    """Today's id of each province, old and new, by the key of its name."""
    from indexer.gazetteer import load

    gazetteer = load.gazetteer()
    return {key(unit.name): gazetteer.now(unit.id)[0] for era in ("old", "new") for unit in gazetteer.units("province", era)}


def assign(mentions: Iterable[Mention], province_slug: Callable[[str], str]) -> dict[Mention, str]:
    """The person's key of each mention. `province_slug` gives the readable form of a province's id."""
    by_slug: dict[str, dict[str, set[Mention]]] = defaultdict(lambda: defaultdict(set))
    for mention in mentions:
        by_slug[slug(mention.name)][mention.name].add(mention)
    keys: dict[Mention, str] = {}
    for stem, names in by_slug.items():
        groups = [group for name in sorted(names) for group in _groups(names[name])]
        if len(groups) == 1:
            keys.update(dict.fromkeys(groups[0][1], stem))
            continue
        used: set[str] = set()
        for places, members in groups:
            suffix = CENTRE if CENTRE in places else province_slug(min(places)) if places else NOWHERE
            person, number = f"{stem}-{suffix}", 1
            while person in used:
                number += 1
                person = f"{stem}-{suffix}-{number}"
            used.add(person)
            keys.update(dict.fromkeys(members, person))
    return keys


def _groups(mentions: set[Mention]) -> list[tuple[frozenset[str], list[Mention]]]:
    """Mentions of one name as (places, members) of each person, in the order of their places."""
    # Without a post a mention follows those that have one: "ông Phúc" in a province's report may well be the guest from the centre.
    firm = [mention for mention in mentions if mention.posts and mention.places] or [mention for mention in mentions if mention.places]
    places: list[frozenset[str]] = []
    for mention in firm:
        joined = [group for group in places if group & mention.places]
        places = [group for group in places if group not in joined] + [mention.places.union(*joined)]
    members: dict[frozenset[str], list[Mention]] = {group: [] for group in places}
    only = places[0] if len(places) == 1 else frozenset()
    for mention in mentions:
        group = next((group for group in places if group & mention.places), None)
        if group is None:
            group = only if not mention.places or CENTRE in only else mention.places
        members.setdefault(group, []).append(mention)
    return sorted(members.items(), key=lambda item: sorted(item[0]))


def read_manual(path: str) -> Manual:
    """The file of manual corrections, UTF-8, columns parted by tabs; "" for none.

    Lines: `merge<TAB>key<TAB>into`, `split<TAB>report id<TAB>name<TAB>key`; `#` begins a comment. Raises UsageError with file and line.
    """
    merge: dict[str, str] = {}
    split: dict[tuple[str, str], str] = {}
    if not path:
        return Manual(merge, split)
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"BAOCAO_PERSONS: {path} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.split("\t")]
        match cells:
            case [""] | [] | ["#", *_]:
                continue
            case [first, *_] if first.startswith("#"):
                continue
            case ["merge", person, into] if person and into:
                merge[person] = into
            case ["split", report, name, person] if report and name and person:
                split[report, key(name)] = person
            case _:
                raise UsageError(f"{path}:{number}: a line is merge<TAB>key<TAB>into or split<TAB>report id<TAB>name<TAB>key")
    for person in merge:
        _merged(person, merge, path)
    return Manual(merge, split)


def corrected(person: str, report: str, name: str, manual: Manual) -> str:
    """`person` after the manual corrections for the mention of `name` (its key) in `report`."""
    return _merged(manual.split.get((report, name), person), manual.merge, "")


def _merged(person: str, merge: Mapping[str, str], path: str) -> str:
    seen = {person}
    while person in merge:
        person = merge[person]
        if person in seen:
            raise UsageError(f"{path}: the merges of {person} run in a circle")
        seen.add(person)
    return person
