"""The page: what a person sees and follows without JavaScript, and what must not run."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.labels import FACET_LABELS
from api.page import PAGE_FACETS, State, pieces
from indexer.query import Snippet
from tests.api.conftest import HOSTILE

VOID = {"meta", "link", "input", "br", "img"}


class Page(HTMLParser):
    """A page as its elements, links and forms; raises for one that does not close what it opens."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []  # innermost element's name and class, text
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.append((self._open[-1], data))

    def text(self, *tags: str) -> str:
        return re.sub(r"\s+", " ", "".join(text for tag, text in self.texts if not tags or tag in tags)).strip()

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.elements if tag == "a"]


def page(client: TestClient, address: str = "/", status: int = 200, **parameters: str) -> Page:
    answer = client.get(address, params={name.rstrip("_"): value for name, value in parameters.items()} or None)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    return Page(answer.text)


def total(shown: Page) -> int:
    found = re.search(r"([\d.]+) báo cáo reports?", shown.text())
    return int(found[1].replace(".", "")) if found else 0


def query_of(href: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(href).query, keep_blank_values=True)


# ---------------------------------------------------------------- what is shown


def test_the_first_page_lists_everything_in_both_languages(client: TestClient) -> None:
    shown = page(client)
    assert shown.elements[0] == ("html", {"lang": "vi"})
    assert total(shown) == 7
    headings = shown.text("h3", "span")
    for name in ("topic", "official", "province", "source"):
        assert " ".join(FACET_LABELS[name]) in headings
    assert len([href for href in shown.links() if href.startswith("/reports/")]) == 7


def test_hits_show_their_words_marked(client: TestClient) -> None:
    answer = client.get("/", params={"q": "cải cách hành chính"}).text
    marks = {html.unescape(mark).lower() for mark in re.findall(r"<mark>([^<]*)</mark>", answer)}
    assert "cải cách hành chính" in {" ".join(mark.split()) for mark in marks} or {"cải", "cách", "hành", "chính"} <= marks
    assert 'value="cải cách hành chính"' in answer


def test_pieces_are_the_text_cut_at_its_marks() -> None:
    snippet = Snippet("body", "ab<c>de", 10, 17, ((0, 2), (2, 5)))
    assert pieces(snippet) == [("ab", True), ("<c>", True), ("de", False)]
    assert pieces(Snippet("body", "", 0, 0)) == []


def test_a_passage_inside_a_paragraph_has_an_ellipsis_on_either_side(client: TestClient) -> None:
    hits = client.get("/api/search", params={"q": '"cải cách hành chính"'}).json()["hits"]
    shown = re.findall(r'<p class="snippet">(.*?)</p>', client.get("/", params={"q": '"cải cách hành chính"'}).text)
    plain = [html.unescape(re.sub("</?mark>", "", text)) for text in shown]
    bodies = {hit["id"]: client.get(f"/api/reports/{quote(hit['id'], safe='')}").json()["body"] for hit in hits}
    expected = []
    for hit in hits:
        for snippet in hit["snippets"]:
            around = "\n" + bodies[hit["id"]] + "\n"  # so that character i of the body is around[i + 1]
            before, after = around[snippet["start"]], around[snippet["end"] + 1]
            expected.append(f"{'' if before == chr(10) else '…'}{snippet['text']}{'' if after == chr(10) else '…'}")
    assert plain == expected
    assert any(text.startswith("…") for text in plain)


def test_the_time_line_shows_the_years_between_too(client: TestClient) -> None:
    shown = client.get("/").text
    line = re.search(r'<nav class="years".*?</nav>', shown, re.DOTALL)
    assert line is not None
    assert re.findall(r"<span>(\d{4}|\?)</span>", line[0])[:7] == ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]


# ---------------------------------------------------------------- what is followed


