"""Corrections of persons by hand: merges and splits, kept in a file so that what was put right stays right over every load and rebuild."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analyzers.fold import key
from indexer.errors import UsageError


@dataclass(frozen=True, slots=True)
class Manual:
    """Corrections by hand: `merge` says which key becomes which, `split` the key of a name (by its key) in one report."""

    merge: Mapping[str, str]
    split: Mapping[tuple[str, str], str]

    def corrected(self, person: str, report: str, name: str) -> str:
        """`person` after the corrections for the mention of `name` (its key) in `report`."""
        return _merged(self.split.get((report, name), person), self.merge, "")

    def merged(self) -> dict[str, str]:
        """Each merged key with what it is in the end."""
        return {person: _merged(person, self.merge, "") for person in self.merge}


def read_manual(path: str) -> Manual:
    """The file of manual corrections, UTF-8, columns parted by tabs; "" for none.

    Lines: `merge<TAB>key<TAB>into`, `split<TAB>report id<TAB>name<TAB>key`; `#` begins a comment. Raises UsageError with file and line.
    """
    merge: dict[str, str] = {}
    split: dict[tuple[str, str], str] = {}
    if not path:
        return Manual(merge, split)
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"BAOCAO_PERSONS: {path} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.split("\t")]
        match cells:
            case [""] | [] | ["#", *_]:
                continue
            case [first, *_] if first.startswith("#"):
                continue
            case ["merge", person, into] if person and into:
                merge[person] = into
            case ["split", report, name, person] if report and name and person:
                split[report, key(name)] = person
            case _:
                raise UsageError(f"{path}:{number}: a line is merge<TAB>key<TAB>into or split<TAB>report id<TAB>name<TAB>key")
    for person in merge:
        _merged(person, merge, path)
    return Manual(merge, split)


def _merged(person: str, merge: Mapping[str, str], path: str) -> str:
    seen = {person}
    while person in merge:
        person = merge[person]
        if person in seen:
            raise UsageError(f"{path}: the merges of {person} run in a circle")
        seen.add(person)
    return person
