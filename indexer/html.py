"""A portal's HTML page -> the article's text, a line for each headline, date line, paragraph, caption, table row and byline, in reading order.

What is left out here is what the page's structure tells apart: menus, link lists, boxes with their headings, sidebars, footers, hidden
elements. What only the words tell apart is left to clean.py. No packaged extractor keeps date lines, captions and bylines (docs/html.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzers.normalize import nfc
from indexer import html_meta, noise
from indexer.html_tree import Node, Tree, parse

_NOISE_TAGS = frozenset(("nav", "footer", "aside", "menu", "header"))
_LISTS = frozenset(("ul", "ol", "table", "div", "section", "center", "td"))
# Names that portals' templates give to what stands around an article, as whole words of class, id and role.
_NOISE_MARKS = re.compile(
    r"(?<![a-z])(?:menu|nav|navbar|navigation|breadcrumbs?|related?|lien-?quan|tin-?khac|other-?news|news-?other|more-?news|sidebar|widget|share|sharing"
    r"|shared?addy|socials?|comments?|tags?|keywords?|footer|copyright|toolbar|rating|advert\w*|ads|pagination|paging|popup|modal|hot-?news|most-?read|counter"
    r"|login|search|complementary|contentinfo)(?![a-z])"
)
_TITLE_MARKS = re.compile(r"(?<![a-z])(?:title|headline|tieu-?de)(?![a-z])")
_SPACE = re.compile(r"\s+")
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
_C1 = {code: bytes((code,)).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}  # &#150; is read as browsers do
_LONGEST_CELL = 100
_LONGEST_TITLE = 300
_MOST_UNDER = 4  # lines under a headline that say when and who
_LEAST_BEGINNING = 20  # letters: fewer may begin anything


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its page gives it; `published` is an ISO day. None where the page does not say."""

    text: str
    title: str | None
    published: str | None
    url: str | None


@dataclass(slots=True, eq=False)
class _Line:
    text: str
    block: Node
    first: Node
    linked: bool
    weight: int = 0
    dropped: bool = False
    role: str | None = None  # see _role


@dataclass(slots=True)
class _Layout:
    """The lines of a page, and for each node the half-open range of lines and of nodes that it holds."""

    tree: Tree
    lines: list[_Line]
    ends: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)  # characters of paragraphs before each line
    links: list[int] = field(default_factory=list)  # lines that are links, or dates as lists of links have them, before each line

    def held(self, node: Node) -> list[_Line]:
        return self.lines[self.starts[node.at] : self.stops[node.at]]

    def holds(self, node: Node, other: Node) -> bool:
        return node.at <= other.at < self.ends[node.at]


def article(html: str) -> Page:
    """The article of a page. Time is linear in `html`. Raises ValueError, its message a reason for the user, if there is none."""
    tree = parse(html)
    layout = _layout(tree, _joined_rows(_lines(tree)))
    wanted = html_meta.titles(tree)
    headline = _headline(layout.lines, wanted)
    _drop_around(layout, headline)
    _drop_boxes(layout, headline)
    for line in layout.lines:  # a table's rows are no paragraphs, however long
        alone = noise.is_paragraph(line.text) or (len(line.text) >= 40 and noise.ends_sentence(line.text))
        line.weight = (
            len(line.text)
            if alone and line.block.tag != "tr" and not (line.dropped or line.linked or line is headline) and not noise.opens_footer(line.text)
            else 0
        )
    region = _region(layout, headline)
    if region is None:
        raise ValueError("no article's text in this page: only menus and links, or a text that the page's scripts would fetch")
    kept = _kept(layout, region, headline)
    stamp = html_meta.published(tree) or _stamped(layout, region)
    title = headline.text if headline else _told_title(tree, wanted)
    if headline is None and title:
        return Page("\n".join((title, *kept)), title, stamp, html_meta.address(tree))
    return Page("\n".join(kept), title, stamp, html_meta.address(tree))


