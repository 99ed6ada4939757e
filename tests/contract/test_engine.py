"""What both engines answer: sets, totals, counts, scores and order of random requests against a plain-Python model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest

from indexer.engine.contract import (
    AllOf,
    AnyOf,
    BestOf,
    ConstantScore,
    Counts,
    Engine,
    FacetRequest,
    HasAny,
    HasNear,
    HasPhrase,
    HasPrefix,
    HasTerm,
    InRange,
    Match,
    MatchAll,
    MatchNone,
    Request,
    Spans,
    TermScore,
    Without,
)
from indexer.engine.schema import BODY_SYLLABLES, DATE_TO, GROUP, TITLE_SYLLABLES
from indexer.errors import CursorExpired
from tests.contract.conftest import DOCUMENTS, World, fill
from tests.contract.model import Model
from tests.contract.worlds import POSTS, TOPICS, Requests, document

SEEDS = range(8)
REQUESTS_A_SEED = 40  # 320 requests against each world


@dataclass(frozen=True)
class Expected:
    request: Request
    scores: dict[str, float]
    counts: tuple[Counts, ...]


@cache
def expected(seed: int) -> tuple[Expected, ...]:
    """The model's answers, computed once for all worlds: they hold the same documents. At most a quarter finds nothing or everything."""
    model, requests = Model(DOCUMENTS), Requests(seed, DOCUMENTS)
    made: list[Expected] = []
    plain = REQUESTS_A_SEED // 4
    while len(made) < REQUESTS_A_SEED:
        request = requests.request()
        scores = model.scores(request)
        if len(scores) in (0, len(DOCUMENTS)):
            if not plain:
                continue
            plain -= 1
        made.append(Expected(request, scores, tuple(model.counts(request, facet) for facet in request.facets)))
    return tuple(made)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_requests_are_answered_as_the_model_reads_them(world: World, seed: int) -> None:
    for wanted in expected(seed):
        answer = world.engine.execute(wanted.request)
        assert answer.total == len(wanted.scores), wanted.request
        assert answer.counts == wanted.counts, wanted.request
        scores = {hit.id: hit.score for hit in answer.hits}
        assert [hit.id for hit in answer.hits] == world.model.order(wanted.request, scores), wanted.request
        assert scores == pytest.approx(wanted.scores, rel=world.exact, abs=1e-9), wanted.request
        assert {hit.id: hit.stored for hit in answer.hits} == {name: world.model.documents[name].stored for name in scores}


def test_the_random_requests_are_worth_their_name() -> None:
    """Most of them find some documents and not all, and many hold ties, pairs and cut lists."""
    every = [wanted for seed in SEEDS for wanted in expected(seed)]
    assert len(every) >= 300
    assert sum(0 < len(wanted.scores) < len(DOCUMENTS) for wanted in every) > len(every) * 0.7
    assert sum(len(set(wanted.scores.values())) < len(wanted.scores) for wanted in every) > len(every) * 0.3
    assert sum(any(c.truncated for c in wanted.counts) for wanted in every) > 50
    assert sum(any(len(f.lefts) > 1 for f in wanted.request.facets) and bool(wanted.scores) for wanted in every) > 20


@pytest.mark.parametrize("seed", SEEDS)
def test_matches_are_counted_as_the_model_reads_them(world: World, seed: int) -> None:
    requests = Requests(seed, DOCUMENTS)
    matches = [MatchAll(), MatchNone(), *(requests.match(depth=2) for _ in range(REQUESTS_A_SEED))]
    wanted = tuple(sum(world.model.matches(match, document) for document in DOCUMENTS) for match in matches)
    assert world.engine.count(matches) == wanted
    assert world.engine.count([]) == ()
    view = world.engine.execute(Request(limit=0, view="")).view
    assert view is not None
    assert world.engine.count(matches[:5], view) == wanted[:5]


def test_a_view_counts_what_stood_when_it_was_opened(empty: Engine) -> None:
    fill(empty, DOCUMENTS[:20], changed=False)
    view = empty.execute(Request(limit=0, view="")).view
    with empty.writer() as writer:
        writer.delete([document.id for document in DOCUMENTS[:5]])
        writer.publish()
    assert (empty.count([MatchAll()], view), empty.count([MatchAll()])) == ((20,), (15,))


