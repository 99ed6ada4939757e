"""HTML pages: the article and nothing else, its headline, day and address, in any encoding; hostile pages end with a reason."""

from __future__ import annotations

import hashlib
import json
import time
import unicodedata
from pathlib import Path

import pytest

from indexer import html_meta
from indexer.clean import clean
from indexer.errors import InputRejected
from indexer.extract import extract
from indexer.html import article
from indexer.models import RawArticle
from indexer.read import read
from indexer.settings import Settings
from tests.indexer.html_pages import DATELESS, NEWSPAPER, OLD, PAGES, SHAREPOINT, A, Page
from tests.indexer.reading import to_windows_1258
from tests.pace import allowed

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def items(path: Path, encoding: str | None = None) -> list[RawArticle | InputRejected]:
    return list(read([path], Settings(), encoding))


def raw(path: Path, encoding: str | None = None) -> RawArticle:
    [item] = items(path, encoding)
    assert isinstance(item, RawArticle), item
    return item


@each_page
def test_the_article_and_nothing_else(page: Page) -> None:
    found = article(page.html)
    assert tuple(found.text.split("\n")) == page.text
    assert (found.title, found.url) == (page.title, page.url)
    assert [rival for rival in page.rivals if rival in found.text] == []


@each_page
def test_its_record(page: Page, tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text(page.html)
    read_ = raw(tmp_path / "a.htm")
    report = extract(clean(read_))
    assert (report.title, report.title_inferred, report.published) == (page.title, False, page.published)
    assert read_.sha256 == hashlib.sha256(page.html.encode()).hexdigest()


@pytest.mark.parametrize(("row", "kept"), [("<b>Lý Oanh</b>", ["Lý Oanh"]), ("Bản quyền thuộc UBND huyện Cái Bè", []), ('<a href="/">Lý Oanh</a>', [])])
def test_a_name_in_the_row_under_the_text_is_the_authors(row: str, kept: list[str]) -> None:
    text = (
        "Đoàn kiểm tra công tác bầu cử tại các xã cù lao của huyện, nghe báo cáo về danh sách cử tri và điều kiện của từng khu vực bỏ phiếu trong ngày bầu cử."
    )
    inner = f"<table><tr><td><h1>Kiểm tra bầu cử tại huyện</h1><p>{text}</p></td></tr><tr><td>{row}</td></tr></table>"
    page = f"<table><tr><td>{inner}</td><td>Thông báo</td></tr></table>"
    assert article(page).text.split("\n")[2:] == kept


@pytest.mark.parametrize(
    ("under", "kept"),
    [
        ('<footer class="node__meta"><div>Ngày đăng: 18/03/2024</div></footer>', ["Ngày đăng: 18/03/2024"]),
        ('<div><span>Thứ Hai, 18/03/2024 | 08:15</span></div><ul><li><a href="#">Email</a></li></ul>', ["Thứ Hai, 18/03/2024 | 08:15"]),
        ('<div><p>18/03/2024</p><p><a href="#">Email</a></p></div>', ["18/03/2024"]),
        ("<aside><p>18/03/2024 08:15</p><p>Lý Oanh</p></aside>", ["18/03/2024 08:15", "Lý Oanh"]),
        ("<footer><p>18/03/2024</p><p>Số 1 Lê Duẩn, Hà Nội</p></footer>", []),
        ('<ul class="related"><li><a href="/b">Huyện Lắk họp</a> <span>18/03/2024</span></li></ul>', []),
    ],
)
def test_what_stands_under_the_headline_is_kept_whatever_its_element_is_called(under: str, kept: list[str]) -> None:
    page = article(f"<main><h1>Tỉnh ủy họp sáng nay</h1>{under}<p>{A}</p><p>{A}</p><footer><p>18/03/2025</p></footer></main>")
    assert page.text.splitlines() == ["Tỉnh ủy họp sáng nay", *kept, A, A]


@pytest.mark.parametrize("form", ["mark", "utf-16", "utf-16-le", "utf-16-be", "windows-1258", "nfd", "crlf"])
@each_page
def test_any_encoding_gives_the_same_text(page: Page, form: str, tmp_path: Path) -> None:
    text = page.html
    plain = text.replace('charset="utf-8"', 'charset="windows-1258"').replace("charset=utf-8", "charset=windows-1258")
    forms = {
        "mark": b"\xef\xbb\xbf" + text.encode(),
        "utf-16": text.encode("utf-16"),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "windows-1258": to_windows_1258(plain),
        "nfd": unicodedata.normalize("NFD", text).encode(),
        "crlf": text.replace("\n", "\r\n").encode(),
    }
    (tmp_path / "a.html").write_bytes(forms[form])
    read_ = raw(tmp_path / "a.html")
    assert tuple(read_.original.split("\n")) == page.text
    assert (read_.title, read_.encoding) == (page.title, "utf-8" if form in ("mark", "nfd", "crlf") else form)


def test_a_named_encoding_is_believed_where_the_bytes_are_not_utf_8(tmp_path: Path) -> None:
    html = f"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>\xe0 {OLD.text[2].encode('ascii', 'xmlcharrefreplace').decode()}</p>"
    (tmp_path / "a.html").write_bytes(html.encode("latin-1"))
    assert (raw(tmp_path / "a.html").original, raw(tmp_path / "a.html").encoding) == (f"à {OLD.text[2]}", "cp1252")
    (tmp_path / "b.html").write_bytes(html.replace("iso-8859-1", "no-such").encode("latin-1"))
    [rejected] = items(tmp_path / "b.html")
    assert isinstance(rejected, InputRejected)
    assert "wrong encoding" in rejected.reason


def test_a_folder_and_its_manifest(tmp_path: Path) -> None:
    for name, page in (("1.html", NEWSPAPER), ("2.HTM", DATELESS)):
        (tmp_path / name).write_text(page.html)
    (tmp_path / "3.xhtml").write_text(SHAREPOINT.html)
    entry = {"file": "1.html", "id": "x1", "title": "Khác", "url": "https://other.example/1", "published": "2026-03"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(entry))
    first, second = items(tmp_path)
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert (first.id, first.title, first.url, first.source, first.published) == ("x1", "Khác", "https://other.example/1", "other.example", "2026-03")
    assert (second.id, second.title, second.url, second.source, second.published) == (f"{tmp_path.name}/2.HTM", DATELESS.title, None, "", None)


@pytest.mark.parametrize(
    ("stamp", "iso"),
    [
        ("2026-03-18T14:05:00+07:00", "2026-03-18"),
        ("2026-03-17T17:30:00Z", "2026-03-18"),
        ("2026-3-8", "2026-03-08"),
        ("18/03/2026 14:05", "2026-03-18"),
        (" 18-03-2026 ", "2026-03-18"),
        ("3/4/2026 2:05:00 PM", None),
        ("March 18, 2026", "2026-03-18"),
        ("Wed Mar 18 2026 08:30:00 GMT+0700", "2026-03-18"),
        ("Tue, 17 Mar 2026 18:30:00 +0000", "2026-03-18"),
        ("20260304T1422", "2026-03-04"),
        ("20261304", None),
        ("March 32, 2026", None),
        ("2026-02-30", None),
        ("30/02/2026", None),
        ("0001-01-01T00:00:00", None),
        ("18/03/26", None),
        ("", None),
    ],
)
def test_stamps(stamp: str, iso: str | None) -> None:
    assert html_meta.day(stamp) == iso


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2026-04-02">',
        '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2026-04-02"}</script>',
        '<script type="application/ld+json">{"@type":"WebSite","datePublished":"2026-04-02"}</script>',
        '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2026-04-02"}]}</script>',
        '<meta property="og:updated_time" content="2026-04-02"><meta name="pubdate" content="hôm qua">',
        '<script type="application/ld+json">[[[[</script><script type="application/ld+json">"2026-04-02"</script>',
    ],
)
def test_the_day_of_a_change_or_of_another_page_is_not_its_own(head: str) -> None:
    assert article(DATELESS.html.replace("<body>", f"<head>{head}</head><body>")).published is None


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://a.example/tin/1", "https://a.example/tin/1"),
        ("https://a.example/?id=1", "https://a.example/?id=1"),
        ("https://a.example/", None),
        ("/tin/1", None),
        ("javascript:alert(1)", None),
        ("https://[::1/x", None),
    ],
)
def test_addresses(canonical: str, url: str | None) -> None:
    assert article(f'<head><link rel="canonical" href="{canonical}"></head><p>{A}</p>').url == url