def _lines(tree: Tree) -> list[_Line]:
    """The page's text in lines, as blocks and <br> part it; white space is one space, characters are NFC."""
    lines: list[_Line] = []
    blocks: list[Node] = []  # for each node, the block that it lies in
    linked: list[bool] = []
    pieces: list[str] = []
    firsts: list[Node] = []
    links = 0

    def end() -> None:
        nonlocal links
        text = nfc(_ZERO_WIDTH.sub("", _SPACE.sub(" ", "".join(pieces).translate(_C1)))).strip()
        if text:
            lines.append(_Line(text, blocks[firsts[0].at], firsts[0], links * 5 >= len(text) * 4))
        pieces.clear()
        firsts.clear()
        links = 0

    for node in tree.nodes:
        parent = node.parent
        inside = tree.nodes[0] if parent is None else blocks[parent.at]
        blocks.append(node if node.is_block else inside)
        linked.append(parent is not None and (linked[parent.at] or parent.tag == "a"))
        if node.is_block or (firsts and blocks[firsts[0].at] is not blocks[node.at]):
            end()
        if node.tag == "":
            text = "".join(node.pieces)
            if text.strip() and not pieces:
                firsts.append(node)
            if firsts:
                pieces.append(text)
                links += len(text.strip()) * linked[node.at]
    end()
    return lines


def _joined_rows(lines: Sequence[_Line]) -> list[_Line]:
    """`lines` with each row of a table of figures as one line, "a | b"; a layout's cells have more lines or longer ones."""
    result: list[_Line] = []
    at = 0
    while at < len(lines):
        row = _row(lines[at])
        stop = at + 1
        while row is not None and stop < len(lines) and _row(lines[stop]) is row:
            stop += 1
        group = lines[at:stop]
        if row is not None and 1 < len(group) == len({_cell(line) for line in group}) and all(len(line.text) <= _LONGEST_CELL for line in group):
            text = " | ".join(line.text for line in group)
            result.append(_Line(text, row, group[0].first, all(line.linked for line in group)))
        else:
            result += group
        at = stop
    return result


def _cell(line: _Line) -> Node | None:
    parent = line.block.parent
    return line.block if line.block.tag in ("td", "th") else parent if parent and line.block.tag == "p" and parent.tag in ("td", "th") else None


def _row(line: _Line) -> Node | None:
    cell = _cell(line)
    return cell.parent if cell and cell.parent and cell.parent.tag == "tr" else None


def _layout(tree: Tree, lines: list[_Line]) -> _Layout:
    layout = _Layout(tree, lines, [node.at + 1 for node in tree.nodes])
    for node in reversed(tree.nodes):
        if node.parent is not None:
            layout.ends[node.parent.at] = max(layout.ends[node.parent.at], layout.ends[node.at])
    before = [0] * (len(tree.nodes) + 1)  # lines that begin before each node
    for line in lines:
        before[line.first.at + 1] += 1
    for at in range(len(tree.nodes)):
        before[at + 1] += before[at]
    layout.starts = before[:-1]
    layout.stops = [before[end] for end in layout.ends]
    layout.prose, layout.links = [0], [0]
    for line in lines:
        layout.prose.append(layout.prose[-1] + (0 if line.linked or not noise.is_paragraph(line.text) else len(line.text)))
        layout.links.append(layout.links[-1] + (line.linked or noise.is_dateline(line.text)))
    return layout


