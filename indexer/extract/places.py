"""Provinces that a report is about and the localities that it names, each with its evidence.

Rules of the evidence of `provinces` (value: the province's name): "type-word", "abbreviation", "body", "chain", "bare" - the
slice is the province's name as written; "inferred-from-district", "inferred-from-communes" - the slice is a locality in
it; "inferred-from-landmark" - what everybody knows to be there (gazetteer/landmarks.tsv); "inferred-from-holder" - the name
of one who led it then (gazetteer/holders.tsv); "paper-sign" - the sign of its paper; "address" - the report's address, no slice. Rules of `localities`
(value: level and name, "huyện Lắk"): the first five - the slice is the locality's name as written - and "list": a name
in a list that a type word opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from analyzers.fold import fold
from indexer.extract import place_landmarks
from indexer.extract.keeping import post_key
from indexer.extract.place_about import About
from indexer.extract.place_mentions import find
from indexer.extract.place_reading import Mention
from indexer.extract.place_resolve import Placed, Places, Where, shown_name
from indexer.gazetteer.holders import OFFICES, provinces_led
from indexer.gazetteer.load import gazetteer, table
from indexer.models import CleanArticle, Evidence, Locality, Official, Part, Province

_SIGN = re.compile(r"\(?([A-ZĐ]{2,4}|[Bb]ao[a-z]{4,20}(?:\.(?:com|org))?\.vn)\)?\s*[-–]")
_LEAD = 600  # characters of each of the first two paragraphs that are the lead: some pages hold the whole text in one
_OF_OLD = "2024"  # a year of the provinces before July 2025: Huế was a city of its own for the last half a year of that time
_SIGN_WITHIN = 60  # characters of the first paragraph in which a paper signs
_NATIONAL = re.compile(
    r"(?<!\w)(?:Thủ tướng|Bộ (?!Chỉ huy|Tư lệnh)[A-ZĐ]|Bộ trưởng|Chính phủ|Quốc hội|Tổng Bí thư|Chủ tịch nước|Bộ Chính trị"
    r"|Ban Bí thư|Ban Chấp hành Trung ương|Ủy ban Kiểm tra Trung ương)"
)

Result = tuple[tuple[Province, ...], tuple[Locality, ...], list[Evidence]]


def places(article: CleanArticle, era_date: str | None, officials: Sequence[Official] = (), of_officials: Sequence[Evidence] = ()) -> Result:
    """(provinces, localities, evidence) of an article.

    `era_date` is the best date known, partial ISO or None: it says which list of units the names belong to.
    `officials` are those named, `of_officials` the evidence for them: a report that says "Bí thư Tỉnh ủy" of somebody known to have led a province
    then names that province; one whose officials are all central is about none that only its localities tell.
    """
    known, parts = _known(article, era_date, officials)
    hints = _hints(article, known, officials, of_officials)
    about = _about(article, known, hints, officials).chosen()
    settled = known.settle(about)
    evidence: list[Evidence] = []
    provinces = []
    for id_ in about:
        name = name_of(id_, known)
        proof, inferred = _proof(id_, name, known, parts, hints)
        provinces.append(Province(id_, name, gazetteer().now(id_), inferred))
        evidence.append(proof)
    localities = []
    for placed, ids in settled:
        locality = _locality(placed, ids, known)
        localities.append(locality)
        evidence.append(_evidence("localities", f"{locality.level} {locality.name}", parts[id(placed.mention)], placed.mention, placed.mention.rule))
    return tuple(provinces), tuple(localities), evidence


def about(article: CleanArticle, era_date: str | None, officials: Sequence[Official] = (), of_officials: Sequence[Evidence] = ()) -> About:
    """What decides the provinces of an article, for the fit of its factors."""
    known, _ = _known(article, era_date, officials)
    return _about(article, known, _hints(article, known, officials, of_officials), officials)


def _known(article: CleanArticle, era_date: str | None, officials: Sequence[Official]) -> tuple[Places, dict[int, Part]]:
    """All mentions, and the part in which each stands, by its identity."""
    persons = {official.name for official in officials}
    parts: dict[int, Part] = {}
    mentions: list[tuple[Mention, Where, int]] = []
    body = 0
    for number, part in enumerate(article.parts):
        where: Where = "title" if part.kind == "title" else "body"
        if part.kind == "body":
            where = "lead" if body < 2 else "body"
            body += 1
        if part.kind == "byline":
            continue
        for mention in (*find(part.text), *place_landmarks.find(part.text)):
            if not mention.known and mention.text in persons:
                continue  # "Phó Bí thư Đảng ủy xã Arất Blưới"
            parts[id(mention)] = part
            mentions.append((mention, "body" if where == "lead" and mention.start > _LEAD else where, number))
    return Places(mentions, era_date), parts


def _about(article: CleanArticle, known: Places, hints: Sequence[tuple[str, Evidence]], officials: Sequence[Official]) -> About:
    posts = [post for official in officials for post in official.posts]
    return About(
        known,
        [province for province, _ in hints],
        national=_is_national(article, posts),
        texts=[part.text if part.kind != "byline" else "" for part in article.parts],
    )


def name_of(id_: str, known: Places) -> str:
    """A province's name at the report's time; where only the era of its units tells that, the name that it had longest ("Thừa Thiên Huế")."""
    return gazetteer().name_at(id_, known.day or (_OF_OLD if known.era == "old" else None))


def _locality(placed: Placed, ids: tuple[str, ...], known: Places) -> Locality:
    g = gazetteer()
    name = shown_name(placed.mention.text, ids)
    level = known.type_of(placed, ids)
    homes = {g.province_of(i).id for i in ids}
    province = homes.pop() if len(homes) == 1 else None
    if len(ids) == 1 and placed.mention.known:
        return Locality(name, level, ids[0], province, g.now(ids[0]))
    return Locality(name, level, None, province, (), ids)


def _proof(id_: str, name: str, known: Places, parts: dict[int, Part], hints: list[tuple[str, Evidence]]) -> tuple[Evidence, bool]:
    """Evidence for a province, and whether it is inferred: its own name first, then a locality's, then the address."""
    landmark = place_landmarks.RULE
    named = [p for p in known.placed if p.level == "province" and known.homes(p) == {id_} and not p.mention.old and p.mention.rule != landmark]
    order = ("type-word", "body", "abbreviation", "bare", "chain")
    if named:
        # By its own name, not by that of a province it took in: "Sau hợp nhất Bình Phước vào Đồng Nai".
        best = min(named, key=lambda p: (id_ not in p.ids, p.where != "title", order.index(p.mention.rule) if p.mention.rule in order else len(order)))
        return _evidence("provinces", name, parts[id(best.mention)], best.mention, best.mention.rule), False
    proofs = sorted((proof for province, proof in hints if province == id_), key=lambda proof: proof.rule == "inferred-from-holder")
    inside = [p for p in known.placed if (p.level != "province" or p.mention.rule == landmark) and id_ in known.homes(p)]
    if proofs and not (inside and proofs[0].rule == "inferred-from-holder"):
        return proofs[0], True
    best = min(inside, key=lambda p: (p.level != "district", len(known.homes(p))))
    rule = {"district": "inferred-from-district", "commune": "inferred-from-communes", "province": "inferred-from-landmark"}[best.level]
    return _evidence("provinces", name, parts[id(best.mention)], best.mention, rule), True