# ---------------------------------------------------------------- paging


def test_a_score_comes_apart_into_what_each_clause_gives(world: World) -> None:
    """Numbers of a view are those of its hits, whatever the index holds by now; a clause that never applies gives nothing."""
    holds = ConstantScore(HasTerm("topic", TOPICS[0]), 2.5)
    scores = (
        TermScore(BODY_SYLLABLES, "đắk", 3.0),
        holds,
        TermScore(BODY_SYLLABLES, HALF),
        BestOf((TermScore(TITLE_SYLLABLES, "lắk"), ConstantScore(HasPhrase(BODY_SYLLABLES, ("xã", "ban")), 0.25))),
        ConstantScore(HasNear(Spans(BODY_SYLLABLES, (("xã",),)), Spans(BODY_SYLLABLES, (("ban",),)), 3), 0.125),
    )
    answer = world.engine.execute(Request(scores=scores, limit=len(DOCUMENTS), view=""))
    whole = {hit.id: hit.score for hit in answer.hits}
    for view in (None, answer.view):
        parts = world.engine.parts([*whole, "nobody", HALF], scores, view)
        assert {name: sum(given) for name, given in parts.items()} == pytest.approx(whole, rel=1e-5)
        assert {name: given[1:3] for name, given in parts.items()} == {d.id: (2.5 if TOPICS[0] in d.keywords["topic"] else 0.0, 0.0) for d in DOCUMENTS}
    apart = [dict.fromkeys(whole, 0.0) | world.model.scores(Request(scores=(score,))) for score in scores]
    assert parts == {name: pytest.approx([one[name] for one in apart], rel=world.exact) for name in whole}
    assert all(any(one.values()) == (number != 2) for number, one in enumerate(apart))
    some = DOCUMENTS[0].id
    assert [world.engine.parts(*asked) for asked in (([], scores), (["nobody"], scores), ([some], ()))] == [{}, {}, {some: ()}]


def test_a_view_tells_the_parts_of_the_scores_that_it_gave(empty: Engine) -> None:
    scores = (TermScore(BODY_SYLLABLES, "xã"),)
    fill(empty, DOCUMENTS[:20], changed=False)
    seen = empty.execute(Request(HasTerm(BODY_SYLLABLES, "xã"), scores=scores, limit=20, view=""))
    fill(empty, [document(f"more{number}", "xã") for number in range(20)], changed=False)
    parts = empty.parts([*(hit.id for hit in seen.hits), "more1"], scores, seen.view)
    assert {name: sum(given) for name, given in parts.items()} == pytest.approx({hit.id: hit.score for hit in seen.hits}, rel=1e-5)
    assert seen.hits and all(empty.parts([name], scores)[name][0] < given for name, (given,) in parts.items())


TIES = Request(match=MatchAll(), scores=(ConstantScore(HasTerm("topic", TOPICS[0]), 1.0),))
PAGED = (
    TIES,
    Request(),
    Request(sort="newest"),
    Request(sort="oldest"),
    Request(scores=(TermScore(BODY_SYLLABLES, "đắk"), TermScore(TITLE_SYLLABLES, "lắk"))),
    Request(HasTerm(BODY_SYLLABLES, "ủy"), sort="newest"),
)
paged = pytest.mark.parametrize("request_", PAGED, ids=("ties", "all", "newest", "oldest", "scored", "some"))


@paged
def test_pages_by_offset_are_the_slices_of_one_order(world: World, request_: Request) -> None:
    whole = [hit.id for hit in world.engine.execute(replace(request_, limit=1_000)).hits]
    pages = [world.engine.execute(replace(request_, offset=start, limit=17)) for start in range(0, len(whole) + 17, 17)]
    assert [hit.id for page in pages for hit in page.hits] == whole
    assert {page.total for page in pages} == {len(whole)}
    assert len(set(whole)) == len(whole)


