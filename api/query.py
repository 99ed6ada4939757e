"""The query language: text -> a tree of query.Node, and back.

    đắk lắk kinh tế              words: all of them, in any of their variants; a run of words is one operand
    "tổ chức lễ"  “…”  «…»       phrase: adjacent, exact in its marks if it holds any
    kinh tế OR du lịch           AND, OR, NOT in capitals; NOT binds tighter than AND (also unwritten), then OR
    NOT (a OR b)                 brackets group
    đắk*                         every word that begins so
    UBND NEAR/5 "thủy sản"       two words or phrases with at most five words between, in either order; NEAR/s: in one sentence; binds tightest
    tỉnh:"Đắk Lắk" year:2024     field:value, a facet by its English or Vietnamese name (labels.FIELD_NAMES)
    năm:2019..2021 date:2020-03..  field:low..high, of year, month, period and date, both included, either end open

Whatever else stands in a query is ordinary text: `18-NQ/TW`, `14:00`, `a/b`, `C++`. Nothing is guessed: what looks like an
operator of ours or of a common search engine and cannot be honoured is an error at its character, never another query.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from api.labels import field_of
from api.times import begins_time, is_of_time, of_time
from api.visible import shortened
from indexer.errors import QuerySyntaxError
from indexer.query import AllReports, And, Near, Node, Not, Or, Phrase, Prefix, Range, Where, Words

# Our own caps, the same on both engines: they die or refuse at depths and sizes of their own (study/reliability.md, case 17).
MAX_LENGTH = 10_000
MAX_DEPTH = 24
MAX_OPERANDS = 64
MAX_PREFIX = 60  # characters before *, combining marks included; no Vietnamese syllable has more than 7 letters
MAX_BETWEEN = 100  # words between the two of NEAR: some four sentences; what is further apart has nothing to do with the other

_QUOTES = {'"': '"', "“": "”“", "”": "”“", "„": "”“", "«": "»", "»": "»«"}  # opening -> what closes it
_ENDS = frozenset('()"“”„«»')
_SPACES = frozenset("\b\t\n\v\f\r")  # the format effectors, which a text copied from a PDF holds (two questions of ALQAC have a backspace)
_NO_BRACKETS = str.maketrans("()", "  ")
_BETWEEN = re.compile(r"NEAR/(?:(\d{1,9})|s)", re.ASCII)

_Kind = Literal["word", "leaf", "NEAR", "AND", "OR", "NOT", "(", ")"]

_SIGNS: dict[str, _Kind] = {"AND": "AND", "OR": "OR", "NOT": "NOT", "(": "(", ")": ")"}


@dataclass(frozen=True, slots=True)
class _Token:
    """`start`/`end` cover it in the query; `node`: what a leaf other than a word is."""

    kind: _Kind
    text: str
    start: int
    end: int
    node: Phrase | Prefix | Where | Range | None = None


def parse(text: str) -> Node:
    """The tree of a query; AllReports for a blank one. `start` is the place in `text` of what a leaf holds: of a field its value, of a Near its sign.

    Raises QuerySyntaxError, and nothing else, with the 0-based character that is wrong.
    """
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(f"a query may have {MAX_LENGTH:,} characters at most", MAX_LENGTH)
    for position, character in enumerate(text):
        if unicodedata.category(character) in ("Cc", "Cs") and character not in _SPACES:
            raise QuerySyntaxError(f"the character {shortened(character)} cannot stand in a query", position)
    tokens = list(_tokens(text))
    return _Parser(text, tokens).query() if tokens else AllReports()


def unparse(node: Node) -> str:
    """A query that parses to `node` (places aside). Raises ValueError for a text that no kind of quotes can hold."""
    if isinstance(node, AllReports):
        return ""
    if isinstance(node, Words):
        return node.text
    if isinstance(node, Phrase):
        return _quoted(node.text)
    if isinstance(node, Prefix):
        return f"{node.text}*"
    if isinstance(node, Where):
        return f"{node.field}:{_quoted(node.value)}"
    if isinstance(node, Range):
        return f"{node.field}:{node.low}..{node.high}"
    if isinstance(node, Near):
        return f"{unparse(node.left)} NEAR/{'s' if node.most is None else node.most} {unparse(node.right)}"
    if isinstance(node, Not):
        return f"NOT {_grouped(node.child, And, Or)}"
    if isinstance(node, And):
        return " AND ".join(_grouped(child, And, Or) for child in node.children)
    return " OR ".join(_grouped(child, Or) for child in node.children)


def _grouped(node: Node, *kinds: type[And] | type[Or]) -> str:
    inner = unparse(node)
    return f"({inner})" if isinstance(node, kinds) else inner


def _quoted(text: str) -> str:
    for opening in '"“«':
        closers = _QUOTES[opening]
        if not any(c in text for c in closers):
            return f"{opening}{text}{closers[0]}"
    raise ValueError(f"no quotes can hold {text!r}")


# ---------------------------------------------------------------- characters -> tokens


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        character = text[at]
        if character.isspace():
            at += 1
            continue
        if character in _SIGNS:
            token = _Token(_SIGNS[character], character, at, at + 1)
        elif character in _QUOTES:
            token = _phrase(text, at)
        else:
            token = _chunk(text, at)
        yield token
        at = token.end


def _phrase(text: str, start: int) -> _Token:
    end = _closing(text, start)
    if not _has_word(text[start + 1 : end]):
        raise QuerySyntaxError("there is no word between these quotes", start)
    if text[end + 1 : end + 2] in ("~", "^"):
        raise QuerySyntaxError(f"{text[end + 1]} after a phrase is not supported; leave it out", end + 1)
    return _Token("leaf", text[start : end + 1], start, end + 1, Phrase(text[start + 1 : end], start + 1))


def _closing(text: str, start: int) -> int:
    closers = _QUOTES[text[start]]
    for position in range(start + 1, len(text)):
        if text[position] in closers:
            return position
    raise QuerySyntaxError(f"this quotation mark is not closed; add {closers[0]} at the end of the phrase", start)


def _chunk(text: str, start: int) -> _Token:
    """What stands between blanks, quotes and brackets: an operator, a field with its value, a prefix or a word."""
    end = start
    while end < len(text) and text[end] not in _ENDS and not text[end].isspace():
        end += 1
    chunk = text[start:end]
    if chunk in _SIGNS:
        return _Token(_SIGNS[chunk], chunk, start, end)
    if chunk.startswith("NEAR/"):
        _between(chunk, start)
        return _Token("NEAR", chunk, start, end)
    name, colon, value = chunk.partition(":")
    field = field_of(name) if colon else None
    if field is not None:
        return _field(text, start, end, field, value)
    _check_minus(text, start, end)
    star = chunk.find("*")
    if star >= 0:
        return _prefix(chunk, start, star)
    if chunk.rstrip("0123456789").endswith("~") and chunk.rstrip("0123456789~")[-1:].isalpha():
        raise QuerySyntaxError("~ after a word is not supported; leave it out, or write the word in quotes", start + chunk.rindex("~"))
    return _Token("word", chunk, start, end)


def _between(sign: str, start: int) -> int | None:
    """How many words may stand between; None for one sentence."""
    found = _BETWEEN.fullmatch(sign)
    if found is None:
        raise QuerySyntaxError("write NEAR/5 for at most five words between, NEAR/s for one sentence; in quotes it is text", start)
    if found[1] is None:
        return None
    if int(found[1]) > MAX_BETWEEN:
        raise QuerySyntaxError(f"NEAR allows {MAX_BETWEEN} words between at most; for more, write AND, or NEAR/s for one sentence", start + len("NEAR/"))
    return int(found[1])


def _field(text: str, start: int, end: int, field: str, value: str) -> _Token:
    name = text[start : text.index(":", start)]
    at = end - len(value)
    if not value:
        if end == len(text) or text[end] not in _QUOTES:
            raise QuerySyntaxError(f'{name}: needs a value right after the colon, as in {name}:"…"; to search for the text, write it in quotes', end)
        closing = _closing(text, end)
        at, value = end + 1, text[end + 1 : closing]
        if not value.strip():
            raise QuerySyntaxError(f"{name}: has an empty value", end)
        end = closing + 1
    elif "*" in value:
        raise QuerySyntaxError("* cannot stand in the value of a field", at + value.index("*"))
    return _Token("leaf", text[start:end], start, end, of_time(field, name, value, at) or Where(field, value, at))


def _check_minus(text: str, start: int, end: int) -> None:
    """A minus glued to a phrase, a group or a field excludes it elsewhere; as text it would mean the opposite."""
    if text[start] != "-":
        return
    begins = start == 0 or text[start - 1].isspace() or text[start - 1] == "("  # not the hyphen of "kinh tế"-"xã hội"
    glued = begins and end == start + 1 and end < len(text) and (text[end] == "(" or text[end] in _QUOTES)
    name, colon, _ = text[start + 1 : end].partition(":")
    if glued or (colon and field_of(name) is not None):
        raise QuerySyntaxError("to leave something out, write NOT before it instead of -", start)


def _prefix(chunk: str, start: int, star: int) -> _Token:
    if star != len(chunk) - 1:
        raise QuerySyntaxError("* can only stand at the end of a word; to search for the text, write it in quotes", start + star)
    word = unicodedata.normalize("NFC", chunk[:star]) if star <= MAX_PREFIX else ""
    if not (word.isalpha() or (word.isascii() and word.isdigit())) or len(word) < 2:
        raise QuerySyntaxError(f"* needs one word before it, of 2 to {MAX_PREFIX} letters or of digits", start + star)
    return _Token("leaf", chunk, start, start + len(chunk), Prefix(chunk[:star], start))


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


# ---------------------------------------------------------------- tokens -> tree


class _Parser:
    """Recursive descent, one method a level of precedence; `depth` counts brackets and NOTs that are open."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0
        self._operands = 0

    def query(self) -> Node:
        node = self._either(0)
        if self._at < len(self._tokens):  # only a bracket stops the levels below before the end
            raise QuerySyntaxError("this bracket closes nothing", self._tokens[self._at].start)
        return node

    def _kind(self) -> _Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self, kind: _Kind) -> bool:
        taken = self._kind() == kind
        self._at += taken
        return taken

    def _either(self, depth: int) -> Node:
        children = [self._both(depth)]
        while self._take("OR"):
            children.append(self._both(depth))
        return Or(tuple(children)) if len(children) > 1 else children[0]

    def _both(self, depth: int) -> Node:
        children = self._adjacent(depth)
        while self._take("AND"):
            children += self._adjacent(depth)
        return And(tuple(children)) if len(children) > 1 else children[0]

    def _adjacent(self, depth: int) -> list[Node]:
        """Operands side by side; those without a letter or digit are passed over as long as another one stays."""
        first = self._at
        found: list[Node] = []
        while self._kind() not in (None, "AND", "OR", ")"):
            node = self._operand(depth)
            if isinstance(node, Words) and found and isinstance(found[-1], Words):
                found[-1] = self._joined(found[-1], node)
            elif node is not None:
                found.append(node)
        if self._at == first:
            raise self._missing()
        if not found:
            raise QuerySyntaxError("there is nothing to search for here: no letter and no digit", self._tokens[first].start)
        return found

    def _joined(self, left: Words, right: Words) -> Words:
        """Words that only brackets part are one run of words: in "khu kinh tế (KKT) Dung Quất" none binds more than another."""
        whole = self._text[left.start : right.start + len(right.text)]
        return Words(whole.translate(_NO_BRACKETS), left.start)

    def _operand(self, depth: int) -> Node | None:
        """One operand, or two joined by NEAR; None for a run of words that holds no letter and no digit."""
        first = self._at
        node = self._single(depth)
        if self._kind() != "NEAR":
            return node
        sign = self._tokens[self._at]
        left = self._side(node, first, sign)
        self._at += 1
        if self._kind() in (None, "NEAR", "AND", "OR", ")"):
            raise self._missing()
        first = self._at
        if self._kind() in ("NOT", "("):
            raise self._unfit(sign, self._tokens[first].start)
        right = self._side(self._single(depth), first, sign)
        if self._kind() == "NEAR":
            raise QuerySyntaxError("NEAR joins two words or phrases; for three, write a NEAR/5 b AND b NEAR/5 c", self._tokens[self._at].start)
        return Near(left, right, _between(sign.text, sign.start), sign.start)

    def _side(self, node: Node | None, first: int, sign: _Token) -> Words | Phrase:
        """What stands in tokens [first, here) beside NEAR: a phrase, or one word (signs around it are passed over)."""
        if self._tokens[first].kind == "(":
            raise self._unfit(sign, self._tokens[first].start)
        if isinstance(node, Phrase):
            return node
        words = [token for token in self._tokens[first : self._at] if _has_word(token.text)]
        if isinstance(node, Words) and len(words) == 1:
            return Words(words[0].text, words[0].start)
        raise self._unfit(sign, words[0].start if words else self._tokens[first].start)

    @staticmethod
    def _unfit(sign: _Token, position: int) -> QuerySyntaxError:
        return QuerySyntaxError(f"{sign.text} needs one word or a phrase on either side: put several words in quotes, and AND beside them", position)

    def _single(self, depth: int) -> Node | None:
        token = self._tokens[self._at]
        if token.kind in ("NOT", "(") and depth == MAX_DEPTH:
            raise QuerySyntaxError(f"brackets and NOTs may be {MAX_DEPTH} deep at most", token.start)
        if token.kind == "NEAR":
            raise self._missing()
        if token.kind == "word":
            self._check_range(token)
            return self._words()
        self._at += 1
        if token.kind == "NOT":
            return self._negated(token, depth + 1)
        if token.kind == "(":
            node = self._either(depth + 1)
            if not self._take(")"):
                raise QuerySyntaxError("this bracket is not closed", token.start)
            return node
        self._count(token)
        return token.node

    def _check_range(self, token: _Token) -> None:
        """`year:2019 .. 2021` would search for a number; `year:2019.. 100 ngày` does."""
        before = self._tokens[self._at - 1] if self._at else None
        if before is None or not is_of_time(before.node):
            return
        if token.text.startswith("..") or (before.text.endswith("..") and begins_time(token.text)):
            raise QuerySyntaxError("a range is written without spaces: year:2019..2021; a number that is text is put in quotes", token.start)

    def _negated(self, token: _Token, depth: int) -> Node:
        if self._kind() in (None, "AND", "OR", ")"):
            raise self._missing()
        child = self._operand(depth)
        if child is None:
            raise QuerySyntaxError("NOT has nothing to leave out: no letter and no digit follows it", token.start)
        return Not(child)

    def _words(self) -> Words | None:
        first = self._tokens[self._at]
        while self._take("word"):
            last = self._tokens[self._at - 1]
        text = self._text[first.start : last.end]
        if not _has_word(text):
            return None
        self._count(first)
        return Words(text, first.start)

    def _count(self, token: _Token) -> None:
        self._operands += 1
        if self._operands > MAX_OPERANDS:
            raise QuerySyntaxError(f"a query may have {MAX_OPERANDS} parts at most", token.start)

    def _missing(self) -> QuerySyntaxError:
        """Why no operand stands here."""
        before = self._tokens[self._at - 1] if self._at else None
        here = self._tokens[self._at] if self._at < len(self._tokens) else None
        literal = "write it small or in quotes to search for the word"
        if before is not None and before.kind != "(":
            return QuerySyntaxError(f"{before.text} has nothing after it; {literal}", before.start)
        if here is None or here.kind == ")":
            if before is None:
                return QuerySyntaxError("this bracket closes nothing", self._tokens[self._at].start)
            return QuerySyntaxError("this bracket is not closed" if here is None else "there is nothing between these brackets", before.start)
        return QuerySyntaxError(f"{here.text} has nothing before it; {literal}", here.start)
