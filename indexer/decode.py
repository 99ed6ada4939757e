"""Bytes to text: UTF-8, UTF-16 with its mark, windows-1258 when the text is plainly Vietnamese, or what the user forces (legacy.py: TCVN3, VNI).

A page of HTML may also name its encoding, which is believed only where the bytes are no UTF-8: portals' templates say what they like.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata

from indexer.errors import UsageError
from indexer.legacy import LEGACY, read_legacy

WINDOWS_VIETNAMESE = "windows-1258"

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GZIP_MAGIC = b"\x1f\x8b"
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]+")
_META_CHARSET = re.compile(rb"""<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
_MARKUP = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<[^>]*>?|&[#\w]{1,12};", re.IGNORECASE | re.DOTALL)
_HEAD = 8192  # bytes in which a page names its encoding; browsers look at 1,024
_SURROGATE = re.compile(r"[\ud800-\udfff]")

# Letters beyond ASCII that Vietnamese is written with, both cases, composed; and the marks of print that go with them.
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", base + tone)
    for letter in "aăâeêioôơuưy"
    for base in (letter, letter.upper())
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) - frozenset("aeiouyAEIOUY") | frozenset("đĐ")
_PRINT_MARKS = frozenset("“”‘’„‚–—…•«»°²³½×\u00a0\u00ad")


def check_encoding(name: str) -> str:
    """The codec's own name for `name`; raises UsageError for no text encoding of Python's and none of ours."""
    if name.lower() in LEGACY:
        return name.lower()
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=name)  # refuses codecs that are not of text, such as hex
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise UsageError(f"unknown encoding {name!r}: give a name such as utf-8, utf-16-le, windows-1258, tcvn3 (ABC) or vni") from None


def has_utf16_mark(data: bytes) -> bool:
    """Whether `data` begins with a UTF-16 byte order mark."""
    return data.startswith(_UTF16_MARKS)


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """`data` as (text, name of its encoding), without a byte order mark; `encoding` forces one.

    Raises ValueError, its message a reason for the user, for binary data and for an encoding that cannot be told.
    """
    text, name = _forced(data, encoding) if encoding else _detected(data)
    if "\0" in text:
        raise ValueError("binary data (it holds NUL characters)")
    if (len(text) - len(_CONTROL.sub("", text))) * 100 > len(text):
        raise ValueError("binary data (more than one control character in a hundred)")
    return text, name


def decode_html(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """As `decode`, for a page: it may name its encoding in a <meta>, and UTF-16 is known by its first sign "<" too."""
    wide = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(data[:2])
    declared = _META_CHARSET.search(data[:_HEAD])
    if encoding or data.startswith(_UTF16_MARKS) or b"\0" in data or _is_utf8(data):
        return decode(data, encoding or wide)
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    name = _codec(declared[1].decode()) if declared else ""
    if text and (name == "cp1258" or _looks_vietnamese(_MARKUP.sub(" ", text))):
        return decode(data, WINDOWS_VIETNAMESE)[0], WINDOWS_VIETNAMESE
    return decode(data, None if name in ("", "utf-8", "cp1258") else "cp1252" if name in ("iso8859-1", "ascii") else name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _codec(name: str) -> str:
    """The codec's own name; empty for one that Python does not know as a text encoding."""
    try:
        return check_encoding(name)
    except UsageError:
        return ""


def text_problem(text: str) -> str | None:
    """Why a string from a JSON record cannot be stored: lone surrogates and NUL; None if it can."""
    if "\0" in text:
        return "holds a NUL character"
    if _SURROGATE.search(text):
        return "holds half of a surrogate pair"
    return None


def _forced(data: bytes, encoding: str) -> tuple[str, str]:
    name = check_encoding(encoding)
    try:
        if name in LEGACY:
            text = read_legacy(data, name)
            return (text, name) if text is not None else _detected(data)
        return data.decode("utf-8-sig" if name == "utf-8" else name).removeprefix("\ufeff"), name
    except UnicodeDecodeError as error:
        raise ValueError(f"not {name}: byte {error.start} cannot be read") from None


def _detected(data: bytes) -> tuple[str, str]:
    if data.startswith(_GZIP_MAGIC):
        raise ValueError("gzip data: only files named .jsonl.gz are unpacked")
    if has_utf16_mark(data):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise ValueError(f"broken UTF-16 at byte {error.start}") from None
    if b"\0" in data:
        raise ValueError("binary data (NUL bytes); if it is UTF-16 without its mark, give --encoding utf-16-le or utf-16-be")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        bad = error.start
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    if not _looks_vietnamese(text):
        raise ValueError(f"wrong encoding: neither UTF-8 (byte {bad}) nor windows-1258; give --encoding NAME, such as tcvn3 (ABC) or vni")
    return text, WINDOWS_VIETNAMESE


def _looks_vietnamese(text: str) -> bool:
    """Whether a text read as windows-1258 is Vietnamese and not another encoding's bytes.

    In the five reports 29 to 31 of 100 letters carry a mark; UTF-8 read as windows-1258 turns a third of all characters into signs
    and foreign letters, French has no letter beyond Latin-1. One stray sign in fifty is let through.
    """
    # Marks cannot pile up here to make this slow: a base letter and one mark are two characters, and longer runs are not Vietnamese.
    if re.search("[\u0300\u0301\u0303\u0309\u0323]{3}", text):
        return False
    composed = unicodedata.normalize("NFC", text)
    marked = sum(1 for char in composed if char in _VIETNAMESE)
    beyond_latin1 = sum(1 for char in composed if char in _VIETNAMESE and char > "\u00ff")
    foreign = sum(1 for char in composed if char > "\u007f" and char not in _VIETNAMESE and char not in _PRINT_MARKS)
    letters = sum(1 for char in composed if char.isalpha())
    return beyond_latin1 > 0 and marked * 10 >= letters and foreign * 50 <= marked