def test_each_link_of_the_page_leads_somewhere(client: TestClient) -> None:
    """Every facet value, exclusion, chip, year and report, from three states of the page."""
    seen: set[str] = set()
    for state in ({}, {"q": "tỉnh", "topic": "xay-dung-dang", "not_year": "2020"}, {"from": "2024", "official": "none", "sort": "newest", "limit": "2"}):
        answer = client.get("/", params=state)
        for href in Page(answer.text).links():
            if href.startswith("/") and href not in seen:
                seen.add(href)
                assert client.get(href).status_code == 200, href
    assert len(seen) > 60


@pytest.mark.parametrize("facet", [name for name in PAGE_FACETS if name != "year"])
def test_a_facet_value_finds_as_many_as_it_says_and_can_be_taken_back(client: TestClient, facet: str) -> None:
    for q in ("", "tỉnh"):
        api = client.get(f"/api/facets/{facet}", params={"q": q, "facet_limit": 1000}).json()
        for value in api["values"][:3]:
            picked = page(client, q=q, **{facet: value["value"]})
            assert total(picked) == value["count"]
            state = [("q", q)] * bool(q) + [(facet, value["value"])]
            without = [href for href in picked.links() if query_of(href) == state[:-1] and urlsplit(href).path == "/"]
            assert len(without) >= 2  # the chip and the ticked value
            excluded = page(client, q=q, **{f"not_{facet}": value["value"]})
            assert total(excluded) == total(page(client, q=q)) - value["count"]


def test_a_filter_typed_as_a_name_is_called_by_its_right_name_and_can_be_taken_back(client: TestClient) -> None:
    shown = client.get("/?topic=xay dung dang&province=dak lak&q=tỉnh").text
    chips = re.findall(r'<li><a href="([^"]+)" title="[^"]+">([^<]+)<span aria-hidden="true"> ×', shown)
    assert [(query_of(html.unescape(href)), label) for href, label in chips] == [
        ([("topic", "xay dung dang"), ("q", "tỉnh")], "dak lak"),  # two units bore this name, one of each era
        ([("province", "dak lak"), ("q", "tỉnh")], "Xây dựng Đảng"),
    ]
    ticked = re.findall(r'<li class="selected">\s*<a href="([^"]+)"', shown)
    assert {tuple(query_of(html.unescape(href))) for href in ticked} == {
        (("topic", "xay dung dang"), ("q", "tỉnh")),
        (("province", "dak lak"), ("q", "tỉnh")),
    }


def test_a_form_keeps_the_filters_and_its_empty_fields_mean_nothing(client: TestClient) -> None:
    shown = page(client, q="tỉnh", topic="xay-dung-dang", offset="1", limit="2", from_="", to="")
    hidden = [(attrs["name"], attrs["value"]) for tag, attrs in shown.elements if tag == "input" and attrs.get("type") == "hidden"]
    assert hidden == [("topic", "xay-dung-dang"), ("limit", "2")]


def test_pages_follow_each_other_without_gap_or_repeat(client: TestClient) -> None:
    href, seen = "/?q=tỉnh&limit=2", []
    while href:
        answer = client.get(href).text
        seen += re.findall(r'<h2><a href="(/reports/[^"]+)"', answer)
        following = re.search(r'<a rel="next" href="([^"]+)"', answer)
        href = html.unescape(following[1]) if following else ""
    everything = re.findall(r'<h2><a href="(/reports/[^"]+)"', client.get("/?q=tỉnh&limit=50").text)
    assert seen == everything
    assert len(seen) > 2


def test_a_state_is_an_address() -> None:
    state = State((("q", "a&b=ế"), ("topic", "x"), ("topic", "y"), ("offset", "20")))
    assert state.having("year", "2024").href() == "/?q=a%26b%3D%E1%BA%BF&topic=x&topic=y&year=2024"
    assert state.without("topic", ["x"]).pairs == (("q", "a&b=ế"), ("topic", "y"))
    assert state.without("topic").at(10).pairs == (("q", "a&b=ế"), ("offset", "10"))
    assert State(()).at(0).href() == "/"


