"""Descriptions of the outside contracts as files, so that a change of one is a reviewed diff.

`python -m tests.snapshots` (a part of `make docs`) writes them anew.
"""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parent


def openapi() -> str:
    """The HTTP API's description as it is served, without the version of the release."""
    from api.app import create_app
    from indexer.settings import Settings

    description = create_app(Settings()).openapi()
    description["info"].pop("version")
    return json.dumps(description, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


SNAPSHOTS = {"openapi.json": openapi}
