"""SearchQuery + Analyzer -> Plan: sets, scores and facet requests in the engine's terms, the same for both engines.

The set: an unquoted word is matched without marks in title or body, in any of its variants; a phrase typed with marks is
matched in the syllables with marks. What the words are worth is ranking.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice

from analyzers import Analyzer, Unit, Variant
from analyzers.fold import has_marks
from indexer import facets
from indexer.closeness import Word
from indexer.engine.contract import (
    AllOf,
    AnyOf,
    Constraint,
    FacetRequest,
    HasAny,
    HasNear,
    HasPrefix,
    InRange,
    Match,
    MatchAll,
    MatchNone,
    Score,
    Spans,
    Without,
)
from indexer.engine.ranking import MAX_RUNS, WEIGHT_WHOLE, Run, TermScores, fields, in_any, run_of, runs
from indexer.engine.schema import (
    DATE_FROM,
    DATE_TO,
    NO_VALUE,
    OFFICIAL_POST,
    OFFICIALS_OF_POST,
    PAIR,
    POSTS_OF_OFFICIAL,
)
from indexer.errors import InvalidFilter, QuerySyntaxError
from indexer.naming import Named, named
from indexer.query import DATE, AllReports, And, Filter, Near, Node, Not, Or, Phrase, Prefix, Range, SearchQuery, Where, Words

# Our own caps, the same for both engines (Elasticsearch stops at 8,192 clauses; a unit makes at most some 20 of them).
MAX_UNITS = 200
MAX_PHRASE_TOKENS = 100
# Lucene writes a window out for every pair of forms of its sides, in title and body and in either order, with a clause for each token.
MAX_NEAR_CLAUSES = 1_000
# The embedded engine reads the reports of each: 0.4 s of processor time for the commonest words of 5,452 articles (embedded_near.py).
MAX_NEARS = 8


@dataclass(frozen=True, slots=True)
class Pattern:
    """A token sequence that a highlight marks: with marks (`syllables`) or without; `prefix`: the only token is a beginning."""

    tokens: tuple[str, ...]
    folded: bool
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """`relaxed`: the reports that lack one word of the query (None where no word can be spared).

    `runs`: words side by side, whose part of the score waits for their counts (ranking.run_scores).
    `words`: what a report is wanted for, whose part waits for the first hits (closeness.close).
    """

    match: Match
    relaxed: Match | None
    scores: tuple[Score, ...]
    runs: tuple[Run, ...]
    words: tuple[Word, ...]
    constraints: tuple[Constraint, ...]
    facets: tuple[FacetRequest, ...]
    patterns: tuple[Pattern, ...]
    reading: tuple[dict[str, object], ...] = field(default=())


def make_plan(query: SearchQuery, analyzer: Analyzer) -> Plan:
    """Raises QuerySyntaxError (position in the query) and InvalidFilter."""
    builder = _Builder(analyzer, query.match == "any")
    match = builder.match(query.tree)
    dates = _dates(query.date_from, query.date_to)
    include, exclude = _by_facet(query.filters, False), _by_facet(query.filters, True)
    relaxed = builder.relaxed(query.tree)
    return Plan(
        match=_all([match, *dates]),
        relaxed=None if relaxed is None else _all([relaxed, Without(match), *dates]),
        scores=builder.scores(query.tree),
        runs=tuple(islice(dict.fromkeys(builder.runs(query.tree)), MAX_RUNS)),
        words=tuple(dict.fromkeys(builder.words(query.tree))),
        constraints=tuple(_constraints(include, exclude)),
        facets=tuple(_facet_request(facets.check_facet(name), query.facet_limit, include, exclude) for name in dict.fromkeys(query.facets)),
        patterns=tuple(dict.fromkeys(builder.patterns(query.tree))),
        reading=tuple(builder.reading(query.tree)),
    )


# ---------------------------------------------------------------- the text


class _Builder:
    def __init__(self, analyzer: Analyzer, any_word: bool) -> None:
        self._analyzer = analyzer
        self._any_word = any_word
        self._units: dict[Words, list[Unit]] = {}
        self._places: dict[Words, tuple[Named, ...]] = {}
        self._phrases: dict[Phrase, list[Variant]] = {}
        self._nears: dict[Near, Match] = {}
        self._count = self._near_clauses = 0

    def units(self, node: Words) -> list[Unit]:
        if node not in self._units:
            units = self._analyzer.query(node.text)
            self._count += len(units)
            for unit in units:
                if max(len(v.tokens) for v in unit.variants) > MAX_PHRASE_TOKENS:
                    raise QuerySyntaxError(f"more than {MAX_PHRASE_TOKENS} words joined without a space", node.start + unit.start)
            if self._count > MAX_UNITS:
                over = units[max(0, len(units) - (self._count - MAX_UNITS))]
                raise QuerySyntaxError(f"a query may have {MAX_UNITS} words at most", node.start + over.start)
            self._units[node] = units
        return self._units[node]

    def phrase(self, node: Phrase) -> list[Variant]:
        if node not in self._phrases:
            variants = self._analyzer.phrase(node.text)
            if not variants or not variants[0].tokens:
                raise QuerySyntaxError("the quotes hold no word", node.start)
            if max(len(v.tokens) for v in variants) > MAX_PHRASE_TOKENS:
                raise QuerySyntaxError(f"a phrase may have {MAX_PHRASE_TOKENS} words at most", node.start)
            self._phrases[node] = variants
        return self._phrases[node]

    def prefixes(self, node: Prefix) -> tuple[str, ...]:
        """What the word may begin with: in its canonical spelling and as typed (`ky*` is both kì, written ki, and kyoto)."""
        tokens = self._analyzer.syllables(node.text)
        if len(tokens) != 1:
            raise QuerySyntaxError("a prefix must be one word of letters or of digits before the *", node.start)
        marked = has_marks(node.text)
        canonical = tokens[0].text if marked else tokens[0].folded
        typed = node.text[tokens[0].start : tokens[0].end].lower()
        return tuple(dict.fromkeys((canonical, typed)))

    def match(self, node: Node) -> Match:
        if isinstance(node, AllReports):
            return MatchAll()
        if isinstance(node, Words):
            matches = self.unit_matches(node)
            if not matches:
                raise QuerySyntaxError("there is no word to search for", node.start)
            return AnyOf(matches) if self._any_word and len(matches) > 1 else _all(matches)
        if isinstance(node, Phrase):
            marked = has_marks(node.text)
            return _variants_match(self.phrase(node), marked)
        if isinstance(node, Prefix):
            return AnyOf(tuple(HasPrefix(f, p) for f in fields(has_marks(node.text)) for p in self.prefixes(node)))
        if isinstance(node, Where):
            return _value_match(node)
        if isinstance(node, Range):
            return _range_match(node)
        if isinstance(node, Near):
            return self._near(node)
        if isinstance(node, Not):
            return Without(self.match(node.child))
        children = tuple(self.match(child) for child in node.children)
        return AnyOf(children) if isinstance(node, Or) else _all(children)

    def unit_matches(self, node: Words) -> tuple[Match, ...]:
        """What each unit is found by: its variants, or where it is part of a place's name the reports of that place."""
        matches = [_unit_match(unit) for unit in self.units(node)]
        for place in self.places(node):
            for at in range(place.first, place.last):
                matches[at] = AnyOf((matches[at], place.match))
        return tuple(matches)

    def places(self, node: Words) -> tuple[Named, ...]:
        if node not in self._places:
            self._places[node] = tuple(named(self.units(node)))
        return self._places[node]

    def _near(self, node: Near) -> Match:
        """In the title or in the body."""
        if node not in self._nears:
            if len(self._nears) >= MAX_NEARS:
                raise QuerySyntaxError(f"a query may have {MAX_NEARS} NEARs at most", node.start)
            sides = tuple(zip(self._spans(node.left), self._spans(node.right), strict=True))
            left, right = (side.sequences for side in sides[0])
            self._near_clauses += sum(len(one) + len(other) + 2 for one in left for other in right)
            if self._near_clauses > MAX_NEAR_CLAUSES:
                raise QuerySyntaxError("what stands beside NEAR is too long or can be written in too many ways: leave some of it out", node.start)
            self._nears[node] = AnyOf(tuple(HasNear(*spans, node.most) for spans in sides))
        return self._nears[node]

    def _spans(self, node: Words | Phrase) -> tuple[Spans, ...]:
        """Where one side of a Near stands: in the title and in the body, each in the field that its marks ask for."""
        if isinstance(node, Phrase):
            variants, marked = self.phrase(node), has_marks(node.text)
        else:
            units, marked = self.units(node), False
            if len(units) != 1:
                raise QuerySyntaxError("NEAR needs one word or a phrase on either side: put several words in quotes", node.start)
            variants = list(units[0].variants)
        return tuple(Spans(name, _sequences(variants, marked)) for name in fields(marked))

    def relaxed(self, tree: Node) -> Match | None:
        """All but one of the plain words at the top of the query; everything else as it is."""
        children = tree.children if isinstance(tree, And) else (tree,)
        words = [match for child in children if isinstance(child, Words) for match in self.unit_matches(child)]
        if self._any_word or len(words) < 2:
            return None
        rest = [self.match(child) for child in children if not isinstance(child, Words)]
        return _all([AnyOf(tuple(words), least=len(words) - 1), *rest])

    # -------------------------------------------------------- the score

    def scores(self, tree: Node) -> tuple[Score, ...]:
        """BM25 clauses of what was typed; what its runs add depends on counts (ranking.run_scores)."""
        terms = TermScores()
        for leaf in _positive_leaves(tree):
            if isinstance(leaf, Words):
                terms.add_units(self.units(leaf), self._analyzer.words(leaf.text))
            elif isinstance(leaf, Phrase):
                terms.add_variant(self.phrase(leaf)[0], has_marks(leaf.text), 1.0)
        return tuple(terms)

    def runs(self, tree: Node) -> Iterator[Run]:
        for leaf in _positive_leaves(tree):
            if isinstance(leaf, Words):
                yield from runs(self.units(leaf), has_marks(leaf.text))
            elif isinstance(leaf, Phrase):
                forms = _sequences(self.phrase(leaf), has_marks(leaf.text))
                if len(forms[0]) > 1:
                    yield run_of(forms, has_marks(leaf.text), WEIGHT_WHOLE)

    def words(self, tree: Node) -> Iterator[Word]:
        """None where any word will do: a question of thirty words is answered where a few of them stand, not where all are closest (V 86.4 -> 82.7)."""
        for leaf in () if self._any_word else _positive_leaves(tree):
            if isinstance(leaf, Words):
                yield from (_sequences(unit.variants, False) for unit in self.units(leaf))
            elif isinstance(leaf, Phrase):
                yield _sequences(self.phrase(leaf), False)

    # -------------------------------------------------------- what the reader sees

    def patterns(self, tree: Node) -> Iterator[Pattern]:
        for leaf in _positive_leaves(tree):
            if isinstance(leaf, Words):
                for unit in self.units(leaf):
                    yield from (Pattern(v.folded, True) for v in unit.variants)
                yield from (Pattern(other, True) for place in self.places(leaf) for other in place.others)
            elif isinstance(leaf, Phrase):
                marked = has_marks(leaf.text)
                yield from (Pattern(v.tokens if marked else v.folded, not marked) for v in self.phrase(leaf))
            elif isinstance(leaf, Prefix):
                yield from (Pattern((p,), not has_marks(leaf.text), prefix=True) for p in self.prefixes(leaf))

    def reading(self, tree: Node) -> Iterator[dict[str, object]]:
        """How the query was read: each word or phrase with the variants that it stands for."""
        for leaf in _positive_leaves(tree):
            if isinstance(leaf, Words):
                places = {at: place for place in self.places(leaf) for at in range(place.first, place.last)}
                for at, unit in enumerate(self.units(leaf)):
                    variants = [{"tokens": list(v.folded), "kind": v.kind} for v in unit.variants]
                    variants += [{"tokens": [label], "kind": "place"} for label in places[at].labels] if at in places else []
                    yield {"text": leaf.text[unit.start : unit.end], "start": leaf.start + unit.start, "kind": "word", "variants": variants}
            elif isinstance(leaf, Phrase):
                marked = has_marks(leaf.text)
                variants = [{"tokens": list(v.tokens if marked else v.folded), "kind": v.kind} for v in self.phrase(leaf)]
                yield {"text": leaf.text, "start": leaf.start, "kind": "phrase, exact marks" if marked else "phrase", "variants": variants}
            elif isinstance(leaf, Prefix):
                variants = [{"tokens": [f"{p}*"], "kind": "prefix"} for p in self.prefixes(leaf)]
                yield {"text": leaf.text, "start": leaf.start, "kind": "prefix", "variants": variants}
            elif isinstance(leaf, Near):
                window = "one sentence" if leaf.most is None else f"{leaf.most} words between at most, either order"
                sign = f"NEAR/{'s' if leaf.most is None else leaf.most}"
                yield {"text": sign, "start": leaf.start, "kind": "near", "variants": [{"tokens": [leaf.left.text, leaf.right.text], "kind": window}]}