def _evidence(field: str, value: str, part: Part, mention: Mention, rule: str) -> Evidence:
    start, end = part.span(mention.start, mention.end)
    return Evidence(field, value, part.kind, start, end, rule)


# ---------------------------------------------------------------- what is not a name in the text


@cache
def _folded_provinces() -> dict[str, tuple[str, ...]]:
    """Name without marks and spaces, "daklak" -> the ids of that name in both eras."""
    names: dict[str, tuple[str, ...]] = {}
    for unit in gazetteer().units("province"):
        key = fold(unit.name).replace(" ", "")
        names[key] = (*names.get(key, ()), unit.id)
    for key, other in (("tphcm", "hochiminh"), ("hochiminhcity", "hochiminh"), ("thuathienhue", "hue"), ("brvt", "bariavungtau")):
        names[key] = names[other]
    return names


@cache
def _signs() -> dict[str, str]:
    """Sign of a paper -> key of its province's name."""
    return {sign: key for sign, key, _ in table("paper_signs.tsv")}


def _hints(article: CleanArticle, known: Places, officials: Sequence[Official], of_officials: Sequence[Evidence]) -> list[tuple[str, Evidence]]:
    """Provinces known from the address (daklak.gov.vn, baogialai.com.vn), from a paper's sign, "(GLO)-", and from who leads them."""
    hints: list[tuple[str, Evidence]] = []
    if article.raw.url:
        for label in (urlsplit(article.raw.url).hostname or "").split("."):
            for province in _of_era(label.removeprefix("bao"), known):
                name = gazetteer().name_at(province, known.day)
                hints.append((province, Evidence("provinces", name, "address", 0, 0, "address")))
    first = next((p for p in article.parts if p.kind in ("dateline", "body")), None)
    for part in (p for p in article.parts if p is first or p.kind == "dateline"):
        for match in _SIGN.finditer(part.text, 0, _SIGN_WITHIN):
            sign = match.group(1)
            key = sign.lower().split(".")[0].removeprefix("bao") if sign.endswith(".vn") else _signs().get(sign, "")
            for province in _of_era(key, known):
                start, end = part.span(match.start(1), match.end(1))
                hints.append((province, Evidence("provinces", gazetteer().name_at(province, known.day), part.kind, start, end, "paper-sign")))
    return [*hints, *_led(officials, of_officials, known)]


def _led(officials: Sequence[Official], of_officials: Sequence[Evidence], known: Places) -> Iterator[tuple[str, Evidence]]:
    """The province of a post that does not say which ("Bí thư Tỉnh ủy"), where the table of holders knows the person: one, or none."""
    for official in officials:
        for office in {OFFICES[made] for post in official.posts if (made := post_key(post)) in OFFICES}:
            provinces = {known.home(unit) for unit in provinces_led(official.name, office, known.day)}
            proof = next((e for e in of_officials if e.field == "officials" and e.value == official.name), None)
            if len(provinces) == 1 and proof is not None:
                (province,) = provinces
                name = gazetteer().name_at(province, known.day)
                yield province, replace(proof, field="provinces", value=name, rule="inferred-from-holder")


def _of_era(key: str, known: Places) -> list[str]:
    """The province of the report's era that a folded name means: one at most."""
    ids = _folded_provinces().get(key, ())
    return list(dict.fromkeys(known.home(i) for i in ids if known.era == "new" or i.endswith("a")))[:1]


def _is_national(article: CleanArticle, posts: Sequence[str]) -> bool:
    """Whether the report is the centre's: a central body in its title, or only central posts among its officials."""
    title = article.title
    if title is not None and _NATIONAL.search(title.text):
        return True
    return bool(posts) and all(_NATIONAL.match(post) for post in posts)