PARAGRAPH = f"<p>{A}</p>"
REJECTED = {
    "menus": ('<ul><li><a href="/">Trang chủ</a><li><a href="/b">Tin tức</a></ul>', "no article's text"),
    "script": ('<div id="app"></div><script>render("Sáng 18/3, Tỉnh ủy đã họp, đánh giá kết quả công tác.")</script>', "no article's text"),
    "title only": ("<title>Tỉnh ủy giao ban công tác quý I</title><h1>Tỉnh ủy giao ban công tác quý I</h1>", "no article's text"),
    "deep": ("<div>" * 100_000 + A, "HTML elements nested more than 500 deep: no article's page"),
    "deep inline": (PARAGRAPH + "<b>" * 100_000, "HTML elements nested more than 500 deep: no article's page"),
    "many": ("<p>x" * 200_001, "more than 200,000 HTML elements: no single article"),
    "entity bomb": ('<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><p>&c;</p>', "no article's text"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_pages_without_an_article_are_rejected(name: str, tmp_path: Path) -> None:
    html, reason = REJECTED[name]
    (tmp_path / "a.html").write_text(html)
    [rejected] = items(tmp_path / "a.html")
    assert isinstance(rejected, InputRejected)
    assert rejected.reason.startswith(reason)


HOSTILE = {
    "attributes": "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
    "entities": "&amp;" * 1_000_000,
    "signs": "<" * 1_000_000,
    "boxes": "<div>Tin khác</div><ul><li><a href=x>y y</a></ul>" * 10_000,
    "headings": "<h1>Tỉnh ủy họp hôm nay</h1>" * 30_000,
    "cells": "<table><tr>" + "<td>x</td>" * 50_000,
    "marks": "a" + "\u0301" * 500_000,
    "deep boxes": "<div>" * 490 + "<p>Tin khác</p>" * 20_000,
    "times": "<time datetime=x>z</time>" * 30_000,
    "broken": "<a><b></a></b>" * 20_000,
    "json": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_soon(name: str) -> None:
    start = time.process_time()
    assert A in article("<h1>Tỉnh ủy họp sáng nay</h1>" + PARAGRAPH + HOSTILE[name]).text
    assert time.process_time() - start < allowed(5)  # 0.1 to 2 s; what grows with the square takes minutes
