"""A word read as another is said on each way out, with a way to insist."""

from __future__ import annotations

import html
from urllib.parse import parse_qs, urlsplit

from fastapi.testclient import TestClient

from tests.api.conftest import Run

TYPED = "Hoàng Duy Chynh"
SAID = 'no report holds Chynh: shown first are those with Chinh ("Chynh" in quotes is taken as it is)'
WORDS = [{"typed": "Chynh", "read": "Chinh", "start": 10}]


def test_the_command_line_says_it_beside_the_data(run: Run) -> None:
    assert run("search", TYPED, "--format", "ids").err.splitlines() == [SAID]
    assert run("search", TYPED).err.splitlines()[0] == SAID
    assert run("search", TYPED, "--format", "json").json["respelled"] == WORDS
    assert run("search", 'Hoàng Duy "Chynh"', "--format", "ids").err == ""


def test_the_api_says_it_and_only_then(client: TestClient) -> None:
    assert client.get("/api/search", params={"q": TYPED}).json()["respelled"] == WORDS
    assert "respelled" not in client.get("/api/search", params={"q": "Hoàng Duy Chinh"}).json()


def test_the_page_says_it_in_both_languages_and_links_to_the_word_as_typed(client: TestClient) -> None:
    page = client.get("/", params={"q": f"{TYPED} Lắk", "sort": "relevance"}).text
    said = page[page.index('<p class="respelled">') :].split("</p>")[0]
    assert "Không báo cáo nào có" in said
    assert "No report holds" in said
    assert "<strong>Chynh</strong>" in said
    assert "<strong>Chinh</strong>" in said
    link = urlsplit(html.unescape(said.split('href="')[1].split('"')[0]))
    assert parse_qs(link.query) == {"q": ['Hoàng Duy "Chynh" Lắk'], "sort": ["relevance"]}
    assert '<p class="respelled">' not in client.get(link.geturl()).text
