"""A word read as another is said on each way out, with a way to insist."""

from __future__ import annotations

import html
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.query import MAX_OPERANDS
from tests.api.conftest import Run

TYPED = "Hoàng Duy Chynh"
SAID = 'no report holds all that was typed: Chynh read as Chinh ("Chynh" in quotes is taken as it is)'
WORDS = [{"typed": "Chynh", "read": "Chinh", "start": 10}]


def test_the_command_line_says_it_beside_the_data(run: Run) -> None:
    assert run("search", TYPED, "--format", "ids").err.splitlines() == [SAID]
    assert run("search", TYPED).err.splitlines()[0] == SAID
    assert run("search", TYPED, "--format", "json").json["respelled"] == WORDS
    assert run("search", 'Hoàng Duy "Chynh"', "--format", "ids").err == ""


def test_each_line_of_a_file_of_queries_says_its_own(run: Run) -> None:
    ran = run("search", "--queries", "-", stdin=f"họp\n{TYPED}\n".encode())
    assert (ran.code, ran.err.splitlines(), [row["query"] for row in ran.lines].count(TYPED)) == (0, [f"-, line 2: {SAID}"], 2)


def test_the_walk_that_the_command_line_advises_gives_what_was_counted(run: Run) -> None:
    page = run("search", TYPED, "--limit", "1")
    assert page.err.splitlines()[-1] == "0 reports found, 2 more that lack a word; shown 1 to 1 (--offset, --all)"
    everything = run("search", TYPED, "--all", "--format", "json")
    assert (everything.code, everything.json["respelled"], len(everything.json["hits"])) == (0, WORDS, 2)
    facet = run("facets", "year", TYPED, "--format", "json")
    assert (facet.err.splitlines(), facet.json["respelled"]) == ([SAID], WORDS)
    assert sum(value["count"] for value in facet.json["values"]) + facet.json["missing"] == 2


def test_the_api_says_it_and_only_then(client: TestClient) -> None:
    assert client.get("/api/search", params={"q": TYPED}).json()["respelled"] == WORDS
    assert "respelled" not in client.get("/api/search", params={"q": "Hoàng Duy Chinh"}).json()
    assert client.get("/api/facets/year", params={"q": TYPED}).json()["respelled"] == WORDS
    assert "respelled" not in client.get("/api/facets/year", params={"q": "Hoàng Duy Chinh"}).json()


def test_the_page_says_it_in_both_languages_and_links_to_the_word_as_typed(client: TestClient) -> None:
    page = client.get("/", params={"q": f"{TYPED} Lắk", "sort": "relevance"}).text
    said = page[page.index('<p class="respelled">') :].split("</p>")[0]
    assert "Không báo cáo nào có đủ các từ đã gõ" in said
    assert "No report holds all that was typed" in said
    assert "<strong>Chynh</strong>" in said
    assert "<strong>Chinh</strong>" in said
    link = urlsplit(html.unescape(said.split('href="')[1].split('"')[0]))
    assert parse_qs(link.query) == {"q": ['Hoàng Duy "Chynh" Lắk'], "sort": ["relevance"]}
    assert '<p class="respelled">' not in client.get(link.geturl()).text


@pytest.mark.parametrize(
    ("typed", "insisting"),
    [
        ("-Chynh Hoàng", '- "Chynh" Hoàng'),
        ("Chynh^2 Hoàng", '"Chynh" ^2 Hoàng'),
        ("(-Chynh) Hoàng", '(- "Chynh" ) Hoàng'),
        ("Hoàng (Chynh)", 'Hoàng ( "Chynh" )'),
        ("Hoàng,Chynh", 'Hoàng, "Chynh"'),
    ],
)
def test_the_link_to_the_word_as_typed_is_never_refused(client: TestClient, typed: str, insisting: str) -> None:
    said = client.get("/", params={"q": typed}).text.split('<p class="respelled">')[1].split("</p>")[0]
    link = urlsplit(html.unescape(said.split('href="')[1].split('"')[0]))
    assert parse_qs(link.query) == {"q": [insisting]}
    assert client.get(link.geturl()).status_code == 200


def test_there_is_no_link_where_a_query_could_not_hold_the_quotes(client: TestClient) -> None:
    typed = "Hoàng Chynh Duy" + ' "Hoàng"' * (MAX_OPERANDS - 1)
    page = client.get("/", params={"q": typed})
    assert "href" not in page.text.split('<p class="respelled">')[1].split("</p>")[0]
