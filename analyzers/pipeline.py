"""Analyzer: the stages in order, for documents and for queries alike.

text -> normalize (Unicode) -> syllables (tokens in one spelling, with their places) -> words (pyvi) | folded | sentences
query -> the same tokens -> units (what belongs together, and every way of writing it)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analyzers import syllables as _syllables
from analyzers import units as _units
from analyzers import words as _words
from analyzers.sentences import marks
from analyzers.syllables import Token
from analyzers.synonyms import Pair, Table, table
from analyzers.units import Unit, Variant

# Raise the number whenever a token of any text changes: an index built with another version is refused and rebuilt.
ANALYZER_VERSION = f"2.pyvi{_words.PYVI}"

PARAGRAPH = "¶"  # a token of its own before each paragraph, so that no phrase crosses it and no field is empty


class FieldTokens(NamedTuple):
    """What a text field of the index is made of: whitespace-separated tokens, "¶" first and between paragraphs.

    `sentences` has a mark for each of `syllables`: where in its sentence it stands (sentences.marks).
    """

    syllables: str
    words: str
    folded: str
    sentences: str


class Analyzer:
    """Vietnamese text to tokens. Holds no state but its table of abbreviations: one may be shared by all threads. No method raises on any str."""

    def __init__(self, abbreviations: Table | None = None) -> None:
        self._abbreviations = abbreviations or table()

    def knowing(self, pairs: Sequence[Pair]) -> Analyzer:
        """One that reads these abbreviations of queries, each with its long form, as well."""
        return Analyzer(self._abbreviations.knowing(pairs)) if pairs else self

    def syllables(self, text: str) -> list[Token]:
        """Canonical syllables, foreign words and numbers of `text`, in order; start/end slice `text`."""
        return _syllables.tokens(text)

    def words(self, text: str) -> list[str]:
        """pyvi's words of one paragraph, canonical, their syllables joined by "_"; [] for text without any mark."""
        return _words.words(text, _syllables.tokens(text))

    def document(self, paragraphs: Iterable[str]) -> FieldTokens:
        """The token fields of a document. Paragraphs without a token leave no trace."""
        syllables: list[str] = []
        words: list[str] = []
        folded: list[str] = []
        sentences: list[str] = []
        for paragraph in paragraphs:
            tokens = _syllables.tokens(paragraph)
            if tokens:
                syllables += [PARAGRAPH, *[token.text for token in tokens]]
                words += [PARAGRAPH, *_words.words(paragraph, tokens)]
                folded += [PARAGRAPH, *[token.folded for token in tokens]]
                sentences += [PARAGRAPH, *marks(paragraph, tokens)]
        return FieldTokens(*(" ".join(field) or PARAGRAPH for field in (syllables, words, folded, sentences)))

    def query(self, text: str) -> list[Unit]:
        """The units of unquoted words: each is found where any of its variants' folded tokens stand adjacent."""
        return _units.units(text, self._abbreviations)

    def phrase(self, text: str) -> list[Variant]:
        """The ways of writing the whole of a quoted text, as typed first; [] if it holds no token.

        Numbers, dates and glued syllables vary; abbreviations do not, for quotes are exact.
        """
        return _units.phrase(text)
