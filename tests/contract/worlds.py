"""Seeded documents and requests for the contract suite: small alphabets, so that sets, counts and ties are rich."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from indexer.engine.contract import (
    AllOf,
    AnyOf,
    BestOf,
    ConstantScore,
    Constraint,
    Exists,
    FacetRequest,
    HasAny,
    HasNear,
    HasPhrase,
    HasPrefix,
    HasTerm,
    IndexDocument,
    InRange,
    Match,
    MatchAll,
    MatchNone,
    Request,
    Score,
    Spans,
    TermScore,
    Without,
)
from indexer.engine.schema import (
    BODY_FOLDED,
    BODY_SENTENCES,
    BODY_SYLLABLES,
    BODY_WORDS,
    DATE_FROM,
    DATE_TO,
    GROUP,
    OFFICIAL_POST,
    PAIR,
    PARAGRAPH,
    POSTS_OF_OFFICIAL,
    TITLE_SYLLABLES,
)
from indexer.models import RawArticle, Report, StoredReport
from indexer.query import Sort

SYLLABLES = ("đắk", "đăk", "dak", "lắk", "lạc", "ủy", "ban", "bản", "tỉnh", "tinh", "xã", "3", "35", "2026", "q", "ư", "𠮷")
WORDS = ("ủy_ban", "đắk_lắk", "tỉnh", "xã")
# Ids that a query language or a pattern might take for its own.
TOPICS = ("kinh-te", "a.b*", "x (y)", "Đảng", "đảng", 'c"d', "e|f", "[g]", "h\\i")
OFFICIALS = tuple(f"người {number}" for number in range(25))
POSTS = ("bí thư", "chủ tịch hđnd xã", "phó chủ tịch", "giám đốc")
YEARS = (2024, 2025, 2026)
POSITIONS = (TITLE_SYLLABLES, BODY_SYLLABLES, BODY_FOLDED)
TEXTS = (*POSITIONS, BODY_WORDS)
NEVER = "document"  # a facet of which no generated document has a value


def stored(name: str, note: str = "") -> StoredReport:
    """A record as small as it gets; `note` tells versions of one id apart."""
    raw = RawArticle(name, f"văn bản {note}", "utf-8", "0" * 64, path=f"/reports/{name}")
    report = Report(name, "báo", None, "utf-8", "0" * 64, title=f"{name} {note}".strip(), title_inferred=False, body=note)
    return StoredReport(report, raw, fingerprint=f"{name}:{note}", first_seen="2026-01-02T03:04:05+00:00", indexed_at="2026-01-02T03:04:05+00:00")


def document(
    name: str,
    body: str = "đắk lắk",
    *,
    topics: tuple[str, ...] = (),
    date: int | None = None,
    note: str = "",
) -> IndexDocument:
    """A document made by hand; every text field begins with the paragraph mark, as build.py makes them."""
    text = dict.fromkeys(TEXTS, f"{PARAGRAPH} {body}")
    text[BODY_SENTENCES] = " ".join([PARAGRAPH, *sentences(random.Random(len(body)), len(body.split()))])
    numbers = {} if date is None else {DATE_FROM: date, DATE_TO: date}
    return IndexDocument(name, text, {"topic": topics}, numbers, stored(name, note))


def documents(seed: int, count: int) -> list[IndexDocument]:
    """`count` random documents; about every fifth is a twin of the one before but for its id, so that ties go down to the id. Each third has a group."""
    rng = random.Random(seed)
    made: list[IndexDocument] = []
    for number in range(count):
        name = f"{rng.choice(('r', 'R', 'đ'))}{number:03}"
        if made and rng.random() < 0.2:
            made.append(replace(made[-1], id=name, stored=stored(name)))
        else:
            made.append(_random_document(rng, name))
    return [replace(d, keywords={**d.keywords, GROUP: (f"nhóm {at % 8}",)}) if at % 3 == 0 else d for at, d in enumerate(made)]


def sentences(rng: random.Random, count: int) -> str:
    """The marks of a paragraph of `count` tokens, parted into sentences by chance."""
    marks = ""
    while len(marks) < count:
        length = rng.randint(1, min(6, count - len(marks)))
        marks += "." if length == 1 else "[" + "-" * (length - 2) + "]"
    return marks


def _random_document(rng: random.Random, name: str) -> IndexDocument:
    def text(alphabet: tuple[str, ...], longest: int) -> str:
        paragraphs = [" ".join(rng.choices(alphabet, k=rng.randint(1, longest))) for _ in range(rng.randint(1, 3))]
        return " ".join(f"{PARAGRAPH} {paragraph}" for paragraph in paragraphs)

    held = [(official, rng.choice(POSTS)) for official in {_skewed(rng, OFFICIALS) for _ in range(rng.randint(0, 4))}]
    keywords: dict[str, tuple[str, ...]] = {
        "topic": tuple({_skewed(rng, TOPICS) for _ in range(rng.randint(0, 3))}),
        "official": tuple(official for official, _ in held),
        "post": tuple({post for _, post in held if rng.random() < 0.8}),
        OFFICIAL_POST: tuple(f"{official}{PAIR}{post}" for official, post in held),
        # Two keys of each official on the left, so that one report often has a post beside both.
        POSTS_OF_OFFICIAL: tuple(f"{key}{PAIR}{post}" for official, post in held for key in (official, official.replace("ư", "u"))),
        "province": tuple(rng.sample(("P66a", "P64a", "P06a"), rng.randint(0, 2))),
    }
    numbers: dict[str, int] = {}
    if rng.random() < 0.8:
        year, month = rng.choice(YEARS), rng.randint(1, 12)
        numbers = {DATE_FROM: year * 10_000 + month * 100 + 1, DATE_TO: year * 10_000 + month * 100 + rng.choice((1, 28))}
        keywords["year"] = (str(year),)
        keywords["month"] = (f"{year}-{month:02}",)

    def beside(body: str, choices: tuple[str, ...]) -> str:
        """Other tokens at the same positions."""
        return " ".join(PARAGRAPH if token == PARAGRAPH else rng.choice(choices) for token in body.split())

    body = text(SYLLABLES, 11)
    made = {
        TITLE_SYLLABLES: text(SYLLABLES, 3),
        BODY_SYLLABLES: body,
        BODY_FOLDED: beside(body, SYLLABLES[:6]),
        BODY_SENTENCES: " ".join(" ".join([PARAGRAPH, *sentences(rng, len(p.split()))]) for p in body.split(PARAGRAPH)[1:]),
        BODY_WORDS: text(WORDS, 5),
    }
    return IndexDocument(name, made, keywords, numbers, stored(name))


def _skewed(rng: random.Random, values: tuple[str, ...]) -> str:
    return values[min(int(rng.expovariate(4 / len(values))), len(values) - 1)]


class Requests:
    """An endless supply of requests about some documents, the same for the same seed."""

    def __init__(self, seed: int, documents: list[IndexDocument]) -> None:
        self._rng = random.Random(seed)
        self._documents = documents

    def request(self) -> Request:
        rng = self._rng
        sorts: tuple[Sort, ...] = ("relevance", "newest", "oldest")
        return Request(
            match=self.match(3),
            constraints=tuple(Constraint(self._owners(), self.match(1)) for _ in range(rng.choice((0, 0, 1, 2, 3)))),
            scores=tuple(self.score() for _ in range(rng.choice((0, 1, 2, 5)))),
            sort=rng.choices(sorts, (5, 1, 1))[0],
            limit=1_000,
            facets=tuple(self._facet(name) for name in rng.sample(("topic", "official", "post", "year", NEVER), rng.choice((0, 1, 2, 4)))),
        )

    def match(self, depth: int) -> Match:
        rng = self._rng
        leaves: list[tuple[int, Callable[[], Match]]] = [
            (4, lambda: HasTerm(rng.choice(TEXTS), self._token())),
            (3, self._phrase),
            (3, self._near),
            (2, lambda: HasPrefix(rng.choice(TEXTS), rng.choice(("đ", "đắ", "3", "ủy_", "𠮷", "zz", "")))),
            (
                3,
                lambda: HasAny(
                    rng.choice(("topic", "official", "province")), tuple(rng.sample((*TOPICS, *OFFICIALS[:5], "P66a", "nobody"), rng.randint(1, 6)))
                ),
            ),
            (1, lambda: HasTerm("topic", rng.choice(TOPICS))),
            (1, lambda: HasAny("id", tuple(d.id for d in rng.sample(self._documents, 5)))),
            (2, lambda: Exists(rng.choice(("topic", "post", "year", DATE_TO, NEVER)))),
            (2, self._range),
            (1, MatchAll),
            (1, MatchNone),
        ]
        inner: list[tuple[int, Callable[[], Match]]] = [
            (6, lambda: AllOf(self._children(depth, 0, 3))),
            (6, lambda: AnyOf(self._children(depth, 0, 5), rng.choice((1, 1, 1, 2, 3)))),
            (3, lambda: Without(self.match(depth - 1))),
        ]
        choices = leaves if depth == 0 else leaves + inner
        return rng.choices([make for _, make in choices], [weight for weight, _ in choices])[0]()

    def score(self) -> Score:
        rng = self._rng
        kind = rng.choices(("term", "constant", "best"), (6, 3, 2))[0]
        if kind == "term":
            return TermScore(rng.choice(TEXTS), self._token(), rng.choice((0.3, 1.0, 2.5)))
        if kind == "constant":
            return ConstantScore(self.match(1), rng.choice((0.5, 1.0, 3.0)))
        terms = tuple(TermScore(rng.choice(TEXTS), self._token(), rng.choice((0.5, 1.0))) for _ in range(rng.randint(1, 3)))
        return BestOf((*terms, ConstantScore(self.match(0), 0.7)))

    def _children(self, depth: int, least: int, most: int) -> tuple[Match, ...]:
        return tuple(self.match(depth - 1) for _ in range(self._rng.randint(least, most)))

    def _owners(self) -> frozenset[str]:
        return frozenset(self._rng.sample(("topic", "official", "post", "year"), self._rng.choice((0, 1, 1, 2))))

    def _token(self) -> str:
        """Not the paragraph mark: the score of a token of every document is tantivy's rounding (2e-5 of itself at 300 documents, more with more)."""
        return self._rng.choice((*SYLLABLES, *SYLLABLES, *WORDS, "nowhere"))

    def _phrase(self) -> Match:
        """Cut from a document, or put together by chance; also across a paragraph's border."""
        rng = self._rng
        field = rng.choice(POSITIONS)
        tokens = rng.choice(self._documents).text[field].split()
        length = rng.randint(2, 4)
        start = rng.randrange(len(tokens))
        cut = tuple(tokens[start : start + length])
        return HasPhrase(field, cut if len(cut) > 1 and rng.random() < 0.8 else tuple(rng.choices(SYLLABLES[:6], k=2)))

    def _near(self) -> Match:
        """Within the title or the body, there also over both of its fields."""
        rng = self._rng
        fields = rng.choice(((TITLE_SYLLABLES,), (BODY_SYLLABLES, BODY_FOLDED)))
        left, right = (Spans(rng.choice(fields), tuple(self._sequence() for _ in range(rng.choice((1, 1, 2, 3))))) for _ in range(2))
        return HasNear(left, left if rng.random() < 0.2 else right, rng.choice((None, None, 0, 1, 2, 3, 5, 100)))

    def _sequence(self) -> tuple[str, ...]:
        return tuple(self._rng.choices(SYLLABLES[:8], k=self._rng.choice((1, 1, 1, 2, 2, 3))))

    def _range(self) -> Match:
        rng = self._rng
        low, high = (rng.choice((None, rng.choice(YEARS) * 10_000 + rng.randint(1, 12) * 100 + rng.choice((1, 15, 28)))) for _ in range(2))
        return InRange(rng.choice((DATE_FROM, DATE_TO)), low, high)

    def _facet(self, name: str) -> FacetRequest:
        rng = self._rng
        limit = rng.choice((0, 1, 3, 10, 100))
        if name == "post" and rng.random() < 0.7:
            lefts = [key for official in rng.sample(OFFICIALS[:8], rng.randint(1, 3)) for key in (official, official.replace("ư", "u"))]
            chosen = tuple(lefts[: rng.randint(1, len(lefts))])
            return FacetRequest(
                name, POSTS_OF_OFFICIAL, limit, lefts=chosen, always=tuple(rng.sample((*POSTS, "nobody"), rng.randint(0, 2))), only=self._only(POSTS)
            )
        values = {"topic": TOPICS, "official": OFFICIALS, "post": POSTS, "year": ("2024", "2025", "1999"), NEVER: ("none",)}[name]
        return FacetRequest(name, name, limit, always=self._some(values, 0, min(2, len(values))), only=self._only(values))

    def _some(self, values: tuple[str, ...], least: int, most: int) -> tuple[str, ...]:
        return tuple(self._rng.sample(values, self._rng.randint(least, most)))

    def _only(self, values: tuple[str, ...]) -> frozenset[str] | None:
        return None if self._rng.random() < 0.7 else frozenset(self._some(values, 0, len(values)))
