"""The gazetteer's tables: complete, without the known faults of their sources, and looked up rightly."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from datetime import date, timedelta
from importlib.resources import files

import pytest

from analyzers.fold import fold
from indexer.gazetteer import load
from indexer.gazetteer.spelling import place_key

G = load.gazetteer()

# Resolution 202/2025/QH15: the 11 provinces that stayed and the 23 made of 52.
MERGERS = {
    "Tuyên Quang": "Hà Giang, Tuyên Quang", "Lào Cai": "Lào Cai, Yên Bái", "Thái Nguyên": "Bắc Kạn, Thái Nguyên", "Phú Thọ": "Hòa Bình, Phú Thọ, Vĩnh Phúc",
    "Bắc Ninh": "Bắc Giang, Bắc Ninh", "Hưng Yên": "Hưng Yên, Thái Bình", "Hải Phòng": "Hải Dương, Hải Phòng", "Ninh Bình": "Hà Nam, Nam Định, Ninh Bình",
    "Quảng Trị": "Quảng Bình, Quảng Trị", "Đà Nẵng": "Quảng Nam, Đà Nẵng", "Quảng Ngãi": "Kon Tum, Quảng Ngãi", "Gia Lai": "Bình Định, Gia Lai",
    "Khánh Hòa": "Khánh Hòa, Ninh Thuận", "Lâm Đồng": "Bình Thuận, Lâm Đồng, Đắk Nông", "Đắk Lắk": "Phú Yên, Đắk Lắk",
    "Thành phố Hồ Chí Minh": "Bà Rịa - Vũng Tàu, Bình Dương, Thành phố Hồ Chí Minh", "Đồng Nai": "Bình Phước, Đồng Nai", "Tây Ninh": "Long An, Tây Ninh",
    "Cần Thơ": "Cần Thơ, Hậu Giang, Sóc Trăng", "Vĩnh Long": "Bến Tre, Trà Vinh, Vĩnh Long", "Đồng Tháp": "Tiền Giang, Đồng Tháp",
    "Cà Mau": "Bạc Liêu, Cà Mau", "An Giang": "An Giang, Kiên Giang",
}  # fmt: skip
UNCHANGED = {"Hà Nội", "Huế", "Cao Bằng", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa", "Nghệ An", "Hà Tĩnh"}


def ids(found: list[load.Unit]) -> set[str]:
    return {unit.id for unit in found}


def test_counts() -> None:
    counted = Counter((u.level, u.era) for u in G.units())
    assert counted == {("province", "old"): 63, ("district", "old"): 696, ("commune", "old"): 10_035, ("province", "new"): 34, ("commune", "new"): 3_321}


def test_every_parent_exists_and_is_of_the_same_era() -> None:
    expected = {("district", "old"): {"province"}, ("commune", "old"): {"district"}, ("commune", "new"): {"province"}}
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for unit in G.units():
        if unit.parent is not None:
            parent = G.unit(unit.parent)
            assert parent.era == unit.era
            found[unit.level, unit.era].add(parent.level)
    assert found == expected


def test_every_old_commune_has_successors_and_every_new_one_is_reached() -> None:
    pairs = list(load.table("successors.tsv"))
    old = {row[0] for row in pairs}
    islands = {u.id for u in G.units("district") if not G.children(u.id)}
    assert len(pairs) == 10_571
    assert len(islands) == 5
    assert old == {u.id for u in G.units("commune", "old")} | islands
    assert {row[1] for row in pairs} == {u.id for u in G.units("commune", "new")}
    assert Counter(row[0] for row in pairs if row[2] == "1") == Counter(old)


def test_a_new_commune_comes_from_one_old_province() -> None:
    origins: defaultdict[str, set[str]] = defaultdict(set)
    for old, new, _ in load.table("successors.tsv"):
        origins[new].add(G.province_of(old).id)
    assert [new for new, provinces in origins.items() if len(provinces) != 1] == []


@pytest.mark.parametrize(("old", "wrong"), [("W06079a", "W06184b"), ("W28036a", "W28087b"), ("W29902a", "W29869b"), ("W29908a", "W29869b")])
def test_wrong_pairs_of_the_source_are_out(old: str, wrong: str) -> None:
    assert wrong not in G.now(old)


def test_the_missing_pair_is_in() -> None:
    assert "W09817b" in G.now("W09013a")


def test_short_name_is_unique_in_a_province_of_today() -> None:
    names = Counter((u.parent, u.name) for u in G.units("commune", "new"))
    assert [pair for pair, n in names.items() if n > 1] == []


def test_full_name_is_unique_in_an_old_district() -> None:
    names = Counter((u.parent, u.full) for u in G.units("commune", "old"))
    assert [pair for pair, n in names.items() if n > 1] == []


def test_the_provinces_of_2025() -> None:
    made: defaultdict[str, set[str]] = defaultdict(set)
    for unit in G.units("province", "old"):
        (now,) = G.now(unit.id)
        made[G.unit(now).full].add(unit.full)
    assert {now: ", ".join(sorted(olds)) for now, olds in made.items() if len(olds) > 1} == MERGERS
    assert {now for now, olds in made.items() if olds == {now}} == UNCHANGED
    assert sum(len(olds) - 1 for olds in made.values()) == 29


def test_names_have_no_suffixes_and_types_no_capitals() -> None:
    assert {u.type for u in G.units()} == set(load.TYPES)
    odd = [u.name for u in G.units() if "(" in u.name or u.name != u.name.strip() or u.name.split()[0].lower() in ("xã", "phường", "huyện")]
    assert odd == ["Phường Đúc"]  # a ward of Huế is called so


def test_lak() -> None:
    assert [G.unit(i).name for i in G.now("D656a")] == ["Liên Sơn Lắk", "Đắk Liêng", "Đắk Phơi", "Nam Ka", "Krông Nô"]
    assert len(G.children("D656a")) == 11
    assert G.province_of("W24607a").full == "Đắk Lắk"
    assert (G.label("W24607a"), G.label("D656a"), G.label("P66a"), G.label("P66b")) == (
        "xã Nam Ka, huyện Lắk, Đắk Lắk",
        "huyện Lắk, Đắk Lắk",
        "Đắk Lắk (đến 6/2025)",
        "Đắk Lắk",
    )
    assert (G.label("P06a"), G.label("none")) == ("Bắc Kạn", "none")


def test_new_gia_lai() -> None:
    names = {"Diên Hồng": "W23563b", "Thống Nhất": "W23584b", "Pleiku": "W23575b", "Bình Hiệp": "W21817b", "Vĩnh Quang": "W21805b", "Lơ Pang": "W23812b"}
    assert {name: ids(G.find(name, "commune", era="new", parent="P52b")) for name in names} == {name: {id} for name, id in names.items()}
    assert len(G.children("P52b")) == 135


def provinces(name: str, era: load.Era) -> Counter[str]:
    return Counter(G.province_of(u.id).full for u in G.find(name, "commune", era=era))


def test_namesakes() -> None:
    assert set(provinces("Diên Hồng", "new")) == {"Gia Lai", "Thành phố Hồ Chí Minh"}
    assert set(provinces("Diên Hồng", "old")) == {"Gia Lai", "Hưng Yên"}
    assert set(provinces("Bình Hiệp", "new")) == {"Gia Lai", "Tây Ninh"}
    assert set(provinces("Bình Hiệp", "old")) == {"Quảng Ngãi", "Long An"}
    assert [G.unit(i).full for i in G.before("W21817b")] == ["xã Bình Tân", "xã Bình Thuận", "xã Tây An"]
    assert provinces("Vĩnh Quang", "new") == {"Gia Lai": 1}
    assert (len(provinces("Vĩnh Quang", "old")), provinces("Vĩnh Quang", "old")["Cao Bằng"]) == (4, 2)
    assert (len(provinces("Thống Nhất", "old")), provinces("Thống Nhất", "old").total()) == (13, 15)
    assert set(provinces("Thống Nhất", "new")) == {"Phú Thọ", "Lạng Sơn", "Quảng Ninh", "Gia Lai", "Đồng Nai"}
    assert len({G.province_of(u.id).id for u in G.find("Châu Thành", "district")}) == 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đắk Lắk", {"P66a", "P66b"}), ("dak lak", {"P66a", "P66b"}), ("Đắc Lắc", {"P66a", "P66b"}), ("tỉnh Đắk Lắk", {"P66a", "P66b"}),
        ("TP.HCM", {"P79a", "P79b"}), ("tphcm", {"P79a", "P79b"}), ("thành phố Hồ Chí Minh", {"P79a", "P79b"}), ("Thừa Thiên Huế", {"P46a"}),
        ("huyện Lắk", {"D656a"}), ("huyện Lăk", {"D656a"}), ("H. Lắk", {"D656a"}), ("quận 2", {"D769a"}), ("xã Ea R'bin", {"W24610a"}),
        ("huyen lak", {"D656a"}), ("tinh Dak Lak", {"P66a", "P66b"}),
        ("huyện Krông Ana", {"D655a"}), ("phường Pleiku", {"W23575b"}), ("P66b", {"P66b"}), ("không có", set()),
    ],
)  # fmt: skip
def test_find(text: str, expected: set[str]) -> None:
    assert ids(G.find(text)) == expected


def test_marks_typed_must_agree() -> None:
    assert {u.name for u in G.find("Tân Thạnh", "commune")} == {"Tân Thạnh"}
    assert {"Tân Thành", "Tân Thạnh", "Tân Thanh"} <= {u.name for u in G.find("tan thanh", "commune")}


def test_former_names_lead_to_the_unit_that_took_them_in() -> None:
    assert ids(G.find("huyện Hoành Bồ")) == {"D193a"}
    assert ids(G.find("phường Sài Đồng")) == ids(G.find("phường Phúc Lợi", era="old"))
    assert {"quận": G.also_named(place_key("9"), "district")} == {"quận": (("D769a", "quận", "merged", "2020-12-31"),)}


def test_suggest() -> None:
    assert G.suggest("Đắk Lăt", "province") == "Đắk Lắk"
    assert G.suggest("huyện Krông Anna", "district") == "huyện Krông A Na"
    assert G.suggest("zzzz", "province") is None


@pytest.mark.parametrize(
    ("id", "day", "name", "city"),
    [
        ("P46a", "2017-05-02", "Thừa Thiên Huế", False), ("P46a", "2024", "Thừa Thiên Huế", False),
        ("P46a", "2025-01-01", "Huế", True), ("P46a", None, "Huế", True),
        ("P75b", "2026-04-29", "Đồng Nai", False), ("P75b", "2026-04-30", "Đồng Nai", True), ("P24b", "2026-09-19", "Bắc Ninh", False),
        ("P24b", "2026-09-20", "Bắc Ninh", True), ("P79a", "2010", "Thành phố Hồ Chí Minh", True), ("P66a", "2010", "Đắk Lắk", False),
    ],
)  # fmt: skip
def test_names_and_types_have_dates(id: str, day: str | None, name: str, city: bool) -> None:
    assert (G.name_at(id, day), G.is_city_on(id, day)) == (name, city)


def test_a_type_that_changed_is_one_unit() -> None:
    assert G.types_of("W07294b") == {"xã", "phường"}
    assert len([row for row in load.table("types.tsv") if row[0].startswith("W")]) == 44


def test_provinces_before_2025_lead_to_old_units() -> None:
    formers = {former.name: former for former in G.formers()}
    assert len(formers) == 25
    assert (formers["Hà Tây"].successors, formers["Hà Tây"].last) == (("P01a",), "2008-07-31")
    assert all(G.unit(id).level == "province" and G.unit(id).era == "old" for former in formers.values() for id in former.successors)


def test_the_key_joins_only_spellings_of_one_name() -> None:
    """No two names that differ in more than marks of highland syllables, case, dashes or spaces share a key."""
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for unit in G.units():
        names[unit.level, place_key(unit.name)].add(fold(unit.name).replace(" ", "").replace("dac", "dak"))
    assert {key: found for key, found in names.items() if len(found) > 1} == {}
    siblings = Counter((u.parent, u.type, u.era, place_key(u.name)) for u in G.units())
    assert [unit for unit, n in siblings.items() if n > 1] == []


@pytest.mark.parametrize("name", ["units", "successors", "types", "aliases", "by_hand", "provinces_before", "paper_signs", "landmarks", "topics"])
def test_each_table_says_source_date_and_licence(name: str) -> None:
    text = files("indexer.gazetteer").joinpath(f"{name}.tsv").read_text("utf-8")
    head = " ".join(line for line in text.split("\n")[:3] if line.startswith("#"))
    assert ("2026-11-22" in head, "MIT" in head or "licence of this repository" in head, text.endswith("\n"), "\r" in text) == (True, True, True, False)


@pytest.mark.parametrize(
    ("id", "day", "type_"),
    [
        ("D205a", "2015-03-10", "huyện"),
        ("D205a", "2017", "thị xã"),
        ("D205a", "2024-11-01", "thành phố"),
        ("D205a", None, "thành phố"),
        ("D656a", "2017", "huyện"),  # never another
        ("P46a", "2024-12-31", "tỉnh"),
    ],
)
def test_a_unit_has_the_type_of_its_time(id: str, day: str | None, type_: str) -> None:
    assert G.type_at(id, day) == type_


def test_the_dated_types_of_a_unit_follow_one_another() -> None:
    rows: dict[str, list[list[str]]] = {}
    for row in load.table("types.tsv"):
        if row[0].startswith("D"):
            rows.setdefault(row[0], []).append(row)
    for id, found in rows.items():
        found.sort(key=lambda row: row[3])
        assert [found[0][3], found[-1][4]] == ["", ""], id
        assert found[-1][1:3] == [G.unit(id).type, G.unit(id).name]
        for one, other in itertools.pairwise(found):
            assert date.fromisoformat(other[3]) - date.fromisoformat(one[4]) == timedelta(days=1), id
