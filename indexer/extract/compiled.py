"""Which modules of this package run compiled (`make fast`): all that are, or none if one of them is older than its source.

The import system prefers a compiled module to its source whatever their ages, so a change in the source, or another version checked out, would not
run. `indexer.extract` imports this module before its others; it decides once, when it is imported.
"""

from __future__ import annotations

import logging
import sys
from importlib.machinery import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from pathlib import Path

logger = logging.getLogger("baocao")


def _modules(folder: Path) -> tuple[list[str], list[str]]:
    """Names of the compiled modules of a folder, and of those among them that are older than their source."""
    compiled, stale = [], []
    for path in sorted(folder.iterdir()):
        if path.name.endswith(tuple(EXTENSION_SUFFIXES)):
            source = path.with_name(path.name.partition(".")[0] + ".py")
            if source.exists():
                compiled.append(source.stem)
                if path.stat().st_mtime_ns < source.stat().st_mtime_ns:
                    stale.append(source.stem)
    return compiled, stale


def _choose(folder: Path) -> list[str]:
    """Names of the modules that run compiled; where one is stale, none, and the import system is told to look at sources only."""
    compiled, stale = _modules(folder)
    if not stale:
        return compiled
    logger.warning(
        "compiled modules of %s are older than their source (%s): the source runs. `make fast` compiles it, `make plain` removes what is compiled",
        folder.name,
        ", ".join(stale),
    )
    sys.path_importer_cache[str(folder)] = FileFinder(str(folder), (SourceFileLoader, SOURCE_SUFFIXES))
    return []


COMPILED = _choose(Path(__file__).parent)
