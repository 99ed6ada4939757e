"""Bytes of a file as they come: lines of bounded length, and what is in UTF-16 or UTF-32 as UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator

CHUNK = 1 << 16

Read = Callable[[int], bytes]


def transcoded(read: Read, head: bytes, encoding: str) -> Read:
    """`head` and what `read` gives, in `encoding`, as UTF-8; raises ValueError where it is not in that encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    waiting = head

    def more(size: int) -> bytes:
        nonlocal waiting
        while True:
            data, waiting = waiting or read(size), b""
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                raise ValueError(f"not {encoding}: {error.reason}") from None
            if text or not data:
                return text.encode()

    return more


def split_lines(read: Read, head: bytes, limit: int) -> Iterator[bytes | None]:
    """The lines of `head` and of what `read` gives, without their ends; None in place of one longer than `limit` bytes."""
    pieces: list[bytes] = []
    size = 0
    while chunk := head or read(CHUNK):
        head = b""
        first, *rest = chunk.split(b"\n")
        for piece in (first, *rest)[:-1]:
            yield None if size + len(piece) > limit else b"".join(pieces) + piece
            pieces, size = [], 0
        last = (first, *rest)[-1]
        size += len(last)
        if size <= limit:
            pieces.append(last)
        else:
            pieces = []
    if size:
        yield None if size > limit else b"".join(pieces)
