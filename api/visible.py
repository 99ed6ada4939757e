"""Text made safe to show: control and formatting characters written as escapes, for terminals, logs and error messages."""

from __future__ import annotations

import unicodedata


def visible(text: str, keep: str = "") -> str:
    r"""`text` with every character that a terminal could obey (control, bidi, surrogate, unassigned) as `\x1b` or `\u202e`.

    Characters of `keep` (for example a line feed) and every kind of space stay as they are.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep or unicodedata.category(c) == "Zs" else _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shortened(text: str, length: int = 60) -> str:
    """`text` made visible and cut to about `length` characters, for quoting what the user gave in a message."""
    return visible(text) if len(text) <= length else visible(text[:length]) + "…"
