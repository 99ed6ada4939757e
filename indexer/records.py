"""One line of JSON Lines as a record: an article, or a manifest's entry about a file beside it. Nothing here reads a file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from indexer.dates_iso import interval
from indexer.decode import text_problem

_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """What a JSON object says of one article. `text` is the body of an article, the file's name of a manifest's entry."""

    text: str
    id: str | None
    title: str | None
    url: str | None
    source: str
    published: str | None


def parse(line: str, text_field: str) -> Record:
    """The record of one line; `text_field` is "body" or "file". Unknown fields are passed over.

    Raises ValueError with a reason for the user: no JSON object, no text, a field of the wrong type, a date that is none.
    """
    data = _object(line)
    text = _string(data, text_field)
    if text is None or not text.strip():
        raise ValueError(f"no {text_field!r}: a record needs a text there")
    title, url = _string(data, "title"), _word(data, "url")
    return Record(text, _id(data), " ".join(title.split()) or None if title else None, url, _source(data, url), _published(data))


def _object(line: str) -> dict[str, Any]:
    try:
        data = json.loads(line, object_pairs_hook=_without_doubles, parse_int=_integer)
    except RecursionError:
        raise ValueError("not JSON: nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    return data


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the name {next(name for name in names if names.count(name) > 1)!r} stands twice in one object")
    return data


def _integer(digits: str) -> int:
    if len(digits) > 40:
        raise ValueError(f"a number of {len(digits):,} digits")
    return int(digits)


def _string(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{name!r} must be a string, not {type(value).__name__}")
    if problem := text_problem(value):
        raise ValueError(f"{name!r} {problem}")
    return value


def _word(data: dict[str, Any], name: str) -> str | None:
    """A short field: trimmed, None if nothing is left."""
    return (_string(data, name) or "").strip() or None


def _id(data: dict[str, Any]) -> str | None:
    value = data.get("id")
    if type(value) is int:
        return str(value)
    word = _word(data, "id")
    if value is not None and word is None:
        raise ValueError("'id' is empty")
    return word


def _source(data: dict[str, Any], url: str | None) -> str:
    """The source named, else the host of the address."""
    return _word(data, "source") or source_of(url)


def source_of(url: str | None) -> str:
    """The host of an address, empty for none. Raises ValueError for what is no address."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        raise ValueError("'url' is not an address") from None


def _published(data: dict[str, Any]) -> str | None:
    word = _word(data, "published") or _word(data, "date")
    if word is None:
        return None
    if match := _ISO_TIME.fullmatch(word):
        word = match[1]
    interval(word)
    return word