def _headline(lines: Sequence[_Line], wanted: Sequence[str]) -> _Line | None:
    """The line that the page's metadata names, a heading before other lines; else its only long heading."""
    keys = {_bare(title): len(wanted) - i for i, title in enumerate(wanted) if not (noise.opens_footer(title) or noise.is_menu(title))}
    keys.pop("", None)
    best: tuple[bool, bool, int, int] | None = None
    found = None
    for i, line in enumerate(lines):
        if len(line.text) > _LONGEST_TITLE:
            continue
        rank = keys.get(_bare(line.text)) or keys.get(_bare(line.text[: noise.trailing_dateline(line.text)]))
        if rank:
            score = (not line.linked, _is_heading(line), rank, -i)
            if best is None or score > best:
                best, found = score, line
    if found is not None:
        return found
    begun = [line for line in lines if not line.linked and len(line.text) <= _LONGEST_TITLE and any(_begins(line.text, key) for key in keys)]
    if begun:
        return begun[0]  # <title> has the first half of it
    long = [line for line in lines if not line.linked and len(line.text.split()) >= 4 and len(line.text) <= _LONGEST_TITLE]
    headings = [line for line in long if line.block.tag == "h1"] or [line for line in long if _is_heading(line)]
    if len(headings) == 1:
        return headings[0]
    # Layouts of tables and <font> have no headings: what stands over the only date line (a list of other news has several).
    dated = [line for line, below in pairwise(lines) if noise.is_dateline(below.text) and len(line.text.split()) >= 4 and line in long]
    return dated[0] if len(dated) == 1 and not headings and not noise.ends_sentence(dated[0].text) else None


def _begins(text: str, key: str) -> bool:
    return len(key) >= _LEAST_BEGINNING and _bare(text).startswith(key)


def _is_heading(line: _Line) -> bool:
    return line.block.tag in ("h1", "h2", "h3") or _TITLE_MARKS.search(line.block.marks) is not None


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _told_title(tree: Tree, wanted: Sequence[str]) -> str | None:
    """A headline that stands in the metadata only; <title> alone is often the site's name, so it does not count."""
    return wanted[0] if wanted and wanted[0] != " ".join(nfc(tree.title[:1000]).split()) and len(wanted[0]) <= _LONGEST_TITLE else None


def _drop_around(layout: _Layout, headline: _Line | None) -> None:
    """Drops menus, sidebars, footers and lists of links by their elements' names and by how much of them is links."""
    skip = 0
    top = layout.lines.index(headline) if headline else -1
    for node in layout.tree.nodes[1:]:
        if node.at < skip or not node.tag or (headline and layout.holds(node, headline.first)) or _is_under(layout, top, node):
            continue
        start, stop = layout.starts[node.at], layout.stops[node.at]
        links = layout.links[stop] - layout.links[start]
        if node.tag in ("footer", "aside"):
            drop = True
        elif node.tag in _NOISE_TAGS or _NOISE_MARKS.search(node.marks):
            # A template may give such a name to the column of the text: most of the page's paragraphs are no menu.
            drop = 2 * (layout.prose[stop] - layout.prose[start]) <= layout.prose[-1]
        elif node.tells_change:
            drop = all(noise.is_dateline(line.text) for line in layout.lines[start : min(stop, start + 3)])
        else:
            drop = node.tag in _LISTS and links == stop - start > 1
        if drop:
            skip = layout.ends[node.at]
            for line in layout.held(node):
                line.dropped = True


def _is_under(layout: _Layout, top: int, node: Node) -> bool:
    """Whether the element holds what stands between the headline, the line `top`, and the text: date line, byline, tools; whatever a template calls it."""
    start, stop = layout.starts[node.at], layout.stops[node.at]
    if not 0 <= top < start < stop <= start + _MOST_UNDER or layout.prose[start] != layout.prose[top + 1]:
        return False
    roles = [_role(line) for line in layout.lines[start:stop]]
    return "date" in roles and "" not in roles


def _role(line: _Line) -> str:
    """What a line says under a headline: "date", "byline", "tool", or "" for all else. Asked once of each: many elements may hold it."""
    if line.role is None:
        if noise.is_tool(line.text):
            line.role = "tool"
        elif noise.is_dateline(line.text) or noise.is_stamp(line.text):
            line.role = "date"
        else:
            line.role = "byline" if not line.linked and noise.is_byline(line.text) else ""
    return line.role