def test_a_report_page_shows_the_record_and_searches_for_its_like(client: TestClient) -> None:
    hit = client.get("/api/search", params={"q": '"Huyện ủy Lắk"'}).json()["hits"][0]
    (href,) = {h for h in page(client, q='"Huyện ủy Lắk"').links() if h.startswith("/reports/")}
    shown = page(client, href)
    assert hit["title"] in shown.text("h1")
    text = shown.text()
    for official in hit["officials"]:
        assert official["name"] in text
        assert all(post in text for post in official["posts"])
    for link in shown.links():
        if link.startswith("/"):
            assert client.get(link).status_code == 200, link


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/?q=tỉnh (", 400, "Yêu cầu chưa dùng được"),
        ("/?pgae=2", 400, "did you mean 'offset'?"),
        ("/?q=%ff", 400, "UTF-8"),
        ("/?limit=0", 400, "limit must be 1 or more"),
        ("/?offset=10000", 422, "Quá xa"),
        ("/?topic=kinh", 400, "there is no topic"),
        ("/reports/nobody", 404, "Không tìm thấy"),
        ("/reports/nobody?x=<b>", 400, "there is no parameter"),
    ],
)
def test_an_error_is_a_page_that_says_what_to_change(client: TestClient, address: str, status: int, words: str) -> None:
    shown = page(client, address, status)
    assert words in shown.text()
    assert "/" in shown.links()


def test_a_malformed_query_is_shown_with_its_character_marked(client: TestClient) -> None:
    answer = client.get("/", params={"q": "tỉnh (<b>"})
    assert answer.status_code == 400
    assert "<pre>tỉnh <mark>(</mark>&lt;b&gt;</pre>" in answer.text
    assert 'value="tỉnh (&lt;b&gt;"' in answer.text


@pytest.mark.parametrize(
    "address", ["/", "/?q=độc hại&explain=true", "/?q=script alert ngoặc", "/?q=<script>alert(1)</script>", "/?source=<img src=x onerror=alert(1)>"]
)
def test_nothing_that_a_report_or_a_query_says_can_run(client: TestClient, address: str) -> None:
    check_harmless(Page(client.get(address).text))


def test_the_page_of_a_hostile_report_is_harmless_and_complete(client: TestClient) -> None:
    found = {hit["title"]: hit["id"] for hit in client.get("/api/search", params={"q": "độc hại"}).json()["hits"]}
    hrefs = [href for href in page(client, q="độc hại").links() if href.startswith("/reports/")]
    shown = {shown.text("h1"): shown for shown in (page(client, href) for href in hrefs)}
    for article in HOSTILE:
        assert article["title"] in found
        report = shown[article["title"]]
        check_harmless(report)
        for paragraph in article["body"].split("\n"):
            assert re.sub(r"\s+", " ", paragraph) in report.text("p")
        assert article["url"] in report.text("dd", "a")
    outside = [attrs for report in shown.values() for tag, attrs in report.elements if tag == "a" and not (attrs["href"] or "").startswith(("/", "#"))]
    assert outside == [{"href": HOSTILE[1]["url"], "rel": "noreferrer noopener nofollow"}]


def check_harmless(shown: Page) -> None:
    """No script but our own file, no handler, no style, no asset or link but our own and plain web addresses."""
    assert [attrs for tag, attrs in shown.elements if tag == "script"] == [{"src": "/static/suggest.js", "defer": None}]
    for tag, attrs in shown.elements:
        assert tag not in {"iframe", "object", "embed", "style", "img", "base", "xss"}
        assert [name for name in attrs if name.startswith("on") or name == "style"] == []
        for name in ("href", "src", "action"):
            target = attrs.get(name)
            assert target is None or re.match(r"/(?!/)|#|https?://", target), target
    assert {attrs.get("href") for tag, attrs in shown.elements if tag == "link"} == {"/static/style.css", "/static/icon.svg"}
