"""Which rules make a record: one digest of the code and the tables that read an article, kept with each report that they made.

So that loading the same files with a newer baocao makes their records again, and nobody has to remember to raise a number.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

# From a text as it was read to its record; what reads files, builds tokens and searches is none of it.
PARTS = ("clean.py", "noise.py", "byline.py", "dates_iso.py", "offices.py", "extract", "gazetteer")


@lru_cache(maxsize=1)
def rules(package: Path = Path(__file__).parent) -> str:
    """Hexadecimal digest of the files of PARTS under `package`, with their names."""
    made = hashlib.sha256()
    found = [path for part in PARTS for path in ((package / part).rglob("*") if (package / part).is_dir() else [package / part])]
    for path in sorted(path for path in found if path.suffix in (".py", ".tsv")):
        made.update(f"{path.relative_to(package).as_posix()}\0".encode())
        made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()
