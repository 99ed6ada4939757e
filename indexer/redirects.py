"""Keys of persons that are no more lead to the keys that hold their mentions now.

Three side tables, written by every link: VERSION (a number that goes up with each new assignment, its digest), HELD (the mentions of each
person's key, and of each old key when it last had any), REDIRECTS (old key -> living key). What they hold depends on what was
indexed before; who is one person (table persons) never does. A redirect leads to a living key, never to another redirect: old keys are
led anew at every link. A living key has none. An old key of whose mentions none is left stays with the key it led to while that lives, and
is forgotten with it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from indexer.engine.contract import Engine, Writer
from indexer.errors import IndexMissing
from indexer.query import And, Node, Not, Or, SearchQuery, Where

VERSION = "persons:version"  # "now" -> {version, digest}
HELD = "persons:held"  # key of a person, living or not -> {held: {report: [key of the name, ...]}}
REDIRECTS = "persons:redirects"  # old key -> {to, since: the version that made it}

_Held = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class History:
    """What the links before have left: `held` and `led` as in the tables; `version` 0 before the first."""

    version: int = 0
    digest: str = ""
    held: _Held = field(default_factory=dict)
    led: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, int] = field(default_factory=dict)


def history(engine: Engine) -> History:
    """The history of the serving generation; an empty one when nothing is indexed."""
    try:
        version, held, redirects = engine.rows(VERSION).get("now", {}), engine.rows(HELD), engine.rows(REDIRECTS)
    except IndexMissing:
        return History()
    led = {key: str(row["to"]) for key, row in redirects.items()}
    since = {key: int(row["since"]) for key, row in redirects.items()}
    return History(int(version.get("version", 0)), str(version.get("digest", "")), {key: row["held"] for key, row in held.items()}, led, since)


def advance(before: History, mentions: Iterable[tuple[str, str, str]], merged: Mapping[str, str]) -> History:
    """The history after a link that gave `mentions`: (report, key of the name, person). `merged`: keys merged by hand, each with its last one."""
    person_of: dict[tuple[str, str], list[str]] = {}
    held: _Held = {}
    for report, name, person in sorted(mentions):
        names = held.setdefault(person, {}).setdefault(report, [])
        if name not in names:
            names.append(name)
        person_of.setdefault((report, name), []).append(person)
    digest = hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    version = before.version + (digest != before.digest)
    led: dict[str, str] = {}
    gone = {key: found for key, found in before.held.items() if key not in held}
    for key in sorted({*gone, *before.led} - held.keys()):
        now = Counter(person for report, names in gone.get(key, {}).items() for name in names for person in person_of.get((report, name), ()))
        if target := min(now, key=lambda person: (-now[person], person), default=before.led.get(key)):
            led[key] = target
    led |= {key: target for key, target in merged.items() if key not in held}
    led = {key: target for key in led if (target := _living(key, led, held))}
    since = {key: before.since.get(key, version) if before.led.get(key) == target else version for key, target in sorted(led.items())}
    return History(version, digest, held | {key: gone[key] for key in sorted(led) if key in gone}, led, since)


def _living(key: str, led: Mapping[str, str], held: Mapping[str, object]) -> str:
    """The living key at the end of `led` from `key` on; "" if there is none. Only a key without mentions leads to one that is no more."""
    seen = {key}
    while (key := led.get(key, "")) not in held and key:
        if key in seen:
            return ""
        seen.add(key)
    return key


def write(writer: Writer, after: History) -> None:
    """Replaces the tables. HELD comes last: a run that is cut off before it is made good by the next from what it held before."""
    writer.put_rows(REDIRECTS, {key: {"to": target, "since": after.since[key]} for key, target in after.led.items()})
    writer.put_rows(VERSION, {"now": {"version": after.version, "digest": after.digest}})
    writer.put_rows(HELD, {key: {"held": held} for key, held in sorted(after.held.items())})


def targets(engine: Engine, keys: Iterable[str]) -> dict[str, str]:
    """Those of `keys` that are old, with the living key of each."""
    wanted = sorted(set(keys))
    found: dict[str, dict[str, Any]] = engine.rows(REDIRECTS, wanted) if wanted else {}
    return {key: str(row["to"]) for key, row in found.items()}


def followed(engine: Engine, query: SearchQuery) -> SearchQuery:
    """`query` with, beside each old key of an official in its filters and its tree, the living one.

    The old key stays: in a view frozen before the link it is the one that reports have.
    """
    wheres = list(_wheres(query.tree))
    typed = {value for chosen in query.filters if chosen.facet == "official" for value in chosen.values} | {where.value for where in wheres}
    now = targets(engine, typed)
    if not now:
        return query
    filters = tuple(
        replace(chosen, values=tuple(dict.fromkeys((*chosen.values, *(now[v] for v in chosen.values if v in now))))) if chosen.facet == "official" else chosen
        for chosen in query.filters
    )
    return replace(query, filters=filters, tree=_led(query.tree, now))


def _wheres(node: Node) -> Iterable[Where]:
    if isinstance(node, Where) and node.field == "official":
        yield node
    for child in node.children if isinstance(node, (And, Or)) else (node.child,) if isinstance(node, Not) else ():
        yield from _wheres(child)


def _led(node: Node, now: Mapping[str, str]) -> Node:
    if isinstance(node, Where) and node.field == "official" and node.value in now:
        return Or((node, replace(node, value=now[node.value])))
    if isinstance(node, (And, Or)):
        return replace(node, children=tuple(_led(child, now) for child in node.children))
    return Not(_led(node.child, now)) if isinstance(node, Not) else node
