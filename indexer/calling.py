"""What somebody who remembers an official in passing types: a post and a given name ("Bí thư Trung"), a post and a province ("chủ tịch Bắc Kạn").

In a report the two seldom stand side by side ("Bí thư Tỉnh ủy Nguyễn Đình Trung"), but its record joins them. Each report is given the key of
every such pair; a query has the keys of the post that it names and the one to three words behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from analyzers.fold import fold
from analyzers.synonyms import expand
from indexer.engine.schema import PAIR
from indexer.gazetteer.load import gazetteer, table
from indexer.models import Report

_HEADS = ("head", "head-leader", "head-open", "head-body")  # kinds of posts.tsv that begin an office
_MOST_WORDS = 3  # of a name typed behind a post: Thừa Thiên Huế, Hồ Chí Minh


def called(report: Report) -> Iterator[str]:
    """Keys of a report: each head of a post ("phó bí thư thường trực", "phó bí thư") with the given name, the last two words and all of its holder's
    name, and with the province: the one that the post names, or else any that the report is about.
    """
    provinces = [fold(province.name) for province in report.provinces]
    for official in report.officials:
        name = fold(official.name).split()
        names = [" ".join(name[-size:]) for size in (1, 2, len(name))]
        for post in official.posts:
            words = fold(expand(post)).split()
            said = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, i + 1 + _MOST_WORDS)}
            for end in _ends(words, 0):
                yield from (_key(words[:end], [form]) for form in (*names, *(sorted(_provinces() & said) or provinces)))


def asked(words: Sequence[str]) -> Iterator[str]:
    """Keys that a query of these words, without marks, may mean."""
    for start in range(len(words)):
        end = max(_ends(words, start), default=start)
        whole = not (start and max(_ends(words, start - 1), default=0) >= end)  # "phó chủ tịch" names no "chủ tịch"
        if end > start and whole and not _goes_on(words, end):
            yield from (_key(words[start:end], words[end:last]) for last in range(end + 1, min(end + _MOST_WORDS, len(words)) + 1))


def _key(head: Sequence[str], name: Sequence[str]) -> str:
    return f"{' '.join(head)}{PAIR}{' '.join(name)}"


def _ends(words: Sequence[str], start: int) -> list[int]:
    """Where the heads that begin at `start` end."""
    heads, longest = _heads()
    return [end for end in range(start + 1, min(start + longest, len(words)) + 1) if " ".join(words[start:end]) in heads]


def _goes_on(words: Sequence[str], end: int) -> bool:
    """Whether a body stands there: a "bí thư tỉnh ủy" is not called Tình."""
    bodies, longest = _bodies()
    return any(" ".join(words[end:last]) in bodies for last in range(end + 2, min(end + longest, len(words)) + 1))


@cache
def _bodies() -> tuple[frozenset[str], int]:
    """Bodies of two words and more, without marks, and how many words the longest has."""
    bodies = frozenset(fold(phrase) for kind, phrase in table("posts.tsv") if kind == "body" and " " in phrase)
    return bodies, max(body.count(" ") + 1 for body in bodies)


@cache
def _provinces() -> frozenset[str]:
    return frozenset(fold(province.name) for province in gazetteer().units("province"))


@cache
def _heads() -> tuple[frozenset[str], int]:
    """Heads of two words and more, without marks, and how many words the longest has: one syllable by itself is too many things."""
    heads = frozenset(fold(phrase) for kind, phrase in table("posts.tsv") if kind in _HEADS and " " in phrase)
    return heads, max(head.count(" ") + 1 for head in heads)
