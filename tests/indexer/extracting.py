"""What the tests of the extractors share: texts as articles and as records, and the five reports."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from indexer.clean import clean
from indexer.extract import extract
from indexer.models import CleanArticle, Part, RawArticle, Report

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = sorted(path.stem.split("_")[0] for path in CORPUS.glob("*.txt"))

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def corpus_text(name: str) -> str:
    """One of the five as it was read: "000" to "004"."""
    (path,) = CORPUS.glob(f"{name}_*.txt")
    return path.read_bytes().decode("utf-8")


def raw(text: str, **more: str) -> RawArticle:
    return RawArticle("x", text, "utf-8", "0" * 64, **more)


def record(text: str, **more: str) -> Report:
    """The record of a page's text."""
    return extract(clean(raw(text, **more)))


def sentence(text: str) -> CleanArticle:
    """An article of this one paragraph."""
    return CleanArticle(raw(text), (Part("body", text, 0, len(text)),))


def windows_1258(text: str) -> bytes:
    """`text` in the encoding in which base letters have their own bytes and tones follow as marks."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        pieces = unicodedata.normalize("NFD", char)
        out.append(unicodedata.normalize("NFC", "".join(p for p in pieces if p not in _TONES)) + "".join(p for p in pieces if p in _TONES))
    return "".join(out).encode("cp1258")
