"""Which documents an engine takes. One rule for both, checked before either sees a document, so that both refuse the same ones.

What lies behind each limit: Elasticsearch rejects a whole batch for one id over 512 bytes, cuts tokens at 255 characters
where tantivy keeps 65,530 bytes, rejects keywords over 32,766 bytes where tantivy drops them in silence; tantivy refuses
lone surrogates where Elasticsearch takes them; and the two do not split at the same kinds of space.
"""

from __future__ import annotations

import re

from indexer.engine.contract import IndexDocument
from indexer.engine.schema import FIELDS, ID

MAX_ID_BYTES = 512
MAX_TOKEN = 255
MAX_KEYWORD_BYTES = 32_766

_FULL = 2**63
_ODD_SPACE = re.compile(r"[^\S ]")


def reason_to_refuse(document: IndexDocument) -> str | None:
    """Why the document cannot be indexed, naming the field; None when it can."""
    try:
        return _id(document.id) or _texts(document) or _keywords(document) or _numbers(document) or _stored(document)
    except UnicodeEncodeError as error:
        return f"it holds half of a character (U+{ord(error.object[error.start]):04X}): save it as UTF-8 again"


def _id(name: str) -> str | None:
    if not name:
        return "its id is empty"
    size = len(name.encode())
    return f"its id has {size} bytes, more than {MAX_ID_BYTES}" if size > MAX_ID_BYTES else None


def _texts(document: IndexDocument) -> str | None:
    for name, text in document.text.items():
        if FIELDS.get(name) not in ("positions", "frequencies", "marks"):
            return f"{name} is no text field"
        text.encode()
        if _ODD_SPACE.search(text):
            return f"{name} has a space between its words that is not U+0020"
        longest = max(map(len, text.split()), default=0)
        if longest > MAX_TOKEN:
            return f"{name} has a word of {longest:,} characters, more than {MAX_TOKEN}"
    return None


def _keywords(document: IndexDocument) -> str | None:
    for name, values in document.keywords.items():
        if FIELDS.get(name) != "keyword" or name == ID:
            return f"{name} is no keyword field"
        for value in values:
            size = len(value.encode())
            if not 0 < size <= MAX_KEYWORD_BYTES:
                return f"{name} has a value of {size:,} bytes, not within 1 and {MAX_KEYWORD_BYTES:,}"
    return None


def _numbers(document: IndexDocument) -> str | None:
    for name, number in document.numbers.items():
        if FIELDS.get(name) != "number":
            return f"{name} is no number field"
        if type(number) is not int or not -_FULL <= number < _FULL:
            return f"{name} must be a whole number of 64 bits, not {str(number)[:40]}"
    return None


def _stored(document: IndexDocument) -> str | None:
    document.stored.to_json().encode()
    return None
