"""Ids of reports that bring none: the name of the folder or file that was given plus the path below it.

The id of a file must not depend on what else a run is given, and two folders of one name must not share ids. So a file keeps the
id that the index already knows for its path, and a name that another living file holds is made longer by the folders above it.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence

ID_BYTES = 512  # Elasticsearch rejects a whole batch for one id of 513 bytes
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def safe(name: str) -> str:
    """`name` as an id: NFC, control characters and undecodable bytes as %XX, at most ID_BYTES of UTF-8 (cut, then a hash)."""
    name = _UNSAFE.sub(lambda match: _percent(match[0]), unicodedata.normalize("NFC", name[: 8 * ID_BYTES])).strip()
    data = name.encode()
    if len(data) <= ID_BYTES:
        return name
    mark = "~" + hashlib.sha256(data).hexdigest()[:16]
    return data[: ID_BYTES - len(mark)].decode(errors="ignore") + mark


def _percent(char: str) -> str:
    data = os.fsencode(char) if "\udc80" <= char <= "\udcff" else char.encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in data)


def root_lengths(roots: Sequence[str]) -> list[int]:
    """For each absolute path the number of its last components that tells it from the other, different paths."""
    parts = [_components(root) for root in roots]
    lengths = []
    for own in parts:
        length = 1
        while length < len(own) and any(other != own and other[-length:] == own[-length:] for other in parts):
            length += 1
        lengths.append(length)
    return lengths


class Names:
    """Gives each absolute path its name; `known` maps the ids of the index to their absolute paths ("" for none)."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._name: dict[str, str] = {}
        self._owner: dict[str, str] = {}
        for report_id, path in known.items():
            base, _, line = report_id.rpartition("#")
            for name in (report_id, base) if line.isdigit() else (report_id,):
                if path and name and name == _tail(path, name.count("/") + 1):
                    self._name[path] = name
                    self._owner[name] = path

    def name(self, path: str, length: int) -> str:
        """The name of `path`: what it had before, else its last `length` components or more."""
        if path in self._name:
            return self._name[path]
        longest = len(_components(path))
        name = _tail(path, length)
        while length < longest and self._taken(name, path):
            length += 1
            name = _tail(path, length)
        self._name[path] = name
        self._owner[name] = path
        return name

    def _taken(self, name: str, path: str) -> bool:
        owner = self._owner.get(name, path)
        return owner != path and os.path.lexists(owner)


def _components(path: str) -> list[str]:
    return [part for part in path.split(os.sep) if part]


def _tail(path: str, length: int) -> str:
    return safe("/".join(_components(path)[-length:]))