@paged
def test_a_walk_through_a_view_gives_the_same_order(world: World, request_: Request) -> None:
    whole = [hit.id for hit in world.engine.execute(replace(request_, limit=1_000)).hits]
    pages = list(walk(world.engine, replace(request_, limit=23)))
    assert [name for page in pages for name in page] == whole
    assert [len(page) for page in pages[:-1]] == [23] * (len(pages) - 1)


@paged
def test_members_are_the_hits_that_have_a_group_in_their_order(world: World, request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.engine.elastic_query.WINDOW", 18)  # of the page in which Elasticsearch gives them: three pages are 54, all that there are
    hits = [hit.id for hit in world.engine.execute(replace(request_, limit=1_000)).hits]
    wanted = [(name, *world.model.keywords(world.model.documents[name], GROUP)) for name in hits]
    with world.engine.frozen() as view:
        asked = replace(request_, view=view, limit=3)
        assert list(world.engine.members(asked)) == [pair for pair in wanted if len(pair) == 2]
    with pytest.raises(CursorExpired):
        list(world.engine.members(asked))


def test_a_limit_of_zero_only_counts(world: World) -> None:
    facet = FacetRequest("topic", "topic", 3)
    answer = world.engine.execute(Request(HasTerm(BODY_SYLLABLES, "ban"), limit=0, facets=(facet,)))
    whole = world.engine.execute(Request(HasTerm(BODY_SYLLABLES, "ban"), limit=1_000, facets=(facet,)))
    assert (answer.total, answer.hits, answer.counts) == (len(whole.hits), (), whole.counts)


def test_several_requests_walk_in_one_view(world: World) -> None:
    first = world.engine.execute(Request(HasTerm(BODY_SYLLABLES, "ban"), limit=2, view=""))
    other = world.engine.execute(Request(HasTerm(BODY_SYLLABLES, "xã"), limit=1_000, view=first.view))
    again = world.engine.execute(Request(HasTerm(BODY_SYLLABLES, "ban"), limit=1_000, view=first.view, after=first.after))
    whole = world.engine.execute(Request(HasTerm(BODY_SYLLABLES, "ban"), limit=1_000))
    assert first.hits + again.hits == whole.hits
    assert other.hits == world.engine.execute(Request(HasTerm(BODY_SYLLABLES, "xã"), limit=1_000)).hits
    assert (again.after, other.after) == (None, None)


def test_a_view_counts_facets_too(world: World) -> None:
    request = Request(HasTerm(BODY_SYLLABLES, "ban"), limit=5, facets=(FacetRequest("topic", "topic", 3), FacetRequest("post", "post", 1)))
    assert world.engine.execute(replace(request, view="")).counts == world.engine.execute(request).counts


def walk(engine: Engine, request: Request) -> Iterator[list[str]]:
    """The ids of each page of a view, to its end."""
    answer = engine.execute(replace(request, view=""))
    yield [hit.id for hit in answer.hits]
    while answer.after is not None:
        answer = engine.execute(replace(request, view=answer.view, after=answer.after))
        yield [hit.id for hit in answer.hits]


# ---------------------------------------------------------------- single cases that chance might miss

HALF = "\ud800"  # half of a character: no report can hold it

ODD: dict[str, tuple[Match, Match]] = {
    "nothing of nothing": (AllOf(()), MatchAll()),
    "any of nothing": (AnyOf(()), Without(MatchAll())),
    "more than there are": (AnyOf((MatchAll(), MatchAll()), least=3), Without(MatchAll())),
    "the same twice": (AnyOf((HasTerm(BODY_SYLLABLES, "xã"), HasTerm(BODY_SYLLABLES, "xã")), least=2), HasTerm(BODY_SYLLABLES, "xã")),
    "twice not": (Without(Without(HasTerm(BODY_SYLLABLES, "xã"))), HasTerm(BODY_SYLLABLES, "xã")),
    "phrase of one": (HasPhrase(BODY_SYLLABLES, ("xã",)), HasTerm(BODY_SYLLABLES, "xã")),
    "phrase of none": (HasPhrase(BODY_SYLLABLES, ()), Without(MatchAll())),
    "half a character": (AnyOf((HasTerm(BODY_SYLLABLES, HALF), HasPrefix(BODY_SYLLABLES, HALF), HasPhrase(BODY_SYLLABLES, ("a", HALF)))), Without(MatchAll())),
    "half a value": (HasAny("topic", (HALF, TOPICS[0])), HasAny("topic", (TOPICS[0],))),
    "near nothing": (HasNear(Spans(BODY_SYLLABLES, (("xã",),)), Spans(BODY_SYLLABLES, ()), 100), Without(MatchAll())),
    "near half a character": (
        HasNear(Spans(BODY_SYLLABLES, (("xã",), (HALF,))), Spans(BODY_SYLLABLES, (("a", HALF), ("ban",))), 3),
        HasNear(Spans(BODY_SYLLABLES, (("xã",),)), Spans(BODY_SYLLABLES, (("ban",),)), 3),
    ),
    "side by side": (
        HasNear(Spans(BODY_SYLLABLES, (("xã",),)), Spans(BODY_SYLLABLES, (("ban",),)), 0),
        AnyOf((HasPhrase(BODY_SYLLABLES, ("xã", "ban")), HasPhrase(BODY_SYLLABLES, ("ban", "xã")))),
    ),
    "pattern as text": (HasPrefix(BODY_SYLLABLES, ".*"), Without(MatchAll())),
    "operators as text": (HasTerm(BODY_SYLLABLES, "đắk OR *"), Without(MatchAll())),
    "range past 64 bits": (InRange(DATE_TO, -(2**70), 2**70), InRange(DATE_TO)),
    "range beyond 64 bits": (InRange(DATE_TO, 2**70, None), Without(MatchAll())),
    "range turned round": (InRange(DATE_TO, 20260101, 20250101), Without(MatchAll())),
    "a long token": (HasTerm(BODY_SYLLABLES, "ă" * 300), Without(MatchAll())),
    "two hundred words": (AnyOf((*(HasTerm(BODY_SYLLABLES, f"w{n}") for n in range(199)), HasTerm(BODY_SYLLABLES, "xã"))), HasTerm(BODY_SYLLABLES, "xã")),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_matches_mean_what_they_say(world: World, name: str) -> None:
    odd, plain = ODD[name]
    assert world.engine.execute(Request(odd, limit=1_000)).hits == world.engine.execute(Request(plain, limit=1_000)).hits
    assert world.engine.execute(Request(odd, limit=0)).total == sum(world.model.matches(plain, d) for d in DOCUMENTS)


def test_a_prefix_is_complete_however_many_words_begin_so(empty: Engine) -> None:
    """12,000 words: past the 1,024 clauses and the 10,000 expansions at which engines are wont to stop."""
    made = [document(f"r{n:02}", " ".join(f"ax{number:05}" for number in range(n, 12_000, 12))) for n in range(12)]
    fill(empty, [*made, document("other", "a x ay")], changed=False)
    assert empty.count([HasPrefix(BODY_SYLLABLES, begin) for begin in ("ax", "ax0", "ax119", "ax1199", "ax11999", "ax12")]) == (12, 12, 12, 10, 1, 0)


def test_a_report_with_a_post_beside_two_lefts_counts_once(world: World) -> None:
    lefts = ("người 0", "nguời 0", "người 1", "nguời 1", HALF)
    request = Request(facets=(FacetRequest("post", "posts_of_official", 10, lefts=lefts, always=("nobody",)),))
    (counts,) = world.engine.execute(request).counts
    holding = [d for d in DOCUMENTS if not {"người 0", "người 1"}.isdisjoint(d.keywords["official"])]
    pairs = {post: sum(any(f"{o}|{post}" in d.keywords["official_post"] for o in ("người 0", "người 1")) for d in holding) for post in POSTS}
    assert dict(counts.values) == {**{post: count for post, count in pairs.items() if count}, "nobody": 0}
    assert counts.missing == sum(not d.keywords["post"] for d in DOCUMENTS)
    assert (counts.truncated, counts.approximate) == (False, False)


def test_reports_are_fetched_by_id(world: World) -> None:
    names = [DOCUMENTS[0].id, DOCUMENTS[7].id]
    assert world.engine.get([*names, "nobody", names[0], HALF]) == {name: world.model.documents[name].stored for name in names}
    assert world.engine.get([]) == {}
