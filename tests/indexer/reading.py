"""What the tests of reading share: a text, and what came of reading."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from indexer.errors import InputRejected
from indexer.models import RawArticle
from indexer.read import read
from indexer.settings import Settings

SETTINGS = Settings()
TEXT = "Hội nghị tỉnh\n\nSáng 18/3, Tỉnh ủy Đắk Lắk đã tổ chức Hội nghị giao ban với các đảng ủy trực thuộc, đánh giá nhiệm vụ quý I.\n"


def articles(*paths: Path | str, settings: Settings = SETTINGS, encoding: str | None = None, known: dict[str, str] | None = None) -> list[RawArticle]:
    """Everything read, none rejected."""
    items = list(read(paths, settings, encoding, known))
    assert [str(item) for item in items if isinstance(item, InputRejected)] == []
    return [item for item in items if isinstance(item, RawArticle)]


def outcome(*paths: Path | str, settings: Settings = SETTINGS, encoding: str | None = None) -> tuple[list[str], list[str]]:
    """(ids read, rejections as text), each in order."""
    items = list(read(paths, settings, encoding))
    return [item.id for item in items if isinstance(item, RawArticle)], [str(item) for item in items if isinstance(item, InputRejected)]


def to_windows_1258(text: str) -> bytes:
    """Base letters composed, tones as marks behind them: how the code page writes Vietnamese."""
    data = b""
    for char in text:
        try:
            data += char.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = list(unicodedata.normalize("NFD", char))
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            letter = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
            data += (letter + "".join(tones)).encode("cp1258")
    return data


def record(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"
