"""What a searcher copies from a report finds it; spellings of one thing find the same reports; marks in quotes bind."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from itertools import combinations

import pytest

from analyzers.fold import has_marks
from api.query import parse
from indexer.engine.contract import Engine
from indexer.query import SearchQuery, SearchResults
from indexer.search import search

CASES: dict[str, Callable[[str], str]] = {"as typed": str, "lower": str.lower, "UPPER": str.upper, "Title": str.title}
SPANS = 1_500


def find(engine: Engine, text: str, limit: int = 50) -> SearchResults:
    return search(engine, SearchQuery(tree=parse(text), text=text, limit=limit, highlight=False))


def ids(engine: Engine, text: str) -> set[str]:
    """Reports that hold the whole query (not those that lack a word of it)."""
    results = find(engine, text)
    return {hit.id for hit in results.hits if not hit.relaxed}


def bodies(engine: Engine) -> dict[str, str]:
    return {hit.id: hit.stored.report.body for hit in find(engine, "").hits}


def spans(texts: dict[str, str], number: int, seed: int) -> list[tuple[str, str]]:
    """(report, span): 2 to 6 pieces as they stand side by side within a paragraph, cut at white space or between letters and signs."""
    rng = random.Random(seed)
    pieces: list[tuple[str, str, list[re.Match[str]]]] = []
    for identifier, body in texts.items():
        for paragraph in body.split("\n"):
            for pattern in (r"\S+", r"[^\W_]+"):
                found = list(re.finditer(pattern, paragraph))
                if len(found) >= 2:
                    pieces.append((identifier, paragraph, found))
    chosen: list[tuple[str, str]] = []
    weights = [len(found) for _, _, found in pieces]
    while len(chosen) < number:
        identifier, paragraph, found = rng.choices(pieces, weights)[0]
        length = rng.randint(2, min(6, len(found)))
        first = rng.randrange(len(found) - length + 1)
        span = paragraph[found[first].start() : found[first + length - 1].end()]
        if any(c.isalnum() for c in span):
            chosen.append((identifier, span))
    return chosen


@pytest.mark.parametrize("case", CASES)
def test_a_copied_span_finds_its_report(corpus: Engine, case: str) -> None:
    lost = []
    for identifier, span in spans(bodies(corpus), SPANS, seed=17):
        query = '"' + re.sub(r'["“”„«»]', " ", CASES[case](span)) + '"'
        if identifier not in ids(corpus, query):
            lost.append((identifier, query))
    assert lost == []


EQUAL = [
    ["dak lak", "Đắk Lắk", unicodedata.normalize("NFD", "Đắk Lắk"), "ĐẮK LẮK", "Ðắk Lắk"],
    ["Tỉnh uỷ", "Tỉnh ủy", "tinh uy", unicodedata.normalize("NFD", "Tỉnh uỷ")],
    ["35-CT/TW", "35 CT/TW", "35-ct/tw", "35–CT/TW"],
    ["Ea R'bin", "Ea R’bin", "ea r'bin"],
    ["UBND tỉnh", "ủy ban nhân dân tỉnh", "uỷ ban nhân dân tỉnh", "ubnd tinh", "uy ban nhan dan tinh"],
    ["KT-XH", "KT - XH", "kinh tế - xã hội", "kinh te xa hoi"],
    ["30/5/2019", "30/05/2019"],
    ["129.082", "129082"],
    ["cùng kỳ", "cùng kì"],
    ["Cao Thị Hòa An", "CAO THỊ HOÀ AN", "cao thi hoa an"],
]


@pytest.mark.parametrize("group", EQUAL, ids=lambda g: g[0])
def test_spellings_of_one_thing_find_the_same_reports(corpus: Engine, group: list[str]) -> None:
    found = {text: ids(corpus, text) for text in group}
    for one, other in combinations(group, 2):
        assert found[one] == found[other], (one, other)
    assert found[group[0]]


OTHER_MARKS = [("cấp ủy", "cáp ủy"), ("Lắk", "Lăk"), ("tỉnh Đắk Lắk", "tỉnh Đăk Lăk"), ("kết quả", "kệt quá"), ("xã hội", "xa hội")]


@pytest.mark.parametrize(("phrase", "other_marks"), OTHER_MARKS)
def test_a_phrase_with_marks_is_exact_in_its_marks(corpus: Engine, phrase: str, other_marks: str) -> None:
    assert has_marks(phrase)
    for identifier, body in bodies(corpus).items():
        title = next(h.stored.report.title for h in find(corpus, "").hits if h.id == identifier)
        for text in (phrase, other_marks):
            wanted = re.compile(r"(?<!\w)" + re.escape(text.lower()) + r"(?!\w)")
            stands = any(wanted.search(line.lower().replace("uỷ", "ủy")) for line in (title, *body.split("\n")))
            assert (identifier in ids(corpus, f'"{text}"')) == stands, (identifier, text)


def test_words_without_marks_find_any_marks_and_quotes_without_marks_too(corpus: Engine) -> None:
    assert ids(corpus, "cap uy") == ids(corpus, "cấp ủy") > ids(corpus, '"cap uy"')
    assert ids(corpus, '"cap uy"') == ids(corpus, '"cấp ủy"')


def test_few_full_matches_are_followed_by_those_that_lack_one_word(corpus: Engine) -> None:
    results = find(corpus, "sông Krông Nô zzzz")
    assert (results.total, results.relaxed) == (0, 1)
    assert [(h.id, h.relaxed) for h in results.hits] == [("002_1aa5fc70ae9c1b3b", True)]
    assert find(corpus, '"sông Krông" zzzz').total == 0
    assert find(corpus, '"sông Krông" zzzz').relaxed == 0


def test_highlights_are_exact_slices_with_the_match_marked(corpus: Engine) -> None:
    for text in ("dak lak", '"cấp ủy"', "UBND tỉnh", "35 CT/TW", "quyết li*"):
        results = search(corpus, SearchQuery(tree=parse(text), text=text))
        assert results.hits
        for hit in results.hits:
            report = hit.stored.report
            marked = []
            for snippet in (hit.title, *hit.snippets):
                whole = report.title if snippet.part == "title" else report.body
                assert whole[snippet.start : snippet.end] == snippet.text
                marked += [snippet.text[a:b] for a, b in snippet.marks]
            assert marked, (text, hit.id)


def test_explain_says_how_the_query_was_read_and_what_gave_the_score(corpus: Engine) -> None:
    results = search(corpus, SearchQuery(tree=parse("UBND tỉnh"), text="UBND tỉnh", explain=True))
    assert results.explanation is not None
    words = results.explanation["words"]
    assert [(w["text"], w["start"]) for w in words] == [("UBND", 0), ("tỉnh", 5)]
    assert ["uy", "ban", "nhan", "dan"] in [v["tokens"] for v in words[0]["variants"]]
    for hit in results.hits:
        given = sum(float(line.split()[0]) for line in hit.explanation)
        assert hit.score == pytest.approx(given, rel=1e-3, abs=1e-3)
