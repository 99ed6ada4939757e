"""Queries that would kill or confuse an engine: an answer or an error that points at the character, the same on both."""

from __future__ import annotations

import random

import pytest

from api.parameters import build_query
from indexer.engine.contract import Engine
from indexer.errors import InvalidFilter, QuerySyntaxError
from indexer.search import search
from tests.conftest import CORPUS, ENGINES, MakeEngine, load

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"


def windows(count: int) -> str:
    """Each side has four forms of up to four words."""
    sides = [[" ".join(f"{first + n}.{number:03}" for n in range(2)) for first in (1, 5)] for number in range(100, 100 + count)]
    return " AND ".join(f'"{left}" NEAR/50 "{right}"' for left, right in sides)


HOSTILE = {
    "10,000 characters": "đắk lắk " * 1_250,
    "10,000 letters": "a" * 10_000,
    "100,000 characters": "x " * 50_000,
    "a token of 300 characters": "ê" * 300,
    "open quote": '"đắk lắk',
    "lone quote": '"',
    "empty quotes": '""',
    "quotes of signs": '"...!"',
    "open bracket": "(đắk lắk",
    "closing bracket": "đắk lắk)",
    "empty brackets": "()",
    "10,000 brackets": "(" * 10_000,
    "deep nesting": "(" * 200 + "tỉnh" + ")" * 200,
    "deep NOT": "NOT " * 2_000 + "tỉnh",
    "nesting below the cap": "(" * 20 + "tỉnh" + ")" * 20,
    "lone AND": "AND",
    "lone NOT": "NOT",
    "trailing OR": "tỉnh OR",
    "leading OR": "OR tỉnh",
    "two operators": "tỉnh AND OR huyện",
    "30,000 clauses": " OR ".join(["tỉnh"] * 30_000),
    "1,000 clauses": " OR ".join(f'"tỉnh {LETTERS[i % 29]}"' for i in range(1_000)),
    "300 words": " ".join(LETTERS[i % 29] + LETTERS[i // 29] for i in range(300)),
    "150 words": " ".join(LETTERS[i % 29] + "a" + LETTERS[i // 29] for i in range(150)),
    "a phrase of 1,000 words": '"' + "tỉnh " * 1_000 + '"',
    "a phrase of one word": '"tỉnh"',
    "5,000 joined pieces": "a-" * 5_000,
    "star": "*",
    "short prefix": "t*",
    "prefix": "hộ*",
    "star inside": "h*i",
    "two stars": "hội**",
    "question marks": "?" * 500,
    "near without end": "tỉnh NEAR/1000000000 ủy",
    "near nothing": "tỉnh NEAR/5 …",
    "near itself": 'tỉnh NEAR/s tỉnh AND "tỉnh ủy" NEAR/100 "tỉnh ủy"',
    "windows of many forms and words": f"{windows(6)} AND {' '.join(LETTERS[i % 29] + 'a' + LETTERS[i // 29] for i in range(150))}",
    "more windows of many forms": windows(8),
    "eight windows": " OR ".join(["tỉnh NEAR/s ủy"] * 8),
    "nine windows": " OR ".join(["tỉnh NEAR/s ủy"] * 9),
    "every month and period": " OR ".join(f"tháng:19{n}-01.. kỳ:..20{n}" for n in range(10, 42)),
    "engine syntax": r"body:[* TO *] +must -not tỉnh~2 ^3 && || \ /a.*/",
    "engine JSON": '{"query":{"match_all":{}}}',
    "field without value": "tỉnh: huyện",
    "range": "year:[2020 TO 2024]",
    "reversed range": "năm:2024..2020",
    "unknown place": 'tỉnh:"Đắk Lăk Lắk"',
    "control characters": "tỉnh\x00ủy \x07",
    "surrogate": "tỉnh \ud800 ủy",
    "emoji": "🇻🇳 tỉnh 👍🏽",
    "emoji alone": "👍🏽",
    "bidi": "tỉnh \u202e ủy",
    "zero width": "tỉ\u200bnh ủy",
    "combining marks": "a" + "\u0301" * 5_000,
    "tags": "<script>alert(1)</script>",
    "only spaces": "   \t  ",
    "signs": "!@#$%^&_+=-`~[]{}|;',./",
}


@pytest.fixture(scope="module")
def both(make_engine: MakeEngine) -> dict[str, Engine]:
    return {name: load(make_engine(name), CORPUS) for name in ENGINES}


def outcome(engine: Engine, text: str) -> tuple[object, ...]:
    """("found", total, relaxed, ids), or ("refused", position or field, message)."""
    try:
        results = search(engine, build_query(text, highlight=True))
    except QuerySyntaxError as error:
        assert 0 <= error.position <= len(text)
        return "refused", error.position, str(error)
    except InvalidFilter as error:
        return "refused", error.field, str(error)
    return "found", results.total, results.relaxed, frozenset(h.id for h in results.hits)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends_the_same_on_both_engines(both: dict[str, Engine], name: str) -> None:
    answers = {engine: outcome(both[engine], HOSTILE[name]) for engine in ENGINES}
    assert answers["embedded"] == answers["elastic"]


REFUSED = """
100,000 characters; open quote; lone quote; empty quotes; quotes of signs; open bracket; closing bracket; empty brackets; 10,000 brackets; deep nesting;
deep NOT; lone AND; lone NOT; trailing OR; leading OR; two operators; 30,000 clauses; 1,000 clauses; 300 words; a phrase of 1,000 words; 5,000 joined
pieces; star; short prefix; star inside; near without end; near nothing; more windows of many forms; nine windows; reversed range; control characters;
surrogate; emoji alone; unknown place; range
"""


def test_what_is_refused_and_what_is_answered(both: dict[str, Engine]) -> None:
    refused = [name for name in HOSTILE if outcome(both["embedded"], HOSTILE[name])[0] == "refused"]
    assert {name.strip() for name in REFUSED.replace("\n", " ").split(";")} <= set(refused)
    assert {
        "near itself",
        "windows of many forms and words",
        "eight windows",
        "every month and period",
        "a token of 300 characters",
        "nesting below the cap",
        "150 words",
        "a phrase of one word",
        "prefix",
        "emoji",
        "tags",
    }.isdisjoint(refused)


def test_random_strings_end_the_same_on_both_engines(both: dict[str, Engine]) -> None:
    rng = random.Random(23)
    pieces = [
        "tỉnh",
        "ủy",
        "Đắk Lắk",
        '"',
        "(",
        ")",
        " AND ",
        " OR ",
        " NOT ",
        "*",
        ":",
        "năm:2024",
        "35-CT/TW",
        " ",
        "-",
        "“",
        "”",
        "tinh",
        "xã",
        ".",
        "UBND",
        "\u0301",
        "😀",
    ]
    found = 0
    for _ in range(400):
        text = "".join(rng.choices(pieces, k=rng.randint(1, 12)))
        answers = {engine: outcome(both[engine], text) for engine in ENGINES}
        assert answers["embedded"] == answers["elastic"], text
        found += answers["embedded"][0] == "found"
    assert 50 < found < 350
