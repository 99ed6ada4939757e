"""What tells whether a report is about a province that it names: where, how often, in what words and beside how many others it does so.

The numbers here go into the chance that place_about.py reckons with.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from indexer.extract.place_context import LOCAL, NATIONAL, RULES, WITHIN, Context, density
from indexer.extract.place_resolve import Placed

SHORT = 1000  # characters: fewer say nothing of how densely a province is named
SEPARATOR = 6  # characters between two of a list; " - " and " và " among them
CAPITAL = ("P01a", "P01b")  # Hà Nội, where the nation's bodies meet: "ngày 8-2 tại Hà Nội, Thủ tướng ..." is no report on it

_SENTENCE = re.compile(r"[.!?…;][”\")]?\s{1,3}(?=[A-ZĐÀ-Ỹ“\"])")
# "4 tỉnh": those are what a list of four names. A list of two is any two: log loss held out was 0.089 from three on, 0.090 from two on, 0.095 without.
_COUNTED = re.compile(r"\b(?:0?([3-6])|(ba|bốn|năm|sáu))\s{1,3}(?:tỉnh|địa phương|thành phố)\b", re.IGNORECASE)
_COUNTS = range(3, 7)
_NUMBERS = {"ba": 3, "bốn": 4, "năm": 5, "sáu": 6}

Named = Sequence[tuple[str, Placed, Context]]  # (province, mention in it, words around it)


def features(named: Named, also: Iterable[str], texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Province -> what tells whether the report is about it, by the names of place_about.FACTORS.

    `named`: all that is certain to lie in one province, in reading order; `also`: provinces that something else than a name tells;
    `texts`: the report's paragraphs, "" for one that is not read.
    """
    asides = Counter(province for province, _, context in named if context.aside)
    own: dict[str, list[tuple[Placed, Context]]] = {province: [] for province in (*also, *(p for p, _, _ in named))}
    for province, placed, context in named:
        if not context.aside:
            own[province].append((placed, context))
    if not own:
        return {}
    text = "\n".join(texts)
    counted = _counted(_lists(named), text)
    routes = Counter(_of_routes(named, texts))
    sentences = _Sentences(named, texts)
    length = max(len(text), SHORT)
    read = max(1, sum(map(bool, texts)))
    national, local, within, rules = (density(text, words, length) for words in (NATIONAL, LOCAL, WITHIN, RULES))
    most = max(1, *map(len, own.values()))
    alone = sum(map(bool, own.values())) == 1
    result = {}
    for province, mine in own.items():
        several = max(1, len(mine))
        result[province] = {
            "constant": 1.0,
            "density": math.log1p(1000 * len(mine) / length),
            "paragraphs": len({placed.part for placed, _ in mine}) / read,
            "sentences": math.log1p(len(sentences.of[province])),
            "others in its sentences": sentences.others(province),
            "how early": sentences.early(province),
            "localities": math.log1p(len({placed.mention.key for placed, _ in mine if placed.level != "province"})),
            "only one": float(alone and bool(mine)),
            "for a person too": math.log1p(min(asides[province], len(mine))),
            "office": math.log1p(sum(context.office for _, context in mine)),
            "acts": sum(context.acts for _, context in mine) / several,
            "is told to": sum(context.told for _, context in mine) / several,
            "meets voters": math.log1p(sum(context.voters for _, context in mine)),
            "in captions": sum(context.caption for _, context in mine) / several,
            "on a route": routes[province] / several,
            "counted": float(province in counted),
            "national words": national,
            "national words, the capital": national * (province in CAPITAL),
            "meeting place, the capital": (province in CAPITAL) * sum(context.met_at for _, context in mine) / several,
            "words of rules": rules,
            "local words": local,
            "words from within, named most": within * (len(mine) == most),
        }
    return result


def _lists(named: Named) -> Iterator[list[str]]:
    """The provinces named one right after the other, not for a person."""
    found: list[str] = []
    last: Placed | None = None
    for province, placed, context in named:
        if placed.level == "province" and not context.aside:
            if last is None or last.part != placed.part or not 0 < placed.mention.start - last.mention.end <= SEPARATOR:
                if found:
                    yield found
                found = []
            found.append(province)
            last = placed
    if found:
        yield found


def _counted(lists: Iterable[Sequence[str]], text: str) -> set[str]:
    """The provinces of a list that is as long as the text counts: "Hà Tĩnh, Quảng Bình, Quảng Trị và Thừa Thiên Huế" where it speaks of "4 tỉnh"."""
    short = [set(found) for found in lists if len(set(found)) in _COUNTS]
    counts = {int(match[1] or _NUMBERS[match[2].lower()]) for match in _COUNTED.finditer(text)} if short else set()
    return {province for found in short if len(found) in counts for province in found}


def _of_routes(named: Named, texts: Sequence[str]) -> Iterator[str]:
    """The province of each mention that a dash joins with another one: "cao tốc Bắc Giang - Lạng Sơn"."""
    for (one, before, _), (other, placed, _) in pairwise(named):
        if one != other and before.part == placed.part:
            gap = texts[placed.part][before.mention.end : placed.mention.start]
            if len(gap) <= SEPARATOR and gap.strip() in ("-", "–"):
                yield from (one, other)


class _Sentences:
    """In which sentences of a report each province is named, and where."""

    def __init__(self, named: Named, texts: Sequence[str]) -> None:
        self.start = list(accumulate((len(text) + 1 for text in texts), initial=0))
        begins = [self.start[number] + at for number, text in enumerate(texts) for at in (0, *(match.end() for match in _SENTENCE.finditer(text)))]
        self.of: defaultdict[str, list[int]] = defaultdict(list)
        self.first: dict[str, int] = {}
        provinces: defaultdict[int, set[str]] = defaultdict(set)
        self.count: Counter[tuple[str, int]] = Counter()
        for province, placed, context in named:
            if not context.aside:
                at = self.start[placed.part] + placed.mention.start
                self.first.setdefault(province, at)
                sentence = bisect_right(begins, at)
                self.count[province, sentence] += 1
                if province not in provinces[sentence]:
                    provinces[sentence].add(province)
                    self.of[province].append(sentence)
        self.beside = {sentence: math.log(len(found)) for sentence, found in provinces.items()}

    def others(self, province: str) -> float:
        """The mean, over the mentions of a province, of the logarithm of how many provinces their sentence names."""
        mentions = [(self.count[province, sentence], self.beside[sentence]) for sentence in self.of[province]]
        return sum(count * beside for count, beside in mentions) / max(1, sum(count for count, _ in mentions))

    def early(self, province: str) -> float:
        """1 where a province is named first of all, 0 where at the very end."""
        return 1 - self.first.get(province, self.start[-1]) / max(1, self.start[-1])
