"""How close together a report holds the words of a query, and how many of them at its beginning: no clause of an engine tells either alike on both.

A report may hold all the words and be about something else: one stands in its first paragraph, one in its last. So the first hits by the engine's
score are read once more, and each is given a constant by the shortest stretch of its text that holds the words and by the share of them that its
title and first sentences hold. The constants are no less than 0, so that no report further down passes one that was read.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from analyzers.syllables import folded
from indexer.engine.contract import ConstantScore, EngineHit, HasAny
from indexer.engine.schema import ID

# Set on the queries of "develop" and "develop-hard" (217 and 70: MRR@10 x 100) and on two times 840 made over 35,446 articles, of words of one or two
# neighbouring sentences that 2 to 400 articles hold together: of the title or the first sentences (L), of any (A), where the best peer has 39 and 37.
# Without these they are 78.1, 70.2, L 71.2 and A 67.5; with them 80.1, 73.9, 79.1 and 73.4. What another value alone changes:
FIRST = 20  # hits that are read (10: develop-hard -0.9, L -1.0, A -0.7; 40: L +0.3, A +0.2)
WEIGHT_STRETCH = 8.0  # a factor e of its length (0: -1.6, -2.3, L -1.6, A -9.2; 5: -1.0, +0.3, L +0.6, A -2.0; 12: +0.5, +1.5, L -0.9, A +0.8)
WEIGHT_BEGINNING = 15.0  # all words there (0: -0.8, -0.9, L -2.2, A +2.1; 30: 0, +1.5, L -0.1, A -2.9)
BEGINNING = 60  # syllables of the body, beside the title
FAR = 5.0  # factors e: 150 times as far apart as they were typed says nothing (20 times: -0.3, +0.2, L +0.1, A -1.4; 1,100 times: nothing)

Word = tuple[tuple[str, ...], ...]
"""One word of a query, in each of its forms, token by token without marks; what is in quotes is one."""


def close(words: Sequence[Word], hits: Iterable[EngineHit]) -> Iterator[ConstantScore]:
    """The constants of those of `hits` that lack one of `words` at most."""
    typed = sum(len(word[0]) for word in words)
    for hit in hits:
        title, body = folded(hit.stored.report.title), folded(hit.stored.report.body)
        held = [positions for positions in places(words, [*title, "", *body]) if positions]
        if not held or len(held) < len(words) - 1:
            continue
        length, beginning = stretch(held), len(title) + 1 + BEGINNING
        # Side by side they are meant, wherever they stand (only at the beginning: develop -0.5, L -0.4).
        share = 1.0 if length <= typed else sum(positions[0] < beginning for positions in held) / len(words)
        worth = WEIGHT_STRETCH * max(0.0, FAR - math.log(max(1.0, length / typed))) + WEIGHT_BEGINNING * share
        yield ConstantScore(HasAny(ID, (hit.id,)), worth, f"{len(held)} words within {length}, {share:.0%} at the beginning")


def places(words: Sequence[Word], tokens: Sequence[str]) -> list[list[int]]:
    """Where each of `words` begins in `tokens`, ascending."""
    first: defaultdict[str, list[int]] = defaultdict(list)
    wanted = {form[0] for form in chain.from_iterable(words)}
    for position, token in enumerate(tokens):
        if token in wanted:
            first[token].append(position)
    return [sorted({at for form in word for at in first[form[0]] if tuple(tokens[at : at + len(form)]) == form}) for word in words]


def stretch(held: Sequence[Sequence[int]]) -> int:
    """How many positions the shortest stretch has that one of each of `held` lies in (none of them empty); linear but for sorting them."""
    found = sorted((at, number) for number, positions in enumerate(held) for at in positions)
    inside, missing, start, shortest = [0] * len(held), len(held), 0, found[-1][0] + 1
    for at, number in found:
        missing -= not inside[number]
        inside[number] += 1
        while not missing:
            first, leaving = found[start]
            shortest = min(shortest, at - first + 1)
            inside[leaving] -= 1
            missing += not inside[leaving]
            start += 1
    return shortest
