"""The query language: what each text means, which character each malformed one points at, and that nothing else happens."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from analyzers import Analyzer
from api.labels import DATE_NAMES, FACET_LABELS, FIELD_NAMES, field_of
from api.query import MAX_BETWEEN, MAX_DEPTH, MAX_LENGTH, MAX_OPERANDS, parse, unparse
from indexer.engine.plan import make_plan
from indexer.engine.schema import FACETS
from indexer.errors import QuerySyntaxError
from indexer.facets import TIME_FACETS
from indexer.query import DATE, AllReports, And, Near, Node, Not, Or, Phrase, Prefix, Range, SearchQuery, Where, Words

ANALYZER = Analyzer()


def test_words_side_by_side_are_one_operand() -> None:
    assert parse("  đắk lắk  kinh tế ") == Words("đắk lắk  kinh tế", 2)


@pytest.mark.parametrize(("text", "words"), [("khu kinh tế (KKT) Huế", "khu kinh tế  KKT  Huế"), ("(a b) ((c) d)", "a b    c  d"), ("a - (b)", "a -  b")])
def test_brackets_around_words_alone_part_nothing(text: str, words: str) -> None:
    assert parse(text) == Words(words, text.index(words[0]))


def test_format_effectors_are_space_as_in_a_text_copied_from_a_pdf() -> None:
    assert parse("bất\bđộng\fsản OR\vđất") == Or((Words("bất\bđộng\fsản", 0), Words("đất", 16)))


@pytest.mark.parametrize("text", ["", " ", "\t\n \u00a0\u3000"])
def test_blank_is_everything(text: str) -> None:
    assert parse(text) == AllReports()


@pytest.mark.parametrize(
    "text",
    [
        "18-NQ/TW", "35-CT/TW", "a/b", "C++", "50%", "báo cáo 🎉", "14:00", "Tin: mưa lũ", "http://x.vn/a?b=c&d", "R'bin", "R’bin", "[1 TO 3]", "a&&b||!c",
        "2020..2024", "{a}", "x^2", "a\\b", "và hoặc không", "VÀ HOẶC KHÔNG", "and or not", "And", "NEAR", "~5 ha", "10~20", "+a -b", "kinh tế - xã hội",
        "Phương: có", "Số: 15/BC-UBND", "exact:má", "ANDROID", "a" * 300, "near/5", "NEAR 5", "xNEAR/5", "Ngây:2024", "2019..2021",
    ],
)  # fmt: skip
def test_ordinary_text_stays_text(text: str) -> None:
    assert parse(text) == Words(text, 0)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"tổ chức lễ"', Phrase("tổ chức lễ", 1)),
        ("“tổ chức” «lễ»", And((Phrase("tổ chức", 1), Phrase("lễ", 11)))),
        ("”a„ b“ „c”", And((Phrase("a„ b", 1), Phrase("c", 8)))),
        ('"a “b” c"', Phrase("a “b” c", 1)),
        ('a"b"c', And((Words("a", 0), Phrase("b", 2), Words("c", 4)))),
        ("đắk*", Prefix("đắk", 0)),
        ("202*", Prefix("202", 0)),
        ("kinh tế* xã", And((Words("kinh", 0), Prefix("tế", 5), Words("xã", 9)))),
        ("a b AND c", And((Words("a b", 0), Words("c", 8)))),
        ("a OR b c", Or((Words("a", 0), Words("b c", 5)))),
        ("a OR b AND c", Or((Words("a", 0), And((Words("b", 5), Words("c", 11)))))),
        ("(a OR b) c", And((Or((Words("a", 1), Words("b", 6))), Words("c", 9)))),
        ("a NOT b c", And((Words("a", 0), Not(Words("b c", 6))))),
        ("NOT a", Not(Words("a", 4))),
        ("NOT NOT a", Not(Not(Words("a", 8)))),
        ('NOT "a" b', And((Not(Phrase("a", 5)), Words("b", 8)))),
        ("((a))", Words("a", 2)),
        ("(a)AND(b)", And((Words("a", 1), Words("b", 7)))),
        ('tỉnh:"Đắk Lắk" year:2024 kinh tế', And((Where("province", "Đắk Lắk", 6), Where("year", "2024", 20), Words("kinh tế", 25)))),
        ("PROVINCE-NOW:x Tỉnh_Nay:y", And((Where("province_now", "x", 13), Where("province_now", "y", 24)))),
        ("ti\u0309nh:“Đắk Lắk”", Where("province", "Đắk Lắk", 7)),
        ("văn_bản:35-CT/TW", Where("document", "35-CT/TW", 8)),
        ("nguồn:http://a.vn/b", Where("source", "http://a.vn/b", 6)),
        ("nguồn:a..b", Where("source", "a..b", 6)),
        ("official:none OR NOT phường:Pleiku", Or((Where("official", "none", 9), Not(Where("commune", "Pleiku", 28))))),
        ("năm:none kỳ:2024-q1", And((Where("year", "none", 4), Where("period", "2024-Q1", 12)))),
        ("năm:2019..2021", Range("year", "2019", "2021", 4)),
        ("year:“2019.. 2021”", Range("year", "2019", "2021", 6)),
        ("Tháng:2020-03.. x", And((Range("month", "2020-03", "", 6), Words("x", 16)))),
        ("năm:2019.. 100 ngày", And((Range("year", "2019", "", 4), Words("100 ngày", 11)))),
        ("ngày:2019.. 20210", And((Range(DATE, "2019-01-01", "", 5), Words("20210", 12)))),
        ("kỳ:..2024-h1", Range("period", "", "2024-H1", 3)),
        ("date:2020-02", Range(DATE, "2020-02-01", "2020-02-29", 5)),
        ("ngày:2020..", Range(DATE, "2020-01-01", "", 5)),
        ("NGAY:15/3/2024..2024-04", Range(DATE, "2024-03-15", "2024-04-30", 5)),
        ("a NEAR/5 b", Near(Words("a", 0), Words("b", 9), 5, 2)),
        ('"a b" NEAR/s “c”', Near(Phrase("a b", 1), Phrase("c", 14), None, 6)),
        ('"x" "a"NEAR/0 b "y"', And((Phrase("x", 1), Near(Phrase("a", 5), Words("b", 14), 0, 7), Phrase("y", 17)))),
        ("- a NEAR/007 b !", Near(Words("a", 2), Words("b", 13), 7, 4)),
        ("NOT a NEAR/1 b OR c", Or((Not(Near(Words("a", 4), Words("b", 13), 1, 6)), Words("c", 18)))),
        ("x AND 35-CT/TW NEAR/9 18/3/2026 AND y", And((Words("x", 0), Near(Words("35-CT/TW", 6), Words("18/3/2026", 22), 9, 15), Words("y", 36)))),
        ('"a" - "b"', And((Phrase("a", 1), Phrase("b", 7)))),
        ('"a"-"b"', And((Phrase("a", 1), Phrase("b", 5)))),
        ('🎉 "a" ...', Phrase("a", 3)),
    ],
)
def test_meaning(text: str, tree: Node) -> None:
    assert parse(text) == tree


MALFORMED = [
    ('kinh tế "a', 8, "not closed"),
    ('a"', 1, "not closed"),
    ("“a»", 0, "add ”"),
    ("(a", 0, "not closed"),
    ("(", 0, "not closed"),
    ("a (b (c)", 2, "not closed"),
    ("a)", 1, "closes nothing"),
    (")", 0, "closes nothing"),
    ("(a))", 3, "closes nothing"),
    ("a ()", 2, "nothing between these brackets"),
    ('a ""', 2, "no word between these quotes"),
    ('" - "', 0, "no word between these quotes"),
    ("AND", 0, "AND has nothing before it"),
    ("a OR (OR b)", 6, "OR has nothing before it"),
    ("a AND", 2, "AND has nothing after it"),
    ("(a OR) b", 3, "OR has nothing after it"),
    ("a AND OR b", 2, "AND has nothing after it"),
    ("NOT", 0, "NOT has nothing after it"),
    ("a NOT AND b", 2, "NOT has nothing after it"),
    ("*", 0, "needs one word before it"),
    ("a*", 1, "needs one word before it"),
    ("18-NQ*", 5, "needs one word before it"),
    ("x" * 61 + "*", 61, "needs one word before it"),
    ("kinh t*ế", 6, "at the end of a word"),
    ("**abc**", 0, "at the end of a word"),
    ('"abc"*', 5, "needs one word before it"),
    ('"a b"~5', 5, "~ after a phrase"),
    ('"a b"^2', 5, "^ after a phrase"),
    ("kinh lắc~2", 8, "~ after a word"),
    ("a NEAR/3", 2, "NEAR/3 has nothing after it"),
    ("NEAR/s a", 0, "NEAR/s has nothing before it"),
    ("x OR NEAR/3 a", 2, "OR has nothing after it"),
    ("(NEAR/3 a)", 1, "NEAR/3 has nothing before it"),
    ("a NEAR/3 AND b", 2, "NEAR/3 has nothing after it"),
    ("a NEAR/3 NEAR/4 b", 2, "NEAR/3 has nothing after it"),
    ("a NEAR/3 b NEAR/4 c", 11, "joins two words"),
    ("a NEAR/ b", 2, "write NEAR/5"),
    ("a NEAR/S b", 2, "write NEAR/5"),
    ("a NEAR/-1 b", 2, "write NEAR/5"),
    ("a NEAR/5x b", 2, "write NEAR/5"),
    (f"a NEAR/{MAX_BETWEEN + 1} b", 7, "100 words between at most"),
    ("kinh tế NEAR/3 b", 0, "put several words in quotes"),
    ("a NEAR/3 kinh tế", 9, "put several words in quotes"),
    ("a NEAR/3 kinh*", 9, "one word or a phrase"),
    ("năm:2020 NEAR/3 a", 0, "one word or a phrase"),
    ("(a OR b) NEAR/3 c", 0, "one word or a phrase"),
    ("a NEAR/3 (b)", 9, "one word or a phrase"),
    ("a NEAR/3 NOT b", 9, "one word or a phrase"),
    ("🎉 NEAR/3 b", 0, "one word or a phrase"),
    ("a NEAR/3 -", 9, "one word or a phrase"),
    ('a -"b"', 2, "write NOT"),
    ("-(a b)", 0, "write NOT"),
    ("-tỉnh:Lào", 0, "write NOT"),
    ("tỉnh: Lào", 5, "needs a value right after the colon"),
    ("nguồn:", 6, "needs a value right after the colon"),
    ("tỉnh:(a OR b)", 5, "needs a value right after the colon"),
    ('tỉnh:" "', 5, "has an empty value"),
    ("tỉnh:Đắk*", 8, "value of a field"),
    ("năm:20", 4, "năm must be a year such as 2024"),
    ("năm:..", 4, "needs a first or a last value"),
    ("x năm:2024..2020", 6, "2024 is after 2020"),
    ("năm:2020..24", 10, "năm must be a year such as 2024"),
    ("năm:2020...2024", 10, "năm must be a year such as 2024"),
    ("năm:0001..2024", 4, "years go from 1900 to 2199"),
    ("month:>2024-01", 6, "a range is written month:low..high"),
    ("year:[2020 TO 2024]", 5, "a range is written year:low..high"),
    ("period:2024-Q3..2024-Q2", 7, "2024-Q3 is after 2024-Q2"),
    ("date:none", 5, "must be a date such as"),
    ("ngày:2024-02-30", 5, "must be a date such as"),
    ("date:..31/13/2024", 7, "must be a date such as"),
    ("date:2024..15/03/2023", 5, "2024 is after 15/03/2023"),
    ("year:2019 .. 2021", 10, "without spaces"),
    ("year:2019.. 2021", 12, "without spaces"),
    ("năm:2019.. 2021/2022 x", 11, "without spaces"),
    ("ngày:2019.. 15/3/2021", 12, "without spaces"),
    ("năm:none..2020", 4, "năm must be a year such as 2024, not 'none'; a range is written năm:low..high"),
    ("năm:٢٠٢٠", 4, "năm must be a year such as 2024"),
    ("date:٢٠٢٠-03", 5, "must be a date such as"),
    ("!!!", 0, "nothing to search for"),
    ("a OR 🎉", 5, "nothing to search for"),
    ("a NOT -", 2, "nothing to leave out"),
    ("ab\x00c", 2, "\\x00"),
    ("a\x1b[31m", 1, "\\x1b"),
    ("a\x85", 1, "\\x85"),
    ('"a\ud800"', 2, "\\ud800"),
    ("a" * (MAX_LENGTH + 1), MAX_LENGTH, "10,000 characters"),
    ("(" * 10_000, MAX_DEPTH, "24 deep"),
    ("NOT " * 2_500, 4 * MAX_DEPTH, "24 deep"),
    ('"a" ' * 2_500, 4 * MAX_OPERANDS, "64 parts"),
    (" OR ".join(["a"] * 2_000), 5 * MAX_OPERANDS, "64 parts"),
    ("a" * 100_000, MAX_LENGTH, "10,000 characters"),
]  # fmt: skip
# What only the words' own forms or the tables of places and topics tell.
UNPLANNABLE = [
    ('x tỉnh:"Đắk Lăk Lắk"', 8, "no province is called"),
    ("x chủ_đề:kinhte", 9, "did you mean 'kinh-te'?"),
    ("x AND a,b NEAR/3 c", 6, "one word or a phrase on either side"),
    ("x AND a NEAR/3 b;c", 15, "one word or a phrase on either side"),
    ("ab " * 201, 600, "200 words at most"),
    ('x "' + "ab " * 101 + '"', 3, "100 words at most"),
    ("x " + "a-" * 101, 2, "more than 100 words joined"),
    ("a NEAR/3 b OR " * 8 + "NOT a NEAR/3 b", 14 * 8 + 6, "8 NEARs at most"),
]


@pytest.mark.parametrize(("text", "position", "message"), MALFORMED)
def test_malformed_points_at_the_character(text: str, position: int, message: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    assert (caught.value.position, message in str(caught.value)) == (position, True), str(caught.value)
    assert str(caught.value).isprintable()


SENDABLE = [case for case in MALFORMED + UNPLANNABLE if len(case[0]) <= MAX_LENGTH and "\ud800" not in case[0]]  # the others are no address or no UTF-8


@pytest.mark.parametrize(("text", "position", "message"), SENDABLE)
def test_malformed_is_a_400_with_the_position(client: TestClient, text: str, position: int, message: str) -> None:
    answer = client.get("/api/search", params={"q": text})
    problem = answer.json()
    assert (answer.status_code, problem["title"], problem["position"]) == (400, "Malformed query", position), problem
    assert message in problem["detail"]


def test_caps_are_reached_without_error() -> None:
    deep = parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    wide = parse(" OR ".join(["a"] * MAX_OPERANDS))
    assert (deep, len(wide.children) if isinstance(wide, Or) else 0) == (Words("a", MAX_DEPTH), MAX_OPERANDS)
    assert parse("ab " * 3_333) == Words(("ab " * 3_333).strip(), 0)


def test_every_facet_has_names_and_a_heading_and_no_name_has_two_meanings() -> None:
    assert (list(FIELD_NAMES), list(FACET_LABELS)) == (list(FACETS), list(FACETS))
    names = [(facet, name) for facet in FACETS for name in (facet, *FIELD_NAMES[facet])]
    names += [(DATE, name) for name in DATE_NAMES]
    assert [field_of(name) for _, name in names] == [facet for facet, _ in names]
    assert len({name.replace("_", "") for _, name in names}) == len(names)


# ---------------------------------------------------------------- properties, on queries generated from the grammar

word = st.sampled_from(["kinh", "tế", "Đắk", "lắk", "18-NQ/TW", "R'bin", "14:00", "2024", "Tin:", "và", "C++", "NFD: tê\u0301", "-x"]).filter(
    lambda w: " " not in w
)
words = st.lists(word, min_size=1, max_size=4).map(lambda w: Words(" ".join(w)))
phrase = st.text(st.sampled_from("abđắ (){}[]*~:-“”.«AND"), min_size=1).filter(lambda t: any(c.isalnum() for c in t)).map(Phrase)
prefix = st.sampled_from(["kinh", "đắ", "202", "te\u0302\u0301"]).map(Prefix)
value = st.text(st.sampled_from('abđ 1-/.:*()"“'), min_size=1).filter(lambda t: bool(t.strip()) and not ('"' in t and "“" in t))
where = st.builds(Where, st.sampled_from([facet for facet in FACETS if facet not in TIME_FACETS]), value)
when = st.sampled_from([Where("year", "2024"), Where("month", "none"), Where("period", "2024-H1")])
ranges = [("year", "2019", ""), ("month", "", "2020-03"), ("period", "2019-M09", "2020-Q2"), (DATE, "2020-02-01", "2020-02-29"), (DATE, "", "2020-02-29")]
span = st.sampled_from([Range(*values) for values in ranges])
side = words.filter(lambda w: sum(any(c.isalnum() for c in chunk) for chunk in w.text.split()) == 1) | phrase
near = st.builds(Near, side, side, st.none() | st.integers(0, MAX_BETWEEN))
leaf = words | phrase | prefix | where | when | span | near


def _several(node: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(node, min_size=2, max_size=4).map(tuple)


trees: st.SearchStrategy[Node] = st.recursive(
    leaf,
    lambda node: node.map(Not) | _several(node).map(And) | _several(node).map(Or),
    max_leaves=20,
)


def placeless(node: Node) -> Node:
    """The tree with every place set to 0."""
    if isinstance(node, Near):
        return Near(replace(node.left, start=0), replace(node.right, start=0), node.most)
    if isinstance(node, And):
        return And(tuple(placeless(child) for child in node.children))
    if isinstance(node, Or):
        return Or(tuple(placeless(child) for child in node.children))
    if isinstance(node, Not):
        return Not(placeless(node.child))
    return node if isinstance(node, AllReports) else replace(node, start=0)


def leaves(node: Node) -> list[Node]:
    if isinstance(node, And | Or):
        return [leaf for child in node.children for leaf in leaves(child)]
    if isinstance(node, Near):
        return [node, node.left, node.right]
    return leaves(node.child) if isinstance(node, Not) else [node]


@given(trees)
@hypothesis_settings(max_examples=300)
def test_a_tree_written_as_a_query_means_itself(tree: Node) -> None:
    assert placeless(parse(unparse(tree))) == tree


pieces = st.sampled_from(
    ["AND", "OR", "NOT", "(", ")",
     '"', "“", "”", "«", "»",
     "*", ":", "-", "~", "a", "đắk", "2024", "tỉnh:", "year:", "date:", "..", " ", "  ", "NEAR/2", "NEAR/s", "\x00", "\ud83d", "🎉", "\u0301"]
)  # fmt: skip


@given(st.lists(pieces, max_size=30).map("".join) | st.text(max_size=60))
@example("((((")
@example('"kinh tế"-tỉnh:')
@hypothesis_settings(max_examples=10_000)
def test_any_text_is_a_plan_or_an_error_at_one_of_its_characters(text: str) -> None:
    try:
        tree = parse(text)
        make_plan(SearchQuery(tree=tree, text=text), ANALYZER)
    except QuerySyntaxError as error:
        assert 0 <= error.position <= len(text)
        assert str(error).isprintable()
        return
    for found in leaves(tree):
        if isinstance(found, Words):
            assert text[found.start : found.start + len(found.text)].translate(str.maketrans("()", "  ")) == found.text
        elif isinstance(found, Phrase | Prefix):
            assert text[found.start : found.start + len(found.text)] == found.text
        elif isinstance(found, Where) and found.field not in TIME_FACETS:
            assert text[found.start : found.start + len(found.value)] == found.value
        elif isinstance(found, Where | Range):
            assert field_of(re.findall(r"[\w-]+", text[: found.start])[-1]) == found.field
        elif isinstance(found, Near):
            assert text[found.start :].startswith("NEAR/")
    assert placeless(parse(unparse(tree))) == placeless(tree)


def test_a_tree_that_no_query_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="no quotes can hold"):
        unparse(Phrase('a"”»'))