def _drop_boxes(layout: _Layout, headline: _Line | None) -> None:
    """Drops each box whose first line says that it is one: the largest element that begins with it, or the lists that follow it."""
    for i, line in enumerate(layout.lines):
        if line.dropped or line is headline or not noise.heads_box(line.text):
            continue
        line.dropped = True
        box = line.block
        while (parent := box.parent) and headline and not layout.holds(parent, headline.first) and layout.starts[parent.at] == i and parent.at:
            box = parent
        if layout.starts[box.at] < i:  # the box, or the whole text, is a run of lines in one element
            for held in layout.lines[i + 1 : layout.stops[box.at]]:
                if not _is_listed(held):
                    break
                held.dropped = True
            continue
        if layout.holds(box, headline.first) if headline else box.at == 0:
            box = line.first
        for held in layout.held(box):
            held.dropped = True
        if layout.stops[box.at] > i + 1 or box.parent is None:
            continue
        siblings = box.parent.children
        for at in range(box.place + 1, len(siblings)):
            following = layout.held(siblings[at])
            if not all(map(_is_listed, following)):
                break
            for held in following:
                held.dropped = True


def _is_listed(line: _Line) -> bool:
    return line.linked or noise.is_dateline(line.text) or noise.is_listed_link(line.text)


def _region(layout: _Layout, headline: _Line | None) -> Node | None:
    """The element of the article: the smallest around the headline beyond which no half as much text is found again; None without text.

    Without a headline, the smallest element with four fifths of the text.
    """
    sums = [0]
    for line in layout.lines:
        sums.append(sums[-1] + line.weight)

    def weight(node: Node) -> int:
        return sums[layout.stops[node.at]] - sums[layout.starts[node.at]]

    root = layout.tree.nodes[0]
    if weight(root) == 0:
        return None
    if headline is None:
        node = root
        while heavier := [child for child in node.children if weight(child) * 5 >= weight(root) * 4]:
            node = heavier[0]
        return node.parent if node.parent and not node.is_block else node
    best = node = headline.block
    while node.parent is not None:
        node = node.parent
        if 2 * weight(node) > 3 * weight(best):
            best = node
    return best


def _kept(layout: _Layout, region: Node, headline: _Line | None) -> list[str]:
    """The lines of the article: from the headline on, before it only a date line next to it."""
    lines = layout.held(region)
    first = lines.index(headline) if headline in lines else 0
    kept = [line.text for line in lines[max(0, first - 2) : first] if not line.dropped and (noise.is_dateline(line.text) or noise.is_stamp(line.text))]
    for line in lines[first:]:
        link = line.linked and not noise.is_caption(line.text) and not noise.is_byline(line.text)
        if line is headline or not (line.dropped or link or noise.is_tool(line.text)):
            kept.append(line.text)
    return kept + _signed(layout, region)


def _signed(layout: _Layout, region: Node) -> list[str]:
    """The author's name where a table has it in a row of its own under that of the text."""
    row = region.parent
    if region.tag != "td" or row is None or row.parent is None or layout.stops[region.at] < layout.stops[row.at]:
        return []
    below = layout.lines[layout.stops[row.at] : layout.stops[row.parent.at]][:1]
    return [line.text for line in below if not (line.dropped or line.linked) and noise.is_byline(line.text)]


def _stamped(layout: _Layout, region: Node) -> str | None:
    """The day of a <time> element between the article's beginning and its first paragraph."""
    start, stop = layout.starts[region.at], layout.stops[region.at]
    text = next(at for at in range(start, stop) if layout.lines[at].weight)
    for node in layout.tree.nodes[region.at : layout.ends[region.at]]:
        at = layout.starts[node.at]
        if at > text:
            return None
        if node.stamp and not layout.lines[at].dropped and (found := html_meta.day(node.stamp)):
            return found
    return None