def _positive_leaves(node: Node) -> Iterator[Node]:
    """The leaves that a report is wanted for; after a Near its two sides."""
    if isinstance(node, (And, Or)):
        for child in node.children:
            yield from _positive_leaves(child)
    elif isinstance(node, Near):
        yield from (node, node.left, node.right)
    elif not isinstance(node, (Not, AllReports)):
        yield node


def _sequences(variants: Sequence[Variant], marked: bool) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(v.tokens if marked else v.folded for v in variants))


def _variants_match(variants: Sequence[Variant], marked: bool) -> Match:
    return in_any(_sequences(variants, marked), fields(marked))


def _unit_match(unit: Unit) -> Match:
    return _variants_match(unit.variants, marked=False)


def _all(matches: Sequence[Match]) -> Match:
    wanted = tuple(m for m in matches if not isinstance(m, MatchAll))
    return wanted[0] if len(wanted) == 1 else AllOf(wanted) if wanted else MatchAll()


# ---------------------------------------------------------------- dates, filters, facets


def _dates(first: str | None, last: str | None) -> list[Match]:
    """Reports whose interval overlaps that of the two ISO dates."""
    wanted: list[Match] = []
    if first:
        wanted.append(InRange(DATE_TO, low=int(first.replace("-", ""))))
    if last:
        wanted.append(InRange(DATE_FROM, high=int(last.replace("-", ""))))
    return wanted


