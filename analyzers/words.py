"""pyvi's words. The only importer of pyvi, and only when the first words are asked for (a second, 120 MB).

pyvi alone makes a bad index: it cuts by case, and its dictionary writes hoà and uỷ where reports write hòa and ủy. So it
is given lower case and its dictionary's spelling: 113 domain terms then find 588 of the 640 paragraphs of the five reports
that hold them, instead of 526 (by syllables they find all). It is called a paragraph at a time and below its regular
expressions: our tokens go in, its labels come out. Text without any diacritic is never segmented: most of it comes out wrong.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

from analyzers.spelling import modern
from analyzers.syllables import TOKEN_CAP, Token

PYVI = "0.1.1"  # the version that our figures and ANALYZER_VERSION stand for

# pyvi labels 100,000 syllables a second up to 5,000 in one call, and 5,600 a second at 250,000.
_LONGEST_CALL = 5_000
_MOST_SIGNS = 3  # of the punctuation between two tokens that pyvi is shown; it only looks two places around

# Where its dictionary writes only i: sĩ stands in 45 entries, sỹ in 1.
_DICTIONARY = {"sỹ": "sĩ", "mỵ": "mị", "tỵ": "tị", "hý": "hí"}

_one_at_a_time = threading.Lock()  # its tagger holds the sentence that it works on


def words(text: str, tokens: Sequence[Token]) -> list[str]:
    """The words of one paragraph, given with its tokens: canonical syllables joined by "_"; [] if no token bears a mark."""
    if all(token.text == token.folded for token in tokens):
        return []
    found: list[str] = []
    for start in range(0, len(tokens), _LONGEST_CALL):
        found.extend(_segment(text, tokens[start : start + _LONGEST_CALL]))
    return found


def _segment(text: str, tokens: Sequence[Token]) -> list[str]:
    """Words of at most _LONGEST_CALL tokens."""
    shown: list[str] = []  # what pyvi sees: tokens and the signs between them
    place: list[int] = []  # of each token in `shown`
    end = tokens[0].start
    for token in tokens:
        if token.start > end:
            # A lone surrogate would crash its tagger; an underscore is a space to us and a letter to it.
            signs = [char for char in text[end : token.start] if char.isprintable() and char not in " _"]
            shown.extend(signs[:_MOST_SIGNS])
        place.append(len(shown))
        shown.append(_DICTIONARY.get(token.text) or modern(token.text))
        end = token.end
    labels = _labels(shown)
    found = [tokens[0].text]
    for i in range(1, len(tokens)):
        here = place[i]
        inside = labels[here] == "I_W" and place[i - 1] == here - 1 and not tokens[i].text[0].isdigit() and not tokens[i - 1].text[0].isdigit()
        if inside and len(found[-1]) + len(tokens[i].text) < TOKEN_CAP // 2:
            found[-1] += "_" + tokens[i].text
        else:
            found.append(tokens[i].text)
    return found


def _labels(shown: list[str]) -> Sequence[str]:
    """B_W, I_W or O for each syllable or sign: whether it begins a word, continues one, or is none."""
    with _one_at_a_time:
        tokenizer = _load()
    features = tokenizer.sent2features(shown, False)
    with _one_at_a_time:
        labels: Sequence[str] = tokenizer.model.predict_single(features)
    return labels


@cache
def _load() -> Any:
    from importlib.metadata import version

    if version("pyvi") != PYVI:
        raise RuntimeError(f"pyvi {version('pyvi')} is installed, but the index is made with pyvi {PYVI}: install pyvi=={PYVI}")
    with warnings.catch_warnings():
        # Its regular expressions hold invalid escapes: DeprecationWarning up to Python 3.11, SyntaxWarning from 3.12.
        warnings.filterwarnings("ignore", "invalid escape sequence", DeprecationWarning)
        warnings.filterwarnings("ignore", "invalid escape sequence|.*is an invalid escape", SyntaxWarning)
        from pyvi.ViTokenizer import ViTokenizer  # noqa: TID251 - this is the file that the ban names
    return ViTokenizer
