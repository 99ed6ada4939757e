"""Airports, ports, plants and sights that tell their province (gazetteer/landmarks.tsv): "sân golf Tân Sơn Nhất" is in Thành phố Hồ Chí Minh."""

from __future__ import annotations

import re
from functools import cache

from indexer.extract.place_reading import Mention
from indexer.extract.place_words import landmark_words
from indexer.extract.words import OF_LANDMARK, signed, split
from indexer.gazetteer.load import gazetteer, parse_type, table
from indexer.gazetteer.spelling import place_key

RULE = "landmark"
_OF_LANDMARK = re.compile(signed(OF_LANDMARK))


@cache
def landmarks() -> dict[str, str]:
    """Name of a landmark as it is written -> place_key of its province's name."""
    return {name: place_key(parse_type(province)[1]) for name, province in table("landmarks.tsv")}


def find(text: str) -> list[Mention]:
    """Every landmark in one paragraph, in reading order, as a mention of its province."""
    words = split(text)
    named = {words.texts[match.start()] for match in _OF_LANDMARK.finditer(words.signs)}
    found = [name for word in named for name in landmark_words()[word] if name in text]
    taken: list[tuple[int, int]] = []
    for name in sorted(found, key=lambda name: (-len(name), name)):  # the longer of two at one place
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not (text[end : end + 1].isalnum() or text[:at][-1:].isalnum() or any(at < stop and start < end for start, stop in taken)):
                taken.append((at, end))
            at = text.find(name, end)
    return [_mention(text, *span) for span in sorted(taken)]


def provinces_of(name: str) -> tuple[str, ...]:
    """Ids of the provinces, of both eras, that a landmark stands for."""
    known = landmarks().get(name)
    return gazetteer().ids(known, "province") if known else ()


def _mention(text: str, start: int, end: int) -> Mention:
    return Mention(start, end, text[start:end], landmarks()[text[start:end]], "", ("province",), RULE, True)