def _value_match(node: Where) -> Match:
    try:
        return facets.match_value(node.field, node.value)
    except InvalidFilter as error:
        raise QuerySyntaxError(str(error), node.start, error.suggestion) from None


def _range_match(node: Range) -> Match:
    if node.field == DATE:
        return _all(_dates(node.low, node.high))
    ids = facets.ids_between(node.field, node.low, node.high)
    return HasAny(node.field, ids) if ids else MatchNone()


def _by_facet(filters: Sequence[Filter], exclude: bool) -> dict[str, tuple[str, ...]]:
    """Values a facet; a facet given twice means any of both."""
    chosen = [f for f in filters if f.exclude == exclude]
    return reduce(lambda found, f: {**found, f.facet: found.get(f.facet, ()) + f.values}, chosen, {})


def _constraints(include: dict[str, tuple[str, ...]], exclude: dict[str, tuple[str, ...]]) -> Iterator[Constraint]:
    for name, values in include.items():
        yield Constraint(frozenset({name}), facets.match_any(facets.check_facet(name), values))
    for name, values in exclude.items():
        yield Constraint(frozenset({name}), Without(facets.match_any(facets.check_facet(name), values)))
    pairs = _pairs(include.get("official", ()), include.get("post", ()))
    if pairs:
        yield Constraint(frozenset({"official", "post"}), HasAny(OFFICIAL_POST, pairs))


def _pairs(officials: Sequence[str], posts: Sequence[str]) -> tuple[str, ...]:
    """An official and a post picked together mean one person in one report, by any key of either."""
    if NO_VALUE in officials or NO_VALUE in posts:
        return ()
    people = [k for person in officials for k in facets.keys_of("official", person)]
    offices = [k for post in posts for k in facets.keys_of("post", post)]
    return tuple(dict.fromkeys(f"{person}{PAIR}{office}" for person in people for office in offices))


def _facet_request(name: str, limit: int, include: dict[str, tuple[str, ...]], exclude: dict[str, tuple[str, ...]]) -> FacetRequest:
    always = facets.selected_ids(name, (*include.get(name, ()), *exclude.get(name, ())))
    other, pair_field = {"post": ("official", POSTS_OF_OFFICIAL), "official": ("post", OFFICIALS_OF_POST)}.get(name, ("", name))
    picked = include.get(other, ())
    if picked and NO_VALUE not in picked:
        lefts = tuple(dict.fromkeys(k for value in picked for k in facets.keys_of(other, value)))
        return FacetRequest(name, pair_field, limit, lefts=lefts, always=always)
    return FacetRequest(name, name, limit, always=always)
