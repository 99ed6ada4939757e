"""HTML -> a tree of what a reader sees, and the metadata of its head. Nothing is fetched, no entity is defined, nothing recurses.

lxml's event interface parses: unlike every tree builder tried (docs/html.md) it takes time linear in any page, also one of
100,000 nested elements or attributes. The tree is built here, in bounds; a page beyond them is rejected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Portals' pages nest 20 to 40 deep and have 500 to 5,000 elements.
MAX_DEPTH = 500
MAX_ELEMENTS = 200_000
_MAX_SCRIPT = 1_000_000  # characters of JSON-LD kept; an article's has 1,000 to 5,000

_UNSEEN = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video select option optgroup datalist button textarea input dialog head map"
    .split()
)  # fmt: skip
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p q rp rt ruby s samp small span strike strong sub sup"
    " time tt u var wbr".split()
)
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
# The day of a change, not of publication; WordPress gives both names to the stamp of a page never changed.
_CHANGED = re.compile(r"(?<![a-z])(?:updated?|last-?updated?|modified|last-?modified)(?![a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(slots=True, eq=False)
class Node:
    """An element, or a run of text (`tag` "", its text in `pieces`). `at`: its place in Tree.nodes, `place`: among its parent's children.

    `marks`: class, id and role in small letters, words parted by hyphens or spaces; `stamp`: the datetime of a <time>."""

    tag: str
    at: int
    parent: Node | None = None
    marks: str = ""
    stamp: str = ""
    pieces: list[str] = field(default_factory=list)
    place: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        return self.tag not in _INLINE and self.tag != ""

    @property
    def tells_change(self) -> bool:
        """Whether it says by its name that it holds the day of a change."""
        return _CHANGED.search(self.marks) is not None and "publish" not in self.marks


@dataclass(slots=True)
class Tree:
    """`nodes`: all elements and texts that are seen, each after its parent, in reading order; the first is the root.

    `metas`: (name, content) of meta elements and of elements with an itemprop; `links`: (rel, href); `scripts`: JSON-LD.
    """

    nodes: list[Node]
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""


def parse(html: str) -> Tree:
    """The tree of a page. Raises ValueError, its message a reason for the user, for a page beyond the bounds or without elements."""
    from lxml import etree  # here: only who reads HTML pays for it

    builder = _Builder()
    parser = etree.HTMLParser(target=builder, encoding="utf-8", no_network=True)
    try:
        parser.feed(html.encode())
        parser.close()
    except etree.LxmlError as error:
        raise ValueError(f"not HTML: {error.msg}") from None
    return builder.tree


class _Builder:
    """The target of lxml's events."""

    def __init__(self) -> None:
        self._open = [Node("body", 0)]
        self._unseen = 0  # open elements that nobody sees, or within one
        self._tags: list[str] = []
        self._elements = 0
        self._kept: list[str] | None = None  # collects the text of a JSON-LD script or of <title>
        self.tree = Tree([self._open[0]])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._tags.append(tag)
        if len(self._tags) > MAX_DEPTH:
            raise ValueError(f"HTML elements nested more than {MAX_DEPTH:,} deep: no article's page")
        if self._elements > MAX_ELEMENTS:
            raise ValueError(f"more than {MAX_ELEMENTS:,} HTML elements: no single article")
        self._describe(tag, attributes)
        marks = " ".join((attributes.get("class", ""), attributes.get("id", ""), attributes.get("role", "")))[:1000]
        node = Node(tag, len(self.tree.nodes), self._open[-1], _CAMEL.sub("-", marks).lower(), attributes.get("datetime", "") if tag == "time" else "")
        hidden = "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")[:1000])
        if self._unseen or tag in _UNSEEN or hidden or (tag == "time" and node.tells_change):
            self._unseen += 1
        if self._unseen or tag in ("html", "body"):
            self._open.append(self._open[-1])
            return
        self._add(node, self._open[-1])
        self._open.append(node)

    def end(self, tag: str) -> None:
        if tag not in self._tags[-50:]:
            return  # the parser balances its events; were one stray, the tree would stay whole
        while self._tags:
            last = self._tags.pop()
            self._open.pop()
            self._unseen = max(0, self._unseen - 1)
            if last == tag:
                break
        if tag in ("script", "title") and self._kept is not None:
            text, self._kept = "".join(self._kept), None
            if tag == "script":
                self.tree.scripts.append(text)
            else:
                self.tree.title = self.tree.title or text

    def data(self, data: str) -> None:
        if self._kept is not None:
            self._kept.append(data)
        elif not self._unseen:
            parent = self._open[-1]
            if not parent.children or parent.children[-1].tag:
                self._add(Node("", len(self.tree.nodes), parent), parent)
            parent.children[-1].pieces.append(data)

    def _add(self, node: Node, parent: Node) -> None:
        node.place = len(parent.children)
        parent.children.append(node)
        self.tree.nodes.append(node)

    def close(self) -> None:
        """Part of lxml's interface."""

    def _describe(self, tag: str, attributes: dict[str, str]) -> None:
        tree = self.tree
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if tag == "meta":
            tree.metas.append((name.lower(), attributes.get("content", "")))
        elif attributes.get("itemprop", "").lower() == "datepublished":
            tree.metas.append(("datepublished", attributes.get("content") or attributes.get("datetime") or ""))
        elif tag == "link":
            tree.links.append((attributes.get("rel", "").lower(), attributes.get("href", "")))
        elif tag == "title" or (tag == "script" and attributes.get("type", "").strip().lower() == "application/ld+json"):
            if self._kept is None and sum(map(len, tree.scripts)) < _MAX_SCRIPT:
                self._kept = []
